/* Facts over pages and time: what is one, what is two, what holds as of when, who counts as a
 * source. Stories are tables; pages are one line each. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "show/show.h"
#include "store_kit.h"

/* ---- stories as tables ---- */

typedef struct claim { /* a page with one fact; rows of one day and outlet are one page */
    const char *day, *outlet, *type, *roles, *when;
    sofar_claim status;
    const char *text; /* NULL: words made of the roles */
} claim;

#define S SOFAR_STATED
#define P SOFAR_PLANNED
#define R SOFAR_RUMOURED
#define D SOFAR_DENIED

static sofar_subject_type type_of(sf_str role) {
    return sf_str_equal(role, SF_STR("work")) || sf_str_equal(role, SF_STR("source")) ? SOFAR_WORK
           : sf_str_equal(role, SF_STR("org"))   ? SOFAR_ORGANIZATION
           : sf_str_equal(role, SF_STR("place")) ? SOFAR_PLACE
                                                 : SOFAR_PERSON;
}

/* Names begin with a capital; what does not is a plain value. */
static void add_subjects(made *m, sf_arena *arena, const char *roles) {
    for (sf_str rest = sf_str_of(roles); rest.len;) {
        size_t end = sf_str_find(rest, SF_STR(", "), 0);
        end = end == SIZE_MAX ? rest.len : end;
        size_t equal = sf_str_find(rest, SF_STR("="), 0);
        sf_str name = sf_str_sub(rest, equal + 1, end);
        bool known = name.ptr[0] < 'A' || name.ptr[0] > 'Z';
        for (size_t i = 0; i < m->reading.people.subject_count && !known; i++)
            known = sf_str_equal(m->reading.people.subjects[i].name, name);
        if (!known)
            made_subject(m, sf_str_copy(arena, name).ptr, type_of(sf_str_sub(rest, 0, equal)),
                         NULL);
        rest = sf_str_sub(rest, end < rest.len ? end + 2 : end, rest.len);
    }
}

static bool same_page(const claim *a, const claim *b) {
    return (a->day ? b->day && strcmp(a->day, b->day) == 0 : !b->day) &&
           strcmp(a->outlet, b->outlet) == 0;
}

/* The page of rows [0, count). */
static made *page_of(sf_arena *arena, const claim *rows, size_t count) {
    sf_buf text = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++)
        sf_buf_printf(&text, "%s%s %s: %s. %s %s %s.", i ? "\n\n" : "",
                      rows[i].text ? rows[i].text : "Row", rows[i].type, rows[i].roles,
                      rows[i].day ? rows[i].day : "", rows[i].outlet,
                      rows[i].when ? rows[i].when : "");
    sf_buf_char(&text, '\0');
    const char *name =
        sf_str_format(arena, "%s %s", rows->day ? rows->day : "none", rows->outlet).ptr;
    made *m = made_page(arena, name, NULL, rows->day, text.ptr);
    m->reading.clipping.outlet = sf_str_of(rows->outlet);
    for (size_t i = 0; i < count; i++) {
        add_subjects(m, arena, rows[i].roles);
        made_fact(m, rows[i].roles, rows[i].type, rows[i].roles, rows[i].when, rows[i].status);
    }
    return m;
}

static size_t pages_of(sf_arena *arena, const claim *rows, size_t count, made **out) {
    size_t pages = 0;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && same_page(&rows[i], &rows[end]);)
            end++;
        out[pages++] = page_of(arena, rows + i, end - i);
    }
    return pages;
}

/* "Ana Ruiz plays Mira in Low Tide | stated current 2", a line a fact. */
static sf_str told(sf_arena *arena, const sf_dossier *d) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        sf_buf_printf(&out, "%.*s", SF_ARG(f->type));
        for (size_t r = 0; r < f->role_count; r++)
            sf_buf_printf(&out, " %.*s=%.*s", SF_ARG(f->roles[r].name), SF_ARG(f->roles[r].value));
        sf_buf_printf(&out, " %.*s %s %s %zu\n", SF_ARG(f->when), sf_claim_word(f->status),
                      sf_state_word(f->state), f->sources);
    }
    return sf_buf_str(&out);
}

