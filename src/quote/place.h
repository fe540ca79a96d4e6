/* place: what hangs on a verb of saying or a noun of talk -> where, and to whom. */
#ifndef SF_QUOTE_PLACE_H
#define SF_QUOTE_PLACE_H

#include "quote/clause.h"

/* Sections of venue.txt, in its order. */
enum {
    SF_VENUE_TALK = 1 << 0,
    SF_VENUE_POST = 1 << 1,
    SF_VENUE_AIRED = 1 << 2,
    SF_VENUE_PAPER = 1 << 3,
    SF_VENUE_EVENT = 1 << 4,
    SF_VENUE_TALKING = 1 << 5,
    SF_VENUE_LEADS = 1 << 6,
    SF_VENUE_TOPIC = 1 << 7,
    SF_VENUE_BODY = 1 << 8,
    SF_VENUE_PEOPLE = 1 << 9,
    SF_VENUE_ASIDE = 1 << 10,
    SF_VENUE_WITH = 1 << 11,
    SF_VENUE_APART = 1 << 12
};

enum { SF_LOOK_VERBS = 6, SF_PLACE_TALKS = SF_CUE_SPEECH | SF_CUE_POST | SF_CUE_TELL };

/* One search for the place of one cue. */
typedef struct sf_look {
    sf_clause clause;
    uint32_t verbs[SF_LOOK_VERBS]; /* the cue, and verbs it stands beside */
    uint32_t verb_count;
    bool placed; /* an occasion was told, named or not */
    sf_str via;
    uint32_t to;
    sf_str when;
    sf_str paper; /* the outlet told last: whom "the magazine" means; absent if none */
} sf_look;

/* Which of the sections the word stands in. */
unsigned sf_place_is(const sf_look *look, uint32_t token, unsigned sections);
/* Is it one of the words, case aside? They end with NULL. */
bool sf_place_spells(sf_str word, const char *const *words);
/* Does the token hang on the head, on the clause's level? */
bool sf_place_hangs(const sf_look *look, uint32_t token, uint32_t head);

/* Looks at all that hangs on one verb. */
void sf_place_around(sf_look *look, uint32_t verb);
/* ... on a noun of talking, posting or broadcasting. depth: 1 for a start. */
void sf_place_below(sf_look *look, uint32_t noun, int depth);
/* "told Variety", "joked to Variety": a name right behind the cue, whatever the tree says. */
void sf_place_behind(sf_look *look, uint32_t cue);

#endif
