/* sofar gallery: subjects of the store in, a folder of static pages out. */
#include "cli/cli.h"

#include <setjmp.h>
#include <stdio.h>

#include "show/show.h"

typedef struct gallery {
    sf_store *store;
    sf_arena arena;
    jmp_buf escape;
} gallery;

/* The dossiers of the subjects that pages name; says which ones none does. */
static int collect(gallery *g, const sf_cli *cli, const sf_dossier **out, size_t *count) {
    int code = SF_EXIT_OK;
    *count = 0;
    for (int i = 0; i < cli->arg_count; i++) {
        sofar_error err;
        sf_dossier *dossier;
        sf_str subject = sf_str_of(cli->args[i]);
        if (sf_story_dossier(g->store, &g->arena, subject, cli->as_of, &dossier, &err))
            return sf_cli_fail(&err);
        if (dossier->source_count) {
            out[(*count)++] = dossier;
            continue;
        }
        sf_cli_say("no page in %s names '%s'%s", cli->store, cli->args[i],
                   cli->as_of.year ? " as of that day" : "");
        code = SF_EXIT_NOTHING;
    }
    return code;
}

static int run(gallery *g, const sf_cli *cli) {
    sofar_error err;
    size_t count;
    const sf_dossier **dossiers = SF_ARRAY(&g->arena, const sf_dossier *, cli->arg_count);
    int code = collect(g, cli, dossiers, &count);
    if (count == 0 || (code && code != SF_EXIT_NOTHING))
        return code;
    sofar_status status = sf_show_gallery(&g->arena, dossiers, count, cli->out, &err);
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
    gallery g = {0};
    sofar_error err;
    if (sf_store_open(cli->store, SF_STORE_READ, &g.store, &err))
        return sf_cli_fail(&err);
    sf_arena_init(&g.arena, NULL, &g.escape);
    int code = SF_EXIT_MEMORY;
    if (setjmp(g.escape) == 0)
        code = run(&g, cli);
    else
        sf_cli_say("out of memory");
    sf_arena_clear(&g.arena);
    sf_store_close(g.store);
    return code;
}
