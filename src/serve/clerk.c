#include "serve/clerk.h"

#include <stdlib.h>

#include "serve/api.h"
#include "serve/cache.h"
#include "show/live.h"
#include "show/plain.h"
#include "show/roster.h"

typedef struct listed {
    sf_str asked;            /* the name by which its dossier is asked for */
    sofar_subject_type type; /* as facts have it: links go by it, whatever the index has told */
    sf_entry entry;
    bool told;  /* entry has all that the index tells, as of `stamp` */
    bool fresh; /* which holds of the store as it was seen last */
    uint64_t stamp;
    sf_str *names; /* under which pages were looked for */
    size_t name_count;
} listed;

typedef sf_vec(listed) subjects;

struct sf_clerk {
    const sf_serve_options *options;
    sf_store *store; /* NULL: it failed, and is to be opened again */
    sf_cache cache;
    sf_parcel *loose;  /* the last answer, if the cache does not have it */
    uint64_t seen;     /* of the store, to which all below belongs */
    sf_arena list;     /* the subjects' */
    sf_arena before;   /* of those of the last list, while the next is made */
    subjects subjects; /* that have a page; in order of name and type */
    bool is_listed;    /* all of them are there */
};

/* What one request is answered with. */
typedef struct answer {
    unsigned status;
    const char *type;
    sf_str body;
    bool page;
} answer;

/* ---- being ---- */

sofar_status sf_clerk_new(const sf_serve_options *options, sf_clerk **out, sofar_error *err) {
    sf_clerk *c = calloc(1, sizeof *c);
    if (!c)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while starting the server");
    c->options = options;
    sf_arena_init(&c->list, NULL, NULL);
    sf_arena_init(&c->before, NULL, NULL);
    sofar_status status = sf_store_open(options->store, SF_STORE_READ, &c->store, err);
    if (!status)
        status = sf_store_seen(c->store, &c->seen, err);
    if (!status)
        *out = c;
    else
        sf_clerk_free(c);
    return status;
}

void sf_clerk_free(sf_clerk *c) {
    if (!c)
        return;
    sf_cache_clear(&c->cache);
    sf_parcel_free(c->loose);
    sf_arena_clear(&c->list);
    sf_arena_clear(&c->before);
    sf_store_close(c->store);
    free(c);
}

/* ---- plain answers ---- */

static answer plain(unsigned status, sf_arena *arena, const char *why) {
    return (answer){status, "text/plain", sf_str_format(arena, "%s\n", why), false};
}

/* Whoever asked is told what was wrong with the question; what is wrong here is said here. */
static answer failed(sf_clerk *c, sf_arena *arena, const sofar_error *err) {
    if (err->status == SOFAR_ERR_USAGE)
        return plain(MHD_HTTP_BAD_REQUEST, arena,
                     sf_plain_line(arena, sf_str_copy(arena, sf_str_of(err->msg))).ptr);
    c->options->say("%s", err->msg);
    sf_store_close(c->store);
    c->store = NULL;
    return plain(MHD_HTTP_SERVICE_UNAVAILABLE, arena, "the store cannot be read now");
}

static answer nothing(sf_arena *arena) {
    return plain(MHD_HTTP_NOT_FOUND, arena, "no page of the store tells of that");
}

static answer good(const char *type, const sf_buf *out) {
    return (answer){MHD_HTTP_OK, type, sf_buf_str(out), strcmp(type, "text/html") == 0};
}

/* ---- the subjects, as a gallery of all has them ---- */

static sf_entry *entries_of(const sf_clerk *c, sf_arena *arena) {
    sf_entry *entries = SF_ARRAY(arena, sf_entry, c->subjects.count + 1);
    for (size_t i = 0; i < c->subjects.count; i++) {
        entries[i] = c->subjects.at[i].entry;
        entries[i].type = c->subjects.at[i].type;
    }
    return entries;
}

static void own_told(sf_arena *arena, listed *one, const sf_entry *entry, const sf_str *names,
                     size_t count, uint64_t stamp) {
    sf_entry own = *entry;
    own.name = one->entry.name;
    own.stem = one->entry.stem;
    sf_show_own_entry(arena, &own);
    sf_str *copies = SF_ARRAY(arena, sf_str, count + 1);
    for (size_t i = 0; i < count; i++)
        copies[i] = sf_str_copy(arena, names[i]);
    *one = (listed){one->asked, one->type, own, true, false, stamp, copies, count};
}

