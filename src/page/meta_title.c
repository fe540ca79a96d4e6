/* The headline. Candidates are the page's headings, what JSON-LD and <meta> call its title, and
 * <title> with and without its first and last parts ("Headline | Section - Site"). */
#include "page/meta_scan.h"
#include "page/rank_features.h"

enum { MOST_SEGMENTS = 6, LONGEST = 500 };

typedef struct work {
    sf_arena *arena;
    sf_meta_scan *scan;
    sf_ranking ranking;
    sf_str title, og; /* keys of <title> and og:title */
} work;

enum { TRUST_TITLE = 1, TRUST_META, TRUST_LD, TRUST_H2, TRUST_H1 };

/* The candidate for this text, or NULL if it cannot be a headline. */
static sf_candidate *propose(work *w, sf_str value, int trust) {
    value = sf_str_trim(value);
    if (!value.len || value.len > LONGEST)
        return NULL;
    sf_str key = sf_meta_key(w->arena, value);
    sf_candidate *c = key.len ? sf_ranking_add(w->arena, &w->ranking, key) : NULL;
    if (c && trust > c->trust) {
        c->trust = trust;
        c->value = value;
    }
    return c;
}

static void mark(sf_candidate *c, sf_title_feature f) { sf_candidate_mark(c, f); }

/* ---- <title> and og:title by their parts ---- */

typedef struct segment {
    size_t begin, end;
    char mark; /* what parts it from the one before: '|', '-', ':' */
} segment;

/* " | ", " - ", " – ", ": " ... at s[at]: its kind and length, or 0. */
static char separator(sf_str s, size_t at, size_t *len) {
    static const struct {
        const char *text;
        char kind;
    } marks[] = {{" | ", '|'}, {" - ", '-'}, {" – ", '-'},  {" — ", '-'},  {" · ", '|'},
                 {" • ", '|'}, {" » ", '|'}, {" « ", '|'},  {" :: ", '|'}, {" / ", '|'},
                 {" ~ ", '|'}, {" > ", '|'}, {" || ", '|'}, {" : ", ':'},  {": ", ':'},
                 {" |", '|'},  {"| ", '|'},  {"|", '|'},    {" ― ", '-'},  {" ‹ ", '|'},
                 {" › ", '|'}, {" ⋆ ", '|'}, {" ★ ", '|'},  {" -- ", '-'}};
    unsigned char c = (unsigned char)s.ptr[at];
    if (c != ' ' && c != ':' && c != '|')
        return 0;
    for (size_t i = 0; i < SF_LEN(marks); i++)
        if (sf_str_starts(sf_str_sub(s, at, s.len), sf_str_of(marks[i].text))) {
            *len = strlen(marks[i].text);
            return marks[i].kind;
        }
    return 0;
}

static size_t split(sf_str s, segment out[MOST_SEGMENTS]) {
    size_t count = 0, begin = 0, len = 0;
    char mark_before = 0;
    for (size_t i = 0; i < s.len && count < MOST_SEGMENTS - 1; i++) {
        char kind = separator(s, i, &len);
        if (!kind || i == begin)
            continue;
        out[count++] = (segment){begin, i, mark_before};
        mark_before = kind;
        begin = i + len;
        i = begin - 1;
    }
    if (begin < s.len)
        out[count++] = (segment){begin, s.len, mark_before};
    return count;
}

static void mark_cut(work *w, sf_candidate *c, sf_str cut, char kind) {
    mark(c, sf_meta_is_site(w->arena, w->scan, cut) ? SF_TITLE_CUT_SITE : SF_TITLE_CUT_OTHER);
    mark(c, kind == ':' ? SF_TITLE_CUT_COLON : kind == '-' ? SF_TITLE_CUT_DASH : SF_TITLE_CUT_BAR);
}

