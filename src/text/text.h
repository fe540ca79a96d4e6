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

static inline sf_str sf_word_of(const sf_text *text, uint32_t word) {
    return sf_span_of(text->text, text->words[word].span);
}

static inline sf_str sf_token_of(const sf_text *text, uint32_t token) {
    return sf_span_of(text->text, text->tokens[token].span);
}

#endif
