/* cli/add: readings into the store, many in a transaction. */
#ifndef SF_CLI_ADD_H
#define SF_CLI_ADD_H

#include "cli/cli.h"
#include "store/store.h"

/* Begins with the command alone; the store is opened for the first page, and closed by whoever has
 * this. */
typedef struct sf_adding {
    const sf_cli *cli;
    sf_store *store;
    size_t added, known, bad; /* committed; bad: pages the store cannot take */
    size_t fresh, again;      /* added and known in the open batch */
    bool batch;               /* one is open: what is in it is not safe yet */
    double began;
} sf_adding;

/* An exit code; a page that the store cannot take is said and counted. */
int sf_cli_add_page(sf_adding *adding, const sofar_page *page, const sofar_reading *reading);
int sf_cli_add_commit(sf_adding *adding);

#endif