/* Parts of a title from the head; tag: of <title>, else of og:title. */
static void propose_parts(work *w, sf_str s, bool tag) {
    segment part[MOST_SEGMENTS];
    size_t n = s.len <= LONGEST ? split(s, part) : 0;
    for (size_t first = 0; first < n; first++)
        for (size_t last = first; last < n; last++) {
            if ((first == 0 && last == n - 1) || (first > 0 && last < n - 1 && first != last))
                continue;
            sf_candidate *c =
                propose(w, sf_str_sub(s, part[first].begin, part[last].end), TRUST_TITLE);
            if (!c)
                continue;
            mark(c, tag ? SF_TITLE_HEAD_SEGMENT : SF_TITLE_OG_SEGMENT);
            if (!tag)
                continue;
            if (first == 0 && last == 0)
                mark(c, SF_TITLE_TITLE_FIRST);
            if (first == 0 && last == n - 2)
                mark(c, SF_TITLE_TITLE_BUT_LAST);
            if (last == n - 1 && first == n - 1)
                mark(c, SF_TITLE_TITLE_LAST);
            if (last == n - 1 && first == 1)
                mark(c, SF_TITLE_TITLE_BUT_FIRST);
            if (first > 0 && last < n - 1)
                mark(c, SF_TITLE_TITLE_MIDDLE);
            if (first == 0)
                mark_cut(w, c, sf_str_sub(s, part[last + 1].begin, s.len), part[last + 1].mark);
            else if (last == n - 1)
                mark_cut(w, c, sf_str_sub(s, 0, part[first - 1].end), part[first].mark);
            if (last > first &&
                sf_meta_is_site(w->arena, w->scan, sf_str_sub(s, part[last].begin, part[last].end)))
                mark(c, SF_TITLE_TAIL_SITE);
        }
}

static void propose_head(work *w) {
    sf_meta_scan *scan = w->scan;
    segment part[MOST_SEGMENTS];
    for (size_t i = 0; i < scan->sayings.count; i++) {
        const sf_saying *s = &scan->sayings.at[i];
        if (s->said != SF_SAID_OG_TITLE && s->said != SF_SAID_TWITTER_TITLE &&
            s->said != SF_SAID_TITLE)
            continue;
        sf_candidate *c = propose(w, s->value, TRUST_META);
        if (!c)
            continue;
        mark(c, s->said == SF_SAID_OG_TITLE        ? SF_TITLE_OG
                : s->said == SF_SAID_TWITTER_TITLE ? SF_TITLE_TWITTER
                                                   : SF_TITLE_META);
        size_t n = split(c->value, part);
        if (n > 1 && sf_meta_is_site(w->arena, scan,
                                     sf_str_sub(c->value, part[n - 1].begin, part[n - 1].end)))
            mark(c, SF_TITLE_TAIL_SITE);
        if (s->said == SF_SAID_OG_TITLE)
            propose_parts(w, s->value, false);
    }
    sf_candidate *c = propose(w, scan->title_tag, TRUST_TITLE);
    if (c) {
        size_t n = split(scan->title_tag, part);
        mark(c, n > 1 ? SF_TITLE_TITLE_WHOLE : SF_TITLE_TITLE_WHOLE_ONE_SEGMENT);
        if (n > 1 &&
            sf_meta_is_site(w->arena, scan,
                            sf_str_sub(scan->title_tag, part[n - 1].begin, part[n - 1].end)))
            mark(c, SF_TITLE_TAIL_SITE);
    }
    propose_parts(w, scan->title_tag, true);
    for (size_t i = 0; i < scan->ld.count; i++) {
        const sf_ld_fact *f = &scan->ld.at[i];
        if (f->field != SF_LD_HEADLINE && (f->field != SF_LD_NAME || f->subject > 0))
            continue;
        c = propose(w, f->value, TRUST_LD);
        if (c)
            mark(c, f->field == SF_LD_NAME ? SF_TITLE_LD_NAME
                    : f->subject == 0      ? SF_TITLE_LD_HEADLINE
                                           : SF_TITLE_LD_HEADLINE_LATER);
    }
}

/* ---- headings ---- */

