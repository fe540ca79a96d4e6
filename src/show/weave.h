/* show's own: facts that have a day, quotes and dated sentences woven into one order of time. A
 * quote stands on the day it was said, else on the day its first receipt was published; a fact and
 * a sentence on the time they tell of. Facts without a day are not here: they are what is known. */
#ifndef SF_SHOW_WEAVE_H
#define SF_SHOW_WEAVE_H

#include "show/plain.h"

typedef struct sf_woven {
    const sf_told_quote *quote; /* one of the three */
    const sf_told_event *event;
    const sf_told_fact *fact;
    sf_str when;          /* its place in time; absent or no place in time: undated */
    bool published;       /* when is only the day of publication */
    sf_interval interval; /* of when */
    sf_str year;          /* "2021", "2020s": the group it stands in; absent if undated */
    sf_str period;        /* the group within: "October", "summer 2021"; absent: the year as such */
} sf_woven;

typedef struct sf_weave {
    sf_woven *items; /* the dated ones in order of time, coarse before fine; then the undated */
    size_t dated, count;
} sf_weave;

/* In the arena; points into the dossier. O(n log n). */
sf_weave sf_weave_of(sf_arena *arena, const sf_dossier *dossier);

/* The item's day in words, without the year where that is the year it stands in: "20 July". */
sf_str sf_woven_day(sf_arena *arena, const sf_woven *item);

/* Those of an item, whichever it is. */
static inline const sf_receipt *sf_woven_receipts(const sf_woven *w, size_t *count) {
    *count = w->quote   ? w->quote->receipt_count
             : w->event ? w->event->receipt_count
                        : w->fact->receipt_count;
    return w->quote ? w->quote->receipts : w->event ? w->event->receipts : w->fact->receipts;
}
/* A fact's words are made; the others' are the page's. */
sf_str sf_woven_text(sf_arena *arena, const sf_woven *item);

/* Has the fact a place in time? Else it belongs with what is known. */
bool sf_weave_holds(const sf_told_fact *fact);

#endif
