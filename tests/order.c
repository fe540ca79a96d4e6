/* The second promise: a dossier is a function of its pages. Small corpora (bench/corpus.h) with
 * copies, corrections, denials, namesakes, new names and lies go into stores in random orders, in
 * one go or many, by one thread or several, some pages twice, some stores read again by a better
 * reader; every store must give the same bytes,
 * in full and as of a day. The first store is always SQLite in memory; with SOFAR_TEST_STORE others
 * are a server's, and must give the bytes of that one. */
#include <pthread.h>

#include "../bench/corpus.h"
#include "any_store.h"
#include "show/show.h"

#ifdef __SANITIZE_ADDRESS__
enum { ORDERS = 4 };
#else
enum { ORDERS = 20 }; /* of each corpus: a thousand in all */
#endif

enum { CORPORA = 50, SERVER_CORPORA = 6, SERVER_ORDERS = 4, PAGES = 8, MOST_THREADS = 4 };

static uint64_t chance = 20;

static uint32_t below(uint32_t n) { return corpus_below(&chance, n); }

typedef struct small { /* a corpus, and what is asked about it */
    sf_arena arena;
    made pages[PAGES];
    sf_str subjects[8];
    sf_date days[8]; /* of each subject */
    size_t subject_count;
} small;

/* Pages of a story and of its neighbour, which may have a namesake of its people. */
static void make(small *s, size_t number) {
    corpus c = {.seed = 1000 + number, .words = 20};
    size_t first = number % 2 ? 60 : 62 + number;
    *s = (small){0};
    sf_arena_init(&s->arena, NULL, NULL);
    for (size_t k = 0, at = 0; k < 2; k++) {
        corpus_story *story = corpus_make_story(&s->arena, &c, first + k);
        for (size_t i = 0; at < (k + 1) * PAGES / 2; i++, at++) {
            made *m = &s->pages[at];
            m->arena = &s->arena;
            corpus_make_page(&s->arena, &c, story, below((uint32_t)story->page_count), &m->reading,
                             &m->page);
        }
        const sf_str asked[] = {story->work, story->facts[2].roles[0].value, story->old_name};
        for (size_t i = 0; i < SF_LEN(asked); i++)
            if (asked[i].ptr) {
                s->subjects[s->subject_count] = asked[i];
                s->days[s->subject_count++] = corpus_settled(story, 2 + i % 2);
            }
    }
}

static sf_str everything(small *s, sf_store *store) {
    sf_buf out = sf_buf_new(&s->arena);
    for (size_t i = 0; i < s->subject_count; i++)
        for (int bounded = 0; bounded < 2; bounded++) {
            sf_dossier *d;
            sofar_error err;
            if (sf_story_dossier(store, &s->arena, s->subjects[i],
                                 bounded ? s->days[i] : (sf_date){0}, &d, &err))
                printf("Bail out! %s\n", err.msg), exit(1);
            sf_show_json(&out, d);
        }
    return sf_buf_str(&out);
}

/* ---- ways of adding ---- */

static void shuffle(uint32_t *order) {
    for (uint32_t i = 0; i < PAGES; i++)
        order[i] = i;
    for (uint32_t i = PAGES - 1; i > 0; i--) { /* Fisher and Yates */
        uint32_t k = below(i + 1), kept = order[i];
        order[i] = order[k], order[k] = kept;
    }
}

static void check_status(sofar_status status, const sofar_error *err) {
    if (status)
        printf("Bail out! %s\n", err->msg), exit(1);
}

/* In one transaction or several, or each page in its own; some twice. */
static void add_in_parts(small *s, sf_store *store, const uint32_t *order) {
    sofar_error err;
    uint32_t part = below(3) ? 1 + below(PAGES) : 0;
    for (uint32_t i = 0; i < PAGES; i++) {
        if (part && i % part == 0)
            check_status(sf_store_begin(store, &err), &err);
        put(store, &s->pages[order[i]]);
        if (below(4) == 0)
            put(store, &s->pages[order[below(i + 1)]]);
        if (part && (i % part == part - 1 || i == PAGES - 1))
            check_status(sf_store_commit(store, &err), &err);
    }
}