static void check_told(sf_arena *arena, const char *title, const char *subject, const char *as_of,
                       const claim *rows, size_t count, const char *wanted) {
    made *pages[32];
    sf_store *store = open_new();
    size_t n = pages_of(arena, rows, count, pages);
    for (size_t i = n; i > 0; i--)
        add(store, pages[i - 1]);
    sf_str got = told(arena, on(store, arena, subject, as_of));
    bool same = sf_str_equal(got, sf_str_of(wanted));
    check_that(same, title, __FILE__, __LINE__);
    if (!same)
        printf("# got\n%.*s# wanted\n%s", SF_ARG(got), wanted);
    sf_store_close(store);
}

#define TOLD(title, subject, as_of, rows, wanted)                                                  \
    check_told(arena, title, subject, as_of, rows, SF_LEN(rows), wanted)

static void test_merging(sf_arena *arena) {
    static const claim refine[] = {
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, P, NULL},
        {"2021-01-01", "A", "released", "work=Low Tide", "2022", P, NULL},
        {"2021-03-01", "B", "plays", "who=Ana Ruiz, work=Low Tide, as=Mira", NULL, S, NULL},
        {"2021-03-01", "B", "released", "work=Low Tide", "2022-05", P, NULL},
        {"2021-04-01", "A", "released", "work=Low Tide", "2022-05-06", P, NULL},
        {"2021-04-01", "A", "genre", "work=Low Tide, value=drama", NULL, S, NULL},
        {"2021-05-01", "C", "genre", "work=Low Tide, value=sea drama", NULL, S, NULL},
    };
    TOLD("what says less joins what says more", "Low Tide", NULL, refine,
         "plays who=Ana Ruiz work=Low Tide as=Mira  stated current 2\n"
         "released work=Low Tide 2022-05-06 planned current 2\n"
         "genre work=Low Tide value=sea drama  stated current 2\n");
    TOLD("as of a day nothing later is known", "Low Tide", "2021-03", refine,
         "plays who=Ana Ruiz work=Low Tide as=Mira  stated current 2\n"
         "released work=Low Tide 2022-05 planned current 2\n");
    static const claim two[] = {
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide, as=Mira", NULL, S, NULL},
        {"2021-02-01", "B", "plays", "who=Ana Ruiz, work=Low Tide, as=Vera", NULL, S, NULL},
        {"2021-02-01", "B", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
    };
    TOLD("two characters are two credits", "Low Tide", NULL, two,
         "plays who=Ana Ruiz work=Low Tide as=Mira  stated current 1\n"
         "plays who=Ana Ruiz work=Low Tide as=Vera  stated current 1\n");
    static const claim values[] = {
        {"2021-01-01", "A", "raised", "org=Kelp Works, amount=$4.2m", NULL, S, NULL},
        {"2021-01-02", "B", "raised", "org=Kelp Works, amount=$4.2 million", "2021-01", S, NULL},
        {"2021-01-03", "B", "raised", "org=Kelp Works, amount=$9,000,000", NULL, S, NULL},
        {"2021-01-04", "A", "holds", "who=Jo Park, title=ceo, org=Kelp Works", NULL, S, NULL},
        {"2021-01-05", "B", "holds", "who=Jo Park, title=chief executive, org=Kelp Works", NULL, S,
         NULL},
    };
    TOLD("amounts and posts by what they mean", "Kelp Works", NULL, values,
         "raised org=Kelp Works amount=$4.2 million 2021-01 stated current 2\n"
         "raised org=Kelp Works amount=$9,000,000  stated current 1\n"
         "holds who=Jo Park title=ceo org=Kelp Works  stated current 2\n");
    static const claim mutual[] = {
        {"2021-01-01", "A", "married", "who=Jo Park, whom=Ana Ruiz", NULL, P, NULL},
        {"2021-06-01", "B", "married", "who=Ana Ruiz, whom=Jo Park", "2021-05", S, NULL},
    };
    TOLD("who and whom in either order", "Jo Park", NULL, mutual,
         "married who=Jo Park whom=Ana Ruiz 2021-05 stated current 2\n");
}

