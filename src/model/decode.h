/* Inside the model room: from the heads' numbers to answers that are legal. No function here
 * allocates anything that outlives the call but from the arena it is given; all are pure. Numbers
 * that are no numbers (a damaged file) give some legal answer. */
#ifndef SF_MODEL_DECODE_H
#define SF_MODEL_DECODE_H

#include "base/base.h"

enum { SF_TREE_MOST = 192 }; /* tokens of a tree */

/* The best legal sequence of BIO classes (viterbi.c). Classes: 0 outside, 2k + 1 the begin of a
 * span of kind k, 2k + 2 its inside, which only follows a begin or an inside of the same kind;
 * `classes` is odd. logits: `count` rows that stand `stride` floats apart. Of equal sequences, the
 * one whose last class is lower, then the one before it ... */
void sf_decode_bio(sf_arena *scratch, const float *logits, size_t stride, uint32_t count,
                   uint32_t classes, uint8_t *out);

/* The best tree with exactly one child of the root (tree.c). scores[i * (count + 1) + j]: token j
 * is the head of token i; j = count is the root; i = j is not looked at. 1 <= count <=
 * SF_TREE_MOST. heads[i] becomes the head of i; count for the root's child. Scores count to within
 * 2^-20 and up to +-32768. */
void sf_decode_tree(sf_arena *scratch, const float *scores, uint32_t count, uint16_t *heads);

/* A word's lemma by its lemma script (lemma.c): "l2:y" on "Stories" gives "story", "!be" gives
 * "be". The string lies in the arena, in the script or is the form itself. */
sf_str sf_decode_lemma(sf_arena *arena, sf_str script, sf_str form);

#endif
