/* The store: what goes in comes out, once, the same from both engines (any_store.h). */
#include "any_store.h"
#include "store/inner.h"

static void test_round_trip(sf_arena *arena) {
    sf_store *store = open_store("round");
    made *m = made_sample(arena);
    m->page.captured = SF_STR("2021-11-01T10:00:00Z");
    CHECK(sf_reading_check(&m->reading, m->page.bytes) == NULL);
    CHECK(put(store, m));
    size_t count;
    sf_capture *c = find(store, arena, "ana ruiz", NULL, &count);
    if (!CHECK_INT(count, 1))
        return;
    CHECK_STR(c->clipping.file, "a.html");
    CHECK_STR(c->clipping.url, "https://post.example/a");
    CHECK_STR(c->clipping.outlet, "The Harbour Post");
    CHECK_STR(c->clipping.title, "A title");
    CHECK_STR(c->clipping.published, "2021-10-15");
    CHECK_INT(c->clipping.published_from, SOFAR_FROM_META);
    CHECK_STR(c->clipping.updated, "2021-10-16");
    CHECK_STR(c->clipping.lang, "en");
    CHECK_STR(c->captured, "2021-11-01T10:00:00Z");
    CHECK(sf_str_equal(c->clipping.text, m->reading.clipping.text));
    CHECK(strcmp(c->clipping.sha256, m->reading.clipping.sha256) == 0);
    CHECK_INT(c->clipping.byline_count, 2);
    CHECK_STR(c->clipping.byline[1], "K. Other");
    CHECK_INT(c->clipping.block_count, 2);
    CHECK_INT(c->subject_count, 2);
    CHECK_STR(c->subjects[1].name, "Low Tide");
    CHECK_INT(c->subjects[1].type, SOFAR_WORK);
    CHECK_INT(c->subjects[1].alias_count, 1);
    CHECK_STR(c->subjects[1].aliases[0], "Mira");
    CHECK_INT(c->name_count, m->reading.people.name_count);
    for (size_t i = 1; i < c->name_count; i++)
        CHECK(c->names[i - 1].span.begin < c->names[i].span.begin);
    CHECK_INT(c->time_count, 2);
    CHECK_STR(c->times[0].value, "2021-06");
    CHECK(c->times[1].value.ptr == NULL);
    CHECK_INT(c->quote_count, 2);
    const sofar_quote *q = &c->quotes[0];
    CHECK_INT(q->span_count, 2);
    CHECK_STR(sf_span_of(c->clipping.text, q->spans[1]), "a long summer.");
    CHECK_INT(q->speaker, 0);
    CHECK_INT(q->to, 1);
    CHECK_STR(q->via, "Instagram");
    CHECK_STR(q->when, "2021-10");
    CHECK_STR(sf_span_of(c->clipping.text, q->speaker_span), "Ana Ruiz");
    CHECK_INT(q->cue.begin, 14);
    CHECK_INT(c->quotes[1].speaker, SOFAR_NOBODY);
    CHECK_INT(c->quotes[1].kind, SOFAR_MIXED);
    if (CHECK_INT(c->fact_count, 1)) {
        CHECK_STR(c->facts->type, "plays");
        CHECK_INT(c->facts->status, SOFAR_RUMOURED);
        CHECK(c->facts->when.ptr == NULL && c->facts->by == SOFAR_NOBODY);
        CHECK_INT(c->facts->role_count, 3);
        CHECK_INT(c->facts->roles[1].subject, 1);
        CHECK_STR(c->facts->roles[2].value, "Mira");
        CHECK_INT(c->facts->receipt_count, 1);
        CHECK_INT(c->facts->receipts->end, 9);
    }
    sf_str original;
    char absent[65];
    sofar_error err;
    sf_sha256_hex(SF_STR("other"), absent);
    CHECK(sf_store_original(store, arena, c->clipping.sha256, &original, &err) == SOFAR_OK &&
          sf_str_equal(original, m->page.bytes));
    CHECK(sf_store_original(store, arena, absent, &original, &err) == SOFAR_ERR_STORE);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
    CHECK_INT(number("round", "SELECT count(*) FROM quotes_with_sources WHERE speaker "
                              "= 'Ana Ruiz' AND quote = 'It was, ... a long summer.'"),
              1);
    CHECK_INT(number("round",
                     "SELECT count(*) FROM facts_with_sources WHERE type = 'plays' AND value IN "
                     "('Ana Ruiz', 'Low Tide', 'Mira')"),
              3);
    CHECK_INT(number("round", "SELECT count(*) FROM times_with_sources WHERE exact = 'June 2021'"),
              1);
    CHECK_INT(number("round", "SELECT count(*) FROM names_with_sources WHERE exact = 'Mira'"), 1);
}

