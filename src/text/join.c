/* Which words that touch make one token: an abbreviation and its period, a smiley, a telephone
 * number. Each rule gives how many words it takes, 0 if it does not hold. */
#include <utf8proc.h>

#include "text/token.h"

#include "text/tokens.inc"

_Static_assert((int)TOKENS_CUT == SF_TOKEN_CUT && (int)TOKENS_FILENAME == SF_TOKEN_FILE,
               "the sections of tokens.txt and the enum of token.h are in one order");

unsigned sf_token_flags(sf_str word) {
    return sf_known_flags(tokens_words, SF_LEN(tokens_words), word);
}

uint32_t sf_token_currency(sf_str word) {
    size_t bytes;
    if (!word.len)
        return 0;
    uint32_t code = sf_utf8_at(word, 0, &bytes);
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_SC ? (uint32_t)bytes : 0;
}

/* True if word `at` is there and touches the one before it. */
static bool touches(const sf_cutter *cut, uint32_t at) {
    return at > cut->first && at < cut->end && !cut->text->words[at].space &&
           cut->text->words[at].span.begin == cut->text->words[at - 1].span.end;
}

static sf_str spelled(const sf_cutter *cut, uint32_t at) { return sf_word_of(cut->text, at); }
static int kind_of(const sf_cutter *cut, uint32_t at) { return cut->text->words[at].kind; }
static bool is_plain(const sf_cutter *cut, uint32_t at) {
    return kind_of(cut, at) == SF_WORD_ALPHA || kind_of(cut, at) == SF_WORD_NUMBER;
}

/* The word is this one ASCII character. */
static bool is_mark(const sf_cutter *cut, uint32_t at, char c) {
    sf_str word = spelled(cut, at);
    return word.len == 1 && *word.ptr == c;
}

static bool is_apostrophe(sf_str word) {
    return sf_str_equal(word, SF_STR("'")) || sf_str_equal(word, SF_STR("`")) ||
           sf_str_equal(word, SF_STR("\xE2\x80\x98")) || sf_str_equal(word, SF_STR("\xE2\x80\x99"));
}

/* A bracket opened a few tokens before is still open: "(see note 3:)". */
static bool is_bracketed(const sf_cutter *cut) {
    uint32_t begin = cut->text->words[cut->first].span.begin;
    for (size_t i = cut->tokens.count, n = 0; i > 0 && n < 32; i--, n++) {
        sf_span span = cut->tokens.at[i - 1].span;
        char c = cut->text->text.ptr[span.begin];
        if (span.begin < begin)
            break;
        if (span.end - span.begin == 1 && (c == '(' || c == ')'))
            return c == '(';
    }
    return false;
}

enum { LISTED_MOST = 6 }; /* bytes of the longest entry of [join] */

/* The longest entry of [join] that begins here: ":-)", "w/o", "'em". One that ends in a letter or
 * a slash wants a space before it and none of its like behind it. */
static uint32_t listed(const sf_cutter *cut) {
    uint32_t begin = cut->text->words[cut->word].span.begin, found = 0;
    for (uint32_t i = cut->word + 1; touches(cut, i); i++) {
        uint32_t end = cut->text->words[i].span.end;
        if (end - begin > LISTED_MOST)
            break;
        sf_str all = sf_span_of(cut->text->text, (sf_span){begin, end});
        char last = all.ptr[all.len - 1];
        bool open = sf_is_alpha(last) || last == '/';
        if (open && (!cut->text->words[cut->word].space ||
                     (touches(cut, i + 1) && (is_plain(cut, i + 1) || last == '/'))))
            continue;
        if ((sf_token_flags(all) & SF_TOKEN_JOIN) && !(last == ')' && is_bracketed(cut)))
            found = i + 1 - cut->word;
    }
    return found;
}

/* Only closing marks stand behind word `at` in the sentence. */
static bool is_last(const sf_cutter *cut, uint32_t at) {
    for (at++; at < cut->end; at++)
        if (!sf_sentence_closer(cut->text, at))
            return false;
    return true;
}

bool sf_token_abbreviated(const sf_cutter *cut) {
    uint32_t period = cut->word + 1;
    return kind_of(cut, cut->word) == SF_WORD_ALPHA && touches(cut, period) &&
           is_mark(cut, period, '.') && sf_abbreviation(cut->text, cut->end, cut->word) &&
           !is_last(cut, period);
}

/* "?!", ".?", "….", "<<", "$$$": a run of end marks or of one sign. Dots before another mark
 * ("...?") stay alone. */
