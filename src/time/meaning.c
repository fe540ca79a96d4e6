/* What a match means: one function an action of grammar.txt. */
#include <stdlib.h>

#include "time/story.h"

static bool give(telling *story, sofar_time *out, when w) {
    out->value = sf_when_format(story->arena, w);
    if (w.grain == UNIT_DAY && (w.part || w.minute >= 0))
        out->type = SOFAR_TIME;
    if (out->value.ptr && w.grain != UNIT_NONE) {
        story->now = w;
        if (w.grain == UNIT_QUARTER && story->page.grain == UNIT_DAY &&
            sf_when_first(sf_when_shift(w, UNIT_QUARTER, 1)) <= sf_when_first(story->page))
            story->period = w;
    }
    return true;
}

/* ---- which one of those that come again ---- */

/* What comes once a year, week ...: `at` makes the occurrence of a year. */
typedef struct recurring {
    unit grain;
    int n, day; /* month and day; season, quarter, half number; holiday index in n for HOLIDAY */
    bool is_holiday;
} recurring;

static when holiday_in(int index, int year) {
    const holiday *h = &sf_grammar_holidays[index];
    if (h->weekday == -1)
        return sf_when_day(sf_easter_day(year) + h->day);
    if (h->weekday == 0)
        return sf_when_of_date((sf_date){year, h->month, h->day});
    if (h->nth > 0) {
        sf_date first = {year, h->month, 1};
        int ahead = (h->weekday - sf_weekday(first) + 7) % 7;
        return sf_when_day(sf_days_from_date(first) + ahead + (h->nth - 1) * 7 + h->day);
    }
    sf_date last = {year, h->month, sf_month_length(year, h->month)};
    int back = (sf_weekday(last) - h->weekday + 7) % 7;
    return sf_when_day(sf_days_from_date(last) - back + h->day);
}

static when occurrence(const recurring *r, int year) {
    if (year < 1 || year > 9998)
        return NOWHEN;
    if (r->is_holiday)
        return holiday_in(r->n, year);
    if (r->grain == UNIT_DAY) {
        sf_date date = {year, r->n, r->day};
        return sf_date_valid(date) ? sf_when_of_date(date) : NOWHEN;
    }
    return sf_when_of(r->grain, year, r->n);
}

static int32_t last_day(when w) {
    return w.grain == UNIT_DAY ? sf_when_first(w) : sf_when_first(sf_when_shift(w, w.grain, 1)) - 1;
}

/* Days from the page's day to w: negative before, 0 if w holds it. */
static int32_t distance(when page, when w) {
    int32_t day = sf_when_first(page);
    return day > last_day(w)        ? last_day(w) - day
           : day < sf_when_first(w) ? sf_when_first(w) - day
                                    : 0;
}

/* The nearest occurrence on the asked side (-1, 0 either, 1) of the page's day, which counts to
 * both unless strictly is set. */
static when nearest(when page, const recurring *r, int side, bool strictly) {
    when best = NOWHEN;
    int32_t best_days = 0;
    for (int year = page.year - 5; year <= page.year + 5; year++) { /* February 29 */
        when w = occurrence(r, year);
        if (w.grain == UNIT_NONE)
            continue;
        int32_t days = distance(page, w);
        if ((side && days * side < 0) || (strictly && days == 0))
            continue;
        if (best.grain == UNIT_NONE || abs(days) < abs(best_days))
            best = w, best_days = days;
    }
    return best;
}

/* How far tense carries, in days. A day that was a year ago is given with its year, whatever the
 * verb; a month of last year may well go without, if the verb is clear, and so may the day of a
 * plan
 * ("slated for December 17", said in February). Tuned on TimeBank. */
enum { FAR = 200, NEAR = 70 };

static bool is_too_far(const recurring *r, bool strong, int32_t asked, int32_t near) {
    bool carried = strong && (r->grain != UNIT_DAY || asked > 0);
    return !carried && abs(asked) > FAR && abs(near) < NEAR;
}

