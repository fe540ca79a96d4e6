/* Writing a capture: is it here already, its original, its row, its lists. */
#include "store/inner.h"

#include <stdlib.h>
#include <time.h>

/* zstd: level 3 packs news pages no smaller (100 of them, 25 MB: 4.85 MB both), in twice the time.
 */
enum { LEVEL = 1 };

/* The rows of a capture's lists have its id in front and a number of their own behind it: nobody
 * needs to be asked for ids, rows of one page lie together, and they come in the order in which
 * they were written. */
enum { ROW_BITS = 24 };
static const int64_t row_most = (int64_t)1 << ROW_BITS;

enum { TRIES = 20, PAUSE_NS = 5000000 };

/* ---- identity ---- */

/* The bytes, the URL, and what a container said. The user's own words (--date), the name of the
 * file and the day of an update are left out: none makes another page of the same bytes. */
static void identify(sf_arena *arena, const sofar_clipping *c, const sofar_page *page,
                     char out[65]) {
    sf_buf buf = sf_buf_new(arena);
    const sf_str parts[] = {sf_str_of(c->sha256), c->url,       page->title,
                            page->byline,         page->outlet, page->published};
    for (size_t i = 0; i < SF_LEN(parts); i++) {
        sf_buf_printf(&buf, "%zu:", parts[i].len);
        sf_buf_add(&buf, parts[i]);
    }
    sf_sha256_hex(sf_buf_str(&buf), out);
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
static verdict judge(sf_store *store, const sofar_clipping *c, sf_str captured, sf_str identity,
                     int64_t *id) {
    verdict v = NEW;
    sf_stmt *s = sf_store_sql(store, SF_SQL_FIND_CAPTURE);
    sf_bind_blob(store, s, 1, identity);
    if (!sf_store_row(store, s))
        return v;
    *id = sf_column_int(store, s, 0);
    bool was_given =
        sf_str_equal(sf_column_str(store, s, 2), sf_str_of(sf_origin_word(SOFAR_FROM_GIVEN)));
    bool is_given = c->published.ptr && c->published_from == SOFAR_FROM_GIVEN;
    const sf_str forms[][2] = {{c->file, sf_column_str(store, s, 3)},
                               {captured, sf_column_str(store, s, 4)},
                               {c->updated, sf_column_str(store, s, 5)}};
    if (is_given && !(was_given && sf_str_equal(c->published, sf_column_str(store, s, 1))))
        v = REDATED;
    else if (was_given && !is_given)
        v = KNOWN;
    else if (comes_first(forms, SF_LEN(forms)))
        v = RENAMED;
    else
        v = KNOWN;
    sf_store_finish(store, s);
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
        sf_store_note(store, SF_NO_MEMORY, "", "");
        return SF_ABSENT;
    }
    return (sf_str){store->scratch, len};
}

int64_t sf_store_id(sf_store *store, sf_stmt *s) {
    int64_t id = 0;
    while (sf_store_row(store, s)) /* to the end: only then an insertion is done */
        id = sf_column_int(store, s, 0);
    return id;
}

static int64_t find_original(sf_store *store, const sofar_clipping *c) {
    sf_stmt *s = sf_store_sql(store, SF_SQL_FIND_ORIGINAL);
    sf_bind_word(store, s, 1, c->sha256);
    return sf_store_id(store, s);
}

static int64_t find_maker(sf_store *store, sf_sql sql, const sf_maker *maker) {
    sf_stmt *s = sf_store_sql(store, sql);
    sf_bind_word(store, s, 1, maker->reader);
    sf_bind_word(store, s, 2, maker->model);
    sf_bind_word(store, s, 3, maker->beats);
    return sf_store_id(store, s);
}