static uint32_t marks(const sf_cutter *cut) {
    sf_str word = spelled(cut, cut->word);
    char c = *word.ptr;
    uint32_t at = cut->word + 1;
    if (sf_str_equal(word, SF_STR("\xE2\x80\xA6"))) {
        at += touches(cut, at) && is_mark(cut, at, '.');
    } else if (sf_str_equal(word, SF_STR("\xE2\x80\x98")) ||
               sf_str_equal(word, SF_STR("\xE2\x80\x99"))) { /* quotation marks made of two */
        at += touches(cut, at) && sf_str_equal(spelled(cut, at), SF_STR("\xE2\x80\x99"));
    } else if (c == '!' || c == '?' || (c == '.' && word.len == 1)) {
        while (touches(cut, at) && (*spelled(cut, at).ptr == '!' || *spelled(cut, at).ptr == '?'))
            at++;
    } else if (word.len == 1 && c && strchr("<>+|$^", c)) {
        while (touches(cut, at) && is_mark(cut, at, c))
            at++;
    }
    return at - cut->word > 1 ? at - cut->word : 0;
}

/* "'s" that split.c left in two ("5%'s", "Levi`s"), "'90s", "'02". */
static uint32_t apostrophes(const sf_cutter *cut) {
    uint32_t next = cut->word + 1;
    if (!is_apostrophe(spelled(cut, cut->word)) || !touches(cut, next))
        return 0;
    sf_str word = spelled(cut, next);
    bool behind = touches(cut, cut->word) && kind_of(cut, cut->word - 1) != SF_WORD_PUNCT;
    if (behind || cut->text->words[cut->word].space) {
        static const sf_str clitics[] = {SF_STR("s"),  SF_STR("d"),  SF_STR("m"),
                                         SF_STR("ll"), SF_STR("re"), SF_STR("ve")};
        for (size_t i = 0; i < (behind ? SF_LEN(clitics) : 1); i++)
            if (sf_str_equal_ci(word, clitics[i]))
                return 2;
    }
    bool year = word.len >= 2 && sf_is_digit(word.ptr[0]) && sf_is_digit(word.ptr[1]) &&
                (word.len == 2 || (word.len == 3 && word.ptr[2] == 's'));
    return year && !behind ? 2 : 0;
}

static bool all_digits(sf_str word) {
    for (size_t i = 0; i < word.len; i++)
        if (!sf_is_digit(word.ptr[i]) && word.ptr[i] != '/')
            return false;
    return word.len > 0 && sf_is_digit(word.ptr[0]);
}

/* Digits behind the last slash. */
static size_t group_length(sf_str word) {
    size_t n = 0;
    while (n < word.len && sf_is_digit(word.ptr[word.len - 1 - n]))
        n++;
    return n;
}

/* "713-853-3989", "555-0100", "94720-1900", "11-20-2000"; "2019-2021" and "5-10" are ranges. */
static uint32_t telephone(const sf_cutter *cut) {
    uint32_t at = cut->word, groups = 1;
    if (!all_digits(spelled(cut, at)))
        return 0;
    while (touches(cut, at + 1) && is_mark(cut, at + 1, '-') && touches(cut, at + 2) &&
           all_digits(spelled(cut, at + 2))) {
        at += 2;
        groups++;
    }
    size_t first = group_length(spelled(cut, cut->word)), last = group_length(spelled(cut, at));
    bool joined = groups > 2 || (groups == 2 && last == 4 && (first == 3 || first == 5));
    return joined ? at + 1 - cut->word : 0;
}

/* ".265", "+44" */
static uint32_t signed_number(const sf_cutter *cut) {
    uint32_t next = cut->word + 1;
    return (is_mark(cut, cut->word, '.') || is_mark(cut, cut->word, '+')) &&
                   cut->text->words[cut->word].space && touches(cut, next) &&
                   kind_of(cut, next) == SF_WORD_NUMBER && all_digits(spelled(cut, next))
               ? 2
               : 0;
}

/* "tide.XLS", ".doc"; addresses that an archive has masked, "anar...@tide.example"; "sh*t". */
static uint32_t names(const sf_cutter *cut) {
    uint32_t at = cut->word;
    bool bare = is_mark(cut, at, '.') && cut->text->words[at].space;
    if (!bare && (!is_plain(cut, at) || !touches(cut, ++at)))
        return 0;
    if (!touches(cut, at + 1))
        return 0;
    sf_str next = spelled(cut, at + 1);
    bool ends = !touches(cut, at + 2) || !is_plain(cut, at + 2);
    bool joined = (is_mark(cut, at, '.') && ends && (sf_token_flags(next) & SF_TOKEN_FILE)) ||
                  (!bare && sf_str_equal(spelled(cut, at), SF_STR("...")) && *next.ptr == '@') ||
                  (!bare && *spelled(cut, at).ptr == '*' && is_plain(cut, at + 1));
    return joined ? at + 2 - cut->word : 0;
}

uint32_t sf_token_joined(const sf_cutter *cut) {
    static uint32_t (*const rules[])(const sf_cutter *) = {listed,    marks,         apostrophes,
                                                           telephone, signed_number, names};
    for (size_t i = 0; i < SF_LEN(rules); i++) {
        uint32_t words = rules[i](cut);
        if (words)
            return words;
    }
    return 0;
}

bool sf_token_price(const sf_cutter *cut) {
    return cut->text->words[cut->word].all_caps && spelled(cut, cut->word).len <= 3 &&
           touches(cut, cut->word + 1) && sf_token_currency(spelled(cut, cut->word + 1));
}
