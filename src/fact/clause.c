/* Who does it: the subject of each clause, where the sentence says it, leaves it to be understood
 * (control: "agreed to direct"), shares it ("wrote and directed") or has put it in front of the
 * clause ("the film that she directed"). */
#include "fact/proposition.h"

typedef struct clauses {
    sf_graph *g;
    uint32_t *said;   /* subject child of each part, SF_NONE */
    uint32_t *object; /* object child */
    uint32_t *strand; /* a preposition that has lost its noun: "the film she stars in" */
    uint32_t *stands; /* for a relative pronoun: what it stands for */
    bool *to, *copula, *cased, *be, *have;
} clauses;

static bool is_noun(const sf_graph *g, uint32_t i) {
    const sf_part *p = &g->parts[i];
    return p->mark != SF_NONE || p->pos == SF_POS_NOUN || p->pos == SF_POS_PROPN ||
           p->pos == SF_POS_PRON || p->pos == SF_POS_NUM;
}

static bool has(const sf_graph *g, uint32_t i, int feature) {
    return (g->tree->nodes[g->first + i].features & feature) != 0;
}

static void look_below(clauses *c) {
    sf_graph *g = c->g;
    for (uint32_t k = 0; k < g->ordered; k++) {
        uint32_t i = g->order[k], head = g->parts[i].head;
        if (head == SF_NONE)
            continue;
        switch (g->parts[i].arc) {
        case SF_ARC_NSUBJ_PASS:
            g->parts[head].passive = true;
            /* fall through */
        case SF_ARC_CSUBJ:
            if (g->parts[i].pos == SF_POS_VERB) { /* "It was announced that she will direct" */
                sf_graph_link(g, SF_REL_CLAUSE, 0, head, i, 0, SF_NONE);
                break;
            }
            /* fall through */
        case SF_ARC_NSUBJ:
            if (c->said[head] == SF_NONE)
                c->said[head] = i;
            else if (c->said[head] < head && i > head && g->parts[head].pos == SF_POS_VERB)
                sf_graph_link(g, SF_REL_OBJ, 0, head, i, 1, SF_NONE); /* "the film stars X" */
            else /* "Low Tide, a comedy, opens": one subject, said twice */
                sf_graph_link(g, SF_REL_SAME, 0, c->said[head], i, 1, SF_NONE);
            break;
        case SF_ARC_OBJ: c->object[head] = i; break;
        case SF_ARC_OBL_AGENT:
        case SF_ARC_AUX_PASS: g->parts[head].passive = true; break;
        case SF_ARC_AUX:
            c->have[head] |= g->parts[i].key == sf_stem(g->stems, SF_STR("have"));
            c->be[head] |= g->parts[i].key == sf_stem(g->stems, SF_STR("be"));
            break;
        case SF_ARC_COP: c->copula[head] = true; break;
        case SF_ARC_CASE: c->cased[head] = true; break;
        case SF_ARC_MARK: c->to[head] |= sf_part_is(g, i, "to"); break;
        default: break;
        }
        if (g->parts[i].pos == SF_POS_ADP && i > head &&
            (g->parts[i].arc == SF_ARC_OBL || g->parts[i].arc == SF_ARC_ADVMOD ||
             g->parts[i].arc == SF_ARC_NMOD))
            c->strand[head] = i;
    }
}

/* The relative pronoun between a noun and the clause that describes it. */
static uint32_t pronoun_between(const sf_graph *g, uint32_t noun, uint32_t verb) {
    static const char *const words[] = {"who", "whom", "which", "that", "whose"};
    uint32_t until = verb < noun + 12 ? verb : noun + 12;
    for (uint32_t i = noun + 1; i < until; i++)
        for (size_t w = 0; w < SF_LEN(words); w++)
            if (sf_part_is(g, i, words[w]) && g->parts[i].arc != SF_ARC_MARK &&
                g->parts[i].rep == i)
                return i;
    return SF_NONE;
}

