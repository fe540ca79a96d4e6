/* fact/mark: the marks of a page's sentences, for their graphs. */
#ifndef SF_FACT_MARK_H
#define SF_FACT_MARK_H

#include "fact/proposition.h"
#include "fact/topic.h"
#include "time/time.h"
#include "who/who.h"

typedef sf_vec(sf_mark) sf_marks;

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

#endif
