/* Dated sentences that name the subject: a time expression with a place in the calendar, in a
 * sentence with a mention. The same sentence for the same day on several pages is one event. */
#include <stdlib.h>

#include "story/inner.h"

typedef struct dated {
    sf_str words; /* of the sentence, normalised */
    sf_str when;
    size_t view;
    sf_span span;
} dated;

typedef sf_vec(dated) all_dated;

/* The day of a time of day is enough here: "2021-10-15T20:00" happened on 2021-10-15. */
static sf_str calendar_value(const sofar_time *t) {
    sf_interval days;
    if ((t->type != SOFAR_DATE && t->type != SOFAR_TIME) || !t->value.ptr)
        return SF_ABSENT;
    sf_str value = t->value;
    if (value.len > 10 && value.ptr[10] == 'T')
        value.len = 10;
    return sf_interval_parse(value, &days) ? value : SF_ABSENT;
}

/* Does a fact tell what happened that day, out of this sentence? */
static bool is_covered(const sf_all_covered *covered, size_t view, sf_span sentence, sf_str when) {
    sf_interval days = sf_story_when(when);
    size_t low = 0, high = covered->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const sf_covered *c = &covered->at[middle];
        if (c->view < view || (c->view == view && c->span.begin < sentence.begin))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < covered->count; low++) {
        const sf_covered *c = &covered->at[low];
        if (c->view != view || c->span.begin >= sentence.end)
            return false;
        if (sf_days_agree(c->days, days))
            return true;
    }
    return false;
}

static void collect(sf_arena *arena, const sf_view *view, size_t number,
                    const sf_all_covered *covered, all_dated *out) {
    const sf_capture *c = view->capture;
    if (view->mentions.count == 0 || c->time_count == 0)
        return;
    for (size_t i = 0; i < c->time_count; i++) {
        sf_str when = calendar_value(&c->times[i]);
        sf_span sentence = c->gist.sentences[i];
        if (!when.ptr || sentence.begin == sentence.end || !sf_story_mentioned(view, sentence) ||
            is_covered(covered, number, sentence, when))
            continue;
        /* A sentence of many dates is written once: its copies are then equal by their address. */
        const dated *last = out->count ? &out->at[out->count - 1] : NULL;
        sf_str words = last && last->view == number && last->span.begin == sentence.begin
                           ? last->words
                           : sf_text_fold_words(arena, sf_span_of(c->clipping.text, sentence));
        *SF_PUSH(arena, out) = (dated){words, when, number, sentence};
    }
}

static int by_words(const void *a, const void *b) {
    const dated *x = a, *y = b;
    int order = sf_str_compare(x->words, y->words);
    if (!order)
        order = sf_str_compare(x->when, y->when);
    if (!order)
        order = sf_story_compare(x->view, y->view);
    return order ? order : sf_story_compare(x->span.begin, y->span.begin);
}

static sf_told_event tell(sf_arena *arena, sf_view *views, const dated *group, size_t count) {
    sf_told_event out = {.when = group->when,
                         .text = sf_span_of(views[group->view].capture->clipping.text, group->span),
                         .receipts = SF_ARRAY(arena, sf_receipt, count)};
    for (size_t i = 0; i < count; i++)
        if (i == 0 || group[i].view != group[i - 1].view)
            out.receipts[out.receipt_count++] =
                sf_story_receipt(&views[group[i].view], group[i].span);
    return out;
}

static int in_time(const void *a, const void *b) {
    const sf_told_event *x = a, *y = b;
    int order = sf_story_compare_when(sf_story_when(x->when), sf_story_when(y->when));
    if (!order)
        order = sf_story_compare_when(sf_story_when(x->receipts[0].published),
                                      sf_story_when(y->receipts[0].published));
    if (!order)
        order = sf_str_compare(x->text, y->text);
    return order ? order : sf_str_compare(x->when, y->when);
}

void sf_story_events(sf_arena *arena, sf_view *views, size_t count, const sf_all_covered *covered,
                     sf_dossier *out) {
    all_dated all = {0};
    sf_vec(sf_told_event) told = {0};
    for (size_t i = 0; i < count; i++)
        collect(arena, &views[i], i, covered, &all);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_words);
    for (size_t i = 0, end; i < all.count; i = end) {
        for (end = i + 1; end < all.count && sf_str_equal(all.at[end].words, all.at[i].words) &&
                          sf_str_equal(all.at[end].when, all.at[i].when);)
            end++;
        *SF_PUSH(arena, &told) = tell(arena, views, all.at + i, end - i);
    }
    if (told.count)
        qsort(told.at, told.count, sizeof *told.at, in_time);
    out->events = told.at;
    out->event_count = told.count;
}