int64_t sf_store_maker(sf_store *store, const sf_maker *maker) {
    const sf_maker unknown = {.reader = sofar_version()};
    maker = maker ? maker : &unknown;
    int64_t id = find_maker(store, SF_SQL_FIND_MAKER, maker);
    if (!id)
        id = find_maker(store, SF_SQL_ADD_MAKER, maker);
    return id ? id : find_maker(store, SF_SQL_FIND_MAKER, maker); /* another writer was faster */
}

static int64_t put_original(sf_store *store, const sofar_clipping *c, sf_str bytes) {
    int64_t id = find_original(store, c);
    if (id || store->trouble)
        return id;
    sf_str packed = compress(store, bytes);
    sf_stmt *s = sf_store_sql(store, SF_SQL_ADD_ORIGINAL);
    sf_bind_word(store, s, 1, c->sha256);
    sf_bind_int(store, s, 2, (int64_t)bytes.len);
    sf_bind_blob(store, s, 3, packed);
    id = sf_store_id(store, s);
    return id ? id : find_original(store, c); /* another writer was faster */
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

/* A new row if id is 0, else in the place of that one. 0 if another writer was faster. */
static int64_t put_capture(sf_store *store, sf_arena *arena, const sf_writing *w, int64_t id,
                           int64_t original, int64_t maker) {
    const sofar_clipping *c = &w->clipping;
    char *map = sf_alloc(arena, c->map_count * 20 + 1);
    size_t map_len = sf_store_pack_map(c->map, c->map_count, map);
    sf_stmt *s = sf_store_sql(store, id ? SF_SQL_PUT_CAPTURE : SF_SQL_ADD_CAPTURE);
    sf_bind_int(store, s, 1, original);
    sf_bind_str(store, s, 2, c->title);
    sf_bind_str(store, s, 3, c->outlet);
    sf_bind_str(store, s, 4, c->published);
    sf_bind_word(store, s, 5, sf_origin_word(c->published_from));
    sf_bind_str(store, s, 6, c->updated);
    sf_bind_str(store, s, 7, w->captured);
    sf_bind_str(store, s, 8, c->url);
    sf_bind_str(store, s, 9, c->file);
    sf_bind_str(store, s, 10, c->lang);
    sf_bind_int(store, s, 11, maker);
    sf_bind_blob(store, s, 12, w->identity);
    sf_bind_str(store, s, 13, c->text);
    sf_bind_blob(store, s, 14, (sf_str){map, map_len});
    sf_bind_blob(store, s, 15, w->gist);
    sf_bind_str(store, s, 16, w->keys);
    if (id) {
        sf_bind_int(store, s, 17, id);
        sf_store_run(store, s);
        return id;
    }
    return sf_store_id(store, s);
}

/* ---- its lists ---- */

/* The next row of a list: its first two columns are bound. */
static sf_stmt *next_row(sf_store *store, sf_sql sql, int64_t *id, int64_t owner) {
    sf_stmt *s = sf_store_sql(store, sql);
    if (*id % row_most == row_most - 1) {
        sf_store_note(store, SF_TOO_LARGE, "", "");
        return NULL;
    }
    sf_bind_int(store, s, 1, ++*id);
    sf_bind_int(store, s, 2, owner);
    return s;
}

static void put_strings(sf_store *store, sf_sql sql, int64_t *id, int64_t owner, const sf_str *at,
                        size_t count) {
    for (size_t i = 0; i < count; i++) {
        sf_stmt *s = next_row(store, sql, id, owner);
        sf_bind_str(store, s, 3, at[i].ptr ? at[i] : SF_STR(""));
        sf_store_run(store, s);
    }
}

static void bind_span(sf_store *store, sf_stmt *s, int at, sf_span span) {
    sf_bind_int(store, s, at, span.begin);
    sf_bind_int(store, s, at + 1, span.end);
}

static void put_spans(sf_store *store, sf_sql sql, int64_t *id, int64_t owner, const sf_span *at,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        sf_stmt *s = next_row(store, sql, id, owner);
        bind_span(store, s, 3, at[i]);
        sf_store_run(store, s);
    }
}