static when settle(telling *story, const match *m, const recurring *r) {
    if (story->page.grain == UNIT_NONE || story->page.grain > UNIT_MONTH)
        return NOWHEN;
    bool strong;
    int side = sf_tense_around(story->tokens, m->begin, m->end, &strong);
    when near = nearest(story->page, r, 0, false);
    if (r->grain == UNIT_QUARTER || r->grain == UNIT_HALF) /* reports speak of the last one */
        return side > 0 ? near : nearest(story->page, r, -1, false);
    when asked = nearest(story->page, r, side, false);
    if (near.grain == UNIT_NONE || asked.grain == UNIT_NONE)
        return near;
    return is_too_far(r, strong, distance(story->page, asked), distance(story->page, near)) ? near
                                                                                            : asked;
}

/* ---- calendar ---- */

/* The year a match gives: spelled, or counted from the page or the story; 0 if none. */
static int year_of(const telling *story, const match *m) {
    const edge *e = sf_match_edge(m, SYM_YEAR, 0);
    if (!e)
        e = sf_match_edge(m, SYM_OLDYEAR, 0);
    if (e)
        return e->value;
    if (m->rule->short_year) { /* '69: the last one before the page's next year */
        int two = match_value(m, SYM_TWO, 0),
            page = story->page.grain ? story->page.year + 1 : 2069;
        return page - ((page - two) % 100 + 100) % 100;
    }
    if (!m->rule->relative)
        return 0;
    e = sf_match_edge(m, SYM_DEIXIS, 0);
    when from = e ? story->page : story->now;
    if (!e)
        e = sf_match_edge(m, SYM_STORYREF, 0);
    from = sf_when_in(from, UNIT_YEAR);
    return e && from.grain ? from.year + e->value : 0;
}

static int first_value(const match *m, const int *symbols, size_t count, int otherwise) {
    for (size_t i = 0; i < count; i++) {
        const edge *e = sf_match_edge(m, symbols[i], 0);
        if (e)
            return e->value;
    }
    return otherwise;
}

#define VALUE(m, otherwise, ...)                                                                   \
    first_value((m), (const int[]){__VA_ARGS__}, SF_LEN(((const int[]){__VA_ARGS__})), (otherwise))

/* What the match names, the year aside. False if it is a year alone or a weekday. */
static bool named(const match *m, recurring *r) {
    int month = VALUE(m, 0, SYM_MONTH, SYM_PUREMONTH), season = VALUE(m, 0, SYM_SEASON, SYM_FALL);
    int day = VALUE(m, 0, SYM_DAY, SYM_DAYWORD, SYM_ORDDAY);
    const edge *feast = sf_match_edge(m, SYM_HOLIDAY, 0);
    *r = (recurring){0};
    if (feast)
        *r = (recurring){UNIT_DAY, feast->value, 0, true};
    else if (season)
        *r = (recurring){UNIT_SEASON, season, 0, false};
    else if (m->rule->unit == UNIT_QUARTER || m->rule->unit == UNIT_HALF)
        *r = (recurring){m->rule->unit, VALUE(m, 0, SYM_ORD, SYM_QUARTERCODE, SYM_HALF), 0, false};
    else if (month)
        *r = (recurring){day ? UNIT_DAY : UNIT_MONTH, month, day, false};
    return r->grain != UNIT_NONE;
}

/* A weekday of the page's week, or the one on the asked side. */
static when weekday_near(when page, int weekday, int side, bool strictly) {
    int32_t today = sf_when_first(page);
    int ahead = (weekday - sf_weekday(sf_date_from_days(today)) + 7) % 7;
    if (side > 0)
        return sf_when_day(today + (ahead == 0 && strictly ? 7 : ahead));
    return sf_when_day(today + (ahead == 0 && !strictly ? 0 : ahead - 7));
}

static when weekday_of(telling *story, const match *m, int weekday) {
    const edge *other = sf_match_edge(m, SYM_STORYREF, 0);
    if (other && story->now.grain == UNIT_DAY) /* "the previous Friday" */
        return weekday_near(sf_when_in(story->now, UNIT_DAY), weekday, other->value,
                            other->value != 0);
    if (story->page.grain != UNIT_DAY)
        return NOWHEN;
    const edge *deixis = sf_match_edge(m, SYM_DEIXIS, 0);
    if (deixis && sf_match_edge(m, SYM_WEEK, 0)) /* "Friday of last week" */
        return sf_when_day(sf_when_first(sf_when_shift(story->page, UNIT_WEEK, deixis->value)) +
                           weekday - 1);
    if (m->rule->dir && deixis && deixis->value)
        return weekday_near(story->page, weekday, deixis->value, true);
    bool strong;
    int side = sf_tense_around(story->tokens, m->begin, m->end, &strong);
    if (deixis) /* "this Friday" lies ahead unless the verb says otherwise */
        side = side ? side : 1;
    return weekday_near(story->page, weekday, side, false);
}

