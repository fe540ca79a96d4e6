/* fact/beat: a beat file, read and learned. beat.c reads the lines, learn.c makes patterns of the
 * examples. */
#ifndef SF_FACT_BEAT_H
#define SF_FACT_BEAT_H

#include "fact/cache.h"
#include "fact/called.h"
#include "fact/fact.h"
#include "fact/proposition.h"

enum {
    SF_MAX_ROLES = 8,
    SF_MAX_PATTERN = 20, /* parts of a pattern */
    SF_MAX_PINNED = 4,   /* words of an example that are marked as such */
    SF_MAX_NEVER = 4,
    /* Types of roles are sets: 1 << sofar_subject_type, and */
    SF_TYPE_SUBJECT = (1 << (SOFAR_OTHER + 1)) - 1, /* any subject */
    SF_TYPE_VALUE = 1 << 16,                        /* any words */
    SF_TYPE_WORD = 1 << 17,                         /* words that end in the example's */
    SF_TYPE_AMOUNT = 1 << 18,                       /* words with a number */
    SF_TYPE_DATE = 1 << 19,                         /* a time expression */
    SF_TYPE_COUNT = 1 << 20                         /* of such an amount, the number */
};

typedef struct sf_beat_role {
    sf_str name;
    unsigned types;
    bool optional;
    bool topical; /* where it is left unsaid, it is what the text is about */
} sf_beat_role;

/* never ROLE TYPE.ROLE: what fills the second role on a page never fills the first. */
typedef struct sf_never {
    sf_str role, other_type, other_role;
} sf_never;

typedef struct sf_fact_type {
    sf_str name;
    sf_beat_role roles[SF_MAX_ROLES];
    size_t role_count; /* the last is "when" */
    bool one_valued;
    bool timeless; /* it has no date: one beside it is something else's */
    bool current;  /* it holds as of the page: told in the past, it is none */
    sf_never never[SF_MAX_NEVER];
    size_t never_count;
    const struct sf_fact_type *implies; /* what each such fact says, too; NULL */
    sf_str says[SOFAR_DENIED + 1];      /* absent where the beat does not tell */
} sf_fact_type;

/* A list of `similar`: what stands for its first word. */
typedef struct sf_similar {
    sf_key *keys;
    size_t count;
} sf_similar;

/* An example as it was written. */
typedef struct sf_example {
    const sf_fact_type *type;
    sf_str beat; /* file name */
    unsigned line;
    bool negative, status_given;
    sofar_claim status;
    sf_str sentence;               /* without brackets */
    sf_span held[SF_MAX_ROLES];    /* in the sentence; empty for a role that it lacks */
    sf_span pinned[SF_MAX_PINNED]; /* words that belong to the pattern besides */
    size_t pinned_count;
    bool open[SF_MAX_PINNED];    /* what hangs on the pinned word does not matter */
    sf_key called[SF_MAX_ROLES]; /* what the page must call who fills the role; 0: anything */
    uint32_t required;           /* set of starred roles, which may not lack */
    const sf_similar *similar;   /* of its file */
    size_t similar_count;
    uint32_t sentence_number; /* in the text of all examples */
    uint32_t base;            /* where it begins there */
    bool unsaid;              /* the sentence does not say its event: "hopes to direct" */
    const char *unread;       /* why it became no pattern; NULL */
    uint32_t pattern;         /* index, SF_NONE */
} sf_example;

/* One part of a pattern, found from its parent by a link. */
typedef struct sf_pattern_part {
    const sf_key *keys; /* the words that may stand there; NULL: any */
    size_t key_count;
    sf_key word;      /* of the link */
    sf_key qualifier; /* as a part's */
    uint32_t parent;  /* index of a part before it; SF_NONE for the first, the anchor */
    uint32_t role;    /* SF_NONE: none */
    uint8_t rel;      /* sf_rel */
    bool up;          /* the link goes from this part to its parent */
    bool optional;    /* only optional roles hang on it */
    bool open;        /* whatever else hangs on it is its own affair */
    uint8_t pos;      /* of the example's word */
    bool ing;         /* which ends in -ing */
    bool pinned;      /* it was put in brackets: if it ends in -ing, the page's word must, too */
    uint32_t token;   /* in the example's sentence: for people */
} sf_pattern_part;

