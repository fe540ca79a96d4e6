/* page/body_features: what the chooser of story blocks looks at. Numbers only, all integers, so
 * that the same page gives the same numbers on every machine. Used by body.c and, unchanged, by the
 * training (train/page).
 *
 * Two rounds. Round one describes each block by itself, its elements and its neighbours. Round two
 * adds what round one's scores say of the block's surroundings (auto-context: Tu 2008): how much
 * story stands before and behind it, under the same parent, in the same kind of element. */
#ifndef SF_PAGE_BODY_FEATURES_H
#define SF_PAGE_BODY_FEATURES_H

#include "page/flow.h"

/* Counts are capped at INT16_MAX; shares are in 1/1000. */
#define SF_BODY_FEATURES(X)                                                                        \
    X(WORDS)                                                                                       \
    X(BYTES)                                                                                       \
    X(LINKED)                                                                                      \
    X(LINKS)                                                                                       \
    X(KIND)                                                                                        \
    X(TAG)                                                                                         \
    X(INLINE_TAG)                                                                                  \
    X(END) X(COMMAS) X(STOPS) X(LOWER) X(UPPER) X(DIGITS) X(WORD_LENGTH) X(QUOTES) X(SYMBOLS)      \
        X(REPEATS) X(TITLE_IN_BLOCK) X(BLOCK_IN_TITLE) X(PATH_SUM) X(PATH_MIN) X(PATH_MAX) X(      \
            PATH_OWN) X(CUE_SUM) X(CUE_MIN) X(CUE_MAX) X(DEPTH) X(IN_ARTICLE) X(IN_MAIN) X(IN_NAV) \
            X(IN_ASIDE) X(IN_FOOTER) X(IN_HEADER) X(IN_FIGURE) X(IN_FORM) X(IN_TABLE) X(IN_LIST)   \
                X(IN_QUOTE) X(IN_BODY_PROP) X(INDEX) X(INDEX_SHARE) X(TEXT_SHARE) X(FROM_TITLE)    \
                    X(FROM_END) X(PREV_WORDS) X(PREV_LINKED) X(PREV_TAG) X(PREV_SAME_PARENT)       \
                        X(PREV_CUE) X(PREV2_WORDS) X(PREV2_LINKED) X(NEXT_WORDS) X(NEXT_LINKED)    \
                            X(NEXT_TAG) X(NEXT_SAME_PARENT) X(NEXT_CUE) X(NEXT2_WORDS)             \
                                X(NEXT2_LINKED) X(PARENT_WORDS) X(PARENT_BLOCKS) X(PARENT_LINKED)  \
                                    X(PARENT_PROSE) X(GRAND_WORDS) X(GRAND_LINKED) X(GRAND_PROSE)  \
                                        X(PATH_BLOCKS) X(PATH_WORDS) X(PATH_LINKED) X(BEST_UP)     \
                                            X(BEST_DOWN) X(PROSE_BEFORE) X(PROSE_AFTER)            \
                                                X(HEADING_BACK) X(HEADING_PATH) X(HEADING_CUE)     \
                                                    X(FIRST_IN_PARENT) X(LAST_IN_PARENT)

/* Round two: scores of round one, as chances in 1/1000 that a block is of the story. */
#define SF_BODY_CONTEXT(X)                                                                         \
    X(CHANCE)                                                                                      \
    X(PREV_CHANCE)                                                                                 \
    X(PREV2_CHANCE)                                                                                \
    X(PREV3_CHANCE)                                                                                \
    X(NEXT_CHANCE)                                                                                 \
    X(NEXT2_CHANCE)                                                                                \
    X(NEXT3_CHANCE)                                                                                \
    X(NEAR_CHANCE) X(STORY_BEFORE) X(STORY_AFTER) X(STORY_WORDS) X(SURE_BACK) X(SURE_AHEAD)        \
        X(PARENT_CHANCE) X(PARENT_STORY) X(GRAND_CHANCE) X(GRAND_STORY) X(PATH_CHANCE) X(STORY_UP) \
            X(STORY_DOWN) X(HEADING_CHANCE) X(UNDER_CHANCE)

enum {
#define X(name) SF_BODY_##name,
    SF_BODY_FEATURES(X) SF_BODY_ROUND_ONE,
    SF_BODY_BEFORE_CONTEXT = SF_BODY_ROUND_ONE - 1,
    SF_BODY_CONTEXT(X) SF_BODY_ROUND_TWO
#undef X
};

/* Names of all features in their order, a space behind each. */
extern const char sf_body_feature_names[];

/* Weights of words: of classes, ids ... on the way down to a block, or of the first words of its
 * text. A hash table with open addressing: an entry is 0 (empty) or the upper 20 bits of a hash and
 * a signed weight in the lower 12, at the place the hash's lower bits say or behind it. */
typedef struct sf_body_words {
    const uint32_t *at;
    uint32_t mask; /* entries - 1; 0: no words. Some entries are empty */
} sf_body_words;

/* What words there are, for training: called with each word of an element or a text. */
typedef struct sf_body_listener {
    void (*hear)(void *who, uint32_t index, sf_str word, uint32_t hash);
    void *who;
} sf_body_listener;

/* An element with text below. Counts are of the whole subtree. */
typedef struct sf_body_node {
    uint32_t node;              /* in the tree */
    uint32_t parent;            /* index of the parent here; 0 is <html> and its own */
    uint32_t flags;             /* which elements it is inside of */
    uint32_t look;              /* hash of its name, class, id */
    int32_t own, sum, min, max; /* weights of its words; of all words down to it */
    uint32_t depth, common; /* common: depth of the last ancestor shared with the best container */
    uint32_t words, bytes, linked, blocks, prose, credit;
    uint64_t chance;      /* sum of chance x words */
    uint32_t first, last; /* blocks right below, or in elements right below */
} sf_body_node;

/* Blocks whose elements look alike. */
typedef struct sf_body_group {
    uint32_t key, words, bytes, linked, blocks;
    uint64_t chance;
} sf_body_group;

typedef struct sf_body_view {
    const sf_flow *flow;
    sf_body_node *nodes;
    uint32_t node_count;
    uint32_t *node_of; /* block -> node here */
    sf_body_group *groups;
    uint32_t *group_of;   /* block -> group */
    uint32_t *heading_of; /* block -> last heading at or before it, or SF_NONE */
    int16_t *rows;        /* flow->count rows of SF_BODY_ROUND_TWO */
} sf_body_view;

/* Round one. Linear in the page. path, cues: learned words; may be empty. */
sf_body_view *sf_body_look(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title,
                           sf_body_words path, sf_body_words cues);
/* Round two: chance[i] in 0 .. 1000 for every block. */
void sf_body_look_around(sf_body_view *view, const int16_t *chance);

/* Words of the element itself (index = node) for every element with text below, then of the text of
 * every block (index = block). For training. */
void sf_body_hear_elements(sf_arena *arena, const sf_dom *dom, const sf_flow *flow,
                           sf_body_listener listener);
void sf_body_hear_texts(const sf_flow *flow, sf_body_listener listener);

/* The container with the most credit; sets `common` of every node for it. For both rounds. */
uint32_t sf_body_best(sf_body_view *view);

static inline int16_t sf_body_cap(int64_t v) {
    return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

/* In 1/1000; 0 of nothing. */
static inline int16_t sf_body_share(uint64_t part, uint64_t whole) {
    return whole ? sf_body_cap((int64_t)(part * 1000 / whole)) : 0;
}

#endif
