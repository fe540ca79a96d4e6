/* Who says something: subjects of verbs, and the subjects of the page that they name. */
#include "fact/ground.h"

enum { FAR = 8 }; /* steps in search of a subject */

static uint32_t subject_at(const sf_standings *s, uint32_t node) {
    return s->name[node] == SF_NONE ? SOFAR_NOBODY : s->people->names[s->name[node]].subject;
}

static bool is_body(const sf_standings *s, uint32_t subject) {
    if (subject == SOFAR_NOBODY)
        return false;
    sofar_subject_type type = s->people->subjects[subject].type;
    return type == SOFAR_ORGANIZATION || type == SOFAR_OUTLET;
}

/* "a spokeswoman for the label", "Lumen's press office": the body that is spoken for. */
static uint32_t body_behind(const sf_standings *s, uint32_t node) {
    for (SF_CHILDREN(s->tree, child, node)) {
        uint8_t arc = s->tree->nodes[child].arc;
        if ((arc == SF_ARC_NMOD || arc == SF_ARC_NMOD_POSS || arc == SF_ARC_COMPOUND) &&
            is_body(s, subject_at(s, child)))
            return subject_at(s, child);
    }
    return SOFAR_NOBODY;
}

uint32_t sf_voice_of(const sf_standings *s, uint32_t node) {
    const sf_tree *t = s->tree;
    if (node == SF_NONE || sf_tree_child(t, node, SF_ARC_CONJ, SF_NONE) != SF_NONE)
        return SOFAR_NOBODY;
    if (subject_at(s, node) != SOFAR_NOBODY)
        return subject_at(s, node);
    uint32_t found = SOFAR_NOBODY; /* "Lumen executive Jo Park", "her agent, Jo Park" */
    for (SF_CHILDREN(t, child, node)) {
        uint8_t arc = t->nodes[child].arc;
        if (arc != SF_ARC_APPOS && arc != SF_ARC_FLAT && arc != SF_ARC_NMOD_DESC)
            continue;
        uint32_t subject = subject_at(s, child);
        if (subject == SOFAR_NOBODY || subject == found)
            continue;
        if (found != SOFAR_NOBODY)
            return SOFAR_NOBODY;
        found = subject;
    }
    if (found == SOFAR_NOBODY && sf_ground_is(s, node, SF_STAND_SPOKES))
        found = body_behind(s, node);
    return found;
}

/* "who", "which" of a clause that hangs on a noun stands for the noun. */
static uint32_t meant(const sf_standings *s, uint32_t subject, uint32_t verb) {
    const sf_tree *t = s->tree;
    bool relative = sf_ground_word(s, subject, "who") || sf_ground_word(s, subject, "which") ||
                    sf_ground_word(s, subject, "that");
    if (relative && t->nodes[verb].arc == SF_ARC_RELCL && t->nodes[verb].head != SF_NONE)
        return t->nodes[verb].head;
    return subject;
}

/* The subject of a verb that stands nearest to it: where the parser gives several, the others are
 * a dateline's or a clause's. What is said is not who says it. */
static uint32_t own_subject(const sf_standings *s, uint32_t verb, bool *passive) {
    const sf_tree *t = s->tree;
    uint32_t best = SF_NONE, least = UINT32_MAX;
    for (SF_CHILDREN(t, child, verb)) {
        uint8_t arc = t->nodes[child].arc;
        if (arc == SF_ARC_OBL_AGENT)
            return child;
        *passive |= arc == SF_ARC_NSUBJ_PASS;
        uint32_t gap = child > verb ? child - verb : verb - child;
        if (arc == SF_ARC_NSUBJ && gap < least)
            least = gap, best = child;
    }
    return best;
}

/* The mention that ends directly in front of the verb, a comma aside: "..., Tern Records, said". */
static uint32_t in_front(const sf_standings *s, uint32_t verb) {
    uint32_t first = s->tree->analysis->sentences[s->tree->nodes[verb].sentence].first_token;
    uint32_t at = verb;
    while (at > first &&
           (s->tree->nodes[at - 1].pos == SF_POS_PUNCT || s->tree->nodes[at - 1].pos == SF_POS_ADV))
        at--;
    return at > first && s->name[at - 1] != SF_NONE ? at - 1 : SF_NONE;
}

uint32_t sf_voice_subject(const sf_standings *s, uint32_t verb) {
    const sf_tree *t = s->tree;
    for (unsigned step = 0; verb != SF_NONE && step < FAR; step++) {
        bool passive = false;
        uint32_t subject = own_subject(s, verb, &passive);
        if (subject != SF_NONE) {
            uint32_t named = subject_at(s, subject);
            bool place = named != SOFAR_NOBODY && s->people->subjects[named].type == SOFAR_PLACE;
            uint32_t front = place ? in_front(s, verb) : SF_NONE;
            return front != SF_NONE ? front : meant(s, subject, verb);
        }
        uint8_t arc = t->nodes[verb].arc;
        if (passive || (arc != SF_ARC_CONJ && arc != SF_ARC_ADVCL && arc != SF_ARC_XCOMP))
            return SF_NONE;
        verb = t->nodes[verb].head;
    }
    return SF_NONE;
}
