/* marks: quotation marks -> quoted runs. Knows pairs, apostrophes, inches and paragraphs; does not
 * know what a run is for. */
#ifndef SF_QUOTE_MARKS_H
#define SF_QUOTE_MARKS_H

#include "base/base.h"

/* What stands inside one pair of marks, or between an opening mark and the end of its block. */
typedef struct sf_run {
    sf_span inner;   /* without the marks and without white space at its ends; never empty */
    sf_span outer;   /* with the marks */
    uint32_t block;  /* index in the blocks */
    uint32_t parent; /* the run it stands in, or SF_NONE */
    uint32_t next;   /* the run that goes on with it in the next block, or SF_NONE */
    uint32_t prev;   /* the run it goes on with */
    bool closed;
} sf_run;

typedef struct sf_runs {
    sf_run *at; /* in order of outer.begin */
    uint32_t count;
} sf_runs;

/* Linear in the text. Blocks must be in order and apart. The result is the arena's. */
sf_runs sf_quote_runs(sf_arena *arena, sf_str text, const sofar_block *blocks, size_t block_count);

#endif
