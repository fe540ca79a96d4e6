/* WARC 1.0 and 1.1 (ISO 28500), plain or in gzip: web archives as crawlers write them. Hands out
 * the HTML and plain text of `response` and `resource` records; requests, metadata, revisits,
 * pictures, redirects and errors are counted as skipped.
 *
 * One record is in memory at a time, and none longer than the page limit. A record that is broken -
 * cut, with a length that lies, in a damaged gzip member, garbage between records - is one error;
 * then reading goes on at the next line "WARC/1.x", searched for from where the broken record's
 * content began, or at the next gzip member. A length is taken to lie when neither a blank line nor
 * a record nor the end stands behind the content.
 *
 * Pages are called path@OFFSET: where the record begins in the file, so that `tail -c +OFFSET+1`
 * (and gunzip) shows it; path@OFFSET+N for a record N bytes into what unpacks from there.
 */
#include "source/kinds.h"

enum { LONGEST_HEADER = 64 << 10, LONGEST_HTTP_HEADER = 256 << 10, VERSION = 16, AGAIN = 64 << 20 };

typedef struct warc {
    uint64_t again; /* bytes that were read a second time after a lie; bounds the work on liars */
} warc;

typedef struct record {
    uint64_t at, body_at; /* offsets in the stream */
    uint64_t length;
    sf_str name, type, uri, date, content_type;
    bool truncated; /* the crawler says that it cut the content */
} record;

/* "WARC/1.0\r\n"; VERSION bytes are enough to see it and the beginning of the field behind it. */
static bool version_line(sf_str s) {
    return s.len >= 9 && sf_str_starts(s, SF_STR("WARC/")) && sf_is_digit(s.ptr[5]) &&
           s.ptr[6] == '.' && sf_is_digit(s.ptr[7]) &&
           (s.ptr[8] == '\n' || (s.ptr[8] == '\r' && (s.len < 10 || s.ptr[9] == '\n')));
}

/* ---- after something broken ---- */

/* Does a record start at s, which stands `ahead` bytes ahead in the window? At the beginning of a
 * line or of a gzip member a version line is enough; elsewhere, where a record was cut and the next
 * one written right behind it, a field of the standard must follow. */
static bool record_starts(const sf_input *in, sf_str s, size_t ahead) {
    size_t at = in->begin + ahead;
    if (!version_line(s))
        return false;
    return at == 0 || in->at[at - 1] == '\n' ||
           sf_input_begins_member(in, sf_input_offset(in) + ahead) ||
           sf_str_starts_ci(sf_str_sub(s, s.ptr[8] == '\r' ? 10 : 9, s.len), SF_STR("WARC-"));
}

/* Stands at the next version line that begins a line, or at the end of what can be read. */
static void resync(sf_input *in) {
    for (;;) {
        sf_str s = sf_input_peek(in, 4096);
        size_t i = sf_str_find(s, SF_STR("WARC/"), 0);
        while (i != SIZE_MAX && i + VERSION <= s.len) {
            if (record_starts(in, sf_str_sub(s, i, s.len), i)) {
                sf_input_skip(in, i);
                return;
            }
            i = sf_str_find(s, SF_STR("WARC/"), i + 1);
        }
        if (in->ended) {
            sf_input_skip(in, s.len);
            return;
        }
        sf_input_skip(in, s.len > VERSION ? s.len - VERSION : 0);
    }
}

/* The stream itself is broken here: its error, with the record's name if there is one; stands where
 * reading can go on. */
static sofar_status stream_failed(sf_input *in, const record *r, sofar_error *err) {
    sofar_status status = in->bad;
    if (err)
        *err = in->err;
    if (r)
        sf_fail_at(err, status, in->err.at, "%.*s: the record cannot be read whole: %s",
                   SF_ARG(r->name), in->err.msg);
    sf_input_skip(in, in->end - in->begin);
    if (in->recover && in->recover(in))
        return status;
    in->bad = SOFAR_OK; /* said; what follows is the end */
    in->recover = NULL;
    return status;
}

/* Goes back to where the record's content began, so that the next record is looked for from there;
 * `body` is what was taken since then (absent: nothing is held); jumped: it was not read at all.
 * False if the stream cannot, or if liars made us read too much again already. */
