/* The writers. Candidates are sets of names: of JSON-LD, of <meta>, of elements that call
 * themselves author or byline, and of lines that begin with "By". The same set found in several
 * places is one candidate. */
#include "page/dateline.h"
#include "page/meta_scan.h"
#include "page/names.h"
#include "page/rank_features.h"
#include "page/unescape.h"

enum { SMALL = 60, MOST_LINES = 40 };

typedef struct work {
    sf_arena *arena;
    sf_meta_scan *scan;
    sf_ranking ranking;
    bool by_seen;
} work;

enum { TRUST_META = 1, TRUST_LD, TRUST_SHOWN };

static void mark(sf_candidate *c, sf_byline_feature f) { sf_candidate_mark(c, f); }
static bool has(const sf_candidate *c, sf_byline_feature f) { return sf_candidate_has(c, f); }

/* The names' normal forms in byte order: equal for equal sets. */
static sf_str key_of(sf_arena *arena, const sf_names *names) {
    sf_str keys[SF_NAMES_MOST];
    size_t n = 0;
    for (size_t i = 0; i < names->count; i++) {
        sf_str key = sf_meta_key(arena, names->at[i]);
        size_t at = n;
        if (!key.len)
            continue;
        while (at > 0 && sf_str_compare(keys[at - 1], key) > 0) {
            keys[at] = keys[at - 1];
            at--;
        }
        keys[at] = key;
        n++;
    }
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < n; i++) {
        sf_buf_add(&buf, keys[i]);
        sf_buf_char(&buf, '\n');
    }
    return sf_buf_str(&buf);
}

static sf_candidate *propose(work *w, const sf_names *names, int trust) {
    if (!names->count)
        return NULL;
    sf_str key = key_of(w->arena, names);
    sf_candidate *c = key.len ? sf_ranking_add(w->arena, &w->ranking, key) : NULL;
    if (!c || trust <= c->trust)
        return c;
    c->trust = trust;
    c->names = SF_ARRAY(w->arena, sf_str, names->count);
    c->name_count = names->count;
    memcpy(c->names, names->at, names->count * sizeof *names->at);
    return c;
}

static void add_names(sf_names *into, sf_str line) {
    sf_names more;
    sf_names_find(line, &more);
    for (size_t i = 0; i < more.count && into->count < SF_NAMES_MOST; i++) {
        bool known = false;
        for (size_t k = 0; k < into->count; k++)
            known |= sf_str_equal_ci(into->at[k], more.at[i]);
        if (!known)
            into->at[into->count++] = more.at[i];
    }
}

/* ---- JSON-LD and <meta> ---- */

static void propose_ld(work *w) {
    const sf_ld *ld = &w->scan->ld;
    for (size_t i = 0; i < ld->count;) {
        const sf_ld_fact *f = &ld->at[i];
        sf_names names = {0};
        bool group = false;
        size_t k = i;
        for (; k < ld->count && ld->at[k].type == f->type && ld->at[k].subject == f->subject; k++)
            if (ld->at[k].field == SF_LD_PERSON) {
                add_names(&names, ld->at[k].value);
            } else if (ld->at[k].field == SF_LD_GROUP) {
                sf_names whole;
                sf_names_whole(ld->at[k].value, &whole);
                if (whole.count && names.count < SF_NAMES_MOST)
                    names.at[names.count++] = whole.at[0];
                group = true;
            }
        sf_candidate *c = propose(w, &names, TRUST_LD);
        if (c)
            mark(c, f->type == SF_LD_OTHER  ? SF_BYLINE_LD_OTHER
                    : f->subject > 0        ? SF_BYLINE_LD_LATER
                    : f->type == SF_LD_PAGE ? SF_BYLINE_LD_PAGE
                    : group                 ? SF_BYLINE_LD_GROUP
                                            : SF_BYLINE_LD_PERSON);
        i = k;
    }
}

