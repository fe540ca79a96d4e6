/* page/names: the writers' names in a byline: "By Ana Ruiz and Ben Okoro, Staff Writers | Oct. 15"
 * holds two. */
#ifndef SF_PAGE_NAMES_H
#define SF_PAGE_NAMES_H

#include "base/base.h"

enum { SF_NAMES_MOST = 12 };

/* What opened the line. */
typedef enum sf_byline_opening {
    SF_OPENED_PLAIN,
    SF_OPENED_BY,      /* "By", "By:" */
    SF_OPENED_WRITTEN, /* "Written by", "Words by", "Author:", "Story by" */
    SF_OPENED_OTHER    /* "Reviewed by", "Photos by", "Edited by": not the writers */
} sf_byline_opening;

typedef struct sf_names {
    sf_str at[SF_NAMES_MOST];
    size_t count;
    sf_byline_opening opening;
    bool has_date;
} sf_names;

/* line: white space folded. The names point into it. */
void sf_names_find(sf_str line, sf_names *out);

sf_byline_opening sf_names_opening(sf_str line);
/* The line as one name, whatever it holds ("Center for Tides and Harbours"). */
void sf_names_whole(sf_str name, sf_names *out);

typedef enum sf_name_look {
    SF_NAME_PERSON, /* two to five words that begin with capitals, no digit */
    SF_NAME_WORD,   /* one word */
    SF_NAME_GROUP,  /* "Editorial Team", "Low Tide Media Inc." */
    SF_NAME_ADMIN,  /* admin, editor, user, guest */
    SF_NAME_LOWER,  /* words without capitals */
    SF_NAME_ODD     /* digits, addresses, long text */
} sf_name_look;

sf_name_look sf_name_look_of(sf_str name);

#endif
