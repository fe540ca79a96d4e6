/* Casts, read off the words: a small model reads "star" as a noun, and hangs the names on the
 * "ensemble cast" in front of them, or on the novel that the film is based on.
 *
 * The name behind a verb of billing is its object, whatever the tree has, and so is the one that
 * words announce which tell of nothing but a cast: "stars an ensemble cast that includes Ana Ruiz",
 * "with special appearances by Ana Ruiz". The list in front of a bare "star" is its subject. */
#include "fact/list.h"
#include "text/known.h"

#include "fact/bill.inc"

enum { LONGEST_NEWS = 16 };

static unsigned word_at(const sf_graph *g, uint32_t i) {
    if (i >= g->count)
        return 0;
    const sf_mark *m = sf_part_mark(g, g->parts[i].rep);
    return m && m->whole && m->role == SF_NONE
               ? 0
               : sf_known_flags(bill_words, SF_LEN(bill_words), sf_part_form(g, i));
}

static bool is_above(const sf_graph *g, uint32_t above, uint32_t part) {
    for (uint32_t steps = 0; part != SF_NONE && steps < SF_MOST_ITEMS; steps++) {
        if (part == above)
            return true;
        part = g->parts[part].head;
    }
    return false;
}

/* May the name be one of a cast? */
static bool is_player(const sf_graph *g, uint32_t name) {
    enum { OTHERS = 1 << SOFAR_PLACE | 1 << SOFAR_WORK | 1 << SOFAR_EVENT };
    const sf_mark *m = name == SF_NONE ? NULL : sf_part_mark(g, name);
    return m && (m->type < 0 || !(OTHERS & 1 << m->type));
}

/* ---- what announces a cast ---- */

/* The noun of such words that begin at `at`, and where the name behind them begins; SF_NONE. */
static uint32_t news(const sf_graph *g, uint32_t at, uint32_t *name) {
    uint32_t noun = SF_NONE;
    bool led = false;
    for (uint32_t i = at; i < g->count && i < at + LONGEST_NEWS; i++) {
        if (led && sf_list_name_at(g, i) != SF_NONE) {
            *name = i;
            return is_player(g, sf_list_name_at(g, i)) ? noun : SF_NONE;
        }
        unsigned word = word_at(g, i);
        bool of = sf_part_is(g, i, "of") && noun != SF_NONE && (word_at(g, noun) & BILL_PART);
        if (noun != SF_NONE && (word & BILL_LEAD) && !of)
            led = true;
        else if (!led && (word & (BILL_ANNOUNCE | BILL_PART)))
            noun = i;
        else if (noun == SF_NONE || led
                     ? !sf_list_is_lead(g, i) && g->parts[i].arc != SF_ARC_AMOD &&
                           g->parts[i].arc != SF_ARC_CC
                     : !sf_list_is_mark(g, i, ","))
            return SF_NONE;
    }
    return SF_NONE;
}

uint32_t sf_bill_announced(const sf_graph *g, uint32_t at) {
    uint32_t name = at;
    return news(g, at, &name) == SF_NONE ? at : name;
}

uint32_t sf_bill_behind_with(const sf_graph *g, uint32_t at) {
    static const char *const words[][3] = {{"as", "well", "as"},    {"in", "addition", "to"},
                                           {"along", "with", NULL}, {"together", "with", NULL},
                                           {"joined", "by", NULL},  {"supported", "by", NULL}};
    for (size_t w = 0; w < SF_LEN(words); w++) {
        uint32_t i = at;
        for (size_t k = 0; k < SF_LEN(words[w]) && words[w][k]; k++)
            i = i != SF_NONE && sf_part_is(g, i, words[w][k]) ? i + 1 : SF_NONE;
        if (i != SF_NONE)
            return i;
    }
    return word_at(g, at) & BILL_WITH ? at + 1 : at;
}

bool sf_bill_is_role(sf_str noun) {
    return (sf_known_flags(bill_words, SF_LEN(bill_words), noun) & BILL_ROLE) != 0;
}

uint32_t sf_bill_behind_role(const sf_graph *g, uint32_t at) {
    if (!sf_part_is(g, at, "in"))
        return at;
    for (uint32_t i = at + 1; i <= at + SF_LONGEST_LEAD; i++)
        if ((word_at(g, i) & BILL_ROLE) && !sf_list_is_lead(g, i + 1))
            return i + 1;
        else if (!sf_list_is_lead(g, i) && (i >= g->count || g->parts[i].arc != SF_ARC_AMOD))
            return at;
    return at;
}

/* ---- verbs ---- */

bool sf_bill_is_cast(const sf_graph *g, uint32_t name) {
    for (int step = 0; step < 2 && name != SF_NONE; step++) {
        name = g->parts[name].head;
        if (name != SF_NONE && (word_at(g, name) & BILL_CAST))
            return true;
    }
    return false;
}

uint32_t sf_bill_together(const sf_graph *g, uint32_t end) {
    while (word_at(g, end) & BILL_ASIDE)
        end++;
    if (!(word_at(g, end) & BILL_TOGETHER) || sf_list_described(g, end + 1) != SF_NONE)
        return SF_NONE;
    return g->parts[end].rep == end ? end : SF_NONE;
}

void sf_bill_subject(sf_graph *g, uint32_t name, uint32_t verb) {
    sf_part *v = &g->parts[verb], *n = &g->parts[name];
    if (is_above(g, name, verb)) {
        v->head = n->head;
        v->arc = n->arc;
    }
    v->pos = SF_POS_VERB;
    n->head = verb;
    n->arc = SF_ARC_NSUBJ;
}

