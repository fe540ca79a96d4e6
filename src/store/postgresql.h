/* store/postgresql: the handle of the PostgreSQL engine.
 *
 * The connection is in libpq's pipeline mode from its opening on: statements without rows are sent
 * and not waited for, questions go out together; whoever wants a row, or the end of a transaction,
 * waits for all that was sent. */
#ifndef SF_STORE_POSTGRESQL_H
#define SF_STORE_POSTGRESQL_H

#include <libpq-fe.h>
#include <sqlite3.h>

#include "store/inner.h"

enum { SF_PG_PARAMETERS = 32, SF_PG_AHEAD = 256 };

struct sf_stmt {
    sf_sql which;
    bool prepared, asked;
    int count; /* parameters bound so far */
    const char *values[SF_PG_PARAMETERS];
    int lengths[SF_PG_PARAMETERS];
    char numbers[SF_PG_PARAMETERS][8];
    PGresult *rows; /* NULL until they have come */
    int row;
};

/* Something that was sent, whose answer is awaited. */
typedef struct sf_sent {
    sf_stmt *statement;
    enum { SF_PREPARED, SF_RUN, SF_ASKED } what;
} sf_sent;

typedef struct sf_pg {
    sf_store base;
    PGconn *conn;
    sf_stmt statements[SF_SQL_COUNT];
    sf_sent sent[SF_PG_AHEAD];
    size_t sent_count;
    sqlite3 *words; /* an empty database, for the tokenizer of FTS5 */
    fts5_tokenizer tokenizer;
    Fts5Tokenizer *cutter;
    char *folded; /* what was folded last */
    size_t folded_len, folded_room;
} sf_pg;

static inline sf_pg *sf_pg_of(sf_store *store) { return (sf_pg *)store; }

/* Keeps the failure of an answer, or of the connection where there is none. */
void sf_pg_note(sf_store *store, const PGresult *result);
/* Waits for the answers to all that was sent. */
void sf_pg_drain(sf_store *store);

sofar_status sf_pg_open(sf_store *store, sf_store_mode mode, sofar_error *err);
/* The URL without its password, malloc'ed. */
char *sf_pg_name_of(const char *url);

/* ---- words (words.c): FTS5's tokenizer, so that a word is the same to both engines ---- */

/* False if there is no memory, or SQLite was built without FTS5. */
bool sf_pg_words_open(sf_pg *pg);
void sf_pg_words_close(sf_pg *pg);

/* A text's words in order, folded and parted by single spaces. Words of more than WORD_MOST bytes,
 * which no index takes, are told by their hash. The string lives until the next call; absent if
 * memory ran out. */
enum { SF_PG_WORD_MOST = 500 };
sf_str sf_pg_fold(sf_pg *pg, sf_str text);
/* Likewise of a title and a text, with a full stop between them: no phrase goes over it. */
sf_str sf_pg_fold_page(sf_pg *pg, sf_str title, sf_str text);

#endif