static bool go_back(sf_pages *pages, const record *r, sf_str body, bool jumped) {
    warc *w = pages->own;
    sf_input *in = pages->in;
    uint64_t back = sf_input_offset(in) - r->body_at;
    uint64_t read = jumped ? 2 * SF_INPUT_PIECE : back + SF_INPUT_PIECE;
    if (w->again + read > AGAIN + 4 * sf_input_offset(in))
        return false;
    w->again += read;
    if (in->seek && in->seek(in, r->body_at))
        return true;
    return back == 0 || (body.ptr && sf_input_unread(in, sf_str_sub(body, 0, (size_t)back)));
}

/* ---- header ---- */

static sf_str record_name(sf_pages *pages, uint64_t at) {
    sf_place place = sf_input_place(pages->in, at);
    if (place.within == 0)
        return sf_str_format(pages->page, "%.*s@%llu", SF_ARG(pages->name),
                             (unsigned long long)place.member);
    return sf_str_format(pages->page, "%.*s@%llu+%llu", SF_ARG(pages->name),
                         (unsigned long long)place.member, (unsigned long long)place.within);
}

static sf_str without_brackets(sf_str uri) {
    return uri.len >= 2 && uri.ptr[0] == '<' && uri.ptr[uri.len - 1] == '>'
               ? sf_str_sub(uri, 1, uri.len - 1)
               : uri;
}

static sofar_status parse_header(sf_str block, record *r, sofar_error *err) {
    r->type = sf_header_find(block, "warc-type");
    r->uri = without_brackets(sf_header_find(block, "warc-target-uri"));
    r->date = sf_header_find(block, "warc-date");
    r->content_type = sf_header_find(block, "content-type");
    r->truncated = sf_header_find(block, "warc-truncated").ptr != NULL;
    sf_str length = sf_header_find(block, "content-length");
    if (!r->type.ptr || !sf_number_parse(length, &r->length) || r->length > INT64_MAX / 2)
        return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)r->at,
                          "%.*s: the record has no %s; it is skipped", SF_ARG(r->name),
                          r->type.ptr ? "usable Content-Length" : "WARC-Type");
    return SOFAR_OK;
}

/* Length of the header that s, the input's window, begins with; 0 if it has no end here, or if
 * another record starts before its end (*cut). */
static size_t header_length(const sf_input *in, sf_str s, bool *cut) {
    size_t length = sf_header_length(s);
    sf_str header = sf_str_sub(s, 0, length ? length : s.len);
    size_t next = sf_str_find(header, SF_STR("WARC/"), 1);
    while (next != SIZE_MAX && !record_starts(in, sf_str_sub(s, next, s.len), next))
        next = sf_str_find(header, SF_STR("WARC/"), next + 1);
    *cut = next != SIZE_MAX;
    return *cut ? 0 : length;
}

/* Reads the fields and stands at the content. On failure, stands where reading goes on. */
static sofar_status read_header(sf_pages *pages, record *r, sofar_error *err) {
    sf_input *in = pages->in;
    size_t want = 1024, length;
    bool cut;
    sf_str s;
    for (;;) {
        s = sf_str_sub(sf_input_peek(in, want), 0, want);
        length = header_length(in, s, &cut);
        if (length || cut || s.len < want || want >= LONGEST_HEADER)
            break;
        want *= 2;
    }
    sofar_status status;
    if (length) {
        sf_str block = sf_str_copy(pages->page, sf_str_sub(s, 0, length));
        sf_input_skip(in, length);
        r->body_at = sf_input_offset(in);
        status = parse_header(block, r, err);
    } else if (in->bad && !cut) {
        return stream_failed(in, r, err);
    } else {
        const char *what = cut            ? "another record starts inside this record's header"
                           : s.len < want ? "the file ends inside this record's header"
                                          : "this record's header has no end within 64 KB";
        status = sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)r->at,
                            "%.*s: %s; it is skipped, get the file again", SF_ARG(r->name), what);
        sf_input_drop(in, 5);
    }
    if (status)
        resync(in);
    return status;
}

/* ---- content ---- */

static bool is_web(sf_str uri) {
    static const char *const schemes[] = {"http:", "https:", "file:", "ftp:"};
    for (size_t i = 0; i < SF_LEN(schemes); i++)
        if (sf_str_starts_ci(uri, sf_str_of(schemes[i])))
            return true;
    return !uri.ptr;
}

