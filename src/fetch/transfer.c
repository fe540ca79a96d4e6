/* libcurl's easy interface with our limits around it. libcurl sets itself up at its first handle;
 * nothing is kept from one transfer to the next.
 *
 * No allocation of the arena happens inside a callback, for that could jump across libcurl: the
 * body grows with the arena's allocator and is handed to the arena as a whole. */
#include "fetch/transfer.h"

#include <curl/curl.h>

#include "fetch/address.h"

enum { CONNECT_MS = 10000, SLOW_BYTES = 50, SLOW_SECONDS = 10, MOST_WAIT = 7 * 86400 };

typedef struct request {
    const sf_fetch_options *options;
    const sofar_allocator *memory;
    size_t max_bytes;
    CURL *curl;
    struct curl_slist *headers;
    char *bytes;
    size_t len, room;
    bool too_long, out_of_memory, stopped;
    char refused[64]; /* the private address that was not connected to */
    char why[CURL_ERROR_SIZE];
} request;

static void release(void *what) {
    request *r = what;
    if (r->curl)
        curl_easy_cleanup(r->curl);
    if (r->bytes)
        r->memory->resize(r->memory->ctx, r->bytes, r->room, 0);
    curl_slist_free_all(r->headers);
    r->curl = NULL;
    r->headers = NULL;
    r->bytes = NULL;
}

/* ---- callbacks ---- */

static size_t take_body(char *bytes, size_t one, size_t len, void *context) {
    request *r = context;
    (void)one;
    if (len > r->max_bytes - r->len) {
        r->too_long = true;
        len = r->max_bytes - r->len;
    }
    if (len > r->room - r->len) {
        size_t room = r->room * 2 > r->len + len ? r->room * 2 : r->len + len + 16384;
        char *grown = r->memory->resize(r->memory->ctx, r->bytes, r->room, room);
        if (!grown) {
            r->out_of_memory = true;
            return 0;
        }
        r->bytes = grown;
        r->room = room;
    }
    if (len)
        memcpy(r->bytes + r->len, bytes, len);
    r->len += len;
    return r->too_long ? 0 : len;
}

/* libcurl asks here for each address it is about to connect to. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *a) {
    request *r = context;
    bool allowed = r->options->allow_private || sf_address_public(&a->addr) ||
                   (r->options->loopback_port &&
                    sf_address_loopback_port(&a->addr, r->options->loopback_port));
    if (purpose != CURLSOCKTYPE_IPCXN || !allowed) {
        sf_address_text(&a->addr, r->refused, sizeof r->refused);
        return CURL_SOCKET_BAD;
    }
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static int ask_whether_to_stop(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
                               curl_off_t up_now) {
    request *r = context;
    (void)total, (void)now, (void)up_total, (void)up_now;
    r->stopped = r->options->stop(r->options->ctx);
    return r->stopped;
}

/* ---- the request ---- */

/* What a server gave us goes back to it as it was, if it can stand in a header line. */
static bool add_condition(sf_arena *arena, request *r, const char *name, sf_str value) {
    enum { LONGEST = 1024 };
    if (value.len == 0 || value.len > LONGEST)
        return true;
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.ptr[i] < ' ' || value.ptr[i] == 0x7f)
            return true;
    struct curl_slist *longer =
        curl_slist_append(r->headers, sf_str_format(arena, "%s: %.*s", name, SF_ARG(value)).ptr);
    if (!longer)
        return false;
    r->headers = longer;
    curl_easy_setopt(r->curl, CURLOPT_HTTPHEADER, r->headers);
    return true;
}

static void set_up(request *r, const char *url, long redirects, long left_ms) {
    CURL *c = r->curl;
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, redirects > 0 ? 1L : 0L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS, redirects);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "sofar/0.1");
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, ""); /* all that libcurl can undo */
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, r->why);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, left_ms);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, left_ms < CONNECT_MS ? left_ms : CONNECT_MS);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, r);
    if (!r->options->allow_private)
        curl_easy_setopt(c, CURLOPT_PROXY, "");
    if (r->options->stop) {
        curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, ask_whether_to_stop);
        curl_easy_setopt(c, CURLOPT_XFERINFODATA, r);
    }
}

