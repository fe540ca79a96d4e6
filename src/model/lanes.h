/* The floating-point part of a kernel, in vectors of SF_WIDTH floats. A kernel's file defines
 * SF_WIDTH (4, 8, 16), the type `quantised` and SF_OFFSET, which is added to what goes in there;
 * then includes this.
 *
 * Every operation is one IEEE operation, so elementwise work gives the same bits at any width. Sums
 * do not: those over a row run in 16 lanes whatever the width (lane j adds x[j], x[j + 16], ... in
 * order), and the lanes are added as a tree: j and j + 8, then 4, 2, 1. Files that include this are
 * compiled with -ffp-contract=off.
 */
#ifndef SF_MODEL_LANES_H
#define SF_MODEL_LANES_H

#include <math.h>

#include "model/kernel.h"

typedef float vf __attribute__((vector_size(4 * SF_WIDTH)));
typedef int32_t vi __attribute__((vector_size(4 * SF_WIDTH)));
typedef float vf_at __attribute__((vector_size(4 * SF_WIDTH), aligned(4), may_alias));
typedef quantised vq __attribute__((vector_size(sizeof(quantised) * SF_WIDTH)));

enum { PARTS = SF_LANES / SF_WIDTH, HEAD_PARTS = SF_HEAD / SF_WIDTH };

static inline vf load(const float *p) { return *(const vf_at *)p; }
static inline void store(float *p, vf x) { *(vf_at *)p = x; }
static inline vf all(float x) { return x - (vf){0}; }
static inline vf pick(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }

/* ---- sums ---- */

static float tree(const vf *lanes) {
    float t[SF_LANES];
    memcpy(t, lanes, sizeof t);
    for (int step = SF_LANES / 2; step > 0; step /= 2)
        for (int j = 0; j < step; j++)
            t[j] += t[j + step];
    return t[0];
}

static float sum(const float *x, uint32_t n) {
    vf lanes[PARTS];
    for (int p = 0; p < PARTS; p++)
        lanes[p] = load(x + p * SF_WIDTH);
    for (uint32_t i = SF_LANES; i < n; i += SF_LANES)
        for (int p = 0; p < PARTS; p++)
            lanes[p] += load(x + i + p * SF_WIDTH);
    return tree(lanes);
}

static float dot(const float *a, const float *b, uint32_t n) {
    vf lanes[PARTS];
    for (int p = 0; p < PARTS; p++)
        lanes[p] = load(a + p * SF_WIDTH) * load(b + p * SF_WIDTH);
    for (uint32_t i = SF_LANES; i < n; i += SF_LANES)
        for (int p = 0; p < PARTS; p++)
            lanes[p] += load(a + i + p * SF_WIDTH) * load(b + i + p * SF_WIDTH);
    return tree(lanes);
}

/* ---- functions ---- */

/* e^x for x <= 0; what lies below -86 counts as -86. x = n ln 2 + r (ln 2 in two parts, the first
 * short enough that n times it is exact), e^r by a polynomial, 2^n into the exponent. */
static inline vf exp_of(vf x) {
    x = pick(x > all(-86.0f), x, all(-86.0f));
    const vf round = all(12582912.0f); /* 1.5 * 2^23: adding it rounds to an integer */
    vf t = x * all(1.44269504f) + round;
    vf n = t - round;
    vf r = (x - n * all(0.693359375f)) - n * all(-2.12194440e-4f);
    vf p = all(0.0013814174f);
    p = p * r + all(0.008368922f);
    p = p * r + all(0.041668408f);
    p = p * r + all(0.1666652f);
    p = p * r + all(0.49999994f);
    p = (p * (r * r) + r) + all(1.0f);
    return (vf)((vi)p + (((vi)t - (vi)round) << 23));
}

/* erf by a rational function: x P(x^2) / Q(x^2), fitted to the least relative error on [-3.925,
 * 3.925], beyond which erf is 1 in single precision. */
static inline vf erf_of(vf x) {
    const vf end = all(3.925f);
    x = pick(x < end, x, end);
    x = pick(x > -end, x, -end);
    vf t = x * x;
    vf p = all(2.0460282e-06f);
    p = p * t + all(0.00028484498f);
    p = p * t + all(0.0037725887f);
    p = p * t + all(0.05276942f);
    p = p * t + all(0.19059457f);
    p = p * t + all(1.1283791f);
    vf q = all(3.804786e-05f);
    q = q * t + all(0.0011638681f);
    q = q * t + all(0.014983275f);
    q = q * t + all(0.11418307f);
    q = q * t + all(0.50224274f);
    q = q * t + all(1.0f);
    return x * p / q;
}

static inline vf gelu_of(vf x) {
    return (all(0.5f) * x) * (all(1.0f) + erf_of(x * all(0.70710678f)));
}

