/* Patterns over the graph of a sentence.
 *
 * Patterns are looked up by the word of their anchor; from there each part of a pattern is found
 * from its parent by a link, the cheapest that fits. A list gives each of its members. The steps
 * spent on an anchor are bounded, so a sentence costs its words times the patterns at them. */
#include <stdlib.h>

#include "fact/beat.h"
#include "fact/list.h"
#include "fact/mark.h"

enum { MOST_OPTIONS = 48, BUDGET = 400, MOST_FOUND = 400 };

typedef struct option {
    uint32_t part, via;
    int cost;
} option;

typedef struct matcher {
    sf_arena *arena;
    const sf_beats *beats;
    const sf_graph *g;
    const sofar_name *names;
    const sf_callings *callings;
    sf_founds *out;
    size_t first; /* of the sentence's in out */
    /* the pattern at hand */
    const sf_pattern *p;
    uint32_t at[SF_MAX_PATTERN], via[SF_MAX_PATTERN];
    uint32_t shown[SF_MAX_PATTERN]; /* the part that spells the role */
    sf_filler fillers[SF_MAX_PATTERN];
    int budget;
    bool *blocked; /* parts that a negative example of the type holds */
    bool hit;      /* of a negative pattern */
} matcher;

/* ---- options ---- */

static void add_option(option *out, size_t *count, uint32_t part, uint32_t via, int cost) {
    for (size_t i = 0; i < *count; i++)
        if (out[i].part == part && out[i].via == via) {
            if (cost < out[i].cost)
                out[i].cost = cost;
            return;
        }
    if (*count < MOST_OPTIONS)
        out[(*count)++] = (option){part, via, cost};
}

/* The part and those that are coordinated with it, if it stands for them. */
static void add_list(const sf_graph *g, option *out, size_t *count, uint32_t part, uint32_t via,
                     int cost) {
    add_option(out, count, part, via, cost);
    if (g->parts[part].list == part)
        for (uint32_t m = g->parts[part].list_next; m != SF_NONE; m = g->parts[m].list_next)
            add_option(out, count, m, via, cost);
}

static void same_as(const sf_graph *g, option *out, size_t *count, uint32_t part, int cost) {
    for (uint32_t l = g->parts[part].out; l != SF_NONE; l = g->links.at[l].next_out)
        if (g->links.at[l].rel == SF_REL_SAME)
            add_list(g, out, count, g->links.at[l].to, SF_NONE, cost + g->links.at[l].cost);
    for (uint32_t l = g->parts[part].in; l != SF_NONE; l = g->links.at[l].next_in) {
        const sf_link *link = &g->links.at[l];
        uint32_t next = g->parts[link->from].list_next;
        bool within = link->from < part && next != SF_NONE && part < next;
        if (link->rel == SF_REL_SAME && within) /* "Ana Ruiz, the director, and Jo Park" */
            add_option(out, count, link->from, SF_NONE, cost + link->cost);
        else if (link->rel == SF_REL_SAME)
            add_list(g, out, count, link->from, SF_NONE, cost + link->cost);
    }
}

/* All that is the same as the part, however far; not what it is coordinated with: in "the producers
 * are Ana Ruiz and the head of drama" she is not the head. */
static size_t all_same(const sf_graph *g, uint32_t part, option *out, size_t count) {
    size_t kept = count;
    same_as(g, out, &count, part, 1);
    for (size_t i = kept, n = count; i < n; i++)
        same_as(g, out, &count, out[i].part, out[i].cost + 2);
    for (size_t i = kept; i < count; i++)
        if (g->parts[out[i].part].list != g->parts[part].list)
            out[kept++] = out[i];
    return kept;
}

/* What the part hangs on by such a link. */
static void add_heads(const sf_graph *g, option *out, size_t *count, uint32_t part,
                      const sf_pattern_part *pp, int cost) {
    for (uint32_t l = g->parts[part].in; l != SF_NONE; l = g->links.at[l].next_in) {
        const sf_link *link = &g->links.at[l];
        if (link->rel == pp->rel && link->word == pp->word)
            add_option(out, count, link->from, link->via, link->cost + cost);
    }
}

