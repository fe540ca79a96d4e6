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

static inline sf_told_role made_role(const char *name, sf_str value, uint32_t subject) {
    return (sf_told_role){.name = sf_str_of(name), .value = value, .subject = subject};
}

/* A fact of up to three roles, of which the first has the number 1; told by one receipt. */
static inline sf_told_fact made_fact_of(sf_arena *arena, const char *type, const char *says,
                                        sf_told_role a, sf_told_role b, sf_told_role c,
                                        sf_receipt receipt) {
    sf_told_fact f = {.type = sf_str_of(type),
                      .says = sf_str_of(says),
                      .roles = SF_ARRAY(arena, sf_told_role, 3),
                      .first_said = receipt.published,
                      .last_said = receipt.published,
                      .sources = 1,
                      .receipts = SF_NEW(arena, sf_receipt),
                      .statuses = SF_NEW(arena, sofar_claim),
                      .origins = SF_NEW(arena, uint64_t),
                      .receipt_count = 1};
    const sf_told_role roles[] = {a, b, c};
    for (size_t i = 0; i < SF_LEN(roles); i++)
        if (roles[i].name.ptr)
            f.roles[f.role_count++] = roles[i];
    *f.receipts = receipt;
    return f;
}

/* A credit, an event, two days in dispute, and what is open. */
static inline void made_facts(sf_arena *arena, sf_dossier *d) {
    static const char ruiz[] = "Ruiz was cast as Mira in August 2021, two months before.";
    static const char may[] = "It comes out on 6 May.", june[] = "It comes out on 3 June.";
    const sf_told_role who = made_role("who", SF_STR("Ana Ruiz"), 2),
                       work = made_role("work", SF_STR("Low Tide"), 1),
                       as = made_role("as", SF_STR("Mira"), 3),
                       on = made_role("on", SF_STR("Kelp+"), 0), none = {.subject = 0};
    d->number = 1;
    d->facts = SF_ARRAY(arena, sf_told_fact, 4);
    d->fact_count = 4;
    d->facts[0] = made_fact_of(arena, "plays", "{who} plays {as|a part} in {work}", who, work, as,
                               made_receipt(ruiz, "cast as Mira"));
    d->facts[1] = made_fact_of(arena, "cast", "{who} was cast{ as {as}} in {work}", who, work, as,
                               made_receipt(ruiz, ruiz));
    d->facts[1].when = SF_STR("2021-08");
    for (int i = 2; i < 4; i++) {
        d->facts[i] = made_fact_of(
            arena, "released", "{work} is to be released{ on {on}}{ in {place}}", work,
            i == 2 ? on : none, none, i == 2 ? made_receipt(may, may) : made_receipt(june, june));
        d->facts[i].when = i == 2 ? SF_STR("2022-05-06") : SF_STR("2022-06-03");
        d->facts[i].status = *d->facts[i].statuses = SOFAR_PLANNED;
        d->facts[i].state = SF_DISPUTED;
        d->facts[i].rivals = SF_NEW(arena, size_t);
        *d->facts[i].rivals = i == 2 ? 3 : 2;
        d->facts[i].rival_count = 1;
    }
    for (size_t i = 0; i < d->fact_count; i++)
        d->facts[i].id = sf_str_format(arena, "Low_Tide/%010zx", i);
    d->open = SF_ARRAY(arena, sf_open_end, 3);
    d->open_count = 3;
    d->open[0] = (sf_open_end){SF_STR("disputed"), 2, SF_ABSENT};
    d->open[1] = (sf_open_end){SF_STR("disputed"), 3, SF_ABSENT};
    d->open[2] = (sf_open_end){SF_STR("missing"), 1, SF_STR("filming_started")};
}

/* "Low Tide": four facts, two quotes, three dated sentences, one of which has two receipts, and an
 * undated page. */
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
    made_facts(arena, d);
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
        d->sources[i] = (sf_told_source){.url = r->url,
                                         .file = r->file,
                                         .outlet = r->outlet,
                                         .title = r->title,
                                         .published = r->published,
                                         .receipts = (size_t)(i == 0 ? 3 : 1)};
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
    d->facts = SF_ARRAY(arena, sf_told_fact, 3);
    d->fact_count = 3;
    for (size_t i = 0; i < 3; i++) {
        d->facts[i] =
            made_fact_of(arena, "made", i ? "{who} made {work}" : NULL, made_role("who", s, 1),
                         made_role("work", s, 0), (sf_told_role){.subject = 0}, *r);
        d->facts[i].type = d->facts[i].by = s;
        d->facts[i].when = i == 2 ? s : SF_ABSENT;
    }
    d->open = SF_NEW(arena, sf_open_end);
    d->open[d->open_count++] = (sf_open_end){SF_STR("missing"), 0, s};
    d->sources = SF_NEW(arena, sf_told_source);
    d->sources[d->source_count++] = (sf_told_source){
        .url = s, .file = s, .outlet = s, .title = s, .published = s, .receipts = 1};
    return d;
}

#endif