/* "Ruiz, Ana" -> "Ana Ruiz" */
static sf_str turn(sf_arena *arena, sf_str name) {
    size_t comma = sf_str_find(name, SF_STR(", "), 0);
    if (comma == SIZE_MAX || sf_str_find(name, SF_STR(","), comma + 1) != SIZE_MAX)
        return name;
    return sf_str_format(arena, "%.*s %.*s", SF_ARG(sf_str_sub(name, comma + 2, name.len)),
                         SF_ARG(sf_str_sub(name, 0, comma)));
}

static bool is_address(sf_str s) {
    return sf_str_find(s, SF_STR("://"), 0) != SIZE_MAX || sf_str_starts(s, SF_STR("/")) ||
           sf_str_find_ci(s, SF_STR("facebook.com"), 0) != SIZE_MAX;
}

static void propose_meta(work *w) {
    static const struct {
        sf_said said;
        sf_byline_feature feature;
    } kinds[] = {{SF_SAID_AUTHOR, SF_BYLINE_META_AUTHOR},
                 {SF_SAID_ARTICLE_AUTHOR, SF_BYLINE_META_ARTICLE},
                 {SF_SAID_OTHER_AUTHOR, SF_BYLINE_META_OTHER},
                 {SF_SAID_CITATION_AUTHOR, SF_BYLINE_META_CITATION},
                 {SF_SAID_LABELLED_AUTHOR, SF_BYLINE_META_LABELLED}};
    for (size_t k = 0; k < SF_LEN(kinds); k++) {
        sf_names names = {0};
        for (size_t i = 0; i < w->scan->sayings.count; i++) {
            const sf_saying *s = &w->scan->sayings.at[i];
            if (s->said == kinds[k].said && !is_address(s->value))
                add_names(&names,
                          s->said == SF_SAID_CITATION_AUTHOR ? turn(w->arena, s->value) : s->value);
        }
        sf_candidate *c = propose(w, &names, TRUST_META);
        if (c)
            mark(c, kinds[k].feature);
    }
}

/* ---- what the page shows ---- */

static void mark_position(work *w, sf_candidate *c, uint32_t block) {
    uint32_t title = w->scan->title_block == SF_NONE ? 0 : w->scan->title_block;
    uint32_t words = 0, low = block < title ? block : title, high = block < title ? title : block;
    for (uint32_t i = low + 1; i < high && i < w->scan->flow->count && words < 1000; i++)
        words += w->scan->flow->blocks[i].words;
    if (block < title)
        mark(c, words <= 40 ? SF_BYLINE_NEAR_BEFORE : SF_BYLINE_BEFORE_FAR);
    else
        mark(c, words <= 60    ? SF_BYLINE_NEAR_AFTER
                : words <= 200 ? SF_BYLINE_NEAR_LATER
                               : SF_BYLINE_FAR);
    uint32_t from = block > 1 ? block - 1 : 0;
    sf_dateline line;
    for (uint32_t i = from; i < block + 4 && i < w->scan->flow->count; i++)
        if (w->scan->flow->blocks[i].words < 20 &&
            sf_dateline_find(w->scan->flow->blocks[i].text, 0, &line))
            mark(c, SF_BYLINE_DATE_NEAR);
}

static void mark_place(work *w, sf_candidate *c, uint32_t node) {
    static const struct {
        unsigned bits;
        sf_byline_feature feature;
    } map[] = {{SF_IN_LINK, SF_BYLINE_IN_LINK},
               {SF_IN_NAV | SF_IN_ASIDE | SF_IN_FOOTER | SF_CLASS_ASIDE, SF_BYLINE_IN_ASIDE},
               {SF_CLASS_ASIDE_FAR, SF_BYLINE_ASIDE_FAR},
               {SF_CLASS_COMMENT, SF_BYLINE_IN_COMMENT},
               {SF_CLASS_BIO, SF_BYLINE_IN_BIO},
               {SF_IN_HEADER, SF_BYLINE_IN_HEADER},
               {SF_IN_ARTICLE, SF_BYLINE_IN_ARTICLE},
               {SF_IN_HEADING, SF_BYLINE_IN_HEADING},
               {SF_IN_ITEM, SF_BYLINE_IN_ITEM}};
    unsigned place = sf_meta_place(w->scan, node);
    for (size_t i = 0; i < SF_LEN(map); i++)
        if (place & map[i].bits)
            mark(c, map[i].feature);
}

