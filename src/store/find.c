/* Reading captures back: all rows of one go into the caller's arena. */
#include "store/inner.h"

#include <stdlib.h>
#include <zstd.h>

/* ---- memory ---- */

void sf_store_guard(sf_store *store, sf_arena *arena, void (*body)(sf_store *, sf_arena *, void *),
                    void *ctx) {
    jmp_buf here, *outer = arena->escape;
    arena->escape = &here;
    if (setjmp(here) == 0)
        body(store, arena, ctx);
    else
        sf_store_note(store, SQLITE_NOMEM);
    arena->escape = outer;
}

/* ---- words and strings ---- */

typedef const char *(*word_of)(unsigned value);

static const char *origin_word(unsigned v) { return sf_origin_word((sofar_origin)v); }
static const char *block_word(unsigned v) { return sf_block_word((sofar_block_kind)v); }
static const char *timex_word(unsigned v) { return sf_timex_word((sofar_timex)v); }
static const char *subject_word(unsigned v) { return sf_subject_word((sofar_subject_type)v); }
static const char *form_word(unsigned v) { return sf_form_word((sofar_form)v); }
static const char *claim_word(unsigned v) { return sf_claim_word((sofar_claim)v); }
static const char *quote_word(unsigned v) { return sf_quote_word((sofar_quote_kind)v); }

/* The value whose word it is; the last one, and *strange, if none has it. */
static unsigned value_of(sf_str word, word_of word_of_value, unsigned last, const char **strange) {
    for (unsigned v = 0; v <= last; v++)
        if (sf_str_equal(word, sf_str_of(word_of_value(v))))
            return v;
    if (strange)
        *strange = "a kind, type or form is none of the known words";
    return last;
}

sf_str sf_store_quote_text(sf_arena *arena, sf_str text, const sofar_quote *quote) {
    if (quote->span_count == 1)
        return sf_span_of(text, quote->spans[0]);
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < quote->span_count; i++) {
        if (i)
            sf_buf_add(&buf, SF_STR(" ... "));
        sf_buf_add(&buf, sf_span_of(text, quote->spans[i]));
    }
    return sf_buf_str(&buf);
}

sf_str sf_store_phrase(sf_arena *arena, sf_str name) {
    sf_buf buf = sf_buf_new(arena);
    sf_buf_char(&buf, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '"')
            sf_buf_char(&buf, '"');
        sf_buf_char(&buf, name.ptr[i] ? name.ptr[i] : ' '); /* FTS5 would stop at a NUL */
    }
    sf_buf_char(&buf, '"');
    return sf_buf_str(&buf);
}

static bool get_number(sf_str s, size_t *at, uint32_t *out) {
    uint32_t value = 0;
    for (unsigned shift = 0; shift < 35 && *at < s.len; shift += 7) {
        unsigned char c = (unsigned char)s.ptr[(*at)++];
        if (shift == 28 && c > 0x0F)
            return false;
        value |= (uint32_t)(c & 0x7F) << shift;
        if (c < 0x80) {
            *out = value;
            return true;
        }
    }
    return false;
}

bool sf_store_unpack_map(sf_arena *arena, sf_str packed, sofar_map_row **rows, size_t *count) {
    sf_vec(sofar_map_row) out = {0};
    uint64_t text = 0, source = 0;
    for (size_t at = 0; at < packed.len;) {
        uint32_t n[4];
        for (size_t i = 0; i < SF_LEN(n); i++)
            if (!get_number(packed, &at, &n[i]))
                return false;
        uint64_t text_end = text + n[0] + n[1], source_end = source + n[2] + n[3];
        if (text_end > UINT32_MAX || source_end > UINT32_MAX)
            return false;
        *SF_PUSH(arena, &out) = (sofar_map_row){(uint32_t)(text + n[0]), (uint32_t)text_end,
                                                (uint32_t)(source + n[2]), (uint32_t)source_end};
        text = text_end;
        source = source_end;
    }
    *rows = out.at;
    *count = out.count;
    return true;
}

