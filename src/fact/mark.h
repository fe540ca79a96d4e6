/* fact/mark: the marks of a page's sentences, for their graphs. */
#ifndef SF_FACT_MARK_H
#define SF_FACT_MARK_H

#include "fact/proposition.h"
#include "fact/topic.h"
#include "time/time.h"
#include "who/who.h"

typedef sf_vec(sf_mark) sf_marks;

/* Two people who belong together, or did: indices of names; where that was told. */
typedef struct sf_pair {
    bool known;
    uint32_t block, one, other;
} sf_pair;

typedef struct sf_pairs {
    sf_pair first, last; /* of the page */
} sf_pairs;

/* Goes through a page, sentence by sentence, in order. */
typedef struct sf_marker {
    sf_arena *arena;
    const sf_people *people;
    const sf_times *times;
    const sf_topics *topics;    /* NULL: nouns that stand for a subject get no mark */
    sf_marks marks;             /* of the sentence taken last */
    size_t name, time, epithet; /* how far they have been taken */
} sf_marker;

/* Fills marks with what begins in the sentence. */
void sf_marker_take(sf_marker *marker, const sf_tree *tree, uint32_t sentence);

/* Is what the noun names a work ("film", "sitcom")? */
bool sf_noun_is_work(sf_str noun);

/* Does the noun tell where, how or to what end something is done, so that it is no work or company:
 * "filming began on the coast, for release in May"? */
bool sf_noun_is_scene(sf_str noun);

/* ---- pair.c ---- */

/* Adds a mark if the token stands for two people: "the couple", "they". */
bool sf_marker_take_pair(sf_marker *marker, const sf_tree *tree, uint32_t token);

/* A fact of that block tells of two people. */
void sf_pairs_tell(sf_pairs *pairs, uint32_t block, uint32_t one, uint32_t other);

/* Names the two of the marks that stand for them, as far as it is known by now. */
void sf_pairs_settle(const sf_pairs *pairs, const sf_people *people, const sf_tree *tree,
                     sf_marks *marks);

#endif
