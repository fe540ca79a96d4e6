/* The dossier: what belongs in it, what is one and what is two, and that it hangs on nothing but
 * the pages. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "store_kit.h"
#include "story/story.h"

/* ---- everything a dossier says, as one string ---- */

static void dump_receipts(sf_json *j, const sf_receipt *r, size_t count) {
    sf_json_array(j);
    for (size_t i = 0; i < count; i++) {
        const sf_str fields[] = {r[i].url,       r[i].file,  r[i].outlet,  r[i].title,
                                 r[i].published, r[i].exact, r[i].context, sf_str_of(r[i].sha256)};
        for (size_t k = 0; k < SF_LEN(fields); k++)
            sf_json_str(j, fields[k]);
        sf_json_span(j, r[i].span), sf_json_span(j, r[i].in_context);
    }
    sf_json_array_end(j);
}

static sf_str dump(sf_arena *arena, const sf_dossier *d) {
    sf_buf buf = sf_buf_new(arena);
    sf_json j = sf_json_new(&buf);
    sf_json_array(&j);
    sf_json_str(&j, d->name), sf_json_int(&j, d->type);
    for (size_t i = 0; i < d->alias_count; i++)
        sf_json_str(&j, d->aliases[i]);
    for (size_t i = 0; i < d->quote_count; i++) {
        const sf_told_quote *q = &d->quotes[i];
        sf_json_str(&j, q->speaker), sf_json_bool(&j, q->by_subject), sf_json_str(&j, q->text);
        sf_json_int(&j, q->kind), sf_json_str(&j, q->via), sf_json_str(&j, q->when);
        dump_receipts(&j, q->receipts, q->receipt_count);
    }
    for (size_t i = 0; i < d->event_count; i++) {
        sf_json_str(&j, d->events[i].when), sf_json_str(&j, d->events[i].text);
        dump_receipts(&j, d->events[i].receipts, d->events[i].receipt_count);
    }
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        sf_json_str(&j, s->url), sf_json_str(&j, s->file), sf_json_str(&j, s->outlet);
        sf_json_str(&j, s->title), sf_json_str(&j, s->published);
        sf_json_int(&j, (int64_t)s->receipts);
    }
    sf_json_array_end(&j);
    return sf_buf_str(&buf);
}

/* ---- what belongs ---- */

static void test_quotes(sf_arena *arena) {
    sf_store *store = open_new();
    made *m = made_page(arena, "1", "https://post.example/1", "2021-10-15",
                        "“It was,” said Ana Ruiz, “a long summer.”\n\n"
                        "“She is the best we have,” said Jo Park of Ruiz.\n\n"
                        "“Rain is coming,” said Jo Park.");
    made_subject(m, "Ana Ruiz", SOFAR_PERSON, "Ruiz");
    made_subject(m, "Jo Park", SOFAR_PERSON, NULL);
    sofar_quote *q = made_quote(m, "It was,", "a long summer.", "Ana Ruiz");
    q->via = SF_STR("Instagram");
    made_quote(m, "She is the best we have,", NULL, "Jo Park");
    made_quote(m, "Rain is coming,", NULL, "Jo Park");
    add(store, m);
    const sf_dossier *d = on(store, arena, "Ana Ruiz", NULL);
    CHECK_STR(d->name, "Ana Ruiz");
    CHECK_INT(d->type, SOFAR_PERSON);
    CHECK(d->alias_count == 1 && sf_str_equal(d->aliases[0], SF_STR("Ruiz")));
    if (CHECK_INT(d->quote_count, 2)) {
        const sf_told_quote *own = &d->quotes[0], *about = &d->quotes[1];
        CHECK(own->by_subject && !about->by_subject);
        CHECK_STR(own->text, "It was, ... a long summer.");
        CHECK_STR(own->speaker, "Ana Ruiz");
        CHECK_STR(own->via, "Instagram");
        CHECK_STR(about->speaker, "Jo Park");
        const sf_receipt *r = own->receipts;
        CHECK_INT(own->receipt_count, 1);
        CHECK_STR(r->exact, "It was,” said Ana Ruiz, “a long summer.");
        CHECK_STR(r->context, "“It was,” said Ana Ruiz, “a long summer.”");
        CHECK(sf_str_equal(sf_span_of(r->context, r->in_context), r->exact));
        CHECK(sf_str_equal(sf_span_of(m->reading.clipping.text, r->span), r->exact));
        CHECK(strcmp(r->sha256, m->reading.clipping.sha256) == 0);
        CHECK_STR(r->outlet, "The Harbour Post");
    }
    CHECK_INT(d->source_count, 1);
    CHECK_INT(d->sources[0].receipts, 2);
    CHECK_INT(on(store, arena, "Jo Park", NULL)->quote_count, 2);
    CHECK_INT(on(store, arena, "Nobody Atall", NULL)->source_count, 0);
    sf_store_close(store);
}