/* A day of the month in the year in which it falls on that weekday, nearest to the page. */
static when on_weekday(telling *story, const recurring *r, int weekday) {
    int base = story->page.year;
    for (int far = 0; far <= 3 && story->page.grain != UNIT_NONE; far++)
        for (int sign = -1; sign <= 1; sign += 2) {
            when w = occurrence(r, base + far * sign);
            if (w.grain == UNIT_DAY && sf_weekday((sf_date){w.year, w.n, w.day}) == weekday)
                return w;
        }
    return NOWHEN;
}

static when directed(telling *story, const match *m, const recurring *r) {
    int side = match_value(m, SYM_DEIXIS, 0);
    if (story->page.grain == UNIT_NONE || story->page.grain > UNIT_MONTH)
        return NOWHEN;
    if (side)
        return nearest(story->page, r, side, true);
    return occurrence(r, story->page.year); /* "this fall" */
}

static when calendar(telling *story, const match *m) {
    recurring r;
    int year = year_of(story, m), weekday = VALUE(m, 0, SYM_WEEKDAY, SYM_WEEKDAYSHORT);
    if (!named(m, &r)) {
        if (weekday)
            return weekday_of(story, m, weekday);
        int ordday = VALUE(m, 0, SYM_ORDDAY);
        if (ordday) { /* "the 15th": of the month the story stands in */
            when month = sf_when_in(story->now, UNIT_MONTH);
            sf_date date = {month.year, month.n, ordday};
            return month.grain && sf_date_valid(date) ? sf_when_of_date(date) : NOWHEN;
        }
        return year ? sf_when_year(year) : NOWHEN;
    }
    if (year)
        return occurrence(&r, year);
    if (weekday && r.grain == UNIT_DAY) {
        when w = on_weekday(story, &r, weekday);
        if (w.grain != UNIT_NONE)
            return w;
    }
    return m->rule->dir ? directed(story, m, &r) : settle(story, m, &r);
}

/* Minutes of the day; -1 if the match has no clock. */
static int minutes_of(const match *m) {
    int clock = VALUE(m, -1, SYM_CLOCK, SYM_CLOCKDOT, SYM_HOUR, SYM_NOON);
    const edge *half = sf_match_edge(m, SYM_AMPM, 0);
    if (half && clock > 0) {
        if (clock >= 13 * 60)
            return clock;
        clock = clock % 720 + half->value * 720;
    }
    return clock >= 1440 ? 0 : clock;
}

static void add_hour(telling *story, const match *m, when *w) {
    int minute = minutes_of(m), part = VALUE(m, w->part, SYM_DAYPART);
    if (minute < 0) {
        w->part = part;
        return;
    }
    if (part >= PART_AFTERNOON && minute < 720 && minute >= 60)
        minute += 720;
    if (w->grain == UNIT_NONE)
        *w = story->now.grain == UNIT_DAY ? sf_when_in(story->now, UNIT_DAY) : NOWHEN;
    w->minute = w->grain == UNIT_DAY || w->grain == UNIT_NONE ? minute : -1;
}

/* "on a wet Tuesday": some Tuesday, as "a Tuesday" is. */
static bool is_some_weekday(const tokens *t, const match *m) {
    if (!VALUE(m, 0, SYM_WEEKDAY, SYM_WEEKDAYSHORT) || sf_match_edge(m, SYM_MONTH, 0) ||
        m->begin < 2)
        return false;
    const token *quality = &t->list.at[m->begin - 1];
    return !quality->capital && !quality->punct &&
           (sf_token_is(t, m->begin - 2, "a") || sf_token_is(t, m->begin - 2, "an"));
}

static bool do_date(telling *story, const match *m, sofar_time *out) {
    if (is_some_weekday(story->tokens, m))
        return true;
    bool clock_only = minutes_of(m) >= 0 && !sf_match_edge(m, SYM_MONTH, 0) &&
                      !VALUE(m, 0, SYM_WEEKDAY, SYM_WEEKDAYSHORT);
    when w = clock_only ? NOWHEN : calendar(story, m);
    if (m->rule->type == SOFAR_TIME || sf_match_edge(m, SYM_DAYPART, 0))
        add_hour(story, m, &w);
    if (m->rule->unit == UNIT_WEEK || m->rule->unit == UNIT_WEEKEND)
        w = sf_when_in(w, (unit)m->rule->unit);
    return give(story, out, w);
}

