/* NEON without a dot product: bytes are multiplied to 16 bits and added in pairs to 32. A sum lies
 * in two halves until the end. */
#include <arm_neon.h>

#include "model/kernel.h"

#define SF_WIDTH 4
#define SF_OFFSET 0
typedef int8_t quantised, weight;
typedef int32x4_t sums_t;
typedef int8x8_t weights_t, four_t;

enum {
    TILE_ROWS = 5,
    TILE_COLUMNS = 4,
    TILE_LEAST = 4,
    TILE_OUTPUTS = 2,
    TILE_COUNT = 2,
    TILE_JOINED = 2
};
enum { TILE_CHUNK = 1 << 20, TILE_BLOCK = 20, TILE_STEP = 64, TILE_ROOM = 1 };
#define TILE_APART(groups) (32)

#define ready(panel, groups, room) ((void)(room), (panel))

static inline int8x8_t weights_at(const weight *w, int column, size_t line) {
    (void)line;
    return vld1_s8(w + column * 8);
}

static inline int8x8_t spread(const quantised *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return vreinterpret_s8_s32(vdup_n_s32(four));
}

static inline int32x4_t nothing(void) { return vdupq_n_s32(0); }

static inline int32x4_t dot4(int32x4_t sums, int8x8_t weights, int8x8_t four) {
    return vpadalq_s16(sums, vmull_s8(weights, four));
}

#define whole(sums, linear, n) ((void)(linear), (vi)vpaddq_s32((sums)[0], (sums)[1]))

#include "model/tile.h"

const sf_kernel sf_kernel_neon = SF_KERNEL("neon", multiply);
