/* fact: what happened, by beats. First version: an example sentence of a beat becomes a pattern
 * over the words of a sentence - the example's own words, with a mention of the right type in each
 * role - and matches where exactly these words stand. Reach comes with the language model; what is
 * said here is said to the letter.
 *
 * A sentence that hedges (a negation, a condition, a question, hearsay) gives no fact unless the
 * example itself hedges that way: then the example's status holds. */
#ifndef SF_FACT_H
#define SF_FACT_H

#include "quote/quote.h"

typedef struct sf_facts {
    sofar_fact *at;
    size_t count;
} sf_facts;

typedef struct sf_beats sf_beats; /* compiled examples; never written to after sf_beats_compile */

/* Compiles beats into the arena, which must outlive them. FORMAT with name, line and reason if one
 * is bad. */
sofar_status sf_beats_compile(sf_arena *arena, const sofar_beat *beats, size_t count,
                              sf_beats **out, sofar_error *err);

/* The beats that are built in (from beats/ at the root of the tree). */
extern const sofar_beat sf_beats_standard[];
extern const size_t sf_beats_standard_count;

sf_facts sf_fact_find(sf_arena *arena, const sf_beats *beats, const sf_text *text,
                      const sf_people *people, const sf_times *times, const sf_quotes *quotes);

#endif