static bool do_dayref(telling *story, const match *m, sofar_time *out) {
    int by = VALUE(m, 0, SYM_DAYREF, SYM_NIGHT);
    when w = story->page.grain == UNIT_DAY ? sf_when_shift(story->page, UNIT_DAY, by) : NOWHEN;
    if (w.grain) {
        if (sf_match_edge(m, SYM_NIGHT, 0))
            w.part = PART_NIGHT;
        add_hour(story, m, &w);
    }
    return give(story, out, w);
}

/* 2021-10-15; 2021-10 is a month where it can be no range. */
static bool do_iso(telling *story, const match *m, sofar_time *out) {
    int year = VALUE(m, 0, SYM_YEAR), month = VALUE(m, 0, SYM_TWO);
    const edge *day = sf_match_edge(m, SYM_TWO, 1);
    sf_date date = {year, month, day ? day->value : 0};
    if (!day && month > year % 100) {
        if (month - year % 100 > 50)
            return false;
        out->value = sf_str_format(story->arena, "%04d/%04d", year, year / 100 * 100 + month);
        return true;
    }
    if (month == 0 || (day && day->value == 0) || !sf_date_valid(date))
        return false;
    return give(story, out, sf_when_of_date(date));
}

static bool do_numeric(telling *story, const match *m, sofar_time *out) {
    bool is_date;
    int from, to;
    if (sf_numeric_years(token_of(story->tokens, m->begin), &from, &to)) {
        out->value = sf_str_format(story->arena, "%04d/%04d", from, to);
        return true;
    }
    when w = sf_numeric_date(token_of(story->tokens, m->begin), story->order, &is_date);
    return is_date && give(story, out, w);
}

/* ---- counted ---- */

static int unit_of(const match *m) {
    return VALUE(m, m->rule->unit, SYM_UNIT, SYM_UNITS, SYM_PERIOD);
}

/* The quarter a report is about: the one last spoken of, or the last that had ended. */
static when reported(const telling *story) {
    if (story->period.grain == UNIT_QUARTER)
        return story->period;
    return sf_when_shift(story->page, UNIT_QUARTER, -1);
}

static bool do_unit(telling *story, const match *m, sofar_time *out) {
    int u = unit_of(m), by = VALUE(m, m->rule->by, SYM_DEIXIS, SYM_STORYREF, SYM_NEXTDAY);
    if (sf_match_edge(m, SYM_NEXTDAY, 0))
        u = UNIT_DAY;
    if (u < UNIT_DAY)
        return false; /* "this minute" */
    if (u == UNIT_QUARTER && !sf_match_edge(m, SYM_DEIXIS, 0))
        return give(story, out, sf_when_shift(reported(story), UNIT_QUARTER, by));
    return give(story, out,
                sf_when_shift(m->rule->from == FROM_PAGE ? story->page : story->now, (unit)u, by));
}

static bool do_shift(telling *story, const match *m, sofar_time *out) {
    int u = unit_of(m), number = VALUE(m, 1, SYM_NUM, SYM_ONE);
    when from = m->rule->from == FROM_PAGE ? story->page : story->now;
    if (u < UNIT_DAY || sf_match_edge(m, SYM_SOME, 0) || number > 9999) {
        out->type = u < UNIT_DAY ? SOFAR_TIME : SOFAR_DATE;
        return true;
    }
    if (u == UNIT_YEAR && story->period.grain == UNIT_QUARTER && m->rule->by < 0 && m->begin > 0) {
        /* "a year earlier" in a report on a quarter; the report goes on about that quarter */
        out->value =
            sf_when_format(story->arena, sf_when_shift(story->period, UNIT_QUARTER, -4 * number));
        return true;
    }
    bool counted = sf_match_edge(m, SYM_NUM, 0) || sf_match_edge(m, SYM_ONE, 0);
    if (m->rule->from == FROM_STORY && counted && from.grain == UNIT_DAY &&
        (u == UNIT_WEEK || u == UNIT_FORTNIGHT)) /* "a week later", from a day */
        number *= u == UNIT_WEEK ? 7 : 14, u = UNIT_DAY;
    return give(story, out, sf_when_shift(from, (unit)u, number * m->rule->by));
}

