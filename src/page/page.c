/* The room's composition: bytes -> UTF-8 -> tree -> blocks -> story. */
#include "page/page.h"

#include <stdio.h>

#include "page/body.h"
#include "page/canon.h"
#include "page/charset.h"
#include "page/meta.h"
#include "page/plain.h"

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

/* The text says little of itself: the rest is the container's word, and the user's day wins. */
static void clip_plain(sf_arena *arena, const sofar_page *page, const sf_decoded *decoded,
                       sofar_clipping *out) {
    sf_plain_clip(arena, decoded, out);
    out->url = page->url;
    out->outlet = page->outlet;
    out->updated = page->updated;
    if (!out->title.ptr)
        out->title = page->title;
    if (page->byline.ptr) {
        out->byline = SF_NEW(arena, sf_str);
        out->byline[0] = page->byline;
        out->byline_count = 1;
    }
    sf_date date;
    if (page->date.ptr && sf_date_parse(page->date, &date)) {
        out->published = sf_date_format(arena, date);
        out->published_from = SOFAR_FROM_GIVEN;
    } else if (!out->published.ptr && page->published.ptr &&
               sf_date_parse(page->published, &date)) {
        out->published = sf_date_format(arena, date);
        out->published_from = SOFAR_FROM_META;
    }
}

void sf_page_clip(sf_arena *arena, const sofar_page *page, sofar_clipping *out) {
    *out = (sofar_clipping){.file = page->file};
    sf_sha256_hex(page->bytes, out->sha256);
    bool html = !sf_str_starts_ci(page->content_type, SF_STR("text/plain"));
    sf_decoded decoded = sf_charset_decode(arena, page->bytes, page->content_type, html);
    bool plain = sf_plain_is(decoded.text, page->content_type);
    if (decoded.note.ptr)
        sf_page_note(arena, out, "%.*s", SF_ARG(decoded.note));
    if (plain)
        clip_plain(arena, page, &decoded, out);
    else
        clip_html(arena, page, &decoded, out);
    if (memchr(decoded.text.ptr ? decoded.text.ptr : "", 0, decoded.text.len))
        sf_page_note(arena, out, "the page holds NUL bytes, which were passed over");
    if (out->text.len == 0)
        sf_page_note(arena, out, "no text found");
    if (!out->published.ptr)
        sf_page_note(arena, out, "no publication date found; give one with --date");
}
