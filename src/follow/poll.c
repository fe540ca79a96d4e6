/* One poll: first what is on the list, then the pages that it names. Of what is to be asked the
 * host decides that may be asked soonest, so that many hosts are asked in turn while each has its
 * rest. */
#include "follow/follow.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "follow/list.h"
#include "follow/state.h"
#include "source/source.h"

enum {
    LONGEST_REST = 86400, /* seconds, whatever a host asks for */
    FIRST_REST = 30,      /* after the first failure, in delays; doubled with each further one */
    TRIES = 3,            /* a page that its host does not give, or gives as it was, is given up */
    MOST_SITEMAPS = 1000, /* of an index */
    MOST_UNTOLD = 10000
};

typedef struct item {
    sf_str url;
    size_t watch, lead; /* SIZE_MAX: it is the other */
    size_t host;
    int depth;    /* 1: an index of sitemaps named it */
    sf_str stamp; /* what the index said */
    sf_fetch_terms terms;
    sf_news news; /* what compare() found */
    size_t paragraphs;
    bool done;
} item;

struct sf_follow {
    sf_arena *arena;
    const char *path;
    sf_follow_options options;
    sf_state state;
    sf_vec(item) items;
    size_t listed; /* items before it are of the list, all behind it are leads */
    size_t leads_before;
    bool leading, stopped;
    int64_t now;
    sf_follow_counts counts;
};

