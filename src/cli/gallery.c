/* sofar gallery: subjects of the store in, a folder of static pages out. */
#include "cli/answer.h"

#include <stdio.h>

/* The dossiers of the subjects that pages name; says which ones none does. */
static int collect(const sf_cli *cli, sf_store *store, sf_arena *arena, const sf_dossier **out,
                   size_t *count) {
    int code = SF_EXIT_OK;
    *count = 0;
    for (int i = 0; i < cli->arg_count; i++) {
        sofar_error err;
        sf_dossier *dossier;
        sf_str subject = sf_str_of(cli->args[i]);
        if (sf_story_dossier(store, arena, subject, cli->as_of, &dossier, &err))
            return sf_cli_fail(&err);
        if (dossier->source_count) {
            out[(*count)++] = dossier;
            continue;
        }
        sf_cli_say("no page in %s names '%s'%s", sf_store_path(store), cli->args[i],
                   cli->as_of.year ? " as of that day" : "");
        code = SF_EXIT_NOTHING;
    }
    return code;
}

static int tell(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sofar_error err;
    size_t count;
    const sf_dossier **dossiers = SF_ARRAY(arena, const sf_dossier *, cli->arg_count);
    int code = collect(cli, store, arena, dossiers, &count);
    if (count == 0 || (code && code != SF_EXIT_NOTHING))
        return code;
    sofar_status status = sf_show_gallery(arena, dossiers, count, cli->out, &err);
    if (status) {
        int failed = sf_cli_fail(&err);
        return status == SOFAR_ERR_IO ? SF_EXIT_OUTPUT : failed;
    }
    size_t len = strlen(cli->out);
    printf("%s%sindex.html\n", cli->out, len && cli->out[len - 1] == '/' ? "" : "/");
    return code;
}

int sf_cli_gallery(const sf_cli *cli) {
    if (!cli->out) {
        sf_cli_say("gallery wants a folder to write to: sofar gallery SUBJECT... -o DIR");
        return SF_EXIT_USAGE;
    }
    return sf_cli_answer(cli, tell, NULL);
}
