/* store, inside: the handle, its statements, and what an engine (SQLite, PostgreSQL) does for it.
 *
 * The SQL that both engines understand stands once, in statement.c; what is an engine's own stands
 * in sqlite.c and postgresql.c, with how it connects and upgrades in sqlite_open.c and
 * postgresql_open.c. Everything else (add.c writes, find.c and each.c read, reread.c has readings
 * replaced, check.c doubts, near.c guesses names) does not know which engine runs.
 *
 * A call keeps the first failure in store->trouble and every later step of it does nothing, so that
 * writers are straight lines with one check at their end. */
#ifndef SF_STORE_INNER_H
#define SF_STORE_INNER_H

#include <zstd.h>

#include "store/store.h"

/* What went wrong, whatever the engine calls it. */
typedef enum sf_trouble {
    SF_FINE,
    SF_NO_MEMORY,
    SF_DISK_FULL,
    SF_DISK_FAILED,
    SF_NO_STORE, /* something else lies there */
    SF_DAMAGED,
    SF_BUSY,
    SF_READONLY,
    SF_CANNOT_OPEN,
    SF_LOST, /* the server is gone */
    SF_TOO_LARGE,
    SF_CONFLICT, /* another writer's transaction came between: the same again may do */
    SF_OTHER
} sf_trouble;

typedef enum sf_sql {
    SF_SQL_FIND_MAKER,
    SF_SQL_ADD_MAKER,
    SF_SQL_FIND_CAPTURE,
    SF_SQL_FIND_ORIGINAL,
    SF_SQL_ADD_ORIGINAL,
    SF_SQL_ADD_CAPTURE,
    SF_SQL_PUT_CAPTURE,
    SF_SQL_DROP_CAPTURE,
    SF_SQL_ADD_CIRCUMSTANCES,
    SF_SQL_ADD_BYLINE,
    SF_SQL_ADD_NOTE,
    SF_SQL_ADD_BLOCK,
    SF_SQL_ADD_SUBJECT,
    SF_SQL_ADD_ALIAS,
    SF_SQL_ADD_NAME,
    SF_SQL_ADD_TIME,
    SF_SQL_ADD_QUOTE,
    SF_SQL_ADD_QUOTE_SPAN,
    SF_SQL_ADD_FACT,
    SF_SQL_ADD_ROLE,
    SF_SQL_ADD_RECEIPT,
    SF_SQL_DROP_CIRCUMSTANCES,
    SF_SQL_DROP_BYLINES,
    SF_SQL_DROP_NOTES,
    SF_SQL_DROP_BLOCKS,
    SF_SQL_DROP_TIMES,
    SF_SQL_DROP_QUOTES,
    SF_SQL_DROP_FACTS,
    SF_SQL_DROP_SUBJECTS,
    SF_SQL_SEARCH,
    SF_SQL_WORDS,
    SF_SQL_IN_ORDER,
    SF_SQL_ALL_CAPTURES,
    SF_SQL_CAPTURE,
    SF_SQL_BYLINES,
    SF_SQL_BLOCKS,
    SF_SQL_SUBJECTS,
    SF_SQL_ALIASES,
    SF_SQL_NAMES,
    SF_SQL_TIMES,
    SF_SQL_QUOTES,
    SF_SQL_QUOTE_SPANS,
    SF_SQL_FACTS,
    SF_SQL_ROLES,
    SF_SQL_RECEIPTS,
    SF_SQL_QUOTE_TEXTS,
    SF_SQL_SOURCE_MAP,
    SF_SQL_ORIGINAL,
    SF_SQL_NEAR,
    SF_SQL_TOLD,
    SF_SQL_STAMP,
    SF_SQL_COUNTS,
    SF_SQL_SIZE,
    SF_SQL_GIST,
    SF_SQL_WITHOUT_GIST,
    SF_SQL_PUT_GIST,
    SF_SQL_OUTDATED,
    SF_SQL_NEXT_OUTDATED,
    SF_SQL_OUTDATED_PAGE,
    SF_SQL_LOCK_CAPTURE,
    SF_SQL_REREADING,
    SF_SQL_BEGIN_REREADING,
    SF_SQL_REREAD,
    SF_SQL_END_REREADING,
    SF_SQL_ADD_DECISION,
    SF_SQL_DECISIONS,
    SF_SQL_COUNT_DECISIONS,
    SF_SQL_LOCK_DECISIONS,
    /* an engine's own */
    SF_SQL_KEYED,          /* ids of the captures that have one of the keys */
    SF_SQL_KEYED_IN_ORDER, /* the same in the order of sf_store_find */
    SF_SQL_BEGIN_READ,
    SF_SQL_BEGIN_WRITE,
    SF_SQL_COMMIT,
    SF_SQL_ROLLBACK,
    SF_SQL_SAVEPOINT,
    SF_SQL_RELEASE,
    SF_SQL_ROLLBACK_TO,
    SF_SQL_FLUSH,
    SF_SQL_INDEX,
    SF_SQL_INDEXED,
    SF_SQL_SEEN, /* text that is another when somebody else has written */
    SF_SQL_COUNT
} sf_sql;