static double clock_s(clockid_t which) {
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* In [0.5, 1.5): the clock's last digits are chance enough to not keep step with others. */
static double jitter(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return 0.5 + (double)(t.tv_nsec / 1000 % 1000) / 1000;
}

static void say(sf_follow *f, const char *message) {
    f->options.say(f->options.ctx, message);
    f->counts.failed++;
}

/* ---- what is to be asked ---- */

static bool rests(const sf_follow *f, size_t host) {
    return f->state.hosts.at[host].until > f->now;
}

static item *add_item(sf_follow *f, sf_str url, size_t watch, size_t lead) {
    sf_str origin = sf_fetch_origin(f->arena, url.ptr);
    if (!origin.ptr)
        return NULL;
    item *i = SF_PUSH(f->arena, &f->items);
    *i = (item){.url = url, .watch = watch, .lead = lead, .host = sf_state_host(&f->state, origin)};
    return i;
}

static void watch(sf_follow *f, sf_str url, int depth, sf_str stamp) {
    size_t before = f->state.watches.count, at = sf_state_watch(&f->state, url);
    sf_watch *w = &f->state.watches.at[at];
    for (size_t i = 0; at < before && i < f->items.count; i++)
        if (f->items.at[i].watch == at)
            return; /* twice on the list */
    item *i = add_item(f, w->url, at, SIZE_MAX);
    if (!i)
        return;
    i->terms = (sf_fetch_terms){.etag = w->etag, .modified = w->modified};
    i->depth = depth;
    i->stamp = sf_str_copy(f->arena, stamp);
}

/* Leads of this poll come before those that wait since another: news is not to stand in line behind
 * a sitemap's years. */
static void choose_leads(sf_follow *f) {
    size_t chosen = 0, count = f->state.leads.count;
    for (size_t n = 0; n < count; n++) {
        size_t at = (n + f->leads_before) % count;
        sf_lead *lead = &f->state.leads.at[at];
        if (lead->done || lead->asked)
            continue;
        if (chosen == f->options.most) {
            f->counts.left++;
            continue;
        }
        item *i = add_item(f, lead->url, SIZE_MAX, at);
        if (!i) {
            lead->done = true; /* no URL that could be fetched */
            continue;
        }
        lead->asked = true;
        chosen += !rests(f, i->host);
    }
}

/* The item that may be asked soonest; NULL if all were. Those of resting hosts are passed over. */
static item *soonest(sf_follow *f) {
    item *best = NULL;
    for (size_t n = f->leading ? f->listed : 0; n < f->items.count; n++) {
        item *i = &f->items.at[n];
        if (i->done || rests(f, i->host))
            continue;
        if (!best || f->state.hosts.at[i->host].ready < f->state.hosts.at[best->host].ready)
            best = i;
    }
    return best;
}

/* Says which hosts rest, once each. */
static void pass_over(sf_follow *f) {
    size_t *waiting = SF_ARRAY(f->arena, size_t, f->state.hosts.count + 1);
    for (size_t n = 0; n < f->items.count; n++) {
        waiting[f->items.at[n].host] += !f->items.at[n].done;
        f->counts.left += !f->items.at[n].done && f->items.at[n].lead != SIZE_MAX;
    }
    for (size_t h = 0; h < f->state.hosts.count && !f->stopped; h++)
        if (waiting[h]) {
            const sf_host *host = &f->state.hosts.at[h];
            say(f, sf_str_format(f->arena,
                                 "%.*s: not asked for %zu pages: it rests for %lld seconds after "
                                 "%d failures",
                                 SF_ARG(host->origin), waiting[h],
                                 (long long)(host->until - f->now), host->failures)
                       .ptr);
        }
}

static item *next_item(sf_follow *f) {
    item *i = soonest(f);
    if (!i && !f->leading) {
        f->leading = true;
        f->listed = f->items.count;
        choose_leads(f);
        i = soonest(f);
    }
    return i;
}

/* ---- asking ---- */

static void trouble(sf_follow *f, item *i) {
    sf_host *host = &f->state.hosts.at[i->host];
    double rest = f->options.delay_s * FIRST_REST;
    for (int n = 0; n < host->failures && rest < LONGEST_REST; n++)
        rest *= 2;
    if (rest < (double)i->terms.retry_after_s)
        rest = (double)i->terms.retry_after_s;
    if (rest > LONGEST_REST)
        rest = LONGEST_REST;
    host->failures++; /* also where its feed was had before: its pages were not */
    host->well = false;
    f->now = (int64_t)clock_s(CLOCK_REALTIME);
    host->until = f->now + (int64_t)(rest * (0.75 + jitter() / 2)) + 1;
}

/* A page that its host does not give: tried again at later polls, some times. */
static void refuse(sf_follow *f, const item *i) {
    if (i->lead != SIZE_MAX) {
        sf_lead *lead = &f->state.leads.at[i->lead];
        lead->done = ++lead->tries >= TRIES;
    }
}

static bool wait_for(sf_follow *f, const item *i) {
    double wait = f->state.hosts.at[i->host].ready - clock_s(CLOCK_MONOTONIC);
    if (wait > 0 && !f->options.pause(f->options.ctx, wait))
        f->stopped = true;
    if (f->options.fetch.stop && f->options.fetch.stop(f->options.fetch.ctx))
        f->stopped = true;
    return !f->stopped;
}

/* Asks for the item; false if it could not be had or has not changed. */
static bool ask(sf_follow *f, item *i, sf_arena *arena, sofar_page *page) {
    sofar_error err;
    sf_host *host = &f->state.hosts.at[i->host];
    sofar_status status =
        sf_fetch_changed(arena, i->url.ptr, &f->options.fetch, &i->terms, page, &err);
    host->ready = clock_s(CLOCK_MONOTONIC) + f->options.delay_s * jitter();
    if (status && f->options.fetch.stop && f->options.fetch.stop(f->options.fetch.ctx)) {
        f->stopped = true; /* the host is not to blame */
        i->done = false;
        return false;
    }
    if (status) {
        say(f, err.msg);
        if (i->terms.busy) {
            trouble(f, i);
        } else {
            refuse(f, i);
            host->well = true;
        }
        return false;
    }
    host->well = true;
    f->counts.same += i->terms.unchanged;
    return !i->terms.unchanged;
}

/* ---- what came ---- */

typedef struct ranked {
    const sf_link *link;
    size_t at;
} ranked;

/* The newest first, as sitemaps say it; feeds have them in that order. */
static int by_stamp(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    int order = sf_str_compare(y->link->stamp, x->link->stamp);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static void add_sitemap(sf_follow *f, const item *index, const sf_link *link) {
    size_t before = f->state.watches.count, at = sf_state_watch(&f->state, link->url);
    sf_str stamp = f->state.watches.at[at].stamp;
    if (index->depth || (at < before && link->stamp.len && sf_str_equal(stamp, link->stamp)))
        return; /* an index in an index is none, and this sitemap is as it was */
    watch(f, f->state.watches.at[at].url, index->depth + 1, link->stamp);
}

/* A page that was had is asked for again where it is said to have changed since. Only a later stamp
 * counts: feed and sitemap may say it in two ways, and neither is to undo the other. */
static void hear(sf_follow *f, sf_lead *lead, sf_str stamp) {
    if (!stamp.len || (lead->stamp.len && sf_str_compare(stamp, lead->stamp) <= 0))
        return;
    if (lead->stamp.len && lead->paragraphs.count && lead->tries < TRIES)
        lead->done = false;
    lead->stamp = sf_str_copy(f->arena, stamp);
}

static void add_lead(sf_follow *f, const sf_link *link, size_t *lost) {
    size_t at = sf_state_lead(&f->state, link->url);
    if (at == SIZE_MAX)
        ++*lost;
    else
        hear(f, &f->state.leads.at[at], link->stamp);
}

static void add_links(sf_follow *f, size_t from, sf_arena *arena, const sf_links *links) {
    size_t sitemaps = 0, lost = 0;
    ranked *order = SF_ARRAY(arena, ranked, links->count + 1);
    for (size_t n = 0; n < links->count; n++)
        order[n] = (ranked){&links->at[n], n};
    qsort(order, links->count, sizeof *order, by_stamp);
    for (size_t n = 0; n < links->count; n++) {
        const item whole = f->items.at[from]; /* items may move */
        if (!order[n].link->sitemap)
            add_lead(f, order[n].link, &lost);
        else if (sitemaps++ < MOST_SITEMAPS)
            add_sitemap(f, &whole, order[n].link);
        else
            lost++;
    }
    if (lost || links->cut)
        say(f,
            sf_str_format(arena, "%.*s: has more links than sofar follow keeps; %zu are left out",
                          SF_ARG(f->items.at[from].url), lost)
                .ptr);
}

/* The answer is safe in the state: from now on the host is asked whether it has changed. */
static void settle(sf_follow *f, const item *i) {
    if (i->watch == SIZE_MAX)
        return;
    sf_watch *w = &f->state.watches.at[i->watch];
    w->etag = sf_str_copy(f->arena, i->terms.etag);
    w->modified = sf_str_copy(f->arena, i->terms.modified);
    w->stamp = i->stamp;
}

static void copy_page(sf_arena *arena, sofar_page *page) {
    sf_str *fields[] = {&page->bytes,  &page->file,    &page->url,       &page->content_type,
                        &page->title,  &page->byline,  &page->published, &page->updated,
                        &page->outlet, &page->captured};
    for (size_t i = 0; i < SF_LEN(fields); i++)
        *fields[i] = sf_str_copy(arena, *fields[i]);
}

static void close_source(void *source) { sofar_source_close(source); }

/* As a file of the same bytes would be read, but one page of it. */
static sofar_status open_page(const sf_follow *f, sf_arena *arena, sofar_page *page,
                              sofar_error *err) {
    sofar_source_options options = {.max_page_bytes = f->options.fetch.max_bytes};
    sofar_source *source;
    sofar_page found;
    sofar_status status = sf_source_from_bytes(page->bytes, page, &options, &source, err);
    if (status)
        return status;
    sf_defer(arena, close_source, source);
    status = sofar_source_next(source, &found, err);
    if (status == SOFAR_DONE)
        return sf_fail(err, SOFAR_ERR_FORMAT, "%.*s: there is no page in it", SF_ARG(page->file));
    if (!status) {
        copy_page(arena, &found);
        *page = found;
    }
    return status;
}

/* Is this answer a page to be read? What is none is dealt with here. */
static bool is_page(sf_follow *f, size_t at, sf_arena *arena, sofar_page *page) {
    sf_links links;
    sofar_error err;
    size_t limit = f->options.fetch.max_bytes ? f->options.fetch.max_bytes : SOFAR_MAX_PAGE_BYTES;
    sofar_status status = sf_source_links(arena, page->bytes, page->url, limit, &links, &err);
    bool listed = f->items.at[at].watch != SIZE_MAX;
    if (!status && links.found && listed) {
        add_links(f, at, arena, &links);
        settle(f, &f->items.at[at]);
        return false;
    }
    if (!status && links.found)
        status = sf_fail(&err, SOFAR_ERR_FORMAT,
                         "%.*s: a feed or sitemap, and no page; put it on the list to follow it",
                         SF_ARG(page->file));
    if (!status)
        status = open_page(f, arena, page, &err);
    /* Counted now, so that a page on which reading fails is not asked for for ever. */
    refuse(f, &f->items.at[at]);
    if (status) {
        say(f, err.msg);
        if (!listed)
            f->state.leads.at[f->items.at[at].lead].done = true;
    }
    return !status;
}

/* ---- the interface ---- */

sofar_status sf_follow_open(sf_arena *arena, const char *list, const char *state, int64_t now,
                            const sf_follow_options *options, sf_follow **out, sofar_error *err) {
    jmp_buf escape;
    arena->escape = &escape;
    if (setjmp(escape))
        return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory", list);
    sf_follow *f = SF_NEW(arena, sf_follow);
    sf_list urls = {0};
    f->arena = f->state.arena = arena;
    f->path = state;
    f->now = now;
    f->options = *options;
    f->options.fetch.memory = sf_fetch_memory_new(arena);
    sofar_status status = sf_list_read(arena, list, &urls, err);
    if (!status)
        status = sf_state_read(state, now, LONGEST_REST, &f->state, err);
    f->leads_before = f->state.leads.count;
    for (size_t i = 0; !status && i < urls.count; i++)
        watch(f, urls.at[i], 0, SF_ABSENT);
    arena->escape = NULL;
    if (!status)
        *out = f;
    return status;
}

sofar_status sf_follow_next(sf_follow *f, sf_arena *arena, sofar_page *page, int64_t *key,
                            sofar_error *err) {
    (void)err;
    item *i;
    f->arena->escape = arena->escape;
    while (!f->stopped && (i = next_item(f)) != NULL) {
        size_t at = (size_t)(i - f->items.at);
        if (!wait_for(f, i))
            break;
        i->done = true;
        *page = (sofar_page)SOFAR_PAGE_INIT;
        if (ask(f, i, arena, page) && is_page(f, at, arena, page)) {
            *key = (int64_t)at;
            return SOFAR_OK;
        }
        sf_arena_reset(arena);
    }
    pass_over(f);
    return SOFAR_DONE;
}

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t *hashes(sf_arena *arena, const sofar_clipping *c) {
    uint64_t *out = SF_ARRAY(arena, uint64_t, c->block_count + 1);
    out[0] = sf_str_hash(c->title);
    for (size_t i = 0; i < c->block_count; i++)
        out[i + 1] = sf_str_hash(sf_span_of(c->text, c->blocks[i].span));
    qsort(out, c->block_count + 1, sizeof *out, by_value);
    return out;
}

/* How many of two ascending lists are not in the other; the larger of both counts. */
static size_t differences(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count) {
    size_t only_a = 0, only_b = 0, i = 0, j = 0;
    while (i < a_count || j < b_count) {
        if (j == b_count || (i < a_count && a[i] < b[j]))
            only_a++, i++;
        else if (i == a_count || b[j] < a[i])
            only_b++, j++;
        else
            i++, j++;
    }
    return only_a > only_b ? only_a : only_b;
}

/* What the page was when it was kept last; NULL if it was not. */
static const sf_paragraphs *kept_before(const sf_follow *f, const item *i) {
    if (i->watch != SIZE_MAX)
        return f->state.watches.at[i->watch].page ? &f->state.watches.at[i->watch].paragraphs
                                                  : NULL;
    const sf_paragraphs *p = &f->state.leads.at[i->lead].paragraphs;
    return p->count ? p : NULL;
}

sofar_status sf_follow_compare(sf_follow *f, int64_t key, const sofar_clipping *c, sf_news *news,
                               size_t *paragraphs, sofar_error *err) {
    jmp_buf escape;
    item *i = &f->items.at[key];
    sf_arena scratch;
    sf_arena_init(&scratch, NULL, &escape);
    if (setjmp(escape)) {
        sf_arena_clear(&scratch);
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(i->url));
    }
    const sf_paragraphs *before = kept_before(f, i);
    i->news = SF_FRESH;
    if (before) {
        i->paragraphs =
            differences(before->at, before->count, hashes(&scratch, c), c->block_count + 1);
        i->news = i->paragraphs ? SF_CHANGED : SF_SAME;
    }
    sf_arena_clear(&scratch);
    *news = i->news;
    *paragraphs = i->paragraphs;
    return SOFAR_OK;
}

static void note_untold(sf_follow *f, const item *i, const sofar_clipping *c) {
    if (f->state.fresh.count + f->state.changed.count >= MOST_UNTOLD)
        return;
    sf_buf buf = sf_buf_new(f->arena);
    sf_json json = sf_json_new(&buf);
    sf_json_object(&json);
    sf_json_key_str(&json, "url", c->url.ptr ? c->url : i->url);
    sf_json_key_str(&json, "title", c->title);
    sf_json_key_str(&json, "outlet", c->outlet);
    sf_json_key_str(&json, "published", c->published);
    if (i->news == SF_CHANGED) {
        sf_json_key(&json, "paragraphs");
        sf_json_int(&json, (int64_t)i->paragraphs);
    }
    sf_json_object_end(&json);
    if (i->news == SF_CHANGED)
        *SF_PUSH(f->arena, &f->state.changed) = sf_buf_str(&buf);
    else
        *SF_PUSH(f->arena, &f->state.fresh) = sf_buf_str(&buf);
}

sofar_status sf_follow_kept(sf_follow *f, int64_t key, const sofar_clipping *c, sofar_error *err) {
    jmp_buf escape;
    item *i = &f->items.at[key];
    f->arena->escape = &escape;
    if (setjmp(escape)) {
        f->arena->escape = NULL;
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(i->url));
    }
    *(i->news == SF_FRESH     ? &f->counts.fresh
      : i->news == SF_CHANGED ? &f->counts.changed
                              : &f->counts.same) += 1;
    if (i->news != SF_SAME && f->options.keep_untold)
        note_untold(f, i, c);
    if (i->watch != SIZE_MAX) {
        sf_watch *w = &f->state.watches.at[i->watch];
        w->page = true;
        w->paragraphs = (sf_paragraphs){hashes(f->arena, c), c->block_count + 1};
        settle(f, i);
    } else {
        sf_lead *lead = &f->state.leads.at[i->lead];
        lead->done = true;
        lead->tries = i->news == SF_SAME ? lead->tries : 0; /* else counted by refuse() */
        lead->paragraphs = (sf_paragraphs){hashes(f->arena, c), c->block_count + 1};
    }
    f->arena->escape = NULL;
    return SOFAR_OK;
}