/* What makes a page another page, and what does not. */
static void test_identity(sf_arena *arena) {
    sf_store *store = open_store("identity");
    const char *text = "Low Tide was announced.";
    made *first = made_page(arena, "b.html", "https://post.example/b", NULL, text);
    CHECK(put(store, first));
    CHECK(!put(store, first));
    CHECK(!put(store, made_page(arena, "z.html", "https://post.example/b", NULL, text)));
    CHECK_INT(found(store, arena, "Low Tide", NULL), 1);
    CHECK(put(store, made_page(arena, "b.html", "https://wire.example/b", NULL, text)));
    CHECK(put(store, made_page(arena, "b.html", "https://post.example/b", NULL,
                               "Low Tide was announced again.")));
    CHECK(put(store, made_page(arena, "b.html", NULL, NULL, text)));
    CHECK(!put(store, made_page(arena, "./b.html", NULL, NULL, text)));
    CHECK_INT(found(store, arena, "Low Tide", NULL), 4);
    /* two entries of a feed that say the same under two headlines */
    made *entry = made_page(arena, "feed.xml", NULL, NULL, text);
    entry->page.title = SF_STR("One");
    CHECK(put(store, entry));
    entry->page.title = SF_STR("Two");
    CHECK(put(store, entry));
    entry->page.updated = SF_STR("2021-01-01"); /* a feed that touches its entries */
    CHECK(!put(store, entry));
    CHECK_INT(found(store, arena, "Low Tide", NULL), 6);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
    CHECK_INT(number("identity", "SELECT count(*) FROM originals"), 2);
    CHECK_INT(number("identity", "SELECT count(*) FROM versions WHERE version = 2"), 1);
}

/* The user's day is a decision; the first file name in byte order stands. */
static void test_forms_of_one_capture(sf_arena *arena) {
    sf_store *store = open_store("forms");
    const char *text = "Low Tide wraps.";
    made *plain = made_page(arena, "b.txt", NULL, NULL, text);
    made *dated = made_page(arena, "b.txt", NULL, "2021-03-04", text);
    dated->reading.clipping.published_from = SOFAR_FROM_GIVEN;
    made_subject(dated, "Low Tide", SOFAR_WORK, NULL);
    made_quote(dated, "wraps", NULL, "Low Tide");
    CHECK(put(store, plain));
    CHECK(put(store, dated));
    CHECK(!put(store, plain));
    CHECK(!put(store, dated));
    size_t count;
    sf_capture *c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_INT(count, 1);
    CHECK_STR(c->clipping.published, "2021-03-04");
    CHECK_INT(c->quote_count, 1);
    dated->reading.clipping.published = SF_STR("2021-04-03");
    CHECK(put(store, dated));
    CHECK(!put(store, made_page(arena, "a.txt", NULL, NULL, text)));
    c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_INT(count, 1);
    CHECK_STR(c->clipping.published, "2021-04-03");
    dated->reading.clipping.file = SF_STR("0.txt");
    CHECK(!put(store, dated));
    c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_STR(c->clipping.file, "0.txt");
    CHECK_INT(c->quote_count, 1);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
    CHECK_INT(number("forms", "SELECT count(*) FROM quotes"), 1);
    CHECK_INT(number("forms", "SELECT count(*) FROM quote_spans"), 1);
    CHECK_INT(number("forms", "SELECT count(*) FROM names"), 1);
}

