/* The room's composition: bytes -> UTF-8 -> tree -> blocks -> story. */
#include "page/page.h"

#include <stdio.h>

#include "page/body.h"
#include "page/canon.h"
#include "page/charset.h"
#include "page/meta.h"

void sf_page_note(sf_arena *arena, sofar_clipping *out, const char *format, ...) {
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    out->notes = sf_grow(arena, out->notes, out->note_count * sizeof *out->notes,
                         (out->note_count + 1) * sizeof *out->notes);
    out->notes[out->note_count++] = sf_str_copy(arena, sf_str_of(line));
}

static void clip_html(sf_arena *arena, const sofar_page *page, const sf_decoded *decoded,
                      sofar_clipping *out) {
    sf_dom *dom = sf_dom_parse(arena, decoded->text);
    sf_flow flow = sf_flow_of(arena, dom);
    if (dom->note.ptr)
        sf_page_note(arena, out, "%.*s", SF_ARG(dom->note));
    sf_meta_find(arena, dom, &flow, page, out);
    uint8_t *keep = sf_body_choose(arena, dom, &flow, out->title);
    uint32_t lost = sf_canon_compose(arena, dom, decoded, &flow, keep, out);
    if (lost)
        sf_page_note(arena, out, "%u stretches of text could be traced only roughly", lost);
}

void sf_page_clip(sf_arena *arena, const sofar_page *page, sofar_clipping *out) {
    *out = (sofar_clipping){.file = page->file};
    sf_sha256_hex(page->bytes, out->sha256);
    sf_decoded decoded = sf_charset_decode(arena, page->bytes, page->content_type, true);
    if (decoded.note.ptr)
        sf_page_note(arena, out, "%.*s", SF_ARG(decoded.note));
    clip_html(arena, page, &decoded, out);
    if (out->text.len == 0)
        sf_page_note(arena, out, "no text found");
    if (!out->published.ptr)
        sf_page_note(arena, out, "no publication date found; give one with --date");
}