/* An empty span says that there is none. */
static void bind_optional_span(sf_store *store, sf_stmt *s, int at, sf_span span) {
    if (span.begin < span.end) {
        bind_span(store, s, at, span);
    } else {
        sf_bind_null(store, s, at);
        sf_bind_null(store, s, at + 1);
    }
}

static void put_blocks(sf_store *store, int64_t capture, const sofar_clipping *c) {
    int64_t id = capture << ROW_BITS;
    for (size_t i = 0; i < c->block_count; i++) {
        sf_stmt *s = next_row(store, SF_SQL_ADD_BLOCK, &id, capture);
        sf_bind_word(store, s, 3, sf_block_word(c->blocks[i].kind));
        bind_span(store, s, 4, c->blocks[i].span);
        sf_store_run(store, s);
    }
}

static void put_times(sf_store *store, int64_t capture, const sf_times *times) {
    int64_t id = capture << ROW_BITS;
    for (size_t i = 0; i < times->count; i++) {
        sf_stmt *s = next_row(store, SF_SQL_ADD_TIME, &id, capture);
        sf_bind_word(store, s, 3, sf_timex_word(times->at[i].type));
        sf_bind_str(store, s, 4, times->at[i].value);
        bind_span(store, s, 5, times->at[i].span);
        sf_store_run(store, s);
    }
}

/* The row of a subject, by its index in the reading. */
static int64_t subject_row(int64_t capture, uint32_t subject) {
    return (capture << ROW_BITS) + 1 + subject;
}

static void put_people(sf_store *store, int64_t capture, const sf_people *people) {
    int64_t id = capture << ROW_BITS, alias = id, mention = id;
    for (size_t i = 0; i < people->subject_count; i++) {
        const sofar_subject *subject = &people->subjects[i];
        sf_stmt *s = next_row(store, SF_SQL_ADD_SUBJECT, &id, capture);
        sf_bind_str(store, s, 3, subject->name.ptr ? subject->name : SF_STR(""));
        sf_bind_word(store, s, 4, sf_subject_word(subject->type));
        sf_store_run(store, s);
        put_strings(store, SF_SQL_ADD_ALIAS, &alias, id, subject->aliases, subject->alias_count);
    }
    for (size_t i = 0; i < people->name_count; i++) {
        const sofar_name *name = &people->names[i];
        sf_stmt *s =
            next_row(store, SF_SQL_ADD_NAME, &mention, subject_row(capture, name->subject));
        sf_bind_word(store, s, 3, sf_form_word(name->form));
        bind_span(store, s, 4, name->span);
        sf_store_run(store, s);
    }
}

static void bind_subject(sf_store *store, sf_stmt *s, int at, int64_t capture, uint32_t subject) {
    if (subject == SOFAR_NOBODY)
        sf_bind_null(store, s, at);
    else
        sf_bind_int(store, s, at, subject_row(capture, subject));
}

static void put_quotes(sf_store *store, sf_arena *arena, int64_t capture, sf_str text,
                       const sf_quotes *quotes) {
    int64_t id = capture << ROW_BITS, piece = id;
    for (size_t i = 0; i < quotes->count; i++) {
        const sofar_quote *q = &quotes->at[i];
        sf_stmt *s = next_row(store, SF_SQL_ADD_QUOTE, &id, capture);
        sf_bind_str(store, s, 3, sf_store_quote_text(arena, text, q));
        sf_bind_word(store, s, 4, sf_quote_word(q->kind));
        bind_subject(store, s, 5, capture, q->speaker);
        bind_subject(store, s, 6, capture, q->to);
        sf_bind_str(store, s, 7, q->via);
        sf_bind_str(store, s, 8, q->when);
        bind_optional_span(store, s, 9, q->speaker_span);
        bind_optional_span(store, s, 11, q->cue);
        sf_store_run(store, s);
        put_spans(store, SF_SQL_ADD_QUOTE_SPAN, &piece, id, q->spans, q->span_count);
    }
}

