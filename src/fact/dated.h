/* fact/dated: which of the page's times says when an event is.
 *
 * A time belongs to what the tree hangs it on: its predicate, or the work or noun before which it
 * stands ("the September 2021 Cinderella"). Words that only help ("is set to open on Friday") pass
 * it on; a time in front of a sentence counts for all clauses that stand side by side in it. */
#ifndef SF_FACT_DATED_H
#define SF_FACT_DATED_H

#include "fact/tree.h"
#include "time/time.h"

/* A time as the tree sees it. */
typedef struct sf_dating {
    uint32_t top;   /* its token whose head lies outside */
    uint32_t head;  /* what it hangs on */
    uint32_t owner; /* the last token of the noun or name that it stands in front of; SF_NONE */
    uint32_t verb;  /* directly in front: it is this verb's; SF_NONE */
    uint32_t first; /* of its tokens, with its preposition */
    uint32_t time;  /* index */
} sf_dating;

typedef struct sf_datings {
    const sf_tree *tree;
    const sf_times *times;
    sf_dating *at; /* of times with a value that are places in time; in the order of the text */
    size_t count;
} sf_datings;

sf_datings sf_dated_new(sf_arena *arena, const sf_tree *tree, const sf_times *times);

/* The time that hangs on `node` itself or on a noun in it; SF_NONE. A time in front of a noun is
 * that noun's only. */
uint32_t sf_dated_at(const sf_datings *datings, uint32_t node);

/* The time in front of the sentence of a clause that `node` heads; SF_NONE. */
uint32_t sf_dated_front(const sf_datings *datings, uint32_t node);

#endif
