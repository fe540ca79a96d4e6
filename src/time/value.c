#include "time/value.h"

when sf_when_of_date(sf_date date) {
    if (date.year <= 0)
        return NOWHEN;
    if (!date.month)
        return sf_when_year(date.year);
    if (!date.day)
        return sf_when_of(UNIT_MONTH, date.year, date.month);
    return (when){
        .grain = UNIT_DAY, .year = date.year, .n = date.month, .day = date.day, .minute = -1};
}

when sf_when_year(int year) { return (when){.grain = UNIT_YEAR, .year = year, .minute = -1}; }

when sf_when_of(unit grain, int year, int n) {
    return (when){.grain = grain, .year = year, .n = n, .minute = -1};
}

when sf_when_day(int32_t days) { return sf_when_of_date(sf_date_from_days(days)); }

static int32_t day_number(int year, int month, int day) {
    return sf_days_from_date((sf_date){year, month, day});
}

/* The Monday of an ISO week: January 4 is always in week 1. */
static int32_t monday_of(int year, int week) {
    int32_t fourth = day_number(year, 1, 4);
    return fourth - (sf_weekday((sf_date){year, 1, 4}) - 1) + (week - 1) * 7;
}

int32_t sf_when_first(when w) {
    switch (w.grain) {
    case UNIT_CENTURY: return day_number(w.year / 100 * 100, 1, 1);
    case UNIT_DECADE: return day_number(w.year / 10 * 10, 1, 1);
    case UNIT_HALF: return day_number(w.year, w.n * 6 - 5, 1);
    case UNIT_QUARTER: return day_number(w.year, w.n * 3 - 2, 1);
    case UNIT_SEASON: return day_number(w.year, w.n * 3, 1); /* meteorological, northern */
    case UNIT_MONTH: return day_number(w.year, w.n, 1);
    case UNIT_WEEK: return monday_of(w.year, w.n);
    case UNIT_WEEKEND: return monday_of(w.year, w.n) + 5;
    case UNIT_DAY: return day_number(w.year, w.n, w.day);
    default: return day_number(w.year, 1, 1);
    }
}

/* The ISO week that holds a day. */
static when week_of(int32_t days, unit grain) {
    int weekday = sf_weekday(sf_date_from_days(days));
    sf_date thursday = sf_date_from_days(days - weekday + 4); /* its year is the week's year */
    int32_t first = monday_of(thursday.year, 1);
    return sf_when_of(grain, thursday.year, (days - weekday + 1 - first) / 7 + 1);
}

when sf_when_in(when w, unit grain) {
    if (grain == UNIT_FORTNIGHT)
        grain = UNIT_WEEK;
    if (grain < UNIT_DAY || grain == UNIT_NONE)
        grain = UNIT_DAY;
    if (w.grain == UNIT_NONE || w.grain > grain)
        return NOWHEN;
    if (w.grain == grain && grain != UNIT_DAY)
        return w;
    int32_t first = sf_when_first(w);
    sf_date date = sf_date_from_days(first);
    switch (grain) {
    case UNIT_DAY: return sf_when_day(first);
    case UNIT_WEEK:
    case UNIT_WEEKEND: return week_of(first, grain);
    case UNIT_MONTH: return sf_when_of(grain, date.year, date.month);
    case UNIT_SEASON: /* January belongs to the winter that began the year before */
        return sf_when_of(grain, date.month < 3 ? date.year - 1 : date.year,
                          date.month < 3 ? 4 : date.month / 3);
    case UNIT_QUARTER: return sf_when_of(grain, date.year, (date.month + 2) / 3);
    case UNIT_HALF: return sf_when_of(grain, date.year, (date.month + 5) / 6);
    default: return (when){.grain = grain, .year = date.year, .minute = -1};
    }
}

/* n counted on by `by` with so many to a year */
static when carry(when w, int by, int to_a_year) {
    long at = (long)w.year * to_a_year + (w.n - 1) + by;
    if (at < to_a_year || at >= 10000L * to_a_year)
        return NOWHEN;
    return sf_when_of(w.grain, (int)(at / to_a_year), (int)(at % to_a_year) + 1);
}

when sf_when_shift(when w, unit u, int by) {
    if (by > 100000 || by < -100000)
        return NOWHEN;
    if (u == UNIT_FORTNIGHT)
        u = UNIT_WEEK, by *= 2;
    when at = sf_when_in(w, u);
    switch (at.grain) {
    case UNIT_NONE: return NOWHEN;
    case UNIT_DAY: return sf_when_day(sf_when_first(at) + by);
    case UNIT_WEEK:
    case UNIT_WEEKEND: return week_of(sf_when_first(at) + by * 7, at.grain);
    case UNIT_MONTH: return carry(at, by, 12);
    case UNIT_SEASON:
    case UNIT_QUARTER: return carry(at, by, 4);
    case UNIT_HALF: return carry(at, by, 2);
    case UNIT_DECADE: by *= 10; break;
    case UNIT_CENTURY: by *= 100; break;
    default: break;
    }
    at.year += by;
    return at.year < 1 || at.year > 9999 ? NOWHEN : at;
}

