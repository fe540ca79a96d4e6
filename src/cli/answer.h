/* cli/answer: what verbs share that answer from the store. */
#ifndef SF_CLI_ANSWER_H
#define SF_CLI_ANSWER_H

#include "cli/cli.h"
#include "show/show.h"

/* Standard output, as wide as it is; colours where it is a terminal and NO_COLOR is not set. */
sf_terminal sf_cli_terminal(void);

/* Nobody knows the name: says what is nearest, or what there is. SF_EXIT_NOTHING. */
int sf_cli_nobody(const sf_cli *cli, sf_store *store, sf_arena *arena, sf_str subject);

/* Calls run() with an arena that goes when it returns. Its exit code, or SF_EXIT_MEMORY, which was
 * said. */
int sf_cli_in_arena(int (*run)(void *ctx, sf_arena *arena), void *ctx);

typedef int sf_cli_tell(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx);

/* Opens the store for reading and calls tell() with it, an arena and ctx. Its exit code, or that of
 * what went wrong, which was said. */
int sf_cli_answer(const sf_cli *cli, sf_cli_tell *tell, const void *ctx);
/* Likewise with the store opened as said. */
int sf_cli_in_store(const sf_cli *cli, sf_store_mode mode, sf_cli_tell *tell, const void *ctx);
/* What a dossier is shown as, by the options given. */
typedef struct sf_cli_shown {
    void (*terminal)(sf_buf *out, const sf_dossier *dossier, sf_terminal terminal);
    void (*json)(sf_buf *out, const sf_dossier *dossier);
    void (*csv)(sf_buf *out, const sf_dossier *dossier);
} sf_cli_shown;

/* Shows what is known of the first argument. */
int sf_cli_show(const sf_cli *cli, const sf_cli_shown *as);

/* Are --json and --csv given both? Says so; SF_EXIT_USAGE, else SF_EXIT_OK. */
int sf_cli_one_format(const sf_cli *cli);

/* The fact of that id, whole or without the subject's name; NULL if there is none, which is said.
 */
const sf_told_fact *sf_cli_fact(const sf_dossier *dossier, sf_str id);

#endif
