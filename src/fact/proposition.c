#include "fact/list.h"

enum { MOST_LINKS = 12, LIFT = 3 }; /* links a part on average; how far a phrase is lifted */

/* ---- parts ---- */

sf_span sf_part_span(const sf_graph *g, uint32_t part) {
    const sf_mark *m = sf_part_mark(g, part);
    return m && m->whole ? m->span : g->tree->text->tokens[g->first + part].span;
}

static bool is_particle(const sf_graph *g, uint32_t part, uint32_t verb) {
    static const char *const words[] = {"up", "on",   "off",  "out",  "down",
                                        "in", "away", "over", "back", "apart"};
    const sf_part *p = &g->parts[part];
    if (p->arc == SF_ARC_PRT)
        return true;
    if (p->arc != SF_ARC_ADVMOD || part != verb + 1 || p->pos == SF_POS_ADJ)
        return false;
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_part_is(g, part, words[i]))
            return true;
    return false;
}

static void make_parts(sf_graph *g) {
    for (uint32_t i = 0; i < g->count; i++) {
        const sf_node *n = &g->tree->nodes[g->first + i];
        g->parts[i] = (sf_part){.mark = SF_NONE,
                                .rep = i,
                                .head = n->head == SF_NONE ? SF_NONE : n->head - g->first,
                                .subject = SF_NONE,
                                .list = i,
                                .list_next = SF_NONE,
                                .out = SF_NONE,
                                .in = SF_NONE,
                                .arc = n->arc,
                                .pos = n->pos};
        g->respectively |= sf_part_is(g, i, "respectively");
    }
}

/* A mark's words become one part: the topmost of them stands for all. */
static void set_marks(sf_graph *g, size_t mark_count) {
    for (size_t k = 0; k < 2 * mark_count; k++) { /* whole ones first */
        size_t m = k % mark_count;
        sf_span span = g->marks[m].span;
        if (g->marks[m].whole != (k < mark_count))
            continue;
        uint32_t begin = sf_text_token_at(g->tree->text, span.begin), top = SF_NONE;
        if (begin < g->first)
            continue;
        begin -= g->first;
        uint32_t end = begin;
        while (end < g->count && g->tree->text->tokens[g->first + end].span.begin < span.end)
            end++;
        for (uint32_t i = begin; i < end; i++) {
            uint32_t head = g->parts[i].head;
            bool outside = head == SF_NONE || head < begin || head >= end;
            if (outside && g->parts[i].arc != SF_ARC_PUNCT &&
                (top == SF_NONE || g->parts[i].arc == SF_ARC_ROOT))
                top = i;
        }
        if (top == SF_NONE)
            continue;
        top = g->parts[top].rep;
        if (g->parts[top].mark != SF_NONE)
            continue;
        g->parts[top].mark = (uint32_t)m;
        for (uint32_t i = begin; g->marks[m].whole && i < end; i++)
            g->parts[i].rep = top;
    }
    for (uint32_t i = 0; i < g->count; i++)
        if (g->parts[i].head != SF_NONE)
            g->parts[i].head = g->parts[g->parts[i].head].rep;
}

static bool is_part(const sf_graph *g, uint32_t i) {
    return g->parts[i].rep == i && g->parts[i].arc != SF_ARC_PUNCT;
}

/* Heads before what hangs on them. Lists were mended, so nothing is taken for granted: what a cycle
 * holds is left out. */
static void put_in_order(sf_graph *g) {
    uint32_t *child = SF_ARRAY(g->arena, uint32_t, g->count);
    uint32_t *next = SF_ARRAY(g->arena, uint32_t, g->count);
    memset(child, 0xFF, g->count * sizeof *child);
    for (uint32_t i = g->count; i-- > 0;)
        if (is_part(g, i) && g->parts[i].head != SF_NONE) {
            next[i] = child[g->parts[i].head];
            child[g->parts[i].head] = i;
        }
    for (uint32_t i = 0; i < g->count; i++)
        if (is_part(g, i) && g->parts[i].head == SF_NONE)
            g->order[g->ordered++] = i;
    for (uint32_t k = 0; k < g->ordered; k++)
        for (uint32_t c = child[g->order[k]]; c != SF_NONE; c = next[c])
            g->order[g->ordered++] = c;
}

