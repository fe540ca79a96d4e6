/* quote: quotation marks -> quotations with their speakers. */
#ifndef SF_QUOTE_H
#define SF_QUOTE_H

#include "time/time.h"
#include "who/who.h"

typedef struct sf_quotes {
    sofar_quote *at;
    size_t count;
    const char **place; /* of each: where via, to and when were found, a literal; NULL if nowhere.
                           The list is NULL in a store's reading */
} sf_quotes;

/* analysis: the model's, of this text. */
sf_quotes sf_quote_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping,
                        const sf_model *model, const sf_analysis *analysis, const sf_people *people,
                        const sf_times *times);

/* Is the venue a medium on which people speak for themselves: "Instagram"? Case matters. */
bool sf_quote_is_platform(sf_str via);

#endif
