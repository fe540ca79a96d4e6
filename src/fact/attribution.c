/* Words beside a clause that say whose it is: ", the studio announced", "as Variety first
 * reported", "according to the label". */
#include "fact/claim.h"

void sf_claim_speak(sf_claim *c, uint32_t subject) {
    if (subject == SF_NONE)
        return;
    if (claim_is(c, subject, SF_STAND_SOURCE)) {
        if (c->mode == SF_AS_IS && !c->denied) /* a plan stays one, whoever tells of it */
            c->mode = SF_PERHAPS;
    } else if (c->by == SOFAR_NOBODY)
        c->by = sf_voice_of(c->s, subject);
}

static bool is_clause_of(uint8_t a) {
    return a == SF_ARC_CCOMP || a == SF_ARC_XCOMP || a == SF_ARC_CSUBJ;
}

/* ", the studio announced", "as Variety first reported": a clause of saying beside the event's. */
static void aside(sf_claim *c, uint32_t i) {
    if (!claim_is(c, i, SF_STAND_SAY | SF_STAND_HINT) || sf_claim_is_doubtful(c, i))
        return;
    for (SF_CHILDREN(c->t, k, i))
        if (is_clause_of(claim_arc(c, k)) || claim_arc(c, k) == SF_ARC_OBJ)
            return;
    sf_claim_speak(c, sf_voice_subject(c->s, i));
    if (claim_is(c, i, SF_STAND_HINT) && (c->by == SOFAR_NOBODY || !claim_is(c, i, SF_STAND_SAY)))
        sf_claim_weaken(c, SF_PERHAPS);
    if (c->said_when == SF_NONE)
        c->said_when = sf_dated_at(&c->s->datings, i);
}

/* "sued the studio, claiming he stole it": where the parser does not hang what is said on the verb
 * of saying in front of it; SF_NONE. */
static uint32_t torn(const sf_claim *c, uint32_t node) {
    uint32_t left = node;
    for (unsigned step = 0; step < SF_CLAIM_STEPS; step++) {
        uint32_t first = c->t->nodes[left].child;
        if (first == SF_NONE || first > left)
            break;
        left = first;
    }
    if (claim_word(c, left, "that") && left > 0 && claim_arc(c, left) != SF_ARC_MARK)
        return SF_NONE;
    uint32_t say = left > 0 ? left - 1 : SF_NONE;
    /* it may itself hang on the clause, as its first word */
    if (left != node && claim_is(c, left, SF_STAND_SAY) && claim_arc(c, left) == SF_ARC_ADVCL)
        say = left;
    if (say == SF_NONE || c->t->nodes[say].sentence != c->t->nodes[node].sentence ||
        c->t->nodes[say].pos != SF_POS_VERB || !claim_is(c, say, SF_STAND_SAY) ||
        !claim_has(c, say, SF_IS_PARTICIPLE | SF_IS_GERUND) || claim_head(c, node) == say)
        return SF_NONE;
    return say;
}

static bool is_as(const sf_claim *c, uint32_t node) {
    uint32_t mark = claim_child(c, node, SF_ARC_MARK);
    return mark != SF_NONE && claim_word(c, mark, "as");
}

/* "according to the studio", "per Variety" */
static bool is_according(const sf_claim *c, uint32_t node) {
    for (SF_CHILDREN(c->t, i, node))
        if ((claim_arc(c, i) == SF_ARC_CASE || claim_arc(c, i) == SF_ARC_MARK) &&
            (claim_word(c, i, "according") || claim_word(c, i, "per")))
            return true;
    return claim_word(c, node, "according");
}

/* ", Variety reports": the model takes the verb for a noun. */
static bool is_outlet_reports(const sf_claim *c, uint32_t i) {
    uint32_t name = i > 0 ? c->s->name[i - 1] : SF_NONE;
    return claim_word(c, i, "reports") && name != SF_NONE &&
           c->s->people->subjects[c->s->people->names[name].subject].type == SOFAR_OUTLET;
}

void sf_claim_attributions(sf_claim *c, uint32_t node) {
    uint32_t say = torn(c, node);
    if (say != SF_NONE)
        aside(c, say);
    for (SF_CHILDREN(c->t, i, node)) {
        uint8_t a = claim_arc(c, i);
        if (a == SF_ARC_PARATAXIS && is_outlet_reports(c, i))
            sf_claim_speak(c, i - 1);
        if (a == SF_ARC_PARATAXIS || (a == SF_ARC_ADVCL && is_as(c, i)))
            aside(c, i);
        else if ((a == SF_ARC_OBL || a == SF_ARC_NMOD || a == SF_ARC_ADVCL) && is_according(c, i)) {
            uint32_t who = i;
            if (claim_word(c, i, "according")) {
                who = claim_child(c, i, SF_ARC_OBL);
                if (who == SF_NONE)
                    continue;
            }
            sf_claim_speak(c, who);
        }
    }
}
