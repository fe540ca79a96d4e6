/* page/plain: plain and Markdown-ish text -> clipping. */
#ifndef SF_PAGE_PLAIN_H
#define SF_PAGE_PLAIN_H

#include "page/charset.h"

/* Whether the page is plain text: by its content type, else by its first bytes, which hold no tag.
 */
bool sf_plain_is(sf_str bytes, sf_str content_type);

/* Fills text, map, blocks, title, published and published_from; nothing else. The first line may
 * begin with "date YYYY-MM-DD": the day of publication. What follows it on that line is the title
 * if it reads like a headline and stands alone, else text. A first Markdown heading of level one is
 * the title. */
void sf_plain_clip(sf_arena *arena, const sf_decoded *decoded, sofar_clipping *out);

#endif