static void put_facts(sf_store *store, int64_t capture, const sf_facts *facts) {
    int64_t id = capture << ROW_BITS, role = id, receipt = id;
    for (size_t i = 0; i < facts->count; i++) {
        const sofar_fact *f = &facts->at[i];
        sf_stmt *s = next_row(store, SF_SQL_ADD_FACT, &id, capture);
        sf_bind_str(store, s, 3, f->type);
        sf_bind_word(store, s, 4, sf_claim_word(f->status));
        sf_bind_str(store, s, 5, f->when);
        bind_subject(store, s, 6, capture, f->by);
        sf_store_run(store, s);
        for (size_t k = 0; k < f->role_count; k++) {
            s = next_row(store, SF_SQL_ADD_ROLE, &role, id);
            sf_bind_str(store, s, 3, f->roles[k].name);
            bind_subject(store, s, 4, capture, f->roles[k].subject);
            sf_bind_str(store, s, 5, f->roles[k].value);
            sf_store_run(store, s);
        }
        put_spans(store, SF_SQL_ADD_RECEIPT, &receipt, id, f->receipts, f->receipt_count);
    }
}

/* ---- the whole ---- */

/* Text is UTF-8 in every store: in what comes from outside (names of files, headers) bytes that are
 * none become U+FFFD. The canonical text is UTF-8 by the first promise. */
static sf_str clean(sf_arena *arena, sf_str s) {
    if (!s.ptr || (!memchr(s.ptr, 0, s.len) && sf_utf8_valid(s, NULL)))
        return s;
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0, bytes; i < s.len; i += bytes) {
        char out[4];
        uint32_t code = sf_utf8_at(s, i, &bytes);
        sf_buf_add(&buf, (sf_str){out, sf_utf8_put(code ? code : 0xFFFD, out)});
    }
    return sf_buf_str(&buf);
}

/* Quotes and facts first: they point at subjects. */
static void drop_lists(sf_store *store, int64_t capture) {
    static const sf_sql order[] = {
        SF_SQL_DROP_QUOTES,  SF_SQL_DROP_FACTS, SF_SQL_DROP_SUBJECTS, SF_SQL_DROP_CIRCUMSTANCES,
        SF_SQL_DROP_BYLINES, SF_SQL_DROP_NOTES, SF_SQL_DROP_BLOCKS,   SF_SQL_DROP_TIMES};
    for (size_t i = 0; i < SF_LEN(order); i++) {
        sf_stmt *s = sf_store_sql(store, order[i]);
        sf_bind_int(store, s, 1, capture);
        sf_store_run(store, s);
    }
}

static void put_circumstances(sf_store *store, sf_arena *arena, const sf_writing *w,
                              int64_t capture) {
    const sofar_page *p = w->page;
    const sf_str said[] = {p->url,    p->content_type, p->date,      p->title,
                           p->byline, p->outlet,       p->published, p->updated};
    bool any = false;
    for (size_t i = 0; i < SF_LEN(said); i++)
        any |= said[i].ptr != NULL;
    if (!any)
        return;
    sf_stmt *s = sf_store_sql(store, SF_SQL_ADD_CIRCUMSTANCES);
    sf_bind_int(store, s, 1, capture);
    sf_bind_int(store, s, 2, w->guessed);
    for (size_t i = 0; i < SF_LEN(said); i++)
        sf_bind_str(store, s, (int)i + 3, clean(arena, said[i]));
    sf_store_run(store, s);
}