static size_t options(const sf_graph *g, uint32_t from, const sf_pattern_part *pp, option *out) {
    size_t count = 0;
    if (pp->rel == SF_REL_SAME) {
        /* A name beside it says more than the noun: "the director, Ana Ruiz". */
        const sf_mark *own = sf_part_mark(g, from);
        add_option(out, &count, from, SF_NONE, own && !own->whole ? 3 : 0);
        return all_same(g, from, out, count);
    }
    if (!pp->up) {
        for (uint32_t l = g->parts[from].out; l != SF_NONE; l = g->links.at[l].next_out) {
            const sf_link *link = &g->links.at[l];
            if (link->rel == pp->rel && link->word == pp->word)
                add_list(g, out, &count, link->to, link->via, link->cost);
        }
        return count;
    }
    add_heads(g, out, &count, from, pp, 0);
    if (g->parts[from].list != from)
        add_heads(g, out, &count, g->parts[from].list, pp, 1);
    option same[MOST_OPTIONS]; /* "boss Ana Ruiz resigned": it hangs on either */
    size_t others = count ? 0 : all_same(g, from, same, 0);
    for (size_t i = 0; i < others; i++)
        if (same[i].cost < 2)
            add_heads(g, out, &count, same[i].part, pp, 1);
    return count;
}

/* "both twins, Agatha and Ruth": what the noun holds for, each of those does. */
static size_t add_members(const sf_graph *g, option *list, size_t count) {
    for (size_t i = 0, n = count; i < n; i++) {
        if (list[i].part == SF_NONE || g->parts[list[i].part].pos != SF_POS_NOUN)
            continue;
        for (uint32_t l = g->parts[list[i].part].out; l != SF_NONE; l = g->links.at[l].next_out) {
            const sf_link *link = &g->links.at[l];
            if (link->rel == SF_REL_SAME && link->cost == 0 &&
                g->parts[link->to].list == link->to && g->parts[link->to].list_next != SF_NONE)
                add_list(g, list, &count, link->to, SF_NONE, list[i].cost);
        }
    }
    return count;
}

/* ---- does it fit? ---- */

static bool has_key(const sf_pattern_part *pp, sf_key key) {
    for (size_t i = 0; i < pp->key_count; i++)
        if (pp->keys[i] == key)
            return true;
    return false;
}

/* A verb is no noun, though both are spelled "star"; two that end in -ing may be either, and what
 * an example insists on ("is [seeing] her") is nothing else ("saw her"). */
static bool same_kind(const sf_graph *g, const sf_pattern_part *pp, uint32_t part) {
    bool ing = sf_str_ends(sf_part_form(g, part), SF_STR("ing"));
    if (pp->pinned && pp->ing && !ing)
        return false;
    bool verb = g->parts[part].pos == SF_POS_VERB;
    bool noun = g->parts[part].pos == SF_POS_NOUN || g->parts[part].pos == SF_POS_PROPN;
    bool other =
        pp->pos == SF_POS_VERB ? noun : verb && (pp->pos == SF_POS_NOUN || pp->pos == SF_POS_PROPN);
    return !other || (pp->ing && ing);
}

static bool is_number(const sf_graph *g, uint32_t part) {
    const sf_part *p = &g->parts[part];
    if (p->pos == SF_POS_NUM || p->pos == SF_POS_SYM)
        return true;
    for (uint32_t i = part > 8 ? part - 8 : 0; i < part; i++)
        if (g->parts[i].head == part && g->parts[i].pos == SF_POS_NUM)
            return true;
    return false;
}

/* A mention at the part itself that is of the types asked for. */
static bool names(const sf_graph *g, unsigned types, uint32_t part, sf_filler *out) {
    const sf_mark *m = sf_part_mark(g, part);
    if (!m)
        return false;
    if ((types & SF_TYPE_DATE) && m->time != SF_NONE) {
        *out = (sf_filler){SF_NONE, m->time, m->span};
        return true;
    }
    if (m->name == SF_NONE || m->type < 0 || !(types & 1u << m->type))
        return false;
    *out = (sf_filler){m->name, SF_NONE, m->span};
    return true;
}

