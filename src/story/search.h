/* story/search: passages of pages that hold words, with what the pages say there. */
#ifndef SF_STORY_SEARCH_H
#define SF_STORY_SEARCH_H

#include "story/story.h"

typedef struct sf_passage {
    sf_receipt place; /* exact: the passage, a paragraph or the part of it that has the words */
    sf_span *marks;   /* where the words stand in it; in order, apart */
    size_t mark_count;
    sf_told_fact *facts; /* what this page alone says there: type, roles, when, status, words */
    size_t fact_count;
    sf_told_quote *quotes; /* likewise: speaker, text, kind, via, when */
    size_t quote_count;
} sf_passage;

typedef struct sf_found { /* a page */
    sf_receipt page;      /* without words */
    sf_passage *passages; /* none where the words stand in the headline alone */
    size_t passage_count;
} sf_found;

typedef struct sf_search {
    sf_str *phrases; /* what was looked for */
    size_t phrase_count;
    sf_found *at; /* in the order of their days */
    size_t count;
    size_t total; /* pages there are; count is bounded by `most` */
} sf_search;

/* words: each must stand on a page, case and accents aside; "in quotation marks" as they follow
 * each other. Errors: those of the store; USAGE for nothing to look for. */
sofar_status sf_story_search(sf_store *store, sf_arena *arena, sf_str words, sf_date as_of,
                             size_t most, sf_search *out, sofar_error *err);

#endif
