/* Rows of the store as a capture: words, spans and lists, and what was packed beside them. */
#include "store/inner.h"

#include <stdlib.h>

/* ---- memory ---- */

void sf_store_guard(sf_store *store, sf_arena *arena, void (*body)(sf_store *, sf_arena *, void *),
                    void *ctx) {
    jmp_buf here, *outer = arena->escape;
    arena->escape = &here;
    if (setjmp(here) == 0)
        body(store, arena, ctx);
    else
        sf_store_note(store, SF_NO_MEMORY, "", "");
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

/* All questions about a capture, asked before the first answer is read. */
typedef struct questions {
    sf_stmt *capture, *bylines, *blocks, *subjects, *aliases, *names, *times, *quotes, *spans,
        *facts, *roles, *receipts;
} questions;

static sf_stmt *rows_of(sf_store *store, sf_sql sql, int64_t capture) {
    sf_stmt *s = sf_store_sql(store, sql);
    sf_bind_int(store, s, 1, capture);
    sf_store_ask(store, s);
    return s;
}

static questions ask(sf_store *store, int64_t id) {
    return (questions){.capture = rows_of(store, SF_SQL_CAPTURE, id),
                       .bylines = rows_of(store, SF_SQL_BYLINES, id),
                       .blocks = rows_of(store, SF_SQL_BLOCKS, id),
                       .subjects = rows_of(store, SF_SQL_SUBJECTS, id),
                       .aliases = rows_of(store, SF_SQL_ALIASES, id),
                       .names = rows_of(store, SF_SQL_NAMES, id),
                       .times = rows_of(store, SF_SQL_TIMES, id),
                       .quotes = rows_of(store, SF_SQL_QUOTES, id),
                       .spans = rows_of(store, SF_SQL_QUOTE_SPANS, id),
                       .facts = rows_of(store, SF_SQL_FACTS, id),
                       .roles = rows_of(store, SF_SQL_ROLES, id),
                       .receipts = rows_of(store, SF_SQL_RECEIPTS, id)};
}

/* Where the row of this id stands; ids ascend. SIZE_MAX if it is none of them. */
static size_t place_of(int64_t id, const int64_t *ids, size_t count) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ids[low] == id ? low : SIZE_MAX;
}

/* Lists of lists come as rows in the order of their owners, whose id is the first column: owner i
 * has the rows [begin[i], begin[i + 1]). */
typedef struct owners {
    const int64_t *ids;
    size_t count, *begin, at;
} owners;

static owners owners_new(sf_arena *arena, const int64_t *ids, size_t count) {
    return (owners){ids, count, SF_ARRAY(arena, size_t, count + 1), 0};
}

/* Says that row number `row` is of this owner. */
static void owners_row(owners *o, int64_t owner, size_t row) {
    while (o->at < o->count && o->ids[o->at] != owner)
        o->begin[++o->at] = row;
}

static void owners_end(owners *o, size_t rows) {
    while (o->at < o->count)
        o->begin[++o->at] = rows;
}

/* Row ids of a capture's subjects, quotes and facts, in order. */
typedef struct keys {
    sf_ids subjects, quotes, facts;
} keys;

static void load_bylines(sf_store *store, sf_arena *arena, sf_stmt *s, sofar_clipping *c) {
    sf_vec(sf_str) out = {0};
    while (sf_store_row(store, s))
        *SF_PUSH(arena, &out) = sf_column_copy(store, arena, s, 0);
    c->byline = out.at;
    c->byline_count = out.count;
}

static void load_blocks(sf_store *store, sf_arena *arena, sf_stmt *s, sofar_clipping *c,
                        const char **strange) {
    sf_vec(sofar_block) out = {0};
    while (sf_store_row(store, s))
        *SF_PUSH(arena, &out) =
            (sofar_block){(sofar_block_kind)value_of(sf_column_str(store, s, 0), block_word,
                                                     SOFAR_BLOCK_QUOTE, strange),
                          sf_column_span(store, s, 1)};
    c->blocks = out.at;
    c->block_count = out.count;
}

