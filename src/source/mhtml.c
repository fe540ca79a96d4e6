/* MHTML (RFC 2557) and mail: a page saved by a browser with everything on it, as one MIME message.
 * The page is the part that the `start` parameter names, or the first HTML part, or the first plain
 * text; its transfer encoding is undone, all other parts are passed over unread. Parts are found in
 * one pass through the input's window, so only the page's part is held.
 *
 * multipart inside multipart is entered, to a fixed depth. A file that ends inside the page's part
 * was cut and is an error. */
#include "source/kinds.h"
#include "source/mime.h"

enum { DEEPEST = 8, LONGEST_BOUNDARY = 200, LONGEST_HEADER = 64 << 10 };

typedef struct mhtml {
    bool done;
    sf_str boundaries[DEEPEST]; /* of the multiparts that are open, outermost first */
    size_t depth;
} mhtml;

typedef struct part {
    int rank; /* 3: the start part, 2: HTML, 1: plain text, 0: none yet */
    sf_str type, location, bytes;
} part;

static sofar_status broken(const sf_pages *pages, const char *what, sofar_error *err) {
    return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)sf_input_offset(pages->in),
                      "%.*s: %s (byte %llu); save the page again", SF_ARG(pages->name), what,
                      (unsigned long long)sf_input_offset(pages->in));
}

/* ---- parts ---- */

/* If the line at s ("--boundary" and perhaps "--") is a boundary: its length with the line end,
 * else 0. *level: whose; *closes: the last of its multipart. */
static size_t boundary_line(const mhtml *m, sf_str s, size_t *level, bool *closes) {
    for (size_t i = m->depth; i-- > 0;) {
        sf_str b = m->boundaries[i];
        if (!sf_str_starts(s, SF_STR("--")) || !sf_str_starts(sf_str_sub(s, 2, s.len), b))
            continue;
        size_t at = 2 + b.len;
        *closes = sf_str_starts(sf_str_sub(s, at, s.len), SF_STR("--"));
        at += *closes ? 2 : 0;
        while (at < s.len && s.ptr[at] != '\n' && sf_is_space(s.ptr[at]))
            at++;
        if (at < s.len && s.ptr[at] != '\n')
            continue;
        *level = i;
        return at < s.len ? at + 1 : at;
    }
    return 0;
}

/* The next "--" that begins a line of s, the input's window; SIZE_MAX if there is none. */
static size_t next_dashes(const sf_input *in, sf_str s, size_t from) {
    if (from == 0 && sf_str_starts(s, SF_STR("--")) &&
        (in->begin == 0 || in->at[in->begin - 1] == '\n'))
        return 0;
    size_t at = sf_str_find(s, SF_STR("\n--"), from ? from - 1 : 0);
    return at == SIZE_MAX ? at : at + 1;
}

/* Goes behind the next boundary line. What stands before it is appended to buf (may be NULL).
 * False: there is none, or buf has passed the page limit. */
static bool to_boundary(sf_pages *pages, mhtml *m, sf_buf *buf, bool *closes) {
    enum { TAIL = LONGEST_BOUNDARY + 64 };
    sf_input *in = pages->in;
    for (;;) {
        sf_str s = sf_input_peek(in, 16 << 10);
        size_t whole = in->ended ? s.len : s.len - TAIL; /* boundaries before this show whole */
        for (size_t at = next_dashes(in, s, 0); at < whole; at = next_dashes(in, s, at + 1)) {
            size_t level, length = boundary_line(m, sf_str_sub(s, at, s.len), &level, closes);
            if (!length)
                continue;
            size_t end = at - (at > 0);
            end -= end > 0 && s.ptr[end - 1] == '\r';
            if (buf)
                sf_buf_add(buf, sf_str_sub(s, 0, end));
            sf_input_skip(in, at + length);
            m->depth = *closes ? level : level + 1;
            return !buf || buf->len <= pages->limit;
        }
        size_t used = in->ended ? s.len : whole - 2; /* a boundary's line end is not the part's */
        if (buf)
            sf_buf_add(buf, sf_str_sub(s, 0, used));
        sf_input_skip(in, used);
        if (in->ended || (buf && buf->len > pages->limit))
            return false;
    }
}

/* The header fields here, copied; stands behind them. Absent if they have no end. */
static sf_str take_fields(sf_pages *pages) {
    size_t want = 1024, length;
    sf_str s;
    for (;;) {
        s = sf_str_sub(sf_input_peek(pages->in, want), 0, want);
        length = sf_header_length(s);
        if (length || s.len < want || want >= LONGEST_HEADER)
            break;
        want *= 2;
    }
    if (!length)
        return SF_ABSENT;
    sf_str fields = sf_str_copy(pages->page, sf_str_sub(s, 0, length));
    sf_input_skip(pages->in, length);
    return fields;
}