static sofar_status explain(const request *r, CURLcode code, const char *url, sofar_error *err) {
    if (r->out_of_memory || code == CURLE_OUT_OF_MEMORY)
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.300s: out of memory", url);
    if (r->too_long)
        return sf_fail(err, SOFAR_ERR_LIMIT,
                       "%.300s: longer than %zu bytes; raise --max-page to fetch it", url,
                       r->max_bytes);
    if (r->refused[0])
        return sf_fail(err, SOFAR_ERR_NETWORK,
                       "%.300s: its address %s is not on the public internet; --allow-private "
                       "fetches it all the same",
                       url, r->refused);
    if (r->stopped)
        return sf_fail(err, SOFAR_ERR_NETWORK, "%.300s: not fetched to its end: stopped", url);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return sf_fail(err, SOFAR_ERR_NETWORK, "%.300s: the server is too slow: %s", url, r->why);
    return sf_fail(err, SOFAR_ERR_NETWORK, "%.300s: cannot be fetched: %s", url,
                   r->why[0] ? r->why : curl_easy_strerror(code));
}

static sf_str info_str(sf_arena *arena, CURL *curl, CURLINFO what) {
    const char *value = NULL;
    curl_easy_getinfo(curl, what, &value);
    return sf_str_copy(arena, sf_str_of(value));
}

static sf_str header(sf_arena *arena, CURL *curl, const char *name) {
    struct curl_header *found;
    if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
        return SF_ABSENT;
    return sf_str_copy(arena, sf_str_of(found->value));
}

static void take_answer(sf_arena *arena, CURL *curl, sf_transfer *out) {
    curl_off_t wait = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out->status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
    out->retry_after_s = wait < 0 ? 0 : wait > MOST_WAIT ? MOST_WAIT : (long)wait;
    out->content_type = info_str(arena, curl, CURLINFO_CONTENT_TYPE);
    out->location = info_str(arena, curl, CURLINFO_REDIRECT_URL);
    out->url = info_str(arena, curl, CURLINFO_EFFECTIVE_URL);
    out->etag = header(arena, curl, "ETag");
    out->modified = header(arena, curl, "Last-Modified");
}

sofar_status sf_transfer_get(sf_arena *arena, const char *url, const sf_fetch_options *options,
                             size_t max_bytes, long redirects, long *left_ms, sf_transfer *out,
                             sofar_error *err) {
    request *r = SF_NEW(arena, request);
    *r = (request){.options = options, .memory = arena->memory, .max_bytes = max_bytes};
    sf_defer(arena, release, r);
    r->curl = curl_easy_init();
    if (!r->curl)
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.300s: out of memory", url);
    if (*left_ms <= 0)
        return sf_fail(err, SOFAR_ERR_NETWORK, "%.300s: the server is too slow", url);
    set_up(r, url, redirects, *left_ms);
    if (!add_condition(arena, r, "If-None-Match", out->etag) ||
        !add_condition(arena, r, "If-Modified-Since", out->modified))
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.300s: out of memory", url);
    CURLcode code = curl_easy_perform(r->curl);
    curl_off_t took = 0;
    curl_easy_getinfo(r->curl, CURLINFO_TOTAL_TIME_T, &took);
    *left_ms -= (long)(took / 1000);
    if (code != CURLE_OK && !(r->too_long && out->unfinished))
        return explain(r, code, url, err);
    take_answer(arena, r->curl, out);
    out->body = (sf_str){r->bytes ? r->bytes : "", r->len};
    curl_easy_cleanup(r->curl); /* the connection is closed now; the bytes stay with the arena */
    r->curl = NULL;
    return SOFAR_OK;
}
