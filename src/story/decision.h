/* Decisions of reviewers: what they are, as JSON, and what they do to readings. A decision names
 * what it is about by receipts - the page and the words - and never by a row of the store, so that
 * it holds when the pages are read again by a better model. They are replayed, in the order in
 * which they were made, over the captures that a question found, before anything is merged: a
 * dossier is a function of pages and decisions (doc/review.md). */
#ifndef SF_STORY_DECISION_H
#define SF_STORY_DECISION_H

#include "story/story.h"

typedef enum sf_verdict {
    SF_ACCEPT,  /* the receipts say the fact, also when a reading misses it */
    SF_REJECT,  /* they do not */
    SF_CORRECT, /* they say `should` */
    SF_JOIN,    /* `other` is `subject` */
    SF_SPLIT,   /* on the receipts' pages `subject` is `other` */
    SF_RENAME,  /* `subject` is to be called `other` */
    SF_UNDO     /* the decision `other` was none */
} sf_verdict;

enum { SF_VERDICTS = SF_UNDO + 1 };

typedef struct sf_decided_role {
    sf_str name, value;
    bool subject; /* value is a subject's name, of this type; else plain */
    sofar_subject_type type;
} sf_decided_role;

typedef struct sf_decided_fact {
    sf_str type; /* absent: there is no fact */
    sf_decided_role *roles;
    size_t role_count;
    sf_str when; /* absent if not said */
    sofar_claim status;
} sf_decided_fact;

typedef struct sf_decided_receipt {
    sf_str sha256; /* of the page's original */
    sf_str url;    /* absent if it has none */
    sf_span span;  /* in the text as it was then */
    sf_str exact;  /* the words; absent where only the page counts */
} sf_decided_receipt;

typedef struct sf_decision {
    sf_str id;        /* made of all the rest */
    sf_str made, who; /* when, ISO 8601 in UTC; by whom */
    sf_str why;       /* absent if not said */
    sf_verdict verdict;
    sf_str subject, other; /* absent where the verdict has none */
    sf_decided_fact fact, should;
    sf_decided_receipt *receipts;
    size_t receipt_count;
    bool undone; /* by a later one; not part of what is written */
} sf_decision;

const char *sf_verdict_word(sf_verdict verdict);

/* One JSON object, without a line end; with its id unless it has none. */
void sf_decision_json(sf_buf *out, const sf_decision *decision);
/* Gives it its id: the beginning of the SHA-256 of its JSON without one. */
void sf_decision_identify(sf_arena *arena, sf_decision *decision);
/* From JSON; strings are the arena's. An id that is not its own is a FORMAT error, none is made.
 * *err says what is wrong with it. */
sofar_status sf_decision_parse(sf_arena *arena, sf_str json, sf_decision *out, sofar_error *err);

/* The verdict on a told fact as it stands in a dossier: type, roles, day, status and receipts. */
sf_decision sf_decision_on(sf_arena *arena, sf_verdict verdict, const sf_dossier *dossier,
                           const sf_told_fact *fact);
/* A correction of it that changes nothing yet: `should` has roles of its own, with room for them
 * alone. */
sf_decision sf_decision_correct(sf_arena *arena, const sf_dossier *dossier,
                                const sf_told_fact *fact);
/* A receipt for the page alone, and one for a told receipt. */
sf_decided_receipt sf_decided_page(const sf_capture *page);
sf_decided_receipt sf_decided_of(const sf_receipt *receipt);

typedef struct sf_decisions {
    sf_decision *at; /* in the order in which they are replayed */
    size_t count;
} sf_decisions;

/* All decisions of the store. Errors: STORE; FORMAT for one that is none (somebody has been at the
 * store with other tools). */
sofar_status sf_decisions_load(sf_store *store, sf_arena *arena, sf_decisions *out,
                               sofar_error *err);

/* Marks those that others undo, and no others. */
void sf_decisions_undo(sf_decisions *decisions);

/* ---- replay (replay.c) ---- */

/* What a reading of the page says after the decisions. Lists that change are made anew in the
 * arena; the capture's own are left as they are. */
void sf_decisions_apply(sf_arena *arena, const sf_decisions *decisions, sf_capture *capture);
/* The name that a name goes by after joining and renaming; itself if none. */
sf_str sf_decisions_name(sf_arena *arena, const sf_decisions *decisions, sf_str name);
/* Names under which pages tell of it, the name first: those that were joined to it, its former
 * ones, and those it was split from. */
void sf_decisions_names(sf_arena *arena, const sf_decisions *decisions, sf_str name, sf_str **out,
                        size_t *count);
/* Does the page, as it was decided, mean somebody else by this name? */
bool sf_decisions_elsewhere(sf_arena *arena, const sf_decisions *decisions,
                            const sf_capture *capture, sf_str asked, sf_str name);

/* Was one of the names split from the other? */
bool sf_decisions_apart(sf_arena *arena, const sf_decisions *decisions, sf_str a, sf_str b);

/* Where the receipt's words stand on the page; false if it is another page or they are not there.
 * An absent exact stands nowhere, but the page counts: an empty span. */
bool sf_decided_locate(const sf_decided_receipt *receipt, const sf_capture *capture, sf_span *out);
/* The last decision that is about one of the fact's receipts, its type and who and what it speaks
 * of; NULL if none is. */
const sf_decision *sf_decisions_about(sf_arena *arena, const sf_decisions *decisions,
                                      const sf_told_fact *fact);
/* "Ruiz" and "Ana Ruiz": one has all words of the other. */
bool sf_decided_agree(sf_arena *arena, sf_str a, sf_str b);

/* ---- what is to be decided (queue.c) ---- */

typedef struct sf_review {
    const sf_told_fact *fact;
    const sf_decision *decision; /* the last about it; NULL if none */
    int doubt;                   /* the more, the sooner it should be looked at */
} sf_review;

/* The dossier's facts, each once: undecided ones first, by doubt. */
sf_review *sf_review_queue(sf_arena *arena, const sf_dossier *dossier,
                           const sf_decisions *decisions);

/* Decisions that hold, and one of whose receipts is on no page of the store: its page is gone, or
 * its words are no longer in the text. Looks at all pages. */
sofar_status sf_decisions_lost(sf_store *store, sf_arena *arena, const sf_decisions *decisions,
                               const sf_decision ***out, size_t *count, sofar_error *err);

#endif
