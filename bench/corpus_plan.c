/* What happens in a story, who tells it when, and what is true of it: see corpus.h. A story is made
 * of arcs; each brings facts, says what pages may and must say of them in each step, and what holds
 * after it. */
#include "corpus.h"

const char *const corpus_agencies[CORPUS_AGENCIES] = {"AP", "AFP", "PA"};

/* ---- chance (splitmix64, Steele and others 2014) ---- */

uint64_t corpus_random(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint32_t corpus_below(uint64_t *state, uint32_t n) {
    return (uint32_t)(corpus_random(state) >> 33) % n;
}

static uint64_t seed_of(const corpus *c, uint64_t what, uint64_t which) {
    uint64_t state = c->seed ^ what * 0xD1B54A32D192ED03u ^ which * 0x8CB92BA72F3D8DD7u;
    return corpus_random(&state);
}

/* ---- names ---- */

/* The n-th invented word: no two are equal below 23,040. */
static sf_str word(sf_arena *arena, uint32_t n) {
    static const char *const heads[] = {"B",  "D",  "F",  "G",  "K",  "L",  "M",  "N",
                                        "P",  "R",  "S",  "T",  "V",  "W",  "Br", "Dr",
                                        "Gr", "Kl", "Sk", "St", "Tr", "Vr", "Pl", "Fr"};
    static const char *const middles[] = {"a", "e", "i", "o", "u", "ai", "ei", "oa"};
    static const char *const joints[] = {"b", "d", "g", "l", "m", "n", "r", "v", "lt", "nd"};
    static const char *const tails[] = {"ander", "ova", "quist", "mere", "wick", "sen",
                                        "ardo",  "ley", "holm",  "eka",  "ini",  "oste"};
    n %= 23040;
    return sf_str_format(arena, "%s%s%s%s", heads[n % 24], middles[n / 24 % 8],
                         joints[n / 192 % 10], tails[n / 1920]);
}

static sf_str first_name(sf_arena *arena, uint32_t n) {
    static const char *const heads[] = {"An", "El", "Iv", "Jo", "Li", "Mar", "Ol", "Ro",
                                        "Su", "Te", "Ul", "Vi", "Ya", "Zo",  "Ca", "He"};
    static const char *const tails[] = {"a",    "o",    "is",  "en",  "ura", "ette",
                                        "iano", "mund", "rid", "ton", "ka",  "bel"};
    return sf_str_format(arena, "%s%s", heads[n % 16], tails[n / 16 % 12]);
}

/* The n-th person: no two share a name, and neighbours no surname. */
static sf_str person(sf_arena *arena, uint64_t n) {
    uint32_t first = (uint32_t)(n % 192), last = (uint32_t)(n / 192 + 131 * first);
    return sf_str_format(arena, "%.*s %.*s", SF_ARG(first_name(arena, first)),
                         SF_ARG(word(arena, last)));
}

static sf_str title(sf_arena *arena, uint64_t n) {
    static const char *const heads[] = {
        "Amber", "Bitter", "Cobalt", "Distant",  "Eastern", "Fallen", "Gilded",   "Hollow",
        "Ivory", "Lonely", "Muted",  "Northern", "Painted", "Quiet",  "Restless", "Silver"};
    return sf_str_format(arena, "%s %.*s", heads[n % 16],
                         SF_ARG(word(arena, (uint32_t)(n / 16 + 977 * (n % 16)))));
}

static sf_str studio(sf_arena *arena, uint64_t n) {
    static const char *const kinds[] = {"Pictures", "Studios", "Films", "Features"};
    return sf_str_format(arena, "%.*s %s", SF_ARG(word(arena, (uint32_t)n)), kinds[n / 23040 % 4]);
}

sf_str corpus_outlet(sf_arena *arena, uint32_t outlet) {
    static const char *const kinds[] = {"Post", "Herald", "Courier", "Gazette", "Observer"};
    return sf_str_format(arena, "The %.*s %s", SF_ARG(word(arena, 11 + 37 * outlet)),
                         kinds[outlet % 5]);
}

/* ---- arcs ---- */

typedef struct option { /* something a page of a step may say */
    corpus_claim claim;
    bool must;
    uint32_t apart; /* options of one number > 0 must not stand on one page */
} option;

typedef struct maker {
    sf_arena *arena;
    const corpus *corpus;
    corpus_story *s;
    uint64_t chance;
    uint64_t people; /* number of the next person */
    sf_vec(option) options[CORPUS_STEPS];
    uint32_t aparts;
    bool dispute[CORPUS_STEPS];
} maker;

static uint32_t below(maker *m, uint32_t n) { return corpus_below(&m->chance, n); }

static sf_str new_person(maker *m) { return person(m->arena, m->people++); }

static corpus_role work_role(const maker *m) {
    return (corpus_role){"work", m->s->work, SOFAR_WORK, false};
}

static corpus_role who_role(const char *name, sf_str who) {
    return (corpus_role){name, who, SOFAR_PERSON, false};
}

static uint32_t add_fact(maker *m, const char *type, const corpus_role *roles, size_t count) {
    corpus_fact *f = &m->s->facts[m->s->fact_count];
    *f = (corpus_fact){.type = type, .role_count = count, .also = SF_NONE};
    for (size_t i = 0; i < count; i++)
        f->roles[i] = roles[i];
    return (uint32_t)m->s->fact_count++;
}

#define FACT(m, type, ...)                                                                         \
    add_fact((m), (type), (corpus_role[]){__VA_ARGS__},                                            \
             sizeof((corpus_role[]){__VA_ARGS__}) / sizeof(corpus_role))

/* From a step on it is told, and has this state. */
static void hold(maker *m, uint32_t fact, size_t from, sf_state state) {
    for (size_t k = from; k < CORPUS_STEPS; k++) {
        m->s->facts[fact].told[k] = true;
        m->s->facts[fact].state[k] = state;
    }
}

/* From a step on its day is told so. */
static void date(maker *m, uint32_t fact, size_t from, sf_str when) {
    for (size_t k = from; k < CORPUS_STEPS; k++)
        m->s->facts[fact].when[k] = when;
}

static void say(maker *m, uint32_t fact, size_t step, sofar_claim status, sf_str when, bool must) {
    *SF_PUSH(m->arena, &m->options[step]) = (option){{fact, status, when, false}, must, 0};
}

/* Said first in a step, and perhaps again until the end. */
static void say_on(maker *m, uint32_t fact, size_t from, size_t end, sofar_claim status,
                   sf_str when) {
    for (size_t k = from; k < end; k++)
        say(m, fact, k, status, when, k == from);
}

static sf_str day_of(maker *m, int32_t day) {
    return sf_date_format(m->arena, sf_date_from_days(day));
}

static int32_t step_day(const maker *m, size_t step) {
    return m->s->begin + (int32_t)step * CORPUS_STEP_DAYS;
}

/* A credit that is stated and stays. */
static void arc_credit(maker *m, const char *type) {
    size_t from = below(m, 3);
    uint32_t f = FACT(m, type, who_role("who", new_person(m)), work_role(m));
    hold(m, f, from, SF_CURRENT);
    say_on(m, f, from, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
}

static void arc_studio(maker *m) {
    uint32_t f = FACT(m, "studio", {"who", m->s->studio, SOFAR_ORGANIZATION, false}, work_role(m));
    hold(m, f, 0, SF_CURRENT);
    say_on(m, f, 0, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
}

/* Who plays: stated, rumoured and confirmed, rumoured and denied, or in and out again. */
static void arc_cast(maker *m) {
    size_t from = below(m, 3);
    sf_str who = new_person(m), as = first_name(m->arena, below(m, 192));
    uint32_t f =
        FACT(m, "plays", who_role("who", who), work_role(m), {"as", as, SOFAR_CHARACTER, false});
    hold(m, f, from, SF_CURRENT);
    switch (below(m, 5)) {
    case 0: /* a rumour comes true */
        say_on(m, f, from, from + 1, SOFAR_RUMOURED, SF_ABSENT);
        say_on(m, f, from + 1, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
        break;
    case 1: /* a rumour is denied */
        say_on(m, f, from, from + 1, SOFAR_RUMOURED, SF_ABSENT);
        say_on(m, f, from + 1, CORPUS_STEPS, SOFAR_DENIED, SF_ABSENT);
        hold(m, f, from + 1, SF_WITHDRAWN);
        break;
    case 2: { /* leaves */
        uint32_t left = FACT(m, "left", who_role("who", who), work_role(m));
        say_on(m, f, from, from + 2, SOFAR_STATED, SF_ABSENT);
        hold(m, f, from + 2, SF_SUPERSEDED);
        hold(m, left, from + 2, SF_CURRENT);
        say_on(m, left, from + 2, CORPUS_STEPS, SOFAR_STATED, day_of(m, step_day(m, from + 2) - 1));
        break;
    }
    case 3: { /* the casting is told */
        uint32_t cast =
            FACT(m, "cast", who_role("who", who), work_role(m), {"as", as, SOFAR_CHARACTER, false});
        m->s->facts[cast].also = f;
        hold(m, cast, from, SF_CURRENT);
        say_on(m, cast, from, from + 1, SOFAR_STATED, SF_ABSENT);
        say_on(m, f, from + 1, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
        break;
    }
    default: say_on(m, f, from, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
    }
}

/* Who directs: one, two together, replaced, told otherwise later, or told in two ways at once. */
static void arc_director(maker *m) {
    size_t from = below(m, 2), turn = from + 1 + below(m, 3);
    sf_str one = new_person(m), two = new_person(m);
    uint32_t a = FACT(m, "directs", who_role("who", one), work_role(m)), b;
    hold(m, a, from, SF_CURRENT);
    switch (below(m, 5)) {
    case 0: /* replaced */
        b = FACT(m, "directs", who_role("who", two), work_role(m));
        say_on(m, a, from, turn, SOFAR_STATED, SF_ABSENT);
        hold(m, a, turn, SF_SUPERSEDED);
        hold(m, b, turn, SF_CURRENT);
        say_on(m, b, turn, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
        b = FACT(m, "replaced", who_role("who", one), work_role(m), who_role("by", two));
        hold(m, b, turn, SF_CURRENT);
        say_on(m, b, turn, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
        break;
    case 1: /* told otherwise */
        b = FACT(m, "directs", who_role("who", two), work_role(m));
        say_on(m, a, from, turn, SOFAR_STATED, SF_ABSENT);
        hold(m, a, turn, SF_SUPERSEDED);
        hold(m, b, turn, SF_CURRENT);
        say_on(m, b, turn, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
        m->s->facts[a].widely = m->s->facts[b].widely = true;
        break;
    case 2: /* in two ways at once, and never again */
        b = FACT(m, "directs", who_role("who", two), work_role(m));
        m->aparts++;
        m->dispute[from] = true;
        for (size_t i = 0; i < 2; i++)
            *SF_PUSH(m->arena, &m->options[from]) =
                (option){{i ? b : a, SOFAR_STATED, SF_ABSENT, false}, true, m->aparts};
        hold(m, a, from, SF_DISPUTED);
        hold(m, b, from, SF_DISPUTED);
        m->s->facts[a].widely = m->s->facts[b].widely = true;
        break;
    default: say_on(m, a, from, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
    }
}

/* The day of release: year, month, day; moved or not; happened or not. */
static void arc_release(maker *m) {
    int32_t day = step_day(m, 4) + (int32_t)below(m, 5) + 3,
            moved = day + 30 + (int32_t)below(m, 400);
    uint32_t a = FACT(m, "released", work_role(m));
    bool moves = below(m, 3) == 0, happens = !moves && below(m, 2);
    sf_str full = day_of(m, day);
    hold(m, a, 0, SF_CURRENT);
    for (size_t k = 0; k < 3; k++)
        date(m, a, k, sf_str_sub(full, 0, 4 + 3 * k));
    say_on(m, a, 0, 1, SOFAR_PLANNED, sf_str_sub(full, 0, 4));
    say_on(m, a, 1, 2, SOFAR_PLANNED, sf_str_sub(full, 0, 7));
    say_on(m, a, 2, moves ? 3 : 5, SOFAR_PLANNED, full);
    if (moves) {
        sf_str then = day_of(m, moved);
        uint32_t b = FACT(m, "released", work_role(m));
        hold(m, a, 3, SF_SUPERSEDED);
        hold(m, b, 3, SF_CURRENT);
        date(m, b, 3, then);
        say_on(m, b, 3, CORPUS_STEPS, SOFAR_PLANNED, then);
        uint32_t d = FACT(m, "delayed", work_role(m), {"to", then, SOFAR_OTHER, true});
        m->s->facts[d].also = b;
        hold(m, d, 3, SF_CURRENT);
        say_on(m, d, 3, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
    } else if (happens) {
        say_on(m, a, 5, CORPUS_STEPS, SOFAR_STATED, full);
    }
}

/* Two people: seeing each other, engaged, married, parted. */
static void arc_couple(maker *m) {
    static const char *const types[] = {"dating", "engaged", "married", "separated"};
    sf_str one = new_person(m), two = new_person(m);
    size_t length = 1 + below(m, 4), from = below(m, 2);
    uint32_t last = SF_NONE;
    for (size_t i = 0; i < length; i++) {
        uint32_t f = FACT(m, types[i], who_role("who", one), who_role("whom", two));
        hold(m, f, from + i, SF_CURRENT);
        say_on(m, f, from + i, i + 1 < length ? from + i + 1 : CORPUS_STEPS, SOFAR_STATED,
               SF_ABSENT);
        if (last != SF_NONE)
            hold(m, last, from + i, SF_SUPERSEDED);
        last = f;
    }
}

/* Who has the post at the house: one leaves, the next comes. */
static void arc_post(maker *m) {
    corpus_role post = {"title", SF_STR("chief executive"), SOFAR_OTHER, true},
                org = {"org", m->s->studio, SOFAR_ORGANIZATION, false};
    sf_str one = new_person(m);
    uint32_t a = FACT(m, "holds", who_role("who", one), post, org);
    hold(m, a, 0, SF_CURRENT);
    if (below(m, 2)) {
        say_on(m, a, 0, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
        return;
    }
    size_t turn = 2 + below(m, 3);
    say_on(m, a, 0, turn, SOFAR_STATED, SF_ABSENT);
    hold(m, a, turn, SF_SUPERSEDED);
    uint32_t r = FACT(m, "resigned", who_role("who", one), post, org);
    hold(m, r, turn, SF_CURRENT);
    say_on(m, r, turn, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
    uint32_t b = FACT(m, "holds", who_role("who", new_person(m)), post, org);
    hold(m, b, turn, SF_CURRENT);
    say_on(m, b, turn, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
}

/* Somebody of a name that somebody else of another story has; they were not born in one year. */
static void arc_namesake(maker *m, size_t story) {
    if (story < 60 || story % 20 > 1)
        return;
    sf_str who = sf_str_format(m->arena, "%.*s Lee", SF_ARG(person(m->arena, story / 2)));
    sf_str born = story % 2 ? SF_STR("1961") : SF_STR("1990");
    uint32_t f = FACT(m, "born", who_role("who", who));
    hold(m, f, 0, SF_CURRENT);
    date(m, f, 0, born);
    say_on(m, f, 0, CORPUS_STEPS, SOFAR_STATED, born);
    f = FACT(m, "produces", who_role("who", who), work_role(m));
    hold(m, f, 0, SF_CURRENT);
    say_on(m, f, 0, CORPUS_STEPS, SOFAR_STATED, SF_ABSENT);
}

static void arc_renamed(maker *m) {
    if (below(m, 8))
        return;
    m->s->renamed = 2 + below(m, 2);
    m->s->old_name = sf_str_format(m->arena, "Untitled %.*s Project", SF_ARG(new_person(m)));
    uint32_t f = FACT(m, "renamed", {"work", m->s->old_name, SOFAR_WORK, false},
                      {"to", m->s->work, SOFAR_WORK, false});
    hold(m, f, m->s->renamed, SF_CURRENT);
    say(m, f, m->s->renamed, SOFAR_STATED, SF_ABSENT, true);
}

/* What undated pages and pages from the future say against what is so. */
static void arc_lies(maker *m) {
    uint32_t f = FACT(m, "directs", who_role("who", new_person(m)), work_role(m));
    m->s->facts[f].lie = true;
    f = FACT(m, "cancelled", work_role(m));
    m->s->facts[f].lie = true;
}

/* ---- pages ---- */

static bool fits(const corpus_page *p, const option *o, const uint32_t *aparts) {
    for (size_t i = 0; i < p->claim_count; i++)
        if (p->claims[i].fact == o->claim.fact || (o->apart && aparts[i] == o->apart))
            return false;
    return p->claim_count < CORPUS_MOST_CLAIMS;
}

static void report(maker *m, corpus_page *p, size_t step, size_t musts_from, size_t musts) {
    uint32_t aparts[CORPUS_MOST_CLAIMS];
    size_t of = m->options[step].count, wanted = 2 + below(m, 2);
    for (size_t i = 0, n = 0; i < of; i++) { /* its share of what must be said */
        const option *o = &m->options[step].at[i];
        if (!o->must)
            continue;
        if (n % musts == musts_from && fits(p, o, aparts)) {
            aparts[p->claim_count] = o->apart;
            p->claims[p->claim_count++] = o->claim;
        }
        n++;
    }
    for (size_t tries = 0; of && tries < 8 && p->claim_count < wanted; tries++) {
        const option *o = &m->options[step].at[below(m, (uint32_t)of)];
        if (!fits(p, o, aparts))
            continue;
        aparts[p->claim_count] = o->apart;
        p->claims[p->claim_count++] = o->claim;
        const corpus_fact *f = &m->s->facts[o->claim.fact];
        if (!o->must && f->role_count > 2 && strcmp(f->roles[2].name, "as") == 0)
            p->claims[p->claim_count - 1].coarse = below(m, 3) == 0;
    }
}

static void copy(maker *m, corpus_page *p, const corpus_page *pages, uint32_t of) {
    const corpus_page *from = &pages[of];
    uint32_t outlet = p->outlet;
    int32_t late = below(m, 4) ? 1 + (int32_t)below(m, 3) : 20 + (int32_t)below(m, 120);
    *p = *from;
    p->outlet = outlet;
    p->copy_of = from->copy_of == SF_NONE ? of : from->copy_of;
    p->day = from->day == INT32_MAX || from->future ? from->day : from->day + late;
}

/* Which step a page is of: musts need the first ones of each. */
static size_t step_of(maker *m, size_t number, size_t per_step) {
    return number < per_step * CORPUS_STEPS ? number / per_step : below(m, CORPUS_STEPS);
}

static void lie(maker *m, corpus_page *p) {
    uint32_t first = (uint32_t)m->s->fact_count - 2;
    p->claims[0] = (corpus_claim){first, SOFAR_STATED, SF_ABSENT, false};
    p->claims[1] = (corpus_claim){first + 1, SOFAR_STATED, SF_ABSENT, false};
    p->claims[2] = (corpus_claim){0, SOFAR_DENIED, SF_ABSENT, false};
    p->claim_count = 3;
    p->future = below(m, 2);
    p->day = p->future ? step_day(m, 0) + 9000 : INT32_MAX;
}

/* So many pages at the begin of each step share what must be said in it. */
enum { MUST_PAGES = 3 };

static void make_pages(maker *m) {
    corpus_story *s = m->s;
    size_t sure = MUST_PAGES * CORPUS_STEPS;
    for (size_t i = 0; i < s->page_count; i++) {
        corpus_page *p = &s->pages[i];
        size_t step = step_of(m, i, MUST_PAGES);
        *p = (corpus_page){.step = step,
                           .outlet = below(m, CORPUS_OUTLETS),
                           .copy_of = SF_NONE,
                           .relayed = SF_NONE};
        p->origin = p->outlet;
        p->day = step_day(m, step) + (int32_t)below(m, m->dispute[step] ? 2 : 5);
        uint32_t kind = i < sure ? 99 : below(m, 100);
        if (kind < 25) {
            copy(m, p, s->pages, below(m, (uint32_t)i));
            continue;
        }
        if (kind < 28) {
            lie(m, p);
            continue;
        }
        if (kind < 38)
            p->relayed = below(m, CORPUS_OUTLETS);
        else if (kind < 44)
            p->origin = CORPUS_OUTLETS + below(m, CORPUS_AGENCIES);
        report(m, p, step, i < sure ? i % MUST_PAGES : SIZE_MAX, MUST_PAGES);
    }
}

/* ---- the story ---- */

/* The largest first: some of a thousand receipts, some of a hundred, many small ones. */
size_t corpus_story_size(const corpus *c, size_t story) {
    uint64_t chance = seed_of(c, 1, story);
    if (story < 6)
        return 330 + corpus_below(&chance, 60);
    if (story < 20)
        return 100 + corpus_below(&chance, 60);
    if (story < 60)
        return 35 + corpus_below(&chance, 30);
    return MUST_PAGES * CORPUS_STEPS + corpus_below(&chance, 8);
}

corpus_story *corpus_make_story(sf_arena *arena, const corpus *c, size_t story) {
    corpus_story *s = SF_NEW(arena, corpus_story);
    maker m = {.arena = arena, .corpus = c, .s = s, .chance = seed_of(c, 2, story)};
    m.people = story * 32;
    s->seed = seed_of(c, 3, story);
    s->begin = sf_days_from_date((sf_date){2014 + (int)below(&m, 8), 1 + (int)below(&m, 12), 1});
    s->work = title(arena, story);
    s->studio = studio(arena, story);
    s->page_count = corpus_story_size(c, story);
    s->pages = SF_ARRAY(arena, corpus_page, s->page_count);
    arc_studio(&m);
    arc_release(&m);
    arc_director(&m);
    arc_credit(&m, "composes");
    arc_credit(&m, "writes");
    for (uint32_t i = 0, n = 2 + below(&m, 2); i < n; i++)
        arc_cast(&m);
    if (below(&m, 2))
        arc_couple(&m);
    if (below(&m, 2))
        arc_post(&m);
    arc_namesake(&m, story);
    arc_renamed(&m);
    arc_lies(&m);
    make_pages(&m);
    return s;
}

void corpus_init(sf_arena *arena, corpus *out, uint64_t seed, size_t pages) {
    *out = (corpus){.seed = seed, .words = 120, .page_count = pages};
    out->story_at = SF_ARRAY(arena, uint32_t, pages);
    out->number_at = SF_ARRAY(arena, uint32_t, pages);
    size_t filled = 0;
    for (size_t s = 0; filled < pages; s++) {
        size_t size = corpus_story_size(out, s);
        for (size_t i = 0; i < size && filled < pages; i++, filled++) {
            out->story_at[filled] = (uint32_t)s;
            out->number_at[filled] = (uint32_t)i;
        }
        out->story_count = s + 1;
    }
    uint64_t chance = seed_of(out, 4, 0);
    for (size_t i = pages; i > 1; i--) {
        size_t k = (size_t)(corpus_random(&chance) % i);
        uint32_t story = out->story_at[i - 1], number = out->number_at[i - 1];
        out->story_at[i - 1] = out->story_at[k], out->number_at[i - 1] = out->number_at[k];
        out->story_at[k] = story, out->number_at[k] = number;
    }
}

/* ---- the truth ---- */

sf_date corpus_settled(const corpus_story *s, size_t step) {
    return sf_date_from_days(s->begin + (int32_t)step * CORPUS_STEP_DAYS + CORPUS_STEP_DAYS / 2);
}

bool corpus_names(const corpus_fact *f, sf_str subject) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].value, subject))
            return true;
    return false;
}

size_t corpus_sources(const corpus_story *s, size_t fact, size_t step) {
    bool seen[2 * CORPUS_OUTLETS + CORPUS_AGENCIES] = {0};
    size_t count = 0;
    bool denied = s->facts[fact].state[step] == SF_WITHDRAWN, last = step + 1 == CORPUS_STEPS;
    int32_t until = s->begin + (int32_t)step * CORPUS_STEP_DAYS + CORPUS_STEP_DAYS / 2;
    for (size_t i = 0; i < s->page_count; i++) {
        const corpus_page *p = &s->pages[i];
        if (!last && (p->day == INT32_MAX || p->day > until))
            continue;
        for (size_t k = 0; k < p->claim_count; k++) {
            const corpus_claim *c = &p->claims[k];
            if ((c->fact != fact && s->facts[c->fact].also != fact) ||
                (c->status == SOFAR_DENIED) != denied)
                continue;
            uint32_t origin = p->relayed != SF_NONE ? p->relayed : p->origin;
            count += !seen[origin];
            seen[origin] = true;
        }
    }
    return count;
}