static void test_events(sf_arena *arena) {
    sf_store *store = open_new();
    made *m = made_page(arena, "1", NULL, "2021-10-15",
                        "Low Tide wrapped in June 2021. It rained in May 2021. Low Tide opens on "
                        "Oct. 22 after years. It took three weeks to plan Low Tide.\n\n"
                        "The band played on 1 July 2021.");
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    made_time(m, "June 2021", "2021-06");
    made_time(m, "May 2021", "2021-05");
    made_time(m, "Oct. 22", "2021-10-22");
    made_time(m, "years", NULL);
    made_time(m, "three weeks", "P3W");
    made_time(m, "1 July 2021", "2021-07-01");
    add(store, m);
    const sf_dossier *d = on(store, arena, "Low Tide", NULL);
    if (CHECK_INT(d->event_count, 2)) {
        CHECK_STR(d->events[0].when, "2021-06");
        CHECK_STR(d->events[0].text, "Low Tide wrapped in June 2021.");
        CHECK_STR(d->events[1].when, "2021-10-22");
        CHECK_STR(d->events[1].receipts[0].exact, "Low Tide opens on Oct. 22 after years.");
    }
    sf_store_close(store);
}

/* ---- what is one and what is two ---- */

static made *saying(sf_arena *arena, const char *file, const char *day, const char *text,
                    const char *quote, const char *speaker) {
    made *m = made_page(arena, file, NULL, day, text);
    if (speaker)
        made_subject(m, speaker, SOFAR_PERSON, NULL);
    made_quote(m, quote, NULL, speaker);
    return m;
}

static void test_merging(sf_arena *arena) {
    sf_store *store = open_new();
    add(store, saying(arena, "late", "2021-03-01", "“Don’t go yet”, Ana Ruiz said of Low Tide.",
                      "Don’t go yet", "Ana Ruiz"));
    add(store, saying(arena, "early", "2021-02-01", "\"DON'T GO -- YET!\" said Ruiz on Low Tide.",
                      "DON'T GO -- YET!", "Ruiz"));
    add(store, saying(arena, "unsaid", "2021-04-01", "Low Tide: \"Don't go yet.\"", "Don't go yet.",
                      NULL));
    add(store,
        saying(arena, "undated", NULL, "Low Tide: \"Don't go  yet.\" x", "Don't go  yet.", NULL));
    add(store, saying(arena, "other", "2021-05-01", "\"Don't go today\", Ana Ruiz on Low Tide",
                      "Don't go today", "Ana Ruiz"));
    const sf_dossier *d = on(store, arena, "Low Tide", NULL);
    if (CHECK_INT(d->quote_count, 2)) {
        const sf_told_quote *q = &d->quotes[0];
        CHECK_INT(q->receipt_count, 4);
        CHECK_STR(q->receipts[0].file, "early");
        CHECK_STR(q->receipts[1].file, "late");
        CHECK_STR(q->receipts[3].file, "undated");
        CHECK_STR(q->text, "DON'T GO -- YET!");
        CHECK_STR(q->speaker, "Ana Ruiz");
    }
    CHECK_INT(d->source_count, 5);
    CHECK_STR(d->sources[4].file, "undated");
    /* the same words of somebody else are another quote; now nobody can say whose the bare ones are
     */
    add(store,
        saying(arena, "park", "2021-06-01", "\"Don't go yet\" is what Jo Park said of Low Tide",
               "Don't go yet", "Jo Park"));
    d = on(store, arena, "Low Tide", NULL);
    CHECK_INT(d->quote_count, 4);
    CHECK_INT(on(store, arena, "Low Tide", "2021-02")->quotes[0].receipt_count, 1);
    CHECK_INT(on(store, arena, "Low Tide", "2021-01")->source_count, 0);
    CHECK_INT(on(store, arena, "Low Tide", "2021-04")->source_count, 3);
    sf_store_close(store);
}

/* ---- names ---- */

static size_t sources_of(sf_store *store, sf_arena *arena, const char *name) {
    return on(store, arena, name, NULL)->source_count;
}

