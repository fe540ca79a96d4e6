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
    bool (*stop)(void *ctx); /* asked about once a second; true gives the fetch up. NULL: never */
    void *ctx;
    struct sf_fetch_memory *memory; /* robots.txt of hosts, kept from page to page; NULL: asked anew
                                       for each page */
} sf_fetch_options;

/* Lives in the arena; one thread at a time. */
typedef struct sf_fetch_memory sf_fetch_memory;
sf_fetch_memory *sf_fetch_memory_new(sf_arena *arena);

/* How to ask whether a page has changed, and what the server says beside it. */
typedef struct sf_fetch_terms {
    sf_str etag, modified; /* in: as the server gave them last, absent if it did not; out: as it
                              gives them now, in the arena */
    bool unchanged;        /* out: it has not changed (304), and the page is not filled */
    bool busy; /* out, with an error: the host is the trouble (no answer, 429, 5xx), not the page */
    long retry_after_s; /* out, with an error: what the host asks us to wait; 0 if it does not */
} sf_fetch_terms;

/* Is this an http or https URL, which this room would try to fetch? */
bool sf_fetch_is_url(sf_str s);

/* Fills page->bytes, file (the URL as given), url (after redirects), content_type in the arena;
 * page->captured is left absent (no clock here). Errors: NETWORK, LIMIT, USAGE. Any number of
 * threads, each with its arena. */
sofar_status sf_fetch_page(sf_arena *arena, const char *url, const sf_fetch_options *options,
                           sofar_page *page, sofar_error *err);
/* The same on terms. Without an error either the page is filled or terms->unchanged is set. */
sofar_status sf_fetch_changed(sf_arena *arena, const char *url, const sf_fetch_options *options,
                              sf_fetch_terms *terms, sofar_page *page, sofar_error *err);
/* "https://harbour.example:443" of a URL: whom one asks for it. Absent if it is none. */
sf_str sf_fetch_origin(sf_arena *arena, const char *url);

#endif