sofar_status sf_follow_save(const sf_follow *f, sofar_error *err) {
    return sf_state_write(&f->state, f->path, err);
}

static void add_list(sf_buf *buf, const char *key, const sf_str *objects, size_t count) {
    sf_buf_printf(buf, "\"%s\":[", key);
    for (size_t i = 0; i < count; i++) {
        sf_buf_add(buf, i ? SF_STR(",") : SF_STR(""));
        sf_buf_add(buf, objects[i]);
    }
    sf_buf_char(buf, ']');
}

sf_str sf_follow_untold(const sf_follow *f, sf_arena *arena) {
    const sf_state *s = &f->state;
    if (!s->fresh.count && !s->changed.count)
        return SF_ABSENT;
    sf_buf buf = sf_buf_new(arena);
    sf_buf_char(&buf, '{');
    add_list(&buf, "new", s->fresh.at, s->fresh.count);
    sf_buf_char(&buf, ',');
    add_list(&buf, "changed", s->changed.at, s->changed.count);
    sf_buf_add(&buf, SF_STR("}\n"));
    return sf_buf_str(&buf);
}

void sf_follow_told(sf_follow *f) { f->state.fresh.count = f->state.changed.count = 0; }

const sf_follow_counts *sf_follow_count(sf_follow *f) { return &f->counts; }
