/* Writing a capture: is it here already, its original, its row, its lists. */
#include "store/inner.h"

#include <stdlib.h>

/* zstd: level 3 packs news pages no smaller (100 of them, 25 MB: 4.85 MB both), in twice the time.
 */
enum { LEVEL = 1 };

/* ---- identity ---- */

/* The bytes, the URL, and what a container said. The user's own words (--date), the name of the
 * file and the day of an update are left out: none makes another page of the same bytes. */
static void identify(const sofar_clipping *c, const sofar_page *page, char out[65]) {
    sf_arena arena;
    jmp_buf escape;
    sf_arena_init(&arena, NULL, &escape);
    out[0] = '\0';
    if (setjmp(escape) == 0) {
        sf_buf buf = sf_buf_new(&arena);
        const sf_str parts[] = {sf_str_of(c->sha256), c->url,       page->title,
                                page->byline,         page->outlet, page->published};
        for (size_t i = 0; i < SF_LEN(parts); i++) {
            sf_buf_printf(&buf, "%zu:", parts[i].len);
            sf_buf_add(&buf, parts[i]);
        }
        sf_sha256_hex(sf_buf_str(&buf), out);
    }
    sf_arena_clear(&arena);
}

static void unhex(const char *hex, char out[32]) {
    for (size_t i = 0; i < 32; i++) {
        char a = hex[2 * i], b = hex[2 * i + 1];
        out[i] = (char)((sf_is_digit(a) ? a - '0' : a - 'a' + 10) << 4 |
                        (sf_is_digit(b) ? b - '0' : b - 'a' + 10));
    }
}

typedef enum verdict { NEW, KNOWN, REDATED, RENAMED } verdict;

/* Of pairs (this form's, the stored one's) the first that differs decides; what is known comes
 * before what is not. */
static bool comes_first(const sf_str pairs[][2], size_t count) {
    for (size_t i = 0; i < count; i++) {
        sf_str here = pairs[i][0], there = pairs[i][1];
        if (!here.ptr != !there.ptr)
            return here.ptr;
        if (!sf_str_equal(here, there))
            return sf_str_compare(here, there) < 0;
    }
    return false;
}

/* What this page is to the store. The rule between two forms of one capture gives the same result
 * in any order of adding: a given day wins, then the first file name, capture, update. */
static verdict judge(sf_store *store, const sofar_clipping *c, const sofar_page *page,
                     sf_str identity, int64_t *id) {
    verdict v = NEW;
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_FIND_CAPTURE);
    sf_bind_blob(store, s, 1, identity);
    if (!sf_store_row(store, s))
        return v;
    *id = sqlite3_column_int64(s, 0);
    bool was_given = sf_str_equal(sf_column_str(s, 2), sf_str_of(sf_origin_word(SOFAR_FROM_GIVEN)));
    bool is_given = c->published.ptr && c->published_from == SOFAR_FROM_GIVEN;
    const sf_str forms[][2] = {{c->file, sf_column_str(s, 3)},
                               {page->captured, sf_column_str(s, 4)},
                               {c->updated, sf_column_str(s, 5)}};
    if (is_given && !(was_given && sf_str_equal(c->published, sf_column_str(s, 1))))
        v = REDATED;
    else if (was_given && !is_given)
        v = KNOWN;
    else if (comes_first(forms, SF_LEN(forms)))
        v = RENAMED;
    else
        v = KNOWN;
    sqlite3_reset(s);
    return v;
}

/* ---- originals ---- */

static sf_str compress(sf_store *store, sf_str bytes) {
    size_t bound = ZSTD_compressBound(bytes.len);
    if (!store->zip)
        store->zip = ZSTD_createCCtx();
    if (bound > store->scratch_size) {
        char *grown = realloc(store->scratch, bound);
        if (grown) {
            store->scratch = grown;
            store->scratch_size = bound;
        }
    }
    size_t len = store->zip && bound <= store->scratch_size
                     ? ZSTD_compressCCtx(store->zip, store->scratch, store->scratch_size, bytes.ptr,
                                         bytes.len, LEVEL)
                     : 0;
    if (len == 0 || ZSTD_isError(len)) {
        sf_store_note(store, SQLITE_NOMEM);
        return SF_ABSENT;
    }
    return (sf_str){store->scratch, len};
}

