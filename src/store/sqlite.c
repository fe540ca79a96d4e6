/* SQLite: a file in WAL mode, statements prepared once a handle, FTS5 for the search index. A batch
 * is a transaction in which each page is a savepoint. */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const own[SF_SQL_COUNT] = {
    [SF_SQL_SEARCH] =
        SF_SQL_SEARCH_IN("SELECT rowid FROM captures_fts WHERE captures_fts MATCH $1 UNION "
                         "SELECT s.capture_id FROM json_each($2) AS j "
                         "JOIN subjects AS s ON s.name = j.value COLLATE NOCASE",
                         "$3"),
    [SF_SQL_WORDS] =
        SF_SQL_SEARCH_IN("SELECT rowid FROM captures_fts WHERE captures_fts MATCH $1", "$2"),
    [SF_SQL_KEYED] = "SELECT rowid FROM captures_keys WHERE captures_keys MATCH $1",
    [SF_SQL_KEYED_IN_ORDER] =
        SF_SQL_ORDERED_IN("SELECT rowid FROM captures_keys WHERE captures_keys MATCH $1"),
    [SF_SQL_NEAR] = SF_SQL_NEAR_IN(
        "SELECT rowid AS id FROM captures_fts WHERE captures_fts MATCH $1 ORDER BY rowid"),
    [SF_SQL_SEEN] = "PRAGMA data_version",
    [SF_SQL_BEGIN_READ] = "BEGIN",
    [SF_SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [SF_SQL_SAVEPOINT] = "SAVEPOINT page",
    [SF_SQL_RELEASE] = "RELEASE page",
    [SF_SQL_ROLLBACK_TO] = "ROLLBACK TO page",
};

/* ---- failures ---- */

static sf_trouble trouble_of(int rc, int system_errno) {
    switch (rc & 0xff) {
    case SQLITE_NOMEM: return SF_NO_MEMORY;
    case SQLITE_FULL: return SF_DISK_FULL;
    case SQLITE_IOERR:
        return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG
                   ? SF_DISK_FULL
                   : SF_DISK_FAILED;
    case SQLITE_NOTADB: return SF_NO_STORE;
    case SQLITE_CORRUPT: return SF_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return SF_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM: return SF_READONLY;
    case SQLITE_CANTOPEN: return SF_CANNOT_OPEN;
    case SQLITE_TOOBIG: return SF_TOO_LARGE;
    default: return SF_OTHER;
    }
}

void sf_sqlite_note(sf_store *store, int rc) {
    if (store->trouble || rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE)
        return;
    sqlite3 *db = sf_sqlite_of(store)->db;
    int now = errno; /* SQLite does not keep it for a write that fails at a commit */
    store->system_errno = sqlite3_system_errno(db);
    if (store->system_errno == 0 && (rc & 0xff) == SQLITE_IOERR)
        store->system_errno = now;
    sf_trouble trouble = trouble_of(rc, store->system_errno);
    char code[16], why[256];
    snprintf(code, sizeof code, "SQLite %d", rc);
    if (trouble == SF_NO_STORE)
        snprintf(why, sizeof why, "not an SQLite file");
    else if (trouble == SF_READONLY)
        snprintf(why, sizeof why, "the file or its folder is read-only; change its permissions");
    else if (trouble == SF_CANNOT_OPEN)
        snprintf(why, sizeof why,
                 "%s; the file and its folder must be there, readable, and writable for adding",
                 store->system_errno ? strerror(store->system_errno) : sqlite3_errmsg(db));
    else
        snprintf(why, sizeof why, "%s", sqlite3_errmsg(db));
    sf_store_note(store, trouble, code, why);
}

/* ---- statements ---- */

static sqlite3_stmt *of(sf_stmt *s) { return (sqlite3_stmt *)s; }

static sf_stmt *statement(sf_store *store, sf_sql which) {
    sqlite3_stmt **s = &sf_sqlite_of(store)->statements[which];
    if (*s)
        sqlite3_reset(*s);
    else
        sf_sqlite_note(store,
                       sqlite3_prepare_v3(sf_sqlite_of(store)->db, sf_store_words(store, which), -1,
                                          SQLITE_PREPARE_PERSISTENT, s, NULL));
    return (sf_stmt *)*s;
}

static void bind_null(sf_store *store, sf_stmt *s, int at) {
    sf_sqlite_note(store, sqlite3_bind_null(of(s), at));
}

static void bind_int(sf_store *store, sf_stmt *s, int at, int64_t value) {
    sf_sqlite_note(store, sqlite3_bind_int64(of(s), at, value));
}

static void bind_bytes(sf_store *store, sf_stmt *s, int at, sf_str value, bool text) {
    sf_sqlite_note(
        store,
        text ? sqlite3_bind_text64(of(s), at, value.ptr, value.len, SQLITE_STATIC, SQLITE_UTF8)
             : sqlite3_bind_blob64(of(s), at, value.ptr, value.len, SQLITE_STATIC));
}

static void run(sf_store *store, sf_stmt *s) {
    sf_sqlite_note(store, sqlite3_step(of(s)));
    sqlite3_reset(of(s));
}

static bool row(sf_store *store, sf_stmt *s) {
    int rc = sqlite3_step(of(s));
    if (rc == SQLITE_ROW)
        return true;
    sf_sqlite_note(store, rc);
    sqlite3_reset(of(s));
    return false;
}

static void finish(sf_store *store, sf_stmt *s) {
    (void)store;
    sqlite3_reset(of(s));
}

static bool is_null(sf_stmt *s, int at) { return sqlite3_column_type(of(s), at) == SQLITE_NULL; }

static int64_t number(sf_stmt *s, int at) { return sqlite3_column_int64(of(s), at); }

static sf_str bytes(sf_stmt *s, int at) {
    const char *p = sqlite3_column_blob(of(s), at); /* as it lies there: no conversion */
    return (sf_str){p ? p : "", (size_t)sqlite3_column_bytes(of(s), at)};
}

void sf_sqlite_execute(sf_store *store, const char *sql) {
    if (!store->trouble)
        sf_sqlite_note(store, sqlite3_exec(sf_sqlite_of(store)->db, sql, NULL, NULL, NULL));
}

int64_t sf_sqlite_number(sf_store *store, const char *sql) {
    int64_t value = 0;
    sqlite3_stmt *s = NULL;
    if (!store->trouble)
        sf_sqlite_note(store, sqlite3_prepare_v2(sf_sqlite_of(store)->db, sql, -1, &s, NULL));
    if (s) {
        int rc = sqlite3_step(s);
        if (rc == SQLITE_ROW)
            value = sqlite3_column_int64(s, 0);
        sf_sqlite_note(store, rc);
        sqlite3_finalize(s);
    }
    return value;
}

/* ---- transactions ---- */

static void settle(sf_store *store) {
    sf_sqlite *q = sf_sqlite_of(store);
    errno = 0;
    for (size_t i = 0; i < SF_SQL_COUNT; i++)
        if (q->statements[i] && sqlite3_stmt_busy(q->statements[i]))
            sqlite3_reset(q->statements[i]);
    if (!store->batch && !sqlite3_get_autocommit(q->db))
        sqlite3_exec(q->db, "ROLLBACK", NULL, NULL, NULL);
}

static void begin_batch(sf_store *store) { sf_store_do(store, SF_SQL_BEGIN_WRITE); }
static void end_batch(sf_store *store) { sf_store_do(store, SF_SQL_COMMIT); }

/* SQLite gave up the whole transaction itself. */
static bool batch_lost(sf_store *store) { return sqlite3_get_autocommit(sf_sqlite_of(store)->db); }

static void begin_page(sf_store *store) {
    sf_store_do(store, store->batch ? SF_SQL_SAVEPOINT : SF_SQL_BEGIN_WRITE);
}

static void commit_page(sf_store *store) {
    sf_store_do(store, store->batch ? SF_SQL_RELEASE : SF_SQL_COMMIT);
}

static void undo_page(sf_store *store) {
    sf_trouble kept = store->trouble;
    store->trouble = SF_FINE;
    if (batch_lost(store)) {
    } else if (store->batch) {
        sf_store_do(store, SF_SQL_ROLLBACK_TO);
        sf_store_do(store, SF_SQL_RELEASE);
    } else {
        sf_store_do(store, SF_SQL_ROLLBACK);
    }
    store->trouble = kept;
}

/* ---- search ---- */

/* Triggers keep the index. */
static void index_capture(sf_store *store, int64_t capture, const sofar_clipping *clipping) {
    (void)store, (void)capture, (void)clipping;
}

void sf_sqlite_phrase(sf_buf *buf, sf_str name) {
    sf_buf_char(buf, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '"')
            sf_buf_char(buf, '"');
        sf_buf_char(buf, name.ptr[i] ? name.ptr[i] : ' '); /* FTS5 would stop at a NUL */
    }
    sf_buf_char(buf, '"');
}

