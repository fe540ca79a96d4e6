/* AVX-VNNI: the dot product of four bytes in 256 bits. It takes activations without sign, so 128 is
 * added to them and 128 times the weights taken off the sums. */
#include <immintrin.h>

#include "model/kernel.h"

#define SF_WIDTH 8
#define SF_OFFSET 128
typedef uint8_t quantised;
typedef int8_t weight;
typedef __m256i sums_t, weights_t, four_t;

enum {
    TILE_ROWS = 6,
    TILE_COLUMNS = 2,
    TILE_LEAST = 2,
    TILE_OUTPUTS = 8,
    TILE_COUNT = 1,
    TILE_JOINED = 1
};
enum { TILE_CHUNK = 1 << 20, TILE_BLOCK = 24, TILE_STEP = 64, TILE_ROOM = 1 };
#define TILE_APART(groups) (0)

#define ready(panel, groups, room) ((void)(room), (panel))

static inline __m256i weights_at(const weight *w, int column, size_t line) {
    (void)line;
    return _mm256_loadu_si256((const __m256i *)(const void *)w + column);
}

static inline __m256i spread(const quantised *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return _mm256_set1_epi32(four);
}

static inline __m256i nothing(void) { return _mm256_setzero_si256(); }

static inline __m256i dot4(__m256i sums, __m256i weights, __m256i four) {
    return _mm256_dpbusd_avx_epi32(sums, four, weights);
}

#define whole(sums, linear, n)                                                                     \
    ((vi)_mm256_sub_epi32(*(sums), _mm256_loadu_si256((const void *)((linear)->sum + (n)))))

#include "model/tile.h"

const sf_kernel sf_kernel_avxvnni = SF_KERNEL("avx-vnni", multiply);
