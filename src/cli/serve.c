/* sofar serve: the gallery, its JSON interface and the review desk over HTTP, until it is told to
 * stop. */
#include "serve/serve.h"
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

int sf_cli_serve(const sf_cli *cli) {
    const char *user = getenv("USER");
    sf_serve_options options = {.store = cli->store,
                                .listen = cli->listen ? cli->listen : "127.0.0.1:8383",
                                .open = cli->public,
                                .afar = cli->desk,
                                .who = cli->by         ? cli->by
                                       : user && *user ? user
                                                       : "somebody",
                                .base = sf_str_of(cli->base_url),
                                .key_feed = cli->key_feed,
                                .say = sf_cli_say};
    sf_server *server;
    sofar_error err;
    sigset_t stops;
    int which;
    if (cli->public && cli->desk) {
        sf_cli_say("--public is for everybody to read, --desk for some to decide; choose one");
        return SF_EXIT_USAGE;
    }
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    sigprocmask(SIG_BLOCK, &stops, NULL); /* before there are threads, which then block them too */
    if (sf_server_start(&options, &server, &err))
        return sf_cli_fail(&err);
    printf("%s\n", sf_server_url(server));
    if (sf_server_desk(server))
        printf("%s\n", sf_server_desk(server));
    int code = sf_cli_finish(SF_EXIT_OK);
    if (!code)
        sigwait(&stops, &which);
    sf_server_stop(server);
    return code;
}
