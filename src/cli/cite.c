/* sofar cite: what a Wikipedia editor pastes behind a sentence. */
#include "cli/answer.h"
#include "show/export.h"

static int tell(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_str id = sf_str_of(cli->args[0]), subject = sf_story_key_name(arena, id);
    sf_dossier *dossier;
    sofar_error err;
    if (sf_story_dossier(store, arena, subject, cli->as_of, &dossier, &err))
        return sf_cli_fail(&err);
    if (dossier->source_count == 0)
        return sf_cli_nobody(cli, store, arena, subject);
    const sf_told_fact *fact = sf_cli_fact(dossier, id);
    if (!fact)
        return SF_EXIT_NOTHING;
    sf_buf out = sf_buf_new(arena);
    sf_show_cite(&out, fact, cli->all);
    return sf_cli_write(sf_buf_str(&out));
}

int sf_cli_cite(const sf_cli *cli) {
    sf_str id = sf_str_of(cli->args[0]);
    if (sf_str_find(id, SF_STR("/"), 0) == SIZE_MAX) {
        sf_cli_say("'%s' is no fact: `sofar on` shows what a fact is called, such as "
                   "Low_Tide/3f9a12c4ab",
                   cli->args[0]);
        return SF_EXIT_USAGE;
    }
    return sf_cli_answer(cli, tell, NULL);
}
