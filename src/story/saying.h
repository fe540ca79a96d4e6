/* saying: who said what, where and when, on all pages of a store. Pages that print the same words
 * of one speaker tell of one saying, as in a dossier. */
#ifndef SF_STORY_SAYING_H
#define SF_STORY_SAYING_H

#include "story/story.h"

typedef struct sf_saying {
    sf_str speaker;   /* full name; absent if no page has one */
    sf_str described; /* words for an unnamed speaker, "an officer"; absent if named, or if there is
                         nothing but a pronoun */
    sf_str text;      /* pieces joined by " ... " */
    size_t words;     /* in the text */
    sofar_quote_kind kind;
    sf_str via, to, when; /* absent if not said */
    sf_str *about;        /* subjects that it names, the speaker aside */
    size_t about_count;
    sf_receipt *receipts; /* one a page, first said first */
    size_t receipt_count;
} sf_saying;

typedef struct sf_sayings {
    sf_saying *at; /* in order of when said (else published), then text; undated last */
    size_t count;
    size_t pages; /* that name what was asked for; all if nothing was */
} sf_sayings;

/* All that is given must hold. */
typedef struct sf_asked {
    sf_str subject; /* absent, or: said by or about it */
    sf_str speaker; /* absent, or: said by it */
    sf_str about;   /* absent, or: said by somebody else where it is named */
    sf_date as_of;  /* year 0, or: on a page published by then */
    sf_date since,
        until; /* year 0, or: the day it was said, else published, is not before or after;
                  what is known less precisely counts only if all of it lies inside */
} sf_asked;

/* A name that nobody has heard of gives no pages. Errors: those of the store; USAGE for an empty or
 * overlong name. */
sofar_status sf_story_sayings(sf_store *store, sf_arena *arena, const sf_asked *asked,
                              sf_sayings *out, sofar_error *err);

#endif