/* Fills a role with the part, or with what is the same. */
static bool fill(const sf_graph *g, unsigned types, uint32_t part, sf_filler *out,
                 uint32_t *shown) {
    *shown = part;
    if (names(g, types, part, out))
        return true;
    if (types & (SF_TYPE_SUBJECT | SF_TYPE_DATE)) {
        option near[MOST_OPTIONS];
        size_t count = all_same(g, part, near, 0);
        const option *best = NULL;
        sf_filler filler;
        for (size_t i = 0; i < count; i++)
            if (names(g, types, near[i].part, &filler) && (!best || near[i].cost < best->cost)) {
                best = &near[i];
                *out = filler;
                *shown = best->part;
            }
        if (best)
            return true;
    }
    bool value = (types & SF_TYPE_AMOUNT) ? is_number(g, part)
                                          : (types & (SF_TYPE_VALUE | SF_TYPE_WORD)) != 0 &&
                                                !is_number(g, part); /* "won two awards" */
    if (!value || g->parts[part].pos == SF_POS_PRON)
        return false;
    const sf_mark *m = sf_part_mark(g, part);
    *out = (sf_filler){SF_NONE, SF_NONE, m && m->whole ? m->span : sf_value_span(g, part)};
    if (types & SF_TYPE_COUNT)
        out->span = sf_value_number(g, part);
    if ((types & SF_TYPE_WORD) &&
        (types & SF_TYPE_SUBJECT)) /* "the Harbour Prize" is as much a name as a word */
        out->span = sf_value_named(g, part, out->span);
    return true;
}

static uint32_t place_in_list(const sf_graph *g, uint32_t part) {
    uint32_t n = 0;
    for (uint32_t i = g->parts[part].list; i != part && i != SF_NONE; i = g->parts[i].list_next)
        n++;
    return n;
}

static uint32_t list_length(const sf_graph *g, uint32_t part) {
    uint32_t n = 0;
    for (uint32_t i = g->parts[part].list; i != SF_NONE; i = g->parts[i].list_next)
        n++;
    return n;
}

static uint32_t subject_of(const matcher *m, const sf_filler *f) {
    return f->name == SF_NONE ? SF_NONE : m->names ? m->names[f->name].subject : f->name;
}

/* Two lists side by side go in pairs: "Ruiz and Park play Mira and Leo". */
static bool paired(const matcher *m, uint32_t a, uint32_t b, uint32_t role_a, uint32_t role_b) {
    const sf_graph *g = m->g;
    if (g->parts[a].list == g->parts[b].list || list_length(g, a) != list_length(g, b) ||
        list_length(g, a) == 1)
        return true;
    const sf_beat_role *roles = m->p->type->roles;
    unsigned character = 1u << SOFAR_CHARACTER;
    bool cast = (roles[role_a].types | roles[role_b].types) & character &&
                roles[role_a].types != roles[role_b].types;
    if (!g->respectively && !cast)
        return true;
    return place_in_list(g, a) == place_in_list(g, b);
}

/* Does it stand for two ("the couple")? */
static bool is_pair(const sf_graph *g, uint32_t part) {
    const sf_mark *mark = sf_part_mark(g, part);
    return mark && mark->two;
}

/* The second that asks for a couple is given the other of the two. */
static void give_second(const matcher *m, size_t k, uint32_t part, sf_filler *filler) {
    for (size_t i = 0; i < k && is_pair(m->g, part); i++)
        if (m->at[i] == part && m->p->parts[i].role != SF_NONE)
            filler->name = sf_part_mark(m->g, part)->second;
}

