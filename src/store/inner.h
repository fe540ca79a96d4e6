/* store, inside: the handle, its prepared statements, and how SQLite's answers become messages.
 *
 * A call keeps the first failure in store->rc and every later step of it does nothing, so that
 * writers are straight lines with one check at their end. open.c opens and upgrades, add.c writes,
 * find.c reads, check.c doubts, near.c guesses names. */
#ifndef SF_STORE_INNER_H
#define SF_STORE_INNER_H

#include <sqlite3.h>
#include <zstd.h>

#include "store/store.h"

enum { SF_STORE_APPLICATION = 0x736f6672 }; /* "sofr", PRAGMA application_id */

extern const char *const sf_store_migrations[]; /* made from migrations/ by embed.py */
extern const int sf_store_version;              /* how many there are: PRAGMA user_version */

typedef enum sf_sql {
    SF_SQL_BEGIN_READ,
    SF_SQL_BEGIN_WRITE,
    SF_SQL_COMMIT,
    SF_SQL_ROLLBACK,
    SF_SQL_SAVEPOINT,
    SF_SQL_RELEASE,
    SF_SQL_ROLLBACK_TO,
    SF_SQL_FIND_CAPTURE,
    SF_SQL_FIND_ORIGINAL,
    SF_SQL_ADD_ORIGINAL,
    SF_SQL_ADD_CAPTURE,
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
    SF_SQL_DROP_QUOTES,
    SF_SQL_DROP_FACTS,
    SF_SQL_DROP_CAPTURE,
    SF_SQL_SEARCH,
    SF_SQL_ALL_CAPTURES,
    SF_SQL_IN_ORDER,
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
    SF_SQL_SOURCE_MAP,
    SF_SQL_ORIGINAL,
    SF_SQL_NEAR,
    SF_SQL_COUNT
} sf_sql;

struct sf_store {
    sqlite3 *db;
    char *path; /* for messages */
    bool readonly;
    bool batch;       /* between sf_store_begin and sf_store_commit */
    int rc;           /* first failure of the call in progress, an extended code; 0 if none */
    int system_errno; /* what the operating system said then */
    char why[256];    /* SQLite's words for it */
    sqlite3_stmt *statements[SF_SQL_COUNT];
    ZSTD_CCtx *zip;
    char *scratch; /* grows, for compressing */
    size_t scratch_size;
};

/* ---- statements (statement.c) ---- */

/* Forgets the last call's failure and half-done statements. First line of every public function. */
void sf_store_settle(sf_store *store);
/* The statement, reset and ready to bind; NULL if the call has failed. */
sqlite3_stmt *sf_store_sql(sf_store *store, sf_sql which);
/* Runs a statement that gives no rows. */
void sf_store_run(sf_store *store, sqlite3_stmt *statement);
static inline void sf_store_do(sf_store *store, sf_sql which) {
    sf_store_run(store, sf_store_sql(store, which));
}
/* True if there is a row to read; resets the statement otherwise. */
bool sf_store_row(sf_store *store, sqlite3_stmt *statement);
/* Keeps rc as the call's failure if it is one and the first. */
void sf_store_note(sf_store *store, int rc);

/* Binding: absent strings and empty spans give NULL. The bytes must live until the statement has
 * run. statement may be NULL. */
void sf_bind_str(sf_store *store, sqlite3_stmt *statement, int at, sf_str value);
void sf_bind_word(sf_store *store, sqlite3_stmt *statement, int at, const char *value);
void sf_bind_blob(sf_store *store, sqlite3_stmt *statement, int at, sf_str value);
void sf_bind_int(sf_store *store, sqlite3_stmt *statement, int at, int64_t value);
void sf_bind_null(sf_store *store, sqlite3_stmt *statement, int at);

/* Columns. The string is SQLite's until the next step, or a copy in the arena. */
sf_str sf_column_str(sqlite3_stmt *statement, int at);
sf_str sf_column_copy(sf_arena *arena, sqlite3_stmt *statement, int at);
/* A span; what lies outside 32 bits becomes a span that no check lets pass. */
sf_span sf_column_span(sqlite3_stmt *statement, int at);

/* The call's failure as status and message: "PATH: DOING: why; what helps". */
sofar_status sf_store_fail(sf_store *store, sofar_error *err, const char *doing);

/* ---- shared between files ---- */

/* Runs body(store, arena, ctx) so that memory running out in the arena comes back here instead of
 * going to the arena's owner; then the call has failed with SQLITE_NOMEM. */
void sf_store_guard(sf_store *store, sf_arena *arena, void (*body)(sf_store *, sf_arena *, void *),
                    void *ctx);

/* The capture that the row of SF_SQL_SEARCH or SF_SQL_ALL_CAPTURES stands for, with its lists.
 * A word that is none of the contract's becomes the last of its kind and *strange (may be NULL). */
void sf_store_load(sf_store *store, sf_arena *arena, sqlite3_stmt *row, sf_capture *out,
                   const char **strange);

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

/* The name as an FTS5 phrase: in double quotes, which are doubled inside. */
sf_str sf_store_phrase(sf_arena *arena, sf_str name);
/* What SF_SQL_SEARCH wants: "one" OR "another", and ["one","another"]. */
sf_str sf_store_phrases(sf_arena *arena, const sf_str *names, size_t count);
sf_str sf_store_name_list(sf_arena *arena, const sf_str *names, size_t count);

#endif
