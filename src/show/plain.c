/* What pages wrote, made safe to show, and the words around it. */
#include "show/plain.h"

#include <stdlib.h>

static bool is_noncharacter(uint32_t code) {
    return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

/* Characters that act on the text around them instead of being seen: C0 and C1 controls (so no
 * terminal escape survives), bidi embeddings, overrides and isolates ("Trojan Source"), deprecated
 * format characters, annotation anchors, language tags. Joiners, direction marks and variation
 * selectors stay: scripts and emoji need them. */
static bool is_acting(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x206F) || (code >= 0xFFF9 && code <= 0xFFFB) ||
           code == 0xFEFF || (code >= 0xE0000 && code <= 0xE0FFF && !(code >= 0xE0100));
}

uint32_t sf_plain_code(sf_str s, size_t at, size_t *bytes) {
    unsigned char first = (unsigned char)s.ptr[at];
    if (first >= ' ' && first < 0x7F) { /* most are */
        *bytes = 1;
        return first;
    }
    uint32_t code = sf_utf8_at(s, at, bytes);
    if (code == '\t' || code == '\n' || code == '\r' || code == '\v' || code == '\f' ||
        code == 0x85 || code == 0x2028 || code == 0x2029)
        return ' ';
    if (is_acting(code))
        return 0;
    return is_noncharacter(code) ? 0xFFFD : code;
}

/* Whether sf_plain_line would change nothing: most text is like that, and is not copied. */
static bool is_plain(sf_str s) {
    bool gap = true; /* a space here would be the first or the second */
    size_t bytes;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t code = sf_plain_code(s, i, &bytes);
        if (code == 0 || (code == ' ' && (gap || s.ptr[i] != ' ')) || code == 0xFFFD)
            return false;
        gap = code == ' ';
    }
    return !gap || s.len == 0;
}

sf_str sf_plain_line(sf_arena *arena, sf_str s) {
    if (!s.ptr || is_plain(s))
        return s;
    char *out = sf_alloc(arena, s.len * 3 + 1); /* a broken byte becomes three */
    size_t len = 0, bytes;
    bool gap = false;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t code = sf_plain_code(s, i, &bytes);
        if (code == ' ') {
            gap = len > 0;
        } else if (code) {
            if (gap)
                out[len++] = ' ';
            gap = false;
            len += sf_utf8_put(code, out + len);
        }
    }
    return (sf_str){out, len};
}

sf_str sf_plain_count(sf_arena *arena, size_t n, const char *one, const char *many) {
    return sf_str_format(arena, "%zu %s", n, n == 1 ? one : many);
}

/* ---- links ---- */

static size_t scheme_length(sf_str url) {
    return sf_str_starts_ci(url, SF_STR("https://"))  ? 8
           : sf_str_starts_ci(url, SF_STR("http://")) ? 7
                                                      : 0;
}

static sf_str host_of(sf_str url) {
    size_t begin = scheme_length(url), end = begin;
    for (; end < url.len && !strchr("/?#\\", url.ptr[end]); end++)
        if (url.ptr[end] == '@')
            begin = end + 1;
    return sf_str_sub(url, begin, end);
}

bool sf_plain_is_link(sf_str url) {
    if (!scheme_length(url))
        return false;
    sf_str host = host_of(url);
    size_t bytes;
    for (size_t i = 0; i < host.len; i += bytes) {
        uint32_t code = sf_utf8_at(host, i, &bytes);
        if (code <= ' ' || (code < 0x80 && strchr("\"'<>`{}|^\x7f", (int)code)) || is_acting(code))
            return false;
    }
    return host.len > 0;
}

void sf_plain_percent(sf_buf *out, unsigned char byte) {
    static const char digits[] = "0123456789ABCDEF";
    sf_buf_char(out, '%');
    sf_buf_char(out, digits[byte >> 4]);
    sf_buf_char(out, digits[byte & 15]);
}

/* Whether the byte may stand at url[at]; `path`: where the path begins, `hash`: the first '#'. */
static bool may_stand(sf_str url, size_t at, size_t path, size_t hash) {
    unsigned char c = (unsigned char)url.ptr[at];
    if (sf_is_alpha((char)c) || sf_is_digit((char)c))
        return true;
    if (c <= ' ' || c >= 0x7f || strchr("\"'<>`{}|^\\", c))
        return false;
    if (c == '%')
        return at + 2 < url.len && sf_hex_digit(url.ptr[at + 1]) >= 0 &&
               sf_hex_digit(url.ptr[at + 2]) >= 0;
    return c == '#' ? at == hash : (c != '[' && c != ']') || at < path;
}

sf_str sf_plain_link(sf_arena *arena, sf_str url) {
    sf_buf out = sf_buf_new(arena);
    size_t path = scheme_length(url), hash = sf_str_find(url, SF_STR("#"), 0);
    while (path < url.len && !strchr("/?#", url.ptr[path]))
        path++;
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (!may_stand(url, i, path, hash))
            sf_plain_percent(&out, c);
        else
            sf_buf_char(&out, (char)c);
    }
    return sf_buf_str(&out);
}

