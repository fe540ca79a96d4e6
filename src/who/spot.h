/* spot: what the model calls a name, with what the page says of it -> stretches of words. */
#ifndef SF_WHO_SPOT_H
#define SF_WHO_SPOT_H

#include "text/known.h"
#include "who/who.h"

/* Sections of names.txt, in its order. */
enum {
    SF_NAME_HONORIFIC = 1 << 0,
    SF_NAME_TITLED = 1 << 1,
    SF_NAME_ROLE = 1 << 2,
    SF_NAME_ORGANIZATION = 1 << 3,
    SF_NAME_OUTLET = 1 << 4,
    SF_NAME_KNOWN_OUTLET = 1 << 5,
    SF_NAME_KNOWN_ORGANIZATION = 1 << 6,
    SF_NAME_PRODUCT = 1 << 7,
    SF_NAME_EVENT = 1 << 8,
    SF_NAME_PLACE_LAST = 1 << 9,
    SF_NAME_PLACE = 1 << 10,
    SF_NAME_SUFFIX = 1 << 11,
    SF_NAME_WORK = 1 << 12,
    SF_NAME_WORK_TITLE = 1 << 13,
    SF_NAME_ORGANIZATION_ROLE = 1 << 14,
    SF_NAME_PLACE_ROLE = 1 << 15,
    SF_NAME_EVENT_ROLE = 1 << 16,
    SF_NAME_PLAY_VERB = 1 << 17,
    SF_NAME_ACT_VERB = 1 << 18,
    SF_NAME_FOLLOW_VERB = 1 << 19,
    SF_NAME_FIRM = 1 << 20
};

/* What the words beside a spot say (beside.c), and its clause (clause.c). */
enum {
    SF_SAYS_PERSON = 1 << 0,       /* a title or role before it, an age or "who" behind it */
    SF_SAYS_WORK = 1 << 1,         /* beside the noun of a work, a year in brackets */
    SF_SAYS_PLACE = 1 << 2,        /* "..., Ohio" behind it, "the town of" before it */
    SF_SAYS_ORGANIZATION = 1 << 3, /* "the band" before it, "a maker of" behind it */
    SF_SAYS_EVENT = 1 << 4,
    SF_SAYS_CHARACTER = 1 << 5, /* 'plays', 'stars as' before it */
    SF_SAYS_TOLD = 1 << 6,      /* "told ..." */
    SF_SAYS_MARKED = 1 << 7,    /* its own italics or quotation marks */
    SF_SAYS_SOURCE = 1 << 8,    /* the model: something is attributed to it */
    SF_SAYS_REPORTS = 1 << 9,   /* it reports */
    SF_SAYS_PART = 1 << 10,     /* surely a part in a play, whatever the model takes it for */
    SF_SAYS_MAKER = 1 << 11,    /* a work is by it */
    SF_SAYS_ARTICLE = 1 << 12   /* "the" before it */
};

enum { SF_LOGIT = 16 }; /* votes are counted in sixteenths of a logit */

/* What a name is worth for each type. */
typedef struct sf_votes {
    int32_t of[SOFAR_OTHER + 1];
} sf_votes;

typedef struct sf_spot {
    sf_span span;
    uint32_t first, last; /* words, inclusive; the span may begin and end inside them */
    uint32_t says;
    sofar_subject_type type; /* what the model takes it for */
    int32_t votes;           /* by how much */
    sf_votes frame;          /* what its place in the clause says (frame.c) */
    bool handle;
    bool loud; /* in a heading or a line of capitals: counts only if sure, or with support */
} sf_spot;

/* The page as the room's files see it. */
typedef struct sf_who {
    sf_arena *arena;
    const sf_text *text;
    const sofar_clipping *clipping;
    const sf_model *model;
    const sf_analysis *analysis;
    uint32_t *is;   /* of each word: SF_NAME_ bits */
    bool *proper;   /* of each word: the model calls it a proper noun */
    bool *loud;     /* of each sentence: a heading, or most of it in capitals: the model has less
                       to go by */
    sf_spot *spots; /* in order, apart */
    uint32_t spot_count;
} sf_who;

static inline sf_str sf_spot_str(const sf_who *w, const sf_spot *spot) {
    return sf_span_of(w->text->text, spot->span);
}

/* Word i as far as it lies in the spot: "Ruiz" of "Ruiz's". */
sf_str sf_spot_word(const sf_who *who, const sf_spot *spot, uint32_t i);

/* Without 's or ’s. */
sf_str sf_name_bare(sf_str word);

/* What the page leads with: its title; of a page without one the first block. */
sf_str sf_who_head(const sofar_clipping *clipping);

/* Fills who->is, proper, loud and spots. Linear in the text. */
void sf_who_spots(sf_who *who);

/* What stands around words [first, last] of a sentence of words [low, end): SF_SAYS_ bits. */
uint32_t sf_who_beside(const sf_who *who, uint32_t low, uint32_t end, uint32_t first,
                       uint32_t last);

/* Adds the mentions that the model missed of names that it is sure of elsewhere (again.c). n log n
 * in the words. */
void sf_who_again(sf_who *who);

/* Adds what its place in the clause says of the name whose head is token `head`; gives SF_SAYS_
 * bits. */
uint32_t sf_who_frame(const sf_who *who, uint32_t head, sf_votes *votes);

/* Adds what the clauses say to the spots. Linear. */
void sf_who_clauses(sf_who *who);

#endif
