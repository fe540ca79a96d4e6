#include "serve/cache.h"

#include <stdlib.h>

sf_parcel *sf_cache_find(sf_cache *cache, sf_str target) {
    uint64_t hash = sf_str_hash(target);
    for (size_t i = 0; i < cache->count; i++) {
        sf_cached *c = &cache->at[i];
        if (c->hash == hash && sf_str_equal(sf_str_of(c->target), target)) {
            c->asked = ++cache->now;
            return c->parcel;
        }
    }
    return NULL;
}

static void drop(sf_cache *cache, size_t i) {
    free(cache->at[i].target);
    sf_parcel_free(cache->at[i].parcel);
    cache->at[i] = cache->at[--cache->count];
}

static void drop_oldest(sf_cache *cache) {
    size_t oldest = 0;
    for (size_t i = 1; i < cache->count; i++)
        if (cache->at[i].asked < cache->at[oldest].asked)
            oldest = i;
    drop(cache, oldest);
}

/* Counted anew: parcels grow when they are first compressed. */
static size_t bytes_of(const sf_cache *cache) {
    size_t sum = 0;
    for (size_t i = 0; i < cache->count; i++)
        sum += sf_parcel_size(cache->at[i].parcel);
    return sum;
}

bool sf_cache_put(sf_cache *cache, sf_str target, sf_parcel *parcel) {
    size_t size = sf_parcel_size(parcel);
    char *copy = size > SF_CACHED_BYTES / 2 ? NULL : strndup(target.ptr, target.len);
    if (!copy)
        return false;
    while (cache->count && (cache->count == SF_CACHED || bytes_of(cache) + size > SF_CACHED_BYTES))
        drop_oldest(cache);
    cache->at[cache->count++] = (sf_cached){copy, sf_str_hash(target), parcel, ++cache->now};
    return true;
}

void sf_cache_clear(sf_cache *cache) {
    while (cache->count)
        drop(cache, cache->count - 1);
}
