/* entry: what the two kinds of feed share. Private to this room. */
#ifndef SF_SOURCE_ENTRY_H
#define SF_SOURCE_ENTRY_H

#include "source/kinds.h"
#include "source/mime.h"

/* "path#N", N counts the feed's entries from 1. */
sf_str sf_entry_name(sf_pages *pages, size_t number);
/* An absolute http(s) URL out of a link, which may be relative to the feed; absent if it is none.
 */
sf_str sf_entry_url(sf_pages *pages, sf_str link);
/* The same with a base of its own (xml:base). */
sf_str sf_entry_url_from(sf_arena *arena, sf_str base, sf_str link);
/* Appends a person's name to a comma list; "sam@harbour.example (Sam Reed)" gives Sam Reed. */
void sf_entry_add_name(sf_buf *names, sf_str person);
/* HTML markup as one line of text: tags off, character references resolved, white space folded. */
sf_str sf_entry_plain(sf_arena *arena, sf_str html);
sofar_status sf_entry_too_long(const sf_pages *pages, sf_str name, sofar_error *err);

#endif
