/* Pages of an invented corpus (corpus.h), for programs that read them themselves: copies, clashes,
 * corrections and lies among them.
 *
 *     clippings PAGES [--seed N] [--words N]
 *
 * Prints a JSON object a line: url, outlet, title, published, captured, text. */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"

static void print(sf_arena *arena, const corpus *c, size_t i) {
    sofar_reading reading;
    sofar_page page;
    const corpus_story *s = corpus_make_story(arena, c, c->story_at[i]);
    corpus_make_page(arena, c, s, c->number_at[i], &reading, &page);
    const sofar_clipping *k = &reading.clipping;
    sf_buf out = sf_buf_new(arena);
    sf_json j = sf_json_new(&out);
    sf_json_object(&j);
    sf_json_key_str(&j, "url", k->url);
    sf_json_key_str(&j, "outlet", k->outlet);
    sf_json_key_str(&j, "title", k->title);
    sf_json_key_str(&j, "published", k->published);
    sf_json_key_str(&j, "captured", page.captured);
    sf_json_key_str(&j, "text", k->text);
    sf_json_object_end(&j);
    printf("%.*s\n", (int)out.len, out.ptr);
}

int main(int argc, char **argv) {
    sf_arena keep, scratch;
    corpus c = {.words = 40};
    uint64_t seed = 1;
    size_t pages = argc > 1 ? (size_t)atoll(argv[1]) : 0;
    if (!pages) {
        fputs("usage: clippings PAGES [--seed N] [--words N]\n", stderr);
        return 2;
    }
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--seed") == 0)
            seed = (uint64_t)atoll(argv[i + 1]);
        else if (strcmp(argv[i], "--words") == 0)
            c.words = (size_t)atoll(argv[i + 1]);
    }
    sf_arena_init(&keep, NULL, NULL);
    sf_arena_init(&scratch, NULL, NULL);
    size_t words = c.words;
    corpus_init(&keep, &c, seed, pages);
    c.words = words;
    for (size_t i = 0; i < c.page_count; i++) {
        print(&scratch, &c, i);
        sf_arena_reset(&scratch);
    }
    sf_arena_clear(&scratch);
    sf_arena_clear(&keep);
    return 0;
}
