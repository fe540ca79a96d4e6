/* The encoder: stretches of pieces to a vector a token. A transformer with the norm after each
 * residual, as BERT has it (Devlin et al. 2019).
 *
 * The linear layers do not care which stretch a row belongs to, so the rows of many stretches are
 * read as one matrix, in blocks of bounded size: memory does not grow with the text, and the
 * weights are fetched once a block. Attention runs a stretch at a time. Nothing of a row depends on
 * the rows beside it, so a stretch gives the same bits alone and in any block.
 */
#include "model/inner.h"

/* Rows of a block, unless one stretch alone is longer: what a second-level cache of 512 KB holds of
 * the widest layer, quantised; 256 cost 8 %. A multiple of the kernels' tiles of 6. */
enum { BLOCK = 126 };

typedef struct sf_block {
    const sf_stretch *stretches;
    uint32_t count, rows;
} sf_block;

float *sf_model_floats(sf_arena *scratch, size_t n) {
    char *p = sf_alloc(scratch, n * sizeof(float) + 63);
    return (float *)(void *)(p + (-(uintptr_t)p & 63));
}

static uint32_t at_most(uint32_t value, uint32_t count) {
    return value < count ? value : count - 1;
}

/* x = norm(word + position + shape), a row a piece. */
static void embed(const sf_model *m, const sf_block *block, float *x) {
    float *row = x;
    for (uint32_t s = 0; s < block->count; s++) {
        const sf_stretch *stretch = &block->stretches[s];
        for (uint32_t p = 0; p < stretch->piece_count; p++, row += m->hidden) {
            uint32_t id = stretch->pieces[p];
            id = id < m->vocab.count ? id : SF_PIECE_UNKNOWN;
            const int8_t *word = m->word + (size_t)id * m->hidden;
            const float *position = m->position + (size_t)at_most(p, m->positions) * m->hidden;
            const float *shape =
                m->shape + (size_t)at_most(stretch->shapes[p], m->shapes) * m->hidden;
            float scale = m->word_scale[id];
            for (uint32_t i = 0; i < m->hidden; i++)
                row[i] = ((float)word[i] * scale + position[i]) + shape[i];
        }
    }
    m->kernel->norm(x, NULL, m->embed_gain, m->embed_bias, block->rows, m->hidden);
}

typedef struct sf_room {
    float *x, *wide, *mixed, *steps, *work;
    void *q;
} sf_room;

static void multiply(const sf_model *m, const sf_room *room, const sf_linear *linear,
                     const float *x, uint32_t rows, float *y) {
    m->kernel->quantise(x, rows, linear->inputs, room->q, room->steps);
    m->kernel->multiply(linear, room->q, room->steps, rows, y);
}

static void layer(const sf_model *m, const sf_layer *l, const sf_block *block,
                  const sf_room *room) {
    uint32_t rows = block->rows;
    multiply(m, room, &l->qkv, room->x, rows, room->wide);
    size_t row = 0;
    for (uint32_t s = 0; s < block->count; s++) {
        uint32_t n = block->stretches[s].piece_count;
        if (n)
            m->kernel->attention(room->wide + row * 3 * m->hidden, n, m->heads, room->work,
                                 room->mixed + row * m->hidden);
        row += n;
    }
    multiply(m, room, &l->out, room->mixed, rows, room->wide);
    m->kernel->norm(room->x, room->wide, l->gain1, l->bias1, rows, m->hidden);
    multiply(m, room, &l->up, room->x, rows, room->wide);
    m->kernel->gelu(room->wide, (size_t)rows * m->inner);
    multiply(m, room, &l->down, room->wide, rows, room->mixed);
    m->kernel->norm(room->x, room->mixed, l->gain2, l->bias2, rows, m->hidden);
}