/* The ways of a statement that both engines understand: strings with $1, $2 ... in the order of
 * their first use (SQLite numbers them so). */
extern const char *const sf_store_sql_text[SF_SQL_COUNT];

/* Ids of captures that a subquery gives, in the order of sf_store_find; $1 and $2 are the
 * subquery's, the bound is compared as text: a month or a year counts as its last day. */
#define SF_SQL_ORDER                                                                               \
    " ORDER BY c.published NULLS LAST, c.url NULLS FIRST, c.file NULLS FIRST, o.sha256, "          \
    "c.identity"
#define SF_SQL_SEARCH_IN(matching, bound)                                                          \
    "SELECT c.id FROM captures AS c JOIN originals AS o ON o.id = c.original_id "                  \
    "WHERE c.id IN (" matching ") AND (CAST(" bound " AS text) IS NULL OR "                        \
    "c.published || substr('-99-99', length(c.published) - 3) <= " bound ")" SF_SQL_ORDER
#define SF_SQL_ORDERED_IN(matching)                                                                \
    "SELECT c.id FROM captures AS c JOIN originals AS o ON o.id = c.original_id "                  \
    "WHERE c.id IN (" matching ")" SF_SQL_ORDER
/* Subjects of the first pages that a subquery gives, with on how many of them they stand. */
#define SF_SQL_NEAR_IN(matching)                                                                   \
    "SELECT s.name, count(*) FROM (" matching " LIMIT 200) AS f "                                  \
    "JOIN subjects AS s ON s.capture_id = f.id GROUP BY s.name ORDER BY s.name"

typedef struct sf_stmt sf_stmt; /* an engine's prepared statement */
typedef struct sf_doctor sf_doctor;

/* What an engine does. Functions that take a statement may be given NULL and then do nothing. */
typedef struct sf_engine {
    const char *const *sql; /* its own statements; NULL where the common one does */

    size_t handle_size;                  /* of its own struct, which begins with sf_store */
    char *(*name_of)(const char *where); /* malloc'ed, for messages: tells no password */
    /* Opens, identifies and (for writing) upgrades. On failure the caller closes the handle. */
    sofar_status (*open)(sf_store *store, sf_store_mode mode, sofar_error *err);
    void (*close)(sf_store *store); /* gives everything back, the handle too */
    /* No statement half done, no transaction open but that of a batch. */
    void (*settle)(sf_store *store);

    sf_stmt *(*statement)(sf_store *store, sf_sql which); /* reset, ready to bind */
    void (*bind_null)(sf_store *store, sf_stmt *s, int at);
    void (*bind_int)(sf_store *store, sf_stmt *s, int at, int64_t value);
    void (*bind_bytes)(sf_store *store, sf_stmt *s, int at, sf_str value, bool text);
    void (*run)(sf_store *store, sf_stmt *s); /* a statement without rows, now or a little later */
    void (*ask)(sf_store *store, sf_stmt *s); /* its rows will be wanted; NULL: no use */
    bool (*row)(sf_store *store, sf_stmt *s);
    void (*finish)(sf_store *store, sf_stmt *s); /* no further rows are wanted */
    bool (*is_null)(sf_stmt *s, int at);
    int64_t (*number)(sf_stmt *s, int at);
    sf_str (*bytes)(sf_stmt *s, int at); /* the engine's until the next row */

    /* Transactions. A batch is open between begin_batch and end_batch; a page is written between
     * begin_page and commit_page, or else undo_page. */
    void (*begin_batch)(sf_store *store);
    void (*end_batch)(sf_store *store);
    bool (*batch_lost)(sf_store *store); /* the engine gave up the batch's transaction */
    void (*begin_page)(sf_store *store);
    void (*commit_page)(sf_store *store);
    void (*undo_page)(sf_store *store);

    /* The search index: words as FTS5's unicode61 tells them, case and accents aside. */
    void (*index)(sf_store *store, int64_t capture, const sofar_clipping *clipping);
    void (*bind_search)(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *names,
                        size_t count);                               /* $1, $2 of SF_SQL_SEARCH */
    void (*bind_words)(sf_store *store, sf_arena *arena, sf_stmt *s, /* $1 of SF_SQL_WORDS */
                       const sf_str *phrases, size_t count);
    void (*bind_keys)(sf_store *store, sf_arena *arena, sf_stmt *s, /* $1 of SF_SQL_KEYED */
                      const sf_str *keys, size_t count);
    void (*bind_near)(sf_store *store, sf_arena *arena, sf_stmt *s, /* $1 of SF_SQL_NEAR */
                      const sf_str *beginnings, size_t count);

    void (*examine)(sf_store *store, sf_doctor *doctor); /* what only the engine can check */
    bool (*limit)(sf_store *store, int pages);           /* sf_store_limit */
} sf_engine;

