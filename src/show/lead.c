/* What is known, in three or four sentences made of facts by templates: who made it or what they
 * do, who is in it, where its life has come to, and how far the pages reach. Only what is stated
 * and holds goes in; what is planned says so. */
#include "show/item.h"

enum { MOST_NAMES = 4 };

typedef struct telling {
    sf_arena *arena;
    const sf_dossier *d;
    sf_str *out;
    size_t count;
} telling;

typedef sf_vec(sf_str) strings;

static void say(telling *t, sf_str words) {
    if (!words.len || t->count == SF_MOST_SENTENCES)
        return;
    bool ended = sf_str_ends(words, SF_STR(".")) || sf_str_ends(words, SF_STR("?"));
    t->out[t->count++] = sf_str_format(t->arena, "%.*s%s", SF_ARG(words), ended ? "" : ".");
}

static bool is_asked(const telling *t, const sf_told_role *r) {
    return r && r->subject && r->subject == t->d->number;
}

/* The values of a role in the facts of a type that hold, of which the subject plays `own`. */
static strings values(telling *t, const char *type, const char *own, const char *role,
                      const char *and) {
    strings out = {0};
    for (size_t i = 0; i < t->d->fact_count; i++) {
        const sf_told_fact *f = &t->d->facts[i];
        const sf_told_role *r = sf_fact_role(f, role), *more = and? sf_fact_role(f, and) : NULL;
        if (!sf_str_equal(f->type, sf_str_of(type)) || !sf_fact_holds(f) || !r ||
            !is_asked(t, sf_fact_role(f, own)))
            continue;
        sf_str name = sf_plain_line(t->arena, r->value);
        if (more)
            name = sf_str_format(t->arena, "%.*s (%.*s)", SF_ARG(name),
                                 SF_ARG(sf_plain_line(t->arena, more->value)));
        bool again = false;
        for (size_t k = 0; k < out.count && !again; k++)
            again = sf_str_equal(out.at[k], name);
        if (!again)
            *SF_PUSH(t->arena, &out) = name;
    }
    return out;
}

static bool add_list(telling *t, sf_buf *to, const char *before, strings names) {
    if (!names.count)
        return false;
    sf_buf_add(to, sf_str_of(before));
    sf_buf_add(to, sf_plain_list(t->arena, names.at, names.count, MOST_NAMES));
    return true;
}

/* ---- a work ---- */

static bool begins_with_vowel(sf_str s) { return s.len && strchr("aeiouAEIOU", s.ptr[0]); }

/* Kinds that are nouns; of any other ("spy", "horror") a work is a title. */
static bool is_noun(sf_str genre) {
    static const char *const nouns[] = {
        "adventure", "ballad",     "ballet",    "biography",   "biopic",      "caper",
        "cartoon",   "comedy",     "docudrama", "documentary", "drama",       "dramedy",
        "epic",      "fable",      "fairytale", "fantasy",     "farce",       "melodrama",
        "memoir",    "musical",    "mystery",   "noir",        "novel",       "opera",
        "parody",    "procedural", "revue",     "romance",     "romcom",      "saga",
        "satire",    "sitcom",     "thriller",  "tragedy",     "tragicomedy", "weepie",
        "western",   "whodunit"};
    size_t begin = genre.len;
    while (begin > 0 && genre.ptr[begin - 1] != ' ' && genre.ptr[begin - 1] != '-')
        begin--;
    for (size_t i = 0; i < SF_LEN(nouns); i++)
        if (sf_str_equal_ci(sf_str_sub(genre, begin, genre.len), sf_str_of(nouns[i])))
            return true;
    return false;
}

/* "Low Tide is a musical drama directed by Ana Ruiz, written by Jo Park and based on Tides" */
static void made(telling *t) {
    static const struct {
        const char *type, *role, *words;
    } parts[] = {{"directs", "who", "directed by "},
                 {"creates", "who", "created by "},
                 {"performs", "who", "performed by "},
                 {"writes", "who", "written by "},
                 {"based_on", "source", "based on "}};
    sf_buf out = sf_buf_new(t->arena);
    sf_buf_add(&out, sf_plain_line(t->arena, t->d->name));
    strings genre = values(t, "genre", "work", "value", NULL);
    if (genre.count)
        sf_buf_printf(&out, " is %s %.*s%s", begins_with_vowel(genre.at[0]) ? "an" : "a",
                      SF_ARG(genre.at[0]), is_noun(genre.at[0]) ? "" : " title");
    size_t said = 0;
    for (size_t i = 0; i < SF_LEN(parts) && said < 3; i++) {
        sf_str before = sf_str_format(t->arena, "%s%s",
                                      said          ? ", "
                                      : genre.count ? " "
                                                    : " is ",
                                      parts[i].words);
        said +=
            add_list(t, &out, before.ptr, values(t, parts[i].type, "work", parts[i].role, NULL));
    }
    if (genre.count || said)
        say(t, sf_buf_str(&out));
}

