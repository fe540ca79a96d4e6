/* The way up from an event. Each step asks the word above (govern) and the words beside it
 * (beside); a noun that holds a clause ("plans to", "rumours that") is itself an argument of
 * something (noun). The way ends at the root, or where the words only presuppose the event: in a
 * relative clause, an apposition, behind "after". */
#include "fact/claim.h"

static bool is_infinitive(const sf_claim *c, uint32_t node) {
    return sf_claim_has_to(c, node) ||
           (claim_has(c, node, SF_IS_INFINITIVE) && claim_child(c, node, SF_ARC_AUX) == SF_NONE);
}

/* ---- above a clause ---- */

static bool is_passive(const sf_claim *c, uint32_t node) {
    return claim_child(c, node, SF_ARC_AUX_PASS) != SF_NONE ||
           claim_child(c, node, SF_ARC_NSUBJ_PASS) != SF_NONE;
}

/* "In her new song, Ruiz says" */
static bool is_sung(const sf_claim *c, uint32_t verb) {
    static const char *const words[] = {"song", "track", "verse", "lyrics", "single",
                                        "film", "movie", "novel", "sketch", "sitcom"};
    for (SF_CHILDREN(c->t, i, verb))
        for (size_t k = 0; claim_arc(c, i) == SF_ARC_OBL && k < SF_LEN(words); k++)
            if (claim_word(c, i, words[k]))
                return true;
    return false;
}

/* The verb says it: who, when. Not that they did not say it, or might. */
static void say(sf_claim *c, uint32_t verb) {
    c->spoken = true;
    if (sf_claim_is_doubtful(c, verb) || is_sung(c, verb)) {
        c->nothing = true;
        return;
    }
    if (c->would) /* "said she would star" */
        c->would = false, sf_claim_weaken(c, SF_PUT_OFF);
    if (!is_passive(c, verb) || claim_child(c, verb, SF_ARC_OBL_AGENT) != SF_NONE)
        sf_claim_speak(c, sf_voice_subject(c->s, verb));
    if (c->by == SOFAR_NOBODY && claim_is(c, verb, SF_STAND_HINT)) /* "neighbours claimed that" */
        sf_claim_weaken(c, SF_PERHAPS);
    if (c->said_when == SF_NONE)
        c->said_when = sf_dated_at(&c->s->datings, verb);
}

/* "denied that", "ruled out": turned round; what was only rumoured or planned is denied. */
static void deny(sf_claim *c, uint32_t verb) {
    if (sf_claim_is_doubtful(c, verb))
        c->nothing = true;
    c->would = false;
    c->mode = SF_AS_IS;
    c->denied = !c->denied;
    if (!is_passive(c, verb) || claim_child(c, verb, SF_ARC_OBL_AGENT) != SF_NONE)
        sf_claim_speak(c, sf_voice_subject(c->s, verb));
}

/* Puts off or weakens, with what stands beside the word: "does not plan to", "is no longer set to".
 */
static void put_off(sf_claim *c, uint32_t node, sf_mode mode) {
    if (c->spoken && mode == SF_PUT_OFF) /* "plans to announce that" */
        c->nothing = true;
    c->would = false;
    sf_claim_weaken(c, mode);
    sf_claim_beside(c, node);
}

/* The time that hangs on a helping word is the event's: "is set to open on Friday". */
static void share_time(sf_claim *c, uint32_t node) {
    if (c->when == SF_NONE)
        c->when = sf_dated_at(&c->s->datings, node);
}

static bool noun_says(sf_claim *c, uint32_t noun);

/* "Word reaches me that", "rumours swirl that": the clause is the subject's. */
static bool subject_says(sf_claim *c, uint32_t up) {
    uint32_t subject = claim_child(c, up, SF_ARC_NSUBJ);
    if (subject == SF_NONE || claim_word(c, subject, "it") ||
        !claim_is(c, subject, SF_STAND_RUMOUR | SF_STAND_DO))
        return false;
    sf_claim_beside(c, up);
    return noun_says(c, subject);
}

static bool is_with(const sf_claim *c, uint32_t node) {
    for (SF_CHILDREN(c->t, i, node))
        if ((claim_arc(c, i) == SF_ARC_MARK || claim_arc(c, i) == SF_ARC_CASE) &&
            claim_word(c, i, "with"))
            return true;
    return false;
}

