/* Captures one by one: for questions to the whole store, which need not fit into memory. */
#include "store/inner.h"

typedef struct each {
    sf_str name;
    const sf_str *phrases; /* or these, as of a day; NULL: the name, or all */
    size_t phrase_count;
    sf_date as_of;
    void (*visit)(void *ctx, const sf_capture *capture); /* or until one is enough: */
    bool (*want)(void *ctx, const sf_capture *capture);
    void *ctx;
    size_t total;
    sf_arena ids, page; /* of all captures; one of them */
    const char *fault;
    int64_t faulty;
} each;

/* The last day of it, as SF_SQL_SEARCH_IN compares. */
static sf_str bound_of(sf_arena *arena, sf_date as_of) {
    sf_str bound = sf_date_format(arena, as_of);
    if (!bound.ptr)
        return bound;
    return sf_str_format(arena, "%.*s%s", SF_ARG(bound),
                         as_of.day     ? ""
                         : as_of.month ? "-99"
                                       : "-99-99");
}

static sf_ids ids_of(sf_store *store, each *e) {
    if (!e->phrases)
        return e->name.ptr ? sf_store_find_ids(store, &e->ids, &e->name, 1, true)
                           : sf_store_ids(store, &e->ids, sf_store_sql(store, SF_SQL_IN_ORDER));
    sf_stmt *s = sf_store_sql(store, SF_SQL_WORDS);
    store->engine->bind_words(store, &e->ids, s, e->phrases, e->phrase_count);
    sf_bind_str(store, s, 2, bound_of(&e->ids, e->as_of));
    return sf_store_ids(store, &e->ids, s);
}

static void run(sf_store *store, sf_arena *arena, void *ctx) {
    each *e = ctx;
    bool more = true;
    e->ids.escape = e->page.escape = arena->escape;
    sf_store_do(store, SF_SQL_BEGIN_READ);
    sf_ids ids = ids_of(store, e);
    e->total = ids.count;
    for (size_t i = 0; i < ids.count && more && !store->trouble && !e->fault; i++) {
        sf_capture c;
        sf_arena_reset(&e->page);
        e->faulty = ids.at[i];
        if (!sf_store_load(store, &e->page, ids.at[i], &c, &e->fault) && !store->trouble)
            e->fault = "its row is not there";
        if (e->fault || store->trouble)
            continue;
        if (e->want)
            more = e->want(e->ctx, &c);
        else
            e->visit(e->ctx, &c);
    }
}

static sofar_status go(sf_store *store, sf_arena *arena, each *e, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: commit the open batch before reading",
                       store->path);
    sf_arena_init(&e->ids, arena->memory, NULL);
    sf_arena_init(&e->page, arena->memory, NULL);
    sf_store_guard(store, arena, run, e);
    sf_arena_clear(&e->page);
    sf_arena_clear(&e->ids);
    sf_store_end_reading(store);
    if (store->trouble)
        return sf_store_fail(store, err, "reading the pages");
    if (e->fault)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: capture %lld is damaged: %s; `sofar doctor` tells more", store->path,
                       (long long)e->faulty, e->fault);
    return SOFAR_OK;
}

sofar_status sf_store_each(sf_store *store, sf_arena *arena, sf_str name,
                           void (*visit)(void *ctx, const sf_capture *capture), void *ctx,
                           sofar_error *err) {
    each e = {.name = name, .visit = visit, .ctx = ctx};
    return go(store, arena, &e, err);
}

sofar_status sf_store_search(sf_store *store, sf_arena *arena, const sf_str *phrases, size_t count,
                             sf_date as_of, bool (*want)(void *ctx, const sf_capture *capture),
                             void *ctx, size_t *total, sofar_error *err) {
    each e = {.phrases = phrases, .phrase_count = count, .as_of = as_of, .want = want, .ctx = ctx};
    sofar_status status =
        count ? go(store, arena, &e, err) : sf_fail(err, SOFAR_ERR_USAGE, "no words to search for");
    if (!status)
        *total = e.total;
    return status;
}
