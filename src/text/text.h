/* text: canonical text -> sentences -> words, with exact byte spans. */
#ifndef SF_TEXT_H
#define SF_TEXT_H

#include "base/base.h"

typedef enum sf_word_kind {
    SF_WORD_ALPHA,  /* letters, also with apostrophe or hyphen inside: "don't", "Mary-Lou" */
    SF_WORD_NUMBER, /* digits, also with . , : inside: "1,200", "9:30"; and ordinals "15th", "1990s"
                     */
    SF_WORD_PUNCT,  /* one punctuation mark or a run of the same ("...", "--") */
    SF_WORD_OTHER   /* symbols, emoji, URLs, handles and hashtags ("@anaruiz") */
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

typedef struct sf_text {
    sf_str text;
    sf_word *words;
    uint32_t word_count;
    sf_sentence *sentences;
    uint32_t sentence_count;
} sf_text;

sf_text *sf_text_split(sf_arena *arena, sf_str text, const sofar_block *blocks, size_t block_count);

static inline sf_str sf_word_of(const sf_text *text, uint32_t word) {
    return sf_span_of(text->text, text->words[word].span);
}

#endif
