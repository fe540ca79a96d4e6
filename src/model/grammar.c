#include "model/inner.h"

#include <stdlib.h>

typedef struct word {
    const char *spelling;
    int value;
} word;

static const word arcs[] = {
    {"root", SF_ARC_ROOT},
    {"nsubj", SF_ARC_NSUBJ},
    {"nsubj:pass", SF_ARC_NSUBJ_PASS},
    {"nsubj:outer", SF_ARC_NSUBJ_OUTER},
    {"csubj", SF_ARC_CSUBJ},
    {"csubj:pass", SF_ARC_CSUBJ_PASS},
    {"csubj:outer", SF_ARC_CSUBJ_OUTER},
    {"obj", SF_ARC_OBJ},
    {"iobj", SF_ARC_IOBJ},
    {"ccomp", SF_ARC_CCOMP},
    {"xcomp", SF_ARC_XCOMP},
    {"obl", SF_ARC_OBL},
    {"obl:agent", SF_ARC_OBL_AGENT},
    {"obl:unmarked", SF_ARC_OBL_UNMARKED},
    {"obl:tmod", SF_ARC_OBL_UNMARKED},
    {"obl:npmod", SF_ARC_OBL_UNMARKED},
    {"advcl", SF_ARC_ADVCL},
    {"advcl:relcl", SF_ARC_ADVCL_RELCL},
    {"advmod", SF_ARC_ADVMOD},
    {"nmod", SF_ARC_NMOD},
    {"nmod:poss", SF_ARC_NMOD_POSS},
    {"nmod:unmarked", SF_ARC_NMOD_UNMARKED},
    {"nmod:tmod", SF_ARC_NMOD_UNMARKED},
    {"nmod:npmod", SF_ARC_NMOD_UNMARKED},
    {"nmod:desc", SF_ARC_NMOD_DESC},
    {"amod", SF_ARC_AMOD},
    {"acl", SF_ARC_ACL},
    {"acl:relcl", SF_ARC_RELCL},
    {"appos", SF_ARC_APPOS},
    {"nummod", SF_ARC_NUMMOD},
    {"compound", SF_ARC_COMPOUND},
    {"compound:prt", SF_ARC_PRT},
    {"flat", SF_ARC_FLAT},
    {"fixed", SF_ARC_FIXED},
    {"conj", SF_ARC_CONJ},
    {"cc", SF_ARC_CC},
    {"cc:preconj", SF_ARC_CC_PRECONJ},
    {"case", SF_ARC_CASE},
    {"mark", SF_ARC_MARK},
    {"aux", SF_ARC_AUX},
    {"aux:pass", SF_ARC_AUX_PASS},
    {"cop", SF_ARC_COP},
    {"det", SF_ARC_DET},
    {"det:predet", SF_ARC_DET_PREDET},
    {"punct", SF_ARC_PUNCT},
    {"parataxis", SF_ARC_PARATAXIS},
    {"expl", SF_ARC_EXPL},
    {"discourse", SF_ARC_DISCOURSE},
    {"vocative", SF_ARC_VOCATIVE},
    {"list", SF_ARC_LIST},
    {"orphan", SF_ARC_ORPHAN},
};

static const word parts[] = {
    {"NOUN", SF_POS_NOUN},   {"PROPN", SF_POS_PROPN}, {"PRON", SF_POS_PRON},
    {"VERB", SF_POS_VERB},   {"AUX", SF_POS_AUX},     {"ADJ", SF_POS_ADJ},
    {"ADV", SF_POS_ADV},     {"ADP", SF_POS_ADP},     {"DET", SF_POS_DET},
    {"NUM", SF_POS_NUM},     {"PART", SF_POS_PART},   {"CCONJ", SF_POS_CCONJ},
    {"SCONJ", SF_POS_SCONJ}, {"PUNCT", SF_POS_PUNCT}, {"SYM", SF_POS_SYM},
    {"INTJ", SF_POS_INTJ},
};

static const word features[] = {
    {"Tense=Past", SF_IS_PAST},     {"Tense=Pres", SF_IS_PRESENT},
    {"VerbForm=Fin", SF_IS_FINITE}, {"VerbForm=Inf", SF_IS_INFINITIVE},
    {"VerbForm=Ger", SF_IS_GERUND}, {"VerbForm=Part", SF_IS_PARTICIPLE},
    {"Mood=Imp", SF_IS_IMPERATIVE}, {"Number=Plur", SF_IS_PLURAL},
    {"Person=1", SF_IS_FIRST},      {"Person=2", SF_IS_SECOND},
};

static int value_of(const word *words, size_t count, sf_str spelling) {
    for (size_t i = 0; i < count; i++)
        if (sf_str_equal(spelling, sf_str_of(words[i].spelling)))
            return words[i].value;
    return 0;
}

static uint8_t arc_of(sf_str label) {
    int arc = value_of(arcs, SF_LEN(arcs), label);
    size_t colon = sf_str_find(label, SF_STR(":"), 0);
    if (!arc && colon != SIZE_MAX)
        arc = value_of(arcs, SF_LEN(arcs), sf_str_sub(label, 0, colon));
    return (uint8_t)arc;
}

static uint16_t features_of(sf_str all) {
    int bits = 0;
    while (all.len) {
        size_t bar = sf_str_find(all, SF_STR("|"), 0);
        size_t end = bar == SIZE_MAX ? all.len : bar;
        bits |= value_of(features, SF_LEN(features), sf_str_sub(all, 0, end));
        all = sf_str_sub(all, end + (end < all.len), all.len);
    }
    return (uint16_t)bits;
}

void sf_grammar_learn(const sf_model *m, sf_grammar *out) {
    for (uint32_t i = 0; i < m->label_count; i++)
        out->arcs[i] = arc_of(sf_model_label(m, i));
    for (uint32_t i = 0; i < m->tag_count; i++) {
        out->pos[i] = (uint8_t)value_of(parts, SF_LEN(parts), sf_model_upos(m, i));
        out->features[i] = features_of(sf_model_features(m, i));
    }
}

bool sf_grammar_open(sf_model *m) {
    sf_grammar *g = &m->grammar;
    g->features = malloc(m->tag_count * sizeof *g->features + m->tag_count + m->label_count);
    if (!g->features)
        return false;
    g->pos = (uint8_t *)(g->features + m->tag_count);
    g->arcs = g->pos + m->tag_count;
    sf_grammar_learn(m, g);
    return true;
}

void sf_grammar_close(sf_model *m) { free(m->grammar.features); }

sf_arc sf_model_arc(const sf_model *m, uint32_t label) { return (sf_arc)m->grammar.arcs[label]; }
sf_pos sf_model_pos(const sf_model *m, uint32_t tag) { return (sf_pos)m->grammar.pos[tag]; }
unsigned sf_model_traits(const sf_model *m, uint32_t tag) { return m->grammar.features[tag]; }