static sf_str inner_boundary(sf_str type) {
    if (!sf_str_starts_ci(type, SF_STR("multipart/")))
        return SF_ABSENT;
    sf_str boundary = sf_media_parameter(type, "boundary");
    return boundary.len > 0 && boundary.len <= LONGEST_BOUNDARY ? boundary : SF_ABSENT;
}

static int rank_of(sf_str type, sf_str id, sf_str start) {
    sf_str media = sf_media_type(type);
    if (start.ptr && sf_str_equal(id, start))
        return 3;
    if (sf_str_equal_ci(media, SF_STR("text/html")) ||
        sf_str_equal_ci(media, SF_STR("application/xhtml+xml")))
        return 2;
    return sf_str_equal_ci(media, SF_STR("text/plain")) ? 1 : 0;
}

static void set_part(sf_pages *pages, part *p, int rank, sf_str fields, sf_str raw) {
    p->rank = rank;
    p->type = sf_str_fold_space(pages->page, sf_header_find(fields, "content-type"));
    p->location = sf_str_fold_space(pages->page, sf_header_find(fields, "content-location"));
    p->bytes =
        sf_transfer_decode(pages->page, sf_header_find(fields, "content-transfer-encoding"), raw);
}

/* Reads part after part until the best one is certain. */
static sofar_status find_part(sf_pages *pages, mhtml *m, sf_str start, part *best,
                              sofar_error *err) {
    bool closes;
    if (!to_boundary(pages, m, NULL, &closes))
        return broken(pages, "the message has no parts", err);
    while (m->depth > 0 && best->rank < (start.ptr ? 3 : 2)) {
        if (closes) { /* what follows belongs to the multipart around it */
            if (!to_boundary(pages, m, NULL, &closes))
                break;
            continue;
        }
        sf_str fields = take_fields(pages);
        if (!fields.ptr)
            break;
        sf_str type = sf_header_find(fields, "content-type"), boundary = inner_boundary(type);
        int rank = rank_of(type, sf_header_find(fields, "content-id"), start);
        if (boundary.ptr && m->depth < DEEPEST)
            m->boundaries[m->depth++] = boundary;
        if (boundary.ptr || rank <= best->rank) {
            if (!to_boundary(pages, m, NULL, &closes))
                break;
            continue;
        }
        sf_buf raw = sf_buf_new(pages->page);
        if (!to_boundary(pages, m, &raw, &closes))
            return raw.len > pages->limit
                       ? sf_fail(err, SOFAR_ERR_LIMIT,
                                 "%.*s: its page is longer than %zu bytes; raise --max-page to "
                                 "read it",
                                 SF_ARG(pages->name), pages->limit)
                       : broken(pages, "the file ends inside its page", err);
        set_part(pages, best, rank, fields, sf_buf_str(&raw));
    }
    return best->rank ? SOFAR_OK : broken(pages, "no part of it is a page", err);
}

/* ---- the page ---- */

static bool is_url(sf_str s) {
    return sf_str_starts_ci(s, SF_STR("http://")) || sf_str_starts_ci(s, SF_STR("https://"));
}

static void set_page(sf_pages *pages, sf_str fields, const part *p, sofar_page *page) {
    sf_str places[] = {p->location, sf_header_find(fields, "snapshot-content-location"),
                       sf_header_find(fields, "content-location"), pages->hints.url};
    for (size_t i = 0; i < SF_LEN(places) && !page->url.ptr; i++)
        if (is_url(places[i]))
            page->url = places[i];
    page->file = pages->name;
    page->bytes = p->bytes;
    page->content_type = p->type;
    page->captured = sf_stamp_parse(pages->page, sf_header_find(fields, "date"));
    page->title = sf_encoded_words(pages->page, sf_header_find(fields, "subject"));
}

static sofar_status next_mhtml(sf_pages *pages, sofar_page *page, sofar_error *err) {
    mhtml *m = pages->own;
    if (m->done)
        return SOFAR_DONE;
    m->done = true;
    part best = {0};
    sofar_status status = SOFAR_OK;
    sf_str fields = take_fields(pages);
    if (!fields.ptr)
        return broken(pages, "the file ends inside its header", err);
    sf_str type = sf_header_find(fields, "content-type"), boundary = inner_boundary(type);
    if (boundary.ptr) {
        m->boundaries[m->depth++] = boundary;
        status = find_part(pages, m, sf_media_parameter(type, "start"), &best, err);
    } else {
        sf_str raw;
        status = sf_input_all(pages->in, pages->limit, pages->page, &raw, err);
        if (!status)
            set_part(pages, &best, 2, fields, raw);
    }
    if (pages->in->bad && status) {
        if (err)
            *err = pages->in->err;
        return pages->in->bad;
    }
    if (!status)
        set_page(pages, fields, &best, page);
    return status;
}

void sf_mhtml_open(sf_pages *pages) {
    pages->own = SF_NEW(pages->keep, mhtml);
    pages->next = next_mhtml;
}
