/* cli/picture: a picture for a subject's page, of one of the pages that tell of it. */
#ifndef SF_CLI_PICTURE_H
#define SF_CLI_PICTURE_H

#include "cli/cli.h"
#include "fetch/fetch.h"
#include "show/picture.h"
#include "show/site.h"

typedef struct sf_cli_host {
    sf_str origin;
    double ready; /* seconds of the monotonic clock from when on it may be asked */
    bool dead;    /* it was in trouble, and is not asked again */
} sf_cli_host;

typedef struct sf_cli_pictures {
    const sf_cli *cli;
    sf_store *store;
    sf_site *site;
    sf_fetch_memory *memory;   /* of hosts, for the whole gallery */
    sf_arena *arena;           /* which lives as long */
    sf_vec(sf_cli_host) hosts; /* that were asked */
} sf_cli_pictures;

/* The lead picture of a page whose own words about it name the subject: the one kept from the last
 * build, else fetched, one request at a time, and put into the site. NULL in *out if there is none
 * or none can be had, which is said; *missed if it may be had another time (offline, no answer,
 * 429, 5xx). scratch: for all of it; the picture lives there. Errors: those of the store and of the
 * site.
 */
sofar_status sf_cli_picture(sf_cli_pictures *pictures, sf_arena *scratch, const sf_dossier *dossier,
                            const sf_picture **out, bool *missed, sofar_error *err);

#endif