/* "Ruiz, Park and, for Harbour Films, Lund": what has a preposition of its own is no member. */
static bool *with_preposition(const sf_graph *g) {
    bool *with = SF_ARRAY(g->arena, bool, g->count);
    for (uint32_t i = 0; i < g->count; i++)
        if (g->parts[i].arc == SF_ARC_CASE && g->parts[i].head != SF_NONE && g->parts[i].head > i)
            with[g->parts[i].head] = true;
    return with;
}

static void chain_lists(sf_graph *g) {
    const bool *with = with_preposition(g);
    for (uint32_t k = 0; k < g->ordered; k++) {
        sf_part *p = &g->parts[g->order[k]];
        if (p->arc == SF_ARC_CONJ && p->head != SF_NONE && (!with[g->order[k]] || with[p->head]))
            p->list = g->parts[p->head].list;
    }
    uint32_t *last = SF_ARRAY(g->arena, uint32_t, g->count);
    memset(last, 0xFF, g->count * sizeof *last);
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t list = g->parts[i].list;
        if (list == i || g->parts[i].rep != i)
            continue;
        g->parts[last[list] == SF_NONE ? list : last[list]].list_next = i;
        last[list] = i;
    }
}

/* "film-maker", three tokens: their head stands for the word, too. */
static void join_hyphens(sf_graph *g, uint32_t i) {
    const sf_token *t = &g->tree->text->tokens[g->first + i];
    if (i + 2 >= g->count || !sf_part_is(g, i + 1, "-") || t[0].span.end != t[1].span.begin ||
        t[1].span.end != t[2].span.begin)
        return;
    sf_span word = {t[0].span.begin, t[2].span.end};
    uint32_t head = g->parts[i].head == i + 2 ? i + 2 : g->parts[i + 2].head == i ? i : SF_NONE;
    if (head != SF_NONE && is_part(g, i) && is_part(g, i + 2))
        g->parts[head].joined = sf_stem(g->stems, sf_span_of(g->tree->text->text, word));
}

static void make_keys(sf_graph *g) {
    for (uint32_t i = 0; i < g->count; i++)
        join_hyphens(g, i);
    for (uint32_t i = 0; i < g->count; i++)
        if (is_part(g, i))
            g->parts[i].key = sf_stem(g->stems, sf_part_form(g, i));
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t head = g->parts[i].head;
        if (!is_part(g, i) || head == SF_NONE || head > i)
            continue;
        if (is_particle(g, i, head))
            g->parts[head].key = sf_key_join(g->parts[head].key, g->parts[i].key);
    }
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t head = g->parts[i].head;
        const sf_part *p = &g->parts[i];
        if (is_part(g, i) && head != SF_NONE && head > i && p->mark == SF_NONE &&
            (p->arc == SF_ARC_COMPOUND || p->arc == SF_ARC_NMOD_DESC) && !sf_part_is(g, i, "co"))
            g->parts[head].qualifier += p->key;
    }
}

/* ---- links ---- */

void sf_graph_link(sf_graph *g, sf_rel rel, sf_key word, uint32_t from, uint32_t to, int cost,
                   uint32_t via) {
    if (from == to || g->links.count >= (size_t)MOST_LINKS * g->count)
        return;
    for (uint32_t l = g->parts[from].out; l != SF_NONE; l = g->links.at[l].next_out) {
        const sf_link *link = &g->links.at[l];
        if (link->to == to && link->rel == rel && link->word == word)
            return;
    }
    uint32_t at = (uint32_t)g->links.count;
    *SF_PUSH(g->arena, &g->links) = (sf_link){
        from, to, via, g->parts[from].out, g->parts[to].in, word, (uint8_t)rel, (uint8_t)cost};
    g->parts[from].out = at;
    g->parts[to].in = at;
}

