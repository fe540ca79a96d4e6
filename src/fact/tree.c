#include "fact/tree.h"

/* Subtypes that make no difference to facts. */
static sf_arc plain(sf_arc arc) {
    switch (arc) {
    case SF_ARC_NSUBJ_OUTER: return SF_ARC_NSUBJ;
    case SF_ARC_CSUBJ_PASS:
    case SF_ARC_CSUBJ_OUTER: return SF_ARC_CSUBJ;
    case SF_ARC_ADVCL_RELCL: return SF_ARC_ADVCL;
    case SF_ARC_CC_PRECONJ: return SF_ARC_CC;
    case SF_ARC_DET_PREDET: return SF_ARC_DET;
    default: return arc;
    }
}

sf_tree *sf_tree_new(sf_arena *arena, const sf_text *text, const sf_model *model,
                     const sf_analysis *analysis) {
    sf_tree *tree = SF_NEW(arena, sf_tree);
    *tree = (sf_tree){text, model, analysis, NULL, analysis->token_count};
    tree->nodes = SF_ARRAY(arena, sf_node, tree->count + 1);
    for (uint32_t s = 0; s < analysis->sentence_count; s++)
        for (uint32_t i = 0; i < analysis->sentences[s].token_count; i++) {
            uint32_t at = analysis->sentences[s].first_token + i;
            const sf_model_token *t = &analysis->tokens[at];
            tree->nodes[at] = (sf_node){.head = t->head,
                                        .child = SF_NONE,
                                        .next = SF_NONE,
                                        .sentence = s,
                                        .features = (uint16_t)sf_model_traits(model, t->tag),
                                        .arc = (uint8_t)plain(sf_model_arc(model, t->label)),
                                        .pos = (uint8_t)sf_model_pos(model, t->tag)};
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

uint32_t sf_tree_top(const sf_tree *tree, sf_span span) {
    uint32_t first = sf_text_token_at(tree->text, span.begin);
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

bool sf_tree_is_past(const sf_tree *tree, uint32_t node) {
    uint32_t copula = sf_tree_child(tree, node, SF_ARC_COP, SF_NONE);
    uint16_t features = tree->nodes[copula == SF_NONE ? node : copula].features;
    return (features & SF_IS_PAST) && (features & SF_IS_FINITE);
}
