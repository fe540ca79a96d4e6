/* Names that the model has read as words, since a title may be any words: "Kiss Me at Dawn, the
 * comedy starring Ana Ruiz, opens Friday".
 *
 * Where a name is followed by a comma and a noun with an article that describes it, and the tree
 * has the two otherwise, the name takes the noun's place and the noun becomes its apposition. */
#include "fact/proposition.h"

enum { LONGEST_PHRASE = 12, LONGEST_CLAUSE = 40 };

static bool is_quote(const sf_graph *g, uint32_t i) {
    return g->parts[i].arc == SF_ARC_PUNCT && !sf_part_is(g, i, ",") && !sf_part_is(g, i, ";") &&
           !sf_part_is(g, i, ":") && !sf_part_is(g, i, ".") && !sf_part_is(g, i, "(") &&
           !sf_part_is(g, i, ")") && !sf_part_is(g, i, "-");
}

static bool is_clause(uint8_t arc) {
    return arc == SF_ARC_CCOMP || arc == SF_ARC_ADVCL || arc == SF_ARC_PARATAXIS ||
           arc == SF_ARC_ACL || arc == SF_ARC_XCOMP || arc == SF_ARC_CSUBJ ||
           arc == SF_ARC_DISCOURSE || arc == SF_ARC_VOCATIVE || arc == SF_ARC_OTHER;
}

static bool is_genitive(const sf_graph *g, uint32_t i) {
    return sf_part_is(g, i, "'s") || sf_part_is(g, i, "’s") || sf_part_is(g, i, "'") ||
           sf_part_is(g, i, "’");
}

/* ", [Harbour Films' polar thriller]": the noun of a phrase that begins with an owner's name at
 * token i; the owner is hung on it. SF_NONE: there is none. */
static uint32_t owned_noun(sf_graph *g, uint32_t i) {
    uint32_t owner = g->parts[i].rep, noun = SF_NONE;
    const sf_mark *m = sf_part_mark(g, owner);
    if (!m || !m->whole || m->name == SF_NONE)
        return SF_NONE;
    while (i < g->count && g->parts[i].rep == owner)
        i++;
    if (i >= g->count || !is_genitive(g, i))
        return SF_NONE;
    for (uint32_t k = i + 1; k < g->count && k < i + LONGEST_PHRASE; k++) {
        const sf_part *p = &g->parts[k];
        if (p->pos == SF_POS_NOUN && p->mark == SF_NONE)
            noun = k;
        else if (p->mark != SF_NONE ||
                 (p->pos != SF_POS_ADJ && p->pos != SF_POS_NUM && !sf_part_is(g, k, "-")))
            break;
    }
    if (noun == SF_NONE)
        return SF_NONE;
    g->parts[owner].head = noun;
    g->parts[owner].arc = SF_ARC_NMOD_POSS;
    return noun;
}

/* The noun that stands with an article, or with its owner, behind name and comma; SF_NONE. */
static uint32_t noun_behind(sf_graph *g, uint32_t name) {
    uint32_t i = name + 1;
    while (i < g->count && (g->parts[i].rep == g->parts[name].rep || is_quote(g, i)))
        i++;
    if (i >= g->count || !sf_part_is(g, i, ","))
        return SF_NONE;
    for (i++; i < g->count && is_quote(g, i);)
        i++;
    const sf_mark *m = sf_part_mark(g, name);
    if (i < g->count && m->type == SOFAR_WORK && g->parts[g->parts[i].rep].mark != SF_NONE)
        return owned_noun(g, i);
    if (i >= g->count ||
        (!sf_part_is(g, i, "a") && !sf_part_is(g, i, "an") && !sf_part_is(g, i, "the")))
        return SF_NONE;
    uint32_t noun = g->parts[i].head;
    bool near = noun != SF_NONE && noun > i && noun - i < LONGEST_PHRASE;
    return near && g->parts[noun].pos == SF_POS_NOUN ? noun : SF_NONE;
}

/* "Kiss Me at Dawn, the comedy, opens Friday": what was taken for a clause is the subject of the
 * next verb that has none. */
static void give_verb(sf_graph *g, uint32_t name, uint32_t noun) {
    if (!is_clause(g->parts[name].arc) && g->parts[name].arc != SF_ARC_ROOT)
        return;
    for (uint32_t i = noun + 1; i < g->count && i < noun + LONGEST_CLAUSE; i++) {
        uint8_t arc = g->parts[i].arc;
        if (g->parts[i].pos != SF_POS_VERB || (!is_clause(arc) && arc != SF_ARC_ROOT) ||
            g->parts[i].head == noun)
            continue;
        for (uint32_t k = 0; k < i; k++)
            if (g->parts[k].head == i &&
                (g->parts[k].arc == SF_ARC_NSUBJ || g->parts[k].arc == SF_ARC_NSUBJ_PASS))
                return;
        if (g->parts[i].head == name) { /* the verb takes the place that the name had */
            g->parts[i].head = g->parts[name].head;
            g->parts[i].arc = g->parts[name].arc;
        }
        g->parts[name].head = i;
        g->parts[name].arc = SF_ARC_NSUBJ;
        return;
    }
}

