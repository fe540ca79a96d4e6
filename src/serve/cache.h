/* serve's own: answers that were made, by target. Bounded in number and bytes: what was not asked
 * for longest goes. Of one thread at a time. */
#ifndef SF_SERVE_CACHE_H
#define SF_SERVE_CACHE_H

#include "serve/parcel.h"

enum { SF_CACHED = 256, SF_CACHED_BYTES = 16 << 20 };

typedef struct sf_cached {
    char *target;
    uint64_t hash; /* of the target */
    sf_parcel *parcel;
    uint64_t asked; /* when last; the cache's own count */
} sf_cached;

typedef struct sf_cache { /* zeros: empty */
    sf_cached at[SF_CACHED];
    size_t count;
    uint64_t now;
} sf_cache;

/* NULL if it is not there. */
sf_parcel *sf_cache_find(sf_cache *cache, sf_str target);
/* The parcel is the cache's if true; false if it is too large or memory ran out. Others may go. */
bool sf_cache_put(sf_cache *cache, sf_str target, sf_parcel *parcel);
void sf_cache_clear(sf_cache *cache);

#endif
