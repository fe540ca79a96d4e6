/* What hangs on a verb or a noun, read by its preposition. A name is a venue by what it is (an
 * outlet, a platform, an event) and by what it hangs on: behind "with" and "to" stands the other
 * side of a talk, behind "on" a programme or a platform, behind "at" an event. */
#include "quote/place.h"

#include "text/known.h"

#include "quote/venue.inc"

_Static_assert((int)VENUE_TALK == SF_VENUE_TALK && (int)VENUE_APART == SF_VENUE_APART,
               "the sections of venue.txt and the enum of place.h are in one order");

enum { DEPTH = 3 };

/* What a name may hang on, which says behind what the other side of the talk stands. */
typedef enum voice {
    VOICE_NONE,  /* nothing was said: "sounded happy" */
    VOICE_SAID,  /* "said to" */
    VOICE_SPOKE, /* "spoke with" */
    VOICE_TALK   /* a noun: "an interview with", "an essay for", "an episode of" */
} voice;

unsigned sf_place_is(const sf_look *l, uint32_t token, unsigned sections) {
    return sf_known_flags(venue_words, SF_LEN(venue_words), sf_clause_str(&l->clause, token)) &
           sections;
}
bool sf_place_spells(sf_str word, const char *const *words) {
    for (; *words; words++)
        if (sf_str_equal_ci(word, sf_str_of(*words)))
            return true;
    return false;
}
static bool is_platform(sf_str word) {
    return (sf_cue_of(word) & SF_CUE_PLATFORM) != 0 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
}
/* "X", the network; only behind words that ask for one. */
static bool is_x(sf_str word) { return word.len == 1 && word.ptr[0] == 'X'; }

bool sf_quote_is_platform(sf_str via) { return via.len > 0 && (is_platform(via) || is_x(via)); }

bool sf_place_hangs(const sf_look *l, uint32_t token, uint32_t head) {
    return sf_clause_head(&l->clause, token) == head && sf_clause_sees(&l->clause, token);
}

/* ---- names ---- */

/* The last word of a name decides what it is: "the Leeds TV Festival". */
static unsigned last_word_is(const sf_look *l, sf_span name, unsigned sections) {
    uint32_t last = sf_text_token_at(l->clause.scene->text, name.end - 1);
    return sf_place_is(l, last, sections);
}

static sf_str name_words(const sf_look *l, const sf_clause_name *name) {
    const sf_scene *s = l->clause.scene;
    if (name->subject != SOFAR_NOBODY && name->type != SOFAR_PERSON)
        return s->people->subjects[name->subject].name;
    return sf_span_of(s->text->text, name->span);
}

static bool says_where(sf_look *l, sf_str via) {
    l->placed = true;
    if (!l->via.ptr)
        l->via = via;
    return true;
}

static bool has_article(const sf_look *l, sf_span name) {
    sf_str text = l->clause.scene->text->text;
    sf_str before = name.begin < 4 ? SF_ABSENT : sf_str_sub(text, name.begin - 4, name.begin);
    return sf_str_equal_ci(before, SF_STR("the "));
}

/* A person by type; "the Observer" is none, whatever it was taken for. */
static bool is_person(const sf_look *l, const sf_clause_name *name) {
    return name->type == SOFAR_PERSON && !has_article(l, name->span);
}

/* "Nevadans" */
static bool is_plural(const sf_look *l, const sf_clause_name *name) {
    const sf_scene *s = l->clause.scene;
    uint32_t last = sf_text_token_at(s->text, name->span.end - 1);
    unsigned traits = sf_model_traits(s->model, s->analysis->tokens[last].tag);
    return name->type != SOFAR_OUTLET && s->text->tokens[last].span.begin <= name->span.begin &&
           (traits & SF_IS_PLURAL) != 0;
}

static bool may_be_outlet(const sf_look *l, const sf_clause_name *name) {
    return !is_person(l, name) && name->type != SOFAR_PLACE && name->type != SOFAR_CHARACTER &&
           name->type != SOFAR_EVENT && !is_plural(l, name) &&
           !last_word_is(l, name->span, SF_VENUE_BODY);
}

