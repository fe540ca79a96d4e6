/* What happens only inside a story. */
#include "fact/claim.h"

/* "In the film, Mira marries Leo": the plot, unless it says who plays whom. */
static bool in_fiction(const sf_claim *c) {
    if (claim_is(c, c->anchor, SF_STAND_CREDIT) || c->t->nodes[c->anchor].pos != SF_POS_VERB)
        return false;
    for (SF_CHILDREN(c->t, i, c->anchor)) {
        uint8_t a = claim_arc(c, i);
        uint32_t name = c->s->name[i];
        bool mention = name != SF_NONE;
        sofar_subject_type type =
            mention ? c->s->people->subjects[c->s->people->names[name].subject].type : SOFAR_OTHER;
        if ((a == SF_ARC_NSUBJ || a == SF_ARC_OBJ || a == SF_ARC_NSUBJ_PASS) &&
            type == SOFAR_CHARACTER)
            return true;
        uint32_t preposition = claim_child(c, i, SF_ARC_CASE);
        if (a == SF_ARC_OBL && preposition != SF_NONE && claim_word(c, preposition, "in") &&
            claim_is(c, i, SF_STAND_FICTION))
            return true;
    }
    return false;
}

/* "The film follows a nurse who marries Leo" */
static bool in_plot(const sf_claim *c) {
    uint32_t node = c->anchor;
    if (claim_is(c, node, SF_STAND_CREDIT))
        return false;
    for (unsigned steps = 0; steps < SF_CLAIM_STEPS && claim_head(c, node) != SF_NONE; steps++) {
        uint32_t up = claim_head(c, node);
        if (node > up && claim_is(c, up, SF_STAND_PLOT) && claim_arc(c, node) != SF_ARC_NSUBJ &&
            claim_arc(c, node) != SF_ARC_CONJ && claim_arc(c, node) != SF_ARC_PARATAXIS) {
            uint32_t subject = claim_child(c, up, SF_ARC_NSUBJ);
            if (subject != SF_NONE &&
                (claim_is(c, subject, SF_STAND_FICTION) ||
                 (c->s->name[subject] != SF_NONE &&
                  c->s->people->subjects[c->s->people->names[c->s->name[subject]].subject].type ==
                      SOFAR_WORK)))
                return true;
        }
        node = up;
    }
    return false;
}

bool sf_claim_is_fiction(const sf_claim *c) { return in_fiction(c) || in_plot(c); }
