/* venue: where, to whom and when it was said, from what hangs on the cue. */
#ifndef SF_QUOTE_VENUE_H
#define SF_QUOTE_VENUE_H

#include "quote/scene.h"

/* Fills via, to and when of quotes that have none, where the page says so: in the clause of the
 * cue, else in the sentence that leads to the quotation, else as the same speaker's quote before
 * it. The quotes are in order of their first spans. Gives for each a literal that says where it was
 * found, or NULL. Linear: each quote looks at a bounded number of tokens. */
const char **sf_quote_venues(const sf_scene *scene, sofar_quote *quotes, size_t count);

#endif
