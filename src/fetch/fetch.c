/* One page: for each hop, ask robots.txt of its host, then get it; redirects are followed here and
 * not by libcurl, so that each host on the way is asked. */
#include "fetch/fetch.h"

#include <curl/curl.h>

#include "fetch/robots.h"
#include "fetch/transfer.h"

enum { MOST_REDIRECTS = 10, ROBOTS_REDIRECTS = 5, LONGEST_URL = 4096, DEFAULT_SECONDS = 30 };

typedef struct fetch {
    sf_arena *arena;
    const sf_fetch_options *options;
    size_t max_bytes;
    long left_ms;
    sf_fetch_memory *memory;
    sf_str robots; /* of the hop's host */
    sf_fetch_terms *terms;
} fetch;

typedef struct known_host {
    sf_str origin, robots;
} known_host;

struct sf_fetch_memory {
    sf_arena *arena;
    sf_vec(known_host) hosts;
};

/* What robots.txt goes by: "https://harbour.example:8080" and "/news?page=2". */
typedef struct target {
    sf_str origin, path;
    bool has_password;
} target;

bool sf_fetch_is_url(sf_str s) {
    return sf_str_starts_ci(s, SF_STR("http://")) || sf_str_starts_ci(s, SF_STR("https://"));
}

static void free_url(void *what) { curl_url_cleanup(what); }
static void free_part(void *what) { curl_free(what); }

/* A part of the URL in the arena; absent if it has none. */
static sf_str part(sf_arena *arena, CURLU *url, CURLUPart what, unsigned flags) {
    char *value = NULL;
    if (curl_url_get(url, what, &value, flags) != CURLUE_OK)
        return SF_ABSENT;
    sf_defer(arena, free_part, value);
    return sf_str_of(value);
}

static bool split(sf_arena *arena, const char *text, target *out) {
    CURLU *url = curl_url();
    if (!url)
        return false;
    sf_defer(arena, free_url, url);
    if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK)
        return false;
    sf_str scheme = part(arena, url, CURLUPART_SCHEME, 0),
           host = part(arena, url, CURLUPART_HOST, 0);
    sf_str query = part(arena, url, CURLUPART_QUERY, 0);
    out->origin = sf_str_format(arena, "%.*s://%.*s:%.*s", SF_ARG(scheme), SF_ARG(host),
                                SF_ARG(part(arena, url, CURLUPART_PORT, CURLU_DEFAULT_PORT)));
    out->path = part(arena, url, CURLUPART_PATH, 0);
    if (query.ptr)
        out->path = sf_str_format(arena, "%.*s?%.*s", SF_ARG(out->path), SF_ARG(query));
    out->has_password = part(arena, url, CURLUPART_PASSWORD, 0).ptr != NULL ||
                        part(arena, url, CURLUPART_USER, 0).ptr != NULL;
    return host.len > 0 && sf_fetch_is_url(out->origin);
}

static sofar_status check_url(fetch *f, const char *url, target *out, sofar_error *err) {
    if (strlen(url) > LONGEST_URL)
        return sf_fail(err, SOFAR_ERR_USAGE, "%.80s...: a URL longer than %d bytes", url,
                       LONGEST_URL);
    if (!split(f->arena, url, out))
        return sf_fail(err, SOFAR_ERR_USAGE, "%.300s: not an http:// or https:// URL", url);
    if (out->has_password)
        return sf_fail(err, SOFAR_ERR_USAGE,
                       "%.*s: a URL with a user's name or password in it would be kept with the "
                       "page; leave them out",
                       SF_ARG(out->origin));
    return SOFAR_OK;
}

/* ---- robots ---- */

sf_fetch_memory *sf_fetch_memory_new(sf_arena *arena) {
    sf_fetch_memory *memory = SF_NEW(arena, sf_fetch_memory);
    memory->arena = arena;
    return memory;
}

static bool remembered(fetch *f, sf_str origin) {
    for (size_t i = 0; i < f->memory->hosts.count; i++)
        if (sf_str_equal(f->memory->hosts.at[i].origin, origin)) {
            f->robots = f->memory->hosts.at[i].robots;
            return true;
        }
    return false;
}

static void remember(fetch *f, sf_str origin, sf_str robots) {
    sf_arena *arena = f->memory->arena;
    known_host *host = SF_PUSH(arena, &f->memory->hosts);
    *host = (known_host){sf_str_copy(arena, origin), sf_str_copy(arena, robots)};
    f->robots = host->robots;
}

static bool busy(const sf_transfer *answer) {
    return answer->status == 429 || answer->status >= 500;
}

/* RFC 9309, 2.3.1: a host that says it has no robots.txt allows everything; one that cannot be
 * asked allows nothing. */
