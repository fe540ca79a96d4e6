/* The analysis turned round: heads point up, here one can look down. Every pass is over tokens or
 * sentences, so all is linear, whatever the trees look like. */
#include "quote/syntax.h"

enum { CHILDREN = 64 }; /* dependents looked at */

static uint8_t *parts(sf_arena *arena, const sf_model *model, uint32_t count) {
    static const struct {
        const char *word;
        sf_part part;
    } names[] = {{"source", SF_PART_SOURCE}, {"cue", SF_PART_CUE}, {"content", SF_PART_CONTENT}};
    uint8_t *out = SF_ARRAY(arena, uint8_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        sf_str class = sf_model_attribution(model, i);
        if (class.len < 2)
            continue;
        for (size_t k = 0; k < SF_LEN(names); k++)
            if (sf_str_equal(sf_str_sub(class, 2, class.len), sf_str_of(names[k].word)))
                out[i] = (uint8_t)names[k].part;
        if (class.ptr[0] == 'B')
            out[i] |= SF_PART_BEGINS;
    }
    return out;
}

/* Every token under its head; dependents come out in order. */
static void hang(sf_syntax *t, const sf_model_sentence *s) {
    uint32_t end = s->first_token + s->token_count, root = s->first_token;
    for (uint32_t i = end; i-- > s->first_token;) {
        uint32_t head = t->tokens[i].head;
        if (head == SF_NONE || head < s->first_token || head >= end || head == i) {
            root = i;
            continue;
        }
        t->next[i] = t->child[head];
        t->child[head] = i;
    }
    for (uint32_t i = s->first_token; i < end; i++)
        t->root[i] = root;
}

/* The stretch of each subtree: from the leaves upwards, a token when its last dependent is done. */
static void stretch(sf_syntax *t, const sf_model_sentence *s, uint32_t *waiting) {
    uint32_t end = s->first_token + s->token_count;
    for (uint32_t i = s->first_token; i < end; i++) {
        t->left[i] = i, t->right[i] = i + 1;
        waiting[i] = 0;
    }
    for (uint32_t i = s->first_token; i < end; i++)
        for (uint32_t c = t->child[i]; c != SF_NONE; c = t->next[c])
            waiting[i]++;
    for (uint32_t leaf = s->first_token; leaf < end; leaf++) {
        if (t->child[leaf] != SF_NONE)
            continue;
        for (uint32_t i = leaf; i != t->root[i];) {
            uint32_t head = t->tokens[i].head;
            if (t->left[i] < t->left[head])
                t->left[head] = t->left[i];
            if (t->right[i] > t->right[head])
                t->right[head] = t->right[i];
            if (--waiting[head] > 0)
                break;
            i = head;
        }
    }
}

static void place_words(sf_syntax *t, const sf_text *text) {
    uint32_t token = 0;
    for (uint32_t w = 0; w <= text->word_count; w++) {
        while (w < text->word_count && token < text->token_count &&
               text->tokens[token].span.begin < text->words[w].span.begin)
            token++;
        t->word_token[w] = w < text->word_count ? token : text->token_count;
    }
}

sf_syntax *sf_syntax_make(sf_arena *arena, const sf_text *text, const sf_model *model,
                          const sf_analysis *analysis) {
    uint32_t n = analysis->token_count;
    sf_model_facts about = sf_model_about(model);
    sf_syntax *t = SF_NEW(arena, sf_syntax);
    *t = (sf_syntax){.text = text,
                     .model = model,
                     .tokens = analysis->tokens,
                     .token_count = n,
                     .child = SF_ARRAY(arena, uint32_t, n + 1),
                     .next = SF_ARRAY(arena, uint32_t, n + 1),
                     .left = SF_ARRAY(arena, uint32_t, n + 1),
                     .right = SF_ARRAY(arena, uint32_t, n + 1),
                     .root = SF_ARRAY(arena, uint32_t, n + 1),
                     .word_token = SF_ARRAY(arena, uint32_t, text->word_count + 1),
                     .parts = parts(arena, model, about.attributions),
                     .part_count = about.attributions};
    uint32_t *waiting = SF_ARRAY(arena, uint32_t, n + 1);
    memset(t->child, 0xFF, sizeof(uint32_t) * ((size_t)n + 1));
    memset(t->next, 0xFF, sizeof(uint32_t) * ((size_t)n + 1));
    for (uint32_t i = 0; i < analysis->sentence_count; i++) {
        hang(t, &analysis->sentences[i]);
        stretch(t, &analysis->sentences[i], waiting);
    }
    place_words(t, text);
    return t;
}

uint32_t sf_syntax_child(const sf_syntax *t, uint32_t token, sf_arcs set) {
    uint32_t c = t->child[token];
    for (int i = 0; c != SF_NONE && i < CHILDREN; i++, c = t->next[c])
        if (sf_syntax_rel(t, c, set))
            return c;
    return SF_NONE;
}
