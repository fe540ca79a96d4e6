/* page/flow: the tree as the stream of text blocks a reader sees: what CSS's block layout would put
 * on lines of its own. Scripts, styles, templates and hidden elements are left out; nothing is
 * judged here. */
#ifndef SF_PAGE_FLOW_H
#define SF_PAGE_FLOW_H

#include "page/dom.h"

/* A run of text nodes without a block boundary (or a double <br>) between them. */
typedef struct sf_flow_block {
    uint32_t node;        /* innermost block-level element that holds it */
    uint32_t first, last; /* text nodes first .. last (both included; inline elements in between) */
    sf_str text;          /* white space folded, never empty */
    uint32_t words;       /* runs of non-space in text */
    uint32_t link_bytes;  /* bytes of text that stand inside <a href> */
    sofar_block_kind kind;
} sf_flow_block;

typedef struct sf_flow {
    sf_flow_block *blocks;
    uint32_t count;
} sf_flow;

/* Is what stands in this element kept from a reader's eyes (script, <select>, hidden ...)? */
bool sf_flow_hides(const sf_dom *dom, uint32_t node);

/* Blocks in the order of the document. */
sf_flow sf_flow_of(sf_arena *arena, const sf_dom *dom);

#endif
