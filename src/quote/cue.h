/* cue: what the words around quotations are (verbs of saying, function words), from cue.txt. */
#ifndef SF_QUOTE_CUE_H
#define SF_QUOTE_CUE_H

#include "text/known.h"

enum {
    SF_CUE_SPEECH = 1 << 0,
    SF_CUE_POST = 1 << 1,
    SF_CUE_TELL = 1 << 2,
    SF_CUE_NAME = 1 << 3,
    SF_CUE_PREPOSITION = 1 << 4,
    SF_CUE_CONJUNCTION = 1 << 5,
    SF_CUE_RELATIVE = 1 << 6,
    SF_CUE_DETERMINER = 1 << 7,
    SF_CUE_MONTHLIKE = 1 << 8,
    SF_CUE_WORK = 1 << 9,
    SF_CUE_TERM = 1 << 10,
    SF_CUE_PLATFORM = 1 << 11,
    SF_CUE_DOCUMENT = 1 << 12,
    SF_CUE_THING = 1 << 13,
    SF_CUE_UNMEANT = 1 << 14,
    SF_CUE_DEMAND = 1 << 15,
    /* Of cues, besides: */
    SF_CUE_ACCORDING = 1 << 27, /* "according to" */
    SF_CUE_NOUN = 1 << 28,      /* "Ruiz's claim that" */
    SF_CUE_NOBODYS = 1 << 29,   /* "nobody said" */
    SF_CUE_GUESSED = 1 << 30,   /* not listed; the model takes it for one */
    SF_CUE_VERB = SF_CUE_SPEECH | SF_CUE_POST | SF_CUE_TELL | SF_CUE_NAME
};

/* The SF_CUE_ sections that a word stands in; case aside. Any thread. */
uint32_t sf_cue_of(sf_str word);

#endif
