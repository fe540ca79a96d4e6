/* page: bytes -> clipping. The room's one door.
 *
 * In:  a sofar_page (original bytes of one document and what its container said of it).
 * Out: a sofar_clipping in the arena: canonical text with blocks and the map back to the original
 * bytes; title, byline, outlet, publication and update day, language, canonical URL.
 *
 * Inside, in the order of the data: charset.h (bytes -> UTF-8 with offsets kept), dom.h (UTF-8 ->
 * flat tree), flow.h (tree -> text blocks), body.h (blocks -> the ones written for this story),
 * canon.h (chosen blocks -> canonical text and source map), meta.h (tree -> title, byline, day
 * ...), plain.c (the same from plain and Markdown-ish text).
 */
#ifndef SF_PAGE_H
#define SF_PAGE_H

#include "base/base.h"

/* Never fails but for memory (escape of the arena); a strange page gives notes. max_page_bytes is
 * checked by the caller. */
void sf_page_clip(sf_arena *arena, const sofar_page *page, sofar_clipping *out);

/* Adds a line to out->notes. */
void sf_page_note(sf_arena *arena, sofar_clipping *out, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
