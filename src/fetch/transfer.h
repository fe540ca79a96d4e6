/* transfer: one request and its answer, over libcurl. Private to the fetch room. */
#ifndef SF_FETCH_TRANSFER_H
#define SF_FETCH_TRANSFER_H

#include "fetch/fetch.h"

typedef struct sf_transfer {
    long status; /* HTTP's */
    sf_str body, content_type;
    sf_str location; /* where it redirects to, absolute; absent if it does not */
    sf_str url;      /* of the answer */
    bool unfinished; /* in: a body longer than max_bytes is cut instead of refused */
    sf_str etag,
        modified;       /* in: sent as conditions, if present; out: the answer's, absent if none */
    long retry_after_s; /* 0 if it does not say */
} sf_transfer;

/* Gets url within *left_ms, from which the time it took is taken off. redirects: how many are
 * followed at once; with 0 the first is told in `location`. Errors: NETWORK, LIMIT, MEMORY. */
sofar_status sf_transfer_get(sf_arena *arena, const char *url, const sf_fetch_options *options,
                             size_t max_bytes, long redirects, long *left_ms, sf_transfer *out,
                             sofar_error *err);

#endif
