/* Civil dates as integers. Day numbers after Howard Hinnant, "chrono-compatible low-level date
 * algorithms": the year is taken to begin in March, so that the leap day comes last. No clock, no
 * time zone. */
#include "base/base.h"

int32_t sf_days_from_date(sf_date date) {
    int month = date.month ? date.month : 1, day = date.day ? date.day : 1;
    int year = date.year - (month <= 2);
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

sf_date sf_date_from_days(int32_t days) {
    days += 719468;
    int32_t era = (days >= 0 ? days : days - 146096) / 146097;
    int32_t doe = days - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (sf_date){yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int sf_weekday(sf_date date) {
    int32_t days = sf_days_from_date(date); /* 1970-01-01 was a Thursday */
    return (int)(((days + 3) % 7 + 7) % 7) + 1;
}

int sf_month_length(int year, int month) {
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        return 29;
    return month >= 1 && month <= 12 ? length[month - 1] : 0;
}

bool sf_date_valid(sf_date d) {
    if (d.year < 1 || d.year > 9999)
        return false;
    if (d.month == 0)
        return d.day == 0;
    return d.month >= 1 && d.month <= 12 && d.day >= 0 && d.day <= sf_month_length(d.year, d.month);
}

/* n digits at s[at]; -1 if they are not there */
static int digits(sf_str s, size_t at, size_t n) {
    if (at + n > s.len)
        return -1;
    int value = 0;
    for (size_t i = at; i < at + n; i++) {
        if (!sf_is_digit(s.ptr[i]))
            return -1;
        value = value * 10 + (s.ptr[i] - '0');
    }
    return value;
}

static bool dash_at(sf_str s, size_t at) { return at < s.len && s.ptr[at] == '-'; }

bool sf_date_parse(sf_str s, sf_date *out) {
    sf_date d = {digits(s, 0, 4), 0, 0};
    size_t end = 4;
    if (d.year > 0 && dash_at(s, 4) && digits(s, 5, 2) > 0) {
        d.month = digits(s, 5, 2);
        end = 7;
        if (dash_at(s, 7) && digits(s, 8, 2) > 0) {
            d.day = digits(s, 8, 2);
            end = 10;
        }
    }
    if (d.year <= 0 || !sf_date_valid(d) ||
        (end < s.len && !(end == 10 && (s.ptr[end] == 'T' || s.ptr[end] == ' '))))
        return false;
    *out = d;
    return true;
}

sf_str sf_date_format(sf_arena *arena, sf_date d) {
    if (d.year == 0)
        return SF_ABSENT;
    if (d.month == 0)
        return sf_str_format(arena, "%04d", d.year);
    if (d.day == 0)
        return sf_str_format(arena, "%04d-%02d", d.year, d.month);
    return sf_str_format(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static sf_interval months(int year, int first, int count) {
    int last = first + count; /* the month after, possibly in the next year */
    return (sf_interval){
        sf_days_from_date((sf_date){year, first, 1}),
        sf_days_from_date((sf_date){year + (last - 1) / 12, (last - 1) % 12 + 1, 1}) - 1};
}

/* The Monday of ISO week `week`. */
static int32_t week_start(int year, int week) {
    sf_date fourth = {year, 1, 4}; /* always in week 1 */
    return sf_days_from_date(fourth) - (sf_weekday(fourth) - 1) + (week - 1) * 7;
}

/* One value without a range. Seasons are the northern meteorological ones; a winter begins in
 * December of its year. */
static bool single(sf_str s, sf_interval *out) {
    for (size_t i = 0; i < s.len; i++) /* the time of day does not move the day */
        if (s.ptr[i] == 'T' && i >= 8)
            s.len = i;
    int year = digits(s, 0, 4);
    if (year < 0) {
        if (s.len == 3 && digits(s, 0, 3) > 0)
            *out = (sf_interval){months(digits(s, 0, 3) * 10, 1, 12).first,
                                 months(digits(s, 0, 3) * 10 + 9, 1, 12).last};
        else if (s.len == 2 && digits(s, 0, 2) > 0)
            *out = (sf_interval){months(digits(s, 0, 2) * 100, 1, 12).first,
                                 months(digits(s, 0, 2) * 100 + 99, 1, 12).last};
        else
            return false;
        return true;
    }
    if (year == 0)
        return false;
    if (s.len == 4) {
        *out = months(year, 1, 12);
        return true;
    }
    if (!dash_at(s, 4))
        return false;
    sf_str rest = sf_str_sub(s, 5, s.len);
    static const struct {
        const char *name;
        int first, count;
    } parts[] = {{"SP", 3, 3}, {"SU", 6, 3}, {"FA", 9, 3},  {"WI", 12, 3}, {"Q1", 1, 3},
                 {"Q2", 4, 3}, {"Q3", 7, 3}, {"Q4", 10, 3}, {"H1", 1, 6},  {"H2", 7, 6}};
    for (size_t i = 0; i < SF_LEN(parts); i++)
        if (sf_str_equal(rest, sf_str_of(parts[i].name))) {
            *out = months(year, parts[i].first, parts[i].count);
            return true;
        }
    if (rest.len >= 3 && rest.ptr[0] == 'W') {
        int week = digits(rest, 1, 2);
        if (week < 1 || week > 53)
            return false;
        int32_t monday = week_start(year, week);
        if (rest.len == 3)
            *out = (sf_interval){monday, monday + 6};
        else if (sf_str_equal(sf_str_sub(rest, 3, rest.len), SF_STR("-WE")))
            *out = (sf_interval){monday + 5, monday + 6};
        else
            return false;
        return true;
    }
    sf_date d;
    if (!sf_date_parse(s, &d))
        return false;
    *out = d.day ? (sf_interval){sf_days_from_date(d), sf_days_from_date(d)}
                 : months(d.year, d.month, 1);
    return true;
}

bool sf_interval_parse(sf_str value, sf_interval *out) {
    size_t slash = sf_str_find(value, SF_STR("/"), 0);
    if (slash == SIZE_MAX)
        return single(value, out);
    sf_interval from = {INT32_MIN, INT32_MIN}, to = {INT32_MAX, INT32_MAX};
    sf_str left = sf_str_sub(value, 0, slash), right = sf_str_sub(value, slash + 1, value.len);
    if ((left.len == 0 && right.len == 0) || (left.len && !single(left, &from)) ||
        (right.len && !single(right, &to)) || from.first > to.last)
        return false;
    *out = (sf_interval){from.first, to.last};
    return true;
}
