/* The classes in words: lines of the model's text sections, found once at opening. */
#include "model/decode.h"
#include "model/inner.h"

#include <stdlib.h>

/* The first `count` lines of a text that was checked to have so many; gives where the next list
 * goes. */
static sf_str *lines(sf_str text, uint32_t count, sf_str *out) {
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t end = sf_str_find(text, SF_STR("\n"), at);
        *out++ = sf_str_sub(text, at, end);
        at = end + 1;
    }
    return out;
}

bool sf_classes_open(sf_model *m) {
    sf_classes *c = &m->classes;
    size_t count = (size_t)m->tag_count + m->lemma_count + m->name_count + m->attribution_count +
                   m->label_count;
    c->tags = malloc(count * sizeof *c->tags);
    if (!c->tags)
        return false;
    c->lemmas = lines(m->tags, m->tag_count, c->tags);
    c->names = lines(m->lemmas, m->lemma_count, c->lemmas);
    c->attributions = lines(m->names, m->name_count, c->names);
    c->labels = lines(m->attributions, m->attribution_count, c->attributions);
    lines(m->labels, m->label_count, c->labels);
    c->root = SF_NONE;
    for (uint32_t i = 0; i < m->label_count && c->root == SF_NONE; i++)
        if (sf_str_equal(c->labels[i], SF_STR("root")))
            c->root = i;
    return true;
}

void sf_classes_close(sf_model *m) { free(m->classes.tags); }

sf_str sf_model_upos(const sf_model *m, uint32_t tag) {
    sf_str text = m->classes.tags[tag];
    return sf_str_sub(text, 0, sf_str_find(text, SF_STR("|"), 0));
}

sf_str sf_model_features(const sf_model *m, uint32_t tag) {
    sf_str text = m->classes.tags[tag];
    size_t bar = sf_str_find(text, SF_STR("|"), 0);
    sf_str rest = bar == SIZE_MAX ? SF_ABSENT : sf_str_sub(text, bar + 1, text.len);
    return rest.len == 0 || sf_str_equal(rest, SF_STR("_")) ? SF_ABSENT : rest;
}

sf_str sf_model_label(const sf_model *m, uint32_t label) { return m->classes.labels[label]; }
sf_str sf_model_name(const sf_model *m, uint32_t name) { return m->classes.names[name]; }

sf_str sf_model_attribution(const sf_model *m, uint32_t attribution) {
    return m->classes.attributions[attribution];
}

sf_str sf_model_lemma(const sf_model *m, sf_arena *arena, uint32_t lemma, sf_str form) {
    return sf_decode_lemma(arena, m->classes.lemmas[lemma], form);
}
