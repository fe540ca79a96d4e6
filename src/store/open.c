/* Opening: is it a store, is it ours to write, is it of this version. A new or older store is
 * brought up to date in one transaction. */
#include "store/inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PATIENCE_MS = 10000, CHECKPOINT_PAGES = 4000, CACHE_KIB = 32 << 10 };

static int64_t number_of(sf_store *store, const char *sql) {
    int64_t value = 0;
    sqlite3_stmt *s = NULL;
    if (store->rc == SQLITE_OK)
        sf_store_note(store, sqlite3_prepare_v2(store->db, sql, -1, &s, NULL));
    if (s) {
        int rc = sqlite3_step(s);
        if (rc == SQLITE_ROW)
            value = sqlite3_column_int64(s, 0);
        sf_store_note(store, rc);
        sqlite3_finalize(s);
    }
    return value;
}

static void execute(sf_store *store, const char *sql) {
    if (store->rc == SQLITE_OK)
        sf_store_note(store, sqlite3_exec(store->db, sql, NULL, NULL, NULL));
}

/* A store comes from anywhere: its schema is trusted no more than it takes. Writing runs triggers
 * that fill the search index, and SQLite counts FTS5 among what an untrusted trigger may not use.
 */
static void configure(sf_store *store) {
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, PATIENCE_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, !store->readonly, NULL);
    char sql[160];
    snprintf(sql, sizeof sql,
             "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; "
             "PRAGMA cache_size = -%d",
             CACHE_KIB);
    execute(store, sql);
}

/* How SQLite wants a path inside a URI: all but the plainest bytes as %XX. */
static char *immutable_uri(const char *path) {
    size_t len = strlen(path);
    char *uri = malloc(3 * len + 32), *p = uri;
    if (!uri)
        return NULL;
    p += sprintf(p, "file:");
    for (size_t i = 0; i < len; i++) {
        char c = path[i];
        if (sf_is_alpha(c) || sf_is_digit(c) || c == '/' || c == '.' || c == '-' || c == '_')
            *p++ = c;
        else
            p += sprintf(p, "%%%02X", (unsigned)(unsigned char)c);
    }
    sprintf(p, "?immutable=1");
    return uri;
}

static void connect(sf_store *store, const char *name, int flags) {
    if (store->db)
        sqlite3_close_v2(store->db);
    store->db = NULL;
    store->rc = SQLITE_OK;
    int rc = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             NULL);
    if (!store->db) {
        store->rc = SQLITE_NOMEM;
        return;
    }
    sf_store_note(store, rc);
    configure(store);
    number_of(store, "SELECT count(*) FROM sqlite_schema"); /* the first look into the file */
}

/* A store in a folder that cannot be written has no place for WAL's index. If no log waits to be
 * merged, the file can be read as it lies. */
static void connect_readonly(sf_store *store) {
    connect(store, store->path, SQLITE_OPEN_READONLY);
    int kind = store->rc & 0xff;
    if (kind != SQLITE_CANTOPEN && kind != SQLITE_READONLY)
        return;
    char log[4096];
    struct stat st;
    int len = snprintf(log, sizeof log, "%s-wal", store->path);
    if (len < 0 || (size_t)len >= sizeof log || (stat(log, &st) == 0 && st.st_size > 0))
        return;
    char *uri = immutable_uri(store->path);
    if (!uri)
        return;
    connect(store, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    free(uri);
}

static sofar_status check_path(const char *path, sf_store_mode mode, sofar_error *err) {
    struct stat st;
    if (path[0] == '\0')
        return sf_fail(err, SOFAR_ERR_USAGE, "the store has no name; give one with --store");
    if (stat(path, &st) != 0) {
        if (mode == SF_STORE_READ)
            return sf_fail(err, SOFAR_ERR_STORE,
                           "%s: there is no store; `sofar add` makes one, --store names another",
                           path);
        return SOFAR_OK;
    }
    if (S_ISDIR(st.st_mode))
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: is a folder; a store is a file, name one with --store", path);
    return SOFAR_OK;
}

/* Ours, of a version we know? *version is 0 for a file that is still empty. */
static sofar_status identify(sf_store *store, int *version, sofar_error *err) {
    int64_t application = number_of(store, "PRAGMA application_id");
    int64_t found = number_of(store, "PRAGMA user_version");
    int64_t tables = number_of(store, "SELECT count(*) FROM sqlite_schema");
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "opening the store");
    if (application == 0 && found == 0 && tables == 0) {
        *version = 0;
        return SOFAR_OK;
    }
    if (application != SF_STORE_APPLICATION)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: is an SQLite database of another program, no sofar store; name another "
                       "with --store",
                       store->path);
    if (found > sf_store_version || found < 1)
        return sf_fail(err, SOFAR_ERR_VERSION,
                       "%s: was written by a newer sofar (store version %lld, this sofar %s reads "
                       "up to %d); use that one",
                       store->path, (long long)found, sofar_version(), sf_store_version);
    *version = (int)found;
    return SOFAR_OK;
}

