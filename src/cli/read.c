#include "cli/cli.h"

#include <stdio.h>

int sf_cli_read(const sf_cli *cli) {
    sofar_error err;
    sofar_reader *reader;
    if (sofar_reader_new(NULL, &reader, &err))
        return SF_EXIT_MEMORY;
    int code = SF_EXIT_OK;
    for (int i = 0; i < cli->arg_count; i++) {
        sofar_source *source;
        if (sofar_source_open(cli->args[i], NULL, &source, &err)) {
            fprintf(stderr, "sofar: %s\n", err.msg);
            code = SF_EXIT_SOME_BAD;
            continue;
        }
        sofar_page page;
        while (sofar_source_next(source, &page, &err) == SOFAR_OK) {
            sofar_reading *reading;
            sofar_str json;
            if (sofar_read(reader, &page, &reading, &err))
                continue;
            if (!sofar_reading_json(reading, &json, &err))
                printf("%.*s\n", SF_ARG(json));
            sofar_reading_free(reading);
        }
        sofar_source_close(source);
    }
    sofar_reader_free(reader);
    return code;
}
