/* page/canon: chosen blocks -> canonical text and its map to the original bytes.
 * White space: a run of white space (or a no-break space) becomes one space; a single tab or line
 * end stays what it is, since a row of equal length holds equal bytes; soft hyphens and zero-width
 * spaces go. */
#ifndef SF_PAGE_CANON_H
#define SF_PAGE_CANON_H

#include "page/charset.h"
#include "page/flow.h"

/* keep[i] != 0: block i of the flow is part of the story. Fills out->text, blocks, map. Returns how
 * many text nodes could not be traced to their end (their rest is one coarse row): 0, but for a
 * bug. */
uint32_t sf_canon_compose(sf_arena *arena, const sf_dom *dom, const sf_decoded *decoded,
                          const sf_flow *flow, const uint8_t *keep, sofar_clipping *out);

#endif
