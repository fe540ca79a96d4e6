/* The store as a server's database: what is wrong there gets a clear answer that tells no password,
 * other writers are outwaited, and what a server gives up leaves the store whole. */
#include "any_store.h"

static const char *const password = "low%20tide%2F7"; /* tests/postgresql.py, as a URL has it */

/* The server's URL with one part of it exchanged. */
static const char *url_with(const char *part, const char *other) {
    static char url[512];
    const char *at = strstr(server(), part);
    if (!at)
        printf("Bail out! the URL has no %s\n", part), exit(1);
    snprintf(url, sizeof url, "%.*s%s%s", (int)(at - server()), server(), other, at + strlen(part));
    return url;
}

/* Refused with these words, and without the password. */
static void refuse_both(const char *url, sofar_status wanted, const char *words) {
    for (sf_store_mode mode = SF_STORE_READ; mode <= SF_STORE_WRITE; mode++) {
        sf_store *store = NULL;
        sofar_error err = {0};
        CHECK_INT(sf_store_open(url, mode, &store, &err), wanted);
        if (!CHECK(strstr(err.msg, words) && strstr(err.msg, "postgresql://")))
            printf("# %s\n", err.msg);
        CHECK(!strstr(err.msg, "tide") && !strstr(err.msg, "secret"));
        sf_store_close(store);
    }
}

static void test_no_way_in(void) {
    refuse_both(url_with(password, "secret"), SOFAR_ERR_STORE, "password authentication failed");
    refuse_both(url_with("/postgres", "/nosuch"), SOFAR_ERR_STORE, "`createdb` makes a database");
    refuse_both("postgresql://u:secret@127.0.0.1:1/x", SOFAR_ERR_STORE, "is the server running");
    refuse_both("postgresql://u:secret@nosuch.invalid/x", SOFAR_ERR_STORE, "is the server running");
    refuse_both("postgresql://u:sec%ret@127.0.0.1/x?secret", SOFAR_ERR_USAGE,
                "cannot be understood");
    refuse_both("postgresql://127.0.0.1/x?password=secret&nosuch=secret", SOFAR_ERR_USAGE,
                "cannot be understood");
    ask_server(server(), "DROP DATABASE IF EXISTS latin", true);
    ask_server(server(), "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
               true);
    refuse_both(url_with("/postgres", "/latin"), SOFAR_ERR_STORE, "createdb -E UTF8");
}

static void test_what_is_there(sf_arena *arena) {
    clear_store("there");
    refuse(store_at("there"), SF_STORE_READ, SOFAR_ERR_STORE, "`sofar add` makes one",
           "postgresql://sofar@");
    execute("there", "CREATE TABLE captures (id bigint)");
    refuse_both(store_at("there"), SOFAR_ERR_STORE, "tables of another program");
    CHECK_INT(number("there", "SELECT count(*) FROM information_schema.tables "
                              "WHERE table_schema = 'test_there'"),
              1);
    sf_store *store = open_store("there");
    put(store, made_sample(arena));
    sf_store_close(store);
    execute("there", "UPDATE sofar_store SET version = 99");
    refuse_both(store_at("there"), SOFAR_ERR_VERSION, "newer sofar");
    execute("there", "DELETE FROM sofar_store");
    refuse_both(store_at("there"), SOFAR_ERR_STORE, "tells no version");
}

/* A migration that stops halfway: an old store stays one, and can be brought up to date later. */
static void test_interrupted_migration(sf_arena *arena) {
    clear_store("halfway");
    sf_store *store = open_store("halfway");
    put(store, made_sample(arena));
    sf_store_close(store);
    /* as the store was before the third migration, with something in the way of it */
    execute("halfway", "DROP TABLE decisions, rereading, circumstances; "
                       "DROP FUNCTION decisions_stay; "
                       "ALTER TABLE captures DROP COLUMN maker_id, "
                       "ADD COLUMN reader text COLLATE \"C\" NOT NULL DEFAULT '0.1.0'; "
                       "DROP TABLE makers; UPDATE sofar_store SET version = 2; "
                       "CREATE TABLE rereading (in_the_way text)");
    refuse(store_at("halfway"), SF_STORE_READ, SOFAR_ERR_VERSION, "`sofar doctor` brings it up",
           "postgresql://sofar@");
    refuse(store_at("halfway"), SF_STORE_WRITE, SOFAR_ERR_STORE, "already exists",
           "postgresql://sofar@");
    CHECK_INT(number("halfway", "SELECT version FROM sofar_store"), 2);
    CHECK_INT(number("halfway", "SELECT count(to_regclass('makers'))"), 0);
    CHECK_INT(number("halfway", "SELECT count(reader) FROM captures"), 1);
    execute("halfway", "DROP TABLE rereading");
    store = open_again("halfway");
    CHECK_INT(found(store, arena, "Ruiz", NULL), 1);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
}

/* Makes the server fail: the statement is run for each new quote. */
static void trap(const char *name, const char *statement) {
    char sql[600];
    snprintf(sql, sizeof sql,
             "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
             "$$ BEGIN %s RETURN NEW; END $$; "
             "CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON quotes FOR EACH ROW "
             "EXECUTE FUNCTION fail()",
             statement);
    execute(name, sql);
}

