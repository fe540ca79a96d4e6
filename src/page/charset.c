/* Which charset, and the bytes as UTF-8 with every byte tied to the original.
 *
 * Almost every page is valid UTF-8, and then nothing is copied. Valid UTF-8 with characters beyond
 * ASCII is believed over any label: text of another charset is not valid UTF-8 by accident. */
#include "page/charset.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include "page/charset_label.h"
#include "page/html_tag.h"

/* ---- what the page says of itself ---- */

static sf_str charset_of_content_type(sf_str s) {
    for (size_t at = 0; (at = sf_str_find_ci(s, SF_STR("charset"), at)) != SIZE_MAX; at += 7) {
        size_t i = at + 7;
        while (i < s.len && sf_is_space(s.ptr[i]))
            i++;
        if (i >= s.len || s.ptr[i] != '=')
            continue;
        i++;
        while (i < s.len && (sf_is_space(s.ptr[i]) || s.ptr[i] == '"' || s.ptr[i] == '\''))
            i++;
        size_t end = i;
        while (end < s.len && !sf_is_space(s.ptr[end]) && !strchr("\"';,", s.ptr[end]))
            end++;
        return sf_str_sub(s, i, end);
    }
    return SF_ABSENT;
}

static sf_str label_in_meta(sf_str html, const sf_html_tag *tag) {
    sf_str content = SF_ABSENT;
    bool is_type = false;
    uint32_t at = tag->name.end;
    for (sf_html_attr a; sf_html_attr_next(html, tag->end, &at, &a);) {
        sf_str value = sf_span_of(html, a.value);
        if (sf_html_name_is(html, a.name, SF_STR("charset")))
            return value;
        if (sf_html_name_is(html, a.name, SF_STR("http-equiv")))
            is_type = sf_str_equal_ci(sf_str_trim(value), SF_STR("content-type"));
        else if (sf_html_name_is(html, a.name, SF_STR("content")))
            content = value;
    }
    return is_type ? charset_of_content_type(content) : SF_ABSENT;
}

/* WHATWG HTML, "prescan a byte stream to determine its encoding". */
static bool prescan(sf_str bytes, sf_charset *out) {
    enum { FIRST = 1024 };
    sf_str s = sf_str_sub(bytes, 0, FIRST);
    for (size_t i = 0; i < s.len;) {
        const char *p = memchr(s.ptr + i, '<', s.len - i);
        if (!p)
            return false;
        i = (size_t)(p - s.ptr);
        sf_html_tag tag;
        if (!sf_html_begins_tag(s, i)) {
            bool declares = i + 1 < s.len &&
                            (s.ptr[i + 1] == '!' || s.ptr[i + 1] == '?' || s.ptr[i + 1] == '/');
            i = declares ? sf_html_declaration_end(s, i) : i + 1;
            continue;
        }
        if (!sf_html_tag_read(s, i, 0, NULL, &tag))
            return false;
        if (!tag.closing && sf_html_name_is(s, tag.name, SF_STR("meta")) &&
            sf_charset_label(label_in_meta(s, &tag), out)) {
            /* Bytes in which "<meta" could be read are not UTF-16. */
            if (sf_str_starts(sf_str_of(out->name), SF_STR("UTF-16")))
                *out = (sf_charset){"UTF-8", NULL};
            return true;
        }
        i = tag.end;
    }
    return false;
}

/* ---- is it UTF-8? ---- */

/* Length of the bytes at s[at] that one U+FFFD stands for: as much of a character as is there
 * (Unicode, "U+FFFD substitution of maximal subparts"). */
static size_t bad_length(sf_str s, size_t at) {
    unsigned char c = (unsigned char)s.ptr[at];
    size_t wants = c >= 0xF0 && c <= 0xF4 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : 1;
    size_t n = 1;
    while (n < wants && at + n < s.len) {
        unsigned char k = (unsigned char)s.ptr[at + n];
        unsigned char low = 0x80, high = 0xBF;
        if (n == 1) {
            low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
            high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        }
        if (k < low || k > high)
            break;
        n++;
    }
    return n;
}

typedef struct census {
    size_t ascii, good, bad; /* ASCII bytes, longer characters, stretches that are neither */
    bool cut_off;            /* the last stretch is the beginning of a character */
} census;

