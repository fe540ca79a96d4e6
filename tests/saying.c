/* Quotes over all pages of a store: what is one and what is two, what is asked for, who was told
 * first, the audit's sums, CSV; and that none of it hangs on the order of adding. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "show/csv.h"
#include "show/quotes.h"
#include "store_kit.h"

enum { PAGES = 4 };

/* Three outlets print what Ana Ruiz told the first; the last does not name her. */
static void make_pages(sf_arena *arena, made *out[PAGES]) {
    out[0] = made_page(arena, "a.html", "https://harbour-post.example/a", "2021-10-15",
                       "\"A long summer of Low Tide,\" said Ana Ruiz.");
    made_subject(out[0], "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(out[0], "Low Tide", SOFAR_WORK, NULL);
    made_quote(out[0], "A long summer of Low Tide,", NULL, "Ana Ruiz")->via =
        SF_STR("The Harbour Post");
    out[1] = made_page(arena, "b.html", "https://quay.example/b", "2021-10-16",
                       "\"A long summer of Low Tide,\" Ruiz told the Post.");
    made_subject(out[1], "Ruiz", SOFAR_PERSON, NULL);
    made_quote(out[1], "A long summer of Low Tide,", NULL, "Ruiz")->via = SF_STR("Harbour Post");
    out[2] = made_page(arena, "c.html", "https://gull.example/c", NULL,
                       "\"A long summer of Low Tide,\" she said.");
    made_quote(out[2], "A long summer of Low Tide,", NULL, NULL);
    out[3] = made_page(arena, "d.html", "https://gull.example/d", "2022",
                       "\"Ana Ruiz will sink it,\" an officer said.");
    made_subject(out[3], "Ana Ruiz", SOFAR_PERSON, NULL);
    sofar_quote *q = made_quote(out[3], "Ana Ruiz will sink it,", NULL, NULL);
    size_t at = sf_str_find(out[3]->reading.clipping.text, SF_STR("an officer"), 0);
    q->speaker_span = (sf_span){(uint32_t)at, (uint32_t)at + 10};
    q->via = SF_STR("Instagram");
    static const char *const outlets[PAGES] = {"The Harbour Post", "Quay Weekly", NULL, NULL};
    for (size_t i = 0; i < PAGES; i++)
        out[i]->reading.clipping.outlet = sf_str_of(outlets[i]);
}

static sf_sayings ask(sf_store *store, sf_arena *arena, sf_asked asked) {
    sf_sayings out = {0};
    sofar_error err = {0};
    if (sf_story_sayings(store, arena, &asked, &out, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return out;
}

static sf_date date(const char *s) {
    sf_date d = {0};
    sf_date_parse(sf_str_of(s), &d);
    return d;
}

static void test_asking(sf_store *store, sf_arena *arena) {
    sf_sayings all = ask(store, arena, (sf_asked){0});
    CHECK_INT(all.pages, 4);
    if (!CHECK(all.count == 2))
        return;
    CHECK_STR(all.at[0].speaker, "Ana Ruiz");
    CHECK_INT(all.at[0].receipt_count, 3);
    CHECK_INT(all.at[0].words, 6);
    CHECK_INT(all.at[0].about_count, 1);
    CHECK_STR(all.at[0].receipts[0].exact, "A long summer of Low Tide,");
    CHECK(!all.at[0].receipts[0].relayed && all.at[0].receipts[1].relayed &&
          !all.at[0].receipts[2].relayed);
    CHECK(!all.at[1].speaker.ptr && !all.at[1].receipts[0].relayed);
    CHECK_STR(all.at[1].described, "an officer");
    CHECK_INT(ask(store, arena, (sf_asked){.speaker = SF_STR("ana ruiz")}).count, 1);
    CHECK_INT(ask(store, arena, (sf_asked){.about = SF_STR("Ana Ruiz")}).count, 1);
    CHECK_INT(ask(store, arena, (sf_asked){.subject = SF_STR("Ana  Ruiz")}).count, 2);
    CHECK_INT(ask(store, arena, (sf_asked){.subject = SF_STR("Low Tide")}).count, 1);
    CHECK_INT(ask(store, arena, (sf_asked){.subject = SF_STR("Nobody")}).pages, 0);
    CHECK_INT(ask(store, arena, (sf_asked){.since = date("2021-10-16")}).count, 2);
    CHECK_INT(ask(store, arena, (sf_asked){.since = date("2022")}).count, 1);
    CHECK_INT(ask(store, arena, (sf_asked){.until = date("2022-06")}).count, 1);
    CHECK_INT(ask(store, arena, (sf_asked){.until = date("2020")}).count, 0);
    sf_asked empty = {.speaker = SF_STR(" ")};
    sf_sayings none;
    sofar_error err;
    CHECK(sf_story_sayings(store, arena, &empty, &none, &err) == SOFAR_ERR_USAGE);
}

static void test_audit(sf_store *store, sf_arena *arena) {
    sf_sayings all = ask(store, arena, (sf_asked){0});
    sf_audit audit = sf_show_audit_of(arena, &all);
    CHECK_INT(audit.all.quotes, 4);
    CHECK_INT(audit.all.words, 3 * 6 + 5);
    CHECK(audit.all.named == 3 && audit.all.unnamed == 1 && audit.all.unknown == 0);
    CHECK(audit.all.first_hand == 3 && audit.all.relayed == 1);
    CHECK(audit.outlets.count == 3 && audit.speakers.count == 2 && audit.subjects.count == 2);
    CHECK_STR(audit.outlets.at[0].name, "gull.example");
    CHECK_STR(audit.speakers.at[0].name, "Ana Ruiz");
    sf_sayings nothing = {0};
    sf_audit zero = sf_show_audit_of(arena, &nothing);
    CHECK_INT(zero.all.quotes, 0);
}

static sf_str dump(sf_arena *arena, const sf_sayings *sayings) {
    sf_buf out = sf_buf_new(arena);
    sf_audit audit = sf_show_audit_of(arena, sayings);
    sf_show_quotes(&out, sayings, (sf_terminal){.width = 80});
    sf_show_quotes_json(&out, sayings);
    sf_show_quotes_csv(&out, sayings);
    sf_show_audit(&out, &audit, (sf_terminal){.width = 40, .color = true});
    return sf_buf_str(&out);
}

static void test_order_of_adding(sf_arena *arena) {
    static const int orders[][PAGES] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};
    sf_str first = SF_ABSENT;
    for (size_t i = 0; i < SF_LEN(orders); i++) {
        sf_store *store = open_new();
        made *pages[PAGES];
        make_pages(arena, pages);
        for (size_t k = 0; k < PAGES; k++)
            add(store, pages[orders[i][k]]);
        sf_sayings all = ask(store, arena, (sf_asked){0});
        sf_str out = dump(arena, &all);
        if (i == 0)
            first = out;
        CHECK(sf_str_equal(out, first));
        sf_store_close(store);
    }
}

typedef struct counter {
    size_t left;
} counter;

static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    counter *c = ctx;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return c->left && c->left-- ? realloc(ptr, new_size) : NULL;
}

static void test_out_of_memory(sf_store *store) {
    bool answers = true, done = false;
    for (size_t granted = 0; !done && granted < 10000; granted++) {
        counter c = {granted};
        sofar_allocator allocator = {resize, &c};
        sf_arena arena;
        sf_sayings out;
        sofar_error err;
        sf_asked asked = {.subject = SF_STR("Ana Ruiz")};
        sf_arena_init(&arena, &allocator, NULL);
        sofar_status status = sf_story_sayings(store, &arena, &asked, &out, &err);
        answers &= status == SOFAR_OK || status == SOFAR_ERR_MEMORY;
        done = status == SOFAR_OK;
        sf_arena_clear(&arena);
    }
    CHECK(answers);
    CHECK(done);
}

static void test_csv(sf_arena *arena) {
    sf_buf out = sf_buf_new(arena);
    sf_csv csv = {.out = &out};
    static const char *const cells[] = {"plain", "=1",   "+1",          "-1",
                                        "@a",    "a,b",  "a \"b\"",     "two\nlines",
                                        " =1",   "\t=1", "\x1b[31mred", "＝1"};
    for (size_t i = 0; i < SF_LEN(cells); i++)
        sf_csv_text(&csv, sf_str_of(cells[i]));
    sf_csv_text(&csv, SF_ABSENT);
    sf_csv_number(&csv, 7);
    sf_csv_end(&csv);
    CHECK_STR(sf_buf_str(&out), "plain,\"'=1\",\"'+1\",\"'-1\",\"'@a\",\"a,b\",\"a \"\"b\"\"\",two "
                                "lines,\"'=1\",\"'=1\",[31mred,\"'＝1\",,7\r\n");
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    sf_store *store = open_new();
    made *pages[PAGES];
    make_pages(&arena, pages);
    for (size_t i = 0; i < PAGES; i++)
        add(store, pages[i]);
    test_asking(store, &arena);
    test_audit(store, &arena);
    test_out_of_memory(store);
    sf_store_close(store);
    test_order_of_adding(&arena);
    test_csv(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
