#include "story/diff.h"

#include <stdlib.h>

#include "story/inner.h"

const char *sf_learned_word(sf_learned learned) {
    static const char *const words[] = {"new", "changed", "withdrawn", "newly sourced"};
    return words[learned];
}

typedef struct witness { /* a receipt, and the fact it stands for */
    const sf_receipt *receipt;
    size_t fact;
    const sf_str *type;
} witness;

static int compare(const sf_receipt *a, const sf_str *a_type, const sf_receipt *b,
                   const sf_str *b_type) {
    int order = strcmp(a->sha256, b->sha256);
    if (!order)
        order = sf_str_compare(a->url, b->url);
    if (!order)
        order = sf_story_compare(a->span.begin, b->span.begin);
    if (!order)
        order = sf_story_compare(a->span.end, b->span.end);
    return order ? order : sf_str_compare(*a_type, *b_type);
}

static int by_receipt(const void *a, const void *b) {
    const witness *x = a, *y = b;
    int order = compare(x->receipt, x->type, y->receipt, y->type);
    return order ? order : sf_story_compare(x->fact, y->fact);
}

typedef struct witnesses {
    witness *at;
    size_t count;
} witnesses;

static witnesses of(sf_arena *arena, const sf_dossier *d) {
    sf_vec(witness) out = {0};
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; r < d->facts[i].receipt_count; r++)
            *SF_PUSH(arena, &out) = (witness){&d->facts[i].receipts[r], i, &d->facts[i].type};
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, by_receipt);
    return (witnesses){out.at, out.count};
}

static size_t first_of(const witnesses *w, const sf_receipt *receipt, const sf_str *type) {
    size_t low = 0, high = w->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(w->at[middle].receipt, w->at[middle].type, receipt, type) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool same_roles(const sf_told_fact *a, const sf_told_fact *b) {
    if (a->role_count != b->role_count)
        return false;
    for (size_t i = 0; i < a->role_count; i++)
        if (!sf_str_equal(a->roles[i].name, b->roles[i].name) ||
            !sf_str_equal(a->roles[i].value, b->roles[i].value))
            return false;
    return true;
}

/* One place may tell of several facts of a type ("Ana Ruiz and Jo Park star"): the one whose roles
 * are the same, else one that has a role in common beside what all have. */
static size_t likeness(const sf_told_fact *a, const sf_told_fact *b) {
    size_t common = 0;
    for (size_t i = 0; i < a->role_count; i++)
        for (size_t k = 0; k < b->role_count; k++)
            common += sf_str_equal(a->roles[i].name, b->roles[k].name) &&
                      sf_str_equal(a->roles[i].value, b->roles[k].value);
    return 4 * common + (sf_str_equal(a->when, b->when) ? 2 : 0) + same_roles(a, b);
}

/* The earlier fact that the later one was; SIZE_MAX if it is new. */
static size_t before(const sf_dossier *from, const witnesses *w, const sf_told_fact *f) {
    enum { MOST = 32 }; /* facts told at one place */
    size_t best = SIZE_MAX, most = 0;
    for (size_t r = 0; r < f->receipt_count; r++) {
        size_t at = first_of(w, &f->receipts[r], &f->type);
        for (size_t n = 0; n < MOST && at + n < w->count; n++) {
            const witness *here = &w->at[at + n];
            if (compare(here->receipt, here->type, &f->receipts[r], &f->type) != 0)
                break;
            size_t like = likeness(&from->facts[here->fact], f);
            if (like > most || (like == most && here->fact < best)) {
                most = like;
                best = here->fact;
            }
        }
    }
    return most >= 4 ? best : SIZE_MAX;
}

static bool judge(const sf_told_fact *was, const sf_told_fact *is, sf_learned *what) {
    if (is->state == SF_WITHDRAWN && was->state != SF_WITHDRAWN)
        *what = SF_LEARNED_WITHDRAWN;
    else if (is->state != was->state || is->status != was->status ||
             !sf_str_equal(is->when, was->when) || !same_roles(is, was))
        *what = SF_LEARNED_CHANGED;
    else if (is->sources > was->sources)
        *what = SF_LEARNED_SOURCED;
    else
        return false;
    return true;
}

static int in_order(const void *a, const void *b) {
    const sf_change *x = a, *y = b;
    int order = (x->what > y->what) - (x->what < y->what);
    return order ? order : sf_story_compare(x->after, y->after);
}

sf_diff sf_story_diff(sf_arena *arena, const sf_dossier *from, const sf_dossier *to) {
    sf_diff out = {from, to, SF_ARRAY(arena, sf_change, to->fact_count), 0};
    witnesses w = of(arena, from);
    for (size_t i = 0; i < to->fact_count; i++) {
        sf_change change = {SF_LEARNED_NEW, before(from, &w, &to->facts[i]), i};
        if (change.before == SIZE_MAX ||
            judge(&from->facts[change.before], &to->facts[i], &change.what))
            out.changes[out.count++] = change;
    }
    if (out.count)
        qsort(out.changes, out.count, sizeof *out.changes, in_order);
    return out;
}
