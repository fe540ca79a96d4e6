/* Whom a pronoun or a description means.
 *
 * Going through the text, every mention is kept as seen: names, what was resolved, and strangers,
 * noun phrases that stand for nobody by name ("an officer") and may yet be who "he" is. For each
 * pronoun the last mention of everyone of the last sentences is a candidate, unless gender, type or
 * the tree forbid it (binding: "he" and "him" of one verb are two). Candidates are ranked by a
 * linear sum over few features, those of Lappin and Leass ("An algorithm for pronominal anaphora
 * resolution", 1994) and of centering: how near, subject before object, the same part in the
 * sentence, how often spoken of. The best one is taken if it leads the next by a margin; a stranger
 * that leads leaves the pronoun alone. A description ("the actress", "the company") first asks of
 * whom its noun was said. */
#include "who/refer.h"

enum {
    BACK = 5,     /* sentences looked back */
    RECENT = 48,  /* mentions looked back at */
    MOST = 12,    /* candidates */
    NEVER = -1000 /* the score of none */
};

typedef enum asked_kind { HE, SHE, IT, THEY, NOUN_PERSON, NOUN_THING } asked_kind;

typedef struct seen {
    uint32_t subject; /* that of the page; the strangers count on from there */
    uint32_t head;    /* token */
    uint32_t sentence;
    sf_bond arc; /* its part in the clause */
    bool conj;
    bool pronoun;
    bool person, he, she; /* a stranger's */
    bool doubt;           /* a pronoun that may be another's */
} seen;

typedef struct ranker {
    sf_refer *r;
    sf_vec(seen) seen;
    uint32_t strangers;
    uint32_t main_work, main_body, main_person; /* of those in the title; SF_NONE */
} ranker;

typedef struct asked {
    asked_kind kind;
    uint32_t token; /* its head */
    uint32_t first; /* token of the phrase */
    sf_bond arc;
    bool reflexive;
    uint32_t nouns;    /* of a description */
    uint32_t relative; /* whose relative clause a pronoun is in; SF_NONE */
} asked;

static bool is(const ranker *k, uint32_t t, const char *word) {
    return sf_str_equal_ci(sf_refer_str(k->r, t), sf_str_of(word));
}

/* The part in its clause: a conjunct's is the first one's. */
static sf_bond part(const sf_refer *r, uint32_t t, bool *conj) {
    *conj = false;
    t = sf_refer_anchor(r, t);
    for (int steps = 0; steps < 4 && sf_refer_bond(r, t) == SF_BOND_CONJ; steps++) {
        *conj = true;
        t = sf_refer_anchor(r, sf_refer_head(r, t));
    }
    return sf_refer_bond(r, t);
}

/* The verb that token t, or the conjunction it is in, is an argument of. */
static uint32_t governor(const sf_refer *r, uint32_t t) {
    t = sf_refer_anchor(r, t);
    for (int steps = 0; steps < 4 && sf_refer_bond(r, t) == SF_BOND_CONJ; steps++)
        t = sf_refer_anchor(r, sf_refer_head(r, t));
    return sf_refer_head(r, t);
}

static bool stranger(const ranker *k, uint32_t subject) {
    return subject >= k->r->people->subject_count;
}

static seen *see(ranker *k, uint32_t subject, uint32_t t, bool pronoun, uint32_t nouns) {
    if (subject == SF_NONE)
        subject = (uint32_t)k->r->people->subject_count + k->strangers++;
    seen s = {.subject = subject,
              .head = t,
              .sentence = k->r->sentence_of[t],
              .pronoun = pronoun,
              .person = (nouns & SF_NOUN_PERSONS) != 0,
              .he = (nouns & SF_NOUN_HE) != 0,
              .she = (nouns & SF_NOUN_SHE) != 0};
    s.arc = part(k->r, t, &s.conj);
    seen *out = SF_PUSH(k->r->who->arena, &k->seen);
    *out = s;
    return out;
}

/* ---- who may be meant ---- */

static bool person(const sf_being *b) {
    return b->type == SOFAR_PERSON || b->type == SOFAR_CHARACTER;
}

