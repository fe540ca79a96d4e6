/* Which strings are equal: the same name or the same words set by another typesetter or shouted in
 * capitals. Case folding and the removal of marks are Unicode's (utf8proc). */
#include <utf8proc.h>

#include "text/text.h"

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

typedef struct placed_word {
    size_t begin, end; /* in what is written */
    sf_span span;
    bool capital;
} placed_word;

typedef sf_vec(placed_word) all_words;

sf_folded sf_text_fold(sf_arena *arena, sf_str s, sf_fold level) {
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

/* Adds the words to buf; to each, if it is not NULL, where they stand. */
static void fold_words(sf_arena *arena, sf_str s, sf_buf *buf, all_words *each) {
    bool gap = true;
    size_t bytes, begin = 0; /* of the word in buf */
    for (size_t i = 0; i < s.len; i += bytes) {
        unsigned char c = (unsigned char)s.ptr[i];
        uint32_t code = c, parts[8] = {c};
        size_t n = 1;
        bytes = 1;
        if (c >= 0x80) {
            code = sf_utf8_at(s, i, &bytes);
            n = fold_one(code, SF_FOLD_ALL, parts);
        } else if (c >= 'A' && c <= 'Z') {
            parts[0] = c + 32u;
        } else if (c == '`') {
            continue;
        }
        for (size_t k = 0; k < n; k++) {
            char out[4];
            if (parts[k] == '\'')
                continue;
            if (!is_word(parts[k])) {
                gap = true;
                continue;
            }
            if (gap) {
                if (buf->len)
                    sf_buf_char(buf, ' ');
                begin = buf->len;
                if (each)
                    *SF_PUSH(arena, each) = (placed_word){
                        .begin = begin,
                        .span = {(uint32_t)i, 0},
                        .capital = is_capital(code) || (code < 0x80 && sf_is_digit((char)code))};
            }
            gap = false;
            if (parts[k] < 0x80)
                sf_buf_char(buf, (char)parts[k]);
            else
                sf_buf_add(buf, (sf_str){out, sf_utf8_put(parts[k], out)});
            if (each) {
                each->at[each->count - 1].end = buf->len;
                each->at[each->count - 1].span.end = (uint32_t)(i + bytes);
            }
        }
    }
}

sf_str sf_text_fold_words(sf_arena *arena, sf_str s) {
    sf_buf buf = sf_buf_new(arena);
    sf_buf_reserve(&buf, s.len);
    fold_words(arena, s, &buf, NULL);
    return sf_buf_str(&buf);
}

sf_str sf_text_fold_name(sf_arena *arena, sf_str name) {
    static const char *const articles[] = {"the ", "a ", "an "};
    sf_str words = sf_text_fold_words(arena, name);
    for (size_t i = 0; i < SF_LEN(articles); i++)
        if (sf_str_starts(words, sf_str_of(articles[i])))
            return sf_str_sub(words, strlen(articles[i]), words.len);
    return words;
}

/* The source ends in an apostrophe of any form and s. */
static bool owns(sf_str source) {
    size_t n;
    if (source.len < 3 || sf_lower(source.ptr[source.len - 1]) != 's')
        return false;
    return plain_mark(sf_utf8_before(source, source.len - 1, &n)) == '\'' ||
           source.ptr[source.len - 2] == '\'';
}

sf_folded_words sf_text_fold_each(sf_arena *arena, sf_str s) {
    sf_buf buf = sf_buf_new(arena);
    all_words each = {0};
    sf_buf_reserve(&buf, s.len);
    fold_words(arena, s, &buf, &each);
    sf_folded_words out = {SF_ARRAY(arena, sf_folded_word, each.count), each.count};
    for (size_t i = 0; i < each.count; i++) {
        const placed_word *w = &each.at[i];
        out.at[i] = (sf_folded_word){{buf.ptr + w->begin, w->end - w->begin},
                                     w->span,
                                     w->capital,
                                     owns(sf_span_of(s, w->span))};
    }
    return out;
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

/* Is the needle here, with nothing but letters' case and accents kept? *end: behind it. */
static bool stands_at(sf_str text, size_t at, sf_str needle, size_t *end) {
    size_t bytes;
    for (size_t n = 0; n < needle.len;) {
        if (at >= text.len)
            return false;
        uint32_t code = sf_utf8_at(text, at, &bytes), parts[8];
        if (sf_is_unicode_space(code)) {
            if (needle.ptr[n++] != ' ')
                return false;
            while (at < text.len && sf_is_unicode_space(sf_utf8_at(text, at, &bytes)))
                at += bytes;
            continue;
        }
        char out[4];
        if (fold_one(code, SF_FOLD_TYPE, parts)) {
            size_t wants = sf_utf8_put(parts[0], out);
            if (needle.len - n < wants || memcmp(needle.ptr + n, out, wants) != 0)
                return false;
            n += wants;
        }
        at += bytes;
    }
    *end = at;
    return true;
}

/* Does it stand alone, and is not part of a longer word? */
static bool stands_alone(sf_str text, sf_span span, bool word_first, bool word_last) {
    return !(word_first && joined_before(text, span.begin)) &&
           !(word_last && joined_behind(text, span.end));
}

/* A needle that begins with a plain letter, by the places of that letter: nothing is written. */
static void find_by_letter(sf_arena *arena, sf_str text, sf_str needle, bool word_last,
                           sf_spans *out) {
    const char *stop = text.ptr + text.len;
    for (const char *p = text.ptr; p < stop && (p = memchr(p, needle.ptr[0], (size_t)(stop - p)));
         p++) {
        size_t begin = (size_t)(p - text.ptr), end;
        if (stands_at(text, begin, needle, &end) &&
            stands_alone(text, (sf_span){(uint32_t)begin, (uint32_t)end}, true, word_last))
            *SF_PUSH(arena, out) = (sf_span){(uint32_t)begin, (uint32_t)end};
    }
}

void sf_text_fold_find(sf_arena *arena, sf_str text, sf_str needle, sf_fold level, sf_spans *out) {
    if (needle.len == 0 || text.len == 0)
        return;
    size_t n;
    bool word_first = is_word(sf_utf8_at(needle, 0, &n));
    bool word_last = is_word(sf_utf8_before(needle, needle.len, &n));
    if (level == SF_FOLD_TYPE && word_first && (unsigned char)needle.ptr[0] < 0x80) {
        find_by_letter(arena, text, needle, word_last, out);
        return;
    }
    sf_folded f = sf_text_fold(arena, text, level);
    for (size_t i = sf_str_find(f.text, needle, 0); i != SIZE_MAX;
         i = sf_str_find(f.text, needle, i + 1)) {
        size_t end = i + needle.len;
        sf_span span = {f.at[i], f.at[end]};
        /* not in the middle of a character that folds to several */
        if ((i && f.at[i - 1] == f.at[i]) || f.at[end - 1] == f.at[end])
            continue;
        if (stands_alone(text, span, word_first, word_last))
            *SF_PUSH(arena, out) = span;
    }
}
