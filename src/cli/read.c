/* sofar read: pages in, one JSON object a page out, nothing kept. */
#include "cli/input.h"

static int take(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str json) {
    (void)ctx, (void)page, (void)reading;
    int code = sf_cli_write(json);
    return code ? code : sf_cli_write(SF_STR("\n"));
}

int sf_cli_read(const sf_cli *cli) {
    sf_input_counts counts;
    int code = sf_cli_pages(cli, sofar_reading_json, take, NULL, &counts);
    if (counts.failed && !cli->quiet)
        sf_cli_say("%zu read, %zu could not be read", counts.read, counts.failed);
    return code;
}