/* The parts that a relative clause may describe: the noun, and those it is a part of. */
static void antecedent(clauses *c, sf_rel rel, sf_key word, uint32_t of, uint32_t noun, int cost) {
    for (int step = 0; step < 3 && noun != SF_NONE && is_noun(c->g, noun); step++) {
        const sf_part *p = &c->g->parts[noun];
        sf_graph_link(c->g, rel, word, of, noun, cost + step, SF_NONE);
        if (p->arc != SF_ARC_NMOD && p->arc != SF_ARC_APPOS && p->arc != SF_ARC_OBL &&
            p->arc != SF_ARC_CONJ)
            return;
        noun = p->head;
    }
}

/* Is it said of the subject (a noun with a copula or after "named"), not done by it? */
static bool says_what(const clauses *c, uint32_t i) {
    const sf_graph *g = c->g;
    return is_noun(g, i) && g->parts[i].pos != SF_POS_PRON && !c->cased[i] &&
           (c->copula[i] || g->parts[i].arc == SF_ARC_XCOMP);
}

static void link_subject(clauses *c, uint32_t i, uint32_t subject, int cost) {
    sf_graph *g = c->g;
    if (subject == SF_NONE || subject == i)
        return;
    g->parts[i].subject = subject;
    sf_rel rel = says_what(c, i) ? SF_REL_SAME : SF_REL_SUBJ;
    if (rel == SF_REL_SUBJ && g->parts[i].passive)
        rel = c->object[i] != SF_NONE ? SF_REL_IOBJ : SF_REL_OBJ;
    antecedent(c, rel, 0, i, subject, cost);
}

/* A gap that the noun in front fills. */
static void fill_gap(clauses *c, uint32_t i, uint32_t noun) {
    sf_graph *g = c->g;
    for (uint32_t k = 0; k < 1 && c->strand[i] != SF_NONE; k++)
        antecedent(c, SF_REL_PREP, g->parts[c->strand[i]].key, i, noun, 1);
    if (c->strand[i] == SF_NONE && c->object[i] == SF_NONE && !g->parts[i].passive &&
        g->parts[i].pos == SF_POS_VERB)
        antecedent(c, SF_REL_OBJ, 0, i, noun, 1);
}

/* Is the part within a phrase of the noun: "the mother of Ana Ruiz", "shares in Harbour Films"? */
static bool is_within(const sf_graph *g, uint32_t part, uint32_t noun) {
    enum { DEEP = 6 };
    for (int step = 0; step < DEEP && part != SF_NONE && part != noun; step++) {
        if (g->parts[part].arc == SF_ARC_NMOD)
            return true;
        part = g->parts[part].head;
    }
    return false;
}

/* "has boarded the thriller, stepping in for Jo Park, who left": the name right in front of "who"
 * or "which" is meant, wherever the clause was hung. Within a phrase of a noun that it was hung on
 * either may be ("the mother of Ana Ruiz, who died"); but shares raise no money. SF_NONE: no such
 * name. */
static uint32_t name_before(const sf_graph *g, uint32_t pronoun, uint32_t noun) {
    bool who = sf_part_is(g, pronoun, "who");
    if (!who && !sf_part_is(g, pronoun, "which"))
        return SF_NONE;
    uint32_t i = pronoun;
    while (i > 0 && g->parts[i - 1].pos == SF_POS_PUNCT && !sf_part_is(g, i - 1, ")"))
        i--;
    uint32_t name = i > 0 ? g->parts[i - 1].rep : SF_NONE;
    const sf_mark *m = name == SF_NONE ? NULL : sf_part_mark(g, name);
    if (i == pronoun || !m || !m->whole || m->name == SF_NONE || (m->type == SOFAR_PERSON) != who)
        return SF_NONE;
    return m->type != SOFAR_ORGANIZATION && is_within(g, name, noun) ? SF_NONE : name;
}

