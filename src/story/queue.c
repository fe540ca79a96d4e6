/* What a reviewer should look at first. */
#include <stdlib.h>

#include "story/decision.h"

static int doubt_of(const sf_told_fact *f) {
    bool first_hand = false;
    for (size_t i = 0; i < f->receipt_count; i++)
        first_hand = first_hand || !f->receipts[i].relayed;
    return (f->state == SF_DISPUTED ? 8 : 0) + (f->rival_count ? 4 : 0) +
           (f->status == SOFAR_RUMOURED  ? 4
            : f->status == SOFAR_DENIED  ? 3
            : f->status == SOFAR_PLANNED ? 1
                                         : 0) +
           (f->sources <= 1 ? 2 : 0) + (first_hand ? 0 : 2) + (f->first_said.ptr ? 0 : 1);
}

/* Undecided ones first, the most doubtful of them before the others; equals as in the dossier. */
static int by_doubt(const void *a, const void *b) {
    const sf_review *x = a, *y = b;
    if (!x->decision != !y->decision)
        return x->decision ? 1 : -1;
    if (x->doubt != y->doubt)
        return x->doubt > y->doubt ? -1 : 1;
    return x->fact < y->fact ? -1 : x->fact > y->fact;
}

sf_review *sf_review_queue(sf_arena *arena, const sf_dossier *d, const sf_decisions *decisions) {
    sf_review *out = SF_ARRAY(arena, sf_review, d->fact_count);
    for (size_t i = 0; i < d->fact_count; i++)
        out[i] = (sf_review){&d->facts[i], sf_decisions_about(arena, decisions, &d->facts[i]),
                             doubt_of(&d->facts[i])};
    if (d->fact_count)
        qsort(out, d->fact_count, sizeof *out, by_doubt);
    return out;
}

typedef struct looking {
    const sf_decisions *decisions;
    bool **found; /* of each receipt of each decision */
} looking;

static void look(void *ctx, const sf_capture *c) {
    const looking *l = ctx;
    for (size_t i = 0; i < l->decisions->count; i++)
        for (size_t k = 0; k < l->decisions->at[i].receipt_count; k++) {
            sf_span at;
            if (!l->found[i][k])
                l->found[i][k] = sf_decided_locate(&l->decisions->at[i].receipts[k], c, &at);
        }
}

sofar_status sf_decisions_lost(sf_store *store, sf_arena *arena, const sf_decisions *decisions,
                               const sf_decision ***out, size_t *count, sofar_error *err) {
    looking l = {decisions, SF_ARRAY(arena, bool *, decisions->count)};
    for (size_t i = 0; i < decisions->count; i++)
        l.found[i] = SF_ARRAY(arena, bool, decisions->at[i].receipt_count);
    sofar_status status = sf_store_each(store, arena, SF_ABSENT, look, &l, err);
    if (status)
        return status;
    *out = SF_ARRAY(arena, const sf_decision *, decisions->count);
    *count = 0;
    for (size_t i = 0; i < decisions->count; i++) {
        const sf_decision *d = &decisions->at[i];
        size_t found = 0;
        for (size_t k = 0; k < d->receipt_count; k++)
            found += l.found[i][k];
        if (!d->undone && found < d->receipt_count)
            (*out)[(*count)++] = d;
    }
    return SOFAR_OK;
}
