/* fact/standing: what the page makes of an event: is it so, is it planned, is it only said, or said
 * not to be; who says it, and when it is.
 *
 * In:  the tree, subjects, times and quotations of a page; the token that an event hangs on (its
 * predicate's head: "cast" in "was cast as", "director" in "the film's director"). Out: a standing,
 * by value. Nothing is allocated after sf_standings_new; the sentence bounds the time of a call.
 *
 * The way up: beginning at the event, each word above it is asked what it does to what stands below
 * it: "managed to" leaves it so, "failed to" turns it round, "plans to" puts it off, "rumours that"
 * weakens it, "hopes to" and "if" undo it. Which word does what is data (standing.txt); the classes
 * follow Karttunen's implicatives (1971) and the signatures of Nairn, Condoravdi and Karttunen
 * (2006): a verb's effect under itself and under its negation. A word that is in no list undoes
 * what it governs: nothing rather than something wrong. */
#ifndef SF_FACT_STANDING_H
#define SF_FACT_STANDING_H

#include "fact/tree.h"
#include "quote/quote.h"

/* The page, prepared. Never written to after sf_standings_new. */
typedef struct sf_standings sf_standings;

typedef struct sf_standing {
    bool nothing; /* the page does not say this event: no fact comes of it */
    sofar_claim status;
    uint32_t by;   /* subject that says so; SOFAR_NOBODY: the page itself, or someone unnamed */
    uint32_t when; /* index of the time expression that dates the event; SF_NONE */
    bool ahead;    /* planned only because that time is to come */
} sf_standing;

/* All that is given must outlive the result, which lies in the arena. Linear in the page. */
sf_standings *sf_standings_new(sf_arena *arena, const sf_tree *tree, const sofar_clipping *clipping,
                               const sf_people *people, const sf_times *times,
                               const sf_quotes *quotes);

/* A negation that is part of what an event is ("will not return") stands in its example, too: the
 * caller compares with the example's standing.
 *
 * The event that hangs on token `anchor`: a verb, an event noun ("release"), a noun or a name that
 * says a credit ("director", "alum", the work in "the September 2021 Cinderella").
 *
 * work: where the event is a part in a work, the words that name it, so that "shines in the film
 * Low Tide" is not taken for what happens there; else empty. */
sf_standing sf_standing_of(const sf_standings *standings, uint32_t anchor, sf_span work);

#endif
