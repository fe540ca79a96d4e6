/* The word pieces of the language model's vocabulary. */
#ifndef SF_TEXT_PIECE_H
#define SF_TEXT_PIECE_H

#include "text/text.h"

enum { SF_PIECE_UNKNOWN = 100, SF_PIECE_BEGIN = 101, SF_PIECE_END = 102 };
enum { SF_VOCAB_SLOTS = 65536 };

/* A vocabulary as it lies in the model's file, checked when that was opened: offsets do not fall,
 * hash has SF_VOCAB_SLOTS values of at most count, and one of them at least is 0. */
struct sf_vocab {
    const uint32_t *offsets; /* count + 1, of the pieces in bytes */
    const char *bytes;
    const uint32_t *hash; /* FNV-1a of a piece & 65535, then the next slots: id + 1; 0 is empty */
    uint32_t count;
};
typedef struct sf_vocab sf_vocab;

/* The vocabulary that is written one piece a line, for training and tests: the model's file brings
 * its own ready-made. At most 65,535 pieces; what is more is left out. */
sf_vocab *sf_vocab_of(sf_arena *arena, sf_str lines);

enum { SF_PIECE_MOST = 16 };   /* pieces of a token; what is more is dropped */
enum { SF_PIECE_SHAPES = 32 }; /* rows of the table of shapes */
enum { SF_SHAPE_EDGE = 24 };   /* the shape of the pieces that begin and end a stretch */

/* Writes the ids of the token's pieces to out and returns their number, at least 1. Any bytes do;
 * allocates nothing; linear in the token. */
uint32_t sf_pieces(const sf_vocab *vocab, sf_str token, uint32_t out[SF_PIECE_MOST]);

/* What the vocabulary, all in lower case, does not tell of a token: case * 4 + digit * 2 + space.
 * case: 0 no letter that has case, 1 all lower, 2 the first upper and the rest lower, 3 all upper,
 * 4 one letter, upper, 5 any other mixture. digit: it has a decimal digit. space: as given, white
 * space or a block's begin stands before it. */
uint8_t sf_piece_shape(sf_str token, bool space);

#endif
