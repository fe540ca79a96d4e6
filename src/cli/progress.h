/* cli/progress: one line on a terminal for long work: how many, how fast, how long still. Silent
 * where stderr is no terminal, with --quiet, and in the first second. */
#ifndef SF_CLI_PROGRESS_H
#define SF_CLI_PROGRESS_H

#include "cli/cli.h"

typedef struct sf_progress {
    bool on, shown;
    double began, last; /* seconds on the monotonic clock */
} sf_progress;

sf_progress sf_progress_begin(const sf_cli *cli);
/* done of total (0: unknown) parts of the work; pages counts what is shown. */
void sf_progress_step(sf_progress *progress, size_t pages, size_t failed, double done,
                      double total);
/* Wipes the line, before other output to stderr and at the end. */
void sf_progress_wipe(sf_progress *progress);

#endif
