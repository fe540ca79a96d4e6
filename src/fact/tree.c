/* The model spells its classes; each is looked up once a page, not once a token. */
#include "fact/tree.h"

typedef struct word {
    const char *spelling;
    int value;
} word;

static const word arcs[] = {
    {"root", SF_ARC_ROOT},
    {"nsubj", SF_ARC_NSUBJ},
    {"nsubj:pass", SF_ARC_NSUBJ_PASS},
    {"csubj", SF_ARC_CSUBJ},
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
    {"case", SF_ARC_CASE},
    {"mark", SF_ARC_MARK},
    {"aux", SF_ARC_AUX},
    {"aux:pass", SF_ARC_AUX_PASS},
    {"cop", SF_ARC_COP},
    {"det", SF_ARC_DET},
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

sf_tree *sf_tree_new(sf_arena *arena, const sf_text *text, const sf_model *model,
                     const sf_analysis *analysis) {
    sf_model_facts about = sf_model_about(model);
    uint8_t *arc = SF_ARRAY(arena, uint8_t, about.labels);
    uint8_t *pos = SF_ARRAY(arena, uint8_t, about.tags);
    uint16_t *bits = SF_ARRAY(arena, uint16_t, about.tags);
    for (uint32_t i = 0; i < about.labels; i++)
        arc[i] = arc_of(sf_model_label(model, i));
    for (uint32_t i = 0; i < about.tags; i++) {
        pos[i] = (uint8_t)value_of(parts, SF_LEN(parts), sf_model_upos(model, i));
        bits[i] = features_of(sf_model_features(model, i));
    }
    sf_tree *tree = SF_NEW(arena, sf_tree);
    *tree = (sf_tree){text, model, analysis, NULL, analysis->token_count};
    tree->nodes = SF_ARRAY(arena, sf_node, tree->count + 1);
    for (uint32_t s = 0; s < analysis->sentence_count; s++)
        for (uint32_t i = 0; i < analysis->sentences[s].token_count; i++) {
            uint32_t at = analysis->sentences[s].first_token + i;
            const sf_model_token *t = &analysis->tokens[at];
            tree->nodes[at] =
                (sf_node){t->head, SF_NONE, SF_NONE, s, bits[t->tag], arc[t->label], pos[t->tag]};
        }
    sf_tree_mend(tree);
    for (uint32_t i = tree->count; i-- > 0;) { /* from behind: the lists come out in order */
        sf_node *node = &tree->nodes[i];
        if (node->head == SF_NONE)
            continue;
        node->next = tree->nodes[node->head].child;
        tree->nodes[node->head].child = i;
    }
    return tree;
}

uint32_t sf_tree_token_at(const sf_tree *tree, uint32_t byte) {
    uint32_t low = 0, high = tree->count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (tree->text->tokens[mid].span.end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

uint32_t sf_tree_top(const sf_tree *tree, sf_span span) {
    uint32_t first = sf_tree_token_at(tree, span.begin);
    for (uint32_t i = first; i < tree->count && tree->text->tokens[i].span.begin < span.end; i++) {
        uint32_t head = tree->nodes[i].head;
        if (head == SF_NONE || tree->text->tokens[head].span.end <= span.begin ||
            tree->text->tokens[head].span.begin >= span.end)
            return i;
    }
    return SF_NONE;
}

uint32_t sf_tree_child(const sf_tree *tree, uint32_t node, sf_arc arc, uint32_t after) {
    uint32_t child = after == SF_NONE ? tree->nodes[node].child : tree->nodes[after].next;
    while (child != SF_NONE && tree->nodes[child].arc != (uint8_t)arc)
        child = tree->nodes[child].next;
    return child;
}

sf_span sf_tree_sentence_span(const sf_tree *tree, uint32_t sentence) {
    const sf_model_sentence *s = &tree->analysis->sentences[sentence];
    const sf_token *tokens = tree->text->tokens;
    return (sf_span){tokens[s->first_token].span.begin,
                     tokens[s->first_token + s->token_count - 1].span.end};
}
