#include "serve/guard.h"

#include <stdio.h>
#include <sys/random.h>

/* ---- being ---- */

/* What browsers leave out of Host and Origin. */
static sf_str without_usual_port(sf_str origin) {
    sf_str port = sf_str_starts(origin, SF_STR("https:")) ? SF_STR(":443") : SF_STR(":80");
    bool usual = sf_str_ends(origin, port);
    return sf_str_sub(origin, 0, origin.len - (usual ? port.len : 0));
}

/* "https://so.example:8443/far/" is at "https://so.example:8443", whose host is "so.example:8443".
 */
static void take_base(sf_guard *g, sf_str base) {
    size_t slashes = sf_str_find(base, SF_STR("//"), 0);
    if (slashes == SIZE_MAX || base.len >= SF_HOST)
        return;
    size_t end = sf_str_find(base, SF_STR("/"), slashes + 2);
    sf_str origin = without_usual_port(sf_str_sub(base, 0, end));
    sf_str host = sf_str_sub(origin, slashes + 2, origin.len);
    snprintf(g->origin, sizeof g->origin, "%.*s", SF_ARG(origin));
    snprintf(g->base, sizeof g->base, "%.*s", SF_ARG(host));
}

sofar_status sf_guard_init(sf_guard *g, bool open, const char *host, sf_str base,
                           sofar_error *err) {
    unsigned char bytes[SF_TOKEN / 2];
    *g = (sf_guard){.open = open};
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return sf_fail(err, SOFAR_ERR_IO, "the system gives no random numbers for a token");
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(g->token + 2 * i, 3, "%02x", bytes[i]);
    snprintf(g->host, sizeof g->host, "%s", host);
    take_base(g, base);
    return SOFAR_OK;
}

/* ---- headers ---- */

static sf_str header(struct MHD_Connection *connection, const char *name) {
    return sf_str_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

typedef struct counting {
    const char *name;
    size_t count;
} counting;

static enum MHD_Result count_one(void *ctx, enum MHD_ValueKind kind, const char *name,
                                 const char *value) {
    counting *c = ctx;
    (void)kind, (void)value;
    c->count += sf_str_equal_ci(sf_str_of(name), sf_str_of(c->name));
    return MHD_YES;
}

/* Absent if it is not there exactly once: which one holds would be a matter of taste. */
static sf_str only(struct MHD_Connection *connection, const char *name) {
    counting c = {.name = name};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, count_one, &c);
    return c.count == 1 ? header(connection, name) : SF_ABSENT;
}

/* Without its port. */
static sf_str name_of(sf_str host) {
    size_t end = sf_str_starts(host, SF_STR("[")) ? sf_str_find(host, SF_STR("]"), 0)
                                                  : sf_str_find(host, SF_STR(":"), 0);
    if (end == SIZE_MAX)
        return host;
    return sf_str_sub(host, 0, end + (host.ptr[end] == ']'));
}

static bool is_ours(const sf_guard *g, sf_str host) {
    sf_str name = name_of(host);
    return sf_str_equal_ci(name, SF_STR("localhost")) ||
           sf_str_equal_ci(name, sf_str_of(g->host)) ||
           (g->base[0] && sf_str_equal_ci(host, sf_str_of(g->base)));
}

bool sf_guard_knows_host(const sf_guard *g, struct MHD_Connection *connection) {
    sf_str host = header(connection, MHD_HTTP_HEADER_HOST);
    return g->open || !host.ptr || is_ours(g, host);
}

/* Sent by a page of this server: its origin is the host that was asked, or what stands before us.
 */
static bool is_own_origin(const sf_guard *g, sf_str origin, sf_str host) {
    static const char scheme[] = "http://";
    sf_str plain = SF_STR(scheme);
    bool same = sf_str_starts(origin, plain) &&
                sf_str_equal_ci(sf_str_sub(origin, plain.len, origin.len), host);
    return same || (g->origin[0] && sf_str_equal_ci(origin, sf_str_of(g->origin)));
}

/* In a time that does not tell how much of it is right. */
static bool is_token(const sf_guard *g, sf_str given) {
    unsigned char differ = given.len != SF_TOKEN;
    for (size_t i = 0; i < SF_TOKEN && given.len == SF_TOKEN; i++)
        differ |= (unsigned char)(g->token[i] ^ given.ptr[i]);
    return !differ;
}

static bool is_json(sf_str type) {
    sf_str media = sf_str_trim(sf_str_sub(type, 0, sf_str_find(type, SF_STR(";"), 0)));
    return sf_str_equal_ci(media, SF_STR("application/json"));
}

/* Of what was announced; a body in chunks is counted as it comes. */
static bool is_too_long(sf_str length) {
    size_t n = 0;
    for (size_t i = 0; i < length.len && n <= SF_MOST_BODY; i++)
        n = sf_is_digit(length.ptr[i]) ? 10 * n + (size_t)(length.ptr[i] - '0') : SIZE_MAX / 16;
    return n > SF_MOST_BODY;
}

unsigned sf_guard_refusal(const sf_guard *g, struct MHD_Connection *connection, sf_str *why) {
    sf_str host = only(connection, MHD_HTTP_HEADER_HOST);
    sf_str origin = only(connection, MHD_HTTP_HEADER_ORIGIN);
    if (!host.ptr || !is_ours(g, host)) {
        *why = SF_STR("this server answers to its own names only\n");
        return MHD_HTTP_MISDIRECTED_REQUEST;
    }
    if (!origin.ptr || !is_own_origin(g, origin, host)) {
        *why = SF_STR("only this server's own pages may decide: Origin must be its address\n");
        return MHD_HTTP_FORBIDDEN;
    }
    if (!is_token(g, only(connection, "X-Sofar-Token"))) {
        *why = SF_STR("X-Sofar-Token must be the token that the server printed when it started\n");
        return MHD_HTTP_FORBIDDEN;
    }
    if (!is_json(only(connection, MHD_HTTP_HEADER_CONTENT_TYPE))) {
        *why = SF_STR("a decision is application/json; see /api/openapi.json\n");
        return MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
    }
    if (is_too_long(header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH))) {
        *why = SF_STR("a decision has at most 64 KB\n");
        return MHD_HTTP_CONTENT_TOO_LARGE;
    }
    return 0;
}