static int64_t put_original(sf_store *store, const sofar_clipping *c, sf_str bytes) {
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_FIND_ORIGINAL);
    sf_bind_word(store, s, 1, c->sha256);
    if (sf_store_row(store, s)) {
        int64_t id = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
        return id;
    }
    s = sf_store_sql(store, SF_SQL_ADD_ORIGINAL);
    if (!s)
        return 0;
    sf_bind_word(store, s, 1, c->sha256);
    sf_bind_int(store, s, 2, (int64_t)bytes.len);
    sf_bind_blob(store, s, 3, compress(store, bytes));
    sf_store_run(store, s);
    return sqlite3_last_insert_rowid(store->db);
}

/* ---- the capture's row ---- */

static size_t put_number(char *out, uint32_t n) {
    size_t len = 0;
    for (; n >= 0x80; n >>= 7)
        out[len++] = (char)(n | 0x80);
    out[len++] = (char)n;
    return len;
}

size_t sf_store_pack_map(const sofar_map_row *rows, size_t count, char *out) {
    size_t len = 0;
    uint32_t text = 0, source = 0;
    for (size_t i = 0; i < count; i++) {
        const sofar_map_row *r = &rows[i];
        len += put_number(out + len, r->text_begin - text);
        len += put_number(out + len, r->text_end - r->text_begin);
        len += put_number(out + len, r->source_begin - source);
        len += put_number(out + len, r->source_end - r->source_begin);
        text = r->text_end;
        source = r->source_end;
    }
    return len;
}

static int64_t put_capture(sf_store *store, const sofar_clipping *c, const sofar_page *page,
                           sf_str identity, int64_t id, int64_t original) {
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ADD_CAPTURE);
    if (!s)
        return 0;
    char *map = malloc(c->map_count * 20 + 1);
    if (!map) {
        sf_store_note(store, SQLITE_NOMEM);
        return 0;
    }
    size_t map_len = sf_store_pack_map(c->map, c->map_count, map);
    if (id)
        sf_bind_int(store, s, 1, id);
    else
        sf_bind_null(store, s, 1);
    sf_bind_int(store, s, 2, original);
    sf_bind_str(store, s, 3, c->title);
    sf_bind_str(store, s, 4, c->outlet);
    sf_bind_str(store, s, 5, c->published);
    sf_bind_word(store, s, 6, sf_origin_word(c->published_from));
    sf_bind_str(store, s, 7, c->updated);
    sf_bind_str(store, s, 8, page->captured);
    sf_bind_str(store, s, 9, c->url);
    sf_bind_str(store, s, 10, c->file);
    sf_bind_str(store, s, 11, c->lang);
    sf_bind_word(store, s, 12, sofar_version());
    sf_bind_blob(store, s, 13, identity);
    sf_bind_str(store, s, 14, c->text.ptr ? c->text : SF_STR(""));
    sf_bind_blob(store, s, 15, (sf_str){map, map_len});
    sf_store_run(store, s);
    free(map);
    return sqlite3_last_insert_rowid(store->db);
}

/* ---- its lists ---- */

static void put_strings(sf_store *store, sf_sql sql, int64_t owner, const sf_str *at,
                        size_t count) {
    for (size_t i = 0; i < count; i++) {
        sqlite3_stmt *s = sf_store_sql(store, sql);
        sf_bind_int(store, s, 1, owner);
        sf_bind_str(store, s, 2, at[i].ptr ? at[i] : SF_STR(""));
        sf_store_run(store, s);
    }
}

static void bind_span(sf_store *store, sqlite3_stmt *s, int at, sf_span span) {
    sf_bind_int(store, s, at, span.begin);
    sf_bind_int(store, s, at + 1, span.end);
}

/* An empty span says that there is none. */
static void bind_optional_span(sf_store *store, sqlite3_stmt *s, int at, sf_span span) {
    if (span.begin < span.end) {
        bind_span(store, s, at, span);
    } else {
        sf_bind_null(store, s, at);
        sf_bind_null(store, s, at + 1);
    }
}

static void put_blocks(sf_store *store, int64_t capture, const sofar_clipping *c) {
    for (size_t i = 0; i < c->block_count; i++) {
        sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ADD_BLOCK);
        sf_bind_int(store, s, 1, capture);
        sf_bind_word(store, s, 2, sf_block_word(c->blocks[i].kind));
        bind_span(store, s, 3, c->blocks[i].span);
        sf_store_run(store, s);
    }
}

