/* The kernel in portable C: what all others must equal. */
#define SF_WIDTH 4
#define SF_OFFSET 0
#include <stdint.h>
typedef int8_t quantised;
#include "model/lanes.h"

static void multiply(const sf_linear *linear, const void *quantised_rows, const float *steps,
                     uint32_t rows, float *y) {
    const int8_t *q = quantised_rows;
    uint32_t inputs = linear->inputs;
    for (uint32_t row = 0; row < rows; row++, q += inputs, y += linear->outputs) {
        const int8_t *w = linear->weights;
        for (uint32_t n = 0; n < linear->outputs; n += 16) {
            int32_t sums[16] = {0};
            for (uint32_t k = 0; k < inputs; k += 4, w += 64)
                for (int j = 0; j < 16; j++)
                    sums[j] += q[k] * w[4 * j] + q[k + 1] * w[4 * j + 1] + q[k + 2] * w[4 * j + 2] +
                               q[k + 3] * w[4 * j + 3];
            for (uint32_t j = 0; j < 16; j++)
                y[n + j] =
                    (float)sums[j] * (steps[row] * linear->scale[n + j]) + linear->bias[n + j];
        }
    }
}

const sf_kernel sf_kernel_plain = SF_KERNEL("plain", multiply);
