/* whom: a pronoun or an epithet beside a cue -> the person it stands for, where that is plain. */
#ifndef SF_QUOTE_WHOM_H
#define SF_QUOTE_WHOM_H

#include "quote/speaker.h"

/* words: "she", "the actress". SOFAR_NOBODY unless the sentence before, or the nearest before it
 * that names anybody, has one person and that as its subject. Bounded in time. */
uint32_t sf_quote_whom(const sf_scene *scene, sf_span words, bool pronoun);

#endif
