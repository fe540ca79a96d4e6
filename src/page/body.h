/* page/body: which text blocks were written for this story. A trained sequence labeller over the
 * flow: boosted trees over features of a block and its neighbours (body_features.h), run twice; the
 * second time they see what the first says of the surroundings. Weights: body_weights.c, made by
 * train/page. */
#ifndef SF_PAGE_BODY_H
#define SF_PAGE_BODY_H

#include "page/flow.h"

/* keep[i] = 1 for blocks of the story; an array of flow->count bytes in the arena. title: the
 * page's headline (may be absent), whose block is not part of the text. Linear in the page; of a
 * page with text of which no block is likely to be a story's, the likeliest run is kept, of a mere
 * list none. Any thread. */
uint8_t *sf_body_choose(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title);

#endif
