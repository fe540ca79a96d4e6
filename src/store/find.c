/* Which captures there are of a name, and the originals they were made of. */
#include "store/inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

/* ---- find ---- */

typedef struct search {
    bool renamings;
    const sf_str *names;
    size_t name_count;
    sf_date as_of;
    sf_capture *out;
    size_t count;
    const char *fault; /* what is wrong with the capture `faulty` */
    int64_t faulty;
} search;

const char *sf_store_check_spans(sf_arena *arena, const sf_capture *c) {
    sofar_reading r = sf_store_reading_of(c);
    if (c->clipping.text.len >= UINT32_MAX)
        return "the text is too long";
    r.clipping.map = SF_NEW(arena, sofar_map_row);
    *r.clipping.map =
        (sofar_map_row){0, (uint32_t)c->clipping.text.len, 0, (uint32_t)c->clipping.text.len};
    r.clipping.map_count = c->clipping.text.len ? 1 : 0;
    return sf_reading_check(&r, c->clipping.text);
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

/* Days as text, of which what is not known counts as the last. */
static void as_last_day(sf_str day, char out[11]) {
    memcpy(out, "0000-99-99", 11);
    memcpy(out, day.ptr, day.len < 10 ? day.len : 10);
}

bool sf_capture_is_by(const sf_capture *capture, sf_date as_of) {
    char day[11], bound[40];
    if (as_of.year == 0)
        return true;
    if (!capture->clipping.published.ptr)
        return false;
    as_last_day(capture->clipping.published, day);
    snprintf(bound, sizeof bound, "%04d-%02d-%02d", as_of.year, as_of.month ? as_of.month : 99,
             as_of.day ? as_of.day : 99);
    return strcmp(day, bound) <= 0;
}

/* What is not known comes first, but for the day. */
static int compare(const sf_capture *x, const sf_capture *y) {
    const sofar_clipping *a = &x->clipping, *b = &y->clipping;
    if (!a->published.ptr != !b->published.ptr)
        return a->published.ptr ? -1 : 1;
    int order = sf_str_compare(a->published, b->published);
    if (!order)
        order = (a->url.ptr != NULL) - (b->url.ptr != NULL);
    if (!order)
        order = sf_str_compare(a->url, b->url);
    if (!order)
        order = (a->file.ptr != NULL) - (b->file.ptr != NULL);
    if (!order)
        order = sf_str_compare(a->file, b->file);
    if (!order)
        order = strcmp(a->sha256, b->sha256);
    return order ? order : sf_str_compare(x->identity, y->identity);
}

static int in_order_of_days(const void *a, const void *b) { return compare(a, b); }

void sf_store_listen(sf_store *store, void (*asked)(void *ctx, sf_str key, bool renaming),
                     void *ctx) {
    store->asked = asked;
    store->asked_ctx = ctx;
}

static sf_ids find_keyed(sf_store *store, sf_arena *arena, const sf_str *names, size_t count,
                         bool renaming, bool in_order) {
    sf_str *asked = SF_ARRAY(arena, sf_str, count);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        asked[known] = (renaming ? sf_gist_renaming_key : sf_gist_key)(arena, names[i]);
        if (!asked[known].ptr)
            continue;
        if (store->asked)
            store->asked(store->asked_ctx, asked[known], renaming);
        known++;
    }
    if (!known)
        return (sf_ids){0};
    sf_stmt *s = sf_store_sql(store, in_order ? SF_SQL_KEYED_IN_ORDER : SF_SQL_KEYED);
    store->engine->bind_keys(store, arena, s, asked, known);
    return sf_store_ids(store, arena, s);
}

sf_ids sf_store_find_ids(sf_store *store, sf_arena *arena, const sf_str *names, size_t count,
                         bool in_order) {
    sf_ids ids = find_keyed(store, arena, names, count, false, in_order);
    if (ids.count || store->trouble)
        return ids;
    sf_stmt *s = sf_store_sql(store, SF_SQL_SEARCH);
    store->engine->bind_search(store, arena, s, names, count);
    sf_bind_str(store, s, 3, SF_ABSENT);
    return sf_store_ids(store, arena, s);
}

static void run_search(sf_store *store, sf_arena *arena, void *ctx) {
    search *f = ctx;
    sf_vec(sf_capture) found = {0};
    sf_store_do(store, SF_SQL_BEGIN_READ); /* all lists are of one moment */
    sf_ids ids = f->renamings ? find_keyed(store, arena, f->names, f->name_count, true, false)
                              : sf_store_find_ids(store, arena, f->names, f->name_count, false);
    for (size_t i = 0; i < ids.count && !store->trouble && !f->fault; i++) {
        sf_capture *c = SF_PUSH(arena, &found);
        if (!sf_store_load(store, arena, ids.at[i], c, &f->fault) && !store->trouble)
            f->fault = "its row is not there";
        f->faulty = ids.at[i];
        found.count -= !sf_capture_is_by(c, f->as_of);
    }
    if (found.count)
        qsort(found.at, found.count, sizeof *found.at, in_order_of_days);
    f->out = found.at;
    f->count = found.count;
}

static sofar_status find_all(sf_store *store, sf_arena *arena, search *f, sf_capture **out,
                             size_t *count, sofar_error *err) {
    sf_store_settle(store);
    if (store->batch)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: commit the open batch before reading",
                       store->path);
    sf_store_guard(store, arena, run_search, f);
    sf_store_end_reading(store);
    if (store->trouble)
        return sf_store_fail(store, err, "looking for a name");
    if (f->fault)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: capture %lld is damaged: %s; `sofar doctor` tells more", store->path,
                       (long long)f->faulty, f->fault);
    *out = f->out;
    *count = f->count;
    return SOFAR_OK;
}

sofar_status sf_store_find(sf_store *store, sf_arena *arena, const sf_str *names, size_t name_count,
                           sf_date as_of, sf_capture **out, size_t *count, sofar_error *err) {
    search f = {.names = names, .name_count = name_count, .as_of = as_of};
    return find_all(store, arena, &f, out, count, err);
}

sofar_status sf_store_find_renamings(sf_store *store, sf_arena *arena, const sf_str *names,
                                     size_t name_count, sf_capture **out, size_t *count,
                                     sofar_error *err) {
    search f = {.renamings = true, .names = names, .name_count = name_count};
    return find_all(store, arena, &f, out, count, err);
}

/* ---- originals ---- */

sf_str sf_store_unzip(sf_store *store, sf_arena *arena, const char *sha256, const char **fault) {
    sf_stmt *s = sf_store_sql(store, SF_SQL_ORIGINAL);
    sf_bind_word(store, s, 1, sha256);
    *fault = NULL;
    if (!sf_store_row(store, s)) {
        *fault = "the original is not there";
        return SF_ABSENT;
    }
    int64_t length = sf_column_int(store, s, 0);
    sf_str packed = sf_column_str(store, s, 1);
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
    sf_store_finish(store, s);
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
    if (store->trouble)
        return sf_store_fail(store, err, "reading an original");
    if (f.fault)
        return sf_fail(err, SOFAR_ERR_STORE, "%s: original %s: %s; `sofar doctor` tells more",
                       store->path, sha256, f.fault);
    *out = f.bytes;
    return SOFAR_OK;
}
