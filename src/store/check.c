/* The doctor: everything the store claims is checked, not only what its engine can check itself. */
#include "store/inner.h"

#include <stdio.h>

struct sf_doctor {
    void (*say)(void *ctx, const char *line);
    void *ctx;
    size_t faults;
};

void sf_store_finding(sf_doctor *d, const char *format, ...) {
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    d->faults++;
    d->say(d->ctx, line);
}

void sf_store_failure(sf_store *store, sf_doctor *d, const char *doing) {
    if (!store->trouble)
        return;
    sf_store_finding(d, "%s: %s (%s)", doing, store->why, store->code);
    sf_store_settle(store);
}

/* ---- captures ---- */

static const char *check_quote_texts(sf_store *store, sf_arena *arena, const sf_capture *c) {
    const char *fault = NULL;
    size_t i = 0;
    sf_stmt *s = sf_store_sql(store, SF_SQL_QUOTE_TEXTS);
    sf_bind_int(store, s, 1, c->id);
    for (; sf_store_row(store, s); i++)
        if (i >= c->quote_count ||
            !sf_str_equal(sf_column_str(store, s, 0),
                          sf_store_quote_text(arena, c->clipping.text, &c->quotes[i])))
            fault = "a quote's words are not those of its spans";
    return fault;
}

/* What questions are answered from says what the rows say. */
static const char *check_gist(sf_store *store, sf_arena *arena, const sf_capture *c) {
    const char *fault = "its gist is not there; a program that writes to the store makes it";
    sofar_reading r = sf_store_reading_of(c);
    sf_gist gist;
    sf_gist_make(arena, &r, &gist);
    sf_stmt *s = sf_store_sql(store, SF_SQL_GIST);
    sf_bind_int(store, s, 1, c->id);
    if (sf_store_row(store, s)) {
        sf_str packed = sf_column_str(store, s, 0), names = sf_column_str(store, s, 1);
        if (packed.ptr)
            fault = sf_str_equal(packed, sf_gist_pack(arena, &r, &gist)) &&
                            sf_str_equal(names, sf_gist_keys(arena, &r))
                        ? NULL
                        : "its gist does not say what its rows say; set both gist and keys to NULL "
                          "and it is made anew";
        sf_store_finish(store, s);
    }
    return fault;
}

/* The first promise over what was stored; NULL if it holds. */
static const char *check_capture(sf_store *store, sf_arena *arena, sf_capture *c) {
    const char *fault;
    sf_str original = sf_store_unzip(store, arena, c->clipping.sha256, &fault);
    if (fault)
        return fault;
    sf_stmt *s = sf_store_sql(store, SF_SQL_SOURCE_MAP);
    sf_bind_int(store, s, 1, c->id);
    if (sf_store_row(store, s)) {
        if (!sf_store_unpack_map(arena, sf_column_str(store, s, 0), &c->clipping.map,
                                 &c->clipping.map_count))
            fault = "the source map cannot be read";
        sf_store_finish(store, s);
    }
    if (fault)
        return fault;
    sofar_reading r = sf_store_reading_of(c);
    fault = sf_reading_check(&r, original);
    if (!fault)
        fault = check_quote_texts(store, arena, c);
    return fault ? fault : check_gist(store, arena, c);
}

typedef struct visit {
    sf_doctor *doctor;
    int64_t id;
} visit;

static void visit_capture(sf_store *store, sf_arena *arena, void *ctx) {
    visit *v = ctx;
    sf_capture c;
    const char *strange = NULL, *fault;
    if (sf_store_load_rows(store, arena, v->id, &c, &strange))
        fault = strange ? strange : check_capture(store, arena, &c);
    else
        fault = "its original is not there";
    sf_str name = c.clipping.file.ptr ? c.clipping.file : c.clipping.url;
    if (fault && !store->trouble)
        sf_store_finding(v->doctor, "capture %lld (%.*s): %s", (long long)v->id, SF_ARG(name),
                         fault);
}

static void list_captures(sf_store *store, sf_arena *arena, void *ctx) {
    *(sf_ids *)ctx = sf_store_ids(store, arena, sf_store_sql(store, SF_SQL_ALL_CAPTURES));
}

/* A capture that the engine fails on is a finding, and the next one is looked at. */
static void check_captures(sf_store *store, sf_doctor *d) {
    sf_arena list, page;
    sf_ids ids = {0};
    sf_arena_init(&list, NULL, NULL);
    sf_store_guard(store, &list, list_captures, &ids);
    for (size_t i = 0; i < ids.count && !store->trouble; i++) {
        visit v = {d, ids.at[i]};
        sf_arena_init(&page, NULL, NULL);
        sf_store_guard(store, &page, visit_capture, &v);
        sf_arena_clear(&page);
        if (store->trouble && store->trouble != SF_NO_MEMORY && store->trouble != SF_LOST) {
            sf_store_finding(d, "capture %lld: %s (%s)", (long long)v.id, store->why, store->code);
            sf_store_settle(store);
        }
    }
    sf_arena_clear(&list);
    if (store->trouble != SF_NO_MEMORY && store->trouble != SF_LOST)
        sf_store_failure(store, d, "captures");
}

sofar_status sf_store_check(sf_store *store, void (*say)(void *ctx, const char *line), void *ctx,
                            size_t *faults, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: commit the open batch before checking",
                       store->path);
    sf_doctor d = {.say = say, .ctx = ctx};
    store->engine->examine(store, &d);
    check_captures(store, &d);
    if (store->trouble)
        return sf_store_fail(store, err, "checking");
    *faults = d.faults;
    return SOFAR_OK;
}
