/* What the page tells of its subjects, from the places where it names them: "Mr. Hale", "drummer
 * Ana Ruiz", "Jane Roe, the film's director,", "a surgeon called Ida Pell", "Low Tide is a
 * musical". Such a phrase is a mention, its noun is kept as said of the subject, so that "the
 * drummer" finds its owner, and so is he or she. */
#include "who/refer.h"

#include <stdlib.h>

enum {
    FIRST_NAME = 3, /* evidence of he or she in a list of first names, once a subject */
    NOUN = 4,       /* in a noun or title, each time */
    REACH = 14      /* tokens looked ahead for an apposition or a predicate */
};

static void describe(sf_refer *r, uint32_t subject, uint32_t t, uint32_t nouns) {
    sf_being *being = &r->beings[subject];
    being->nouns |= nouns;
    being->he += nouns & SF_NOUN_HE ? NOUN : 0;
    being->she += nouns & SF_NOUN_SHE ? NOUN : 0;
    *SF_PUSH(r->who->arena, &r->said) = (sf_said_of){sf_refer_str(r, t), subject};
}

/* Looks at the noun t that is said of the subject; false if it is not of its kind. */
static bool tells(sf_refer *r, uint32_t subject, uint32_t t) {
    uint32_t nouns = sf_refer_noun(r, t);
    nouns |= sf_refer_title(r, t) ? (uint32_t)SF_NOUN_PERSON : 0;
    if (!sf_refer_suits(nouns, r->beings[subject].type))
        return false;
    describe(r, subject, t, nouns);
    return true;
}

static void first_name(sf_being *being, sf_str name, sf_refer *r, uint32_t t) {
    size_t space = sf_str_find(name, SF_STR(" "), 0);
    uint32_t nouns = sf_refer_noun(r, t);
    if (!sf_str_equal(sf_str_sub(name, 0, space < name.len ? space : name.len), sf_refer_str(r, t)))
        return;
    being->he = nouns & SF_NOUN_HE_NAME ? FIRST_NAME : being->he;
    being->she = nouns & SF_NOUN_SHE_NAME ? FIRST_NAME : being->she;
    /* "Father Anselm", "Queen Maud" */
    being->he += nouns & SF_NOUN_HE ? NOUN : 0;
    being->she += nouns & SF_NOUN_SHE ? NOUN : 0;
}

static bool person(const sf_being *being) {
    return being->type == SOFAR_PERSON || being->type == SOFAR_CHARACTER;
}

/* "Mr." before the name. */
static void title_before(sf_refer *r, uint32_t first, sf_being *being) {
    uint32_t low = sf_refer_sentence(r, first).first_token, t = first;
    for (int steps = 0; steps < 2 && t > low; steps++) {
        sf_str s = sf_refer_str(r, --t);
        while (s.len && s.ptr[s.len - 1] == '.')
            s.len--;
        if (!s.len)
            continue;
        bool he = sf_str_equal_ci(s, SF_STR("mr")) || sf_str_equal_ci(s, SF_STR("sir")) ||
                  sf_str_equal_ci(s, SF_STR("lord"));
        bool she = sf_str_equal_ci(s, SF_STR("mrs")) || sf_str_equal_ci(s, SF_STR("ms")) ||
                   sf_str_equal_ci(s, SF_STR("miss")) || sf_str_equal_ci(s, SF_STR("dame")) ||
                   sf_str_equal_ci(s, SF_STR("lady"));
        being->he += he ? 2 * NOUN : 0;
        being->she += she ? 2 * NOUN : 0;
        return;
    }
}

static bool comma_like(sf_str s) {
    return sf_str_equal(s, SF_STR(",")) || sf_str_equal(s, SF_STR("(")) ||
           sf_str_equal(s, SF_STR("-")) || sf_str_equal(s, SF_STR("--")) ||
           sf_str_equal(s, SF_STR("\xE2\x80\x94")) || sf_str_equal(s, SF_STR("\xE2\x80\x93"));
}

