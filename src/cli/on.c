/* sofar on: what the pages in the store say about a subject. */
#include "cli/answer.h"

int sf_cli_on(const sf_cli *cli) {
    static const sf_cli_shown as = {sf_show_terminal, sf_show_json, sf_show_facts_csv};
    return sf_cli_show(cli, &as);
}
