/* sofar timeline: what happened when, and who says so. */
#include "cli/answer.h"
#include "show/lists.h"

int sf_cli_timeline(const sf_cli *cli) {
    static const sf_cli_shown as = {sf_show_timeline, sf_show_timeline_json, sf_show_timeline_csv};
    return sf_cli_show(cli, &as);
}
