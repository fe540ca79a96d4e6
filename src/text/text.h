/* text: canonical text -> sentences -> words, with exact byte spans.
 *
 * In:  the clipping's text and blocks. Out: words and sentences in the arena, in order; nothing is
 * copied, every word is a span. The rules are those of UAX #29 in substance, with what news needs
 * on top: U.S., @handle, https://..., $1.5, 9:30, Disney+ are one word each.
 *
 * Tokens are the finer and coarser cut that the language model reads: the syntactic words of the
 * English UD treebanks ("do" "n't", "Ruiz" "'s", "twenty" "-" "five", but "Mr." and ":)" whole).
 *
 * Start in split.c (words), then sentence.c (where a sentence ends) and token.c; abbreviations.txt
 * is the data.
 */
#ifndef SF_TEXT_H
#define SF_TEXT_H

#include "base/base.h"

typedef enum sf_word_kind {
    SF_WORD_ALPHA,  /* letters, also with apostrophe, hyphen, period, & inside: "don't", "Mary-Lou",
                       "U.S.", "R&B", "Node.js"; a possessive stays: "Ruiz's" */
    SF_WORD_NUMBER, /* begins with a digit, or a currency sign and a digit: "1,200", "9:30",
                       "10/15/2021", "15th", "1990s", "5pm", "31-year-old", "$1.5"; "2019-2021" is
                       three words */
    SF_WORD_PUNCT,  /* one punctuation mark or a run of the same ("...", "--") */
    SF_WORD_OTHER   /* symbols, emoji, URLs, e-mail addresses, handles and hashtags ("@anaruiz") */
} sf_word_kind;

typedef struct sf_word {
    sf_span span;
    uint8_t kind;  /* sf_word_kind */
    bool space;    /* white space (or a block's begin) stands before it */
    bool capital;  /* begins with an upper-case letter */
    bool all_caps; /* two letters or more, all upper case */
} sf_word;

/* Sentences do not cross blocks. */
typedef struct sf_sentence {
    sf_span span;
    uint32_t first_word, word_count;
    uint32_t block; /* index in the clipping's blocks */
} sf_sentence;

/* Tokens cover the same characters as the words and do not cross sentences. Most lie inside one
 * word; a few join words that stand side by side ("Mr" + "."). */
typedef struct sf_token {
    sf_span span;
    uint32_t word; /* the word that it begins in */
    bool space;    /* as the word's, for its first token; else false */
} sf_token;

typedef struct sf_text {
    sf_str text;
    sf_word *words;
    uint32_t word_count;
    sf_sentence *sentences;
    uint32_t sentence_count;
    sf_token *tokens; /* none before sf_text_tokens */
    uint32_t token_count;
} sf_text;

/* text: valid UTF-8 (other bytes become words of their own), less than 4 GB. With block_count 0
 * the whole text is taken, parted at blank lines, and every sentence's block is 0. Linear in the
 * text. Never fails but for memory (the arena's escape). */
sf_text *sf_text_split(sf_arena *arena, sf_str text, const sofar_block *blocks, size_t block_count);

/* Adds the tokens to a text that has been split. A call of its own, since only the language model
 * needs them. Linear in the text; never fails but for memory. */
void sf_text_tokens(sf_arena *arena, sf_text *text);

/* The first token that ends behind a byte; text->token_count if there is none. */
uint32_t sf_text_token_at(const sf_text *text, uint32_t byte);

/* ---- which strings are equal (fold.c) ---- */

typedef enum sf_fold {
    SF_FOLD_TYPE, /* what typesetting changes: spaces, the forms of apostrophes, marks, dashes */
    SF_FOLD_ALL   /* and case and accents */
} sf_fold;

/* The folded text, and for each of its bytes the place in the source of the character it came from;
 * at[text.len] is the source's length. */
typedef struct sf_folded {
    sf_str text;
    uint32_t *at;
} sf_folded;

sf_folded sf_text_fold(sf_arena *arena, sf_str s, sf_fold level);

/* Only the words, folded, with single spaces: equal for what says the same with other marks.
 * "Don’t go -- yet." gives "dont go yet". */
sf_str sf_text_fold_words(sf_arena *arena, sf_str s);
/* The same without a leading article. */
sf_str sf_text_fold_name(sf_arena *arena, sf_str name);

/* The words one by one, with their places in the source. They lie in one string, a space between,
 * so that several in a row are one string too. */
typedef struct sf_folded_word {
    sf_str words;
    sf_span span;
    bool capital; /* begins with a capital letter or a digit */
    bool owns;    /* ends in an apostrophe and s */
} sf_folded_word;

typedef struct sf_folded_words {
    sf_folded_word *at;
    size_t count;
} sf_folded_words;

sf_folded_words sf_text_fold_each(sf_arena *arena, sf_str s);

typedef sf_vec(sf_span) sf_spans;

/* Adds each place where the needle (folded likewise) stands as words of its own. */
void sf_text_fold_find(sf_arena *arena, sf_str text, sf_str needle, sf_fold level, sf_spans *out);

static inline sf_str sf_word_of(const sf_text *text, uint32_t word) {
    return sf_span_of(text->text, text->words[word].span);
}

static inline sf_str sf_token_of(const sf_text *text, uint32_t token) {
    return sf_span_of(text->text, text->tokens[token].span);
}

#endif
