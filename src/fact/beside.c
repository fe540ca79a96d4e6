/* What the words beside a clause's head, or a noun, do to it: negations, auxiliaries, adverbs,
 * conjunctions. */
#include "fact/claim.h"

/* "to be directed by", "to be the host"; "due to open", whatever the parser makes of "to" there. */
bool sf_claim_has_to(const sf_claim *c, uint32_t node) {
    for (SF_CHILDREN(c->t, i, node))
        if (claim_arc(c, i) == SF_ARC_MARK && claim_word(c, i, "to"))
            return true;
    return node > 1 && claim_word(c, node - 1, "to") && claim_word(c, node - 2, "due");
}

/* "not only stars", "not just": no negation. */
static bool is_only(const sf_claim *c, uint32_t not ) {
    static const char *const words[] = {"only",  "just", "merely",      "simply",
                                        "least", "long", "surprisingly"};
    for (size_t i = 0; not +1 < c->t->count && i < SF_LEN(words); i++)
        if (claim_word(c, not +1, words[i]))
            return true;
    return false;
}

static bool negates(const sf_claim *c, uint32_t i) {
    if (claim_word(c, i, "longer") && i && claim_word(c, i - 1, "no"))
        return true;
    if (!claim_is(c, i, SF_STAND_NOT) || is_only(c, i))
        return false;
    switch (claim_arc(c, i)) {
    case SF_ARC_ADVMOD:
    case SF_ARC_DET:
    case SF_ARC_CC:
    case SF_ARC_AUX:
    case SF_ARC_DISCOURSE: return true;
    case SF_ARC_NSUBJ:
    case SF_ARC_NSUBJ_PASS:
    case SF_ARC_OBJ: return c->t->nodes[i].pos == SF_POS_PRON || c->t->nodes[i].pos == SF_POS_NOUN;
    default: return false;
    }
}

/* "No deal was signed", "won no awards". */
static bool argument_negates(const sf_claim *c, uint32_t i) {
    if (claim_arc(c, i) != SF_ARC_NSUBJ && claim_arc(c, i) != SF_ARC_NSUBJ_PASS &&
        claim_arc(c, i) != SF_ARC_OBJ)
        return false;
    for (SF_CHILDREN(c->t, k, i))
        if ((claim_arc(c, k) == SF_ARC_DET || claim_arc(c, k) == SF_ARC_CC) && k < i &&
            claim_is(c, k, SF_STAND_NOT))
            return true;
    return false;
}

static void beside_auxiliary(sf_claim *c, uint32_t i) {
    if (claim_is(c, i, SF_STAND_WILL))
        sf_claim_weaken(c, SF_PUT_OFF);
    else if (claim_is(c, i, SF_STAND_MAY))
        sf_claim_weaken(c, SF_PERHAPS);
    else if (claim_is(c, i, SF_STAND_WOULD) && !claim_word(c, i, "had"))
        c->would = true;
    else if (claim_is(c, i, SF_STAND_OUGHT))
        c->nothing = true;
}

/* 'd before a past participle is "had". */
static bool is_had(const sf_claim *c, uint32_t i, uint32_t node) {
    return claim_has(c, node, SF_IS_PARTICIPLE) &&
           (claim_word(c, i, "'d") || claim_word(c, i, "’d"));
}

/* "Had Ruiz won": a condition, put the other way round. */
static bool is_inverted(const sf_claim *c, uint32_t i, uint32_t node) {
    uint32_t subject = claim_child(c, node, SF_ARC_NSUBJ);
    if (subject == SF_NONE)
        subject = claim_child(c, node, SF_ARC_NSUBJ_PASS);
    return subject != SF_NONE && i < subject &&
           (claim_word(c, i, "had") || claim_word(c, i, "should") || claim_word(c, i, "were"));
}

static bool is_be(const sf_claim *c, uint32_t i) {
    static const char *const forms[] = {"is", "are", "was", "were", "'s", "’s", "'re", "’re", "be"};
    for (size_t k = 0; k < SF_LEN(forms); k++)
        if (claim_word(c, i, forms[k]))
            return true;
    return false;
}