static void test_find(sf_arena *arena) {
    sf_store *store = open_store("find");
    put(store, made_page(arena, "d", NULL, NULL, "Undated: José said \"no\"."));
    put(store, made_page(arena, "m", NULL, "2021-06", "Month: JOSE was there."));
    put(store, made_page(arena, "y", NULL, "2021", "Year: Jose again."));
    put(store, made_page(arena, "t", NULL, "2021-06-30", "Day. Jose too, but no other."));
    put(store, made_page(arena, "o", NULL, "2020-01-01", "The Joses are others."));
    made *titled = made_page(arena, "h", NULL, "2022-01-01", "Nothing.");
    titled->reading.clipping.title = SF_STR("Jose wins");
    put(store, titled);
    size_t count;
    sf_capture *c = find(store, arena, "jose", NULL, &count);
    CHECK_INT(count, 5);
    const char *order[] = {"y", "m", "t", "h", "d"};
    for (size_t i = 0; i < count && i < SF_LEN(order); i++)
        CHECK_STR(c[i].clipping.file, order[i]);
    CHECK_INT(found(store, arena, "José", "2021-06-29"), 0);
    CHECK_INT(found(store, arena, "José", "2021-06"), 2);
    CHECK_INT(found(store, arena, "José", "2021"), 3);
    CHECK_INT(found(store, arena, "José", "2021-12-31"), 3 - 1);
    CHECK_INT(found(store, arena, "José", "2022"), 4);
    CHECK_INT(found(store, arena, "jose too", NULL), 1);
    CHECK_INT(found(store, arena, "too jose", NULL), 0);
    /* what FTS5 would take for syntax */
    const char *odd[] = {"\"", "\"\"",       "*",           "jose*", "NEAR(",      "title:jose",
                         "(",  "jose OR no", "said \"no\"", "",      "' OR 1=1 --"};
    for (size_t i = 0; i < SF_LEN(odd); i++)
        CHECK_INT(found(store, arena, odd[i], NULL), strcmp(odd[i], "said \"no\"") == 0 ? 1
                                                     : strcmp(odd[i], "jose*") == 0     ? 5
                                                                                        : 0);
    sf_store_close(store);
}

typedef struct heard {
    size_t names, renamings;
    sf_str last;
} heard;

static void hear(void *ctx, sf_str key, bool renaming) {
    heard *h = ctx;
    *(renaming ? &h->renamings : &h->names) += 1;
    memcpy((char *)h->last.ptr, key.ptr, key.len);
    h->last.len = key.len;
}

