/* Opening a store that is a file: is it a store, is it ours to write, is it of this version. A new
 * or older store is brought up to date in one transaction. */
#include "store/sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PATIENCE_MS = 10000, CHECKPOINT_PAGES = 4000, CACHE_KIB = 32 << 10 };

/* A store comes from anywhere: its schema is trusted no more than it takes. Writing runs triggers
 * that fill the search index, and SQLite counts FTS5 among what an untrusted trigger may not use.
 */
static void configure(sf_store *store) {
    sqlite3 *db = sf_sqlite_of(store)->db;
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, PATIENCE_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, !store->readonly, NULL);
    char sql[160];
    snprintf(sql, sizeof sql,
             "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; "
             "PRAGMA cache_size = -%d",
             CACHE_KIB);
    sf_sqlite_execute(store, sql);
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
    sqlite3 **db = &sf_sqlite_of(store)->db;
    if (*db)
        sqlite3_close_v2(*db);
    *db = NULL;
    store->trouble = SF_FINE;
    int rc = sqlite3_open_v2(name, db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (!*db) {
        sf_store_note(store, SF_NO_MEMORY, "", "");
        return;
    }
    sf_sqlite_note(store, rc);
    configure(store);
    sf_sqlite_number(store,
                     "SELECT count(*) FROM sqlite_schema"); /* the first look into the file */
}

/* A store in a folder that cannot be written has no place for WAL's index. If no log waits to be
 * merged, the file can be read as it lies. */
static void connect_readonly(sf_store *store) {
    connect(store, store->path, SQLITE_OPEN_READONLY);
    if (store->trouble != SF_CANNOT_OPEN && store->trouble != SF_READONLY)
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
    int64_t application = sf_sqlite_number(store, "PRAGMA application_id");
    int64_t found = sf_sqlite_number(store, "PRAGMA user_version");
    int64_t tables = sf_sqlite_number(store, "SELECT count(*) FROM sqlite_schema");
    if (store->trouble)
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
    sf_sqlite_execute(store, "BEGIN IMMEDIATE");
    if (store->trouble)
        return sf_store_fail(store, err, "making the store");
    sofar_status status = identify(store, &version, err); /* another process may have been faster */
    if (status)
        return status;
    for (int i = version; i < sf_store_version; i++)
        sf_sqlite_execute(store, sf_migrations_sqlite[i]);
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d; COMMIT",
             sf_store_version, SF_STORE_APPLICATION);
    sf_sqlite_execute(store, sql);
    return !store->trouble ? SOFAR_OK : sf_store_fail(store, err, "making the store");
}

static sofar_status open_for_writing(sf_store *store, sofar_error *err) {
    int version = 0;
    connect(store, store->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (store->trouble)
        return sf_store_fail(store, err, "opening the store");
    sofar_status status = identify(store, &version, err);
    if (status)
        return status;
    if (sqlite3_db_readonly(sf_sqlite_of(store)->db, "main") == 1) {
        sf_sqlite_note(store, SQLITE_READONLY);
        return sf_store_fail(store, err, "opening the store");
    }
    char sql[160]; /* in WAL mode NORMAL keeps the store whole; only power loss takes a last page */
    snprintf(
        sql, sizeof sql,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = %d",
        CHECKPOINT_PAGES);
    sf_sqlite_execute(store, sql);
    if (store->trouble)
        return sf_store_fail(store, err, "opening the store");
    return version < sf_store_version ? upgrade(store, err) : SOFAR_OK;
}

static sofar_status open_for_reading(sf_store *store, sofar_error *err) {
    int version = 0;
    store->readonly = true;
    connect_readonly(store);
    if (store->trouble)
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

sofar_status sf_sqlite_open(sf_store *store, sf_store_mode mode, sofar_error *err) {
    snprintf(store->about, sizeof store->about, "SQLite %s", sqlite3_libversion());
    sofar_status status = check_path(store->path, mode, err);
    if (status)
        return status;
    status = mode == SF_STORE_WRITE ? open_for_writing(store, err) : open_for_reading(store, err);
    store->version = sf_store_version;
    return status;
}
