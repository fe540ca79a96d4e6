/* serve's own: who may ask, and who may decide. Any page that a browser shows can send requests to
 * this machine, and by a name of its own even read the answers; a decision is taken only from who
 * has the token that was printed when the server started. */
#ifndef SF_SERVE_GUARD_H
#define SF_SERVE_GUARD_H

#include <microhttpd.h>

#include "serve/serve.h"

enum { SF_TOKEN = 32, SF_HOST = 1100, SF_MOST_BODY = 64 << 10 };

typedef struct sf_guard {
    bool open;            /* by any name; nobody may decide then */
    char host[SF_HOST];   /* this server's own, as a Host header names it: "127.0.0.1", "[::1]" */
    char base[SF_HOST];   /* the one of the address that was given: "so.example:8443"; or "" */
    char origin[SF_HOST]; /* of that address: "https://so.example:8443"; or "" */
    char token[SF_TOKEN + 1];
} sf_guard;

/* host: as above. base: the address that was given; may be absent; ":443" of https and ":80" of
 * http are left out, as browsers do. Errors: IO if the system has no
 * random numbers. */
sofar_status sf_guard_init(sf_guard *guard, bool open, const char *host, sf_str base,
                           sofar_error *err);

/* Is the request's Host a name of ours, or is any? */
bool sf_guard_knows_host(const sf_guard *guard, struct MHD_Connection *connection);

/* 0 if the request may decide; else the HTTP status to refuse it with, and *why, a line. Only
 * headers are looked at: Host and Origin (both must be there and name this server), the token, the
 * type and length of the body. */
unsigned sf_guard_refusal(const sf_guard *guard, struct MHD_Connection *connection, sf_str *why);

#endif