/* Gender: 1 it agrees, 0 nothing is known, -1 it does not. */
static int agrees(asked_kind kind, uint32_t nouns, int32_t he, int32_t she) {
    bool male = kind == HE || (kind == NOUN_PERSON && nouns & SF_NOUN_HE);
    bool female = kind == SHE || (kind == NOUN_PERSON && nouns & SF_NOUN_SHE);
    if (!male && !female)
        return 0;
    int32_t lead = male ? he - she : she - he;
    return lead > 0 ? 1 : lead < 0 ? -1 : 0;
}

static bool fits(const ranker *k, const asked *a, const seen *s) {
    if (stranger(k, s->subject)) {
        if (a->kind == HE || a->kind == SHE)
            return s->person && agrees(a->kind, 0, s->he, s->she) >= 0;
        return (a->kind == IT && !s->person) || (a->kind == NOUN_PERSON && s->person);
    }
    const sf_being *b = &k->r->beings[s->subject];
    switch (a->kind) {
    case HE:
    case SHE: return (person(b) || b->handle) && agrees(a->kind, a->nouns, b->he, b->she) >= 0;
    case NOUN_PERSON: return person(b) && agrees(a->kind, a->nouns, b->he, b->she) >= 0;
    case IT: return !person(b) && !b->handle;
    case THEY: return b->type == SOFAR_ORGANIZATION && b->nouns & SF_NOUN_BAND;
    default: return sf_refer_suits(a->nouns, b->type) && (!b->nouns || b->nouns & a->nouns);
    }
}

/* The verb whose subject acts in the clause of verb t: "in talks to buy": talks. */
static uint32_t controller(const sf_refer *r, uint32_t t) {
    for (int steps = 0; steps < 3 && t != SF_NONE && sf_refer_bond(r, t) == SF_BOND_OPEN; steps++)
        t = sf_refer_head(r, t);
    return t;
}

/* Does the tree forbid that a pronoun means what was seen? */
static bool bound(const ranker *k, const asked *a, const seen *s) {
    const sf_refer *r = k->r;
    uint32_t head = sf_refer_head(r, a->token);
    if (s->sentence != r->sentence_of[a->token])
        return a->reflexive;
    if (a->arc == SF_BOND_OWNER) { /* "her sister Leonie": not Leonie's */
        uint32_t up = sf_refer_anchor(r, head);
        return !stranger(k, s->subject) &&
               (r->subject_at[head] == s->subject || r->subject_at[up] == s->subject);
    }
    uint32_t own = governor(r, a->token), other = governor(r, s->head);
    bool same = own != SF_NONE &&
                (own == other || (s->arc == SF_BOND_SUBJECT && controller(r, own) == other));
    if (a->reflexive)
        return !same || s->arc != SF_BOND_SUBJECT;
    /* "Hale said he ...": another clause; "Hale saw him": the same. A name inside the phrase
     * that is asked for is not meant by it. */
    return (same && s->arc != SF_BOND_OWNER) || s->head == head;
}

/* ---- ranking ---- */

/* The weights, in tenths of a logit. */
enum {
    SAME = 10,   /* the same sentence */
    BEFORE = 12, /* the one before */
    EACH = -12,  /* each one farther */
    AS_SUBJECT = 14,
    AS_OBJECT = 2,
    AS_OWNER = 4,
    PARALLEL = 5,
    AS_PRONOUN = 10, /* the same pronoun stood for it */
    AGREES = 14,
    NAMED = 2, /* each mention by name, up to six */
    TITLED = 6,
    FIRST = 4,      /* it opens its sentence */
    RELATIVE = 45,  /* the pronoun is in its relative clause */
    REPEATED = -20, /* a description of what the same sentence names */
    SAME_NOUN = 20, /* the same noun stood for it before */
    MAIN = 14,      /* for a description: named in the title ... */
    OFTEN = 4,      /* ... and each mention by name */
    CONJUNCT = -6,
    ACROSS = -10, /* one in quotation marks and one not */
    NEXT = 3,     /* the nearest of all */
    DOUBT = -6,   /* only a pronoun that was left alone */
    STRANGE = -6, /* a stranger */
    LEAD = 9,     /* of the best before the next */
    ENOUGH = 8    /* and by itself */
};

static bool same_pronoun(const ranker *k, const seen *s, asked_kind kind) {
    return s->pronoun && ((kind == HE && (is(k, s->head, "he") || is(k, s->head, "his") ||
                                          is(k, s->head, "him"))) ||
                          (kind == SHE && (is(k, s->head, "she") || is(k, s->head, "her"))) ||
                          (kind == IT && (is(k, s->head, "it") || is(k, s->head, "its"))));
}

