/* Marks, cues and names over any text: the input is a plain text page; blank lines part blocks.
 * What the model says of a token is anything, legal or not. */
#include <stdlib.h>

#include "../tests/analysis_kit.h"

#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t name_of(sf_str token, uint8_t before) {
    uint64_t hash = sf_str_hash(token) + before;
    return (uint8_t)(hash % 3 ? hash / 3 % kit_model()->name_count : 0);
}

static bool inside(sf_str text, sf_span s) { return s.begin < s.end && s.end <= text.len; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_str text = {(const char *)data, size};
    if (size == 0 || size > 1 << 20 || !sf_utf8_valid(text, NULL))
        return 0;
    jmp_buf escape;
    sf_arena arena;
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape)) {
        sf_arena_clear(&arena);
        return 0;
    }
    sf_vec(sofar_block) blocks = {0};
    for (size_t at = 0; at < size;) {
        size_t end = sf_str_find(text, SF_STR("\n\n"), at);
        if (end == SIZE_MAX)
            end = size;
        if (end > at) {
            sofar_block block = {SOFAR_BLOCK_PARAGRAPH, {(uint32_t)at, (uint32_t)end}};
            *SF_PUSH(&arena, &blocks) = block;
        }
        at = end + 2;
    }
    sofar_clipping clipping = {.text = text, .blocks = blocks.at, .block_count = blocks.count};
    sf_text *words = sf_text_split(&arena, text, blocks.at, blocks.count);
    sf_analysis *analysis = kit_analyse(&arena, words, name_of);
    if (size % 3)
        kit_wild(words, analysis, size);
    for (uint32_t i = 0; i < analysis->token_count; i++)
        analysis->tokens[i].name_margin = (float)(sf_str_hash(sf_token_of(words, i)) % 13) - 3;
    sf_people people = sf_who_find(&arena, words, &clipping, kit_model(), analysis);
    sf_times times = {0};
    sf_quotes quotes =
        sf_quote_find(&arena, words, &clipping, kit_model(), analysis, &people, &times);
    uint32_t at = 0;
    for (size_t i = 0; i < people.name_count; i++) {
        if (!inside(text, people.names[i].span) || people.names[i].span.begin < at ||
            people.names[i].subject >= people.subject_count)
            abort();
        at = people.names[i].span.end;
    }
    for (size_t i = 0; i < quotes.count; i++) {
        const sofar_quote *q = &quotes.at[i];
        if (q->span_count == 0)
            abort();
        for (size_t k = 0; k < q->span_count; k++)
            if (!inside(text, q->spans[k]) || (k > 0 && q->spans[k].begin < q->spans[k - 1].end))
                abort();
        if (q->speaker_span.end > size || q->cue.end > size)
            abort();
    }
    sf_arena_clear(&arena);
    return 0;
}
