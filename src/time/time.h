/* time: words and the publication day -> TIMEX3 values (TimeML 1.2.1). Recognition by a grammar
 * kept as data (grammar.txt); normalisation anchored on the publication day and the day the
 * narrative stands at. */
#ifndef SF_TIME_H
#define SF_TIME_H

#include "text/text.h"

typedef struct sf_times {
    sofar_time *at;
    size_t count;
} sf_times;

/* published: year 0 if the page is undated; then what hangs on it has no value. */
sf_times sf_time_find(sf_arena *arena, const sf_text *text, sf_date published);

#endif
