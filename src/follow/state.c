/* The state is JSON: small, to be looked at, and read by a library. It stands in a file of its own
 * and not in the store, since it says nothing of what pages said: a store may be copied, joined
 * with another or shared by many through PostgreSQL, and who polls what when is none of its
 * matters. */
#include "follow/state.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { VERSION = 1, MOST_PARAGRAPHS = 20000 };

/* ---- tables ---- */

static void grow_index(sf_arena *arena, sf_url_index *index) {
    sf_url_index wider = {.room = index->room ? index->room * 2 : 256};
    wider.slots = SF_ARRAY(arena, uint32_t, wider.room);
    index->slots = wider.slots;
    index->room = wider.room;
}

/* The slot of the URL: it holds the place + 1, or 0. */
#define SLOT_OF(index, table, name)                                                                \
    size_t slot = sf_str_hash(name) & ((index)->room - 1);                                         \
    while ((index)->slots[slot] && !sf_str_equal((table)->at[(index)->slots[slot] - 1].url, name)) \
    slot = (slot + 1) & ((index)->room - 1)

#define REINDEX(arena, index, table)                                                               \
    do {                                                                                           \
        grow_index(arena, index);                                                                  \
        for (size_t i = 0; i < (table)->count; i++) {                                              \
            SLOT_OF(index, table, (table)->at[i].url);                                             \
            (index)->slots[slot] = (uint32_t)i + 1;                                                \
        }                                                                                          \
    } while (0)

size_t sf_state_watch(sf_state *s, sf_str url) {
    if (2 * (s->watches.count + 1) > s->watch_index.room)
        REINDEX(s->arena, &s->watch_index, &s->watches);
    SLOT_OF(&s->watch_index, &s->watches, url);
    if (s->watch_index.slots[slot])
        return s->watch_index.slots[slot] - 1;
    *SF_PUSH(s->arena, &s->watches) = (sf_watch){.url = sf_str_copy(s->arena, url)};
    s->watch_index.slots[slot] = (uint32_t)s->watches.count;
    return s->watches.count - 1;
}

size_t sf_state_lead(sf_state *s, sf_str url) {
    if (2 * (s->leads.count + 1) > s->lead_index.room)
        REINDEX(s->arena, &s->lead_index, &s->leads);
    SLOT_OF(&s->lead_index, &s->leads, url);
    if (s->lead_index.slots[slot])
        return s->lead_index.slots[slot] - 1;
    if (s->leads.count >= SF_LEADS_MOST)
        return SIZE_MAX;
    *SF_PUSH(s->arena, &s->leads) = (sf_lead){.url = sf_str_copy(s->arena, url)};
    s->lead_index.slots[slot] = (uint32_t)s->leads.count;
    return s->leads.count - 1;
}

size_t sf_state_host(sf_state *s, sf_str origin) {
    for (size_t i = 0; i < s->hosts.count; i++)
        if (sf_str_equal(s->hosts.at[i].origin, origin))
            return i;
    *SF_PUSH(s->arena, &s->hosts) = (sf_host){.origin = sf_str_copy(s->arena, origin)};
    return s->hosts.count - 1;
}

/* ---- reading ---- */

static sf_str text(const json_t *object, const char *key) {
    return sf_str_of(json_string_value(json_object_get(object, key)));
}

static int64_t whole(const json_t *object, const char *key) {
    return json_integer_value(json_object_get(object, key));
}

static sf_paragraphs read_paragraphs(sf_state *s, const json_t *list) {
    sf_paragraphs out = {.count = json_array_size(list)};
    if (out.count >= MOST_PARAGRAPHS)
        out.count = 0;
    out.at = SF_ARRAY(s->arena, uint64_t, out.count + 1);
    for (size_t i = 0; i < out.count; i++) {
        const char *hash = json_string_value(json_array_get(list, i));
        out.at[i] = hash ? strtoull(hash, NULL, 16) : 0;
    }
    return out;
}

static void read_watch(sf_state *s, const json_t *from) {
    if (!text(from, "url").len)
        return;
    size_t at = sf_state_watch(s, text(from, "url")); /* which may move the table */
    sf_watch *w = &s->watches.at[at];
    const json_t *list = json_object_get(from, "paragraphs");
    w->etag = sf_str_copy(s->arena, text(from, "etag"));
    w->modified = sf_str_copy(s->arena, text(from, "modified"));
    w->stamp = sf_str_copy(s->arena, text(from, "stamp"));
    w->page = json_is_array(list);
    w->paragraphs = read_paragraphs(s, list);
}

