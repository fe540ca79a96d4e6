/* Stores for test programs that work with made readings, on either engine. Without SOFAR_TEST_STORE
 * a store is an SQLite file in a folder of the program's own; where that names a server
 * (tests/postgresql.py sets it), a schema of its database. What goes wrong here ends the program.
 */
#ifndef ANY_STORE_H
#define ANY_STORE_H

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef HAVE_LIBPQ
#include <libpq-fe.h>
#endif

#include "check.h"
#include "made.h"
#include "store/store.h"

static char folder[256];

static inline const char *server(void) { return getenv("SOFAR_TEST_STORE"); }

/* In memory, where that can be: many small stores, written to once. */
static inline void make_folder(void) {
    const char *base = getenv("TMPDIR");
    base = base ? base : access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/sofar-test-XXXXXX", base);
    if (!mkdtemp(folder))
        printf("Bail out! no folder for temporary files\n"), exit(1);
}

static inline bool remove_folder(void) {
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0;
}

static inline const char *path_of(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s.db", folder, name);
    return path;
}

/* What --store would say. */
static inline const char *store_at(const char *name) {
    static char url[512];
    if (!server())
        return path_of(name);
    snprintf(url, sizeof url, "%s?options=-csearch_path%%3Dtest_%s", server(), name);
    return url;
}

#ifdef HAVE_LIBPQ
static inline void not_a_word(void *ctx, const char *notice) { (void)ctx, (void)notice; }

static inline int64_t ask_server(const char *url, const char *sql, bool must) {
    int64_t value = -1;
    PGconn *conn = PQconnectdb(url);
    PQsetNoticeProcessor(conn, not_a_word, NULL);
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (must && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        printf("Bail out! %s: %s\n", sql, PQerrorMessage(conn)), exit(1);
    if (status == PGRES_TUPLES_OK && PQntuples(result))
        value = atoll(PQgetvalue(result, 0, 0));
    PQclear(result);
    PQfinish(conn);
    return value;
}
#else
static inline int64_t ask_server(const char *url, const char *sql, bool must) {
    (void)url, (void)sql, (void)must;
    printf("Bail out! built without libpq\n");
    exit(1);
}
#endif

static inline void execute(const char *name, const char *sql) {
    sqlite3 *db;
    if (server()) {
        ask_server(store_at(name), sql, true);
        return;
    }
    if (sqlite3_open(path_of(name), &db) || sqlite3_exec(db, sql, NULL, NULL, NULL))
        printf("Bail out! %s: %s\n", sql, sqlite3_errmsg(db)), exit(1);
    sqlite3_close(db);
}

/* The first number that the SQL gives, -1 if it gives none. */
static inline int64_t number(const char *name, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *s;
    int64_t value = -1;
    if (server())
        return ask_server(store_at(name), sql, false);
    if (!sqlite3_open(path_of(name), &db) && !sqlite3_prepare_v2(db, sql, -1, &s, NULL)) {
        if (sqlite3_step(s) == SQLITE_ROW)
            value = sqlite3_column_int64(s, 0);
        sqlite3_finalize(s);
    }
    sqlite3_close(db);
    return value;
}

/* Nothing is there by this name. */
static inline void clear_store(const char *name) {
    char sql[200];
    snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS test_%s CASCADE; CREATE SCHEMA test_%s", name,
             name);
    if (server())
        ask_server(server(), sql, true);
    else
        unlink(path_of(name));
}

static inline sf_store *open_again(const char *name) {
    sofar_error err;
    sf_store *store = NULL;
    if (sf_store_open(store_at(name), SF_STORE_WRITE, &store, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return store;
}

static inline sf_store *open_store(const char *name) {
    clear_store(name);
    return open_again(name);
}

/* True if the store learnt something. */
static inline bool put(sf_store *store, const made *m) {
    bool added = false;
    sofar_error err = {0};
    if (sf_store_add(store, &m->reading, &m->page, &added, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return added;
}

static inline sf_capture *find(sf_store *store, sf_arena *arena, const char *name,
                               const char *as_of, size_t *count) {
    sofar_error err = {0};
    sf_capture *out = NULL;
    sf_date bound = {0};
    if (as_of)
        sf_date_parse(sf_str_of(as_of), &bound);
    sf_str wanted = sf_str_of(name);
    if (sf_store_find(store, arena, &wanted, 1, bound, &out, count, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return out;
}

static inline size_t found(sf_store *store, sf_arena *arena, const char *name, const char *as_of) {
    size_t count;
    find(store, arena, name, as_of, &count);
    return count;
}

static inline void print_finding(void *ctx, const char *line) { (void)ctx, printf("# %s\n", line); }

static inline size_t faults_of(sf_store *store) {
    size_t faults = 0;
    sofar_error err = {0};
    CHECK(sf_store_check(store, print_finding, NULL, &faults, &err) == SOFAR_OK);
    return faults;
}

/* Opening is refused, in these words and by the name that was given. */
static inline void refuse(const char *where, sf_store_mode mode, sofar_status wanted,
                          const char *words, const char *name) {
    sf_store *store = NULL;
    sofar_error err = {0};
    sofar_status got = sf_store_open(where, mode, &store, &err);
    CHECK_INT(got, wanted);
    CHECK(store == NULL);
    if (!CHECK(strstr(err.msg, words) && strstr(err.msg, name)))
        printf("# %s\n", err.msg);
    sf_store_close(store);
}

#endif
