/* Inside the model room: a text cut into stretches, a batch of them at a time. */
#ifndef SF_MODEL_BATCH_H
#define SF_MODEL_BATCH_H

#include "model/inner.h"

/* A place between two tokens of a text. */
typedef struct sf_place {
    uint32_t token;    /* the one behind it */
    uint32_t sentence; /* the rules' sentence that holds the token before it */
} sf_place;

/* Walks over a text. A block that fits is one stretch; a longer one is cut at the rules' ends of
 * sentences, each stretch as long as it may be; a sentence that does not fit is cut where it must.
 */
typedef struct sf_batch {
    const sf_model *model;
    const sf_text *text;
    uint32_t most_pieces, most_tokens; /* of a stretch */
    sf_place at;                       /* what comes next */

    /* The batch: `count` stretches, which hold the tokens [first, first + token_count) of the text
     * in order; block: of each stretch, as an index in the clipping's blocks. */
    sf_stretch *stretches;
    uint32_t *blocks;
    uint32_t count, first, token_count;
    bool *ends; /* of each token: a sentence of the rules ends with it */

    /* What the stretches point to. */
    uint32_t *pieces, *token_pieces;
    uint8_t *shapes;
    uint32_t piece_count, begin_count;
} sf_batch;

/* The batch's buffers lie in the arena; text has its tokens. */
void sf_batch_init(sf_batch *batch, sf_arena *arena, const sf_model *model, const sf_text *text);

/* Fills the batch with the next stretches; false after the last. Bounded whatever the text is. */
bool sf_batch_next(sf_batch *batch);

#endif
