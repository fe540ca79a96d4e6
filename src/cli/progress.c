#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

sf_progress sf_progress_begin(const sf_cli *cli) {
    double at = now();
    return (sf_progress){.on = !cli->quiet && isatty(STDERR_FILENO), .began = at, .last = at + 0.8};
}

void sf_progress_step(sf_progress *progress, size_t pages, size_t failed, double done,
                      double total) {
    if (!progress->on)
        return;
    double at = now();
    if (at - progress->last < 0.2)
        return;
    progress->last = at;
    progress->shown = true;
    double spent = at - progress->began;
    fprintf(stderr, "\r%zu pages  %.0f/s", pages, (double)pages / spent);
    if (failed)
        fprintf(stderr, "  %zu failed", failed);
    if (total > 0 && done > 0 && done <= total) {
        int cells = (int)(20 * done / total);
        long left = (long)(spent * (total - done) / done + 0.5);
        fprintf(stderr, "  [%.*s%.*s] %ld:%02ld left", cells, "####################", 20 - cells,
                "....................", left / 60, left % 60);
    }
    fputs("\x1b[K", stderr);
    fflush(stderr);
}

void sf_progress_wipe(sf_progress *progress) {
    if (progress->shown)
        fputs("\r\x1b[K", stderr);
    progress->shown = false;
}
