/* The body of an HTTP message back to the document (RFC 9110 and 9112): chunks joined, then gzip,
 * deflate and brotli undone in the reverse order of Content-Encoding. What comes out never passes
 * the limit, so a decompression bomb costs no more than a large page.
 *
 * Archives are often wrong about the coding: crawlers store bodies joined and unpacked under the
 * headers of the packed ones. So the bytes decide whether a coding was applied at all; but a coding
 * that was applied and then breaks off is an error. */
#include "source/kinds.h"

#include <brotli/decode.h>
#include <zlib.h>

typedef struct coding {
    sf_arena *arena;
    size_t limit;
    bool whole;
    sf_str name;
    sofar_error *err;
} coding;

static sofar_status broken(const coding *c, const char *what, size_t at) {
    return sf_fail_at(c->err, SOFAR_ERR_FORMAT, at,
                      "%.*s: the body's %s coding breaks off at byte %zu; the capture is damaged, "
                      "fetch the page again",
                      SF_ARG(c->name), what, at);
}

static sofar_status too_long(const coding *c) {
    return sf_fail(c->err, SOFAR_ERR_LIMIT,
                   "%.*s: the body unpacks to more than %zu bytes; raise --max-page "
                   "(max_page_bytes) to read it",
                   SF_ARG(c->name), c->limit);
}

/* ---- chunked ---- */

/* Reads "1a;extension\r\n" at *at, and stands behind it. False if no such line is there. */
static bool chunk_size(sf_str s, size_t *at, uint64_t *size) {
    size_t i = *at, digits = 0;
    *size = 0;
    for (; i < s.len && sf_hex_digit(s.ptr[i]) >= 0; i++, digits++)
        *size = *size << 4 | (uint64_t)sf_hex_digit(s.ptr[i]);
    if (digits == 0 || digits > 15)
        return false;
    while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
        i++;
    if (i < s.len && s.ptr[i] == ';')
        while (i < s.len && s.ptr[i] != '\n')
            i++;
    if (i < s.len && s.ptr[i] == '\r')
        i++;
    if (i >= s.len || s.ptr[i] != '\n')
        return false;
    *at = i + 1;
    return true;
}

static sofar_status join_chunks(const coding *c, sf_str *body) {
    sf_str s = *body;
    size_t at = 0;
    uint64_t size;
    if (!chunk_size(s, &at, &size))
        return SOFAR_OK; /* stored joined */
    sf_buf out = sf_buf_new(c->arena);
    while (size > 0) {
        if (size > s.len - at && c->whole)
            return broken(c, "chunked", s.len);
        sf_str chunk = sf_str_sub(s, at, size > s.len - at ? s.len : at + (size_t)size);
        sf_buf_add(&out, chunk);
        at += chunk.len;
        if (at < s.len && s.ptr[at] == '\r')
            at++;
        if (at < s.len && s.ptr[at] == '\n')
            at++;
        if (at >= s.len) /* the last chunk is missing, but all bytes of the others are there */
            break;
        if (!chunk_size(s, &at, &size))
            return broken(c, "chunked", at);
    }
    *body = sf_buf_str(&out);
    return SOFAR_OK;
}

/* ---- content codings ---- */

static bool looks_unpacked(sf_str s) {
    s = sf_str_sub(sf_str_trim(sf_str_sub(s, 0, 512)), 0, 64);
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 && !sf_is_space(s.ptr[i]))
            return false;
    return s.len > 0 && sf_utf8_valid(sf_str_sub(s, 0, s.len > 8 ? 8 : s.len), NULL);
}

static void end_inflate(void *what) { inflateEnd(what); }

/* The room that is left for output, up to `piece` bytes and one more than the limit. */
static size_t piece_room(const coding *c, const sf_buf *out, size_t piece) {
    size_t left = c->limit + 1 - out->len;
    return left < piece ? left : piece;
}

/* bits: zlib's window bits, which choose gzip, zlib or raw deflate. *cut: the input ended first. */
static sofar_status inflate_all(const coding *c, sf_str in, int bits, sf_buf *out, bool *good,
                                bool *cut) {
    char piece[16384];
    z_stream *z = SF_NEW(c->arena, z_stream);
    *good = *cut = false;
    if (inflateInit2(z, bits) != Z_OK)
        return sf_fail(c->err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(c->name));
    sf_defer(c->arena, end_inflate, z);
    z->next_in = (z_const Bytef *)in.ptr;
    z->avail_in = (uInt)in.len;
    for (;;) {
        size_t room = piece_room(c, out, sizeof piece);
        z->next_out = (Bytef *)piece;
        z->avail_out = (uInt)room;
        int result = inflate(z, Z_NO_FLUSH);
        sf_buf_add(out, (sf_str){piece, room - z->avail_out});
        if (out->len > c->limit)
            return too_long(c);
        if (result == Z_STREAM_END && bits > 15 && z->avail_in > 18 && z->next_in[0] == 0x1f) {
            inflateReset(z); /* several members make one body */
            continue;
        }
        *good = result == Z_STREAM_END;
        *cut = result == Z_BUF_ERROR || (result == Z_OK && z->avail_in == 0 && z->avail_out > 0);
        if (result != Z_OK || *cut)
            return SOFAR_OK;
    }
}

