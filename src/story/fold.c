/* Which strings are equal: the same name or the same words set by another typesetter or shouted in
 * capitals. Case folding and the removal of marks are Unicode's (utf8proc). */
#include <utf8proc.h>

#include "story/inner.h"

/* Curly and straight, high and low; 0 for what is no apostrophe or quotation mark. */
static uint32_t plain_mark(uint32_t code) {
    switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0x2032:
    case '`':
    case 0x00B4: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB: return '"';
    default: return 0;
    }
}

static bool is_dash(uint32_t code) {
    return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212;
}

static bool is_word(uint32_t code) {
    if (code < 0x80)
        return sf_is_alpha((char)code) || sf_is_digit((char)code);
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
    }
}

static bool is_capital(uint32_t code) {
    if (code < 0x80)
        return code >= 'A' && code <= 'Z';
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

/* What one character becomes; the number of code points in out, possibly none. */
static size_t fold_one(uint32_t code, sf_fold level, uint32_t out[8]) {
    uint32_t mark = plain_mark(code);
    out[0] = mark ? mark : is_dash(code) ? '-' : code;
    if (code == 0x00AD) /* soft hyphen */
        return 0;
    if (code < 0x80 || out[0] < 0x80) {
        if (level == SF_FOLD_ALL && out[0] >= 'A' && out[0] <= 'Z')
            out[0] += 32;
        return 1;
    }
    if (level == SF_FOLD_TYPE)
        return 1;
    utf8proc_int32_t parts[8];
    int last = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)code, parts, 8,
        UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE, &last);
    if (n < 0 || n > 8)
        return 1;
    for (utf8proc_ssize_t i = 0; i < n; i++) { /* an apostrophe may come out: U+0149 */
        mark = plain_mark((uint32_t)parts[i]);
        out[i] = mark ? mark : (uint32_t)parts[i];
    }
    return (size_t)n;
}

typedef struct writer {
    sf_buf text;
    sf_vec(uint32_t) at;
} writer;

static void put(writer *w, uint32_t code, size_t from) {
    char bytes[4];
    size_t n = sf_utf8_put(code, bytes);
    sf_buf_add(&w->text, (sf_str){bytes, n});
    while (n--)
        *SF_PUSH(w->text.arena, &w->at) = (uint32_t)from;
}

sf_folded sf_story_fold(sf_arena *arena, sf_str s, sf_fold level) {
    writer w = {.text = sf_buf_new(arena)};
    bool space = false;
    size_t bytes;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t code = sf_utf8_at(s, i, &bytes), parts[8];
        if (sf_is_unicode_space(code)) {
            if (!space)
                put(&w, ' ', i);
            space = true;
            continue;
        }
        space = false;
        size_t n = fold_one(code, level, parts);
        for (size_t k = 0; k < n; k++)
            put(&w, parts[k], i);
    }
    *SF_PUSH(arena, &w.at) = (uint32_t)s.len;
    return (sf_folded){sf_buf_str(&w.text), w.at.at};
}

sf_str sf_story_words(sf_arena *arena, sf_str s) {
    sf_buf buf = sf_buf_new(arena);
    bool gap = false;
    size_t bytes;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t code = sf_utf8_at(s, i, &bytes), parts[8];
        size_t n = fold_one(code, SF_FOLD_ALL, parts);
        for (size_t k = 0; k < n; k++) {
            char out[4];
            if (parts[k] == '\'')
                continue;
            if (!is_word(parts[k])) {
                gap = buf.len > 0;
                continue;
            }
            if (gap)
                sf_buf_char(&buf, ' ');
            gap = false;
            sf_buf_add(&buf, (sf_str){out, sf_utf8_put(parts[k], out)});
        }
    }
    return sf_buf_str(&buf);
}

/* The word goes on in front of `at`: a letter stands there, or a hyphen with the capital part of a
 * double name before it ("Vega-Ruiz" is not Ruiz, "anti-Ruiz" is about Ruiz). */
static bool joined_before(sf_str text, size_t at) {
    size_t n;
    if (at == 0)
        return false;
    uint32_t code = sf_utf8_before(text, at, &n);
    if (!is_dash(code))
        return is_word(code);
    uint32_t first = 0;
    for (size_t i = at - n; i > 0; i -= n) {
        uint32_t before = sf_utf8_before(text, i, &n);
        if (!is_word(before))
            break;
        first = before;
    }
    return is_capital(first);
}

static bool joined_behind(sf_str text, size_t at) {
    size_t n, m;
    if (at >= text.len)
        return false;
    uint32_t code = sf_utf8_at(text, at, &n);
    if (!is_dash(code))
        return is_word(code);
    return at + n < text.len && is_capital(sf_utf8_at(text, at + n, &m));
}

void sf_story_occurrences(sf_arena *arena, sf_str text, sf_str needle, sf_fold level,
                          sf_spans *out) {
    if (needle.len == 0 || text.len == 0)
        return;
    sf_folded f = sf_story_fold(arena, text, level);
    size_t n;
    bool word_first = is_word(sf_utf8_at(needle, 0, &n));
    bool word_last = is_word(sf_utf8_before(needle, needle.len, &n));
    for (size_t i = sf_str_find(f.text, needle, 0); i != SIZE_MAX;
         i = sf_str_find(f.text, needle, i + 1)) {
        size_t end = i + needle.len;
        sf_span span = {f.at[i], f.at[end]};
        /* not in the middle of a character that folds to several */
        if ((i && f.at[i - 1] == f.at[i]) || f.at[end - 1] == f.at[end])
            continue;
        if ((word_first && joined_before(text, span.begin)) ||
            (word_last && joined_behind(text, span.end)))
            continue;
        *SF_PUSH(arena, out) = span;
    }
}
