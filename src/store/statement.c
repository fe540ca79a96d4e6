/* The store's SQL, prepared once a handle, and what its failures mean to a person. */
#include "store/inner.h"

#include <errno.h>
#include <stdio.h>

#define CAPTURE_COLUMNS                                                                            \
    "c.id, o.sha256, c.file, c.url, c.outlet, c.title, c.published, c.published_from, c.updated, " \
    "c.lang, c.text, c.captured"

/* Parentheses: strings in pieces, on purpose. */
static const char *const statements[SF_SQL_COUNT] = {
    [SF_SQL_BEGIN_READ] = "BEGIN",
    [SF_SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [SF_SQL_COMMIT] = "COMMIT",
    [SF_SQL_ROLLBACK] = "ROLLBACK",
    [SF_SQL_SAVEPOINT] = "SAVEPOINT page",
    [SF_SQL_RELEASE] = "RELEASE page",
    [SF_SQL_ROLLBACK_TO] = "ROLLBACK TO page",
    [SF_SQL_FIND_CAPTURE] =
        ("SELECT id, published, published_from, file, captured, updated FROM captures "
         "WHERE identity = ?"),
    [SF_SQL_FIND_ORIGINAL] = "SELECT id FROM originals WHERE sha256 = ?",
    [SF_SQL_ADD_ORIGINAL] = "INSERT INTO originals (sha256, length, zstd) VALUES (?, ?, ?)",
    [SF_SQL_ADD_CAPTURE] = ("INSERT INTO captures (id, original_id, title, outlet, published, "
                            "published_from, updated, captured, url, file, lang, reader, "
                            "identity, text, source_map) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    [SF_SQL_ADD_BYLINE] = "INSERT INTO bylines (capture_id, name) VALUES (?, ?)",
    [SF_SQL_ADD_NOTE] = "INSERT INTO notes (capture_id, note) VALUES (?, ?)",
    [SF_SQL_ADD_BLOCK] =
        "INSERT INTO blocks (capture_id, kind, span_begin, span_end) VALUES (?, ?, ?, ?)",
    [SF_SQL_ADD_SUBJECT] = "INSERT INTO subjects (capture_id, name, type) VALUES (?, ?, ?)",
    [SF_SQL_ADD_ALIAS] = "INSERT INTO aliases (subject_id, alias) VALUES (?, ?)",
    [SF_SQL_ADD_NAME] =
        "INSERT INTO names (subject_id, form, span_begin, span_end) VALUES (?, ?, ?, ?)",
    [SF_SQL_ADD_TIME] =
        "INSERT INTO times (capture_id, type, value, span_begin, span_end) VALUES (?, ?, ?, ?, ?)",
    [SF_SQL_ADD_QUOTE] =
        ("INSERT INTO quotes (capture_id, text, kind, speaker_id, to_id, via, said_when, "
         "speaker_begin, speaker_end, cue_begin, cue_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
         "?)"),
    [SF_SQL_ADD_QUOTE_SPAN] =
        "INSERT INTO quote_spans (quote_id, span_begin, span_end) VALUES (?, ?, ?)",
    [SF_SQL_ADD_FACT] =
        "INSERT INTO facts (capture_id, type, status, happened, by_id) VALUES (?, ?, ?, ?, ?)",
    [SF_SQL_ADD_ROLE] = "INSERT INTO roles (fact_id, role, subject_id, value) VALUES (?, ?, ?, ?)",
    [SF_SQL_ADD_RECEIPT] = "INSERT INTO receipts (fact_id, span_begin, span_end) VALUES (?, ?, ?)",
    [SF_SQL_DROP_FACTS] = "DELETE FROM facts WHERE capture_id = ?",
    [SF_SQL_DROP_QUOTES] = "DELETE FROM quotes WHERE capture_id = ?",
    [SF_SQL_DROP_CAPTURE] = "DELETE FROM captures WHERE id = ?",
    /* The bound is compared as text: a month or a year counts as its last day. */
    [SF_SQL_SEARCH] =
        ("SELECT " CAPTURE_COLUMNS
         " FROM captures AS c JOIN originals AS o ON o.id = c.original_id "
         "WHERE c.id IN (SELECT rowid FROM captures_fts WHERE captures_fts MATCH ?1 UNION "
         "SELECT s.capture_id FROM json_each(?3) AS j "
         "JOIN subjects AS s ON s.name = j.value COLLATE NOCASE) AND "
         "(?2 IS NULL OR c.published || substr('-99-99', length(c.published) - 3) <= ?2) "
         "ORDER BY c.published IS NULL, c.published, c.url, c.file, o.sha256, c.identity"),
    [SF_SQL_IN_ORDER] =
        ("SELECT " CAPTURE_COLUMNS
         " FROM captures AS c JOIN originals AS o ON o.id = c.original_id "
         "ORDER BY c.published IS NULL, c.published, c.url, c.file, o.sha256, c.identity"),
    [SF_SQL_ALL_CAPTURES] = ("SELECT " CAPTURE_COLUMNS " FROM captures AS c "
                             "JOIN originals AS o ON o.id = c.original_id ORDER BY c.id"),
    [SF_SQL_BYLINES] = "SELECT name FROM bylines WHERE capture_id = ? ORDER BY id",
    [SF_SQL_BLOCKS] =
        "SELECT kind, span_begin, span_end FROM blocks WHERE capture_id = ? ORDER BY id",
    [SF_SQL_SUBJECTS] = "SELECT id, name, type FROM subjects WHERE capture_id = ? ORDER BY id",
    [SF_SQL_ALIASES] = "SELECT alias FROM aliases WHERE subject_id = ? ORDER BY id",
    [SF_SQL_NAMES] =
        "SELECT form, span_begin, span_end FROM names WHERE subject_id = ? ORDER BY id",
    [SF_SQL_TIMES] =
        "SELECT type, value, span_begin, span_end FROM times WHERE capture_id = ? ORDER BY id",
    [SF_SQL_QUOTES] =
        ("SELECT id, kind, speaker_id, to_id, via, said_when, speaker_begin, "
         "speaker_end, cue_begin, cue_end FROM quotes WHERE capture_id = ? ORDER BY id"),
    [SF_SQL_QUOTE_SPANS] =
        "SELECT span_begin, span_end FROM quote_spans WHERE quote_id = ? ORDER BY id",
    [SF_SQL_FACTS] =
        "SELECT id, type, status, happened, by_id FROM facts WHERE capture_id = ? ORDER BY id",
    [SF_SQL_ROLES] = "SELECT role, subject_id, value FROM roles WHERE fact_id = ? ORDER BY id",
    [SF_SQL_RECEIPTS] = "SELECT span_begin, span_end FROM receipts WHERE fact_id = ? ORDER BY id",
    [SF_SQL_SOURCE_MAP] = "SELECT source_map FROM captures WHERE id = ?",
    [SF_SQL_ORIGINAL] = "SELECT length, zstd FROM originals WHERE sha256 = ?",
    [SF_SQL_NEAR] =
        ("SELECT s.name, count(*) FROM (SELECT rowid FROM captures_fts "
         "WHERE captures_fts MATCH ? ORDER BY rowid LIMIT 200) AS f "
         "JOIN subjects AS s ON s.capture_id = f.rowid GROUP BY s.name ORDER BY s.name"),
};

void sf_store_settle(sf_store *store) {
    store->rc = SQLITE_OK;
    store->why[0] = '\0';
    errno = 0;
    for (size_t i = 0; i < SF_SQL_COUNT; i++)
        if (store->statements[i] && sqlite3_stmt_busy(store->statements[i]))
            sqlite3_reset(store->statements[i]);
    if (!store->batch && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

void sf_store_note(sf_store *store, int rc) {
    if (store->rc != SQLITE_OK || rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE)
        return;
    store->rc = rc;
    int now = errno; /* SQLite does not keep it for a write that fails at a commit */
    store->system_errno = sqlite3_system_errno(store->db);
    if (store->system_errno == 0 && (rc & 0xff) == SQLITE_IOERR)
        store->system_errno = now;
    snprintf(store->why, sizeof store->why, "%s", sqlite3_errmsg(store->db));
}

sqlite3_stmt *sf_store_sql(sf_store *store, sf_sql which) {
    if (store->rc != SQLITE_OK)
        return NULL;
    sqlite3_stmt **s = &store->statements[which];
    if (*s)
        sqlite3_reset(*s);
    else
        sf_store_note(store, sqlite3_prepare_v3(store->db, statements[which], -1,
                                                SQLITE_PREPARE_PERSISTENT, s, NULL));
    return *s;
}

void sf_store_run(sf_store *store, sqlite3_stmt *statement) {
    if (!statement || store->rc != SQLITE_OK)
        return;
    sf_store_note(store, sqlite3_step(statement));
    sqlite3_reset(statement);
}

bool sf_store_row(sf_store *store, sqlite3_stmt *statement) {
    if (!statement || store->rc != SQLITE_OK)
        return false;
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW)
        return true;
    sf_store_note(store, rc);
    sqlite3_reset(statement);
    return false;
}

void sf_bind_null(sf_store *store, sqlite3_stmt *s, int at) {
    if (s)
        sf_store_note(store, sqlite3_bind_null(s, at));
}

void sf_bind_str(sf_store *store, sqlite3_stmt *s, int at, sf_str value) {
    if (!s)
        return;
    if (value.ptr)
        sf_store_note(store,
                      sqlite3_bind_text64(s, at, value.ptr, value.len, SQLITE_STATIC, SQLITE_UTF8));
    else
        sf_bind_null(store, s, at);
}

void sf_bind_word(sf_store *store, sqlite3_stmt *s, int at, const char *value) {
    sf_bind_str(store, s, at, sf_str_of(value));
}

void sf_bind_blob(sf_store *store, sqlite3_stmt *s, int at, sf_str value) {
    if (s)
        sf_store_note(store, sqlite3_bind_blob64(s, at, value.len ? value.ptr : "", value.len,
                                                 SQLITE_STATIC));
}

void sf_bind_int(sf_store *store, sqlite3_stmt *s, int at, int64_t value) {
    if (s)
        sf_store_note(store, sqlite3_bind_int64(s, at, value));
}

sf_str sf_column_str(sqlite3_stmt *s, int at) {
    if (sqlite3_column_type(s, at) == SQLITE_NULL)
        return SF_ABSENT;
    const char *bytes = sqlite3_column_blob(s, at); /* as it lies there: no conversion */
    return (sf_str){bytes ? bytes : "", (size_t)sqlite3_column_bytes(s, at)};
}

sf_str sf_column_copy(sf_arena *arena, sqlite3_stmt *s, int at) {
    return sf_str_copy(arena, sf_column_str(s, at));
}

sf_span sf_column_span(sqlite3_stmt *s, int at) {
    if (sqlite3_column_type(s, at) == SQLITE_NULL)
        return (sf_span){0, 0};
    int64_t begin = sqlite3_column_int64(s, at), end = sqlite3_column_int64(s, at + 1);
    if (begin < 0 || end < 0 || begin >= UINT32_MAX || end >= UINT32_MAX)
        return (sf_span){UINT32_MAX - 1, UINT32_MAX};
    return (sf_span){(uint32_t)begin, (uint32_t)end};
}

static bool disk_is_full(const sf_store *store) {
    return (store->rc & 0xff) == SQLITE_FULL ||
           ((store->rc & 0xff) == SQLITE_IOERR &&
            (store->system_errno == ENOSPC || store->system_errno == EDQUOT ||
             store->system_errno == EFBIG));
}

sofar_status sf_store_fail(sf_store *store, sofar_error *err, const char *doing) {
    const char *path = store->path;
    if (disk_is_full(store))
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: the disk is full while %s; free some space and run the same command "
                       "again: what the store holds stays whole",
                       path, doing);
    switch (store->rc & 0xff) {
    case SQLITE_NOMEM:
        return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory while %s", path, doing);
    case SQLITE_NOTADB:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: is no sofar store (not an SQLite file); name another with --store",
                       path);
    case SQLITE_CORRUPT:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: is damaged, seen while %s (%s); `sofar doctor` tells more; restore a "
                       "copy, or add the pages to a new store",
                       path, doing, store->why);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: another process is writing to the store; try again when it is done",
                       path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: cannot be written: the file or its folder is read-only; change its "
                       "permissions or name another with --store",
                       path);
    case SQLITE_CANTOPEN:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: cannot be opened: %s; the file and its folder must be there, readable, "
                       "and writable for adding; or name another with --store",
                       path, store->system_errno ? strerror(store->system_errno) : store->why);
    case SQLITE_IOERR:
        return sf_fail(err, SOFAR_ERR_STORE, "%s: the disk failed while %s: %s (SQLite code %d)",
                       path, doing,
                       store->system_errno ? strerror(store->system_errno) : store->why, store->rc);
    case SQLITE_TOOBIG:
        return sf_fail(err, SOFAR_ERR_LIMIT, "%s: too large for a store while %s", path, doing);
    default:
        return sf_fail(err, SOFAR_ERR_STORE, "%s: %s (SQLite code %d) while %s", path, store->why,
                       store->rc, doing);
    }
}