/* "drummer Ana Ruiz", "Ruiz's sister Leonie", "the "Paper Boats" singer Tom Hale". */
static void noun_before(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject) {
    uint32_t low = sf_refer_sentence(r, first).first_token;
    if (first == low || r->name_at[first - 1] != SF_NONE || r->subject_at[first - 1] != SF_NONE)
        return;
    uint32_t t = first - 1;
    if (sf_refer_is(r, t, SF_POS_PUNCT) && t > low && !comma_like(sf_refer_str(r, t)) &&
        !r->text->tokens[first].space)
        t--; /* an opening mark: the film "Low Tide" */
    if (!(sf_refer_is(r, t, SF_POS_NOUN) || sf_refer_is(r, t, SF_POS_PROPN) ||
          sf_refer_is(r, t, SF_POS_ADJ)) ||
        !tells(r, subject, t))
        return;
    r->subject_at[t] = subject;
    sf_refer_add(r, sf_refer_left(r, t, last), last, subject, SOFAR_NOMINAL,
                 "description before the name");
}

/* Is the noun t an apposition to the name before it? The parser says so; or it makes both subjects
 * of one verb, or hangs the name on the noun, which nothing else is like behind a comma. */
static bool apposed(const sf_refer *r, uint32_t t, uint32_t first, uint32_t last, uint32_t anchor) {
    uint32_t head = sf_refer_head(r, t);
    if (sf_refer_bond(r, t) == SF_BOND_APPOS)
        return (head >= first && head <= last) || head == anchor;
    bool both = sf_refer_bond(r, t) == SF_BOND_SUBJECT &&
                sf_refer_bond(r, anchor) == SF_BOND_SUBJECT && head == sf_refer_head(r, anchor);
    return both || (sf_refer_head(r, anchor) == t && sf_refer_bond(r, anchor) == SF_BOND_OTHER);
}

/* "Jane Roe, the film's director, ..." */
static void apposition_behind(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject) {
    sf_model_sentence s = sf_refer_sentence(r, first);
    uint32_t end = s.first_token + s.token_count;
    end = end < last + REACH ? end : last + REACH;
    if (last + 2 >= end || !comma_like(sf_refer_str(r, last + 1)))
        return;
    uint32_t anchor = sf_refer_anchor(r, sf_refer_top(r, first, last));
    for (uint32_t t = last + 2; t < end; t++) {
        if (!apposed(r, t, first, last, anchor))
            continue;
        if (!(sf_refer_is(r, t, SF_POS_NOUN) || sf_refer_title(r, t)) ||
            r->subject_at[t] != SF_NONE || sf_refer_left(r, t, t) != last + 2 ||
            !tells(r, subject, t))
            return;
        r->subject_at[t] = subject;
        sf_refer_add(r, last + 2, t, subject, SOFAR_NOMINAL, "apposition");
        return;
    }
}

/* "The film's director, Jane Roe, ...": the head is the noun. "a surgeon called Ida Pell" */
static void apposition_before(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject) {
    static const char *const calls[] = {"called", "named", "titled", "dubbed", "entitled"};
    uint32_t low = sf_refer_sentence(r, first).first_token;
    if (first < low + 2)
        return;
    uint32_t between = first - 1, t = first - 2;
    bool called = false;
    for (size_t i = 0; i < SF_LEN(calls); i++)
        called = called || sf_str_equal(sf_refer_str(r, between), sf_str_of(calls[i]));
    uint32_t top = sf_refer_top(r, first, last);
    bool appos = sf_refer_bond(r, top) == SF_BOND_APPOS && sf_refer_head(r, top) == t &&
                 comma_like(sf_refer_str(r, between));
    if ((!called && !appos) || !sf_refer_is(r, t, SF_POS_NOUN) || r->subject_at[t] != SF_NONE ||
        !tells(r, subject, t))
        return;
    r->subject_at[t] = subject;
    sf_refer_add(r, sf_refer_left(r, t, t), called ? last : t, subject, SOFAR_NOMINAL,
                 called ? "called so" : "apposition");
}

