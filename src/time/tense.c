/* Does the clause speak of what was or of what will be? Without a tagger: the nearest word before
 * the expression that tells - an auxiliary, a verb of plans, a past form - or else the nearest one
 * behind it. The words are data (AHEAD, CALENDAR, PASTVERB in words.txt); regular past forms are
 * told by their -ed. */
#include "time/story.h"

enum { LOOK_BACK = 30, LOOK_NEAR = 8, LOOK_BESIDE = 2, LOOK_AHEAD = 12 };

static bool is_regular_past(const tokens *t, uint32_t at) {
    sf_str s = token_of(t, at);
    const token *k = &t->list.at[at];
    return s.len >= 4 && !k->capital && sf_str_ends(s, SF_STR("ed")) &&
           !sf_tokens_class(t, at, SYM_NOTPAST);
}

/* Is there a word of the class among the two before? "will be opened" */
static bool follows(const tokens *t, uint32_t at, int symbol) {
    for (uint32_t back = 1; back <= 2 && back <= at; back++)
        if (sf_tokens_class(t, at - back, symbol))
            return true;
    return false;
}

/* "has sold", "have already been" */
static bool is_perfect(const tokens *t, uint32_t at) {
    for (uint32_t next = at + 1; next <= at + 2 && next < t->list.count; next++)
        if (sf_tokens_class(t, next, SYM_PASTVERB) || is_regular_past(t, next))
            return true;
    return false;
}

static bool is_past_auxiliary(const tokens *t, uint32_t at) {
    return sf_tokens_class(t, at, SYM_PASTAUX) ||
           (sf_tokens_class(t, at, SYM_HAVE) && is_perfect(t, at));
}

enum { EITHER = 2 }; /* a sign that does not tell */

/* "had been due to open": it was to be, and now is past or put off to another day. */
static bool had_been(const tokens *t, uint32_t at) {
    return at >= 2 && sf_token_is(t, at - 1, "been") && sf_token_is(t, at - 2, "had");
}

/* What one token says: -1, 0, 1 or EITHER; *strong as in sf_tense_around. */
static int says(const tokens *t, uint32_t at, bool *strong) {
    if (at > 0 && t->list.at[at].capital) /* "Will Hale", "between May and July" */
        return 0;
    *strong = true;
    if (sf_tokens_class(t, at, SYM_AHEAD) ||
        (sf_tokens_class(t, at, SYM_AHEADTO) &&
         (sf_token_is(t, at + 1, "to") || sf_token_is(t, at + 1, "for"))))
        return had_been(t, at) ? EITHER : 1;
    if (is_past_auxiliary(t, at))
        return -1;
    *strong = false;
    sf_str s = token_of(t, at);
    if (s.len > 3 && (sf_str_ends(s, SF_STR("'ll")) || sf_str_ends(s, SF_STR("\xE2\x80\x99ll"))))
        return 1;
    if (sf_tokens_class(t, at, SYM_CALENDAR)) /* "had been due to open" */
        return at >= 2 && sf_token_is(t, at - 1, "to") && had_been(t, at - 2) ? EITHER : 1;
    bool past = sf_tokens_class(t, at, SYM_PASTVERB);
    if ((!past && !is_regular_past(t, at)) || follows(t, at, SYM_BEFORE))
        return 0;
    if (at && sf_token_is(t, at - 1, "to")) /* "slated to hit": no past but an infinitive */
        return 0;
    *strong = past;
    return at && sf_tokens_class(t, at - 1, SYM_PRESENT) ? 1 : -1; /* "is planned" */
}

static bool is_barrier(const tokens *t, uint32_t at) {
    char c = token_of(t, at).ptr[0];
    return t->list.at[at].punct && (c == ';' || c == ':');
}

/* The nearest sign before `begin` within so many tokens, 0 if there is none. */
static int before(const tokens *t, uint32_t begin, uint32_t reach, bool *strong) {
    for (uint32_t back = 1; back <= begin && back <= reach; back++) {
        if (is_barrier(t, begin - back))
            break;
        int side = says(t, begin - back, strong);
        *strong |= side && back <= LOOK_BESIDE; /* "opened in May" */
        if (side)
            return side;
    }
    return 0;
}

/* "put back to March": a verb of moving, and no "from May", before this "to". */
static bool is_target(const tokens *t, uint32_t to) {
    bool moved = false;
    for (uint32_t back = 1; back <= LOOK_NEAR && back <= to; back++) {
        if (sf_token_is(t, to - back, "from"))
            return moved;
        moved |= sf_tokens_class(t, to - back, SYM_MOVE);
    }
    return moved;
}

/* Only an auxiliary says so of what "by May" stands behind: "had sold ten by May". */
static bool was_over(const tokens *t, uint32_t begin) {
    for (uint32_t back = 1; back <= LOOK_NEAR && back <= begin; back++)
        if (is_past_auxiliary(t, begin - back))
            return true;
    return false;
}

int sf_tense_around(const tokens *t, uint32_t begin, uint32_t end, bool *strong) {
    *strong = false;
    if (begin && sf_token_is(t, begin - 1, "to") && is_target(t, begin - 1))
        return *strong = true, 1;
    /* "through" says nothing by itself: "took in a million through Sunday", "runs through Sunday"
     */
    if (begin && sf_tokens_class(t, begin - 1, SYM_UNTIL) && !sf_token_is(t, begin - 1, "through"))
        return was_over(t, begin) ? -1 : 1;
    int side = before(t, begin, LOOK_BACK, strong);
    if (side)
        return side == EITHER ? 0 : side;
    for (uint32_t at = end; at < t->list.count && at < end + LOOK_AHEAD; at++) {
        if (is_barrier(t, at))
            break;
        side = says(t, at, strong);
        if (side)
            return side == EITHER ? 0 : side;
    }
    *strong = false;
    return 0;
}
