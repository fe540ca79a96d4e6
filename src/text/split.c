#include "text/text.h"

sf_text *sf_text_split(sf_arena *arena, sf_str text, const sofar_block *blocks,
                       size_t block_count) {
    (void)blocks, (void)block_count;
    sf_text *out = SF_NEW(arena, sf_text);
    out->text = text;
    return out;
}