static void mark_kind(sf_candidate *c, unsigned kind) {
    if (kind & SF_MARK_REL)
        mark(c, SF_BYLINE_REL);
    if (kind & SF_MARK_ITEMPROP)
        mark(c, SF_BYLINE_ITEMPROP);
    if (kind & SF_MARK_HREF)
        mark(c, SF_BYLINE_HREF);
    if (kind & SF_MARK_CLASS)
        mark(c, kind & SF_MARK_NAME ? SF_BYLINE_CLASS_NAME : SF_BYLINE_CLASS);
    if (kind & SF_MARK_BYLINE)
        mark(c, kind & SF_MARK_NAME ? SF_BYLINE_BYLINE_NAME : SF_BYLINE_BYLINE);
}

static void mark_shown(work *w, sf_candidate *c, uint32_t node, uint32_t block,
                       const sf_names *names) {
    if (has(c, SF_BYLINE_TWICE))
        mark(c, SF_BYLINE_THRICE);
    else if (c->node != SF_NONE)
        mark(c, SF_BYLINE_TWICE);
    if (names->opening == SF_OPENED_BY)
        mark(c, SF_BYLINE_BY);
    if (names->opening == SF_OPENED_WRITTEN)
        mark(c, SF_BYLINE_BY_WRITTEN);
    if (names->opening == SF_OPENED_OTHER)
        mark(c, SF_BYLINE_LABEL_REVIEW);
    mark_position(w, c, block);
    mark_place(w, c, node);
    if (c->node == SF_NONE)
        c->node = node;
}

/* Neighbours of one kind name the writers together: <a rel=author>..</a> and <a rel=author>..</a>.
 */
static void propose_joint(work *w, size_t first) {
    const sf_meta_scan *scan = w->scan;
    const sf_mark *m = &scan->authors.at[first];
    sf_names names = {0};
    size_t used = 0;
    uint32_t block = m->block, end = 0;
    for (size_t i = first; i < scan->authors.count; i++) {
        const sf_mark *next = &scan->authors.at[i];
        if (next->kind != m->kind || next->node < end)
            continue;
        if (next->block > block + 2)
            break;
        sf_str text = sf_meta_text(w->arena, scan->dom, next->node, SMALL);
        if (!text.len || text.len > 80)
            continue;
        add_names(&names, text);
        block = next->block;
        end = scan->dom->nodes[next->node].end;
        used++;
    }
    if (used < 2 || names.count < 2)
        return;
    sf_candidate *c = propose(w, &names, TRUST_SHOWN);
    if (!c)
        return;
    mark(c, first == 0 ? SF_BYLINE_JOINT_FIRST : SF_BYLINE_JOINT);
    mark_kind(c, m->kind);
    mark_shown(w, c, m->node, m->block, &names);
}

/* The names an author element shows. Where it holds whole blocks, the first that has names counts
 * ("Ana Ruiz" / "Tech reporter"); `more` gets those of the further blocks that are names too. */
