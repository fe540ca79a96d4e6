/* How fast pages go into the store, against SQLite's bare insert of the same bytes.
 *
 *     store FILE|DIR ...
 *
 * Pages are read once; then all readings are added (sf_store_add, 32 a transaction as `sofar add`
 * does), and all originals are inserted, uncompressed, into a table of one column by the same
 * journal and transactions. The ratio is bare time to ours, CPU and wall. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "store/store.h"

enum { BATCH = 32, MOST = 20000, ROUNDS = 3 };

typedef struct item {
    sofar_page page;
    sofar_reading *reading;
} item;

static item items[MOST];
static size_t count, bytes;
static sf_arena arena;

typedef struct spent {
    double cpu, wall;
} spent;

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static spent now(void) {
    return (spent){seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC)};
}

static void fail(const char *what) {
    fprintf(stderr, "bench/store: %s\n", what);
    exit(1);
}

static void load(const sofar_reader *reader, const char *path) {
    sofar_source *source;
    sofar_page page;
    sofar_error err;
    sofar_status status;
    if (sofar_source_open(path, NULL, &source, &err))
        fail(err.msg);
    while ((status = sofar_source_next(source, &page, &err)) != SOFAR_DONE && count < MOST) {
        item *i = &items[count];
        if (status)
            continue;
        i->page = page;
        sf_str *fields[] = {&i->page.bytes,        &i->page.file,  &i->page.url,
                            &i->page.content_type, &i->page.title, &i->page.outlet};
        for (size_t k = 0; k < SF_LEN(fields); k++)
            *fields[k] = sf_str_copy(&arena, *fields[k]);
        if (sofar_read(reader, &i->page, &i->reading, &err))
            continue;
        bytes += page.bytes.len;
        count++;
    }
    sofar_source_close(source);
}

static void remove_store(const char *path) {
    char name[300];
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < SF_LEN(suffixes); i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static spent ours(const char *path) {
    sf_store *store;
    sofar_error err;
    bool added;
    spent begin = now();
    if (sf_store_open(path, SF_STORE_WRITE, &store, &err))
        fail(err.msg);
    for (size_t i = 0; i < count; i++) {
        if (i % BATCH == 0 && sf_store_begin(store, &err))
            fail(err.msg);
        if (sf_store_add(store, items[i].reading, &items[i].page, &added, &err))
            fail(err.msg);
        if ((i % BATCH == BATCH - 1 || i + 1 == count) && sf_store_commit(store, &err))
            fail(err.msg);
    }
    sf_store_close(store);
    spent end = now();
    remove_store(path);
    return (spent){end.cpu - begin.cpu, end.wall - begin.wall};
}

static spent bare(const char *path) {
    sqlite3 *db;
    sqlite3_stmt *insert;
    spent begin = now();
    if (sqlite3_open(path, &db) ||
        sqlite3_exec(db,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                     "CREATE TABLE pages (id INTEGER PRIMARY KEY, bytes BLOB)",
                     NULL, NULL, NULL) ||
        sqlite3_prepare_v2(db, "INSERT INTO pages (bytes) VALUES (?)", -1, &insert, NULL))
        fail(sqlite3_errmsg(db));
    for (size_t i = 0; i < count; i++) {
        if (i % BATCH == 0)
            sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
        sqlite3_bind_blob64(insert, 1, items[i].page.bytes.ptr, items[i].page.bytes.len,
                            SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            fail(sqlite3_errmsg(db));
        sqlite3_reset(insert);
        if (i % BATCH == BATCH - 1 || i + 1 == count)
            sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    sqlite3_finalize(insert);
    sqlite3_close(db);
    spent end = now();
    remove_store(path);
    return (spent){end.cpu - begin.cpu, end.wall - begin.wall};
}

int main(int argc, char **argv) {
    sofar_reader *reader;
    sofar_error err;
    char path[300];
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/sofar-bench-%ld.db", folder ? folder : "/tmp", (long)getpid());
    sf_arena_init(&arena, NULL, NULL);
    if (argc < 2 || sofar_reader_new(NULL, &reader, &err))
        fail("usage: store FILE|DIR ...");
    for (int i = 1; i < argc; i++)
        load(reader, argv[i]);
    if (count == 0)
        fail("no pages");
    spent best = {1e9, 1e9}, reference = {1e9, 1e9};
    for (int i = 0; i < ROUNDS; i++) { /* by turns, the best of each */
        spent a = ours(path), b = bare(path);
        best =
            (spent){a.cpu < best.cpu ? a.cpu : best.cpu, a.wall < best.wall ? a.wall : best.wall};
        reference = (spent){b.cpu < reference.cpu ? b.cpu : reference.cpu,
                            b.wall < reference.wall ? b.wall : reference.wall};
    }
    printf("%zu pages, %.1f MB\n", count, (double)bytes / 1e6);
    printf("add   %8.0f pages/s CPU  %8.0f pages/s wall\n", (double)count / best.cpu,
           (double)count / best.wall);
    printf("bare  %8.0f pages/s CPU  %8.0f pages/s wall\n", (double)count / reference.cpu,
           (double)count / reference.wall);
    printf("ratio %8.2f CPU           %6.2f wall\n", reference.cpu / best.cpu,
           reference.wall / best.wall);
    for (size_t i = 0; i < count; i++)
        sofar_reading_free(items[i].reading);
    sofar_reader_free(reader);
    sf_arena_clear(&arena);
    return 0;
}
