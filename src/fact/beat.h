/* fact/beat: a beat file, compiled. */
#ifndef SF_FACT_BEAT_H
#define SF_FACT_BEAT_H

#include "fact/fact.h"

enum { SF_ANY_TYPE = -1, SF_WHEN = -2, SF_MAX_ROLES = 6 };

typedef struct sf_beat_role {
    sf_str name;
    int type; /* sofar_subject_type, SF_ANY_TYPE, or SF_WHEN for the role "when" */
    bool optional;
} sf_beat_role;

typedef struct sf_fact_type {
    sf_str name;
    sf_beat_role roles[SF_MAX_ROLES];
    size_t role_count;
} sf_fact_type;

/* One step of a pattern: a word to the letter (case aside), or a role. */
typedef struct sf_step {
    sf_str word; /* absent for a role */
    uint32_t role;
} sf_step;

typedef struct sf_pattern {
    const sf_fact_type *type;
    sofar_claim status;
    bool negative; /* what matches this is not the fact, whatever else matches there */
    sf_step *steps;
    size_t step_count;
} sf_pattern;

struct sf_beats {
    sf_pattern *patterns;
    size_t pattern_count;
};

#endif
