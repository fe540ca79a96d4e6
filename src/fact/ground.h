/* fact/ground: a page prepared for standing.c and voice.c. */
#ifndef SF_FACT_GROUND_H
#define SF_FACT_GROUND_H

#include "fact/dated.h"
#include "fact/standing.h"

enum { /* the sections of standing.txt, in its order */
       SF_STAND_SAY = 1 << 0,
       SF_STAND_DENY = 1 << 1,
       SF_STAND_HINT = 1 << 2,
       SF_STAND_KNOW = 1 << 3,
       SF_STAND_DO = 1 << 4,
       SF_STAND_FAIL = 1 << 5,
       SF_STAND_PLAN = 1 << 6,
       SF_STAND_TALK = 1 << 7,
       SF_STAND_UNDO = 1 << 8,
       SF_STAND_HEARSAY = 1 << 9,
       SF_STAND_FALSE = 1 << 10,
       SF_STAND_HAPPEN = 1 << 11,
       SF_STAND_RUMOUR = 1 << 12,
       SF_STAND_HAPPENING = 1 << 13,
       SF_STAND_NOT = 1 << 14,
       SF_STAND_HEDGE = 1 << 15,
       SF_STAND_UNREAL = 1 << 16,
       SF_STAND_IF = 1 << 17,
       SF_STAND_WILL = 1 << 18,
       SF_STAND_MAY = 1 << 19,
       SF_STAND_WOULD = 1 << 20,
       SF_STAND_OUGHT = 1 << 21,
       SF_STAND_CREDIT = 1 << 22,
       SF_STAND_FICTION = 1 << 23,
       SF_STAND_PLOT = 1 << 24,
       SF_STAND_SOURCE = 1 << 25,
       SF_STAND_SPOKES = 1 << 26,
       SF_STAND_RANK = 1 << 27,
       SF_STAND_DECIDE = 1 << 28,
       SF_STAND_MOVE = 1 << 29,
       SF_STAND_PLAY = 1 << 30
};

struct sf_standings {
    const sf_tree *tree;
    const sofar_clipping *clipping;
    const sf_people *people;
    const sf_times *times;
    const sf_quotes *quotes;
    uint32_t *is;    /* of each token: SF_STAND_ bits that its part of speech allows */
    uint32_t *name;  /* of each token: the mention that holds it; SF_NONE */
    uint32_t *quote; /* of each token: the quotation that holds it, one with marks before one
                        without; SF_NONE */
    bool *unsaid;    /* of each sentence: a correction, or not in earnest */
    sf_datings datings;
    int32_t today; /* the publication day; INT32_MAX if it is not known */
};

static inline bool sf_ground_is(const sf_standings *s, uint32_t node, uint32_t sections) {
    return (s->is[node] & sections) != 0;
}

/* Is the token this word? ASCII case aside. */
bool sf_ground_word(const sf_standings *s, uint32_t node, const char *word);

/* voice.c: the subject of the page that a noun or pronoun names; SOFAR_NOBODY: none, or several. */
uint32_t sf_voice_of(const sf_standings *s, uint32_t node);

/* voice.c: the token that is the (logical) subject of a verb, through coordination and participles;
 * SF_NONE. */
uint32_t sf_voice_subject(const sf_standings *s, uint32_t verb);

#endif