static bool negative(sf_str s) {
    return sf_str_equal_ci(s, SF_STR("not")) || sf_str_equal_ci(s, SF_STR("n't")) ||
           sf_str_equal_ci(s, SF_STR("n\xE2\x80\x99t")) || sf_str_equal_ci(s, SF_STR("never"));
}

/* "could be Ana Ruiz": it may be another. */
static bool unsure(sf_str s) {
    static const char *const words[] = {"could", "may", "might", "should", "would", "?"};
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal_ci(s, sf_str_of(words[i])))
            return true;
    return false;
}

/* "Low Tide is a musical" */
static void predicate(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject) {
    uint32_t anchor = sf_refer_anchor(r, sf_refer_top(r, first, last));
    uint32_t noun = sf_refer_head(r, anchor);
    if (sf_refer_bond(r, anchor) != SF_BOND_SUBJECT || noun == SF_NONE || noun <= last ||
        noun - last > REACH || !sf_refer_is(r, noun, SF_POS_NOUN) || r->subject_at[noun] != SF_NONE)
        return;
    uint32_t copula = SF_NONE;
    for (uint32_t t = last + 1; t < noun; t++) {
        if (negative(sf_refer_str(r, t)))
            return;
        if (sf_refer_bond(r, t) == SF_BOND_COP && sf_refer_head(r, t) == noun)
            copula = t;
    }
    if (copula == SF_NONE || !tells(r, subject, noun))
        return;
    uint32_t left = sf_refer_left(r, noun, noun);
    r->subject_at[noun] = subject;
    if (sf_refer_is(r, left, SF_POS_DET)) /* "is the star", not "was best man" */
        sf_refer_add(r, left, noun, subject, SOFAR_NOMINAL, "predicate");
}

/* "Her replacement will be Ana Ruiz": the name is the predicate. */
static void subject_before(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject) {
    uint32_t top = sf_refer_top(r, first, last), low = sf_refer_sentence(r, first).first_token;
    uint32_t copula = SF_NONE, noun = SF_NONE;
    for (uint32_t t = first; t > low && first - t < REACH; t--) {
        if (negative(sf_refer_str(r, t - 1)) || unsure(sf_refer_str(r, t - 1)))
            return;
        if (sf_refer_head(r, t - 1) != top)
            continue;
        copula = sf_refer_bond(r, t - 1) == SF_BOND_COP ? t - 1 : copula;
        noun = sf_refer_bond(r, t - 1) == SF_BOND_SUBJECT ? t - 1 : noun;
    }
    if (copula == SF_NONE || noun == SF_NONE || noun > copula ||
        !sf_refer_is(r, noun, SF_POS_NOUN) || r->subject_at[noun] != SF_NONE ||
        sf_refer_restricted(r, noun) || !tells(r, subject, noun))
        return;
    r->subject_at[noun] = subject;
    sf_refer_add(r, sf_refer_left(r, noun, noun), noun, subject, SOFAR_NOMINAL, "predicate");
}

/* "Ana Ruiz, 31," */
static void age(sf_refer *r, uint32_t last, uint32_t subject) {
    sf_model_sentence s = sf_refer_sentence(r, last);
    uint32_t end = s.first_token + s.token_count;
    if (last + 2 >= end || !sf_str_equal(sf_refer_str(r, last + 1), SF_STR(",")))
        return;
    sf_str number = sf_refer_str(r, last + 2);
    if (number.len == 2 && sf_is_digit(number.ptr[0]) && sf_is_digit(number.ptr[1]) &&
        (last + 3 == end || sf_refer_is(r, last + 3, SF_POS_PUNCT)))
        *SF_PUSH(r->who->arena, &r->said) = (sf_said_of){number, subject};
}