/* "It" is only said of what was named. */
static void who_is_in_it(telling *t) {
    sf_buf out = sf_buf_new(t->arena);
    sf_str name = sf_plain_line(t->arena, t->d->name);
    sf_str it = t->count ? SF_STR("It") : name;
    sf_str before = sf_str_format(t->arena, "%.*s stars ", SF_ARG(it));
    bool cast = add_list(t, &out, before.ptr, values(t, "plays", "work", "who", "as"));
    strings firms = values(t, "studio", "work", "who", NULL);
    if (add_list(t, &out, cast ? "; " : "", firms))
        sf_buf_printf(&out, " %s behind %.*s", firms.count > 1 ? "are" : "is",
                      SF_ARG(cast || t->count ? SF_STR("it") : name));
    say(t, sf_buf_str(&out));
}

/* Two days for one release, each by somebody: both are said. */
static sf_str disputed(telling *t, const sf_told_fact *f) {
    for (size_t i = 0; i < f->rival_count; i++) {
        const sf_told_fact *other = &t->d->facts[f->rivals[i]];
        if (other->state == SF_DISPUTED)
            return sf_str_format(t->arena, "Pages disagree: %.*s, or %.*s",
                                 SF_ARG(sf_fact_sentence(t->arena, f)),
                                 SF_ARG(sf_fact_sentence(t->arena, other)));
    }
    return sf_fact_sentence(t->arena, f);
}

static void where_it_stands(telling *t) {
    const sf_step *steps;
    size_t reached, count = sf_show_life(t->d, &steps, t->arena, &reached);
    const sf_told_fact *f = NULL;
    for (size_t i = count; i > 0 && !f; i--)
        f = i - 1 != 1 || reached == 1 ? steps[i - 1].fact : NULL; /* casting is said already */
    if (f)
        say(t, f->state == SF_DISPUTED ? disputed(t, f) : sf_fact_sentence(t->arena, f));
}

/* ---- people, companies and all else ---- */

/* "Ana Ruiz directs Low Tide and plays Mira in High Tide" */
static void credits(telling *t) {
    sf_buf out = sf_buf_new(t->arena);
    sf_buf_add(&out, sf_plain_line(t->arena, t->d->name));
    size_t said = 0;
    for (size_t i = 0; i < sf_credit_count && said < 3; i++) {
        const sf_credit *c = sf_credit_at(i);
        strings works = sf_str_equal(sf_str_of(c->type), SF_STR("holds"))
                            ? values(t, c->type, "who", "org", "title")
                            : values(t, c->type, "who", "work", "as");
        const char *verb = sf_str_equal(sf_str_of(c->type), SF_STR("plays")) ? "is in" : c->verb;
        sf_str before = sf_str_format(t->arena, "%s%s ", said ? ", " : " ", verb);
        said += add_list(t, &out, before.ptr, works);
    }
    if (said)
        say(t, sf_buf_str(&out));
}

static int32_t place_of(const sf_told_fact *f) {
    sf_interval in;
    sf_str day = f->when.len ? f->when : f->first_said;
    if (!day.len || !sf_interval_parse(day, &in))
        return INT32_MIN;
    return in.first == INT32_MIN ? in.last : in.first;
}

/* The event that is latest in time, of those that hold or are planned. */
static void latest_event(telling *t) {
    const sf_told_fact *best = NULL;
    for (size_t i = 0; i < t->d->fact_count; i++) {
        const sf_told_fact *f = &t->d->facts[i];
        if (sf_fact_is_event(f) && f->state == SF_CURRENT && f->status <= SOFAR_PLANNED &&
            (!best || place_of(f) > place_of(best)))
            best = f;
    }
    if (best)
        say(t, sf_fact_sentence(t->arena, best));
}

static void voice(telling *t) {
    size_t own = 0;
    for (size_t i = 0; i < t->d->quote_count; i++)
        own += t->d->quotes[i].by_subject;
    if (own)
        say(t, sf_str_format(t->arena, "%.*s of %s own are quoted",
                             SF_ARG(sf_plain_count(t->arena, own, "sentence", "sentences")),
                             t->d->type == SOFAR_PERSON ? "their" : "its"));
}

/* ---- how far the pages reach ---- */

static void reach(telling *t) {
    sf_plain_reach r = sf_plain_reach_of(t->arena, t->d);
    sf_buf out = sf_buf_new(t->arena);
    if (!r.pages) {
        say(t, SF_STR("No page names it so far"));
        return;
    }
    sf_buf_printf(&out, "Known from %.*s",
                  SF_ARG(sf_plain_count(t->arena, r.pages, "page", "pages")));
    if (r.outlets > 1)
        sf_buf_printf(&out, " by %zu outlets", r.outlets);
    if (r.last.ptr)
        sf_buf_printf(&out, ", %s %.*s", r.pages == 1 ? "of" : "the last of",
                      SF_ARG(sf_plain_day(t->arena, r.last)));
    if (t->d->open_count)
        sf_buf_printf(
            &out, "; %.*s open",
            SF_ARG(sf_plain_count(t->arena, t->d->open_count, "question is", "questions are")));
    say(t, sf_buf_str(&out));
}

size_t sf_show_lead(sf_arena *arena, const sf_dossier *d, sf_str out[SF_MOST_SENTENCES]) {
    telling t = {arena, d, out, 0};
    if (d->type == SOFAR_WORK) {
        made(&t);
        who_is_in_it(&t);
        where_it_stands(&t);
    } else {
        credits(&t);
        latest_event(&t);
        voice(&t);
    }
    reach(&t);
    return t.count;
}
