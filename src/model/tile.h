/* The integer part of a kernel: tiles of a few rows by a few vectors of outputs, whose sums stay in
 * registers while the inputs go by, four at a time. Each weight that is fetched is used for all
 * rows of the tile. A kernel's file gives, besides what lanes.h asks for:
 *
 *   TILE_ROWS, TILE_COLUMNS, TILE_LEAST   rows of a tile; vectors of sums in a row of it, and how
 *                       many where too few outputs are left
 *   TILE_COUNT          tiles side by side that make a strip, of 16 outputs or a multiple
 *   TILE_OUTPUTS        outputs of one column
 *   TILE_JOINED         vectors of sums that make SF_WIDTH outputs
 *   TILE_CHUNK          inputs that are read before the next rows have their turn
 *   TILE_BLOCK          rows that share what `ready` made, a multiple of TILE_ROWS
 *   sums_t, weights_t, four_t   vectors: of sums; of the weights of a column; of one row's four
 *                       activations, repeated
 *   weight, TILE_STEP   what the tile reads, and how many of them to the next four inputs
 *   TILE_APART(groups)  ... and to the next tile
 *   ready(panel, groups, room)  weights as the tile reads them, made in `room` or in place
 *   weights_at(w, column, line) line: bytes from one panel of 16 outputs to the next
 *   spread(q), dot4(sums, weights, four), nothing(), whole(sums, linear, n): SF_WIDTH outputs from
 * n
 *
 * Loops over rows and columns have constant bounds wherever `tile` is inlined, and are unrolled.
 */
#ifndef SF_MODEL_TILE_H
#define SF_MODEL_TILE_H

#include "model/lanes.h"

#define ALWAYS static inline __attribute__((always_inline))

/* What is the same for all rows of a strip of outputs. */
typedef struct strip {
    const sf_linear *linear;
    uint32_t n; /* the first output */
    const weight *weights;
    size_t apart;     /* of the weights of two tiles */
    uint32_t groups;  /* of four inputs */
    bool first, last; /* chunk of the inputs */
} strip;

/* Four inputs of each row. */
ALWAYS void step(int rows, int columns, const weight *w, size_t line, const quantised *q,
                 size_t width, sums_t sums[][TILE_COLUMNS]) {
    weights_t some[TILE_COLUMNS];
#pragma GCC unroll 4
    for (int c = 0; c < columns; c++)
        some[c] = weights_at(w, c, line);
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++) {
        four_t four = spread(q + (size_t)r * width);
#pragma GCC unroll 4
        for (int c = 0; c < columns; c++)
            sums[r][c] = dot4(sums[r][c], some[c], four);
    }
}

ALWAYS void tile(int rows, int columns, const strip *s, const weight *w, const quantised *q,
                 sums_t *kept) {
    size_t width = s->linear->inputs, line = width * 16;
    sums_t sums[TILE_ROWS][TILE_COLUMNS];
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (int c = 0; c < columns; c++)
            sums[r][c] = s->first ? nothing() : kept[r * columns + c];
#pragma GCC unroll 4
    for (uint32_t g = 0; g < s->groups; g++) {
        step(rows, columns, w, line, q, width, sums);
        w += TILE_STEP;
        q += 4;
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (int c = 0; c < columns; c++)
            kept[r * columns + c] = sums[r][c];
}

/* Sums to outputs, one row's of one tile. */
ALWAYS void finish(int columns, const strip *s, uint32_t n, const sums_t *kept, float step,
                   float *y) {
    const sf_linear *l = s->linear;
#pragma GCC unroll 4
    for (int c = 0; c < columns; c += TILE_JOINED, n += SF_WIDTH) {
        vf sum = __builtin_convertvector(whole(kept + c, l, n), vf);
        store(y + n, sum * (all(step) * load(l->scale + n)) + load(l->bias + n));
    }
}

/* `rows` rows (at most TILE_ROWS) through the tiles of a strip. */
ALWAYS void some_rows(int rows, int columns, const strip *s, const quantised *q, const float *steps,
                      sums_t *kept, float *y) {
    for (int t = 0; t < TILE_COUNT; t++)
        tile(rows, columns, s, s->weights + (size_t)t * s->apart, q, kept + t * rows * columns);
    for (int r = 0; r < rows && s->last; r++, y += s->linear->outputs)
        for (int t = 0; t < TILE_COUNT; t++)
            finish(columns, s, s->n + (uint32_t)(t * columns * TILE_OUTPUTS),
                   kept + (t * rows + r) * columns, steps[r], y);
}

ALWAYS void all_rows(int columns, const strip *s, const quantised *q, const float *steps,
                     uint32_t rows, sums_t *kept, float *y) {
    for (; rows >= TILE_ROWS; rows -= TILE_ROWS) {
        some_rows(TILE_ROWS, columns, s, q, steps, kept, y);
        q += (size_t)TILE_ROWS * s->linear->inputs, y += (size_t)TILE_ROWS * s->linear->outputs;
        steps += TILE_ROWS, kept += TILE_COUNT * TILE_ROWS * columns;
    }
    switch (rows) {
    case 1: some_rows(1, columns, s, q, steps, kept, y); break;
    case 2: some_rows(2, columns, s, q, steps, kept, y); break;
    case 3: some_rows(3, columns, s, q, steps, kept, y); break;
    case 4: some_rows(4, columns, s, q, steps, kept, y); break;
    case 5: some_rows(5, columns, s, q, steps, kept, y); break;
    default:;
    }
}

/* A strip of outputs, from n on, for all rows. */
ALWAYS void all_inputs(int columns, const sf_linear *l, uint32_t n, const quantised *q,
                       const float *steps, uint32_t rows, float *y) {
    const int8_t *panel = l->weights + (size_t)n * l->inputs;
    sums_t kept[TILE_BLOCK * TILE_COUNT * TILE_COLUMNS];
    weight room[TILE_ROOM] __attribute__((aligned(64)));
    for (uint32_t row = 0; row < rows; row += TILE_BLOCK) {
        uint32_t some = rows - row < TILE_BLOCK ? rows - row : TILE_BLOCK;
        for (uint32_t k = 0; k < l->inputs; k += TILE_CHUNK) {
            uint32_t inputs = l->inputs - k < TILE_CHUNK ? l->inputs - k : TILE_CHUNK;
            strip s = {.linear = l,
                       .n = n,
                       .weights = ready(panel + (size_t)k * 16, inputs / 4, room),
                       .apart = TILE_APART(inputs / 4),
                       .groups = inputs / 4,
                       .first = k == 0,
                       .last = k + inputs == l->inputs};
            all_rows(columns, &s, q + (size_t)row * l->inputs + k, steps + row, some, kept,
                     y + (size_t)row * l->outputs);
        }
    }
}

static void multiply(const sf_linear *linear, const void *q, const float *steps, uint32_t rows,
                     float *y) {
    const uint32_t wide = TILE_COUNT * TILE_COLUMNS * TILE_OUTPUTS;
    uint32_t n = 0;
    for (; linear->outputs - n >= wide; n += wide)
        all_inputs(TILE_COLUMNS, linear, n, q, steps, rows, y);
    for (; TILE_LEAST < TILE_COLUMNS && n < linear->outputs; n += TILE_LEAST * TILE_OUTPUTS)
        all_inputs(TILE_LEAST, linear, n, q, steps, rows, y);
}

#endif
