/* fact/claim: what is carried along on the way up from an event. */
#ifndef SF_FACT_CLAIM_H
#define SF_FACT_CLAIM_H

#include "fact/ground.h"

enum { SF_CLAIM_STEPS = 48 }; /* up; what lies deeper in a sentence is not said */

typedef enum sf_mode { SF_AS_IS, SF_PUT_OFF, SF_PERHAPS } sf_mode;

typedef struct sf_claim {
    const sf_standings *s;
    const sf_tree *t;
    uint32_t anchor, node; /* where it began, where it is */
    sf_span work;          /* names the work that it is a part in; empty */
    bool nothing, denied;
    bool would;  /* "would" has not yet found the "said" that it is the future of */
    bool spoken; /* below, someone says it */
    bool done;   /* nothing above counts: it is only presupposed there */
    sf_mode mode;
    uint32_t by;
    uint32_t when, said_when; /* times; said_when is when someone said it */
} sf_claim;

/* climb.c: from the anchor to where the way ends. */
void sf_claim_climb(sf_claim *claim);

/* beside.c: what the words beside a token do to the claim. */
void sf_claim_beside(sf_claim *claim, uint32_t node);

/* beside.c: does "to" introduce it? */
bool sf_claim_has_to(const sf_claim *claim, uint32_t node);

/* beside.c: is something about the word itself in doubt: negated, only possible, conditional? */
bool sf_claim_is_doubtful(const sf_claim *claim, uint32_t node);

/* attribution.c: the claim is the subject's word, if nobody nearer has said it. SF_NONE is fine. */
void sf_claim_speak(sf_claim *claim, uint32_t subject);
/* ... and that of whom the words beside a clause's head name. */
void sf_claim_attributions(sf_claim *claim, uint32_t node);

/* retort.c: is what is only rumoured denied in the same breath or the next ("her agent denied it")?
 */
void sf_claim_retort(sf_claim *claim);

/* fiction.c: does it happen only inside a story? */
bool sf_claim_is_fiction(const sf_claim *claim);

static inline void sf_claim_weaken(sf_claim *claim, sf_mode mode) {
    if (mode > claim->mode)
        claim->mode = mode;
}

/* Of a token: is it in the sections of standing.txt, its relation and head, its features, the first
 * child with a relation, is it a word. */
static inline bool claim_is(const sf_claim *c, uint32_t node, uint32_t sections) {
    return sf_ground_is(c->s, node, sections);
}
static inline uint8_t claim_arc(const sf_claim *c, uint32_t node) { return c->t->nodes[node].arc; }
static inline uint32_t claim_head(const sf_claim *c, uint32_t node) {
    return c->t->nodes[node].head;
}
static inline bool claim_has(const sf_claim *c, uint32_t node, unsigned features) {
    return (c->t->nodes[node].features & features) != 0;
}
static inline uint32_t claim_child(const sf_claim *c, uint32_t node, sf_arc arc) {
    return sf_tree_child(c->t, node, arc, SF_NONE);
}
static inline bool claim_word(const sf_claim *c, uint32_t node, const char *word) {
    return sf_ground_word(c->s, node, word);
}

#endif
