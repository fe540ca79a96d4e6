/* pieces: which runs are quotations, what ties each to its cue, and which belong together. */
#ifndef SF_QUOTE_PIECES_H
#define SF_QUOTE_PIECES_H

#include "quote/speaker.h"

typedef enum sf_tie {
    SF_TIE_NONE,   /* nothing beside it says who speaks */
    SF_TIE_AFTER,  /* "...," X said */
    SF_TIE_BEFORE, /* X said: "..." */
    SF_TIE_LOOSE,  /* the sentence has a cue elsewhere: X called it "..." */
    SF_TIE_INTRO,  /* a colon or the paragraph before leads to it */
    SF_TIE_SAME    /* goes on with the piece before it */
} sf_tie;

typedef struct sf_piece {
    uint32_t said;   /* the cue, or SF_NONE */
    sf_span cue;     /* its word; also of a verb that is not listed, and so no `said` */
    sf_span speaker; /* empty if unknown */
    uint32_t head;   /* the token that its phrase hangs on, or SF_NONE */
    sf_tie tie;
    bool quotation; /* else a title, a scare quote ... */
    bool direct;    /* a clause of its own, not a fragment of the writer's sentence */
    uint32_t begin; /* of its words, behind the label that a transcript puts in the marks */
    uint32_t with;  /* the run whose quote it is a piece of; itself for a first piece */
} sf_piece;

/* One piece a run; only top runs that go on with no other are filled. Linear. */
sf_piece *sf_quote_pieces(const sf_scene *scene);

#endif
