/* What the caller says of the page; the page's own word is not looked for yet. */
#include "page/meta.h"

void sf_meta_find(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, const sofar_page *page,
                  sofar_clipping *out) {
    (void)arena, (void)dom, (void)flow;
    out->url = page->url;
    out->outlet = page->outlet;
    out->title = page->title;
    if (page->date.ptr) {
        out->published = page->date;
        out->published_from = SOFAR_FROM_GIVEN;
    }
}
