#include "cli/answer.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH = 80, LEAST_WIDTH = 40, WIDEST = 120, GUESSES = 3 };

sf_terminal sf_cli_terminal(void) {
    sf_terminal t = {.width = WIDTH};
    const char *no_color = getenv("NO_COLOR"), *kind = getenv("TERM");
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return t;
    t.color = !(no_color && *no_color) && !(kind && strcmp(kind, "dumb") == 0);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        t.width = size.ws_col < LEAST_WIDTH ? LEAST_WIDTH
                  : size.ws_col > WIDEST    ? WIDEST
                                            : size.ws_col;
    return t;
}

int sf_cli_nobody(const sf_cli *cli, sf_store *store, sf_arena *arena, sf_str subject) {
    sf_str *names;
    size_t count;
    sofar_error err;
    sf_store_facts facts;
    sf_buf guesses = sf_buf_new(arena);
    sf_dossier *later;
    if (cli->as_of.year && !sf_story_dossier(store, arena, subject, (sf_date){0}, &later, &err) &&
        later->source_count) {
        sf_cli_say("%s: no page published by then names '%.*s'; %zu later or undated ones do, see "
                   "them without --as-of",
                   sf_store_path(store), SF_ARG(subject), later->source_count);
        return SF_EXIT_NOTHING;
    }
    if (sf_store_about(store, &facts, &err) == SOFAR_OK && facts.captures == 0) {
        sf_cli_say("%s: the store is empty; `sofar add` reads pages into it", sf_store_path(store));
        return SF_EXIT_NOTHING;
    }
    if (sf_store_near(store, arena, subject, GUESSES, &names, &count, &err) == SOFAR_OK)
        for (size_t i = 0; i < count; i++)
            sf_buf_printf(&guesses, "%s'%.*s'", i ? ", " : "; there is ", SF_ARG(names[i]));
    sf_cli_say("%s: no page names '%.*s'%.*s", sf_store_path(store), SF_ARG(subject),
               SF_ARG(sf_buf_str(&guesses)));
    return SF_EXIT_NOTHING;
}

int sf_cli_in_arena(int (*run)(void *ctx, sf_arena *arena), void *ctx) {
    sf_arena arena;
    jmp_buf escape;
    int code;
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape) == 0) {
        code = run(ctx, &arena);
    } else {
        sf_cli_say("out of memory");
        code = SF_EXIT_MEMORY;
    }
    sf_arena_clear(&arena);
    return code;
}

typedef struct question {
    const sf_cli *cli;
    sf_store *store;
    sf_cli_tell *tell;
    const void *ctx;
} question;

static int ask(void *ctx, sf_arena *arena) {
    const question *q = ctx;
    return q->tell(q->cli, q->store, arena, q->ctx);
}

int sf_cli_answer(const sf_cli *cli, sf_cli_tell *tell, const void *ctx) {
    return sf_cli_in_store(cli, SF_STORE_READ, tell, ctx);
}

int sf_cli_in_store(const sf_cli *cli, sf_store_mode mode, sf_cli_tell *tell, const void *ctx) {
    question q = {.cli = cli, .tell = tell, .ctx = ctx};
    sofar_error err;
    if (sf_store_open(cli->store, mode, &q.store, &err))
        return sf_cli_fail(&err);
    int code = sf_cli_in_arena(ask, &q);
    sf_store_close(q.store);
    return code;
}

int sf_cli_one_format(const sf_cli *cli) {
    if (!cli->csv || !cli->json)
        return SF_EXIT_OK;
    sf_cli_say("--csv and --json are two formats; choose one");
    return SF_EXIT_USAGE;
}

static int show(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    const sf_cli_shown *as = ctx;
    sf_dossier *dossier;
    sofar_error err;
    sf_str subject = sf_str_of(cli->args[0]);
    if (sf_story_dossier(store, arena, subject, cli->as_of, &dossier, &err))
        return sf_cli_fail(&err);
    if (dossier->source_count == 0)
        return sf_cli_nobody(cli, store, arena, subject);
    sf_buf out = sf_buf_new(arena);
    if (cli->json) {
        as->json(&out, dossier);
        sf_buf_char(&out, '\n');
    } else if (cli->csv) {
        as->csv(&out, dossier);
    } else {
        as->terminal(&out, dossier, sf_cli_terminal());
    }
    return sf_cli_write(sf_buf_str(&out));
}

int sf_cli_show(const sf_cli *cli, const sf_cli_shown *as) {
    int code = sf_cli_one_format(cli);
    return code ? code : sf_cli_answer(cli, show, as);
}

/* Behind its last '/'. */
static sf_str hash_of(sf_str id) {
    for (size_t i = id.len; i > 0; i--)
        if (id.ptr[i - 1] == '/')
            return sf_str_sub(id, i, id.len);
    return SF_ABSENT;
}

const sf_told_fact *sf_cli_fact(const sf_dossier *d, sf_str id) {
    sf_str hash = hash_of(id).ptr ? hash_of(id) : id;
    for (size_t i = 0; i < d->fact_count; i++)
        if (sf_str_equal(hash_of(d->facts[i].id), hash))
            return &d->facts[i];
    sf_cli_say("%.*s: no such fact; `sofar on '%.*s'` shows the ids of those that there are",
               SF_ARG(id), SF_ARG(d->name));
    return NULL;
}