/* ---- a capture's lists ---- */

static sqlite3_stmt *rows_of(sf_store *store, sf_sql sql, int64_t owner) {
    sqlite3_stmt *s = sf_store_sql(store, sql);
    sf_bind_int(store, s, 1, owner);
    return s;
}

static void load_strings(sf_store *store, sf_arena *arena, sf_sql sql, int64_t owner, sf_str **at,
                         size_t *count) {
    sf_vec(sf_str) out = {0};
    sqlite3_stmt *s = rows_of(store, sql, owner);
    while (sf_store_row(store, s))
        *SF_PUSH(arena, &out) = sf_column_copy(arena, s, 0);
    *at = out.at;
    *count = out.count;
}

static void load_spans(sf_store *store, sf_arena *arena, sf_sql sql, int64_t owner, sofar_span **at,
                       size_t *count) {
    sf_vec(sofar_span) out = {0};
    sqlite3_stmt *s = rows_of(store, sql, owner);
    while (sf_store_row(store, s))
        *SF_PUSH(arena, &out) = sf_column_span(s, 0);
    *at = out.at;
    *count = out.count;
}

static void load_blocks(sf_store *store, sf_arena *arena, sf_capture *c, const char **strange) {
    sf_vec(sofar_block) out = {0};
    sqlite3_stmt *s = rows_of(store, SF_SQL_BLOCKS, c->id);
    while (sf_store_row(store, s))
        *SF_PUSH(arena, &out) = (sofar_block){
            (sofar_block_kind)value_of(sf_column_str(s, 0), block_word, SOFAR_BLOCK_QUOTE, strange),
            sf_column_span(s, 1)};
    c->clipping.blocks = out.at;
    c->clipping.block_count = out.count;
}

static void load_times(sf_store *store, sf_arena *arena, sf_capture *c, const char **strange) {
    sf_vec(sofar_time) out = {0};
    sqlite3_stmt *s = rows_of(store, SF_SQL_TIMES, c->id);
    while (sf_store_row(store, s)) {
        sofar_time t = {sf_column_span(s, 2),
                        (sofar_timex)value_of(sf_column_str(s, 0), timex_word, SOFAR_SET, strange),
                        sf_column_copy(arena, s, 1)};
        *SF_PUSH(arena, &out) = t;
    }
    c->times = out.at;
    c->time_count = out.count;
}

static int by_span(const void *a, const void *b) {
    const sofar_name *x = a, *y = b;
    if (x->span.begin != y->span.begin)
        return x->span.begin < y->span.begin ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    return (x->subject > y->subject) - (x->subject < y->subject);
}

/* Subjects with their aliases, then the names of each; ids[i] is the row of subject i. */
static int64_t *load_people(sf_store *store, sf_arena *arena, sf_capture *c, const char **strange) {
    sf_vec(sofar_subject) subjects = {0};
    sf_vec(int64_t) ids = {0};
    sf_vec(sofar_name) names = {0};
    sqlite3_stmt *s = rows_of(store, SF_SQL_SUBJECTS, c->id);
    while (sf_store_row(store, s)) {
        sofar_subject subject = {
            sf_column_copy(arena, s, 1),
            (sofar_subject_type)value_of(sf_column_str(s, 2), subject_word, SOFAR_OTHER, strange),
            NULL, 0};
        *SF_PUSH(arena, &ids) = sqlite3_column_int64(s, 0);
        *SF_PUSH(arena, &subjects) = subject;
    }
    for (size_t i = 0; i < subjects.count; i++) {
        load_strings(store, arena, SF_SQL_ALIASES, ids.at[i], &subjects.at[i].aliases,
                     &subjects.at[i].alias_count);
        s = rows_of(store, SF_SQL_NAMES, ids.at[i]);
        while (sf_store_row(store, s))
            *SF_PUSH(arena, &names) = (sofar_name){
                sf_column_span(s, 1), (uint32_t)i,
                (sofar_form)value_of(sf_column_str(s, 0), form_word, SOFAR_PRONOUN, strange)};
    }
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, by_span);
    c->subjects = subjects.at;
    c->subject_count = subjects.count;
    c->names = names.at;
    c->name_count = names.count;
    return ids.at;
}

