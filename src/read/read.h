/* read: the composition of page, text, model, time, who, quote and fact; the `read` record as JSON,
 * the analysis as CoNLL-U. */
#ifndef SF_READ_H
#define SF_READ_H

#include "fact/fact.h"
#include "model/model.h"

struct sofar_reading {
    sf_arena arena;
    jmp_buf escape;
    sofar_clipping clipping;
    sf_text *text;         /* NULL if only the page was asked for */
    sf_analysis *analysis; /* NULL without SOFAR_STAGE_MODEL */
    const sf_model *model; /* the reader's */
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
