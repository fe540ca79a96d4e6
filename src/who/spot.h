/* spot: words -> stretches that are written like names, with what their neighbours say of them. */
#ifndef SF_WHO_SPOT_H
#define SF_WHO_SPOT_H

#include "who/who.h"
#include "who/words.h"

/* Sections of names.txt, in its order, then of the other lists. */
enum {
    SF_NAME_HONORIFIC = 1 << 0,
    SF_NAME_TITLED = 1 << 1,
    SF_NAME_ROLE = 1 << 2,
    SF_NAME_ORGANIZATION = 1 << 3,
    SF_NAME_OF = 1 << 4,
    SF_NAME_OUTLET = 1 << 5,
    SF_NAME_KNOWN_OUTLET = 1 << 6,
    SF_NAME_KNOWN_ORGANIZATION = 1 << 7,
    SF_NAME_PRODUCT = 1 << 8,
    SF_NAME_EVENT = 1 << 9,
    SF_NAME_PLACE_LAST = 1 << 10,
    SF_NAME_PLACE = 1 << 11,
    SF_NAME_PLACE_PAIR = 1 << 12,
    SF_NAME_PLACE_SECOND = 1 << 13,
    SF_NAME_NATIONALITY = 1 << 14,
    SF_NAME_DAY = 1 << 15,
    SF_NAME_NEVER = 1 << 16,
    SF_NAME_PARTICLE = 1 << 17,
    SF_NAME_SUFFIX = 1 << 18,
    SF_NAME_WORK = 1 << 19,
    SF_NAME_WORK_TITLE = 1 << 20,
    SF_NAME_ORGANIZATION_ROLE = 1 << 21,
    SF_NAME_PLACE_ROLE = 1 << 22,
    SF_NAME_EVENT_ROLE = 1 << 23,
    SF_NAME_GIVEN = 1 << 24, /* also given.txt */
    SF_NAME_PLACE_FIRST = 1 << 25,
    SF_NAME_COMMON = 1 << 26 /* common.txt */
};

/* What the words beside a spot say. */
enum {
    SF_SAYS_PERSON = 1 << 0,       /* a title or role before it, an age or "who" behind it */
    SF_SAYS_WORK = 1 << 1,         /* in marks, beside the noun of a work, a year in brackets */
    SF_SAYS_PLACE = 1 << 2,        /* "..., Ohio" behind it, "the town of" before it */
    SF_SAYS_SPEAKER = 1 << 3,      /* a verb of saying beside it */
    SF_SAYS_ORGANIZATION = 1 << 4, /* "the band" before it, "a maker of" behind it */
    SF_SAYS_EVENT = 1 << 5,
    SF_SAYS_IN = 1 << 6,       /* "in", "near" before it */
    SF_SAYS_CHARACTER = 1 << 7 /* 'plays', 'stars as' before it */
};

typedef struct sf_spot {
    sf_span span;
    uint32_t first, last; /* words, inclusive */
    uint32_t says;
    bool initial; /* its first word begins a sentence: the capital proves nothing */
    bool handle;
} sf_spot;

typedef struct sf_spots {
    sf_spot *at; /* in order, apart */
    uint32_t count;
    uint32_t *is; /* of each word of the text: SF_NAME_ bits */
} sf_spots;

/* Linear in the text. */
sf_spots sf_who_spots(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping);

/* The lists' sections of one word, a possessive ending aside. */
uint32_t sf_name_sections(sf_str word);

/* Without 's or ’s. */
sf_str sf_name_bare(sf_str word);

#endif
