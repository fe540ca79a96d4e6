/* page/rank: candidates for a field, each with the facts that speak for and against it, and the
 * choice among them.
 *
 * A candidate is a value with a set of yes/no features (where it was found, what it looks like,
 * what agrees with it). Finding the same value again adds features to the candidate that is there.
 * Its score is the sum of the features' weights: a conditional logit model (McFadden 1974) whose
 * weights were fitted by train/meta/rank.py and rounded to integers, so the choice is the same on
 * every machine. Candidate 0 is "none of these"; it has features too, and wins when nothing else is
 * convincing. */
#ifndef SF_PAGE_RANK_H
#define SF_PAGE_RANK_H

#include "base/base.h"

enum { SF_RANK_FEATURES = 128, SF_RANK_CANDIDATES = 160 };

typedef struct sf_candidate {
    sf_str key;    /* two candidates with one key are one */
    sf_str value;  /* the field as it would be given */
    uint32_t node; /* where the value stands on the page, or SF_NONE */
    int trust;     /* of the forms that share a key, that of the most trusted place is the value */
    sf_date date;  /* ranking days only */
    sf_str *names; /* ranking bylines only */
    size_t name_count;
    uint64_t bits[SF_RANK_FEATURES / 64];
    int32_t score;
} sf_candidate;

typedef struct sf_ranking {
    sf_candidate *at;
    size_t count, room;
} sf_ranking;

/* A ranking that holds "none". */
sf_ranking sf_ranking_new(sf_arena *arena);
/* The candidate with this key, new if need be; NULL if there are too many. The pointer holds until
 * the next call. */
sf_candidate *sf_ranking_add(sf_arena *arena, sf_ranking *ranking, sf_str key);
void sf_candidate_mark(sf_candidate *candidate, unsigned feature);
bool sf_candidate_has(const sf_candidate *candidate, unsigned feature);
/* Scores all; the index of the best (the earlier of equals), 0 where none convinces: the best must
 * beat "none" by `margin`. */
size_t sf_ranking_choose(sf_ranking *ranking, const int16_t *weights, int32_t margin);

#endif