static void read_lead(sf_state *s, const json_t *from) {
    size_t at = text(from, "url").len ? sf_state_lead(s, text(from, "url")) : SIZE_MAX;
    if (at == SIZE_MAX)
        return;
    sf_lead *lead = &s->leads.at[at];
    lead->done = json_is_true(json_object_get(from, "done"));
    lead->tries = (int)whole(from, "tries");
    lead->stamp = sf_str_copy(s->arena, text(from, "stamp"));
    lead->paragraphs = read_paragraphs(s, json_object_get(from, "paragraphs"));
}

static void read_host(sf_state *s, const json_t *from, int64_t latest) {
    size_t at = sf_state_host(s, text(from, "origin"));
    sf_host *host = &s->hosts.at[at];
    int64_t failures = whole(from, "failures");
    host->failures = failures < 0 || failures > 1000 ? 0 : (int)failures;
    host->until = whole(from, "until");
    if (host->until > latest)
        host->until = latest;
}

/* The objects as they stood. */
static void read_untold(sf_state *s, const json_t *list, bool changed) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        char *json = json_dumps(json_array_get(list, i), JSON_COMPACT | JSON_PRESERVE_ORDER);
        if (!json)
            continue;
        sf_str copy = sf_str_copy(s->arena, sf_str_of(json));
        free(json);
        if (changed)
            *SF_PUSH(s->arena, &s->changed) = copy;
        else
            *SF_PUSH(s->arena, &s->fresh) = copy;
    }
}

static void release(void *what) { json_decref(what); }

static sofar_status read_root(sf_state *s, const json_t *root, const char *path, int64_t latest,
                              sofar_error *err) {
    int64_t version = whole(root, "sofar_follow");
    if (version > VERSION)
        return sf_fail(err, SOFAR_ERR_VERSION, "%s: made by a newer sofar", path);
    if (version < 1)
        return sf_fail(err, SOFAR_ERR_FORMAT,
                       "%s: not what sofar follow keeps; name another file with --state", path);
    const json_t *item;
    size_t i;
    json_array_foreach(json_object_get(root, "watched"), i, item) read_watch(s, item);
    json_array_foreach(json_object_get(root, "leads"), i, item) read_lead(s, item);
    json_array_foreach(json_object_get(root, "hosts"), i, item) read_host(s, item, latest);
    const json_t *untold = json_object_get(root, "untold");
    read_untold(s, json_object_get(untold, "new"), false);
    read_untold(s, json_object_get(untold, "changed"), true);
    return SOFAR_OK;
}

sofar_status sf_state_read(const char *path, int64_t now, int64_t longest_rest, sf_state *out,
                           sofar_error *err) {
    FILE *file = fopen(path, "rb");
    if (!file && errno == ENOENT)
        return SOFAR_OK;
    if (!file)
        return sf_fail(err, SOFAR_ERR_IO, "%s: cannot be opened: %s", path, strerror(errno));
    json_error_t fault;
    json_t *root = json_loadf(file, 0, &fault);
    fclose(file);
    if (!root)
        return sf_fail(err, SOFAR_ERR_FORMAT,
                       "%s: damaged at line %d: %s; without it all is asked for again, and the "
                       "store keeps what it has: move it away",
                       path, fault.line, fault.text);
    sf_defer(out->arena, release, root);
    return read_root(out, root, path, now + longest_rest, err);
}

/* ---- writing ---- */

static void key_text(sf_json *json, const char *key, sf_str value) {
    if (value.len)
        sf_json_key_str(json, key, value);
}

static void write_paragraphs(sf_json *json, sf_arena *scratch, const sf_paragraphs *p) {
    sf_json_key(json, "paragraphs");
    sf_json_array(json);
    for (size_t i = 0; i < p->count; i++)
        sf_json_str(json, sf_str_format(scratch, "%llx", (unsigned long long)p->at[i]));
    sf_json_array_end(json);
}

static void write_watch(sf_json *json, sf_arena *scratch, const sf_watch *w) {
    sf_json_object(json);
    sf_json_key_str(json, "url", w->url);
    key_text(json, "etag", w->etag);
    key_text(json, "modified", w->modified);
    key_text(json, "stamp", w->stamp);
    if (w->page)
        write_paragraphs(json, scratch, &w->paragraphs);
    sf_json_object_end(json);
}