/* Which subject of the capture has the row id in this column; ids ascend. */
static uint32_t subject_at(sqlite3_stmt *s, int column, const int64_t *ids, size_t count,
                           const char **strange) {
    if (sqlite3_column_type(s, column) == SQLITE_NULL)
        return SOFAR_NOBODY;
    int64_t id = sqlite3_column_int64(s, column);
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < count && ids[low] == id)
        return (uint32_t)low;
    if (strange)
        *strange = "a quote or fact refers to a subject of another page";
    return SOFAR_NOBODY;
}

static void load_quotes(sf_store *store, sf_arena *arena, sf_capture *c, const int64_t *ids,
                        const char **strange) {
    sf_vec(sofar_quote) out = {0};
    sf_vec(int64_t) rows = {0};
    sqlite3_stmt *s = rows_of(store, SF_SQL_QUOTES, c->id);
    while (sf_store_row(store, s)) {
        sofar_quote q = {.kind = (sofar_quote_kind)value_of(sf_column_str(s, 1), quote_word,
                                                            SOFAR_INDIRECT, strange),
                         .speaker = subject_at(s, 2, ids, c->subject_count, strange),
                         .to = subject_at(s, 3, ids, c->subject_count, strange),
                         .via = sf_column_copy(arena, s, 4),
                         .when = sf_column_copy(arena, s, 5),
                         .speaker_span = sf_column_span(s, 6),
                         .cue = sf_column_span(s, 8)};
        *SF_PUSH(arena, &rows) = sqlite3_column_int64(s, 0);
        *SF_PUSH(arena, &out) = q;
    }
    for (size_t i = 0; i < out.count; i++)
        load_spans(store, arena, SF_SQL_QUOTE_SPANS, rows.at[i], &out.at[i].spans,
                   &out.at[i].span_count);
    c->quotes = out.at;
    c->quote_count = out.count;
}

static void load_roles(sf_store *store, sf_arena *arena, const sf_capture *c, const int64_t *ids,
                       int64_t fact, sofar_fact *out, const char **strange) {
    sf_vec(sofar_role) roles = {0};
    sqlite3_stmt *s = rows_of(store, SF_SQL_ROLES, fact);
    while (sf_store_row(store, s)) {
        sofar_role role = {sf_column_copy(arena, s, 0),
                           subject_at(s, 1, ids, c->subject_count, strange),
                           sf_column_copy(arena, s, 2)};
        *SF_PUSH(arena, &roles) = role;
    }
    out->roles = roles.at;
    out->role_count = roles.count;
}

static void load_facts(sf_store *store, sf_arena *arena, sf_capture *c, const int64_t *ids,
                       const char **strange) {
    sf_vec(sofar_fact) out = {0};
    sf_vec(int64_t) rows = {0};
    sqlite3_stmt *s = rows_of(store, SF_SQL_FACTS, c->id);
    while (sf_store_row(store, s)) {
        sofar_fact f = {
            .type = sf_column_copy(arena, s, 1),
            .status = (sofar_claim)value_of(sf_column_str(s, 2), claim_word, SOFAR_DENIED, strange),
            .when = sf_column_copy(arena, s, 3),
            .by = subject_at(s, 4, ids, c->subject_count, strange)};
        *SF_PUSH(arena, &rows) = sqlite3_column_int64(s, 0);
        *SF_PUSH(arena, &out) = f;
    }
    for (size_t i = 0; i < out.count; i++) {
        load_roles(store, arena, c, ids, rows.at[i], &out.at[i], strange);
        load_spans(store, arena, SF_SQL_RECEIPTS, rows.at[i], &out.at[i].receipts,
                   &out.at[i].receipt_count);
    }
    c->facts = out.at;
    c->fact_count = out.count;
}