/* May part `part` fill pattern part k beside what is filled? */
static bool goes_with(const matcher *m, size_t k, uint32_t part, uint32_t via,
                      const sf_filler *filler) {
    const sf_graph *g = m->g;
    for (size_t i = 0; i < k; i++) {
        uint32_t other = m->at[i];
        if (other == SF_NONE)
            continue;
        const sf_pattern_part *pp = &m->p->parts[i];
        if (pp->role == SF_NONE && other == part && is_pair(g, part))
            return false; /* "the couple" does not say that they are one */
        if (pp->role == SF_NONE)
            continue;
        const sf_mark *mark = sf_part_mark(g, part);
        bool both = mark && !mark->whole && mark->type == SOFAR_WORK; /* "the drama" */
        if (other == part && m->p->parts[k].role != SF_NONE && !both && !is_pair(g, part))
            return false;
        if (filler && filler->name != SF_NONE &&
            subject_of(m, filler) == subject_of(m, &m->fillers[i]))
            return false; /* nobody plays themselves in themselves */
        /* "A as X and B as Y": X was lifted off A, and goes with A only */
        if (via != SF_NONE && g->parts[via].list == g->parts[other].list && via != other)
            return false;
        if (m->via[i] != SF_NONE && g->parts[m->via[i]].list == g->parts[part].list &&
            m->via[i] != part)
            return false;
        if (m->p->parts[k].role != SF_NONE &&
            !paired(m, part, other, m->p->parts[k].role, pp->role))
            return false;
        /* who and whom of one list, in the order of the example */
        if (m->p->parts[k].role != SF_NONE && pp->parent == m->p->parts[k].parent &&
            pp->rel == m->p->parts[k].rel && g->parts[other].list == g->parts[part].list &&
            other > part && pp->word == m->p->parts[k].word)
            return false;
    }
    return true;
}

/* Do the nouns in front of it make it another thing ("casting director")? Where the pattern has a
 * value there ("[romantic comedy] film"), they are what is asked for. */
static bool qualified(const matcher *m, size_t k, uint32_t part) {
    const sf_pattern_part *pp = &m->p->parts[k];
    if (pp->role != SF_NONE || pp->open || m->p->negative ||
        m->g->parts[part].qualifier == pp->qualifier)
        return false;
    for (size_t i = k + 1; i < m->p->count; i++)
        if (m->p->parts[i].parent == k && m->p->parts[i].rel == SF_REL_MOD &&
            m->p->parts[i].role != SF_NONE)
            return false;
    return true;
}

/* A name that another role of the fact asks for is no plain value: nobody is nominated for a work.
 */
static bool is_anothers(const matcher *m, uint32_t part, unsigned types) {
    const sf_mark *mark = sf_part_mark(m->g, part);
    if (!(types & SF_TYPE_VALUE) || !mark || !mark->whole || mark->name == SF_NONE ||
        mark->type < 0 || (types & 1u << mark->type))
        return false;
    for (uint32_t r = 0; r < m->p->type->role_count; r++)
        if (m->p->type->roles[r].types & 1u << mark->type)
            return true;
    return false;
}

static bool fits(matcher *m, size_t k, const option *o, sf_filler *filler, uint32_t *shown) {
    const sf_pattern_part *pp = &m->p->parts[k];
    const sf_part *part = &m->g->parts[o->part];
    bool joined = pp->keys && part->joined && has_key(pp, part->joined);
    if (pp->keys && !joined &&
        (!has_key(pp, part->key) || !same_kind(m->g, pp, o->part) || qualified(m, k, o->part)))
        return false;
    *filler = (sf_filler){SF_NONE, SF_NONE, {0, 0}};
    if (pp->role != SF_NONE && m->p->bare) { /* the names themselves must stand so */
        *shown = o->part;
        if (o->cost > 2 || !names(m->g, m->p->type->roles[pp->role].types, o->part, filler))
            return false;
    } else if (pp->role != SF_NONE) {
        unsigned types = m->p->type->roles[pp->role].types;
        if (!pp->keys && (types & SF_TYPE_SUBJECT)) /* the example has a name there */
            types &= ~(unsigned)SF_TYPE_WORD;
        if (is_anothers(m, o->part, types) || !fill(m->g, types, o->part, filler, shown))
            return false;
        give_second(m, k, *shown, filler);
    }
    return goes_with(m, k, o->part, o->via, pp->role == SF_NONE ? NULL : filler);
}

/* ---- the way through a pattern ---- */

