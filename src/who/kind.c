/* What a name names: the model's margins over all mentions, what stands beside them, and, as a
 * small weight that tells only where the others say little, the form of the name and lists of known
 * ones. The weights were set on invented stories and on a part of PolNeAR's news texts. */
#include "who/join.h"

enum {
    BESIDE = 4 * SF_LOGIT, /* a mention's neighbours */
    LISTED = 3 * SF_LOGIT, /* once a name: the lists */
    FORM = 2 * SF_LOGIT,   /* once a name: its last word */
    BUSY = 2 * SF_LOGIT    /* a mention: it does what companies do */
};

void sf_who_vote(sf_votes *votes, const sf_spot *spot) {
    static const struct {
        uint32_t says;
        sofar_subject_type type;
    } beside[] = {{SF_SAYS_PERSON, SOFAR_PERSON},
                  {SF_SAYS_WORK, SOFAR_WORK},
                  {SF_SAYS_PLACE, SOFAR_PLACE},
                  {SF_SAYS_ORGANIZATION, SOFAR_ORGANIZATION},
                  {SF_SAYS_EVENT, SOFAR_EVENT}};
    votes->of[spot->type] += spot->votes > 0 ? spot->votes : 1;
    votes->of[SOFAR_ORGANIZATION] += spot->says & SF_SAYS_BUSY ? BUSY : 0;
    votes->of[SOFAR_WORK] -= spot->says & SF_SAYS_MAKER ? BESIDE : 0;
    votes->of[SOFAR_PERSON] -= spot->says & SF_SAYS_ARTICLE ? BUSY : 0;
    for (size_t i = 0; i < SF_LEN(beside); i++)
        if (spot->says & beside[i].says)
            votes->of[beside[i].type] += BESIDE;
}

/* "Hale & Pell": a firm. */
static bool joined(const sf_who *who, const sf_spot *s) {
    for (uint32_t i = s->first + 1; i < s->last; i++)
        if (sf_str_equal(sf_word_of(who->text, i), SF_STR("&")))
            return true;
    return false;
}

static void vote_form(const sf_who *who, const sf_spot *s, sf_votes *votes) {
    uint32_t last = who->is[s->last];
    if (s->first == s->last) {
        votes->of[SOFAR_PLACE] += last & SF_NAME_PLACE ? LISTED : 0;
        votes->of[SOFAR_PRODUCT] += last & SF_NAME_PRODUCT ? LISTED : 0;
        votes->of[SOFAR_ORGANIZATION] +=
            last & (SF_NAME_KNOWN_ORGANIZATION | SF_NAME_KNOWN_OUTLET) ? LISTED : 0;
        return;
    }
    votes->of[SOFAR_ORGANIZATION] += last & (SF_NAME_ORGANIZATION | SF_NAME_OUTLET) ? FORM : 0;
    votes->of[SOFAR_ORGANIZATION] += s->type == SOFAR_PERSON && joined(who, s) ? 2 * LISTED : 0;
    votes->of[SOFAR_EVENT] += last & SF_NAME_EVENT ? FORM : 0;
    votes->of[SOFAR_PLACE] += last & SF_NAME_PLACE_LAST ? FORM : 0;
}

/* Is it the paper that the page stands in? With or without "The". */
static bool own_outlet(const sf_who *who, sf_str name) {
    sf_str outlet = who->clipping->outlet;
    if (sf_str_starts_ci(outlet, SF_STR("the ")))
        outlet = sf_str_sub(outlet, 4, outlet.len);
    return outlet.len && sf_str_equal_ci(outlet, name);
}

/* A known outlet, the page's own, or an organization that was told something. */
static bool outlet(const sf_who *who, const sf_spot *s, uint32_t says, bool organization) {
    uint32_t last = who->is[s->last];
    bool one = s->first == s->last;
    if (own_outlet(who, sf_spot_str(who, s)) || (one && last & SF_NAME_KNOWN_OUTLET))
        return true;
    if (!one && last & SF_NAME_OUTLET)
        return organization;
    uint32_t heard = organization ? SF_SAYS_TOLD | SF_SAYS_REPORTS : SF_SAYS_TOLD;
    return says & heard && !(last & SF_NAME_KNOWN_ORGANIZATION);
}

/* Once is enough for a part that is played, since it is named like a person elsewhere; but who
 * speaks to the press is none, nor is a game that is played. */
static bool like_person(const sf_who *who, const sf_spot *s, sofar_subject_type type) {
    return type == SOFAR_PERSON || type == SOFAR_OTHER ||
           (type == SOFAR_WORK && who->is[s->first] & (SF_NAME_HONORIFIC | SF_NAME_TITLED));
}

sofar_subject_type sf_who_kind(const sf_who *who, const sf_spot *s, const sf_votes *cast,
                               uint32_t says) {
    sf_votes votes = *cast;
    vote_form(who, s, &votes);
    sofar_subject_type best = SOFAR_PERSON;
    for (sofar_subject_type type = SOFAR_PERSON; type <= SOFAR_OTHER; type++)
        if (votes.of[type] > votes.of[best])
            best = type;
    if (says & SF_SAYS_PART && !(says & (SF_SAYS_SOURCE | SF_SAYS_MARKED)))
        return SOFAR_CHARACTER;
    if (says & SF_SAYS_CHARACTER && !(says & SF_SAYS_SOURCE) && like_person(who, s, best))
        return SOFAR_CHARACTER;
    bool paper = best == SOFAR_ORGANIZATION || best == SOFAR_WORK || best == SOFAR_OTHER ||
                 best == SOFAR_PRODUCT || (best == SOFAR_PLACE && says & SF_SAYS_ARTICLE);
    if (paper && !(says & SF_SAYS_WORK) && outlet(who, s, says, best == SOFAR_ORGANIZATION))
        return SOFAR_OUTLET;
    return best;
}