void sf_store_load(sf_store *store, sf_arena *arena, sqlite3_stmt *row, sf_capture *out,
                   const char **strange) {
    *out = (sf_capture){.id = sqlite3_column_int64(row, 0),
                        .captured = sf_column_copy(arena, row, 11)};
    sofar_clipping *c = &out->clipping;
    sf_str sha256 = sf_column_str(row, 1);
    memcpy(c->sha256, sha256.ptr, sha256.len < 64 ? sha256.len : 64);
    c->file = sf_column_copy(arena, row, 2);
    c->url = sf_column_copy(arena, row, 3);
    c->outlet = sf_column_copy(arena, row, 4);
    c->title = sf_column_copy(arena, row, 5);
    c->published = sf_column_copy(arena, row, 6);
    c->published_from =
        (sofar_origin)value_of(sf_column_str(row, 7), origin_word, SOFAR_FROM_GIVEN, strange);
    c->updated = sf_column_copy(arena, row, 8);
    c->lang = sf_column_copy(arena, row, 9);
    c->text = sf_column_copy(arena, row, 10);
    load_strings(store, arena, SF_SQL_BYLINES, out->id, &c->byline, &c->byline_count);
    load_blocks(store, arena, out, strange);
    load_times(store, arena, out, strange);
    int64_t *ids = load_people(store, arena, out, strange);
    load_quotes(store, arena, out, ids, strange);
    load_facts(store, arena, out, ids, strange);
}

/* ---- find ---- */

typedef struct search {
    const sf_str *names;
    size_t name_count;
    sf_date as_of;
    sf_capture *out;
    size_t count;
    const char *fault; /* what is wrong with the capture `faulty` */
    int64_t faulty;
} search;

const char *sf_store_check_spans(sf_arena *arena, const sf_capture *c) {
    sofar_reading r = {.clipping = c->clipping,
                       .people = {.subjects = c->subjects,
                                  .subject_count = c->subject_count,
                                  .names = c->names,
                                  .name_count = c->name_count},
                       .times = {c->times, c->time_count},
                       .quotes = {.at = c->quotes, .count = c->quote_count},
                       .facts = {c->facts, c->fact_count}};
    if (c->clipping.text.len >= UINT32_MAX)
        return "the text is too long";
    r.clipping.map = SF_NEW(arena, sofar_map_row);
    *r.clipping.map =
        (sofar_map_row){0, (uint32_t)c->clipping.text.len, 0, (uint32_t)c->clipping.text.len};
    r.clipping.map_count = c->clipping.text.len ? 1 : 0;
    return sf_reading_check(&r, c->clipping.text);
}

sf_str sf_store_phrases(sf_arena *arena, const sf_str *names, size_t count) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (i)
            sf_buf_add(&buf, SF_STR(" OR "));
        sf_buf_add(&buf, sf_store_phrase(arena, names[i]));
    }
    return sf_buf_str(&buf);
}

sf_str sf_store_name_list(sf_arena *arena, const sf_str *names, size_t count) {
    sf_buf buf = sf_buf_new(arena);
    sf_json j = sf_json_new(&buf);
    sf_json_array(&j);
    for (size_t i = 0; i < count; i++)
        sf_json_str(&j, names[i]);
    sf_json_array_end(&j);
    return sf_buf_str(&buf);
}

static void run_search(sf_store *store, sf_arena *arena, void *ctx) {
    search *f = ctx;
    sf_vec(sf_capture) found = {0};
    sf_store_do(store, SF_SQL_BEGIN_READ); /* all lists are of one moment */
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_SEARCH);
    sf_bind_str(store, s, 1, sf_store_phrases(arena, f->names, f->name_count));
    sf_str bound = sf_date_format(arena, f->as_of);
    if (bound.ptr)
        bound = sf_str_format(arena, "%.*s%s", SF_ARG(bound),
                              f->as_of.day     ? ""
                              : f->as_of.month ? "-99"
                                               : "-99-99");
    sf_bind_str(store, s, 2, bound);
    sf_bind_str(store, s, 3, sf_store_name_list(arena, f->names, f->name_count));
    while (sf_store_row(store, s)) {
        sf_capture *c = SF_PUSH(arena, &found);
        sf_store_load(store, arena, s, c, &f->fault);
        if (!f->fault && store->rc == SQLITE_OK)
            f->fault = sf_store_check_spans(arena, c);
        if (f->fault) {
            f->faulty = c->id;
            break;
        }
    }
    f->out = found.at;
    f->count = found.count;
}

