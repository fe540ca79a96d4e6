/* An analysis made by hand: names by a rule of the test's own, so that what builds on the model can
 * be tried on any text, fast and without the model's file. */
#ifndef ANALYSIS_KIT_H
#define ANALYSIS_KIT_H

#include "model/inner.h"

/* A model that only spells its classes: PROPN (0), NOUN (1), VERB and PRON, names of
 * every kind. */
static inline const sf_model *kit_model(void) {
    static sf_str tags[] = {SOFAR_STR("PROPN|_"), SOFAR_STR("NOUN|_"),
                            SOFAR_STR("VERB|Tense=Past|VerbForm=Fin"), SOFAR_STR("PRON|_")};
    static sf_str names[] = {SOFAR_STR("O"),
                             SOFAR_STR("B-person"),
                             SOFAR_STR("I-person"),
                             SOFAR_STR("B-organization"),
                             SOFAR_STR("I-organization"),
                             SOFAR_STR("B-place"),
                             SOFAR_STR("I-place"),
                             SOFAR_STR("B-work"),
                             SOFAR_STR("I-work")};
    static sf_str attributions[] = {
        SOFAR_STR("O"),     SOFAR_STR("B-source"),  SOFAR_STR("I-source"), SOFAR_STR("B-cue"),
        SOFAR_STR("I-cue"), SOFAR_STR("B-content"), SOFAR_STR("I-content")};
    static sf_str labels[] = {
        SOFAR_STR("dep"),   SOFAR_STR("nsubj"), SOFAR_STR("nsubj:pass"), SOFAR_STR("obj"),
        SOFAR_STR("ccomp"), SOFAR_STR("advcl"), SOFAR_STR("acl:relcl"),  SOFAR_STR("acl"),
        SOFAR_STR("conj"),  SOFAR_STR("appos"), SOFAR_STR("parataxis"),  SOFAR_STR("punct"),
        SOFAR_STR("nmod"),  SOFAR_STR("flat"),  SOFAR_STR("nmod:poss"),  SOFAR_STR("xcomp")};
    static sf_str lemmas[] = {SOFAR_STR("l0:")}; /* the form, in lower case */
    static uint8_t arcs[SF_LEN(labels)], pos[SF_LEN(tags)];
    static uint16_t features[SF_LEN(tags)];
    static sf_model model = {.kernel = &sf_kernel_plain,
                             .tag_count = SF_LEN(tags),
                             .name_count = SF_LEN(names),
                             .attribution_count = SF_LEN(attributions),
                             .label_count = SF_LEN(labels),
                             .lemma_count = SF_LEN(lemmas),
                             .classes = {.tags = tags,
                                         .names = names,
                                         .attributions = attributions,
                                         .labels = labels,
                                         .lemmas = lemmas},
                             .grammar = {arcs, pos, features}};
    sf_grammar_learn(&model, &model.grammar);
    return &model;
}

/* The class of a token's name, less than the model's name_count; `before`: that of the token before
 * it. */
typedef uint8_t kit_name_of(sf_str token, uint8_t before);

/* The text's sentences; in each, every token hangs on the one before it. */
static inline void kit_sentences(sf_arena *arena, const sf_text *text, sf_analysis *out) {
    out->sentences = SF_ARRAY(arena, sf_model_sentence, text->sentence_count + 1);
    uint32_t t = 0;
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const sf_sentence *s = &text->sentences[i];
        sf_model_sentence made = {.first_token = t, .block = s->block};
        for (; t < text->token_count && text->tokens[t].word < s->first_word + s->word_count; t++)
            out->tokens[t].head = t == made.first_token ? SF_NONE : t - 1;
        made.token_count = t - made.first_token;
        if (made.token_count)
            out->sentences[out->sentence_count++] = made;
    }
}

/* Names, parts of speech and plain trees; the text's tokens are made, too. */
static inline sf_analysis *kit_analyse(sf_arena *arena, sf_text *text, kit_name_of *name_of) {
    sf_text_tokens(arena, text);
    sf_analysis *out = SF_NEW(arena, sf_analysis);
    out->token_count = text->token_count;
    out->tokens = SF_ARRAY(arena, sf_model_token, text->token_count + 1);
    for (uint32_t i = 0; i < text->token_count; i++) {
        sf_str token = sf_token_of(text, i);
        bool capital = token.ptr[0] >= 'A' && token.ptr[0] <= 'Z';
        sf_model_token *t = &out->tokens[i];
        t->tag = capital ? 0 : 1;
        t->name = name_of(token, i ? out->tokens[i - 1].name : 0);
        t->name_margin = 5;
    }
    kit_sentences(arena, text, out);
    return out;
}

/* Another tree for every sentence, and classes without sense; what comes depends on the text and
 * the seed alone. Heads stand before or, in every second sentence, behind what hangs on them. */
static inline void kit_wild(const sf_text *text, sf_analysis *analysis, uint64_t seed) {
    const sf_model *m = kit_model();
    for (uint32_t k = 0; k < analysis->sentence_count; k++) {
        uint32_t first = analysis->sentences[k].first_token;
        uint32_t count = analysis->sentences[k].token_count;
        for (uint32_t i = 0; i < count; i++) {
            uint64_t hash =
                sf_str_hash(sf_token_of(text, first + i)) ^ seed ^ (i * 0x9E3779B97F4Au);
            hash = hash * 0xBF58476D1CE4E5B9u >> 20;
            uint32_t at = k % 2 ? count - 1 - i : i, above = i ? (uint32_t)(hash % i) : 0;
            sf_model_token *t = &analysis->tokens[first + at];
            t->head = i == 0 ? SF_NONE : first + (k % 2 ? count - 1 - above : above);
            t->label = (uint16_t)(hash / 7 % m->label_count);
            t->tag = (uint16_t)(hash / 13 % m->tag_count);
            t->attribution = (uint8_t)(hash / 31 % m->attribution_count);
        }
    }
}

#endif
