/* robots: may we fetch this? (RFC 9309). Private to the fetch room, and to its tests and fuzz
 * target. */
#ifndef SF_FETCH_ROBOTS_H
#define SF_FETCH_ROBOTS_H

#include "base/base.h"

enum { SF_ROBOTS_BYTES = 500 << 10 }; /* what is read of the file; the standard's least */

/* robots: the file's bytes. agent: the product token, "sofar". target: path and query of the URL,
 * as they stand in it. Pure; scratch goes to the arena. */
bool sf_robots_allow(sf_arena *arena, sf_str robots, sf_str agent, sf_str target);

#endif
