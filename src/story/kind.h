/* story's own: what is known of the kinds of facts (kinds.txt; the words to tell them by are the
 * standard beats'), of titles (titles.txt), of
 * agencies (wires.txt) and of places (wide.txt). The files are read
 * into the arena once a dossier; a file that is not as it says at its head is a bug. */
#ifndef SF_STORY_KIND_H
#define SF_STORY_KIND_H

#include "fact/fact.h"

enum { SF_MOST_ROLES = 8 };

typedef enum sf_rule {
    SF_APART, /* another value, another fact */
    SF_ONE,   /* only one value at a time: values compete */
    SF_ANY    /* another value makes no difference */
} sf_rule;

typedef struct sf_kind {
    sf_str name;
    size_t order; /* in the file; kinds that are not in it come last */
    sf_str roles[SF_MOST_ROLES];
    sf_rule rules[SF_MOST_ROLES];
    bool optional[SF_MOST_ROLES];
    bool aside[SF_MOST_ROLES]; /* with it and without it are two occurrences */
    size_t role_count;
    sf_rule when;
    bool again, mutual, verbatim;
    sf_str ends;                   /* names of kinds, parted by spaces; absent if none */
    sf_str needs;                  /* absent if it stands by itself */
    sf_str implies;                /* absent if nothing */
    sf_str then;                   /* absent if nothing need follow */
    sf_str says[SOFAR_DENIED + 1]; /* templates, by status; absent where there is none */
} sf_kind;

/* The index of a role, or SIZE_MAX. */
size_t sf_kind_role(const sf_kind *kind, sf_str name);
bool sf_kind_ends(const sf_kind *kind, sf_str other);

typedef struct sf_same { /* a line of equal names: words, folded; the first is the one to use */
    sf_str mark;
    sf_str *names;
    size_t count;
} sf_same;

typedef struct sf_lore {
    sf_kind *kinds;
    size_t kind_count;
    sf_same *titles, *wires; /* marks: of titles "one", "many", "ever" */
    size_t title_count, wire_count;
    sf_same *wide; /* places */
    size_t wide_count;
} sf_lore;

const sf_lore *sf_story_lore(sf_arena *arena);
/* NULL if the kind is none of kinds.txt. */
const sf_kind *sf_lore_kind(const sf_lore *lore, sf_str name);
/* The line that holds the words; NULL if none does. */
const sf_same *sf_lore_find(const sf_same *lines, size_t count, sf_str words);

#endif