static void load_times(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c,
                       const char **strange) {
    sf_vec(sofar_time) out = {0};
    while (sf_store_row(store, s)) {
        sofar_time t = {
            sf_column_span(store, s, 2),
            (sofar_timex)value_of(sf_column_str(store, s, 0), timex_word, SOFAR_SET, strange),
            sf_column_copy(store, arena, s, 1)};
        *SF_PUSH(arena, &out) = t;
    }
    c->times = out.at;
    c->time_count = out.count;
}

static void load_subjects(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c, sf_ids *ids,
                          const char **strange) {
    sf_vec(sofar_subject) out = {0};
    while (sf_store_row(store, s)) {
        sofar_subject subject = {sf_column_copy(store, arena, s, 1),
                                 (sofar_subject_type)value_of(sf_column_str(store, s, 2),
                                                              subject_word, SOFAR_OTHER, strange),
                                 NULL, 0};
        *SF_PUSH(arena, ids) = sf_column_int(store, s, 0);
        *SF_PUSH(arena, &out) = subject;
    }
    c->subjects = out.at;
    c->subject_count = out.count;
}

static void load_aliases(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c,
                         const sf_ids *ids) {
    sf_vec(sf_str) out = {0};
    owners of = owners_new(arena, ids->at, ids->count);
    while (sf_store_row(store, s)) {
        owners_row(&of, sf_column_int(store, s, 0), out.count);
        sf_str alias = sf_column_copy(store, arena, s, 1);
        *SF_PUSH(arena, &out) = alias;
    }
    owners_end(&of, out.count);
    for (size_t i = 0; i < c->subject_count; i++) {
        c->subjects[i].aliases = out.count ? out.at + of.begin[i] : NULL;
        c->subjects[i].alias_count = of.begin[i + 1] - of.begin[i];
    }
}

static void load_names(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c,
                       const sf_ids *ids, const char **strange) {
    sf_vec(sofar_name) out = {0};
    while (sf_store_row(store, s)) {
        size_t subject = place_of(sf_column_int(store, s, 0), ids->at, ids->count);
        *SF_PUSH(arena, &out) = (sofar_name){
            sf_column_span(store, s, 2), (uint32_t)subject,
            (sofar_form)value_of(sf_column_str(store, s, 1), form_word, SOFAR_PRONOUN, strange)};
    }
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, sf_gist_name_order);
    c->names = out.at;
    c->name_count = out.count;
}

/* Which subject of the capture has the row id in this column. */
static uint32_t subject_at(sf_store *store, sf_stmt *s, int column, const sf_ids *ids,
                           const char **strange) {
    if (store->engine->is_null(s, column))
        return SOFAR_NOBODY;
    size_t at = place_of(sf_column_int(store, s, column), ids->at, ids->count);
    if (at != SIZE_MAX)
        return (uint32_t)at;
    if (strange)
        *strange = "a quote or fact refers to a subject of another page";
    return SOFAR_NOBODY;
}

static void load_quotes(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c, keys *k,
                        const char **strange) {
    sf_vec(sofar_quote) out = {0};
    while (sf_store_row(store, s)) {
        sofar_quote q = {.kind = (sofar_quote_kind)value_of(sf_column_str(store, s, 1), quote_word,
                                                            SOFAR_INDIRECT, strange),
                         .speaker = subject_at(store, s, 2, &k->subjects, strange),
                         .to = subject_at(store, s, 3, &k->subjects, strange),
                         .via = sf_column_copy(store, arena, s, 4),
                         .when = sf_column_copy(store, arena, s, 5),
                         .speaker_span = sf_column_span(store, s, 6),
                         .cue = sf_column_span(store, s, 8)};
        *SF_PUSH(arena, &k->quotes) = sf_column_int(store, s, 0);
        *SF_PUSH(arena, &out) = q;
    }
    c->quotes = out.at;
    c->quote_count = out.count;
}

