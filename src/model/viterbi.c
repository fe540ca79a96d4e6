/* The best legal sequence of BIO classes: the algorithm of Viterbi (1967) where a step costs
 * nothing if it is legal and cannot be taken if it is not. So little may stand before a class (an
 * inside has two predecessors, all others have every one) that the best of the whole row is kept
 * beside the row: linear in rows times classes. The sums of logits need no softmax: it would take
 * the same amount off every class of a row. */
#include "model/decode.h"

/* Numbers that are none lose against every other. */
static float sane(float x) { return x > -1e9F ? (x < 1e9F ? x : 1e9F) : -1e9F; }

/* The lowest class of the highest sum. */
static uint32_t best_of(const double *sums, uint32_t classes) {
    uint32_t best = 0;
    for (uint32_t c = 1; c < classes; c++)
        if (sums[c] > sums[best])
            best = c;
    return best;
}

static bool is_inside(uint32_t class) { return class && class % 2 == 0; }

void sf_decode_bio(sf_arena *scratch, const float *logits, size_t stride, uint32_t count,
                   uint32_t classes, uint8_t *out) {
    if (count == 0)
        return;
    double *sums = SF_ARRAY(scratch, double, classes), *next = SF_ARRAY(scratch, double, classes);
    uint8_t *before = SF_ARRAY(scratch, uint8_t, (size_t)count * classes);
    for (uint32_t c = 0; c < classes; c++)
        sums[c] = is_inside(c) ? -1e300 : (double)sane(logits[c]);
    for (uint32_t i = 1; i < count; i++) {
        const float *row = logits + i * stride;
        uint32_t best = best_of(sums, classes);
        for (uint32_t c = 0; c < classes; c++) {
            uint32_t from = best;
            if (is_inside(c))
                from = sums[c] > sums[c - 1] ? c : c - 1;
            before[(size_t)i * classes + c] = (uint8_t)from;
            next[c] = sums[from] + (double)sane(row[c]);
        }
        double *spare = sums;
        sums = next;
        next = spare;
    }
    out[count - 1] = (uint8_t)best_of(sums, classes);
    for (uint32_t i = count - 1; i; i--)
        out[i - 1] = before[(size_t)i * classes + out[i]];
}
