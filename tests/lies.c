/* What must not decide: pages dated in the future, a thousand copies of one page, a page that
 * claims everything, a subject whose name is a word of every text. */
#include <time.h>

#include "store_kit.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static made *page(sf_arena *arena, const char *name, const char *day, const char *outlet,
                  const char *text) {
    made *m =
        made_page(arena, name, sf_str_format(arena, "https://a.example/%s", name).ptr, day, text);
    m->reading.clipping.outlet = sf_str_of(outlet);
    return m;
}

/* "Jo Park directs Low Tide." and what follows. */
static made *directs(sf_arena *arena, const char *day, const char *outlet, const char *who,
                     const char *rest) {
    const char *says = sf_str_format(arena, "%s directs Low Tide", who).ptr;
    const char *text = sf_str_format(arena, "%s. %s", says, rest).ptr;
    const char *name = sf_str_format(arena, "%s %s", day, outlet).ptr;
    made *m = page(arena, name, day, outlet, text);
    made_subject(m, who, SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    made_fact(m, says, "directs", sf_str_format(arena, "who=%s, work=Low Tide", who).ptr, NULL,
              SOFAR_STATED);
    return m;
}

static const sf_told_fact *fact_of(const sf_dossier *d, const char *type, const char *who) {
    for (size_t i = 0; i < d->fact_count; i++)
        if (sf_str_equal(d->facts[i].type, sf_str_of(type)) && d->facts[i].role_count &&
            sf_str_equal(d->facts[i].roles[0].value, sf_str_of(who)))
            return &d->facts[i];
    printf("Bail out! no fact %s of %s\n", type, who);
    exit(1);
}

static void test_future(sf_arena *arena) {
    sf_store *store = open_new();
    add(store, directs(arena, "2021-03-01", "The Harbour Post", "Jo Park", "So it was said."));
    made *m = directs(arena, "2031-03-01", "Pier Weekly", "Eva Lind", "It will have been said.");
    m->page.captured = SF_STR("2021-04-01T10:00");
    add(store, m);
    const sf_dossier *d = on(store, arena, "Low Tide", NULL);
    CHECK_INT(fact_of(d, "directs", "Jo Park")->state, SF_CURRENT);
    CHECK(!fact_of(d, "directs", "Eva Lind")->first_said.ptr);
    CHECK_INT(fact_of(d, "directs", "Eva Lind")->receipt_count, 1); /* kept */
    /* a day ahead is the other side of the world */
    m = directs(arena, "2021-06-02", "Gull & Anchor", "Eva Lind", "And so it is said now.");
    m->page.captured = SF_STR("2021-06-01T23:00");
    add(store, m);
    d = on(store, arena, "Low Tide", NULL);
    CHECK_INT(fact_of(d, "directs", "Jo Park")->state, SF_SUPERSEDED);
    CHECK_INT(fact_of(d, "directs", "Eva Lind")->state, SF_CURRENT);
    sf_store_close(store);
}

static const char story[] =
    "The film that the harbour waited for all winter has found the one who will bring it home, a "
    "person close to the boats said late at night before the crew left for the islands, and nobody "
    "on the quay was surprised, since the talk had gone from net to net for weeks on end.";

/* Copies go on appearing long after the story has changed; they are one source, and old news. */
static void test_copies(sf_arena *arena) {
    enum { COPIES = 1000 };
    sf_store *store = open_new();
    sofar_error err;
    add(store, directs(arena, "2021-01-01", "The Harbour Post", "Jo Park", story));
    add(store, directs(arena, "2021-03-01", "Pier Weekly", "Eva Lind", "A new hand, a new start."));
    CHECK_INT(sf_store_begin(store, &err), SOFAR_OK);
    for (int i = 0; i < COPIES; i++) {
        sf_str day = sf_date_format(arena, sf_date_from_days(18700 + i)); /* from 14 March 2021 */
        const char *outlet = sf_str_format(arena, "Copyist %d", i).ptr;
        add(store, directs(arena, day.ptr, outlet, "Jo Park", story));
    }
    CHECK_INT(sf_store_commit(store, &err), SOFAR_OK);
    double begin = now();
    const sf_dossier *d = on(store, arena, "Low Tide", NULL);
    double took = now() - begin;
    CHECK_INT(fact_of(d, "directs", "Jo Park")->receipt_count, COPIES + 1);
    CHECK_INT(fact_of(d, "directs", "Jo Park")->sources, 1);
    CHECK_INT(fact_of(d, "directs", "Jo Park")->state, SF_SUPERSEDED);
    CHECK_INT(fact_of(d, "directs", "Eva Lind")->state, SF_CURRENT);
    if (!CHECK(took < 2))
        printf("# %.2f s\n", took);
    sf_store_close(store);
}

/* One page that says everything of everybody: it is one voice, and others keep theirs. */
static void test_claims_everything(sf_arena *arena) {
    enum { CLAIMS = 400 };
    static const char *const types[] = {"directs", "plays", "released", "left", "cancelled"};
    sf_store *store = open_new();
    add(store, directs(arena, "2021-01-01", "The Harbour Post", "Jo Park", "So it was said."));
    add(store, directs(arena, "2021-02-01", "Gull & Anchor", "Jo Park", "And said again."));
    sf_buf text = sf_buf_new(arena);
    for (int i = 0; i < CLAIMS; i++)
        sf_buf_printf(&text, "%sClaim %d of Low Tide.", i ? "\n\n" : "", i);
    sf_buf_char(&text, '\0');
    made *m = page(arena, "all", "2021-02-02", "The Siren", text.ptr);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    for (int i = 0; i < CLAIMS; i++) {
        const char *type = types[i % 5];
        const char *words = sf_str_format(arena, "Claim %d of Low Tide", i).ptr;
        const char *roles = i % 5 < 2 || i % 5 == 3
                                ? sf_str_format(arena, "who=Claimant %d, work=Low Tide", i / 2).ptr
                                : "work=Low Tide";
        const char *when = sf_str_format(arena, "20%02d-0%d", 10 + i % 80, 1 + i % 9).ptr;
        made_fact(m, words, type, roles, when, (sofar_claim)(i % 4));
    }
    add(store, m);
    double begin = now();
    const sf_dossier *d = on(store, arena, "Low Tide", NULL);
    double took = now() - begin;
    const sf_told_fact *known = fact_of(d, "directs", "Jo Park");
    CHECK_INT(known->sources, 2);
    CHECK_INT(known->receipt_count, 2);
    for (size_t i = 0; i < d->fact_count; i++)
        if (&d->facts[i] != known && !CHECK(d->facts[i].sources <= 1))
            break;
    CHECK(d->fact_count > 50);
    if (!CHECK(took < 2))
        printf("# %.2f s\n", took);
    sf_store_close(store);
}

/* Every page says "It"; two mean the film. */
static void test_common_name(sf_arena *arena) {
    sf_store *store = open_new();
    sofar_error err;
    CHECK_INT(sf_store_begin(store, &err), SOFAR_OK);
    for (int i = 0; i < 300; i++)
        add(store, page(arena, sf_str_format(arena, "%d", i).ptr, "2021-01-01", "The Harbour Post",
                        "It rained. \"It was cold,\" she said. In May 2021 It all ended."));
    CHECK_INT(sf_store_commit(store, &err), SOFAR_OK);
    CHECK_INT(on(store, arena, "It", NULL)->quote_count, 0);
    for (int i = 0; i < 2; i++) {
        made *m = page(arena, i ? "b" : "a", i ? "2021-03-01" : "2021-02-01",
                       i ? "Pier Weekly" : "Gull & Anchor",
                       "Jo Park directs the film. It rained in May 2021.");
        made_subject(m, "Jo Park", SOFAR_PERSON, NULL);
        sf_people *p = &m->reading.people;
        made_subject(m, "the film", SOFAR_WORK, NULL);
        p->subjects[1].name = SF_STR("It");
        made_time(m, "May 2021", "2021-05");
        made_fact(m, "Jo Park directs the film", "directs", "who=Jo Park, work=It", NULL,
                  SOFAR_STATED);
        add(store, m);
    }
    const sf_dossier *d = on(store, arena, "It", NULL);
    CHECK_INT(d->source_count, 2);
    CHECK_INT(d->fact_count, 1);
    CHECK_INT(d->facts[0].sources, 2);
    CHECK_INT(d->event_count, 0); /* the sentence that begins with It is not about it */
    CHECK_INT(on(store, arena, "Jo Park", NULL)->source_count, 2);
    sf_store_close(store);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_future(&arena);
    test_copies(&arena);
    test_claims_everything(&arena);
    test_common_name(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
