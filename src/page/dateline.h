/* page/dateline: the days written in a line such as "Published Oct. 15, 2021" or
 * "2021-10-15T09:30:00+02:00". Only dates with a year; "yesterday" and "3 days ago" are none. This
 * is for date lines and metadata; time expressions in prose are the time room's. */
#ifndef SF_PAGE_DATELINE_H
#define SF_PAGE_DATELINE_H

#include "base/base.h"

typedef struct sf_dateline {
    sf_date date;
    sf_date other;     /* the second reading of "03/10/2021" (day first), or year 0 */
    size_t begin, end; /* where it stands in the text */
} sf_dateline;

/* The first date of text[from ..]; false if there is none. Linear in the text. 10/03/2021 reads as
 * October 3, with March 10 as `other`. Month names of English, and of German, French, Spanish,
 * Italian, Portuguese and Dutch. */
bool sf_dateline_find(sf_str text, size_t from, sf_dateline *out);

/* 1 .. 12 for a month's name or abbreviation in any case, 0 for other words. */
int sf_month_of(sf_str word);

#endif