static void test_names(sf_arena *arena) {
    sf_store *store = open_new();
    add(store, made_page(arena, "1", NULL, NULL, "At low tide the boats lie dry."));
    add(store, made_page(arena, "2", NULL, NULL, "Low Tide’s star; a Low Tide-themed day."));
    add(store, made_page(arena, "3", NULL, NULL, "Eva Vega-Ruiz and Ruiz-Alba met José Ruizes."));
    add(store, made_page(arena, "4", NULL, NULL, "Fool’s  Gold by ANA RUÍZ."));
    CHECK_INT(sources_of(store, arena, "Low Tide"), 1);
    CHECK_INT(sources_of(store, arena, "low tide"), 1);
    CHECK_INT(sources_of(store, arena, "LOW TIDE"), 1); /* what stands there like a name */
    CHECK_INT(sources_of(store, arena, "  Low\tTide "), 1);
    CHECK_INT(sources_of(store, arena, "Ruiz"), 1); /* the one in capitals, with an accent */
    CHECK_STR(on(store, arena, "ana ruiz", NULL)->name, "ANA RUÍZ");
    CHECK_INT(sources_of(store, arena, "Jose"), 1);
    CHECK_INT(sources_of(store, arena, "Fool's Gold"), 1);
    CHECK_INT(sources_of(store, arena, "ool's Gold"), 0);
    CHECK_INT(sources_of(store, arena, "*"), 0);
    /* a surname given back: the page's subject, not its text, has the full name */
    made *m = made_page(arena, "5", NULL, NULL, "Jay and Mark Oduya wrote it.");
    made_subject(m, "Mark Oduya", SOFAR_PERSON, NULL);
    made_subject(m, "Jay Oduya", SOFAR_PERSON, "Jay");
    add(store, m);
    CHECK_INT(sources_of(store, arena, "Jay Oduya"), 1);
    /* part of a longer name that is another's, unless nobody knows what the longer name is */
    m = made_page(arena, "6", NULL, NULL, "Kelp Records signed Kelp Forest in May.");
    made_subject(m, "Kelp Records", SOFAR_ORGANIZATION, NULL);
    made_subject(m, "Kelp Forest", SOFAR_OTHER, NULL);
    add(store, m);
    CHECK_INT(sources_of(store, arena, "Kelp"), 1);
    m = made_page(arena, "7", NULL, NULL, "Dune Records grew.");
    made_subject(m, "Dune Records", SOFAR_ORGANIZATION, NULL);
    add(store, m);
    CHECK_INT(sources_of(store, arena, "Dune"), 0);
    CHECK_INT(sources_of(store, arena, "Dune Records"), 1);
    sofar_error err;
    sf_dossier *d = NULL;
    CHECK(sf_story_dossier(store, arena, SF_STR(" "), (sf_date){0}, &d, &err) == SOFAR_ERR_USAGE);
    sf_str endless = {sf_alloc(arena, 5000), 5000};
    memset((char *)endless.ptr, 'a', endless.len);
    CHECK(sf_story_dossier(store, arena, endless, (sf_date){0}, &d, &err) == SOFAR_ERR_USAGE);
    sf_store_close(store);
}

/* ---- the second promise ---- */

static uint32_t seed = 12345;

static uint32_t below(uint32_t n) { return (seed = seed * 1664525 + 1013904223) / 65536 % n; }

/* Pages that share quotes, names, days and URLs as often as not. */
static made *random_page(sf_arena *arena) {
    static const char *people[] = {"Ana Ruiz", "Ruiz", "Jo Park", "Eva Lind", "@anaruiz"};
    static const char *words[] = {"“A long summer.”", "\"a long summer\"", "“No.”",
                                  "'never again'"};
    static const char *days[] = {"2021", "2021-06", "2021-06-01", "2021-06-02", "2022-01-01", NULL};
    static const char *times[] = {"June 2021", "May 2021"};
    static const char *values[] = {"2021-06", "2021-05"};
    sf_buf text = sf_buf_new(arena);
    uint32_t who[4], what[4], when[4], count = 1 + below(4);
    for (uint32_t i = 0; i < count; i++) {
        who[i] = below(5), what[i] = below(4), when[i] = below(2);
        if (i)
            sf_buf_add(&text, SF_STR("\n\n"));
        sf_buf_printf(&text, "%s said %s of Low Tide in %s.", words[what[i]], people[who[i]],
                      times[when[i]]);
    }
    sf_buf_char(&text, '\0');
    char *file = sf_alloc(arena, 16);
    snprintf(file, 16, "%u.html", below(20));
    static const char *urls[] = {"https://a.example/1", "https://a.example/2",
                                 "https://b.example/1", NULL};
    made *m = made_page(arena, file, urls[below(4)], days[below(6)], text.ptr);
    if (below(2))
        made_subject(m, "Low Tide", below(4) ? SOFAR_WORK : SOFAR_EVENT, "the film");
    for (uint32_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t k = 0; k < m->reading.people.subject_count; k++)
            known |= sf_str_equal(m->reading.people.subjects[k].name, sf_str_of(people[who[i]]));
        if (!known && below(3))
            made_subject(m, people[who[i]], SOFAR_PERSON, NULL);
        made_quote(m, words[what[i]], NULL, below(3) ? people[who[i]] : NULL);
        made_time(m, times[when[i]], values[when[i]]);
    }
    return m;
}

