/* store/sqlite: the handle of the SQLite engine. */
#ifndef SF_STORE_SQLITE_H
#define SF_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/inner.h"

enum { SF_STORE_APPLICATION = 0x736f6672 }; /* "sofr", PRAGMA application_id */

typedef struct sf_sqlite {
    sf_store base;
    sqlite3 *db;
    sqlite3_stmt *statements[SF_SQL_COUNT];
} sf_sqlite;

static inline sf_sqlite *sf_sqlite_of(sf_store *store) { return (sf_sqlite *)store; }

/* Keeps SQLite's failure, if rc is one. */
void sf_sqlite_note(sf_store *store, int rc);
void sf_sqlite_execute(sf_store *store, const char *sql);
/* The first number that the SQL gives. */
int64_t sf_sqlite_number(sf_store *store, const char *sql);

/* Adds the name as an FTS5 phrase: in double quotes, which are doubled inside. */
void sf_sqlite_phrase(sf_buf *buf, sf_str name);

sofar_status sf_sqlite_open(sf_store *store, sf_store_mode mode,
                            sofar_error *err); /* sqlite_open.c */

#endif