static void names_of_mark(work *w, const sf_mark *m, sf_names *names, sf_names *more) {
    const sf_flow *flow = w->scan->flow;
    uint32_t end = w->scan->dom->nodes[m->node].end;
    *names = *more = (sf_names){0};
    if (m->block >= flow->count || flow->blocks[m->block].first < m->node ||
        flow->blocks[m->block].last >= end) {
        sf_str text = sf_meta_text(w->arena, w->scan->dom, m->node, SMALL);
        if (text.len && text.len <= 160)
            sf_names_find(text, names);
        return;
    }
    if (end - m->node > 4 * SMALL)
        return;
    sf_byline_opening opening = SF_OPENED_PLAIN;
    for (uint32_t b = m->block; b < flow->count && b < m->block + 8 && flow->blocks[b].last < end;
         b++) {
        sf_names line;
        if (flow->blocks[b].text.len > 160)
            continue;
        sf_names_find(flow->blocks[b].text, &line);
        if (!names->count) {
            if (line.opening != SF_OPENED_PLAIN)
                opening = line.opening;
            *names = line;
            names->opening = opening;
            *more = *names;
        } else if (line.count == 1 && sf_name_look_of(line.at[0]) == SF_NAME_PERSON &&
                   line.opening != SF_OPENED_OTHER) {
            add_names(more, line.at[0]);
        }
    }
}

static void propose_marks(work *w) {
    const sf_meta_scan *scan = w->scan;
    unsigned joined = 0;
    bool first = true;
    for (size_t i = 0; i < scan->authors.count; i++) {
        const sf_mark *m = &scan->authors.at[i];
        sf_names names, more;
        names_of_mark(w, m, &names, &more);
        sf_candidate *c = propose(w, &names, TRUST_SHOWN);
        if (!c)
            continue;
        mark_kind(c, m->kind);
        mark_shown(w, c, m->node, m->block, &names);
        if (first)
            mark(c, SF_BYLINE_FIRST_MARK);
        first = false;
        if (more.count > names.count && (c = propose(w, &more, TRUST_SHOWN))) {
            mark(c, SF_BYLINE_LINES);
            mark_kind(c, m->kind);
            mark_shown(w, c, m->node, m->block, &more);
        }
        if (!(joined & 1u << (m->kind & 31))) {
            joined |= 1u << (m->kind & 31);
            propose_joint(w, i);
        }
    }
}

/* "By Ana Ruiz" in a short block; "By" alone in a block and the name in the next. */
static void propose_lines(work *w) {
    const sf_flow *flow = w->scan->flow;
    size_t lines = 0;
    for (uint32_t i = 0; i < flow->count && lines < MOST_LINES; i++) {
        sf_str text = flow->blocks[i].text;
        char c0 = sf_lower(text.ptr[0]);
        if (flow->blocks[i].words > 24 || text.len > 160)
            continue;
        if (c0 != 'b' && c0 != 'w' && c0 != 'a' && c0 != 's' && c0 != 'p' && c0 != 't' &&
            c0 != 'c' && c0 != 'v' && c0 != 'm' && c0 != 'g')
            continue;
        sf_byline_opening opened = sf_names_opening(text);
        if (opened != SF_OPENED_BY && opened != SF_OPENED_WRITTEN)
            continue;
        sf_names names;
        sf_names_find(text, &names);
        lines++;
        bool alone = names.count == 0;
        uint32_t at = i;
        if (alone && i + 1 < flow->count && flow->blocks[i + 1].words <= 8 &&
            flow->blocks[i + 1].text.len < 120) {
            sf_byline_opening opening = names.opening;
            sf_names_find(flow->blocks[++at].text, &names);
            names.opening = opening;
        }
        sf_candidate *c = propose(w, &names, TRUST_SHOWN);
        if (!c)
            continue;
        mark(c, alone ? SF_BYLINE_BY_ONLY : SF_BYLINE_BY_INLINE);
        mark_shown(w, c, flow->blocks[at].first, at, &names);
        if (!w->by_seen)
            mark(c, SF_BYLINE_FIRST_BY);
        w->by_seen = true;
    }
}

