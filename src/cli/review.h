/* cli/review: what the verb's two files share: review.c takes a verdict off the command line,
 * desk.c asks for them one by one at the terminal. */
#ifndef SF_CLI_REVIEW_H
#define SF_CLI_REVIEW_H

#include "cli/answer.h"
#include "show/review.h"

/* What is reviewed: made anew after each decision. */
typedef struct sf_desk {
    const sf_cli *cli;
    sf_store *store;
    sf_arena *arena;
    sf_decisions decisions;
    sf_dossier *dossier;
    sf_review *queue; /* of the dossier's facts */
} sf_desk;

/* Loads the decisions and the dossier; says so where nobody knows the subject. */
int sf_desk_load(sf_desk *desk, sf_str subject);

/* Dates and signs the decision and puts it into the store; says what was done. why: absent, or the
 * reason if --why gives none. */
int sf_desk_decide(sf_desk *desk, sf_decision *decision, sf_str why);

/* Changes `should` by one of "as=Mira", "as:character=Mira", "as=", "when=2021-08",
 * "status=planned", "type=cast". False, and said why, if it is none. */
bool sf_desk_correct(sf_arena *arena, sf_decided_fact *should, sf_str change);

/* The interactive desk. */
int sf_desk_sit(sf_desk *desk);

#endif
