/* How the store and the story stand up to large corpora with known truth (corpus.h).
 *
 *     story PAGES [--seed N] [--words N] [--html BYTES] [--store FILE] [--sofar PROGRAM] [--show]
 *
 * Fills a new store and, by turns with it, a bare SQLite table with the same bytes (each page and
 * its record as `sofar read` prints it); then asks for dossiers, cold (the files dropped from the
 * system's cache and the store opened anew) and warm, in full and as of a day; then compares what
 * dossiers say with what is true. The stories asked for are the same in every size. --store: the
 * file is kept, and used again if it is there. --show: what is wrong, a line each. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "corpus.h"

enum { BATCH = 500, KEPT = 60, ASKED = 120, ROUNDS = 3, JUDGED = 400 };

typedef struct bench {
    corpus corpus;
    sf_arena keep, scratch;
    corpus_story *kept[KEPT];
    const char *path, *sofar;
    bool show;
} bench;

static void fail(const char *what) {
    fprintf(stderr, "bench/story: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const corpus_story *story_of(bench *b, sf_arena *arena, size_t story) {
    if (story >= KEPT)
        return corpus_make_story(arena, &b->corpus, story);
    if (!b->kept[story])
        b->kept[story] = corpus_make_story(&b->keep, &b->corpus, story);
    return b->kept[story];
}

/* ---- filling ---- */

typedef struct bare {
    sqlite3 *db;
    sqlite3_stmt *insert;
    char path[400];
} bare;

