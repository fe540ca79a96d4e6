/* page/meta: title, byline, outlet, days, language, URL. Every field is a ranked choice among
 * candidates, each with its origin (JSON-LD, meta, time elements, visible text, URL); weights by
 * train/meta. */
#ifndef SF_PAGE_META_H
#define SF_PAGE_META_H

#include "page/flow.h"

/* Fills url, outlet, title, byline, published, published_from, updated, lang. page gives the
 * container's word and the user's --date, which wins. Does not need the body; flow gives the
 * visible text. */
void sf_meta_find(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, const sofar_page *page,
                  sofar_clipping *out);

#endif
