/* sofar cast: who made it, or what somebody made. */
#include "cli/answer.h"
#include "show/lists.h"

int sf_cli_cast(const sf_cli *cli) {
    static const sf_cli_shown as = {sf_show_cast, sf_show_cast_json, sf_show_cast_csv};
    return sf_cli_show(cli, &as);
}
