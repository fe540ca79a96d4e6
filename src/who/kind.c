/* What a name names: the model's margins over all mentions, what stands beside them, and, as a
 * small weight that tells only where the others say little, the form of the name and lists of known
 * ones. The weights were set on invented stories and on a part of PolNeAR's news texts. */
#include "who/refer.h"

enum {
    BESIDE = 4 * SF_LOGIT, /* a mention's neighbours */
    LISTED = 3 * SF_LOGIT, /* once a name: the lists */
    FORM = 2 * SF_LOGIT,   /* once a name: its last word */
    THE = 2 * SF_LOGIT,    /* a mention: no person has an article */
    SPEAKS = 2 * SF_LOGIT, /* a mention: only bodies and people speak */
    LONE = SF_LOGIT,       /* so near is enough against a person of one word */
    CLEARLY = 3 * SF_LOGIT /* a work that no part is taken for */
};

void sf_who_hear(sf_case *heard, const sf_spot *spot) {
    static const struct {
        uint32_t says;
        sofar_subject_type type;
        int32_t votes;
    } beside[] = {
        {SF_SAYS_PERSON, SOFAR_PERSON, BESIDE}, {SF_SAYS_WORK, SOFAR_WORK, BESIDE},
        {SF_SAYS_PLACE, SOFAR_PLACE, BESIDE},   {SF_SAYS_ORGANIZATION, SOFAR_ORGANIZATION, BESIDE},
        {SF_SAYS_EVENT, SOFAR_EVENT, BESIDE},   {SF_SAYS_MAKER, SOFAR_WORK, -BESIDE},
        {SF_SAYS_SOURCE, SOFAR_WORK, -SPEAKS},  {SF_SAYS_ARTICLE, SOFAR_PERSON, -THE}};
    uint32_t both = SF_SAYS_PERSON | SF_SAYS_ORGANIZATION, says = spot->says;
    if ((says & both) == both) /* "the streamer Quill", "the streamer Jo Park" */
        says &= ~(uint32_t)(spot->first == spot->last ? SF_SAYS_PERSON : SF_SAYS_ORGANIZATION);
    heard->mentions++;
    heard->says |= says;
    heard->model.of[spot->type] += spot->votes > 0 ? spot->votes : 1;
    for (size_t type = 0; type < SF_LEN(heard->page.of); type++)
        heard->page.of[type] += spot->frame.of[type];
    for (size_t i = 0; i < SF_LEN(beside); i++) {
        bool part = beside[i].type == SOFAR_PERSON && spot->type == SOFAR_CHARACTER;
        if (says & beside[i].says) /* "nurse Mira" may be either */
            heard->page.of[part ? SOFAR_CHARACTER : beside[i].type] += beside[i].votes;
    }
}

void sf_who_hear_all(sf_case *heard, const sf_case *other) {
    heard->mentions += other->mentions; /* a part may have the actor's first name */
    heard->says |= other->says & ~(uint32_t)(SF_SAYS_CHARACTER | SF_SAYS_PART);
    for (size_t type = 0; type < SF_LEN(heard->page.of); type++) {
        heard->model.of[type] += other->model.of[type];
        heard->page.of[type] += other->page.of[type];
    }
}

/* Ten mentions are not ten times as sure as one: n count as 3n / (n + 2). */
static sf_votes sum_of(const sf_case *heard) {
    sf_votes out = heard->page;
    for (size_t type = 0; type < SF_LEN(out.of); type++)
        out.of[type] += (int32_t)((int64_t)heard->model.of[type] * 3 / (heard->mentions + 2));
    return out;
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
static bool like_person(const sf_who *who, const sf_spot *s, const sf_case *heard,
                        const sf_votes *votes, sofar_subject_type type) {
    bool doubtful = votes->of[SOFAR_WORK] - votes->of[SOFAR_PERSON] < CLEARLY &&
                    !(heard->says & (SF_SAYS_MARKED | SF_SAYS_WORK));
    return type == SOFAR_PERSON || type == SOFAR_OTHER ||
           (type == SOFAR_WORK &&
            (doubtful || who->is[s->first] & (SF_NAME_HONORIFIC | SF_NAME_TITLED)));
}

/* A single word that is no known first name: as a person's name it gives way to what comes near. */
static bool lone(const sf_who *who, const sf_spot *s) {
    uint32_t nouns = sf_refer_nouns(sf_spot_str(who, s));
    return s->first == s->last && !(nouns & (SF_NOUN_HE_NAME | SF_NOUN_SHE_NAME));
}

sofar_subject_type sf_who_kind(const sf_who *who, const sf_spot *s, const sf_case *heard) {
    sf_votes votes = sum_of(heard);
    uint32_t says = heard->says;
    vote_form(who, s, &votes);
    sofar_subject_type best = SOFAR_PERSON;
    int32_t need = lone(who, s) ? LONE : 0;
    for (sofar_subject_type type = SOFAR_ORGANIZATION; type <= SOFAR_OTHER; type++) {
        bool more = votes.of[type] > votes.of[best];
        bool near =
            best == SOFAR_PERSON && votes.of[type] > 0 && votes.of[type] + need > votes.of[best];
        best = more || near ? type : best;
    }
    if (says & SF_SAYS_PART && !(says & (SF_SAYS_SOURCE | SF_SAYS_MARKED)))
        return SOFAR_CHARACTER;
    if (says & SF_SAYS_CHARACTER && !(says & SF_SAYS_SOURCE) &&
        like_person(who, s, heard, &votes, best))
        return SOFAR_CHARACTER;
    bool paper = best == SOFAR_ORGANIZATION || best == SOFAR_WORK || best == SOFAR_OTHER ||
                 best == SOFAR_PRODUCT || (best == SOFAR_PLACE && says & SF_SAYS_ARTICLE);
    if (paper && !(says & SF_SAYS_WORK) && outlet(who, s, says, best == SOFAR_ORGANIZATION))
        return SOFAR_OUTLET;
    return best;
}
