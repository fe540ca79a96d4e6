/* model/grammar: the classes of trees and tags as numbers: relations, parts of speech and features
 * of Universal Dependencies v2. The model spells its classes; each is looked up once, when the
 * model is opened. */
#ifndef SF_MODEL_GRAMMAR_H
#define SF_MODEL_GRAMMAR_H

#include <stdint.h>

/* A subtype that is not here counts as its relation. */
typedef enum sf_arc {
    SF_ARC_OTHER,
    SF_ARC_ROOT,
    SF_ARC_NSUBJ,
    SF_ARC_NSUBJ_PASS,
    SF_ARC_NSUBJ_OUTER,
    SF_ARC_CSUBJ,
    SF_ARC_CSUBJ_PASS,
    SF_ARC_CSUBJ_OUTER,
    SF_ARC_OBJ,
    SF_ARC_IOBJ,
    SF_ARC_CCOMP,
    SF_ARC_XCOMP,
    SF_ARC_OBL,
    SF_ARC_OBL_AGENT,
    SF_ARC_OBL_UNMARKED,
    SF_ARC_ADVCL,
    SF_ARC_ADVCL_RELCL,
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
    SF_ARC_CC_PRECONJ,
    SF_ARC_CASE,
    SF_ARC_MARK,
    SF_ARC_AUX,
    SF_ARC_AUX_PASS,
    SF_ARC_COP,
    SF_ARC_DET,
    SF_ARC_DET_PREDET,
    SF_ARC_PUNCT,
    SF_ARC_PARATAXIS,
    SF_ARC_EXPL,
    SF_ARC_DISCOURSE,
    SF_ARC_VOCATIVE,
    SF_ARC_LIST,
    SF_ARC_ORPHAN
} sf_arc;

/* Relations as a set: SF_ARCS(SF_ARC_OBJ) | SF_ARCS(SF_ARC_IOBJ). */
typedef uint64_t sf_arcs;
#define SF_ARCS(arc) ((sf_arcs)1 << (arc))

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

#endif
