/* sofar on: what the pages in the store say about a subject. */
#include "cli/answer.h"

static int tell(const sf_cli *cli, sf_store *store, sf_arena *arena) {
    sf_dossier *dossier;
    sofar_error err;
    sf_str subject = sf_str_of(cli->args[0]);
    if (sf_story_dossier(store, arena, subject, cli->as_of, &dossier, &err))
        return sf_cli_fail(&err);
    if (dossier->source_count == 0)
        return sf_cli_nobody(cli, store, arena, subject);
    sf_buf out = sf_buf_new(arena);
    if (cli->json) {
        sf_show_json(&out, dossier);
        sf_buf_char(&out, '\n');
    } else {
        sf_show_terminal(&out, dossier, sf_cli_terminal());
    }
    return sf_cli_write(sf_buf_str(&out));
}

int sf_cli_on(const sf_cli *cli) { return sf_cli_answer(cli, tell); }
