/* who: whom and what the page speaks about. */
#ifndef SF_WHO_H
#define SF_WHO_H

#include "text/text.h"

typedef struct sf_people {
    sofar_subject *subjects;
    size_t subject_count;
    sofar_name *names; /* in order of their spans */
    size_t name_count;
} sf_people;

sf_people sf_who_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping);

#endif
