/* Reading kept pages again: which, of what, and where the new reading goes. */
#include "store/inner.h"

/* maker of nobody: all captures have another one */
enum { NOBODY = -1 };

static void count_outdated(sf_store *store, sf_again *a, int64_t maker) {
    sf_stmt *s = sf_store_sql(store, SF_SQL_OUTDATED);
    sf_bind_int(store, s, 1, a->done);
    sf_bind_int(store, s, 2, maker);
    while (sf_store_row(store, s)) {
        a->total = (size_t)sf_column_int(store, s, 0);
        if (a->total) {
            a->done = sf_column_int(store, s, 1) - 1;
            a->last = sf_column_int(store, s, 2);
        }
    }
}

/* Goes on with a reading of all by the same maker, or begins one. */
static void find_place(sf_store *store, sf_again *a) {
    sf_stmt *s = sf_store_sql(store, SF_SQL_REREADING);
    bool found = false;
    sf_bind_int(store, s, 1, a->maker);
    while (sf_store_row(store, s)) {
        a->done = sf_column_int(store, s, 0);
        found = true;
    }
    count_outdated(store, a, NOBODY);
    if (found)
        return;
    sf_store_do(store, SF_SQL_END_REREADING);
    s = sf_store_sql(store, SF_SQL_BEGIN_REREADING);
    sf_bind_int(store, s, 1, a->maker);
    sf_store_run(store, s);
}

sofar_status sf_store_again(sf_store *store, const sf_maker *maker, bool all, sf_again *out,
                            sofar_error *err) {
    sf_store_settle(store);
    *out = (sf_again){.all = all};
    store->engine->begin_page(store);
    out->maker = sf_store_maker(store, maker);
    if (all)
        find_place(store, out);
    else
        count_outdated(store, out, out->maker);
    if (!store->trouble)
        store->engine->commit_page(store);
    if (store->trouble) {
        store->engine->undo_page(store);
        return sf_store_fail(store, err, "looking for what is to be read again");
    }
    return SOFAR_OK;
}

static void next_ids(sf_store *store, sf_again *a) {
    a->at = a->count = 0;
    sf_stmt *s = sf_store_sql(store, SF_SQL_NEXT_OUTDATED);
    sf_bind_int(store, s, 1, a->done);
    sf_bind_int(store, s, 2, a->all ? NOBODY : a->maker);
    sf_bind_int(store, s, 3, a->last);
    while (sf_store_row(store, s))
        a->ids[a->count++] = sf_column_int(store, s, 0);
    if (a->count)
        a->done = a->ids[a->count - 1];
}

typedef struct kept {
    int64_t id;
    sofar_page page;
    const char *fault;
} kept;

static void load_page(sf_store *store, sf_arena *arena, void *ctx) {
    kept *k = ctx;
    sofar_page *p = &k->page;
    sf_str *fields[] = {&p->file,  &p->captured, &p->url,    &p->content_type, &p->date,
                        &p->title, &p->byline,   &p->outlet, &p->published,    &p->updated};
    sf_stmt *s = sf_store_sql(store, SF_SQL_OUTDATED_PAGE);
    sf_bind_int(store, s, 1, k->id);
    if (!sf_store_row(store, s)) {
        k->fault = "its row is not there";
        return;
    }
    sf_str sha256 = sf_column_copy(store, arena, s, 0);
    for (size_t i = 0; i < SF_LEN(fields); i++)
        *fields[i] = sf_column_copy(store, arena, s, (int)i + 1);
    sf_store_finish(store, s);
    p->bytes = sf_store_unzip(store, arena, sha256.ptr, &k->fault);
}

sofar_status sf_store_again_next(sf_store *store, sf_arena *arena, sf_again *again,
                                 sofar_page *page, int64_t *capture, sofar_error *err) {
    sf_store_settle(store);
    if (again->at == again->count)
        next_ids(store, again);
    if (!store->trouble && again->count == 0)
        return SOFAR_DONE;
    kept k = {.id = again->ids[again->at++]};
    if (!store->trouble)
        sf_store_guard(store, arena, load_page, &k);
    if (store->trouble)
        return sf_store_fail(store, err, "reading an original");
    if (k.fault)
        return sf_fail(err, SOFAR_ERR_FORMAT, "%s: capture %lld: %s; `sofar doctor` tells more",
                       store->path, (long long)k.id, k.fault);
    *page = k.page;
    *capture = k.id;
    return SOFAR_OK;
}

sofar_status sf_store_again_put(sf_store *store, const sf_again *again, int64_t capture,
                                const sofar_reading *reading, const sofar_page *page,
                                sofar_error *err) {
    sf_store_settle(store);
    if (store->batch && store->engine->batch_lost(store))
        return sf_fail(err, SOFAR_ERR_STORE, "%s: the batch was given up; begin another",
                       store->path);
    sf_writing w = {.reading = reading, .page = page, .replaces = capture, .all = again->all};
    sf_store_write(store, &w);
    return store->trouble ? sf_store_fail(store, err, "putting a new reading") : SOFAR_OK;
}

sofar_status sf_store_again_end(sf_store *store, const sf_again *again, sofar_error *err) {
    sf_store_settle(store);
    if (!again->all)
        return SOFAR_OK;
    store->engine->begin_page(store);
    sf_store_do(store, SF_SQL_END_REREADING);
    if (!store->trouble)
        store->engine->commit_page(store);
    if (store->trouble) {
        store->engine->undo_page(store);
        return sf_store_fail(store, err, "ending the reading again");
    }
    return SOFAR_OK;
}
