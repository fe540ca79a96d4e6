/* join: spots -> subjects. Which spots are names at all, which name the same, and what they are. */
#ifndef SF_WHO_JOIN_H
#define SF_WHO_JOIN_H

#include "who/spot.h"

/* n log n in the spots. */
sf_people sf_who_join(const sf_who *who);

/* What all mentions of a name say. */
typedef struct sf_case {
    sf_votes model; /* margins: those of one name on one page err together */
    sf_votes page;  /* what stands beside the mentions and what they do */
    uint32_t mentions;
    uint32_t says; /* joined */
} sf_case;

/* Adds what one mention says. */
void sf_who_hear(sf_case *heard, const sf_spot *spot);

/* Adds what another form of the name heard. */
void sf_who_hear_all(sf_case *heard, const sf_case *other);

/* The type of a name by the votes of its mentions and by the form of the name. */
sofar_subject_type sf_who_kind(const sf_who *who, const sf_spot *spot, const sf_case *heard);

#endif
