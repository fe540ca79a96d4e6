/* show's own: the facts of a dossier as a page sorts them, their anchors and how they changed. */
#ifndef SF_SHOW_ITEM_H
#define SF_SHOW_ITEM_H

#include "show/weave.h"

/* ---- kinds (item.c) ---- */

typedef struct sf_credit {
    const char *type, *work, *person; /* its heading on a work's page, and on a person's */
    const char *verb;                 /* "directs": of who, in front of what */
} sf_credit;

/* The credit that a type of fact is, in the order of a cast list; NULL for an event. */
const sf_credit *sf_credit_of(sf_str type);
size_t sf_credit_order(const sf_credit *credit);
extern const size_t sf_credit_count;
const sf_credit *sf_credit_at(size_t order);

/* Does it hold, or may it: neither overtaken nor withdrawn? */
static inline bool sf_fact_stands(const sf_told_fact *f) {
    return f->state == SF_CURRENT || f->state == SF_DISPUTED;
}
static inline bool sf_fact_holds(const sf_told_fact *f) {
    return f->state == SF_CURRENT && f->status == SOFAR_STATED;
}
/* An event, not a credit. */
static inline bool sf_fact_is_event(const sf_told_fact *f) { return !sf_credit_of(f->type); }
/* What a reader in a hurry must not miss: events that hold, are planned or in dispute. */
bool sf_fact_is_key(const sf_told_fact *f);

/* The role of that name; NULL if the fact has none. */
const sf_told_role *sf_fact_role(const sf_told_fact *f, const char *name);

/* "planned", "disputed", "no longer", "withdrawn" ...: how it stands in a word; "stated" for what
 * simply holds. */
sf_str sf_fact_standing(const sf_told_fact *f);

/* Its words with the day as a sentence has it: "Low Tide was released on 6 May 2022". */
sf_str sf_fact_sentence(sf_arena *arena, const sf_told_fact *f);

/* "6 May 2022" gives "on 6 May 2022", "2022-SU" "in summer 2022". */
sf_str sf_plain_on(sf_arena *arena, sf_str value);

/* "A", "A and B", "A, B and C"; of more than `most` "A, B and 3 more". */
sf_str sf_plain_list(sf_arena *arena, const sf_str *names, size_t count, size_t most);

/* ---- anchors ---- */

/* The same whenever pages say the same, whatever else the dossier holds. */
uint64_t sf_fact_anchor(const sf_told_fact *f);
uint64_t sf_quote_anchor(const sf_told_quote *q);
uint64_t sf_event_anchor(const sf_told_event *e);
/* All anchors of the dossier, sorted. */
uint64_t *sf_show_anchors(sf_arena *arena, const sf_dossier *d, size_t *count);
bool sf_known_has(const sf_known *known, uint64_t anchor);

/* The day of publication of the first receipt that has one; absent if none has. */
sf_str sf_first_said(const sf_receipt *receipts, size_t count);

/* ---- how facts changed (turn.c) ---- */

typedef enum sf_turning {
    SF_TURN_TOLD,      /* said for the first time */
    SF_TURN_BECAME,    /* another status: a plan came true, a rumour was denied */
    SF_TURN_REPLACED,  /* another value took the place of an earlier one */
    SF_TURN_CONTESTED, /* a page gave another value at about the same time */
    SF_TURN_ENDED      /* it holds no longer: denied, or ended by another fact */
} sf_turning;

const char *sf_turning_word(sf_turning what);

/* One change of what is known, on the day of the page that brought it. */
typedef struct sf_turn {
    sf_turning what;
    sf_str day;                /* of publication */
    const sf_told_fact *fact;  /* what is known now */
    const sf_told_fact *was;   /* REPLACED, CONTESTED: the other value; else NULL */
    sofar_claim from, to;      /* BECAME: the two; else `to` is the status it had on that day */
    const sf_receipt *receipt; /* where the page says so */
} sf_turn;

typedef struct sf_turns {
    sf_turn *at; /* in order of day, then of the dossier */
    size_t count;
} sf_turns;

/* Every change of the dossier's facts, from the receipts' own days; undated pages change nothing.
 * O(n log n) in receipts and rivals. */
sf_turns sf_show_turns(sf_arena *arena, const sf_dossier *d);

/* What was known before, and what after, in words; absent before what is told first. */
sf_str sf_turn_before(sf_arena *arena, const sf_dossier *d, const sf_turn *turn);
sf_str sf_turn_after(sf_arena *arena, const sf_dossier *d, const sf_turn *turn);

/* ---- its life (life.c) ---- */

typedef struct sf_step {
    const char *type, *word;  /* "wrapped", "Wrapped" */
    const sf_told_fact *fact; /* the one that tells it; NULL: nothing does */
} sf_step;

/* The steps of a work's life with what is known of each, announced to released; 0 for what has no
 * such life. *reached: the last that has happened, SIZE_MAX if none has. */
size_t sf_show_life(const sf_dossier *d, const sf_step **steps, sf_arena *arena, size_t *reached);

/* ---- what is known, in three or four sentences (lead.c) ---- */

enum { SF_MOST_SENTENCES = 4 };
size_t sf_show_lead(sf_arena *arena, const sf_dossier *d, sf_str out[SF_MOST_SENTENCES]);

#endif
