/* The log of what reviewers decided. */
#include "store/inner.h"

typedef struct reading {
    sf_vec(sf_decision_row) rows;
} reading;

static void read_all(sf_store *store, sf_arena *arena, void *ctx) {
    reading *r = ctx;
    sf_stmt *s = sf_store_sql(store, SF_SQL_DECISIONS);
    while (sf_store_row(store, s)) {
        sf_decision_row *row = SF_PUSH(arena, &r->rows);
        *row = (sf_decision_row){
            sf_column_copy(store, arena, s, 0), sf_column_copy(store, arena, s, 1),
            sf_column_copy(store, arena, s, 2), sf_column_copy(store, arena, s, 3)};
    }
}

sofar_status sf_store_decisions(sf_store *store, sf_arena *arena, sf_decision_row **out,
                                size_t *count, sofar_error *err) {
    sf_store_settle(store);
    reading r = {0};
    sf_store_guard(store, arena, read_all, &r);
    if (store->trouble)
        return sf_store_fail(store, err, "reading the decisions");
    *out = r.rows.at;
    *count = r.rows.count;
    return SOFAR_OK;
}

/* Nobody else adds to the log until the transaction ends. */
static bool is_as_known(sf_store *store, size_t known) {
    int64_t there = 0;
    sf_store_do(store, SF_SQL_LOCK_DECISIONS);
    sf_stmt *s = sf_store_sql(store, SF_SQL_COUNT_DECISIONS);
    while (sf_store_row(store, s))
        there = sf_column_int(store, s, 0);
    return !store->trouble && (uint64_t)there == known;
}

sofar_status sf_store_decide(sf_store *store, const sf_decision_row *rows, size_t count,
                             size_t known, size_t *added, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: commit the open batch before deciding",
                       store->path);
    *added = 0;
    store->engine->begin_page(store); /* decisions go in as a page does: whole or not at all */
    if (known != SF_ANY_LOG && !is_as_known(store, known) && !store->trouble) {
        store->engine->undo_page(store);
        return store->trouble ? sf_store_fail(store, err, "adding decisions") : SOFAR_DONE;
    }
    for (size_t i = 0; i < count && !store->trouble; i++) {
        sf_stmt *s = sf_store_sql(store, SF_SQL_ADD_DECISION);
        sf_bind_str(store, s, 1, rows[i].id);
        sf_bind_str(store, s, 2, rows[i].made);
        sf_bind_str(store, s, 3, rows[i].who);
        sf_bind_str(store, s, 4, rows[i].body);
        if (sf_store_row(store, s)) {
            ++*added;
            sf_store_finish(store, s);
        }
    }
    if (!store->trouble)
        store->engine->commit_page(store);
    if (!store->trouble)
        return SOFAR_OK;
    store->engine->undo_page(store);
    return sf_store_fail(store, err, "adding decisions");
}
