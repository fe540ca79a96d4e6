/* state: what following remembers from poll to poll, in a file. Private to the follow room. */
#ifndef SF_FOLLOW_STATE_H
#define SF_FOLLOW_STATE_H

#include "base/base.h"

typedef struct sf_paragraphs { /* hashes of a page's title and blocks, ascending */
    uint64_t *at;
    size_t count; /* 0: it was not kept, or so long ago that it is not remembered */
} sf_paragraphs;

/* What is on the list, or a sitemap that one on the list names. */
typedef struct sf_watch {
    sf_str url, etag, modified; /* as the server gave them; absent if it did not */
    sf_str stamp;               /* what the index of sitemaps said of it */
    bool page;                  /* it was a page, and is in the store */
    sf_paragraphs paragraphs;   /* then */
} sf_watch;

/* A page that a feed or sitemap named. */
typedef struct sf_lead {
    sf_str url;
    sf_str stamp;             /* the latest that one said of it; absent if none did */
    sf_paragraphs paragraphs; /* when it was kept last */
    bool done;                /* it was had, or given up */
    int tries;  /* how often in vain: not to be had although its host answered, or as it was */
    bool asked; /* in this poll; not kept */
} sf_lead;

typedef struct sf_host {
    sf_str origin;
    int failures;  /* since it last answered */
    int64_t until; /* when it may be asked again, in seconds since 1970 */
    bool well;     /* it answered in this poll, and was in no trouble after; not kept */
    double ready;  /* the same in this poll, on the monotonic clock, by the delay; not kept */
} sf_host;

typedef struct sf_url_index { /* strings to places in a table */
    uint32_t *slots;
    size_t room;
} sf_url_index;

typedef struct sf_state {
    sf_arena *arena;
    sf_vec(sf_watch) watches;
    sf_vec(sf_lead) leads;
    sf_vec(sf_host) hosts;
    sf_vec(sf_str) fresh, changed; /* what --exec was not told yet: JSON objects */
    sf_url_index watch_index, lead_index;
} sf_state;

enum { /* what bounds the file, and so the time to write it */
       SF_LEADS_MOST = 200000,
       SF_LEADS_COMPARED = 5000 /* the newest, whose paragraphs are remembered */
};

/* Reads the file; one that is not there gives an empty state. `now` in seconds since 1970 bounds
 * how long hosts rest, should the clock have been set back. Errors: IO, FORMAT, VERSION. */
sofar_status sf_state_read(const char *path, int64_t now, int64_t longest_rest, sf_state *out,
                           sofar_error *err);
/* Written beside and renamed: a full disk or a kill leaves the old one. Errors: IO. */
sofar_status sf_state_write(const sf_state *state, const char *path, sofar_error *err);

/* Found, or added: the place in the table. The URL is copied. */
size_t sf_state_watch(sf_state *state, sf_str url);
size_t sf_state_host(sf_state *state, sf_str origin);
/* The same; SIZE_MAX where there are SF_LEADS_MOST already. */
size_t sf_state_lead(sf_state *state, sf_str url);

#endif
