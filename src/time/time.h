/* time: words and the publication day -> TIMEX3 values (TimeML 1.2.1).
 *
 * In:  the split text and the publication day. Out: the time expressions in order, in the arena.
 * Recognition is a grammar kept as data: words.txt and holidays.txt say what words mean,
 * grammar.txt which of them together are a time and which are none; grammar.py compiles them at
 * build time. To teach it a holiday, a word or a pattern, edit those and add a case to
 * tests/cases/time.
 *
 * Reading order: find.c (the way through a text), token.c and match.c (words to matches),
 * meaning.c (matches to values, with value.c, numeric.c and tense.c).
 *
 * What it keeps to: a value is as precise as the words ("in October 2021" is 2021-10); what the
 * text does not settle is absent; "now", "recently", "currently" and ages are no times; "early",
 * "the end of" are inside a span, "about", "more than" outside. What it does not do: times inside
 * names of works that look like times, and quotations are read as said on the publication day. */
#ifndef SF_TIME_H
#define SF_TIME_H

#include "text/text.h"

typedef struct sf_times {
    sofar_time *at;
    size_t count;
} sf_times;

/* published: year 0 if the page is undated, month or day 0 if it is only known so far; then what
 * hangs on it has no value. Linear in the text; never fails but for memory (the arena's escape). */
sf_times sf_time_find(sf_arena *arena, const sf_text *text, sf_date published);

#endif
