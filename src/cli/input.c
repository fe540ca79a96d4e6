/* Arguments to readings, in order, on any number of threads.
 *
 * One thread (the caller's) opens sources, copies each page into a slot of a ring and takes
 * finished slots off its other end; workers read what stands in the slots. The ring keeps the order
 * and bounds the memory: twice as many pages as threads are in flight. A source's page lives only
 * until the next one, hence the copy. Errors travel through the ring too, so that messages come in
 * order. */
#include "cli/input.h"

#include "cli/progress.h"
#include "fetch/fetch.h"
#include "source/source.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

typedef enum slot_state { EMPTY, FILLED, TAKEN, READ } slot_state;

typedef struct slot {
    slot_state state;
    sf_arena arena; /* holds the page's copy */
    jmp_buf escape;
    sofar_page page;
    int64_t key;
    sofar_reading *reading; /* NULL: err says why */
    sf_str written;
    sofar_error err;
} slot;

typedef struct ring {
    const sf_cli *cli;
    const sofar_reader *reader;
    sf_input_write write; /* NULL: none */
    sf_input_next next;   /* NULL: pages come from the arguments */
    sf_input_take take;
    void *ctx;
    sf_input_counts *counts;
    sf_progress progress;
    double done, part, total; /* arguments finished, the share of the open one, and all of them */
    slot *slots;
    size_t size, first,
        count; /* slots [first, first + count) are in use, in the order of the input */
    pthread_mutex_t lock;
    pthread_cond_t filled, read;
    bool closing;
    int stop; /* what take() gave when it wanted no more */
} ring;

static void read_slot(const ring *r, slot *s) {
    if (sofar_read(r->reader, &s->page, &s->reading, &s->err))
        return;
    if (r->write && r->write(s->reading, &s->written, &s->err)) {
        sofar_reading_free(s->reading);
        s->reading = NULL;
    }
}

static slot *next_filled(ring *r) {
    for (size_t i = 0; i < r->count; i++) {
        slot *s = &r->slots[(r->first + i) % r->size];
        if (s->state == FILLED)
            return s;
    }
    return NULL;
}