/* What the last list told of subjects; both are in order. */
static void take_over(sf_clerk *c, const subjects *last) {
    size_t k = 0;
    for (size_t i = 0; i < c->subjects.count; i++) {
        listed *one = &c->subjects.at[i];
        while (k < last->count && sf_str_compare(last->at[k].entry.name, one->entry.name) < 0)
            k++;
        for (size_t j = k; j < last->count; j++) {
            const listed *was = &last->at[j];
            if (!sf_str_equal(was->entry.name, one->entry.name))
                break;
            if (was->told && sf_str_equal(was->asked, one->asked))
                own_told(&c->list, one, &was->entry, was->names, was->name_count, was->stamp);
        }
    }
}

static sofar_status list_all(sf_clerk *c, sf_arena *arena, sf_arena *page, sofar_error *err) {
    sf_roster roster = {0};
    subjects last = c->subjects;
    c->list.escape = arena->escape;
    if (c->is_listed)
        return SOFAR_OK;
    sf_arena_clear(&c->before);
    c->before = c->list;
    sf_arena_init(&c->list, NULL, arena->escape);
    memset(&c->subjects, 0, sizeof c->subjects);
    sofar_status status = sf_roster_add_all(c->store, &c->list, true, &roster, err);
    for (size_t i = 0; i < roster.count && !status; i++)
        if (!roster.at[i].entry.name.ptr) /* called as its dossier calls it */
            status =
                sf_roster_find_name(c->store, &c->list, page, (sf_date){0}, &roster.at[i], err);
    if (status)
        return status;
    sf_roster_shelve(&c->list, &roster);
    for (size_t i = 0; i < roster.count; i++)
        *SF_PUSH(&c->list, &c->subjects) = (listed){.asked = roster.at[i].asked,
                                                    .type = roster.at[i].entry.type,
                                                    .entry = roster.at[i].entry};
    take_over(c, &last);
    sf_arena_clear(&c->before);
    c->is_listed = true;
    return SOFAR_OK;
}

static const listed *find(const sf_clerk *c, sf_str stem) {
    for (size_t i = 0; i < c->subjects.count; i++)
        if (sf_str_equal(c->subjects.at[i].entry.stem, stem))
            return &c->subjects.at[i];
    return NULL;
}

/* ---- pages ---- */

static bool has_desk(const sf_clerk *c) { return !c->options->open; }

/* up: "../" for what stands behind a subject's stem. */
static sf_setting *setting_of(sf_clerk *c, sf_arena *arena, const sf_asking *a,
                              const sf_shelf *shelf, sf_str up) {
    sf_live *live = SF_NEW(arena, sf_live);
    sf_setting *setting = SF_NEW(arena, sf_setting);
    *live = (sf_live){.up = up, .desk = has_desk(c)};
    *setting = (sf_setting){.shelf = shelf,
                            .stem = a->what == SF_FOR_INDEX ? SF_ABSENT : a->stem,
                            .base = c->options->base,
                            .key_feed = c->options->key_feed,
                            .live = live};
    return setting;
}

/* The days to choose from are those of all that is known. */
static sofar_status add_days(sf_clerk *c, sf_arena *arena, const sf_dossier *d, sf_str asked,
                             sf_setting *setting, sofar_error *err) {
    sf_dossier *whole;
    sf_live *live = SF_NEW(arena, sf_live);
    *live = *setting->live;
    if (d->as_of.year) {
        sofar_status status = sf_story_dossier(c->store, arena, asked, (sf_date){0}, &whole, err);
        if (status)
            return status;
        d = whole;
    }
    live->days = sf_show_days(arena, d, &live->day_count);
    setting->live = live;
    return SOFAR_OK;
}