/* The part, or one of the list that it begins: links go to the first. */
static bool is_held(const matcher *m, uint32_t part) {
    for (size_t i = 0; i < m->p->count; i++)
        if (m->at[i] != SF_NONE &&
            (m->at[i] == part || m->shown[i] == part || m->g->parts[m->at[i]].list == part))
            return true;
    return false;
}

/* Is a cheaper reading of the link held: "the life of [the boxer], played by Ana Ruiz"? */
static bool is_read(const matcher *m, uint32_t part, const sf_link *link) {
    const sf_graph *g = m->g;
    for (uint32_t l = g->parts[part].out; l != SF_NONE; l = g->links.at[l].next_out)
        if (g->links.at[l].rel == link->rel && g->links.at[l].word == link->word &&
            g->links.at[l].cost < link->cost && is_held(m, g->links.at[l].to))
            return true;
    return false;
}

/* Has a word more beside it than the pattern, so that it may be said of something else than the
 * page's subject: "stars [in a school play]", "directs [traffic]"? Times, places and companies do
 * not count, nor does who is there, too.
 */
static bool says_more(const matcher *m, uint32_t part) {
    static const char *const words[] = {"in", "on", "of", "for", "to", "at"};
    const sf_graph *g = m->g;
    for (uint32_t l = g->parts[part].out; l != SF_NONE; l = g->links.at[l].next_out) {
        const sf_link *link = &g->links.at[l];
        const sf_mark *mark = sf_part_mark(g, link->to);
        if (link->cost > 1 || is_held(m, link->to) || is_read(m, part, link) ||
            (mark && (mark->time != SF_NONE || mark->type == SOFAR_PLACE)))
            continue;
        if (link->rel == SF_REL_OBJ || link->rel == SF_REL_OF)
            return true;
        sf_str form = sf_part_form(g, link->to);
        if (sf_noun_is_scene(form) || (link->rel == SF_REL_PREP && sf_bill_is_role(form)))
            continue;
        bool beside = mark && mark->whole && mark->type == SOFAR_ORGANIZATION; /* "for Harbour" */
        for (size_t i = 0; i < SF_LEN(words) && link->rel == SF_REL_PREP && !beside; i++)
            if (link->word == sf_stem(g->stems, sf_str_of(words[i])))
                return true;
    }
    return false;
}

static bool leaves_open(const matcher *m) {
    for (size_t i = 0; i < m->p->count; i++)
        if (m->at[i] != SF_NONE && m->p->parts[i].role == SF_NONE && !m->p->parts[i].open &&
            says_more(m, m->at[i]))
            return false;
    return true;
}

/* Does the page call what fills the part's role as the example asks? */
static bool is_called(const matcher *m, size_t i) {
    const sf_pattern_part *pp = &m->p->parts[i];
    const sf_similar *called = pp->role == SF_NONE ? NULL : &m->p->called[pp->role];
    if (!called || !called->count || !m->callings)
        return true;
    return m->at[i] != SF_NONE && m->fillers[i].name != SF_NONE &&
           sf_is_called(m->callings, subject_of(m, &m->fillers[i]), called->keys, called->count);
}

/* "Ana Ruiz (Night Ferry, Low Tide)": nothing but marks, names of a list and "by" between? */
static bool is_side_by_side(const sf_graph *g, uint32_t a, uint32_t b) {
    sf_span left = sf_part_span(g, a < b ? a : b), right = sf_part_span(g, a < b ? b : a);
    for (uint32_t i = 0; i < g->count; i++) {
        sf_span span = g->tree->text->tokens[g->first + i].span;
        const sf_mark *m = sf_part_mark(g, g->parts[i].rep);
        if (span.begin < left.end || span.end > right.begin || (m && m->whole))
            continue;
        if (g->parts[i].pos != SF_POS_PUNCT && g->parts[i].pos != SF_POS_NUM &&
            g->parts[i].pos != SF_POS_DET && g->parts[i].arc != SF_ARC_CC &&
            !sf_part_is(g, i, "by") && !sf_part_is(g, i, "'s") && !sf_part_is(g, i, "’s") &&
            !sf_part_is(g, i, "'") && !sf_part_is(g, i, "’"))
            return false;
    }
    return true;
}

