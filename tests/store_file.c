/* The store as a file: whatever lies at its path gets a clear answer, a full disk harms nothing. */
#include <sys/stat.h>

#include "any_store.h"

static void write_file(const char *path, const void *bytes, size_t len) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f))
        printf("Bail out! %s cannot be written\n", path), exit(1);
}

static void refuse_file(const char *path, sf_store_mode mode, sofar_status wanted,
                        const char *words) {
    refuse(path, mode, wanted, words, path);
}

/* ---- a full disk, simulated by a bound on the pages of the file ---- */

static void test_full(sf_arena *arena) {
    sofar_error err = {0};
    sf_store *store = open_store("full");
    put(store, made_page(arena, "a", NULL, NULL, "The first page fits."));
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
    CHECK(put(store, large));
    CHECK_INT(faults_of(store), 0);
    sf_store_close(store);
}

/* ---- what may lie at the path ---- */

static void test_strange_files(sf_arena *arena) {
    refuse_file(path_of("absent"), SF_STORE_READ, SOFAR_ERR_STORE, "there is no store");
    CHECK(access(path_of("absent"), F_OK) != 0);
    refuse_file(folder, SF_STORE_READ, SOFAR_ERR_STORE, "is a folder");
    refuse_file(folder, SF_STORE_WRITE, SOFAR_ERR_STORE, "is a folder");
    refuse_file(path_of("no/such/folder.db"), SF_STORE_WRITE, SOFAR_ERR_STORE, "No such file");

    char garbage[8192];
    for (size_t i = 0; i < sizeof garbage; i++)
        garbage[i] = (char)(i * 2654435761u >> 13);
    const char *path = path_of("garbage");
    write_file(path, garbage, sizeof garbage);
    refuse_file(path, SF_STORE_READ, SOFAR_ERR_STORE, "not an SQLite file");
    refuse_file(path, SF_STORE_WRITE, SOFAR_ERR_STORE, "not an SQLite file");
    write_file(path, "", 0);
    refuse_file(path, SF_STORE_READ, SOFAR_ERR_STORE, "empty file");

    path = path_of("other");
    execute("other", "CREATE TABLE recipes (id INTEGER PRIMARY KEY)");
    refuse_file(path, SF_STORE_READ, SOFAR_ERR_STORE, "another program");
    refuse_file(path, SF_STORE_WRITE, SOFAR_ERR_STORE, "another program");
    CHECK_INT(number("other", "SELECT count(*) FROM sqlite_schema"), 1);

    sf_store *store = open_store("newer");
    put(store, made_sample(arena));
    sf_store_close(store);
    path = path_of("newer");
    execute("newer", "PRAGMA user_version = 99");
    refuse_file(path, SF_STORE_READ, SOFAR_ERR_VERSION, "newer sofar");
    refuse_file(path, SF_STORE_WRITE, SOFAR_ERR_VERSION, "newer sofar");
}

/* A store in which a bit is not what it was: any answer but a crash or a lie. */
static void test_flipped_bits(sf_arena *arena) {
    static char bytes[1 << 20];
    FILE *f = fopen(path_of("whole"), "rb");
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
        write_file(path_of("flip"), bytes, len);
        bytes[at] ^= bit;
        if (sf_store_open(path_of("flip"), SF_STORE_READ, &store, &err))
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
    sf_store *store = open_store("whole");
    for (int i = 0; i < 30; i++) {
        char *file = sf_alloc(arena, 16);
        snprintf(file, 16, "%d", i);
        made *m = made_sample(arena);
        m->reading.clipping.file = sf_str_of(file);
        m->reading.clipping.url = sf_str_of(file);
        put(store, m);
    }
    sf_store_close(store);
    FILE *f = fopen(path_of("whole"), "rb");
    static char bytes[1 << 20];
    size_t len = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    size_t clean = 0, refused = 0, faulty = 0;
    for (size_t step = 0; step <= 40; step++) {
        size_t cut = step == 40 ? len : len * step / 40 + 7;
        write_file(path_of("cut"), bytes, cut);
        sofar_error err;
        size_t faults = 0, count;
        sf_capture *captures;
        if (sf_store_open(path_of("cut"), SF_STORE_READ, &store, &err)) {
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

/* What only SQLite lets another tool do. */
static void test_doctor(sf_arena *arena) {
    static const struct {
        const char *harm;
        size_t least;
    } harms[] = {
        {"UPDATE originals SET zstd = x'28b52ffd'", 1},
        {"UPDATE originals SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x')", 1},
        {"PRAGMA foreign_keys = OFF; DELETE FROM originals", 1},
        {"PRAGMA foreign_keys = OFF; UPDATE names SET subject_id = 500 WHERE id % 16777216 = 1", 1},
        {"UPDATE captures SET source_map = x'ff'", 1},
        {"UPDATE captures SET source_map = x'00010001'", 1},
        {"DROP TRIGGER captures_fts_update; UPDATE captures SET text = text || '?'", 1},
        {"DROP TRIGGER captures_fts_delete; DROP TRIGGER captures_fts_insert", 0},
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

static void test_readonly(sf_arena *arena) {
    sf_store *store = open_store("shelf");
    put(store, made_sample(arena));
    sf_store_close(store);
    char locked[300], inside[400];
    snprintf(locked, sizeof locked, "%s/lo ck?ed%%20", folder);
    snprintf(inside, sizeof inside, "%s/shelf#1.db", locked);
    mkdir(locked, 0700);
    rename(path_of("shelf"), inside);
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
        refuse_file(inside, SF_STORE_WRITE, SOFAR_ERR_STORE, "read-only");
        char fresh[400];
        snprintf(fresh, sizeof fresh, "%s/new.db", locked);
        refuse_file(fresh, SF_STORE_WRITE, SOFAR_ERR_STORE, "cannot be opened");
    }
    if (root)
        CHECK(seteuid(0) == 0);
    chmod(locked, 0700);
    unlink(inside);
    rmdir(locked);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    make_folder();
    test_full(&arena);
    test_strange_files(&arena);
    test_cut_off(&arena);
    test_flipped_bits(&arena);
    test_doctor(&arena);
    test_readonly(&arena);
    CHECK(remove_folder());
    sf_arena_clear(&arena);
    return check_done();
}