/* "the mother of [Ana Ruiz]": a name that only tells whose an unnamed one is. */
static bool is_someones(const sf_graph *g, uint32_t noun) {
    const sf_mark *m = sf_part_mark(g, noun);
    uint32_t head = g->parts[noun].head;
    return m && m->whole && m->type == SOFAR_PERSON && g->parts[noun].arc == SF_ARC_NMOD &&
           head != SF_NONE && g->parts[head].pos == SF_POS_NOUN && g->parts[head].mark == SF_NONE;
}

static void relative_clause(clauses *c, uint32_t i) {
    sf_graph *g = c->g;
    uint32_t noun = g->parts[i].head, pronoun = pronoun_between(g, noun, i);
    bool someones = is_someones(g, noun) && pronoun != SF_NONE && sf_part_is(g, pronoun, "who");
    uint32_t name = pronoun == SF_NONE || someones ? SF_NONE : name_before(g, pronoun, noun);
    if (name != SF_NONE)
        noun = name;
    else if (someones)
        noun = g->parts[noun].head;
    if (pronoun != SF_NONE) {
        c->stands[pronoun] = noun;
        uint32_t on = g->parts[pronoun].head;
        if (on != SF_NONE && g->parts[pronoun].arc == SF_ARC_NMOD_POSS)
            antecedent(c, SF_REL_OF, 0, on, noun, 0);
        else if (on != SF_NONE && g->parts[pronoun].arc == SF_ARC_OBJ)
            antecedent(c, SF_REL_OBJ, 0, on, noun, 0);
    } else if (c->said[i] == SF_NONE) {
        link_subject(c, i, noun, 0);
    } else {
        fill_gap(c, i, noun);
    }
}

/* The phrases of a relative pronoun: "the film in which she stars". Links to the pronoun are there
 * already; the noun takes its place. */
static void stand_in(clauses *c, uint32_t pronoun) {
    sf_graph *g = c->g;
    size_t count = g->links.count;
    for (size_t l = 0; l < count; l++) {
        sf_link link = g->links.at[l];
        if (link.to == pronoun && (link.rel == SF_REL_PREP || link.rel == SF_REL_OF))
            sf_graph_link(g, (sf_rel)link.rel, link.word, link.from, c->stands[pronoun], link.cost,
                          SF_NONE);
    }
}

/* "is based on [a novel and stars] Ana Ruiz": a verb goes with the verb above the noun. */
static uint32_t shared(const clauses *c, uint32_t i) {
    enum { FAR = 4 };
    uint32_t at = c->g->parts[i].head;
    for (int step = 0; step < FAR && at != SF_NONE; step++) {
        const sf_part *p = &c->g->parts[at];
        if (p->subject != SF_NONE || c->g->parts[i].pos != SF_POS_VERB || p->pos == SF_POS_VERB)
            return p->subject;
        at = p->head;
    }
    return SF_NONE;
}

static uint32_t understood(const clauses *c, uint32_t i) {
    const sf_graph *g = c->g;
    const sf_part *p = &g->parts[i];
    switch (p->arc) {
    case SF_ARC_XCOMP: /* "cast her to play", "was set to play", "agreed to play" */
        if (c->object[p->head] != SF_NONE && c->object[p->head] < i)
            return c->object[p->head];
        return g->parts[p->head].subject;
    case SF_ARC_ADVCL:
    case SF_ARC_CCOMP:
    case SF_ARC_OBL: return c->to[i] || p->pos == SF_POS_VERB ? g->parts[p->head].subject : SF_NONE;
    case SF_ARC_CONJ: return shared(c, i);
    default: return SF_NONE;
    }
}

