/* Captures one by one: for questions to the whole store, which need not fit into memory. */
#include "store/inner.h"

typedef struct each {
    sf_str name;
    void (*visit)(void *ctx, const sf_capture *capture);
    void *ctx;
    sf_arena ids, page; /* of all captures; one of them */
    const char *fault;
    int64_t faulty;
} each;

static void run(sf_store *store, sf_arena *arena, void *ctx) {
    each *e = ctx;
    e->ids.escape = e->page.escape = arena->escape;
    sf_store_do(store, SF_SQL_BEGIN_READ);
    sf_ids ids = e->name.ptr ? sf_store_find_ids(store, &e->ids, &e->name, 1, true)
                             : sf_store_ids(store, &e->ids, sf_store_sql(store, SF_SQL_IN_ORDER));
    for (size_t i = 0; i < ids.count && !store->trouble && !e->fault; i++) {
        sf_capture c;
        sf_arena_reset(&e->page);
        e->faulty = ids.at[i];
        if (!sf_store_load(store, &e->page, ids.at[i], &c, &e->fault) && !store->trouble)
            e->fault = "its row is not there";
        if (!e->fault && !store->trouble)
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
    sf_arena_init(&e.ids, arena->memory, NULL);
    sf_arena_init(&e.page, arena->memory, NULL);
    sf_store_guard(store, arena, run, &e);
    sf_arena_clear(&e.page);
    sf_arena_clear(&e.ids);
    sf_store_end_reading(store);
    if (store->trouble)
        return sf_store_fail(store, err, "reading the pages");
    if (e.fault)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: capture %lld is damaged: %s; `sofar doctor` tells more", store->path,
                       (long long)e.faulty, e.fault);
    return SOFAR_OK;
}
