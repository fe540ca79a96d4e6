/* serve's own: the JSON interface. The table of endpoints is what requests are read by and what
 * the description is made of. */
#ifndef SF_SERVE_API_H
#define SF_SERVE_API_H

#include "serve/asking.h"

typedef struct sf_endpoint {
    const char *name, *summary;
    unsigned takes, needs; /* sets of sf_parameter, 1 << p */
    unsigned needs_one;    /* at least one of these; 0: none */
    bool desk;             /* not there without the review desk */
    /* Writes the answer; DONE if there is nothing to tell of. Errors: those of the store; USAGE for
     * what cannot be asked. */
    sofar_status (*answer)(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err);
} sf_endpoint;

/* NULL if there is none of that name. desk: those of the review desk are there. */
const sf_endpoint *sf_endpoint_of(sf_str name, bool desk);

/* The description, as OpenAPI 3.0 has it (openapi.c). */
void sf_api_describe(sf_buf *out, bool desk);

extern const sf_endpoint sf_endpoints[];
extern const size_t sf_endpoint_count;

#endif
