/* store: readings in, readings out, on one of two engines: an SQLite file or a PostgreSQL database.
 * What goes in comes out the same from both, in the same order. doc/store.md tells what the tables
 * mean.
 *
 * A capture is one reading of one page. Two pages are the same capture if their bytes are the same,
 * their URL is the same, and so is what a container (feed, archive) said of them. So the same URL
 * captured twice with different bytes is two captures, the same bytes under two URLs are two, and
 * the same bytes in another file are the one that is there already. Original bytes are kept once
 * each, compressed with zstd, by their SHA-256. Everything of a capture is written in one
 * transaction: killed at any moment the store is whole.
 *
 * What the store says does not depend on the order of adding. Of the file names of one capture the
 * first in byte order is kept; a publication day given by the user is a decision: it beats what the
 * page says, and the last one given stands.
 *
 * A store handle is used by one thread at a time. Results live in the arena that is passed; running
 * out of memory is SOFAR_ERR_MEMORY, the arena's escape point is not used. */
#ifndef SF_STORE_H
#define SF_STORE_H

#include "gist/gist.h"

typedef struct sf_store sf_store;

typedef enum sf_store_mode { SF_STORE_READ, SF_STORE_WRITE } sf_store_mode;

/* where: the path of an SQLite file, or the URL of a PostgreSQL database
 * (postgresql://user@host/database). SF_STORE_WRITE makes the store where there is none and brings
 * an older one up to date; SF_STORE_READ fails. Errors: STORE (with the path and what would help),
 * VERSION (made by a newer sofar, or by an older one and to be read only). */
sofar_status sf_store_open(const char *where, sf_store_mode mode, sf_store **out, sofar_error *err);
/* Is it such a URL? */
bool sf_store_is_server(const char *where);
void sf_store_close(sf_store *store); /* what was not committed is given up; NULL does nothing */

/* The store's name for messages: the path, or the URL without its password. Lives as long as it. */
const char *sf_store_path(const sf_store *store);

/* Adds one reading and the original it was made of. *added tells whether the store learnt
 * something: a new capture, or another day given by the user for one it has. */
sofar_status sf_store_add(sf_store *store, const sofar_reading *reading, const sofar_page *page,
                          bool *added, sofar_error *err);

/* A capture on its way from one store to another, or between machines: what its row holds but for
 * the original and the map. That is all that a dossier is made of. */
typedef struct sf_carried {
    sofar_clipping clipping; /* its strings, text and sha256; no lists */
    sf_str captured, identity, gist, keys;
    bool bare; /* adding it writes no rows of its lists: dossiers do not need them, but who looks
                  at the tables, sf_store_told and the doctor do */
} sf_carried;

/* Of a reading and its page, as sf_store_add would write it; in the arena. Errors: MEMORY. */
sofar_status sf_store_carry(sf_arena *arena, const sofar_reading *reading, const sofar_page *page,
                            sf_carried *out, sofar_error *err);
/* Adds it by the rules of sf_store_add. An empty original stands for the one that stayed behind,
 * which the doctor finds fault with. Errors: also FORMAT for what is no capture. */
sofar_status sf_store_add_carried(sf_store *store, const sf_carried *carried, bool *added,
                                  sofar_error *err);

/* From now on calls asked() with each key (gist/gist.h) by which a question looks for captures;
 * NULL ends that. Who fills a store with a part of all captures sees by it whether an answer is the
 * one that all would give: it is, if the store has all captures with these keys, and some with the
 * key of the name. renaming: it is a key of sf_gist_renaming_key. Called within the question. */
void sf_store_listen(sf_store *store, void (*asked)(void *ctx, sf_str key, bool renaming),
                     void *ctx);

/* Pages that are added between begin and commit are in the store for good when commit says so; it
 * is faster than one by one. Until then, should all stop, SQLite has none of them and PostgreSQL
 * those up to some page. A page that cannot be added leaves the others of its batch alone, unless
 * SQLite had to give up the whole transaction: then the commit fails too. */
