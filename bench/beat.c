/* Compiling the standard beats at start, with and without what the model said of their examples
 * kept: milliseconds of CPU time, the best of some runs, beside a reader that opens the model
 * alone. usage: bench-beat MODEL CACHE-DIRECTORY    (empty at first) */
#include <stdio.h>
#include <time.h>

#include "sofar.h"

/* Milliseconds to make a reader; the best of `runs`. */
static double start(const sofar_reader_options *options, int runs) {
    double best = 1e9;
    for (int i = 0; i < runs; i++) {
        struct timespec from, to;
        sofar_reader *reader;
        sofar_error err;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        if (sofar_reader_new(options, &reader, &err)) {
            fprintf(stderr, "%s\n", err.msg);
            return -1;
        }
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        sofar_reader_free(reader);
        double ms =
            (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
        best = ms < best ? ms : best;
    }
    return best;
}

int main(int argc, char **argv) {
    if (argc != 3)
        return fprintf(stderr, "usage: %s MODEL CACHE-DIRECTORY\n", argv[0]), 2;
    sofar_reader_options options = {.model = argv[1], .stages = SOFAR_STAGE_MODEL};
    double model = start(&options, 5);
    options.stages = SOFAR_STAGE_ALL;
    double bare = start(&options, 3);
    options.cache = argv[2];
    double first = start(&options, 1), kept = start(&options, 10);
    if (model < 0 || bare < 0 || first < 0 || kept < 0)
        return 1;
    printf("model alone        %10.2f ms\n", model);
    printf("beats, nothing kept%10.2f ms\n", bare);
    printf("beats, first kept  %10.2f ms\n", first);
    printf("beats, kept        %10.2f ms   %.0f times as fast as with nothing kept\n", kept,
           bare / kept);
    return 0;
}
