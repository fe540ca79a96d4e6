/* Every kernel gives the bits of the plain one: those that this CPU runs natively, the others
 * through emulated intrinsics (emulated/) where SIMDe is installed. And the functions are what they
 * are called: exp, erf and GELU beside libm's, the norm beside one in double precision. */
#include "check.h"

#include <math.h>

#include "model/inner.h"
#include "model_kit.h"

#ifdef HAVE_EMULATED
extern const sf_kernel emulated_avx512, emulated_avxvnni, emulated_avx2, emulated_sse2;
extern const sf_kernel emulated_neon, emulated_neondot;
static const sf_kernel *const emulated[] = {&emulated_avx512, &emulated_avxvnni, &emulated_avx2,
#if !defined(__SSE2__)
                                            &emulated_sse2,
#endif
                                            &emulated_neon,   &emulated_neondot};
#else
static const sf_kernel *const emulated[] = {NULL};
#endif

enum { MOST_ROWS = 150, MOST_INPUTS = 1600, MOST_OUTPUTS = 208 };

static float *floats(sf_arena *arena, size_t n, uint64_t *random, float most) {
    float *x = sf_model_floats(arena, n);
    for (size_t i = 0; i < n; i++)
        x[i] = kit_float(random, most);
    return x;
}

static bool same(const float *a, const float *b, size_t n) {
    return memcmp(a, b, n * sizeof *a) == 0;
}

static void say(bool ok, const sf_kernel *k, const char *how, const char *what) {
    char line[120];
    snprintf(line, sizeof line, "%s (%s): %s", k->name, how, what);
    check_that(ok, line, __FILE__, __LINE__);
}

/* ---- linear layers ---- */

static sf_linear random_linear(sf_arena *arena, uint32_t outputs, uint32_t inputs,
                               uint64_t *random) {
    int8_t *w = SF_ARRAY(arena, int8_t, (size_t)outputs * inputs);
    int32_t *sum = SF_ARRAY(arena, int32_t, outputs);
    bool extreme = kit_random(random) % 4 == 0;
    for (uint32_t n = 0; n < outputs; n++)
        for (uint32_t k = 0; k < inputs; k++) {
            int value = extreme ? (kit_random(random) & 1 ? 127 : -127)
                                : (int)(kit_random(random) % 255) - 127;
            w[((n / 16 * (inputs / 4) + k / 4) * 16 + n % 16) * 4 + k % 4] = (int8_t)value;
            sum[n] += 128 * value;
        }
    return (sf_linear){.weights = w,
                       .scale = floats(arena, outputs, random, 0.01f),
                       .bias = floats(arena, outputs, random, 1),
                       .sum = sum,
                       .outputs = outputs,
                       .inputs = inputs};
}

/* Rows of all kinds: plain ones, all zero, one value alone, huge, and too small for a step. */
static float *random_rows(sf_arena *arena, uint32_t rows, uint32_t width, uint64_t *random) {
    static const float sizes[] = {1, 1, 1, 30, 0, 1e30f, 1e-42f, 3e-38f};
    float *x = sf_model_floats(arena, (size_t)rows * width);
    for (uint32_t r = 0; r < rows; r++) {
        float most = sizes[kit_random(random) % 8];
        bool flat = kit_random(random) % 8 == 0;
        for (uint32_t i = 0; i < width; i++)
            x[(size_t)r * width + i] =
                flat ? (kit_random(random) & 1 ? most : -most) : kit_float(random, most);
    }
    return x;
}

static bool linear_same(sf_arena *arena, const sf_kernel *k, uint32_t rows, uint32_t outputs,
                        uint32_t inputs, uint64_t *random) {
    sf_linear l = random_linear(arena, outputs, inputs, random);
    float *x = random_rows(arena, rows, inputs, random);
    float *y[2], *steps[2];
    const sf_kernel *both[] = {&sf_kernel_plain, k};
    for (int i = 0; i < 2; i++) {
        y[i] = sf_model_floats(arena, (size_t)rows * outputs);
        steps[i] = sf_model_floats(arena, rows);
        void *q = sf_model_floats(arena, (size_t)rows * inputs);
        both[i]->quantise(x, rows, inputs, q, steps[i]);
        both[i]->multiply(&l, q, steps[i], rows, y[i]);
    }
    return same(steps[0], steps[1], rows) && same(y[0], y[1], (size_t)rows * outputs);
}

