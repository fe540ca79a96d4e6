/* ISO 8601 and TIMEX3 values in words, never more precise than they are. */
#include "show/plain.h"

sf_str sf_plain_month(int month) {
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return sf_str_of(names[month - 1]);
}

static sf_str civil(sf_arena *arena, sf_date d) {
    if (d.month == 0)
        return sf_str_format(arena, "%d", d.year);
    sf_str month = sf_plain_month(d.month);
    if (d.day == 0)
        return sf_str_format(arena, "%.*s %d", SF_ARG(month), d.year);
    return sf_str_format(arena, "%d %.*s %d", d.day, SF_ARG(month), d.year);
}

typedef struct name {
    const char *code, *word;
} name;

/* "MO" gives morning, "14:30:00+02:00" gives 14:30 */
static sf_str time_of_day(sf_arena *arena, sf_str t) {
    static const name parts[] = {{"MO", "morning"}, {"MI", "midday"}, {"AF", "afternoon"},
                                 {"EV", "evening"}, {"NI", "night"},  {"PM", "afternoon"},
                                 {"AM", "morning"}, {"DT", "daytime"}};
    for (size_t i = 0; i < SF_LEN(parts); i++)
        if (sf_str_equal(t, sf_str_of(parts[i].code)))
            return sf_str_of(parts[i].word);
    bool clock = t.len >= 5 && t.ptr[2] == ':';
    for (size_t i = 0; clock && i < 5; i++)
        clock = i == 2 || sf_is_digit(t.ptr[i]);
    return clock ? sf_str_copy(arena, sf_str_sub(t, 0, 5)) : SF_ABSENT;
}

static sf_str week(sf_arena *arena, sf_str value) {
    sf_interval in;
    if (!sf_interval_parse(value, &in))
        return SF_ABSENT;
    sf_str day = civil(arena, sf_date_from_days(in.first));
    return sf_str_format(arena, "%s of %.*s",
                         sf_str_ends(value, SF_STR("-WE")) ? "weekend" : "week", SF_ARG(day));
}

/* "2021-SU", "2021-Q3", "2021-H1", "2021-W07", "202", "20" */
static sf_str coarse(sf_arena *arena, sf_str v) {
    static const name parts[] = {{"SP", "spring"},
                                 {"SU", "summer"},
                                 {"FA", "autumn"},
                                 {"Q1", "first quarter of"},
                                 {"Q2", "second quarter of"},
                                 {"Q3", "third quarter of"},
                                 {"Q4", "last quarter of"},
                                 {"H1", "first half of"},
                                 {"H2", "second half of"}};
    if (v.len == 2 || v.len == 3)
        return sf_str_format(arena, "%.*s%ss", SF_ARG(v), v.len == 2 ? "00" : "0");
    if (v.len < 6 || v.ptr[4] != '-')
        return SF_ABSENT;
    sf_str year = sf_str_sub(v, 0, 4), rest = sf_str_sub(v, 5, v.len);
    if (rest.ptr[0] == 'W' && rest.len > 2 && sf_is_digit(rest.ptr[1]))
        return week(arena, v);
    if (sf_str_equal(rest, SF_STR("WI"))) { /* it ends in the next year */
        sf_interval in;
        return sf_interval_parse(v, &in) ? sf_str_format(arena, "winter %.*s–%02d", SF_ARG(year),
                                                         sf_date_from_days(in.last).year % 100)
                                         : SF_ABSENT;
    }
    for (size_t i = 0; i < SF_LEN(parts); i++)
        if (sf_str_equal(rest, sf_str_of(parts[i].code)))
            return sf_str_format(arena, "%s %.*s", parts[i].word, SF_ARG(year));
    return SF_ABSENT;
}

static sf_str single(sf_arena *arena, sf_str value) {
    sf_date date;
    if (!sf_date_parse(value, &date))
        return coarse(arena, value);
    sf_str day = civil(arena, date);
    sf_str part = value.len > 11 && value.ptr[10] == 'T'
                      ? time_of_day(arena, sf_str_sub(value, 11, value.len))
                      : SF_ABSENT;
    return part.ptr ? sf_str_format(arena, "%.*s, %.*s", SF_ARG(day), SF_ARG(part)) : day;
}

sf_str sf_plain_day(sf_arena *arena, sf_str value) {
    sf_interval in;
    if (!sf_interval_parse(value, &in))
        return sf_plain_line(arena, value);
    size_t slash = sf_str_find(value, SF_STR("/"), 0);
    sf_str words = SF_ABSENT;
    if (slash == SIZE_MAX) {
        words = single(arena, value);
    } else {
        sf_str a = sf_str_sub(value, 0, slash), b = sf_str_sub(value, slash + 1, value.len);
        sf_str from = a.len ? single(arena, a) : SF_ABSENT;
        sf_str to = b.len ? single(arena, b) : SF_ABSENT;
        if (from.ptr && to.ptr)
            words = sf_str_format(arena, "%.*s to %.*s", SF_ARG(from), SF_ARG(to));
        else if (from.ptr || to.ptr)
            words = sf_str_format(arena, "%s %.*s", from.ptr ? "from" : "until",
                                  SF_ARG(from.ptr ? from : to));
    }
    return words.ptr ? words : sf_plain_line(arena, value);
}
