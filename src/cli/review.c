/* sofar review: decisions on what is known. With a subject alone it is a desk at the terminal; with
 * a verdict it decides at once, for scripts; --log, --lost, --export and --import are about the log
 * of decisions. Here the command has a clock: a decision says when it was made. */
#include "cli/review.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- the desk's tools ---- */

int sf_sitting_load(sf_sitting *s, sf_str subject) {
    sofar_error err;
    if (sf_desk_load(&s->desk, subject, &err))
        return sf_cli_fail(&err);
    if (s->desk.dossier->source_count == 0)
        return sf_cli_nobody(s->cli, s->desk.store, s->desk.arena, subject);
    return SF_EXIT_OK;
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int sf_sitting_decide(sf_sitting *s, sf_decision *d, sf_str why) {
    sofar_error err;
    const char *user = getenv("USER");
    sf_signature signature = {.who = sf_str_of(s->cli->by      ? s->cli->by
                                               : user && *user ? user
                                                               : "somebody"),
                              .why = s->cli->why ? sf_str_of(s->cli->why) : why,
                              .now_ms = now_ms()};
    sofar_status status = sf_desk_decide(&s->desk, d, &signature, &err);
    if (status == SOFAR_DONE) {
        sf_cli_say("somebody else has just decided about this; nothing was written, look again");
        return s->talks ? SF_EXIT_OK : SF_EXIT_STORE;
    }
    if (status == SOFAR_ERR_USAGE && s->talks) {
        sf_cli_say("%s", err.msg);
        return SF_EXIT_OK;
    }
    if (status)
        return sf_cli_fail(&err);
    *SF_PUSH(s->desk.arena, &s->made) = d->id;
    if (s->cli->quiet)
        return SF_EXIT_OK;
    sf_buf line = sf_buf_new(s->desk.arena);
    sf_show_decision(&line, d, sf_cli_terminal());
    return sf_cli_write(sf_buf_str(&line));
}

bool sf_sitting_correct(sf_sitting *s, sf_decision *d, sf_str change) {
    sofar_error err;
    if (!sf_decided_change(s->desk.arena, &d->should, change, &err))
        return true;
    sf_cli_say("%s", err.msg);
    return false;
}

/* ---- verdicts on the command line ---- */

static sf_str argument(const sf_sitting *s, int i) { return sf_str_of(s->cli->args[i]); }

static int on_facts(sf_sitting *s, sf_verdict verdict) {
    for (int i = 2; i < s->cli->arg_count; i++) {
        const sf_told_fact *fact = sf_cli_fact(s->desk.dossier, argument(s, i));
        if (!fact)
            return SF_EXIT_NOTHING;
        sf_decision d = sf_decision_on(s->desk.arena, verdict, s->desk.dossier, fact);
        int code = sf_sitting_decide(s, &d, SF_ABSENT);
        if (code)
            return code;
    }
    return SF_EXIT_OK;
}

static int correct(sf_sitting *s, sf_verdict verdict) {
    (void)verdict;
    const sf_told_fact *fact = sf_cli_fact(s->desk.dossier, argument(s, 2));
    if (!fact)
        return SF_EXIT_NOTHING;
    sf_decision d = sf_decision_correct(s->desk.arena, s->desk.dossier, fact);
    for (int i = 3; i < s->cli->arg_count; i++)
        if (!sf_sitting_correct(s, &d, argument(s, i)))
            return SF_EXIT_USAGE;
    return sf_sitting_decide(s, &d, SF_ABSENT);
}

static int name(sf_sitting *s, sf_verdict verdict) {
    sf_decision d = {.verdict = verdict,
                     .subject = s->desk.dossier->name,
                     .other = sf_str_fold_space(s->desk.arena, argument(s, 2))};
    return sf_sitting_decide(s, &d, SF_ABSENT);
}

/* The pages are those of the dossier that have the URL or file. */
static int split(sf_sitting *s, sf_verdict verdict) {
    sf_decision d = {.verdict = verdict,
                     .subject = s->desk.dossier->name,
                     .other = sf_str_fold_space(s->desk.arena, argument(s, 2))};
    d.receipts = SF_ARRAY(s->desk.arena, sf_decided_receipt, s->desk.dossier->source_count);
    for (int i = 3; i < s->cli->arg_count; i++) {
        size_t before = d.receipt_count;
        for (size_t k = 0; k < s->desk.dossier->source_count; k++) {
            const sf_capture *page = s->desk.dossier->sources[k].page;
            if (sf_str_equal(page->clipping.url, argument(s, i)) ||
                sf_str_equal(page->clipping.file, argument(s, i)))
                d.receipts[d.receipt_count++] = sf_decided_page(page);
        }
        if (d.receipt_count == before) {
            sf_cli_say("%s: no page of '%.*s' has that URL or file; `sofar sources` lists them",
                       s->cli->args[i], SF_ARG(s->desk.dossier->name));
            return SF_EXIT_NOTHING;
        }
    }
    return sf_sitting_decide(s, &d, SF_ABSENT);
}

static int undo(sf_sitting *s, sf_verdict verdict) {
    sf_str id = argument(s, 2);
    sf_decision d = {.verdict = verdict, .other = id};
    if (sf_desk_decision(&s->desk, id))
        return sf_sitting_decide(s, &d, SF_ABSENT);
    sf_cli_say("%.*s: no such decision; `sofar review --log` shows them", SF_ARG(id));
    return SF_EXIT_NOTHING;
}

static const struct {
    int least, most; /* arguments behind the verdict */
    const char *arguments;
    int (*decide)(sf_sitting *s, sf_verdict verdict);
} verdicts[SF_VERDICTS] = {
    [SF_ACCEPT] = {1, INT_MAX, "FACT ...", on_facts},
    [SF_REJECT] = {1, INT_MAX, "FACT ...", on_facts},
    [SF_CORRECT] = {2, INT_MAX, "FACT ROLE=VALUE ...", correct},
    [SF_JOIN] = {1, 1, "NAME", name},
    [SF_SPLIT] = {2, INT_MAX, "NAME URL|FILE ...", split},
    [SF_RENAME] = {1, 1, "NAME", name},
    [SF_UNDO] = {1, 1, "DECISION", undo},
};

static int decide(sf_sitting *s) {
    const sf_cli *cli = s->cli;
    for (int i = 0; i < SF_VERDICTS; i++) {
        if (strcmp(cli->args[1], sf_verdict_word((sf_verdict)i)) != 0)
            continue;
        if (cli->arg_count - 2 >= verdicts[i].least && cli->arg_count - 2 <= verdicts[i].most)
            return verdicts[i].decide(s, (sf_verdict)i);
        sf_cli_say("usage: sofar review SUBJECT %s %s", cli->args[1], verdicts[i].arguments);
        return SF_EXIT_USAGE;
    }
    sf_cli_say("'%s' is no verdict: accept, reject, correct, join, split, rename or undo",
               cli->args[1]);
    return SF_EXIT_USAGE;
}

static int list(sf_sitting *s) {
    sf_buf out = sf_buf_new(s->desk.arena);
    if (s->cli->json) {
        sf_show_review_json(&out, s->desk.dossier, s->desk.queue);
        sf_buf_char(&out, '\n');
    } else {
        sf_show_review_list(&out, s->desk.queue, s->desk.dossier->fact_count, sf_cli_terminal());
    }
    return sf_cli_write(sf_buf_str(&out));
}

static int about_subject(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_sitting s = {.cli = cli, .desk = {.store = store, .arena = arena}};
    int code = sf_sitting_load(&s, sf_str_of(cli->args[0]));
    if (code)
        return code;
    if (cli->arg_count > 1)
        return decide(&s);
    bool talks = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    return cli->list || cli->json || !talks ? list(&s) : sf_sitting_keys(&s);
}

/* ---- the log ---- */

static int write_log(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sofar_error err;
    sf_decisions all;
    const sf_decision **which;
    size_t count;
    if (sf_decisions_load(store, arena, &all, &err))
        return sf_cli_fail(&err);
    if (cli->lost) {
        if (sf_decisions_lost(store, arena, &all, &which, &count, &err))
            return sf_cli_fail(&err);
    } else {
        count = all.count;
        which = SF_ARRAY(arena, const sf_decision *, count);
        for (size_t i = 0; i < count; i++)
            which[i] = &all.at[i];
    }
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (cli->export || cli->json) {
            sf_decision_json(&out, which[i]);
            sf_buf_char(&out, '\n');
        } else {
            sf_show_decision(&out, which[i], sf_cli_terminal());
        }
    }
    return sf_cli_write(sf_buf_str(&out));
}