/* "the latest period", "the 1988 quarter", "the year-ago period" */
static bool do_period(telling *story, const match *m, sofar_time *out) {
    const edge *year = sf_match_edge(m, SYM_YEAR, 0);
    when w = reported(story);
    const edge *nth = sf_match_edge(m, SYM_ORD, 0);
    if (nth && w.grain && nth->value <= 4) {
        recurring r = {UNIT_QUARTER, nth->value, 0, false};
        w = nearest(story->page, &r, -1, false);
    }
    if (w.grain)
        w.year = year ? year->value : w.year + m->rule->by;
    else if (year)
        w = sf_when_year(year->value);
    out->value = sf_when_format(story->arena, w);
    return true;
}

/* "the quarter ended July 31": the quarter of the calendar that holds its middle, so that a book
 * year out of step with the calendar still gets the quarter it shares most days with. */
static bool do_ended(telling *story, const match *m, sofar_time *out) {
    enum { HALF_QUARTER = 45 };
    recurring r;
    int year = year_of(story, m);
    when end = NOWHEN;
    if (named(m, &r) && year)
        end = occurrence(&r, year);
    else if (r.grain != UNIT_NONE && story->page.grain == UNIT_DAY)
        end =
            nearest(story->page, &r, sf_token_is(story->tokens, m->end, "ending") ? 0 : -1, false);
    if (end.grain == UNIT_NONE)
        return true;
    when middle = sf_when_day(last_day(end) - HALF_QUARTER);
    when known = story->period; /* numbered by the book year, if the report has named it */
    give(story, out, sf_when_in(middle, UNIT_QUARTER));
    if (known.grain == UNIT_QUARTER)
        story->period = known;
    return true;
}

/* The future or the past at large. */
static bool do_reference(const match *m, sofar_time *out) {
    out->value = m->rule->by < 0 ? SF_STR("PAST_REF") : SF_STR("FUTURE_REF");
    return true;
}

/* "the weekend", "this weekend": the last one or the one ahead. */
static bool do_weekend(telling *story, const match *m, sofar_time *out) {
    bool strong;
    int side = sf_tense_around(story->tokens, m->begin, m->end, &strong);
    when w = story->page.grain == UNIT_DAY ? sf_when_in(story->page, UNIT_WEEKEND) : NOWHEN;
    int weekday = w.grain ? sf_weekday(sf_date_from_days(sf_when_first(story->page))) : 0;
    if (side < 0 && weekday < 5)
        w = sf_when_shift(w, UNIT_WEEKEND, -1);
    return give(story, out, w);
}

static bool do_duration(telling *story, const match *m, sofar_time *out) {
    if (m->rule->n < 0) /* "two to three weeks" */
        return true;
    if (unit_of(m) == UNIT_MONTH) /* "the first nine months": no longer the quarter */
        story->period = NOWHEN;
    int number = VALUE(m, m->rule->n ? m->rule->n : !m->rule->half, SYM_NUM, SYM_ONE);
    const edge *tenths = sf_match_edge(m, SYM_DECIMAL, 0);
    if (tenths) {
        out->value = sf_duration_tenths(story->arena, (unit)unit_of(m), tenths->value);
        return out->value.ptr != NULL;
    }
    out->value =
        sf_duration_format(story->arena, (unit)unit_of(m), number, m->rule->x, m->rule->half);
    return out->value.ptr != NULL;
}

static bool do_set(telling *story, const match *m, sofar_time *out) {
    static const char *const part[] = {"", "TMO", "TAF", "TEV", "TNI"};
    static const char *const season[] = {"SP", "SU", "FA", "WI"};
    int weekday = VALUE(m, 0, SYM_WEEKDAY, SYM_WEEKDAYS), month = VALUE(m, 0, SYM_MONTH);
    int at = VALUE(m, 0, SYM_DAYPART, SYM_DAYPARTS),
        u = VALUE(m, 0, SYM_UNIT, SYM_UNITS, SYM_OFTEN);
    const edge *s = sf_match_edge(m, SYM_SEASON, 0);
    if (weekday)
        out->value = sf_str_format(story->arena, "XXXX-WXX-%d%s", weekday, part[at]);
    else if (at)
        out->value = sf_str_format(story->arena, "XXXX-XX-XX%s", part[at]);
    else if (month)
        out->value = sf_str_format(story->arena, "XXXX-%02d", month);
    else if (s)
        out->value = sf_str_format(story->arena, "XXXX-%s", season[s->value - 1]);
    else
        out->value =
            sf_duration_format(story->arena, (unit)u,
                               m->rule->n > 1 ? m->rule->n : VALUE(m, 1, SYM_NUM), false, false);
    return true;
}

