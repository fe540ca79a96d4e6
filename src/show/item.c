/* Which facts are credits and which events, how each is named in links, and small words about them.
 * The types are those of the standard beats; a type of someone else's beat is an event. */
#include "show/item.h"

#include <stdlib.h>

static const sf_credit credits[] = {
    {"directs", "Directed by", "Director", "directs"},
    {"creates", "Created by", "Creator", "created"},
    {"writes", "Written by", "Writer", "wrote"},
    {"based_on", "Based on", "Based on", "is based on"},
    {"plays", "Cast", "Roles", "plays"},
    {"performs", "Performed by", "Performer", "performs"},
    {"composes", "Music by", "Composer", "composed the music of"},
    {"produces", "Produced by", "Producer", "produces"},
    {"studio", "Companies", "Films and series", "is behind"},
    {"genre", "Kind", "Kind", "is"},
    {"holds", "Posts", "Posts", "works at"},
};
const size_t sf_credit_count = SF_LEN(credits);

const sf_credit *sf_credit_of(sf_str type) {
    for (size_t i = 0; i < SF_LEN(credits); i++)
        if (sf_str_equal(type, sf_str_of(credits[i].type)))
            return &credits[i];
    return NULL;
}

size_t sf_credit_order(const sf_credit *credit) { return (size_t)(credit - credits); }
const sf_credit *sf_credit_at(size_t order) { return &credits[order]; }

bool sf_fact_is_key(const sf_told_fact *f) { return sf_fact_is_event(f) && sf_fact_stands(f); }

const sf_told_role *sf_fact_role(const sf_told_fact *f, const char *name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, sf_str_of(name)))
            return &f->roles[i];
    return NULL;
}

sf_str sf_fact_standing(const sf_told_fact *f) {
    sf_str state = sf_plain_state(f);
    return state.len ? state : sf_str_of(sf_claim_word(f->status));
}

/* ---- words ---- */

sf_str sf_plain_on(sf_arena *arena, sf_str value) {
    sf_date date;
    sf_interval in;
    sf_str day = sf_plain_day(arena, value);
    if (!sf_interval_parse(value, &in) || sf_str_find(value, SF_STR("/"), 0) != SIZE_MAX)
        return day;
    bool exact = sf_date_parse(value, &date) && date.day;
    return sf_str_format(arena, "%s %s%.*s", exact ? "on" : "in", value.len < 4 ? "the " : "",
                         SF_ARG(day));
}

sf_str sf_fact_sentence(sf_arena *arena, const sf_told_fact *f) {
    sf_told_fact bare = *f;
    bare.when = SF_ABSENT;
    sf_str words = sf_plain_fact(arena, &bare);
    if (!f->when.len)
        return words;
    return sf_str_format(arena, "%.*s %.*s", SF_ARG(words), SF_ARG(sf_plain_on(arena, f->when)));
}

sf_str sf_plain_list(sf_arena *arena, const sf_str *names, size_t count, size_t most) {
    sf_buf out = sf_buf_new(arena);
    size_t shown = count > most ? most - 1 : count;
    for (size_t i = 0; i < shown; i++) {
        if (i)
            sf_buf_add(&out, i + 1 == count ? SF_STR(" and ") : SF_STR(", "));
        sf_buf_add(&out, sf_plain_line(arena, names[i]));
    }
    if (shown < count)
        sf_buf_printf(&out, " and %zu more", count - shown);
    return sf_buf_str(&out);
}

/* ---- anchors ---- */

/* By its id where the story gave one; else by its type and roles. */
uint64_t sf_fact_anchor(const sf_told_fact *f) {
    if (f->id.len)
        return sf_str_hash(f->id);
    uint64_t hash = sf_str_hash(f->type) * 31 + 1;
    for (size_t i = 0; i < f->role_count; i++)
        hash = hash * 31 + sf_str_hash(f->roles[i].value) + sf_str_hash(f->roles[i].name);
    return hash * 31 + sf_str_hash(f->when);
}

static uint64_t place_hash(const sf_receipt *r, size_t count) {
    return count ? sf_str_hash(r->url.ptr ? r->url : r->file) * 7 + r->span.begin : 0;
}

uint64_t sf_quote_anchor(const sf_told_quote *q) {
    return ((sf_str_hash(q->text) * 31 + 2) * 31 + sf_str_hash(q->when)) * 31 +
           place_hash(q->receipts, q->receipt_count);
}

uint64_t sf_event_anchor(const sf_told_event *e) {
    return ((sf_str_hash(e->text) * 31 + 3) * 31 + sf_str_hash(e->when)) * 31 +
           place_hash(e->receipts, e->receipt_count);
}

static int by_number(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

uint64_t *sf_show_anchors(sf_arena *arena, const sf_dossier *d, size_t *count) {
    size_t n = 0;
    uint64_t *all = SF_ARRAY(arena, uint64_t, d->fact_count + d->quote_count + d->event_count + 1);
    for (size_t i = 0; i < d->fact_count; i++)
        all[n++] = sf_fact_anchor(&d->facts[i]);
    for (size_t i = 0; i < d->quote_count; i++)
        all[n++] = sf_quote_anchor(&d->quotes[i]);
    for (size_t i = 0; i < d->event_count; i++)
        all[n++] = sf_event_anchor(&d->events[i]);
    qsort(all, n, sizeof *all, by_number);
    *count = n;
    return all;
}

bool sf_known_has(const sf_known *known, uint64_t anchor) {
    return known->count && bsearch(&anchor, known->at, known->count, sizeof anchor, by_number);
}

sf_str sf_first_said(const sf_receipt *receipts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (receipts[i].published.len)
            return receipts[i].published;
    return SF_ABSENT;
}