static void test_states(sf_arena *arena) {
    static const claim moved[] = {
        {"2021-01-01", "A", "released", "work=Low Tide", "2022-05-06", P, NULL},
        {"2021-06-01", "B", "released", "work=Low Tide", "2022-06-03", P, NULL},
        {"2021-06-01", "B", "released", "work=Low Tide, place=Lisbon", "2022-05-20", P, NULL},
    };
    TOLD("a later day supersedes, a premiere elsewhere does not", "Low Tide", NULL, moved,
         "released work=Low Tide 2022-05-06 planned superseded 1\n"
         "released work=Low Tide 2022-06-03 planned current 1\n"
         "released work=Low Tide place=Lisbon 2022-05-20 planned current 1\n");
    static const claim disputed[] = {
        {"2021-06-01", "A", "released", "work=Low Tide", "2022-05-06", P, NULL},
        {"2021-06-02", "B", "released", "work=Low Tide", "2022-06-03", P, NULL},
    };
    TOLD("two days in the same week are disputed", "Low Tide", NULL, disputed,
         "released work=Low Tide 2022-05-06 planned disputed 1\n"
         "released work=Low Tide 2022-06-03 planned disputed 1\n");
    static const claim settled[] = {
        {"2021-06-01", "A", "released", "work=Low Tide", "2022-05-06", P, NULL},
        {"2021-06-02", "B", "released", "work=Low Tide", "2022-06-03", P, NULL},
        {"2022-06-09", "C", "released", "work=Low Tide", "2022-06-03", S, NULL},
        {"2023-01-09", "C", "released", "work=Low Tide", "2024-01-05", P, NULL},
    };
    TOLD("what happened settles it; what is planned after that is another", "Low Tide", NULL,
         settled,
         "released work=Low Tide 2022-05-06 planned superseded 1\n"
         "released work=Low Tide 2022-06-03 stated current 2\n"
         "released work=Low Tide 2024-01-05 planned current 1\n");
    static const claim denied[] = {
        {"2021-01-01", "A", "plays", "who=Jo Park, work=Low Tide", NULL, R, NULL},
        {"2021-01-01", "A", "cast", "who=Jo Park, work=Low Tide", NULL, R, NULL},
        {"2021-02-01", "B", "plays", "who=Jo Park, work=Low Tide", NULL, D, NULL},
        {"2021-02-02", "B", "left", "who=Ana Ruiz, work=Low Tide", NULL, D, NULL},
        {"2021-05-02", "C", "left", "who=Ana Ruiz, work=Low Tide", "2021-05-01", S, NULL},
    };
    TOLD("a rumour denied, a denial overtaken", "Low Tide", NULL, denied,
         "cast who=Jo Park work=Low Tide  rumoured withdrawn 1\n"
         "plays who=Jo Park work=Low Tide  rumoured withdrawn 1\n"
         "left who=Ana Ruiz work=Low Tide 2021-05-01 stated current 1\n");
    TOLD("as of then it was denied", "Low Tide", "2021-03", denied,
         "cast who=Jo Park work=Low Tide  rumoured withdrawn 1\n"
         "plays who=Jo Park work=Low Tide  rumoured withdrawn 1\n"
         "left who=Ana Ruiz work=Low Tide  denied withdrawn 1\n");
    static const claim left[] = {
        {"2021-01-01", "A", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-05-01", "B", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
        {"2021-05-01", "B", "replaced", "who=Jo Park, work=Low Tide, by=Eva Lind", "2021-04", S,
         NULL},
        {"2021-05-01", "B", "directs", "who=Eva Lind, work=Low Tide", NULL, S, NULL},
    };
    TOLD("who was replaced directs no more", "Low Tide", NULL, left,
         "plays who=Ana Ruiz work=Low Tide  stated current 1\n"
         "directs who=Jo Park work=Low Tide  stated superseded 2\n"
         "directs who=Eva Lind work=Low Tide  stated current 1\n"
         "replaced who=Jo Park work=Low Tide by=Eva Lind 2021-04 stated current 1\n");
    static const claim together[] = {
        {"2021-01-01", "A", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
        {"2021-05-01", "B", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
        {"2021-05-01", "B", "directs", "who=Eva Lind, work=Low Tide", NULL, S, NULL},
    };
    TOLD("two directors of one page direct together", "Low Tide", NULL, together,
         "directs who=Jo Park work=Low Tide  stated current 2\n"
         "directs who=Eva Lind work=Low Tide  stated current 1\n");
    static const claim undated[] = {
        {"2021-01-01", "A", "directs", "who=Jo Park, work=Low Tide", NULL, P, NULL},
        {NULL, "B", "directs", "who=Jo Park, work=Low Tide", NULL, D, NULL},
        {NULL, "B", "directs", "who=Eva Lind, work=Low Tide", NULL, S, NULL},
    };
    TOLD("an undated page decides nothing", "Low Tide", NULL, undated,
         "directs who=Jo Park work=Low Tide  planned current 1\n"
         "directs who=Eva Lind work=Low Tide  stated current 1\n");
    static const claim posts[] = {
        {"2021-01-01", "A", "holds", "who=Jo Park, title=ceo, org=Kelp Works", NULL, S, NULL},
        {"2021-01-01", "A", "holds", "who=Jo Park, title=founder, org=Kelp Works", NULL, S, NULL},
        {"2021-01-01", "A", "holds", "who=Eva Lind, title=partner, org=Kelp Works", NULL, S, NULL},
        {"2021-05-01", "B", "resigned", "who=Jo Park, title=chief executive, org=Kelp Works",
         "2021-05", S, NULL},
    };
    TOLD("a post that was left, and what nobody stops being", "Kelp Works", NULL, posts,
         "holds who=Eva Lind title=partner org=Kelp Works  stated current 1\n"
         "holds who=Jo Park title=ceo org=Kelp Works  stated superseded 1\n"
         "holds who=Jo Park title=founder org=Kelp Works  stated current 1\n"
         "resigned who=Jo Park title=chief executive org=Kelp Works 2021-05 stated current 1\n");
}

/* The same address, captured again: what the later version no longer says was corrected. */
static void test_correction(sf_arena *arena) {
    static const claim first[] = {
        {"2021-01-01", "A", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
    };
    static const claim second[] = {
        {"2021-01-01", "A", "directs", "who=Eva Lind, work=Low Tide", NULL, S,
         "An earlier version"},
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
    };
    made *a = page_of(arena, first, 2), *b = page_of(arena, second, 2);
    a->page.url = b->page.url = SF_STR("https://a.example/1");
    a->reading.clipping.url = b->reading.clipping.url = a->page.url;
    a->page.captured = SF_STR("2021-01-01T10:00");
    b->page.captured = SF_STR("2021-01-03T10:00");
    sf_store *store = open_new();
    add(store, b), add(store, a);
    check_str(told(arena, on(store, arena, "Low Tide", NULL)),
              SF_STR("plays who=Ana Ruiz work=Low Tide  stated current 1\n"
                     "directs who=Eva Lind work=Low Tide  stated current 1\n"
                     "directs who=Jo Park work=Low Tide  stated superseded 1\n"),
              "a corrected page", __FILE__, __LINE__);
    sf_store_close(store);
}

static void test_subjects(sf_arena *arena) {
    static const claim surname[] = {
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-02-01", "B", "plays", "who=Ruiz, work=Low Tide, as=Mira", NULL, S, NULL},
        {"2021-03-01", "C", "produces", "who=Ruiz, work=Low Tide", NULL, S, NULL},
    };
    TOLD("a surname joins by a shared credit, never alone", "Low Tide", NULL, surname,
         "plays who=Ana Ruiz work=Low Tide as=Mira  stated current 2\n"
         "produces who=Ruiz work=Low Tide  stated current 1\n");
    static const claim namesakes[] = {
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-01-01", "A", "plays", "who=Eva Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-02-01", "B", "plays", "who=Ruiz, work=Low Tide", NULL, S, NULL},
    };
    TOLD("a surname that two have is neither's", "Low Tide", NULL, namesakes,
         "plays who=Ana Ruiz work=Low Tide  stated current 1\n"
         "plays who=Eva Ruiz work=Low Tide  stated current 1\n"
         "plays who=Ruiz work=Low Tide  stated current 1\n");
    static const claim renamed[] = {
        {"2021-01-01", "A", "directs", "who=Jo Park, work=Grey Gulls", NULL, S, NULL},
        {"2021-02-01", "B", "renamed", "work=Grey Gulls, to=Low Tide", NULL, S, NULL},
        {"2021-02-01", "B", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
    };
    TOLD("a new name for the same work", "Low Tide", NULL, renamed,
         "directs who=Jo Park work=Low Tide  stated current 2\n"
         "renamed work=Grey Gulls to=Low Tide  stated current 1\n");
    TOLD("found as of a day before it got its name", "Low Tide", "2021-01", renamed,
         "directs who=Jo Park work=Low Tide  stated current 1\n");
    static const claim elsewhere[] = {
        {"2021-01-01", "A", "directs", "who=Jo Park, work=Grey Gulls", NULL, S, NULL},
        {"2021-02-01", "B", "renamed", "work=Grey Gulls, to=Low Tide", NULL, S, NULL},
        {"2021-03-01", "C", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
        {"2021-04-01", "D", "left", "who=Jo Park, work=Low Tide", NULL, S, NULL},
    };
    TOLD("a new name that a page tells who does not name the person", "Jo Park", NULL, elsewhere,
         "directs who=Jo Park work=Low Tide  stated superseded 2\n"
         "left who=Jo Park work=Low Tide  stated current 1\n");
    static const claim character[] = {
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide, as=Mira", NULL, S, NULL},
        {"2021-01-01", "A", "plays", "who=Mira Lind, work=Low Tide, as=Vera", NULL, S, NULL},
        {"2021-02-01", "B", "plays", "who=Ana Ruiz, work=Low Tide, as=Mira", NULL, S, NULL},
    };
    TOLD("a character that has the first name of somebody in the cast", "Ana Ruiz", NULL, character,
         "plays who=Ana Ruiz work=Low Tide as=Mira  stated current 2\n");
    static const claim implied[] = {
        {"2021-01-01", "A", "cast", "who=Ana Ruiz, work=Low Tide", NULL, R, NULL},
        {"2021-01-01", "A", "delayed", "work=Low Tide, to=2022-06-03", NULL, S, NULL},
    };
    TOLD("who is cast plays, what is moved is planned", "Low Tide", NULL, implied,
         "cast who=Ana Ruiz work=Low Tide  rumoured current 1\n"
         "plays who=Ana Ruiz work=Low Tide  rumoured current 1\n"
         "released work=Low Tide 2022-06-03 planned current 1\n"
         "delayed work=Low Tide to=2022-06-03  stated current 1\n");
}

/* Pages whose other subjects tell which of two people of one name they mean. */
static void test_two_of_one_name(sf_arena *arena) {
    static const claim rows[] = {
        {"2021-01-01", "A", "born", "who=Ana Ruiz, place=Lisbon", "1990", S, NULL},
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-02-01", "B", "born", "who=Ana Ruiz, place=Porto", "1961-05", S, NULL},
        {"2021-02-01", "B", "holds", "who=Ana Ruiz, org=Kelp Works", NULL, S, NULL},
        {"2021-03-01", "C", "produces", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-04-01", "D", "resigned", "who=Ana Ruiz, org=Kelp Works", NULL, S, NULL},
        {"2021-05-01", "E", "arrested", "who=Ana Ruiz", NULL, S, NULL},
    };
    made *pages[8];
    sf_store *store = open_new();
    size_t n = pages_of(arena, rows, SF_LEN(rows), pages);
    for (size_t i = 0; i < n; i++)
        add(store, pages[i]);
    const sf_dossier *d = on(store, arena, "Ana Ruiz", NULL);
    CHECK_INT(d->fact_count, 7);
    uint32_t actor = d->facts[0].roles[0].subject, chief = 0, third = 0;
    for (size_t i = 0; i < d->fact_count; i++) {
        uint32_t who = d->facts[i].roles[0].subject;
        sf_str type = d->facts[i].type;
        if (sf_str_equal(type, SF_STR("plays")) || sf_str_equal(type, SF_STR("produces")))
            CHECK_INT(who, actor);
        if (sf_str_equal(type, SF_STR("holds")))
            chief = who;
        if (sf_str_equal(type, SF_STR("resigned")))
            CHECK_INT(who, chief);
        if (sf_str_equal(type, SF_STR("arrested")))
            third = who;
    }
    CHECK(actor && chief && third && actor != chief && third != actor && third != chief);
    sf_store_close(store);
}

static void test_sources(sf_arena *arena) {
    static const char text[] =
        "The harbour film that everybody waited for has found the woman who will carry it through "
        "the winter, a person close to the boats said late in the night before the crew left";
    static const char light[] =
        "The harbour film that everybody waited for has found the woman who will carry it through "
        "the winter, a friend of the crew said on the evening before they all sailed out";
    static const claim copies[] = {
        {"2021-01-01", "The Harbour Post", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, text},
        {"2021-01-02", "Gull & Anchor", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, light},
        {"2021-01-03", "Pier Weekly", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S,
         "As first reported by the Harbour Post, it is settled"},
        {"2021-01-04", "The Dredger", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S,
         "We met her on the quay and she told us so herself"},
        {"2021-01-05", "The Dredger", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, "Again"},
        {"2021-01-06", "Sand & Salt", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S,
         "LISBON (AP) - It is so"},
        {"2021-01-07", "Associated Press", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, "So"},
    };
    TOLD("copies and relays count with their origin", "Low Tide", NULL, copies,
         "plays who=Ana Ruiz work=Low Tide  stated current 3\n");
    static const claim own[] = {
        {"2021-01-01", "The Harbour Post", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-01-02", "The Harbour Post", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S,
         "Ruiz told the Post that she had the part"},
        {"2021-01-03", "Post", "released", "work=Low Tide", "2021", S, NULL},
    };
    TOLD("told to the paper itself, which calls itself by a part of its name", "Low Tide", NULL,
         own,
         "plays who=Ana Ruiz work=Low Tide  stated current 1\n"
         "released work=Low Tide 2021 stated current 1\n");
}

static void test_open(sf_arena *arena) {
    static const claim rows[] = {
        {"2021-01-01", "A", "wrapped", "work=Low Tide", "2020-12", S, NULL},
        {"2021-01-01", "A", "composes", "who=Jo Park, work=Low Tide", NULL, P, NULL},
        {"2021-06-01", "B", "released", "work=Low Tide", "2022-05-06", P, NULL},
    };
    made *pages[4];
    sf_store *store = open_new();
    size_t n = pages_of(arena, rows, SF_LEN(rows), pages);
    for (size_t i = 0; i < n; i++)
        add(store, pages[i]);
    const sf_dossier *d = on(store, arena, "Low Tide", "2021-01");
    CHECK_INT(d->open_count, 2);
    CHECK_STR(d->open[0].why, "planned");
    CHECK_STR(d->open[1].why, "missing");
    CHECK_STR(d->open[1].lacks, "released");
    d = on(store, arena, "Low Tide", NULL);
    CHECK_INT(d->open_count, 2);
    CHECK_STR(d->open[1].why, "planned");
    CHECK_INT(on(store, arena, "Jo Park", NULL)->open_count, 1);
    sf_store_close(store);
}

/* ---- what was learned ---- */

static sf_str learned(sf_arena *arena, sf_store *store, const char *from, const char *to) {
    sf_diff diff =
        sf_story_diff(arena, on(store, arena, "Low Tide", from), on(store, arena, "Low Tide", to));
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < diff.count; i++) {
        const sf_change *c = &diff.changes[i];
        const sf_told_fact *f = &diff.to->facts[c->after];
        sf_buf_printf(&out, "%s: %.*s %.*s\n", sf_learned_word(c->what), SF_ARG(f->type),
                      SF_ARG(f->when));
    }
    return sf_buf_str(&out);
}

static void test_diff(sf_arena *arena) {
    static const claim rows[] = {
        {"2021-01-01", "A", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-01-01", "A", "plays", "who=Eva Lind, work=Low Tide", NULL, R, NULL},
        {"2021-01-01", "A", "released", "work=Low Tide", "2022", P, NULL},
        {"2021-03-01", "B", "plays", "who=Ana Ruiz, work=Low Tide", NULL, S, NULL},
        {"2021-03-01", "B", "plays", "who=Eva Lind, work=Low Tide", NULL, D, NULL},
        {"2021-03-01", "B", "released", "work=Low Tide", "2022-05", P, NULL},
        {"2021-03-01", "B", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
        {"2021-04-01", "B", "directs", "who=Jo Park, work=Low Tide", NULL, S, NULL},
    };
    made *pages[4];
    sf_store *store = open_new();
    size_t n = pages_of(arena, rows, SF_LEN(rows), pages);
    for (size_t i = 0; i < n; i++)
        add(store, pages[i]);
    check_str(learned(arena, store, "2021-02", "2021-03"),
              SF_STR("new: directs \nchanged: released 2022-05\nwithdrawn: plays \n"
                     "newly sourced: plays \n"),
              "learned in March", __FILE__, __LINE__);
    CHECK_STR(learned(arena, store, "2021-03", "2021-04"), "");
    CHECK_STR(learned(arena, store, "2020", "2021-02"),
              "new: plays \nnew: plays \nnew: released 2022\n");
    sf_store_close(store);
}

/* ---- the second promise ---- */

static uint32_t seed = 4711;

static uint32_t below(uint32_t n) { return (seed = seed * 1664525 + 1013904223) / 65536 % n; }

static claim random_claim(void) {
    static const char *const days[] = {"2021", "2021-06", "2021-06-01", "2021-06-02", "2022-01-01"};
    static const char *const outlets[] = {"A", "B", "Associated Press"};
    static const struct {
        const char *type, *roles;
    } facts[] = {{"plays", "who=Ana Ruiz, work=Low Tide"},
                 {"plays", "who=Ruiz, work=Low Tide, as=Mira"},
                 {"plays", "who=Ana Ruiz, work=Low Tide, as=Vera"},
                 {"plays", "who=Eva Ruiz, work=Low Tide"},
                 {"directs", "who=Jo Park, work=Low Tide"},
                 {"directs", "who=Eva Lind, work=Low Tide"},
                 {"left", "who=Jo Park, work=Low Tide"},
                 {"released", "work=Low Tide"},
                 {"released", "work=Low Tide, place=Lisbon"},
                 {"renamed", "work=Grey Gulls, to=Low Tide"},
                 {"genre", "work=Low Tide, value=sea drama"},
                 {"genre", "work=Low Tide, value=drama"},
                 {"married", "who=Ana Ruiz, whom=Jo Park"},
                 {"married", "who=Jo Park, whom=Ana Ruiz"},
                 {"holds", "who=Jo Park, title=ceo, org=Kelp Works"},
                 {"born", "who=Ana Ruiz"},
                 {"floods", "who=Low Tide, place=Lisbon"}};
    static const char *const whens[] = {NULL, "2022", "2022-05", "2022-05-06", "2022-06-03"};
    size_t f = below(SF_LEN(facts));
    return (claim){days[below(5)],
                   outlets[below(3)],
                   facts[f].type,
                   facts[f].roles,
                   whens[below(5)],
                   below(4),
                   below(3) ? NULL : "told the A by night"};
}

static sf_str everything(sf_arena *arena, sf_store *store, const char *as_of) {
    static const char *const subjects[] = {"Low Tide", "Ana Ruiz", "Jo Park", "ruiz"};
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < SF_LEN(subjects); i++)
        sf_show_json(&out, on(store, arena, subjects[i], as_of));
    return sf_buf_str(&out);
}

/* The same pages in another order, and in two goes, give the same bytes; and so does a store that
 * holds only the pages of by then. */
static void test_order(sf_arena *keep) {
    enum { CORPORA = 16, ORDERS = 6, PAGES = 12 };
    int wrong = 0;
    for (int corpus = 0; corpus < CORPORA; corpus++) {
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        made *pages[PAGES];
        for (int i = 0; i < PAGES; i++) {
            claim rows[3];
            size_t n = 1 + below(3);
            for (size_t r = 0; r < n; r++) {
                rows[r] = random_claim();
                rows[r].day = rows[0].day, rows[r].outlet = rows[0].outlet;
            }
            pages[i] = page_of(&arena, rows, n);
            if (below(3) == 0) { /* versions of one address */
                pages[i]->page.url = pages[i]->reading.clipping.url = SF_STR("https://a.example/1");
                pages[i]->page.captured = sf_str_format(&arena, "2021-06-0%u", 1 + below(4));
            }
        }
        sf_str first = SF_ABSENT, then = SF_ABSENT;
        for (int order = 0; order < ORDERS; order++) {
            sf_store *store = open_new();
            sofar_error err;
            uint32_t split = below(PAGES);
            CHECK_INT(sf_store_begin(store, &err), SOFAR_OK);
            for (uint32_t i = 0; i < PAGES; i++) {
                add(store, pages[i]);
                if (i == split)
                    wrong += sf_store_commit(store, &err) || sf_store_begin(store, &err);
            }
            wrong += sf_store_commit(store, &err) != SOFAR_OK;
            sf_str all = everything(&arena, store, NULL);
            sf_str early = everything(&arena, store, "2021-06-01");
            if (order == 0)
                first = all, then = early;
            wrong += !sf_str_equal(all, first) + !sf_str_equal(early, then);
            sf_store_close(store);
            for (uint32_t i = PAGES - 1; i > 0; i--) {
                uint32_t k = below(i + 1);
                made *page = pages[i];
                pages[i] = pages[k], pages[k] = page;
            }
        }
        CHECK(first.len > 500);
        sf_arena_clear(&arena);
    }
    (void)keep;
    CHECK_INT(wrong, 0);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_merging(&arena);
    test_states(&arena);
    test_correction(&arena);
    test_subjects(&arena);
    test_two_of_one_name(&arena);
    test_sources(&arena);
    test_open(&arena);
    test_diff(&arena);
    test_order(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
