/* text: any bytes into words; every span inside, in order, nothing but space left out. */
#include <stdlib.h>

#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_text *text = sf_text_split(&arena, (sf_str){(const char *)data, size}, NULL, 0);
    uint32_t at = 0, word = 0;
    for (uint32_t i = 0; i < text->word_count; i++) {
        sf_span span = text->words[i].span;
        demand(span.begin >= at && span.begin < span.end && span.end <= size);
        for (; at < span.begin; at++) /* only white space and ignorable characters */
            demand(sf_is_space((char)data[at]) || data[at] >= 0x80);
        at = span.end;
    }
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const sf_sentence *s = &text->sentences[i];
        demand(s->first_word == word && s->word_count > 0);
        word += s->word_count;
        demand(s->span.begin == text->words[s->first_word].span.begin &&
               s->span.end == text->words[word - 1].span.end);
    }
    demand(word == text->word_count);
    sf_arena_clear(&arena);
    return 0;
}
