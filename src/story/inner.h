/* story, inside. dossier.c is the way through: captures become views (view.c: where a page names
 * the subject), views give quotes (quote.c) and events (event.c), equal words are one item with
 * several receipts. fold.c says which strings are equal.
 *
 * Captures come from the store in an order that hangs on their content alone; everything here walks
 * them in that order or sorts by content, so the order of adding cannot show. */
#ifndef SF_STORY_INNER_H
#define SF_STORY_INNER_H

#include "story/story.h"

/* ---- fold.c ---- */

typedef enum sf_fold {
    SF_FOLD_TYPE, /* what typesetting changes: spaces, the forms of apostrophes, marks, dashes */
    SF_FOLD_ALL   /* and case and accents */
} sf_fold;

/* The folded text, and for each of its bytes the place in the source of the character it came from;
 * at[text.len] is the source's length. */
typedef struct sf_folded {
    sf_str text;
    uint32_t *at;
} sf_folded;

sf_folded sf_story_fold(sf_arena *arena, sf_str s, sf_fold level);

/* Only the words, folded, with single spaces: equal for what says the same with other marks.
 * "Don’t go -- yet." gives "dont go yet". */
sf_str sf_story_words(sf_arena *arena, sf_str s);

typedef sf_vec(sf_span) sf_spans;

/* Adds each place where the needle (folded likewise) stands as words of its own. */
void sf_story_occurrences(sf_arena *arena, sf_str text, sf_str needle, sf_fold level,
                          sf_spans *out);

/* ---- view.c ---- */

/* One capture seen from the subject. */
typedef struct sf_view {
    const sf_capture *capture;
    sf_spans mentions; /* in the text, in order; by name, handle or description, not by pronoun */
    bool *is_subject;  /* for each subject of the page: is it the one that is asked for */
    bool names_it;     /* the page names the subject, in text, title or subjects */
    size_t receipts;   /* taken from it */
} sf_view;

sf_view sf_story_view(sf_arena *arena, const sf_capture *capture, sf_str needle, sf_fold level);
/* Does a mention touch the span? */
bool sf_story_mentioned(const sf_view *view, sf_span span);
/* The span of the blocks that the span touches; itself where the page has no blocks. */
sf_span sf_story_context(const sf_capture *capture, sf_span span);

sf_receipt sf_story_receipt(sf_view *view, sf_span span);

/* ---- join.c ---- */

/* keys: what pages that print the same words call the speaker, as sf_story_words; absent where one
 * does not say. A name in part becomes the one in full, and an absent one the only one, where there
 * is only one. */
void sf_story_join_names(sf_arena *arena, sf_str *keys, size_t count);

/* ---- quote.c, event.c ---- */

/* The words of a quote, with `between` between its pieces. */
sf_str sf_story_pieces(sf_arena *arena, sf_str text, const sofar_quote *quote, sf_str between);
void sf_story_quotes(sf_arena *arena, sf_view *views, size_t count, sf_dossier *out);
void sf_story_events(sf_arena *arena, sf_view *views, size_t count, sf_dossier *out);

/* Days of a value, for ordering: what is no place in time comes last. */
sf_interval sf_story_when(sf_str value);
int sf_story_compare_when(sf_interval a, sf_interval b);
static inline int sf_story_compare(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

#endif
