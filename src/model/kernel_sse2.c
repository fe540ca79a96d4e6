/* SSE2: as AVX2 does it, with vectors of half the width. */
#include <emmintrin.h>

#include "model/kernel.h"

#define SF_WIDTH 4
#define SF_OFFSET 0
typedef int16_t quantised, weight;
typedef __m128i sums_t, weights_t, four_t;

enum {
    TILE_ROWS = 6,
    TILE_COLUMNS = 2,
    TILE_LEAST = 2,
    TILE_OUTPUTS = 2,
    TILE_COUNT = 4,
    TILE_JOINED = 2
};
enum { TILE_CHUNK = 512, TILE_BLOCK = 126, TILE_STEP = 16, TILE_ROOM = 16 * TILE_CHUNK };
#define TILE_APART(groups) ((groups)*TILE_STEP)

static inline const weight *ready(const int8_t *panel, uint32_t groups, weight *room) {
    for (uint32_t g = 0; g < groups; g++)
        for (uint32_t t = 0; t < TILE_COUNT; t++, panel += 16) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)panel);
            __m128i sign = _mm_cmpgt_epi8(_mm_setzero_si128(), bytes);
            __m128i *at = (__m128i *)(void *)(room + t * TILE_APART(groups) + g * TILE_STEP);
            _mm_store_si128(at, _mm_unpacklo_epi8(bytes, sign));
            _mm_store_si128(at + 1, _mm_unpackhi_epi8(bytes, sign));
        }
    return room;
}

static inline __m128i weights_at(const weight *w, int column, size_t line) {
    (void)line;
    return _mm_load_si128((const __m128i *)(const void *)w + column);
}

static inline __m128i spread(const quantised *q) {
    return _mm_shuffle_epi32(_mm_loadl_epi64((const __m128i *)(const void *)q), 0x44);
}

static inline __m128i nothing(void) { return _mm_setzero_si128(); }

static inline __m128i dot4(__m128i sums, __m128i weights, __m128i four) {
    return _mm_add_epi32(sums, _mm_madd_epi16(weights, four));
}

#define whole(sums, linear, n) ((void)(linear), (vi)joined((sums)[0], (sums)[1]))

/* Adds the halves: those with even places and those with odd ones. */
static inline __m128i joined(__m128i a, __m128i b) {
    __m128i low = _mm_unpacklo_epi64(_mm_shuffle_epi32(a, 0x88), _mm_shuffle_epi32(b, 0x88));
    __m128i high = _mm_unpacklo_epi64(_mm_shuffle_epi32(a, 0xdd), _mm_shuffle_epi32(b, 0xdd));
    return _mm_add_epi32(low, high);
}

#include "model/tile.h"

const sf_kernel sf_kernel_sse2 = SF_KERNEL("sse2", multiply);
