/* The doctor: everything the store claims is checked, not only what SQLite can check itself. */
#include "store/inner.h"

#include <stdio.h>

typedef struct doctor {
    void (*say)(void *ctx, const char *line);
    void *ctx;
    size_t faults;
} doctor;

static void finding(doctor *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void finding(doctor *d, const char *format, ...) {
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    d->faults++;
    d->say(d->ctx, line);
}

/* A failure of SQLite itself is a finding too: the doctor goes on with the next examination. */
static void failure(sf_store *store, doctor *d, const char *doing) {
    if (store->rc == SQLITE_OK)
        return;
    finding(d, "%s: %s (SQLite code %d)", doing, store->why, store->rc);
    sf_store_settle(store);
}

/* Each row of the pragma is a finding, but for "ok". */
static void pragma(sf_store *store, doctor *d, const char *sql, const char *what) {
    sqlite3_stmt *s = NULL;
    sf_store_note(store, sqlite3_prepare_v2(store->db, sql, -1, &s, NULL));
    while (s && sf_store_row(store, s)) {
        sf_str first = sf_column_str(s, 0);
        if (sqlite3_column_count(s) > 1) /* foreign_key_check: table, row, parent */
            finding(d, "%s: %.*s row %lld refers to a row of %.*s that is not there", what,
                    SF_ARG(first), (long long)sqlite3_column_int64(s, 1),
                    SF_ARG(sf_column_str(s, 2)));
        else if (!sf_str_equal(first, SF_STR("ok")))
            finding(d, "%s: %.*s", what, SF_ARG(first));
    }
    sqlite3_finalize(s);
    failure(store, d, what);
}

static void check_search_index(sf_store *store, doctor *d) {
    if (store->readonly)
        return;
    int rc = sqlite3_exec(store->db,
                          "INSERT INTO captures_fts (captures_fts, rank) "
                          "VALUES ('integrity-check', 1)",
                          NULL, NULL, NULL);
    if ((rc & 0xff) == SQLITE_CORRUPT)
        finding(d, "search index: does not match the texts; INSERT INTO captures_fts "
                   "(captures_fts) VALUES ('rebuild') makes it anew");
    else
        sf_store_note(store, rc);
    failure(store, d, "search index");
}

/* ---- captures ---- */

static const char *check_quote_texts(sf_store *store, sf_arena *arena, const sf_capture *c) {
    sqlite3_stmt *s = NULL;
    const char *fault = NULL;
    size_t i = 0;
    sf_store_note(store, sqlite3_prepare_v2(store->db,
                                            "SELECT text FROM quotes WHERE capture_id = ? "
                                            "ORDER BY id",
                                            -1, &s, NULL));
    sf_bind_int(store, s, 1, c->id);
    for (; s && sf_store_row(store, s); i++)
        if (i >= c->quote_count ||
            !sf_str_equal(sf_column_str(s, 0),
                          sf_store_quote_text(arena, c->clipping.text, &c->quotes[i])))
            fault = "a quote's words are not those of its spans";
    sqlite3_finalize(s);
    return fault;
}

/* The first promise over what was stored; NULL if it holds. */
static const char *check_capture(sf_store *store, sf_arena *arena, sf_capture *c) {
    const char *fault;
    sf_str original = sf_store_unzip(store, arena, c->clipping.sha256, &fault);
    if (fault)
        return fault;
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_SOURCE_MAP);
    sf_bind_int(store, s, 1, c->id);
    if (sf_store_row(store, s)) {
        if (!sf_store_unpack_map(arena, sf_column_str(s, 0), &c->clipping.map,
                                 &c->clipping.map_count))
            fault = "the source map cannot be read";
        sqlite3_reset(s);
    }
    if (fault)
        return fault;
    sofar_reading r = {.clipping = c->clipping,
                       .people = {.subjects = c->subjects,
                                  .subject_count = c->subject_count,
                                  .names = c->names,
                                  .name_count = c->name_count},
                       .times = {c->times, c->time_count},
                       .quotes = {.at = c->quotes, .count = c->quote_count},
                       .facts = {c->facts, c->fact_count}};
    fault = sf_reading_check(&r, original);
    return fault ? fault : check_quote_texts(store, arena, c);
}

typedef struct visit {
    doctor *doctor;
    sqlite3_stmt *row;
} visit;

static void visit_capture(sf_store *store, sf_arena *arena, void *ctx) {
    visit *v = ctx;
    sf_capture c;
    const char *strange = NULL;
    sf_store_load(store, arena, v->row, &c, &strange);
    const char *fault = strange ? strange : check_capture(store, arena, &c);
    sf_str name = c.clipping.file.ptr ? c.clipping.file : c.clipping.url;
    if (fault && store->rc == SQLITE_OK)
        finding(v->doctor, "capture %lld (%.*s): %s", (long long)c.id, SF_ARG(name), fault);
}

/* A capture that SQLite fails on is a finding, and the next one is looked at. */
static void check_captures(sf_store *store, doctor *d) {
    sf_arena arena;
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ALL_CAPTURES);
    while (sf_store_row(store, s)) {
        visit v = {d, s};
        int64_t id = sqlite3_column_int64(s, 0);
        sf_arena_init(&arena, NULL, NULL);
        sf_store_guard(store, &arena, visit_capture, &v);
        sf_arena_clear(&arena);
        if ((store->rc & 0xff) == SQLITE_NOMEM)
            return;
        if (store->rc != SQLITE_OK) {
            finding(d, "capture %lld: %s (SQLite code %d)", (long long)id, store->why, store->rc);
            store->rc = SQLITE_OK;
        }
    }
    failure(store, d, "captures");
}

sofar_status sf_store_check(sf_store *store, void (*say)(void *ctx, const char *line), void *ctx,
                            size_t *faults, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: commit the open batch before checking",
                       store->path);
    doctor d = {.say = say, .ctx = ctx};
    pragma(store, &d, "PRAGMA integrity_check", "integrity");
    pragma(store, &d, "PRAGMA foreign_key_check", "references");
    check_search_index(store, &d);
    check_captures(store, &d);
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "checking");
    *faults = d.faults;
    return SOFAR_OK;
}