static sofar_status undo_inflate(const coding *c, const char *what, int bits, sf_str *body) {
    sf_buf out = sf_buf_new(c->arena);
    bool good, cut;
    sofar_status status = inflate_all(c, *body, bits, &out, &good, &cut);
    if (status)
        return status;
    if (!good && !(cut && !c->whole))
        return broken(c, what, out.len);
    *body = sf_buf_str(&out);
    return SOFAR_OK;
}

static sofar_status undo_gzip(const coding *c, sf_str *body) {
    if (!sf_str_starts(*body, SF_STR("\x1f\x8b")))
        return SOFAR_OK;
    return undo_inflate(c, "gzip", 15 + 16, body);
}

/* "deflate" means the zlib format, but some servers send raw deflate. */
static sofar_status undo_deflate(const coding *c, sf_str *body) {
    sf_str s = *body;
    bool zlib = s.len >= 2 && (s.ptr[0] & 0x0F) == 8 &&
                ((unsigned char)s.ptr[0] << 8 | (unsigned char)s.ptr[1]) % 31 == 0;
    if (!zlib && looks_unpacked(s))
        return SOFAR_OK;
    return undo_inflate(c, "deflate", zlib ? 15 : -15, body);
}

static void end_brotli(void *what) { BrotliDecoderDestroyInstance(what); }

static sofar_status undo_brotli(const coding *c, sf_str *body) {
    uint8_t piece[16384];
    sf_buf out = sf_buf_new(c->arena);
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!state)
        return sf_fail(c->err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(c->name));
    sf_defer(c->arena, end_brotli, state);
    size_t in_left = body->len;
    const uint8_t *in = (const uint8_t *)body->ptr;
    BrotliDecoderResult result;
    do {
        size_t room = piece_room(c, &out, sizeof piece), left = room;
        uint8_t *at = piece;
        result = BrotliDecoderDecompressStream(state, &in_left, &in, &left, &at, NULL);
        sf_buf_add(&out, (sf_str){(char *)piece, room - left});
        if (out.len > c->limit)
            return too_long(c);
    } while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
    bool cut = result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT;
    /* brotli has no signature: text under its name is taken as text where it does not unpack */
    if (result == BROTLI_DECODER_RESULT_ERROR && looks_unpacked(*body))
        return SOFAR_OK;
    if (result != BROTLI_DECODER_RESULT_SUCCESS && !(cut && !c->whole))
        return broken(c, "br", out.len);
    *body = sf_buf_str(&out);
    return SOFAR_OK;
}

/* The last item of a comma list, taken off it; absent when it is empty. */
static sf_str last_item(sf_str *list) {
    size_t comma = list->len;
    while (comma > 0 && list->ptr[comma - 1] != ',')
        comma--;
    sf_str item = sf_str_trim(sf_str_sub(*list, comma, list->len));
    *list = sf_str_sub(*list, 0, comma ? comma - 1 : 0);
    return item;
}

static sofar_status undo(const coding *c, sf_str item, sf_str *body) {
    if (sf_str_equal_ci(item, SF_STR("gzip")) || sf_str_equal_ci(item, SF_STR("x-gzip")))
        return undo_gzip(c, body);
    if (sf_str_equal_ci(item, SF_STR("deflate")))
        return undo_deflate(c, body);
    if (sf_str_equal_ci(item, SF_STR("br")))
        return undo_brotli(c, body);
    if (item.len == 0 || sf_str_equal_ci(item, SF_STR("identity")) || looks_unpacked(*body))
        return SOFAR_OK;
    return sf_fail(
        c->err, SOFAR_ERR_FORMAT,
        "%.*s: the body is packed as \"%.*s\", which is not read (gzip, deflate and br are)",
        SF_ARG(c->name), (int)(item.len < 40 ? item.len : 40), item.ptr);
}

sofar_status sf_http_body(sf_arena *arena, sf_str headers, sf_str body, size_t limit, bool whole,
                          sf_str name, sf_str *out, sofar_error *err) {
    enum { MOST_CODINGS = 4 };
    coding c = {arena, limit, whole, name, err};
    sofar_status status = SOFAR_OK;
    sf_str transfer = sf_header_find(headers, "transfer-encoding");
    if (sf_str_find_ci(transfer, SF_STR("chunked"), 0) != SIZE_MAX)
        status = join_chunks(&c, &body);
    sf_str list = sf_header_find(headers, "content-encoding");
    for (int i = 0; i < MOST_CODINGS && list.len > 0 && !status && body.len > 0; i++) {
        sf_str item = last_item(&list);
        status = undo(&c, item, &body);
    }
    if (!status && body.len > limit)
        status = too_long(&c);
    if (!status)
        *out = body;
    return status;
}