static answer subject(sf_clerk *c, sf_arena *arena, const sf_asking *a, const sf_shelf *shelf,
                      sofar_error *err) {
    const listed *one = find(c, a->stem);
    sf_dossier *d;
    sf_setting *setting = setting_of(c, arena, a, shelf, SF_STR(""));
    if (!one)
        return nothing(arena);
    if (sf_story_dossier(c->store, arena, one->asked, a->day[SF_AS_OF], &d, err))
        return failed(c, arena, err);
    if (!d->source_count || a->annex > sf_show_annex_count(d))
        return nothing(arena);
    if (a->twin == &sf_twins[0] && !a->annex && add_days(c, arena, d, one->asked, setting, err))
        return failed(c, arena, err);
    sf_buf out = sf_buf_new(arena);
    if (a->annex)
        sf_show_annex(&out, d, setting, a->annex);
    else
        a->twin->write(&out, d, setting);
    return good(a->twin->type, &out);
}

/* What the index tells of one subject today: as before if its pages are the same. */
static sofar_status tell_one(sf_clerk *c, sf_arena *page, listed *one, sofar_error *err) {
    uint64_t stamp;
    sf_dossier *d;
    sofar_status status = SOFAR_OK;
    sf_arena_reset(page);
    if (one->told && !one->fresh) {
        status = sf_store_stamp(c->store, page, one->names, one->name_count, &stamp, err);
        one->fresh = !status && stamp == one->stamp;
    }
    if (status || one->fresh)
        return status;
    sf_arena_reset(page);
    status = sf_story_dossier(c->store, page, one->asked, (sf_date){0}, &d, err);
    if (!status)
        status = sf_store_stamp(c->store, page, d->names, d->name_count, &stamp, err);
    if (status)
        return status;
    sf_entry entry = sf_show_entry(page, d);
    own_told(&c->list, one, &entry, d->names, d->name_count, stamp);
    one->fresh = true;
    return SOFAR_OK;
}

static sofar_status tell_all(sf_clerk *c, sf_arena *page, sf_entry *entries, size_t *count,
                             sofar_error *err) {
    sofar_status status = SOFAR_OK;
    *count = 0;
    for (size_t i = 0; i < c->subjects.count && !status; i++) {
        status = tell_one(c, page, &c->subjects.at[i], err);
        if (!status && c->subjects.at[i].entry.pages)
            entries[(*count)++] = c->subjects.at[i].entry;
    }
    return status;
}

/* Likewise as of a day: who was not spoken of yet is left out. */
static sofar_status tell_as_of(sf_clerk *c, sf_arena *arena, sf_arena *page, sf_date as_of,
                               sf_entry *entries, size_t *count, sofar_error *err) {
    size_t kept = 0;
    for (size_t i = 0; i < c->subjects.count; i++) {
        const listed *one = &c->subjects.at[i];
        sf_dossier *d;
        sf_arena_reset(page);
        sofar_status status = sf_story_dossier(c->store, page, one->asked, as_of, &d, err);
        if (status)
            return status;
        if (!d->source_count)
            continue;
        sf_entry *e = &entries[kept++];
        *e = sf_show_entry(page, d);
        e->name = one->entry.name;
        e->stem = one->entry.stem;
        sf_show_own_entry(arena, e);
    }
    *count = kept;
    return SOFAR_OK;
}

static answer list_subjects(sf_clerk *c, sf_arena *arena, sf_arena *page, const sf_asking *a,
                            sf_shelf shelf, sf_entry *entries, sofar_error *err) {
    void (*write)(sf_buf * out, const sf_setting *setting) = sf_show_sitemap;
    const char *type = "application/xml";
    if (a->what == SF_FOR_INDEX) {
        type = a->twin->type;
        write = strcmp(a->twin->suffix, ".html") == 0   ? sf_show_index
                : strcmp(a->twin->suffix, ".json") == 0 ? sf_show_index_json
                                                        : sf_show_index_csv;
    } else if (!c->options->base.len) {
        return plain(MHD_HTTP_NOT_FOUND, arena, "a sitemap wants an address: serve --base-url");
    }
    sf_date as_of = a->day[SF_AS_OF];
    if (as_of.year ? tell_as_of(c, arena, page, as_of, entries, &shelf.count, err)
                   : tell_all(c, page, entries, &shelf.count, err))
        return failed(c, arena, err);
    sf_buf out = sf_buf_new(arena);
    write(&out, setting_of(c, arena, a, &shelf, SF_STR("")));
    return good(type, &out);
}

/* ---- pages that only a server has ---- */

