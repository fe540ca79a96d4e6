/* The store: what goes in comes out, once, and whatever lies at its path gets a clear answer. */
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "made.h"
#include "store/store.h"

static char folder[256];

static const char *path_of(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const void *bytes, size_t len) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f))
        printf("Bail out! %s cannot be written\n", path), exit(1);
}

static void execute(const char *path, const char *sql) {
    sqlite3 *db;
    if (sqlite3_open(path, &db) || sqlite3_exec(db, sql, NULL, NULL, NULL))
        printf("Bail out! %s: %s\n", sql, sqlite3_errmsg(db)), exit(1);
    sqlite3_close(db);
}

static int64_t number(const char *path, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *s;
    int64_t value = -1;
    if (!sqlite3_open(path, &db) && !sqlite3_prepare_v2(db, sql, -1, &s, NULL)) {
        if (sqlite3_step(s) == SQLITE_ROW)
            value = sqlite3_column_int64(s, 0);
        sqlite3_finalize(s);
    }
    sqlite3_close(db);
    return value;
}

static sf_store *open_new(const char *name) {
    sofar_error err;
    sf_store *store = NULL;
    if (sf_store_open(path_of(name), SF_STORE_WRITE, &store, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return store;
}

static bool add(sf_store *store, const made *m) {
    bool added = false;
    sofar_error err = {0};
    if (sf_store_add(store, &m->reading, &m->page, &added, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return added;
}

static sf_capture *find(sf_store *store, sf_arena *arena, const char *name, const char *as_of,
                        size_t *count) {
    sofar_error err = {0};
    sf_capture *found = NULL;
    sf_date bound = {0};
    if (as_of)
        sf_date_parse(sf_str_of(as_of), &bound);
    sf_str wanted = sf_str_of(name);
    if (sf_store_find(store, arena, &wanted, 1, bound, &found, count, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return found;
}

static size_t found(sf_store *store, sf_arena *arena, const char *name, const char *as_of) {
    size_t count;
    find(store, arena, name, as_of, &count);
    return count;
}

static void print_finding(void *ctx, const char *line) { (void)ctx, printf("# %s\n", line); }

static size_t faults_of(sf_store *store) {
    size_t faults = 0;
    sofar_error err = {0};
    CHECK(sf_store_check(store, print_finding, NULL, &faults, &err) == SOFAR_OK);
    return faults;
}

static made *sample(sf_arena *arena) {
    made *m = made_page(arena, "a.html", "https://post.example/a", "2021-10-15",
                        "“It was,” said Ana Ruiz, “a long summer.” Filming ended in June 2021.\n\n"
                        "Ruiz — “the star” — plays Mira in Low Tide.");
    static sf_str writers[] = {{"J. Writer", 9}, {"K. Other", 8}};
    static sf_str notes[] = {{"odd", 3}};
    m->reading.clipping.byline = writers, m->reading.clipping.byline_count = 2;
    m->reading.clipping.notes = notes, m->reading.clipping.note_count = 1;
    m->reading.clipping.updated = SF_STR("2021-10-16");
    m->reading.clipping.lang = SF_STR("en");
    made_subject(m, "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, "Mira");
    sofar_quote *q = made_quote(m, "It was,", "a long summer.", "Ana Ruiz");
    q->via = SF_STR("Instagram"), q->when = SF_STR("2021-10"), q->to = 1;
    q->cue = (sf_span){14, 18};
    made_quote(m, "the star", NULL, NULL)->kind = SOFAR_MIXED;
    made_time(m, "June 2021", "2021-06");
    made_time(m, "summer", NULL);
    static sofar_role roles[] = {{{"who", 3}, 0, {NULL, 0}},
                                 {{"work", 4}, 1, {NULL, 0}},
                                 {{"as", 2}, SOFAR_NOBODY, {"Mira", 4}}};
    static sofar_span receipt = {3, 9};
    static sofar_fact fact = {.type = {"plays", 5},
                              .roles = roles,
                              .role_count = 3,
                              .status = SOFAR_RUMOURED,
                              .by = SOFAR_NOBODY,
                              .receipts = &receipt,
                              .receipt_count = 1};
    m->reading.facts = (sf_facts){&fact, 1};
    return m;
}

static void test_round_trip(sf_arena *arena) {
    sf_store *store = open_new("round.db");
    made *m = sample(arena);
    m->page.captured = SF_STR("2021-11-01T10:00:00Z");
    CHECK(sf_reading_check(&m->reading, m->page.bytes) == NULL);
    CHECK(add(store, m));
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
    CHECK_INT(number(path_of("round.db"), "SELECT count(*) FROM quotes_with_sources WHERE speaker "
                                          "= 'Ana Ruiz' AND quote = 'It was, ... a long summer.'"),
              1);
    CHECK_INT(number(path_of("round.db"),
                     "SELECT count(*) FROM facts_with_sources WHERE type = 'plays' AND value IN "
                     "('Ana Ruiz', 'Low Tide', 'Mira')"),
              3);
    CHECK_INT(number(path_of("round.db"),
                     "SELECT count(*) FROM times_with_sources WHERE exact = 'June 2021'"),
              1);
    CHECK_INT(
        number(path_of("round.db"), "SELECT count(*) FROM names_with_sources WHERE exact = 'Mira'"),
        1);
}

/* What makes a page another page, and what does not. */
static void test_identity(sf_arena *arena) {
    sf_store *store = open_new("identity.db");
    const char *text = "Low Tide was announced.";
    made *first = made_page(arena, "b.html", "https://post.example/b", NULL, text);
    CHECK(add(store, first));
    CHECK(!add(store, first));
    CHECK(!add(store, made_page(arena, "z.html", "https://post.example/b", NULL, text)));
    CHECK_INT(found(store, arena, "Low Tide", NULL), 1);
    CHECK(add(store, made_page(arena, "b.html", "https://wire.example/b", NULL, text)));
    CHECK(add(store, made_page(arena, "b.html", "https://post.example/b", NULL,
                               "Low Tide was announced again.")));
    CHECK(add(store, made_page(arena, "b.html", NULL, NULL, text)));
    CHECK(!add(store, made_page(arena, "./b.html", NULL, NULL, text)));
    CHECK_INT(found(store, arena, "Low Tide", NULL), 4);
    /* two entries of a feed that say the same under two headlines */
    made *entry = made_page(arena, "feed.xml", NULL, NULL, text);
    entry->page.title = SF_STR("One");
    CHECK(add(store, entry));
    entry->page.title = SF_STR("Two");
    CHECK(add(store, entry));
    entry->page.updated = SF_STR("2021-01-01"); /* a feed that touches its entries */
    CHECK(!add(store, entry));
    CHECK_INT(found(store, arena, "Low Tide", NULL), 6);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
    CHECK_INT(number(path_of("identity.db"), "SELECT count(*) FROM originals"), 2);
    CHECK_INT(number(path_of("identity.db"), "SELECT count(*) FROM versions WHERE version = 2"), 1);
}

/* The user's day is a decision; the first file name in byte order stands. */
static void test_forms_of_one_capture(sf_arena *arena) {
    sf_store *store = open_new("forms.db");
    const char *text = "Low Tide wraps.";
    made *plain = made_page(arena, "b.txt", NULL, NULL, text);
    made *dated = made_page(arena, "b.txt", NULL, "2021-03-04", text);
    dated->reading.clipping.published_from = SOFAR_FROM_GIVEN;
    made_subject(dated, "Low Tide", SOFAR_WORK, NULL);
    made_quote(dated, "wraps", NULL, "Low Tide");
    CHECK(add(store, plain));
    CHECK(add(store, dated));
    CHECK(!add(store, plain));
    CHECK(!add(store, dated));
    size_t count;
    sf_capture *c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_INT(count, 1);
    CHECK_STR(c->clipping.published, "2021-03-04");
    CHECK_INT(c->quote_count, 1);
    dated->reading.clipping.published = SF_STR("2021-04-03");
    CHECK(add(store, dated));
    CHECK(!add(store, made_page(arena, "a.txt", NULL, NULL, text)));
    c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_INT(count, 1);
    CHECK_STR(c->clipping.published, "2021-04-03");
    dated->reading.clipping.file = SF_STR("0.txt");
    CHECK(!add(store, dated));
    c = find(store, arena, "Low Tide", NULL, &count);
    CHECK_STR(c->clipping.file, "0.txt");
    CHECK_INT(c->quote_count, 1);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
    CHECK_INT(number(path_of("forms.db"), "SELECT count(*) FROM quotes"), 1);
    CHECK_INT(number(path_of("forms.db"), "SELECT count(*) FROM quote_spans"), 1);
    CHECK_INT(number(path_of("forms.db"), "SELECT count(*) FROM names"), 1);
}

static void test_find(sf_arena *arena) {
    sf_store *store = open_new("find.db");
    add(store, made_page(arena, "d", NULL, NULL, "Undated: José said \"no\"."));
    add(store, made_page(arena, "m", NULL, "2021-06", "Month: JOSE was there."));
    add(store, made_page(arena, "y", NULL, "2021", "Year: Jose again."));
    add(store, made_page(arena, "t", NULL, "2021-06-30", "Day. Jose too, but no other."));
    add(store, made_page(arena, "o", NULL, "2020-01-01", "The Joses are others."));
    made *titled = made_page(arena, "h", NULL, "2022-01-01", "Nothing.");
    titled->reading.clipping.title = SF_STR("Jose wins");
    add(store, titled);
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

static void test_near(sf_arena *arena) {
    sf_store *store = open_new("near.db");
    made *m = made_page(arena, "a", NULL, NULL, "Ana Ruiz plays Mira in Low Tide.");
    made_subject(m, "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    add(store, m);
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
    sf_store *store = open_new("batch.db");
    CHECK(sf_store_commit(store, &err) == SOFAR_ERR_USAGE);
    CHECK(!sf_store_begin(store, &err));
    CHECK(sf_store_begin(store, &err) == SOFAR_ERR_USAGE);
    CHECK(add(store, made_page(arena, "a", NULL, NULL, "One page.")));
    CHECK(!add(store, made_page(arena, "a", NULL, NULL, "One page.")));
    CHECK(!sf_store_commit(store, &err));
    CHECK(!sf_store_begin(store, &err));
    CHECK(add(store, made_page(arena, "b", NULL, NULL, "Another page.")));
    sf_store_close(store); /* as if killed */
    store = open_new("batch.db");
    CHECK_INT(found(store, arena, "page", NULL), 1);
    /* one page of a batch fails, the others stay */
    CHECK(!sf_store_begin(store, &err));
    add(store, made_page(arena, "c", NULL, NULL, "Third page."));
    made *bad = made_page(arena, "d", NULL, NULL, "Fourth page of nobody.");
    bad->reading.people.name_count = 1; /* a mention of a subject that is not there */
    bad->reading.people.names = SF_NEW(arena, sofar_name);
    bad->reading.people.names[0] = (sofar_name){{0, 6}, 77, SOFAR_NAME};
    CHECK(sf_store_add(store, &bad->reading, &bad->page, &added, &err) == SOFAR_ERR_STORE);
    add(store, made_page(arena, "e", NULL, NULL, "Fifth page."));
    CHECK(!sf_store_commit(store, &err));
    CHECK_INT(found(store, arena, "page", NULL), 3);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
}

/* ---- a full disk, simulated by a bound on the pages of the file ---- */

static void test_full(sf_arena *arena) {
    sofar_error err = {0};
    sf_store *store = open_new("full.db");
    add(store, made_page(arena, "a", NULL, NULL, "The first page fits."));
    CHECK(!sf_store_limit(store, 64));
    size_t len = 1 << 20;
    char *noise = sf_alloc(arena, len + 1);
    uint32_t seed = 7;
    for (size_t i = 0; i < len; i++)
        noise[i] =
            "abcdefghijklmnopqrstuvwxyz     0123456789"[(seed = seed * 1664525 + 1013904223) >> 24 &
                                                        31];
    bool added = false;
    made *large = made_page(arena, "b", NULL, NULL, noise);
    CHECK(sf_store_add(store, &large->reading, &large->page, &added, &err) == SOFAR_ERR_STORE);
    CHECK(strstr(err.msg, "disk is full") && strstr(err.msg, "full.db"));
    CHECK(!added);
    CHECK(!sf_store_begin(store, &err));
    CHECK(sf_store_add(store, &large->reading, &large->page, &added, &err) == SOFAR_ERR_STORE);
    sf_store_commit(store, &err);
    CHECK_INT(found(store, arena, "page", NULL), 1);
    CHECK(!sf_store_limit(store, 1 << 30));
    CHECK(add(store, large));
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
}

/* ---- what may lie at the path ---- */

static void refuse(const char *path, sf_store_mode mode, sofar_status wanted, const char *words) {
    sf_store *store = NULL;
    sofar_error err = {0};
    sofar_status got = sf_store_open(path, mode, &store, &err);
    CHECK_INT(got, wanted);
    CHECK(store == NULL);
    if (!CHECK(strstr(err.msg, words) && strstr(err.msg, path)))
        printf("# %s\n", err.msg);
    sf_store_close(store);
}

static void test_strange_files(sf_arena *arena) {
    refuse(path_of("absent.db"), SF_STORE_READ, SOFAR_ERR_STORE, "there is no store");
    CHECK(access(path_of("absent.db"), F_OK) != 0);
    refuse(folder, SF_STORE_READ, SOFAR_ERR_STORE, "is a folder");
    refuse(folder, SF_STORE_WRITE, SOFAR_ERR_STORE, "is a folder");
    refuse(path_of("no/such/folder.db"), SF_STORE_WRITE, SOFAR_ERR_STORE, "No such file");

    char garbage[8192];
    for (size_t i = 0; i < sizeof garbage; i++)
        garbage[i] = (char)(i * 2654435761u >> 13);
    const char *path = path_of("garbage.db");
    write_file(path, garbage, sizeof garbage);
    refuse(path, SF_STORE_READ, SOFAR_ERR_STORE, "not an SQLite file");
    refuse(path, SF_STORE_WRITE, SOFAR_ERR_STORE, "not an SQLite file");
    write_file(path, "", 0);
    refuse(path, SF_STORE_READ, SOFAR_ERR_STORE, "empty file");

    path = path_of("other.db");
    execute(path, "CREATE TABLE recipes (id INTEGER PRIMARY KEY)");
    refuse(path, SF_STORE_READ, SOFAR_ERR_STORE, "another program");
    refuse(path, SF_STORE_WRITE, SOFAR_ERR_STORE, "another program");
    CHECK_INT(number(path, "SELECT count(*) FROM sqlite_schema"), 1);

    sf_store *store = open_new("newer.db");
    add(store, sample(arena));
    sf_store_close(store);
    path = path_of("newer.db");
    execute(path, "PRAGMA user_version = 99");
    refuse(path, SF_STORE_READ, SOFAR_ERR_VERSION, "newer sofar");
    refuse(path, SF_STORE_WRITE, SOFAR_ERR_VERSION, "newer sofar");
}

/* A store in which a bit is not what it was: any answer but a crash or a lie. */
static void test_flipped_bits(sf_arena *arena) {
    static char bytes[1 << 20];
    FILE *f = fopen(path_of("whole.db"), "rb");
    size_t len = fread(bytes, 1, sizeof bytes, f), answered = 0, lies = 0;
    fclose(f);
    uint32_t seed = 99;
    for (int round = 0; round < 150; round++) {
        size_t at = (seed = seed * 1664525 + 1013904223) % len, count = 0, faults = 0;
        char bit = (char)(1 << (seed >> 29));
        sf_store *store;
        sofar_error err;
        sf_capture *captures;
        bytes[at] ^= bit;
        write_file(path_of("flip.db"), bytes, len);
        bytes[at] ^= bit;
        if (sf_store_open(path_of("flip.db"), SF_STORE_READ, &store, &err))
            continue;
        if (!sf_store_find(store, arena, &(sf_str){"Ruiz", 4}, 1, (sf_date){0}, &captures, &count,
                           &err))
            for (size_t i = 0; i < count; i++)
                for (size_t k = 0; k < captures[i].name_count; k++)
                    lies += captures[i].names[k].span.end > captures[i].clipping.text.len;
        answered += count > 0;
        sf_store_check(store, print_finding, NULL, &faults, &err);
        sf_store_close(store);
    }
    CHECK_INT(lies, 0);
    CHECK(answered > 50);
}

/* Opens, looks and doubts a store of which only a part is there: any answer but a crash will do,
 * but a whole store must be found whole. */
static void test_cut_off(sf_arena *arena) {
    sf_store *store = open_new("whole.db");
    for (int i = 0; i < 30; i++) {
        char *file = sf_alloc(arena, 16);
        snprintf(file, 16, "%d", i);
        made *m = sample(arena);
        m->reading.clipping.file = sf_str_of(file);
        m->reading.clipping.url = sf_str_of(file);
        add(store, m);
    }
    sf_store_close(store);
    FILE *f = fopen(path_of("whole.db"), "rb");
    static char bytes[1 << 20];
    size_t len = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    size_t clean = 0, refused = 0, faulty = 0;
    for (size_t step = 0; step <= 40; step++) {
        size_t cut = step == 40 ? len : len * step / 40 + 7;
        write_file(path_of("cut.db"), bytes, cut);
        sofar_error err;
        size_t faults = 0, count;
        sf_capture *captures;
        if (sf_store_open(path_of("cut.db"), SF_STORE_READ, &store, &err)) {
            refused++;
            continue;
        }
        if (sf_store_find(store, arena, &(sf_str){"Ruiz", 4}, 1, (sf_date){0}, &captures, &count,
                          &err) == 0)
            for (size_t i = 0; i < count; i++)
                CHECK(captures[i].clipping.text.len <= len);
        if (sf_store_check(store, print_finding, NULL, &faults, &err) || faults)
            faulty++;
        else
            clean++;
        sf_store_close(store);
    }
    CHECK_INT(clean, 1);
    CHECK_INT(refused + faulty, 40);
}

/* Bytes changed anywhere: no crash, and the doctor sees what was changed in what matters. */
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
        {"UPDATE originals SET zstd = x'28b52ffd'", 1},
        {"UPDATE originals SET length = length + 1", 1},
        {"UPDATE originals SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x')", 1},
        {"PRAGMA foreign_keys = OFF; DELETE FROM originals", 1},
        {"PRAGMA foreign_keys = OFF; UPDATE names SET subject_id = 500 WHERE id % 16777216 = 1", 1},
        {"UPDATE captures SET source_map = x'ff'", 1},
        {"UPDATE captures SET source_map = x'00010001'", 1},
        {"DROP TRIGGER captures_fts_update; UPDATE captures SET text = text || '?'", 1},
        {"DROP TRIGGER captures_fts_delete; DROP TRIGGER captures_fts_insert", 0},
    };
    for (size_t i = 0; i < SF_LEN(harms); i++) {
        unlink(path_of("harm.db"));
        sf_store *store = open_new("harm.db");
        add(store, sample(arena));
        CHECK_INT(faults_of(store), 0);
        sf_store_close(store);
        execute(path_of("harm.db"), harms[i].harm);
        store = open_new("harm.db");
        size_t faults = faults_of(store);
        if (!CHECK(harms[i].least ? faults >= harms[i].least : faults == 0))
            printf("# %s\n", harms[i].harm);
        sf_store_close(store);
    }
}

static void test_readonly(sf_arena *arena) {
    sf_store *store = open_new("shelf.db");
    add(store, sample(arena));
    sf_store_close(store);
    char locked[300], inside[400];
    snprintf(locked, sizeof locked, "%s/lo ck?ed%%20", folder);
    snprintf(inside, sizeof inside, "%s/shelf#1.db", locked);
    mkdir(locked, 0700);
    rename(path_of("shelf.db"), inside);
    chmod(inside, 0444);
    chmod(locked, 0555);
    chmod(folder, 0755);
    bool root = geteuid() == 0; /* root may write anywhere: be somebody else for a while */
    if (root && seteuid(65534) != 0) {
        printf("# running as root: read-only folders are not tested\n");
    } else {
        sofar_error err = {0};
        CHECK(!sf_store_open(inside, SF_STORE_READ, &store, &err));
        CHECK_INT(found(store, arena, "Ruiz", NULL), 1);
        CHECK_INT(faults_of(store), 0);
        sf_store_close(store);
        refuse(inside, SF_STORE_WRITE, SOFAR_ERR_STORE, "read-only");
        char fresh[400];
        snprintf(fresh, sizeof fresh, "%s/new.db", locked);
        refuse(fresh, SF_STORE_WRITE, SOFAR_ERR_STORE, "cannot be opened");
    }
    if (root)
        CHECK(seteuid(0) == 0);
    chmod(locked, 0700);
    unlink(inside);
    rmdir(locked);
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
    sf_store *store = open_new("memory.db");
    for (int i = 0; i < 40; i++) {
        char *text = sf_alloc(arena, 9000);
        memset(text, 'x', 8999);
        memcpy(text, "Ruiz ", 5);
        text[5] = (char)('a' + i % 26), text[6] = (char)('a' + i / 26);
        add(store, made_page(arena, "a", NULL, NULL, text));
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
    CHECK(add(store, sample(arena))); /* no transaction was left open */
    sf_store_close(store);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/sofar-store-XXXXXX", base ? base : "/tmp");
    if (!mkdtemp(folder)) {
        printf("Bail out! no folder for temporary files\n");
        return 1;
    }
    test_round_trip(&arena);
    test_identity(&arena);
    test_forms_of_one_capture(&arena);
    test_find(&arena);
    test_near(&arena);
    test_batch(&arena);
    test_full(&arena);
    test_strange_files(&arena);
    test_cut_off(&arena);
    test_flipped_bits(&arena);
    test_doctor(&arena);
    test_readonly(&arena);
    test_out_of_memory(&arena);
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    CHECK(system(command) == 0);
    sf_arena_clear(&arena);
    return check_done();
}