uint32_t sf_graph_out(const sf_graph *g, uint32_t from, sf_rel rel) {
    uint32_t best = SF_NONE, far = SF_NONE;
    for (uint32_t l = g->parts[from].out; l != SF_NONE; l = g->links.at[l].next_out) {
        const sf_link *link = &g->links.at[l];
        if (link->rel == rel && link->cost < 2 && (best == SF_NONE || link->cost <= best)) {
            best = link->cost;
            far = link->to;
        }
    }
    return far;
}

/* What stands before a phrase: "in", "along with"; for a clause its conjunction. */
typedef struct phrase {
    sf_key key;
    bool is_of;   /* of or 's */
    bool near_of; /* "a role in", "a producer on", "the score for": with a noun, much the same */
} phrase;

static phrase *phrases(const sf_graph *g) {
    phrase *at = SF_ARRAY(g->arena, phrase, g->count);
    for (uint32_t i = 0; i < g->count; i++) {
        const sf_part *p = &g->parts[i];
        if (p->rep != i || p->head == SF_NONE ||
            (p->arc != SF_ARC_CASE && p->arc != SF_ARC_MARK && p->arc != SF_ARC_FIXED))
            continue;
        uint32_t of = p->arc == SF_ARC_FIXED ? g->parts[p->head].head : p->head;
        if (of == SF_NONE)
            continue;
        at[of].is_of |= sf_part_is(g, i, "of") || sf_part_is(g, i, "'s") ||
                        sf_part_is(g, i, "’s") || sf_part_is(g, i, "'") || sf_part_is(g, i, "’");
        at[of].near_of = !at[of].key && (sf_part_is(g, i, "in") || sf_part_is(g, i, "on") ||
                                         sf_part_is(g, i, "for") || sf_part_is(g, i, "behind"));
        at[of].key = at[of].key ? sf_key_join(at[of].key, p->key) : p->key;
    }
    return at;
}

static bool is_noun(const sf_graph *g, uint32_t part) {
    const sf_part *p = &g->parts[part];
    return p->mark != SF_NONE || p->pos == SF_POS_NOUN || p->pos == SF_POS_PROPN ||
           p->pos == SF_POS_PRON || p->pos == SF_POS_NUM || p->pos == SF_POS_SYM;
}

/* A value of an example is as common as the page's words. */
static bool is_named(const sf_graph *g, uint32_t part) {
    const sf_mark *m = sf_part_mark(g, part);
    return m && m->whole && (m->name != SF_NONE || m->time != SF_NONE);
}

static bool is_common(const sf_graph *g, uint32_t part) {
    return !is_named(g, part) &&
           (g->parts[part].pos == SF_POS_NOUN || g->parts[part].pos == SF_POS_PROPN ||
            g->parts[part].pos == SF_POS_ADJ);
}

static bool is_time(const sf_graph *g, uint32_t part) {
    const sf_mark *m = sf_part_mark(g, part);
    return m && m->time != SF_NONE;
}

/* A phrase that the tree has on a noun may belong to what the noun hangs on: "plays [Mira in Low
 * Tide]". */
static void lift(sf_graph *g, uint32_t part, sf_key word) {
    uint32_t on = g->parts[part].head, via = on;
    for (int step = 1; step <= LIFT && on != SF_NONE; step++) {
        const sf_part *p = &g->parts[on];
        if (!is_noun(g, on) || p->head == SF_NONE)
            return;
        bool through = p->arc == SF_ARC_OBJ || p->arc == SF_ARC_OBL || p->arc == SF_ARC_NMOD ||
                       p->arc == SF_ARC_OBL_AGENT || p->arc == SF_ARC_NSUBJ ||
                       p->arc == SF_ARC_NSUBJ_PASS || p->arc == SF_ARC_APPOS ||
                       p->arc == SF_ARC_CONJ || p->arc == SF_ARC_XCOMP || p->arc == SF_ARC_IOBJ;
        if (!through)
            return;
        /* "a film with music by Ana Ruiz" is not by her */
        bool by = word == sf_stem(g->stems, SF_STR("by")) && p->arc == SF_ARC_NMOD &&
                  is_common(g, p->head) && g->parts[p->head].pos == SF_POS_NOUN;
        if (p->arc != SF_ARC_CONJ && !by) {
            sf_graph_link(g, SF_REL_PREP, word, p->head, part, step, via);
            via = p->head;
        }
        on = p->head;
    }
}

