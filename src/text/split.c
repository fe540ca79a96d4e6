/* Words by one pass over the bytes; sentences by a second over the words.
 *
 * The word rules are those of Unicode Standard Annex #29 in substance - letters with their marks,
 * apostrophes and periods between letters, . and , between digits - with the tailoring that text.h
 * lists. ASCII goes by a table, the rest by utf8proc's general categories. Each step looks ahead a
 * bounded number of characters, so the whole is linear. */
#include <utf8proc.h>

#include "text/sentence.h"

enum { SPACE, LETTER, UPPER, DIGIT, MARK, FORMAT, CURRENCY, PUNCT, SYMBOL, IDEOGRAPH };

typedef struct scanner {
    sf_arena *arena;
    sf_text *out;
    sf_str s; /* the text up to the end of the block */
    size_t at;
    sf_vec(sf_word) words;
    /* of the word being taken: */
    uint32_t letters, uppers;
} scanner;

static int category(uint32_t code) {
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return UPPER;
    case UTF8PROC_CATEGORY_LO:
        return (code >= 0x3040 && code <= 0x309F) || (code >= 0x3400 && code <= 0x9FFF) ||
                       (code >= 0xF900 && code <= 0xFAFF) || code >= 0x20000
                   ? IDEOGRAPH
                   : LETTER;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_NL: return LETTER;
    case UTF8PROC_CATEGORY_ND: return DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return MARK;
    case UTF8PROC_CATEGORY_CF: return FORMAT;
    case UTF8PROC_CATEGORY_SC: return CURRENCY;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO: return PUNCT;
    default: return SYMBOL;
    }
}

/* The class of the character at s[at] (at < s.len) and its length. */
static int class_at(sf_str s, size_t at, size_t *bytes) {
    unsigned char c = (unsigned char)s.ptr[at];
    if (c < 0x80) {
        *bytes = 1;
        if (c >= 'a' && c <= 'z')
            return LETTER;
        if (c == ' ' || (c >= '\t' && c <= '\r'))
            return SPACE;
        if (c >= 'A' && c <= 'Z')
            return UPPER;
        if (c >= '0' && c <= '9')
            return DIGIT;
        if (c == '$')
            return CURRENCY;
        return c < 0x20 || c == 0x7F || c == '+' || c == '<' || c == '=' || c == '>' || c == '^' ||
                       c == '`' || c == '|' || c == '~'
                   ? SYMBOL
                   : PUNCT;
    }
    uint32_t code = sf_utf8_at(s, at, bytes);
    return sf_is_unicode_space(code) ? SPACE : category(code);
}

static bool is_one_of(char c, const char *set) { return c && strchr(set, c); }
static bool is_letter(int class) { return class == LETTER || class == UPPER; }

/* The class at an offset that may lie behind the end (SPACE there). */
static int peek(const scanner *scan, size_t at) {
    size_t bytes;
    return at < scan->s.len ? class_at(scan->s, at, &bytes) : SPACE;
}

static char byte_at(const scanner *scan, size_t at) {
    return at < scan->s.len ? scan->s.ptr[at] : '\0';
}

/* Bytes of an apostrophe at `at` (' or ’), 0 if there is none. */
static size_t apostrophe(const scanner *scan, size_t at) {
    if (byte_at(scan, at) == '\'')
        return 1;
    return sf_str_starts(sf_str_sub(scan->s, at, at + 3), SF_STR("\xE2\x80\x99")) ? 3 : 0;
}

/* Bytes of a hyphen at `at`: - U+2010 U+2011. */
static size_t hyphen(const scanner *scan, size_t at) {
    if (byte_at(scan, at) == '-')
        return 1;
    sf_str three = sf_str_sub(scan->s, at, at + 3);
    return sf_str_equal(three, SF_STR("\xE2\x80\x90")) ||
                   sf_str_equal(three, SF_STR("\xE2\x80\x91"))
               ? 3
               : 0;
}

/* Takes letters, digits, marks and low lines; true if there were any. */
static bool take_run(scanner *scan) {
    size_t begin = scan->at;
    while (scan->at < scan->s.len) {
        size_t bytes;
        int class = class_at(scan->s, scan->at, &bytes);
        if (is_letter(class)) {
            scan->letters++;
            scan->uppers += class == UPPER;
        } else if (class != DIGIT && class != MARK && class != FORMAT &&
                   scan->s.ptr[scan->at] != '_')
            break;
        scan->at += bytes;
    }
    return scan->at > begin;
}

