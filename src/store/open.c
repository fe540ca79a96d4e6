/* Opening, closing, batches and counting, whatever the engine. */
#include "store/inner.h"

#include <stdlib.h>

bool sf_store_is_server(const char *where) {
    return sf_str_starts(sf_str_of(where), SF_STR("postgresql://")) ||
           sf_str_starts(sf_str_of(where), SF_STR("postgres://"));
}

sofar_status sf_store_open(const char *where, sf_store_mode mode, sf_store **out,
                           sofar_error *err) {
    const sf_engine *engine = sf_store_is_server(where) ? sf_engine_postgresql : &sf_engine_sqlite;
    if (!engine)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "this sofar was built without PostgreSQL; name a file with --store");
    sf_store *store = calloc(1, engine->handle_size);
    if (store) {
        store->engine = engine;
        store->where = strdup(where);
        store->path = engine->name_of(where);
    }
    if (!store || !store->where || !store->path) {
        sf_store_close(store);
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while opening the store");
    }
    sofar_status status = engine->open(store, mode, err);
    if (!status && mode == SF_STORE_WRITE) {
        sf_store_add_gists(store);
        if (store->trouble)
            status = sf_store_fail(store, err, "bringing it up to date");
    }
    if (status)
        sf_store_close(store);
    else
        *out = store;
    return status;
}

void sf_store_close(sf_store *store) {
    if (!store)
        return;
    ZSTD_freeCCtx(store->zip);
    free(store->scratch);
    free(store->where);
    free(store->path);
    store->engine->close(store);
}

sofar_status sf_store_begin(sf_store *store, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: a batch is open already", store->path);
    store->engine->begin_batch(store);
    if (store->trouble)
        return sf_store_fail(store, err, "beginning to write");
    store->batch = true;
    return SOFAR_OK;
}

sofar_status sf_store_commit(sf_store *store, sofar_error *err) {
    sf_store_settle(store);
    if (!store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: no batch is open", store->path);
    bool lost = store->engine->batch_lost(store);
    store->batch = false;
    if (lost)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: the batch was given up: its pages are not in the store", store->path);
    store->engine->end_batch(store);
    if (store->trouble) {
        sf_store_end_reading(store); /* gives up what could not be committed */
        return sf_store_fail(store, err, "committing pages");
    }
    return SOFAR_OK;
}

const char *sf_store_path(const sf_store *store) { return store->path; }

sofar_status sf_store_limit(sf_store *store, int pages) {
    sf_store_settle(store);
    return store->engine->limit && store->engine->limit(store, pages) ? SOFAR_OK : SOFAR_ERR_STORE;
}

sofar_status sf_store_about(sf_store *store, sf_store_facts *out, sofar_error *err) {
    sf_store_settle(store);
    sf_store_facts facts = {.version = store->version, .engine = store->about};
    int64_t *counts[] = {&facts.captures, &facts.undated, &facts.originals, &facts.quotes,
                         &facts.times};
    sf_stmt *s = sf_store_sql(store, SF_SQL_COUNTS);
    if (sf_store_row(store, s)) {
        for (size_t i = 0; i < SF_LEN(counts); i++)
            *counts[i] = sf_column_int(store, s, (int)i);
        sf_store_finish(store, s);
    }
    if (store->trouble)
        return sf_store_fail(store, err, "counting what it holds");
    *out = facts;
    return SOFAR_OK;
}
