/* cli/tell: runs the user's command with a text on its standard input. */
#ifndef SF_CLI_TELL_H
#define SF_CLI_TELL_H

#include "cli/cli.h"

/* Runs `command` by /bin/sh -c; nothing is put into it. Its output goes to standard error, since
 * standard output is ours. Waits until it ends; where stop() (asked once a second) says so, it is
 * asked to end (SIGTERM). True if it ended with 0; what went wrong is said. The caller has blocked
 * SIGINT and SIGTERM, which the command gets as they were. */
bool sf_cli_tell(const char *command, sf_str input, bool (*stop)(void *ctx), void *ctx);

#endif
