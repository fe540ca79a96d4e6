/* NEON with the dot product of four bytes (Armv8.2): signed by signed, four outputs at once. */
#include <arm_neon.h>

#include "model/kernel.h"

#define SF_WIDTH 4
#define SF_OFFSET 0
typedef int8_t quantised, weight;
typedef int32x4_t sums_t;
typedef int8x16_t weights_t, four_t;

enum {
    TILE_ROWS = 6,
    TILE_COLUMNS = 4,
    TILE_LEAST = 4,
    TILE_OUTPUTS = 4,
    TILE_COUNT = 1,
    TILE_JOINED = 1
};
enum { TILE_CHUNK = 1 << 20, TILE_BLOCK = 24, TILE_STEP = 64, TILE_ROOM = 1 };
#define TILE_APART(groups) (0)

#define ready(panel, groups, room) ((void)(room), (panel))

static inline int8x16_t weights_at(const weight *w, int column, size_t line) {
    (void)line;
    return vld1q_s8(w + column * 16);
}

static inline int8x16_t spread(const quantised *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return vreinterpretq_s8_s32(vdupq_n_s32(four));
}

static inline int32x4_t nothing(void) { return vdupq_n_s32(0); }

static inline int32x4_t dot4(int32x4_t sums, int8x16_t weights, int8x16_t four) {
    return vdotq_s32(sums, weights, four);
}

#define whole(sums, linear, n) ((void)(linear), (vi) * (sums))

#include "model/tile.h"

const sf_kernel sf_kernel_neondot = SF_KERNEL("neon-dot", multiply);
