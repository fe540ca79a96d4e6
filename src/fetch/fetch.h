/* fetch: URLs -> bytes, politely, over libcurl. Only http and https; no private, loopback or
 * link-local address (checked on the address that is connected to, also after redirects) unless
 * allowed; size and time limits; robots.txt respected.
 *
 * Start reading in fetch.c (one page: robots, redirects, answers); transfer.c is one request over
 * libcurl, address.c says which addresses are public, robots.c reads robots.txt. What was fetched
 * goes through sf_source_from_bytes, since it may be a page, a feed or an archive. */
#ifndef SF_FETCH_H
#define SF_FETCH_H

#include "base/base.h"

typedef struct sf_fetch_options {
    bool allow_private; /* also takes a proxy from the environment, behind which addresses cannot be
                           checked */
    bool offline;       /* refuse every fetch */
    bool ignore_robots; /* only for tests and one's own sites */
    size_t max_bytes;   /* 0: SOFAR_MAX_PAGE_BYTES */
    long timeout_s;     /* for everything that one page needs; 0: 30 */
    int loopback_port;  /* this port of 127.0.0.1 is allowed although private; for tests. 0: none */
} sf_fetch_options;

/* Is this an http or https URL, which this room would try to fetch? */
bool sf_fetch_is_url(sf_str s);

/* Fills page->bytes, file (the URL as given), url (after redirects), content_type in the arena;
 * page->captured is left absent (no clock here). Errors: NETWORK, LIMIT, USAGE. Any number of
 * threads, each with its arena. */
sofar_status sf_fetch_page(sf_arena *arena, const char *url, const sf_fetch_options *options,
                           sofar_page *page, sofar_error *err);

#endif
