/* fetch: URLs -> bytes, politely, over libcurl. Only http and https; no private, loopback or
 * link-local address (checked on the address that is connected to, also after redirects) unless
 * allowed; size and time limits; robots.txt respected. */
#ifndef SF_FETCH_H
#define SF_FETCH_H

#include "base/base.h"

typedef struct sf_fetch_options {
    bool allow_private;
    bool offline;       /* refuse every fetch */
    bool ignore_robots; /* only for tests and one's own sites */
    size_t max_bytes;   /* 0: SOFAR_MAX_PAGE_BYTES */
    long timeout_s;     /* 0: 30 */
} sf_fetch_options;

/* Fills page->bytes, url (after redirects), content_type in the arena; page->captured is left
 * absent (no clock here). Errors: NETWORK, LIMIT, USAGE. */
sofar_status sf_fetch_page(sf_arena *arena, const char *url, const sf_fetch_options *options,
                           sofar_page *page, sofar_error *err);

#endif
