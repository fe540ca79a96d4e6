/* The independent sources of a fact, and the receipt to cite of each. */
#include <stdlib.h>

#include "show/facts.h"

typedef struct witness {
    uint64_t origin;
    size_t receipt, first; /* first: of its origin */
    bool relayed;
} witness;

static int by_origin(const void *a, const void *b) {
    const witness *x = a, *y = b;
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    if (x->relayed != y->relayed)
        return x->relayed ? 1 : -1;
    return (x->receipt > y->receipt) - (x->receipt < y->receipt);
}

static int by_first(const void *a, const void *b) {
    const witness *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Those who say what stands: who affirms it, or who denies it where nobody does. */
static size_t witnesses(const sf_told_fact *f, bool deny, witness *out) {
    size_t count = 0;
    for (size_t i = 0; i < f->receipt_count; i++)
        if ((f->statuses[i] == SOFAR_DENIED) == deny)
            out[count++] = (witness){f->origins[i], i, i, f->receipts[i].relayed};
    return count;
}

sf_receipts sf_show_sources_of(sf_arena *arena, const sf_told_fact *f) {
    witness *all = SF_ARRAY(arena, witness, f->receipt_count);
    size_t count = witnesses(f, false, all), kept = 0;
    if (!count)
        count = witnesses(f, true, all);
    if (count)
        qsort(all, count, sizeof *all, by_origin);
    for (size_t i = 0, end; i < count; i = end) {
        witness w = all[i];
        for (end = i; end < count && all[end].origin == w.origin; end++)
            w.first = all[end].receipt < w.first ? all[end].receipt : w.first;
        all[kept++] = w;
    }
    if (kept)
        qsort(all, kept, sizeof *all, by_first);
    sf_receipts out = {SF_ARRAY(arena, const sf_receipt *, kept), kept};
    for (size_t i = 0; i < kept; i++)
        out.at[i] = &f->receipts[all[i].receipt];
    return out;
}

const sf_receipt *sf_show_first_source(sf_arena *arena, const sf_told_fact *f) {
    sf_receipts all = sf_show_sources_of(arena, f);
    return all.count ? all.at[0] : f->receipts;
}

sf_str sf_show_sources_line(sf_arena *arena, const sf_told_fact *f) {
    const sf_receipt *r = sf_show_first_source(arena, f);
    sf_str count = sf_plain_count(arena, f->sources, "source", "sources");
    sf_str outlet = sf_plain_outlet(arena, r->outlet, r->url, r->file);
    sf_str day = r->published.len ? sf_plain_day(arena, r->published) : SF_STR("undated");
    return sf_str_format(arena, "%.*s%s%.*s, %.*s", SF_ARG(count),
                         f->sources > 1 ? ", first " : ": ", SF_ARG(outlet), SF_ARG(day));
}
