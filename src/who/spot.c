/* Words -> spots: the grammar of names in running text.
 *
 * A spot is a run of capitalised words with what may stand inside a name: initials, particles ("van
 * der"), "&", "Jr.", "of" behind certain heads. Titles and nationalities in front are cut off and
 * kept as evidence, a possessive ends it. What a headline or a line in capitals writes large proves
 * nothing; such lines are skipped. At a sentence's begin, function words are cut off, and a word
 * that is common in small letters is no name by itself; the joiner may know better.
 */
#include "who/spot.h"

#include "who/common.inc"
#include "who/given.inc"
#include "who/names.inc"

_Static_assert((int)NAMES_HONORIFIC == SF_NAME_HONORIFIC &&
                   (int)NAMES_PLACE_FIRST == SF_NAME_PLACE_FIRST,
               "the sections of names.txt and the enum of spot.h are in one order");

enum { LONGEST = 12 }; /* words in a name, at most */

typedef struct spotter {
    sf_arena *arena;
    const sf_text *text;
    uint32_t *is;
    uint32_t first, end; /* words of the sentence */
    const sofar_clipping *clipping;
    size_t italic; /* the first emphasis that is not behind the word at hand */
    sf_vec(sf_spot) out;
} spotter;

sf_str sf_name_bare(sf_str word) {
    if (sf_str_ends(word, SF_STR("'s")))
        word.len -= 2;
    else if (sf_str_ends(word, SF_STR("\xE2\x80\x99s")))
        word.len -= 4;
    return word;
}

uint32_t sf_name_sections(sf_str word) {
    word = sf_name_bare(word);
    uint32_t is = sf_listed_in(names_words, SF_LEN(names_words), word);
    if (sf_listed_in(common_words, SF_LEN(common_words), word))
        is |= SF_NAME_COMMON;
    const char *hyphen = memchr(word.ptr, '-', word.len); /* Mary-Lou */
    sf_str given = hyphen ? (sf_str){word.ptr, (size_t)(hyphen - word.ptr)} : word;
    if (sf_listed_in(given_words, SF_LEN(given_words), given) ||
        (hyphen && sf_listed_in(names_words, SF_LEN(names_words), given) & SF_NAME_GIVEN))
        is |= SF_NAME_GIVEN;
    return is;
}

static sf_str str(const spotter *p, uint32_t i) { return sf_word_of(p->text, i); }
static const sf_word *at(const spotter *p, uint32_t i) { return &p->text->words[i]; }
static bool is(const spotter *p, uint32_t i, uint32_t sections) {
    return (p->is[i] & sections) != 0;
}
static bool punct(const spotter *p, uint32_t i, char c) {
    if (i >= p->end)
        return false;
    sf_str w = str(p, i);
    return w.len == 1 && w.ptr[0] == c;
}
static bool capital(const spotter *p, uint32_t i) {
    return i < p->end && at(p, i)->kind == SF_WORD_ALPHA && at(p, i)->capital;
}
static bool possessive(const spotter *p, uint32_t i) {
    return sf_name_bare(str(p, i)).len < str(p, i).len;
}

/* Function words that a sentence or a title begins with; never part of a name's front. */
static bool function_word(sf_str w) {
    static const char *const words[] = {
        "the",     "a",         "an",        "in",      "on",       "at",    "by",       "for",
        "from",    "with",      "of",        "to",      "and",      "but",   "or",       "nor",
        "so",      "yet",       "if",        "when",    "while",    "where", "after",    "before",
        "because", "since",     "until",     "as",      "that",     "this",  "these",    "those",
        "there",   "here",      "he",        "she",     "it",       "they",  "we",       "you",
        "i",       "his",       "her",       "its",     "their",    "our",   "your",     "my",
        "not",     "no",        "yes",       "what",    "who",      "how",   "why",      "which",
        "is",      "are",       "was",       "were",    "be",       "been",  "do",       "does",
        "did",     "has",       "have",      "had",     "will",     "would", "can",      "could",
        "may",     "might",     "should",    "must",    "let",      "then",  "now",      "also",
        "both",    "each",      "every",     "all",     "some",     "many",  "most",     "such",
        "one",     "two",       "like",      "despite", "during",   "under", "over",     "about",
        "into",    "even",      "just",      "only",    "though",   "than",  "although", "once",
        "unlike",  "amid",      "among",     "another", "any",      "other", "them",     "him",
        "me",      "us",        "per",       "via",     "last",     "next",  "earlier",  "later",
        "today",   "yesterday", "meanwhile", "however", "according"};
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal_ci(w, sf_str_of(words[i])))
            return true;
    return false;
}

