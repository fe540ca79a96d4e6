#include "page/page.h"

#include <stdio.h>

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

void sf_page_clip(sf_arena *arena, const sofar_page *page, sofar_clipping *out) {
    *out = (sofar_clipping){
        .file = page->file, .url = page->url, .outlet = page->outlet, .title = page->title};
    sf_sha256_hex(page->bytes, out->sha256);
    out->text = page->bytes;
    if (page->date.ptr) {
        out->published = page->date;
        out->published_from = SOFAR_FROM_GIVEN;
    }
    out->blocks = SF_NEW(arena, sofar_block);
    out->blocks[0].span = (sf_span){0, (uint32_t)page->bytes.len};
    out->block_count = 1;
    out->map = SF_NEW(arena, sofar_map_row);
    out->map[0] = (sofar_map_row){0, (uint32_t)page->bytes.len, 0, (uint32_t)page->bytes.len};
    out->map_count = 1;
}
