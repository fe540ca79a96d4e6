/* page/picture: which picture a page leads with, by what it says itself, and the page's own words
 * about it. */
#ifndef SF_PAGE_PICTURE_H
#define SF_PAGE_PICTURE_H

#include "base/base.h"

typedef struct sf_lead_picture {
    sf_str url;     /* as the page has it: may be relative */
    sf_str alt;     /* its alternative text; absent or empty if the page has none */
    sf_str caption; /* what stands under it; absent if nothing does */
} sf_lead_picture;

/* og:image, else twitter:image, else the first <img> of a <figure>; alternative text and caption
 * are those of the same picture in the page's body where the head has none. False if the page names
 * no picture, or is no HTML. Never fails but for memory (escape of the arena). */
bool sf_page_picture(sf_arena *arena, const sofar_page *page, sf_lead_picture *out);

#endif
