/* serve: the gallery, a JSON interface and the review desk over HTTP, live from the store. Pages
 * are those of the gallery, by the same functions, with what only a server can do beside.
 *
 * Where to start: asking.c reads what a request asks for; clerk.c answers it from the store, api.c
 * where it is JSON; parcel.c makes the answer a response with its headers; guard.c says who may
 * decide, scribe.c writes what was decided; events.c tells of changes; server.c is the HTTP server
 * (libmicrohttpd). */
#ifndef SF_SERVE_H
#define SF_SERVE_H

#include "base/base.h"

typedef struct sf_serve_options {
    const char *store;  /* as for sf_store_open */
    const char *listen; /* "127.0.0.1:8383", "[::1]:0": address and port, 0 for any free one */
    bool open;          /* anybody may ask, by any name; nobody may decide */
    bool afar;          /* not open, but from other machines too: who has the token may decide */
    const char *who;    /* signs decisions whose maker says no name */
    sf_str base;        /* URL under which the pages are reached; absent: feeds name none */
    bool key_feed;      /* feeds tell of key facts only */
    void (*say)(const char *format, ...); /* for troubles that the clients are not told of */
} sf_serve_options;

typedef struct sf_server sf_server;

/* Begins to answer, on threads of its own. The options' strings must outlive it. Signals that the
 * caller has blocked are blocked in the threads too. Errors: USAGE for an address that is none, or
 * that is not this machine's own unless `open` or `afar` is given, or that is every address with
 * `afar` and without `base`, so that no name is known by which it is reached; NETWORK if it cannot
 * be had; those of the store. */
sofar_status sf_server_start(const sf_serve_options *options, sf_server **out, sofar_error *err);
/* "http://127.0.0.1:8383/"; lives as long as it. */
const char *sf_server_url(const sf_server *server);
/* Where the review desk is, with the token that lets decide; NULL if there is none. */
const char *sf_server_desk(const sf_server *server);
/* Waits for answers that are being made; connections are closed. */
void sf_server_stop(sf_server *server);

#endif