static bool wanted(const record *r) {
    if (r->length == 0 || !is_web(r->uri))
        return false;
    if (sf_str_equal_ci(r->type, SF_STR("response")))
        return !r->content_type.ptr ||
               sf_str_equal_ci(sf_media_type(r->content_type), SF_STR("application/http"));
    return sf_str_equal_ci(r->type, SF_STR("resource")) &&
           (!r->content_type.ptr || sf_media_is_page(r->content_type));
}

/* Stands behind the line ends that close a record; false if there are none: the length lied. */
static bool record_closes(sf_input *in) {
    sf_str s = sf_input_peek(in, 4 + VERSION);
    size_t n = 0;
    for (int lines = 0; lines < 2 && n < s.len; lines++) {
        size_t cr = s.ptr[n] == '\r';
        if (n + cr < s.len && s.ptr[n + cr] != '\n')
            break;
        n += cr + 1;
    }
    if (n > s.len) /* the file ends between CR and LF */
        n = s.len;
    bool two = n >= 2 && (s.ptr[0] != '\r' || n >= 4);
    if (!two && n < s.len && !version_line(sf_str_sub(s, n, s.len)) &&
        !sf_input_begins_member(in, sf_input_offset(in) + n))
        return false;
    sf_input_skip(in, n);
    return true;
}

/* The record does not end where it says, after `got` bytes. Looks for the next one. */
static sofar_status lying_length(sf_pages *pages, const record *r, uint64_t got, sf_str body,
                                 bool jumped, sofar_error *err) {
    bool back = go_back(pages, r, body, jumped);
    resync(pages->in);
    const char *rest = back ? "the next one is searched for in it"
                            : "what it covers is not searched; give the file itself, unpacked";
    if (got < r->length)
        return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)r->at,
                          "%.*s: the record announces %llu bytes, but the file ends after %llu; it "
                          "was cut, get it again; %s",
                          SF_ARG(r->name), (unsigned long long)r->length, (unsigned long long)got,
                          rest);
    return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)r->at,
                      "%.*s: the record's Content-Length (%llu) is wrong: no record ends there; it "
                      "is skipped, %s",
                      SF_ARG(r->name), (unsigned long long)r->length, rest);
}

/* Takes the content into *body, or passes over it if it is not wanted or too long, and stands
 * behind the record. On failure, stands where reading goes on. */
static sofar_status read_content(sf_pages *pages, const record *r, bool want, sf_str *body,
                                 sofar_error *err) {
    sf_input *in = pages->in;
    uint64_t got;
    bool jumped = false;
    *body = SF_ABSENT;
    if (r->length <= pages->limit && (want || !in->seek)) {
        sf_buf buf = sf_buf_new(pages->page);
        got = sf_input_take(in, (size_t)r->length, &buf);
        *body = sf_buf_str(&buf);
    } else if (in->seek && in->size_hint && r->body_at + r->length <= in->size_hint &&
               in->seek(in, r->body_at + r->length)) {
        got = r->length;
        jumped = true;
    } else {
        got = sf_input_drop(in, r->length);
    }
    bool closes = got == r->length && record_closes(in);
    bool unverified = in->bad && !in->sound && in->end == in->begin;
    if (closes && !unverified)
        return SOFAR_OK;
    if (in->bad && (got < r->length || unverified))
        return stream_failed(in, r, err);
    return lying_length(pages, r, got, *body, jumped, err);
}

/* ---- pages ---- */

/* What a crawler fetched for itself, and no writer wrote. */
static bool is_machinery(sf_str uri) {
    static const char *const ends[] = {"/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt",
                                       "/security.txt"};
    for (size_t i = 0; i < SF_LEN(ends); i++)
        if (sf_str_ends(uri, sf_str_of(ends[i])))
            return true;
    return false;
}

