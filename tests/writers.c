/* Eight writers on a PostgreSQL store, one of them killed every second: nothing lost, nothing
 * double. Runs by tests/postgresql.py; SOFAR_WRITERS_SECONDS says how long (8, a minute by hand).
 *
 * All writers add the same pages, in orders of their own, each by another name of file, so that
 * they meet at the same originals, captures and forms of one capture. What a writer was told to be
 * committed it notes in shared memory, which outlives it. In the end the store must have each of
 * these pages once, whole, by the first of the names; and a dossier of it must be that of an SQLite
 * store with the same pages, byte for byte. */
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "any_store.h"
#include "show/show.h"

enum { WRITERS = 8, MOST = 100000, BLOCK = 32, BATCH = 8, ENOUGH = 3, PAUSE_MS = 10, CASTS = 97 };

typedef struct shared {
    atomic_bool stop;
    atomic_uchar kept[MOST]; /* a bit a writer whose page was committed */
} shared;

static shared *all;

static made *page(sf_arena *arena, int number, int writer) {
    static const char *const verbs[] = {"joined", "left", "praised"};
    char *file = sf_alloc(arena, 32), *url = sf_alloc(arena, 64), *text = sf_alloc(arena, 400);
    char day[16], name[32];
    snprintf(file, 32, "w%d/%d.html", writer, number);
    snprintf(url, 64, "https://post.example/%d", number);
    snprintf(day, sizeof day, "2021-%02d-%02d", 1 + number % 12, 1 + number % 28);
    snprintf(name, sizeof name, "Ana Ruiz%c%c", 'a' + number % CASTS / 10,
             'a' + number % CASTS % 10);
    /* every fourth page has the bytes of its neighbour */
    snprintf(text, 400,
             "“It was a long summer of %d waves,” said %s of Low Tide.\n\n%s %s the cast in June "
             "2021.",
             number / 4 * 4 + (number % 4 == 1 ? 0 : number % 4), name, name, verbs[number % 3]);
    made *m = made_page(arena, file, url, sf_str_copy(arena, sf_str_of(day)).ptr, text);
    const char *subject = sf_str_copy(arena, sf_str_of(name)).ptr;
    made_subject(m, subject, SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, NULL);
    made_quote(m, "It was a long summer", NULL, subject);
    made_time(m, "June 2021", "2021-06");
    made_fact(m, "the cast", "cast", sf_str_format(arena, "who=%s, work=Low Tide", subject).ptr,
              "2021-06", SOFAR_STATED);
    return m;
}

/* ---- a writer ---- */

static void note(const int *numbers, int count, int writer) {
    for (int i = 0; i < count; i++)
        atomic_fetch_or(&all->kept[numbers[i]], (unsigned char)(1u << writer));
}

static void demand(sofar_status status, const sofar_error *err) {
    if (status) {
        printf("# a writer failed: %s\n", err->msg);
        fflush(stdout);
        _exit(1);
    }
}

/* Odd writers add page by page, even ones in batches. */
static void write_some(sf_store *store, sf_arena *arena, const int *numbers, int count,
                       int writer) {
    sofar_error err;
    bool added, batch = writer % 2 == 0;
    if (batch)
        demand(sf_store_begin(store, &err), &err);
    for (int i = 0; i < count; i++) {
        const made *m = page(arena, numbers[i], writer);
        demand(sf_store_add(store, &m->reading, &m->page, &added, &err), &err);
        if (!batch)
            note(numbers + i, 1, writer);
        nanosleep(&(struct timespec){0, PAUSE_MS * 1000000L}, NULL);
    }
    if (batch) {
        demand(sf_store_commit(store, &err), &err);
        note(numbers, count, writer);
    }
}

static int writers_of(int number) { return __builtin_popcount(atomic_load(&all->kept[number])); }

static bool done(int first) {
    for (int i = first; i < first + BLOCK; i++)
        if (writers_of(i) < ENOUGH)
            return false;
    return true;
}

static void be_writer(int writer, unsigned seed) {
    sf_store *store = NULL;
    sofar_error err;
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    demand(sf_store_open(store_at("writers"), SF_STORE_WRITE, &store, &err), &err);
    for (int first = 0; first + BLOCK <= MOST && !all->stop; first += BLOCK) {
        int order[BLOCK];
        if (done(first))
            continue;
        for (int i = 0; i < BLOCK; i++) {
            int other = (int)((seed = seed * 1664525 + 1013904223) >> 8) % (i + 1);
            order[i] = order[other];
            order[other] = first + i;
        }
        for (int i = 0; i < BLOCK && !all->stop; i += BATCH)
            write_some(store, &arena, order + i, BATCH, writer);
        sf_arena_reset(&arena);
    }
    sf_store_close(store);
    _exit(0);
}

