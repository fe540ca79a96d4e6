/* join: spots -> subjects. Which spots are names at all, which name the same, and what they are. */
#ifndef SF_WHO_JOIN_H
#define SF_WHO_JOIN_H

#include "who/spot.h"

/* n log n in the spots. */
sf_people sf_who_join(sf_arena *arena, const sf_text *text, const sf_spots *spots);

/* What words [first, last] name, by their own form and what was said beside them (kind.c).
 * family: the last word also stands alone on the page, or ends another name of two words. */
sofar_subject_type sf_who_kind(const sf_text *text, const sf_spots *spots, const sf_spot *spot,
                               uint32_t says, bool family);

#endif