static void remove_file(const char *path) {
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    char name[420];
    for (size_t i = 0; i < SF_LEN(suffixes); i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static void bare_open(bare *t, const char *path) {
    snprintf(t->path, sizeof t->path, "%s.bare", path);
    remove_file(t->path);
    if (sqlite3_open(t->path, &t->db) ||
        sqlite3_exec(t->db,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                     "CREATE TABLE pages (id INTEGER PRIMARY KEY, bytes BLOB, record TEXT)",
                     NULL, NULL, NULL) ||
        sqlite3_prepare_v2(t->db, "INSERT INTO pages (bytes, record) VALUES (?, ?)", -1, &t->insert,
                           NULL))
        fail(sqlite3_errmsg(t->db));
}

typedef struct item {
    sofar_reading reading;
    sofar_page page;
    sf_str record;
} item;

typedef struct filled {
    double ours, bare, ours_cpu, bare_cpu, bytes;
} filled;

static void make_batch(bench *b, item *items, size_t from, size_t count) {
    sofar_error err;
    for (size_t i = 0; i < count; i++) {
        item *it = &items[i];
        const corpus_story *s = story_of(b, &b->scratch, b->corpus.story_at[from + i]);
        corpus_make_page(&b->scratch, &b->corpus, s, b->corpus.number_at[from + i], &it->reading,
                         &it->page);
        sf_arena_init(&it->reading.arena, NULL, &it->reading.escape);
        const char *fault = sf_reading_check(&it->reading, it->page.bytes);
        if (fault || sofar_reading_json(&it->reading, &it->record, &err))
            fail(fault ? fault : err.msg);
    }
}

static void add_batch(sf_store *store, const item *items, size_t count, filled *f) {
    sofar_error err;
    bool added;
    double begin = now(), begin_cpu = cpu();
    if (sf_store_begin(store, &err))
        fail(err.msg);
    for (size_t i = 0; i < count; i++)
        if (sf_store_add(store, &items[i].reading, &items[i].page, &added, &err))
            fail(err.msg);
    if (sf_store_commit(store, &err))
        fail(err.msg);
    f->ours += now() - begin;
    f->ours_cpu += cpu() - begin_cpu;
}

static void insert_batch(bare *t, const item *items, size_t count, filled *f) {
    double begin = now(), begin_cpu = cpu();
    sqlite3_exec(t->db, "BEGIN", NULL, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        const item *it = &items[i];
        sqlite3_bind_blob64(t->insert, 1, it->page.bytes.ptr, it->page.bytes.len, SQLITE_STATIC);
        sqlite3_bind_text64(t->insert, 2, it->record.ptr, it->record.len, SQLITE_STATIC,
                            SQLITE_UTF8);
        if (sqlite3_step(t->insert) != SQLITE_DONE)
            fail(sqlite3_errmsg(t->db));
        sqlite3_reset(t->insert);
        f->bytes += (double)(it->page.bytes.len + it->record.len);
    }
    sqlite3_exec(t->db, "COMMIT", NULL, NULL, NULL);
    f->bare += now() - begin;
    f->bare_cpu += cpu() - begin_cpu;
}

static double size_of(const char *path) {
    struct stat st;
    return stat(path, &st) ? 0 : (double)st.st_size;
}

static void fill(bench *b) {
    static item items[BATCH];
    sf_store *store;
    sofar_error err;
    filled f = {0};
    bare t;
    size_t pages = b->corpus.page_count;
    if (sf_store_open(b->path, SF_STORE_WRITE, &store, &err))
        fail(err.msg);
    bare_open(&t, b->path);
    for (size_t i = 0; i < pages; i += BATCH) {
        size_t count = pages - i < BATCH ? pages - i : BATCH;
        make_batch(b, items, i, count);
        if (i / BATCH % 2) { /* by turns who comes first */
            add_batch(store, items, count, &f);
            insert_batch(&t, items, count, &f);
        } else {
            insert_batch(&t, items, count, &f);
            add_batch(store, items, count, &f);
        }
        for (size_t k = 0; k < count; k++)
            sf_arena_clear(&items[k].reading.arena);
        sf_arena_reset(&b->scratch);
    }
    sf_store_close(store);
    sqlite3_finalize(t.insert);
    sqlite3_close(t.db);
    double n = (double)pages;
    printf("add     %8.0f pages/s wall %8.0f CPU    bare insert of the same %.1f kB a page %8.0f "
           "wall %8.0f CPU    ratio %.2f wall %.2f CPU\n",
           n / f.ours, n / f.ours_cpu, f.bytes / n / 1e3, n / f.bare, n / f.bare_cpu,
           f.bare / f.ours, f.bare_cpu / f.ours_cpu);
    printf("size    %8.0f bytes a page, %.2f of the bare table's\n", size_of(b->path) / n,
           size_of(b->path) / size_of(t.path));
    remove_file(t.path);
}

/* ---- asking ---- */

static sf_dossier *ask(sf_store *store, sf_arena *arena, sf_str subject, sf_date as_of) {
    sf_dossier *d;
    sofar_error err;
    if (sf_story_dossier(store, arena, subject, as_of, &d, &err))
        fail(err.msg);
    return d;
}

static size_t receipts_of(const sf_dossier *d) {
    size_t n = 0;
    for (size_t i = 0; i < d->fact_count; i++)
        n += d->facts[i].receipt_count;
    for (size_t i = 0; i < d->quote_count; i++)
        n += d->quotes[i].receipt_count;
    return n;
}

typedef struct asked {
    sf_str subject;
    sf_date day;
    size_t receipts;
    double cold, warm[ROUNDS], as_of[ROUNDS], cpu[ROUNDS]; /* cpu: of warm */
} asked;

static void drop_from_cache(const char *path) {
    int file = open(path, O_RDONLY);
    if (file < 0)
        return;
    fdatasync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void tell_times(const char *what, double *times, size_t count) {
    if (!count)
        return;
    qsort(times, count, sizeof *times, by_size);
    printf("%s %7.2f ms median %7.2f ms 99th", what, times[count / 2] * 1e3,
           times[(count * 99 + 99) / 100 - 1] * 1e3);
}

static void tell_group(const char *name, const asked *all, size_t count, size_t least,
                       size_t most) {
    double cold[ASKED], warm[ASKED * ROUNDS], as_of[ASKED * ROUNDS], spent[ASKED * ROUNDS];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (all[i].receipts < least || all[i].receipts >= most)
            continue;
        cold[n] = all[i].cold;
        for (size_t r = 0; r < ROUNDS; r++) {
            warm[n * ROUNDS + r] = all[i].warm[r];
            as_of[n * ROUNDS + r] = all[i].as_of[r];
            spent[n * ROUNDS + r] = all[i].cpu[r];
        }
        n++;
    }
    if (!n)
        return;
    printf("%-7s %3zu subjects", name, n);
    tell_times("  warm", warm, n * ROUNDS);
    tell_times("  of it CPU", spent, n * ROUNDS);
    tell_times("  as of", as_of, n * ROUNDS);
    tell_times("  cold", cold, n);
    printf("\n");
}

static double peak_memory(void) {
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    long kib = 0;
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            break;
    if (f)
        fclose(f);
    return (double)kib / 1024;
}

static void forget_peak(void) {
    FILE *f = fopen("/proc/self/clear_refs", "w");
    if (!f)
        return;
    fputs("5", f);
    fclose(f);
}

/* `sofar on` as a user runs it: start, open, answer, print. */
static void ask_program(const bench *b, const asked *all, size_t count) {
    double times[ASKED];
    for (size_t i = 0; i < count; i++) {
        char command[1200];
        snprintf(command, sizeof command, "'%s' on '%.*s' --json --store '%s' > /dev/null",
                 b->sofar, SF_ARG(all[i].subject), b->path);
        double begin = now();
        if (system(command) != 0)
            fail("the program fails");
        times[i] = now() - begin;
    }
    tell_times("sofar on --json, the whole command: ", times, count);
    printf("\n");
}

static void time_dossiers(bench *b) {
    static asked all[ASKED];
    sf_store *store;
    sofar_error err;
    size_t whole = b->corpus.story_count - 1, count = whole < ASKED ? whole : ASKED;
    double begin = peak_memory();
    for (size_t i = 0; i < count; i++) {
        const corpus_story *s = story_of(b, &b->keep, i);
        all[i].subject = s->work;
        all[i].day = corpus_settled(s, 3);
        drop_from_cache(b->path);
        double from = now();
        if (sf_store_open(b->path, SF_STORE_READ, &store, &err))
            fail(err.msg);
        all[i].receipts = receipts_of(ask(store, &b->scratch, all[i].subject, (sf_date){0}));
        all[i].cold = now() - from;
        sf_store_close(store);
        sf_arena_reset(&b->scratch);
    }
    forget_peak();
    begin = peak_memory();
    if (sf_store_open(b->path, SF_STORE_READ, &store, &err))
        fail(err.msg);
    for (size_t round = 0; round <= ROUNDS; round++) /* the first is not counted */
        for (size_t i = 0; i < count; i++) {
            double from = now(), from_cpu = cpu();
            ask(store, &b->scratch, all[i].subject, (sf_date){0});
            double then = now(), then_cpu = cpu();
            sf_arena_reset(&b->scratch);
            double again = now();
            ask(store, &b->scratch, all[i].subject, all[i].day);
            if (round) {
                all[i].warm[round - 1] = then - from;
                all[i].cpu[round - 1] = then_cpu - from_cpu;
                all[i].as_of[round - 1] = now() - again;
            }
            sf_arena_reset(&b->scratch);
        }
    sf_store_close(store);
    tell_group("all", all, count, 0, SIZE_MAX);
    tell_group("<100", all, count, 0, 100);
    tell_group("100-", all, count, 100, 500);
    tell_group("500-", all, count, 500, SIZE_MAX);
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = all[i].receipts > most ? all[i].receipts : most;
    printf("memory  %.0f MiB at most while asking (%.0f before); the largest dossier has %zu "
           "receipts\n",
           peak_memory(), begin, most);
    if (b->sofar)
        ask_program(b, all, count);
}

/* ---- judging ---- */

typedef struct verdicts {
    size_t facts, right, missing, extra, sourced, right_sources;
} verdicts;

static bool same_value(const corpus_story *s, sf_str a, sf_str b) {
    if (sf_str_equal(a, b))
        return true;
    return s->old_name.ptr && (sf_str_equal(a, s->work) || sf_str_equal(a, s->old_name)) &&
           (sf_str_equal(b, s->work) || sf_str_equal(b, s->old_name));
}

static bool has_role(const corpus_story *s, const sf_told_fact *t, const char *name, sf_str value) {
    for (size_t i = 0; i < t->role_count; i++)
        if (sf_str_equal(t->roles[i].name, sf_str_of(name)) &&
            same_value(s, t->roles[i].value, value))
            return true;
    return false;
}

static bool is_it(const corpus_story *s, const corpus_fact *f, const sf_told_fact *t, size_t step) {
    if (!sf_str_equal(t->type, sf_str_of(f->type)) || t->role_count != f->role_count ||
        (f->when[step].ptr && !sf_str_equal(t->when, f->when[step])))
        return false;
    for (size_t i = 0; i < f->role_count; i++) {
        const char *other = strcmp(f->roles[i].name, "who") == 0    ? "whom"
                            : strcmp(f->roles[i].name, "whom") == 0 ? "who"
                                                                    : f->roles[i].name;
        if (!has_role(s, t, f->roles[i].name, f->roles[i].value) &&
            !has_role(s, t, other, f->roles[i].value))
            return false;
    }
    return true;
}

static void say_wrong(const bench *b, const corpus_story *s, sf_str subject, size_t step,
                      const char *what, const corpus_fact *f, const sf_told_fact *t,
                      size_t sources) {
    if (!b->show)
        return;
    printf("# %s: %.*s (%.*s) step %zu: %s", what, SF_ARG(subject), SF_ARG(s->work), step,
           f ? f->type : "");
    for (size_t i = 0; f && i < f->role_count; i++)
        printf(" %s=%.*s", f->roles[i].name, SF_ARG(f->roles[i].value));
    if (f)
        printf(" %.*s %s %zu", SF_ARG(f->when[step]), sf_state_word(f->state[step]), sources);
    if (t) {
        printf(" | %.*s", SF_ARG(t->type));
        for (size_t i = 0; i < t->role_count; i++)
            printf(" %.*s=%.*s", SF_ARG(t->roles[i].name), SF_ARG(t->roles[i].value));
        printf(" %.*s %s %zu", SF_ARG(t->when), sf_state_word(t->state), t->sources);
    }
    printf("\n");
}

static void judge_fact(bench *b, const corpus_story *s, sf_str subject, const sf_dossier *d,
                       size_t fact, size_t step, bool *known, verdicts *v) {
    const corpus_fact *f = &s->facts[fact];
    const sf_told_fact *found = NULL;
    for (size_t i = 0; i < d->fact_count && !found; i++)
        if (!known[i] && is_it(s, f, &d->facts[i], step)) {
            found = &d->facts[i];
            known[i] = true;
        }
    if (f->lie)
        return;
    size_t sources = corpus_sources(s, fact, step);
    v->facts++;
    if (!found) {
        v->missing++;
        say_wrong(b, s, subject, step, "missing", f, NULL, sources);
        return;
    }
    v->right += found->state == f->state[step];
    v->sourced++;
    v->right_sources += found->sources == sources;
    if (found->state != f->state[step] || found->sources != sources)
        say_wrong(b, s, subject, step, found->state != f->state[step] ? "state" : "sources", f,
                  found, sources);
}

static void judge(bench *b, sf_store *store, const corpus_story *s, sf_str subject, bool is_work,
                  verdicts *v) {
    for (size_t step = 0; step < CORPUS_STEPS; step++) {
        bool last = step + 1 == CORPUS_STEPS;
        sf_dossier *d =
            ask(store, &b->scratch, subject, last ? (sf_date){0} : corpus_settled(s, step));
        bool *known = SF_ARRAY(&b->scratch, bool, d->fact_count);
        for (size_t f = 0; f < s->fact_count; f++)
            if (corpus_names(&s->facts[f], subject) && (is_work || !s->facts[f].widely) &&
                (s->facts[f].told[step] || (last && s->facts[f].lie)))
                judge_fact(b, s, subject, d, f, step, known, v);
        for (size_t i = 0; i < d->fact_count && is_work; i++)
            if (!known[i]) {
                v->extra++;
                say_wrong(b, s, subject, step, "extra", NULL, &d->facts[i], 0);
            }
    }
}

static void judge_all(bench *b) {
    sf_store *store;
    sofar_error err;
    verdicts v = {0};
    size_t whole = b->corpus.story_count - 1, count = whole < JUDGED ? whole : JUDGED;
    if (sf_store_open(b->path, SF_STORE_READ, &store, &err))
        fail(err.msg);
    for (size_t i = 0; i < count; i++) {
        sf_arena story;
        sf_arena_init(&story, NULL, NULL);
        const corpus_story *s = corpus_make_story(&story, &b->corpus, i);
        judge(b, store, s, s->work, true, &v);
        for (size_t f = 0; f < s->fact_count; f++) {
            const corpus_role *who = &s->facts[f].roles[0];
            if (who->type == SOFAR_PERSON && !s->facts[f].lie && !s->facts[f].widely)
                judge(b, store, s, who->value, false, &v);
            sf_arena_reset(&b->scratch);
        }
        sf_arena_clear(&story);
    }
    sf_store_close(store);
    printf("truth   %zu stories, %zu facts as of %d days: states right %.2f %% (%zu not found, %zu "
           "too many); independent sources right %.2f %%\n",
           count, v.facts, CORPUS_STEPS, 100.0 * (double)v.right / (double)v.facts, v.missing,
           v.extra, 100.0 * (double)v.right_sources / (double)v.sourced);
}

/* ---- the way through ---- */

static size_t number(const char *word) {
    char *end;
    unsigned long long n = strtoull(word ? word : "", &end, 10);
    if (!word || *end || n == 0)
        fail("usage: story PAGES [--seed N] [--words N] [--html BYTES] [--store FILE] [--sofar "
             "PROGRAM] [--show]");
    return (size_t)n;
}

int main(int argc, char **argv) {
    static bench b;
    size_t pages = number(argv[1]), words = 120, html = 0, seed = 1;
    char made[300];
    const char *folder = getenv("TMPDIR");
    snprintf(made, sizeof made, "%s/sofar-bench-story-%ld.db", folder ? folder : "/tmp",
             (long)getpid());
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--show") == 0)
            b.show = true;
        else if (strcmp(argv[i], "--seed") == 0)
            seed = number(argv[++i]);
        else if (strcmp(argv[i], "--words") == 0)
            words = number(argv[++i]);
        else if (strcmp(argv[i], "--html") == 0)
            html = number(argv[++i]);
        else if (strcmp(argv[i], "--store") == 0)
            b.path = argv[++i];
        else if (strcmp(argv[i], "--sofar") == 0)
            b.sofar = argv[++i];
        else
            number(NULL);
    }
    sf_arena_init(&b.keep, NULL, NULL);
    sf_arena_init(&b.scratch, NULL, NULL);
    corpus_init(&b.keep, &b.corpus, seed, pages);
    b.corpus.words = words, b.corpus.html = html;
    printf("corpus  %zu pages, %zu stories, seed %zu\n", pages, b.corpus.story_count, seed);
    bool keep = b.path != NULL;
    if (!keep)
        b.path = made;
    if (!keep || access(b.path, F_OK) != 0)
        fill(&b);
    time_dossiers(&b);
    judge_all(&b);
    if (!keep)
        remove_file(b.path);
    sf_arena_clear(&b.scratch);
    sf_arena_clear(&b.keep);
    return 0;
}
