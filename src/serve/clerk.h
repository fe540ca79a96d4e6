/* serve's own: who answers from the store. A clerk has a store handle and what it keeps for itself,
 * and answers one request at a time; several work side by side. */
#ifndef SF_SERVE_CLERK_H
#define SF_SERVE_CLERK_H

#include "serve/asking.h"
#include "serve/parcel.h"
#include "serve/serve.h"

typedef struct sf_clerk sf_clerk;

/* Opens the store. Errors: those of sf_store_open. */
sofar_status sf_clerk_new(const sf_serve_options *options, sf_clerk **out, sofar_error *err);
void sf_clerk_free(sf_clerk *clerk); /* NULL does nothing */

/* The answer to the target, whatever it is: an error is an answer too. NULL if memory ran out. It
 * is the clerk's until its next call. */
sf_parcel *sf_clerk_answer(sf_clerk *clerk, sf_str target);

#endif