static const made *of_page(const small *s, const sofar_page *page) {
    for (size_t i = 0; i < PAGES; i++)
        if (sf_str_equal(s->pages[i].page.bytes, page->bytes) &&
            sf_str_equal(s->pages[i].page.url, page->url))
            return &s->pages[i];
    printf("Bail out! a page that nobody added\n");
    exit(1);
}

/* A reader that finds less comes first; then all is read again by a better one. */
static void add_and_read_again(small *s, sf_store *store, const uint32_t *order) {
    const sf_maker better = {.reader = "9.9.9"};
    sf_again again;
    sofar_page page;
    sofar_error err;
    int64_t capture;
    for (uint32_t i = 0; i < PAGES; i++) {
        made poor = s->pages[order[i]];
        poor.reading.facts.count /= 2;
        poor.reading.quotes.count = 0;
        put(store, &poor);
    }
    check_status(sf_store_again(store, &better, true, &again, &err), &err);
    while (!sf_store_again_next(store, &s->arena, &again, &page, &capture, &err)) {
        sofar_reading reading = of_page(s, &page)->reading;
        reading.maker = &better;
        check_status(sf_store_again_put(store, &again, capture, &reading, &page, &err), &err);
    }
    check_status(sf_store_again_end(store, &again, &err), &err);
}

typedef struct share { /* what one thread adds */
    const small *s;
    sf_store *store; /* a handle of its own */
    const uint32_t *order;
    uint32_t first, step;
} share;

static void *add_share(void *ctx) {
    const share *mine = ctx;
    for (uint32_t i = mine->first; i < PAGES; i += mine->step)
        put(mine->store, &mine->s->pages[mine->order[i]]);
    sf_store_close(mine->store);
    return NULL;
}

static void add_by_threads(small *s, const char *name, const uint32_t *order) {
    pthread_t threads[MOST_THREADS];
    share shares[MOST_THREADS];
    uint32_t count = 2 + below(MOST_THREADS - 1);
    for (uint32_t i = 0; i < count; i++) {
        shares[i] = (share){s, open_again(name), order, i, count};
        if (pthread_create(&threads[i], NULL, add_share, &shares[i]))
            printf("Bail out! no thread\n"), exit(1);
    }
    for (uint32_t i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

/* ---- the comparison ---- */

static sf_store *in_memory(void) {
    sofar_error err;
    sf_store *store = NULL;
    check_status(sf_store_open(":memory:", SF_STORE_WRITE, &store, &err), &err);
    return store;
}

static sf_str one_way(small *s, int order_number) {
    static int stores;
    char name[16];
    uint32_t order[PAGES];
    sf_store *store;
    bool by_threads = order_number % 20 == 3 || (server() && order_number % 2);
    shuffle(order);
    snprintf(name, sizeof name, "o%d", stores++);
    if (server() || by_threads)
        store = open_store(name);
    else
        store = in_memory();
    if (by_threads)
        add_by_threads(s, name, order);
    else if (order_number % 4 == 1)
        add_and_read_again(s, store, order);
    else
        add_in_parts(s, store, order);
    sf_str out = everything(s, store);
    sf_store_close(store);
    return out;
}

static bool same(size_t number, int orders) {
    small s;
    uint32_t order[PAGES];
    int wrong = 0;
    make(&s, number);
    shuffle(order);
    sf_store *store = in_memory();
    add_in_parts(&s, store, order);
    sf_str first = everything(&s, store);
    sf_store_close(store);
    CHECK(first.len > 1000);
    for (int i = 0; i < orders; i++) {
        sf_str other = one_way(&s, i);
        if (sf_str_equal(first, other))
            continue;
        size_t at = 0;
        while (at < first.len && at < other.len && first.ptr[at] == other.ptr[at])
            at++;
        at = at > 200 ? at - 200 : 0;
        printf("# corpus %zu, order %d\n# first %.400s\n# then  %.400s\n", number, i,
               first.ptr + at, other.ptr + at);
        wrong++;
    }
    sf_arena_clear(&s.arena);
    return wrong == 0;
}

int main(void) {
    make_folder();
    size_t corpora = server() ? SERVER_CORPORA : CORPORA;
    for (size_t i = 0; i < corpora; i++)
        CHECK(same(i, server() ? SERVER_ORDERS : ORDERS));
    CHECK(remove_folder());
    return check_done();
}