/* The same page under another file name, or with a day that the user gave. */
static made *random_twin(sf_arena *arena, const made *of) {
    if (!of)
        return random_page(arena);
    made *m = SF_NEW(arena, made);
    *m = *of;
    sofar_clipping *c = &m->reading.clipping;
    if (below(3))
        c->file = below(2) ? SF_STR("0.html") : SF_STR("zz.html");
    if (below(3) == 0) {
        c->published = SF_STR("2021-05-05");
        c->published_from = SOFAR_FROM_GIVEN;
    }
    return m;
}

static void test_order_of_adding(sf_arena *arena) {
    enum { PAGES = 24, ORDERS = 50 };
    static const char *subjects[] = {"Low Tide", "Ana Ruiz", "ruiz", "@anaruiz", "JO PARK"};
    made *pages[PAGES];
    sf_str expected[SF_LEN(subjects)];
    for (int i = 0; i < PAGES; i++)
        pages[i] = i % 3 ? random_page(arena) : random_twin(arena, i ? pages[i - 1] : NULL);
    for (int order = 0; order < ORDERS; order++) {
        sf_store *store = open_new();
        sofar_error err;
        if (sf_store_begin(store, &err))
            printf("Bail out! %s\n", err.msg), exit(1);
        for (uint32_t i = 0; i < PAGES; i++)
            add(store, pages[i]);
        if (order % 7 == 3) /* again, in part */
            for (uint32_t i = 0; i < PAGES / 2; i++)
                add(store, pages[i]);
        if (sf_store_commit(store, &err))
            printf("Bail out! %s\n", err.msg), exit(1);
        bool same = true;
        for (size_t s = 0; s < SF_LEN(subjects); s++) {
            sf_str got = dump(arena, on(store, arena, subjects[s], order % 2 ? NULL : "2021"));
            if (order < 2)
                CHECK(got.len > (order ? 600u : 100u));
            static sf_str bounded[SF_LEN(subjects)];
            sf_str *slot = order % 2 ? &expected[s] : &bounded[s];
            if (order < 2)
                *slot = got;
            else if (!sf_str_equal(*slot, got)) {
                same = false;
                printf("# %s\n# wanted %.*s\n# got    %.*s\n", subjects[s], SF_ARG(*slot),
                       SF_ARG(got));
            }
        }
        CHECK(same);
        sf_store_close(store);
        for (uint32_t i = PAGES - 1; i > 0; i--) { /* another order (Fisher and Yates) */
            uint32_t k = below(i + 1);
            made *page = pages[i];
            pages[i] = pages[k];
            pages[k] = page;
        }
    }
}

/* ---- memory, time ---- */

static void *scarce(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    int *left = ctx;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return (*left)-- > 0 ? realloc(ptr, new_size) : NULL;
}

static void test_out_of_memory(sf_arena *arena) {
    sf_store *store = open_new();
    for (int i = 0; i < 30; i++)
        add(store, random_page(arena));
    sofar_status status = SOFAR_ERR_MEMORY;
    int failures = 0, left;
    for (int allowed = 0; status == SOFAR_ERR_MEMORY && allowed < 100000; allowed++) {
        sf_arena small;
        sf_dossier *d = NULL;
        sofar_error err;
        left = allowed;
        sofar_allocator memory = {scarce, &left};
        sf_arena_init(&small, &memory, NULL);
        status = sf_story_dossier(store, &small, SF_STR("Low Tide"), (sf_date){0}, &d, &err);
        failures += status == SOFAR_ERR_MEMORY && d == NULL;
        sf_arena_clear(&small);
    }
    CHECK_INT(status, SOFAR_OK);
    CHECK(failures >= 1);
    sf_store_close(store);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_quotes(&arena);
    test_events(&arena);
    test_merging(&arena);
    test_names(&arena);
    test_order_of_adding(&arena);
    test_out_of_memory(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
