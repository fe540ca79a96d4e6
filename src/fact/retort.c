/* "Reports said that Ruiz had quit. Her agent denied it.": the denial is of what was said before,
 * by whoever denies. Only directly behind it, and only where its words point back. */
#include "fact/claim.h"

/* "it", "that", "the rumours" */
static bool points_back(const sf_claim *c, uint32_t node) {
    static const char *const words[] = {"it", "that", "this", "them", "these", "those"};
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (claim_word(c, node, words[i]))
            return true;
    return claim_is(c, node, SF_STAND_RUMOUR);
}

/* Does the verb deny what was said before? The subject: who does; SF_NONE for nobody. */
static bool denies(const sf_claim *c, uint32_t verb, uint32_t *who) {
    *who = SF_NONE;
    for (SF_CHILDREN(c->t, i, verb)) {
        uint8_t arc = claim_arc(c, i);
        if (claim_is(c, i, SF_STAND_NOT | SF_STAND_MAY | SF_STAND_IF))
            return false;
        if (claim_is(c, verb, SF_STAND_DENY) && arc == SF_ARC_OBJ && points_back(c, i)) {
            *who = sf_voice_subject(c->s, verb);
            return true;
        }
        bool subject = arc == SF_ARC_NSUBJ || arc == SF_ARC_NSUBJ_PASS;
        if (subject && claim_is(c, verb, SF_STAND_FALSE) && points_back(c, i)) {
            *who = sf_tree_child(c->t, verb, SF_ARC_OBL_AGENT, SF_NONE);
            return true;
        }
    }
    return false;
}

/* The root of the next sentence of the block; SF_NONE. */
static uint32_t next_root(const sf_claim *c) {
    const sf_analysis *a = c->t->analysis;
    uint32_t s = c->t->nodes[c->anchor].sentence + 1;
    if (s >= a->sentence_count || a->sentences[s].block != a->sentences[s - 1].block)
        return SF_NONE;
    for (uint32_t i = 0; i < a->sentences[s].token_count; i++)
        if (claim_head(c, a->sentences[s].first_token + i) == SF_NONE)
            return a->sentences[s].first_token + i;
    return SF_NONE;
}

void sf_claim_retort(sf_claim *c) {
    if (c->mode != SF_PERHAPS || c->denied || c->nothing)
        return;
    uint32_t who, root = c->anchor, next = next_root(c);
    for (unsigned steps = 0; steps < SF_CLAIM_STEPS && claim_head(c, root) != SF_NONE; steps++)
        root = claim_head(c, root);
    bool denied = next != SF_NONE && denies(c, next, &who);
    for (uint32_t i = c->t->nodes[root].child; !denied && i != SF_NONE; i = c->t->nodes[i].next)
        denied = i > c->anchor &&
                 (claim_arc(c, i) == SF_ARC_CONJ || claim_arc(c, i) == SF_ARC_PARATAXIS) &&
                 denies(c, i, &who);
    if (!denied)
        return;
    c->mode = SF_AS_IS;
    c->denied = true;
    c->by = sf_voice_of(c->s, who);
}