/* "This post was written by Ana Ruiz, who ..." */
static void propose_prose(work *w) {
    static const char *const verbs[] = {"written", "article", "story", "post", "authored"};
    const sf_flow *flow = w->scan->flow;
    size_t found = 0;
    for (uint32_t i = 0; i < flow->count && found < 4; i++) {
        sf_str text = flow->blocks[i].text;
        size_t at = text.len <= 400 ? sf_str_find(text, SF_STR(" by "), 5) : SIZE_MAX;
        bool verb = false;
        for (size_t k = 0; k < SF_LEN(verbs) && at != SIZE_MAX; k++)
            verb = verb || sf_str_ends(sf_str_sub(text, 0, at), sf_str_of(verbs[k]));
        if (!verb)
            continue;
        sf_names names;
        sf_str rest = sf_str_sub(text, at + 4, text.len);
        size_t stop = sf_str_find(rest, SF_STR(". "), 4); /* not behind an initial */
        if (stop != SIZE_MAX)
            rest.len = stop;
        sf_names_find(sf_str_sub(rest, 0, 120), &names);
        sf_candidate *c = propose(w, &names, TRUST_SHOWN);
        if (!c)
            continue;
        mark(c, SF_BYLINE_BY_PROSE);
        mark_shown(w, c, flow->blocks[i].first, i, &names);
        found++;
    }
}

/* A name that stands alone near the headline, or beside the date. */
static void propose_bare(work *w) {
    const sf_flow *flow = w->scan->flow;
    uint32_t title = w->scan->title_block;
    if (title == SF_NONE)
        return;
    uint32_t low = title > 5 ? title - 5 : 0;
    for (uint32_t i = low; i < flow->count && i < title + 12; i++) {
        sf_str text = flow->blocks[i].text;
        sf_dateline date;
        if (i == title || text.len > 100 || flow->blocks[i].words > 14)
            continue;
        bool dated = sf_dateline_find(text, 0, &date);
        for (int side = 0; side < 2; side++) {
            sf_str part = !dated ? text
                          : side ? sf_str_sub(text, date.end, text.len)
                                 : sf_str_sub(text, 0, date.begin);
            sf_names names;
            if (!dated && side)
                break;
            sf_names_find(part, &names);
            bool persons = names.count > 0 && names.opening == SF_OPENED_PLAIN;
            for (size_t k = 0; k < names.count; k++)
                persons = persons && sf_name_look_of(names.at[k]) == SF_NAME_PERSON &&
                          names.at[k].len < 32;
            sf_candidate *c = persons ? propose(w, &names, TRUST_SHOWN) : NULL;
            if (!c)
                continue;
            mark(c, dated       ? SF_BYLINE_BARE_DATE
                    : i < title ? SF_BYLINE_BARE_BEFORE
                                : SF_BYLINE_BARE);
            mark_shown(w, c, flow->blocks[i].first, i, &names);
        }
    }
}

/* A site that bears a person's name is that person's. */
static void propose_site(work *w) {
    sf_names names;
    sf_names_whole(w->scan->site, &names);
    if (!names.count || sf_name_look_of(names.at[0]) != SF_NAME_PERSON || names.at[0].len > 24)
        return;
    sf_candidate *c = propose(w, &names, TRUST_META);
    if (c)
        mark(c, SF_BYLINE_SITE_PERSON);
}

/* ---- what can be told of any candidate ---- */

/* Does an image's alternative text name the writer? */
static bool has_portrait(const sf_meta_scan *scan, sf_str name) {
    for (size_t i = 0; i < scan->alts.count; i++)
        if (scan->alts.at[i].len >= name.len && sf_str_find(scan->alts.at[i], name, 0) != SIZE_MAX)
            return true;
    return false;
}