/* "stars Ana Ruiz": the verb and its object. */
static void bill(sf_graph *g, uint32_t verb, uint32_t name) {
    sf_part *v = &g->parts[verb], *n = &g->parts[name];
    if (is_above(g, name, verb)) { /* the verb takes the place that the name had */
        v->head = n->head;
        v->arc = n->arc;
        for (uint32_t i = verb > SF_MOST_ITEMS ? verb - SF_MOST_ITEMS : 0; i < verb; i++)
            if (g->parts[i].head == name) {
                g->parts[i].head = verb;
                if (g->parts[i].arc == SF_ARC_COMPOUND)
                    g->parts[i].arc = SF_ARC_NSUBJ;
            }
    }
    if (verb && g->parts[verb - 1].pos == SF_POS_NOUN && g->parts[verb - 1].head == verb &&
        g->parts[verb - 1].arc == SF_ARC_COMPOUND)
        g->parts[verb - 1].arc =
            SF_ARC_NSUBJ; /* "the film stars Ana Ruiz" is about no film stars */
    v->pos = SF_POS_VERB;
    n->head = verb;
    n->arc = SF_ARC_OBJ;
}

/* "stars an ensemble cast of Ana Ruiz", "with a cameo by Ana Ruiz": the name takes the noun's
 * place. */
static void give_place(sf_graph *g, uint32_t word, uint32_t noun, uint32_t name) {
    sf_part *c = &g->parts[noun], *n = &g->parts[name];
    bool verb = g->parts[word].arc != SF_ARC_CASE;
    if (verb ? c->head != word : g->parts[word].head != noun || is_above(g, name, noun))
        return;
    n->head = c->head;
    n->arc = c->arc;
    c->head = name;
    c->arc = SF_ARC_OTHER;
    if (!verb)
        g->parts[word].head = name;
    for (uint32_t i = noun + 1; i < name; i++)
        if (g->parts[i].head == name && g->parts[i].arc == SF_ARC_CASE)
            g->parts[i].arc = SF_ARC_OTHER;
}

/* "a film based on the novel Low Tide by Jo Park, starring Ana Ruiz": behind a comma it is the film
 * that stars her, not what it is made from. */
static void leave_source(sf_graph *g, uint32_t verb) {
    if (verb == 0 || !sf_list_is_mark(g, verb - 1, ",") ||
        !sf_str_ends(sf_part_form(g, verb), SF_STR("ing")))
        return;
    uint32_t at = g->parts[verb].head;
    for (int step = 0; at != SF_NONE && at < verb && step < SF_LONGEST_LEAD; step++) {
        uint32_t up = g->parts[at].head;
        if ((word_at(g, at) & BILL_SOURCE) && up != SF_NONE && up < at) {
            g->parts[verb].head = up;
            g->parts[verb].arc = SF_ARC_ACL;
        }
        at = up;
    }
}

void sf_bill_objects(sf_graph *g) {
    for (uint32_t i = 0; i + 1 < g->count; i++) {
        unsigned word = g->parts[i].rep == i ? word_at(g, i) : 0;
        if (!(word & (BILL_STAR | BILL_HAS)))
            continue;
        if (word & BILL_STAR)
            leave_source(g, i);
        uint32_t at = i + 1, noun = news(g, i + 1, &at);
        at += sf_list_is_mark(g, at, ":"); /* "Starring: Ana Ruiz" */
        uint32_t name = noun != SF_NONE           ? sf_list_name_at(g, at)
                        : (word & BILL_STAR) != 0 ? sf_list_described(g, at)
                                                  : SF_NONE;
        if (name == SF_NONE || name == i)
            continue;
        if (noun != SF_NONE)
            give_place(g, i, noun, name);
        if (word & BILL_STAR)
            bill(g, i, name);
    }
}

/* Words that may stand between "starring" and who does all that: "starring, written and directed
 * by Ana Ruiz". The name; SF_NONE. */
static uint32_t maker(const sf_graph *g, uint32_t starring) {
    bool made = false;
    for (uint32_t i = starring + 1; i < g->count && i <= starring + LONGEST_NEWS; i++) {
        unsigned past = SF_IS_PARTICIPLE | SF_IS_PAST;
        if (sf_part_is(g, i, "by"))
            return made ? sf_list_described(g, i + 1) : SF_NONE;
        bool verb = g->parts[i].pos == SF_POS_VERB;
        if (verb && (g->tree->nodes[g->first + i].features & past) != past)
            return SF_NONE;
        made |= verb;
        if (!verb && g->parts[i].arc != SF_ARC_PUNCT && g->parts[i].arc != SF_ARC_CC)
            return SF_NONE;
    }
    return SF_NONE;
}

void sf_bill_makers(sf_graph *g) {
    for (uint32_t i = 1; i + 3 < g->count; i++) {
        uint32_t name = sf_part_is(g, i, "starring") ? maker(g, i) : SF_NONE;
        if (name == SF_NONE)
            continue;
        sf_graph_link(g, SF_REL_OBJ, 0, i, name, 0, SF_NONE);
        uint32_t film = i;
        while (film > 0 && g->parts[film].pos != SF_POS_NOUN && i - film < SF_LONGEST_LEAD)
            film--;
        if (g->parts[film].pos == SF_POS_NOUN)
            sf_graph_link(g, SF_REL_SUBJ, 0, i, film, 0, SF_NONE);
    }
}
