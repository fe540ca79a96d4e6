/* The arithmetic that depends on the instruction set: one table of functions for each.
 *
 * Linear layers are int8: a row of activations is quantised with a step of its own, products are
 * summed exactly in 32 bits, so how a kernel gets there does not show. All else is floating point,
 * written once in lanes.h with a fixed order of additions and no fused multiply-add, and compiled
 * for each instruction set with vectors of its width. Together: every kernel gives the same bits
 * (tests/model_kernel.c).
 *
 * Weights lie as [outputs / 16][inputs / 4][16][4]: the 64 bytes that a 512-bit dot product
 * instruction takes at once, and that others take in 2 or 4 steps.
 */
#ifndef SF_MODEL_KERNEL_H
#define SF_MODEL_KERNEL_H

#include "base/base.h"

enum { SF_LANES = 16, SF_HEAD = 32 }; /* lanes of a sum; floats of an attention head */

/* outputs: a multiple of 16; inputs: of 16. */
typedef struct sf_linear {
    const int8_t *weights; /* packed, in [-127, 127] */
    const float *scale, *bias;
    const int32_t *sum; /* 128 * the sum of an output's weights */
    uint32_t outputs, inputs;
} sf_linear;

typedef struct sf_kernel {
    const char *name;
    size_t quantised; /* bytes of one quantised activation */
    /* q and a step for each row of x[rows][width]. */
    void (*quantise)(const float *x, uint32_t rows, uint32_t width, void *q, float *steps);
    /* y[rows][outputs] = quantised rows times the weights, plus bias. */
    void (*multiply)(const sf_linear *linear, const void *q, const float *steps, uint32_t rows,
                     float *y);
    /* x[rows][width] = norm(x + add); add may be NULL. */
    void (*norm)(float *x, const float *add, const float *gain, const float *bias, uint32_t rows,
                 uint32_t width);
    void (*gelu)(float *x, size_t n);
    /* qkv[pieces][3 * heads * SF_HEAD], out[pieces][heads * SF_HEAD]; work: room for
     * sf_attention_room(pieces) floats. */
    void (*attention)(const float *qkv, uint32_t pieces, uint32_t heads, float *work, float *out);
    float (*dot)(const float *a, const float *b, uint32_t n); /* n: a multiple of 16 */
    /* Elementwise, for tests. */
    void (*exp)(float *x, size_t n);
    void (*erf)(float *x, size_t n);
} sf_kernel;

/* Keys and values of a head, and two rows of scores. */
static inline size_t sf_attention_room(uint32_t pieces) {
    size_t padded = ((size_t)pieces + SF_LANES - 1) / SF_LANES * SF_LANES;
    return padded * (2 * SF_HEAD + 2);
}

extern const sf_kernel sf_kernel_plain;
extern const sf_kernel sf_kernel_avx512, sf_kernel_avxvnni, sf_kernel_avx2, sf_kernel_sse2;
extern const sf_kernel sf_kernel_neon, sf_kernel_neondot;

/* The fastest one that this CPU runs. */
const sf_kernel *sf_kernel_best(void);
/* By name; NULL if there is none or the CPU cannot run it. */
const sf_kernel *sf_kernel_find(sf_str name);
/* All that this CPU runs, the fastest first; NULL beyond the last. */
const sf_kernel *sf_kernel_at(size_t i);

#endif