static void *work(void *arg) {
    ring *r = arg;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        slot *s = next_filled(r);
        if (!s) {
            if (r->closing)
                break;
            pthread_cond_wait(&r->filled, &r->lock);
            continue;
        }
        s->state = TAKEN;
        pthread_mutex_unlock(&r->lock);
        read_slot(r, s);
        pthread_mutex_lock(&r->lock);
        s->state = READ;
        pthread_cond_signal(&r->read);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Hands the oldest slot over. Called without the lock, on a slot that is READ. */
static void deliver(ring *r, slot *s) {
    if (s->reading) {
        r->counts->key = s->key;
        if (!r->stop)
            r->stop = r->take(r->ctx, &s->page, s->reading, s->written);
        r->counts->read++;
        sofar_reading_free(s->reading);
    } else if (!r->stop) {
        sf_progress_wipe(&r->progress);
        sf_cli_fail(&s->err);
        r->counts->failed++;
    }
    sf_arena_clear(&s->arena);
    sf_progress_step(&r->progress, r->counts->read, r->counts->failed, r->done + r->part, r->total);
}

/* Waits until the oldest slot is read, and hands it over. */
static void take_oldest(ring *r) {
    slot *s = &r->slots[r->first];
    pthread_mutex_lock(&r->lock);
    while (s->state != READ)
        pthread_cond_wait(&r->read, &r->lock);
    pthread_mutex_unlock(&r->lock);
    deliver(r, s);
    pthread_mutex_lock(&r->lock);
    s->state = EMPTY;
    r->first = (r->first + 1) % r->size;
    r->count--;
    pthread_mutex_unlock(&r->lock);
}

static slot *free_slot(ring *r) {
    if (r->count == r->size)
        take_oldest(r);
    slot *s = &r->slots[(r->first + r->count) % r->size];
    s->reading = NULL;
    s->written = SF_ABSENT;
    sf_arena_init(&s->arena, NULL, &s->escape);
    return s;
}

static void push(ring *r, slot *s, slot_state state) {
    if (state == FILLED && r->cli->jobs == 1) {
        read_slot(r, s); /* no workers: it is done here and now */
        state = READ;
    }
    pthread_mutex_lock(&r->lock);
    s->state = state;
    r->count++;
    pthread_cond_signal(&r->filled);
    pthread_mutex_unlock(&r->lock);
}

static void push_error(ring *r, const sofar_error *err) {
    slot *s = free_slot(r);
    s->err = *err;
    push(r, s, READ);
}

static void push_page(ring *r, const sofar_page *page) {
    slot *s = free_slot(r);
    if (setjmp(s->escape)) {
        sf_fail(&s->err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(page->file));
        push(r, s, READ);
        return;
    }
    s->page = *page;
    sf_str *fields[] = {&s->page.bytes,        &s->page.file,     &s->page.url,
                        &s->page.content_type, &s->page.captured, &s->page.date,
                        &s->page.title,        &s->page.byline,   &s->page.outlet,
                        &s->page.published,    &s->page.updated};
    for (size_t i = 0; i < SF_LEN(fields); i++)
        *fields[i] = sf_str_copy(&s->arena, *fields[i]);
    if (r->cli->date)
        s->page.date = sf_str_of(r->cli->date);
    push(r, s, FILLED);
}

static void pages_of(ring *r, sofar_source *source) {
    sofar_page page;
    sofar_error err;
    while (!r->stop) {
        sofar_status status = sofar_source_next(source, &page, &err);
        if (status == SOFAR_DONE)
            return;
        r->part = sf_source_progress(source);
        if (status == SOFAR_OK)
            push_page(r, &page);
        else
            push_error(r, &err);
    }
}

/* Now, as ISO 8601 in UTC: when a page was captured is the one thing that only the clock can say.
 */
sf_str sf_cli_now(sf_arena *arena) {
    time_t seconds = time(NULL);
    struct tm tm;
    char text[32] = "";
    if (gmtime_r(&seconds, &tm))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return sf_str_copy(arena, sf_str_of(text));
}

/* A URL gives what a file of the same bytes would: a page, or the pages of a feed. */
static void url(ring *r, const char *arg) {
    jmp_buf escape;
    sf_arena arena;
    sofar_error err;
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape)) {
        sf_fail(&err, SOFAR_ERR_MEMORY, "%s: out of memory", arg);
        push_error(r, &err);
        sf_arena_clear(&arena);
        return;
    }
    sf_fetch_options fetch = {.allow_private = r->cli->allow_private,
                              .offline = r->cli->offline,
                              .ignore_robots = r->cli->ignore_robots,
                              .max_bytes = r->cli->max_page};
    sofar_source_options options = {.max_page_bytes = r->cli->max_page};
    sofar_page page = SOFAR_PAGE_INIT;
    sofar_source *source = NULL;
    sofar_status status = sf_fetch_page(&arena, arg, &fetch, &page, &err);
    if (!status) {
        page.captured = sf_cli_now(&arena);
        status = sf_source_from_bytes(page.bytes, &page, &options, &source, &err);
    }
    if (status)
        push_error(r, &err);
    else
        pages_of(r, source);
    sofar_source_close(source);
    sf_arena_clear(&arena);
}

static void file(ring *r, const char *arg) {
    sofar_source_options options = {.max_page_bytes = r->cli->max_page};
    sofar_source *source;
    sofar_error err;
    if (sofar_source_open(arg, &options, &source, &err)) {
        push_error(r, &err);
        return;
    }
    pages_of(r, source);
    sofar_source_close(source);
}

static void argument(ring *r, const char *arg) {
    if (sf_fetch_is_url(sf_str_of(arg)))
        url(r, arg);
    else
        file(r, arg);
}

static void all_arguments(ring *r) {
    for (int i = 0; i < r->cli->arg_count && !r->stop; i++) {
        argument(r, r->cli->args[i]);
        r->done = i + 1;
        r->part = 0;
    }
    while (r->count)
        take_oldest(r);
}