static void clause_of_noun(clauses *c, uint32_t i) {
    sf_graph *g = c->g;
    uint32_t noun = g->parts[i].head;
    if (!c->to[i]) { /* "a film starring X", "directed by X" */
        if (!has(g, i, SF_IS_PRESENT) && has(g, i, SF_IS_PAST) && !c->have[i])
            g->parts[i].passive = true;
        link_subject(c, i, noun, 0);
        return;
    }
    uint32_t above = g->parts[noun].subject; /* "is in talks to direct", "has plans to direct" */
    uint32_t verb = g->parts[noun].head;
    if (above == SF_NONE && verb != SF_NONE)
        above = g->parts[verb].subject;
    if (above == SF_NONE && verb != SF_NONE && g->parts[noun].arc == SF_ARC_NSUBJ)
        above = SF_NONE;
    link_subject(c, i, noun, above == SF_NONE ? 1 : 2); /* "the first to direct" */
    if (above != SF_NONE)
        link_subject(c, i, above, 1);
    if (c->object[i] == SF_NONE && c->said[i] == SF_NONE)
        antecedent(c, SF_REL_OBJ, 0, i, noun, 2); /* "the film to see" */
}

/* "Joining her is Ana Ruiz", "Also starring are Ana Ruiz and Jo Park": the name does it, whatever
 * the tree makes of the participle in front. */
static void inversion(const clauses *c, uint32_t i) {
    enum { AT_ONCE = 3 };
    sf_graph *g = c->g;
    if (!c->copula[i] || g->parts[i].mark == SF_NONE)
        return;
    for (uint32_t k = 0; k < i && k < AT_ONCE; k++)
        if (g->parts[k].head == i && sf_str_ends(sf_part_form(g, k), SF_STR("ing")) &&
            (c->said[i] == SF_NONE || c->said[i] == k))
            sf_graph_link(g, SF_REL_SUBJ, 0, k, i, 1, SF_NONE);
}

void sf_graph_clauses(sf_graph *g) {
    clauses c = {.g = g};
    uint32_t **lists[] = {&c.said, &c.object, &c.strand, &c.stands};
    for (size_t i = 0; i < SF_LEN(lists); i++) {
        *lists[i] = SF_ARRAY(g->arena, uint32_t, g->count + 1);
        memset(*lists[i], 0xFF, g->count * sizeof **lists[i]);
    }
    bool **flags[] = {&c.to, &c.copula, &c.cased, &c.be, &c.have};
    for (size_t i = 0; i < SF_LEN(flags); i++)
        *flags[i] = SF_ARRAY(g->arena, bool, g->count + 1);
    look_below(&c);
    for (uint32_t k = 0; k < g->ordered; k++) {
        uint32_t i = g->order[k];
        sf_part *p = &g->parts[i];
        if (p->arc == SF_ARC_CONJ && p->head != SF_NONE && !c.have[i] &&
            (g->parts[p->head].passive || g->parts[p->head].arc == SF_ARC_ACL) &&
            has(g, i, SF_IS_PARTICIPLE) && has(g, i, SF_IS_PAST))
            p->passive = true; /* "was written and directed", "starring X and directed by Y" */
        if (p->arc == SF_ARC_CONJ && p->head != SF_NONE && is_noun(g, p->head))
            c.copula[i] |= c.copula[p->head]; /* "the producers are A, B and C" */
        if (p->arc == SF_ARC_ADVCL && has(g, i, SF_IS_PARTICIPLE) && has(g, i, SF_IS_PAST) &&
            !c.have[i] && c.said[i] == SF_NONE)
            p->passive = true; /* "Directed by her, it opens Friday" */
        if (p->arc == SF_ARC_RELCL && p->head != SF_NONE)
            relative_clause(&c, i);
        uint32_t said = c.said[i];
        if (said != SF_NONE)
            link_subject(&c, i, c.stands[said] != SF_NONE ? c.stands[said] : said, 0);
        else if (p->arc == SF_ARC_ACL && p->head != SF_NONE)
            clause_of_noun(&c, i);
        else if (p->head != SF_NONE && p->subject == SF_NONE)
            link_subject(&c, i, understood(&c, i), 1);
    }
    for (uint32_t i = 0; i < g->count; i++)
        if (c.stands[i] != SF_NONE)
            stand_in(&c, i);
        else
            inversion(&c, i);
}
