/* A sample of a text's shingles, to tell near-copies by (Broder 1997): of all runs of four words
 * those whose hash falls into a fixed part of the numbers, so that texts of any two lengths have
 * sampled the same runs. */
#include <stdlib.h>

#include "gist/gist.h"

enum {
    SHINGLE = 4, /* words */
    PART = 4     /* of so many shingles one is taken */
};

static uint64_t mix(uint64_t h) {
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
    return h ^ (h >> 31);
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void sf_gist_sample(sf_arena *arena, const sf_folded_words *words, sf_gist *out) {
    sf_vec(uint32_t) all = {0};
    uint64_t last[SHINGLE] = {0};
    for (size_t n = 0; n < words->count; n++) {
        uint64_t h = 0;
        last[n % SHINGLE] = sf_str_hash(words->at[n].words);
        for (size_t k = 1; k <= SHINGLE; k++)
            h = mix(h + last[(n + k) % SHINGLE]);
        if (n + 1 >= SHINGLE && h % PART == 0)
            *SF_PUSH(arena, &all) = (uint32_t)(h >> 32);
    }
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_number);
    for (size_t i = 0; i < all.count; i++)
        if (out->sample_count == 0 || all.at[i] != all.at[out->sample_count - 1])
            all.at[out->sample_count++] = all.at[i];
    out->sample = all.at;
}
