/* AVX2: no dot product of bytes that is exact, so weights and activations are widened to 16 bits
 * and multiplied in pairs. The weights of 8 outputs are widened once for many rows; a sum lies in
 * two halves until the end. */
#include <immintrin.h>

#include "model/kernel.h"

#define SF_WIDTH 8
#define SF_OFFSET 0
typedef int16_t quantised, weight;
typedef __m256i sums_t, weights_t, four_t;

enum {
    TILE_ROWS = 6,
    TILE_COLUMNS = 2,
    TILE_LEAST = 2,
    TILE_OUTPUTS = 4,
    TILE_COUNT = 2,
    TILE_JOINED = 2
};
enum { TILE_CHUNK = 512, TILE_BLOCK = 126, TILE_STEP = 32, TILE_ROOM = 16 * TILE_CHUNK };
#define TILE_APART(groups) ((groups)*TILE_STEP)

static inline const weight *ready(const int8_t *panel, uint32_t groups, weight *room) {
    for (uint32_t g = 0; g < groups; g++)
        for (uint32_t t = 0; t < TILE_COUNT; t++, panel += 32) {
            const __m128i *from = (const __m128i *)(const void *)panel;
            __m256i *at = (__m256i *)(void *)(room + t * TILE_APART(groups) + g * TILE_STEP);
            _mm256_store_si256(at, _mm256_cvtepi8_epi16(_mm_loadu_si128(from)));
            _mm256_store_si256(at + 1, _mm256_cvtepi8_epi16(_mm_loadu_si128(from + 1)));
        }
    return room;
}

static inline __m256i weights_at(const weight *w, int column, size_t line) {
    (void)line;
    return _mm256_load_si256((const __m256i *)(const void *)w + column);
}

static inline __m256i spread(const quantised *q) {
    int64_t four;
    memcpy(&four, q, sizeof four);
    return _mm256_set1_epi64x(four);
}

static inline __m256i nothing(void) { return _mm256_setzero_si256(); }

static inline __m256i dot4(__m256i sums, __m256i weights, __m256i four) {
    return _mm256_add_epi32(sums, _mm256_madd_epi16(weights, four));
}

#define whole(sums, linear, n) ((void)(linear), (vi)joined((sums)[0], (sums)[1]))

/* Adds the halves; hadd works within 128 bits, so the outputs come as 0 1 4 5 2 3 6 7. */
static inline __m256i joined(__m256i a, __m256i b) {
    return _mm256_permute4x64_epi64(_mm256_hadd_epi32(a, b), 0xd8);
}

#include "model/tile.h"

const sf_kernel sf_kernel_avx2 = SF_KERNEL("avx2", multiply);
