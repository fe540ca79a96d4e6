/* source: files -> pages. Goes in: a path, standard input or bytes in memory. Comes out: sofar_page
 * after sofar_page, through sofar_source_open/next/close of the public header; what a page points
 * to is the source's until its next call. doc/formats.md tells what is read and how pages are
 * named.
 *
 * Start reading in source.c; kinds.h is the inner interface, with one file a kind of input beside
 * it (document.c, folder.c, warc.c, wacz.c, mhtml.c, feed.c, json_feed.c); input.c is the bounded
 * window through which all of them read.
 */
#ifndef SF_SOURCE_H
#define SF_SOURCE_H

#include "base/base.h"

/* A source over bytes that are in memory already, such as a fetched page or feed; they must stay
 * until the source is closed. hints (may be NULL; copied) gives file, url, content_type and
 * captured: they help to tell the kind, and go out with the page where the document is one page.
 * options may be NULL. Errors: MEMORY. */
sofar_status sf_source_from_bytes(sf_str bytes, const sofar_page *hints,
                                  const sofar_source_options *options, sofar_source **out,
                                  sofar_error *err);

/* How many records and files were passed over so far because they are no pages: requests, images,
 * redirects, style sheets in a folder. */
uint64_t sf_source_skipped(const sofar_source *source);

/* How much of the source was handed out, from 0 to 1, as far as that can be told: by bytes of a
 * file, by names of a folder. 0 where it cannot (standard input). For a progress bar. */
double sf_source_progress(const sofar_source *source);

/* Where a feed or a sitemap leads. */
typedef struct sf_link {
    sf_str url;   /* absolute, http or https */
    sf_str stamp; /* a sitemap's lastmod; absent if it does not say */
    bool sitemap; /* to another sitemap, out of an index of them */
} sf_link;

enum { SF_LINKS_MOST = 50000 }; /* as many as a sitemap may have */

typedef struct sf_links {
    sf_link *at;
    size_t count, room;
    bool found; /* it is RSS, Atom, JSON Feed, a sitemap or an index of sitemaps */
    bool cut;   /* there were more than SF_LINKS_MOST */
} sf_links;

/* The links of such a document, also gzipped; url is where it was got. What is none (a page) has
 * none, and `found` is false. Faulty XML gives what can be read of it. Errors: FORMAT, LIMIT (what
 * gzip packs is longer than limit), MEMORY. */
sofar_status sf_source_links(sf_arena *arena, sf_str bytes, sf_str url, size_t limit, sf_links *out,
                             sofar_error *err);

#endif
