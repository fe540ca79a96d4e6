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

int sf_desk_load(sf_desk *desk, sf_str subject) {
    sofar_error err;
    if (sf_decisions_load(desk->store, desk->arena, &desk->decisions, &err) ||
        sf_story_dossier(desk->store, desk->arena, subject, (sf_date){0}, &desk->dossier, &err))
        return sf_cli_fail(&err);
    if (desk->dossier->source_count == 0)
        return sf_cli_nobody(desk->cli, desk->store, desk->arena, subject);
    desk->queue = sf_review_queue(desk->arena, desk->dossier, &desk->decisions);
    return SF_EXIT_OK;
}

/* To the millisecond: decisions are replayed in the order of their times. */
static sf_str now(sf_arena *arena) {
    char stamp[32];
    struct tm utc;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    return sf_str_format(arena, "%s.%03ldZ", stamp, t.tv_nsec / 1000000);
}

/* Later than what its maker saw, also if that was a moment ago. */
static sf_str moment(const sf_desk *desk) {
    const sf_decisions *all = &desk->decisions;
    sf_str stamp = now(desk->arena);
    for (int i = 0; i < 10 && all->count; i++, stamp = now(desk->arena)) {
        if (sf_str_compare(stamp, all->at[all->count - 1].made) > 0)
            break;
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    return stamp;
}

static sf_str signature(const sf_cli *cli) {
    const char *user = getenv("USER");
    return sf_str_of(cli->by ? cli->by : user && *user ? user : "somebody");
}

static int put(sf_desk *desk, const sf_decision *decisions, size_t count, size_t *added) {
    sofar_error err;
    sf_decision_row *rows = SF_ARRAY(desk->arena, sf_decision_row, count);
    for (size_t i = 0; i < count; i++) {
        sf_buf body = sf_buf_new(desk->arena);
        sf_decision_json(&body, &decisions[i]);
        rows[i] = (sf_decision_row){decisions[i].id, decisions[i].made, decisions[i].who,
                                    sf_buf_str(&body)};
    }
    if (sf_store_decide(desk->store, rows, count, added, &err))
        return sf_cli_fail(&err);
    return SF_EXIT_OK;
}

int sf_desk_decide(sf_desk *desk, sf_decision *d, sf_str why) {
    size_t added;
    d->made = moment(desk);
    d->who = signature(desk->cli);
    d->why = desk->cli->why ? sf_str_of(desk->cli->why) : why;
    sf_decision_identify(desk->arena, d);
    int code = put(desk, d, 1, &added);
    if (code || desk->cli->quiet)
        return code;
    sf_buf line = sf_buf_new(desk->arena);
    sf_show_decision(&line, d, sf_cli_terminal());
    return sf_cli_write(sf_buf_str(&line));
}

static sf_decided_role *role_of(sf_arena *arena, sf_decided_fact *f, sf_str name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, name))
            return &f->roles[i];
    sf_decided_role *more = SF_ARRAY(arena, sf_decided_role, f->role_count + 1);
    for (size_t i = 0; i < f->role_count; i++)
        more[i] = f->roles[i];
    f->roles = more;
    more[f->role_count] = (sf_decided_role){.name = sf_str_copy(arena, name)};
    return &more[f->role_count++];
}

static void drop(sf_decided_fact *f, const sf_decided_role *role) {
    size_t at = (size_t)(role - f->roles);
    memmove(&f->roles[at], &f->roles[at + 1], (--f->role_count - at) * sizeof *role);
}

static bool set_status(sf_decided_fact *f, sf_str word) {
    for (int i = 0; i <= SOFAR_DENIED; i++)
        if (sf_str_equal(word, sf_str_of(sf_claim_word((sofar_claim)i)))) {
            f->status = (sofar_claim)i;
            return true;
        }
    sf_cli_say("status is stated, planned, rumoured or denied");
    return false;
}

static bool set_type(sf_decided_role *role, sf_str word) {
    for (int i = 0; i <= SOFAR_OTHER; i++)
        if (sf_str_equal(word, sf_str_of(sf_subject_word((sofar_subject_type)i)))) {
            role->subject = true;
            role->type = (sofar_subject_type)i;
            return true;
        }
    sf_cli_say("'%.*s' is no type of subject, such as person or work", SF_ARG(word));
    return false;
}

/* A role's name: letters, as in beats. */
static bool is_role(sf_str name) {
    for (size_t i = 0; i < name.len; i++)
        if (!sf_is_alpha(name.ptr[i]) && name.ptr[i] != '_')
            return false;
    return name.len > 0;
}