extern const sf_engine sf_engine_sqlite;
extern const sf_engine *const sf_engine_postgresql; /* NULL in a build without libpq */

extern const char *const sf_migrations_sqlite[]; /* made from migrations/ by embed.py */
extern const char *const sf_migrations_postgresql[];
extern const int sf_store_version; /* how many there are of each */

struct sf_store { /* the head of an engine's own */
    const sf_engine *engine;
    char *where;    /* what was asked for, for the engine */
    char *path;     /* for messages: a file, or a URL without its password */
    char about[64]; /* "SQLite 3.40.1" */
    int version;    /* of the tables */
    bool readonly;
    bool batch;         /* between sf_store_begin and sf_store_commit */
    sf_trouble trouble; /* first failure of the call in progress */
    char code[16];      /* the engine's number for it */
    int system_errno;   /* what the operating system said then */
    char why[256];      /* the engine's words for it */
    void (*asked)(void *ctx, sf_str key, bool renaming); /* sf_store_listen; NULL: nobody does */
    void *asked_ctx;
    ZSTD_CCtx *zip;
    char *scratch; /* grows, for compressing */
    size_t scratch_size;
};

/* ---- statements (statement.c) ---- */

/* Forgets the last call's failure and half-done statements. First line of every public function. */
void sf_store_settle(sf_store *store);
/* Ends what a read left open, and keeps its failure. */
void sf_store_end_reading(sf_store *store);
/* Keeps a failure if it is the first. */
void sf_store_note(sf_store *store, sf_trouble trouble, const char *code, const char *why);
/* The call's failure as status and message: "PATH: why; what helps". */
sofar_status sf_store_fail(sf_store *store, sofar_error *err, const char *doing);
/* The words of a statement, the engine's or the common ones. */
const char *sf_store_words(const sf_store *store, sf_sql which);

/* The statement, ready to bind; NULL if the call has failed. */
static inline sf_stmt *sf_store_sql(sf_store *store, sf_sql which) {
    return store->trouble ? NULL : store->engine->statement(store, which);
}
/* Runs a statement that gives no rows. Its failure may show only at the next row or commit. */
static inline void sf_store_run(sf_store *store, sf_stmt *s) {
    if (s && !store->trouble)
        store->engine->run(store, s);
}
static inline void sf_store_do(sf_store *store, sf_sql which) {
    sf_store_run(store, sf_store_sql(store, which));
}
/* Several statements asked before the rows of the first are read go to a server in one go. */
static inline void sf_store_ask(sf_store *store, sf_stmt *s) {
    if (s && !store->trouble && store->engine->ask)
        store->engine->ask(store, s);
}
/* True if there is a row to read; resets the statement otherwise. */
static inline bool sf_store_row(sf_store *store, sf_stmt *s) {
    return s && !store->trouble && store->engine->row(store, s);
}
static inline void sf_store_finish(sf_store *store, sf_stmt *s) {
    if (s)
        store->engine->finish(store, s);
}

/* Binding: absent strings give NULL. The bytes must live until the statement has run. Text that is
 * no UTF-8 is not the store's to repair: see sf_store_clean. */
void sf_bind_str(sf_store *store, sf_stmt *s, int at, sf_str value);
void sf_bind_word(sf_store *store, sf_stmt *s, int at, const char *value);
void sf_bind_blob(sf_store *store, sf_stmt *s, int at, sf_str value);
static inline void sf_bind_int(sf_store *store, sf_stmt *s, int at, int64_t value) {
    if (s)
        store->engine->bind_int(store, s, at, value);
}
static inline void sf_bind_null(sf_store *store, sf_stmt *s, int at) {
    if (s)
        store->engine->bind_null(store, s, at);
}

