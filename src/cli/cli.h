/* cli: the command. One file a verb; main.c finds the verb, options.c reads what all verbs share.
 * Data goes to stdout, everything else to stderr. */
#ifndef SF_CLI_H
#define SF_CLI_H

#include "base/base.h"

/* Exit codes: documented in `sofar help`, the manual page and here, nowhere else. */
enum {
    SF_EXIT_OK = 0,
    SF_EXIT_SOME_BAD = 1, /* some pages could not be read; the rest was */
    SF_EXIT_USAGE = 2,    /* the command line makes no sense */
    SF_EXIT_NOTHING = 3,  /* nothing found: no such subject, no page */
    SF_EXIT_INPUT = 4,    /* no input could be read: file, URL, format */
    SF_EXIT_STORE = 5,    /* the store cannot be opened, read or written; or doctor found faults */
    SF_EXIT_OUTPUT = 6,   /* the output cannot be written (full disk, closed pipe) */
    SF_EXIT_MEMORY = 7
};

/* What the verbs share; filled by sf_cli_options from argv and the environment. */
typedef struct sf_cli {
    const char *verb;
    const char *store; /* --store, $SOFAR_STORE, "./sofar.db" */
    const char *out;   /* -o */
    const char *only;  /* --only page,time */
    const char *as_of; /* --as-of */
    const char *date;  /* --date: publication day of the pages given */
    bool json, quiet, offline, allow_private, ignore_robots;
    size_t max_page; /* --max-page, bytes; 0: the library's */
    int jobs;        /* --jobs; default 1 */
    char **args;     /* what is no option */
    int arg_count;
} sf_cli;

/* Prints "sofar: message" to stderr. */
void sf_cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Says the error and gives the exit code for its status. */
int sf_cli_fail(const sofar_error *err);
/* Flushes stdout; SF_EXIT_OUTPUT with a message if what was written did not arrive, else `code`. */
int sf_cli_finish(int code);

int sf_cli_read(const sf_cli *cli);

#endif