/* A capture that comes without its page is the one that it was. */
static void test_carried(sf_arena *arena) {
    sf_store *from = open_store("from"), *to = open_store("to");
    made *m = made_sample(arena);
    sofar_error err = {0};
    sf_carried c;
    bool added = false;
    size_t count, before;
    CHECK(put(from, m));
    CHECK_INT(sf_store_carry(arena, &m->reading, &m->page, &c, &err), SOFAR_OK);
    CHECK_INT(sf_store_add_carried(to, &c, &added, &err), SOFAR_OK);
    CHECK(added);
    CHECK_INT(sf_store_add_carried(to, &c, &added, &err), SOFAR_OK);
    CHECK(!added);
    sf_capture *was = find(from, arena, "ana ruiz", NULL, &before);
    sf_capture *is = find(to, arena, "ana ruiz", NULL, &count);
    if (!CHECK_INT(count, 1) || !CHECK_INT(before, 1))
        return;
    CHECK(sf_str_equal(is->identity, was->identity));
    CHECK(sf_str_equal(is->clipping.text, was->clipping.text));
    CHECK(strcmp(is->clipping.sha256, was->clipping.sha256) == 0);
    sofar_reading a = sf_store_reading_of(was), b = sf_store_reading_of(is);
    CHECK(sf_str_equal(sf_gist_pack(arena, &a, &was->gist), sf_gist_pack(arena, &b, &is->gist)));
    /* Of another name of the file the first stays; a page that comes itself is known. */
    c.clipping.file = SF_STR("0.html");
    CHECK_INT(sf_store_add_carried(to, &c, &added, &err), SOFAR_OK);
    CHECK(!added && !put(to, m));
    CHECK_STR(find(to, arena, "ana ruiz", NULL, &count)->clipping.file, "0.html");
    sf_carried odd[4] = {c, c, c, c};
    odd[0].gist = sf_str_sub(c.gist, 0, c.gist.len - 1);
    odd[1].clipping.text = SF_STR("short");
    odd[2].identity = SF_STR("short");
    odd[3].clipping.text = SF_STR("\xff");
    for (size_t i = 0; i < SF_LEN(odd); i++)
        CHECK_INT(sf_store_add_carried(to, &odd[i], &added, &err), SOFAR_ERR_FORMAT);
    sf_store *bare = open_store("bare"); /* without rows it gives the same */
    sf_told *told;
    CHECK_INT(sf_store_carry(arena, &m->reading, &m->page, &c, &err), SOFAR_OK);
    c.bare = true;
    CHECK_INT(sf_store_add_carried(bare, &c, &added, &err), SOFAR_OK);
    is = find(bare, arena, "ana ruiz", NULL, &count);
    if (!CHECK_INT(count, 1))
        return;
    b = sf_store_reading_of(is);
    CHECK(sf_str_equal(sf_gist_pack(arena, &a, &was->gist), sf_gist_pack(arena, &b, &is->gist)));
    CHECK(sf_store_told(bare, arena, &told, &count, &err) == SOFAR_OK && count == 0);
    sf_store_close(bare);
    char key[SF_KEY_LENGTH];
    heard h = {.last = {key, 0}};
    sf_store_listen(to, hear, &h);
    find(to, arena, "Ana Ruiz", NULL, &count);
    CHECK(h.names == 1 && h.renamings == 0);
    CHECK(sf_str_equal(h.last, sf_gist_key(arena, SF_STR("ana ruiz"))));
    const sf_str work = SF_STR("Low Tide");
    sf_store_find_renamings(to, arena, &work, 1, &is, &count, &err);
    CHECK(h.names == 1 && h.renamings == 1);
    CHECK(sf_str_equal(h.last, sf_gist_renaming_key(arena, work)));
    sf_store_listen(to, NULL, NULL);
    find(to, arena, "Ana Ruiz", NULL, &count);
    CHECK_INT(h.names, 1);
    sf_store_close(from);
    sf_store_close(to);
}

