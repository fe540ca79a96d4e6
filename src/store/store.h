/* store: readings in, readings out. SQLite: WAL, STRICT tables, foreign keys, FTS5, numbered
 * migrations.
 *
 * A capture is one reading of one page: the same URL captured twice with different bytes is two
 * captures, in order of their days; the same bytes of the same page twice are one. Original bytes
 * are kept once each, compressed with zstd, by their SHA-256. Everything of a capture is written in
 * one transaction: killed at any moment the store is whole.
 *
 * A store handle is used by one thread at a time. Results live in the arena that is passed. */
#ifndef SF_STORE_H
#define SF_STORE_H

#include "read/read.h"

typedef struct sf_store sf_store;

typedef enum sf_store_mode { SF_STORE_READ, SF_STORE_WRITE } sf_store_mode;

/* SF_STORE_WRITE creates the file where there is none; SF_STORE_READ fails. Errors: STORE (with the
 * path and what would help), VERSION (made by a newer sofar). */
sofar_status sf_store_open(const char *path, sf_store_mode mode, sf_store **out, sofar_error *err);
void sf_store_close(sf_store *store);

/* Adds one reading and the original it was made of. *added tells whether it was new. */
sofar_status sf_store_add(sf_store *store, const sofar_reading *reading, const sofar_page *page,
                          bool *added, sofar_error *err);

/* What the store holds of one capture; lists are in order of their spans. */
typedef struct sf_capture {
    int64_t id;
    sofar_clipping clipping; /* without map and notes; blocks are there */
    sofar_subject *subjects;
    size_t subject_count;
    sofar_name *names;
    size_t name_count;
    sofar_time *times;
    size_t time_count;
    sofar_quote *quotes;
    size_t quote_count;
} sf_capture;

/* All captures whose text or title holds the name as words (FTS5 phrase), published on or before
 * as_of (year 0: no bound; undated pages come only without a bound), ordered by published (undated
 * last), then url, file, sha256: an order that does not depend on the order of adding. */
sofar_status sf_store_find(sf_store *store, sf_arena *arena, sf_str name, sf_date as_of,
                           sf_capture **out, size_t *count, sofar_error *err);

/* The original bytes of a capture, decompressed. */
sofar_status sf_store_original(sf_store *store, sf_arena *arena, const char sha256[65], sf_str *out,
                               sofar_error *err);

/* Checks the whole store (integrity_check, foreign keys, originals against their hash, spans
 * against texts). Calls say() with a line a finding; *faults counts them. */
sofar_status sf_store_check(sf_store *store, void (*say)(void *ctx, const char *line), void *ctx,
                            size_t *faults, sofar_error *err);

#endif
