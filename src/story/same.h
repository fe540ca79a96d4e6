/* story's own: the subjects of pages that are one (same.c), told by birthdays (lives.c) and by
 * shared credits (credit.c). All in the arena of the joiner. */
#ifndef SF_STORY_SAME_H
#define SF_STORY_SAME_H

#include "story/inner.h"

typedef enum family { BEING, WORK, HOUSE, PLACE, THING } family;

typedef struct node {
    size_t view;
    uint32_t subject;
    const sofar_subject *is;
    sf_str words;
    family family;
    bool asked;
    sf_interval born; /* first INT32_MAX: not said */
    uint32_t parent;
} node;

typedef struct joiner {
    sf_arena *arena;
    const sf_view *views;
    size_t view_count;
    node *nodes;
    size_t count;
    uint32_t **of;
    sf_vec(uint64_t) links; /* two nodes each */
    sf_memo *memo;
} joiner;

typedef struct named { /* for sorting nodes by a string */
    sf_str key;
    uint32_t node;
} named;

typedef sf_vec(named) all_named;

/* The node that stands for all that are one with n. */
uint32_t sf_same_root(joiner *j, uint32_t n);
/* Notes that two nodes are one; made when all are found. */
void sf_same_link(joiner *j, uint32_t a, uint32_t b);
/* Of words that sf_text_fold_words made. */
sf_str sf_same_first_word(sf_str words);
sf_str sf_same_last_word(sf_str words);

/* Links those of a group of one name that have the same birthday, or the company of one that has
 * it; who has neither is left to themselves. False, and nothing done, if there is only one life. */
bool sf_same_lives(joiner *j, const named *group, size_t count);
/* Links parts of names with names in full by the credits that both have. */
void sf_same_credits(joiner *j);

#endif