/* Do the names of a pattern without words stand so? */
static bool stands_bare(const matcher *m) {
    for (size_t i = 0; i < m->p->count && m->p->bare; i++) {
        const sf_mark *mark = m->at[i] == SF_NONE ? NULL : sf_part_mark(m->g, m->at[i]);
        if (mark && (!mark->whole || !is_side_by_side(m->g, m->at[0], m->at[i])))
            return false;
    }
    return true;
}

/* Is only one asked for where two are meant? */
static bool halves_pair(const matcher *m) {
    uint32_t of_pair = 0;
    for (size_t i = 0; i < m->p->count; i++)
        of_pair +=
            m->at[i] != SF_NONE && m->p->parts[i].role != SF_NONE && is_pair(m->g, m->shown[i]);
    return of_pair == 1;
}

/* Something that the pattern does not know of belongs to the part: "the director of the festival",
 * "filming of another season began". */
static bool is_complemented(const matcher *m, uint32_t part) {
    const sf_graph *g = m->g;
    for (uint32_t l = g->parts[part].out; l != SF_NONE; l = g->links.at[l].next_out) {
        const sf_link *link = &g->links.at[l];
        const sf_mark *mark = sf_part_mark(g, link->to);
        if (link->cost <= 1 && link->rel == SF_REL_OF && !is_held(m, link->to) &&
            (!mark || mark->time == SF_NONE))
            return true;
    }
    return false;
}

/* It belongs to the anchor, or to a plain value: "resigned as chair of a rival lender". */
static bool has_complement(const matcher *m) {
    for (size_t i = 0; i < m->p->count; i++) {
        uint32_t role = m->p->parts[i].role;
        bool word = role != SF_NONE && m->p->type->roles[role].types & SF_TYPE_WORD;
        if (m->at[i] != SF_NONE && (i == 0 || word) && is_complemented(m, m->at[i]))
            return true;
    }
    return false;
}

static void emit(matcher *m) {
    for (size_t i = 0; i < m->p->count; i++)
        if (!is_called(m, i))
            return;
    if (!stands_bare(m))
        return;
    if (m->p->left != SF_NONE && !leaves_open(m))
        return;
    if (m->p->negative) {
        for (size_t i = 0; i < m->p->count; i++)
            if ((m->p->parts[i].keys || m->p->bare) && m->at[i] != SF_NONE)
                m->blocked[m->at[i]] = true;
        m->hit = true;
        return;
    }
    if (m->out->count - m->first >= MOST_FOUND)
        return;
    uint32_t event = m->at[m->p->event];
    sf_found f = {.pattern = m->p,
                  .anchor = m->at[0],
                  .event = event == SF_NONE ? m->at[0] : event,
                  .complement = has_complement(m)};
    f.span = sf_part_span(m->g, m->at[0]);
    if (halves_pair(m))
        return;
    for (size_t i = 0; i < m->p->count; i++) {
        if (m->at[i] == SF_NONE)
            continue;
        uint32_t role = m->p->parts[i].role;
        sf_span span = sf_part_span(m->g, m->at[i]);
        f.beside += i > 0 && m->p->parts[i].rel == SF_REL_SAME;
        if (role != SF_NONE) {
            f.held |= 1u << role;
            f.fillers[role] = m->fillers[i];
            span = m->fillers[i].span;
        }
        if (span.begin < f.span.begin)
            f.span.begin = span.begin;
        if (span.end > f.span.end)
            f.span.end = span.end;
    }
    *SF_PUSH(m->arena, m->out) = f;
}