/* Clause `node` hangs on verb or adjective `up`. */
static void govern(sf_claim *c, uint32_t node, uint32_t up) {
    bool open = claim_arc(c, node) == SF_ARC_XCOMP || is_infinitive(c, node);
    bool passive = is_passive(c, up);
    if (passive && claim_is(c, up, SF_STAND_HEARSAY)) {
        put_off(c, up, SF_PERHAPS);
    } else if (claim_is(c, up, SF_STAND_DENY)) {
        deny(c, up);
    } else if (open && claim_is(c, up, SF_STAND_PLAN)) {
        put_off(c, up, SF_PUT_OFF);
        share_time(c, up);
    } else if (open && claim_is(c, up, SF_STAND_FAIL)) {
        c->denied = !c->denied;
        sf_claim_beside(c, up);
    } else if (!open && claim_is(c, up, SF_STAND_SAY)) {
        say(c, up);
    } else if (claim_is(c, up, SF_STAND_DO) &&
               (open || c->t->nodes[up].pos != SF_POS_VERB)) { /* "it is true that" */
        sf_claim_beside(c, up);
        share_time(c, up);
    } else if (claim_is(c, up, SF_STAND_TALK)) {
        put_off(c, up, SF_PERHAPS);
        share_time(c, up);
    } else if (claim_is(c, up, SF_STAND_HINT)) {
        say(c, up);
        sf_claim_weaken(c, SF_PERHAPS);
    } else if (claim_is(c, up, SF_STAND_PLAN)) { /* "expects that she will" */
        put_off(c, up, SF_PUT_OFF);
    } else if (claim_is(c, up, SF_STAND_KNOW)) {
        sf_claim own = {.s = c->s, .t = c->t, .by = SOFAR_NOBODY};
        sf_claim_beside(&own, up);
        c->nothing |= own.would || own.nothing; /* "would be proud to" */
        share_time(c, up);
    } else if (claim_is(c, up, SF_STAND_FALSE)) {
        c->denied = !c->denied;
        c->mode = SF_AS_IS;
        sf_claim_beside(c, up);
    } else if (claim_is(c, up, SF_STAND_SAY) && open && passive) { /* "was announced to star" */
        put_off(c, up, SF_PUT_OFF);
    } else if (subject_says(c, up)) {
        return;
    } else if (sf_claim_has_to(c, node) && is_with(c, up)) { /* "with shooting to start in May" */
        sf_claim_weaken(c, SF_PUT_OFF);
        c->done = true;
    } else if (claim_is(c, up, SF_STAND_UNDO) ||
               !claim_has(c, node, SF_IS_PARTICIPLE | SF_IS_GERUND) ||
               claim_arc(c, node) != SF_ARC_XCOMP) {
        c->nothing = c->nothing || c->s->quote[c->anchor] == c->s->quote[up];
    }
}

/* ---- above a noun ---- */

/* "a false report" */
static bool is_false(const sf_claim *c, uint32_t noun) {
    for (SF_CHILDREN(c->t, i, noun))
        if (claim_arc(c, i) == SF_ARC_AMOD && claim_is(c, i, SF_STAND_FALSE))
            return true;
    return false;
}

/* What a noun says of the clause or event that it holds: "plans to", "rumours of". */
static bool noun_says(sf_claim *c, uint32_t noun) {
    if (claim_is(c, noun, SF_STAND_RUMOUR) && is_false(c, noun))
        c->denied = !c->denied, c->mode = SF_AS_IS;
    else if (claim_is(c, noun, SF_STAND_RUMOUR | SF_STAND_TALK))
        put_off(c, noun, SF_PERHAPS);
    else if (claim_is(c, noun, SF_STAND_PLAN))
        put_off(c, noun, SF_PUT_OFF), share_time(c, noun);
    else if (claim_is(c, noun, SF_STAND_FAIL))
        c->denied = !c->denied, sf_claim_beside(c, noun);
    else if (claim_is(c, noun, SF_STAND_UNDO))
        c->nothing = true;
    else if (claim_word(c, noun, "truth"))
        c->mode = SF_AS_IS, sf_claim_beside(c, noun);
    else if (claim_is(c, noun, SF_STAND_DO))
        sf_claim_beside(c, noun);
    else
        return false;
    return true;
}

