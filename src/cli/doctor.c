/* sofar doctor: are the store and the language model whole? What it finds goes to stdout, a line
 * each. */
#include "cli/cli.h"
#include "model/model.h"
#include "store/store.h"

#include <stdio.h>

static void print_finding(void *ctx, const char *line) {
    (void)ctx;
    char safe[600]; /* names of files are in it */
    snprintf(safe, sizeof safe, "%s", line);
    sf_cli_harmless(safe);
    sf_cli_write(sf_str_of(safe));
    sf_cli_write(SF_STR("\n"));
}

/* For writing if that can be had, since only then the search index can be checked and an older
 * store be brought up to date; but a store is not made here. */
static int open_store(const sf_cli *cli, sf_store **store, bool *readonly) {
    sofar_error err;
    sofar_status status = sf_store_open(cli->store, SF_STORE_READ, store, &err);
    if (status && status != SOFAR_ERR_VERSION)
        return sf_cli_fail(&err);
    sf_store *reading = status ? NULL : *store;
    *readonly = false;
    if (sf_store_open(cli->store, SF_STORE_WRITE, store, &err) == SOFAR_OK) {
        sf_store_close(reading);
        return SF_EXIT_OK;
    }
    if (!reading)
        return sf_cli_fail(&err);
    *readonly = true;
    *store = reading;
    return SF_EXIT_OK;
}

static void print_facts(sf_store *store) {
    sf_store_facts f;
    sofar_error err;
    if (sf_store_about(store, &f, &err)) {
        print_finding(NULL, err.msg);
        return;
    }
    printf("sofar %s, %s, store version %d\n", sofar_version(), f.engine, f.version);
    printf("%lld captures (%lld undated) of %lld originals, %lld quotes, %lld times\n",
           (long long)f.captures, (long long)f.undated, (long long)f.originals, (long long)f.quotes,
           (long long)f.times);
}

/* A model that is not there is none that is damaged: most verbs do without it. */
static bool check_model(const sf_cli *cli) {
    sf_model *model = NULL;
    sofar_error err;
    sofar_status status = sf_model_open(cli->model, &model, &err);
    bool whole = status == SOFAR_ERR_IO;
    if (!status) {
        whole = sf_model_check(model, &err) == SOFAR_OK;
        if (whole) {
            sf_model_facts f = sf_model_about(model);
            snprintf(err.msg, sizeof err.msg, "%s: whole, read with %s", f.path, f.kernel);
        }
    }
    print_finding(NULL, err.msg);
    sf_model_close(model);
    return whole;
}

int sf_cli_doctor(const sf_cli *cli) {
    sf_store *store = NULL;
    sofar_error err;
    bool readonly = false;
    size_t faults = 0;
    int code = open_store(cli, &store, &readonly);
    if (code)
        return code;
    bool model = check_model(cli);
    print_facts(store);
    if (sf_store_check(store, print_finding, NULL, &faults, &err)) {
        code = sf_cli_fail(&err);
    } else {
        if (readonly && !cli->quiet)
            sf_cli_say("%s: cannot be written, so the search index was not checked",
                       sf_store_path(store));
        if (faults)
            printf("faults: %zu\n", faults);
        else
            puts(model ? "no faults" : "no faults in the store");
        if (faults && !cli->quiet)
            sf_cli_say("%s: has faults; take a copy made before, or add the pages to a new store",
                       sf_store_path(store));
        code = faults ? SF_EXIT_STORE : model ? SF_EXIT_OK : SF_EXIT_INPUT;
    }
    sf_store_close(store);
    return code;
}