static void step(matcher *m, size_t k) {
    if (m->budget-- <= 0)
        return;
    if (k == m->p->count) {
        emit(m);
        return;
    }
    const sf_pattern_part *pp = &m->p->parts[k];
    option list[MOST_OPTIONS];
    sf_filler fillers[MOST_OPTIONS];
    uint32_t shown[MOST_OPTIONS];
    size_t count = 0;
    int least = INT32_MAX;
    if (m->at[pp->parent] != SF_NONE)
        count = options(m->g, m->at[pp->parent], pp, list);
    if (pp->role != SF_NONE && !pp->keys)
        count = add_members(m->g, list, count);
    bool fit[MOST_OPTIONS];
    for (size_t i = 0; i < count; i++) {
        fit[i] = fits(m, k, &list[i], &fillers[i], &shown[i]);
        if (fit[i] && list[i].cost < least)
            least = list[i].cost;
    }
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!fit[i] || list[i].cost != least)
            continue;
        any = true;
        m->at[k] = list[i].part;
        m->via[k] = list[i].via;
        m->fillers[k] = fillers[i];
        m->shown[k] = shown[i];
        step(m, k + 1);
    }
    m->at[k] = m->via[k] = SF_NONE;
    if (!any && pp->optional)
        step(m, k + 1);
}

static void try_at(matcher *m, uint32_t pattern, uint32_t part) {
    m->p = &m->beats->patterns[pattern];
    m->budget = BUDGET;
    option o = {part, SF_NONE, 0};
    m->at[0] = m->via[0] = SF_NONE;
    if (!fits(m, 0, &o, &m->fillers[0], &m->shown[0]))
        return;
    m->at[0] = part;
    step(m, 1);
}

/* The patterns at a word: [*begin, *end) of the index. */
static void look_up(const sf_beats *beats, sf_key key, size_t *begin, size_t *end) {
    size_t low = 0, high = beats->index_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (beats->index[mid].key < key)
            low = mid + 1;
        else
            high = mid;
    }
    *begin = *end = low;
    while (*end < beats->index_count && beats->index[*end].key == key)
        ++*end;
}

static void try_all(matcher *m, uint32_t part, sf_key key) {
    size_t begin, end;
    look_up(m->beats, key, &begin, &end);
    for (size_t i = begin; i < end; i++)
        try_at(m, m->beats->index[i].pattern, part);
}

/* ---- negatives ---- */

/* Facts whose anchor a negative example of their type holds are none. Negative patterns are run
 * again for each type, since they block only their own. */
static void heed_negatives(matcher *m) {
    const sf_beats *beats = m->beats;
    size_t kept = m->first;
    for (size_t i = m->first; i < m->out->count; i++) {
        sf_found f = m->out->at[i];
        bool none = false;
        for (size_t n = 0; n < beats->pattern_count && !none; n++) {
            const sf_pattern *p = &beats->patterns[n];
            if (!p->negative || p->type != f.pattern->type)
                continue;
            for (uint32_t part = 0; part < m->g->count && !none; part++) {
                const sf_part *at = &m->g->parts[part];
                if (at->rep != part ||
                    (p->bare ? at->mark == SF_NONE
                             : !has_key(&p->parts[0], at->key) &&
                                   (!at->joined || !has_key(&p->parts[0], at->joined))))
                    continue;
                memset(m->blocked, 0, m->g->count * sizeof *m->blocked);
                try_at(m, (uint32_t)n, part);
                none = m->blocked[f.anchor];
            }
        }
        if (!none)
            m->out->at[kept++] = f;
    }
    m->out->count = kept;
}

void sf_beat_match(sf_arena *arena, const sf_beats *beats, const sf_graph *graph,
                   const sofar_name *list, const sf_callings *callings, sf_founds *out) {
    matcher m = {.arena = arena,
                 .beats = beats,
                 .g = graph,
                 .names = list,
                 .callings = callings,
                 .out = out,
                 .first = out->count};
    m.blocked = SF_ARRAY(arena, bool, graph->count + 1);
    for (uint32_t i = 0; i < graph->count; i++) {
        if (graph->parts[i].rep != i || graph->parts[i].arc == SF_ARC_PUNCT)
            continue;
        try_all(&m, i, graph->parts[i].key);
        if (graph->parts[i].joined)
            try_all(&m, i, graph->parts[i].joined);
        if (graph->parts[i].mark != SF_NONE)
            try_all(&m, i, 0);
    }
    sf_found_keep_fullest(graph->tree, list, out, m.first);
    heed_negatives(&m);
}
