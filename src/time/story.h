/* Inside the time room: what is known while the page is read, and what meaning.c makes of a match.
 */
#ifndef SF_TIME_STORY_H
#define SF_TIME_STORY_H

#include "time/match.h"
#include "time/time.h"
#include "time/value.h"

/* The order of numbers in 03/04/2021, as the page's unambiguous dates show it. */
enum order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST, ORDER_MIXED };

typedef struct telling {
    sf_arena *arena;
    when page;   /* publication day, at the page's precision; NOWHEN if undated */
    when now;    /* the day the narrative stands at: the last calendar value */
    when period; /* the quarter a report is about: the last one spoken of that had ended */
    int order;
    const tokens *tokens;
} telling;

/* Fills the type and value of *out; false: the match is no time after all. Moves story->now. */
bool sf_time_mean(telling *story, const match *m, sofar_time *out);

/* Which side of the publication day the clause around tokens [begin, end) speaks of: -1 past, 1
 * future, 0 not told; *strong: an auxiliary says so, not only a word's ending. (tense.c) */
int sf_tense_around(const tokens *t, uint32_t begin, uint32_t end, bool *strong);

/* What the slashed dates of the text show. (numeric.c) */
int sf_numeric_order(const sf_text *text);
/* "2020/21", "2020/2021": a season of two years. */
bool sf_numeric_years(sf_str s, int *from, int *to);
/* "10/15/2021", "2021/10/15", "15.10.2021": NOWHEN if the order is not settled or it is no date.
 * *is_date says which. */
when sf_numeric_date(sf_str s, int order, bool *is_date);

#endif
