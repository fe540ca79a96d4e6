/* venue: where, to whom and when it was said, from the words beside the cue. */
#ifndef SF_QUOTE_VENUE_H
#define SF_QUOTE_VENUE_H

#include "quote/scene.h"

/* Fills via, to and when of *quote where plain words in the cue's sentence say so. */
void sf_quote_venue(const sf_scene *scene, const sf_said *said, sofar_quote *quote);

#endif