/* Whose relative clause is token t in? "Mira, a nurse who sings to her plants" */
static uint32_t relative_of(const sf_refer *r, uint32_t t) {
    for (int steps = 0; steps < 6 && t != SF_NONE; steps++) {
        uint32_t head = sf_refer_head(r, t);
        if (sf_refer_bond(r, t) == SF_BOND_CLAUSE && head != SF_NONE &&
            r->subject_at[head] != SF_NONE && head < t)
            return r->subject_at[head];
        t = head;
    }
    return SF_NONE;
}

/* A semicolon between: what was seen stands in a sentence of its own. */
static bool parted(const sf_refer *r, uint32_t from, uint32_t to) {
    for (uint32_t t = from; t < to && t < from + 40; t++)
        if (sf_str_equal(sf_refer_str(r, t), SF_STR(";")))
            return true;
    return false;
}

static int score(const ranker *k, const asked *a, const seen *s, bool nearest) {
    const sf_refer *r = k->r;
    uint32_t far = r->sentence_of[a->token] - s->sentence;
    int sum = far == 0 ? SAME : far == 1 ? BEFORE : BEFORE + EACH * (int)(far - 1);
    sum += s->arc == SF_BOND_SUBJECT  ? AS_SUBJECT
           : s->arc == SF_BOND_OBJECT ? AS_OBJECT
           : s->arc == SF_BOND_OWNER  ? AS_OWNER
                                      : 0;
    sum += s->arc == a->arc ? PARALLEL : 0;
    sum += far < 2 && same_pronoun(k, s, a->kind) ? AS_PRONOUN : 0;
    sum += s->conj ? CONJUNCT : 0;
    sum += r->quoted[s->head] != r->quoted[a->token] ? ACROSS : 0;
    sum += nearest ? NEXT : 0;
    sum += s->head <= sf_refer_sentence(r, s->head).first_token + 2 ? FIRST : 0;
    sum += s->doubt ? DOUBT : 0;
    if (stranger(k, s->subject))
        return sum + STRANGE + (s->he || s->she ? AGREES : 0);
    const sf_being *b = &r->beings[s->subject];
    bool noun = a->kind == NOUN_PERSON || a->kind == NOUN_THING;
    sum += (noun ? OFTEN : NAMED) * (int)(b->count < 6 ? b->count : 6);
    sum += noun ? (b->leads ? MAIN : 0) : b->titled ? TITLED : 0;
    sum += noun && far == 0 && !parted(r, s->head, a->first) ? REPEATED : 0;
    sum += noun && s->head != a->token &&
                   sf_str_equal(sf_refer_str(r, s->head), sf_refer_str(r, a->token))
               ? SAME_NOUN
               : 0;
    sum += !noun && s->subject == a->relative ? RELATIVE : 0;
    return sum + (agrees(a->kind, a->nouns, b->he, b->she) > 0 ? AGREES : 0);
}

typedef struct choice {
    uint32_t subject;
    int best, next;
    const seen *as; /* how the best was seen */
} choice;

static void offer(choice *c, const seen *s, int sum) {
    uint32_t subject = s->subject;
    if (sum > c->best) {
        c->as = s;
        c->next = c->best;
        c->best = sum;
        c->subject = subject;
    } else if (sum > c->next) {
        c->next = sum;
    }
}

/* Whoever speaks the words in quotation marks that hold token t: "she" in them is not that one. */
static uint32_t speaker_of(const ranker *k, uint32_t t) {
    const sf_refer *r = k->r;
    sf_model_sentence s = sf_refer_sentence(r, t);
    if (!r->quoted[t])
        return SF_NONE;
    for (uint32_t i = s.first_token; i < s.first_token + s.token_count && i < s.first_token + 200;
         i++) {
        uint32_t class = r->tokens[i].attribution;
        if (!r->quoted[i] && r->subject_at[i] != SF_NONE && class &&
            sf_str_ends(sf_model_attribution(r->who->model, class), SF_STR("-source")))
            return r->subject_at[i];
    }
    return SF_NONE;
}

