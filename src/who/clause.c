/* What a name does in its clause says what it is: who is played or starred as is a character. Read
 * off the model's trees, once for each name; kind.c weighs it. frame.c reads the plainer places. */
#include "who/spot.h"

typedef struct clause {
    const sf_who *who;
    const sf_token *tokens;
    const sf_model_token *said;
    uint32_t count;
} clause;

static sf_str str(const clause *c, uint32_t t) { return sf_token_of(c->who->text, t); }
static sf_arc arc(const clause *c, uint32_t t) {
    return sf_model_arc(c->who->model, c->said[t].label);
}
static bool is_pos(const clause *c, uint32_t t, sf_pos pos) {
    return sf_model_pos(c->who->model, c->said[t].tag) == pos;
}
static uint32_t is(const clause *c, uint32_t t, uint32_t sections) {
    return c->who->is[c->tokens[t].word] & sections;
}

/* Up through "the twins, Agatha and Ruth", "nurse Mira", "a surgeon called Ida": to what the name
 * stands for. */
static uint32_t up(const clause *c, uint32_t t) {
    const sf_arcs through = SF_ARCS(SF_ARC_FLAT) | SF_ARCS(SF_ARC_APPOS) | SF_ARCS(SF_ARC_CONJ);
    for (int steps = 0; steps < 6 && c->said[t].head != SF_NONE; steps++) {
        uint32_t head = c->said[t].head;
        bool called = head < t && c->said[head].head != SF_NONE && arc(c, head) == SF_ARC_ACL &&
                      (sf_str_equal(str(c, head), SF_STR("called")) ||
                       sf_str_equal(str(c, head), SF_STR("named")));
        if (!called && !(through & SF_ARCS(arc(c, t))))
            break;
        t = called ? c->said[head].head : head;
    }
    return t;
}

/* A token that hangs on t so, among the few before or behind it; SF_NONE. */
static uint32_t child(const clause *c, uint32_t t, sf_arc wanted) {
    enum { NEAR = 10 };
    for (uint32_t i = t > NEAR ? t - NEAR : 0; i < t + NEAR && i < c->count; i++)
        if (i != t && c->said[i].head == t && arc(c, i) == wanted)
            return i;
    return SF_NONE;
}

static bool spells(const clause *c, uint32_t t, const char *word) {
    return t != SF_NONE && sf_str_equal_ci(str(c, t), sf_str_of(word));
}

/* "plays Mira", "returns as Mira", "follows Mira": a part. */
static bool part(const clause *c, uint32_t top) {
    uint32_t verb = c->said[top].head;
    if (verb == SF_NONE)
        return false;
    if (arc(c, top) == SF_ARC_OBJ && is(c, verb, SF_NAME_PLAY_VERB))
        return true;
    uint32_t as = child(c, top, SF_ARC_CASE);
    if (spells(c, as, "as") && as < top && is(c, verb, SF_NAME_ACT_VERB))
        return true;
    uint32_t work = child(c, verb, SF_ARC_NSUBJ);
    return arc(c, top) == SF_ARC_OBJ && is(c, verb, SF_NAME_FOLLOW_VERB) && work != SF_NONE &&
           is(c, work, SF_NAME_WORK);
}

/* "Hale is her apprentice, Pip": nobody is another. The parser may take Pip for one spoken to. */
static bool another(const clause *c, uint32_t t, uint32_t top) {
    uint32_t subject = top == SF_NONE ? SF_NONE : child(c, top, SF_ARC_NSUBJ);
    uint32_t thing = SF_NAME_ORGANIZATION_ROLE | SF_NAME_WORK | SF_NAME_PLACE_ROLE;
    bool beside = arc(c, t) == SF_ARC_APPOS || (arc(c, t) == SF_ARC_VOCATIVE && top != SF_NONE &&
                                                child(c, top, SF_ARC_NMOD_POSS) != SF_NONE);
    return t != top && top != SF_NONE && child(c, top, SF_ARC_CASE) == SF_NONE &&
           !is(c, top, thing) && beside && c->said[t].head == top &&
           child(c, top, SF_ARC_COP) != SF_NONE && subject != SF_NONE && subject < top &&
           c->said[subject].name && is_pos(c, top, SF_POS_NOUN);
}

/* "known to all as Dr. Hale in Ward Seven" */
static bool known_part(const clause *c, uint32_t top, uint32_t behind) {
    uint32_t verb = c->said[top].head;
    if (verb == SF_NONE || !spells(c, child(c, top, SF_ARC_CASE), "as") ||
        !(spells(c, verb, "known") || spells(c, verb, "seen") || spells(c, verb, "remembered")) ||
        behind + 1 >= c->count || !(spells(c, behind, "in") || spells(c, behind, "on")))
        return false;
    uint32_t name = spells(c, behind + 1, "the") && behind + 2 < c->count ? behind + 2 : behind + 1;
    return sf_str_ends(sf_model_name(c->who->model, c->said[name].name), SF_STR("work"));
}

/* "songs by Velvet Moth", "written by": who makes a work is none. */
static bool maker(const clause *c, uint32_t t) {
    uint32_t by = child(c, t, SF_ARC_CASE), head = c->said[t].head;
    if (by == SF_NONE || by > t || !spells(c, by, "by"))
        return false;
    return child(c, t, SF_ARC_COP) != SF_NONE || /* "the songs are by Velvet Moth" */
           (head != SF_NONE && (is(c, head, SF_NAME_WORK) || is_pos(c, head, SF_POS_VERB)));
}

static uint32_t says(const clause *c, uint32_t t, uint32_t last) {
    uint32_t top = up(c, t), found = 0;
    bool actor = last + 1 < c->count && spells(c, last + 1, "as"); /* "and Jo Park as Leo" */
    if (!actor && (part(c, top) || known_part(c, top, last + 1)))
        found |= SF_SAYS_CHARACTER;
    /* "plays both twins, Agatha and Ruth" */
    bool behind = !actor && top != t && c->said[top].name == 0;
    if (another(c, t, top == t ? c->said[t].head : top) ||
        (behind && part(c, top) && !is(c, top, SF_NAME_WORK)))
        found |= SF_SAYS_CHARACTER | SF_SAYS_PART;
    if (maker(c, t))
        found |= SF_SAYS_MAKER;
    uint32_t the = child(c, t, SF_ARC_DET);
    if (the != SF_NONE && the + 1 == t && t == last && spells(c, the, "the"))
        found |= SF_SAYS_ARTICLE; /* "the Tannoy", not "the Prophet Elias" */
    return found;
}

/* The token of [first, last] that hangs on none of them. */
static uint32_t top_of(const clause *c, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t <= last; t++)
        if (c->said[t].head == SF_NONE || c->said[t].head < first || c->said[t].head > last)
            return t;
    return first;
}

void sf_who_clauses(sf_who *who) {
    clause c = {who, who->text->tokens, who->analysis->tokens, who->analysis->token_count};
    uint32_t t = 0;
    for (uint32_t i = 0; i < who->spot_count; i++) {
        sf_spot *s = &who->spots[i];
        while (t < c.count && c.tokens[t].span.end <= s->span.begin)
            t++;
        uint32_t last = t;
        while (last + 1 < c.count && c.tokens[last + 1].span.end <= s->span.end)
            last++;
        if (t == c.count || s->handle)
            continue;
        uint32_t top = top_of(&c, t, last);
        s->says |= says(&c, top, last) | sf_who_frame(who, top, &s->frame);
    }
}
