/* Messages and exit codes. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>

#include "show/plain.h"

void sf_cli_harmless(char *line) {
    sf_str s = sf_str_of(line);
    size_t bytes;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t code = sf_plain_code(s, i, &bytes);
        if (code == 0 || (code == ' ' && s.ptr[i] != ' ') || (code == 0xFFFD && bytes == 1))
            memset(line + i, '?', bytes);
    }
}

void sf_cli_say(const char *format, ...) {
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    sf_cli_harmless(line); /* names and URLs come from outside */
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

static int unwritten(int why) {
    if (why != EPIPE) /* whoever reads us has had enough: no reason to complain */
        sf_cli_say("the output cannot be written: %s; free some space or write elsewhere",
                   why ? strerror(why) : "write error");
    return SF_EXIT_OUTPUT;
}

int sf_cli_write(sf_str bytes) {
    if (ferror(stdout)) /* said already */
        return SF_EXIT_OUTPUT;
    errno = 0;
    return fwrite(bytes.ptr, 1, bytes.len, stdout) == bytes.len ? SF_EXIT_OK : unwritten(errno);
}

int sf_cli_finish(int code) {
    if (ferror(stdout)) /* sf_cli_write said why */
        return SF_EXIT_OUTPUT;
    errno = 0;
    return fflush(stdout) == 0 ? code : unwritten(errno);
}
