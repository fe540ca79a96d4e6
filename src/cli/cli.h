/* cli: the command. One file a verb; main.c finds the verb, options.c reads the options that verbs
 * share, input.c turns arguments into read pages. Data goes to stdout, everything else to stderr.
 */
#ifndef SF_CLI_H
#define SF_CLI_H

#include "base/base.h"

/* Exit codes: said here, in `sofar help` and in the manual page, nowhere else. */
enum {
    SF_EXIT_OK = 0,
    SF_EXIT_SOME_BAD = 1, /* some pages could not be read; the rest was */
    SF_EXIT_USAGE = 2,    /* the command line makes no sense */
    SF_EXIT_NOTHING = 3,  /* nothing found: no such subject or quote */
    SF_EXIT_INPUT = 4,    /* no page could be read at all: file, URL, format */
    SF_EXIT_STORE = 5,    /* the store cannot be opened, read or written, or has faults */
    SF_EXIT_OUTPUT = 6,   /* the output cannot be written: full disk, closed pipe */
    SF_EXIT_MEMORY = 7
};

/* What the verbs share; filled by sf_cli_options. Strings are argv's or the environment's. */
typedef struct sf_cli {
    const char *verb;
    const char *store;           /* --store, else $SOFAR_STORE, else "./sofar.db" */
    const char *out;             /* -o */
    const char *base_url;        /* --base-url; NULL if not given */
    bool key_feed;               /* --feed key */
    bool images;                 /* --images */
    const char *listen;          /* --listen: address and port; NULL if not given */
    bool public, desk;           /* --public, --desk */
    const char *date;            /* --date: publication day of the pages given; NULL if not given */
    sf_date as_of;               /* --as-of; year 0 if not given */
    const char *beats;           /* --beats: a folder; NULL if not given */
    const char *model;           /* --model, else $SOFAR_MODEL, else NULL */
    unsigned stages;             /* --only, as SOFAR_STAGE_*; 0 means all */
    sf_date since, until;        /* likewise */
    sf_date from, to;            /* likewise */
    const char *speaker, *about; /* names; NULL if not given */
    const char *format, *table, *labels; /* of export; NULL if not given */
    const char *by, *why, *import;       /* of review; NULL if not given */
    const char *state, *exec;            /* of follow; NULL if not given */
    double every_min, delay_s;           /* likewise; less than 0 if not given */
    size_t most;                         /* likewise; 0 if not given */
    bool once;
    bool export, log, lost, list;
    bool csv, sources, explain, all;
    bool json, quiet, offline, allow_private, ignore_robots, check;
    size_t limit;    /* --limit; 0: not given */
    size_t max_page; /* --max-page in bytes; 0: the library's limit */
    int jobs;        /* --jobs, 1 ... 256; default 1 */
    char **args;     /* what is no option */
    int arg_count;
} sf_cli;

typedef struct sf_verb {
    const char *name, *arguments, *summary;
    const char *options; /* the long names it takes, each between spaces: " store json " */
    int least, most;     /* how many arguments it takes */
    int (*run)(const sf_cli *cli);
} sf_verb;

extern const sf_verb sf_verbs[];
extern const size_t sf_verb_count;

/* Moves the verb in front of the options that stand before it: `sofar --store x on y`. */
void sf_cli_verb_first(int argc, char **argv);
/* Fills *cli from what stands behind the verb. SF_EXIT_OK, or SF_EXIT_USAGE with a message said. */
int sf_cli_options(const sf_verb *verb, int argc, char **argv, sf_cli *cli);
/* Calls say() for each option the verb takes; value is NULL for a switch. */
void sf_cli_options_help(const sf_verb *verb,
                         void (*say)(const char *name, const char *value, const char *help));
/* Help for one verb, or for the command if verb is NULL, on stdout. */
void sf_cli_help(const sf_verb *verb);

/* "sofar: message" to stderr. */
void sf_cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Makes what would drive a terminal (controls, escapes, bidi overrides, broken UTF-8) question
 * marks. */
void sf_cli_harmless(char *line);
/* Says the error; gives the exit code for its status. */
int sf_cli_fail(const sofar_error *err);
/* Puts bytes on stdout. SF_EXIT_OK, or SF_EXIT_OUTPUT with a message once. What may be longer than
 * stdio's buffer goes out through it: later nobody knows why a write failed. */
int sf_cli_write(sf_str bytes);
/* Flushes stdout; SF_EXIT_OUTPUT with a message if not all of it arrived, else `code`. */
int sf_cli_finish(int code);

int sf_cli_add(const sf_cli *cli);
int sf_cli_beat(const sf_cli *cli);
int sf_cli_cast(const sf_cli *cli);
int sf_cli_cite(const sf_cli *cli);
int sf_cli_diff(const sf_cli *cli);
int sf_cli_doctor(const sf_cli *cli);
int sf_cli_export(const sf_cli *cli);
int sf_cli_follow(const sf_cli *cli);
int sf_cli_gallery(const sf_cli *cli);
int sf_cli_model(const sf_cli *cli);
int sf_cli_on(const sf_cli *cli);
int sf_cli_parse(const sf_cli *cli);
int sf_cli_quotes(const sf_cli *cli);
int sf_cli_read(const sf_cli *cli);
int sf_cli_reread(const sf_cli *cli);
int sf_cli_search(const sf_cli *cli);
int sf_cli_review(const sf_cli *cli);
int sf_cli_serve(const sf_cli *cli);
int sf_cli_sources(const sf_cli *cli);
int sf_cli_timeline(const sf_cli *cli);

#endif