static void write_lead(sf_json *json, sf_arena *scratch, const sf_lead *lead, bool compared) {
    sf_json_object(json);
    sf_json_key_str(json, "url", lead->url);
    if (lead->done) {
        sf_json_key(json, "done");
        sf_json_bool(json, true);
    }
    if (lead->tries) {
        sf_json_key(json, "tries");
        sf_json_int(json, lead->tries);
    }
    key_text(json, "stamp", lead->stamp);
    if (compared)
        write_paragraphs(json, scratch, &lead->paragraphs);
    sf_json_object_end(json);
}

static void write_leads(sf_json *json, sf_arena *scratch, const sf_state *s) {
    size_t older = 0; /* that have paragraphs, but too many came after them */
    for (size_t i = 0; i < s->leads.count; i++)
        older += s->leads.at[i].paragraphs.count > 0;
    older = older > SF_LEADS_COMPARED ? older - SF_LEADS_COMPARED : 0;
    sf_json_key(json, "leads");
    sf_json_array(json);
    for (size_t i = 0; i < s->leads.count; i++) {
        bool has = s->leads.at[i].paragraphs.count > 0;
        write_lead(json, scratch, &s->leads.at[i], has && !older);
        older -= has && older;
    }
    sf_json_array_end(json);
}

static void write_host(sf_json *json, const sf_host *host) {
    if (!host->failures || host->well)
        return;
    sf_json_object(json);
    sf_json_key_str(json, "origin", host->origin);
    sf_json_key(json, "failures");
    sf_json_int(json, host->failures);
    sf_json_key(json, "until");
    sf_json_int(json, host->until);
    sf_json_object_end(json);
}

static sf_str join(sf_arena *arena, const sf_str *objects, size_t count) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        sf_buf_add(&buf, i ? SF_STR(",\n") : SF_STR(""));
        sf_buf_add(&buf, objects[i]);
    }
    return sf_buf_str(&buf);
}

static sf_str written(const sf_state *s, sf_arena *scratch) {
    sf_buf buf = sf_buf_new(scratch);
    sf_json json = sf_json_new(&buf);
    sf_json_object(&json);
    sf_json_key(&json, "sofar_follow");
    sf_json_int(&json, VERSION);
    sf_json_key(&json, "hosts");
    sf_json_array(&json);
    for (size_t i = 0; i < s->hosts.count; i++)
        write_host(&json, &s->hosts.at[i]);
    sf_json_array_end(&json);
    sf_json_key(&json, "watched");
    sf_json_array(&json);
    for (size_t i = 0; i < s->watches.count; i++)
        write_watch(&json, scratch, &s->watches.at[i]);
    sf_json_array_end(&json);
    write_leads(&json, scratch, s);
    sf_str fresh = join(scratch, s->fresh.at, s->fresh.count),
           changed = join(scratch, s->changed.at, s->changed.count);
    sf_buf_printf(&buf, ",\"untold\":{\"new\":[");
    sf_buf_add(&buf, fresh);
    sf_buf_printf(&buf, "],\"changed\":[");
    sf_buf_add(&buf, changed);
    sf_buf_printf(&buf, "]}");
    sf_json_object_end(&json);
    return sf_buf_str(&buf);
}

static bool put(FILE *file, sf_str bytes) {
    bool whole_file = fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len && fflush(file) == 0 &&
                      fsync(fileno(file)) == 0;
    return fclose(file) == 0 && whole_file;
}

sofar_status sf_state_write(const sf_state *s, const char *path, sofar_error *err) {
    jmp_buf escape;
    sf_arena scratch;
    sf_arena_init(&scratch, NULL, &escape);
    if (setjmp(escape)) {
        sf_arena_clear(&scratch);
        return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory", path);
    }
    sf_str bytes = written(s, &scratch);
    const char *beside = sf_str_format(&scratch, "%s.part", path).ptr;
    sofar_status status = SOFAR_OK;
    FILE *file = fopen(beside, "wb");
    if (!file || !put(file, bytes) || rename(beside, path)) {
        status = sf_fail(err, SOFAR_ERR_IO, "%s: cannot be written: %s", beside, strerror(errno));
        if (file)
            unlink(beside);
    }
    sf_arena_clear(&scratch);
    return status;
}
