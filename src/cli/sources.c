/* sofar sources: which outlets tell of a subject, first-hand or not. */
#include "cli/answer.h"
#include "show/lists.h"

int sf_cli_sources(const sf_cli *cli) {
    static const sf_cli_shown as = {sf_show_outlets, sf_show_outlets_json, sf_show_outlets_csv};
    return sf_cli_show(cli, &as);
}
