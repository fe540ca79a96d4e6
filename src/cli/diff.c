/* sofar diff: what was learned about a subject between two days. */
#include "cli/answer.h"

static int tell(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_dossier *from, *to;
    sofar_error err;
    sf_str subject = sf_str_of(cli->args[0]);
    if (sf_story_dossier(store, arena, subject, cli->from, &from, &err) ||
        sf_story_dossier(store, arena, subject, cli->to, &to, &err))
        return sf_cli_fail(&err);
    if (to->source_count == 0)
        return sf_cli_nobody(cli, store, arena, subject);
    sf_diff diff = sf_story_diff(arena, from, to);
    sf_buf out = sf_buf_new(arena);
    if (cli->json) {
        sf_show_diff_json(&out, &diff);
        sf_buf_char(&out, '\n');
    } else {
        sf_show_diff(&out, &diff, sf_cli_terminal());
    }
    return sf_cli_write(sf_buf_str(&out));
}

int sf_cli_diff(const sf_cli *cli) {
    if (!cli->from.year) {
        sf_cli_say("diff wants a day to begin at: sofar diff SUBJECT --from DATE [--to DATE]");
        return SF_EXIT_USAGE;
    }
    return sf_cli_answer(cli, tell, NULL);
}
