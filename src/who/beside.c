/* What the words beside a name say of it. The model weighs these too, but not all of them, and not
 * for names that it has never seen in such a place; they are votes beside its own. */
#include "who/refer.h"

enum { LONGEST = 12 }; /* words of a description */

typedef struct place {
    const sf_who *who;
    uint32_t low, end; /* words of the sentence */
} place;

static sf_str str(const place *p, uint32_t i) { return sf_word_of(p->who->text, i); }
static const sf_word *at(const place *p, uint32_t i) { return &p->who->text->words[i]; }
static bool is(const place *p, uint32_t i, uint32_t sections) {
    return (p->who->is[i] & sections) != 0;
}
static bool punct(const place *p, uint32_t i, char c) {
    return i < p->end && str(p, i).len == 1 && str(p, i).ptr[0] == c;
}
static bool capital(const place *p, uint32_t i) {
    return i < p->end && at(p, i)->kind == SF_WORD_ALPHA && at(p, i)->capital;
}
static bool possessive(const place *p, uint32_t i) {
    return sf_name_bare(str(p, i)).len < str(p, i).len;
}
static bool word_is(const place *p, uint32_t i, const char *word) {
    return i < p->end && sf_str_equal(str(p, i), sf_str_of(word));
}
static bool one_of(const place *p, uint32_t i, const char *const *words) {
    for (; i < p->end && *words; words++)
        if (word_is(p, i, *words))
            return true;
    return false;
}

/* What a noun beside a name makes of it. */
static uint32_t noun_says(const place *p, uint32_t i) {
    if (i >= p->end || at(p, i)->kind != SF_WORD_ALPHA || at(p, i)->capital)
        return 0;
    return (is(p, i, SF_NAME_ROLE) ? SF_SAYS_PERSON : 0) |
           (is(p, i, SF_NAME_WORK) ? SF_SAYS_WORK : 0) |
           (is(p, i, SF_NAME_ORGANIZATION_ROLE) ? SF_SAYS_ORGANIZATION : 0) |
           (is(p, i, SF_NAME_PLACE_ROLE) ? SF_SAYS_PLACE : 0) |
           (is(p, i, SF_NAME_EVENT_ROLE) ? SF_SAYS_EVENT : 0);
}

/* The head noun of the description that begins at i ("a former diver of the navy"): the last word
 * before punctuation or a word that cannot be in front of it. */
static uint32_t description(const place *p, uint32_t i) {
    static const char *const articles[] = {"a",   "an",    "the", "its", "his",
                                           "her", "their", "one", NULL};
    static const char *const behind[] = {"of",    "for",    "at",  "in",  "who",   "that",  "which",
                                         "from",  "with",   "on",  "to",  "by",    "and",   "or",
                                         "as",    "about",  "is",  "was", "whose", "where", "near",
                                         "based", "called", "set", NULL};
    bool article = one_of(p, i, articles);
    uint32_t k = article ? i + 1 : i, last = k;
    if (!article && !(noun_says(p, k) == SF_SAYS_PERSON &&
                      (word_is(p, k + 1, "of") || word_is(p, k + 1, "at"))))
        return 0;
    for (; k < p->end && k < i + LONGEST; k++) {
        if (at(p, k)->kind == SF_WORD_PUNCT || one_of(p, k, behind) ||
            sf_str_starts(str(p, k), SF_STR("co-")))
            break;
        last = k;
    }
    return noun_says(p, last);
}

/* "plays Mira", "plays nurse Mira", "the role of Mira", "stars in Low Tide as Mira": a part in a
 * play. */
static bool part_before(const place *p, uint32_t first) {
    static const char *const plays[] = {"plays",  "played", "playing", "portrays", "portraying",
                                        "voices", "voiced", "voicing", NULL};
    static const char *const before_verb[] = {"to", "will", "would", "and", "also", NULL};
    static const char *const parts[] = {"role", "part", "character", "voice", NULL};
    static const char *const acts[] = {"stars",       "starred",  "starring", "cast",     "role",
                                       "performance", "turn",     "appears",  "appeared", "returns",
                                       "reprise",     "reprises", NULL};
    uint32_t before = first - 1;
    if (before > p->low && is(p, before, SF_NAME_ROLE) && !at(p, before)->capital)
        before--;
    if (before > p->low && (word_is(p, before, "a") || word_is(p, before, "the")))
        before--;
    if (one_of(p, before, plays))
        return true;
    if (word_is(p, before, "play") && before > p->low && one_of(p, before - 1, before_verb))
        return true; /* "to play Mira", not "the play Mira" */
    if (word_is(p, before, "of") && before > p->low && one_of(p, before - 1, parts))
        return true;
    if (!word_is(p, before, "as"))
        return false;
    for (uint32_t k = before; k-- > p->low && before - k < 8;)
        if (one_of(p, k, acts))
            return true;
    return false;
}

