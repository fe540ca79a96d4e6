/* serve's own: what a request asks for, read from its target. A pure function: the target comes
 * from anybody. */
#ifndef SF_SERVE_ASKING_H
#define SF_SERVE_ASKING_H

#include "show/twins.h"

typedef enum sf_asked_for {
    SF_FOR_NOTHING, /* there is no such place */
    SF_FOR_INDEX,
    SF_FOR_SUBJECT, /* a page or one of its twins */
    SF_FOR_SITEMAP,
    SF_FOR_API,
    SF_FOR_DESCRIPTION, /* of the API */
    SF_FOR_SEARCH,
    SF_FOR_QUOTES,
    SF_FOR_EVENTS,
    SF_FOR_DESK,
    SF_FOR_DIFF, /* of a subject, as are the next two */
    SF_FOR_DIFF_JSON,
    SF_FOR_REVIEW
} sf_asked_for;

typedef enum sf_parameter {
    SF_SUBJECT_IS,
    SF_SPEAKER_IS,
    SF_ABOUT,
    SF_WORDS,
    SF_AS_OF,
    SF_SINCE,
    SF_UNTIL,
    SF_FROM,
    SF_TO,
    SF_LIMIT,
    SF_SKIP,
    SF_PARAMETERS
} sf_parameter;

enum { SF_MOST_FOUND = 200, SF_USUALLY_FOUND = 50, SF_LONGEST_NAME = 500 };

typedef enum sf_takes { SF_TAKES_TEXT, SF_TAKES_DAY, SF_TAKES_NUMBER } sf_takes;

typedef struct sf_parameter_kind {
    const char *name, *help;
    sf_takes takes;
    size_t most, usual; /* of a number */
} sf_parameter_kind;

/* A page that is neither a twin nor of the API. */
typedef struct sf_place {
    const char *path; /* "/search"; "/diff" of a subject is "/low-tide/diff" */
    sf_asked_for what;
    const char *summary, *type;
    unsigned takes, needs; /* sets of sf_parameter, 1 << p */
    bool subject;          /* behind a subject's stem */
    bool form;             /* fields that were left empty are not given */
    bool desk;             /* not there without the review desk */
} sf_place;

extern const sf_place sf_places[];
extern const size_t sf_place_count;

extern const sf_parameter_kind sf_parameters[SF_PARAMETERS];

struct sf_endpoint; /* api.h */

typedef struct sf_asking {
    sf_asked_for what;
    const sf_twin *twin; /* of index and subject */
    sf_str stem;         /* of a subject */
    size_t annex;        /* number of the page with its receipts; 0: the twin is asked for */
    const struct sf_endpoint *endpoint;
    const sf_place *place;
    sf_str text[SF_PARAMETERS];   /* absent where not given */
    sf_date day[SF_PARAMETERS];   /* year 0 where not given */
    size_t number[SF_PARAMETERS]; /* what is usual where not given */
} sf_asking;

/* target: "/low-tide.html?as-of=2021-06", as the request has it. desk: there is one. Errors: USAGE,
 * with a message for whoever asked, for what cannot be meant. */
sofar_status sf_asking_read(sf_arena *arena, sf_str target, bool desk, sf_asking *out,
                            sofar_error *err);

#endif