/* Is the subject among those that something is said of? */
static bool among(const sf_said_of *only, size_t count, uint32_t subject) {
    for (size_t i = 0; i < count; i++)
        if (only[i].subject == subject)
            return true;
    return !only;
}

/* Ranks the candidates; of whom the noun was said, if `only` is not NULL. */
static choice rank(const ranker *k, const asked *a, const sf_said_of *only, size_t count) {
    const sf_refer *r = k->r;
    uint32_t done[MOST], n = 0, speaker = speaker_of(k, a->token);
    choice c = {SF_NONE, NEVER, NEVER, NULL};
    for (size_t i = k->seen.count; i > 0 && k->seen.count - i < RECENT && n < MOST; i--) {
        const seen *s = &k->seen.at[i - 1];
        if (r->sentence_of[a->token] - s->sentence > BACK)
            break;
        bool known = !among(only, count, s->subject) || s->subject == speaker || !fits(k, a, s);
        for (uint32_t d = 0; d < n; d++)
            known = known || done[d] == s->subject;
        if (known)
            continue;
        if (!bound(k, a, s))
            offer(&c, s, score(k, a, s, n == 0));
        done[n++] = s->subject;
    }
    return c;
}

/* The leader, if it leads clearly and is no stranger; else SF_NONE. */
static uint32_t leader(const ranker *k, choice c) {
    return c.best >= ENOUGH && c.best - c.next >= LEAD && !stranger(k, c.subject) ? c.subject
                                                                                  : SF_NONE;
}

static uint32_t choose(const ranker *k, const asked *a, const sf_said_of *only, size_t count) {
    return leader(k, rank(k, a, only, count));
}

/* ---- pronouns ---- */

static bool pronoun_kind(const ranker *k, uint32_t t, asked *a) {
    static const struct {
        const char *word;
        asked_kind kind;
        bool reflexive;
    } words[] = {{"he", HE, false},     {"him", HE, false},     {"his", HE, false},
                 {"himself", HE, true}, {"she", SHE, false},    {"her", SHE, false},
                 {"hers", SHE, false},  {"herself", SHE, true}, {"it", IT, false},
                 {"its", IT, false},    {"itself", IT, true},   {"they", THEY, false},
                 {"them", THEY, false}, {"their", THEY, false}, {"themselves", THEY, true}};
    if (!sf_refer_is(k->r, t, SF_POS_PRON))
        return false;
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (is(k, t, words[i].word)) {
            bool conj;
            *a = (asked){.kind = words[i].kind,
                         .token = t,
                         .first = t,
                         .arc = part(k->r, t, &conj),
                         .reflexive = words[i].reflexive,
                         .relative = relative_of(k->r, t)};
            return a->arc != SF_BOND_EXPLETIVE && !(a->kind == IT && k->r->quoted[t]);
        }
    return false;
}

static const char *why_pronoun(const ranker *k, const asked *a, uint32_t subject) {
    for (size_t i = k->seen.count; i-- > 0;)
        if (k->seen.at[i].subject == subject) {
            uint32_t far = k->r->sentence_of[a->token] - k->seen.at[i].sentence;
            bool as_subject = k->seen.at[i].arc == SF_BOND_SUBJECT;
            if (a->reflexive)
                return "reflexive, subject of its verb";
            if (far == 0)
                return as_subject ? "pronoun, subject before it in the sentence"
                                  : "pronoun, named before it in the sentence";
            if (far == 1)
                return as_subject ? "pronoun, subject of the sentence before"
                                  : "pronoun, named in the sentence before";
            return "pronoun, the one spoken of";
        }
    return "pronoun";
}

/* Most of what "it" means has no name: it is taken only for the subject of its sentence, or as a
 * subject for that of the one before. */
static bool plain_it(const ranker *k, const asked *a, const choice *c) {
    enum { CLEAR = 16 };
    const sf_refer *r = k->r;
    uint32_t far = r->sentence_of[a->token] - c->as->sentence;
    return c->as->arc == SF_BOND_SUBJECT && c->best - c->next >= CLEAR &&
           r->beings[c->subject].type != SOFAR_PLACE &&
           (far == 0 || (far == 1 && a->arc == SF_BOND_SUBJECT));
}