/* "one" OR "another", each with what stands behind it and between them. */
static sf_str phrases(sf_arena *arena, const sf_str *names, size_t count, const char *behind,
                      const char *between) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (i)
            sf_buf_add(&buf, sf_str_of(between));
        sf_sqlite_phrase(&buf, names[i]);
        sf_buf_add(&buf, sf_str_of(behind));
    }
    return sf_buf_str(&buf);
}

static void bind_search(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *names,
                        size_t count) {
    sf_bind_str(store, s, 1, phrases(arena, names, count, "", " OR "));
    sf_bind_str(store, s, 2, sf_store_name_list(arena, names, count));
}

static void bind_words(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *all,
                       size_t count) {
    sf_bind_str(store, s, 1, phrases(arena, all, count, "", " AND "));
}

static void bind_keys(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *keys,
                      size_t count) {
    sf_bind_str(store, s, 1, phrases(arena, keys, count, "", " OR "));
}

static void bind_near(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *beginnings,
                      size_t count) {
    sf_bind_str(store, s, 1, phrases(arena, beginnings, count, "*", " OR "));
}

/* ---- the doctor ---- */

/* Each row of the pragma is a finding, but for "ok". */
static void pragma(sf_store *store, sf_doctor *d, const char *sql, const char *what) {
    sqlite3_stmt *s = NULL;
    sf_sqlite_note(store, sqlite3_prepare_v2(sf_sqlite_of(store)->db, sql, -1, &s, NULL));
    while (s && !store->trouble && row(store, (sf_stmt *)s)) {
        sf_str first = bytes((sf_stmt *)s, 0);
        if (sqlite3_column_count(s) > 1) /* foreign_key_check: table, row, parent */
            sf_store_finding(d, "%s: %.*s row %lld refers to a row of %.*s that is not there", what,
                             SF_ARG(first), (long long)sqlite3_column_int64(s, 1),
                             SF_ARG(bytes((sf_stmt *)s, 2)));
        else if (!sf_str_equal(first, SF_STR("ok")))
            sf_store_finding(d, "%s: %.*s", what, SF_ARG(first));
    }
    sqlite3_finalize(s);
    sf_store_failure(store, d, what);
}