static void put_times(sf_store *store, int64_t capture, const sf_times *times) {
    for (size_t i = 0; i < times->count; i++) {
        sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ADD_TIME);
        sf_bind_int(store, s, 1, capture);
        sf_bind_word(store, s, 2, sf_timex_word(times->at[i].type));
        sf_bind_str(store, s, 3, times->at[i].value);
        bind_span(store, s, 4, times->at[i].span);
        sf_store_run(store, s);
    }
}

/* Subjects get ids that follow each other; the first one's is the result. */
static int64_t put_people(sf_store *store, int64_t capture, const sf_people *people) {
    int64_t first = 0;
    for (size_t i = 0; i < people->subject_count; i++) {
        const sofar_subject *subject = &people->subjects[i];
        sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ADD_SUBJECT);
        sf_bind_int(store, s, 1, capture);
        sf_bind_str(store, s, 2, subject->name.ptr ? subject->name : SF_STR(""));
        sf_bind_word(store, s, 3, sf_subject_word(subject->type));
        sf_store_run(store, s);
        int64_t id = sqlite3_last_insert_rowid(store->db);
        if (i == 0)
            first = id;
        put_strings(store, SF_SQL_ADD_ALIAS, id, subject->aliases, subject->alias_count);
    }
    for (size_t i = 0; i < people->name_count; i++) {
        const sofar_name *name = &people->names[i];
        sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ADD_NAME);
        sf_bind_int(store, s, 1, first + name->subject);
        sf_bind_word(store, s, 2, sf_form_word(name->form));
        bind_span(store, s, 3, name->span);
        sf_store_run(store, s);
    }
    return first;
}

static void bind_subject(sf_store *store, sqlite3_stmt *s, int at, int64_t first,
                         uint32_t subject) {
    if (subject == SOFAR_NOBODY)
        sf_bind_null(store, s, at);
    else
        sf_bind_int(store, s, at, first + subject);
}

static void put_quote(sf_store *store, int64_t capture, int64_t first, const sofar_quote *q,
                      sf_str text) {
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ADD_QUOTE);
    sf_bind_int(store, s, 1, capture);
    sf_bind_str(store, s, 2, text);
    sf_bind_word(store, s, 3, sf_quote_word(q->kind));
    bind_subject(store, s, 4, first, q->speaker);
    bind_subject(store, s, 5, first, q->to);
    sf_bind_str(store, s, 6, q->via);
    sf_bind_str(store, s, 7, q->when);
    bind_optional_span(store, s, 8, q->speaker_span);
    bind_optional_span(store, s, 10, q->cue);
    sf_store_run(store, s);
    int64_t id = sqlite3_last_insert_rowid(store->db);
    for (size_t i = 0; i < q->span_count; i++) {
        s = sf_store_sql(store, SF_SQL_ADD_QUOTE_SPAN);
        sf_bind_int(store, s, 1, id);
        bind_span(store, s, 2, q->spans[i]);
        sf_store_run(store, s);
    }
}

static void put_quotes(sf_store *store, int64_t capture, int64_t first, sf_str text,
                       const sf_quotes *quotes) {
    sf_arena arena;
    jmp_buf escape;
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape) == 0)
        for (size_t i = 0; i < quotes->count; i++)
            put_quote(store, capture, first, &quotes->at[i],
                      sf_store_quote_text(&arena, text, &quotes->at[i]));
    else
        sf_store_note(store, SQLITE_NOMEM);
    sf_arena_clear(&arena);
}

static void put_facts(sf_store *store, int64_t capture, int64_t first, const sf_facts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        const sofar_fact *f = &facts->at[i];
        sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ADD_FACT);
        sf_bind_int(store, s, 1, capture);
        sf_bind_str(store, s, 2, f->type);
        sf_bind_word(store, s, 3, sf_claim_word(f->status));
        sf_bind_str(store, s, 4, f->when);
        bind_subject(store, s, 5, first, f->by);
        sf_store_run(store, s);
        int64_t id = sqlite3_last_insert_rowid(store->db);
        for (size_t k = 0; k < f->role_count; k++) {
            s = sf_store_sql(store, SF_SQL_ADD_ROLE);
            sf_bind_int(store, s, 1, id);
            sf_bind_str(store, s, 2, f->roles[k].name);
            bind_subject(store, s, 3, first, f->roles[k].subject);
            sf_bind_str(store, s, 4, f->roles[k].value);
            sf_store_run(store, s);
        }
        for (size_t k = 0; k < f->receipt_count; k++) {
            s = sf_store_sql(store, SF_SQL_ADD_RECEIPT);
            sf_bind_int(store, s, 1, id);
            bind_span(store, s, 2, f->receipts[k]);
            sf_store_run(store, s);
        }
    }
}

