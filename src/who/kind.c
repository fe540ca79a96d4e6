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

sofar_subject_type sf_who_kind(const sf_text *text, const sf_spots *spots, const sf_spot *s,
                               uint32_t says, bool surname_seen) {
    uint32_t first = spots->is[s->first], last = spots->is[s->last], n = words_in(text, s);
    if (says & SF_SAYS_WORK)
        return SOFAR_WORK;
    if (n == 1) {
        if (says & SF_SAYS_PERSON)
            return SOFAR_PERSON;
        if (first & SF_NAME_PLACE)
            return SOFAR_PLACE;
        if (first & SF_NAME_KNOWN_OUTLET)
            return SOFAR_OUTLET;
        if (first & SF_NAME_KNOWN_ORGANIZATION)
            return SOFAR_ORGANIZATION;
        if (first & SF_NAME_PRODUCT)
            return SOFAR_PRODUCT;
        if (says & SF_SAYS_PLACE)
            return SOFAR_PLACE;
        if (text->words[s->first].all_caps)
            return SOFAR_ORGANIZATION;
        return first & SF_NAME_GIVEN ? SOFAR_PERSON : SOFAR_OTHER;
    }
    if (headed(text, spots, s))
        return SOFAR_ORGANIZATION;
    if (n == 2 && first & SF_NAME_PLACE_PAIR && last & SF_NAME_PLACE_SECOND)
        return SOFAR_PLACE;
    bool given = first & SF_NAME_GIVEN && !(first & SF_NAME_PLACE);
    if (last & SF_NAME_OUTLET && !(given && n == 2 && says & SF_SAYS_PERSON))
        return SOFAR_OUTLET;
    if (last & SF_NAME_EVENT)
        return SOFAR_EVENT;
    if (last & SF_NAME_ORGANIZATION && !(says & SF_SAYS_PERSON))
        return SOFAR_ORGANIZATION;
    if (says & SF_SAYS_PERSON)
        return SOFAR_PERSON;
    if (last & SF_NAME_PLACE_LAST && !given)
        return SOFAR_PLACE;
    if (ampersand(text, s))
        return SOFAR_ORGANIZATION;
    if (n <= 4 && first & SF_NAME_GIVEN && !(last & SF_NAME_PLACE_LAST))
        return SOFAR_PERSON;
    if (says & SF_SAYS_PLACE)
        return SOFAR_PLACE;
    if (n <= 4 && (surname_seen || says & SF_SAYS_SPEAKER) && !has_common(spots, s))
        return SOFAR_PERSON;
    return SOFAR_OTHER;
}
