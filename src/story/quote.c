/* Quotes by and about the subject. Pages that print the same words tell of one quote: it has a
 * receipt a page, and what each page knows of it (who, told to whom, when) is put together. */
#include <stdlib.h>

#include "story/inner.h"

typedef struct piece { /* a quotation on a page */
    sf_str speaker;    /* as the page has it; absent if it does not say */
    bool by_subject;
    const sofar_quote *quote;
    size_t view;
    sf_span span; /* from its first to its last byte */
} piece;

typedef struct gathering {
    sf_arena *arena;
    sf_view *views;
    sf_vec(piece) pieces;
    sf_vec(sf_said) said; /* of each piece */
    sf_vec(sf_told_quote) told;
} gathering;

sf_str sf_story_pieces(sf_arena *arena, sf_str text, const sofar_quote *q, sf_str between) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < q->span_count; i++) {
        if (i)
            sf_buf_add(&buf, between);
        sf_buf_add(&buf, sf_span_of(text, q->spans[i]));
    }
    return sf_buf_str(&buf);
}

/* What the page calls the speaker. */
static sf_str speaker_of(const sf_capture *c, const sofar_quote *q, bool by) {
    return q->speaker != SOFAR_NOBODY ? c->subjects[q->speaker].name
           : by                       ? sf_span_of(c->clipping.text, q->speaker_span)
                                      : SF_ABSENT;
}

static void collect(gathering *g, size_t number) {
    const sf_view *view = &g->views[number];
    const sf_capture *c = view->capture;
    for (size_t i = 0; i < c->quote_count; i++) {
        const sofar_quote *q = &c->quotes[i];
        sf_span span = {q->spans[0].begin, q->spans[q->span_count - 1].end};
        bool by = sf_story_said_by(view, q);
        if (!by && !sf_story_mentioned(view, sf_story_context(c, span)))
            continue;
        sf_str speaker = speaker_of(c, q, by);
        sf_str all = sf_story_pieces(g->arena, c->clipping.text, q, SF_STR(" "));
        *SF_PUSH(g->arena, &g->said) =
            (sf_said){sf_story_said_words(g->arena, all),
                      by            ? SF_STR("\x01") /* whatever the page calls the subject */
                      : speaker.ptr ? sf_text_fold_words(g->arena, speaker)
                                    : SF_ABSENT,
                      g->pieces.count};
        *SF_PUSH(g->arena, &g->pieces) = (piece){speaker, by, q, number, span};
    }
}

/* ---- one quote out of what was said with the same words by one speaker ---- */

static sf_receipt receipt_of(gathering *g, const piece *p) {
    sf_view *view = &g->views[p->view];
    sf_receipt r = sf_story_receipt(view, p->span);
    r.relayed |= sf_story_is_relayed(g->arena, view->capture, p->quote->via);
    return r;
}

static void tell(void *ctx, const sf_said *group, size_t count) {
    gathering *g = ctx;
    const piece *pieces = g->pieces.at, *first = &pieces[group[0].number];
    sf_str text = g->views[first->view].capture->clipping.text;
    sf_told_quote out = {.text = sf_story_pieces(g->arena, text, first->quote, SF_STR(" ... ")),
                         .kind = first->quote->kind,
                         .receipts = SF_ARRAY(g->arena, sf_receipt, count)};
    for (size_t i = 0; i < count; i++) {
        const piece *p = &pieces[group[i].number];
        out.by_subject |= p->by_subject;
        if (sf_story_is_fuller(p->speaker, out.speaker))
            out.speaker = p->speaker;
        if (!out.via.ptr)
            out.via = p->quote->via;
        if (!out.when.ptr)
            out.when = p->quote->when;
        /* a page that repeats itself tells it once */
        if (i == 0 || p->view != pieces[group[i - 1].number].view)
            out.receipts[out.receipt_count++] = receipt_of(g, p);
    }
    *SF_PUSH(g->arena, &g->told) = out;
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
    gathering g = {.arena = arena, .views = views};
    for (size_t i = 0; i < count; i++)
        collect(&g, i);
    sf_story_join_said(arena, g.said.at, g.said.count, tell, &g);
    if (g.told.count)
        qsort(g.told.at, g.told.count, sizeof *g.told.at, in_time);
    out->quotes = g.told.at;
    out->quote_count = g.told.count;
}
