/* who: whom and what the page speaks about. */
#ifndef SF_WHO_H
#define SF_WHO_H

#include "model/model.h"

typedef struct sf_people {
    sofar_subject *subjects;
    size_t subject_count;
    sofar_name *names; /* in order of their spans, apart */
    size_t name_count;
} sf_people;

/* analysis: the model's, of this text. */
sf_people sf_who_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping,
                      const sf_model *model, const sf_analysis *analysis);

#endif