/* Does a capital at word i prove nothing? At a sentence's begin, behind an opening mark, a colon.
 */
static bool begins(const spotter *p, uint32_t i) {
    if (i == p->first)
        return true;
    const sf_word *before = at(p, i - 1);
    if (before->kind != SF_WORD_PUNCT)
        return before->kind == SF_WORD_OTHER;
    sf_str w = str(p, i - 1);
    char c = w.ptr[0];
    if (c == '"' || c == '\'' || c == ':' || c == '*' || c == '`' || c == '.' || c == '?' ||
        c == '!')
        return true;
    return (unsigned char)c >= 0x80 && !sf_str_equal(w, SF_STR("\xE2\x80\x99"));
}

/* Does a line end behind word i? */
static bool line_break(const spotter *p, uint32_t i) {
    sf_str gap = {p->text->text.ptr + at(p, i)->span.end,
                  at(p, i + 1)->span.begin - at(p, i)->span.end};
    return gap.len > 0 && memchr(gap.ptr, '\n', gap.len) != NULL;
}

/* Does the name go on behind word i? The next of its words, or 0. */
static uint32_t goes_on(const spotter *p, uint32_t i) {
    uint32_t n = i + 1;
    if (n >= p->end || possessive(p, i) || line_break(p, i))
        return 0;
    bool initial = str(p, i).len == 1;
    if (punct(p, n, '.') && !at(p, n)->space && n + 1 < p->end) {
        bool shortened =
            initial || is(p, i, SF_NAME_SUFFIX) || sf_str_equal(str(p, i), SF_STR("St")) ||
            sf_str_equal(str(p, i), SF_STR("Mt")) || sf_str_equal(str(p, i), SF_STR("Bros")) ||
            sf_str_equal(str(p, i), SF_STR("Ft"));
        if (shortened && initial && n + 2 < p->end && is(p, n + 1, SF_NAME_PARTICLE) &&
            capital(p, n + 2))
            return n + 2; /* Wim J. de Groot */
        return shortened && capital(p, n + 1) ? n + 1 : 0;
    }
    if (punct(p, n, ',') && n + 1 < p->end && is(p, n + 1, SF_NAME_SUFFIX) && capital(p, n + 1))
        return n + 1;
    if (!at(p, n)->space)
        return punct(p, n, '&') && capital(p, n + 1) ? n + 1 : 0;
    if (capital(p, n))
        return n;
    if (punct(p, n, '&') && capital(p, n + 1))
        return n + 1;
    if (is(p, i, SF_NAME_OF) && sf_str_equal(str(p, n), SF_STR("of"))) {
        if (capital(p, n + 1))
            return n + 1;
        return n + 1 < p->end && sf_str_equal(str(p, n + 1), SF_STR("the")) && capital(p, n + 2)
                   ? n + 2
                   : 0;
    }
    for (uint32_t k = n; k < n + 3 && k < p->end; k++) {
        if (capital(p, k))
            return k > n ? k : 0;
        if (!is(p, k, SF_NAME_PARTICLE) || at(p, k)->kind != SF_WORD_ALPHA || !at(p, k)->space)
            return 0;
    }
    return 0;
}