bool sf_desk_correct(sf_arena *arena, sf_decided_fact *f, sf_str change) {
    size_t equal = sf_str_find(change, SF_STR("="), 0);
    sf_str name = sf_str_trim(sf_str_sub(change, 0, equal == SIZE_MAX ? change.len : equal));
    size_t colon = sf_str_find(name, SF_STR(":"), 0);
    sf_str type = colon == SIZE_MAX ? SF_ABSENT : sf_str_sub(name, colon + 1, name.len);
    name = sf_str_sub(name, 0, colon == SIZE_MAX ? name.len : colon);
    if (equal == SIZE_MAX || !is_role(name)) {
        sf_cli_say("'%.*s' is no change; write ROLE=VALUE, or ROLE:TYPE=NAME for a new subject",
                   SF_ARG(change));
        return false;
    }
    sf_str value = sf_str_fold_space(arena, sf_str_sub(change, equal + 1, change.len));
    if (sf_str_equal(name, SF_STR("status")))
        return set_status(f, value);
    if (sf_str_equal(name, SF_STR("when"))) {
        sf_interval days;
        if (value.len && !sf_interval_parse(value, &days)) {
            sf_cli_say("'%.*s' is no day; write 2021, 2021-10 or 2021-10-15", SF_ARG(value));
            return false;
        }
        f->when = value.len ? value : SF_ABSENT;
        return true;
    }
    if (sf_str_equal(name, SF_STR("type"))) {
        f->type = value;
        return is_role(value);
    }
    sf_decided_role *role = role_of(arena, f, name);
    role->value = value;
    if (!value.len)
        drop(f, role);
    return !value.len || !type.ptr || set_type(role, type);
}

/* ---- verdicts on the command line ---- */

static sf_str argument(const sf_desk *desk, int i) { return sf_str_of(desk->cli->args[i]); }

static int on_facts(sf_desk *desk, sf_verdict verdict) {
    for (int i = 2; i < desk->cli->arg_count; i++) {
        const sf_told_fact *fact = sf_cli_fact(desk->dossier, argument(desk, i));
        if (!fact)
            return SF_EXIT_NOTHING;
        sf_decision d = sf_decision_on(desk->arena, verdict, desk->dossier, fact);
        int code = sf_desk_decide(desk, &d, SF_ABSENT);
        if (code)
            return code;
    }
    return SF_EXIT_OK;
}

static int correct(sf_desk *desk, sf_verdict verdict) {
    (void)verdict;
    const sf_told_fact *fact = sf_cli_fact(desk->dossier, argument(desk, 2));
    if (!fact)
        return SF_EXIT_NOTHING;
    sf_decision d = sf_decision_correct(desk->arena, desk->dossier, fact);
    for (int i = 3; i < desk->cli->arg_count; i++)
        if (!sf_desk_correct(desk->arena, &d.should, argument(desk, i)))
            return SF_EXIT_USAGE;
    return sf_desk_decide(desk, &d, SF_ABSENT);
}

static int name(sf_desk *desk, sf_verdict verdict) {
    sf_decision d = {.verdict = verdict,
                     .subject = desk->dossier->name,
                     .other = sf_str_fold_space(desk->arena, argument(desk, 2))};
    return sf_desk_decide(desk, &d, SF_ABSENT);
}

/* The pages are those of the dossier that have the URL or file. */
static int split(sf_desk *desk, sf_verdict verdict) {
    sf_decision d = {.verdict = verdict,
                     .subject = desk->dossier->name,
                     .other = sf_str_fold_space(desk->arena, argument(desk, 2))};
    d.receipts = SF_ARRAY(desk->arena, sf_decided_receipt, desk->dossier->source_count);
    for (int i = 3; i < desk->cli->arg_count; i++) {
        size_t before = d.receipt_count;
        for (size_t k = 0; k < desk->dossier->source_count; k++) {
            const sf_capture *page = desk->dossier->sources[k].page;
            if (sf_str_equal(page->clipping.url, argument(desk, i)) ||
                sf_str_equal(page->clipping.file, argument(desk, i)))
                d.receipts[d.receipt_count++] = sf_decided_page(page);
        }
        if (d.receipt_count == before) {
            sf_cli_say("%s: no page of '%.*s' has that URL or file; `sofar sources` lists them",
                       desk->cli->args[i], SF_ARG(desk->dossier->name));
            return SF_EXIT_NOTHING;
        }
    }
    return sf_desk_decide(desk, &d, SF_ABSENT);
}

