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

/* A part of a file, so that many machines can read one. Of a WARC file, packed or not, the bytes
 * from one record's beginning to another's: where a page was handed out that is called NAME@BEGIN,
 * with no "+" behind it. All parts of a file give the pages of the whole, under the same names. */
typedef struct sf_source_part {
    const char *path;
    sf_str name;         /* what its pages are called by; absent: the path */
    uint64_t origin;     /* where in the file the bytes are counted from: not 0 for a WARC file that
                            lies unpacked in a WACZ */
    uint64_t begin, end; /* from there; an end of UINT64_MAX is that of the file */
    bool in_folder;      /* as met in a folder: what is no page is passed over, no error */
} sf_source_part;
/* Errors: USAGE, IO, MEMORY; a part that the file does not have shows at the first next. */
sofar_status sf_source_open_part(const sf_source_part *part, const sofar_source_options *options,
                                 sofar_source **out, sofar_error *err);

/* The files that a source over the path would open, in its order: those under a folder, or the path
 * itself. Copied into the arena, NUL-ended. Folders in it that cannot be listed are left out and
 * counted in *unlisted. Errors: IO if it is a folder and cannot be listed, MEMORY. */
sofar_status sf_source_files(sf_arena *arena, const char *path, sf_str **out, size_t *count,
                             size_t *unlisted, sofar_error *err);

/* How many records and files were passed over so far because they are no pages: requests, images,
 * redirects, style sheets in a folder. */
uint64_t sf_source_skipped(const sofar_source *source);

/* How much of the source was handed out, from 0 to 1, as far as that can be told: by bytes of a
 * file, by names of a folder. 0 where it cannot (standard input). For a progress bar. */
double sf_source_progress(const sofar_source *source);

/* Where a feed or a sitemap leads. */
typedef struct sf_link {
    sf_str url;   /* absolute, http or https */
    sf_str stamp; /* a sitemap's lastmod, the update of a feed's entry; absent if not said */
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
