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

#endif