static int undo(sf_desk *desk, sf_verdict verdict) {
    sf_str id = argument(desk, 2);
    for (size_t i = 0; i < desk->decisions.count; i++)
        if (sf_str_equal(desk->decisions.at[i].id, id)) {
            sf_decision d = {.verdict = verdict, .other = id};
            return sf_desk_decide(desk, &d, SF_ABSENT);
        }
    sf_cli_say("%.*s: no such decision; `sofar review --log` shows them", SF_ARG(id));
    return SF_EXIT_NOTHING;
}

static const struct {
    int least, most; /* arguments behind the verdict */
    const char *arguments;
    int (*decide)(sf_desk *desk, sf_verdict verdict);
} verdicts[SF_VERDICTS] = {
    [SF_ACCEPT] = {1, INT_MAX, "FACT ...", on_facts},
    [SF_REJECT] = {1, INT_MAX, "FACT ...", on_facts},
    [SF_CORRECT] = {2, INT_MAX, "FACT ROLE=VALUE ...", correct},
    [SF_JOIN] = {1, 1, "NAME", name},
    [SF_SPLIT] = {2, INT_MAX, "NAME URL|FILE ...", split},
    [SF_RENAME] = {1, 1, "NAME", name},
    [SF_UNDO] = {1, 1, "DECISION", undo},
};

static int decide(sf_desk *desk) {
    const sf_cli *cli = desk->cli;
    for (int i = 0; i < SF_VERDICTS; i++) {
        if (strcmp(cli->args[1], sf_verdict_word((sf_verdict)i)) != 0)
            continue;
        if (cli->arg_count - 2 >= verdicts[i].least && cli->arg_count - 2 <= verdicts[i].most)
            return verdicts[i].decide(desk, (sf_verdict)i);
        sf_cli_say("usage: sofar review SUBJECT %s %s", cli->args[1], verdicts[i].arguments);
        return SF_EXIT_USAGE;
    }
    sf_cli_say("'%s' is no verdict: accept, reject, correct, join, split, rename or undo",
               cli->args[1]);
    return SF_EXIT_USAGE;
}

static int list(sf_desk *desk) {
    sf_buf out = sf_buf_new(desk->arena);
    if (desk->cli->json) {
        sf_show_review_json(&out, desk->dossier, desk->queue);
        sf_buf_char(&out, '\n');
    } else {
        sf_show_review_list(&out, desk->queue, desk->dossier->fact_count, sf_cli_terminal());
    }
    return sf_cli_write(sf_buf_str(&out));
}

static int about_subject(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_desk desk = {.cli = cli, .store = store, .arena = arena};
    int code = sf_desk_load(&desk, sf_str_of(cli->args[0]));
    if (code)
        return code;
    if (cli->arg_count > 1)
        return decide(&desk);
    bool talks = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    return cli->list || cli->json || !talks ? list(&desk) : sf_desk_sit(&desk);
}

/* ---- the log ---- */

static int write_log(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_desk desk = {.cli = cli, .store = store, .arena = arena};
    sofar_error err;
    const sf_decision **which;
    size_t count;
    if (sf_decisions_load(store, arena, &desk.decisions, &err))
        return sf_cli_fail(&err);
    if (cli->lost) {
        if (sf_decisions_lost(store, arena, &desk.decisions, &which, &count, &err))
            return sf_cli_fail(&err);
    } else {
        count = desk.decisions.count;
        which = SF_ARRAY(arena, const sf_decision *, count);
        for (size_t i = 0; i < count; i++)
            which[i] = &desk.decisions.at[i];
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

static int import_lines(sf_desk *desk, FILE *in, const char *path) {
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
        sofar_status status = sf_decision_parse(desk->arena, text, &d, &err);
        if (status) {
            sf_cli_say("%s: line %zu: %s; nothing was taken in", path, number, err.msg);
            code = status == SOFAR_ERR_MEMORY ? SF_EXIT_MEMORY : SF_EXIT_INPUT;
        } else {
            *SF_PUSH(desk->arena, &all) = d;
        }
    }
    if (!code && ferror(in)) {
        sf_cli_say("%s: cannot be read: %s", path, strerror(errno));
        code = SF_EXIT_INPUT;
    }
    free(line);
    if (!code)
        code = put(desk, all.at, all.count, &added);
    if (!code && !desk->cli->quiet)
        sf_cli_say("decisions: added %zu, known %zu", added, all.count - added);
    return code;
}

static int import(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_desk desk = {.cli = cli, .store = store, .arena = arena};
    bool standard = strcmp(cli->import, "-") == 0;
    FILE *in = standard ? stdin : fopen(cli->import, "rbe");
    if (!in) {
        sf_cli_say("%s: cannot be opened: %s", cli->import, strerror(errno));
        return SF_EXIT_INPUT;
    }
    int code = import_lines(&desk, in, cli->import);
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
