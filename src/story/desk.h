/* story/desk: making decisions. What a reviewer has before them, and the one way by which what they
 * decide comes into the log of the store - from the terminal, a script or the server. No clock of
 * its own: now comes in.
 *
 * Several may sit at desks over one store. A decision goes in only if its maker has seen all that
 * was decided about the same thing before; what others decided about other things meanwhile does
 * not hinder it. */
#ifndef SF_STORY_DESK_H
#define SF_STORY_DESK_H

#include "story/decision.h"

typedef struct sf_desk {
    sf_store *store; /* open for writing, if it is to be decided */
    sf_arena *arena;
    sf_decisions decisions; /* as they were seen last */
    sf_dossier *dossier;    /* under them; without sources if nobody knows the subject */
    sf_review *queue;       /* of the dossier's facts */
} sf_desk;

/* Fills all but store and arena, which the caller has set. Errors: those of the log and of the
 * dossier. */
sofar_status sf_desk_load(sf_desk *desk, sf_str subject, sofar_error *err);

/* Undecided facts; the queue begins with them. */
size_t sf_desk_undecided(const sf_desk *desk);

/* The decision with that id; NULL if there is none. */
const sf_decision *sf_desk_decision(const sf_desk *desk, sf_str id);

typedef struct sf_signature {
    sf_str who, why; /* why: absent if not said */
    int64_t now_ms;  /* since 1970, in UTC */
} sf_signature;

/* Dates, signs and identifies the decision and puts it into the log. Its day is now, but later than
 * all that was seen: decisions are replayed in the order of their days. The desk has seen it
 * afterwards; dossier and queue are as before. DONE, and nothing is written: somebody else has
 * decided about the same thing since the desk was loaded. Errors: STORE; USAGE, with why, for what
 * is no decision (a new name that is empty, a fact without roles), and if the last one's day cannot
 * be followed. */
sofar_status sf_desk_decide(sf_desk *desk, sf_decision *decision, const sf_signature *signature,
                            sofar_error *err);

/* Is it a moment as decisions are dated, which another can follow: "2021-10-15T09:30:00.123Z"? */
bool sf_desk_follows(sf_arena *arena, sf_str made);

/* Are they about the same thing: words on a page, a name, one decision to be undone? One of them
 * may undo what is among `all`. */
bool sf_decisions_meet(sf_arena *arena, const sf_decisions *all, const sf_decision *a,
                       const sf_decision *b);

/* Changes what a fact should be by one of "as=Mira", "as:character=Mira", "as=" (there is none),
 * "when=2021-08", "status=planned", "type=cast". USAGE, with what is wrong, for what is none; the
 * fact is as before then. */
sofar_status sf_decided_change(sf_arena *arena, sf_decided_fact *should, sf_str change,
                               sofar_error *err);

/* What a reviewer sees of a fact, in a few letters that are others once it stands otherwise: its
 * words, its receipts, the last decision about it. */
sf_str sf_review_seen(sf_arena *arena, const sf_dossier *dossier, const sf_review *review);

#endif