/* The other way: "has [a role] [in Low Tide]" may be "a role in Low Tide". */
static void lower(sf_graph *g, uint32_t part, sf_key word, bool is_of) {
    uint32_t verb = g->parts[part].head, object = sf_graph_out(g, verb, SF_REL_OBJ);
    if (object == SF_NONE || object > part || object < verb || is_time(g, part))
        return;
    sf_graph_link(g, is_of ? SF_REL_OF : SF_REL_PREP, is_of ? 0 : word, object, part, 2, SF_NONE);
}

static void link_phrase(sf_graph *g, uint32_t part, const phrase *ph) {
    const sf_part *p = &g->parts[part];
    bool desc = !ph->key && is_common(g, part) != is_common(g, p->head);
    if (desc && part < p->head && is_common(g, part))
        sf_graph_link(g, SF_REL_SAME, 0, p->head, part, 0, SF_NONE); /* "director Ana Ruiz" */
    else if (desc && part > p->head && !is_common(g, part) && !is_time(g, part))
        sf_graph_link(g, SF_REL_SAME, 0, p->head, part, 0, SF_NONE); /* "the film Low Tide" */
    else if (ph->is_of || (!ph->key && part < p->head && is_noun(g, p->head)))
        sf_graph_link(g, SF_REL_OF, 0, p->head, part, 0, SF_NONE);
    else
        sf_graph_link(g, SF_REL_PREP, ph->key, p->head, part, 0, SF_NONE);
    if (ph->near_of && g->parts[p->head].pos == SF_POS_NOUN && is_common(g, p->head))
        sf_graph_link(g, SF_REL_OF, 0, p->head, part, 1, SF_NONE);
    if (ph->key && !ph->is_of && (p->arc == SF_ARC_NMOD || is_noun(g, p->head)))
        lift(g, part, ph->key);
}

/* What stands before or behind a noun without a preposition. */
static void link_modifier(sf_graph *g, uint32_t part) {
    uint32_t head = g->parts[part].head;
    bool named = is_named(g, part), head_named = is_named(g, head);
    if (named && part < head)
        sf_graph_link(g, SF_REL_OF, 0, head, part, 0, SF_NONE);
    else if ((named && !head_named) || (head_named && is_common(g, part)))
        sf_graph_link(g, SF_REL_SAME, 0, head, part, 0, SF_NONE);
    else
        sf_graph_link(g, SF_REL_MOD, 0, head, part, 0, SF_NONE);
}

static void link_part(sf_graph *g, uint32_t part, const phrase *ph) {
    const sf_part *p = &g->parts[part];
    uint32_t head = p->head;
    switch (p->arc) {
    case SF_ARC_OBJ: sf_graph_link(g, SF_REL_OBJ, 0, head, part, 0, SF_NONE); break;
    case SF_ARC_IOBJ: sf_graph_link(g, SF_REL_IOBJ, 0, head, part, 0, SF_NONE); break;
    case SF_ARC_OBL_AGENT:
        sf_graph_link(g, is_time(g, part) ? SF_REL_PREP : SF_REL_SUBJ,
                      is_time(g, part) ? ph->key : 0, head, part, 0, SF_NONE);
        break;
    case SF_ARC_OBL_UNMARKED:
        link_phrase(g, part, ph);
        if (!ph->key && part > head && g->parts[head].pos == SF_POS_VERB && !is_time(g, part) &&
            is_common(g, part)) /* "laid off 38 people Wednesday" */
            sf_graph_link(g, SF_REL_OBJ, 0, head, part, 1, SF_NONE);
        break;
    case SF_ARC_OBL:
    case SF_ARC_NMOD:
    case SF_ARC_NMOD_UNMARKED:
    case SF_ARC_NMOD_DESC: link_phrase(g, part, ph); break;
    case SF_ARC_NMOD_POSS: sf_graph_link(g, SF_REL_OF, 0, head, part, 0, SF_NONE); break;
    case SF_ARC_APPOS: sf_graph_link(g, SF_REL_SAME, 0, head, part, 0, SF_NONE); break;
    case SF_ARC_COMPOUND:
    case SF_ARC_AMOD:
    case SF_ARC_FLAT:
    case SF_ARC_NUMMOD:
    case SF_ARC_DET: link_modifier(g, part); break;
    case SF_ARC_ADVMOD: sf_graph_link(g, SF_REL_MOD, 0, head, part, 0, SF_NONE); break;
    case SF_ARC_XCOMP:
    case SF_ARC_CCOMP: sf_graph_link(g, SF_REL_CLAUSE, 0, head, part, 0, SF_NONE); break;
    case SF_ARC_ADVCL:
    case SF_ARC_ACL: /* "was chosen to star": whether a complement or a purpose is a matter of taste
                      */
        sf_graph_link(g, SF_REL_CLAUSE, ph->key == sf_stem(g->stems, SF_STR("to")) ? 0 : ph->key,
                      head, part, 0, SF_NONE);
        break;
    default: break;
    }
}