/* Stops at the first bad byte if `strict`. */
static census count_utf8(sf_str s, bool strict) {
    census c = {0};
    for (size_t i = 0, bytes; i < s.len; i += bytes) {
        uint64_t word;
        if (s.len - i >= sizeof word) {
            memcpy(&word, s.ptr + i, bytes = sizeof word);
            if (!(word & 0x8080808080808080u)) {
                c.ascii += bytes;
                continue;
            }
        }
        if ((unsigned char)s.ptr[i] < 0x80) {
            bytes = 1;
            c.ascii++;
        } else if (sf_utf8_at(s, i, &bytes) == 0xFFFD && bytes == 1) {
            bytes = bad_length(s, i);
            c.cut_off = i + bytes == s.len && (unsigned char)s.ptr[i] >= 0xE0 && bytes > 1;
            c.bad++;
            if (strict)
                break;
        } else {
            c.good++;
        }
    }
    return c;
}

/* ---- converters ---- */

typedef struct sink {
    char *text;
    uint32_t *origin;
    size_t len, room;
    sf_arena *arena;
} sink;

static void sink_room(sink *s, size_t more) {
    if (s->room - s->len > more)
        return;
    size_t wants = s->room + s->room / 2 + more + 64;
    s->text = sf_grow(s->arena, s->text, s->room, wants);
    s->origin =
        sf_grow(s->arena, s->origin, s->room * sizeof *s->origin, wants * sizeof *s->origin);
    s->room = wants;
}

static void sink_put(sink *s, uint32_t code, size_t origin) {
    char put[4];
    size_t n = sf_utf8_put(code, put);
    sink_room(s, n);
    /* Places never run backwards, whatever a converter says. */
    if (s->len && s->origin[s->len - 1] > origin)
        origin = s->origin[s->len - 1];
    for (size_t i = 0; i < n; i++) {
        s->origin[s->len] = (uint32_t)origin;
        s->text[s->len++] = put[i];
    }
}

static void from_utf8(sink *out, sf_str s, size_t shift) {
    for (size_t i = 0, bytes; i < s.len; i += bytes) {
        uint32_t code = sf_utf8_at(s, i, &bytes);
        if (code == 0xFFFD && bytes == 1)
            bytes = bad_length(s, i);
        sink_put(out, code, i + shift);
    }
}

static void from_windows_1252(sink *out, sf_str s, size_t shift) {
    static const uint16_t high[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        sink_put(out, c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c, i + shift);
    }
}

static void close_converter(void *what) { ucnv_close(what); }

/* ICU gives UTF-16 and for each unit the byte it came from. False: ICU has no such converter. */
static bool from_icu(sink *out, const char *name, sf_str s, size_t shift) {
    enum { UNITS = 2048 };
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &status);
    if (U_FAILURE(status) || !converter)
        return false;
    sf_defer(out->arena, close_converter, converter);
    const char *at = s.ptr, *end = s.ptr + s.len;
    uint32_t first = 0; /* of a surrogate pair */
    size_t first_origin = 0, last = shift;
    do {
        UChar units[UNITS], *to = units;
        int32_t offsets[UNITS];
        const char *from = at;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &to, units + UNITS, &at, end, offsets, true, &status);
        for (const UChar *u = units; u < to; u++) {
            int32_t offset = offsets[u - units];
            if (offset >= 0)
                last = (size_t)(from - s.ptr) + (size_t)offset + shift;
            if (first && U16_IS_TRAIL(*u)) {
                sink_put(out, (uint32_t)U16_GET_SUPPLEMENTARY(first, *u), first_origin);
                first = 0;
                continue;
            }
            if (first)
                sink_put(out, 0xFFFD, first_origin);
            first = U16_IS_LEAD(*u) ? (uint32_t)*u : 0;
            first_origin = last;
            if (!first)
                sink_put(out, *u, last);
        }
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    if (first)
        sink_put(out, 0xFFFD, first_origin);
    return U_SUCCESS(status);
}

/* ---- the choice ---- */

static void close_detector(void *what) { uchardet_delete(what); }

