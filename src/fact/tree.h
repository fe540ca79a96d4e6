/* fact/tree: the analysis of a page made easy to walk: relations, parts of speech and features as
 * numbers, children as lists.
 *
 * In:  the text with its tokens, the model and what it says of them. Out: a tree in the arena,
 * never written to afterwards. Linear in the text; a node's children are in the order of the text.
 */
#ifndef SF_FACT_TREE_H
#define SF_FACT_TREE_H

#include "model/model.h"

/* Universal Dependencies v2; a subtype that is not here counts as its relation. */
typedef enum sf_arc {
    SF_ARC_OTHER,
    SF_ARC_ROOT,
    SF_ARC_NSUBJ,
    SF_ARC_NSUBJ_PASS,
    SF_ARC_CSUBJ,
    SF_ARC_OBJ,
    SF_ARC_IOBJ,
    SF_ARC_CCOMP,
    SF_ARC_XCOMP,
    SF_ARC_OBL,
    SF_ARC_OBL_AGENT,
    SF_ARC_OBL_UNMARKED,
    SF_ARC_ADVCL,
    SF_ARC_ADVMOD,
    SF_ARC_NMOD,
    SF_ARC_NMOD_POSS,
    SF_ARC_NMOD_UNMARKED,
    SF_ARC_NMOD_DESC,
    SF_ARC_AMOD,
    SF_ARC_ACL,
    SF_ARC_RELCL,
    SF_ARC_APPOS,
    SF_ARC_NUMMOD,
    SF_ARC_COMPOUND,
    SF_ARC_PRT,
    SF_ARC_FLAT,
    SF_ARC_FIXED,
    SF_ARC_CONJ,
    SF_ARC_CC,
    SF_ARC_CASE,
    SF_ARC_MARK,
    SF_ARC_AUX,
    SF_ARC_AUX_PASS,
    SF_ARC_COP,
    SF_ARC_DET,
    SF_ARC_PUNCT,
    SF_ARC_PARATAXIS,
    SF_ARC_EXPL,
    SF_ARC_DISCOURSE,
    SF_ARC_VOCATIVE,
    SF_ARC_LIST,
    SF_ARC_ORPHAN
} sf_arc;

typedef enum sf_pos {
    SF_POS_OTHER,
    SF_POS_NOUN,
    SF_POS_PROPN,
    SF_POS_PRON,
    SF_POS_VERB,
    SF_POS_AUX,
    SF_POS_ADJ,
    SF_POS_ADV,
    SF_POS_ADP,
    SF_POS_DET,
    SF_POS_NUM,
    SF_POS_PART,
    SF_POS_CCONJ,
    SF_POS_SCONJ,
    SF_POS_PUNCT,
    SF_POS_SYM,
    SF_POS_INTJ
} sf_pos;

enum { /* features */
       SF_IS_PAST = 1 << 0,
       SF_IS_PRESENT = 1 << 1,
       SF_IS_FINITE = 1 << 2,
       SF_IS_INFINITIVE = 1 << 3,
       SF_IS_PARTICIPLE = 1 << 4,
       SF_IS_GERUND = 1 << 5,
       SF_IS_IMPERATIVE = 1 << 6,
       SF_IS_PLURAL = 1 << 7,
       SF_IS_FIRST = 1 << 8, /* person */
       SF_IS_SECOND = 1 << 9
};

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

/* The first token that ends behind a place of the text; tree->count if there is none. */
uint32_t sf_tree_token_at(const sf_tree *tree, uint32_t byte);

/* From the begin of a sentence's first token to the end of its last. */
sf_span sf_tree_sentence_span(const sf_tree *tree, uint32_t sentence);

/* The token of a span whose head lies outside it: what the rest of the sentence is joined to. */
uint32_t sf_tree_top(const sf_tree *tree, sf_span span);

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
