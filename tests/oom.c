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

/* The examples of the beats are analysed once, not in every round. */
static bool warm(char *cache) {
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    sofar_reader *reader;
    sofar_error err;
    options.cache = mkdtemp(cache);
    if (!options.cache || sofar_reader_new(&options, &reader, &err))
        return false;
    sofar_reader_free(reader);
    return true;
}

static void exhaust(sf_str bytes, const char *type, const char *cache) {
    counter c = {0};
    sofar_allocator allocator = {resize, &c};
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    options.allocator = &allocator;
    options.cache = cache;
    sofar_page page = SOFAR_PAGE_INIT;
    page.bytes = bytes;
    page.file = SF_STR("oom");
    page.content_type = sf_str_of(type);
    size_t granted = 0;
    bool answers = true, leaks = false, done = false;
    for (; !done && granted < 100000; granted++) {
        c = (counter){.left = granted};
        sofar_reader *reader = NULL;
        sofar_reading *reading = NULL;
        sofar_error err = {SOFAR_OK, 0, ""};
        sofar_status status = sofar_reader_new(&options, &reader, &err);
        if (!status)
            status = sofar_read(reader, &page, &reading, &err);
        sf_str json;
        if (!status)
            status = sofar_reading_json(reading, &json, &err);
        if (!status)
            status = sf_show_explain(reading, (sf_terminal){80, true}, &json, &err);
        done = status == SOFAR_OK;
        answers = answers && (done || (status == SOFAR_ERR_MEMORY && err.msg[0] && c.refused));
        sofar_reading_free(reading);
        sofar_reader_free(reader);
        leaks = leaks || c.live != 0;
    }
    CHECK(done);
    CHECK(answers);
    CHECK(!leaks);
    printf("# %s: %zu allocations\n", type, granted - 1);
}

int main(void) {
    char cache[] = "/tmp/sofar-oom-XXXXXX", command[64];
    if (CHECK(warm(cache))) {
        exhaust(SF_STR(html), "text/html", cache);
        exhaust(SF_STR(text), "text/plain", cache);
        snprintf(command, sizeof command, "rm -r %s", cache);
        CHECK_INT(system(command), 0);
    }
    return check_done();
}
