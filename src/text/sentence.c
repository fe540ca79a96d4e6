/* Where a sentence ends: at . ! ? … and the closing marks behind it, unless what stands around it
 * says no. After the decision lists of Punkt-like splitters (Kiss and Strunk 2006, "Unsupervised
 * multilingual sentence boundary detection"), with the lists given as data instead of learned:
 * a lower-case word goes on with the sentence, "Mr." never ends one, "Inc." ends one when a word
 * follows that likes to begin one ("The"). */
#include "text/sentence.h"

#include "text/known.h"

#include "text/abbreviations.inc"

enum {
    TITLE = ABBREVIATIONS_TITLE,
    SHORT = ABBREVIATIONS_SHORT,
    NUMBERED = ABBREVIATIONS_NUMBERED,
    PLAIN = ABBREVIATIONS_PLAIN,
    STARTER = ABBREVIATIONS_STARTER
};

static unsigned lookup(sf_str word) {
    return sf_known_flags(abbreviations_words, SF_LEN(abbreviations_words), word);
}

/* "Fla" of "R-Fla": what stands behind the last hyphen, if that is not far. */
static sf_str last_part(sf_str word) {
    for (size_t n = 1; n < word.len && n <= SF_KNOWN_LONGEST; n++)
        if (word.ptr[word.len - n] == '-')
            return sf_str_sub(word, word.len - n + 1, word.len);
    return word;
}

/* A number stands at `next`: "No. 5", "c. 1850". */
static bool is_number(const sf_text *text, uint32_t end, uint32_t next) {
    return next < end && text->words[next].kind == SF_WORD_NUMBER;
}

bool sf_abbreviation(const sf_text *text, uint32_t end, uint32_t word) {
    sf_str spelled = last_part(sf_word_of(text, word));
    unsigned flags = lookup(spelled);
    if ((flags & (TITLE | SHORT | PLAIN)) || (spelled.len == 1 && sf_is_alpha(*spelled.ptr)))
        return true;
    return (flags & NUMBERED) && is_number(text, end, word + 2);
}

bool sf_sentence_mark(const sf_text *text, uint32_t word) {
    if (text->words[word].kind != SF_WORD_PUNCT)
        return false;
    size_t bytes;
    switch (sf_utf8_at(sf_word_of(text, word), 0, &bytes)) {
    case '.':
    case '!':
    case '?':
    case 0x2026: /* … */
    case 0x203C: /* ‼ */
    case 0x2049: /* ⁉ */
    case 0x061F: /* ؟ */
    case 0x06D4: /* ۔ */
    case 0x0964: /* । */
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */ return true;
    default: return false;
    }
}

bool sf_sentence_closer(const sf_text *text, uint32_t word) {
    if (text->words[word].kind != SF_WORD_PUNCT || text->words[word].space)
        return false;
    size_t bytes;
    switch (sf_utf8_at(sf_word_of(text, word), 0, &bytes)) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0xBB:   /* » */
    case 0x2019: /* ’ */
    case 0x201D: /* ” */
    case 0x203A: /* › */
    case 0x300D: /* 」 */
    case 0x300F: /* 』 */ return true;
    default: return false;
    }
}

static bool begins_lower(const sf_text *text, uint32_t word) {
    const sf_word *w = &text->words[word];
    unsigned char c = (unsigned char)text->text.ptr[w->span.begin];
    if (w->kind != SF_WORD_ALPHA)
        return false;
    /* Letters without case (Arabic, Chinese) begin sentences, so only ASCII is tested here and
     * accented small letters are rare first letters of a continuation. */
    return c >= 'a' && c <= 'z';
}

/* "Yahoo! - the", "etc., and": a mark that only stands inside a sentence. */
static bool continues(const sf_text *text, uint32_t word) {
    char c = text->text.ptr[text->words[word].span.begin];
    return text->words[word].kind == SF_WORD_PUNCT &&
           (c == ',' || c == ';' || c == ':' || c == ')' || c == '-' || c == '/');
}

