/* show's own: words every output shares. What pages wrote is text and nothing else: control
 * characters, escapes and bidi overrides never leave this room.
 *
 * Where to start: show.h for the doors; weave.h puts the items in order of time; terminal.c,
 * json.c, html.c and fragment.c each write one format; gallery.c writes files. */
#ifndef SF_SHOW_PLAIN_H
#define SF_SHOW_PLAIN_H

#include "show/show.h"

/* The code point to show for the one at s[at]; 0 for what is not shown, a space for line breaks
 * and tabs, U+FFFD for bytes that are no UTF-8. *bytes: how far it reaches. at < s.len. */
uint32_t sf_plain_code(sf_str s, size_t at, size_t *bytes);

/* The text as one safe line: sf_plain_code on all of it, white space folded. An absent string
 * stays absent, one with nothing to show gives "". The result may be s itself. */
sf_str sf_plain_line(sf_arena *arena, sf_str s);

/* An ISO 8601 / TIMEX3 value in words, no more precise than it is: "2021-10" gives "October 2021",
 * "2021-SU" "summer 2021". What is no place in time comes back as sf_plain_line. */
sf_str sf_plain_day(sf_arena *arena, sf_str value);
sf_str sf_plain_month(int month); /* 1 is "January" */

/* "1 page", "2 pages" */
sf_str sf_plain_count(sf_arena *arena, size_t n, const char *one, const char *many);

/* Who published it, in words for people: the outlet, else the URL's host, else the file's name;
 * and the headline, else the URL, else the file. */
sf_str sf_plain_outlet(sf_arena *arena, sf_str outlet, sf_str url, sf_str file);
sf_str sf_plain_title(sf_arena *arena, sf_str title, sf_str url, sf_str file);

/* A fact in words: "Ana Ruiz was cast as Mira in Low Tide, August 2021"; how its state is said:
 * "no longer", "disputed", absent for what holds (or is denied, which its words say); and what is
 * open. (words.c) */
sf_str sf_plain_fact(sf_arena *arena, const sf_told_fact *fact);
sf_str sf_plain_state(const sf_told_fact *fact);
sf_str sf_plain_open(sf_arena *arena, const sf_dossier *dossier, const sf_open_end *open);

/* A line to cite the page by: “Title.” Outlet, 15 October 2021. https://... */
sf_str sf_plain_cite(sf_arena *arena, const sf_receipt *receipt);

/* True for an http or https URL with a host; nothing else may become a link. */
bool sf_plain_is_link(sf_str url);
/* The URL with every byte that a URL may not hold percent-encoded. sf_plain_is_link(url). */
sf_str sf_plain_link(sf_arena *arena, sf_str url);

/* "%2F" */
void sf_plain_percent(sf_buf *out, unsigned char byte);

/* A UUID (RFC 9562, version 8) made of the bytes: the same for the same. */
sf_str sf_plain_uuid(sf_arena *arena, sf_str of);

typedef struct sf_plain_reach { /* what a dossier stands on */
    size_t pages, outlets;
    size_t unknown;     /* pages that name no outlet and have no address */
    sf_str first, last; /* publication days, absent if no page has one */
} sf_plain_reach;
sf_plain_reach sf_plain_reach_of(sf_arena *arena, const sf_dossier *dossier);
/* "11 pages by 5 outlets, 12 November 2020 to 28 March 2022" */
sf_str sf_plain_reach_line(sf_arena *arena, sf_plain_reach reach);

#endif