sf_str sf_when_format(sf_arena *arena, when w) {
    static const char *const season[] = {"SP", "SU", "FA", "WI"};
    static const char *const part[] = {"", "TMO", "TAF", "TEV", "TNI"};
    if (w.grain == UNIT_NONE && w.minute >= 0) /* on some day */
        return sf_str_format(arena, "T%02d:%02d", w.minute / 60, w.minute % 60);
    if (w.grain == UNIT_NONE || w.year < 1 || w.year > 9999)
        return SF_ABSENT;
    switch (w.grain) {
    case UNIT_CENTURY: return sf_str_format(arena, "%02d", w.year / 100);
    case UNIT_DECADE: return sf_str_format(arena, "%03d", w.year / 10);
    case UNIT_HALF: return sf_str_format(arena, "%04d-H%d", w.year, w.n);
    case UNIT_QUARTER: return sf_str_format(arena, "%04d-Q%d", w.year, w.n);
    case UNIT_SEASON: return sf_str_format(arena, "%04d-%s", w.year, season[(w.n - 1) & 3]);
    case UNIT_MONTH: return sf_str_format(arena, "%04d-%02d", w.year, w.n);
    case UNIT_WEEK: return sf_str_format(arena, "%04d-W%02d", w.year, w.n);
    case UNIT_WEEKEND: return sf_str_format(arena, "%04d-W%02d-WE", w.year, w.n);
    case UNIT_DAY:
        if (w.minute >= 0)
            return sf_str_format(arena, "%04d-%02d-%02dT%02d:%02d", w.year, w.n, w.day,
                                 w.minute / 60, w.minute % 60);
        return sf_str_format(arena, "%04d-%02d-%02d%s", w.year, w.n, w.day, part[w.part]);
    default: return sf_str_format(arena, "%04d", w.year);
    }
}

static const struct {
    const char *before, *after, *many;
    int times;
} form[] = {[UNIT_SECOND] = {"PT", "S", "S", 1},   [UNIT_MINUTE] = {"PT", "M", "M", 1},
            [UNIT_HOUR] = {"PT", "H", "H", 1},     [UNIT_NIGHT] = {"P", "NI", "NI", 1},
            [UNIT_DAY] = {"P", "D", "D", 1},       [UNIT_WEEKEND] = {"P", "WE", "WE", 1},
            [UNIT_WEEK] = {"P", "W", "W", 1},      [UNIT_FORTNIGHT] = {"P", "W", "W", 2},
            [UNIT_MONTH] = {"P", "M", "M", 1},     [UNIT_SEASON] = {"P", "M", "M", 3},
            [UNIT_QUARTER] = {"P", "Q", "Q", 1},   [UNIT_HALF] = {"P", "M", "M", 6},
            [UNIT_YEAR] = {"P", "Y", "Y", 1},      [UNIT_DECADE] = {"P", "Y", "E", 10},
            [UNIT_CENTURY] = {"P", "Y", "CE", 100}};

sf_str sf_duration_tenths(sf_arena *arena, unit u, int tenths) {
    if (u == UNIT_NONE || tenths < 0 || tenths > 10000000)
        return SF_ABSENT;
    tenths *= form[u].times;
    if (tenths % 10)
        return sf_str_format(arena, "%s%d.%d%s", form[u].before, tenths / 10, tenths % 10,
                             form[u].after);
    return sf_str_format(arena, "%s%d%s", form[u].before, tenths / 10, form[u].after);
}

sf_str sf_duration_format(sf_arena *arena, unit u, int number, bool x, bool half) {
    if (u == UNIT_NONE || number > 1000000 || number < 0)
        return SF_ABSENT;
    if (x)
        return sf_str_format(arena, "%sX%s", form[u].before, form[u].many);
    if (half && u == UNIT_YEAR) /* whole units where they exist */
        return number ? sf_str_format(arena, "P%dY6M", number) : SF_STR("P6M");
    if (half && u == UNIT_HOUR)
        return number ? sf_str_format(arena, "PT%dH30M", number) : SF_STR("PT30M");
    if (half && u == UNIT_MINUTE)
        return number ? sf_str_format(arena, "PT%dM30S", number) : SF_STR("PT30S");
    return sf_duration_tenths(arena, u, number * 10 + (half ? 5 : 0));
}

/* Meeus, Astronomical Algorithms, chapter 8 (Gregorian). */
int32_t sf_easter_day(int year) {
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int sum = h + l - 7 * m + 114;
    return day_number(year, sum / 31, sum % 31 + 1);
}