/* Back over an opening mark and an article: `told "the Post"`. */
static uint32_t before_article(const place *p, uint32_t first) {
    uint32_t before = first - 1;
    if (before > p->low && at(p, before)->kind == SF_WORD_PUNCT)
        before--;
    if (before > p->low && (word_is(p, before, "the") || word_is(p, before, "The")))
        before--;
    return before;
}

/* "her apprentice, Pip" */
static bool relative_before(const place *p, uint32_t first) {
    static const char *const owners[] = {"her", "his", "their", "my", "our", "its", NULL};
    if (first < p->low + 3 || !punct(p, first - 1, ',') || at(p, first - 2)->capital ||
        !(sf_refer_nouns(str(p, first - 2)) & SF_NOUN_PERSONS || is(p, first - 2, SF_NAME_ROLE)))
        return false;
    for (uint32_t i = first - 3; i + 6 > first && i >= p->low; i--)
        if (one_of(p, i, owners) || possessive(p, i))
            return true;
        else if (at(p, i)->kind != SF_WORD_ALPHA || i == 0)
            return false;
    return false;
}

static uint32_t before_says(const place *p, uint32_t first) {
    static const char *const casting[] = {"starring", "featuring", "opposite", NULL};
    static const char *const making[] = {"directed", "written", "produced", "played",
                                         "composed", "sung",    NULL};
    static const char *const tells[] = {"told", "tells", "telling", NULL};
    if (first <= p->low)
        return 0;
    uint32_t before = first - 1;
    uint32_t found = noun_says(p, before) & ~(uint32_t)(SF_SAYS_PLACE | SF_SAYS_EVENT);
    if (one_of(p, before_article(p, first), tells))
        found |= SF_SAYS_TOLD;
    if (one_of(p, before, casting) || relative_before(p, first))
        found |= SF_SAYS_PERSON;
    if (part_before(p, first))
        found |= SF_SAYS_CHARACTER;
    if (before == p->low)
        return found;
    if (word_is(p, before, "by") && one_of(p, before - 1, making))
        found |= SF_SAYS_PERSON;
    if (word_is(p, before, "of") && is(p, before - 1, SF_NAME_PLACE_ROLE))
        found |= SF_SAYS_PLACE;
    return found;
}

static bool year(const place *p, uint32_t i) {
    sf_str w = i < p->end ? str(p, i) : SF_STR("");
    return w.len == 4 && (w.ptr[0] == '1' || w.ptr[0] == '2') && sf_is_digit(w.ptr[1]) &&
           sf_is_digit(w.ptr[3]);
}

static uint32_t behind_says(const place *p, uint32_t first, uint32_t last) {
    static const char *const be[] = {"is", "was", "are", "were", NULL};
    uint32_t n = last + 1, found = 0;
    if (n >= p->end || possessive(p, last))
        return 0;
    if (is(p, n, SF_NAME_WORK_TITLE) && !at(p, n)->capital)
        found |= SF_SAYS_WORK;
    if (punct(p, n, '(') && year(p, n + 1) && punct(p, n + 2, ')'))
        found |= SF_SAYS_WORK;
    if (one_of(p, n, be))
        found |= description(p, n + 1);
    if (!punct(p, n, ',') || n + 1 >= p->end)
        return found;
    if (word_is(p, n + 1, "who"))
        found |= SF_SAYS_PERSON;
    if (at(p, n + 1)->kind == SF_WORD_NUMBER && str(p, n + 1).len == 2 && punct(p, n + 2, ','))
        found |= SF_SAYS_PERSON; /* Ana Ruiz, 31, */
    if (capital(p, n + 1) && is(p, n + 1, SF_NAME_PLACE) && last - first < 2)
        found |= SF_SAYS_PLACE;
    return found | description(p, n + 1);
}

uint32_t sf_who_beside(const sf_who *who, uint32_t low, uint32_t end, uint32_t first,
                       uint32_t last) {
    place p = {who, low, end};
    uint32_t before = before_says(&p, first);
    if (possessive(&p, last)) /* "stars as Ruiz's sister" */
        before &= ~(uint32_t)SF_SAYS_CHARACTER;
    return before | behind_says(&p, first, last);
}