/* A title or nationality in front, and what follows it, or 0 if the word is no such. */
static uint32_t behind_title(const spotter *p, uint32_t i, uint32_t next, bool *person) {
    if (is(p, i, SF_NAME_HONORIFIC) && !is(p, i, SF_NAME_GIVEN)) {
        if (next == 0 && punct(p, i + 1, '.') && capital(p, i + 2))
            next = i + 2;
        if (next)
            *person = true;
        return next;
    }
    if (next && is(p, i, SF_NAME_ROLE) && begins(p, i) && !is(p, i, SF_NAME_GIVEN)) {
        *person = true;
        return next;
    }
    return is(p, i, SF_NAME_NATIONALITY) || function_word(str(p, i)) ? next : 0;
}

static bool quote_mark(sf_str w) {
    return sf_str_equal(w, SF_STR("\"")) || sf_str_equal(w, SF_STR("\xE2\x80\x9C")) ||
           sf_str_equal(w, SF_STR("\xE2\x80\x98")) || sf_str_equal(w, SF_STR("\xC2\xAB")) ||
           sf_str_equal(w, SF_STR("'")) || sf_str_equal(w, SF_STR("''")) ||
           sf_str_equal(w, SF_STR("``"));
}
static bool closing_mark(sf_str w) {
    return sf_str_equal(w, SF_STR("\"")) || sf_str_equal(w, SF_STR("\xE2\x80\x9D")) ||
           sf_str_equal(w, SF_STR("\xE2\x80\x99")) || sf_str_equal(w, SF_STR("\xC2\xBB")) ||
           sf_str_equal(w, SF_STR("'")) || sf_str_equal(w, SF_STR("''"));
}

static bool says(sf_str w) {
    static const char *const words[] = {"said",    "says",  "told",     "added",    "wrote",
                                        "tweeted", "asked", "replied",  "argued",   "insisted",
                                        "tells",   "noted", "recalled", "explained"};
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal(w, sf_str_of(words[i])))
            return true;
    return false;
}

static bool word_is(const spotter *p, uint32_t i, const char *word) {
    return i < p->end && sf_str_equal(str(p, i), sf_str_of(word));
}

/* What a noun beside a name makes of it. */
static uint32_t noun_says(const spotter *p, uint32_t i) {
    if (i >= p->end || at(p, i)->kind != SF_WORD_ALPHA || at(p, i)->capital)
        return 0;
    return (is(p, i, SF_NAME_ROLE) ? SF_SAYS_PERSON : 0) |
           (is(p, i, SF_NAME_WORK) ? SF_SAYS_WORK : 0) |
           (is(p, i, SF_NAME_ORGANIZATION_ROLE) ? SF_SAYS_ORGANIZATION : 0) |
           (is(p, i, SF_NAME_PLACE_ROLE) ? SF_SAYS_PLACE : 0) |
           (is(p, i, SF_NAME_EVENT_ROLE) ? SF_SAYS_EVENT : 0);
}

static bool one_of(const spotter *p, uint32_t i, const char *const *words) {
    for (; i < p->end && *words; words++)
        if (word_is(p, i, *words))
            return true;
    return false;
}

/* The head noun of the description that begins at i ("a former diver of the navy"): the last word
 * before punctuation or a word that cannot be in front of it. */
static uint32_t description(const spotter *p, uint32_t i) {
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
    for (; k < p->end && k < i + 9; k++) {
        if (at(p, k)->kind == SF_WORD_PUNCT || one_of(p, k, behind))
            break;
        last = k;
    }
    return noun_says(p, last);
}

/* "plays Mira", "plays nurse Mira", "stars in Low Tide as Mira": a part in a play. */
static bool part_before(const spotter *p, uint32_t first) {
    static const char *const plays[] = {"plays",  "playing", "portrays", "portraying",
                                        "voices", "voicing", NULL};
    static const char *const acts[] = {"stars",       "starred",  "starring", "cast",     "role",
                                       "performance", "turn",     "appears",  "appeared", "returns",
                                       "reprise",     "reprises", NULL};
    uint32_t before = first - 1;
    if (before > p->first && is(p, before, SF_NAME_ROLE) && !at(p, before)->capital)
        before--;
    if (before > p->first && (word_is(p, before, "a") || word_is(p, before, "the")))
        before--;
    if (one_of(p, before, plays))
        return true;
    if (!word_is(p, before, "as"))
        return false;
    for (uint32_t k = before; k-- > p->first && before - k < 8;)
        if (one_of(p, k, acts))
            return true;
    return false;
}