static void mark_place(work *w, sf_candidate *c, uint32_t node) {
    static const struct {
        unsigned bits;
        sf_title_feature feature;
    } map[] = {{SF_IN_ARTICLE, SF_TITLE_IN_ARTICLE},
               {SF_IN_MAIN, SF_TITLE_IN_MAIN},
               {SF_IN_HEADER, SF_TITLE_IN_HEADER},
               {SF_IN_NAV | SF_IN_ASIDE | SF_IN_FOOTER, SF_TITLE_IN_ASIDE},
               {SF_IN_ITEM, SF_TITLE_IN_ITEM},
               {SF_CLASS_TITLE, SF_TITLE_CLASS_TITLE},
               {SF_CLASS_POST, SF_TITLE_CLASS_POST},
               {SF_CLASS_ASIDE | SF_CLASS_COMMENT, SF_TITLE_CLASS_ASIDE}};
    const sf_dom *dom = w->scan->dom;
    unsigned place = sf_meta_place(w->scan, node);
    for (size_t i = 0; i < SF_LEN(map); i++)
        if (place & map[i].bits)
            mark(c, map[i].feature);
    if ((place & SF_IN_LINK) || sf_dom_find(dom, node, dom->nodes[node].end, SF_TAG_A) != SF_NONE)
        mark(c, SF_TITLE_IN_LINK);
}

/* Does the story begin behind the heading, or has it begun before? */
static void mark_prose(work *w, sf_candidate *c, uint32_t block) {
    const sf_flow *flow = w->scan->flow;
    for (uint32_t i = block + 1; i < flow->count && i <= block + 12; i++)
        if (flow->blocks[i].words >= 25 &&
            flow->blocks[i].link_bytes * 3 < flow->blocks[i].text.len)
            mark(c, SF_TITLE_PROSE_SOON);
    uint32_t prose = 0;
    for (uint32_t i = 0; i < block && i < flow->count && prose < 2; i++)
        prose += flow->blocks[i].words >= 30;
    if (prose == 2)
        mark(c, SF_TITLE_PROSE_BEFORE);
}

static void propose_headings(work *w) {
    const sf_meta_scan *scan = w->scan;
    size_t h1 = 0, h2 = 0, h1_all = 0;
    for (size_t i = 0; i < scan->headings.count; i++)
        h1_all += scan->dom->nodes[scan->headings.at[i]].tag == SF_TAG_H1;
    for (size_t i = 0; i < scan->headings.count; i++) {
        uint32_t node = scan->headings.at[i];
        bool top = scan->dom->nodes[node].tag == SF_TAG_H1;
        if (!top && h2 >= 8)
            continue;
        sf_candidate *c =
            propose(w, sf_meta_text(w->arena, scan->dom, node, 400), top ? TRUST_H1 : TRUST_H2);
        if (!c)
            continue;
        uint32_t block = sf_meta_block(scan->flow, node);
        bool shown = block < scan->flow->count &&
                     scan->flow->blocks[block].first < scan->dom->nodes[node].end;
        if (!shown)
            mark(c, SF_TITLE_HIDDEN);
        if (top &&
            (sf_candidate_has(c, SF_TITLE_H1_FIRST) || sf_candidate_has(c, SF_TITLE_H1_LATER)))
            mark(c, SF_TITLE_H1_TWICE);
        mark(c, top       ? h1 == 0 ? SF_TITLE_H1_FIRST : SF_TITLE_H1_LATER
                : h2 == 0 ? SF_TITLE_H2_FIRST
                          : SF_TITLE_H2_LATER);
        if (top && h1_all == 1)
            mark(c, SF_TITLE_H1_ONLY);
        if (!top && h1_all == 0)
            mark(c, SF_TITLE_H2_NO_H1);
        top ? h1++ : h2++;
        if (c->node != SF_NONE && !top)
            continue; /* where it stands as h1 counts */
        if (shown || c->node == SF_NONE)
            c->node = node;
        mark_place(w, c, node);
        mark_prose(w, c, block);
    }
}

/* ---- what can be told of any candidate ---- */

static size_t word_count(sf_str key) {
    size_t n = key.len > 0;
    for (size_t i = 0; i < key.len; i++)
        n += key.ptr[i] == ' ';
    return n;
}

static bool has_word(sf_str key, sf_str word) {
    for (size_t at = 0; (at = sf_str_find(key, word, at)) != SIZE_MAX; at++)
        if ((at == 0 || key.ptr[at - 1] == ' ') &&
            (at + word.len == key.len || key.ptr[at + word.len] == ' '))
            return true;
    return false;
}

/* How many words of a stand in b. */
static size_t common_words(sf_str a, sf_str b) {
    size_t n = 0;
    for (size_t at = 0; at < a.len;) {
        size_t end = sf_str_find(a, SF_STR(" "), at);
        if (end == SIZE_MAX)
            end = a.len;
        n += has_word(b, sf_str_sub(a, at, end));
        at = end + 1;
    }
    return n;
}

