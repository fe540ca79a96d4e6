/* sofar search: where words stand, on which pages, and what is said there. */
#include "show/search.h"
#include "cli/answer.h"

enum { MOST = 50 }; /* pages, if not said otherwise */

static int tell(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    sf_buf words = sf_buf_new(arena), out = sf_buf_new(arena);
    sf_search found = {0};
    sofar_error err;
    for (int i = 0; i < cli->arg_count; i++) {
        sf_buf_add(&words, sf_str_of(cli->args[i]));
        sf_buf_char(&words, ' ');
    }
    if (sf_story_search(store, arena, sf_buf_str(&words), cli->as_of,
                        cli->limit ? cli->limit : MOST, &found, &err))
        return sf_cli_fail(&err);
    if (!found.count) {
        sf_cli_say("%s: no page has all of these words", sf_store_path(store));
        return SF_EXIT_NOTHING;
    }
    if (cli->json) {
        sf_show_search_json(&out, &found);
        sf_buf_char(&out, '\n');
    } else if (cli->csv) {
        sf_show_search_csv(&out, &found);
    } else {
        sf_show_search(&out, &found, sf_cli_terminal());
    }
    return sf_cli_write(sf_buf_str(&out));
}

int sf_cli_search(const sf_cli *cli) {
    int code = sf_cli_one_format(cli);
    return code ? code : sf_cli_answer(cli, tell, NULL);
}
