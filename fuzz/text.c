/* text: any bytes into words, sentences, tokens and pieces; every span inside, in order, nothing
 * but space left out. */
#include <stdlib.h>

#include "text/piece.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds)
        abort();
}

/* The tokens cover the words' bytes, each once, and no token crosses a sentence. */
static void check_tokens(const sf_text *text) {
    uint32_t word = 0, sentence = 0, at = 0;
    for (uint32_t i = 0; i < text->token_count; i++) {
        const sf_token *t = &text->tokens[i];
        demand(word < text->word_count && t->word == word);
        const sf_word *w = &text->words[word];
        demand(t->span.begin == (at > w->span.begin ? at : w->span.begin));
        demand(t->space == (t->span.begin == w->span.begin && w->space));
        at = t->span.end;
        demand(at > t->span.begin);
        while (word < text->word_count && text->words[word].span.end <= at) {
            word++;
            demand(word == text->word_count || text->words[word].span.begin >= at ||
                   text->words[word].span.begin == text->words[word - 1].span.end);
        }
        while (text->sentences[sentence].span.end <= t->span.begin)
            sentence++;
        demand(at <= text->sentences[sentence].span.end);
    }
    demand(word == text->word_count);
}

/* Made at the first call and kept. */
static const sf_vocab *vocabulary(void) {
    static sf_arena arena;
    static const sf_vocab *vocab;
    if (!vocab) {
        sf_arena_init(&arena, NULL, NULL);
        vocab = sf_vocab_of(&arena, SF_STR("a\nb\nab\n##a\n##b\n##ab\n.\n-\n'\ntide\n##s\n1\n##2"));
    }
    return vocab;
}

static void check_pieces(const sf_vocab *vocab, const sf_text *text) {
    for (uint32_t i = 0; i < text->token_count; i++) {
        uint32_t ids[SF_PIECE_MOST];
        uint32_t count = sf_pieces(vocab, sf_token_of(text, i), ids);
        demand(count > 0 && count <= SF_PIECE_MOST);
        for (uint32_t k = 0; k < count; k++)
            demand(ids[k] < vocab->count || ids[k] == SF_PIECE_UNKNOWN);
        demand(sf_piece_shape(sf_token_of(text, i), text->tokens[i].space) < SF_SHAPE_EDGE);
    }
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
    sf_text_tokens(&arena, text);
    check_tokens(text);
    check_pieces(vocabulary(), text);
    sf_arena_clear(&arena);
    return 0;
}