static bool is_present_passive(const sf_claim *c, uint32_t node) {
    uint32_t be = claim_child(c, node, SF_ARC_AUX_PASS);
    return be != SF_NONE && claim_has(c, be, SF_IS_PRESENT) &&
           claim_child(c, node, SF_ARC_AUX) == SF_NONE;
}

/* "if she wins", "unless he leaves" */
static bool is_condition(const sf_claim *c, uint32_t clause) {
    uint32_t mark = claim_child(c, clause, SF_ARC_MARK);
    return mark != SF_NONE && (claim_word(c, mark, "if") || claim_word(c, mark, "unless"));
}

/* "until Ruiz is replaced", "once Park joins": in the present, what is not yet. */
static void not_yet(sf_claim *c, uint32_t mark, uint32_t node) {
    bool present = claim_has(c, node, SF_IS_PRESENT) && claim_has(c, node, SF_IS_FINITE);
    if (!present && !is_present_passive(c, node))
        return;
    if (claim_word(c, mark, "until") || claim_word(c, mark, "till") ||
        claim_word(c, mark, "whenever"))
        c->nothing = true;
    else if (claim_word(c, mark, "once") || claim_word(c, mark, "when") ||
             claim_word(c, mark, "after") || claim_word(c, mark, "before"))
        sf_claim_weaken(c, SF_PUT_OFF);
}

/* What the words beside a clause's head do to it: auxiliaries, adverbs, conjunctions, determiners.
 */
void sf_claim_beside(sf_claim *c, uint32_t node) {
    bool denied = false;
    for (SF_CHILDREN(c->t, i, node)) {
        uint8_t a = claim_arc(c, i);
        if (i != c->node && (negates(c, i) || argument_negates(c, i))) {
            denied = true;
        } else if (a == SF_ARC_AUX || a == SF_ARC_AUX_PASS || a == SF_ARC_COP) {
            if (is_inverted(c, i, node))
                c->nothing = true;
            else if (is_be(c, i) && sf_claim_has_to(c, node)) /* "is to star" */
                sf_claim_weaken(c, SF_PUT_OFF);
            else if (!is_had(c, i, node))
                beside_auxiliary(c, i);
        } else if ((a == SF_ARC_MARK || a == SF_ARC_CASE || a == SF_ARC_ADVMOD) &&
                   claim_word(c, i, "due") && i + 1 < c->t->count && claim_word(c, i + 1, "to") &&
                   c->t->nodes[node].pos != SF_POS_NOUN) {
            sf_claim_weaken(c, SF_PUT_OFF);
        } else if (a == SF_ARC_ADVMOD || a == SF_ARC_DISCOURSE || a == SF_ARC_AMOD) {
            if (claim_is(c, i, SF_STAND_HEDGE))
                sf_claim_weaken(c, SF_PERHAPS);
            else if (claim_is(c, i, SF_STAND_UNREAL) || claim_word(c, i, "yet"))
                c->nothing = true;
            else if (claim_has(c, node, SF_IS_FINITE) && claim_arc(c, node) == SF_ARC_ADVCL)
                not_yet(c, i, node);
        } else if (a == SF_ARC_MARK || a == SF_ARC_CASE) {
            if (claim_is(c, i, SF_STAND_IF) || claim_word(c, i, "without") ||
                claim_word(c, i, "instead"))
                c->nothing = true;
            else if (claim_word(c, i, "against")) /* "decided against renewing" */
                denied = true;
            not_yet(c, i, node);
        } else if (a == SF_ARC_ADVCL && is_condition(c, i)) {
            c->nothing = true;
        } else if (a == SF_ARC_PUNCT && claim_word(c, i, "?")) {
            c->nothing = true;
        }
    }
    c->denied ^= denied;
    if (claim_has(c, node, SF_IS_IMPERATIVE) && claim_child(c, node, SF_ARC_NSUBJ) == SF_NONE)
        c->nothing = true;
}

bool sf_claim_is_doubtful(const sf_claim *c, uint32_t node) {
    sf_claim own = {.s = c->s, .t = c->t, .by = SOFAR_NOBODY};
    sf_claim_beside(&own, node);
    return own.nothing || own.denied || own.would || own.mode == SF_PERHAPS;
}