static void put_lists(sf_store *store, sf_arena *arena, const sf_writing *w, int64_t capture) {
    const sofar_clipping *c = &w->clipping;
    store->engine->index(store, capture, c);
    if (w->bare)
        return;
    put_circumstances(store, arena, w, capture);
    int64_t byline = capture << ROW_BITS, note = byline;
    put_strings(store, SF_SQL_ADD_BYLINE, &byline, capture, c->byline, c->byline_count);
    put_strings(store, SF_SQL_ADD_NOTE, &note, capture, c->notes, c->note_count);
    put_blocks(store, capture, c);
    put_times(store, capture, &w->reading->times);
    put_people(store, capture, &w->reading->people);
    put_quotes(store, arena, capture, c->text, &w->reading->quotes);
    put_facts(store, capture, &w->reading->facts);
}

static void drop_capture(sf_store *store, int64_t capture) {
    drop_lists(store, capture);
    sf_stmt *s = sf_store_sql(store, SF_SQL_DROP_CAPTURE);
    sf_bind_int(store, s, 1, capture);
    sf_store_run(store, s);
}

/* In the place of capture `id` if it is not 0, which has its lists still. False if another writer
 * was faster. */
static bool put_all(sf_store *store, sf_arena *arena, const sf_writing *w, int64_t id,
                    int64_t maker) {
    int64_t original = put_original(store, &w->clipping, w->page->bytes);
    int64_t capture = put_capture(store, arena, w, id, original, maker);
    if (!capture || store->trouble)
        return store->trouble;
    if (capture >> (62 - ROW_BITS)) {
        sf_store_note(store, SF_TOO_LARGE, "", "");
        return true;
    }
    if (id)
        drop_lists(store, id);
    put_lists(store, arena, w, capture);
    return true;
}

/* Judged again where another writer adds the same capture at the same time. */
static void put(sf_store *store, sf_arena *arena, sf_writing *w, int64_t maker) {
    verdict v;
    int64_t id;
    do {
        id = 0;
        v = judge(store, &w->clipping, w->captured, w->identity, &id);
        w->added = v == NEW || v == REDATED;
    } while (v != KNOWN && !store->trouble && !put_all(store, arena, w, id, maker));
}

/* A capture that was read again keeps its row. Should it have become the same as another one (a
 * better reader found one address for both), the two are one from now on. What tells its identity
 * is not known of a capture of an older store: it keeps the one it has. */
static void put_again(sf_store *store, sf_arena *arena, sf_writing *w, int64_t maker) {
    sf_stmt *s = sf_store_sql(store, SF_SQL_LOCK_CAPTURE);
    sf_bind_int(store, s, 1, w->replaces);
    if (!sf_store_row(store, s)) /* it went into another one */
        return;
    w->guessed = sf_column_int(store, s, 1) != 0;
    if (w->guessed)
        w->identity = sf_column_copy(store, arena, s, 0);
    sf_store_finish(store, s);
    s = sf_store_sql(store, SF_SQL_FIND_CAPTURE);
    sf_bind_blob(store, s, 1, w->identity);
    int64_t other = sf_store_id(store, s);
    if (other && other != w->replaces) {
        drop_capture(store, w->replaces);
        put(store, arena, w, maker);
    } else {
        put_all(store, arena, w, w->replaces, maker);
    }
    if (w->all) {
        s = sf_store_sql(store, SF_SQL_REREAD);
        sf_bind_int(store, s, 1, w->replaces);
        sf_store_run(store, s);
    }
}

static sf_str *clean_all(sf_arena *arena, const sf_str *at, size_t count) {
    sf_str *out = SF_ARRAY(arena, sf_str, count);
    for (size_t i = 0; i < count; i++)
        out[i] = clean(arena, at[i]);
    return out;
}