static bool is_event(const sf_look *l, const sf_clause_name *name) {
    return name->type != SOFAR_PERSON && !last_word_is(l, name->span, SF_VENUE_BODY) &&
           (name->type == SOFAR_EVENT || last_word_is(l, name->span, SF_VENUE_EVENT));
}

/* A platform, a programme or paper that is named in the phrase of a noun: "her Instagram story",
 * "the Late Desk podcast", "the podcast Late Desk". */
static bool named_in_phrase(sf_look *l, uint32_t noun) {
    const sf_clause *c = &l->clause;
    bool aired = sf_place_is(l, noun, SF_VENUE_AIRED) != 0;
    for (uint32_t t = c->first; t < c->end; t++) {
        if (!sf_place_hangs(l, t, noun))
            continue;
        sf_relation r = sf_clause_relation(c, t);
        if (r != SF_REL_PART && r != SF_REL_OWNER && r != SF_REL_APPOSED && r != SF_REL_NOMINAL)
            continue;
        if (r == SF_REL_NOMINAL && sf_clause_case(c, t).ptr)
            continue;
        sf_clause_name name;
        sf_str word = sf_clause_str(c, t);
        if (is_platform(word) || (is_x(word) && sf_place_is(l, noun, SF_VENUE_POST)))
            return says_where(l, word);
        if (sf_place_is(l, noun, SF_VENUE_PEOPLE) || !sf_clause_name_at(c, t, &name) ||
            !may_be_outlet(l, &name))
            continue;
        if (aired || name.type == SOFAR_OUTLET)
            return says_where(l, name_words(l, &name));
    }
    return false;
}

/* ---- nouns and prepositions ---- */

static const char *const by_way[] = {"via", "through", "over", NULL};
static const char *const on[] = {"on", "in", "onto", "within", "inside", "into", NULL};
static const char *const at[] = {"at", "during", "in", "after", "before", "from", NULL};
static const char *const platforms[] = {"to", "onto", "on",   "via", "through",
                                        "in", "from", "over", NULL};

/* Is the preposition one behind which the other side of the talk stands? */
static bool is_side(voice how, sf_str prep) {
    static const char *const of_talk[] = {"with", "to", "for", "by", "of", NULL};
    static const char *const with[] = {"with", "to", NULL}, *const to[] = {"to", NULL};
    switch (how) {
    case VOICE_NONE: return false;
    case VOICE_SAID: return sf_place_spells(prep, to);
    case VOICE_SPOKE: return sf_place_spells(prep, with);
    case VOICE_TALK: return sf_place_spells(prep, of_talk);
    }
    return false;
}

/* "on The Midnight Kettle": a capital inside the sentence, so part of the name. */
static bool has_capital_article(const sf_look *l, sf_span name) {
    sf_str text = l->clause.scene->text->text;
    return (has_article(l, name) && text.ptr[name.begin - 4] == 'T') ||
           sf_str_starts(sf_span_of(text, name), SF_STR("The "));
}

static void outlet_of(sf_look *l, uint32_t person);
static void place(sf_look *l, uint32_t noun, voice how, int depth);

/* "told Petra Lund of Variety", where the tree hangs the outlet on the verb. */
static bool behind_person(const sf_look *l, uint32_t noun, sf_str prep) {
    const sf_scene *s = l->clause.scene;
    sf_str words = s->text->text;
    uint32_t begin = (uint32_t)(prep.ptr - words.ptr);
    uint32_t m = begin < 2 ? SF_NONE : sf_clause_mention(s, begin - 2);
    return sf_place_spells(prep, (const char *const[]){"of", "from", "at", NULL}) && m != SF_NONE &&
           s->people->subjects[s->people->names[m].subject].type == SOFAR_PERSON &&
           sf_text_token_at(s->text, begin) + 2 >= noun;
}

