/* The way up from an event. A claim is carried along: is the event denied, put off or weakened, who
 * says so. Each step asks the word above (govern) and the words beside it (beside); a noun that
 * holds a clause ("plans to", "rumours that") is itself an argument of something (noun). The way
 * ends at the root, or where the words only presuppose the event: in a relative clause, an
 * apposition, behind "after". */
#include "fact/ground.h"

enum { HIGH = 48 }; /* steps; what lies deeper is not said */

typedef enum sf_mode { AS_IS, PLANNED, PERHAPS } sf_mode;

typedef struct claim {
    const sf_standings *s;
    const sf_tree *t;
    uint32_t anchor, node;
    bool nothing, denied, would;
    bool done;  /* nothing above counts */
    bool borne; /* the clauses above still say it (not only presuppose it) */
    sf_mode mode;
    uint32_t by;
    uint32_t when, said_when; /* times; said_when is when someone said it */
} claim;

static bool is(const claim *c, uint32_t node, uint32_t sections) {
    return sf_ground_is(c->s, node, sections);
}

static uint8_t arc(const claim *c, uint32_t node) { return c->t->nodes[node].arc; }
static uint32_t head(const claim *c, uint32_t node) { return c->t->nodes[node].head; }

static bool has(const claim *c, uint32_t node, unsigned feature) {
    return (c->t->nodes[node].features & feature) != 0;
}

static uint32_t child(const claim *c, uint32_t node, sf_arc wanted) {
    return sf_tree_child(c->t, node, wanted, SF_NONE);
}

static bool is_infinitive(const claim *c, uint32_t node) {
    if (has(c, node, SF_IS_INFINITIVE) && child(c, node, SF_ARC_AUX) == SF_NONE)
        return true;
    for (SF_CHILDREN(c->t, i, node)) /* "to be directed by", "to be the host" */
        if (arc(c, i) == SF_ARC_MARK && sf_ground_word(c->s, i, "to"))
            return true;
    return false;
}

static bool has_to(const claim *c, uint32_t node) {
    for (SF_CHILDREN(c->t, i, node))
        if (arc(c, i) == SF_ARC_MARK && sf_ground_word(c->s, i, "to"))
            return true;
    return false;
}

static void weaken(claim *c, sf_mode mode) {
    if (mode > c->mode)
        c->mode = mode;
}

/* ---- beside a word ---- */

/* "not only stars", "not just": no negation. */
static bool is_only(const claim *c, uint32_t not ) {
    static const char *const words[] = {"only",  "just", "merely",      "simply",
                                        "least", "long", "surprisingly"};
    for (size_t i = 0; not +1 < c->t->count && i < SF_LEN(words); i++)
        if (sf_ground_word(c->s, not +1, words[i]))
            return true;
    return false;
}

