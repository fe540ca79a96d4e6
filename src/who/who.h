/* who: whom and what the page speaks about. */
#ifndef SF_WHO_H
#define SF_WHO_H

#include "model/model.h"

typedef struct sf_people {
    sofar_subject *subjects;
    size_t subject_count;
    sofar_name *names; /* in order of their spans, apart */
    size_t name_count;
    /* Mentions that hold names of their own ("the Low Tide star", "drummer Ana Ruiz"): in order,
     * apart among themselves. They lie behind the names in the same array. */
    size_t epithet_count;
    const char **why; /* of each name, then of each epithet: a literal that says why it is its
                         subject's, "surname"; NULL if nobody asked the page (a store's reading) */
} sf_people;

/* The first of names, which are in order of their spans, that begins at or behind the byte; count
 * if there is none. */
size_t sf_who_name_from(const sofar_name *names, size_t count, uint32_t byte);

/* The one of names, which are apart, that holds the byte; count if there is none. */
size_t sf_who_name_at(const sofar_name *names, size_t count, uint32_t byte);

/* The mention, of any form, that is exactly these words, a possessive aside: an index of names or
 * epithets, SF_NONE if there is none. */
uint32_t sf_who_mention(const sf_people *people, sf_str text, sf_span words);

/* analysis: the model's, of this text. */
sf_people sf_who_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping,
                      const sf_model *model, const sf_analysis *analysis);

#endif
