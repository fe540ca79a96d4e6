/* Searching: all words, phrases, case and accents; where they stand on a page and what it says
 * there. Runs on both engines. */
#include "story/search.h"
#include "check.h"
#include "store_kit.h"

static sf_search look(sf_store *store, sf_arena *arena, const char *words, const char *as_of,
                      size_t most) {
    sf_search out = {0};
    sofar_error err = {0};
    sf_date bound = {0};
    if (as_of)
        sf_date_parse(sf_str_of(as_of), &bound);
    if (sf_story_search(store, arena, sf_str_of(words), bound, most, &out, &err))
        printf("# %s: %s\n", words, err.msg);
    return out;
}

static size_t pages(sf_store *store, sf_arena *arena, const char *words) {
    return look(store, arena, words, NULL, 100).total;
}

static sf_store *three(sf_arena *arena) {
    sf_store *store = open_new();
    made *m = made_page(arena, "1", "https://post.example/1", "2021-03-02",
                        "Rain fell on the café all day.\n\n"
                        "Ana Ruiz will play Mira in Low Tide. “I can’t wait,” she said.");
    made_subject(m, "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    made_fact(m, "Ana Ruiz will play Mira in Low Tide", "plays",
              "who=Ana Ruiz, work=Low Tide, as=Mira", NULL, SOFAR_PLANNED);
    made_quote(m, "I can’t wait,", NULL, "Ana Ruiz");
    add(store, m);
    m = made_page(arena, "2", "https://gull.example/2", "2021-10", "The tide was low; Ruiz rowed.");
    m->reading.clipping.title = SF_STR("Headline of Mira");
    add(store, m);
    add(store, made_page(arena, "3", NULL, NULL, "LOW TIDE opens. A CAFE opens."));
    return store;
}

static void test_words(sf_arena *arena) {
    sf_store *store = three(arena);
    CHECK_INT(pages(store, arena, "low tide"), 3);
    CHECK_INT(pages(store, arena, "\"low tide\""), 2);
    CHECK_INT(pages(store, arena, "\"low tide\" mira"), 1);
    CHECK_INT(pages(store, arena, "mira"), 2);
    CHECK_INT(pages(store, arena, "CAFÉ"), 2);
    CHECK_INT(pages(store, arena, "can't"), 1);
    CHECK_INT(pages(store, arena, "lo tid"), 0);
    CHECK_INT(pages(store, arena, "tide — low"), 3);
    CHECK_INT(pages(store, arena, "\"low tide"), 2); /* not closed */
    sf_store_close(store);
}

static void test_places(sf_arena *arena) {
    sf_store *store = three(arena);
    sf_search s = look(store, arena, "mira TIDE", NULL, 100);
    if (CHECK_INT(s.count, 2) && CHECK_INT(s.at[0].passage_count, 1)) {
        const sf_passage *p = s.at[0].passages;
        CHECK_STR(s.at[0].page.url, "https://post.example/1");
        CHECK_STR(p->place.exact, "Ana Ruiz will play Mira in Low Tide. “I can’t wait,” she said.");
        CHECK_INT(p->mark_count, 2);
        CHECK_STR(sf_span_of(p->place.exact, p->marks[0]), "Mira");
        CHECK_STR(sf_span_of(p->place.exact, p->marks[1]), "Tide");
        CHECK_INT(p->fact_count, 1);
        CHECK_STR(p->facts[0].type, "plays");
        CHECK(p->facts[0].status == SOFAR_PLANNED && p->facts[0].says.ptr);
        CHECK_INT(p->quote_count, 1);
        CHECK_STR(p->quotes[0].speaker, "Ana Ruiz");
        CHECK_STR(s.at[1].page.title, "Headline of Mira");
    }
    s = look(store, arena, "headline", NULL, 100);
    CHECK(s.count == 1 && s.at[0].passage_count == 0); /* in the headline alone */
    sf_store_close(store);
}

/* Only the paragraph's part with the words; two parts that lie far apart are two passages. */
static void test_long_paragraph(sf_arena *arena) {
    sf_store *store = open_new();
    sf_buf text = sf_buf_new(arena);
    for (int i = 0; i < 400; i++)
        sf_buf_printf(&text, "%sw%d%s", i ? " " : "", i, i == 100 || i == 300 ? " kelp" : "");
    sf_buf_char(&text, '\0');
    add(store, made_page(arena, "1", NULL, "2021", text.ptr));
    sf_search s = look(store, arena, "kelp", NULL, 100);
    if (CHECK_INT(s.count, 1) && CHECK_INT(s.at[0].passage_count, 2)) {
        const sf_passage *p = &s.at[0].passages[1];
        CHECK(p->place.exact.len < 340 && p->place.exact.len > 300);
        CHECK_STR(sf_span_of(p->place.exact, p->marks[0]), "kelp");
        CHECK(p->place.exact.ptr[0] == 'w' &&
              !sf_is_space(p->place.exact.ptr[p->place.exact.len - 1]));
        CHECK(sf_str_equal(p->place.exact, sf_span_of(sf_str_of(text.ptr), p->place.span)));
    }
    sf_store_close(store);
}

static void test_bounds(sf_arena *arena) {
    sf_store *store = three(arena);
    sf_search s = look(store, arena, "tide", "2021-03", 100);
    CHECK(s.count == 1 && s.total == 1);
    s = look(store, arena, "tide", "2021-10-30", 100); /* October counts as its last day */
    CHECK_INT(s.total, 1);
    s = look(store, arena, "tide", "2021", 100); /* what is undated comes only without a bound */
    CHECK_INT(s.total, 2);
    s = look(store, arena, "tide", NULL, 2);
    CHECK(s.count == 2 && s.total == 3);
    CHECK_STR(s.at[0].page.published, "2021-03-02");
    CHECK_STR(s.at[1].page.published, "2021-10");
    sf_store_close(store);
}

static void test_hostile(sf_arena *arena) {
    static const char *const words[] = {"\"",
                                        "\"\"\"",
                                        "tide AND",
                                        "NOT tide",
                                        "tide OR low",
                                        "tide*",
                                        "title:tide",
                                        "{title}: tide",
                                        "NEAR(low tide)",
                                        "^low",
                                        "';DROP TABLE captures;--",
                                        "\\' & | ! <-> :*",
                                        "%s%n",
                                        "\xff\xfe tide",
                                        "-tide",
                                        "(tide",
                                        "+low +tide"};
    sf_store *store = three(arena);
    sofar_error err;
    sf_search out;
    for (size_t i = 0; i < SF_LEN(words); i++) {
        sofar_status status =
            sf_story_search(store, arena, sf_str_of(words[i]), (sf_date){0}, 10, &out, &err);
        check_that(status == SOFAR_OK || status == SOFAR_ERR_USAGE, words[i], __FILE__, __LINE__);
        if (status && status != SOFAR_ERR_USAGE)
            printf("# %s\n", err.msg);
    }
    CHECK(sf_story_search(store, arena, SF_STR("  ?! "), (sf_date){0}, 10, &out, &err) ==
          SOFAR_ERR_USAGE);
    CHECK(sf_story_search(store, arena, SF_STR("a\0b"), (sf_date){0}, 10, &out, &err) == SOFAR_OK);
    CHECK_INT(pages(store, arena, "tide"), 3);
    sf_store_close(store);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_words(&arena);
    test_places(&arena);
    test_long_paragraph(&arena);
    test_bounds(&arena);
    test_hostile(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