static sofar_status ask_robots(fetch *f, const target *t, sofar_error *err) {
    if (remembered(f, t->origin))
        return SOFAR_OK;
    sf_transfer answer = {.unfinished = true};
    sf_str url = sf_str_format(f->arena, "%.*s/robots.txt", SF_ARG(t->origin));
    sofar_status status = sf_transfer_get(f->arena, url.ptr, f->options, SF_ROBOTS_BYTES,
                                          ROBOTS_REDIRECTS, &f->left_ms, &answer, err);
    if (status) {
        f->terms->busy = status == SOFAR_ERR_NETWORK;
        return status;
    }
    if (answer.status >= 500) {
        f->terms->busy = true;
        f->terms->retry_after_s = answer.retry_after_s;
        return sf_fail(err, SOFAR_ERR_NETWORK,
                       "%.*s: the server answers %ld, so what it allows is unknown and nothing is "
                       "fetched from it; try again later",
                       SF_ARG(url), answer.status);
    }
    remember(f, t->origin, answer.status >= 200 && answer.status < 300 ? answer.body : SF_STR(""));
    return SOFAR_OK;
}

static sofar_status check_robots(fetch *f, const char *url, const target *t, sofar_error *err) {
    sofar_error why;
    if (f->options->ignore_robots)
        return SOFAR_OK;
    sofar_status status = ask_robots(f, t, &why);
    if (status)
        return sf_fail(err, status, "%.200s: not fetched: %s", url, why.msg);
    if (sf_robots_allow(f->arena, f->robots, SF_STR("sofar"), t->path))
        return SOFAR_OK;
    return sf_fail(
        err, SOFAR_ERR_NETWORK,
        "%.300s: the site's robots.txt asks not to fetch it; save the page with a browser "
        "and give the file, or ask with --ignore-robots if the site is yours",
        url);
}

/* ---- the page ---- */

static const char *advice(long status) {
    if (status == 404 || status == 410)
        return ", the page is not there";
    if (status == 401 || status == 402 || status == 403)
        return ", it does not give the page to us; save it with a browser and give the file";
    return status == 429 || status >= 500 ? "; try again later" : "";
}

static sofar_status answered(const fetch *f, const char *url, const sf_transfer *answer,
                             sofar_page *page, sofar_error *err) {
    sf_fetch_terms *terms = f->terms;
    bool asked = terms->etag.len || terms->modified.len;
    terms->busy = busy(answer);
    terms->retry_after_s = answer->retry_after_s;
    terms->unchanged = answer->status == 304 && asked;
    if (terms->unchanged)
        return SOFAR_OK;
    if (answer->status != 200)
        return sf_fail(err, SOFAR_ERR_NETWORK, "%.300s: the server answers %ld%s", url,
                       answer->status, advice(answer->status));
    if (answer->body.len == 0)
        return sf_fail(err, SOFAR_ERR_NETWORK, "%.300s: the server sent an empty page", url);
    page->bytes = answer->body;
    page->url = answer->url;
    page->content_type = answer->content_type;
    terms->etag = answer->etag;
    terms->modified = answer->modified;
    return SOFAR_OK;
}

static sofar_status follow(fetch *f, const char *given, sofar_page *page, sofar_error *err) {
    const char *url = given;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
        target t = {0};
        sf_transfer answer = {.etag = f->terms->etag, .modified = f->terms->modified};
        sofar_status status = check_url(f, url, &t, err);
        if (!status)
            status = check_robots(f, url, &t, err);
        if (!status) {
            status = sf_transfer_get(f->arena, url, f->options, f->max_bytes, 0, &f->left_ms,
                                     &answer, err);
            f->terms->busy = status == SOFAR_ERR_NETWORK;
        }
        if (status)
            return status;
        if (!answer.location.ptr)
            return answered(f, url, &answer, page, err);
        if (!sf_fetch_is_url(answer.location))
            return sf_fail(err, SOFAR_ERR_NETWORK,
                           "%.200s: redirects to %.200s, which is no web page", url,
                           answer.location.ptr);
        url = answer.location.ptr;
    }
    return sf_fail(err, SOFAR_ERR_NETWORK, "%.300s: redirects more than %d times", given,
                   MOST_REDIRECTS);
}

sf_str sf_fetch_origin(sf_arena *arena, const char *url) {
    target t = {0};
    return strlen(url) <= LONGEST_URL && split(arena, url, &t) ? t.origin : SF_ABSENT;
}

sofar_status sf_fetch_page(sf_arena *arena, const char *url, const sf_fetch_options *options,
                           sofar_page *page, sofar_error *err) {
    sf_fetch_terms none = {0};
    return sf_fetch_changed(arena, url, options, &none, page, err);
}

sofar_status sf_fetch_changed(sf_arena *arena, const char *url, const sf_fetch_options *options,
                              sf_fetch_terms *terms, sofar_page *page, sofar_error *err) {
    static const sf_fetch_options defaults = {0};
    fetch f = {.arena = arena, .options = options ? options : &defaults, .terms = terms};
    f.memory = f.options->memory ? f.options->memory : sf_fetch_memory_new(arena);
    if (f.options->offline)
        return sf_fail(err, SOFAR_ERR_NETWORK,
                       "%.300s: not fetched, because of --offline; give a saved file", url);
    f.max_bytes = f.options->max_bytes ? f.options->max_bytes : SOFAR_MAX_PAGE_BYTES;
    f.left_ms = (f.options->timeout_s > 0 ? f.options->timeout_s : DEFAULT_SECONDS) * 1000;
    sofar_page found = *page;
    sofar_status status = follow(&f, url, &found, err);
    if (status || terms->unchanged)
        return status;
    found.file = sf_str_copy(arena, sf_str_of(url));
    *page = found;
    return SOFAR_OK;
}