static bool linears_same(const sf_kernel *k, int shapes) {
    uint64_t random = 7;
    bool ok = true;
    for (int i = 0; i < shapes; i++) {
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        uint32_t rows = 1 + kit_random(&random) % (i < 50 ? 30 : MOST_ROWS);
        uint32_t outputs = 16 * (1 + kit_random(&random) % (MOST_OUTPUTS / 16));
        uint32_t inputs = 16 * (1 + kit_random(&random) % (i < 40 ? 24 : MOST_INPUTS / 16));
        ok &= linear_same(&arena, k, rows, outputs, inputs, &random);
        sf_arena_clear(&arena);
    }
    return ok;
}

/* The plain kernel beside sums in 64 bits over rows quantised by rint. */
static bool linear_right(void) {
    uint64_t random = 11;
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const uint32_t rows = 5, outputs = 48, inputs = 112;
    sf_linear l = random_linear(&arena, outputs, inputs, &random);
    float *x = floats(&arena, rows * inputs, &random, 3);
    float *y = sf_model_floats(&arena, rows * outputs), *steps = sf_model_floats(&arena, rows);
    void *q = sf_model_floats(&arena, rows * inputs);
    sf_kernel_plain.quantise(x, rows, inputs, q, steps);
    sf_kernel_plain.multiply(&l, q, steps, rows, y);
    bool ok = true;
    for (uint32_t r = 0; r < rows; r++) {
        float m = 0;
        for (uint32_t k = 0; k < inputs; k++)
            m = fmaxf(m, fabsf(x[r * inputs + k]));
        for (uint32_t n = 0; n < outputs; n++) {
            int64_t sum = 0;
            for (uint32_t k = 0; k < inputs; k++)
                sum += (int64_t)rintf(x[r * inputs + k] * (127.0f / m)) *
                       l.weights[((n / 16 * (inputs / 4) + k / 4) * 16 + n % 16) * 4 + k % 4];
            float wants = (float)sum * (m / 127.0f * l.scale[n]) + l.bias[n];
            ok &= wants == y[r * outputs + n];
        }
    }
    sf_arena_clear(&arena);
    return ok;
}

/* ---- rows ---- */

static bool norms_same(const sf_kernel *k) {
    uint64_t random = 3;
    bool ok = true;
    for (int i = 0; i < 20; i++) {
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        uint32_t rows = 1 + kit_random(&random) % 9, width = 16 * (1 + kit_random(&random) % 40);
        float *x = random_rows(&arena, rows, width, &random);
        float *add = i % 3 ? floats(&arena, (size_t)rows * width, &random, 2) : NULL;
        float *gain = floats(&arena, width, &random, 2), *bias = floats(&arena, width, &random, 1);
        float *copy = sf_model_floats(&arena, (size_t)rows * width);
        memcpy(copy, x, (size_t)rows * width * sizeof *x);
        sf_kernel_plain.norm(x, add, gain, bias, rows, width);
        k->norm(copy, add, gain, bias, rows, width);
        ok &= same(x, copy, (size_t)rows * width);
        ok &= sf_kernel_plain.dot(x, gain, width) == k->dot(x, gain, width);
        sf_arena_clear(&arena);
    }
    return ok;
}

static bool attentions_same(const sf_kernel *k) {
    uint64_t random = 5;
    bool ok = true;
    for (int i = 0; i < 24; i++) {
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        uint32_t pieces = 1 + (i < 20 ? (uint32_t)i : kit_random(&random) % 200);
        uint32_t heads = 1 + kit_random(&random) % 4;
        size_t width = (size_t)heads * SF_HEAD;
        float *qkv = floats(&arena, pieces * 3 * width, &random, i % 5 ? 1 : 40);
        float *work = sf_model_floats(&arena, sf_attention_room(pieces));
        float *a = sf_model_floats(&arena, pieces * width);
        float *b = sf_model_floats(&arena, pieces * width);
        sf_kernel_plain.attention(qkv, pieces, heads, work, a);
        k->attention(qkv, pieces, heads, work, b);
        ok &= same(a, b, pieces * width);
        sf_arena_clear(&arena);
    }
    return ok;
}