static bool do_decade(telling *story, const match *m, sofar_time *out) {
    int decade = VALUE(m, 0, SYM_DECADE, SYM_DECADESHORT, SYM_DECADENAME);
    const edge *year = sf_match_edge(m, SYM_YEAR, 0); /* "the 1990's" */
    if (year && year->value % 10)
        return false;
    if (year)
        decade = year->value / 10;
    when w = decade < 0 ? (when){.grain = UNIT_CENTURY, .year = -decade * 100, .minute = -1}
                        : (when){.grain = UNIT_DECADE, .year = decade * 10, .minute = -1};
    return give(story, out, w);
}

static bool do_century(telling *story, const match *m, sofar_time *out) {
    int nth = VALUE(m, 0, SYM_ORD);
    if (nth < 1 || nth > 30)
        return false;
    return give(story, out,
                (when){.grain = UNIT_CENTURY, .year = (nth - 1) * 100 + (nth == 1), .minute = -1});
}

/* ---- ranges ---- */

static bool do_range(telling *story, const match *m, sofar_time *out) {
    const edge *first = sf_match_edge(m, SYM_YEAR, 0), *second = sf_match_edge(m, SYM_YEAR, 1);
    when from = NOWHEN, to = NOWHEN;
    const edge *month = sf_match_edge(m, SYM_MONTH, 0), *month2 = sf_match_edge(m, SYM_MONTH, 1);
    const edge *day = sf_match_edge(m, SYM_DAY, 0), *day2 = sf_match_edge(m, SYM_DAY, 1);
    if (month) {
        recurring r = {day ? UNIT_DAY : UNIT_MONTH, month->value, day ? day->value : 0, false};
        from = first ? occurrence(&r, first->value) : settle(story, m, &r);
        if (month2)
            r.n = month2->value;
        if (day2)
            r.day = day2->value;
        to = from.grain ? occurrence(&r, from.year) : NOWHEN;
        if (from.grain && to.grain && sf_when_first(to) < sf_when_first(from))
            to = occurrence(&r, from.year + 1);
    } else if (first && second) {
        if (second->value <= first->value || second->value - first->value > 200)
            return false;
        from = sf_when_year(first->value), to = sf_when_year(second->value);
    }
    sf_str a = sf_when_format(story->arena, from), b = sf_when_format(story->arena, to);
    out->value =
        a.ptr && b.ptr ? sf_str_format(story->arena, "%.*s/%.*s", SF_ARG(a), SF_ARG(b)) : SF_ABSENT;
    return true;
}

bool sf_time_mean(telling *story, const match *m, sofar_time *out) {
    out->type = (sofar_timex)m->rule->type;
    out->value = SF_ABSENT;
    switch (m->rule->action) {
    case DO_DATE: return do_date(story, m, out);
    case DO_DAYREF: return do_dayref(story, m, out);
    case DO_ISO: return do_iso(story, m, out);
    case DO_NUMERIC: return do_numeric(story, m, out);
    case DO_UNIT: return do_unit(story, m, out);
    case DO_SHIFT: return do_shift(story, m, out);
    case DO_PERIOD: return do_period(story, m, out);
    case DO_ENDED: return do_ended(story, m, out);
    case DO_REFERENCE: return do_reference(m, out);
    case DO_WEEKEND: return do_weekend(story, m, out);
    case DO_DURATION: return do_duration(story, m, out);
    case DO_SET: return do_set(story, m, out);
    case DO_DECADE: return do_decade(story, m, out);
    case DO_CENTURY: return do_century(story, m, out);
    case DO_RANGE: return do_range(story, m, out);
    case DO_OPEN: return true; /* "on a Sunday" */
    default: return false;     /* DO_NOTHING */
    }
}
