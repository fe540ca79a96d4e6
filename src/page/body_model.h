/* page/body_model: the shape of what was learned (body_weights.c), and how body.c runs it. All
 * integers: the same page gives the same text on every machine. */
#ifndef SF_PAGE_BODY_MODEL_H
#define SF_PAGE_BODY_MODEL_H

#include "page/body_features.h"

enum {
    SF_BODY_LEAF = 255,      /* sf_body_branch.feature of a leaf */
    SF_BODY_LOGIT = 1024,    /* scores are in 1/1024 of a logit */
    SF_BODY_CHANCES = 256,   /* entries of the table of chances ... */
    SF_BODY_CHANCE_SHIFT = 6 /* ... a step of which is 1/16 of a logit; the middle is even odds */
};

/* A tree in preorder: what is at most `value` goes to the next entry, the rest `right` entries
 * further. A leaf's value is what it adds to the score. */
typedef struct sf_body_branch {
    uint8_t feature, right;
    int16_t value;
} sf_body_branch;

typedef struct sf_body_forest {
    const sf_body_branch *branches;
    const uint16_t *roots;
    uint32_t trees, branch_count;
} sf_body_forest;

typedef struct sf_body_model {
    sf_body_words path, cues;
    sf_body_forest rounds[2];
    const int16_t *chances; /* score -> 1/1000 */
    int32_t threshold;      /* scores above it are story */
    const char *features;   /* what it was trained on: the same as sf_body_feature_names */
} sf_body_model;

extern const sf_body_model sf_body_learned;

/* sf_body_choose with another model, for training. scores, if not NULL, gets flow->count scores. */
uint8_t *sf_body_choose_by(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title,
                           const sf_body_model *model, int32_t *scores);

#endif
