/* cli/input: arguments -> pages -> readings. Files, folders, URLs and "-" are opened in order;
 * their pages are read by cli->jobs threads and handed over in the order of the input, whatever the
 * number of threads. */
#ifndef SF_CLI_INPUT_H
#define SF_CLI_INPUT_H

#include "cli/cli.h"

typedef struct sf_input_counts {
    size_t read;   /* pages handed over */
    size_t failed; /* files, records and pages that could not be read; each was said on stderr */
    int64_t key;   /* of the page that take() is given, where pages have keys */
} sf_input_counts;

/* Writes a reading out, on the thread that read it; the string is the reading's. */
typedef sofar_status (*sf_input_write)(sofar_reading *reading, sf_str *out, sofar_error *err);

/* Takes one page and its reading, on the thread that called sf_cli_pages. written is what the
 * writer gave, absent if there is none. All of it is valid until the call returns. Anything but
 * SF_EXIT_OK stops the work and becomes its result. */
typedef int (*sf_input_take)(void *ctx, const sofar_page *page, sofar_reading *reading,
                             sf_str written);

/* write may be NULL. SF_EXIT_OK: all read; SF_EXIT_SOME_BAD; SF_EXIT_INPUT: nothing could be read;
 * or what take() gave. */
int sf_cli_pages(const sf_cli *cli, sf_input_write write, sf_input_take take, void *ctx,
                 sf_input_counts *counts);

/* Gives the next page, in the arena, with a key of its own, on the thread that called
 * sf_cli_pages_asked; DONE behind the last. What else it gives is said and counted as failed. It
 * may say how many there are in all. */
typedef sofar_status (*sf_input_next)(void *ctx, const sofar_reader *reader, sf_arena *arena,
                                      sofar_page *page, int64_t *key, double *total,
                                      sofar_error *err);

/* Likewise with pages that next() gives instead of the arguments. */
int sf_cli_pages_asked(const sf_cli *cli, sf_input_next next, sf_input_take take, void *ctx,
                       sf_input_counts *counts);

sf_str sf_cli_now(sf_arena *arena);

/* Fills options->beats from the *.beat files of a folder, in byte order of their names; the arena
 * owns them. */
sofar_status sf_cli_beats(sf_arena *arena, const char *dir, sofar_reader_options *options,
                          sofar_error *err);
/* The folder for what may be made again: $SOFAR_CACHE, else sofar in $XDG_CACHE_HOME or in
 * ~/.cache; NULL if none of them is said, or SOFAR_CACHE is empty. */
const char *sf_cli_cache(sf_arena *arena);

/* One beat file; the arena owns it. */
sofar_status sf_cli_beat_file(sf_arena *arena, const char *path, sofar_beat *out, sofar_error *err);

#endif