/* Pages that are asked for one by one, each with a key. */
static void all_asked(ring *r) {
    sofar_status status = SOFAR_OK;
    while (status != SOFAR_DONE && !r->stop) {
        slot *s = free_slot(r);
        if (setjmp(s->escape))
            status = sf_fail(&s->err, SOFAR_ERR_MEMORY, "out of memory while looking for pages");
        else
            status = r->next(r->ctx, r->reader, &s->arena, &s->page, &s->key, &r->total, &s->err);
        if (status == SOFAR_DONE) {
            sf_arena_clear(&s->arena);
            break;
        }
        push(r, s, status ? READ : FILLED);
        r->done++;
    }
    while (r->count)
        take_oldest(r);
}

static void run(ring *r) {
    pthread_t threads[256];
    int started = 0;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->filled, NULL);
    pthread_cond_init(&r->read, NULL);
    for (int wanted = r->cli->jobs == 1 ? 0 : r->cli->jobs; started < wanted; started++)
        if (pthread_create(&threads[started], NULL, work, r))
            break;
    if (r->cli->jobs > 1 && started == 0)
        r->stop = (sf_cli_say("no thread can be started; try --jobs 1"), SF_EXIT_MEMORY);
    else if (r->next)
        all_asked(r);
    else
        all_arguments(r);
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_broadcast(&r->filled);
    pthread_mutex_unlock(&r->lock);
    while (started)
        pthread_join(threads[--started], NULL);
    pthread_cond_destroy(&r->read);
    pthread_cond_destroy(&r->filled);
    pthread_mutex_destroy(&r->lock);
    sf_progress_wipe(&r->progress);
}

static int make_reader(const sf_cli *cli, sofar_reader **out) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sofar_reader_options options = {
        .stages = cli->stages, .max_page_bytes = cli->max_page, .model = cli->model};
    options.cache = sf_cli_cache(&arena);
    sofar_error err;
    sofar_status status = SOFAR_OK;
    if (cli->beats)
        status = sf_cli_beats(&arena, cli->beats, &options, &err);
    if (!status)
        status = sofar_reader_new(&options, out, &err);
    sf_arena_clear(&arena);
    if (!status)
        return SF_EXIT_OK;
    int code = sf_cli_fail(&err);
    /* A beat that cannot be used is a wrong command line, not a bad page. */
    return cli->beats && status != SOFAR_ERR_MEMORY ? SF_EXIT_USAGE : code;
}

static int pages(const sf_cli *cli, sf_input_write write, sf_input_next next, sf_input_take take,
                 void *ctx, sf_input_counts *counts) {
    *counts = (sf_input_counts){0};
    sofar_reader *reader;
    int code = make_reader(cli, &reader);
    if (code)
        return code;
    ring r = {.cli = cli,
              .reader = reader,
              .write = write,
              .next = next,
              .take = take,
              .ctx = ctx,
              .counts = counts,
              .progress = sf_progress_begin(cli),
              .total = cli->arg_count,
              .size = cli->jobs == 1 ? 1 : 2 * (size_t)cli->jobs};
    r.slots = calloc(r.size, sizeof *r.slots);
    if (!r.slots) {
        sofar_reader_free(reader);
        sf_cli_say("out of memory");
        return SF_EXIT_MEMORY;
    }
    run(&r);
    free(r.slots);
    sofar_reader_free(reader);
    if (r.stop)
        return r.stop;
    return !counts->failed ? SF_EXIT_OK : counts->read ? SF_EXIT_SOME_BAD : SF_EXIT_INPUT;
}

int sf_cli_pages(const sf_cli *cli, sf_input_write write, sf_input_take take, void *ctx,
                 sf_input_counts *counts) {
    return pages(cli, write, NULL, take, ctx, counts);
}

int sf_cli_pages_asked(const sf_cli *cli, sf_input_next next, sf_input_take take, void *ctx,
                       sf_input_counts *counts) {
    return pages(cli, NULL, next, take, ctx, counts);
}
