/* serve's own: tells those who listen that the store has changed, as server-sent events. One thread
 * looks at the store for all of them, and only while somebody listens. A listener gets the state of
 * things, never a backlog: whoever takes slowly misses what was in between, whoever takes nothing
 * is dropped by the server's patience. */
#ifndef SF_SERVE_EVENTS_H
#define SF_SERVE_EVENTS_H

#include <microhttpd.h>

#include "serve/serve.h"

enum { SF_MOST_LISTENERS = 1000 };

typedef struct sf_events sf_events;

/* Begins to look. most: so many may listen, but never more than SF_MOST_LISTENERS. The daemon that
 * answers must allow that connections are suspended. */
sofar_status sf_events_new(const sf_serve_options *options, size_t most, sf_events **out,
                           sofar_error *err);

/* Answers the connection with a stream; 503 where too many listen. Each event is called "store" and
 * has {"pages": 12, "changes": 3}: pages that the store holds, and how often it was seen to change;
 * the first comes at once. In PostgreSQL any transaction of its server that writes, also in other
 * databases, looks like a change: there may be events without one, but no change goes without an
 * event. Any thread may call it. */
enum MHD_Result sf_events_listen(sf_events *events, struct MHD_Connection *connection);

/* Ends all streams and stops looking; before the daemon is stopped. */
void sf_events_end(sf_events *events);
/* After that. NULL does nothing. */
void sf_events_free(sf_events *events);

#endif
