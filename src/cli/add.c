/* Pages into the store, for sofar add and sofar follow. Pages come in the order of the input
 * whatever --jobs says, so the same input gives the same store. Many pages share a transaction,
 * which ends after a number of pages or a second: killed at any moment the store is whole, and what
 * is missing is added by the same command again. */
#include "cli/add.h"

#include <time.h>

#include "cli/input.h"

enum { BATCH_PAGES = 32 };
static const double batch_seconds = 1;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int sf_cli_add_commit(sf_adding *a) {
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

static int begin(sf_adding *a) {
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

int sf_cli_add_page(sf_adding *a, const sofar_page *page, const sofar_reading *reading) {
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
        sf_cli_add_commit(a); /* what was added before it, if the disk lets us */
        return code;
    }
    *(added ? &a->fresh : &a->again) += 1;
    bool full = a->fresh + a->again >= BATCH_PAGES || now() - a->began >= batch_seconds;
    return full ? sf_cli_add_commit(a) : SF_EXIT_OK;
}

static int take(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str written) {
    (void)written;
    return sf_cli_add_page(ctx, page, reading);
}

int sf_cli_add(const sf_cli *cli) {
    sf_adding a = {.cli = cli};
    sf_input_counts counts;
    int code = sf_cli_pages(cli, NULL, take, &a, &counts);
    int last = sf_cli_add_commit(&a);
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
