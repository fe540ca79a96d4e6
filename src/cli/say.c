/* Messages and exit codes. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>

void sf_cli_say(const char *format, ...) {
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    /* Names and URLs come from outside: nothing in them may drive the terminal. */
    for (char *p = line; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    fprintf(stderr, "sofar: %s\n", line);
}

int sf_cli_fail(const sofar_error *err) {
    sf_cli_say("%s", err->msg);
    switch (err->status) {
    case SOFAR_OK:
    case SOFAR_DONE: return SF_EXIT_OK;
    case SOFAR_ERR_USAGE: return SF_EXIT_USAGE;
    case SOFAR_ERR_MEMORY: return SF_EXIT_MEMORY;
    case SOFAR_ERR_STORE:
    case SOFAR_ERR_VERSION: return SF_EXIT_STORE;
    case SOFAR_ERR_IO:
    case SOFAR_ERR_FORMAT:
    case SOFAR_ERR_LIMIT:
    case SOFAR_ERR_NETWORK: return SF_EXIT_INPUT;
    }
    return SF_EXIT_INPUT;
}

int sf_cli_finish(int code) {
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (errno != EPIPE) /* whoever reads us has had enough: no reason to complain */
        sf_cli_say("the output cannot be written: %s; free some space or write elsewhere",
                   errno ? strerror(errno) : "write error");
    return SF_EXIT_OUTPUT;
}