void sf_store_prepare(sf_arena *arena, sf_writing *w) {
    char hex[65];
    sofar_clipping *c = &w->clipping;
    *c = w->reading->clipping;
    identify(arena, c, w->page, hex);
    char *identity = sf_alloc(arena, 32);
    unhex(hex, identity);
    w->identity = (sf_str){identity, 32};
    w->captured = clean(arena, w->page->captured);
    sf_str *fields[] = {&c->file,      &c->url,     &c->outlet, &c->title,
                        &c->published, &c->updated, &c->lang};
    for (size_t i = 0; i < SF_LEN(fields); i++)
        *fields[i] = clean(arena, *fields[i]);
    c->byline = clean_all(arena, c->byline, c->byline_count);
    c->notes = clean_all(arena, c->notes, c->note_count);
    if (!c->text.ptr)
        c->text = SF_STR("");
    sofar_reading r = *w->reading;
    sf_gist gist;
    r.clipping = *c;
    sf_gist_make(arena, &r, &gist);
    w->gist = sf_gist_pack(arena, &r, &gist);
    w->keys = sf_gist_keys(arena, &r);
}

/* A transaction that another writer's came between is tried again, after a pause that grows. */
static void write_page(sf_store *store, sf_arena *arena, void *ctx) {
    sf_writing *w = ctx;
    if (!w->identity.ptr)
        sf_store_prepare(arena, w);
    for (int tries = 1;; tries++) {
        store->engine->begin_page(store);
        int64_t maker = sf_store_maker(store, w->reading->maker);
        if (w->replaces)
            put_again(store, arena, w, maker);
        else
            put(store, arena, w, maker);
        if (!store->trouble)
            store->engine->commit_page(store);
        if (store->trouble != SF_CONFLICT || tries == TRIES)
            return;
        store->engine->undo_page(store);
        store->trouble = SF_FINE;
        nanosleep(&(struct timespec){0, (long)tries * PAUSE_NS}, NULL);
    }
}

void sf_store_write(sf_store *store, sf_writing *w) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_store_guard(store, &arena, write_page, w);
    sf_arena_clear(&arena);
    if (store->trouble)
        store->engine->undo_page(store);
}

sofar_status sf_store_add(sf_store *store, const sofar_reading *reading, const sofar_page *page,
                          bool *added, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch && store->engine->batch_lost(store))
        return sf_fail(err, SOFAR_ERR_STORE, "%s: the batch was given up; begin another",
                       store->path);
    sf_writing w = {.reading = reading, .page = page};
    sf_store_write(store, &w);
    if (store->trouble)
        return sf_store_fail(store, err, "adding a page");
    *added = w.added;
    return SOFAR_OK;
}

/* ---- what older versions did not have ---- */

static void add_gist(sf_store *store, sf_arena *arena, int64_t id) {
    sf_capture c;
    sf_gist gist;
    if (!sf_store_load_rows(store, arena, id, &c, NULL) || sf_store_check_spans(arena, &c))
        return; /* the doctor tells */
    sofar_reading r = sf_store_reading_of(&c);
    sf_gist_make(arena, &r, &gist);
    sf_stmt *s = sf_store_sql(store, SF_SQL_PUT_GIST);
    sf_bind_blob(store, s, 1, sf_gist_pack(arena, &r, &gist));
    sf_bind_str(store, s, 2, sf_gist_keys(arena, &r));
    sf_bind_int(store, s, 3, id);
    sf_store_run(store, s);
}

static void add_gists(sf_store *store, sf_arena *arena, void *ctx) {
    sf_arena *page = ctx;
    sf_ids ids = sf_store_ids(store, arena, sf_store_sql(store, SF_SQL_WITHOUT_GIST));
    page->escape = arena->escape;
    if (!ids.count || store->trouble)
        return;
    store->engine->begin_batch(store);
    for (size_t i = 0; i < ids.count && !store->trouble; i++) {
        sf_arena_reset(page);
        add_gist(store, page, ids.at[i]);
    }
    if (!store->trouble)
        store->engine->end_batch(store);
}

void sf_store_add_gists(sf_store *store) {
    sf_arena list, page;
    sf_arena_init(&list, NULL, NULL);
    sf_arena_init(&page, NULL, NULL);
    sf_store_guard(store, &list, add_gists, &page);
    sf_arena_clear(&page);
    sf_arena_clear(&list);
}
