/* page/jsonld: what a page's JSON-LD says of the page: headline, authors, days, publisher. Reads
 * the sloppy JSON that pages have (line ends in strings, commas before a bracket, comments and
 * CDATA around it, several objects in a row); what cannot be read is left out. */
#ifndef SF_PAGE_JSONLD_H
#define SF_PAGE_JSONLD_H

#include "base/base.h"

typedef enum sf_ld_type { /* classes of schema.org types */
                          SF_LD_ARTICLE,
                          SF_LD_PAGE,
                          SF_LD_OTHER
} sf_ld_type;

typedef enum sf_ld_field {
    SF_LD_HEADLINE,
    SF_LD_NAME,
    SF_LD_PERSON, /* an author; PERSON also where the author is a plain string */
    SF_LD_GROUP,  /* an author that is an organization */
    SF_LD_PUBLISHED,
    SF_LD_CREATED,
    SF_LD_MODIFIED,
    SF_LD_PUBLISHER,
    SF_LD_SITE, /* name of the WebSite */
    SF_LD_URL,
    SF_LD_LANG
} sf_ld_field;

typedef struct sf_ld_fact {
    uint8_t type;     /* sf_ld_type of the thing it is said of */
    uint8_t field;    /* sf_ld_field */
    uint16_t subject; /* 0 for the first thing of that type on the page, 1 ... for later ones */
    sf_str value;     /* references resolved, white space folded, not empty */
} sf_ld_fact;

typedef struct sf_ld {
    sf_ld_fact *at;
    size_t count, room;
    uint16_t things[3]; /* how many things of each type were seen */
} sf_ld;

/* Adds the facts of one <script type="application/ld+json">. Strings live in the arena. */
void sf_ld_add(sf_arena *arena, sf_ld *ld, sf_str json);

#endif
