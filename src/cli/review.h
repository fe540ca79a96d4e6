/* cli/review: what the verb's two files share: review.c takes a verdict off the command line,
 * desk.c asks for them one by one at the terminal. */
#ifndef SF_CLI_REVIEW_H
#define SF_CLI_REVIEW_H

#include "cli/answer.h"
#include "show/review.h"
#include "story/desk.h"

typedef struct sf_sitting {
    const sf_cli *cli;
    sf_desk desk;        /* loaded anew after each decision at the terminal */
    bool talks;          /* at the terminal: it goes on where a script has failed */
    sf_vec(sf_str) made; /* ids of its decisions */
} sf_sitting;

/* Loads the desk; says so where nobody knows the subject. */
int sf_sitting_load(sf_sitting *sitting, sf_str subject);

/* Signs the decision and puts it into the store; says what was done, or that somebody else was
 * first (SF_EXIT_STORE; at the terminal SF_EXIT_OK). why: absent, or the reason if --why gives
 * none. */
int sf_sitting_decide(sf_sitting *sitting, sf_decision *decision, sf_str why);

/* Changes what the decision says should be (sf_decided_change). False, and said why, if it is no
 * change. */
bool sf_sitting_correct(sf_sitting *sitting, sf_decision *decision, sf_str change);

/* The interactive desk. */
int sf_sitting_keys(sf_sitting *sitting);

#endif
