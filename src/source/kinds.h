/* kinds: the inner interface of the source room. A file is told by its first bytes (kind.c), and
 * then one of these hands out its pages. Private to this room. */
#ifndef SF_SOURCE_KINDS_H
#define SF_SOURCE_KINDS_H

#include "source/input.h"

typedef enum sf_kind {
    SF_KIND_HTML,
    SF_KIND_TEXT,   /* plain text, Markdown: read as it stands */
    SF_KIND_DATA,   /* text that no one wrote to be read: scripts, styles, tables */
    SF_KIND_BINARY, /* pictures, PDF, archives we do not open */
    SF_KIND_MARKUP, /* HTML or plain text, unsure: the page room decides */
    SF_KIND_MHTML,
    SF_KIND_WARC,
    SF_KIND_GZIP,
    SF_KIND_ZIP,
    SF_KIND_FEED, /* RSS or Atom */
    SF_KIND_JSON
} sf_kind;

enum { SF_KIND_HEAD = 16 << 10 }; /* how many first bytes to show to sf_source_kind */

/* name and content_type (both may be absent) decide only what the bytes leave open. */
sf_kind sf_source_kind(sf_str head, sf_str name, sf_str content_type);

/* An open file as a run of pages. */
typedef struct sf_pages sf_pages;
struct sf_pages {
    /* As sofar_source_next: OK, DONE, or one bad record. Sets the fields of *page it knows. */
    sofar_status (*next)(sf_pages *pages, sofar_page *page, sofar_error *err);
    void *own;         /* the kind's state, in `keep` */
    sf_input *in;      /* what to read, already unpacked */
    sf_arena *keep;    /* until the file is closed */
    sf_arena *page;    /* until the next page */
    sf_str name;       /* of the file, as given */
    sofar_page hints;  /* what the caller knows: file, url, content_type, captured */
    size_t limit;      /* bytes of a page */
    uint64_t *skipped; /* counts what is no page */
    bool in_folder;    /* met while walking: what is no page is passed over, not an error */
};

void sf_document_open(sf_pages *pages, sf_kind kind);
void sf_warc_open(sf_pages *pages);
void sf_mhtml_open(sf_pages *pages);
void sf_json_feed_open(sf_pages *pages);
void sf_feed_open(sf_pages *pages);
sofar_status sf_wacz_open(sf_pages *pages, sofar_error *err);
/* Looks at the input's first bytes and opens the kind they tell. Errors: FORMAT, what the input
 * says. SOFAR_DONE: no page, skipped and counted. */
sofar_status sf_pages_open(sf_pages *pages, sofar_error *err);

/* ---- folder.c ---- */

/* The files under a folder, in byte order of their paths. */
typedef struct sf_folder sf_folder;
sofar_status sf_folder_open(sf_arena *arena, const char *path, sf_folder **out, sofar_error *err);
/* The next file; *path is NUL-ended and lives until the next call. OK, DONE, or an IO error about
 * one folder that cannot be listed; the next call goes on behind it. */
sofar_status sf_folder_next(sf_folder *folder, uint64_t *skipped, sf_str *path, sofar_error *err);
/* The share of its names that were handed out, a folder in it counting as one name. */
double sf_folder_progress(const sf_folder *folder);

/* ---- header.c: "Name: value" lines, as HTTP, MIME and WARC have them ---- */

/* Length of the header block that s begins with, its blank line included; 0 if no blank line
 * stands in s. */
size_t sf_header_length(sf_str s);
/* Takes the first field off *rest; value is trimmed, and may hold folded lines. Lines without a
 * colon are passed over. False at the end. */
bool sf_header_next(sf_str *rest, sf_str *name, sf_str *value);
/* Value of the first field with this name, absent if there is none. */
sf_str sf_header_find(sf_str block, const char *name);
/* "text/html" of "Text/HTML; charset=x": compare with sf_str_equal_ci. */
sf_str sf_media_type(sf_str content_type);
/* HTML or plain text? */
bool sf_media_is_page(sf_str content_type);
/* The parameter's value, its quotes off; absent if there is none. */
sf_str sf_media_parameter(sf_str content_type, const char *name);
/* A decimal number that fills s. */
bool sf_number_parse(sf_str s, uint64_t *out);

/* ---- http_body.c ---- */

/* Undoes transfer and content codings. `whole` false: the capture says itself that it is cut, so a
 * body that ends early is taken as far as it goes. Codings that were announced but not applied (as
 * archives store them) are told by the bytes. Errors: FORMAT, LIMIT; name stands in the message. */
sofar_status sf_http_body(sf_arena *arena, sf_str headers, sf_str body, size_t limit, bool whole,
                          sf_str name, sf_str *out, sofar_error *err);

#endif