/* Applies a function to n floats; the last few go through a vector of their own. */
#define EACH(name, function)                                                                       \
    static void name(float *x, size_t n) {                                                         \
        size_t i = 0;                                                                              \
        for (; i + SF_WIDTH <= n; i += SF_WIDTH)                                                   \
            store(x + i, function(load(x + i)));                                                   \
        if (i < n) {                                                                               \
            float rest[SF_WIDTH] = {0};                                                            \
            memcpy(rest, x + i, (n - i) * sizeof *x);                                              \
            store(rest, function(load(rest)));                                                     \
            memcpy(x + i, rest, (n - i) * sizeof *x);                                              \
        }                                                                                          \
    }
EACH(exp_each, exp_of)
EACH(erf_each, erf_of)
EACH(gelu_each, gelu_of)

/* ---- rows ---- */

/* The largest |x|. The bits of floats without sign are in order as integers. */
static float largest(const float *x, uint32_t n) {
    vi top = {0};
    for (uint32_t i = 0; i < n; i += SF_WIDTH) {
        vi bits = (vi)load(x + i) & INT32_MAX;
        vi more = bits > top;
        top = (more & bits) | (~more & top);
    }
    int32_t most = 0;
    for (int j = 0; j < SF_WIDTH; j++)
        most = top[j] > most ? top[j] : most;
    float m;
    memcpy(&m, &most, sizeof m);
    return m;
}

static void quantise(const float *x, uint32_t rows, uint32_t width, void *out, float *steps) {
    quantised *q = out;
    const vf round = all(12582912.0f);
    for (uint32_t row = 0; row < rows; row++, x += width, q += width) {
        float m = largest(x, width);
        vf inverse = all(m == 0 ? 0 : 127.0f / m);
        steps[row] = m / 127.0f;
        for (uint32_t i = 0; i < width; i += SF_WIDTH) {
            vi whole = (vi)(load(x + i) * inverse + round) - (vi)round + SF_OFFSET;
            vq narrow = __builtin_convertvector(whole, vq);
            memcpy(q + i, &narrow, sizeof narrow);
        }
    }
}

static void norm(float *x, const float *add, const float *gain, const float *bias, uint32_t rows,
                 uint32_t width) {
    for (uint32_t row = 0; row < rows; row++, x += width) {
        if (add) {
            for (uint32_t i = 0; i < width; i += SF_WIDTH)
                store(x + i, load(x + i) + load(add + i));
            add += width;
        }
        vf mean = all(sum(x, width) / (float)width);
        for (uint32_t i = 0; i < width; i += SF_WIDTH)
            store(x + i, load(x + i) - mean);
        vf r = all(1.0f / sqrtf(dot(x, x, width) / (float)width + 1e-12f));
        for (uint32_t i = 0; i < width; i += SF_WIDTH)
            store(x + i, (load(x + i) * r) * load(gain + i) + load(bias + i));
    }
}

/* ---- attention ---- */

/* Keys stand in columns, in blocks of 16: keys[j / 16][d][j % 16]. So vectors run over keys, and
 * the 16 lanes of the sum over d are vectors whose tree is written out. Two vectors of keys share
 * what is fetched of the query. */
typedef struct pair {
    vf a, b;
} pair;

enum { SECOND = SF_WIDTH < SF_LANES ? SF_WIDTH : 0 }; /* a block may be one vector */

static inline pair plus(pair x, pair y) { return (pair){x.a + y.a, x.b + y.b}; }
static inline pair lane(const float *q, const float *keys, int i) {
    const float *low = keys + i * SF_LANES, *high = low + 16 * SF_LANES;
    vf q_low = all(q[i]), q_high = all(q[i + 16]);
    return (pair){q_low * load(low) + q_high * load(high),
                  q_low * load(low + SECOND) + q_high * load(high + SECOND)};
}
static inline pair lanes_2(const float *q, const float *keys, int i) {
    return plus(lane(q, keys, i), lane(q, keys, i + 8));
}
static inline pair lanes_4(const float *q, const float *keys) {
    return plus(lanes_2(q, keys, 0), lanes_2(q, keys, 4));
}

/* Scores of one query and all keys. A loop that is not unrolled holds the compiler to an order of
 * the sums that the registers are enough for. */
static void score(const float *q, const float *keys, uint32_t padded, float *row) {
    const vf scale = all(0.17677670f); /* 1 / sqrt(32) */
    for (uint32_t j = 0; j < padded; j += SF_LANES, keys += SF_HEAD * SF_LANES)
        for (int k = 0; k < SF_LANES; k += SF_WIDTH + SECOND) {
            pair four[4];
#pragma GCC unroll 1
            for (int i = 0; i < 4; i++)
                four[i] = lanes_4(q + i, keys + k + i * SF_LANES);
            pair sums = plus(plus(four[0], four[2]), plus(four[1], four[3]));
            store(row + j + k, sums.a * scale);
            store(row + j + k + SECOND, sums.b * scale);
        }
}

