/* Stands in for the trained chooser until it lands: paragraphs with enough words and few links. */
#include "page/body.h"

uint8_t *sf_body_choose(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title) {
    (void)dom, (void)title;
    uint8_t *keep = sf_alloc(arena, flow->count + 1);
    for (uint32_t i = 0; i < flow->count; i++)
        keep[i] = flow->blocks[i].words >= 12 &&
                  flow->blocks[i].link_bytes * 2 < flow->blocks[i].text.len;
    return keep;
}
