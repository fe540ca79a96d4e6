/* Strings: pointer and length, bytes unless said otherwise, no locale. */
#include "base/base.h"

#include <stdio.h>

sf_str sf_str_of(const char *c_string) {
    return (sf_str){c_string, c_string ? strlen(c_string) : 0};
}

sf_str sf_str_sub(sf_str s, size_t begin, size_t end) {
    if (end > s.len)
        end = s.len;
    if (begin > end)
        begin = end;
    return (sf_str){s.ptr ? s.ptr + begin : NULL, end - begin};
}

sf_str sf_str_copy(sf_arena *arena, sf_str s) {
    if (!s.ptr)
        return s;
    char *p = sf_alloc(arena, s.len + 1);
    memcpy(p, s.ptr, s.len);
    return (sf_str){p, s.len};
}

sf_str sf_str_format(sf_arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = sf_alloc(arena, (size_t)(len < 0 ? 0 : len) + 1);
    vsnprintf(p, (size_t)(len < 0 ? 0 : len) + 1, format, again);
    va_end(again);
    return (sf_str){p, (size_t)(len < 0 ? 0 : len)};
}

bool sf_str_equal(sf_str a, sf_str b) {
    return a.len == b.len && (a.len == 0 || a.ptr == b.ptr || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool sf_str_equal_ci(sf_str a, sf_str b) { return a.len == b.len && sf_str_starts_ci(a, b); }

int sf_str_compare(sf_str a, sf_str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n && a.ptr != b.ptr ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool sf_str_starts(sf_str s, sf_str prefix) {
    return sf_str_equal(sf_str_sub(s, 0, prefix.len), prefix);
}

bool sf_str_ends(sf_str s, sf_str suffix) {
    return s.len >= suffix.len && sf_str_equal(sf_str_sub(s, s.len - suffix.len, s.len), suffix);
}

bool sf_str_starts_ci(sf_str s, sf_str prefix) {
    if (s.len < prefix.len)
        return false;
    for (size_t i = 0; i < prefix.len; i++)
        if (sf_lower(s.ptr[i]) != sf_lower(prefix.ptr[i]))
            return false;
    return true;
}

size_t sf_str_find(sf_str s, sf_str needle, size_t from) {
    if (needle.len == 0)
        return from <= s.len ? from : SIZE_MAX;
    while (from < s.len && s.len - from >= needle.len) {
        const char *p = memchr(s.ptr + from, needle.ptr[0], s.len - from - needle.len + 1);
        if (!p)
            return SIZE_MAX;
        if (memcmp(p, needle.ptr, needle.len) == 0)
            return (size_t)(p - s.ptr);
        from = (size_t)(p - s.ptr) + 1;
    }
    return SIZE_MAX;
}

size_t sf_str_find_ci(sf_str s, sf_str needle, size_t from) {
    char first = needle.len ? sf_lower(needle.ptr[0]) : 0;
    for (size_t i = from; i <= s.len && s.len - i >= needle.len; i++)
        if (!needle.len || (sf_lower(s.ptr[i]) == first &&
                            sf_str_starts_ci((sf_str){s.ptr + i, s.len - i}, needle)))
            return i;
    return SIZE_MAX;
}

sf_str sf_str_trim(sf_str s) {
    while (s.len && sf_is_space(s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && sf_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

sf_str sf_str_take_word(sf_str *rest) {
    *rest = sf_str_trim(*rest);
    size_t end = 0;
    while (end < rest->len && !sf_is_space(rest->ptr[end]))
        end++;
    sf_str word = sf_str_sub(*rest, 0, end);
    *rest = sf_str_trim(sf_str_sub(*rest, end, rest->len));
    return word;
}

sf_str sf_str_fold_space(sf_arena *arena, sf_str s) {
    if (!s.ptr)
        return s;
    char *out = sf_alloc(arena, s.len + 1);
    size_t len = 0, bytes;
    bool gap = false;
    for (size_t i = 0; i < s.len; i += bytes) {
        if (sf_is_unicode_space(sf_utf8_at(s, i, &bytes))) {
            gap = len > 0;
            continue;
        }
        if (gap)
            out[len++] = ' ';
        gap = false;
        memcpy(out + len, s.ptr + i, bytes);
        len += bytes;
    }
    return (sf_str){out, len};
}

/* FNV-1a; for tables whose order never shows. */
uint64_t sf_str_hash(sf_str s) {
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
    return h;
}

uint32_t sf_utf8_at(sf_str s, size_t at, size_t *bytes) {
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    *bytes = 1;
    if (p[0] < 0x80)
        return p[0];
    uint32_t code, least;
    size_t n;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        n = 2, code = p[0] & 0x1Fu, least = 0x80;
    else if ((p[0] & 0xF0) == 0xE0)
        n = 3, code = p[0] & 0x0Fu, least = 0x800;
    else if (p[0] >= 0xF0 && p[0] <= 0xF4)
        n = 4, code = p[0] & 0x07u, least = 0x10000;
    else
        return 0xFFFD;
    if (left < n)
        return 0xFFFD;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0xFFFD;
        code = code << 6 | (p[i] & 0x3Fu);
    }
    if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0xFFFD;
    *bytes = n;
    return code;
}

uint32_t sf_utf8_before(sf_str s, size_t at, size_t *bytes) {
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
        start--;
    size_t n;
    uint32_t code = sf_utf8_at((sf_str){s.ptr, at}, start, &n);
    if (start + n == at) {
        *bytes = n;
        return code;
    }
    *bytes = 1;
    return 0xFFFD;
}

size_t sf_utf8_put(uint32_t code, char out[4]) {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

bool sf_utf8_valid(sf_str s, size_t *bad_at) {
    size_t bytes;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint64_t eight;
        if (i + sizeof eight <= s.len &&
            (memcpy(&eight, s.ptr + i, sizeof eight), !(eight & 0x8080808080808080u))) {
            bytes = sizeof eight; /* all ASCII */
            continue;
        }
        if ((unsigned char)s.ptr[i] < 0x80) {
            bytes = 1;
            continue;
        }
        if (sf_utf8_at(s, i, &bytes) == 0xFFFD && bytes == 1) {
            if (bad_at)
                *bad_at = i;
            return false;
        }
    }
    return true;
}

bool sf_is_unicode_space(uint32_t c) {
    if (c <= 0x20)
        return c == 0x20 || (c >= 9 && c <= 13);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}
