/* Decisions of reviewers: what they do to a dossier, that they hold when pages are read again by a
 * model that says less, more or something else, that their order of arrival does not show, and what
 * is no decision. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "show/show.h"
#include "store_kit.h"
#include "story/desk.h"

enum { PAGES = 3, ORDERS = 50, SERVED_ORDERS = 8 };

static const char *const texts[PAGES] = {
    "Ana Ruiz will play Mira in Low Tide. Tom Vale directs Low Tide.",
    "Ana Ruiz plays Mira in Low Tide, out on 6 May 2022.", "Ann Ruis stars in Low Tide."};

static made *page(sf_arena *arena, int i) {
    static const char *const files[] = {"a.html", "b.html", "c.html"};
    static const char *const days[] = {"2021-03-02", "2021-10-15", "2021-11-01"};
    const char *url = sf_str_format(arena, "https://post%d.example/%s", i, files[i]).ptr;
    made *m = made_page(arena, files[i], url, days[i], texts[i]);
    made_subject(m, i == 2 ? "Ann Ruis" : "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    if (i < 2)
        made_subject(m, "Mira", SOFAR_CHARACTER, NULL);
    if (i == 0)
        made_subject(m, "Tom Vale", SOFAR_PERSON, NULL);
    return m;
}

/* As a model reads them; a worse one misses the casts. */
static void read_pages(sf_arena *arena, made *out[PAGES], bool worse) {
    for (int i = 0; i < PAGES; i++)
        out[i] = page(arena, i);
    if (!worse) {
        made_fact(out[0], "Ana Ruiz will play Mira in Low Tide", "plays",
                  "who=Ana Ruiz, work=Low Tide, as=Mira", NULL, SOFAR_PLANNED);
        made_fact(out[1], "Ana Ruiz plays Mira in Low Tide", "plays",
                  "who=Ana Ruiz, work=Low Tide, as=Mira", NULL, SOFAR_STATED);
    }
    made_fact(out[0], "Tom Vale directs Low Tide", "directs", "who=Tom Vale, work=Low Tide", NULL,
              SOFAR_STATED);
    made_fact(out[1], "out on 6 May 2022", "released", "work=Low Tide", "2022-05-06",
              SOFAR_PLANNED);
    made_fact(out[2], "Ann Ruis stars in Low Tide", "plays", "who=Ann Ruis, work=Low Tide", NULL,
              SOFAR_STATED);
}

static sf_store *store_of(sf_arena *arena, bool worse) {
    made *pages[PAGES];
    sf_store *store = open_new();
    read_pages(arena, pages, worse);
    for (int i = 0; i < PAGES; i++)
        add(store, pages[i]);
    return store;
}

static const sf_told_fact *told(const sf_dossier *d, const char *type, const char *role,
                                const char *value) {
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; r < d->facts[i].role_count; r++)
            if (sf_str_equal(d->facts[i].type, sf_str_of(type)) &&
                sf_str_equal(d->facts[i].roles[r].name, sf_str_of(role)) &&
                sf_str_equal(d->facts[i].roles[r].value, sf_str_of(value)))
                return &d->facts[i];
    return NULL;
}

