#include "show/weave.h"

#include <stdlib.h>

static sf_woven place(sf_woven w) {
    sf_interval in;
    if (w.when.ptr && sf_interval_parse(w.when, &in) &&
        !(in.first == INT32_MIN && in.last == INT32_MAX))
        w.interval = in;
    else
        w.when = SF_ABSENT;
    return w;
}

static sf_woven of_quote(const sf_told_quote *q) {
    sf_woven w = place((sf_woven){.quote = q, .when = q->when});
    if (!w.when.ptr && q->receipt_count)
        w = place((sf_woven){.quote = q, .when = q->receipts[0].published, .published = true});
    return w;
}

bool sf_weave_holds(const sf_told_fact *f) {
    return place((sf_woven){.fact = f, .when = f->when}).when.ptr != NULL;
}

sf_str sf_woven_text(sf_arena *arena, const sf_woven *w) {
    return w->quote ? w->quote->text : w->event ? w->event->text : sf_plain_fact(arena, w->fact);
}

/* An open beginning is placed at its end. */
static int32_t start(const sf_woven *w) {
    return w->interval.first == INT32_MIN ? w->interval.last : w->interval.first;
}

/* Undated behind dated; early before late, coarse before fine; facts, sentences, quotes; else as
 * the dossier has them, which array order in memory tells: each kind is in one array. */
static int by_time(const void *pa, const void *pb) {
    const sf_woven *a = pa, *b = pb;
    if (!a->when.ptr != !b->when.ptr)
        return a->when.ptr ? -1 : 1;
    if (a->when.ptr && start(a) != start(b))
        return start(a) < start(b) ? -1 : 1;
    if (a->when.ptr && a->interval.last != b->interval.last)
        return a->interval.last > b->interval.last ? -1 : 1;
    if (!a->fact != !b->fact)
        return a->fact ? -1 : 1;
    if (a->fact)
        return (a->fact > b->fact) - (a->fact < b->fact);
    if (!a->event != !b->event)
        return a->event ? -1 : 1;
    if (a->event)
        return (a->event > b->event) - (a->event < b->event);
    return (a->quote > b->quote) - (a->quote < b->quote);
}

/* Days and months stand under their month, a year under none, all else under its own words. */
static void group(sf_arena *arena, sf_woven *w) {
    sf_date date, first = sf_date_from_days(start(w));
    bool long_time = w->when.len < 4; /* a decade or a century */
    w->year = long_time ? sf_plain_day(arena, w->when) : sf_str_format(arena, "%d", first.year);
    if (long_time)
        return;
    if (!sf_date_parse(w->when, &date))
        w->period = w->interval.first != INT32_MIN && w->interval.last != INT32_MAX &&
                            w->interval.last - w->interval.first < 7
                        ? sf_plain_month(first.month)
                        : sf_plain_day(arena, w->when);
    else if (date.month)
        w->period = sf_plain_month(date.month);
}

sf_weave sf_weave_of(sf_arena *arena, const sf_dossier *d) {
    sf_weave weave = {.count = d->quote_count + d->event_count};
    weave.items = SF_ARRAY(arena, sf_woven, weave.count + d->fact_count);
    sf_woven *w = weave.items;
    for (size_t i = 0; i < d->fact_count; i++)
        if (sf_weave_holds(&d->facts[i])) {
            *w++ = place((sf_woven){.fact = &d->facts[i], .when = d->facts[i].when});
            weave.count++;
        }
    for (size_t i = 0; i < d->event_count; i++)
        *w++ = place((sf_woven){.event = &d->events[i], .when = d->events[i].when});
    for (size_t i = 0; i < d->quote_count; i++)
        *w++ = of_quote(&d->quotes[i]);
    if (weave.count)
        qsort(weave.items, weave.count, sizeof *weave.items, by_time);
    for (size_t i = 0; i < weave.count && weave.items[i].when.ptr; i++) {
        group(arena, &weave.items[i]);
        weave.dated++;
    }
    return weave;
}

sf_str sf_woven_day(sf_arena *arena, const sf_woven *w) {
    sf_str day = sf_plain_day(arena, w->when);
    sf_str tail = sf_str_format(arena, " %.*s", SF_ARG(w->year));
    bool range = sf_str_find(day, SF_STR(" to "), 0) != SIZE_MAX;
    if (!range && w->when.len > 4 && sf_str_ends(day, tail))
        day.len -= tail.len;
    return day;
}
