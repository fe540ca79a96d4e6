/* syntax: the language model's analysis as the room reads it: who hangs on whom, with relations,
 * parts of speech and attribution as small sets. */
#ifndef SF_QUOTE_SYNTAX_H
#define SF_QUOTE_SYNTAX_H

#include "model/model.h"

/* Relations of Universal Dependencies, a bit each so that they make sets. */
enum {
    SF_DEP_SUBJECT = 1 << 0, /* nsubj */
    SF_DEP_PASSIVE_SUBJECT = 1 << 1,
    SF_DEP_AGENT = 1 << 2,
    SF_DEP_OBJECT = 1 << 3,
    SF_DEP_ADDRESSEE = 1 << 4, /* iobj */
    SF_DEP_CCOMP = 1 << 5,
    SF_DEP_XCOMP = 1 << 6,
    SF_DEP_ADVCL = 1 << 7,
    SF_DEP_ACL = 1 << 8,
    SF_DEP_RELCL = 1 << 9,
    SF_DEP_PARATAXIS = 1 << 10,
    SF_DEP_CONJ = 1 << 11,
    SF_DEP_OBLIQUE = 1 << 12,
    SF_DEP_NMOD = 1 << 13,
    SF_DEP_OWNER = 1 << 14, /* nmod:poss */
    SF_DEP_CASE = 1 << 15,
    SF_DEP_MARK = 1 << 16,
    SF_DEP_PUNCT = 1 << 17,
    SF_DEP_DET = 1 << 18,
    SF_DEP_FLAT = 1 << 19,
    SF_DEP_COMPOUND = 1 << 20,
    SF_DEP_APPOS = 1 << 21,
    SF_DEP_PASSIVE_AUX = 1 << 22,
    SF_DEP_CC = 1 << 23,
    SF_DEP_AMOD = 1 << 24,
    SF_DEP_NUMBER = 1 << 25,
    SF_DEP_ADVERB = 1 << 26,
    SF_DEP_COP = 1 << 27,
    SF_DEP_AUX = 1 << 28
};

typedef enum sf_pos { SF_POS_OTHER, SF_POS_VERB, SF_POS_NOUN, SF_POS_NAME, SF_POS_PRONOUN } sf_pos;

typedef enum sf_part { SF_PART_NONE, SF_PART_SOURCE, SF_PART_CUE, SF_PART_CONTENT } sf_part;

/* All arrays are the arena's. Tokens of the text throughout. */
typedef struct sf_syntax {
    const sf_text *text;
    const sf_model_token *tokens;
    uint32_t token_count;
    uint32_t *child, *next; /* first dependent and the next one of the same head, or SF_NONE */
    uint32_t *left, *right; /* the stretch that a token's subtree lies in: [left, right) */
    uint32_t *root;         /* of the token's sentence */
    uint32_t *word_token;   /* of each word: the first token at or behind its begin */
    const uint32_t *labels; /* of each label class: SF_DEP_, or 0 */
    const uint8_t *tags;    /* of each tag class: sf_pos, with SF_POS_PAST */
    const uint8_t *parts;   /* of each attribution class: sf_part, with SF_PART_BEGINS */
    uint32_t label_count, tag_count, part_count;
} sf_syntax;

enum { SF_PART_BEGINS = 8, SF_POS_PAST = 8 };

/* Linear in the tokens. */
sf_syntax *sf_syntax_make(sf_arena *arena, const sf_text *text, const sf_model *model,
                          const sf_analysis *analysis);

static inline uint32_t sf_syntax_head(const sf_syntax *t, uint32_t token) {
    return t->tokens[token].head;
}
/* Is the token's relation to its head in the set? */
static inline bool sf_syntax_rel(const sf_syntax *t, uint32_t token, uint32_t set) {
    uint32_t label = t->tokens[token].label;
    return label < t->label_count && (t->labels[label] & set) != 0;
}
static inline sf_pos sf_syntax_pos(const sf_syntax *t, uint32_t token) {
    uint32_t tag = t->tokens[token].tag;
    return tag < t->tag_count ? (sf_pos)(t->tags[tag] & ~SF_POS_PAST) : SF_POS_OTHER;
}
/* A past form: "asked" as a finite verb or a participle, which the model mixes up. */
static inline bool sf_syntax_past(const sf_syntax *t, uint32_t token) {
    uint32_t tag = t->tokens[token].tag;
    return tag < t->tag_count && (t->tags[tag] & SF_POS_PAST) != 0;
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
uint32_t sf_syntax_child(const sf_syntax *t, uint32_t token, uint32_t set);

/* The first token whose end lies behind the byte. */
uint32_t sf_syntax_at(const sf_syntax *t, uint32_t byte);

#endif
