/* show: what a reviewer has before them, and what was decided -> terminal, JSON. Pure functions
 * into buffers. */
#ifndef SF_SHOW_REVIEW_H
#define SF_SHOW_REVIEW_H

#include "show/show.h"
#include "story/desk.h"

/* One fact with the words that say it, marked in their paragraph, and what speaks against it. */
void sf_show_review(sf_buf *out, const sf_dossier *dossier, const sf_review *review,
                    sf_terminal terminal);
/* The queue, a line a fact: verdict, id, words. */
void sf_show_review_list(sf_buf *out, const sf_review *queue, size_t count, sf_terminal terminal);
/* {"subject": {...}, "queue": [{"doubt": 3, "seen": "...", "decided": null, "fact": {...}}]} */
void sf_show_review_json(sf_buf *out, const sf_dossier *dossier, const sf_review *queue);

/* A decision in a line: "3f9a12c4ab55d1e0  2021-10-15  mq rejected: Ana Ruiz ... (not what it
 * says)" */
void sf_show_decision(sf_buf *out, const sf_decision *decision, sf_terminal terminal);

/* What was decided, in words: "plays: who=Ana Ruiz, work=Low Tide -> plays: ..." */
sf_str sf_show_decision_words(sf_arena *arena, const sf_decision *decision);

#endif