static void pronoun(ranker *k, const asked *a) {
    sf_refer *r = k->r;
    choice c = rank(k, a, NULL, 0);
    uint32_t subject = leader(k, c);
    if (a->kind == IT && subject != SF_NONE && !plain_it(k, a, &c))
        subject = SF_NONE;
    uint32_t gender = a->kind == HE    ? SF_NOUN_HE | SF_NOUN_PERSON
                      : a->kind == SHE ? SF_NOUN_SHE | SF_NOUN_PERSON
                                       : 0;
    if (subject == SF_NONE) {
        if (a->kind == HE || a->kind == SHE)
            see(k, c.best >= ENOUGH ? c.subject : SF_NONE, a->token, true, gender)->doubt = true;
        return;
    }
    sf_being *b = &r->beings[subject];
    b->he += a->kind == HE, b->she += a->kind == SHE;
    r->subject_at[a->token] = subject;
    sf_refer_add(r, a->token, a->token, subject, SOFAR_PRONOUN, why_pronoun(k, a, subject));
    see(k, subject, a->token, true, gender);
}

/* ---- descriptions ---- */

/* Whom the description at noun t means. */
static uint32_t described(ranker *k, asked *a, uint32_t first, const char **why) {
    const sf_refer *r = k->r;
    uint32_t t = a->token;
    sf_determiner d = sf_refer_determiner(r, first, t);
    size_t count;
    const sf_said_of *said = sf_refer_said(r, sf_refer_str(r, t), &count);
    bool epithet = d == SF_DETERMINER_THE && sf_refer_holds_name(r, first, t),
         person = a->kind == NOUN_PERSON;
    if (d == SF_DETERMINER_NONE || d == SF_DETERMINER_OTHER ||
        (sf_refer_another(r, first, t) && !epithet))
        return SF_NONE;
    if (d == SF_DETERMINER_OWNED || (sf_refer_restricted(r, t) && !epithet)) {
        *why = "described so before";
        bool which =
            sf_refer_restricted(r, t) && !sf_refer_title(r, t); /* "the President of the States" */
        return said && count == 1 && !which ? choose(k, a, said, count) : SF_NONE;
    }
    if (said) {
        *why = "described so on the page";
        if (count == 1 && fits(k, a, &(seen){.subject = said->subject}))
            return said->subject;
        return choose(k, a, said, count);
    }
    *why = epithet ? "epithet of the one spoken of" : "description of the one spoken of";
    if (person ? !(a->nouns & SF_NOUN_EPITHET)
               : a->nouns & SF_NOUN_BODY || (first + 1 < t && !epithet)) /* "the horror film" */
        return SF_NONE;
    uint32_t found = choose(k, a, NULL, 0), main = SF_NONE;
    if (found == SF_NONE && person && epithet)
        main = k->main_person; /* what the press calls whom the page is about */
    if (!person && !epithet)
        main = a->nouns & SF_NOUN_WORKS ? k->main_work : k->main_body;
    if (main == SF_NONE || !fits(k, a, &(seen){.subject = main}))
        return found;
    return found == SF_NONE || found == main ? main
                                             : SF_NONE; /* whom the page is about, or last? */
}

enum { THINGS = SF_NOUN_WORKS | SF_NOUN_BODIES | SF_NOUN_PLACE | SF_NOUN_EVENT | SF_NOUN_PRODUCT };

static void description(ranker *k, uint32_t t) {
    sf_refer *r = k->r;
    uint32_t nouns = sf_refer_noun(r, t) & ~(uint32_t)(SF_NOUN_HE_NAME | SF_NOUN_SHE_NAME);
    nouns |= sf_refer_title(r, t) ? (uint32_t)SF_NOUN_PERSON : 0;
    bool plural = (sf_model_traits(r->who->model, r->tokens[t].tag) & SF_IS_PLURAL) != 0;
    sf_bond arc = sf_refer_bond(r, t);
    if (plural || arc == SF_BOND_FLAT)
        return;
    bool person = (nouns & SF_NOUN_PERSONS) != 0, thing = (nouns & THINGS) != 0, conj;
    asked a = {.kind = thing ? NOUN_THING : NOUN_PERSON,
               .token = t,
               .first = sf_refer_left(r, t, t),
               .nouns = thing ? nouns & THINGS : nouns,
               .relative = SF_NONE,
               .arc = part(r, t, &conj)};
    const char *why = NULL;
    uint32_t subject = nouns ? described(k, &a, a.first, &why) : SF_NONE;
    if (subject == SF_NONE && thing && person) { /* "the streamer": a company, or a person */
        a.kind = NOUN_PERSON, a.nouns = nouns & ~(uint32_t)THINGS;
        subject = described(k, &a, a.first, &why);
    }
    if (subject != SF_NONE) {
        r->subject_at[t] = subject;
        sf_refer_add(r, a.first, t, subject, SOFAR_NOMINAL, why);
        r->beings[subject].he += nouns & SF_NOUN_HE ? 1 : 0;
        r->beings[subject].she += nouns & SF_NOUN_SHE ? 1 : 0;
        see(k, subject, t, false, nouns);
    } else if (person || arc == SF_BOND_SUBJECT || arc == SF_BOND_OBJECT) {
        see(k, SF_NONE, t, false, nouns);
    }
}