/* The noun is the subject of `up`. */
static void noun_subject(sf_claim *c, uint32_t up) {
    bool passive = is_passive(c, up);
    if (claim_is(c, up, SF_STAND_FALSE) && !(passive && claim_is(c, up, SF_STAND_DENY))) {
        c->mode = SF_AS_IS;
        c->denied = !c->denied;
        sf_claim_beside(c, up);
    } else if (passive && claim_is(c, up, SF_STAND_DENY)) {
        deny(c, up);
    } else if (passive && claim_is(c, up, SF_STAND_FAIL)) {
        c->denied = !c->denied;
        sf_claim_beside(c, up);
    } else if (passive && claim_is(c, up, SF_STAND_PLAN) && !claim_is(c, up, SF_STAND_SAY)) {
        put_off(c, up, SF_PUT_OFF);
        share_time(c, up);
    } else if (claim_is(c, up, SF_STAND_TALK)) {
        put_off(c, up, SF_PERHAPS);
    } else if (claim_is(c, up, SF_STAND_PLAN) && !passive) { /* "the wedding is due in May" */
        put_off(c, up, SF_PUT_OFF);
        share_time(c, up);
    } else if (claim_is(c, up, SF_STAND_HAPPEN | SF_STAND_MOVE) ||
               (passive && claim_is(c, up, SF_STAND_SAY))) {
        sf_claim_beside(c, up);
        share_time(c, up);
    } else {
        c->done = true;
    }
}

/* "confirmed reports that": so, by whom; that others repeat them, or do not, changes nothing. */
static void confirm(sf_claim *c, uint32_t verb) {
    if (sf_claim_is_doubtful(c, verb) ||
        !sf_str_starts_ci(sf_tree_form(c->t, verb), SF_STR("confirm"))) {
        c->done = true;
        return;
    }
    c->spoken = true;
    c->mode = SF_AS_IS;
    sf_claim_speak(c, sf_voice_subject(c->s, verb));
}

/* The noun is the object of `up`, or stands in it with a preposition. */
static void noun_object(sf_claim *c, uint32_t up) {
    if (claim_is(c, up, SF_STAND_DENY))
        deny(c, up);
    else if (claim_is(c, up, SF_STAND_FAIL))
        c->denied = !c->denied, sf_claim_beside(c, up);
    else if (claim_is(c, up, SF_STAND_TALK))
        put_off(c, up, SF_PERHAPS), share_time(c, up);
    else if (claim_is(c, up, SF_STAND_SAY) && c->mode == SF_PERHAPS)
        confirm(c, up);
    else if (claim_is(c, up, SF_STAND_SAY))
        sf_claim_beside(c, up);
    else if (claim_is(c, up, SF_STAND_PLAN))
        put_off(c, up, SF_PUT_OFF), share_time(c, up);
    else if (claim_is(c, up, SF_STAND_HINT))
        put_off(c, up, SF_PERHAPS);
    else if (claim_is(c, up, SF_STAND_UNDO))
        c->nothing = true;
    else
        sf_claim_beside(c, up);
    if (claim_is(c, up, SF_STAND_DO)) /* "completed its purchase on Friday" */
        share_time(c, up);
}

/* "slated for release", "in talks over a merger", "linked to a comeback" */
static bool is_toward(const sf_claim *c, uint32_t noun) {
    static const char *const words[] = {"for", "about", "over", "on", "of", "toward", "towards"};
    uint32_t preposition = claim_child(c, noun, SF_ARC_CASE);
    for (size_t i = 0; preposition != SF_NONE && i < SF_LEN(words); i++)
        if (claim_word(c, preposition, words[i]))
            return true;
    return false;
}