typedef sf_vec(sofar_span) spans;

static spans load_spans(sf_store *store, sf_arena *arena, sf_stmt *s, owners *of) {
    spans out = {0};
    while (sf_store_row(store, s)) {
        owners_row(of, sf_column_int(store, s, 0), out.count);
        *SF_PUSH(arena, &out) = sf_column_span(store, s, 1);
    }
    owners_end(of, out.count);
    return out;
}

static void load_quote_spans(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c,
                             const sf_ids *ids) {
    owners of = owners_new(arena, ids->at, ids->count);
    spans all = load_spans(store, arena, s, &of);
    for (size_t i = 0; i < c->quote_count; i++) {
        c->quotes[i].spans = all.count ? all.at + of.begin[i] : NULL;
        c->quotes[i].span_count = of.begin[i + 1] - of.begin[i];
    }
}

static void load_facts(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c, keys *k,
                       const char **strange) {
    sf_vec(sofar_fact) out = {0};
    while (sf_store_row(store, s)) {
        sofar_fact f = {.type = sf_column_copy(store, arena, s, 1),
                        .status = (sofar_claim)value_of(sf_column_str(store, s, 2), claim_word,
                                                        SOFAR_DENIED, strange),
                        .when = sf_column_copy(store, arena, s, 3),
                        .by = subject_at(store, s, 4, &k->subjects, strange)};
        *SF_PUSH(arena, &k->facts) = sf_column_int(store, s, 0);
        *SF_PUSH(arena, &out) = f;
    }
    c->facts = out.at;
    c->fact_count = out.count;
}

static void load_roles(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c, const keys *k,
                       const char **strange) {
    sf_vec(sofar_role) out = {0};
    owners of = owners_new(arena, k->facts.at, k->facts.count);
    while (sf_store_row(store, s)) {
        owners_row(&of, sf_column_int(store, s, 0), out.count);
        sofar_role role = {sf_column_copy(store, arena, s, 1),
                           subject_at(store, s, 2, &k->subjects, strange),
                           sf_column_copy(store, arena, s, 3)};
        *SF_PUSH(arena, &out) = role;
    }
    owners_end(&of, out.count);
    for (size_t i = 0; i < c->fact_count; i++) {
        c->facts[i].roles = out.count ? out.at + of.begin[i] : NULL;
        c->facts[i].role_count = of.begin[i + 1] - of.begin[i];
    }
}

static void load_receipts(sf_store *store, sf_arena *arena, sf_stmt *s, sf_capture *c,
                          const sf_ids *ids) {
    owners of = owners_new(arena, ids->at, ids->count);
    spans all = load_spans(store, arena, s, &of);
    for (size_t i = 0; i < c->fact_count; i++) {
        c->facts[i].receipts = all.count ? all.at + of.begin[i] : NULL;
        c->facts[i].receipt_count = of.begin[i + 1] - of.begin[i];
    }
}

enum { GIST_COLUMN = 12 }; /* of SF_SQL_CAPTURE */

static void load_row(sf_store *store, sf_arena *arena, sf_stmt *row, sf_capture *out,
                     const char **strange) {
    sofar_clipping *c = &out->clipping;
    sf_str sha256 = sf_column_str(store, row, 0);
    memcpy(c->sha256, sha256.ptr, sha256.len < 64 ? sha256.len : 64);
    c->file = sf_column_copy(store, arena, row, 1);
    c->url = sf_column_copy(store, arena, row, 2);
    c->outlet = sf_column_copy(store, arena, row, 3);
    c->title = sf_column_copy(store, arena, row, 4);
    c->published = sf_column_copy(store, arena, row, 5);
    c->published_from = (sofar_origin)value_of(sf_column_str(store, row, 6), origin_word,
                                               SOFAR_FROM_GIVEN, strange);
    c->updated = sf_column_copy(store, arena, row, 7);
    c->lang = sf_column_copy(store, arena, row, 8);
    c->text = sf_column_copy(store, arena, row, 9);
    out->captured = sf_column_copy(store, arena, row, 10);
    out->identity = sf_column_copy(store, arena, row, 11);
}

