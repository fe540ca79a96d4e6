/* Dates as mail, HTTP and feeds write them, to ISO 8601. Lenient about order, commas and the length
 * of month names; strict about what a date is. The time zone stays as it was given, so that the day
 * is the writer's day. */
#include "source/mime.h"

#include <stdlib.h>

typedef struct stamp {
    sf_date date;
    int hour, minute, second; /* hour -1: no time */
    bool seconds, zoned;
    int zone; /* minutes east of Greenwich */
} stamp;

static bool number(sf_str s, int *out) {
    int n = 0;
    if (s.len == 0 || s.len > 4)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!sf_is_digit(s.ptr[i]))
            return false;
        n = n * 10 + (s.ptr[i] - '0');
    }
    *out = n;
    return true;
}

/* A full or short English name of a month: 1 to 12, or 0. */
static int month_of(sf_str s) {
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (int i = 0; i < 12 && s.len >= 3; i++)
        if (sf_str_starts_ci(sf_str_of(names[i]), s))
            return i + 1;
    return s.len == 4 && sf_str_equal_ci(s, SF_STR("sept")) ? 9 : 0;
}

/* "23:30" or "23:30:05" */
static bool clock_of(sf_str s, stamp *t) {
    size_t colon = sf_str_find(s, SF_STR(":"), 0);
    if (colon == SIZE_MAX || colon > 2)
        return false;
    size_t second = sf_str_find(s, SF_STR(":"), colon + 1);
    sf_str rest = second == SIZE_MAX ? SF_ABSENT : sf_str_sub(s, second + 1, s.len);
    size_t point = sf_str_find(rest, SF_STR("."), 0);
    int hour, minute, sec = 0;
    if (!number(sf_str_sub(s, 0, colon), &hour) || hour > 23 ||
        !number(sf_str_sub(s, colon + 1, second), &minute) || minute > 59 ||
        (rest.ptr && (!number(sf_str_sub(rest, 0, point), &sec) || sec > 60)))
        return false;
    t->hour = hour, t->minute = minute, t->second = sec;
    t->seconds = rest.ptr != NULL;
    return true;
}

static bool zone_of(sf_str s, stamp *t) {
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"GMT", 0},  {"UTC", 0},  {"UT", 0},   {"Z", 0},    {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (size_t i = 0; i < SF_LEN(zones); i++)
        if (sf_str_equal_ci(s, sf_str_of(zones[i].name))) {
            t->zone = zones[i].hours * 60;
            return t->zoned = true;
        }
    int hours, minutes;
    if (s.len < 5 || (s.ptr[0] != '+' && s.ptr[0] != '-') || !number(sf_str_sub(s, 1, 3), &hours) ||
        !number(sf_str_sub(s, s.len - 2, s.len), &minutes) || hours > 14 || minutes > 59)
        return false;
    t->zone = (s.ptr[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    return t->zoned = true;
}

/* One word of the date; false for what cannot stand in one. */
static bool take(stamp *t, sf_str word) {
    int n;
    if (number(word, &n)) {
        if (word.len <= 2 && t->date.day == 0)
            t->date.day = n;
        else if (t->date.year == 0 && word.len != 3)
            /* RFC 5322, 4.3: two digits are 2000 to 2049 or 1950 to 1999 */
            t->date.year = word.len == 4 ? n : n < 50 ? 2000 + n : 1900 + n;
        else
            return false;
        return true;
    }
    if (t->date.month == 0 && month_of(word)) {
        t->date.month = month_of(word);
        return true;
    }
    return clock_of(word, t) || (t->hour >= 0 && zone_of(word, t)) || sf_is_alpha(word.ptr[0]);
}

static bool separates(sf_str s, size_t i) {
    /* a hyphen joins "15-Oct-21", and is the sign of a zone */
    return sf_is_space(s.ptr[i]) || s.ptr[i] == ',' || s.ptr[i] == '(' || s.ptr[i] == ')' ||
           (s.ptr[i] == '-' && i > 0 && !sf_is_space(s.ptr[i - 1]));
}

static bool parse_words(sf_str s, stamp *t) {
    for (size_t i = 0; i < s.len;) {
        size_t begin = i;
        while (i < s.len && !separates(s, i))
            i++;
        if (i > begin && !take(t, sf_str_sub(s, begin, i)))
            return false;
        i++;
    }
    return t->date.year && t->date.month && t->date.day && sf_date_valid(t->date);
}

/* "2021-10-15", "2021-10-15T08:00:00.5+02:00" and the same with a space */
static bool parse_iso(sf_str s, stamp *t) {
    if (!sf_date_parse(s, &t->date))
        return false;
    if (s.len <= 11)
        return true;
    s = sf_str_trim(sf_str_sub(s, 11, s.len));
    size_t end = 0;
    while (end < s.len && (sf_is_digit(s.ptr[end]) || s.ptr[end] == ':' || s.ptr[end] == '.'))
        end++;
    if (clock_of(sf_str_sub(s, 0, end), t))
        zone_of(sf_str_trim(sf_str_sub(s, end, s.len)), t);
    return true;
}

sf_str sf_stamp_parse(sf_arena *arena, sf_str s) {
    stamp t = {.hour = -1};
    s = sf_str_sub(sf_str_trim(s), 0, 128);
    if (!parse_iso(s, &t)) {
        t = (stamp){.hour = -1};
        if (!parse_words(s, &t))
            return SF_ABSENT;
    }
    sf_buf out = sf_buf_new(arena);
    sf_buf_add(&out, sf_date_format(arena, t.date));
    if (t.hour >= 0) {
        sf_buf_printf(&out, "T%02d:%02d", t.hour, t.minute);
        if (t.seconds)
            sf_buf_printf(&out, ":%02d", t.second);
        if (t.zoned && t.zone == 0)
            sf_buf_char(&out, 'Z');
        else if (t.zoned)
            sf_buf_printf(&out, "%c%02d:%02d", t.zone < 0 ? '-' : '+', abs(t.zone) / 60,
                          abs(t.zone) % 60);
    }
    return sf_buf_str(&out);
}