/* One step up from a noun that names the event or holds it. */
static void noun(sf_claim *c, uint32_t up) {
    switch (claim_arc(c, c->node)) {
    case SF_ARC_NSUBJ:
    case SF_ARC_NSUBJ_PASS: noun_subject(c, up); break;
    case SF_ARC_OBJ: noun_object(c, up); break;
    case SF_ARC_OBL:
        if ((claim_is(c, up, SF_STAND_PLAN | SF_STAND_TALK | SF_STAND_UNDO) &&
             is_toward(c, c->node)) ||
            (claim_is(c, up, SF_STAND_DENY) && c->node == up + 2)) /* "laughed off reports" */
            noun_object(c, up);
        else
            c->done = true;
        break;
    case SF_ARC_NMOD:
    case SF_ARC_COMPOUND:
    case SF_ARC_ACL:
    case SF_ARC_NMOD_POSS:
        if (claim_word(c, up, "date")) /* "a release date of June 9" */
            share_time(c, up);
        else
            c->done = !noun_says(c, up) && !claim_is(c, up, SF_STAND_HAPPENING);
        break;
    case SF_ARC_CONJ: break;
    default: c->done = true;
    }
}

/* ---- the way up ---- */

static bool is_nominal(const sf_claim *c, uint32_t node) {
    uint8_t pos = c->t->nodes[node].pos;
    return (pos == SF_POS_NOUN || pos == SF_POS_PROPN || pos == SF_POS_PRON) &&
           claim_child(c, node, SF_ARC_COP) == SF_NONE;
}

/* "will star and produce": what stands beside the first counts for both, if the second has no
 * subject or auxiliary of its own; a negation only over "or" and "nor", and where nothing is
 * inflected anew. */
static void share(sf_claim *c, uint32_t node, uint32_t first) {
    bool own = claim_child(c, node, SF_ARC_NSUBJ) != SF_NONE ||
               claim_child(c, node, SF_ARC_NSUBJ_PASS) != SF_NONE ||
               claim_child(c, node, SF_ARC_AUX) != SF_NONE ||
               claim_child(c, node, SF_ARC_COP) != SF_NONE;
    uint32_t cc = claim_child(c, node, SF_ARC_CC);
    bool but = cc != SF_NONE && (claim_word(c, cc, "but") || claim_word(c, cc, "yet"));
    bool inflected = claim_has(c, node, SF_IS_FINITE);
    sf_claim of_first = {.s = c->s, .t = c->t, .by = SOFAR_NOBODY};
    sf_claim_beside(&of_first, first);
    if (own || but || (inflected && !is_nominal(c, node))) {
        for (SF_CHILDREN(c->t, i, first)) /* "if she wins and leaves" */
            if (!but && claim_arc(c, i) == SF_ARC_MARK && claim_is(c, i, SF_STAND_IF))
                c->nothing = true;
        return;
    }
    c->nothing |= of_first.nothing;
    c->would |= of_first.would;
    c->denied ^= of_first.denied;
    sf_claim_weaken(c, of_first.mode);
}

/* A clause beside another: "left to direct", "ending her run", "after leaving". */
static void adverbial(sf_claim *c, uint32_t node, uint32_t up) {
    uint32_t mark = claim_child(c, node, SF_ARC_MARK);
    c->done = true;
    if (is_infinitive(c, node) && (mark == SF_NONE || claim_word(c, mark, "to"))) {
        c->nothing |= sf_claim_is_doubtful(c, up);
        if (!c->spoken) /* "was the first to report that" */
            sf_claim_weaken(c, SF_PUT_OFF);
    } else if (mark == SF_NONE && !claim_has(c, node, SF_IS_FINITE | SF_IS_PAST) &&
               claim_child(c, node, SF_ARC_AUX) == SF_NONE) {
        sf_claim_beside(c, up);
        c->nothing |= c->denied;
        c->done = false;
    }
}

/* "the first woman to win": done. */
static bool is_ranked(const sf_claim *c, uint32_t noun) {
    if (claim_is(c, noun, SF_STAND_RANK))
        return true;
    for (SF_CHILDREN(c->t, i, noun))
        if (claim_is(c, i, SF_STAND_RANK) &&
            (claim_arc(c, i) == SF_ARC_AMOD || claim_arc(c, i) == SF_ARC_NUMMOD))
            return true;
    return false;
}

static void noun(sf_claim *c, uint32_t up);

/* "There is talk of a film starring Ruiz", "hopes to make a film that": what is said of a thing
 * that is not yet, or perhaps will not be, is no more than the thing is. */