/* ---- who and what ---- */

static sf_str last_part(sf_str path) {
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/')
            return sf_str_sub(path, i, path.len);
    return path;
}

static sf_str first_shown(sf_arena *arena, const sf_str *candidates, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sf_str line = sf_plain_line(arena, candidates[i]);
        if (line.len)
            return line;
    }
    return SF_ABSENT;
}

/* Absent if the page tells of none. */
static sf_str known_outlet(sf_arena *arena, sf_str outlet, sf_str url) {
    sf_str host = sf_plain_is_link(url) ? host_of(url) : SF_ABSENT;
    if (sf_str_starts_ci(host, SF_STR("www.")))
        host = sf_str_sub(host, 4, host.len);
    return first_shown(arena, (sf_str[]){outlet, host}, 2);
}

sf_str sf_plain_outlet(sf_arena *arena, sf_str outlet, sf_str url, sf_str file) {
    sf_str known = known_outlet(arena, outlet, url);
    sf_str name = first_shown(arena, (sf_str[]){known, last_part(file)}, 2);
    return name.ptr ? name : SF_STR("unknown outlet");
}

sf_str sf_plain_title(sf_arena *arena, sf_str title, sf_str url, sf_str file) {
    sf_str name = first_shown(arena, (sf_str[]){title, url, last_part(file)}, 3);
    return name.ptr ? name : SF_STR("untitled page");
}

sf_str sf_plain_cite(sf_arena *arena, const sf_receipt *r) {
    sf_str title = sf_plain_line(arena, r->title);
    sf_buf out = sf_buf_new(arena);
    if (title.len) {
        char last = title.ptr[title.len - 1];
        sf_buf_printf(&out, "“%.*s%s” ", SF_ARG(title),
                      last == '.' || last == '?' || last == '!' ? "" : ".");
    }
    sf_buf_add(&out, sf_plain_outlet(arena, r->outlet, r->url, r->file));
    sf_buf_add(&out, SF_STR(", "));
    sf_buf_add(&out, r->published.len ? sf_plain_day(arena, r->published) : SF_STR("undated"));
    sf_buf_add(&out, SF_STR("."));
    if (sf_plain_is_link(r->url)) {
        sf_buf_char(&out, ' ');
        sf_buf_add(&out, sf_plain_link(arena, r->url));
    }
    return sf_buf_str(&out);
}

sf_str sf_plain_uuid(sf_arena *arena, sf_str of) {
    char h[65];
    sf_sha256_hex(of, h);
    h[12] = '8';                             /* the version */
    h[16] = "89ab"[sf_hex_digit(h[16]) & 3]; /* the variant */
    return sf_str_format(arena, "%.8s-%.4s-%.4s-%.4s-%.12s", h, h + 8, h + 12, h + 16, h + 20);
}

/* ---- reach ---- */

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

sf_plain_reach sf_plain_reach_of(sf_arena *arena, const sf_dossier *d) {
    sf_plain_reach reach = {.pages = d->source_count};
    sf_str *names = SF_ARRAY(arena, sf_str, d->source_count);
    size_t known = 0;
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        sf_str name = known_outlet(arena, s->outlet, s->url);
        if (name.ptr)
            names[known++] = name;
        if (!s->published.len)
            continue;
        if (!reach.first.ptr)
            reach.first = s->published;
        reach.last = s->published;
    }
    if (known)
        qsort(names, known, sizeof *names, by_bytes);
    reach.unknown = reach.pages - known;
    for (size_t i = 0; i < known; i++)
        reach.outlets += i == 0 || !sf_str_equal(names[i], names[i - 1]);
    return reach;
}

sf_str sf_plain_reach_line(sf_arena *arena, sf_plain_reach reach) {
    sf_buf out = sf_buf_new(arena);
    sf_buf_add(&out, sf_plain_count(arena, reach.pages, "page", "pages"));
    if (reach.outlets) {
        sf_buf_add(&out, SF_STR(" by "));
        sf_buf_add(&out, sf_plain_count(arena, reach.outlets, "outlet", "outlets"));
    }
    if (reach.outlets && reach.unknown)
        sf_buf_printf(&out, ", %zu", reach.unknown);
    if (reach.unknown)
        sf_buf_add(&out, SF_STR(" of unknown outlet"));
    if (reach.first.ptr) {
        sf_buf_add(&out, SF_STR(", "));
        sf_buf_add(&out, sf_plain_day(arena, reach.first));
        if (!sf_str_equal(reach.first, reach.last)) {
            sf_buf_add(&out, SF_STR(" to "));
            sf_buf_add(&out, sf_plain_day(arena, reach.last));
        }
    }
    return sf_buf_str(&out);
}
