/* What the language model says of plain texts, as CoNLL-U, for measuring.
 *
 *     trees MODEL < DOCUMENTS
 *
 * Reads documents, each ended by a NUL byte (the last one may lack it); their paragraphs are parted
 * by blank lines. A document's id is its number, from 0; one without a word is left out. */
#include <stdio.h>
#include <stdlib.h>

#include "read/read.h"

static sf_str read_all(sf_arena *arena) {
    sf_buf all = sf_buf_new(arena);
    char part[1 << 16];
    for (size_t n; (n = fread(part, 1, sizeof part, stdin)) > 0;)
        sf_buf_add(&all, (sf_str){part, n});
    return sf_buf_str(&all);
}

static bool write_trees(const sf_model *model, sf_str document, size_t number) {
    sofar_reading r = {.model = model};
    sf_str out;
    sofar_error err;
    sf_arena_init(&r.arena, NULL, NULL);
    r.clipping.file = sf_str_format(&r.arena, "%zu", number);
    r.text = sf_text_split(&r.arena, document, NULL, 0);
    sf_text_tokens(&r.arena, r.text);
    r.analysis = sf_model_analyse(model, &r.arena, r.text);
    bool good =
        !sf_reading_conllu(&r, &out, &err) && fwrite(out.ptr, 1, out.len, stdout) == out.len;
    sf_arena_clear(&r.arena);
    return good;
}

int main(int argc, char **argv) {
    sf_arena arena;
    sf_model *model;
    sofar_error err;
    if (argc != 2) {
        fputs("usage: trees MODEL < DOCUMENTS\n", stderr);
        return 2;
    }
    if (sf_model_open(argv[1], &model, &err)) {
        fprintf(stderr, "%s\n", err.msg);
        return 1;
    }
    sf_arena_init(&arena, NULL, NULL);
    sf_str all = read_all(&arena);
    bool good = true;
    for (size_t at = 0, number = 0; good && at < all.len; number++) {
        const char *end = memchr(all.ptr + at, '\0', all.len - at);
        size_t length = end ? (size_t)(end - all.ptr) - at : all.len - at;
        good = write_trees(model, (sf_str){all.ptr + at, length}, number);
        at += length + 1;
    }
    sf_arena_clear(&arena);
    sf_model_close(model);
    return good && fflush(stdout) == 0 ? 0 : 1;
}