static answer search(sf_clerk *c, sf_arena *arena, const sf_asking *a, const sf_shelf *shelf,
                     sofar_error *err) {
    sf_search found;
    sf_search_form form = {a->text[SF_WORDS], a->text[SF_AS_OF]};
    sf_buf out = sf_buf_new(arena);
    if (form.words.ptr && sf_story_search(c->store, arena, form.words, a->day[SF_AS_OF],
                                          a->number[SF_LIMIT], &found, err))
        return failed(c, arena, err);
    sf_show_search_page(&out, form.words.ptr ? &found : NULL, &form,
                        setting_of(c, arena, a, shelf, SF_STR("")));
    return good("text/html", &out);
}

static answer quotes(sf_clerk *c, sf_arena *arena, const sf_asking *a, const sf_shelf *shelf,
                     sofar_error *err) {
    sf_sayings found;
    sf_said_form form = {.subject = a->text[SF_SUBJECT_IS],
                         .speaker = a->text[SF_SPEAKER_IS],
                         .about = a->text[SF_ABOUT],
                         .since = a->text[SF_SINCE],
                         .until = a->text[SF_UNTIL],
                         .as_of = a->text[SF_AS_OF]};
    sf_asked asked = {.subject = form.subject,
                      .speaker = form.speaker,
                      .about = form.about,
                      .as_of = a->day[SF_AS_OF],
                      .since = a->day[SF_SINCE],
                      .until = a->day[SF_UNTIL]};
    bool named = form.subject.ptr || form.speaker.ptr || form.about.ptr;
    sf_buf out = sf_buf_new(arena);
    if (named && sf_story_sayings(c->store, arena, &asked, &found, err))
        return failed(c, arena, err);
    sf_show_said_page(&out, named ? &found : NULL, &form,
                      setting_of(c, arena, a, shelf, SF_STR("")));
    return good("text/html", &out);
}

static answer diff_page(sf_clerk *c, sf_arena *arena, const sf_asking *a, const sf_shelf *shelf,
                        sf_str asked, sofar_error *err) {
    sf_dossier *from, *to;
    sf_diff changes;
    bool compared = a->day[SF_FROM].year != 0;
    sf_buf out = sf_buf_new(arena);
    if ((compared && sf_story_dossier(c->store, arena, asked, a->day[SF_FROM], &from, err)) ||
        sf_story_dossier(c->store, arena, asked, a->day[SF_TO], &to, err))
        return failed(c, arena, err);
    if (compared)
        changes = sf_story_diff(arena, from, to);
    sf_show_diff_page(&out, compared ? &changes : NULL, to,
                      setting_of(c, arena, a, shelf, SF_STR("../")));
    return good("text/html", &out);
}

static answer review(sf_clerk *c, sf_arena *arena, const sf_asking *a, const sf_shelf *shelf,
                     sf_str asked, sofar_error *err) {
    sf_desk desk = {.store = c->store, .arena = arena};
    sf_buf out = sf_buf_new(arena);
    if (sf_desk_load(&desk, asked, err))
        return failed(c, arena, err);
    if (!desk.dossier->source_count)
        return nothing(arena);
    sf_show_desk_page(&out, &desk, asked, a->number[SF_SKIP], sf_str_of(c->options->who),
                      setting_of(c, arena, a, shelf, SF_STR("../")));
    return good("text/html", &out);
}

static answer desk_index(sf_clerk *c, sf_arena *arena, const sf_asking *a, const sf_shelf *shelf) {
    sf_buf out = sf_buf_new(arena);
    sf_show_desk_index(&out, setting_of(c, arena, a, shelf, SF_STR("")));
    return good("text/html", &out);
}

static answer ask_api(sf_clerk *c, sf_arena *arena, const sf_asking *a, sofar_error *err);

static answer place(sf_clerk *c, sf_arena *arena, const sf_asking *a, const sf_shelf *shelf,
                    sofar_error *err) {
    const listed *one = a->place->subject ? find(c, a->stem) : NULL;
    sf_asking diff = *a;
    if (a->place->subject && !one)
        return nothing(arena);
    switch (a->what) {
    case SF_FOR_SEARCH: return search(c, arena, a, shelf, err);
    case SF_FOR_QUOTES: return quotes(c, arena, a, shelf, err);
    case SF_FOR_DESK: return desk_index(c, arena, a, shelf);
    case SF_FOR_DIFF: return diff_page(c, arena, a, shelf, one->asked, err);
    case SF_FOR_REVIEW: return review(c, arena, a, shelf, one->asked, err);
    case SF_FOR_DIFF_JSON:
        diff.text[SF_SUBJECT_IS] = one->asked;
        diff.endpoint = sf_endpoint_of(SF_STR("diff"), false);
        return ask_api(c, arena, &diff, err);
    default: return nothing(arena); /* events, by a name that only decoding gives them */
    }
}

