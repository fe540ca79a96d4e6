/* read: the composition of page, text, model, time, who, quote and fact; the `read` record as JSON,
 * the analysis as CoNLL-U. */
#ifndef SF_READ_H
#define SF_READ_H

#include "fact/fact.h"
#include "model/model.h"

/* What makes readings: where any of it differs, the same page may read otherwise. */
typedef struct sf_maker {
    const char *reader;        /* sofar's version */
    char model[17], beats[17]; /* beginnings of SHA-256; empty for what is not used */
} sf_maker;

/* Lives as long as the reader. */
const sf_maker *sf_reader_maker(const sofar_reader *reader);

struct sofar_reading {
    sf_arena arena;
    jmp_buf escape;
    sofar_clipping clipping;
    sf_text *text;         /* NULL if only the page was asked for */
    sf_analysis *analysis; /* NULL without SOFAR_STAGE_MODEL */
    const sf_model *model; /* the reader's */
    const sf_maker *maker; /* the reader's; NULL if not known */
    sf_people people;
    sf_times times;
    sf_quotes quotes;
    sf_facts facts;
    unsigned stages; /* SOFAR_STAGE_*, what was run */
};

/* The first promise: every span lies inside the text, on character boundaries, in order; every row
 * of the map holds. NULL if all is well, else what is not (a literal). original: the page's bytes.
 * Used by tests, fuzzers and the store. */
const char *sf_reading_check(const sofar_reading *reading, sf_str original);

/* What the language model says, as CoNLL-U (doc/formats.md); the string is the reading's. Of a
 * reading with SOFAR_STAGE_MODEL, whose reader is still there. Errors: USAGE, MEMORY. */
sofar_status sf_reading_conllu(sofar_reading *reading, sf_str *out, sofar_error *err);

/* Words of the contract for enums, and back (-1 if unknown). */
const char *sf_origin_word(sofar_origin origin);
const char *sf_block_word(sofar_block_kind kind);
const char *sf_timex_word(sofar_timex type);
const char *sf_subject_word(sofar_subject_type type);
const char *sf_form_word(sofar_form form);
const char *sf_quote_word(sofar_quote_kind kind);
const char *sf_claim_word(sofar_claim claim);

#endif
