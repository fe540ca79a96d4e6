/* fact/proposition: who does what to whom in a sentence, however it is put.
 *
 * In:  the tree of a sentence and its marks (mentions, times; in an example of a beat its roles).
 * Out: a graph in the arena. Its parts are the sentence's tokens, a mark being one part; its links
 * say what a part is to another: subject and object as in the active voice, "of" for whatever is
 * said with of, 's or a noun in front, "same" for apposition, copula and title. What grammar leaves
 * out is put in: the antecedent in relative and participial clauses, the subject that is controlled
 * or shared, what coordinated words have in common.
 *
 * A link has a cost: 0 for what the tree says, more for what is inferred. Takers prefer the cheap.
 *
 * The idea is that of PredPatt (White et al. 2016) and of the enhanced dependencies of Schuster and
 * Manning (2016), with less trust in the tree: a sentence has been parsed by a small model, so that
 * where a prepositional phrase or a clause may hang in two places both are links. Lists of names
 * are read off the words first. Time and memory are linear in the sentence: a part gives a bounded
 * number of links. Start at sf_graph_new in proposition.c; list.c mends lists, clause.c finds the
 * subjects of clauses. */
#ifndef SF_FACT_PROPOSITION_H
#define SF_FACT_PROPOSITION_H

#include "fact/stem.h"
#include "fact/tree.h"

typedef enum sf_rel {
    SF_REL_SUBJ,
    SF_REL_OBJ,
    SF_REL_IOBJ,
    SF_REL_OF,
    SF_REL_SAME,  /* either way round */
    SF_REL_PREP,  /* with the key of the preposition; 0 for none ("opens Friday") */
    SF_REL_MOD,   /* a word that modifies */
    SF_REL_CLAUSE /* a clause that depends, with the key of its conjunction or 0 */
} sf_rel;

typedef struct sf_link {
    uint32_t from, to; /* parts */
    uint32_t via;      /* the part that the tree has it on, where it was lifted off one; SF_NONE */
    uint32_t next_out, next_in;
    sf_key word;
    uint8_t rel, cost;
} sf_link;

/* A stretch of words that is one part. */
typedef struct sf_mark {
    sf_span span;
    uint32_t name, time, role; /* indices, SF_NONE where it is none */
    int type;                  /* of the subject; -1 */
    bool whole;                /* its words are one part; else it only names the part at its head */
    bool two;                  /* "the couple": it stands for two names */
    uint32_t second;           /* the other of them */
} sf_mark;

typedef struct sf_part {
    sf_key key;       /* of the word with its particle */
    sf_key joined;    /* of the word with those that hyphens join to it ("film-maker"); 0: none */
    sf_key qualifier; /* of the nouns in front of a noun, taken together */
    uint32_t mark;    /* SF_NONE */
    uint32_t rep;     /* the part that the token belongs to: itself, if it is one */
    uint32_t head;    /* part; SF_NONE: the root */
    uint32_t subject; /* what is said to do or to be it, on the surface; SF_NONE */
    uint32_t list;    /* first of the coordinated parts it is one of; itself */
    uint32_t list_next;
    uint32_t out, in; /* first links */
    uint8_t arc, pos;
    bool passive;
} sf_part;

/* Part i is token first + i. */
typedef struct sf_graph {
    sf_arena *arena;
    const sf_tree *tree;
    const sf_stems *stems;
    const sf_mark *marks;
    uint32_t first, count;
    sf_part *parts;
    sf_vec(sf_link) links;
    uint32_t *order;   /* parts, heads before what hangs on them */
    uint32_t ordered;  /* how many */
    bool respectively; /* the word stands in the sentence */
} sf_graph;

/* sentence: of the analysis. marks: in order of their begins, those of this sentence; whole ones do
 * not overlap. */
sf_graph *sf_graph_new(sf_arena *arena, const sf_tree *tree, const sf_stems *stems,
                       uint32_t sentence, const sf_mark *marks, size_t mark_count);

/* Adds a link, if there are not too many yet and none that says the same. */
void sf_graph_link(sf_graph *g, sf_rel rel, sf_key word, uint32_t from, uint32_t to, int cost,
                   uint32_t via);

/* The first link out of a part with that relation and cost 0 or 1: its far end, or SF_NONE. */
uint32_t sf_graph_out(const sf_graph *g, uint32_t from, sf_rel rel);

static inline sf_str sf_part_form(const sf_graph *g, uint32_t part) {
    return sf_tree_form(g->tree, g->first + part);
}
static inline const sf_mark *sf_part_mark(const sf_graph *g, uint32_t part) {
    return g->parts[part].mark == SF_NONE ? NULL : &g->marks[g->parts[part].mark];
}
static inline bool sf_part_is(const sf_graph *g, uint32_t part, const char *word) {
    return part < g->count && sf_str_equal_ci(sf_part_form(g, part), sf_str_of(word));
}
/* The words of a part: a mark's, or its token's. */
sf_span sf_part_span(const sf_graph *g, uint32_t part);

/* The words of a plain value whose noun is at the part (value.c). */
sf_span sf_value_span(const sf_graph *g, uint32_t part);
/* The number in them: "1,400" of "some 1,400 jobs". */
sf_span sf_value_number(const sf_graph *g, uint32_t part);
/* The same with the names that stand before the word: "the Harbour Prize". */
sf_span sf_value_named(const sf_graph *g, uint32_t part, sf_span span);

/* ---- inside ---- */

/* Names before a comma and what describes them (title.c). Changes heads and arcs. */
void sf_graph_mend_titles(sf_graph *g);

/* Lists of names that the model may have torn: "A as X, B as Y and C". Changes heads and arcs. */
void sf_graph_mend_lists(sf_graph *g);
/* Subjects of clauses and predicates, in the order of g->order. */
void sf_graph_clauses(sf_graph *g);

#endif
