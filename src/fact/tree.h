/* fact/tree: the analysis of a page made easy to walk: children as lists, with what hangs on
 * what as plain numbers.
 *
 * In:  the text with its tokens, the model and what it says of them. Out: a tree in the arena,
 * never written to afterwards. Linear in the text; a node's children are in the order of the text.
 */
#ifndef SF_FACT_TREE_H
#define SF_FACT_TREE_H

#include "model/model.h"

typedef struct sf_node {
    uint32_t head;        /* SF_NONE: the root of its sentence */
    uint32_t child, next; /* the first child, the next one of the same head; SF_NONE */
    uint32_t sentence;    /* of the analysis */
    uint16_t features;
    uint8_t arc, pos; /* sf_arc to the head, sf_pos */
} sf_node;

typedef struct sf_tree {
    const sf_text *text;
    const sf_model *model;
    const sf_analysis *analysis;
    sf_node *nodes; /* one for each token */
    uint32_t count;
} sf_tree;

/* What the arguments hold must outlive the tree. */
sf_tree *sf_tree_new(sf_arena *arena, const sf_text *text, const sf_model *model,
                     const sf_analysis *analysis);

/* mend.c: puts right what the model is known to take for something else. Only while the tree is
 * made.
 */
void sf_tree_mend(sf_tree *tree);

/* From the begin of a sentence's first token to the end of its last. */
sf_span sf_tree_sentence_span(const sf_tree *tree, uint32_t sentence);

/* The token of a span whose head lies outside it: what the rest of the sentence is joined to. */
uint32_t sf_tree_top(const sf_tree *tree, sf_span span);

/* Is the predicate at a token told in the past, by its own form or its copula's: "led", "was head"?
 */
bool sf_tree_is_past(const sf_tree *tree, uint32_t node);

/* The next child with that relation behind `after` (SF_NONE: the first); SF_NONE if none. */
uint32_t sf_tree_child(const sf_tree *tree, uint32_t node, sf_arc arc, uint32_t after);

static inline sf_str sf_tree_form(const sf_tree *tree, uint32_t node) {
    return sf_token_of(tree->text, node);
}

/* for (SF_CHILDREN(tree, it, of)): each child `it` of node `of`, in order. */
#define SF_CHILDREN(tree, it, of)                                                                  \
    uint32_t it = (tree)->nodes[of].child;                                                         \
    it != SF_NONE;                                                                                 \
    it = (tree)->nodes[it].next

#endif
