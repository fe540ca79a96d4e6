#include "serve/parcel.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "show/twins.h"

enum {
    SHORT = 256,    /* bytes that are not worth compressing */
    LEVEL = 6,      /* of zlib */
    GZIP = 16 + 15, /* zlib's way to say: gzip, largest window */
    ETAG = 32       /* digits of the hash */
};

struct sf_parcel {
    unsigned status;
    const char *type;
    bool page;
    char etag[ETAG + 3], etag_gzip[ETAG + 6]; /* quoted: other bytes, other tag */
    char *body;                               /* the response's, which lives as long as we do */
    size_t len, packed_len;
    struct MHD_Response *plain, *packed; /* packed: made when first asked for; NULL until then */
    bool unpackable;                     /* it would gain nothing */
};

/* ---- headers ---- */

/* A page may run its own script; all else may do nothing should a browser show it. */
static const char nothing[] = "default-src 'none'; base-uri 'none'; form-action 'none'; "
                              "frame-ancestors 'none'; sandbox";

static bool add_all(struct MHD_Response *r, const char *const headers[][2], size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!MHD_add_response_header(r, headers[i][0], headers[i][1]))
            return false;
    return true;
}

static bool add_own_policy(struct MHD_Response *r) {
    char policy[768];
    sf_str own = sf_show_policy(true);
    if (own.len + sizeof "; frame-ancestors 'none'" > sizeof policy)
        return false;
    memcpy(policy, own.ptr, own.len);
    strcpy(policy + own.len, "; frame-ancestors 'none'");
    return MHD_add_response_header(r, "Content-Security-Policy", policy);
}

static bool add_safety(struct MHD_Response *r) {
    static const char *const always[][2] = {{"X-Content-Type-Options", "nosniff"},
                                            {"Referrer-Policy", "no-referrer"},
                                            {"Cross-Origin-Resource-Policy", "same-origin"}};
    return add_all(r, always, SF_LEN(always));
}

bool sf_parcel_guard(struct MHD_Response *r) {
    return add_safety(r) && MHD_add_response_header(r, "Content-Security-Policy", nothing);
}

static bool add_headers(const sf_parcel *p, struct MHD_Response *r, const char *etag) {
    static const char *const kept[][2] = {{"Cache-Control", "no-cache"},
                                          {"Vary", "Accept-Encoding"}};
    if (!add_all(r, kept, SF_LEN(kept)))
        return false;
    if (sf_parcel_is_good(p) && !MHD_add_response_header(r, MHD_HTTP_HEADER_ETAG, etag))
        return false;
    return p->page ? add_safety(r) && add_own_policy(r) : sf_parcel_guard(r);
}

static bool add_type(const sf_parcel *p, struct MHD_Response *r) {
    char type[80];
    bool is_json = strstr(p->type, "json") != NULL; /* is UTF-8, and says so itself */
    snprintf(type, sizeof type, "%s%s", p->type, is_json ? "" : "; charset=utf-8");
    return MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
}

/* The bytes are malloc'ed and the response's from now on, also if it fails. */
static struct MHD_Response *response(const sf_parcel *p, char *bytes, size_t len,
                                     const char *etag) {
    struct MHD_Response *r = MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_MUST_FREE);
    if (!r) {
        free(bytes);
        return NULL;
    }
    if (add_headers(p, r, etag) && add_type(p, r))
        return r;
    MHD_destroy_response(r);
    return NULL;
}

/* ---- making ---- */

sf_parcel *sf_parcel_new(unsigned status, const char *type, sf_str body, bool page) {
    char hex[65];
    sf_parcel *p = calloc(1, sizeof *p);
    char *copy = malloc(body.len + 1);
    if (!p || !copy) {
        free(p);
        free(copy);
        return NULL;
    }
    if (body.len)
        memcpy(copy, body.ptr, body.len);
    sf_sha256_hex(body, hex);
    *p = (sf_parcel){.status = status, .type = type, .page = page, .body = copy, .len = body.len};
    snprintf(p->etag, sizeof p->etag, "\"%.*s\"", ETAG, hex);
    snprintf(p->etag_gzip, sizeof p->etag_gzip, "\"%.*s-gz\"", ETAG, hex);
    p->plain = response(p, copy, body.len, p->etag);
    if (p->plain)
        return p;
    free(p);
    return NULL;
}

void sf_parcel_free(sf_parcel *p) {
    if (!p)
        return;
    MHD_destroy_response(p->plain);
    if (p->packed)
        MHD_destroy_response(p->packed);
    free(p);
}

