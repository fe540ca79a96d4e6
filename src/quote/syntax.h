/* syntax: the language model's analysis as the room reads it: who hangs on whom, with relations
 * as sets, and attribution. */
#ifndef SF_QUOTE_SYNTAX_H
#define SF_QUOTE_SYNTAX_H

#include "model/model.h"

/* Relations as this room asks for them. */
#define SF_DEP_SUBJECT (SF_ARCS(SF_ARC_NSUBJ) | SF_ARCS(SF_ARC_NSUBJ_OUTER))
#define SF_DEP_PASSIVE_SUBJECT SF_ARCS(SF_ARC_NSUBJ_PASS)
#define SF_DEP_AGENT SF_ARCS(SF_ARC_OBL_AGENT)
#define SF_DEP_OBJECT SF_ARCS(SF_ARC_OBJ)
#define SF_DEP_ADDRESSEE SF_ARCS(SF_ARC_IOBJ)
#define SF_DEP_CCOMP SF_ARCS(SF_ARC_CCOMP)
#define SF_DEP_XCOMP SF_ARCS(SF_ARC_XCOMP)
#define SF_DEP_ADVCL (SF_ARCS(SF_ARC_ADVCL) | SF_ARCS(SF_ARC_ADVCL_RELCL))
#define SF_DEP_ACL SF_ARCS(SF_ARC_ACL)
#define SF_DEP_RELCL SF_ARCS(SF_ARC_RELCL)
#define SF_DEP_PARATAXIS SF_ARCS(SF_ARC_PARATAXIS)
#define SF_DEP_CONJ SF_ARCS(SF_ARC_CONJ)
#define SF_DEP_OBLIQUE (SF_ARCS(SF_ARC_OBL) | SF_ARCS(SF_ARC_OBL_UNMARKED))
#define SF_DEP_NMOD                                                                                \
    (SF_ARCS(SF_ARC_NMOD) | SF_ARCS(SF_ARC_NMOD_UNMARKED) | SF_ARCS(SF_ARC_NMOD_DESC))
#define SF_DEP_OWNER SF_ARCS(SF_ARC_NMOD_POSS)
#define SF_DEP_CASE SF_ARCS(SF_ARC_CASE)
#define SF_DEP_MARK SF_ARCS(SF_ARC_MARK)
#define SF_DEP_PUNCT SF_ARCS(SF_ARC_PUNCT)
#define SF_DEP_DET (SF_ARCS(SF_ARC_DET) | SF_ARCS(SF_ARC_DET_PREDET))
#define SF_DEP_FLAT SF_ARCS(SF_ARC_FLAT)
#define SF_DEP_COMPOUND (SF_ARCS(SF_ARC_COMPOUND) | SF_ARCS(SF_ARC_PRT))
#define SF_DEP_APPOS SF_ARCS(SF_ARC_APPOS)
#define SF_DEP_PASSIVE_AUX SF_ARCS(SF_ARC_AUX_PASS)
#define SF_DEP_CC (SF_ARCS(SF_ARC_CC) | SF_ARCS(SF_ARC_CC_PRECONJ))
#define SF_DEP_AMOD SF_ARCS(SF_ARC_AMOD)
#define SF_DEP_NUMBER SF_ARCS(SF_ARC_NUMMOD)
#define SF_DEP_ADVERB SF_ARCS(SF_ARC_ADVMOD)
#define SF_DEP_COP SF_ARCS(SF_ARC_COP)
#define SF_DEP_AUX SF_ARCS(SF_ARC_AUX)

typedef enum sf_part { SF_PART_NONE, SF_PART_SOURCE, SF_PART_CUE, SF_PART_CONTENT } sf_part;

/* All arrays are the arena's. Tokens of the text throughout. */
typedef struct sf_syntax {
    const sf_text *text;
    const sf_model *model;
    const sf_model_token *tokens;
    uint32_t token_count;
    uint32_t *child, *next; /* first dependent and the next one of the same head, or SF_NONE */
    uint32_t *left, *right; /* the stretch that a token's subtree lies in: [left, right) */
    uint32_t *root;         /* of the token's sentence */
    uint32_t *word_token;   /* of each word: the first token at or behind its begin */
    const uint8_t *parts;   /* of each attribution class: sf_part, with SF_PART_BEGINS */
    uint32_t part_count;
} sf_syntax;

enum { SF_PART_BEGINS = 8 };

/* Linear in the tokens. */
sf_syntax *sf_syntax_make(sf_arena *arena, const sf_text *text, const sf_model *model,
                          const sf_analysis *analysis);

static inline uint32_t sf_syntax_head(const sf_syntax *t, uint32_t token) {
    return t->tokens[token].head;
}
/* Is the token's relation to its head in the set? */
static inline bool sf_syntax_rel(const sf_syntax *t, uint32_t token, sf_arcs set) {
    return (set & SF_ARCS(sf_model_arc(t->model, t->tokens[token].label))) != 0;
}
static inline sf_pos sf_syntax_pos(const sf_syntax *t, uint32_t token) {
    return sf_model_pos(t->model, t->tokens[token].tag);
}
/* A past form: "asked" as a finite verb or a participle, which the model mixes up. */
static inline bool sf_syntax_past(const sf_syntax *t, uint32_t token) {
    return (sf_model_traits(t->model, t->tokens[token].tag) & SF_IS_PAST) != 0;
}
static inline sf_part sf_syntax_part(const sf_syntax *t, uint32_t token) {
    uint32_t class = t->tokens[token].attribution;
    return class < t->part_count ? (sf_part)(t->parts[class] & ~SF_PART_BEGINS) : SF_PART_NONE;
}
/* Does a new source, cue or content begin at the token? */
static inline bool sf_syntax_begins(const sf_syntax *t, uint32_t token) {
    uint32_t class = t->tokens[token].attribution;
    return class < t->part_count && (t->parts[class] & SF_PART_BEGINS) != 0;
}

/* The first dependent of the token whose relation is in the set; SF_NONE if there is none. Looks at
 * a bounded number of them. */
uint32_t sf_syntax_child(const sf_syntax *t, uint32_t token, sf_arcs set);

#endif