static void mark_words(sf_candidate *c, size_t words) {
    mark(c, words == 1   ? SF_TITLE_WORDS_1
            : words == 2 ? SF_TITLE_WORDS_2
            : words <= 4 ? SF_TITLE_WORDS_3
            : words <= 8 ? SF_TITLE_WORDS_5
            : words < 20 ? SF_TITLE_WORDS_9
                         : SF_TITLE_WORDS_20);
}

static void mark_slug(const work *w, sf_candidate *c) {
    size_t all = word_count(w->scan->slug);
    if (all < 2)
        return;
    size_t common = common_words(w->scan->slug, c->key);
    mark(c, common == all           ? SF_TITLE_SLUG_ALL
            : common * 3 >= all * 2 ? SF_TITLE_SLUG_MOST
            : common > 0            ? SF_TITLE_SLUG_SOME
                                    : SF_TITLE_SLUG_NONE);
}

static void mark_agreement(const work *w, sf_candidate *c, size_t words) {
    if (w->title.len) {
        size_t common = common_words(c->key, w->title);
        if (sf_str_starts(w->title, c->key))
            mark(c, SF_TITLE_STARTS_TITLE);
        else if (sf_str_find(w->title, c->key, 0) != SIZE_MAX)
            mark(c, SF_TITLE_IN_TITLE);
        if (common == words)
            mark(c, SF_TITLE_TITLE_WORDS_ALL);
        else if (common * 2 >= words)
            mark(c, SF_TITLE_TITLE_WORDS_HALF);
        else if (common == 0)
            mark(c, SF_TITLE_TITLE_WORDS_NONE);
    }
    if (w->og.len) {
        size_t common = common_words(c->key, w->og);
        if (sf_str_starts(w->og, c->key))
            mark(c, SF_TITLE_STARTS_OG);
        if (common == words)
            mark(c, SF_TITLE_OG_WORDS_ALL);
        else if (common * 2 >= words)
            mark(c, SF_TITLE_OG_WORDS_HALF);
        else if (common == 0)
            mark(c, SF_TITLE_OG_WORDS_NONE);
    }
}

static void mark_all(work *w) {
    for (size_t i = 1; i < w->ranking.count; i++) {
        sf_candidate *c = &w->ranking.at[i];
        size_t words = word_count(c->key);
        mark_words(c, words);
        mark_slug(w, c);
        mark_agreement(w, c, words);
        if (sf_meta_is_site(w->arena, w->scan, c->value))
            mark(c, SF_TITLE_IS_SITE);
        bool h1 = sf_candidate_has(c, SF_TITLE_H1_FIRST) || sf_candidate_has(c, SF_TITLE_H1_LATER);
        bool head = sf_candidate_has(c, SF_TITLE_OG) ||
                    sf_candidate_has(c, SF_TITLE_HEAD_SEGMENT) ||
                    sf_candidate_has(c, SF_TITLE_TITLE_WHOLE_ONE_SEGMENT);
        mark(c, c->node == SF_NONE ? SF_TITLE_NO_HEADING : SF_TITLE_HAS_HEADING);
        if (h1 && head)
            mark(c, SF_TITLE_H1_AND_HEAD);
        if (h1 && sf_candidate_has(c, SF_TITLE_LD_HEADLINE))
            mark(c, SF_TITLE_LD_AND_H1);
        if (!h1 && sf_candidate_has(c, SF_TITLE_OG))
            mark(c, SF_TITLE_OG_NOT_H1);
        if (!h1 && sf_candidate_has(c, SF_TITLE_HEAD_SEGMENT))
            mark(c, SF_TITLE_TITLE_NOT_H1);
    }
}

sf_ranking sf_title_candidates(sf_arena *arena, sf_meta_scan *scan) {
    work w = {.arena = arena, .scan = scan, .ranking = sf_ranking_new(arena)};
    mark(&w.ranking.at[0], SF_TITLE_NONE);
    w.title = scan->title_tag.len <= LONGEST ? sf_meta_key(arena, scan->title_tag) : SF_ABSENT;
    w.og = sf_meta_key(arena, sf_meta_said(scan, SF_SAID_OG_TITLE));
    propose_headings(&w);
    propose_head(&w);
    mark_all(&w);
    return w.ranking;
}