static int put(sf_store *store, sf_arena *arena, const sf_decision *decisions, size_t count,
               size_t *added) {
    sofar_error err;
    sf_decision_row *rows = SF_ARRAY(arena, sf_decision_row, count);
    for (size_t i = 0; i < count; i++) {
        sf_buf body = sf_buf_new(arena);
        sf_decision_json(&body, &decisions[i]);
        rows[i] = (sf_decision_row){decisions[i].id, decisions[i].made, decisions[i].who,
                                    sf_buf_str(&body)};
    }
    if (sf_store_decide(store, rows, count, SF_ANY_LOG, added, &err))
        return sf_cli_fail(&err);
    return SF_EXIT_OK;
}

static int import_lines(const sf_cli *cli, sf_store *store, sf_arena *arena, FILE *in,
                        const char *path) {
    sf_vec(sf_decision) all = {0};
    char *line = NULL;
    size_t room = 0, number = 0, added;
    int code = SF_EXIT_OK;
    for (ssize_t len; !code && (len = getline(&line, &room, in)) >= 0;) {
        sofar_error err;
        sf_decision d;
        sf_str text = sf_str_trim((sf_str){line, (size_t)len});
        number++;
        if (!text.len)
            continue;
        sofar_status status = sf_decision_parse(arena, text, &d, &err);
        if (status) {
            sf_cli_say("%s: line %zu: %s; nothing was taken in", path, number, err.msg);
            code = status == SOFAR_ERR_MEMORY ? SF_EXIT_MEMORY : SF_EXIT_INPUT;
        } else if (!sf_desk_follows(arena, d.made)) {
            sf_cli_say("%s: line %zu: made '%.*s' is no moment such as 2021-10-15T09:30:00.123Z; "
                       "nothing was taken in",
                       path, number, SF_ARG(d.made));
            code = SF_EXIT_INPUT;
        } else {
            *SF_PUSH(arena, &all) = d;
        }
    }
    if (!code && ferror(in)) {
        sf_cli_say("%s: cannot be read: %s", path, strerror(errno));
        code = SF_EXIT_INPUT;
    }
    free(line);
    if (!code)
        code = put(store, arena, all.at, all.count, &added);
    if (!code && !cli->quiet)
        sf_cli_say("decisions: added %zu, known %zu", added, all.count - added);
    return code;
}

static int import(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    bool standard = strcmp(cli->import, "-") == 0;
    FILE *in = standard ? stdin : fopen(cli->import, "rbe");
    if (!in) {
        sf_cli_say("%s: cannot be opened: %s", cli->import, strerror(errno));
        return SF_EXIT_INPUT;
    }
    int code = import_lines(cli, store, arena, in, cli->import);
    if (!standard)
        fclose(in);
    return code;
}

int sf_cli_review(const sf_cli *cli) {
    int log = cli->log + cli->lost + cli->export + (cli->import != NULL);
    if (log > 1 || (log && cli->arg_count) || (!log && !cli->arg_count)) {
        sf_cli_say("usage: sofar review SUBJECT [VERDICT ...], or one of --log, --lost, --export "
                   "and --import FILE; see sofar help review");
        return SF_EXIT_USAGE;
    }
    if (cli->import)
        return sf_cli_in_store(cli, SF_STORE_WRITE, import, NULL);
    if (log)
        return sf_cli_answer(cli, write_log, NULL);
    return sf_cli_in_store(cli, SF_STORE_WRITE, about_subject, NULL);
}