/* A name behind a preposition. */
static bool named_place(sf_look *l, uint32_t noun, sf_str prep, voice how) {
    const sf_clause *c = &l->clause;
    sf_str word = sf_clause_str(c, noun);
    if ((is_platform(word) || is_x(word)) && sf_place_spells(prep, platforms))
        return says_where(l, word);
    sf_clause_name name;
    if (!sf_clause_name_at(c, noun, &name))
        return false;
    if (is_event(l, &name) && sf_place_spells(prep, at))
        return says_where(l, name_words(l, &name));
    bool side = is_side(how, prep);
    if (is_person(l, &name)) {
        if (!side || !sf_place_spells(prep, (const char *const[]){"to", "with", NULL}))
            return false;
        if (l->to == SOFAR_NOBODY)
            l->to = name.subject;
        outlet_of(l, noun);
        return l->placed = true;
    }
    if (!may_be_outlet(l, &name))
        return false;
    bool known =
        name.type == SOFAR_OUTLET && (sf_place_spells(prep, on) || sf_place_spells(prep, by_way) ||
                                      behind_person(l, noun, prep));
    bool aired = sf_str_equal_ci(prep, SF_STR("on")) &&
                 (how != VOICE_NONE || has_capital_article(l, name.span));
    if (side && name.type == SOFAR_WORK) /* "an adaptation of ..." */
        side = !sf_str_equal_ci(prep, SF_STR("of")) && !sf_str_equal_ci(prep, SF_STR("by"));
    return (known || aired || side || sf_str_equal_ci(prep, SF_STR("via"))) &&
           says_where(l, name_words(l, &name));
}

/* A described person as a subject of the page: "wrote to her director". */
static void described(sf_look *l, uint32_t noun) {
    const sf_people *p = l->clause.scene->people;
    uint32_t m = sf_clause_mention(l->clause.scene, l->clause.scene->text->tokens[noun].span.begin);
    if (m != SF_NONE && l->to == SOFAR_NOBODY &&
        p->subjects[p->names[m].subject].type == SOFAR_PERSON)
        l->to = p->names[m].subject;
}

/* The name in apposition to a noun: "the film's director, Dana Roe". */
static void apposed_person(sf_look *l, uint32_t noun) {
    for (uint32_t t = noun + 1; t < l->clause.end; t++) {
        sf_clause_name name;
        if (sf_place_hangs(l, t, noun) && sf_clause_relation(&l->clause, t) == SF_REL_APPOSED &&
            sf_clause_name_at(&l->clause, t, &name) && name.type == SOFAR_PERSON &&
            name.subject != SOFAR_NOBODY && l->to == SOFAR_NOBODY)
            l->to = name.subject;
    }
}

/* What tells of the saying may hang on what is spoken of, by its tree: "shared the news on
 * Instagram", "said of the part in an interview with ..."; and where nothing is said an event:
 * "sounded happy at the Leeds Festival". */
static void below_topic(sf_look *l, uint32_t noun, bool said, int depth) {
    static const char *const shared[] = {"on", "to", "via", "through", "over", NULL};
    static const char *const talk[] = {"in", "during", "at", "on", "via", "through", NULL};
    const sf_clause *c = &l->clause;
    for (uint32_t t = noun + 1; t < c->end; t++) {
        if (!sf_place_hangs(l, t, noun) || sf_clause_relation(c, t) == SF_REL_OWNER)
            continue;
        sf_str word = sf_clause_str(c, t), prep = sf_clause_case(c, t);
        sf_clause_name name;
        if ((is_platform(word) || is_x(word)) && sf_place_spells(prep, shared))
            says_where(l, word);
        else if (sf_place_is(l, t, SF_VENUE_TALK | SF_VENUE_POST) && sf_place_spells(prep, talk))
            place(l, t, VOICE_TALK, depth + 1);
        else if (!said && sf_place_spells(prep, at) && sf_clause_name_at(c, t, &name) &&
                 is_event(l, &name))
            says_where(l, name_words(l, &name));
    }
}