static void check_search_index(sf_store *store, sf_doctor *d, const char *index) {
    char sql[128];
    if (store->readonly)
        return;
    snprintf(sql, sizeof sql, "INSERT INTO %s (%s, rank) VALUES ('integrity-check', 1)", index,
             index);
    int rc = sqlite3_exec(sf_sqlite_of(store)->db, sql, NULL, NULL, NULL);
    if ((rc & 0xff) == SQLITE_CORRUPT)
        sf_store_finding(d,
                         "search index: %s does not match the captures; INSERT INTO %s (%s) "
                         "VALUES ('rebuild') makes it anew",
                         index, index, index);
    else
        sf_sqlite_note(store, rc);
    sf_store_failure(store, d, "search index");
}

static void examine(sf_store *store, sf_doctor *d) {
    pragma(store, d, "PRAGMA integrity_check", "integrity");
    pragma(store, d, "PRAGMA foreign_key_check", "references");
    check_search_index(store, d, "captures_fts");
    check_search_index(store, d, "captures_keys");
}

static bool limit(sf_store *store, int pages) {
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", pages);
    return sf_sqlite_number(store, sql) > 0;
}

static char *name_of(const char *where) { return strdup(where); }

static void close_store(sf_store *store) {
    sf_sqlite *q = sf_sqlite_of(store);
    for (size_t i = 0; i < SF_SQL_COUNT; i++)
        sqlite3_finalize(q->statements[i]);
    sqlite3_close_v2(q->db); /* rolls back what was not committed, merges the log */
    free(q);
}

const sf_engine sf_engine_sqlite = {
    .sql = own,
    .handle_size = sizeof(sf_sqlite),
    .name_of = name_of,
    .open = sf_sqlite_open,
    .close = close_store,
    .settle = settle,
    .statement = statement,
    .bind_null = bind_null,
    .bind_int = bind_int,
    .bind_bytes = bind_bytes,
    .run = run,
    .row = row,
    .finish = finish,
    .is_null = is_null,
    .number = number,
    .bytes = bytes,
    .begin_batch = begin_batch,
    .end_batch = end_batch,
    .batch_lost = batch_lost,
    .begin_page = begin_page,
    .commit_page = commit_page,
    .undo_page = undo_page,
    .index = index_capture,
    .bind_search = bind_search,
    .bind_words = bind_words,
    .bind_keys = bind_keys,
    .bind_near = bind_near,
    .examine = examine,
    .limit = limit,
};
