/* story/diff: what was learned between two days. Two dossiers of one subject as of two days; a fact
 * of the later one is the same as one of the earlier if they have a receipt in common. */
#ifndef SF_STORY_DIFF_H
#define SF_STORY_DIFF_H

#include "story/story.h"

typedef enum sf_learned {
    SF_LEARNED_NEW,
    SF_LEARNED_CHANGED,   /* its roles, day, status or state are others now */
    SF_LEARNED_WITHDRAWN, /* it was denied, or is no more */
    SF_LEARNED_SOURCED    /* the same, from more independent sources */
} sf_learned;

const char *sf_learned_word(sf_learned learned); /* "newly sourced" */

typedef struct sf_change {
    sf_learned what;
    size_t before; /* in from->facts; SIZE_MAX for what is new */
    size_t after;  /* in to->facts */
} sf_change;

typedef struct sf_diff {
    const sf_dossier *from, *to;
    sf_change *changes; /* by what, then in the order of to->facts */
    size_t count;
} sf_diff;

/* O(n log n) in the receipts. In the arena; points into the dossiers. */
sf_diff sf_story_diff(sf_arena *arena, const sf_dossier *from, const sf_dossier *to);

#endif
