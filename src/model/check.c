/* What every analysis keeps to, whatever the text and the model are. */
#include "model/model.h"

static bool follows(uint32_t class, uint32_t before) {
    return class % 2 == 1 || class == 0 || before == class || before == class - 1;
}

/* A tree with one root over the sentence's tokens, and names that lie within it. */
static const char *check_sentence(const sf_analysis *a, const sf_model_sentence *s) {
    uint32_t roots = 0, name = 0, end = s->first_token + s->token_count;
    for (uint32_t i = s->first_token; i < end; i++) {
        uint32_t at = i, steps = 0;
        for (; at != SF_NONE && steps <= s->token_count; steps++) {
            if (at < s->first_token || at >= end)
                return "a head is outside its sentence";
            at = a->tokens[at].head;
        }
        if (at != SF_NONE)
            return "a sentence is no tree";
        roots += a->tokens[i].head == SF_NONE;
        if (!follows(a->tokens[i].name, name))
            return "a name has no begin";
        name = a->tokens[i].name;
    }
    return roots == 1 ? NULL : "a sentence has not one root";
}

static const char *check_classes(const sf_model *model, const sf_analysis *a) {
    sf_model_facts f = sf_model_about(model);
    uint32_t attribution = 0;
    for (uint32_t i = 0; i < a->token_count; i++) {
        const sf_model_token *t = &a->tokens[i];
        if (t->tag >= f.tags || t->lemma >= f.lemmas || t->label >= f.labels ||
            t->name >= f.names || t->attribution >= f.attributions)
            return "a class is none of the model's";
        if (!follows(t->attribution, attribution))
            return "attributed words have no begin";
        attribution = t->attribution;
    }
    return NULL;
}

/* Each sentence lies in the block that it names. */
static const char *check_blocks(const sf_text *text, const sf_analysis *a) {
    const sf_sentence *rule = text->sentences; /* the rules' sentence that holds the token */
    for (uint32_t i = 0; i < a->sentence_count; i++) {
        const sf_model_sentence *s = &a->sentences[i];
        for (uint32_t t = s->first_token; t < s->first_token + s->token_count; t++) {
            while (text->tokens[t].word >= rule->first_word + rule->word_count)
                rule++;
            if (rule->block != s->block)
                return "a sentence is outside its block";
        }
    }
    return NULL;
}

const char *sf_analysis_check(const sf_model *model, const sf_text *text, const sf_analysis *a) {
    uint32_t next = 0;
    if (a->token_count != text->token_count)
        return "not every token is told";
    for (uint32_t i = 0; i < a->sentence_count; i++) {
        const sf_model_sentence *s = &a->sentences[i];
        if (s->first_token != next || s->token_count == 0 || s->token_count > a->token_count - next)
            return "the sentences do not lie side by side";
        next += s->token_count;
        const char *fault = check_sentence(a, s);
        if (fault)
            return fault;
    }
    if (next != a->token_count)
        return "the sentences do not hold every token";
    const char *fault = check_blocks(text, a);
    return fault ? fault : check_classes(model, a);
}
