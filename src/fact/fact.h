/* fact: what happened, by beats.
 *
 * In:  the page's text with the model's analysis, its subjects, times and quotations; beats. Out:
 * facts in the arena.
 *
 * A beat's examples are read by the same model as the page and become patterns over propositions
 * (proposition.h), so that grammar is undone once, for examples and pages alike. Start with
 * doc/beats.md; then beat.c (lines of a beat file), learn.c (an example becomes a pattern), match.c
 * (patterns over a sentence) and find.c (the way through a page). */
#ifndef SF_FACT_H
#define SF_FACT_H

#include "model/model.h"
#include "quote/quote.h"

typedef struct sf_facts {
    sofar_fact *at;
    size_t count;
} sf_facts;

typedef struct sf_beats sf_beats; /* compiled examples; never written to after sf_beats_compile */

/* Compiles beats into the arena, which must outlive them. cache: a folder in which what the model
 * says of the examples is kept; NULL: nothing is kept. FORMAT with name, line and reason if one
 * is bad. An example that the model cannot make sense of is no error: it finds nothing, and
 * `sofar beat check` says so. */
sofar_status sf_beats_compile(sf_arena *arena, const sf_model *model, const sofar_beat *beats,
                              size_t count, const char *cache, sf_beats **out, sofar_error *err);

/* The beats that are built in (from beats/ at the root of the tree). */
extern const sofar_beat sf_beats_standard[];
extern const size_t sf_beats_standard_count;
extern const sofar_beat sf_fact_irregular[];
extern const size_t sf_fact_irregular_count;

/* What is known of a page when its facts are looked for. */
typedef struct sf_known_page {
    const sf_text *text;
    const sofar_clipping *clipping;
    const sf_model *model;
    const sf_analysis *analysis;
    const sf_people *people;
    const sf_times *times;
    const sf_quotes *quotes;
} sf_known_page;

sf_facts sf_fact_find(sf_arena *arena, const sf_beats *beats, const sf_known_page *page);

#endif
