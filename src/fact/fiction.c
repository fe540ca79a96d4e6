/* What happens only inside a story. */
#include "fact/claim.h"

/* Does the phrase name the work that the event is a part in: "shines in the film Low Tide"? */
static bool names_work(const sf_claim *c, uint32_t phrase) {
    enum { DEEP = 4 };
    uint32_t at = c->work.end > c->work.begin ? sf_tree_top(c->t, c->work) : SF_NONE;
    for (int step = 0; step < DEEP && at != SF_NONE && at != phrase; step++)
        at = claim_head(c, at);
    return at != SF_NONE && at == phrase;
}

/* "In the film, Mira marries Leo": the plot, unless it says who plays whom. */
static bool in_fiction(const sf_claim *c) {
    if (claim_is(c, c->anchor, SF_STAND_CREDIT) || c->t->nodes[c->anchor].pos != SF_POS_VERB)
        return false;
    uint32_t object = claim_child(c, c->anchor, SF_ARC_OBJ);
    if (object != SF_NONE &&
        claim_is(c, object, SF_STAND_CREDIT)) /* "made her debut in the film" */
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
            claim_is(c, i, SF_STAND_FICTION) && !names_work(c, i))
            return true;
    }
    return false;
}

static bool is_work(const sf_claim *c, uint32_t node) {
    uint32_t name = c->s->name[node];
    return claim_is(c, node, SF_STAND_FICTION) ||
           (name != SF_NONE &&
            c->s->people->subjects[c->s->people->names[name].subject].type == SOFAR_WORK);
}

static bool has_case(const sf_claim *c, uint32_t node, const char *word) {
    for (SF_CHILDREN(c->t, i, node))
        if ((claim_arc(c, i) == SF_ARC_CASE || claim_arc(c, i) == SF_ARC_MARK) &&
            claim_word(c, i, word))
            return true;
    return false;
}

/* "The film follows": what hangs on `node`, behind the verb, is the plot's. */
static bool is_followed(const sf_claim *c, uint32_t node, uint32_t verb) {
    if (node < verb || !claim_is(c, verb, SF_STAND_PLOT) || claim_arc(c, node) == SF_ARC_CONJ ||
        claim_arc(c, node) == SF_ARC_PARATAXIS)
        return false;
    uint32_t subject = claim_child(c, verb, SF_ARC_NSUBJ);
    if (subject == SF_NONE && verb > 0)
        subject = verb - 1;
    return subject != SF_NONE && is_work(c, subject);
}

/* "plays a widow who", "stars as a woman who", "a song about a man who" */
static bool is_made_up(const sf_claim *c, uint32_t node, uint32_t up) {
    uint8_t arc = claim_arc(c, node);
    if (has_case(c, node, "about"))
        return is_work(c, up) || claim_is(c, up, SF_STAND_CREDIT);
    return claim_is(c, up, SF_STAND_PLAY) &&
           (arc == SF_ARC_OBJ || (arc == SF_ARC_OBL && has_case(c, node, "as")));
}

/* What is told of the people in a work, not of the work: "plays Mira in Low Tide, which opened". */
static bool in_plot(const sf_claim *c) {
    uint32_t node = c->anchor;
    if (claim_is(c, node, SF_STAND_CREDIT) || c->t->nodes[node].pos != SF_POS_VERB)
        return false;
    for (SF_CHILDREN(c->t, i, node)) /* told of a thing, not of a person */
        if (claim_word(c, i, "which"))
            return false;
    for (unsigned steps = 0; steps < SF_CLAIM_STEPS && claim_head(c, node) != SF_NONE; steps++) {
        uint32_t up = claim_head(c, node);
        bool work = is_work(c, node) && node != c->anchor;
        if (is_followed(c, node, up) || (!work && is_made_up(c, node, up)))
            return true;
        if (work && !has_case(c, node, "about"))
            return false;
        node = up;
    }
    return false;
}

bool sf_claim_is_fiction(const sf_claim *c) { return in_fiction(c) || in_plot(c); }
