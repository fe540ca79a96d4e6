/* sofar parse: pages in, what the language model says of them as CoNLL-U out, nothing kept. */
#include "cli/input.h"
#include "read/read.h"

static int take(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str conllu) {
    (void)ctx, (void)page, (void)reading;
    return sf_cli_write(conllu);
}

int sf_cli_parse(const sf_cli *cli) {
    sf_cli own = *cli;
    sf_input_counts counts;
    own.stages = SOFAR_STAGE_MODEL;
    int code = sf_cli_pages(&own, sf_reading_conllu, take, NULL, &counts);
    if (counts.failed && !cli->quiet)
        sf_cli_say("%zu read, %zu could not be read", counts.read, counts.failed);
    return code;
}