/* "directed by Ana Ruiz" where the tree has no agent; "replaced as director by Ana Ruiz". */
static void link_agents(sf_graph *g, const phrase *ph) {
    sf_key by = sf_stem(g->stems, SF_STR("by")), as = sf_stem(g->stems, SF_STR("as"));
    for (uint32_t k = 0; k < g->ordered; k++) {
        uint32_t i = g->order[k], verb = g->parts[i].head;
        if (verb == SF_NONE || ph[i].key != by || is_time(g, i))
            continue;
        bool role = g->parts[verb].arc == SF_ARC_OBL && ph[verb].key == as;
        if (g->parts[i].arc == SF_ARC_OBL && g->parts[verb].passive)
            sf_graph_link(g, SF_REL_SUBJ, 0, verb, i, 0, SF_NONE);
        else if (g->parts[i].arc == SF_ARC_NMOD && role && g->parts[verb].head != SF_NONE &&
                 g->parts[g->parts[verb].head].passive)
            sf_graph_link(g, SF_REL_SUBJ, 0, g->parts[verb].head, i, 1, SF_NONE);
    }
}

/* "the film [“]Low Tide": side by side and joined in the tree in some way, they are one. */
static void join_neighbours(sf_graph *g) {
    uint32_t before = SF_NONE;
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t rep = g->parts[i].rep;
        sf_str form = sf_part_form(g, i);
        bool quote_mark = g->parts[i].arc == SF_ARC_PUNCT && !sf_str_equal(form, SF_STR(",")) &&
                          !sf_str_equal(form, SF_STR(";")) && !sf_str_equal(form, SF_STR(":"));
        if (quote_mark)
            continue;
        if (before != SF_NONE && rep != before && is_named(g, rep) && is_common(g, before) &&
            !is_time(g, rep) && g->parts[before].pos == SF_POS_NOUN) {
            const sf_part *a = &g->parts[before], *b = &g->parts[rep];
            if (a->head == rep || b->head == before || (a->head == b->head && a->arc == b->arc))
                sf_graph_link(g, SF_REL_SAME, 0, rep, before, 0, SF_NONE);
        }
        before = g->parts[i].arc == SF_ARC_PUNCT ? SF_NONE : rep;
    }
}

static bool has_article(const sf_graph *g, uint32_t noun) {
    enum { NEAR = 6 };
    for (uint32_t i = noun > NEAR ? noun - NEAR : 0; i < noun; i++)
        if (g->parts[i].arc == SF_ARC_DET && g->parts[i].head == noun)
            return true;
    return false;
}

/* Has the verb what it needs before the other verb: "made a debut [in 1964] and won"? */
static bool has_complement(const sf_graph *g, uint32_t verb, uint32_t other) {
    for (uint32_t l = g->parts[verb].out; l != SF_NONE; l = g->links.at[l].next_out) {
        const sf_link *link = &g->links.at[l];
        bool fills = link->rel == SF_REL_OBJ || link->rel == SF_REL_PREP;
        if (fills && link->cost == 0 && link->to > verb && link->to < other)
            return true;
    }
    return false;
}

/* What coordinated words share: "wrote and directed X", "written and directed by Y", "the writer
 * and star of X". A word takes what it lacks. */
