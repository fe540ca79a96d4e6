/* Quotes by and about the subject. Pages that print the same words tell of one quote: it has a
 * receipt a page, and what each page knows of it (who, told to whom, when) is put together. */
#include <stdlib.h>

#include "story/inner.h"

typedef struct said {
    sf_str words;       /* normalised: what makes two of them one */
    sf_str speaker;     /* as the page has it; absent if it does not say */
    sf_str speaker_key; /* normalised */
    bool by_subject;
    const sofar_quote *quote;
    size_t view;
    sf_span span; /* from its first to its last byte */
} said;

typedef sf_vec(said) all_said;

/* ---- what the pages have ---- */

/* The page's words for the speaker are the subject's name, though no subject was made of them. */
static bool speaker_is_mention(const sf_view *view, sf_span speaker) {
    for (size_t i = 0; i < view->mentions.count; i++)
        if (view->mentions.at[i].begin == speaker.begin && view->mentions.at[i].end == speaker.end)
            return true;
    return false;
}

sf_str sf_story_pieces(sf_arena *arena, sf_str text, const sofar_quote *q, sf_str between) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < q->span_count; i++) {
        if (i)
            sf_buf_add(&buf, between);
        sf_buf_add(&buf, sf_span_of(text, q->spans[i]));
    }
    return sf_buf_str(&buf);
}

static void collect(sf_arena *arena, const sf_view *view, size_t number, all_said *out) {
    const sf_capture *c = view->capture;
    for (size_t i = 0; i < c->quote_count; i++) {
        const sofar_quote *q = &c->quotes[i];
        sf_span span = {q->spans[0].begin, q->spans[q->span_count - 1].end};
        bool by = q->speaker != SOFAR_NOBODY ? view->is_subject[q->speaker]
                                             : speaker_is_mention(view, q->speaker_span);
        if (!by && !sf_story_mentioned(view, sf_story_context(c, span)))
            continue;
        said s = {.by_subject = by, .quote = q, .view = number, .span = span};
        sf_str all = sf_story_pieces(arena, c->clipping.text, q, SF_STR(" "));
        s.words = sf_story_words(arena, all);
        if (s.words.len == 0) /* only marks: equal only to itself */
            s.words = all;
        if (q->speaker != SOFAR_NOBODY)
            s.speaker = c->subjects[q->speaker].name;
        else if (by)
            s.speaker = sf_span_of(c->clipping.text, q->speaker_span);
        s.speaker_key = by              ? SF_STR("\x01") /* whatever the page calls the subject */
                        : s.speaker.ptr ? sf_story_words(arena, s.speaker)
                                        : SF_ABSENT;
        *SF_PUSH(arena, out) = s;
    }
}

static int compare_places(const said *x, const said *y) {
    int order = sf_story_compare(x->view, y->view);
    return order ? order : sf_story_compare(x->span.begin, y->span.begin);
}

static int by_words(const void *a, const void *b) {
    const said *x = a, *y = b;
    int order = sf_str_compare(x->words, y->words);
    return order ? order : compare_places(x, y);
}

static int by_speaker(const void *a, const void *b) {
    const said *x = a, *y = b;
    int order = sf_str_compare(x->speaker_key, y->speaker_key);
    return order ? order : compare_places(x, y);
}

/* ---- who said it: names of one speaker on several pages ---- */

static void join_speakers(sf_arena *arena, said *group, size_t count) {
    sf_story_join_names(arena, &group->speaker_key, count, sizeof *group);
    qsort(group, count, sizeof *group, by_speaker);
}

/* ---- one quote out of what was said with the same words by one speaker ---- */

static sf_told_quote tell(sf_arena *arena, sf_view *views, const said *group, size_t count) {
    const said *first = &group[0];
    sf_told_quote out = {.text = sf_story_pieces(arena, views[first->view].capture->clipping.text,
                                                 first->quote, SF_STR(" ... ")),
                         .kind = first->quote->kind,
                         .receipts = SF_ARRAY(arena, sf_receipt, count)};
    for (size_t i = 0; i < count; i++) {
        const said *s = &group[i];
        out.by_subject |= s->by_subject;
        if (s->speaker.ptr &&
            (s->speaker.len > out.speaker.len ||
             (s->speaker.len == out.speaker.len && sf_str_compare(s->speaker, out.speaker) < 0)))
            out.speaker = s->speaker;
        if (!out.via.ptr)
            out.via = s->quote->via;
        if (!out.when.ptr)
            out.when = s->quote->when;
        if (i == 0 || s->view != group[i - 1].view) /* a page that repeats itself tells it once */
            out.receipts[out.receipt_count++] = sf_story_receipt(&views[s->view], s->span);
    }
    return out;
}

static int in_time(const void *a, const void *b) {
    const sf_told_quote *x = a, *y = b;
    int order =
        sf_story_compare_when(sf_story_when(x->when.ptr ? x->when : x->receipts[0].published),
                              sf_story_when(y->when.ptr ? y->when : y->receipts[0].published));
    if (!order)
        order = sf_str_compare(x->text, y->text);
    return order ? order : sf_str_compare(x->speaker, y->speaker);
}

void sf_story_quotes(sf_arena *arena, sf_view *views, size_t count, sf_dossier *out) {
    all_said all = {0};
    sf_vec(sf_told_quote) told = {0};
    for (size_t i = 0; i < count; i++)
        collect(arena, &views[i], i, &all);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_words);
    for (size_t i = 0, end; i < all.count; i = end) {
        for (end = i + 1; end < all.count && sf_str_equal(all.at[end].words, all.at[i].words);)
            end++;
        join_speakers(arena, all.at + i, end - i);
        for (size_t k = i, stop; k < end; k = stop) {
            for (stop = k + 1;
                 stop < end && sf_str_equal(all.at[stop].speaker_key, all.at[k].speaker_key);)
                stop++;
            *SF_PUSH(arena, &told) = tell(arena, views, all.at + k, stop - k);
        }
    }
    if (told.count)
        qsort(told.at, told.count, sizeof *told.at, in_time);
    out->quotes = told.at;
    out->quote_count = told.count;
}
