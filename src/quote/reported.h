/* reported: speech without marks: the clause under a verb of saying. */
#ifndef SF_QUOTE_REPORTED_H
#define SF_QUOTE_REPORTED_H

#include "quote/embed.h"

/* Appends an indirect quote for every cue that reports a clause outside quotation marks. `taken`:
 * the cues that have a quotation already. Linear. */
void sf_quote_reported(const sf_scene *scene, const bool *taken, sf_quote_list *out);

#endif