/* The word that tells how the text goes on: opening marks are passed over. SF_NONE at the end. */
static uint32_t following(const sf_text *text, uint32_t end, uint32_t at) {
    for (uint32_t i = at + 1; i < end && i < at + 4; i++)
        if (text->words[i].kind != SF_WORD_PUNCT)
            return i;
    return SF_NONE;
}

/* "1." of a list: a short number behind a mark or a colon, or that begins the block; not that of
 * "on p. 12." */
static bool numbers_item(const sf_text *text, uint32_t first, uint32_t end, uint32_t word) {
    if (word == first)
        return true;
    sf_span span = text->words[word].span;
    bool behind = sf_sentence_mark(text, word - 1)
                      ? word < first + 2 || !sf_abbreviation(text, end, word - 2)
                      : sf_str_equal(sf_word_of(text, word - 1), SF_STR(":"));
    return behind && span.end - span.begin <= 2;
}

uint32_t sf_sentence_notes(const sf_text *text, uint32_t end, uint32_t at) {
    uint32_t i = at + 1;
    while (i + 3 <= end && sf_str_equal(sf_word_of(text, i), SF_STR("[")) &&
           text->words[i + 1].kind == SF_WORD_NUMBER &&
           sf_str_equal(sf_word_of(text, i + 2), SF_STR("]")))
        i += 3;
    return i - at - 1;
}

/* A period directly behind a word, or at the end of one ("U.S."): does that word forbid or doubt
 * the end of a sentence? */
static bool period_ends(const sf_text *text, uint32_t first, uint32_t end, uint32_t period,
                        uint32_t next, bool quoted) {
    bool inside = text->words[period].kind != SF_WORD_PUNCT;
    if (!inside && (period == first || text->words[period].space))
        return true;
    uint32_t word = inside ? period : period - 1;
    const sf_word *w = &text->words[word];
    sf_str spelled = sf_word_of(text, word);
    if (inside)
        spelled.len--;
    else if (w->kind == SF_WORD_NUMBER)
        return !numbers_item(text, first, end, word);
    else if (w->kind != SF_WORD_ALPHA)
        return true;
    spelled = last_part(spelled);
    unsigned flags = lookup(spelled);
    if ((flags & TITLE) || ((flags & NUMBERED) && is_number(text, end, next)))
        return false;
    bool initial = spelled.len == 1 && sf_is_alpha(*spelled.ptr); /* also "c. 1850" */
    if (!inside && !initial && !(flags & SHORT))
        return true;
    return quoted || (lookup(sf_word_of(text, next)) & STARTER) != 0;
}

bool sf_sentence_ends(const sf_text *text, uint32_t first, uint32_t end, uint32_t at,
                      uint32_t run) {
    uint32_t mark = at + 1 - run;
    at += sf_sentence_notes(text, end, at);
    if (at + 1 >= end)
        return true;
    uint32_t next = following(text, end, at);
    const sf_word *after = &text->words[at + 1], *sign = &text->words[mark];
    char last = text->text.ptr[sign->span.end - 1];
    if (sf_sentence_mark(text, at + 1) && text->text.ptr[after->span.begin] == last) /* ". . ." */
        return false;
    bool period =
        last == '.' && (sign->kind != SF_WORD_PUNCT || sign->span.end - sign->span.begin == 1);
    /* Without a space only "end.Then" ends one (not "tide.XLS"), and marks of scripts that write no
     * spaces. */
    if (!after->space && (unsigned char)last < 0x80 &&
        !(after->kind == SF_WORD_ALPHA && after->capital && !after->all_caps &&
          sign->kind == SF_WORD_PUNCT))
        return false;
    if (next == SF_NONE)
        return after->space && !continues(text, at + 1);
    if (begins_lower(text, next) || continues(text, at + 1))
        return false;
    return !period || period_ends(text, first, end, mark, next, run > 1);
}
