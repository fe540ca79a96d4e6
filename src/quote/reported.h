/* reported: speech without marks: the clause under a verb of saying. */
#ifndef SF_QUOTE_REPORTED_H
#define SF_QUOTE_REPORTED_H

#include "quote/embed.h"

/* A word or two in marks that a reported clause borrows are no quotation of their own, as the
 * clause is one: unmarks their pieces. n log n in the runs. */
void sf_quote_borrowed(const sf_scene *scene, sf_piece *pieces);

/* Appends an indirect quote for every cue that reports a clause outside quotation marks. In order
 * of their first spans. `taken`: the cues that have a quotation already. n log n in the cues. */
void sf_quote_reported(const sf_scene *scene, const bool *taken, sf_quote_list *out);

#endif