/* A token's vector is the mean of its pieces' rows. Gives where the next vector goes. */
static float *gather(const sf_model *m, const sf_block *block, const float *x, float *vector) {
    for (uint32_t s = 0; s < block->count; s++) {
        const sf_stretch *stretch = &block->stretches[s];
        for (uint32_t t = 0; t < stretch->token_count; t++, vector += m->hidden) {
            uint32_t first = stretch->token_pieces[t], end = stretch->token_pieces[t + 1];
            if (first >= end) {
                memset(vector, 0, m->hidden * sizeof *vector);
                continue;
            }
            memcpy(vector, x + (size_t)first * m->hidden, m->hidden * sizeof *vector);
            for (uint32_t p = first + 1; p < end; p++)
                for (uint32_t i = 0; i < m->hidden; i++)
                    vector[i] += x[(size_t)p * m->hidden + i];
            float share = 1.0f / (float)(end - first);
            for (uint32_t i = 0; i < m->hidden; i++)
                vector[i] *= share;
        }
        x += (size_t)stretch->piece_count * m->hidden;
    }
    return vector;
}

/* As many stretches as make a block, at least one. */
static sf_block next_block(const sf_stretch *stretches, uint32_t count) {
    sf_block block = {stretches, 0, 0};
    while (block.count < count &&
           (block.count == 0 || block.rows + stretches[block.count].piece_count <= BLOCK))
        block.rows += stretches[block.count++].piece_count;
    return block;
}

static sf_room make_room(const sf_model *m, sf_arena *scratch, uint32_t rows, uint32_t longest) {
    uint32_t wide = 3 * m->hidden > m->inner ? 3 * m->hidden : m->inner;
    uint32_t most = m->hidden > m->inner ? m->hidden : m->inner;
    size_t n = rows;
    return (sf_room){.x = sf_model_floats(scratch, n * m->hidden),
                     .wide = sf_model_floats(scratch, n * wide),
                     .mixed = sf_model_floats(scratch, n * m->hidden),
                     .steps = sf_model_floats(scratch, n),
                     .work = sf_model_floats(scratch, sf_attention_room(longest)),
                     .q =
                         sf_model_floats(scratch, n * most * m->kernel->quantised / sizeof(float))};
}

void sf_model_encode(const sf_model *model, sf_arena *scratch, const sf_stretch *stretches,
                     uint32_t count, float *vectors) {
    uint32_t rows = 0, longest = 0;
    for (uint32_t at = 0; at < count;) {
        sf_block block = next_block(stretches + at, count - at);
        rows = block.rows > rows ? block.rows : rows;
        for (uint32_t end = at + block.count; at < end; at++)
            if (stretches[at].piece_count > longest)
                longest = stretches[at].piece_count;
    }
    sf_room room = make_room(model, scratch, rows, longest);
    for (uint32_t at = 0; at < count;) {
        sf_block block = next_block(stretches + at, count - at);
        embed(model, &block, room.x);
        for (uint32_t l = 0; l < model->layer_count; l++)
            layer(model, &model->layers[l], &block, &room);
        vectors = gather(model, &block, room.x, vectors);
        at += block.count;
    }
}

void sf_model_linear(const sf_model *model, sf_arena *scratch, const sf_linear *linear,
                     const float *x, uint32_t rows, float *y) {
    uint32_t some = rows < BLOCK ? rows : BLOCK; /* at a time */
    sf_room room = {.steps = sf_model_floats(scratch, some),
                    .q = sf_model_floats(scratch, (size_t)some * linear->inputs *
                                                      model->kernel->quantised / sizeof(float))};
    for (uint32_t row = 0; row < rows; row += some) {
        uint32_t n = rows - row < some ? rows - row : some;
        multiply(model, &room, linear, x + (size_t)row * linear->inputs, n,
                 y + (size_t)row * linear->outputs);
    }
}

void sf_model_gelu(const sf_model *model, float *x, size_t n) { model->kernel->gelu(x, n); }

float sf_model_dot(const sf_model *model, const float *a, const float *b, uint32_t n) {
    return model->kernel->dot(a, b, n);
}
