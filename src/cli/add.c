/* sofar add: pages into the store. Pages come in the order of the input whatever --jobs says, so
 * the same input gives the same store. Many pages share a transaction, which ends after a number of
 * pages or a second: killed at any moment the store is whole, and what is missing is added by the
 * same command again. */
#include "cli/input.h"
#include "store/store.h"

#include <time.h>

enum { BATCH_PAGES = 32 };
static const double batch_seconds = 1;

typedef struct adding {
    const sf_cli *cli;
    sf_store *store;          /* opened when the first page is there */
    size_t added, known, bad; /* committed; bad: pages the store cannot take */
    size_t fresh, again;      /* added and known in the open batch */
    bool batch;
    double began;
} adding;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int commit(adding *a) {
    sofar_error err;
    if (!a->batch)
        return SF_EXIT_OK;
    a->batch = false;
    int code = SF_EXIT_OK;
    if (sf_store_commit(a->store, &err)) {
        code = sf_cli_fail(&err);
    } else {
        a->added += a->fresh;
        a->known += a->again;
    }
    a->fresh = a->again = 0;
    return code;
}

static int begin(adding *a) {
    sofar_error err;
    if (!a->store && sf_store_open(a->cli->store, SF_STORE_WRITE, &a->store, &err))
        return sf_cli_fail(&err);
    if (a->batch)
        return SF_EXIT_OK;
    if (sf_store_begin(a->store, &err))
        return sf_cli_fail(&err);
    a->batch = true;
    a->began = now();
    return SF_EXIT_OK;
}

static int take(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str written) {
    (void)written;
    adding *a = ctx;
    sofar_error err;
    bool added;
    int code = begin(a);
    if (code)
        return code;
    sofar_status status = sf_store_add(a->store, reading, page, &added, &err);
    if (status == SOFAR_ERR_LIMIT || status == SOFAR_ERR_MEMORY) {
        sf_cli_say("%.*s: not added: %s", SF_ARG(page->file), err.msg);
        a->bad++;
        return SF_EXIT_OK;
    }
    if (status) {
        code = sf_cli_fail(&err);
        commit(a); /* what was added before it, if the disk lets us */
        return code;
    }
    *(added ? &a->fresh : &a->again) += 1;
    return a->fresh + a->again >= BATCH_PAGES || now() - a->began >= batch_seconds ? commit(a)
                                                                                   : SF_EXIT_OK;
}

int sf_cli_add(const sf_cli *cli) {
    adding a = {.cli = cli};
    sf_input_counts counts;
    int code = sf_cli_pages(cli, NULL, take, &a, &counts);
    int last = commit(&a);
    sf_store_close(a.store);
    if (last && (code == SF_EXIT_OK || code == SF_EXIT_SOME_BAD))
        code = last;
    size_t failed = counts.failed + a.bad;
    if (code == SF_EXIT_OK && failed)
        code = SF_EXIT_SOME_BAD;
    if (code == SF_EXIT_OK && counts.read == 0) {
        sf_cli_say("there is no page in what was given");
        code = SF_EXIT_INPUT;
    }
    if (!cli->quiet && (code != SF_EXIT_STORE || a.store))
        sf_cli_say("added %zu, known %zu, failed %zu", a.added, a.known, failed);
    return code;
}
