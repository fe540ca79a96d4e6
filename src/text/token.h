/* Inside the text room: what token.c and join.c share. */
#ifndef SF_TEXT_TOKEN_H
#define SF_TEXT_TOKEN_H

#include "text/known.h"
#include "text/sentence.h"

/* Sections of tokens.txt, in its order. */
enum {
    SF_TOKEN_CUT = 1 << 0, /* with it where: in characters, bits 8-15 and 16-23 */
    SF_TOKEN_PREFIX = 1 << 1,
    SF_TOKEN_BETWEEN = 1 << 2,
    SF_TOKEN_SUFFIX = 1 << 3,
    SF_TOKEN_UNIT = 1 << 4,
    SF_TOKEN_JOIN = 1 << 5,
    SF_TOKEN_FILE = 1 << 6
};

typedef struct sf_cutter {
    sf_arena *arena;
    sf_text *text;
    sf_vec(sf_token) tokens;
    uint32_t first, end; /* the sentence's words */
    uint32_t word;       /* the one being looked at */
} sf_cutter;

unsigned sf_token_flags(sf_str word);

/* Bytes of the currency sign that the word begins with. */
uint32_t sf_token_currency(sf_str word);

/* How many words from cut->word on are one token; 0 if the word stands alone. */
uint32_t sf_token_joined(const sf_cutter *cut);

/* The word takes the period behind it: "Mr." At a sentence's end the period is a token of its own
 * ("and so on, etc" "."), but for "U.S." and its like, which are one word already. */
bool sf_token_abbreviated(const sf_cutter *cut);

/* "US" before "$1.5", one word each. */
bool sf_token_price(const sf_cutter *cut);

#endif