/* "told Needle Drop backstage", where the tree takes the adverb for the noun. */
static uint32_t name_before(const sf_look *l, uint32_t noun) {
    return sf_place_is(l, noun, SF_VENUE_ASIDE) && noun > l->clause.first ? noun - 1 : noun;
}

static void place(sf_look *l, uint32_t noun, voice how, int depth) {
    const sf_clause *c = &l->clause;
    sf_str prep = sf_clause_case(c, noun);
    if (!prep.ptr || depth > DEPTH)
        return;
    if (named_place(l, name_before(l, noun), prep, how))
        return;
    unsigned kind = sf_place_is(
        l, noun, SF_VENUE_TALK | SF_VENUE_POST | SF_VENUE_AIRED | SF_VENUE_EVENT | SF_VENUE_PEOPLE);
    if (sf_str_equal_ci(prep, SF_STR("to")) || sf_str_equal_ci(prep, SF_STR("with"))) {
        if (is_side(how, prep)) {
            described(l, noun);
            apposed_person(l, noun);
        }
        if (kind & SF_VENUE_PEOPLE)
            l->placed = true;
    }
    if (!kind || sf_str_equal_ci(prep, SF_STR("about"))) {
        below_topic(l, noun, true, depth);
        return;
    }
    if ((kind & SF_VENUE_PAPER) && l->paper.ptr && is_side(how, prep))
        says_where(l, l->paper);
    if (!sf_str_equal_ci(prep, SF_STR("of")))
        l->placed = true;
    sf_place_below(l, noun, depth + 1);
}

/* What hangs on a noun of talking, posting or broadcasting. */
void sf_place_below(sf_look *l, uint32_t noun, int depth) {
    const sf_clause *c = &l->clause;
    named_in_phrase(l, noun);
    for (uint32_t t = c->first; t < c->end && depth <= DEPTH; t++) {
        if (!sf_place_hangs(l, t, noun))
            continue;
        sf_relation r = sf_clause_relation(c, t);
        if (r == SF_REL_NOMINAL || r == SF_REL_OBLIQUE)
            place(l, t, VOICE_TALK, depth + 1);
        else if (r == SF_REL_APPOSED || r == SF_REL_CONJUNCT)
            sf_place_below(l, t, depth + 1);
        else if ((r == SF_REL_MODIFIER || r == SF_REL_RELATIVE) &&
                 sf_place_is(l, t, SF_VENUE_TALKING))
            for (uint32_t k = c->first; k < c->end; k++)
                if (sf_place_hangs(l, k, t) && sf_clause_relation(c, k) == SF_REL_OBLIQUE)
                    place(l, k, VOICE_TALK, depth + 1);
    }
}

/* ---- whom ---- */

/* The outlet of a person or of a description: "Variety's Ana Ruiz", "Ana Ruiz of Variety", "her
 * Instagram followers", "host Ana Ruiz". */
static void outlet_of(sf_look *l, uint32_t noun) {
    const sf_clause *c = &l->clause;
    named_in_phrase(l, noun);
    for (uint32_t t = c->first; t < c->end; t++) {
        sf_clause_name name;
        if (!sf_place_hangs(l, t, noun))
            continue;
        sf_relation r = sf_clause_relation(c, t);
        if (r == SF_REL_NOMINAL && !sf_clause_case(c, t).ptr)
            named_in_phrase(l, t);
        else if (r == SF_REL_NOMINAL)
            place(l, t, VOICE_TALK, 1);
        else if (r == SF_REL_PART && l->to == SOFAR_NOBODY &&
                 !sf_place_is(l, noun, SF_VENUE_PEOPLE) && sf_clause_name_at(c, t, &name) &&
                 is_person(l, &name))
            l->to = name.subject;
    }
}

static void told_outlet(sf_look *l, const sf_clause_name *name) {
    says_where(l, name_words(l, name));
    l->paper = l->via;
}

/* "told Variety", "told Ana Ruiz of Variety", "told the magazine", "told her Instagram followers"
 */