static void thing(sf_claim *c, uint32_t node) {
    static const char *const articles[] = {"a", "an", "another", "any"};
    uint32_t article = claim_child(c, node, SF_ARC_DET);
    bool indefinite = false;
    for (size_t i = 0; article != SF_NONE && i < SF_LEN(articles); i++)
        indefinite = indefinite || claim_word(c, article, articles[i]);
    if (!indefinite || claim_head(c, node) == SF_NONE)
        return;
    sf_claim of_thing = {.s = c->s, .t = c->t, .anchor = node, .node = node, .by = SOFAR_NOBODY};
    noun(&of_thing, claim_head(c, node));
    c->nothing |= of_thing.nothing || of_thing.denied;
    if (of_thing.mode == SF_PERHAPS)
        sf_claim_weaken(c, SF_PERHAPS);
}

static void clause_in_noun(sf_claim *c, uint32_t node, uint32_t up) {
    if (noun_says(c, up))
        return;
    c->done = true;
    thing(c, up);
    if (!is_infinitive(c, node))
        return;
    if (is_ranked(c, up)) { /* "will become the first to win" */
        sf_claim_beside(c, up);
        c->nothing |= c->denied;
        c->done = false;
        return;
    }
    if (c->s->name[up] != SF_NONE || claim_is(c, up, SF_STAND_HAPPENING) ||
        claim_child(c, node, SF_ARC_AUX_PASS) != SF_NONE)
        sf_claim_weaken(c, SF_PUT_OFF); /* "Jo Park to star", "a film to be directed by" */
    else
        c->nothing = true;
}

/* Where the parser made something else of "to direct": the word in front governs it. */
static uint32_t in_front_of_to(const sf_claim *c, uint32_t node) {
    const sf_node *nodes = c->t->nodes;
    if (node < 2 || nodes[node].sentence != nodes[node - 2].sentence ||
        !claim_word(c, node - 1, "to"))
        return SF_NONE;
    return claim_is(c, node - 2,
                    SF_STAND_PLAN | SF_STAND_DO | SF_STAND_FAIL | SF_STAND_UNDO | SF_STAND_TALK |
                        SF_STAND_DENY | SF_STAND_HEARSAY)
               ? node - 2
               : SF_NONE;
}

/* Is the noun an event ("the release of"), not a thing ("her debut, Dry Land")? */
static bool names_event(const sf_claim *c, uint32_t node) {
    if (claim_arc(c, node) == SF_ARC_COMPOUND &&
        claim_is(c, claim_head(c, node), SF_STAND_HAPPENING))
        return true; /* "a directing credit" */
    uint32_t apposed = claim_child(c, node, SF_ARC_APPOS);
    return claim_is(c, node, SF_STAND_HAPPENING) && c->s->name[node] == SF_NONE &&
           (apposed == SF_NONE || c->s->name[apposed] == SF_NONE);
}

/* "a release planned for May", "the premiere, scheduled for Friday" */
static void planned_noun(sf_claim *c, uint32_t noun) {
    for (SF_CHILDREN(c->t, i, noun))
        if (claim_arc(c, i) == SF_ARC_ACL && claim_is(c, i, SF_STAND_PLAN) &&
            claim_child(c, i, SF_ARC_XCOMP) == SF_NONE && !is_passive(c, i)) {
            put_off(c, i, SF_PUT_OFF);
            share_time(c, i);
        }
}

static void rise(sf_claim *c);

/* From c->node to the word above it. That someone does not say it ("refused to confirm that") is
 * not that it is not so. */
static void step(sf_claim *c) {
    bool spoken = c->spoken, denied = c->denied;
    rise(c);
    if (spoken && c->denied != denied)
        c->nothing = true;
}

/* What the parser calls a clause beside may be what the verb asks for: "returned to direct",
 * "denied dating". */
static bool is_complement(const sf_claim *c, uint32_t node, uint32_t up) {
    if (sf_claim_has_to(c, node))
        return claim_is(c, up,
                        SF_STAND_PLAN | SF_STAND_DO | SF_STAND_FAIL | SF_STAND_UNDO |
                            SF_STAND_TALK | SF_STAND_DENY);
    return claim_child(c, node, SF_ARC_MARK) == SF_NONE && !claim_has(c, node, SF_IS_FINITE) &&
           claim_is(c, up, SF_STAND_DENY | SF_STAND_TALK);
}