static pid_t start(int writer, unsigned seed) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        be_writer(writer, seed);
    return pid;
}

/* ---- what must hold ---- */

typedef struct looking {
    int lost, twice, strange, pages;
    unsigned char *seen;
    sf_store *copy;
} looking;

static bool whole(const sf_capture *c, const made *m) {
    const sofar_reading *r = &m->reading;
    return sf_str_equal(c->clipping.text, r->clipping.text) &&
           c->subject_count == r->people.subject_count && c->name_count == r->people.name_count &&
           c->quote_count == 1 && c->quotes->span_count == 1 && c->time_count == 1 &&
           c->fact_count == 1 && c->facts->role_count == 2 && c->facts->receipt_count == 1 &&
           c->clipping.block_count == r->clipping.block_count;
}

static void look(void *ctx, const sf_capture *c) {
    looking *l = ctx;
    sf_arena arena;
    int writer = -1, number = -1;
    sscanf(c->clipping.file.ptr, "w%d/%d", &writer, &number);
    if (number < 0 || number >= MOST || writer < 0 || writer >= WRITERS) {
        l->strange++;
        return;
    }
    sf_arena_init(&arena, NULL, NULL);
    const made *m = page(&arena, number, writer);
    l->pages++;
    l->twice += l->seen[number];
    l->seen[number] = 1;
    l->strange += !whole(c, m);
    unsigned kept = atomic_load(&all->kept[number]);
    l->lost += kept && writer > __builtin_ctz(kept); /* the first name was committed */
    put(l->copy, m);
    sf_arena_clear(&arena);
}

static sf_str dossier(sf_store *store, sf_arena *arena, const char *subject) {
    sf_dossier *d;
    sofar_error err;
    if (sf_story_dossier(store, arena, sf_str_of(subject), (sf_date){0}, &d, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    CHECK(d->source_count > 0);
    sf_buf buf = sf_buf_new(arena);
    sf_show_json(&buf, d);
    return sf_buf_str(&buf);
}

static sf_store *open_copy(void) {
    sf_store *store = NULL;
    sofar_error err;
    if (sf_store_open(path_of("copy"), SF_STORE_WRITE, &store, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return store;
}

static void check_store(void) {
    sf_arena arena;
    sofar_error err;
    sf_arena_init(&arena, NULL, NULL);
    sf_store *store = open_again("writers");
    looking l = {.seen = SF_ARRAY(&arena, unsigned char, MOST), .copy = open_copy()};
    CHECK(!sf_store_begin(l.copy, &err));
    CHECK(!sf_store_each(store, &arena, SF_ABSENT, look, &l, &err));
    CHECK(!sf_store_commit(l.copy, &err));
    for (int i = 0; i < MOST; i++)
        l.lost += atomic_load(&all->kept[i]) && !l.seen[i];
    printf("# %d pages in the store\n", l.pages);
    CHECK_INT(l.lost, 0);
    CHECK_INT(l.twice, 0);
    CHECK_INT(l.strange, 0);
    CHECK(l.pages > 0);
    CHECK_INT(faults_of(store), 0);
    CHECK(
        sf_str_equal(dossier(store, &arena, "Ana Ruizac"), dossier(l.copy, &arena, "Ana Ruizac")));
    sf_store_close(l.copy);
    sf_store_close(store);
    sf_arena_clear(&arena);
}

int main(void) {
    const char *asked = getenv("SOFAR_WRITERS_SECONDS");
    int seconds = asked ? atoi(asked) : 8, failed = 0, status;
    if (!server()) {
        printf("1..0 # SKIP runs with tests/postgresql.py\n");
        return 0;
    }
    make_folder();
    clear_store("writers"); /* the writers make the store, all at once */
    all = mmap(NULL, sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t pids[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        pids[i] = start(i, (unsigned)i + 1);
    for (int second = 0; second < seconds; second++) {
        nanosleep(&(struct timespec){1, 0}, NULL);
        int writer = second * 5 % WRITERS;
        kill(pids[writer], SIGKILL);
        waitpid(pids[writer], &status, 0);
        failed += WIFEXITED(status); /* it should have been at work */
        pids[writer] = start(writer, (unsigned)(second + 100));
    }
    all->stop = true;
    for (int i = 0; i < WRITERS; i++) {
        waitpid(pids[i], &status, 0);
        failed += status != 0;
    }
    printf("# %d writers, %d killed\n", WRITERS, seconds);
    CHECK_INT(failed, 0);
    check_store();
    CHECK(remove_folder());
    return check_done();
}