static uint32_t evidence_before(const spotter *p, uint32_t first) {
    static const char *const casting[] = {"starring", "featuring", "opposite", NULL};
    static const char *const making[] = {"directed", "written", "produced", "played",
                                         "composed", "sung",    NULL};
    static const char *const within[] = {"in", "near", NULL};
    static const char *const acting[] = {"stars",    "starred", "starring", "star",
                                         "appeared", "role",    "roles",    NULL};
    if (first <= p->first)
        return 0;
    uint32_t before = first - 1,
             found = noun_says(p, before) & ~(uint32_t)(SF_SAYS_PLACE | SF_SAYS_EVENT);
    if (says(str(p, before)))
        found |= SF_SAYS_SPEAKER;
    if (one_of(p, before, casting))
        found |= SF_SAYS_PERSON;
    if (part_before(p, first))
        found |= SF_SAYS_CHARACTER;
    if (before == p->first)
        return found;
    if (word_is(p, before, "by") && one_of(p, before - 1, making))
        found |= SF_SAYS_PERSON;
    if (word_is(p, before, "of") && is(p, before - 1, SF_NAME_PLACE_ROLE))
        found |= SF_SAYS_PLACE;
    if (one_of(p, before, within))
        found |= one_of(p, before - 1, acting) ? SF_SAYS_WORK : SF_SAYS_IN;
    return found;
}

static bool year(const spotter *p, uint32_t i) {
    sf_str w = i < p->end ? str(p, i) : (sf_str){"", 0};
    return w.len == 4 && (w.ptr[0] == '1' || w.ptr[0] == '2') && sf_is_digit(w.ptr[1]) &&
           sf_is_digit(w.ptr[3]);
}