/* "will serve as host and produce": the bare verb goes with the verb, whatever it was joined to. */
static uint32_t joined_to(const sf_claim *c, uint32_t node, uint32_t up) {
    if (c->t->nodes[node].pos != SF_POS_VERB || !claim_has(c, node, SF_IS_INFINITIVE))
        return up;
    uint32_t verb = up;
    for (unsigned step = 0; step < 3 && verb != SF_NONE; step++, verb = claim_head(c, verb))
        if (c->t->nodes[verb].pos == SF_POS_VERB)
            return verb;
    return up;
}

/* "a report that Ruiz had died": "that" only introduces the clause. */
static bool is_that(const sf_claim *c, uint32_t node) {
    uint32_t mark = claim_child(c, node, SF_ARC_MARK);
    return mark != SF_NONE && claim_word(c, mark, "that");
}

static void rise(sf_claim *c) {
    uint32_t node = c->node, up = claim_head(c, node);
    if (node == c->anchor && is_nominal(c, node) && !names_event(c, node)) {
        c->done = true;
        return;
    }
    switch (claim_arc(c, node)) {
    case SF_ARC_CONJ:
        up = joined_to(c, node, up);
        share(c, node, up);
        break;
    case SF_ARC_CCOMP:
    case SF_ARC_CSUBJ:
        if (claim_arc(c, node) == SF_ARC_CSUBJ && !claim_has(c, node, SF_IS_FINITE) &&
            !sf_claim_has_to(c, node))
            noun_subject(c, up); /* "casting him was announced" */
        else if (!is_nominal(c, up))
            govern(c, node, up);
        else if (!noun_says(c, up))
            c->nothing = true;
        break;
    case SF_ARC_XCOMP:
        if (is_nominal(c, up))
            clause_in_noun(c, node, up);
        else
            govern(c, node, up);
        break;
    case SF_ARC_PARATAXIS:
        if (node > up && claim_is(c, up, SF_STAND_SAY) && c->t->nodes[up].pos == SF_POS_VERB)
            govern(c, node, up);
        else
            c->done = true;
        break;
    case SF_ARC_ADVCL:
        if (is_complement(c, node, up))
            govern(c, node, up);
        else
            adverbial(c, node, up);
        break;
    case SF_ARC_ACL:
        if (in_front_of_to(c, node) != SF_NONE)
            up = in_front_of_to(c, node); /* "Lumen in Talks to Buy": not what the head holds */
        if (in_front_of_to(c, node) == SF_NONE || is_nominal(c, up))
            clause_in_noun(c, node, up);
        else
            govern(c, node, up);
        break;
    case SF_ARC_RELCL:
        c->done = !(claim_is(c, up, SF_STAND_RUMOUR | SF_STAND_UNDO) && is_that(c, node) &&
                    noun_says(c, up));
        break;
    case SF_ARC_APPOS:
    case SF_ARC_ROOT: c->done = true; break;
    default:
        if (node == c->anchor && in_front_of_to(c, node) != SF_NONE) {
            up = in_front_of_to(c, node);
            if (is_nominal(c, up))
                clause_in_noun(c, node, up);
            else
                govern(c, node, up);
        } else if (is_nominal(c, node))
            noun(c, up);
        else
            c->done = true;
    }
    c->node = up;
}

/* "Jo Park to star in Night Bus": an infinitive without a finite verb above. */
static void headline(sf_claim *c) {
    uint32_t root = c->anchor;
    if (claim_arc(c, root) == SF_ARC_ROOT && sf_claim_has_to(c, root))
        sf_claim_weaken(c, SF_PUT_OFF);
}

void sf_claim_climb(sf_claim *c) {
    sf_claim_beside(c, c->node);
    sf_claim_attributions(c, c->node);
    if (is_nominal(c, c->anchor) && names_event(c, c->anchor))
        planned_noun(c, c->anchor);
    for (unsigned steps = 0; !c->done && !c->nothing; steps++) {
        if (claim_head(c, c->node) == SF_NONE)
            break;
        if (steps == SF_CLAIM_STEPS) {
            c->nothing = true;
            break;
        }
        step(c);
        if (!c->done)
            sf_claim_attributions(c, c->node);
    }
    if (!c->done && c->would)
        c->nothing = true;
    headline(c);
}
