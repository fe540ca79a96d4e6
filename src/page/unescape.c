#include "page/unescape.h"

/* The names that occur in headlines and bylines; HTML has 2231, the parser knows them all and has
 * been here before us. */
static const struct {
    const char *name;
    uint32_t code;
} names[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},     {"apos", '\''},
    {"nbsp", ' '},     {"rsquo", 0x2019}, {"lsquo", 0x2018},  {"rdquo", 0x201D}, {"ldquo", 0x201C},
    {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"eacute", 0xE9},  {"egrave", 0xE8},
    {"agrave", 0xE0},  {"aacute", 0xE1},  {"iacute", 0xED},   {"oacute", 0xF3},  {"uacute", 0xFA},
    {"ntilde", 0xF1},  {"ccedil", 0xE7},  {"auml", 0xE4},     {"ouml", 0xF6},    {"uuml", 0xFC},
    {"szlig", 0xDF},   {"Eacute", 0xC9},  {"Auml", 0xC4},     {"Ouml", 0xD6},    {"Uuml", 0xDC},
    {"copy", 0xA9},    {"reg", 0xAE},     {"trade", 0x2122},  {"euro", 0x20AC},  {"pound", 0xA3},
    {"deg", 0xB0},     {"middot", 0xB7},  {"bull", 0x2022},   {"laquo", 0xAB},   {"raquo", 0xBB},
};

/* A numeric reference as browsers read it (windows-1252 for 128 .. 159 is left aside). */
static uint32_t numeric(sf_str body) {
    bool hex = body.len > 1 && (body.ptr[1] | 32) == 'x';
    uint32_t code = 0;
    for (size_t i = hex ? 2 : 1; i < body.len; i++) {
        char c = sf_lower(body.ptr[i]);
        uint32_t digit;
        if (sf_is_digit(c))
            digit = (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            digit = (uint32_t)(c - 'a' + 10);
        else
            return 0;
        code = code * (hex ? 16 : 10) + digit;
        if (code > 0x10FFFF)
            return 0;
    }
    return code;
}

/* The character that the reference at s[at] == '&' stands for, and its length; 0 if it is none. */
static uint32_t reference(sf_str s, size_t at, size_t *len) {
    size_t end = at + 1;
    while (end < s.len && end - at < 12 && s.ptr[end] != ';')
        end++;
    if (end >= s.len || s.ptr[end] != ';' || end - at < 3)
        return 0;
    sf_str body = sf_str_sub(s, at + 1, end);
    *len = end + 1 - at;
    if (body.ptr[0] == '#')
        return numeric(body);
    for (size_t i = 0; i < SF_LEN(names); i++)
        if (sf_str_equal(body, sf_str_of(names[i].name)))
            return names[i].code;
    return 0;
}

sf_str sf_unescape(sf_arena *arena, sf_str s) {
    for (int round = 0; round < 2; round++) {
        if (!s.len || !memchr(s.ptr, '&', s.len))
            return s;
        sf_buf out = sf_buf_new(arena);
        bool changed = false;
        for (size_t i = 0; i < s.len;) {
            size_t len = 0;
            uint32_t code = s.ptr[i] == '&' ? reference(s, i, &len) : 0;
            if (code) {
                char bytes[4];
                sf_buf_add(&out, (sf_str){bytes, sf_utf8_put(code, bytes)});
                i += len;
                changed = true;
            } else {
                sf_buf_char(&out, s.ptr[i++]);
            }
        }
        if (!changed)
            return s;
        s = sf_buf_str(&out);
    }
    return s;
}