static void mark_looks(work *w, sf_candidate *c) {
    size_t persons = 0;
    for (size_t i = 0; i < c->name_count; i++) {
        switch (sf_name_look_of(c->names[i])) {
        case SF_NAME_PERSON:
            persons++;
            if (has_portrait(w->scan, c->names[i]))
                mark(c, SF_BYLINE_ALT);
            break;
        case SF_NAME_WORD: mark(c, SF_BYLINE_ONE_WORD); break;
        case SF_NAME_GROUP: mark(c, SF_BYLINE_GROUPISH); break;
        case SF_NAME_ADMIN: mark(c, SF_BYLINE_ADMIN); break;
        case SF_NAME_LOWER: mark(c, SF_BYLINE_LOWER); break;
        case SF_NAME_ODD: mark(c, SF_BYLINE_DIGITS); break;
        }
        if (c->names[i].len > 32)
            mark(c, SF_BYLINE_LONG);
        if (sf_meta_is_site(w->arena, w->scan, c->names[i]))
            mark(c, SF_BYLINE_IS_SITE);
        if (w->scan->title.len && sf_str_find_ci(w->scan->title, c->names[i], 0) != SIZE_MAX)
            mark(c, SF_BYLINE_TITLE_PART);
    }
    if (persons == c->name_count)
        mark(c, SF_BYLINE_PERSONS);
    else if (persons)
        mark(c, SF_BYLINE_SOME_PERSON);
    if (c->name_count > 1)
        mark(c, c->name_count == 2   ? SF_BYLINE_TWO_NAMES
                : c->name_count == 3 ? SF_BYLINE_THREE_NAMES
                                     : SF_BYLINE_MANY_NAMES);
}

static bool is_head(const sf_candidate *c) {
    return has(c, SF_BYLINE_LD_PERSON) || has(c, SF_BYLINE_LD_GROUP) || has(c, SF_BYLINE_LD_PAGE) ||
           has(c, SF_BYLINE_META_AUTHOR) || has(c, SF_BYLINE_META_OTHER) ||
           has(c, SF_BYLINE_META_LABELLED) || has(c, SF_BYLINE_META_CITATION) ||
           has(c, SF_BYLINE_META_ARTICLE);
}

/* Are a's names all among b's? */
static bool within(const sf_candidate *a, const sf_candidate *b) {
    if (a->name_count >= b->name_count)
        return false;
    for (size_t i = 0; i < a->name_count; i++) {
        size_t k = 0;
        while (k < b->name_count && !sf_str_equal_ci(a->names[i], b->names[k]))
            k++;
        if (k == b->name_count)
            return false;
    }
    return true;
}

static void mark_all(work *w) {
    size_t count = w->ranking.count;
    for (size_t i = 1; i < count; i++) {
        sf_candidate *c = &w->ranking.at[i];
        mark_looks(w, c);
        bool head = is_head(c), shown = c->node != SF_NONE;
        mark(c, head && shown ? SF_BYLINE_WITH_VISIBLE
                : head        ? SF_BYLINE_HEAD_ONLY
                              : SF_BYLINE_VISIBLE_ONLY);
        for (size_t k = 1; k < count && count < 48; k++) {
            if (k != i && within(c, &w->ranking.at[k]))
                mark(c, SF_BYLINE_SUBSET);
            if (k != i && within(&w->ranking.at[k], c))
                mark(c, SF_BYLINE_SUPERSET);
        }
    }
    if (w->scan->ld.things[SF_LD_ARTICLE])
        mark(&w->ranking.at[0], SF_BYLINE_NONE_LD_TYPE);
    if (w->by_seen)
        mark(&w->ranking.at[0], SF_BYLINE_NONE_ANY_BY);
}

sf_ranking sf_byline_candidates(sf_arena *arena, sf_meta_scan *scan) {
    work w = {.arena = arena, .scan = scan, .ranking = sf_ranking_new(arena)};
    mark(&w.ranking.at[0], SF_BYLINE_NONE);
    propose_ld(&w);
    propose_meta(&w);
    propose_marks(&w);
    propose_lines(&w);
    propose_prose(&w);
    propose_bare(&w);
    propose_site(&w);
    mark_all(&w);
    return w.ranking;
}