static sofar_status upgrade(sf_store *store, sofar_error *err) {
    int version = 0;
    execute(store, "BEGIN IMMEDIATE");
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "making the store");
    sofar_status status = identify(store, &version, err); /* another process may have been faster */
    if (status)
        return status;
    for (int i = version; i < sf_store_version; i++)
        execute(store, sf_store_migrations[i]);
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d; COMMIT",
             sf_store_version, SF_STORE_APPLICATION);
    execute(store, sql);
    return store->rc == SQLITE_OK ? SOFAR_OK : sf_store_fail(store, err, "making the store");
}

static sofar_status open_for_writing(sf_store *store, sofar_error *err) {
    int version = 0;
    connect(store, store->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "opening the store");
    sofar_status status = identify(store, &version, err);
    if (status)
        return status;
    if (sqlite3_db_readonly(store->db, "main") == 1) {
        store->rc = SQLITE_READONLY;
        return sf_store_fail(store, err, "opening the store");
    }
    char sql[160]; /* in WAL mode NORMAL keeps the store whole; only power loss takes a last page */
    snprintf(
        sql, sizeof sql,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = %d",
        CHECKPOINT_PAGES);
    execute(store, sql);
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "opening the store");
    return version < sf_store_version ? upgrade(store, err) : SOFAR_OK;
}

static sofar_status open_for_reading(sf_store *store, sofar_error *err) {
    int version = 0;
    store->readonly = true;
    connect_readonly(store);
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "opening the store");
    sofar_status status = identify(store, &version, err);
    if (!status && version == 0)
        return sf_fail(err, SOFAR_ERR_STORE, "%s: is an empty file; `sofar add` makes it a store",
                       store->path);
    if (!status && version < sf_store_version)
        return sf_fail(err, SOFAR_ERR_VERSION,
                       "%s: is a store of version %d; `sofar doctor` brings it up to %d",
                       store->path, version, sf_store_version);
    return status;
}

sofar_status sf_store_open(const char *path, sf_store_mode mode, sf_store **out, sofar_error *err) {
    sofar_status status = check_path(path, mode, err);
    if (status)
        return status;
    sf_store *store = calloc(1, sizeof *store);
    if (store)
        store->path = strdup(path);
    if (!store || !store->path) {
        free(store);
        return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory while opening the store", path);
    }
    status = mode == SF_STORE_WRITE ? open_for_writing(store, err) : open_for_reading(store, err);
    if (status)
        sf_store_close(store);
    else
        *out = store;
    return status;
}

void sf_store_close(sf_store *store) {
    if (!store)
        return;
    for (size_t i = 0; i < SF_SQL_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close_v2(store->db); /* rolls back what was not committed, merges the log */
    ZSTD_freeCCtx(store->zip);
    free(store->scratch);
    free(store->path);
    free(store);
}

sofar_status sf_store_limit(sf_store *store, int pages) {
    char sql[64];
    sf_store_settle(store);
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", pages);
    return number_of(store, sql) > 0 ? SOFAR_OK : SOFAR_ERR_STORE;
}

sofar_status sf_store_about(sf_store *store, sf_store_facts *out, sofar_error *err) {
    sf_store_settle(store);
    sf_store_facts facts = {
        .version = (int)number_of(store, "PRAGMA user_version"),
        .sqlite = sqlite3_libversion(),
        .captures = number_of(store, "SELECT count(*) FROM captures"),
        .undated = number_of(store, "SELECT count(*) FROM captures WHERE published IS NULL"),
        .originals = number_of(store, "SELECT count(*) FROM originals"),
        .quotes = number_of(store, "SELECT count(*) FROM quotes"),
        .times = number_of(store, "SELECT count(*) FROM times"),
    };
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "counting what it holds");
    *out = facts;
    return SOFAR_OK;
}