size_t sf_parcel_size(const sf_parcel *p) { return sizeof *p + p->len + p->packed_len; }

bool sf_parcel_header(sf_parcel *p, const char *name, const char *value) {
    return MHD_add_response_header(p->plain, name, value);
}

bool sf_parcel_is_good(const sf_parcel *p) { return p->status == MHD_HTTP_OK; }

/* ---- compressing ---- */

/* malloc'ed; NULL if it would be no shorter, or memory ran out. */
static char *gzip(const char *body, size_t len, size_t *out_len) {
    z_stream z = {0};
    char *out = len < SHORT || len > UINT32_MAX / 2 ? NULL : malloc(len);
    if (!out || deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(out);
        return NULL;
    }
    z.next_in = (Bytef *)(uintptr_t)body; /* zlib's type has no const; it only reads */
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)len;
    bool shorter = deflate(&z, Z_FINISH) == Z_STREAM_END;
    *out_len = z.total_out;
    deflateEnd(&z);
    if (shorter)
        return out;
    free(out);
    return NULL;
}

static struct MHD_Response *packed(sf_parcel *p) {
    if (p->packed || p->unpackable)
        return p->packed;
    char *bytes = gzip(p->body, p->len, &p->packed_len);
    if (bytes)
        p->packed = response(p, bytes, p->packed_len, p->etag_gzip);
    if (p->packed &&
        !MHD_add_response_header(p->packed, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip")) {
        MHD_destroy_response(p->packed);
        p->packed = NULL;
    }
    if (!p->packed)
        p->packed_len = 0;
    p->unpackable = !p->packed;
    return p->packed;
}

/* ---- what the request wants ---- */

/* Takes the next item off a list with commas. */
static sf_str next_item(sf_str *list) {
    size_t comma = sf_str_find(*list, SF_STR(","), 0);
    sf_str item = sf_str_sub(*list, 0, comma == SIZE_MAX ? list->len : comma);
    *list = comma == SIZE_MAX ? SF_ABSENT : sf_str_sub(*list, comma + 1, list->len);
    return sf_str_trim(item);
}

/* "q=0", "q=0.000": not at all. */
static bool is_refused(sf_str item) {
    size_t q = sf_str_find_ci(item, SF_STR("q="), 0);
    if (q == SIZE_MAX)
        return false;
    for (size_t i = q + 2; i < item.len; i++)
        if (sf_is_digit(item.ptr[i]) && item.ptr[i] != '0')
            return false;
    return true;
}

static bool takes_gzip(sf_str accepted) {
    while (accepted.len) {
        sf_str item = next_item(&accepted);
        size_t semicolon = sf_str_find(item, SF_STR(";"), 0);
        sf_str name = sf_str_sub(item, 0, semicolon == SIZE_MAX ? item.len : semicolon);
        if (sf_str_equal_ci(sf_str_trim(name), SF_STR("gzip")))
            return !is_refused(item);
    }
    return false;
}

/* The tag of ours that the list names, of whichever bytes; NULL if it names neither. */
static const char *known_tag(const sf_parcel *p, sf_str tags) {
    while (tags.len) {
        sf_str tag = next_item(&tags);
        if (sf_str_starts(tag, SF_STR("W/")))
            tag = sf_str_sub(tag, 2, tag.len);
        if (sf_str_equal(tag, sf_str_of(p->etag_gzip)))
            return p->etag_gzip;
        if (sf_str_equal(tag, sf_str_of(p->etag)) || sf_str_equal(tag, SF_STR("*")))
            return p->etag;
    }
    return NULL;
}

static sf_str header(struct MHD_Connection *connection, const char *name) {
    return sf_str_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static enum MHD_Result send_unchanged(const sf_parcel *p, struct MHD_Connection *connection,
                                      const char *etag) {
    struct MHD_Response *r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result = MHD_NO;
    if (r && add_headers(p, r, etag))
        result = MHD_queue_response(connection, MHD_HTTP_NOT_MODIFIED, r);
    if (r)
        MHD_destroy_response(r);
    return result;
}

enum MHD_Result sf_parcel_send(sf_parcel *p, struct MHD_Connection *connection) {
    const char *tag = sf_parcel_is_good(p)
                          ? known_tag(p, header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH))
                          : NULL;
    if (tag)
        return send_unchanged(p, connection, tag);
    bool pack = takes_gzip(header(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING));
    struct MHD_Response *r = pack && packed(p) ? p->packed : p->plain;
    return MHD_queue_response(connection, p->status, r);
}