static uint32_t evidence_behind(const spotter *p, uint32_t first, uint32_t last) {
    static const char *const be[] = {"is", "was", "are", "were", NULL};
    uint32_t n = last + 1, found = 0;
    if (n >= p->end || possessive(p, last))
        return 0;
    if (says(str(p, n)))
        found |= SF_SAYS_SPEAKER;
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

/* What stands around words [first, last]. */
static uint32_t evidence(const spotter *p, uint32_t first, uint32_t last) {
    uint32_t before = evidence_before(p, first);
    if (possessive(p, last)) /* "stars as Ruiz's sister" */
        before &= ~(uint32_t)SF_SAYS_CHARACTER;
    return before | evidence_behind(p, first, last);
}

static sf_span span_of(const spotter *p, uint32_t first, uint32_t last) {
    sf_span span = {at(p, first)->span.begin, at(p, last)->span.end};
    sf_str w = str(p, last);
    span.end -= (uint32_t)(w.len - sf_name_bare(w).len);
    if (is(p, last, SF_NAME_SUFFIX) && punct(p, last + 1, '.') && last + 2 < p->end)
        span.end = at(p, last + 1)->span.end; /* Jr. */
    return span;
}

static void add(spotter *p, uint32_t first, uint32_t last, uint32_t extra) {
    sf_spot spot = {.span = span_of(p, first, last), .first = first, .last = last};
    spot.says = evidence(p, first, last) | extra;
    spot.initial = begins(p, first);
    *SF_PUSH(p->arena, &p->out) = spot;
}

/* May words [first, last] stand as a name? */
static bool worth(const spotter *p, uint32_t first, uint32_t last, uint32_t extra) {
    if (first < last || (extra & (SF_SAYS_PERSON | SF_SAYS_WORK)))
        return !(first == last && is(p, first, SF_NAME_DAY | SF_NAME_NEVER));
    if (is(p, first, SF_NAME_DAY | SF_NAME_NEVER | SF_NAME_NATIONALITY))
        return false;
    if (is(p, first, SF_NAME_HONORIFIC | SF_NAME_ROLE) && !is(p, first, SF_NAME_GIVEN))
        return false;
    sf_str w = sf_name_bare(str(p, first));
    bool contracted = w.len > 1 && w.ptr[0] == 'I' && (w.ptr[1] == '\'' || w.ptr[1] == '\xE2');
    return w.len > 1 && !contracted && !function_word(w);
}

/* The name that begins at word i; returns the word behind it. */
static uint32_t take_name(spotter *p, uint32_t i) {
    uint32_t first = i, last = i, count = 1, next;
    bool person = false;
    uint32_t titled = 0; /* the title in front of `first`, plus 1 */
    while ((next = goes_on(p, last)) != 0 || (first == last && is(p, last, SF_NAME_HONORIFIC))) {
        uint32_t behind = first == last ? behind_title(p, last, next, &person) : 0;
        if (behind) { /* cut it off: the name begins behind it */
            titled = is(p, last, SF_NAME_TITLED) ? last + 1 : 0;
            first = last = behind;
            continue;
        }
        if (next == 0 || count == LONGEST)
            break;
        if (is(p, next, SF_NAME_HONORIFIC) && !is(p, next, SF_NAME_GIVEN | SF_NAME_ORGANIZATION) &&
            (goes_on(p, next) || (punct(p, next + 1, '.') && capital(p, next + 2)))) {
            if (worth(p, first, last, 0)) /* FBI Director Jo Hale: two names */
                add(p, first, last, 0);
            first = last = next;
            person = false, titled = 0;
            continue;
        }
        last = next;
        count++;
    }
    uint32_t behind = last + 1;
    while (first < last && (is(p, first, SF_NAME_DAY) || (function_word(str(p, first)))))
        first++;
    while (last > first && at(p, last)->kind == SF_WORD_PUNCT)
        last--;
    while (last > first && is(p, last, SF_NAME_DAY) && !is(p, last, SF_NAME_GIVEN))
        last--;
    if (titled && first == last) {
        first = titled - 1;
        person = true;
    }
    if (last == first + 1 && is(p, first, SF_NAME_TITLED) && !is(p, first, SF_NAME_GIVEN))
        person = true; /* Father Anselm */
    uint32_t extra = person ? SF_SAYS_PERSON : 0;
    if (worth(p, first, last, extra | evidence(p, first, last)))
        add(p, first, last, extra);
    return behind;
}

/* A title in marks behind the noun of a work, or in front of "star", "season": the words inside.
 * i is the opening mark. Returns the closing mark, or 0. */
static uint32_t quoted_title(const spotter *p, uint32_t i) {
    if (!quote_mark(str(p, i)) || !capital(p, i + 1) || !at(p, i)->space)
        return 0;
    uint32_t k = i + 1, stop = i + 1 + LONGEST;
    for (; k < p->end && k < stop; k++) {
        if (closing_mark(str(p, k)) &&
            (k + 1 >= p->end || at(p, k + 1)->space || at(p, k + 1)->kind == SF_WORD_PUNCT))
            break;
        bool small = at(p, k)->kind == SF_WORD_ALPHA && !at(p, k)->capital;
        if (small && !function_word(str(p, k)))
            return 0;
    }
    if (k >= p->end || k == stop)
        return 0;
    bool noun = i > p->first && is(p, i - 1, SF_NAME_WORK);
    bool star = k + 1 < p->end && is(p, k + 1, SF_NAME_WORK | SF_NAME_WORK_TITLE);
    return noun || star ? k : 0;
}

/* A title set in italics begins at word i: the word behind it, or 0. Papers are set in italics too:
 * what is written like one, or was told something, is left to the grammar of names. */
static uint32_t italic_title(spotter *p, uint32_t i) {
    const sofar_clipping *c = p->clipping;
    uint32_t begin = at(p, i)->span.begin;
    while (p->italic < c->emphasis_count && c->emphasis[p->italic].begin < begin)
        p->italic++;
    if (p->italic == c->emphasis_count || c->emphasis[p->italic].begin != begin || !capital(p, i))
        return 0;
    uint32_t end = i, telling = 0;
    for (; end < p->end && at(p, end)->span.begin < c->emphasis[p->italic].end; end++) {
        bool small = at(p, end)->kind == SF_WORD_ALPHA && !at(p, end)->capital;
        if (end - i == LONGEST || (small && !function_word(str(p, end))))
            return 0;
        telling += at(p, end)->kind == SF_WORD_ALPHA && !small && !function_word(str(p, end));
    }
    bool all = i == p->first && end + 1 >= p->end;
    bool lone = end == i + 1 && is(p, i, SF_NAME_COMMON) && begins(p, i); /* stress: "Never!" */
    bool paper = is(p, end - 1, SF_NAME_OUTLET | SF_NAME_KNOWN_OUTLET) ||
                 (i > p->first && word_is(p, i - 1, "told"));
    return telling && !all && !lone && !paper ? end : 0;
}

/* A line that is written large throughout says nothing about names. */
static bool all_large(const spotter *p) {
    uint32_t words = 0, large = 0, caps = 0, letters = 0;
    for (uint32_t i = p->first; i < p->end; i++) {
        if (at(p, i)->kind != SF_WORD_ALPHA || str(p, i).len < 2)
            continue;
        letters++;
        caps += at(p, i)->all_caps;
        if (str(p, i).len < 4)
            continue;
        words++;
        large += at(p, i)->capital;
    }
    if (letters >= 3 && caps * 3 >= letters * 2)
        return true;
    bool stops = p->end > p->first && (punct(p, p->end - 1, '.') || punct(p, p->end - 1, '"'));
    return words >= 4 && large * 10 >= words * 9 && !stops;
}

static void take_sentence(spotter *p) {
    for (uint32_t i = p->first; i < p->end;) {
        sf_str w = str(p, i);
        uint32_t close, behind;
        if ((behind = italic_title(p, i)) != 0) {
            add(p, i, behind - 1, SF_SAYS_WORK);
            i = behind;
        } else if (at(p, i)->kind == SF_WORD_OTHER && w.len > 2 && w.ptr[0] == '@' &&
                   sf_is_alpha(w.ptr[1])) {
            sf_span span = at(p, i)->span;
            span.end = span.begin + (uint32_t)sf_name_bare(w).len;
            *SF_PUSH(p->arena, &p->out) = (sf_spot){span, i, i, 0, false, true};
            i++;
        } else if ((close = quoted_title(p, i)) != 0) {
            uint32_t last = close - 1;
            while (last > i + 1 && (punct(p, last, ',') || punct(p, last, '.')))
                last--;
            add(p, i + 1, last, SF_SAYS_WORK);
            i = close + 1;
        } else if (capital(p, i))
            i = take_name(p, i);
        else
            i++;
    }
}

sf_spots sf_who_spots(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping) {
    spotter p = {.arena = arena, .text = text, .clipping = clipping};
    p.is = SF_ARRAY(arena, uint32_t, text->word_count + 1);
    for (uint32_t i = 0; i < text->word_count; i++)
        if (text->words[i].kind == SF_WORD_ALPHA)
            p.is[i] = sf_name_sections(sf_word_of(text, i));
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const sf_sentence *s = &text->sentences[i];
        p.first = s->first_word;
        p.end = s->first_word + s->word_count;
        bool heading = s->block < clipping->block_count &&
                       clipping->blocks[s->block].kind == SOFAR_BLOCK_HEADING;
        if (!heading && !all_large(&p))
            take_sentence(&p);
    }
    return (sf_spots){p.out.at, (uint32_t)p.out.count, p.is};
}
