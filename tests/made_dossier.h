/* Dossiers made by hand, for the tests of show. */
#ifndef MADE_DOSSIER_H
#define MADE_DOSSIER_H

#include "show/show.h"

/* A receipt on a page of The Harbour Post: context[begin of words, + len of words). */
static inline sf_receipt made_receipt(const char *context, const char *words) {
    sf_receipt r = {.url = SF_STR("https://harbourpost.example/2021/low-tide"),
                    .file = SF_STR("pages/02.html"),
                    .outlet = SF_STR("The Harbour Post"),
                    .title = SF_STR("“Low Tide” Wraps on the Coast"),
                    .published = SF_STR("2021-10-15"),
                    .context = sf_str_of(context),
                    .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};
    size_t at = sf_str_find(r.context, sf_str_of(words), 0);
    r.exact = sf_str_of(words);
    r.in_context = (sf_span){(uint32_t)at, (uint32_t)(at + r.exact.len)};
    r.span = (sf_span){(uint32_t)at + 100, (uint32_t)(at + 100 + r.exact.len)};
    return r;
}

/* "Low Tide": two quotes, three dated sentences, one of which has two receipts, and an undated
 * page. */
static inline sf_dossier *made_dossier(sf_arena *arena) {
    static const char wrap[] =
        "“It was,” said Ana Ruiz, “a long summer.” The crew packed up on Tuesday.";
    static const char cast[] = "Ruiz was cast as Mira in August 2021, two months before.";
    static const char open[] = "“Low Tide” opens in the summer of 2022.";
    static const char rain[] = "“Rain & more rain,” a member of the crew wrote.";
    sf_dossier *d = SF_NEW(arena, sf_dossier);
    d->name = SF_STR("Low Tide");
    d->type = SOFAR_WORK;
    d->aliases = SF_ARRAY(arena, sf_str, 1);
    d->aliases[d->alias_count++] = SF_STR("the tide film");
    d->as_of = (sf_date){2021, 10, 31};
    d->quotes = SF_ARRAY(arena, sf_told_quote, 2);
    d->quotes[0] = (sf_told_quote){.speaker = SF_STR("Ana Ruiz"),
                                   .text = SF_STR("It was, ... a long summer."),
                                   .via = SF_STR("Instagram"),
                                   .when = SF_STR("2021-10"),
                                   .receipts = SF_NEW(arena, sf_receipt),
                                   .receipt_count = 1};
    d->quotes[0].receipts[0] = made_receipt(wrap, "It was,” said Ana Ruiz, “a long summer.");
    d->quotes[1] = (sf_told_quote){.text = SF_STR("Rain & more rain,"),
                                   .receipts = SF_NEW(arena, sf_receipt),
                                   .receipt_count = 1};
    d->quotes[1].receipts[0] = made_receipt(rain, "Rain & more rain,");
    d->quotes[1].receipts[0].published = SF_ABSENT;
    d->quotes[1].receipts[0].url = SF_ABSENT;
    d->quote_count = 2;
    d->events = SF_ARRAY(arena, sf_told_event, 2);
    d->events[0] = (sf_told_event){.when = SF_STR("2021-08"),
                                   .text = sf_str_of(cast),
                                   .receipts = SF_ARRAY(arena, sf_receipt, 2),
                                   .receipt_count = 2};
    d->events[0].receipts[0] = made_receipt(cast, cast);
    d->events[0].receipts[1] = made_receipt(cast, cast);
    d->events[0].receipts[1].outlet = SF_STR("Gull & Anchor");
    d->events[0].receipts[1].url = SF_STR("http://gullanchor.example/a?b=c&d=e#top");
    d->events[1] = (sf_told_event){.when = SF_STR("2022-SU"),
                                   .text = sf_str_of(open),
                                   .receipts = SF_NEW(arena, sf_receipt),
                                   .receipt_count = 1};
    d->events[1].receipts[0] = made_receipt(open, open);
    d->event_count = 2;
    d->sources = SF_ARRAY(arena, sf_told_source, 3);
    for (int i = 0; i < 3; i++) {
        const sf_receipt *r = i == 0   ? &d->events[0].receipts[0]
                              : i == 1 ? &d->events[0].receipts[1]
                                       : &d->quotes[1].receipts[0];
        d->sources[i] = (sf_told_source){r->url,   r->file,      r->outlet,
                                         r->title, r->published, (size_t)(i == 0 ? 3 : 1)};
    }
    d->source_count = 3;
    return d;
}

/* A dossier in which every string is the same one. */
static inline sf_dossier *made_of(sf_arena *arena, sf_str s, size_t items) {
    sf_dossier *d = SF_NEW(arena, sf_dossier);
    sf_receipt *r = SF_NEW(arena, sf_receipt);
    sf_str context = sf_str_format(arena, "before ");
    sf_buf all = sf_buf_new(arena);
    sf_buf_add(&all, context), sf_buf_add(&all, s), sf_buf_add(&all, SF_STR(" after"));
    *r = (sf_receipt){.url = s,
                      .file = s,
                      .outlet = s,
                      .title = s,
                      .published = s,
                      .exact = s,
                      .context = sf_buf_str(&all),
                      .sha256 = "00"};
    r->span = r->in_context = (sf_span){7, (uint32_t)(7 + s.len)};
    d->name = s;
    d->aliases = SF_NEW(arena, sf_str);
    d->aliases[d->alias_count++] = s;
    d->quote_count = d->event_count = items;
    d->quotes = SF_ARRAY(arena, sf_told_quote, items);
    d->events = SF_ARRAY(arena, sf_told_event, items);
    for (size_t i = 0; i < items; i++) {
        d->quotes[i] = (sf_told_quote){
            .speaker = s, .text = s, .via = s, .when = s, .receipts = r, .receipt_count = 1};
        d->events[i] = (sf_told_event){.when = s, .text = s, .receipts = r, .receipt_count = 1};
    }
    d->sources = SF_NEW(arena, sf_told_source);
    d->sources[d->source_count++] = (sf_told_source){s, s, s, s, s, 1};
    return d;
}

#endif