sofar_reading sf_store_reading_of(const sf_capture *c) {
    return (sofar_reading){.clipping = c->clipping,
                           .people = {.subjects = c->subjects,
                                      .subject_count = c->subject_count,
                                      .names = c->names,
                                      .name_count = c->name_count},
                           .times = {c->times, c->time_count},
                           .quotes = {.at = c->quotes, .count = c->quote_count},
                           .facts = {c->facts, c->fact_count}};
}

bool sf_store_load_rows(sf_store *store, sf_arena *arena, int64_t id, sf_capture *out,
                        const char **strange) {
    keys k = {0};
    *out = (sf_capture){.id = id};
    questions q = ask(store, id);
    if (!sf_store_row(store, q.capture))
        return false;
    load_row(store, arena, q.capture, out, strange);
    sf_store_finish(store, q.capture);
    load_bylines(store, arena, q.bylines, &out->clipping);
    load_blocks(store, arena, q.blocks, &out->clipping, strange);
    load_subjects(store, arena, q.subjects, out, &k.subjects, strange);
    load_aliases(store, arena, q.aliases, out, &k.subjects);
    load_names(store, arena, q.names, out, &k.subjects, strange);
    load_times(store, arena, q.times, out, strange);
    load_quotes(store, arena, q.quotes, out, &k, strange);
    load_quote_spans(store, arena, q.spans, out, &k.quotes);
    load_facts(store, arena, q.facts, out, &k, strange);
    load_roles(store, arena, q.roles, out, &k, strange);
    load_receipts(store, arena, q.receipts, out, &k.facts);
    return true;
}

/* The lists of a capture whose row is there, out of its gist; false if it has none. */
static bool load_gist(sf_arena *arena, sf_str packed, sf_capture *c, const char **fault) {
    sofar_reading r = {.clipping = c->clipping};
    if (!packed.ptr)
        return false;
    if (!sf_gist_unpack(arena, packed, &r, &c->gist)) {
        *fault = "its gist cannot be read";
        return true;
    }
    c->clipping = r.clipping;
    c->subjects = r.people.subjects, c->subject_count = r.people.subject_count;
    c->names = r.people.names, c->name_count = r.people.name_count;
    c->times = r.times.at, c->time_count = r.times.count;
    c->quotes = r.quotes.at, c->quote_count = r.quotes.count;
    c->facts = r.facts.at, c->fact_count = r.facts.count;
    return true;
}

/* One that has no gist yet: a store that was only opened for reading since it was upgraded. */
static void make_gist(sf_arena *arena, sf_capture *c, const char **fault) {
    *fault = *fault ? *fault : sf_store_check_spans(arena, c);
    if (*fault)
        return;
    sofar_reading r = sf_store_reading_of(c);
    sf_gist_make(arena, &r, &c->gist);
}

bool sf_store_load(sf_store *store, sf_arena *arena, int64_t id, sf_capture *out,
                   const char **fault) {
    sf_stmt *s = rows_of(store, SF_SQL_CAPTURE, id);
    *out = (sf_capture){.id = id};
    if (!sf_store_row(store, s))
        return false;
    load_row(store, arena, s, out, fault);
    sf_str packed = sf_column_copy(store, arena, s, GIST_COLUMN);
    sf_store_finish(store, s);
    if (load_gist(arena, packed, out, fault)) {
        *fault = *fault ? *fault : sf_store_check_spans(arena, out);
        return true;
    }
    if (!sf_store_load_rows(store, arena, id, out, fault))
        return false;
    if (!store->trouble)
        make_gist(arena, out, fault);
    return true;
}

sf_ids sf_store_ids(sf_store *store, sf_arena *arena, sf_stmt *s) {
    sf_ids ids = {0};
    while (sf_store_row(store, s))
        *SF_PUSH(arena, &ids) = sf_column_int(store, s, 0);
    return ids;
}