static bool guess(sf_arena *arena, sf_str bytes, sf_charset *out) {
    enum { ENOUGH = 256 << 10 };
    uchardet_t detector = uchardet_new();
    if (!detector)
        return false;
    sf_defer(arena, close_detector, detector);
    if (uchardet_handle_data(detector, bytes.ptr, bytes.len < ENOUGH ? bytes.len : ENOUGH))
        return false;
    uchardet_data_end(detector);
    return sf_charset_label(sf_str_of(uchardet_get_charset(detector)), out);
}

static bool is_utf8(const sf_charset *c) { return c->name && strcmp(c->name, "UTF-8") == 0; }

/* The charset of bytes that are not valid UTF-8. declared: the label's, or name NULL. */
static sf_charset choose(sf_arena *arena, sf_str bytes, sf_charset declared, sf_str *note) {
    if (declared.name && !is_utf8(&declared))
        return declared;
    /* A few bad bytes in much good UTF-8 (a page cut off, a stray byte) are bad UTF-8. */
    census c = count_utf8(bytes, false);
    if (c.good > 2 * c.bad || (c.bad == 1 && (c.cut_off || (declared.name && c.good)))) {
        *note = sf_str_format(arena, "%zu stretches that are not UTF-8 were replaced", c.bad);
        return (sf_charset){"UTF-8", NULL};
    }
    /* A stray accent or curly quote in English is no evidence for a guess: browsers' default. */
    sf_charset found = {0};
    bool evidence = c.bad + c.good > c.ascii / 32;
    if (!evidence || !guess(arena, bytes, &found) || is_utf8(&found))
        found = (sf_charset){"windows-1252", NULL};
    if (declared.name)
        *note = sf_str_format(arena, "declared UTF-8, but is not: read as %s", found.name);
    return found;
}

static void convert(sink *out, sf_charset *charset, sf_str bytes, size_t shift) {
    if (charset->converter) {
        if (from_icu(out, charset->converter, bytes, shift))
            return;
        out->len = 0;
        *charset = (sf_charset){"windows-1252", NULL};
    }
    if (is_utf8(charset))
        from_utf8(out, bytes, shift);
    else
        from_windows_1252(out, bytes, shift);
}

sf_decoded sf_charset_decode(sf_arena *arena, sf_str bytes, sf_str content_type, bool html) {
    sf_decoded d = {.original = bytes, .text = bytes, .name = SF_STR("UTF-8")};
    sf_charset charset = {0};
    bool certain = true;
    if (sf_str_starts(bytes, SF_STR("\xEF\xBB\xBF"))) {
        d.skipped = 3;
        charset = (sf_charset){"UTF-8", NULL};
    } else if (sf_str_starts(bytes, SF_STR("\xFE\xFF"))) {
        d.skipped = 2;
        charset = (sf_charset){"UTF-16BE", "UTF-16BE"};
    } else if (sf_str_starts(bytes, SF_STR("\xFF\xFE"))) {
        d.skipped = 2;
        charset = (sf_charset){"UTF-16LE", "UTF-16LE"};
    } else {
        certain = false;
    }
    sf_str body = sf_str_sub(bytes, d.skipped, bytes.len);
    if (!certain && !sf_charset_label(charset_of_content_type(content_type), &charset) && html)
        prescan(body, &charset);
    census c = count_utf8(body, true);
    bool stateful = charset.converter && (strncmp(charset.converter, "UTF-16", 6) == 0 ||
                                          strcmp(charset.converter, "ISO-2022-JP") == 0);
    if (c.bad == 0 && !(stateful && c.good == 0)) {
        if (c.good && charset.name && !is_utf8(&charset) && !certain)
            d.note = sf_str_format(arena, "declared %s, but is valid UTF-8", charset.name);
        if (!certain || is_utf8(&charset)) {
            d.text = body;
            return d;
        }
    }
    if (certain && is_utf8(&charset))
        d.note = SF_STR("bytes that are not UTF-8 were replaced");
    if (!certain)
        charset = choose(arena, body, charset, &d.note);
    sink out = {.arena = arena};
    sink_room(&out, body.len + body.len / 8 + 64);
    convert(&out, &charset, body, d.skipped);
    sink_room(&out, 1);
    out.origin[out.len] = (uint32_t)bytes.len;
    d.text = (sf_str){out.text, out.len};
    d.origin = out.origin;
    d.name = sf_str_of(charset.name);
    return d;
}