/* Everything up to white space or a mark that no address holds; end marks behind it stay out. */
static void take_address(scanner *scan) {
    size_t begin = scan->at;
    while (scan->at < scan->s.len) {
        size_t bytes;
        int class = class_at(scan->s, scan->at, &bytes);
        char c = scan->s.ptr[scan->at];
        if (class == SPACE || c == '"' || c == '<' || c == '>' || c == '|' || c == '`' ||
            (bytes > 1 && class == PUNCT))
            break;
        scan->at += bytes;
    }
    while (scan->at > begin + 1 && is_one_of(scan->s.ptr[scan->at - 1], ".,;:!?)]}'*"))
        scan->at--;
}

/* "Node.js", "U.S" and "Ph.D." go on behind their period; "end.Then" is two sentences that lost a
 * space. */
static bool period_joins(const scanner *scan, size_t begin) {
    int next = peek(scan, scan->at + 1);
    if (next == LETTER)
        return true;
    if (next != UPPER)
        return false;
    size_t part = scan->at;
    while (part > begin && sf_is_alpha(scan->s.ptr[part - 1]))
        part--;
    return scan->at - part <= 1 || (scan->at - part == 2 && byte_at(scan, scan->at + 2) == '.');
}

/* "U.S.", "Ph.D." and "p.m." keep their last period: one or two letters with periods between, one
 * at the end; also behind a hyphen ("D-N.Y."). */
static bool is_acronym(sf_str word) {
    size_t at = word.len, parts = 0, letters = 0;
    while (at > 0 && (sf_is_alpha(word.ptr[at - 1]) || word.ptr[at - 1] == '.'))
        at--;
    if (at > 0 && word.ptr[at - 1] != '-' && !sf_is_digit(word.ptr[at - 1])) /* "5p.m." */
        return false;
    for (; at < word.len; at++)
        if (word.ptr[at] == '.' && letters >= 1 && letters <= 2)
            parts++, letters = 0;
        else if (sf_is_alpha(word.ptr[at]))
            letters++;
        else
            return false;
    return parts >= 1 && letters == 1;
}

/* One inner mark and the run behind it: apostrophe, hyphen, period, &. False: the word is over. */
static bool take_joint(scanner *scan, size_t begin) {
    size_t bytes = apostrophe(scan, scan->at), at = scan->at;
    if (!bytes)
        bytes = hyphen(scan, scan->at);
    if (bytes) {
        int next = peek(scan, at + bytes);
        if (!is_letter(next) && next != DIGIT)
            return false;
    } else if (byte_at(scan, at) == '.' ? period_joins(scan, begin)
                                        : byte_at(scan, at) == '&' && is_letter(peek(scan, at + 1)))
        bytes = 1;
    if (!bytes)
        return false;
    scan->at += bytes;
    return take_run(scan);
}

static bool starts_address(const scanner *scan) {
    sf_str rest = sf_str_sub(scan->s, scan->at, scan->at + 8);
    return sf_str_starts_ci(rest, SF_STR("http://")) ||
           sf_str_starts_ci(rest, SF_STR("https://")) ||
           sf_str_starts_ci(rest, SF_STR("mailto:")) ||
           (sf_str_starts_ci(rest, SF_STR("www.")) && rest.len > 4);
}

/* "Ana.Ruiz@Harbour.example": an address by its local part, of at most 64 characters (RFC 5321). */
static bool starts_mailbox(const scanner *scan, size_t begin) {
    size_t at = scan->at;
    while (at - begin <= 64 && (sf_is_alpha(byte_at(scan, at)) || sf_is_digit(byte_at(scan, at)) ||
                                is_one_of(byte_at(scan, at), "._%+-")))
        at++;
    return byte_at(scan, at) == '@' && at > begin && sf_is_alpha(byte_at(scan, at + 1)) &&
           at - begin <= 64;
}

