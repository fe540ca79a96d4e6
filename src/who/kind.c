/* What a name names, by plain evidence only: else `other`. The order is that of how sure a sign is.
 */
#include "who/join.h"

static bool has_common(const sf_spots *spots, const sf_spot *s) {
    for (uint32_t i = s->first; i <= s->last; i++)
        if (spots->is[i] & SF_NAME_COMMON && !(spots->is[i] & SF_NAME_GIVEN))
            return true;
    return false;
}

static uint32_t words_in(const sf_text *text, const sf_spot *s) {
    uint32_t n = 0;
    for (uint32_t i = s->first; i <= s->last; i++)
        n += text->words[i].kind == SF_WORD_ALPHA;
    return n;
}

static bool ampersand(const sf_text *text, const sf_spot *s) {
    for (uint32_t i = s->first; i <= s->last; i++)
        if (sf_str_equal(sf_word_of(text, i), SF_STR("&")))
            return true;
    return false;
}

/* "University of ...", "Bank of ..." */
static bool headed(const sf_text *text, const sf_spots *spots, const sf_spot *s) {
    for (uint32_t i = s->first; i < s->last; i++)
        if (sf_str_equal(sf_word_of(text, i), SF_STR("of")))
            return i > s->first && spots->is[i - 1] & SF_NAME_ORGANIZATION;
    return false;
}

static sofar_subject_type of_one_word(const sf_text *text, const sf_spot *s, uint32_t is,
                                      uint32_t says) {
    if (says & SF_SAYS_PERSON)
        return SOFAR_PERSON;
    if (is & SF_NAME_PLACE)
        return SOFAR_PLACE;
    if (is & SF_NAME_KNOWN_OUTLET)
        return SOFAR_OUTLET;
    if (is & SF_NAME_KNOWN_ORGANIZATION)
        return SOFAR_ORGANIZATION;
    if (is & SF_NAME_PRODUCT)
        return SOFAR_PRODUCT;
    if (says & SF_SAYS_PLACE)
        return SOFAR_PLACE;
    if (says & SF_SAYS_ORGANIZATION || text->words[s->first].all_caps)
        return SOFAR_ORGANIZATION;
    if (is & SF_NAME_GIVEN)
        return SOFAR_PERSON;
    return says & SF_SAYS_IN && !(says & SF_SAYS_SPEAKER) ? SOFAR_PLACE : SOFAR_OTHER;
}

/* By the last word of its form, where that says it. */
static bool by_form(const sf_text *text, const sf_spots *spots, const sf_spot *s, uint32_t n,
                    uint32_t says, sofar_subject_type *out) {
    uint32_t first = spots->is[s->first], last = spots->is[s->last];
    bool given = first & SF_NAME_GIVEN && !(first & SF_NAME_PLACE);
    bool person = says & SF_SAYS_PERSON && given;
    if (headed(text, spots, s))
        return *out = SOFAR_ORGANIZATION, true;
    if (n == 2 && first & SF_NAME_PLACE_FIRST && !(says & SF_SAYS_PERSON))
        return *out = SOFAR_PLACE, true;
    if (n == 2 && first & SF_NAME_PLACE_PAIR && last & SF_NAME_PLACE_SECOND)
        return *out = SOFAR_PLACE, true;
    if (person || (given && n == 2 && !(last & SF_NAME_ORGANIZATION)))
        return *out = SOFAR_PERSON, true;
    if (last & SF_NAME_OUTLET)
        return *out = SOFAR_OUTLET, true;
    if (last & SF_NAME_EVENT)
        return *out = SOFAR_EVENT, true;
    if (last & SF_NAME_ORGANIZATION)
        return *out = SOFAR_ORGANIZATION, true;
    if (last & SF_NAME_PLACE_LAST && !(says & SF_SAYS_PERSON))
        return *out = SOFAR_PLACE, true;
    return false;
}

sofar_subject_type sf_who_kind(const sf_text *text, const sf_spots *spots, const sf_spot *s,
                               uint32_t says, bool family) {
    uint32_t first = spots->is[s->first], n = words_in(text, s);
    if (says & SF_SAYS_WORK)
        return SOFAR_WORK;
    if (says & SF_SAYS_CHARACTER && !(says & SF_SAYS_SPEAKER) && n <= 4 && !(first & SF_NAME_PLACE))
        return SOFAR_CHARACTER;
    if (n == 1)
        return of_one_word(text, s, first, says);
    sofar_subject_type type;
    if (by_form(text, spots, s, n, says, &type))
        return type;
    if (says & SF_SAYS_PERSON)
        return SOFAR_PERSON;
    if (says & SF_SAYS_ORGANIZATION || ampersand(text, s))
        return SOFAR_ORGANIZATION;
    if (says & SF_SAYS_EVENT)
        return SOFAR_EVENT;
    if (n <= 4 && first & SF_NAME_GIVEN)
        return SOFAR_PERSON;
    if (says & SF_SAYS_PLACE)
        return SOFAR_PLACE;
    if (n <= 4 && (family || says & SF_SAYS_SPEAKER) && !has_common(spots, s))
        return SOFAR_PERSON;
    return SOFAR_OTHER;
}