/* Sets *page from an HTTP response. OK with page->bytes absent: no page. */
static sofar_status unwrap_http(sf_pages *pages, const record *r, sf_str body, sofar_page *page,
                                sofar_error *err) {
    size_t length = sf_header_length(sf_str_sub(body, 0, LONGEST_HTTP_HEADER));
    if (!sf_str_starts(body, SF_STR("HTTP/")) || length == 0)
        return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)r->at,
                          "%.*s: the response has no HTTP header; it is skipped", SF_ARG(r->name));
    size_t space = sf_str_find(body, SF_STR(" "), 0);
    sf_str code = sf_str_sub(body, space + 1, space + 4);
    sf_str headers = sf_str_sub(body, sf_str_find(body, SF_STR("\n"), 0) + 1, length);
    page->content_type = sf_header_find(headers, "content-type");
    if (!sf_str_equal(code, SF_STR("200")) || body.len == length ||
        (page->content_type.ptr && !sf_media_is_page(page->content_type)))
        return SOFAR_OK;
    sofar_status status = sf_http_body(pages->page, headers, sf_str_sub(body, length, body.len),
                                       pages->limit, !r->truncated, r->name, &page->bytes, err);
    if (status && err)
        err->at = (size_t)r->at;
    return status;
}

/* A page without a type is one if its bytes say so. */
static bool type_by_bytes(sofar_page *page) {
    sf_kind kind = sf_source_kind(sf_str_sub(page->bytes, 0, SF_KIND_HEAD), SF_ABSENT, SF_ABSENT);
    page->content_type = kind == SF_KIND_HTML   ? SF_STR("text/html")
                         : kind == SF_KIND_TEXT ? SF_STR("text/plain")
                                                : SF_ABSENT;
    return page->content_type.ptr != NULL;
}

static sofar_status make_page(sf_pages *pages, const record *r, sf_str body, sofar_page *page,
                              sofar_error *err) {
    sofar_status status = SOFAR_OK;
    *page = (sofar_page){.file = r->name, .url = r->uri, .captured = r->date};
    if (sf_str_equal_ci(r->type, SF_STR("response"))) {
        status = unwrap_http(pages, r, body, page, err);
    } else {
        page->content_type = r->content_type;
        page->bytes = body;
    }
    if (status)
        return status;
    if (page->bytes.len == 0 || is_machinery(r->uri) ||
        (!page->content_type.ptr && !type_by_bytes(page)))
        return SOFAR_DONE;
    return SOFAR_OK;
}

static void skip_blank(sf_input *in) {
    for (;;) {
        sf_str s = sf_input_peek(in, 1);
        size_t n = 0;
        while (n < s.len && (s.ptr[n] == '\r' || s.ptr[n] == '\n'))
            n++;
        sf_input_skip(in, n);
        if (n < s.len || s.len == 0)
            return;
    }
}

static sofar_status garbage(sf_pages *pages, sofar_error *err) {
    sf_input *in = pages->in;
    uint64_t at = sf_input_offset(in);
    sf_str name = record_name(pages, at);
    resync(in);
    return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)at,
                      "%.*s: %llu bytes that are no WARC record are skipped", SF_ARG(name),
                      (unsigned long long)(sf_input_offset(in) - at));
}

static sofar_status next_warc(sf_pages *pages, sofar_page *page, sofar_error *err) {
    sf_input *in = pages->in;
    for (;;) {
        sf_arena_clear(pages->page);
        skip_blank(in);
        sf_str s = sf_input_peek(in, VERSION);
        if (s.len == 0)
            return in->bad ? stream_failed(in, NULL, err) : SOFAR_DONE;
        sf_str sign = SF_STR("WARC/1.");
        if (!version_line(s) && !(s.len < VERSION && sf_str_starts(s, sf_str_sub(sign, 0, s.len))))
            return garbage(pages, err);
        record r = {.at = sf_input_offset(in)};
        r.name = record_name(pages, r.at);
        sofar_status status = read_header(pages, &r, err);
        if (status)
            return status;
        sf_str body;
        bool want = wanted(&r);
        status = read_content(pages, &r, want, &body, err);
        if (status)
            return status;
        if (want && r.length > pages->limit)
            return sf_fail_at(err, SOFAR_ERR_LIMIT, (size_t)r.at,
                              "%.*s: the record has %llu bytes, more than %zu; raise "
                              "--max-page to read it",
                              SF_ARG(r.name), (unsigned long long)r.length, pages->limit);
        if (want)
            status = make_page(pages, &r, body, page, err);
        if (want && status != SOFAR_DONE)
            return status;
        ++*pages->skipped;
    }
}

void sf_warc_open(sf_pages *pages) {
    pages->own = SF_NEW(pages->keep, warc);
    pages->next = next_warc;
}
