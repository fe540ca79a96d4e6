/* sofar quotes: who said what, where and when; and the audit of who is quoted. */
#include "show/quotes.h"
#include "cli/answer.h"

/* The name nobody has heard of, if one was given. */
static sf_str name_of(const sf_asked *asked) {
    return asked->subject.ptr ? asked->subject : asked->speaker.ptr ? asked->speaker : asked->about;
}

static int nothing(const sf_cli *cli, sf_store *store, sf_arena *arena, const sf_asked *asked,
                   const sf_sayings *found) {
    sf_store_facts facts;
    sofar_error err;
    sf_str name = name_of(asked);
    if (found->pages == 0 && name.ptr)
        return sf_cli_nobody(cli, store, arena, name);
    if (sf_store_about(store, &facts, &err) == SOFAR_OK && facts.captures == 0)
        sf_cli_say("%s: the store is empty; `sofar add` reads pages into it", sf_store_path(store));
    else
        sf_cli_say("%s: no such quote in %zu %s", sf_store_path(store), found->pages,
                   found->pages == 1 ? "page" : "pages");
    return SF_EXIT_NOTHING;
}

static void write(const sf_cli *cli, sf_buf *out, const sf_sayings *found) {
    if (cli->sources) {
        sf_audit audit = sf_show_audit_of(out->arena, found);
        if (cli->json)
            sf_show_audit_json(out, &audit);
        else if (cli->csv)
            sf_show_audit_csv(out, &audit);
        else
            sf_show_audit(out, &audit, sf_cli_terminal());
    } else if (cli->json) {
        sf_show_quotes_json(out, found);
    } else if (cli->csv) {
        sf_show_quotes_csv(out, found);
    } else {
        sf_show_quotes(out, found, sf_cli_terminal());
    }
    if (cli->json)
        sf_buf_char(out, '\n');
}

static int tell(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_asked asked = {.subject = sf_str_of(cli->arg_count ? cli->args[0] : NULL),
                      .speaker = sf_str_of(cli->speaker),
                      .about = sf_str_of(cli->about),
                      .as_of = cli->as_of,
                      .since = cli->since,
                      .until = cli->until};
    sf_sayings found;
    sofar_error err;
    if (sf_story_sayings(store, arena, &asked, &found, &err))
        return sf_cli_fail(&err);
    if (found.count == 0)
        return nothing(cli, store, arena, &asked, &found);
    sf_buf out = sf_buf_new(arena);
    write(cli, &out, &found);
    return sf_cli_write(sf_buf_str(&out));
}

/* Of a year or a month. */
static sf_date last_day(sf_date d) {
    if (d.month == 0)
        d.month = 12;
    if (d.day == 0)
        d.day = sf_month_length(d.year, d.month);
    return d;
}

int sf_cli_quotes(const sf_cli *cli) {
    int code = sf_cli_one_format(cli);
    if (code)
        return code;
    if (cli->since.year && cli->until.year &&
        sf_days_from_date(cli->since) > sf_days_from_date(last_day(cli->until))) {
        sf_cli_say("--since is behind --until: no day lies between");
        return SF_EXIT_USAGE;
    }
    return sf_cli_answer(cli, tell, NULL);
}
