/* How an event stands: the claim that the way up gives (climb.c), with its time and its speaker. */
#include "fact/claim.h"

/* ---- when ---- */

/* Its own time; that in front of the clauses it stands beside; for a decision ("had renewed"), that
 * of telling it. */
static void date(sf_claim *c) {
    uint32_t own = sf_dated_at(&c->s->datings, c->anchor);
    if (own != SF_NONE)
        c->when = own;
    for (SF_CHILDREN(c->t, i, c->anchor)) /* "became engaged to Ruiz in October" */
        if (c->when == SF_NONE && i > c->anchor && claim_arc(c, i) == SF_ARC_XCOMP &&
            !claim_word(c, i - 1, "to"))
            c->when = sf_dated_at(&c->s->datings, i);
    uint32_t node = c->anchor;
    for (unsigned steps = 0; c->when == SF_NONE && steps < SF_CLAIM_STEPS; steps++) {
        uint32_t up = claim_head(c, node);
        if (claim_arc(c, node) != SF_ARC_CONJ || up == SF_NONE)
            break;
        c->when = sf_dated_front(&c->s->datings, up);
        node = up;
    }
    if (c->when == SF_NONE && claim_is(c, c->anchor, SF_STAND_DECIDE) && c->mode == SF_AS_IS &&
        !c->denied)
        c->when = c->said_when;
}

static bool is_future(const sf_claim *c) {
    sf_interval interval;
    return c->when != SF_NONE && c->s->today != INT32_MAX &&
           sf_interval_parse(c->s->times->at[c->when].value, &interval) &&
           interval.first > c->s->today;
}

/* A time to come makes a plan of what is said in the present, or of what was moved there; with
 * another verb in the past it is not the event's. */
static bool settle_time(sf_claim *c) {
    if (!is_future(c) || c->mode != SF_AS_IS)
        return false;
    bool past = claim_has(c, c->anchor, SF_IS_PAST) && claim_has(c, c->anchor, SF_IS_FINITE);
    if (past && !claim_is(c, c->anchor, SF_STAND_PLAN | SF_STAND_MOVE)) {
        c->when = SF_NONE;
        return false;
    }
    c->mode = SF_PUT_OFF;
    return true;
}

/* ---- by whom ---- */

/* Inside quotation marks it is the speaker's word; nobody's if the speaker is not known. What was
 * only said, without marks, is the speaker's as far as the words still bear it. */
static void quoted(sf_claim *c) {
    uint32_t q = c->s->quote[c->anchor];
    if (q == SF_NONE)
        return;
    const sofar_quote *quote = &c->s->quotes->at[q];
    if (quote->kind == SOFAR_INDIRECT) {
        if (c->by == SOFAR_NOBODY && !c->done)
            c->by = quote->speaker;
        return;
    }
    if (quote->speaker == SOFAR_NOBODY ||
        (c->by != SOFAR_NOBODY && c->by != quote->speaker)) /* hearsay in a quotation */
        c->nothing = true;
    c->by = quote->speaker;
}

/* "aboard" of "came aboard" stands where its verb does; "due" of "her album, due in April", which
 * the parser takes for a preposition, where the noun does. */
static uint32_t bearer(const sf_tree *t, uint32_t anchor) {
    const sf_node *node = &t->nodes[anchor];
    if (node->head == SF_NONE)
        return anchor;
    if (node->arc == SF_ARC_CASE && node->pos == SF_POS_ADJ)
        return t->nodes[node->head].head == SF_NONE ? node->head : t->nodes[node->head].head;
    bool particle = node->pos == SF_POS_ADV || node->pos == SF_POS_ADP || node->pos == SF_POS_PART;
    return particle && (node->arc == SF_ARC_PRT || node->arc == SF_ARC_ADVMOD) ? node->head
                                                                               : anchor;
}

sf_standing sf_standing_of(const sf_standings *s, uint32_t anchor, sf_span work) {
    anchor = bearer(s->tree, anchor);
    sf_claim c = {.s = s,
                  .t = s->tree,
                  .anchor = anchor,
                  .node = anchor,
                  .work = work,
                  .by = SOFAR_NOBODY,
                  .when = SF_NONE,
                  .said_when = SF_NONE};
    static const sf_standing none = {true, SOFAR_STATED, SOFAR_NOBODY, SF_NONE, false};
    if (s->unsaid[s->tree->nodes[anchor].sentence] || sf_claim_is_fiction(&c))
        return none;
    sf_claim_climb(&c);
    date(&c);
    bool ahead = settle_time(&c);
    sf_claim_retort(&c);
    quoted(&c);
    if (c.nothing || (c.denied && c.mode == SF_PERHAPS))
        return none;
    static const sofar_claim claims[] = {SOFAR_STATED, SOFAR_PLANNED, SOFAR_RUMOURED};
    return (sf_standing){false, c.denied ? SOFAR_DENIED : claims[c.mode], c.by, c.when,
                         ahead && !c.denied};
}
