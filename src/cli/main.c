#include "cli/cli.h"

#include <stdio.h>

int main(int argc, char **argv) {
    sf_cli cli = {.args = argv + 2, .arg_count = argc - 2};
    if (argc > 2 && strcmp(argv[1], "read") == 0)
        return sf_cli_read(&cli);
    fputs("usage: sofar read FILE...\n", stderr);
    return SF_EXIT_USAGE;
}