static void share(sf_graph *g, uint32_t taker, uint32_t giver) {
    bool noun = is_noun(g, taker);
    if (g->parts[taker].mark != SF_NONE && sf_part_mark(g, taker)->whole)
        return; /* names in a list have nothing in common */
    bool closed = !noun && taker < giver && has_complement(g, taker, giver);
    uint32_t doer = noun || giver < taker ? SF_NONE : g->parts[giver].subject;
    bool own = doer != SF_NONE && doer > taker;
    for (uint32_t l = g->parts[giver].out; l != SF_NONE; l = g->links.at[l].next_out) {
        sf_link link = g->links.at[l];
        if (link.cost > 1 || link.rel == SF_REL_MOD || link.rel == SF_REL_CLAUSE)
            continue;
        if (noun && link.rel == SF_REL_PREP && taker < giver && has_article(g, giver))
            continue; /* "a film with music and a screenplay by Ana Ruiz" */
        bool subject = link.rel == SF_REL_SUBJ || link.rel == SF_REL_OBJ;
        bool behind = link.to > giver && link.to > taker;
        if ((own || closed) && link.rel == SF_REL_PREP)
            continue; /* "Ruiz stars, and Park appears in a cameo"; "opened in May and won a prize
                         for its score" */
        if (noun ? link.rel == SF_REL_SAME || link.rel == SF_REL_OF || link.rel == SF_REL_PREP
                 : behind && (!subject || sf_graph_out(g, taker, (sf_rel)link.rel) == SF_NONE))
            if (sf_graph_out(g, taker, (sf_rel)link.rel) == SF_NONE || link.rel == SF_REL_PREP)
                sf_graph_link(g, (sf_rel)link.rel, link.word, taker, link.to, link.cost + 1,
                              SF_NONE);
    }
    for (uint32_t l = noun ? g->parts[giver].in : SF_NONE; l != SF_NONE;
         l = g->links.at[l].next_in) {
        sf_link link = g->links.at[l];
        if (link.rel == SF_REL_SAME && link.cost < 2)
            sf_graph_link(g, SF_REL_SAME, 0, link.from, taker, link.cost + 1, SF_NONE);
    }
}

static void share_lists(sf_graph *g) {
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t next = g->parts[i].list_next;
        if (next == SF_NONE || g->parts[i].rep != i)
            continue;
        share(g, next, i);
    }
    for (uint32_t i = g->count; i-- > 0;) {
        uint32_t next = g->parts[i].list_next;
        if (next != SF_NONE && g->parts[i].rep == i)
            share(g, i, next);
    }
}

sf_graph *sf_graph_new(sf_arena *arena, const sf_tree *tree, const sf_stems *stems,
                       uint32_t sentence, const sf_mark *marks, size_t mark_count) {
    const sf_model_sentence *s = &tree->analysis->sentences[sentence];
    sf_graph *g = SF_NEW(arena, sf_graph);
    *g = (sf_graph){.arena = arena,
                    .tree = tree,
                    .stems = stems,
                    .marks = marks,
                    .first = s->first_token,
                    .count = s->token_count};
    g->parts = SF_ARRAY(arena, sf_part, g->count + 1);
    g->order = SF_ARRAY(arena, uint32_t, g->count + 1);
    make_parts(g);
    set_marks(g, mark_count);
    sf_graph_mend_lists(g);
    sf_graph_mend_titles(g);
    put_in_order(g);
    chain_lists(g);
    make_keys(g);
    phrase *ph = phrases(g);
    for (uint32_t k = 0; k < g->ordered; k++)
        if (g->parts[g->order[k]].head != SF_NONE)
            link_part(g, g->order[k], &ph[g->order[k]]);
    join_neighbours(g);
    sf_graph_clauses(g);
    link_agents(g, ph);
    sf_bill_makers(g);
    for (uint32_t k = 0; k < g->ordered; k++) {
        uint32_t i = g->order[k];
        if (g->parts[i].arc == SF_ARC_OBL && ph[i].key && g->parts[i].head != SF_NONE)
            lower(g, i, ph[i].key, ph[i].is_of);
    }
    share_lists(g);
    return g;
}
