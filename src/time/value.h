/* Inside the time room: a place in time at the precision the text gives, and arithmetic on it. */
#ifndef SF_TIME_VALUE_H
#define SF_TIME_VALUE_H

#include "base/base.h"

/* Units and, in the same order, the grains of a value. */
typedef enum unit {
    UNIT_NONE,
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_NIGHT,
    UNIT_DAY,
    UNIT_WEEKEND,
    UNIT_WEEK,
    UNIT_FORTNIGHT,
    UNIT_MONTH,
    UNIT_SEASON,
    UNIT_QUARTER,
    UNIT_HALF,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY
} unit;

enum part { PART_NONE, PART_MORNING, PART_AFTERNOON, PART_EVENING, PART_NIGHT };

/* grain says which fields count:
 *   CENTURY  year / 100          DECADE  year / 10       YEAR  year
 *   HALF, QUARTER, SEASON, MONTH  year and n (season 1 = spring ... 4 = winter)
 *   WEEK, WEEKEND                 ISO year and week n
 *   DAY                           year, n = month, day; part of the day or minute (-1: none)
 * UNIT_NONE is no place in time. */
typedef struct when {
    unit grain;
    int year, n, day;
    int part;   /* enum part, of a DAY */
    int minute; /* of the day, of a DAY; -1: none */
} when;

#define NOWHEN ((when){.minute = -1})

/* A civil date at its own precision; NOWHEN for year 0. */
when sf_when_of_date(sf_date date);
when sf_when_year(int year);
when sf_when_of(unit grain, int year, int n); /* HALF, QUARTER, SEASON, MONTH, WEEK, WEEKEND */
when sf_when_day(int32_t days);               /* a day number */

/* The first day of w. */
int32_t sf_when_first(when w);
/* The unit that holds the first day of w: its year, its week ... NOWHEN if w is coarser than that
 * unit. FORTNIGHT is taken as WEEK. */
when sf_when_in(when w, unit grain);
/* w moved by so many units, at the grain of the unit (two months from a day is a month). */
when sf_when_shift(when w, unit u, int by);

/* ISO 8601 / TIMEX3, in the arena; absent for NOWHEN and for years outside 1 .. 9999. */
sf_str sf_when_format(sf_arena *arena, when w);

/* "P3M", "PT2H"; x: an unknown number, "PXM". half: and a half more. */
sf_str sf_duration_format(sf_arena *arena, unit u, int number, bool x, bool half);
/* "P1.5Y" from 15 tenths */
sf_str sf_duration_tenths(sf_arena *arena, unit u, int tenths);

int32_t sf_easter_day(int year); /* day number of Easter Sunday, after Meeus */

#endif
