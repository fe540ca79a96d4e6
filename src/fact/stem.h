/* fact/stem: one key for all forms of a word, so that "directs", "directed" and "directing" are
 * one.
 *
 * English endings are stripped and irregular forms looked up (irregular.txt). The key says nothing
 * of the part of speech: "star" is the noun and the verb; that is told by what hangs on it. The
 * model's lemmas are not asked: they are learned from few words and err on rare ones. */
#ifndef SF_FACT_STEM_H
#define SF_FACT_STEM_H

#include "base/base.h"

typedef uint64_t sf_key; /* 0: no word */

/* The irregular forms, to look words up in; never written to after sf_stems_new. */
typedef struct sf_stems sf_stems;

sf_stems *sf_stems_new(sf_arena *arena);

/* "Co-directed" gives the key of "direct". Case aside. */
sf_key sf_stem(const sf_stems *stems, sf_str form);

/* The key of words that make one: "step" and "down". Order counts. */
static inline sf_key sf_key_join(sf_key a, sf_key b) { return (a ^ b << 1) * 0x9E3779B97F4A7C15u; }

#endif
