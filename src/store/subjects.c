/* Which subjects there are to tell of, and whether what there is to tell of one has changed. */
#include <stdlib.h>

#include "store/inner.h"

/* ---- the subjects of facts ---- */

typedef struct told {
    sf_told *out;
    size_t count;
} told;

static int compare_ci(sf_str a, sf_str b) {
    for (size_t i = 0; i < a.len && i < b.len; i++)
        if (sf_lower(a.ptr[i]) != sf_lower(b.ptr[i]))
            return (unsigned char)sf_lower(a.ptr[i]) < (unsigned char)sf_lower(b.ptr[i]) ? -1 : 1;
    return (a.len > b.len) - (a.len < b.len);
}

/* Those of one name together, the one with most facts first. */
static int by_name(const void *a, const void *b) {
    const sf_told *x = a, *y = b;
    int order = compare_ci(x->name, y->name);
    if (order)
        return order;
    if (x->facts != y->facts)
        return x->facts > y->facts ? -1 : 1;
    order = sf_str_compare(x->name, y->name);
    return order ? order : (x->type > y->type) - (x->type < y->type);
}

static sofar_subject_type type_of(sf_str word) {
    for (unsigned t = 0; t < SOFAR_OTHER; t++)
        if (sf_str_equal(word, sf_str_of(sf_subject_word((sofar_subject_type)t))))
            return (sofar_subject_type)t;
    return SOFAR_OTHER;
}

size_t sf_store_join_told(sf_told *all, size_t count) {
    size_t kept = 0;
    if (count)
        qsort(all, count, sizeof *all, by_name);
    for (size_t i = 0; i < count; i++) {
        sf_told *last = kept ? &all[kept - 1] : NULL;
        if (last && compare_ci(last->name, all[i].name) == 0) {
            last->facts += all[i].facts;
            last->renamed |= all[i].renamed;
        } else {
            all[kept++] = all[i];
        }
    }
    return kept;
}

static void run_told(sf_store *store, sf_arena *arena, void *ctx) {
    told *t = ctx;
    sf_vec(sf_told) all = {0};
    sf_stmt *s = sf_store_sql(store, SF_SQL_TOLD);
    while (sf_store_row(store, s))
        *SF_PUSH(arena, &all) = (sf_told){.name = sf_column_copy(store, arena, s, 0),
                                          .type = type_of(sf_column_str(store, s, 1)),
                                          .facts = (size_t)sf_column_int(store, s, 2),
                                          .renamed = sf_column_int(store, s, 3) != 0};
    t->count = sf_store_join_told(all.at, all.count);
    t->out = all.at;
}

sofar_status sf_store_told(sf_store *store, sf_arena *arena, sf_told **out, size_t *count,
                           sofar_error *err) {
    sf_store_settle(store);
    told t = {0};
    sf_store_guard(store, arena, run_told, &t);
    if (store->trouble)
        return sf_store_fail(store, err, "listing the subjects");
    *out = t.out;
    *count = t.count;
    return SOFAR_OK;
}

/* ---- whether something changed ---- */

typedef struct stamping {
    const sf_str *names;
    size_t count;
    uint64_t stamp;
} stamping;

enum { STAMP_COLUMNS = 6 };

static void stamp_with(stamping *t, sf_str s) {
    t->stamp = t->stamp * 1099511628211u + sf_str_hash(s) + 1;
}

static void run_stamp(sf_store *store, sf_arena *arena, void *ctx) {
    stamping *t = ctx;
    sf_store_do(store, SF_SQL_BEGIN_READ);
    sf_ids ids = sf_store_find_ids(store, arena, t->names, t->count, true);
    for (size_t i = 0; i < ids.count && !store->trouble; i++) {
        sf_stmt *row = sf_store_sql(store, SF_SQL_STAMP);
        sf_bind_int(store, row, 1, ids.at[i]);
        while (sf_store_row(store, row))
            for (int column = 0; column < STAMP_COLUMNS; column++)
                stamp_with(t, sf_column_str(store, row, column));
    }
    sf_stmt *decided = sf_store_sql(store, SF_SQL_DECISIONS); /* any may be about these pages */
    while (sf_store_row(store, decided))
        stamp_with(t, sf_column_str(store, decided, 0));
}

sofar_status sf_store_stamp(sf_store *store, sf_arena *arena, const sf_str *names,
                            size_t name_count, uint64_t *stamp, sofar_error *err) {
    sf_store_settle(store);
    stamping t = {.names = names, .count = name_count, .stamp = 14695981039346656037u};
    sf_store_guard(store, arena, run_stamp, &t);
    sf_store_end_reading(store);
    if (store->trouble)
        return sf_store_fail(store, err, "looking for changes");
    *stamp = t.stamp;
    return SOFAR_OK;
}

sofar_status sf_store_seen(sf_store *store, uint64_t *seen, sofar_error *err) {
    sf_store_settle(store);
    sf_stmt *s = sf_store_sql(store, SF_SQL_SEEN);
    while (sf_store_row(store, s))
        *seen = sf_str_hash(sf_column_str(store, s, 0));
    sf_store_end_reading(store);
    return store->trouble ? sf_store_fail(store, err, "looking for changes") : SOFAR_OK;
}

sofar_status sf_store_size(sf_store *store, int64_t *captures, sofar_error *err) {
    sf_store_settle(store);
    sf_stmt *s = sf_store_sql(store, SF_SQL_SIZE);
    while (sf_store_row(store, s))
        *captures = sf_column_int(store, s, 0);
    sf_store_end_reading(store);
    return store->trouble ? sf_store_fail(store, err, "counting the pages") : SOFAR_OK;
}
