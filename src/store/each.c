/* Captures one by one: for questions to the whole store, which need not fit into memory. */
#include "store/inner.h"

typedef struct each {
    sf_str name;
    void (*visit)(void *ctx, const sf_capture *capture);
    void *ctx;
    sf_arena page; /* holds one capture */
    const char *fault;
    int64_t faulty;
} each;

static void run(sf_store *store, sf_arena *arena, void *ctx) {
    each *e = ctx;
    e->page.escape = arena->escape;
    sf_store_do(store, SF_SQL_BEGIN_READ);
    sqlite3_stmt *s = sf_store_sql(store, e->name.ptr ? SF_SQL_SEARCH : SF_SQL_IN_ORDER);
    if (e->name.ptr) {
        sf_bind_str(store, s, 1, sf_store_phrase(arena, e->name));
        sf_bind_str(store, s, 2, SF_ABSENT);
        sf_bind_str(store, s, 3, sf_store_name_list(arena, &e->name, 1));
    }
    while (sf_store_row(store, s)) {
        sf_capture c;
        sf_arena_reset(&e->page);
        sf_store_load(store, &e->page, s, &c, &e->fault);
        if (store->rc != SQLITE_OK)
            return;
        if (!e->fault)
            e->fault = sf_store_check_spans(&e->page, &c);
        if (e->fault) {
            e->faulty = c.id;
            return;
        }
        e->visit(e->ctx, &c);
    }
}

sofar_status sf_store_each(sf_store *store, sf_arena *arena, sf_str name,
                           void (*visit)(void *ctx, const sf_capture *capture), void *ctx,
                           sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: commit the open batch before reading",
                       store->path);
    each e = {.name = name, .visit = visit, .ctx = ctx};
    sf_arena_init(&e.page, arena->memory, NULL);
    sf_store_guard(store, arena, run, &e);
    sf_arena_clear(&e.page);
    sofar_status status = SOFAR_OK;
    if (store->rc != SQLITE_OK)
        status = sf_store_fail(store, err, "reading the pages");
    else if (e.fault)
        status = sf_fail(err, SOFAR_ERR_STORE,
                         "%s: capture %lld is damaged: %s; `sofar doctor` tells more", store->path,
                         (long long)e.faulty, e.fault);
    int rc = store->rc;
    sf_store_settle(store); /* ends the read transaction */
    store->rc = rc;
    return status;
}