static sf_word_kind take_letters(scanner *scan) {
    size_t begin = scan->at;
    char first = (char)(scan->s.ptr[begin] | 32);
    bool address = (first == 'h' || first == 'w' || first == 'm') && starts_address(scan);
    take_run(scan);
    if (address || starts_mailbox(scan, begin)) {
        take_address(scan);
        return SF_WORD_OTHER;
    }
    while (take_joint(scan, begin))
        ;
    char next = byte_at(scan, scan->at);
    if (next == '@' && is_letter(peek(scan, scan->at + 1))) {
        take_address(scan);
        return SF_WORD_OTHER;
    }
    sf_str word = {scan->s.ptr + begin, scan->at - begin};
    if (next == '/' && word.len > 4 && memchr(word.ptr, '.', word.len) &&
        is_letter(peek(scan, scan->at + 1))) { /* outlet.example/page */
        take_address(scan);
        return SF_WORD_OTHER;
    }
    if (next == '.' && is_acronym(word))
        scan->at++;
    else if (next == '+' && !is_letter(peek(scan, scan->at + 1)) &&
             peek(scan, scan->at + 1) != DIGIT)
        scan->at++; /* Disney+ */
    return SF_WORD_ALPHA;
}

static sf_word_kind take_number(scanner *scan) {
    size_t begin = scan->at;
    for (;;) {
        while (peek(scan, scan->at) == DIGIT) {
            size_t bytes;
            class_at(scan->s, scan->at, &bytes);
            scan->at += bytes;
        }
        char c = byte_at(scan, scan->at);
        if ((c != '.' && c != ',' && c != ':' && c != '/') || peek(scan, scan->at + 1) != DIGIT)
            break;
        scan->at++;
    }
    take_run(scan);       /* 15th, 1990s, 5pm */
    if (!scan->letters) { /* "31-year-old", "1990's"; not "2019-2021" */
        size_t bytes = hyphen(scan, scan->at) + apostrophe(scan, scan->at);
        if (!bytes || !is_letter(peek(scan, scan->at + bytes)))
            return SF_WORD_NUMBER;
    }
    while (take_joint(scan, begin))
        ;
    if (byte_at(scan, scan->at) == '.' && scan->letters &&
        is_acronym((sf_str){scan->s.ptr + begin, scan->at - begin}))
        scan->at++;
    return SF_WORD_NUMBER;
}

/* @handle or #tag; false if the sign stands alone. */
static bool take_handle(scanner *scan) {
    size_t begin = scan->at++;
    if (!take_run(scan)) {
        scan->at = begin;
        return false;
    }
    while (scan->s.ptr[begin] == '@' && byte_at(scan, scan->at) == '.' &&
           (peek(scan, scan->at + 1) == LETTER || peek(scan, scan->at + 1) == DIGIT)) {
        scan->at++;
        take_run(scan);
    }
    return true;
}

/* One mark, or a run of the same where runs mean something. */
static sf_word_kind take_mark(scanner *scan) {
    size_t bytes;
    uint32_t code = sf_utf8_at(scan->s, scan->at, &bytes);
    sf_str mark = sf_str_sub(scan->s, scan->at, scan->at + bytes);
    scan->at += bytes;
    bool runs = code == 0x2026 || code == 0x2014 || code == 0x2013 ||
                (code < 0x80 && is_one_of((char)code, ".-!?*_~='`"));
    while (runs && sf_str_equal(sf_str_sub(scan->s, scan->at, scan->at + bytes), mark))
        scan->at += bytes;
    return SF_WORD_PUNCT;
}

/* One grapheme cluster: an emoji with its modifiers and joiners, a flag, a sign. */
static sf_word_kind take_symbol(scanner *scan) {
    size_t bytes;
    uint32_t code = sf_utf8_at(scan->s, scan->at, &bytes);
    utf8proc_int32_t state = 0;
    scan->at += bytes;
    while (scan->at < scan->s.len && (unsigned char)scan->s.ptr[scan->at] >= 0x80) {
        uint32_t next = sf_utf8_at(scan->s, scan->at, &bytes);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)code, (utf8proc_int32_t)next,
                                             &state))
            break;
        scan->at += bytes;
        code = next;
    }
    return SF_WORD_OTHER;
}

static sf_word_kind take_word(scanner *scan, int class, size_t bytes) {
    switch (class) {
    case LETTER:
    case UPPER: return take_letters(scan);
    case DIGIT: return take_number(scan);
    case IDEOGRAPH:
        scan->at += bytes;
        while (peek(scan, scan->at) == MARK) {
            class_at(scan->s, scan->at, &bytes);
            scan->at += bytes;
        }
        return SF_WORD_ALPHA;
    case CURRENCY:
        if (peek(scan, scan->at + bytes) != DIGIT)
            return take_symbol(scan);
        scan->at += bytes;
        return take_number(scan);
    case PUNCT:
        if ((scan->s.ptr[scan->at] == '@' || scan->s.ptr[scan->at] == '#') && take_handle(scan))
            return SF_WORD_OTHER;
        return take_mark(scan);
    default:
        return scan->s.ptr[scan->at] == '`' || scan->s.ptr[scan->at] == '~' ||
                       scan->s.ptr[scan->at] == '='
                   ? take_mark(scan)
                   : take_symbol(scan);
    }
}

