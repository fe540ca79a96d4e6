/* How what is known changed, told from the finished dossier: each receipt has its page's day and
 * what that page says, so a fact's first page, the first that says otherwise, and the first page of
 * a value that took another's place are all there. */
#include <stdlib.h>

#include "show/item.h"

const char *sf_turning_word(sf_turning what) {
    static const char *const words[] = {"new", "changed", "replaced", "disputed", "no longer"};
    return words[what];
}

typedef sf_vec(sf_turn) turns;

static int32_t last_day(sf_str published) {
    sf_interval in;
    return published.len && sf_interval_parse(published, &in) ? in.last : INT32_MIN;
}

/* Stated beats planned beats rumoured; a denial stands until somebody affirms it again. */
static sofar_claim onward(sofar_claim is, sofar_claim says) {
    return is == SOFAR_DENIED || says == SOFAR_DENIED || says < is ? says : is;
}

static void own_turns(sf_arena *arena, const sf_told_fact *f, turns *out) {
    bool told = false;
    sofar_claim is = SOFAR_STATED;
    for (size_t i = 0; i < f->receipt_count; i++) {
        const sf_receipt *r = &f->receipts[i];
        if (!r->published.len)
            continue;
        sofar_claim next = told ? onward(is, f->statuses[i]) : f->statuses[i];
        if (!told || next != is)
            *SF_PUSH(arena, out) = (sf_turn){.what = !told                  ? SF_TURN_TOLD
                                                     : next == SOFAR_DENIED ? SF_TURN_ENDED
                                                                            : SF_TURN_BECAME,
                                             .day = r->published,
                                             .fact = f,
                                             .from = is,
                                             .to = next,
                                             .receipt = r};
        told = true;
        is = next;
    }
}

static const sf_receipt *first_dated(const sf_told_fact *f) {
    for (size_t i = 0; i < f->receipt_count; i++)
        if (f->receipts[i].published.len)
            return &f->receipts[i];
    return NULL;
}

/* Of two that cannot both hold, the one said later is the change; said on one day, the one that
 * stands later in the dossier. */
static bool comes_after(const sf_told_fact *f, const sf_told_fact *other) {
    const sf_receipt *a = first_dated(f), *b = first_dated(other);
    if (!a || !b)
        return false;
    int32_t x = last_day(a->published), y = last_day(b->published);
    return x != y ? x > y : f > other;
}

/* The value last said before it, of those it took the place of. */
static void rival_turn(sf_arena *arena, const sf_dossier *d, const sf_told_fact *f, turns *out) {
    const sf_told_fact *was = NULL;
    for (size_t i = 0; i < f->rival_count; i++) {
        const sf_told_fact *other = &d->facts[f->rivals[i]];
        if (comes_after(f, other) && other->state != SF_CURRENT &&
            (!was || comes_after(other, was)))
            was = other;
    }
    if (!was || !sf_fact_stands(f))
        return;
    const sf_receipt *r = first_dated(f);
    *SF_PUSH(arena, out) =
        (sf_turn){.what = f->state == SF_DISPUTED ? SF_TURN_CONTESTED : SF_TURN_REPLACED,
                  .day = r->published,
                  .fact = f,
                  .was = was,
                  .to = f->statuses[r - f->receipts],
                  .receipt = r};
}

static int in_order(const void *a, const void *b) {
    const sf_turn *x = a, *y = b;
    int32_t p = last_day(x->day), q = last_day(y->day);
    if (p != q)
        return p < q ? -1 : 1;
    if (x->fact != y->fact)
        return x->fact < y->fact ? -1 : 1;
    return (x->what > y->what) - (x->what < y->what);
}

sf_turns sf_show_turns(sf_arena *arena, const sf_dossier *d) {
    turns out = {0};
    for (size_t i = 0; i < d->fact_count; i++) {
        own_turns(arena, &d->facts[i], &out);
        rival_turn(arena, d, &d->facts[i], &out);
    }
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, in_order);
    return (sf_turns){out.at, out.count};
}

/* The fact in words as it stood with another status: by the words that another fact of its type has
 * for it, else with the status before it. */
static sf_str words_as(sf_arena *arena, const sf_dossier *d, const sf_told_fact *f,
                       sofar_claim status) {
    if (f->status == status)
        return sf_plain_fact(arena, f);
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *other = &d->facts[i];
        if (!other->says.ptr || other->told != status || !sf_str_equal(other->type, f->type))
            continue;
        sf_told_fact as = *f;
        as.status = as.told = status;
        as.says = other->says;
        return sf_plain_fact(arena, &as);
    }
    return sf_str_format(arena, "%s: %.*s", sf_claim_word(status), SF_ARG(sf_plain_fact(arena, f)));
}

sf_str sf_turn_before(sf_arena *arena, const sf_dossier *d, const sf_turn *t) {
    if (t->was)
        return sf_plain_fact(arena, t->was);
    return t->what == SF_TURN_TOLD ? SF_ABSENT : words_as(arena, d, t->fact, t->from);
}

sf_str sf_turn_after(sf_arena *arena, const sf_dossier *d, const sf_turn *t) {
    return words_as(arena, d, t->fact, t->to);
}