static inline float top_of(vf x) {
    float t[SF_WIDTH];
    memcpy(t, &x, sizeof t);
    for (int step = SF_WIDTH / 2; step > 0; step /= 2)
        for (int j = 0; j < step; j++)
            t[j] = t[j] > t[j + step] ? t[j] : t[j + step];
    return t[0];
}

/* The row's softmax over n scores; what follows in the last block of 16 repeats one of them, and
 * becomes 0. */
static void softmax(float *row, uint32_t n, uint32_t padded) {
    vf top = load(row);
    for (uint32_t j = SF_WIDTH; j < padded; j += SF_WIDTH)
        top = pick(load(row + j) > top, load(row + j), top);
    vf most = all(top_of(top)), lanes[PARTS];
    for (int p = 0; p < PARTS; p++)
        lanes[p] = (vf){0};
    for (uint32_t j = 0; j < padded - SF_LANES; j += SF_LANES)
        for (int p = 0; p < PARTS; p++) {
            float *at = row + j + p * SF_WIDTH;
            vf e = exp_of(load(at) - most);
            store(at, e);
            lanes[p] += e;
        }
    float *last = row + padded - SF_LANES;
    for (int j = 0; j < SF_LANES; j += SF_WIDTH)
        store(last + j, exp_of(load(last + j) - most));
    for (uint32_t j = n; j < padded; j++)
        row[j] = 0;
    for (int p = 0; p < PARTS; p++)
        lanes[p] += load(last + p * SF_WIDTH);
    vf total = all(tree(lanes));
    for (uint32_t j = 0; j < padded; j += SF_WIDTH)
        store(row + j, load(row + j) / total);
}

/* out[d] = sum over j of p[j] * values[j][d], for `count` queries (a constant). */
static inline __attribute__((always_inline)) void mix(int count, const float *p, size_t stride,
                                                      const float *values, uint32_t n, float *out,
                                                      size_t out_stride) {
    vf sums[2][HEAD_PARTS];
    for (int r = 0; r < count; r++)
        for (int d = 0; d < HEAD_PARTS; d++)
            sums[r][d] = (vf){0};
    for (uint32_t j = 0; j < n; j++, values += SF_HEAD)
        for (int r = 0; r < count; r++)
            for (int d = 0; d < HEAD_PARTS; d++)
                sums[r][d] += all(p[(size_t)r * stride + j]) * load(values + d * SF_WIDTH);
    for (int r = 0; r < count; r++)
        for (int d = 0; d < HEAD_PARTS; d++)
            store(out + (size_t)r * out_stride + d * SF_WIDTH, sums[r][d]);
}

static void attention(const float *qkv, uint32_t pieces, uint32_t heads, float *work, float *out) {
    uint32_t padded = (pieces + SF_LANES - 1) / SF_LANES * SF_LANES;
    size_t hidden = (size_t)heads * SF_HEAD, line = 3 * hidden;
    float *keys = work, *values = keys + (size_t)SF_HEAD * padded;
    float *rows = values + (size_t)SF_HEAD * padded;
    for (uint32_t h = 0; h < heads; h++, qkv += SF_HEAD, out += SF_HEAD) {
        for (uint32_t j = 0; j < padded; j++) { /* beyond the last key the first one again */
            const float *key = qkv + (j < pieces ? j : 0) * line + hidden;
            for (size_t d = 0; d < SF_HEAD; d++)
                keys[(j / SF_LANES * SF_HEAD + d) * SF_LANES + j % SF_LANES] = key[d];
        }
        for (uint32_t j = 0; j < pieces; j++)
            memcpy(values + (size_t)j * SF_HEAD, qkv + j * line + 2 * hidden,
                   sizeof *values * SF_HEAD);
        for (uint32_t i = 0; i < pieces; i += 2) {
            int count = pieces - i < 2 ? 1 : 2;
            for (int r = 0; r < count; r++) {
                float *row = rows + (size_t)r * padded;
                score(qkv + (i + (size_t)r) * line, keys, padded, row);
                softmax(row, pieces, padded);
            }
            if (count == 2)
                mix(2, rows, padded, values, pieces, out + i * hidden, hidden);
            else
                mix(1, rows, padded, values, pieces, out + i * hidden, hidden);
        }
    }
}

#define SF_KERNEL(title, multiplication)                                                           \
    {                                                                                              \
        .name = (title), .quantised = sizeof(quantised), .quantise = quantise,                     \
        .multiply = (multiplication), .norm = norm, .gelu = gelu_each, .attention = attention,     \
        .dot = dot, .exp = exp_each, .erf = erf_each                                               \
    }

#endif