/* The words of scan->s from scan->at on. */
static void take_words(scanner *scan) {
    bool space = true;
    while (scan->at < scan->s.len) {
        size_t bytes, begin = scan->at;
        int class = class_at(scan->s, begin, &bytes);
        if (class == SPACE || class == FORMAT) { /* soft hyphens, marks of direction */
            scan->at += bytes;
            space |= class == SPACE;
            continue;
        }
        scan->letters = scan->uppers = 0;
        sf_word_kind kind = take_word(scan, class, bytes);
        sf_word *w = SF_PUSH(scan->arena, &scan->words);
        *w = (sf_word){.span = {(uint32_t)begin, (uint32_t)scan->at},
                       .kind = (uint8_t)kind,
                       .space = space,
                       .capital = class == UPPER,
                       .all_caps = scan->letters >= 2 && scan->uppers == scan->letters};
        space = false;
    }
}

/* ---- sentences ---- */

typedef sf_vec(sf_sentence) sentences;

static void add_sentence(scanner *scan, sentences *list, uint32_t first, uint32_t end,
                         uint32_t block) {
    sf_sentence *s = SF_PUSH(scan->arena, list);
    *s = (sf_sentence){{scan->words.at[first].span.begin, scan->words.at[end - 1].span.end},
                       first,
                       end - first,
                       block};
}

static void cut_sentences(scanner *scan, sentences *list, uint32_t first, uint32_t block) {
    uint32_t end = (uint32_t)scan->words.count, begin = first, run = 0;
    sf_text *text = scan->out;
    text->words = scan->words.at;
    for (uint32_t i = first; i < end; i++) {
        if (sf_sentence_mark(text, i) || (run && sf_sentence_closer(text, i)))
            run++;
        else /* "U.S." holds its mark inside */
            run = text->words[i].kind != SF_WORD_PUNCT &&
                  text->text.ptr[text->words[i].span.end - 1] == '.';
        if (!run || (i + 1 < end && !text->words[i + 1].space &&
                     (sf_sentence_closer(text, i + 1) || sf_sentence_mark(text, i + 1))))
            continue;
        if (sf_sentence_ends(text, first, end, i, run)) {
            i += sf_sentence_notes(text, end, i);
            add_sentence(scan, list, begin, i + 1, block);
            begin = i + 1;
        }
        run = 0;
    }
    if (begin < end)
        add_sentence(scan, list, begin, end, block);
}

static void split_block(scanner *scan, sentences *list, sf_span span, uint32_t block) {
    uint32_t first = (uint32_t)scan->words.count;
    scan->s = sf_str_sub(scan->out->text, 0, span.end);
    scan->at = span.begin;
    take_words(scan);
    cut_sentences(scan, list, first, block);
}

/* Where the clipping gives no blocks: parts between blank lines. */
static void split_bare(scanner *scan, sentences *list) {
    sf_str text = scan->out->text;
    size_t begin = 0;
    while (begin < text.len) {
        size_t gap = sf_str_find(text, SF_STR("\n\n"), begin);
        size_t end = gap == SIZE_MAX ? text.len : gap;
        split_block(scan, list, (sf_span){(uint32_t)begin, (uint32_t)end}, 0);
        begin = end + 2;
    }
}

sf_text *sf_text_split(sf_arena *arena, sf_str text, const sofar_block *blocks,
                       size_t block_count) {
    scanner scan = {.arena = arena, .out = SF_NEW(arena, sf_text)};
    sentences list = {0};
    scan.out->text = text;
    if (block_count == 0)
        split_bare(&scan, &list);
    for (size_t i = 0; i < block_count; i++)
        split_block(&scan, &list, blocks[i].span, (uint32_t)i);
    scan.out->words = scan.words.at;
    scan.out->word_count = (uint32_t)scan.words.count;
    scan.out->sentences = list.at;
    scan.out->sentence_count = (uint32_t)list.count;
    return scan.out;
}