static void test_near(sf_arena *arena) {
    sf_store *store = open_store("near");
    made *m = made_page(arena, "a", NULL, NULL, "Ana Ruiz plays Mira in Low Tide.");
    made_subject(m, "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    put(store, m);
    sf_str *names;
    size_t count;
    sofar_error err;
    CHECK(!sf_store_near(store, arena, SF_STR("Anna Ruis"), 3, &names, &count, &err) &&
          CHECK_INT(count, 1) && sf_str_equal(names[0], SF_STR("Ana Ruiz")));
    CHECK(!sf_store_near(store, arena, SF_STR("Lowtide Band"), 3, &names, &count, &err) &&
          CHECK_INT(count, 0));
    CHECK(!sf_store_near(store, arena, SF_STR("\" \x80*"), 3, &names, &count, &err) && count == 0);
    sf_store_close(store);
}

/* ---- batches ---- */

static void test_batch(sf_arena *arena) {
    sofar_error err;
    bool added;
    sf_store *store = open_store("batch");
    CHECK(sf_store_commit(store, &err) == SOFAR_ERR_USAGE);
    CHECK(!sf_store_begin(store, &err));
    CHECK(sf_store_begin(store, &err) == SOFAR_ERR_USAGE);
    CHECK(put(store, made_page(arena, "a", NULL, NULL, "One page.")));
    CHECK(!put(store, made_page(arena, "a", NULL, NULL, "One page.")));
    CHECK(!sf_store_commit(store, &err));
    CHECK(!sf_store_begin(store, &err));
    CHECK(put(store, made_page(arena, "b", NULL, NULL, "Another page.")));
    sf_store_close(store); /* as if killed */
    store = open_again("batch");
    size_t kept = found(store, arena, "page", NULL); /* SQLite forgets all of a batch */
    CHECK(kept == 1 || (server() && kept == 2));
    put(store, made_page(arena, "b", NULL, NULL, "Another page."));
    CHECK_INT(found(store, arena, "page", NULL), 2);
    /* one page of a batch fails, the others stay */
    CHECK(!sf_store_begin(store, &err));
    put(store, made_page(arena, "c", NULL, NULL, "Third page."));
    made *bad = made_page(arena, "d", NULL, NULL, "Fourth page of nobody.");
    bad->reading.people.name_count = 1; /* a mention of a subject that is not there */
    bad->reading.people.names = SF_NEW(arena, sofar_name);
    bad->reading.people.names[0] = (sofar_name){{0, 6}, 77, SOFAR_NAME};
    CHECK(sf_store_add(store, &bad->reading, &bad->page, &added, &err) == SOFAR_ERR_STORE);
    put(store, made_page(arena, "e", NULL, NULL, "Fifth page."));
    CHECK(!sf_store_commit(store, &err));
    CHECK_INT(found(store, arena, "page", NULL), 4);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
}

/* A reader learns that another handle has written: pages, and decisions. */
static void test_seen(sf_arena *arena) {
    sofar_error err;
    sf_store *writer = open_store("seen"), *reader = NULL;
    uint64_t first = 0, second = 0, third = 0, again = 0;
    size_t added;
    sf_decision_row row = {SF_STR("0123456789abcdef"), SF_STR("2021-10-15T09:30:00.000Z"),
                           SF_STR("mq"), SF_STR("{}")};
    CHECK(!sf_store_open(store_at("seen"), SF_STORE_READ, &reader, &err));
    CHECK(!sf_store_seen(reader, &first, &err));
    CHECK(put(writer, made_page(arena, "a", NULL, NULL, "Low Tide was announced.")));
    CHECK(!sf_store_seen(reader, &second, &err) && second != first);
    CHECK_INT(found(reader, arena, "Low Tide", NULL), 1);
    CHECK(!sf_store_decide(writer, &row, 1, SF_ANY_LOG, &added, &err));
    CHECK(!sf_store_seen(reader, &third, &err) && third != second);
    CHECK(!sf_store_seen(reader, &again, &err));
    CHECK(again == third || server()); /* there somebody else may have done something */
    sf_store_close(reader);
    sf_store_close(writer);
}

/* Rows changed by another tool: the doctor sees it in what matters. */
static void test_doctor(sf_arena *arena) {
    static const struct {
        const char *harm;
        size_t least;
    } harms[] = {
        {"UPDATE blocks SET span_end = span_end + 1 WHERE id % 16777216 = 1", 1},
        {"UPDATE names SET span_begin = 1, span_end = 4 WHERE id % 16777216 = 1", 1},
        {"UPDATE times SET span_end = 1000000 WHERE id % 16777216 = 1", 1},
        {"UPDATE times SET span_begin = -5 WHERE id % 16777216 = 1", 1},
        {"UPDATE times SET type = 'NEVER' WHERE id % 16777216 = 1", 1},
        {"UPDATE quotes SET text = 'made up' WHERE id % 16777216 = 1", 1},
        {"UPDATE quote_spans SET span_begin = 0 WHERE id % 16777216 = 2", 1},
        {"DELETE FROM quote_spans WHERE quote_id % 16777216 = 1", 1},
        {"UPDATE receipts SET span_begin = 1", 1},
        {"UPDATE facts SET status = 'true'", 1},
        {"UPDATE originals SET length = length + 1", 1},
    };
    for (size_t i = 0; i < SF_LEN(harms); i++) {
        sf_store *store = open_store("harm");
        put(store, made_sample(arena));
        CHECK_INT(faults_of(store), 0);
        sf_store_close(store);
        execute("harm", harms[i].harm);
        store = open_again("harm");
        size_t faults = faults_of(store);
        if (!CHECK(harms[i].least ? faults >= harms[i].least : faults == 0))
            printf("# %s\n", harms[i].harm);
        sf_store_close(store);
    }
}

/* ---- reading kept pages again ---- */

static const sf_maker first_maker = {"1", "model", "beats"}, second_maker = {"1", "model", "more"};

/* Reads again up to `most` pages by a maker: each gets the title "again". */
static size_t read_again(sf_store *store, sf_arena *arena, const sf_maker *maker, bool all,
                         size_t most) {
    sf_again again;
    sofar_error err;
    sofar_page page;
    int64_t capture;
    size_t count = 0;
    CHECK(!sf_store_again(store, maker, all, &again, &err));
    size_t total = again.total;
    while (count < most && !sf_store_again_next(store, arena, &again, &page, &capture, &err)) {
        made *m = made_page(arena, page.file.ptr, page.url.ptr, page.date.ptr, page.bytes.ptr);
        if (page.date.ptr)
            m->reading.clipping.published_from = SOFAR_FROM_GIVEN;
        m->page = page;
        m->reading.maker = maker;
        m->reading.clipping.title = SF_STR("again");
        made_subject(m, "Low Tide", SOFAR_WORK, NULL);
        CHECK(!sf_store_again_put(store, &again, capture, &m->reading, &m->page, &err));
        count++;
    }
    if (count < most)
        CHECK(!sf_store_again_end(store, &again, &err));
    return total;
}

static made *first_reading(sf_arena *arena, const char *file, const char *text) {
    made *m = made_page(arena, file, "https://post.example/1", "2021-03-04", text);
    m->reading.maker = &first_maker;
    m->reading.clipping.published_from = SOFAR_FROM_GIVEN;
    m->page.date = SF_STR("2021-03-04");
    m->page.title = SF_STR("Said by a feed");
    m->page.byline = SF_STR("J. Writer");
    m->page.outlet = SF_STR("The Post");
    m->page.published = SF_STR("2021-03-05");
    m->page.updated = SF_STR("2021-03-06");
    m->page.content_type = SF_STR("text/plain");
    m->page.captured = SF_STR("2021-04-01T00:00:00Z");
    return m;
}

static void test_again(sf_arena *arena) {
    const char *texts[] = {"Low Tide one.", "Low Tide two.", "Low Tide three."};
    sf_store *store = open_store("again");
    sf_again again;
    sofar_page page;
    sofar_error err;
    int64_t capture;
    size_t count;
    for (size_t i = 0; i < SF_LEN(texts); i++)
        put(store, first_reading(arena, "feed.xml", texts[i]));
    CHECK_INT(read_again(store, arena, &first_maker, false, 9), 0);
    CHECK(!sf_store_again(store, &second_maker, false, &again, &err));
    CHECK(!sf_store_again_next(store, arena, &again, &page, &capture, &err));
    const sofar_page *was = &first_reading(arena, "feed.xml", texts[0])->page;
    const sf_str pairs[][2] = {{page.bytes, was->bytes},
                               {page.file, was->file},
                               {page.url, was->url},
                               {page.date, was->date},
                               {page.title, was->title},
                               {page.byline, was->byline},
                               {page.outlet, was->outlet},
                               {page.published, was->published},
                               {page.updated, was->updated},
                               {page.captured, was->captured},
                               {page.content_type, was->content_type}};
    for (size_t i = 0; i < SF_LEN(pairs); i++)
        CHECK(sf_str_equal(pairs[i][0], pairs[i][1]));
    CHECK_INT(read_again(store, arena, &second_maker, false, 1), 3); /* and then killed */
    sf_store_close(store);
    store = open_again("again");
    CHECK_INT(read_again(store, arena, &second_maker, false, 9), 2);
    CHECK_INT(read_again(store, arena, &second_maker, false, 9), 0);
    CHECK_INT(read_again(store, arena, &second_maker, true, 1), 3);
    CHECK_INT(read_again(store, arena, &second_maker, true, 1), 2); /* goes on */
    CHECK_INT(read_again(store, arena, &first_maker, true, 1), 3);  /* by another: from the start */
    CHECK_INT(read_again(store, arena, &first_maker, true, 9), 2);
    CHECK_INT(read_again(store, arena, &first_maker, true, 9), 3); /* that one was done */
    sf_capture *c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_INT(count, 3);
    for (size_t i = 0; i < count; i++) {
        CHECK_STR(c[i].clipping.title, "again");
        CHECK_STR(c[i].clipping.published, "2021-03-04");
        CHECK_INT(c[i].subject_count, 1);
    }
    CHECK(!put(store, first_reading(arena, "feed.xml", texts[1]))); /* still the same page */
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
    CHECK_INT(number("again", "SELECT count(*) FROM subjects"), 3);
    CHECK_INT(number("again", "SELECT count(*) FROM originals"), 3);
}

/* A better reader finds one address for two captures: they are one, in the place of the first. */
static void test_again_made_one(sf_arena *arena) {
    sf_store *store = open_store("one");
    sf_again again;
    sofar_page page;
    sofar_error err;
    int64_t capture;
    size_t count = 0;
    for (int i = 0; i < 2; i++) {
        made *m = made_page(arena, i ? "b" : "a", i ? "https://post.example/2?from=mail" : NULL,
                            NULL, "Low Tide wraps.");
        made_subject(m, "Low Tide", SOFAR_WORK, NULL);
        put(store, m);
    }
    CHECK(!sf_store_again(store, &second_maker, false, &again, &err));
    while (!sf_store_again_next(store, arena, &again, &page, &capture, &err)) {
        made *m = made_page(arena, page.file.ptr, "https://post.example/2", NULL, page.bytes.ptr);
        made_subject(m, "Low Tide", SOFAR_WORK, NULL);
        m->reading.maker = &second_maker;
        CHECK(!sf_store_again_put(store, &again, capture, &m->reading, &m->page, &err));
        count++;
    }
    CHECK_INT(count, 2);
    sf_capture *c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_INT(count, 1);
    CHECK_STR(c->clipping.file, "a");
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
    CHECK_INT(number("one", "SELECT count(*) FROM subjects"), 1);
}

/* ---- memory ---- */

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
    sf_store *store = open_store("memory");
    for (int i = 0; i < 40; i++) {
        char *text = sf_alloc(arena, 9000);
        memset(text, 'x', 8999);
        memcpy(text, "Ruiz ", 5);
        text[5] = (char)('a' + i % 26), text[6] = (char)('a' + i / 26);
        put(store, made_page(arena, "a", NULL, NULL, text));
    }
    sofar_status status = SOFAR_ERR_MEMORY;
    int failures = 0, left;
    for (int allowed = 0; status == SOFAR_ERR_MEMORY && allowed < 10000; allowed++) {
        sf_arena small;
        sf_capture *captures = NULL;
        size_t count = 0;
        sofar_error err;
        left = allowed;
        sofar_allocator memory = {scarce, &left};
        jmp_buf escape;
        sf_arena_init(&small, &memory, &escape);
        status = sf_store_find(store, &small, &(sf_str){"Ruiz", 4}, 1, (sf_date){0}, &captures,
                               &count, &err);
        failures += status == SOFAR_ERR_MEMORY;
        if (status && status != SOFAR_ERR_MEMORY)
            printf("# %s\n", err.msg);
        CHECK(small.escape == &escape && (status != SOFAR_OK || count == 40));
        sf_arena_clear(&small);
    }
    CHECK_INT(status, SOFAR_OK);
    CHECK(failures >= 1);
    CHECK(put(store, made_sample(arena))); /* no transaction was left open */
    sf_store_close(store);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_round_trip(&arena);
    test_identity(&arena);
    test_forms_of_one_capture(&arena);
    test_find(&arena);
    test_carried(&arena);
    test_near(&arena);
    test_batch(&arena);
    test_seen(&arena);
    test_doctor(&arena);
    test_again(&arena);
    test_again_made_one(&arena);
    test_out_of_memory(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