/* Columns. The string is the engine's until the next row, or a copy in the arena. */
static inline int64_t sf_column_int(sf_store *store, sf_stmt *s, int at) {
    return store->engine->number(s, at);
}
sf_str sf_column_str(sf_store *store, sf_stmt *s, int at);
sf_str sf_column_copy(sf_store *store, sf_arena *arena, sf_stmt *s, int at);
/* A span; what lies outside 32 bits becomes a span that no check lets pass. */
sf_span sf_column_span(sf_store *store, sf_stmt *s, int at);

/* ---- shared between files ---- */

/* Runs body(store, arena, ctx) so that memory running out in the arena comes back here instead of
 * going to the arena's owner; then the call has failed with SF_NO_MEMORY. */
void sf_store_guard(sf_store *store, sf_arena *arena, void (*body)(sf_store *, sf_arena *, void *),
                    void *ctx);

/* A capture with its lists and its gist; false if it is not there. *fault: what is wrong with it (a
 * literal), its spans included; left alone if nothing is. */
bool sf_store_load(sf_store *store, sf_arena *arena, int64_t id, sf_capture *out,
                   const char **fault);
/* The same out of the rows of its lists, without its gist; nothing is checked. A word that is none
 * of the contract's becomes the last of its kind and *strange (may be NULL). */
bool sf_store_load_rows(sf_store *store, sf_arena *arena, int64_t id, sf_capture *out,
                        const char **strange);
/* What was read on it, as a reading without map and notes. */
sofar_reading sf_store_reading_of(const sf_capture *capture);
/* Makes the gists that a store of an older version lacks. */
void sf_store_add_gists(sf_store *store);

/* The first column of all rows. */
typedef struct sf_ids {
    int64_t *at;
    size_t count, room;
} sf_ids;
sf_ids sf_store_ids(sf_store *store, sf_arena *arena, sf_stmt *s);
/* Of the captures that sf_store_find would look at, whatever the day. */
sf_ids sf_store_find_ids(sf_store *store, sf_arena *arena, const sf_str *names, size_t count,
                         bool in_order);

/* The id of what made a reading, which is made known to the store if need be. NULL: not known. */
int64_t sf_store_maker(sf_store *store, const sf_maker *maker);
/* The only number that the statement gives, or 0. */
int64_t sf_store_id(sf_store *store, sf_stmt *s);

/* No receipt may lie, also when somebody has been at the store with other tools. NULL, or what is
 * wrong (a literal). Maps and originals are not looked at here: for this check the text stands for
 * its own original. */
const char *sf_store_check_spans(sf_arena *arena, const sf_capture *capture);

/* The words of a quote: its pieces joined by " ... ". Spans must lie in the text. */
sf_str sf_store_quote_text(sf_arena *arena, sf_str text, const sofar_quote *quote);

/* The original's bytes; absent with *fault set to what is wrong (a literal) where they are not
 * there or no longer what they were. */
sf_str sf_store_unzip(sf_store *store, sf_arena *arena, const char *sha256, const char **fault);

/* A source map as bytes: for each row the gap to the row before and the length, in the text and in
 * the source, as LEB128 numbers. Encoding needs at most 20 bytes a row. */
size_t sf_store_pack_map(const sofar_map_row *rows, size_t count, char *out);
/* False if the bytes are no map. */
bool sf_store_unpack_map(sf_arena *arena, sf_str packed, sofar_map_row **rows, size_t *count);

/* ["one","another"] */
sf_str sf_store_name_list(sf_arena *arena, const sf_str *names, size_t count);

/* A page on its way into the store. */
typedef struct sf_writing {
    const sofar_reading *reading;
    const sofar_page *page;
    sofar_clipping clipping; /* the reading's, with strings that any store can hold */
    sf_str captured, identity, gist, keys;
    int64_t replaces; /* the capture that was read again; 0: none */
    bool all;         /* of a reading again of all */
    bool bare;        /* without the rows of its lists */
    bool guessed;     /* the page's circumstances are not known, only guessed */
    bool added;       /* the store learnt something */
} sf_writing;
/* Fills clipping, captured, identity, gist and keys out of reading and page. */
void sf_store_prepare(sf_arena *arena, sf_writing *writing);
/* Writes it in a transaction of its own, or in the batch's. What was not prepared is. The call's
 * failure is undone. */
void sf_store_write(sf_store *store, sf_writing *writing);

/* A finding of the doctor (check.c). */
void sf_store_finding(sf_doctor *doctor, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The call's failure, as a finding: the doctor goes on with the next examination. */
void sf_store_failure(sf_store *store, sf_doctor *doctor, const char *doing);

#endif
