/* Transfer encodings and encoded words. */
#include "source/mime.h"

/* The bytes after a '=' at s[at] that is a soft line break; 0 if it is none. */
static size_t soft_break(sf_str s, size_t at) {
    size_t i = at + 1;
    while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
        i++;
    if (i == s.len)
        return i - at;
    if (s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n')
        return i + 2 - at;
    return s.ptr[i] == '\n' ? i + 1 - at : 0;
}

sf_str sf_quoted_printable(sf_arena *arena, sf_str s) {
    char *out = sf_alloc(arena, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len;) {
        if (s.ptr[i] != '=') {
            out[len++] = s.ptr[i++];
            continue;
        }
        if (i + 2 < s.len && sf_hex_digit(s.ptr[i + 1]) >= 0 && sf_hex_digit(s.ptr[i + 2]) >= 0) {
            out[len++] = (char)(sf_hex_digit(s.ptr[i + 1]) << 4 | sf_hex_digit(s.ptr[i + 2]));
            i += 3;
            continue;
        }
        size_t soft = soft_break(s, i);
        if (soft == 0)
            out[len++] = '=';
        i += soft ? soft : 1;
    }
    return (sf_str){out, len};
}

static int sextet(char c) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (sf_is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

sf_str sf_base64(sf_arena *arena, sf_str s) {
    char *out = sf_alloc(arena, s.len / 4 * 3 + 4);
    size_t len = 0;
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '=') /* the end of a run; another may follow */
            have = 0;
        int six = sextet(s.ptr[i]);
        if (six < 0)
            continue;
        bits = bits << 6 | (uint32_t)six;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[len++] = (char)(bits >> have);
        }
    }
    return (sf_str){out, len};
}

sf_str sf_transfer_decode(sf_arena *arena, sf_str encoding, sf_str s) {
    if (sf_str_equal_ci(encoding, SF_STR("quoted-printable")))
        return sf_quoted_printable(arena, s);
    if (sf_str_equal_ci(encoding, SF_STR("base64")))
        return sf_base64(arena, s);
    return s;
}

/* Takes "=?charset?Q?text?=" off the front of *s. */
static bool take_word(sf_arena *arena, sf_str *s, sf_str *word) {
    size_t kind = sf_str_find(*s, SF_STR("?"), 2);
    if (!sf_str_starts(*s, SF_STR("=?")) || kind == SIZE_MAX || kind + 2 >= s->len ||
        s->ptr[kind + 2] != '?')
        return false;
    sf_str charset = sf_str_sub(*s, 2, kind);
    size_t end = sf_str_find(sf_str_sub(*s, 0, kind + 512), SF_STR("?="), kind + 3);
    if (end == SIZE_MAX || !(sf_str_equal_ci(charset, SF_STR("utf-8")) ||
                             sf_str_equal_ci(charset, SF_STR("us-ascii"))))
        return false;
    sf_str text = sf_str_sub(*s, kind + 3, end);
    if (sf_lower(s->ptr[kind + 1]) == 'b') {
        *word = sf_base64(arena, text);
    } else {
        sf_str spaced = sf_str_copy(arena, text);
        for (size_t i = 0; i < spaced.len; i++)
            if (spaced.ptr[i] == '_')
                ((char *)spaced.ptr)[i] = ' ';
        *word = sf_quoted_printable(arena, spaced);
    }
    *s = sf_str_sub(*s, end + 2, s->len);
    return true;
}

sf_str sf_encoded_words(sf_arena *arena, sf_str s) {
    if (!s.ptr)
        return s;
    sf_buf out = sf_buf_new(arena);
    bool after_word = false;
    size_t space_from = 0; /* white space between two encoded words is none */
    while (s.len > 0) {
        sf_str word;
        if (sf_str_starts(s, SF_STR("=?")) && take_word(arena, &s, &word)) {
            if (after_word)
                out.len = space_from;
            sf_buf_add(&out, word);
            after_word = true;
            space_from = out.len;
            continue;
        }
        after_word = after_word && sf_is_space(s.ptr[0]);
        sf_buf_char(&out, s.ptr[0]);
        s = sf_str_sub(s, 1, s.len);
    }
    return sf_str_fold_space(arena, sf_buf_str(&out));
}