static bool negates(const claim *c, uint32_t i) {
    if (sf_ground_word(c->s, i, "longer") && i && sf_ground_word(c->s, i - 1, "no"))
        return true;
    if (!is(c, i, SF_STAND_NOT) || is_only(c, i))
        return false;
    switch (arc(c, i)) {
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
static bool argument_negates(const claim *c, uint32_t i) {
    if (arc(c, i) != SF_ARC_NSUBJ && arc(c, i) != SF_ARC_NSUBJ_PASS && arc(c, i) != SF_ARC_OBJ)
        return false;
    for (SF_CHILDREN(c->t, k, i))
        if (arc(c, k) == SF_ARC_DET && is(c, k, SF_STAND_NOT))
            return true;
    return false;
}

static void beside_auxiliary(claim *c, uint32_t i) {
    if (is(c, i, SF_STAND_WILL))
        weaken(c, PLANNED);
    else if (is(c, i, SF_STAND_MAY))
        weaken(c, PERHAPS);
    else if (is(c, i, SF_STAND_WOULD) && !sf_ground_word(c->s, i, "had"))
        c->would = true;
    else if (is(c, i, SF_STAND_OUGHT))
        c->nothing = true;
}

/* Is 'd or ’d "had"? Before a past participle it is. */
static bool is_had(const claim *c, uint32_t i, uint32_t node) {
    return !sf_ground_word(c->s, i, "would") && has(c, node, SF_IS_PARTICIPLE);
}

static bool is_be(const claim *c, uint32_t i) {
    static const char *const forms[] = {"is", "are", "was", "were", "'s", "’s", "'re", "’re", "be"};
    for (size_t k = 0; k < SF_LEN(forms); k++)
        if (sf_ground_word(c->s, i, forms[k]))
            return true;
    return false;
}

/* What the words beside a clause's head do to it: auxiliaries, adverbs, conjunctions, determiners.
 */
static void beside(claim *c, uint32_t node) {
    bool denied = false;
    for (SF_CHILDREN(c->t, i, node)) {
        uint8_t a = arc(c, i);
        if (i != c->node && (negates(c, i) || argument_negates(c, i))) {
            denied = true;
        } else if (a == SF_ARC_AUX || a == SF_ARC_AUX_PASS) {
            if (is_be(c, i) && has_to(c, node)) /* "is to star" */
                weaken(c, PLANNED);
            else if (!is_had(c, i, node))
                beside_auxiliary(c, i);
        } else if (a == SF_ARC_ADVMOD || a == SF_ARC_DISCOURSE || a == SF_ARC_AMOD) {
            if (is(c, i, SF_STAND_HEDGE))
                weaken(c, PERHAPS);
            else if (is(c, i, SF_STAND_UNREAL) || sf_ground_word(c->s, i, "yet"))
                c->nothing = true;
        } else if (a == SF_ARC_MARK || a == SF_ARC_CASE) {
            if (is(c, i, SF_STAND_IF) || sf_ground_word(c->s, i, "without") ||
                sf_ground_word(c->s, i, "instead"))
                c->nothing = true;
        } else if (a == SF_ARC_PUNCT && sf_ground_word(c->s, i, "?")) {
            c->nothing = true;
        }
    }
    c->denied ^= denied;
    if (has(c, node, SF_IS_IMPERATIVE) && child(c, node, SF_ARC_NSUBJ) == SF_NONE)
        c->nothing = true;
}

/* Is something about the word itself in doubt: negated, only possible? */
static bool is_doubtful(const claim *c, uint32_t node) {
    claim own = {.s = c->s, .t = c->t, .by = SOFAR_NOBODY};
    beside(&own, node);
    return own.nothing || own.denied || own.would || own.mode == PERHAPS;
}

/* ---- who says so ---- */

static void speak(claim *c, uint32_t subject) {
    if (subject == SF_NONE)
        return;
    if (is(c, subject, SF_STAND_SOURCE))
        weaken(c, PERHAPS);
    else if (c->by == SOFAR_NOBODY)
        c->by = sf_voice_of(c->s, subject);
}

static bool is_clause_of(uint8_t a) {
    return a == SF_ARC_CCOMP || a == SF_ARC_XCOMP || a == SF_ARC_CSUBJ;
}

/* ", the studio announced", "as Variety first reported": a clause of saying beside the event's. */
static void aside(claim *c, uint32_t i) {
    if (!is(c, i, SF_STAND_SAY | SF_STAND_HINT) || is_doubtful(c, i))
        return;
    for (SF_CHILDREN(c->t, k, i))
        if (is_clause_of(arc(c, k)) || arc(c, k) == SF_ARC_OBJ)
            return;
    if (is(c, i, SF_STAND_HINT))
        weaken(c, PERHAPS);
    speak(c, sf_voice_subject(c->s, i));
    if (c->said_when == SF_NONE)
        c->said_when = sf_dated_at(&c->s->datings, i);
}

static bool is_as(const claim *c, uint32_t node) {
    uint32_t mark = child(c, node, SF_ARC_MARK);
    return mark != SF_NONE && sf_ground_word(c->s, mark, "as");
}

/* "according to the studio", "per Variety" */
static bool is_according(const claim *c, uint32_t node) {
    for (SF_CHILDREN(c->t, i, node))
        if ((arc(c, i) == SF_ARC_CASE || arc(c, i) == SF_ARC_MARK) &&
            (sf_ground_word(c->s, i, "according") || sf_ground_word(c->s, i, "per")))
            return true;
    return sf_ground_word(c->s, node, "according");
}

static void attributions(claim *c, uint32_t node) {
    for (SF_CHILDREN(c->t, i, node)) {
        uint8_t a = arc(c, i);
        if (a == SF_ARC_PARATAXIS || (a == SF_ARC_ADVCL && is_as(c, i)))
            aside(c, i);
        else if ((a == SF_ARC_OBL || a == SF_ARC_NMOD || a == SF_ARC_ADVCL) && is_according(c, i)) {
            uint32_t who = i;
            if (sf_ground_word(c->s, i, "according")) {
                who = child(c, i, SF_ARC_OBL);
                if (who == SF_NONE)
                    continue;
            }
            speak(c, who);
        }
    }
}

/* ---- above a clause ---- */

static bool is_passive(const claim *c, uint32_t node) {
    return child(c, node, SF_ARC_AUX_PASS) != SF_NONE ||
           child(c, node, SF_ARC_NSUBJ_PASS) != SF_NONE;
}

/* The verb says it: who, when. Not that they did not say it, or might. */
static void say(claim *c, uint32_t verb) {
    if (is_doubtful(c, verb)) {
        c->nothing = true;
        return;
    }
    if (c->would) /* "said she would star" */
        c->would = false, weaken(c, PLANNED);
    if (!is_passive(c, verb) || child(c, verb, SF_ARC_OBL_AGENT) != SF_NONE)
        speak(c, sf_voice_subject(c->s, verb));
    if (c->said_when == SF_NONE)
        c->said_when = sf_dated_at(&c->s->datings, verb);
}

/* "denied that", "ruled out": turned round; what was only rumoured or planned is denied. */
static void deny(claim *c, uint32_t verb) {
    if (is_doubtful(c, verb))
        c->nothing = true;
    c->would = false;
    c->mode = AS_IS;
    c->denied = !c->denied;
    if (!is_passive(c, verb) || child(c, verb, SF_ARC_OBL_AGENT) != SF_NONE)
        speak(c, sf_voice_subject(c->s, verb));
}

/* Puts off or weakens, with what stands beside the word: "does not plan to", "is no longer set to".
 */
static void put_off(claim *c, uint32_t node, sf_mode mode) {
    c->would = false;
    weaken(c, mode);
    beside(c, node);
}

/* The time that hangs on a helping word is the event's: "is set to open on Friday". */
static void share_time(claim *c, uint32_t node) {
    if (c->when == SF_NONE)
        c->when = sf_dated_at(&c->s->datings, node);
}

/* Clause `node` hangs on verb or adjective `up`. */
static void govern(claim *c, uint32_t node, uint32_t up) {
    bool open = arc(c, node) == SF_ARC_XCOMP || is_infinitive(c, node);
    bool passive = is_passive(c, up);
    if (passive && is(c, up, SF_STAND_HEARSAY)) {
        put_off(c, up, PERHAPS);
    } else if (is(c, up, SF_STAND_DENY)) {
        deny(c, up);
    } else if (open && is(c, up, SF_STAND_PLAN)) {
        put_off(c, up, PLANNED);
        share_time(c, up);
    } else if (open && is(c, up, SF_STAND_FAIL)) {
        c->denied = !c->denied;
        beside(c, up);
    } else if (!open && is(c, up, SF_STAND_SAY)) {
        say(c, up);
    } else if (open && is(c, up, SF_STAND_DO)) {
        beside(c, up);
        share_time(c, up);
    } else if (is(c, up, SF_STAND_TALK)) {
        put_off(c, up, PERHAPS);
        share_time(c, up);
    } else if (is(c, up, SF_STAND_HINT)) {
        say(c, up);
        weaken(c, PERHAPS);
    } else if (is(c, up, SF_STAND_PLAN)) { /* "expects that she will" */
        put_off(c, up, PLANNED);
    } else if (is(c, up, SF_STAND_KNOW)) {
        share_time(c, up);
    } else if (is(c, up, SF_STAND_FALSE)) {
        c->denied = !c->denied;
        c->mode = AS_IS;
        beside(c, up);
    } else if (is(c, up, SF_STAND_SAY) && open) { /* "was announced to star" */
        put_off(c, up, PLANNED);
    } else if (is(c, up, SF_STAND_UNDO) || !has(c, node, SF_IS_PARTICIPLE | SF_IS_GERUND) ||
               arc(c, node) != SF_ARC_XCOMP) {
        c->nothing = c->nothing || c->s->quote[c->anchor] == c->s->quote[up];
    }
}

/* ---- above a noun ---- */

/* What a noun says of the clause or event that it holds: "plans to", "rumours of". */
static bool noun_says(claim *c, uint32_t noun) {
    if (is(c, noun, SF_STAND_RUMOUR | SF_STAND_TALK))
        put_off(c, noun, PERHAPS);
    else if (is(c, noun, SF_STAND_PLAN))
        put_off(c, noun, PLANNED), share_time(c, noun);
    else if (is(c, noun, SF_STAND_FAIL))
        c->denied = !c->denied, beside(c, noun);
    else if (is(c, noun, SF_STAND_UNDO))
        c->nothing = true;
    else if (is(c, noun, SF_STAND_DO | SF_STAND_NEWS))
        beside(c, noun);
    else
        return false;
    return true;
}

/* The noun is the subject of `up`. */
static void noun_subject(claim *c, uint32_t up) {
    bool passive = is_passive(c, up);
    if (is(c, up, SF_STAND_FALSE) && !(passive && is(c, up, SF_STAND_DENY))) {
        c->mode = AS_IS;
        c->denied = !c->denied;
        beside(c, up);
    } else if (passive && is(c, up, SF_STAND_DENY)) {
        deny(c, up);
    } else if (passive && is(c, up, SF_STAND_FAIL)) {
        c->denied = !c->denied;
        beside(c, up);
    } else if (passive && is(c, up, SF_STAND_PLAN) && !is(c, up, SF_STAND_SAY)) {
        put_off(c, up, PLANNED);
        share_time(c, up);
    } else if (is(c, up, SF_STAND_TALK)) {
        put_off(c, up, PERHAPS);
    } else if (is(c, up, SF_STAND_PLAN) && !passive) { /* "the wedding is due in May" */
        put_off(c, up, PLANNED);
        share_time(c, up);
    } else if (is(c, up, SF_STAND_HAPPEN) || (passive && is(c, up, SF_STAND_SAY))) {
        beside(c, up);
        share_time(c, up);
    } else {
        c->done = true;
    }
}

/* The noun is the object of `up`, or stands in it with a preposition. */
static void noun_object(claim *c, uint32_t up) {
    if (is(c, up, SF_STAND_DENY))
        deny(c, up);
    else if (is(c, up, SF_STAND_FAIL))
        c->denied = !c->denied, beside(c, up);
    else if (is(c, up, SF_STAND_TALK))
        put_off(c, up, PERHAPS), share_time(c, up);
    else if (is(c, up, SF_STAND_SAY))
        beside(c, up);
    else if (is(c, up, SF_STAND_PLAN))
        put_off(c, up, PLANNED), share_time(c, up);
    else if (is(c, up, SF_STAND_HINT))
        put_off(c, up, PERHAPS);
    else if (is(c, up, SF_STAND_UNDO))
        c->nothing = true;
    else
        beside(c, up);
}

/* One step up from a noun that names the event or holds it. */
static void noun(claim *c, uint32_t up) {
    switch (arc(c, c->node)) {
    case SF_ARC_NSUBJ:
    case SF_ARC_NSUBJ_PASS: noun_subject(c, up); break;
    case SF_ARC_OBJ:
    case SF_ARC_OBL:
    case SF_ARC_XCOMP:
    case SF_ARC_CCOMP:
    case SF_ARC_ADVCL: noun_object(c, up); break;
    case SF_ARC_NMOD:
    case SF_ARC_COMPOUND:
    case SF_ARC_ACL:
    case SF_ARC_NMOD_POSS: c->done = !noun_says(c, up); break;
    case SF_ARC_CONJ: break;
    default: c->done = true;
    }
}

/* ---- the way up ---- */

static bool is_nominal(const claim *c, uint32_t node) {
    uint8_t pos = c->t->nodes[node].pos;
    return (pos == SF_POS_NOUN || pos == SF_POS_PROPN || pos == SF_POS_PRON) &&
           child(c, node, SF_ARC_COP) == SF_NONE;
}

/* "will star and produce": what stands beside the first counts for both, if the second has no
 * subject or auxiliary of its own; a negation only over "or" and "nor", and where nothing is
 * inflected anew. */
static void share(claim *c, uint32_t node, uint32_t first) {
    bool own = child(c, node, SF_ARC_NSUBJ) != SF_NONE ||
               child(c, node, SF_ARC_NSUBJ_PASS) != SF_NONE ||
               child(c, node, SF_ARC_AUX) != SF_NONE || child(c, node, SF_ARC_COP) != SF_NONE;
    uint32_t cc = child(c, node, SF_ARC_CC);
    bool but =
        cc != SF_NONE && (sf_ground_word(c->s, cc, "but") || sf_ground_word(c->s, cc, "yet"));
    bool inflected = has(c, node, SF_IS_FINITE);
    claim of_first = {.s = c->s, .t = c->t, .by = SOFAR_NOBODY};
    beside(&of_first, first);
    if (own || but || (inflected && !is_nominal(c, node))) {
        for (SF_CHILDREN(c->t, i, first)) /* "if she wins and leaves" */
            if (!but && arc(c, i) == SF_ARC_MARK && is(c, i, SF_STAND_IF))
                c->nothing = true;
        return;
    }
    c->nothing |= of_first.nothing;
    c->would |= of_first.would;
    c->denied ^= of_first.denied;
    weaken(c, of_first.mode);
}

/* A clause beside another: "left to direct", "ending her run", "after leaving". */
static void adverbial(claim *c, uint32_t node, uint32_t up) {
    uint32_t mark = child(c, node, SF_ARC_MARK);
    c->done = true;
    if (is_infinitive(c, node) && (mark == SF_NONE || sf_ground_word(c->s, mark, "to"))) {
        c->nothing |= is_doubtful(c, up);
        weaken(c, PLANNED);
    } else if (mark == SF_NONE && !has(c, node, SF_IS_FINITE)) {
        beside(c, up);
        c->nothing |= c->denied;
        c->done = false;
    }
}

/* "the first woman to win": done. */
static bool is_ranked(const claim *c, uint32_t noun) {
    if (is(c, noun, SF_STAND_RANK))
        return true;
    for (SF_CHILDREN(c->t, i, noun))
        if (is(c, i, SF_STAND_RANK) && (arc(c, i) == SF_ARC_AMOD || arc(c, i) == SF_ARC_NUMMOD))
            return true;
    return false;
}

static void clause_in_noun(claim *c, uint32_t node, uint32_t up) {
    if (noun_says(c, up))
        return;
    c->done = true;
    if (!is_infinitive(c, node) || is_ranked(c, up))
        return;
    if (c->s->name[up] != SF_NONE || child(c, node, SF_ARC_AUX_PASS) != SF_NONE)
        weaken(c, PLANNED); /* "Jo Park to star", "a film to be directed by" */
    else
        c->nothing = true;
}

/* Where the parser made something else of "to direct": the word in front governs it. */
static uint32_t in_front_of_to(const claim *c, uint32_t node) {
    const sf_node *nodes = c->t->nodes;
    if (node < 2 || nodes[node].sentence != nodes[node - 2].sentence ||
        !sf_ground_word(c->s, node - 1, "to"))
        return SF_NONE;
    return is(c, node - 2,
              SF_STAND_PLAN | SF_STAND_DO | SF_STAND_FAIL | SF_STAND_UNDO | SF_STAND_TALK |
                  SF_STAND_DENY | SF_STAND_HEARSAY)
               ? node - 2
               : SF_NONE;
}

/* From c->node to the word above it. */
static void step(claim *c) {
    uint32_t node = c->node, up = head(c, node);
    switch (arc(c, node)) {
    case SF_ARC_CONJ: share(c, node, up); break;
    case SF_ARC_CCOMP:
    case SF_ARC_CSUBJ: govern(c, node, up); break;
    case SF_ARC_XCOMP:
        if (is_nominal(c, up))
            clause_in_noun(c, node, up);
        else
            govern(c, node, up);
        break;
    case SF_ARC_PARATAXIS:
        if (node > up && is(c, up, SF_STAND_SAY) && c->t->nodes[up].pos == SF_POS_VERB)
            govern(c, node, up);
        else
            c->done = true;
        break;
    case SF_ARC_ADVCL:
        if (is(c, up, SF_STAND_DENY | SF_STAND_TALK | SF_STAND_PLAN) ||
            (has_to(c, node) && is(c, up, SF_STAND_DO | SF_STAND_FAIL | SF_STAND_UNDO)))
            govern(c, node, up);
        else
            adverbial(c, node, up);
        break;
    case SF_ARC_ACL: clause_in_noun(c, node, up); break;
    case SF_ARC_RELCL:
    case SF_ARC_APPOS:
    case SF_ARC_ROOT: c->done = true; break;
    default:
        if (node == c->anchor && in_front_of_to(c, node) != SF_NONE) {
            up = in_front_of_to(c, node);
            if (is_nominal(c, up))
                clause_in_noun(c, node, up);
            else
                govern(c, node, up);
        } else if (is_nominal(c, node) && (node != c->anchor || is(c, node, SF_STAND_HAPPENING)))
            noun(c, up);
        else
            c->done = true;
    }
    c->node = up;
}

static void climb(claim *c) {
    beside(c, c->node);
    attributions(c, c->node);
    for (unsigned steps = 0; !c->done && !c->nothing; steps++) {
        if (head(c, c->node) == SF_NONE)
            break;
        if (steps == HIGH) {
            c->nothing = true;
            break;
        }
        step(c);
        if (!c->done)
            attributions(c, c->node);
    }
    if (!c->done && c->would)
        c->nothing = true;
}

/* "Jo Park to star in Night Bus": an infinitive without a finite verb above. */
static void headline(claim *c) {
    uint32_t root = c->anchor;
    if (arc(c, root) == SF_ARC_ROOT && has_to(c, root))
        weaken(c, PLANNED);
}

/* ---- fiction ---- */

/* "In the film, Mira marries Leo": the plot, unless it says who plays whom. */
static bool in_fiction(const claim *c) {
    if (is(c, c->anchor, SF_STAND_CREDIT) || c->t->nodes[c->anchor].pos != SF_POS_VERB)
        return false;
    for (SF_CHILDREN(c->t, i, c->anchor)) {
        uint8_t a = arc(c, i);
        uint32_t name = c->s->name[i];
        bool mention = name != SF_NONE;
        sofar_subject_type type =
            mention ? c->s->people->subjects[c->s->people->names[name].subject].type : SOFAR_OTHER;
        if ((a == SF_ARC_NSUBJ || a == SF_ARC_OBJ || a == SF_ARC_NSUBJ_PASS) &&
            type == SOFAR_CHARACTER)
            return true;
        uint32_t preposition = child(c, i, SF_ARC_CASE);
        if (a == SF_ARC_OBL && preposition != SF_NONE && sf_ground_word(c->s, preposition, "in") &&
            is(c, i, SF_STAND_FICTION))
            return true;
    }
    return false;
}

/* "The film follows a nurse who marries Leo" */
static bool in_plot(const claim *c) {
    uint32_t node = c->anchor;
    if (is(c, node, SF_STAND_CREDIT))
        return false;
    for (unsigned steps = 0; steps < HIGH && head(c, node) != SF_NONE; steps++) {
        uint32_t up = head(c, node);
        if (is(c, up, SF_STAND_PLOT) && arc(c, node) != SF_ARC_NSUBJ &&
            arc(c, node) != SF_ARC_CONJ && arc(c, node) != SF_ARC_PARATAXIS) {
            uint32_t subject = child(c, up, SF_ARC_NSUBJ);
            if (subject != SF_NONE &&
                (is(c, subject, SF_STAND_FICTION) ||
                 (c->s->name[subject] != SF_NONE &&
                  c->s->people->subjects[c->s->people->names[c->s->name[subject]].subject].type ==
                      SOFAR_WORK)))
                return true;
        }
        node = up;
    }
    return false;
}

/* ---- when ---- */

static void date(claim *c) {
    uint32_t own = sf_dated_at(&c->s->datings, c->anchor);
    if (own != SF_NONE)
        c->when = own;
    uint32_t node = c->anchor;
    for (unsigned steps = 0; c->when == SF_NONE && steps < HIGH; steps++) {
        uint8_t a = arc(c, node);
        uint32_t up = head(c, node);
        if (a != SF_ARC_CONJ || up == SF_NONE)
            break;
        c->when = sf_dated_front(&c->s->datings, up);
        node = up;
    }
}

static bool is_future(const claim *c) {
    sf_interval interval;
    return c->when != SF_NONE && c->s->today != INT32_MAX &&
           sf_interval_parse(c->s->times->at[c->when].value, &interval) &&
           interval.first > c->s->today;
}

/* A time to come makes a plan of what is said in the present; with a verb in the past it is not the
 * event's. */
static void settle_time(claim *c) {
    if (!is_future(c))
        return;
    bool past = has(c, c->anchor, SF_IS_PAST) && has(c, c->anchor, SF_IS_FINITE);
    if (past && c->mode == AS_IS)
        c->when = SF_NONE;
    else
        weaken(c, PLANNED);
}

/* ---- all of it ---- */

/* Inside quotation marks it is the speaker's word; nobody's if the speaker is not known. */
static void quoted(claim *c) {
    uint32_t q = c->s->quote[c->anchor];
    if (q == SF_NONE)
        return;
    const sofar_quote *quote = &c->s->quotes->at[q];
    if (quote->kind == SOFAR_INDIRECT) {
        if (c->by == SOFAR_NOBODY && c->borne)
            c->by = quote->speaker;
        return;
    }
    if (quote->speaker == SOFAR_NOBODY ||
        (c->by != SOFAR_NOBODY && c->by != quote->speaker)) /* hearsay in a quotation */
        c->nothing = true;
    c->by = quote->speaker;
}

sf_standing sf_standing_of(const sf_standings *s, uint32_t anchor) {
    claim c = {.s = s,
               .t = s->tree,
               .anchor = anchor,
               .node = anchor,
               .by = SOFAR_NOBODY,
               .when = SF_NONE,
               .said_when = SF_NONE};
    sf_standing none = {true, SOFAR_STATED, SOFAR_NOBODY, SF_NONE};
    if (s->unsaid[s->tree->nodes[anchor].sentence] || in_fiction(&c) || in_plot(&c))
        return none;
    climb(&c);
    headline(&c);
    c.borne = !c.done;
    date(&c);
    settle_time(&c);
    quoted(&c);
    if (c.nothing || (c.denied && c.mode == PERHAPS))
        return none;
    static const sofar_claim claims[] = {SOFAR_STATED, SOFAR_PLANNED, SOFAR_RUMOURED};
    return (sf_standing){false, c.denied ? SOFAR_DENIED : claims[c.mode], c.by, c.when};
}
