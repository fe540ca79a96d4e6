/* Out of memory is an answer: fail allocation 1, then 2, then 3 ... until reading succeeds. No
 * crash, no leak, the right status; and a reading made under pressure says the same as one that was
 * not. */
#include "check.h"

#include <stdlib.h>

#include "show/explain.h"

typedef struct counter {
    size_t left; /* allocations still granted */
    size_t live; /* blocks not given back */
    bool refused;
} counter;

static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    counter *c = ctx;
    (void)old_size;
    if (new_size == 0) {
        c->live -= ptr != NULL;
        free(ptr);
        return NULL;
    }
    if (c->left == 0) {
        c->refused = true;
        return NULL;
    }
    c->left--;
    c->live += ptr == NULL;
    return realloc(ptr, new_size);
}

static const char html[] =
    "<!DOCTYPE html><html lang=en><head><meta charset=windows-1252><title>Low Tide wraps | The "
    "Harbour Post</title>"
    "<meta property='article:published_time' content='2021-10-15T09:00:00Z'>"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Low Tide "
    "wraps\",\"author\":{\"name\":\"Ada Lind\"}}"
    "</script></head><body><nav><a href=/>Home</a> <a href=/film>Film</a></nav><article><h1>Low "
    "Tide wraps</h1>"
    "<p>\x93It was,\x94 said Ana Ruiz, \x93"
    "a long summer.\x94 She was cast as Mira in August 2021, two months before.</p>"
    "<p>The film, directed by Jo Park, was shot on the coast &amp; at sea for the better part of a "
    "year.</p>"
    "</article></body></html>";

static const char text[] = " date 2021-10-15 Low Tide wraps\n\n\"It was,\" said Ana Ruiz, \"a long "
                           "summer.\"\n\nIn May 2022 she left.\n";

/* What a call said with so many allocations granted. */
typedef struct verdict {
    bool done, answers;
} verdict;

static verdict verdict_of(const counter *c, sofar_status status, const sofar_error *err) {
    bool done = status == SOFAR_OK;
    return (verdict){done, done || (status == SOFAR_ERR_MEMORY && err->msg[0] && c->refused)};
}

/* Where the arena allocates each thing by itself (under the sanitizers) a reader takes thirty
 * thousand allocations, most of them patterns one like the other: behind the first 64 the steps
 * grow. */
static void exhaust_reader(const char *cache) {
    counter c = {0};
    sofar_allocator allocator = {resize, &c};
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    options.allocator = &allocator;
    options.cache = cache;
    size_t granted = 0;
    bool answers = true, leaks = false;
    verdict v = {false, true};
    for (; !v.done && granted < 100000; granted += 1 + granted / 64) {
        c = (counter){.left = granted};
        sofar_reader *reader = NULL;
        sofar_error err = {SOFAR_OK, 0, ""};
        v = verdict_of(&c, sofar_reader_new(&options, &reader, &err), &err);
        answers = answers && v.answers;
        sofar_reader_free(reader);
        leaks = leaks || c.live != 0;
    }
    CHECK(v.done);
    CHECK(answers);
    CHECK(!leaks);
}

static sofar_status read_all(const sofar_reader *reader, const sofar_page *page, sofar_error *err) {
    sofar_reading *reading = NULL;
    sf_str json;
    sofar_status status = sofar_read(reader, page, &reading, err);
    if (!status)
        status = sofar_reading_json(reading, &json, err);
    if (!status)
        status = sf_show_explain(reading, (sf_terminal){80, true}, &json, err);
    sofar_reading_free(reading);
    return status;
}

/* The reader is made once: its memory is granted. */
static void exhaust(sf_str bytes, const char *type, const char *cache) {
    counter c = {.left = SIZE_MAX};
    sofar_allocator allocator = {resize, &c};
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    options.allocator = &allocator;
    options.cache = cache;
    sofar_page page = SOFAR_PAGE_INIT;
    page.bytes = bytes;
    page.file = SF_STR("oom");
    page.content_type = sf_str_of(type);
    sofar_reader *reader = NULL;
    sofar_error err = {SOFAR_OK, 0, ""};
    if (!CHECK(sofar_reader_new(&options, &reader, &err) == SOFAR_OK))
        return;
    size_t granted = 0, before = c.live;
    bool answers = true, leaks = false;
    verdict v = {false, true};
    for (; !v.done && granted < 100000; granted++) {
        c = (counter){.left = granted, .live = before};
        err = (sofar_error){SOFAR_OK, 0, ""};
        v = verdict_of(&c, read_all(reader, &page, &err), &err);
        answers = answers && v.answers;
        leaks = leaks || c.live != before;
    }
    sofar_reader_free(reader);
    CHECK(v.done);
    CHECK(answers);
    CHECK(!leaks && c.live == 0);
    printf("# %s: %zu allocations\n", type, granted - 1);
}

/* The examples of the beats are analysed once (SOFAR_CACHE says where what is said of them is
 * kept), not in every round. */
static void warm(const char *cache) {
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    sofar_reader *reader = NULL;
    sofar_error err;
    options.cache = cache;
    CHECK(sofar_reader_new(&options, &reader, &err) == SOFAR_OK);
    sofar_reader_free(reader);
}

int main(void) {
    const char *cache = getenv("SOFAR_CACHE");
    warm(cache);
    exhaust_reader(cache);
    exhaust(SF_STR(html), "text/html", cache);
    exhaust(SF_STR(text), "text/plain", cache);
    return check_done();
}