typedef struct sf_pattern {
    const sf_fact_type *type;
    const sf_example *example;
    sf_pattern_part *parts;
    size_t count;
    uint32_t event;   /* the part whose word happens: "the director, [resigned]" */
    bool past;        /* it is told in the past */
    sofar_claim read; /* what its example's words say by themselves: "will not return" denies */
    uint32_t left;    /* the role that is left unsaid; SF_NONE */
    sf_similar called[SF_MAX_ROLES]; /* what the page must call who fills the role */
    bool bare;                       /* no word of its own: "[Ana Ruiz]who's [Low Tide]work" */
    bool own_status; /* the words outside it do not give the example's status: it has its own */
    sofar_claim status;
    bool negative;
} sf_pattern;

typedef struct sf_entry {
    sf_key key;
    uint32_t pattern;
} sf_entry;

struct sf_beats {
    const sf_tree *tree; /* of the text of all examples; NULL: there are none */
    sf_stems *stems;
    sf_fact_type **types;
    size_t type_count;
    sf_example *examples;
    size_t example_count;
    sf_pattern *patterns;
    size_t pattern_count;
    sf_entry *index; /* patterns by the words of their anchors, sorted; key 0: any word */
    size_t index_count;
};

/* What stands in the files, before the examples are learned. */
typedef struct sf_beat_lines {
    sf_vec(sf_fact_type *) types;
    sf_vec(sf_example) examples;
} sf_beat_lines;

sofar_status sf_beat_read(sf_arena *arena, const sf_stems *stems, const sofar_beat *beats,
                          size_t count, sf_beat_lines *out, sofar_error *err);

/* Fills patterns and index from the examples; an example that cannot be learned says why in
 * `unread`. */
void sf_beat_learn(sf_arena *arena, const sf_model *model, const sf_cache *cache, sf_beats *beats);

/* The graph of an example, roles as its marks; a mark's name and time are its role. */
sf_graph *sf_example_graph(sf_arena *arena, const sf_beats *beats, const sf_example *example);

/* ---- matching (match.c) ---- */

/* A role as it was found: a subject's mention or words. */
typedef struct sf_filler {
    uint32_t name, time; /* indices; SF_NONE */
    sf_span span;        /* of the words */
} sf_filler;

typedef struct sf_found {
    const sf_pattern *pattern;
    uint32_t anchor; /* part */
    uint32_t event;  /* part: what is asked whether and when it is */
    uint32_t held;   /* bit r: role r is filled */
    bool complement; /* its anchor has an of-phrase that the pattern does not know of */
    unsigned beside; /* links of apposition that it took */
    sf_filler fillers[SF_MAX_ROLES];
    sf_span span; /* that says it */
} sf_found;

typedef sf_vec(sf_found) sf_founds;

/* Drops of the ones found from `first` on those that another says more fully. names as below.
 * (keep.c) */
void sf_found_keep_fullest(const sf_tree *tree, const sofar_name *names, sf_founds *out,
                           size_t first);

/* Appends what the patterns find in a sentence: the fullest of each, negatives heeded. names: that
 * marks point to (NULL: each is its own). callings: of the page; NULL: none are known. */
void sf_beat_match(sf_arena *arena, const sf_beats *beats, const sf_graph *graph,
                   const sofar_name *names, const sf_callings *callings, sf_founds *out);

/* ---- for people (describe.c) ---- */

/* "cast: obj who, as as?, in work" */
void sf_pattern_describe(sf_buf *out, const sf_beats *beats, const sf_pattern *pattern);
/* "directed: subj Ana Ruiz, obj Low Tide": a line a word that has links out, with their costs as
 * apostrophes. */
void sf_graph_describe(sf_buf *out, const sf_graph *graph);

#endif