sofar_status sf_store_begin(sf_store *store, sofar_error *err);
sofar_status sf_store_commit(sf_store *store, sofar_error *err);

/* ---- reading kept pages again ---- */

/* Where a reading again stands. The caller holds it; its fields are the store's. */
typedef struct sf_again {
    bool all;
    int64_t maker, done, last, ids[64];
    size_t at, count;
    size_t total; /* captures that are to be read */
} sf_again;

/* Begins: with the captures whose reading another maker made (sf_reader_maker), or with all. What
 * was read stays read, however it ends: called again it goes on with what is left, of all too if
 * the maker is the same. The store is open for writing. */
sofar_status sf_store_again(sf_store *store, const sf_maker *maker, bool all, sf_again *out,
                            sofar_error *err);
/* The next page, in the arena: its original, and what the user and a container said of it. DONE
 * behind the last. FORMAT if its original is damaged: the next call goes on behind it. */
sofar_status sf_store_again_next(sf_store *store, sf_arena *arena, sf_again *again,
                                 sofar_page *page, int64_t *capture, sofar_error *err);
/* Puts the new reading in the place of the old one. Pages come in the order of their asking. */
sofar_status sf_store_again_put(sf_store *store, const sf_again *again, int64_t capture,
                                const sofar_reading *reading, const sofar_page *page,
                                sofar_error *err);
/* All was read: the next reading again of all begins at the beginning. */
sofar_status sf_store_again_end(sf_store *store, const sf_again *again, sofar_error *err);

/* Bounds the file to so many SQLite pages, as a full disk would (for tests); STORE elsewhere. */
sofar_status sf_store_limit(sf_store *store, int pages);

/* What the store holds of one capture; lists are in order of their spans. */
typedef struct sf_capture {
    int64_t id;
    sofar_clipping clipping; /* without map and notes; blocks are there */
    sf_str captured;         /* when; absent if unknown */
    sofar_subject *subjects;
    size_t subject_count;
    sofar_name *names;
    size_t name_count;
    sofar_time *times;
    size_t time_count;
    sofar_quote *quotes;
    size_t quote_count;
    sofar_fact *facts;
    size_t fact_count;
    sf_gist gist;
    sf_str
        identity; /* what makes it this capture: of two alike in all else the one that is first */
} sf_capture;

/* Was it published on or before the last day of as_of? A page of which only the month or year is
 * known counts as published on its last day; an undated one is by then only without a bound
 * (year 0). */
bool sf_capture_is_by(const sf_capture *capture, sf_date as_of);

/* All captures that can be asked for by one of the names (gist/key.c: a subject's name, or what
 * stands like a name in text or title), or, if there is none, whose text or title holds one of them
 * as words, case and accents aside; published on or before the last day of as_of, ordered by
 * published (undated last), then url, file, sha256: an order that does not depend on the order of
 * adding. The work is that of what is found, whatever else the store holds. */
sofar_status sf_store_find(sf_store *store, sf_arena *arena, const sf_str *names, size_t name_count,
                           sf_date as_of, sf_capture **out, size_t *count, sofar_error *err);

/* All captures that say that a work of one of these names was renamed, or got it by that; in the
 * order of sf_store_find. */
sofar_status sf_store_find_renamings(sf_store *store, sf_arena *arena, const sf_str *names,
                                     size_t name_count, sf_capture **out, size_t *count,
                                     sofar_error *err);

/* Calls visit() with each capture, in the order of sf_store_find: all of them if name is absent,
 * else those that sf_store_find would give without a bound. The capture lives until visit()
 * returns; what visit() puts into the arena stays. Memory is that of one capture at a time. */
sofar_status sf_store_each(sf_store *store, sf_arena *arena, sf_str name,
                           void (*visit)(void *ctx, const sf_capture *capture), void *ctx,
                           sofar_error *err);

