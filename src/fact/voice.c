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

uint32_t sf_voice_subject(const sf_standings *s, uint32_t verb) {
    const sf_tree *t = s->tree;
    for (unsigned step = 0; verb != SF_NONE && step < FAR; step++) {
        for (SF_CHILDREN(t, child, verb)) {
            uint8_t arc = t->nodes[child].arc;
            if (arc == SF_ARC_NSUBJ || arc == SF_ARC_OBL_AGENT)
                return meant(s, child, verb);
            if (arc == SF_ARC_NSUBJ_PASS) { /* what is said, not who says it */
                uint32_t agent = sf_tree_child(t, verb, SF_ARC_OBL_AGENT, SF_NONE);
                return agent;
            }
        }
        uint8_t arc = t->nodes[verb].arc;
        if (arc != SF_ARC_CONJ && arc != SF_ARC_ADVCL && arc != SF_ARC_XCOMP)
            return SF_NONE;
        verb = t->nodes[verb].head;
    }
    return SF_NONE;
}
