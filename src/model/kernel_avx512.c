/* AVX-512 VNNI: the dot product of four bytes in 512 bits, a panel of 16 outputs at once. It takes
 * activations without sign, so 128 is added to them and 128 times the weights taken off the sums.
 */
#include <immintrin.h>

#include "model/kernel.h"

#define SF_WIDTH 16
#define SF_OFFSET 128
typedef uint8_t quantised;
typedef int8_t weight;
typedef __m512i sums_t, weights_t, four_t;

enum {
    TILE_ROWS = 6,
    TILE_COLUMNS = 4,
    TILE_LEAST = 1,
    TILE_OUTPUTS = 16,
    TILE_COUNT = 1,
    TILE_JOINED = 1
};
enum { TILE_CHUNK = 1 << 20, TILE_BLOCK = 24, TILE_STEP = 64, TILE_ROOM = 1 };
#define TILE_APART(groups) (0)

#define ready(panel, groups, room) ((void)(room), (panel))

static inline __m512i weights_at(const weight *w, int column, size_t line) {
    return _mm512_loadu_si512(w + (size_t)column * line);
}

static inline __m512i spread(const quantised *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return _mm512_set1_epi32(four);
}

static inline __m512i nothing(void) { return _mm512_setzero_si512(); }

static inline __m512i dot4(__m512i sums, __m512i weights, __m512i four) {
    return _mm512_dpbusd_epi32(sums, four, weights);
}

#define whole(sums, linear, n)                                                                     \
    ((vi)_mm512_sub_epi32(*(sums), _mm512_loadu_si512((linear)->sum + (n))))

#include "model/tile.h"

const sf_kernel sf_kernel_avx512 = SF_KERNEL("avx512-vnni", multiply);