static void told(sf_look *l, uint32_t noun) {
    const sf_clause *c = &l->clause;
    sf_clause_name name;
    l->placed = true;
    if (!sf_clause_name_at(c, name_before(l, noun), &name)) {
        described(l, noun);
    } else if (is_person(l, &name) || last_word_is(l, name.span, SF_VENUE_BODY)) {
        l->to = name.subject;
    } else {
        if (may_be_outlet(l, &name))
            told_outlet(l, &name);
        return;
    }
    outlet_of(l, noun);
    if (!l->via.ptr && sf_place_is(l, noun, SF_VENUE_PAPER) && l->paper.ptr)
        says_where(l, l->paper);
}

static bool tells(const sf_look *l, uint32_t verb) {
    static const char *const verbs[] = {"email",  "emailed",  "text", "texted",
                                        "warned", "messaged", NULL};
    sf_str word = sf_clause_str(&l->clause, verb);
    return (sf_cue_of(word) & SF_CUE_TELL) || sf_place_spells(word, verbs);
}

/* "told Variety", "joked to Variety": a name right behind the cue, whatever the tree says. */
void sf_place_behind(sf_look *l, uint32_t cue) {
    const sf_clause *c = &l->clause;
    uint32_t t = cue + 1;
    bool to = t < c->end && sf_str_equal(sf_clause_str(c, t), SF_STR("to"));
    if (!to && !tells(l, cue))
        return;
    t += to;
    if (t < c->end && sf_str_equal_ci(sf_clause_str(c, t), SF_STR("the")))
        t++;
    sf_clause_name name;
    if (t >= c->end || !sf_clause_sees(c, t) || !sf_clause_name_at(c, t, &name))
        return;
    uint32_t last = sf_text_token_at(c->scene->text, name.span.end - 1),
             head = sf_clause_head(c, last);
    if (head != SF_NONE && head > last &&
        !sf_place_is(l, head, SF_VENUE_ASIDE)) /* "told Krane supporters" */
        return;
    if (name.type == SOFAR_PERSON)
        l->to = name.subject;
    else if (may_be_outlet(l, &name))
        told_outlet(l, &name);
    l->placed = true;
}

/* All that hangs on one verb. */
void sf_place_around(sf_look *l, uint32_t verb) {
    const sf_clause *c = &l->clause;
    bool cue = (sf_cue_of(sf_clause_str(c, verb)) & SF_PLACE_TALKS) != 0;
    voice how = sf_place_is(l, verb, SF_VENUE_WITH)             ? VOICE_SPOKE
                : cue || sf_place_is(l, verb, SF_VENUE_TALKING) ? VOICE_SAID
                                                                : VOICE_NONE;
    bool topic = sf_place_is(l, verb, SF_VENUE_TOPIC) != 0;
    for (uint32_t t = c->first; t < c->end; t++) {
        if (!sf_place_hangs(l, t, verb) || t == c->at)
            continue;
        switch (sf_clause_relation(c, t)) {
        case SF_REL_INDIRECT:
            if (cue || !sf_cue_of(sf_clause_str(c, verb)))
                told(l, t);
            break;
        case SF_REL_OBJECT:
            if (tells(l, verb))
                told(l, t);
            else if (sf_place_is(l, t, SF_VENUE_TALK | SF_VENUE_POST))
                sf_place_below(l, t, 1);
            else
                below_topic(l, t, cue, 0);
            break;
        case SF_REL_SUBJECT:
            if (sf_place_is(l, t, SF_VENUE_POST) ||
                (sf_place_is(l, t, SF_VENUE_TALK) && !sf_place_is(l, t, SF_VENUE_PEOPLE)))
                sf_place_below(l, t, 1);
            break;
        case SF_REL_ADVERB: l->placed |= sf_place_is(l, t, SF_VENUE_APART) != 0; break;
        case SF_REL_OBLIQUE:
        case SF_REL_NOMINAL:
            place(l, t,
                  topic && sf_str_equal_ci(sf_clause_case(c, t), SF_STR("on")) ? VOICE_NONE : how,
                  0);
            break;
        default: break;
        }
    }
}
