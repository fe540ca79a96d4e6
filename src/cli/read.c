/* sofar read: pages in, one JSON object a page out, or the page with its marks; nothing kept. */
#include "cli/answer.h"
#include "cli/input.h"
#include "show/explain.h"

static int take_json(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str json) {
    (void)ctx, (void)page, (void)reading;
    int code = sf_cli_write(json);
    return code ? code : sf_cli_write(SF_STR("\n"));
}

/* An empty line between pages. */
static int take_text(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str text) {
    bool *begun = ctx;
    (void)page, (void)reading;
    int code = *begun ? sf_cli_write(SF_STR("\n")) : SF_EXIT_OK;
    *begun = true;
    return code ? code : sf_cli_write(text);
}

static sofar_status explain(sofar_reading *reading, sf_str *out, sofar_error *err) {
    return sf_show_explain(reading, sf_cli_terminal(), out, err);
}

int sf_cli_read(const sf_cli *cli) {
    sf_input_counts counts;
    bool begun = false;
    if (cli->explain && cli->json) {
        sf_cli_say("--explain is for people, --json for programs; choose one");
        return SF_EXIT_USAGE;
    }
    int code = cli->explain ? sf_cli_pages(cli, explain, take_text, &begun, &counts)
                            : sf_cli_pages(cli, sofar_reading_json, take_json, NULL, &counts);
    if (counts.failed && !cli->quiet)
        sf_cli_say("%zu read, %zu could not be read", counts.read, counts.failed);
    return code;
}
