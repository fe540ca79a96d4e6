/* serve's own: who writes decisions into the store. What comes in is what a browser sends, once the
 * guard has let it pass; what a decision is and when it is refused is story/desk.h's. */
#ifndef SF_SERVE_SCRIBE_H
#define SF_SERVE_SCRIBE_H

#include "serve/parcel.h"
#include "serve/serve.h"

typedef struct sf_scribe sf_scribe;

/* The store is opened with the first decision. */
sofar_status sf_scribe_new(const sf_serve_options *options, sf_scribe **out, sofar_error *err);
void sf_scribe_free(sf_scribe *scribe); /* NULL does nothing */

/* Takes a decision: an object of JSON with "verdict" ("accept", "reject", "correct", "undo"), then
 * either "subject", "fact" and "seen", as /api/review has them, and for a correction "should", a
 * list of changes (sf_decided_change), or, to undo, "decision"; "who" and "why" may be absent.
 * Answers 200 with the decision as it stands in the log, 400 for what is no decision, 404 for a
 * subject or decision that nobody knows, 409 if the fact is not what was seen any more, 503. NULL
 * if memory ran out. The parcel is the caller's. Any thread may call it: one decision is made at a
 * time. */
sf_parcel *sf_scribe_take(sf_scribe *scribe, sf_str body);

#endif
