/* follow: one poll of a list of feeds, sitemaps and pages. Goes in: the list, and the state of the
 * last poll. Comes out: the pages that are to be read, one after the other; who reads and keeps
 * them says so, and hears what is new in each. Knows no store: what was kept is told to it.
 *
 * Politeness: one request at a time, hosts in turn, with a delay between two requests to the same
 * one that varies by half; what has not changed is not sent again (ETag, Last-Modified); robots.txt
 * is asked (fetch room); a host that is in trouble rests, twice as long after each failure and at
 * least as long as it asks for. All of it is bounded: links, new pages, sizes, times.
 *
 * Start reading in poll.c; state.c is what stays from poll to poll, list.c reads the list. */
#ifndef SF_FOLLOW_H
#define SF_FOLLOW_H

#include "fetch/fetch.h"

typedef struct sf_follow sf_follow;

typedef struct sf_follow_options {
    sf_fetch_options fetch; /* stop, ctx: also asked between requests */
    double delay_s;         /* between two requests to a host */
    size_t most;            /* pages that feeds and sitemaps name, fetched in one poll */
    bool keep_untold;       /* what is new is kept until sf_follow_told */
    /* Waits; gives false where it was told to stop meanwhile. */
    bool (*pause)(void *ctx, double seconds);
    void (*say)(void *ctx, const char *message); /* what could not be had, a line each */
    void *ctx;
} sf_follow_options;

typedef struct sf_follow_counts {
    size_t fresh, changed, same; /* pages kept, kept again, and answers without news */
    size_t failed;               /* requests that failed, hosts passed over because they rest */
    size_t left;                 /* pages that wait for the next poll */
} sf_follow_counts;

/* Reads list and state; `now` in seconds since 1970. Everything lives in the arena, whose escape
 * point is set anew by the calls below: running out of memory is SOFAR_ERR_MEMORY. One thread at a
 * time. Errors: IO, USAGE, FORMAT, VERSION, MEMORY. */
sofar_status sf_follow_open(sf_arena *arena, const char *list, const char *state, int64_t now,
                            const sf_follow_options *options, sf_follow **out, sofar_error *err);

/* The next page to read, in `arena`, whose escape point is used, with a key; its day of capture is
 * left to the caller. DONE when the poll is over or was stopped. What cannot be had is said and
 * counted, never an error. */
sofar_status sf_follow_next(sf_follow *follow, sf_arena *arena, sofar_page *page, int64_t *key,
                            sofar_error *err);

typedef enum sf_news { SF_SAME, SF_FRESH, SF_CHANGED } sf_news;

/* What is new in the page of this key, now that it was read; SF_SAME need not be kept. paragraphs:
 * how many differ. */
sofar_status sf_follow_compare(sf_follow *follow, int64_t key, const sofar_clipping *clipping,
                               sf_news *news, size_t *paragraphs, sofar_error *err);
/* The page was kept, or need not be. Call it before sf_follow_save and after the page is safe. */
sofar_status sf_follow_kept(sf_follow *follow, int64_t key, const sofar_clipping *clipping,
                            sofar_error *err);

/* Writes the state, of all pages that were kept so far. Errors: IO, MEMORY. */
sofar_status sf_follow_save(const sf_follow *follow, sofar_error *err);

/* What was not told yet, as one JSON object of "new" and "changed", in the arena; absent if there
 * is nothing. */
sf_str sf_follow_untold(const sf_follow *follow, sf_arena *arena);
void sf_follow_told(sf_follow *follow);

const sf_follow_counts *sf_follow_count(sf_follow *follow);

#endif
