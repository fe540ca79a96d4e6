/* story: the first line is a name, the rest a text. Every occurrence lies in the text, on character
 * boundaries, in order, and reads like the name; normalised words are their own normal form. */
#include <stdlib.h>

#include "story/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds)
        abort();
}

static bool boundary(sf_str text, uint32_t at) {
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void look(sf_arena *arena, sf_str name, sf_str text, sf_fold level) {
    sf_spans found = {0};
    sf_folded needle = sf_text_fold(arena, name, level);
    demand(needle.at[needle.text.len] == name.len);
    sf_text_fold_find(arena, text, needle.text, level, &found);
    for (size_t i = 0; i < found.count; i++) {
        sf_span span = found.at[i];
        demand(span.begin < span.end && span.end <= text.len);
        demand(i == 0 || found.at[i - 1].begin < span.begin);
        demand(sf_str_equal(sf_text_fold(arena, sf_span_of(text, span), level).text, needle.text));
        if (sf_utf8_valid(text, NULL))
            demand(boundary(text, span.begin) && boundary(text, span.end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_str all = {(const char *)data, size};
    size_t line = sf_str_find(all, SF_STR("\n"), 0);
    if (line != SIZE_MAX) {
        sf_str name = sf_str_sub(all, 0, line), text = sf_str_sub(all, line + 1, size);
        look(&arena, name, text, SF_FOLD_TYPE);
        look(&arena, name, text, SF_FOLD_ALL);
    }
    sf_str words = sf_text_fold_words(&arena, all);
    demand(sf_utf8_valid(words, NULL));
    demand(sf_str_equal(sf_text_fold_words(&arena, words), words));
    sf_arena_clear(&arena);
    return 0;
}