static bool attention_right(void) {
    enum { PIECES = 21, HEADS = 2, WIDTH = HEADS * SF_HEAD };
    uint64_t random = 9;
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    float *qkv = floats(&arena, (size_t)PIECES * 3 * WIDTH, &random, 2);
    float *work = sf_model_floats(&arena, sf_attention_room(PIECES));
    float *out = sf_model_floats(&arena, (size_t)PIECES * WIDTH);
    sf_kernel_plain.attention(qkv, PIECES, HEADS, work, out);
    double worst = 0;
    for (int i = 0; i < PIECES; i++)
        for (int h = 0; h < HEADS; h++) {
            double e[PIECES], total = 0;
            for (int j = 0; j < PIECES; j++) {
                double score = 0;
                for (int d = 0; d < SF_HEAD; d++)
                    score += (double)qkv[i * 3 * WIDTH + h * SF_HEAD + d] *
                             (double)qkv[j * 3 * WIDTH + WIDTH + h * SF_HEAD + d];
                total += e[j] = exp(score / sqrt(SF_HEAD));
            }
            for (int d = 0; d < SF_HEAD; d++) {
                double mixed = 0;
                for (int j = 0; j < PIECES; j++)
                    mixed +=
                        e[j] / total * (double)qkv[j * 3 * WIDTH + 2 * WIDTH + h * SF_HEAD + d];
                worst = fmax(worst, fabs(mixed - (double)out[i * WIDTH + h * SF_HEAD + d]));
            }
        }
    sf_arena_clear(&arena);
    return worst < 1e-5;
}

static bool norm_right(void) {
    enum { WIDTH = 384 };
    uint64_t random = 13;
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    float *x = floats(&arena, WIDTH, &random, 3), *y = sf_model_floats(&arena, WIDTH);
    float *gain = floats(&arena, WIDTH, &random, 2), *bias = floats(&arena, WIDTH, &random, 1);
    memcpy(y, x, WIDTH * sizeof *x);
    sf_kernel_plain.norm(y, NULL, gain, bias, 1, WIDTH);
    double mean = 0, variance = 0, worst = 0;
    for (int i = 0; i < WIDTH; i++)
        mean += (double)x[i] / WIDTH;
    for (int i = 0; i < WIDTH; i++)
        variance += ((double)x[i] - mean) * ((double)x[i] - mean) / WIDTH;
    for (int i = 0; i < WIDTH; i++)
        worst = fmax(worst, fabs(((double)x[i] - mean) / sqrt(variance + 1e-12) * (double)gain[i] +
                                 (double)bias[i] - (double)y[i]));
    sf_arena_clear(&arena);
    return worst < 2e-6;
}

/* ---- functions ---- */

static double ulps(double wants, float got) {
    float near = fabsf((float)wants);
    return fabs(wants - (double)got) / (double)(nextafterf(near, INFINITY) - near);
}

static void functions_right(void) {
    double worst_exp = 0, worst_erf = 0, worst_gelu = 0;
    for (int i = 0; i <= 200000; i++) {
        float x = -86.0f * (float)i / 200000, y = x;
        sf_kernel_plain.exp(&y, 1);
        worst_exp = fmax(worst_exp, ulps(exp((double)x), y));
        x = 6.0f * ((float)i / 100000 - 1), y = x;
        sf_kernel_plain.erf(&y, 1);
        worst_erf = fmax(worst_erf, ulps(erf((double)x), y));
        y = x;
        sf_kernel_plain.gelu(&y, 1);
        double wants = 0.5 * (double)x * (1 + erf((double)x / sqrt(2)));
        /* 1 + erf(x) has the error of 1 where x is far below 0, in torch too */
        worst_gelu =
            fmax(worst_gelu, fabs(wants - (double)y) / (0x1p-24 + 0x1p-23 * fabs((double)x)));
    }
    printf("# ulps: exp %.2f, erf %.2f, gelu %.2f of x\n", worst_exp, worst_erf, worst_gelu);
    CHECK(worst_exp < 2);
    CHECK(worst_erf < 8);
    CHECK(worst_gelu < 3);
}