/* ---- the whole ---- */

/* Quotes and facts first: they point at subjects. */
static void drop(sf_store *store, int64_t capture) {
    static const sf_sql order[] = {SF_SQL_DROP_QUOTES, SF_SQL_DROP_FACTS, SF_SQL_DROP_CAPTURE};
    for (size_t i = 0; i < SF_LEN(order); i++) {
        sqlite3_stmt *s = sf_store_sql(store, order[i]);
        sf_bind_int(store, s, 1, capture);
        sf_store_run(store, s);
    }
}

static void put(sf_store *store, const sofar_reading *r, const sofar_page *page, bool *added) {
    char hex[65], identity[32];
    const sofar_clipping *c = &r->clipping;
    identify(c, page, hex);
    if (!hex[0]) {
        sf_store_note(store, SQLITE_NOMEM);
        return;
    }
    unhex(hex, identity);
    sf_str key = {identity, sizeof identity};
    int64_t id = 0;
    verdict v = judge(store, c, page, key, &id);
    *added = v == NEW || v == REDATED;
    if (v == KNOWN || store->rc)
        return;
    if (v != NEW)
        drop(store, id);
    int64_t original = put_original(store, c, page->bytes);
    int64_t capture = put_capture(store, c, page, key, id, original);
    put_strings(store, SF_SQL_ADD_BYLINE, capture, c->byline, c->byline_count);
    put_strings(store, SF_SQL_ADD_NOTE, capture, c->notes, c->note_count);
    put_blocks(store, capture, c);
    put_times(store, capture, &r->times);
    int64_t first = put_people(store, capture, &r->people);
    put_quotes(store, capture, first, c->text, &r->quotes);
    put_facts(store, capture, first, &r->facts);
}

/* Undoes what the failed call began, and keeps its failure. */
static void undo(sf_store *store) {
    int rc = store->rc;
    store->rc = SQLITE_OK;
    if (sqlite3_get_autocommit(store->db)) { /* SQLite gave up the whole transaction itself */
    } else if (store->batch) {
        sf_store_do(store, SF_SQL_ROLLBACK_TO);
        sf_store_do(store, SF_SQL_RELEASE);
    } else {
        sf_store_do(store, SF_SQL_ROLLBACK);
    }
    store->rc = rc;
}

sofar_status sf_store_add(sf_store *store, const sofar_reading *reading, const sofar_page *page,
                          bool *added, sofar_error *err) {
    bool is_new = false;
    sf_store_settle(store);
    if (store->batch && sqlite3_get_autocommit(store->db))
        return sf_fail(err, SOFAR_ERR_STORE, "%s: the batch was given up; begin another",
                       store->path);
    sf_store_do(store, store->batch ? SF_SQL_SAVEPOINT : SF_SQL_BEGIN_WRITE);
    put(store, reading, page, &is_new);
    sf_store_do(store, store->batch ? SF_SQL_RELEASE : SF_SQL_COMMIT);
    if (store->rc != SQLITE_OK) {
        undo(store);
        return sf_store_fail(store, err, "adding a page");
    }
    *added = is_new;
    return SOFAR_OK;
}

sofar_status sf_store_begin(sf_store *store, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: a batch is open already", store->path);
    sf_store_do(store, SF_SQL_BEGIN_WRITE);
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "beginning to write");
    store->batch = true;
    return SOFAR_OK;
}

sofar_status sf_store_commit(sf_store *store, sofar_error *err) {
    sf_store_settle(store);
    if (!store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: no batch is open", store->path);
    store->batch = false;
    if (sqlite3_get_autocommit(store->db))
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: the batch was given up: its pages are not in the store", store->path);
    sf_store_do(store, SF_SQL_COMMIT);
    if (store->rc != SQLITE_OK) {
        undo(store);
        return sf_store_fail(store, err, "committing pages");
    }
    return SOFAR_OK;
}
