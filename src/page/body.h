/* page/body: which text blocks were written for this story. A trained sequence labeller over the
 * flow: features of a block and its neighbours, a small classifier, a Viterbi pass. Weights:
 * body_weights.c, made by train/page. */
#ifndef SF_PAGE_BODY_H
#define SF_PAGE_BODY_H

#include "page/flow.h"

/* keep[i] = 1 for blocks of the story; an array of flow->count bytes in the arena. title: the
 * page's headline (may be absent), whose block is not part of the text. */
uint8_t *sf_body_choose(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title);

#endif
