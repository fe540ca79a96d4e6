/* The gist of a page; the order of the work. */
#include "gist/gist.h"

static sf_span sentence_of(const sf_text *text, sf_span span) {
    size_t low = 0, high = text->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->sentences[middle].span.end <= span.begin)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < text->sentence_count && sf_span_contains(text->sentences[low].span, span);
    return inside ? text->sentences[low].span : (sf_span){0, 0};
}

/* A made reading, or one that a store gives back, has not kept the sentences. */
static void find_sentences(sf_arena *arena, const sofar_reading *r, sf_gist *out) {
    const sofar_clipping *c = &r->clipping;
    out->sentences = SF_ARRAY(arena, sf_span, r->times.count);
    if (!r->times.count)
        return;
    const sf_text *text =
        r->text ? r->text : sf_text_split(arena, c->text, c->blocks, c->block_count);
    for (size_t i = 0; i < r->times.count; i++)
        out->sentences[i] = sentence_of(text, r->times.at[i].span);
}

void sf_gist_make(sf_arena *arena, const sofar_reading *r, sf_gist *out) {
    *out = (sf_gist){0};
    find_sentences(arena, r, out);
    out->relays = SF_ARRAY(arena, sf_relays, r->facts.count);
    if (!r->facts.count)
        return;
    sf_folded_words words = sf_text_fold_each(arena, r->clipping.text);
    sf_gist_sample(arena, &words, out);
    sf_gist_relays(arena, r, &words, out);
}
