/* Words for PostgreSQL's search: cut and folded by the tokenizer that SQLite's index uses. */
#include <stdlib.h>

#include "store/postgresql.h"

static fts5_api *api_of(sqlite3 *db) {
    fts5_api *api = NULL;
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(s, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(s);
    }
    sqlite3_finalize(s);
    return api;
}

bool sf_pg_words_open(sf_pg *pg) {
    static const char *options[] = {"remove_diacritics", "2"}; /* as migrations/sqlite has it */
    void *context = NULL;
    if (sqlite3_open_v2(":memory:", &pg->words,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL))
        return false;
    fts5_api *api = api_of(pg->words);
    return api && api->xFindTokenizer(api, "unicode61", &context, &pg->tokenizer) == SQLITE_OK &&
           pg->tokenizer.xCreate(context, options, SF_LEN(options), &pg->cutter) == SQLITE_OK;
}

void sf_pg_words_close(sf_pg *pg) {
    if (pg->cutter)
        pg->tokenizer.xDelete(pg->cutter);
    sqlite3_close_v2(pg->words);
    free(pg->folded);
}

static int add_word(void *ctx, int flags, const char *word, int len, int begin, int end) {
    sf_pg *pg = ctx;
    char hash[65];
    (void)flags, (void)begin, (void)end;
    sf_str s = {word, (size_t)len};
    if (s.len > SF_PG_WORD_MOST) {
        sf_sha256_hex(s, hash);
        s = sf_str_of(hash);
    }
    size_t need = pg->folded_len + s.len + 1;
    if (need > pg->folded_room) {
        char *grown = realloc(pg->folded, 2 * need);
        if (!grown)
            return SQLITE_NOMEM;
        pg->folded = grown;
        pg->folded_room = 2 * need;
    }
    if (pg->folded_len)
        pg->folded[pg->folded_len++] = ' ';
    memcpy(pg->folded + pg->folded_len, s.ptr, s.len);
    pg->folded_len += s.len;
    return SQLITE_OK;
}

static bool fold_more(sf_pg *pg, sf_str text) {
    return !text.len || pg->tokenizer.xTokenize(pg->cutter, pg, FTS5_TOKENIZE_DOCUMENT, text.ptr,
                                                (int)text.len, add_word) == SQLITE_OK;
}

sf_str sf_pg_fold(sf_pg *pg, sf_str text) {
    pg->folded_len = 0;
    return fold_more(pg, text) ? (sf_str){pg->folded ? pg->folded : "", pg->folded_len} : SF_ABSENT;
}

sf_str sf_pg_fold_page(sf_pg *pg, sf_str title, sf_str text) {
    pg->folded_len = 0;
    bool ok =
        fold_more(pg, title) && add_word(pg, 0, ".", 1, 0, 0) == SQLITE_OK && fold_more(pg, text);
    return ok ? (sf_str){pg->folded, pg->folded_len} : SF_ABSENT;
}
