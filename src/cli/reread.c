/* sofar reread: kept pages read again, after an upgrade of sofar, its model or its beats. Each new
 * reading takes the place of the old one; killed at any moment, what was read stays read, and the
 * same command again goes on. */
#include "cli/input.h"
#include "store/store.h"

enum { BATCH_PAGES = 8 }; /* a commit costs little beside the reading of so many */

typedef struct rereading {
    const sf_cli *cli;
    sf_input_counts counts;
    sf_store *store;
    sf_again again;
    bool begun;       /* it is known which pages */
    size_t open, bad; /* pages in the open batch; pages the store cannot take */
    size_t done;      /* committed */
    int code;         /* what the store said when it could no more */
} rereading;

static int commit(rereading *r) {
    sofar_error err;
    if (!r->open)
        return SF_EXIT_OK;
    size_t pages = r->open;
    r->open = 0;
    if (sf_store_commit(r->store, &err))
        return sf_cli_fail(&err);
    r->done += pages;
    return SF_EXIT_OK;
}

/* A page that is damaged is passed over; a store that fails ends the work. */
static sofar_status next(void *ctx, const sofar_reader *reader, sf_arena *arena, sofar_page *page,
                         int64_t *key, double *total, sofar_error *err) {
    rereading *r = ctx;
    sofar_status status = SOFAR_OK;
    if (!r->begun)
        status = sf_store_again(r->store, sf_reader_maker(reader), r->cli->all, &r->again, err);
    r->begun = true;
    *total = (double)r->again.total;
    if (!status)
        status = sf_store_again_next(r->store, arena, &r->again, page, key, err);
    if (status == SOFAR_OK || status == SOFAR_DONE || status == SOFAR_ERR_FORMAT)
        return status;
    r->code = sf_cli_fail(err);
    return SOFAR_DONE;
}

static int take(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str written) {
    (void)written;
    rereading *r = ctx;
    sofar_error err;
    if (!r->open && sf_store_begin(r->store, &err))
        return sf_cli_fail(&err);
    r->open++;
    sofar_status status =
        sf_store_again_put(r->store, &r->again, r->counts.key, reading, page, &err);
    if (status == SOFAR_ERR_LIMIT || status == SOFAR_ERR_MEMORY) {
        sf_cli_say("%.*s: the old reading stays: %s", SF_ARG(page->file), err.msg);
        r->bad++;
        return SF_EXIT_OK;
    }
    if (status) {
        int code = sf_cli_fail(&err);
        commit(r); /* what was read before it, if the disk lets us */
        return code;
    }
    return r->open >= BATCH_PAGES ? commit(r) : SF_EXIT_OK;
}

static int run(rereading *r) {
    sofar_error err;
    int code = sf_cli_pages_asked(r->cli, next, take, r, &r->counts);
    int last = commit(r);
    if (code == SF_EXIT_INPUT) /* some cannot be read, none can: the store is as it was */
        code = SF_EXIT_SOME_BAD;
    if (r->code || last)
        code = r->code ? r->code : last;
    if (r->bad && code == SF_EXIT_OK)
        code = SF_EXIT_SOME_BAD;
    if ((code == SF_EXIT_OK || code == SF_EXIT_SOME_BAD) && r->begun &&
        sf_store_again_end(r->store, &r->again, &err))
        code = sf_cli_fail(&err);
    return code;
}

int sf_cli_reread(const sf_cli *cli) {
    rereading r = {.cli = cli};
    sofar_error err;
    sofar_status status = sf_store_open(cli->store, SF_STORE_READ, &r.store, &err);
    sf_store_close(status ? NULL : r.store); /* a store is not made here */
    if (!status || status == SOFAR_ERR_VERSION)
        status = sf_store_open(cli->store, SF_STORE_WRITE, &r.store, &err);
    if (status)
        return sf_cli_fail(&err);
    int code = run(&r);
    sf_store_close(r.store);
    if (!cli->quiet && r.begun)
        sf_cli_say("read again %zu, failed %zu", r.done - r.bad, r.counts.failed + r.bad);
    return code;
}
