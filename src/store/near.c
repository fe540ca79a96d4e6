/* A name that nobody knows: what in the store looks like it? Candidates come from pages that hold a
 * word beginning like one of the name's words; they are ranked by edit distance (Levenshtein, with
 * ASCII case aside). */
#include "store/inner.h"

#include <stdlib.h>

enum { PREFIX = 3, WORDS = 8, LONGEST = 80 };

typedef struct candidate {
    sf_str name;
    int64_t pages;
    size_t distance;
} candidate;

typedef struct near {
    sf_str name;
    size_t most;
    sf_str *out;
    size_t count;
} near;

/* The beginnings of the words that are long enough: "ana", "rui". */
static size_t beginnings(sf_str name, sf_str out[WORDS]) {
    size_t words = 0, bytes;
    for (size_t i = 0; i < name.len && words < WORDS;) {
        size_t begin = i, letters = 0, cut = i;
        for (; i < name.len; i += bytes) {
            uint32_t code = sf_utf8_at(name, i, &bytes);
            if (code < 0x80 && !sf_is_alpha((char)code) && !sf_is_digit((char)code))
                break;
            if (letters++ < PREFIX)
                cut = i + bytes;
        }
        if (letters >= PREFIX)
            out[words++] = sf_str_sub(name, begin, cut);
        if (i < name.len && i == begin)
            i++;
    }
    return words;
}

static size_t distance(sf_str a, sf_str b) {
    size_t row[LONGEST + 1];
    for (size_t k = 0; k <= b.len; k++)
        row[k] = k;
    for (size_t i = 0; i < a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < b.len; k++) {
            size_t above = row[k + 1], best = diagonal;
            if (sf_lower(a.ptr[i]) != sf_lower(b.ptr[k])) {
                best = above < best ? above : best;
                best = (row[k] < best ? row[k] : best) + 1;
            }
            row[k + 1] = best;
            diagonal = above;
        }
    }
    return row[b.len];
}

static int nearest_first(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->pages != y->pages)
        return x->pages > y->pages ? -1 : 1;
    return sf_str_compare(x->name, y->name);
}

/* How far off a candidate may be: a third of the letters, or the name is part of it. */
static bool close_enough(sf_str name, const candidate *c) {
    return c->distance <= 1 + name.len / 3 || sf_str_find_ci(c->name, name, 0) != SIZE_MAX ||
           sf_str_find_ci(name, c->name, 0) != SIZE_MAX;
}

static void run(sf_store *store, sf_arena *arena, void *ctx) {
    near *n = ctx;
    sf_vec(candidate) found = {0};
    sf_str words[WORDS];
    size_t word_count = beginnings(n->name, words);
    if (!word_count || n->name.len > LONGEST)
        return;
    sf_stmt *s = sf_store_sql(store, SF_SQL_NEAR);
    store->engine->bind_near(store, arena, s, words, word_count);
    while (sf_store_row(store, s)) {
        candidate c = {sf_column_str(store, s, 0), sf_column_int(store, s, 1), 0};
        if (c.name.len < PREFIX || c.name.len > LONGEST)
            continue;
        c.distance = distance(n->name, c.name);
        if (!close_enough(n->name, &c))
            continue;
        c.name = sf_str_copy(arena, c.name);
        *SF_PUSH(arena, &found) = c;
    }
    if (found.count)
        qsort(found.at, found.count, sizeof *found.at, nearest_first);
    n->count = found.count < n->most ? found.count : n->most;
    n->out = SF_ARRAY(arena, sf_str, n->count);
    for (size_t i = 0; i < n->count; i++)
        n->out[i] = found.at[i].name;
}

sofar_status sf_store_near(sf_store *store, sf_arena *arena, sf_str name, size_t most, sf_str **out,
                           size_t *count, sofar_error *err) {
    sf_store_settle(store);
    near n = {.name = name, .most = most};
    sf_store_guard(store, arena, run, &n);
    if (store->trouble)
        return sf_store_fail(store, err, "looking for a name");
    *out = n.out;
    *count = n.count;
    return SOFAR_OK;
}
