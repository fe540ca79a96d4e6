/* Claims of one fact put together. What says most is taken first and what says less joins it:
 * "2021" joins "2021-08", a credit without the character joins the one with it. Of several that it
 * could join, a claim takes the one of its own page, then the one that was said nearest in time.
 * Denials come after what they may deny, undated pages last of all. The order is one of content, so
 * no order of adding shows. */
#include <stdlib.h>

#include "story/inner.h"

enum {
    MOST_TRIED = 512, /* facts of a group that a claim is compared to */
    MOST_ASKED = 64,  /* claims of a fact that tell how near it is */
    MOST_WORDS = 200  /* bytes */
};

typedef struct merger {
    sf_arena *arena;
    const sf_claims *claims;
    sf_vec(sf_merged) facts;
} merger;

/* ---- does a claim tell of a fact? ---- */

static bool agrees(const sf_merged *f, const sf_claim *c) {
    const sf_kind *kind = c->kind;
    bool both_dated = sf_days_there(f->days) && sf_days_there(c->days);
    if (!sf_str_equal(f->kind->name, kind->name))
        return false;
    if (kind->when != SF_ANY && both_dated && !sf_days_agree(f->days, c->days))
        return false;
    for (size_t r = 0; r < kind->role_count; r++) {
        const sf_part *a = &f->parts[r], *b = &c->parts[r];
        if (kind->rules[r] != SF_ANY && !sf_part_agrees(kind->roles[r], a, b))
            return false;
        if (kind->aside[r] && a->there != b->there && !both_dated)
            return false;
    }
    return true;
}

typedef struct fit {
    bool own_page;
    size_t roles;  /* that both have */
    int64_t apart; /* days between the two being said */
} fit;

static bool better(fit a, fit b) {
    if (a.own_page != b.own_page)
        return a.own_page;
    if (a.roles != b.roles)
        return a.roles > b.roles;
    return a.apart < b.apart;
}

static fit fit_of(const merger *m, const sf_merged *f, const sf_claim *c) {
    fit out = {.apart = INT64_MAX};
    for (size_t r = 0; r < c->kind->role_count; r++)
        out.roles += f->parts[r].there && c->parts[r].there;
    out.roles += sf_days_there(f->days) && sf_days_there(c->days);
    for (size_t i = 0; i < f->claims.count && i < MOST_ASKED; i++) {
        const sf_claim *other = &m->claims->at[f->claims.at[i]];
        int64_t apart = (int64_t)other->said - c->said;
        out.own_page |= other->view == c->view;
        apart = apart < 0 ? -apart : apart;
        out.apart = apart < out.apart ? apart : out.apart;
    }
    return out;
}

/* ---- taking it up ---- */

static void take_part(merger *m, sf_merged *f, size_t r, const sf_part *p) {
    sf_part *have = &f->parts[r];
    if (!p->there) {
        f->without[r] = true;
    } else if (!have->there || (have->vague && !p->vague)) {
        *have = *p;
    } else if (sf_str_equal(f->kind->roles[r], SF_STR("value")) && have->words.len < MOST_WORDS &&
               sf_str_find(have->words, p->words, 0) == SIZE_MAX) {
        /* "gothic fantasy" and "fantasy drama" are kin of both their words */
        have->words = sf_str_format(m->arena, "%.*s %.*s", SF_ARG(have->words), SF_ARG(p->words));
    }
}

static void take(merger *m, sf_merged *f, uint32_t number) {
    const sf_claim *c = &m->claims->at[number];
    for (size_t r = 0; r < c->kind->role_count; r++)
        take_part(m, f, r, &c->parts[r]);
    int64_t had = (int64_t)f->days.last - f->days.first,
            has = (int64_t)c->days.last - c->days.first;
    if (sf_days_there(c->days) && (!sf_days_there(f->days) || has < had)) {
        f->days = c->days;
        f->when = c->when;
    }
    *SF_PUSH(m->arena, &f->claims) = number;
}

static void begin(merger *m, uint32_t number) {
    const sf_claim *c = &m->claims->at[number];
    sf_merged *f = SF_PUSH(m->arena, &m->facts);
    *f = (sf_merged){.kind = c->kind, .group = c->group, .days = {INT32_MAX, INT32_MAX}};
    take(m, f, number);
}

/* facts[from ...]: those of the claim's group. */
static void place(merger *m, size_t from, uint32_t number) {
    const sf_claim *c = &m->claims->at[number];
    size_t best = SIZE_MAX;
    fit best_fit = {0};
    for (size_t i = from; i < m->facts.count && i - from < MOST_TRIED; i++) {
        if (!agrees(&m->facts.at[i], c))
            continue;
        fit here = fit_of(m, &m->facts.at[i], c);
        if (best == SIZE_MAX || better(here, best_fit)) {
            best = i;
            best_fit = here;
        }
    }
    if (best == SIZE_MAX)
        begin(m, number);
    else
        take(m, &m->facts.at[best], number);
}

/* ---- order ---- */

typedef struct ranked {
    const sf_claim *claim;
    uint32_t number;
} ranked;

static int by_fineness(const void *a, const void *b) {
    const sf_claim *x = ((const ranked *)a)->claim, *y = ((const ranked *)b)->claim;
    int order = sf_story_compare(x->group, y->group);
    if (!order)
        order = (x->said == SF_UNDATED) - (y->said == SF_UNDATED);
    if (!order)
        order = (x->fact->status == SOFAR_DENIED) - (y->fact->status == SOFAR_DENIED);
    if (!order)
        order = sf_story_compare(y->fineness, x->fineness);
    return order ? order
                 : sf_story_compare(((const ranked *)a)->number, ((const ranked *)b)->number);
}

static int by_number(const void *a, const void *b) {
    return sf_story_compare(*(const uint32_t *)a, *(const uint32_t *)b);
}

sf_all_merged sf_story_merge(sf_arena *arena, const sf_claims *claims) {
    merger m = {.arena = arena, .claims = claims};
    ranked *order = SF_ARRAY(arena, ranked, claims->count);
    for (uint32_t i = 0; i < claims->count; i++)
        order[i] = (ranked){&claims->at[i], i};
    if (claims->count)
        qsort(order, claims->count, sizeof *order, by_fineness);
    for (size_t i = 0, from = 0; i < claims->count; i++) {
        if (i && order[i].claim->group != order[i - 1].claim->group)
            from = m.facts.count;
        place(&m, from, order[i].number);
    }
    for (size_t i = 0; i < m.facts.count; i++)
        qsort(m.facts.at[i].claims.at, m.facts.at[i].claims.count, sizeof(uint32_t), by_number);
    return (sf_all_merged){m.facts.at, m.facts.count};
}