/* "Detective [Marlow]" with the rank as head: the name takes its place. */
static void mend_rank(sf_graph *g, uint32_t name) {
    sf_part *p = &g->parts[name];
    if (name == 0)
        return;
    sf_part *rank = &g->parts[name - 1];
    bool below = p->head == name - 1 && (p->arc == SF_ARC_FLAT || p->arc == SF_ARC_COMPOUND);
    bool beside = p->head != SF_NONE && p->head == rank->head && p->arc == rank->arc;
    if (!below && !beside)
        return;
    const sf_mark *m = sf_part_mark(g, name - 1);
    if (rank->rep != name - 1 || rank->pos != SF_POS_PROPN || (m && m->whole))
        return;
    p->head = rank->head;
    p->arc = rank->arc;
    rank->head = name;
    rank->arc = SF_ARC_COMPOUND;
    for (uint32_t i = 0; i < g->count; i++)
        if (g->parts[i].head == name - 1 && i != name)
            g->parts[i].head = name;
}

static bool is_noun(const sf_graph *g, uint32_t i) {
    return g->parts[i].pos == SF_POS_NOUN || g->parts[i].pos == SF_POS_PROPN;
}

static bool is_participle(const sf_graph *g, uint32_t i) {
    unsigned past = SF_IS_PARTICIPLE | SF_IS_PAST;
    return g->parts[i].pos == SF_POS_VERB && (g->tree->nodes[g->first + i].features & past) == past;
}

/* The participle that describes the noun in front of token i: "a film [written], directed and shot
 * by X", where the list was hung on the noun. */
static uint32_t participle_of(const sf_graph *g, uint32_t noun, uint32_t i) {
    for (uint32_t k = noun + 1; k < i; k++)
        if (g->parts[k].head == noun && g->parts[k].arc == SF_ARC_ACL && is_participle(g, k))
            return k;
    return SF_NONE;
}

/* The token behind the last one before i that is neither a mark nor "and", nor i's own. */
static uint32_t begins_behind(const sf_graph *g, uint32_t i) {
    uint32_t k = i;
    while (k > 0 && (g->parts[k - 1].arc == SF_ARC_PUNCT || g->parts[k - 1].arc == SF_ARC_CC ||
                     g->parts[k - 1].head == i))
        k--;
    return k;
}

/* The participle right in front of another of the same noun, but for marks and "and": they are a
 * list ("co-written, directed by X"). */
static uint32_t participle_before(const sf_graph *g, uint32_t i) {
    uint32_t k = begins_behind(g, i);
    return k > 0 && is_participle(g, k - 1) && g->parts[k - 1].arc == SF_ARC_ACL &&
                   g->parts[k - 1].head == g->parts[i].head
               ? k - 1
               : SF_NONE;
}

/* "is a 1989 crime thriller film directed by X and starring Y": nothing is the subject of a noun in
 * front of a noun, and what hangs on one in a list with a participle is said of the noun. */
static void mend_noun(sf_graph *g, uint32_t i) {
    sf_part *p = &g->parts[i];
    bool clausal = p->arc == SF_ARC_NSUBJ || p->arc == SF_ARC_COP || p->arc == SF_ARC_AUX ||
                   (p->arc == SF_ARC_CONJ && p->pos == SF_POS_VERB);
    for (int step = 0; clausal && p->head != SF_NONE && step < LONGEST_PHRASE; step++) {
        const sf_part *head = &g->parts[p->head];
        if ((head->arc != SF_ARC_COMPOUND && head->arc != SF_ARC_AMOD) || head->head == SF_NONE ||
            head->head <= p->head || head->head == i || !is_noun(g, p->head))
            break;
        p->head = head->head;
    }
    if (p->arc == SF_ARC_CONJ && p->pos == SF_POS_VERB && p->head != SF_NONE && p->head < i &&
        is_noun(g, p->head) && sf_str_ends(sf_part_form(g, i), SF_STR("ing")))
        p->arc = SF_ARC_ACL;
    if (!is_participle(g, i) || p->head == SF_NONE || p->head > i)
        return;
    if (is_clause(p->arc) && is_participle(g, p->head) && begins_behind(g, i) == p->head + 1)
        p->arc = SF_ARC_CONJ; /* "directed, written by X" */
    if (!is_noun(g, p->head))
        return;
    uint32_t said = p->arc == SF_ARC_CONJ  ? participle_of(g, p->head, i)
                    : p->arc == SF_ARC_ACL ? participle_before(g, i)
                                           : SF_NONE;
    if (said == SF_NONE)
        return;
    p->head = said;
    p->arc = SF_ARC_CONJ;
}

static bool is_name(const sf_graph *g, uint32_t part) {
    const sf_mark *m = sf_part_mark(g, part);
    return m && m->whole && m->name != SF_NONE;
}

