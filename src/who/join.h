/* join: spots -> subjects. Which spots are names at all, which name the same, and what they are. */
#ifndef SF_WHO_JOIN_H
#define SF_WHO_JOIN_H

#include "who/spot.h"

/* n log n in the spots. */
sf_people sf_who_join(const sf_who *who);

/* What a name is worth for each type (kind.c). */
typedef struct sf_votes {
    int32_t of[SOFAR_OTHER + 1];
} sf_votes;

/* Adds what one mention says. */
void sf_who_vote(sf_votes *votes, const sf_spot *spot);

/* The type of a name by the votes of its mentions, whose says are joined here, and by its form. */
sofar_subject_type sf_who_kind(const sf_who *who, const sf_spot *spot, const sf_votes *votes,
                               uint32_t says);

#endif