static sofar_status try_add(sf_store *store, sf_arena *arena, sofar_error *err) {
    made *m = made_sample(arena);
    bool added = false;
    sofar_status status = sf_store_add(store, &m->reading, &m->page, &added, err);
    CHECK(added == (status == SOFAR_OK));
    return status;
}

static void test_failing_server(sf_arena *arena) {
    sofar_error err = {0};
    sf_store *store = open_store("failing");
    trap("failing", "RAISE EXCEPTION 'no space' USING ERRCODE = '53100';");
    CHECK_INT(try_add(store, arena, &err), SOFAR_ERR_STORE);
    CHECK(strstr(err.msg, "disk is full"));
    CHECK(!sf_store_begin(store, &err)); /* of a batch the other pages stay */
    put(store, made_page(arena, "b", NULL, NULL, "Ruiz alone."));
    CHECK_INT(try_add(store, arena, &err), SOFAR_ERR_STORE);
    CHECK(!sf_store_commit(store, &err));
    CHECK_INT(found(store, arena, "Ruiz", NULL), 1);
    /* other writers came between, three times */
    execute("failing", "CREATE SEQUENCE tries");
    trap("failing", "IF nextval('tries') < 4 THEN RAISE EXCEPTION 'deadlock' USING ERRCODE = "
                    "'40P01'; END IF;");
    CHECK_INT(try_add(store, arena, &err), SOFAR_OK);
    CHECK(number("failing", "SELECT last_value FROM tries") > 4);
    CHECK_INT(found(store, arena, "Ruiz", NULL), 2);
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
}

static void test_lost_server(sf_arena *arena) {
    sofar_error err = {0};
    sf_capture *captures;
    size_t count;
    sf_store *store = open_store("lost");
    CHECK_INT(try_add(store, arena, &err), SOFAR_OK);
    ask_server(server(),
               "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
               "WHERE application_name = 'sofar'",
               true);
    CHECK_INT(
        sf_store_find(store, arena, &(sf_str){"Ruiz", 4}, 1, (sf_date){0}, &captures, &count, &err),
        SOFAR_ERR_STORE);
    CHECK(strstr(err.msg, "the server went away"));
    made *m = made_page(arena, "b", NULL, NULL, "Ruiz again.");
    bool added;
    CHECK_INT(sf_store_add(store, &m->reading, &m->page, &added, &err), SOFAR_ERR_STORE);
    sf_store_close(store);
    store = open_again("lost");
    CHECK_INT(found(store, arena, "Ruiz", NULL), 1);
    sf_store_close(store);
}

/* Who may only read gets answers, and is told so when writing. */
static void test_readonly(sf_arena *arena) {
    sofar_error err = {0};
    sf_store *store = open_store("shelf");
    CHECK_INT(try_add(store, arena, &err), SOFAR_OK);
    sf_store_close(store);
    CHECK(!sf_store_open(store_at("shelf"), SF_STORE_READ, &store, &err));
    CHECK_INT(found(store, arena, "Ruiz", NULL), 1);
    CHECK_INT(faults_of(store), 0);
    CHECK_INT(try_add(store, arena, &err), SOFAR_ERR_STORE);
    CHECK(strstr(err.msg, "cannot be written"));
    sf_store_close(store);
}

/* What no index of the server takes as it is: long words, addresses and names, bytes that are no
 * UTF-8, and more words than a tsvector holds. */
static void test_what_servers_refuse(sf_arena *arena) {
    sf_store *store = open_store("odd");
    size_t len = 3 << 20;
    char *text = sf_alloc(arena, len + 1), *url = sf_alloc(arena, 9000);
    char *name = sf_alloc(arena, 5001);
    memset(url, 'u', 8999);
    memset(text, 'w', 5000);
    memset(name, 'w', 5000);
    for (size_t at = 5000, word = 0; at < len; word++)
        at += (size_t)snprintf(text + at, len + 1 - at, " %zx", word * 2654435761u % 0xFFFFFFF);
    memcpy(text + len - 11, " low tides ", 11);
    made *m = made_page(arena, "b\xff\x01\xc3.html", url, NULL, text);
    made_subject(m, name, SOFAR_PERSON, NULL);
    CHECK(put(store, m));
    CHECK(!put(store, m));
    CHECK_INT(found(store, arena, name, NULL), 1);
    CHECK_INT(found(store, arena, "Low Tides", NULL), 1);
    CHECK_INT(found(store, arena, "Tides Low", NULL), 0);
    CHECK_INT(number("odd", "SELECT count(*) FROM captures_search WHERE words IS NULL"), 1);
    CHECK_INT(faults_of(store), 0);
    execute("odd", "UPDATE captures_search SET folded = replace(folded, 'tides', 'tide')");
    CHECK_INT(faults_of(store), 1);
    sf_store_close(store);
}

int main(void) {
    sf_arena arena;
    if (!server()) {
        printf("1..0 # SKIP runs with tests/postgresql.py\n");
        return 0;
    }
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_no_way_in();
    test_what_is_there(&arena);
    test_interrupted_migration(&arena);
    test_failing_server(&arena);
    test_lost_server(&arena);
    test_readonly(&arena);
    test_what_servers_refuse(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