/* "the 31-year-old" at its "old": the person who is 31, or else the one spoken of. */
static bool aged(ranker *k, uint32_t t) {
    sf_refer *r = k->r;
    sf_model_sentence s = sf_refer_sentence(r, t);
    if (t < s.first_token + 5 || !is(k, t, "old") || !is(k, t - 2, "year") || !is(k, t - 1, "-") ||
        !is(k, t - 3, "-") || !is(k, t - 5, "the") ||
        (t + 1 < s.first_token + s.token_count && sf_refer_head(r, t) == t + 1 &&
         sf_refer_is(r, t + 1, SF_POS_NOUN)))
        return false;
    size_t count;
    const sf_said_of *said = sf_refer_said(r, sf_refer_str(r, t - 4), &count);
    asked a = {.kind = NOUN_PERSON, .token = t, .first = t - 5, .relative = SF_NONE};
    bool conj;
    a.arc = part(r, t, &conj);
    uint32_t subject = said && count == 1 ? said->subject : choose(k, &a, said, count);
    if (subject == SF_NONE)
        return false;
    r->subject_at[t] = subject;
    sf_refer_add(r, t - 5, t, subject, SOFAR_NOMINAL,
                 said ? "age given on the page" : "description of the one spoken of");
    see(k, subject, t, false, SF_NOUN_PERSON);
    return true;
}

/* ---- through the text ---- */

static bool compound(const sf_refer *r, uint32_t t) {
    uint32_t head = sf_refer_head(r, t);
    return head == t + 1 && sf_refer_is(r, head, SF_POS_NOUN) &&
           sf_model_arc(r->who->model, r->tokens[t].label) == SF_ARC_COMPOUND;
}

/* The only subject of the type that the page leads with, or the one named twice as often as any
 * other; titled: in its title. */
static uint32_t main_of(const sf_refer *r, sofar_subject_type type, bool titled) {
    uint32_t found = SF_NONE, best = 0, next = 0;
    for (uint32_t i = 0; i < r->people->subject_count; i++) {
        const sf_being *b = &r->beings[i];
        if (!(titled ? b->titled : b->leads) || b->type != type)
            continue;
        if (b->count > best)
            next = best, best = b->count, found = i;
        else if (b->count > next || best == b->count)
            next = b->count;
    }
    return best >= 2 * next ? found : SF_NONE;
}

void sf_refer_rank(sf_refer *r) {
    ranker k = {.r = r};
    k.main_work = main_of(r, SOFAR_WORK, true);
    k.main_body = main_of(r, SOFAR_ORGANIZATION, true);
    k.main_person = main_of(r, SOFAR_PERSON, false);
    for (uint32_t t = 0; t < r->token_count; t++) {
        asked a;
        if (r->name_at[t] != SF_NONE) {
            const sofar_name *name = &r->people->names[r->name_at[t]];
            uint32_t last = t;
            while (last + 1 < r->token_count && r->sentence_of[last + 1] == r->sentence_of[t] &&
                   r->text->tokens[last + 1].span.end <= name->span.end)
                last++;
            see(&k, name->subject, sf_refer_top(r, t, last), false, 0);
            t = last;
        } else if (pronoun_kind(&k, t, &a)) {
            pronoun(&k, &a);
        } else if (r->subject_at[t] == SF_NONE && !aged(&k, t) &&
                   (sf_refer_is(r, t, SF_POS_NOUN) || sf_refer_title(r, t)) && !compound(r, t)) {
            description(&k, t);
        }
    }
}
