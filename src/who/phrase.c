/* What a noun phrase says by itself: its article, its owner, the words that make another of it,
 * what was said of whom by its noun. */
#include "who/refer.h"

enum { SAID = 32 }; /* subjects of whom one noun is said */

static bool is(const sf_refer *r, uint32_t t, const char *word) {
    return sf_str_equal_ci(sf_refer_str(r, t), sf_str_of(word));
}

const sf_said_of *sf_refer_said(const sf_refer *r, sf_str noun, size_t *count) {
    char small[SF_KNOWN_LONGEST]; /* "the President" */
    size_t low = 0, high = r->said.count;
    if (noun.len && noun.len <= sizeof small) {
        memcpy(small, noun.ptr, noun.len);
        small[0] = sf_lower(small[0]);
        noun.ptr = small;
    }
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sf_str_compare(r->said.at[mid].noun, noun) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (*count = 0; *count < SAID && low + *count < r->said.count &&
                     sf_str_equal(r->said.at[low + *count].noun, noun);)
        ++*count;
    return *count ? &r->said.at[low] : NULL;
}

bool sf_refer_another(const sf_refer *r, uint32_t first, uint32_t t) {
    static const char *const words[] = {"first",    "next",    "other",    "last", "previous",
                                        "second",   "third",   "latest",   "only", "another",
                                        "original", "same",    "upcoming", "new",  "debut",
                                        "early",    "earlier", "whole"};
    for (uint32_t i = first; i < t; i++)
        for (size_t w = 0; w < SF_LEN(words); w++)
            if (is(r, i, words[w]))
                return true;
    return false;
}

bool sf_refer_restricted(const sf_refer *r, uint32_t t) {
    sf_model_sentence s = sf_refer_sentence(r, t);
    uint32_t end = s.first_token + s.token_count;
    for (uint32_t i = t + 1; i < end && i < t + 8; i++) {
        sf_bond arc = sf_refer_bond(r, i);
        if (sf_str_equal(sf_refer_str(r, i), SF_STR(","))) /* "The film, which won, ..." */
            return false;
        if (sf_refer_head(r, i) == t &&
            (arc == SF_BOND_OF || arc == SF_BOND_CLAUSE || arc == SF_BOND_OPEN))
            return true;
    }
    return false;
}

/* Its 's is in the name, too: "the "Fool's Day" singer". */
static bool inside_title(const sf_refer *r, uint32_t t) {
    return r->subject_at[t] != SF_NONE && r->subject_at[t + 1] == r->subject_at[t] &&
           r->name_at[t + 1] == SF_NONE;
}

sf_determiner sf_refer_determiner(const sf_refer *r, uint32_t first, uint32_t t) {
    if (first == t)
        return SF_DETERMINER_NONE;
    if (is(r, first, "a") || is(r, first, "an"))
        return SF_DETERMINER_OTHER;
    for (uint32_t i = first; i < t; i++)
        if (sf_refer_bond(r, i) == SF_BOND_OWNER && !inside_title(r, i))
            return SF_DETERMINER_OWNED;
    return is(r, first, "the") || is(r, first, "this") ? SF_DETERMINER_THE : SF_DETERMINER_OTHER;
}

bool sf_refer_holds_name(const sf_refer *r, uint32_t first, uint32_t t) {
    for (uint32_t i = first; i < t; i++)
        if (r->name_at[i] != SF_NONE)
            return true;
    return false;
}