static answer page_of(sf_clerk *c, sf_arena *arena, sf_arena *page, const sf_asking *a,
                      sofar_error *err) {
    if (list_all(c, arena, page, err))
        return failed(c, arena, err);
    sf_entry *entries = entries_of(c, arena);
    sf_shelf shelf = {entries, c->subjects.count};
    return a->place                    ? place(c, arena, a, &shelf, err)
           : a->what == SF_FOR_SUBJECT ? subject(c, arena, a, &shelf, err)
                                       : list_subjects(c, arena, page, a, shelf, entries, err);
}

/* ---- the rest ---- */

static answer ask_api(sf_clerk *c, sf_arena *arena, const sf_asking *a, sofar_error *err) {
    sf_buf out = sf_buf_new(arena);
    sofar_status status = a->endpoint->answer(c->store, &out, a, err);
    if (status == SOFAR_DONE)
        return nothing(arena);
    if (status)
        return failed(c, arena, err);
    sf_buf_char(&out, '\n');
    return good("application/json", &out);
}

static answer answer_to(sf_clerk *c, sf_arena *arena, sf_arena *page, sf_str target) {
    sf_asking a;
    sofar_error err;
    if (sf_asking_read(arena, target, has_desk(c), &a, &err))
        return failed(c, arena, &err);
    switch (a.what) {
    case SF_FOR_NOTHING:
        return plain(MHD_HTTP_NOT_FOUND, arena,
                     "there is nothing here; / lists the subjects, /api/openapi.json says what can "
                     "be asked");
    case SF_FOR_DESCRIPTION: {
        sf_buf out = sf_buf_new(arena);
        sf_api_describe(&out, has_desk(c));
        return good("application/json", &out);
    }
    case SF_FOR_API: return ask_api(c, arena, &a, &err);
    default: break;
    }
    return page_of(c, arena, page, &a, &err);
}

/* In arenas of its own, which go with it; NULL if memory ran out. */
static sf_parcel *make(sf_clerk *c, sf_str target) {
    sf_arena arena, page;
    jmp_buf escape;
    sf_parcel *volatile parcel = NULL;
    sf_arena_init(&arena, NULL, &escape);
    sf_arena_init(&page, NULL, &escape);
    if (setjmp(escape) == 0) {
        answer a = answer_to(c, &arena, &page, target);
        parcel = sf_parcel_new(a.status, a.type, a.body, a.page);
    }
    sf_arena_clear(&page);
    sf_arena_clear(&arena);
    return parcel;
}

/* Forgets what was made of a store that has changed since. False if it cannot be read. */
static bool look(sf_clerk *c) {
    sofar_error err;
    uint64_t seen = 0;
    bool opened = !c->store;
    sofar_status status =
        opened ? sf_store_open(c->options->store, SF_STORE_READ, &c->store, &err) : SOFAR_OK;
    if (!status)
        status = sf_store_seen(c->store, &seen, &err);
    if (opened || status || seen != c->seen) {
        sf_cache_clear(&c->cache);
        c->is_listed = false;
        c->seen = seen;
    }
    if (!status)
        return true;
    c->options->say("%s", err.msg);
    sf_store_close(c->store);
    c->store = NULL;
    return false;
}

sf_parcel *sf_clerk_answer(sf_clerk *c, sf_str target) {
    sf_parcel_free(c->loose);
    c->loose = NULL;
    if (!look(c))
        return c->loose = sf_parcel_new(MHD_HTTP_SERVICE_UNAVAILABLE, "text/plain",
                                        SF_STR("the store cannot be read now\n"), false);
    sf_parcel *p = sf_cache_find(&c->cache, target);
    if (p)
        return p;
    p = make(c, target);
    if (p && !(sf_parcel_is_good(p) && sf_cache_put(&c->cache, target, p)))
        c->loose = p;
    return p;
}