/* Ends the read transaction whether or not the call went well. */
static void end_reading(sf_store *store) {
    int rc = store->rc;
    sf_store_settle(store);
    store->rc = rc;
}

sofar_status sf_store_find(sf_store *store, sf_arena *arena, const sf_str *names, size_t name_count,
                           sf_date as_of, sf_capture **out, size_t *count, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: commit the open batch before reading",
                       store->path);
    search f = {.names = names, .name_count = name_count, .as_of = as_of};
    sf_store_guard(store, arena, run_search, &f);
    if (store->rc != SQLITE_OK) {
        sofar_status status = sf_store_fail(store, err, "looking for a name");
        end_reading(store);
        return status;
    }
    end_reading(store);
    if (f.fault)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: capture %lld is damaged: %s; `sofar doctor` tells more", store->path,
                       (long long)f.faulty, f.fault);
    *out = f.out;
    *count = f.count;
    return SOFAR_OK;
}

/* ---- originals ---- */

sf_str sf_store_unzip(sf_store *store, sf_arena *arena, const char *sha256, const char **fault) {
    sqlite3_stmt *s = sf_store_sql(store, SF_SQL_ORIGINAL);
    sf_bind_word(store, s, 1, sha256);
    *fault = NULL;
    if (!sf_store_row(store, s)) {
        *fault = "the original is not there";
        return SF_ABSENT;
    }
    int64_t length = sqlite3_column_int64(s, 0);
    sf_str packed = sf_column_str(s, 1);
    sf_str out = SF_ABSENT;
    unsigned long long says = ZSTD_getFrameContentSize(packed.ptr, packed.len);
    /* zstd packs at most some 100,000 to one; a length beyond that is a lie not worth the memory */
    if (length < 0 || says != (unsigned long long)length || says > UINT32_MAX ||
        says / 200000 > packed.len) {
        *fault = "the original's length is wrong";
    } else {
        char *bytes = sf_alloc(arena, (size_t)length + 1);
        size_t got = ZSTD_decompress(bytes, (size_t)length, packed.ptr, packed.len);
        char hash[65];
        if (ZSTD_isError(got) || got != (size_t)length)
            *fault = "the original cannot be decompressed";
        else if (sf_sha256_hex((sf_str){bytes, got}, hash), strcmp(hash, sha256) != 0)
            *fault = "the original is not the bytes its hash says";
        else
            out = (sf_str){bytes, got};
    }
    sqlite3_reset(s);
    return out;
}

typedef struct fetch {
    const char *sha256, *fault;
    sf_str bytes;
} fetch;

static void run_fetch(sf_store *store, sf_arena *arena, void *ctx) {
    fetch *f = ctx;
    f->bytes = sf_store_unzip(store, arena, f->sha256, &f->fault);
}

sofar_status sf_store_original(sf_store *store, sf_arena *arena, const char sha256[65], sf_str *out,
                               sofar_error *err) {
    sf_store_settle(store);
    fetch f = {.sha256 = sha256};
    sf_store_guard(store, arena, run_fetch, &f);
    if (store->rc != SQLITE_OK)
        return sf_store_fail(store, err, "reading an original");
    if (f.fault)
        return sf_fail(err, SOFAR_ERR_STORE, "%s: original %s: %s; `sofar doctor` tells more",
                       store->path, sha256, f.fault);
    *out = f.bytes;
    return SOFAR_OK;
}