/* Calls want() with each capture whose text and title hold all the phrases as words (case and
 * accents aside), published by as_of, in the order of sf_store_find, until it says that it wants no
 * more. *total: how many there are. The capture lives until want() returns, as above. Errors: also
 * USAGE for no phrases. */
sofar_status sf_store_search(sf_store *store, sf_arena *arena, const sf_str *phrases, size_t count,
                             sf_date as_of, bool (*want)(void *ctx, const sf_capture *capture),
                             void *ctx, size_t *total, sofar_error *err);

/* Names of subjects in the store that look like `name`, nearest first, at most `most`. A guess for
 * messages: it looks at a bounded number of pages. */
sofar_status sf_store_near(sf_store *store, sf_arena *arena, sf_str name, size_t most, sf_str **out,
                           size_t *count, sofar_error *err);

typedef struct sf_told { /* a subject that facts speak of, as pages write it in full */
    sf_str name;
    sofar_subject_type type; /* as most facts have it */
    size_t facts;            /* claims of pages, not merged */
    bool renamed;            /* a fact says that it goes by another name too */
} sf_told;

/* All subjects that facts speak of, in order of their names; names that differ in case alone are
 * one, written as most have it (sf_store_join_told). */
sofar_status sf_store_told(sf_store *store, sf_arena *arena, sf_told **out, size_t *count,
                           sofar_error *err);

/* Joins in place those whose names differ in case alone, each as pages have it with one type;
 * returns how many are left, in order of their names. */
size_t sf_store_join_told(sf_told *all, size_t count);

/* A hash of which captures sf_store_find gives for the names without a bound, of their days, and of
 * all decisions: while it stays the same, so does what they say. */
sofar_status sf_store_stamp(sf_store *store, sf_arena *arena, const sf_str *names,
                            size_t name_count, uint64_t *stamp, sofar_error *err);

/* A number that is another once somebody else has written into the store since this handle last
 * asked; it costs next to nothing. Numbers of different handles say nothing of each other. */
sofar_status sf_store_seen(sf_store *store, uint64_t *seen, sofar_error *err);

/* How many captures it holds. */
sofar_status sf_store_size(sf_store *store, int64_t *captures, sofar_error *err);

/* The original bytes of a capture, decompressed. */
sofar_status sf_store_original(sf_store *store, sf_arena *arena, const char sha256[65], sf_str *out,
                               sofar_error *err);

/* What a reviewer decided (story/decision.h says what it means). The log only grows. */
typedef struct sf_decision_row {
    sf_str id;   /* the same decision has the same */
    sf_str made; /* when, ISO 8601 in UTC */
    sf_str who;
    sf_str body; /* JSON */
} sf_decision_row;

#define SF_ANY_LOG SIZE_MAX

/* Adds decisions, all or none. known: how many decisions the log had when it was read for these;
 * DONE, and none is added, if it has grown since, whoever wrote (SF_ANY_LOG: that does not matter).
 * *added counts those that the store did not have. */
sofar_status sf_store_decide(sf_store *store, const sf_decision_row *rows, size_t count,
                             size_t known, size_t *added, sofar_error *err);

/* All decisions, by when they were made, then by id. */
sofar_status sf_store_decisions(sf_store *store, sf_arena *arena, sf_decision_row **out,
                                size_t *count, sofar_error *err);

typedef struct sf_store_facts {
    int version;        /* of the store's tables */
    const char *engine; /* "SQLite 3.40.1"; the store's */
    int64_t captures, undated, originals, quotes, times;
} sf_store_facts;

sofar_status sf_store_about(sf_store *store, sf_store_facts *out, sofar_error *err);

/* Checks the whole store (SQLite's integrity_check and references, search index, originals against
 * their hash, spans against texts, maps against originals). Calls say() with a line a finding;
 * *faults counts them. The search index can only be checked on a store opened for writing. */
sofar_status sf_store_check(sf_store *store, void (*say)(void *ctx, const char *line), void *ctx,
                            size_t *faults, sofar_error *err);

#endif