/* "Paper Moon Records" is the label. */
static void said_by_form(sf_refer *r, uint32_t last, uint32_t subject) {
    static const char *const words[][2] = {{"Records", "label"},
                                           {"Recordings", "label"},
                                           {"Pictures", "studio"},
                                           {"Studios", "studio"},
                                           {"Airlines", "airline"},
                                           {"Airways", "airline"},
                                           {"Bank", "bank"},
                                           {"University", "university"},
                                           {"Brewing", "brewery"},
                                           {"Publishing", "publisher"},
                                           {"Releasing", "distributor"},
                                           {"Distribution", "distributor"}};
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal(sf_refer_str(r, last), sf_str_of(words[i][0])))
            *SF_PUSH(r->who->arena, &r->said) = (sf_said_of){sf_str_of(words[i][1]), subject};
}

/* The last word of a name says what it is, too: "High Water Tour". */
static void last_word(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject) {
    sf_being *being = &r->beings[subject];
    uint32_t nouns = sf_refer_noun(r, last), word = r->text->tokens[last].word;
    if (last == first || person(being))
        return;
    if (being->type == SOFAR_ORGANIZATION && r->who->is[word] & SF_NAME_ORGANIZATION) {
        being->nouns |= SF_NOUN_COMPANY | SF_NOUN_BODY; /* "Paper Moon Records": no band */
        said_by_form(r, last, subject);
    }
    if (sf_refer_suits(nouns, being->type))
        describe(r, subject, last, nouns);
}

static int by_noun(const void *a, const void *b) {
    const sf_said_of *x = a, *y = b;
    int order = sf_str_compare(x->noun, y->noun);
    return order ? order : (x->subject > y->subject) - (x->subject < y->subject);
}

static sf_str lowered(sf_refer *r, sf_str s) {
    if (!s.len || s.ptr[0] < 'A' || s.ptr[0] > 'Z')
        return s;
    char *at = sf_alloc(r->who->arena, s.len);
    memcpy(at, s.ptr, s.len);
    at[0] = sf_lower(at[0]);
    return (sf_str){at, s.len};
}

/* Sorted, each pair once. */
static void sort_said(sf_refer *r) {
    size_t left = 0;
    for (size_t i = 0; i < r->said.count; i++)
        r->said.at[i].noun = lowered(r, r->said.at[i].noun);
    if (r->said.count)
        qsort(r->said.at, r->said.count, sizeof *r->said.at, by_noun);
    for (size_t i = 0; i < r->said.count; i++)
        if (left == 0 || by_noun(&r->said.at[left - 1], &r->said.at[i]) != 0)
            r->said.at[left++] = r->said.at[i];
    r->said.count = left;
}

void sf_refer_tell(sf_refer *r) {
    const sf_people *p = r->people;
    sf_str head = sf_who_head(r->who->clipping);
    r->beings = SF_ARRAY(r->who->arena, sf_being, p->subject_count);
    for (size_t i = 0; i < p->subject_count; i++) {
        r->beings[i].type = p->subjects[i].type;
        r->beings[i].handle =
            p->subjects[i].name.ptr[0] == '@' && p->subjects[i].type == SOFAR_OTHER;
        r->beings[i].leads = sf_str_find(head, p->subjects[i].name, 0) != SIZE_MAX;
        r->beings[i].titled = r->beings[i].leads && r->who->clipping->title.len;
    }
    for (uint32_t t = 0; t < r->token_count; t++) {
        uint32_t name = r->name_at[t], first = t;
        if (name == SF_NONE)
            continue;
        uint32_t last = t, subject = p->names[name].subject;
        while (last + 1 < r->token_count && r->name_at[last + 1] == SF_NONE &&
               r->sentence_of[last + 1] == r->sentence_of[first] &&
               r->text->tokens[last + 1].span.end <= p->names[name].span.end)
            last++;
        sf_being *being = &r->beings[subject];
        being->count++;
        if (p->names[name].form != SOFAR_NAME)
            continue;
        if (person(being)) {
            first_name(being, p->subjects[subject].name, r, first);
            title_before(r, first, being);
            age(r, last, subject);
        }
        last_word(r, first, last, subject);
        noun_before(r, first, last, subject);
        apposition_behind(r, first, last, subject);
        apposition_before(r, first, last, subject);
        predicate(r, first, last, subject);
        subject_before(r, first, last, subject);
    }
    sort_said(r);
}