static bool functions_same(const sf_kernel *k) {
    uint64_t random = 17;
    float x[77], y[77];
    bool ok = true;
    void (*const plain[])(float *, size_t) = {sf_kernel_plain.exp, sf_kernel_plain.erf,
                                              sf_kernel_plain.gelu};
    void (*const other[])(float *, size_t) = {k->exp, k->erf, k->gelu};
    for (int round = 0; round < 600; round++) {
        size_t n = 1 + kit_random(&random) % SF_LEN(x);
        for (size_t i = 0; i < n; i++)
            x[i] = kit_float(&random, round % 2 ? 6 : 100) - (round % 3 == 0 ? 100.0f : 0.0f);
        memcpy(y, x, sizeof x);
        plain[round % 3](x, n);
        other[round % 3](y, n);
        ok &= same(x, y, n);
    }
    return ok;
}

static void kernel_same(const sf_kernel *k, const char *how) {
    say(linears_same(k, strcmp(how, "native") == 0 ? 60 : 25), k, how, "linear layers");
    say(norms_same(k), k, how, "norms and dots");
    say(attentions_same(k), k, how, "attention");
    say(functions_same(k), k, how, "exp, erf, gelu");
}

/* ---- the whole encoder ---- */

static float *encoded(sf_arena *arena, sf_model *model, const sf_kernel *k) {
    enum { PIECES = 40, STRETCHES = 9 };
    static uint32_t pieces[STRETCHES][PIECES], token_pieces[PIECES + 1];
    static uint8_t shapes[STRETCHES][PIECES];
    sf_stretch stretches[STRETCHES];
    uint64_t random = 21;
    uint32_t tokens = 0;
    for (uint32_t t = 0; t < SF_LEN(token_pieces); t++)
        token_pieces[t] = 1 + t;
    for (int s = 0; s < STRETCHES; s++) {
        uint32_t n = 2 + kit_random(&random) % (PIECES - 1);
        for (uint32_t p = 0; p < n; p++) {
            pieces[s][p] = kit_random(&random) % model->vocab.count;
            shapes[s][p] = (uint8_t)(kit_random(&random) % 25);
        }
        stretches[s] = (sf_stretch){pieces[s], shapes[s], n, token_pieces, n - 2};
        tokens += n - 2;
    }
    model->kernel = k;
    float *vectors = sf_model_floats(arena, (size_t)(tokens + 1) * model->hidden);
    sf_model_encode(model, arena, stretches, STRETCHES, vectors);
    return vectors;
}

static void encoders_same(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const kit_shape shape = {3, 96, 208, 130, 48, 32, 16};
    sf_str bytes = kit_model(&arena, &shape, 5);
    sf_model *model;
    sofar_error err;
    if (!check_that(!sf_model_open_bytes(bytes, "kit", &model, &err), "opened", __FILE__, __LINE__))
        return;
    float *wants = encoded(&arena, model, &sf_kernel_plain);
    const size_t n = 100 * 96; /* more tokens than that were read */
    const sf_kernel *k;
    for (size_t i = 0; (k = sf_kernel_at(i)); i++)
        say(same(wants, encoded(&arena, model, k), n), k, "native", "the whole encoder");
    for (size_t i = 0; i < SF_LEN(emulated); i++)
        if (emulated[i])
            say(same(wants, encoded(&arena, model, emulated[i]), n), emulated[i], "emulated",
                "the whole encoder");
    sf_model_close(model);
    sf_arena_clear(&arena);
}

int main(void) {
    CHECK(linear_right());
    CHECK(norm_right());
    CHECK(attention_right());
    functions_right();
    const sf_kernel *k;
    for (size_t i = 0; (k = sf_kernel_at(i)); i++)
        kernel_same(k, "native");
    for (size_t i = 0; i < SF_LEN(emulated); i++) {
        if (emulated[i])
            kernel_same(emulated[i], "emulated");
        else
            printf("ok %d - emulated kernels # SKIP SIMDe (libsimde-dev) is not installed\n",
                   ++check_count);
    }
    encoders_same();
    CHECK(sf_kernel_find(SF_STR("plain")) == &sf_kernel_plain);
    CHECK(!sf_kernel_find(SF_STR("abacus")));
    return check_done();
}