static void put_decision(sf_store *store, sf_arena *arena, const sf_decision *d) {
    size_t added;
    sofar_error err = {0};
    sf_buf body = sf_buf_new(arena);
    sf_decision_json(&body, d);
    sf_decision_row row = {d->id, d->made, d->who, sf_buf_str(&body)};
    if (sf_store_decide(store, &row, 1, SF_ANY_LOG, &added, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
}

/* Signs it with the next second. */
static sf_decision sign(sf_arena *arena, sf_decision d) {
    static int second;
    d.made = sf_str_format(arena, "2022-01-01T00:%02d:%02dZ", second / 60 % 60, second % 60);
    second++;
    d.who = SF_STR("mq");
    sf_decision_identify(arena, &d);
    return d;
}

static sf_decision decide(sf_store *store, sf_arena *arena, sf_decision d) {
    d = sign(arena, d);
    put_decision(store, arena, &d);
    return d;
}

static sf_decision decide_fact(sf_store *store, sf_arena *arena, sf_verdict verdict,
                               const char *type, const char *role, const char *value) {
    const sf_dossier *d = on(store, arena, "Low Tide", NULL);
    const sf_told_fact *fact = told(d, type, role, value);
    if (!fact)
        printf("Bail out! no %s of %s\n", type, value), exit(1);
    return decide(store, arena, sf_decision_on(arena, verdict, d, fact));
}

static sf_str bytes(sf_store *store, sf_arena *arena, const char *subject) {
    sf_buf out = sf_buf_new(arena);
    sf_show_json(&out, on(store, arena, subject, NULL));
    return sf_buf_str(&out);
}

static void test_reject(sf_arena *arena) {
    sf_store *store = store_of(arena, false);
    sf_str before = bytes(store, arena, "Low Tide");
    sf_decision no = decide_fact(store, arena, SF_REJECT, "directs", "who", "Tom Vale");
    CHECK(!told(on(store, arena, "Low Tide", NULL), "directs", "who", "Tom Vale"));
    CHECK(told(on(store, arena, "Low Tide", NULL), "plays", "who", "Ana Ruiz"));
    sf_decision back = decide(store, arena, (sf_decision){.verdict = SF_UNDO, .other = no.id});
    sf_str after = bytes(store, arena, "Low Tide");
    CHECK_STR(after, sf_str_copy(arena, before).ptr);
    decide(store, arena, (sf_decision){.verdict = SF_UNDO, .other = back.id});
    CHECK(!told(on(store, arena, "Low Tide", NULL), "directs", "who", "Tom Vale"));
    sf_store_close(store);
}

/* Of a fact that two pages tell, both receipts go. */
static void test_reject_everywhere(sf_arena *arena) {
    sf_store *store = store_of(arena, false);
    decide_fact(store, arena, SF_REJECT, "plays", "who", "Ana Ruiz");
    CHECK(!told(on(store, arena, "Low Tide", NULL), "plays", "who", "Ana Ruiz"));
    CHECK(told(on(store, arena, "Low Tide", NULL), "plays", "who", "Ann Ruis"));
    sf_store_close(store);
}

static void test_correct(sf_arena *arena) {
    sf_store *store = store_of(arena, false);
    const sf_dossier *d = on(store, arena, "Low Tide", NULL);
    sf_decision c = sf_decision_on(arena, SF_CORRECT, d, told(d, "directs", "who", "Tom Vale"));
    sf_decided_role roles[] = {c.fact.roles[0], c.fact.roles[1]};
    c.should = c.fact;
    c.should.roles = roles;
    for (size_t i = 0; i < 2; i++)
        if (sf_str_equal(roles[i].name, SF_STR("who")))
            roles[i].value = SF_STR("Thomas Vale");
    decide(store, arena, c);
    d = on(store, arena, "Low Tide", NULL);
    CHECK(!told(d, "directs", "who", "Tom Vale"));
    const sf_told_fact *now = told(d, "directs", "who", "Thomas Vale");
    if (CHECK(now))
        CHECK_STR(now->receipts[0].exact, "Tom Vale directs Low Tide");
    sf_decisions all;
    sofar_error err;
    CHECK(sf_decisions_load(store, arena, &all, &err) == SOFAR_OK);
    const sf_decision *about = now ? sf_decisions_about(arena, &all, now) : NULL;
    CHECK(about && about->verdict == SF_CORRECT);
    sf_store_close(store);
}

/* The decisions of one store hold in another, whose model reads less of the same pages. */
static void test_another_model(sf_arena *arena) {
    sf_store *store = store_of(arena, false), *worse = store_of(arena, true);
    sf_decision yes = decide_fact(store, arena, SF_ACCEPT, "plays", "who", "Ana Ruiz");
    sf_decision no = decide_fact(store, arena, SF_REJECT, "released", "work", "Low Tide");
    CHECK(!told(on(worse, arena, "Low Tide", NULL), "plays", "who", "Ana Ruiz"));
    put_decision(worse, arena, &yes);
    put_decision(worse, arena, &no);
    put_decision(worse, arena, &no); /* again is once */
    const sf_dossier *d = on(worse, arena, "Low Tide", NULL);
    const sf_told_fact *fact = told(d, "plays", "who", "Ana Ruiz");
    if (CHECK(fact)) {
        CHECK_INT(fact->receipt_count, 2);
        CHECK_STR(fact->receipts[0].exact, "Ana Ruiz will play Mira in Low Tide");
    }
    CHECK(!told(d, "released", "work", "Low Tide"));
    sf_decisions all;
    const sf_decision **lost;
    size_t count;
    sofar_error err;
    CHECK(!sf_decisions_load(worse, arena, &all, &err) && all.count == 2);
    CHECK(!sf_decisions_lost(worse, arena, &all, &lost, &count, &err) && count == 0);
    sf_store_close(store);
    sf_store_close(worse);
}

/* A page that is gone, and one whose text no longer has the words: the decision is kept and
 * reported. */
static void test_lost(sf_arena *arena) {
    sf_store *store = store_of(arena, false), *other = open_new();
    sf_decision yes = decide_fact(store, arena, SF_ACCEPT, "directs", "who", "Tom Vale");
    made *m = made_page(arena, "a.html", "https://post0.example/a.html", "2021-03-02",
                        "Low Tide has no director.");
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    add(other, m);
    put_decision(other, arena, &yes);
    CHECK(!told(on(other, arena, "Low Tide", NULL), "directs", "who", "Tom Vale"));
    sf_decisions all;
    const sf_decision **lost;
    size_t count = 0;
    sofar_error err;
    CHECK(!sf_decisions_load(other, arena, &all, &err));
    CHECK(!sf_decisions_lost(other, arena, &all, &lost, &count, &err));
    if (CHECK_INT(count, 1))
        CHECK_STR(lost[0]->id, yes.id.ptr);
    sf_store_close(store);
    sf_store_close(other);
}

static void test_names(sf_arena *arena) {
    sf_store *store = store_of(arena, false);
    sf_decision one = {
        .verdict = SF_JOIN, .subject = SF_STR("Ana Ruiz"), .other = SF_STR("Ann Ruis")};
    one = decide(store, arena, one);
    const sf_dossier *d = on(store, arena, "Ann Ruis", NULL);
    CHECK_STR(d->name, "Ana Ruiz");
    CHECK_INT(d->source_count, 3);
    CHECK(!told(on(store, arena, "Low Tide", NULL), "plays", "who", "Ann Ruis"));
    decide(store, arena, (sf_decision){.verdict = SF_UNDO, .other = one.id});
    CHECK_INT(on(store, arena, "Ann Ruis", NULL)->source_count, 1);

    sf_decision called = {
        .verdict = SF_RENAME, .subject = SF_STR("Low Tide"), .other = SF_STR("The Low Tide")};
    decide(store, arena, called);
    d = on(store, arena, "Low Tide", NULL);
    CHECK_STR(d->name, "The Low Tide");
    CHECK_INT(d->source_count, 3);
    CHECK(told(d, "directs", "work", "The Low Tide"));
    sf_store_close(store);
}

static void test_split(sf_arena *arena) {
    sf_store *store = store_of(arena, false);
    const sf_dossier *d = on(store, arena, "Ana Ruiz", NULL);
    sf_decided_receipt where = {0};
    for (size_t i = 0; i < d->source_count; i++)
        if (sf_str_equal(d->sources[i].file, SF_STR("b.html")))
            where = sf_decided_page(d->sources[i].page);
    sf_decision two = {.verdict = SF_SPLIT,
                       .subject = SF_STR("Ana Ruiz"),
                       .other = SF_STR("Ana Ruiz the younger"),
                       .receipts = &where,
                       .receipt_count = 1};
    decide(store, arena, two);
    d = on(store, arena, "Ana Ruiz", NULL);
    CHECK_INT(d->source_count, 1);
    d = on(store, arena, "Ana Ruiz the younger", NULL);
    CHECK_INT(d->source_count, 1);
    CHECK(told(d, "plays", "who", "Ana Ruiz the younger"));
    d = on(store, arena, "Low Tide", NULL);
    CHECK(told(d, "plays", "who", "Ana Ruiz") && told(d, "plays", "who", "Ana Ruiz the younger"));
    sf_store_close(store);
}

/* ---- order ---- */

static void shuffle(uint64_t *random, int *order, int count) {
    for (int i = 0; i < count; i++)
        order[i] = i;
    for (int i = count - 1; i > 0; i--) {
        *random = *random * 6364136223846793005u + 1442695040888963407u;
        int k = (int)((*random >> 33) % (uint64_t)(i + 1)), kept = order[i];
        order[i] = order[k];
        order[k] = kept;
    }
}

static void test_orders(sf_arena *arena) {
    sf_store *first = store_of(arena, false);
    sf_decision all[4];
    all[0] = decide_fact(first, arena, SF_REJECT, "released", "work", "Low Tide");
    all[1] =
        decide(first, arena,
               (sf_decision){
                   .verdict = SF_JOIN, .subject = SF_STR("Ana Ruiz"), .other = SF_STR("Ann Ruis")});
    all[2] = decide_fact(first, arena, SF_ACCEPT, "directs", "who", "Tom Vale");
    all[3] = decide(first, arena, (sf_decision){.verdict = SF_UNDO, .other = all[0].id});
    sf_str expected = bytes(first, arena, "Low Tide");
    uint64_t random = 7;
    int same = 0, orders = server() ? SERVED_ORDERS : ORDERS;
    for (int n = 0; n < orders; n++) {
        made *pages[PAGES];
        int of_pages[PAGES], of_decisions[4];
        sf_store *store = open_new();
        read_pages(arena, pages, false);
        shuffle(&random, of_pages, PAGES);
        shuffle(&random, of_decisions, 4);
        for (int i = 0; i < 4; i++) {
            if (i < PAGES)
                add(store, pages[of_pages[i]]);
            put_decision(store, arena, &all[of_decisions[i]]);
        }
        same += sf_str_equal(bytes(store, arena, "Low Tide"), expected);
        sf_store_close(store);
    }
    CHECK_INT(same, orders);
    sf_store_close(first);
}

/* ---- JSON ---- */

static void test_json(sf_arena *arena) {
    static const char *const bad[] = {
        "",
        "[]",
        "{",
        "{\"verdict\":\"reject\"}",
        "{\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"burn\",\"subject\":\"a\",\"other\":\"b\"}",
        "{\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"join\",\"subject\":\"a\"}",
        "{\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"undo\"}",
        "{\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"split\",\"subject\":\"a\",\"other\":"
        "\"b\"}",
        "{\"id\":\"0000000000000000\",\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"join\","
        "\"subject\":\"a\",\"other\":\"b\"}",
        "{\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"reject\",\"fact\":{\"type\":\"plays\","
        "\"roles\":{\"who\":{\"name\":\"a\",\"type\":\"ghost\"}},\"status\":\"stated\"},"
        "\"receipts\":[{\"sha256\":\"0\",\"span\":[0,1]}]}",
        "{\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"reject\",\"fact\":{\"type\":\"plays\","
        "\"roles\":{\"w\\\"o\":{\"value\":\"a\"}},\"status\":\"stated\"},"
        "\"receipts\":[{\"sha256\":\"0\",\"span\":[0,1]}]}",
        "{\"made\":\"2022\",\"who\":\"mq\",\"verdict\":\"reject\",\"fact\":{\"type\":\"plays\","
        "\"roles\":{\"who\":{\"value\":\"a\"}},\"status\":\"stated\"},"
        "\"receipts\":[{\"sha256\":\"0\",\"span\":[2,1]}]}",
    };
    sf_decision d, again;
    sofar_error err;
    for (size_t i = 0; i < SF_LEN(bad); i++)
        CHECK(sf_decision_parse(arena, sf_str_of(bad[i]), &d, &err) == SOFAR_ERR_FORMAT);
    sf_store *store = store_of(arena, false);
    d = decide_fact(store, arena, SF_REJECT, "plays", "who", "Ana Ruiz");
    d.why = SF_STR("a \"doubt\"\n\xe2\x80\xae");
    sf_decision_identify(arena, &d);
    sf_buf one = sf_buf_new(arena), two = sf_buf_new(arena);
    sf_decision_json(&one, &d);
    CHECK(sf_decision_parse(arena, sf_buf_str(&one), &again, &err) == SOFAR_OK);
    sf_decision_json(&two, &again);
    CHECK(sf_str_equal(sf_buf_str(&one), sf_buf_str(&two)));
    sf_store_close(store);
}

static sf_desk sit_down(sf_store *store, sf_arena *arena) {
    sf_desk desk = {.store = store, .arena = arena};
    sofar_error err = {0};
    if (sf_desk_load(&desk, SF_STR("Low Tide"), &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return desk;
}

static const sf_review *review_of(const sf_desk *desk, const char *type, const char *role,
                                  const char *value) {
    const sf_told_fact *fact = told(desk->dossier, type, role, value);
    for (size_t i = 0; i < desk->dossier->fact_count; i++)
        if (desk->queue[i].fact == fact)
            return &desk->queue[i];
    printf("Bail out! no %s of %s\n", type, value);
    exit(1);
}

static sofar_status say(sf_desk *desk, sf_verdict verdict, const sf_review *review, sf_str *id) {
    sofar_error err = {0};
    sf_decision d = sf_decision_on(desk->arena, verdict, desk->dossier, review->fact);
    sf_signature by = {.who = SF_STR("mq"), .now_ms = 1634290200123};
    sofar_status status = sf_desk_decide(desk, &d, &by, &err);
    *id = d.id;
    return status;
}

static sofar_status take_back(sf_desk *desk, sf_str id) {
    sofar_error err = {0};
    sf_decision d = {.verdict = SF_UNDO, .other = id};
    sf_signature by = {.who = SF_STR("jl"), .now_ms = 0};
    return sf_desk_decide(desk, &d, &by, &err);
}

/* Two at desks that were laid out at the same moment: who is second on a thing has not seen the
 * first; other things do not hinder. */
static void test_two_desks(sf_arena *arena) {
    sf_store *store = store_of(arena, false), *second = open_same();
    sf_desk one = sit_down(store, arena), two = sit_down(second, arena), three;
    sf_str id, other;
    const sf_review *plays = review_of(&one, "plays", "who", "Ana Ruiz");
    sf_str seen = sf_review_seen(arena, one.dossier, plays);
    CHECK_STR(sf_review_seen(arena, two.dossier, review_of(&two, "plays", "who", "Ana Ruiz")),
              seen.ptr);
    CHECK_INT(say(&one, SF_ACCEPT, plays, &id), SOFAR_OK);
    CHECK_INT(say(&two, SF_REJECT, review_of(&two, "plays", "who", "Ana Ruiz"), &other),
              SOFAR_DONE);
    CHECK_INT(say(&two, SF_REJECT, review_of(&two, "directs", "who", "Tom Vale"), &other),
              SOFAR_OK);
    CHECK_INT(two.decisions.count, 2);
    CHECK(sf_str_compare(two.decisions.at[1].made, two.decisions.at[0].made) > 0);
    CHECK_STR(two.decisions.at[0].made, "2021-10-15T09:30:00.123Z");
    CHECK_STR(two.decisions.at[1].made, "2021-10-15T09:30:00.124Z");
    three = sit_down(store, arena);
    const sf_review *again = review_of(&three, "plays", "who", "Ana Ruiz");
    CHECK(again->decision && sf_str_equal(again->decision->id, id));
    CHECK(!sf_str_equal(sf_review_seen(arena, three.dossier, again), seen));
    CHECK(!told(three.dossier, "directs", "who", "Tom Vale"));
    /* undone once, however many do it, and by a clock that stands still */
    CHECK_INT(take_back(&two, id), SOFAR_OK);
    CHECK_INT(take_back(&three, id), SOFAR_DONE);
    CHECK_INT(take_back(&three, other), SOFAR_OK);
    three = sit_down(store, arena);
    CHECK_INT(three.decisions.count, 4);
    CHECK(told(three.dossier, "directs", "who", "Tom Vale"));
    CHECK(sf_desk_decision(&three, id)->undone && sf_desk_decision(&three, other)->undone);
    CHECK_INT(sf_desk_undecided(&three), three.dossier->fact_count);
    sf_store_close(second);
    sf_store_close(store);
}

/* The log only grows, so what could not be read back does not get in. */
static void test_no_decision(sf_arena *arena) {
    sf_store *store = store_of(arena, false);
    sf_desk desk = sit_down(store, arena);
    sf_signature by = {.who = SF_STR("mq"), .now_ms = 1634290200123};
    const sf_told_fact *fact = review_of(&desk, "plays", "who", "Ana Ruiz")->fact;
    sf_decision bare = sf_decision_correct(arena, desk.dossier, fact);
    bare.should.role_count = 0;
    sf_decision none[] = {
        {.verdict = SF_RENAME, .subject = SF_STR("Low Tide"), .other = SF_STR("")},
        {.verdict = SF_JOIN, .subject = SF_STR("Low Tide"), .other = SF_STR(" ")},
        {.verdict = SF_SPLIT, .subject = SF_STR("a"), .other = SF_STR("b")},
        {.verdict = SF_UNDO, .other = SF_STR("")},
        bare};
    for (size_t i = 0; i < SF_LEN(none); i++) {
        sofar_error err = {0};
        CHECK_INT(sf_desk_decide(&desk, &none[i], &by, &err), SOFAR_ERR_USAGE);
        CHECK(strncmp(err.msg, "this is no decision: ", 21) == 0);
    }
    desk = sit_down(store, arena);
    CHECK_INT(desk.decisions.count, 0);
    sf_store_close(store);
}

/* A last decision that says no moment: what came after it would be replayed before it. */
static void test_moments(sf_arena *arena) {
    static const char *const good[] = {"2021-10-15T09:30:00.123Z", "2024-02-29T23:59:59.999Z"};
    static const char *const bad[] = {"",
                                      "2099",
                                      "2099-01-01",
                                      "2099-01-01T00:00:00Z",
                                      "2099-02-30T00:00:00.000Z",
                                      "2099-01-01T00:00:60.000Z",
                                      "2099-01-01T00:00:00.000+",
                                      "9999-12-31T23:59:59.999Z"};
    for (size_t i = 0; i < SF_LEN(good); i++)
        CHECK(sf_desk_follows(arena, sf_str_of(good[i])));
    for (size_t i = 0; i < SF_LEN(bad); i++)
        CHECK(!sf_desk_follows(arena, sf_str_of(bad[i])));
    sf_store *store = store_of(arena, false);
    sf_decision d = {.verdict = SF_JOIN,
                     .who = SF_STR("mq"),
                     .made = SF_STR("2099"),
                     .subject = SF_STR("a"),
                     .other = SF_STR("b")};
    sf_decision_identify(arena, &d);
    put_decision(store, arena, &d);
    sf_desk desk = sit_down(store, arena);
    CHECK_INT(take_back(&desk, d.id), SOFAR_ERR_USAGE);
    CHECK_INT(sit_down(store, arena).decisions.count, 1);
    sf_store_close(store);
}

/* A change that is refused leaves the correction as it was. */
static void test_refused_change(sf_arena *arena) {
    static const char *const refused[] = {"who:ghost=Tom Vale",
                                          "guest:ghost=Tom Vale",
                                          "status=perhaps",
                                          "when=soon",
                                          "type=9",
                                          "who"};
    sf_store *store = store_of(arena, false);
    sf_desk desk = sit_down(store, arena);
    sofar_error err;
    sf_decision d = sf_decision_correct(arena, desk.dossier,
                                        review_of(&desk, "plays", "who", "Ana Ruiz")->fact);
    sf_buf before = sf_buf_new(arena), after = sf_buf_new(arena);
    sf_decision_json(&before, &d);
    for (size_t i = 0; i < SF_LEN(refused); i++)
        CHECK_INT(sf_decided_change(arena, &d.should, sf_str_of(refused[i]), &err),
                  SOFAR_ERR_USAGE);
    sf_decision_json(&after, &d);
    CHECK(sf_str_equal(sf_buf_str(&before), sf_buf_str(&after)));
    CHECK_INT(sf_decided_change(arena, &d.should, SF_STR("guest:person=Tom Vale"), &err), SOFAR_OK);
    const sf_decided_role *guest = &d.should.roles[d.should.role_count - 1];
    CHECK(guest->subject && guest->type == SOFAR_PERSON);
    sf_store_close(store);
}

/* Of those whom one sentence lists each is decided on alone. */
static void test_listed(sf_arena *arena) {
    sf_store *store = open_new();
    made *m = made_page(arena, "l.html", "https://post.example/l", "2021-03-02",
                        "Ana Ruiz and Tom Vale star in Low Tide.");
    made_subject(m, "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(m, "Tom Vale", SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    made_fact(m, "Ana Ruiz and Tom Vale star in Low Tide", "plays", "who=Ana Ruiz, work=Low Tide",
              NULL, SOFAR_STATED);
    made_fact(m, "Ana Ruiz and Tom Vale star in Low Tide", "plays", "who=Tom Vale, work=Low Tide",
              NULL, SOFAR_STATED);
    add(store, m);
    sf_desk one = sit_down(store, arena), two = sit_down(store, arena);
    sf_str id;
    CHECK_INT(say(&one, SF_ACCEPT, review_of(&one, "plays", "who", "Ana Ruiz"), &id), SOFAR_OK);
    CHECK_INT(say(&two, SF_REJECT, review_of(&two, "plays", "who", "Tom Vale"), &id), SOFAR_OK);
    one = sit_down(store, arena);
    CHECK_INT(one.dossier->fact_count, 1);
    CHECK(review_of(&one, "plays", "who", "Ana Ruiz")->decision);
    sf_store_close(store);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_reject(&arena);
    test_reject_everywhere(&arena);
    test_correct(&arena);
    test_another_model(&arena);
    test_lost(&arena);
    test_names(&arena);
    test_split(&arena);
    test_orders(&arena);
    test_json(&arena);
    test_two_desks(&arena);
    test_no_decision(&arena);
    test_moments(&arena);
    test_refused_change(&arena);
    test_listed(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
