/* Words a CPU second: splitting alone, and splitting with time expressions found and valued.
 * usage: bench-time FILE...   (each a text; a first line "YYYY-MM-DD" is its day) */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text.h"
#include "time/time.h"

typedef struct input {
    sf_str text;
    sf_date day;
} input;

static input load(const char *path) {
    input in = {bench_text(path), {0}};
    if (sf_date_parse(sf_str_sub(in.text, 0, 10), &in.day))
        in.text = sf_str_sub(in.text, 11, in.text.len);
    return in;
}

/* Runs over all texts until enough CPU time is spent; words a second. */
static double rate(const input *inputs, int count, bool times, size_t *found) {
    size_t words = 0;
    clock_t begin = clock();
    double spent = 0;
    while (spent < 2) {
        *found = 0;
        for (int i = 0; i < count; i++) {
            sf_arena arena;
            sf_arena_init(&arena, NULL, NULL);
            sf_text *text = sf_text_split(&arena, inputs[i].text, NULL, 0);
            words += text->word_count;
            if (times)
                *found += sf_time_find(&arena, text, inputs[i].day).count;
            sf_arena_clear(&arena);
        }
        spent = (double)(clock() - begin) / CLOCKS_PER_SEC;
    }
    return (double)words / spent;
}

int main(int argc, char **argv) {
    if (argc < 2)
        return fprintf(stderr, "usage: %s FILE...\n", argv[0]), 2;
    input *inputs = calloc((size_t)argc, sizeof *inputs);
    for (int i = 1; inputs && i < argc; i++)
        inputs[i - 1] = load(argv[i]);
    size_t found;
    double split = rate(inputs, argc - 1, false, &found);
    double full = rate(inputs, argc - 1, true, &found);
    printf("split alone        %12.0f words/s\n", split);
    printf("split and times    %12.0f words/s   (%zu times in %d texts)\n", full, found, argc - 1);
    for (int i = 1; i < argc; i++)
        free((void *)(uintptr_t)(inputs[i - 1].text.ptr - (inputs[i - 1].day.year ? 11 : 0)));
    free(inputs);
    return 0;
}