static bool is_below(const sf_graph *g, uint32_t part, uint32_t above) {
    for (int step = 0; part != SF_NONE && step < LONGEST_PHRASE; step++, part = g->parts[part].head)
        if (part == above)
            return true;
    return false;
}

/* "Ana Ruiz's Low Tide": of two names with 's between the first belongs to the second. */
static void mend_possessive(sf_graph *g, uint32_t i) {
    if (i == 0 || i + 1 >= g->count || (!sf_part_is(g, i, "'s") && !sf_part_is(g, i, "’s")))
        return;
    uint32_t next = i + 1;
    while (next + 1 < g->count && is_quote(g, next))
        next++;
    uint32_t owner = g->parts[i - 1].rep, owned = g->parts[next].rep;
    if (owner == owned || !is_name(g, owner) || !is_name(g, owned))
        return;
    sf_part *a = &g->parts[owner], *b = &g->parts[owned];
    if (is_below(g, owned, owner)) {
        b->head = a->head;
        b->arc = a->arc;
    }
    a->head = owned;
    a->arc = SF_ARC_NMOD_POSS;
}

/* "launched a service called Tide Plus in Lisbon": not called so there. */
static void mend_called(sf_graph *g, uint32_t i) {
    static const char *const words[] = {"called", "named", "titled", "entitled", "dubbed"};
    sf_part *p = &g->parts[i];
    if (p->arc != SF_ARC_OBL || p->head == SF_NONE || g->parts[p->head].arc != SF_ARC_ACL)
        return;
    uint32_t noun = g->parts[p->head].head, verb = noun == SF_NONE ? noun : g->parts[noun].head;
    for (size_t w = 0; w < SF_LEN(words); w++)
        if (verb != SF_NONE && verb < i && sf_part_is(g, p->head, words[w]))
            p->head = verb;
}

/* "in the [September 2021] Cinderella": the time between an article and what the article belongs to
 * is that one's, too, and so is the preposition in front. */
static void mend_time(sf_graph *g, uint32_t i) {
    sf_part *p = &g->parts[i];
    uint32_t first = i;
    while (first > 0 && g->parts[first - 1].rep == i)
        first--;
    uint32_t article = first > 0 ? first - 1 : SF_NONE;
    uint32_t noun = article == SF_NONE ? SF_NONE : g->parts[article].head;
    if (noun == SF_NONE || noun <= i || noun > i + LONGEST_PHRASE ||
        g->parts[article].arc != SF_ARC_DET || p->head == noun || is_below(g, noun, i))
        return;
    p->head = noun;
    p->arc = SF_ARC_COMPOUND;
    for (uint32_t k = 0; k < article; k++)
        if (g->parts[k].head == i && g->parts[k].arc == SF_ARC_CASE && k + 1 == article)
            g->parts[k].head = noun;
}

/* "a [2019] Irish comedy": the year is the noun's, not the adjective's. */
static void mend_year(sf_graph *g, uint32_t i) {
    sf_part *p = &g->parts[i];
    const sf_mark *m = sf_part_mark(g, i);
    if (p->rep != i || !m || m->time == SF_NONE)
        return;
    mend_time(g, i);
    for (int step = 0; p->head != SF_NONE && p->head > i && step < LONGEST_PHRASE; step++) {
        const sf_part *head = &g->parts[p->head];
        if ((head->arc != SF_ARC_AMOD && head->arc != SF_ARC_COMPOUND) || head->head == SF_NONE ||
            head->head < p->head)
            return;
        p->head = head->head;
    }
}

void sf_graph_mend_titles(sf_graph *g) {
    for (uint32_t i = 0; i < g->count; i++) {
        mend_noun(g, i);
        mend_year(g, i);
        mend_called(g, i);
    }
    for (uint32_t i = 0; i < g->count; i++)
        mend_possessive(g, i);
    for (uint32_t i = 0; i < g->count; i++) {
        sf_part *name = &g->parts[i];
        const sf_mark *m = sf_part_mark(g, i);
        if (name->rep != i || !m || !m->whole || m->time != SF_NONE)
            continue;
        mend_rank(g, i);
        uint32_t at = noun_behind(g, i);
        if (at == SF_NONE || g->parts[at].mark != SF_NONE)
            continue;
        sf_part *noun = &g->parts[at];
        if (noun->head == i && (noun->arc == SF_ARC_NSUBJ || noun->arc == SF_ARC_OBJ)) {
            noun->arc = SF_ARC_APPOS;
            give_verb(g, i, at);
            continue;
        }
        if (noun->head == name->head && noun->head != SF_NONE && noun->head < i &&
            (noun->arc == SF_ARC_OBJ ||
             noun->arc == SF_ARC_OBL)) { /* "began on Low Tide, a drama" */
            noun->head = i;
            noun->arc = SF_ARC_APPOS;
            continue;
        }
        if (name->head != at && (!is_clause(name->arc) || name->head != noun->head))
            continue;
        name->head = noun->head;
        name->arc = noun->arc;
        noun->head = i;
        noun->arc = SF_ARC_APPOS;
    }
}
