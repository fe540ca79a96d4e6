/* The language model: time to open; words of texts a CPU second, from text to all heads, on one
 * core and on all; the encoder's pieces a second by length of stretch; private memory. With
 * --kernels the linear layers and the whole pass of each kernel that this CPU runs, and their share
 * of what the core's multipliers could do. usage: bench-model [--kernels] MODEL [TEXT...]
 *        bench-model --make FILE       writes a model of the usual shape with random weights */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../tests/model_kit.h"
#include "model/inner.h"
#include "text.h"

enum { ROWS = 256, LONGEST = 384 };

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- what the core can do ---- */

#if defined(__x86_64__)
/* Multiply-adds in 10 registers, nothing else; each line is one instruction, or two for AVX2, which
 * must add what it multiplied. */
#define TEN(line) line(0) line(1) line(2) line(3) line(4) line(5) line(6) line(7) line(8) line(9)
#define TOUCHED                                                                                    \
    "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm12",       \
        "xmm13", "xmm14", "xmm15"
#define AVX512(i) "vpdpbusd %%zmm14, %%zmm15, %%zmm" #i "\n"
#define AVXVNNI(i) "%{vex%} vpdpbusd %%ymm14, %%ymm15, %%ymm" #i "\n"
#define MUL(t) "vpmaddwd %%ymm14, %%ymm15, %%ymm" #t "\n"
#define ADD(i, t) "vpaddd %%ymm" #t ", %%ymm" #i ", %%ymm" #i "\n"
#define AVX2(i, j, k, l, m)                                                                        \
    MUL(10) MUL(11) MUL(12) MUL(13) ADD(i, 10) ADD(j, 11) MUL(10) ADD(k, 12) ADD(l, 13) ADD(m, 10)
#define SSE2(i) "movdqa %%xmm15, %%xmm12\n pmaddwd %%xmm14, %%xmm12\n paddd %%xmm12, %%xmm" #i "\n"

static void run_avx512(void) { __asm__ volatile(TEN(AVX512)::: TOUCHED); }
static void run_avxvnni(void) { __asm__ volatile(TEN(AVXVNNI)::: TOUCHED); }
static void run_avx2(void) {
    __asm__ volatile(AVX2(0, 1, 2, 3, 4) AVX2(5, 6, 7, 8, 9)::: "xmm10", "xmm11", TOUCHED);
}
static void run_sse2(void) { __asm__ volatile(TEN(SSE2)::: TOUCHED); }

/* The instructions of ten steps, and multiply-adds in one. */
static const struct {
    const char *kernel;
    void (*ten)(void);
    int wide;
} peaks[] = {{"avx512-vnni", run_avx512, 64},
             {"avx-vnni", run_avxvnni, 32},
             {"avx2", run_avx2, 16},
             {"sse2", run_sse2, 8}};
#else
static const struct {
    const char *kernel;
    void (*ten)(void);
    int wide;
} peaks[1];
#endif

/* Multiply-adds a second, the best of several runs; 0 if unknown. */
static double peak_of(const sf_kernel *k) {
    double best = 0;
    for (size_t i = 0; i < SF_LEN(peaks); i++)
        for (int run = 0; peaks[i].ten && !strcmp(peaks[i].kernel, k->name) && run < 12; run++) {
            double begin = now(CLOCK_THREAD_CPUTIME_ID);
            for (int n = 0; n < 1000000; n++)
                peaks[i].ten();
            double rate = 1e7 * peaks[i].wide / (now(CLOCK_THREAD_CPUTIME_ID) - begin);
            best = rate > best ? rate : best;
        }
    return best;
}

/* ---- input ---- */

typedef struct input {
    uint32_t pieces[LONGEST], token_pieces[LONGEST];
    uint8_t shapes[LONGEST];
} input;

static void fill(input *in, const sf_model *model) {
    uint64_t random = 1;
    for (uint32_t i = 0; i < LONGEST; i++) {
        in->pieces[i] = kit_random(&random) % model->vocab.count;
        in->shapes[i] = (uint8_t)(kit_random(&random) % 25);
        in->token_pieces[i] = 1 + i;
    }
}

/* Reads stretches of `length` pieces, some 2,000 pieces a call, for `seconds` of CPU time; pieces a
 * second, the best call's. */
static double pass(const sf_model *model, const input *in, uint32_t length, double seconds) {
    sf_stretch stretches[256];
    uint32_t count = 2000 / length + 1;
    for (uint32_t i = 0; i < count; i++)
        stretches[i] = (sf_stretch){in->pieces, in->shapes, length, in->token_pieces, length - 2};
    double best = 0, begin = now(CLOCK_THREAD_CPUTIME_ID), end = begin;
    while (end - begin < seconds) {
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        double from = end;
        float *vectors = sf_model_floats(&arena, (size_t)count * length * model->hidden);
        sf_model_encode(model, &arena, stretches, count, vectors);
        end = now(CLOCK_THREAD_CPUTIME_ID);
        best = count * length / (end - from) > best ? count * length / (end - from) : best;
        sf_arena_clear(&arena);
    }
    return best;
}

/* ---- kernels ---- */

/* Multiply-adds a second of the layer's four linears, weighted as in a pass. */
static double linears(const sf_model *model, const sf_kernel *k, bool print) {
    const sf_layer *l = &model->layers[0];
    const sf_linear *all[] = {&l->qkv, &l->out, &l->up, &l->down};
    static const char *const names[] = {"qkv", "out", "up", "down"};
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    uint32_t most = model->inner > 3 * model->hidden ? model->inner : 3 * model->hidden;
    float *x = sf_model_floats(&arena, (size_t)ROWS * most);
    float *y = sf_model_floats(&arena, (size_t)ROWS * most);
    float *q = sf_model_floats(&arena, (size_t)ROWS * most), steps[ROWS];
    uint64_t random = 3;
    for (size_t i = 0; i < (size_t)ROWS * most; i++)
        x[i] = kit_float(&random, 1);
    double work = 0, time = 0;
    for (size_t i = 0; i < SF_LEN(all); i++) {
        k->quantise(x, ROWS, all[i]->inputs, q, steps);
        double best = 1e9, all_work = (double)all[i]->outputs * all[i]->inputs * ROWS;
        for (double begin = now(CLOCK_THREAD_CPUTIME_ID);
             now(CLOCK_THREAD_CPUTIME_ID) - begin < 0.7;) {
            double from = now(CLOCK_THREAD_CPUTIME_ID);
            k->multiply(all[i], q, steps, ROWS, y);
            from = now(CLOCK_THREAD_CPUTIME_ID) - from;
            best = from < best ? from : best;
        }
        if (print)
            printf("    %-5s %4u x %4u %8.1f G multiply-adds/s\n", names[i], all[i]->outputs,
                   all[i]->inputs, all_work / best / 1e9);
        work += all_work, time += best;
    }
    sf_arena_clear(&arena);
    return work / time;
}

/* The parts of a pass beside the linear layers, in microseconds a piece and layer. */
static void parts(const sf_model *model, const sf_kernel *k, uint32_t length) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    uint32_t h = model->hidden, f = model->inner, wide = f > 3 * h ? f : 3 * h;
    float *x = sf_model_floats(&arena, (size_t)length * wide),
          *y = sf_model_floats(&arena, (size_t)length * wide);
    float *work = sf_model_floats(&arena, sf_attention_room(length)), steps[LONGEST];
    uint64_t random = 3;
    const char *names[] = {"attention", "gelu", "quantise", "norms"};
    printf("    us a piece and layer at %u pieces:", length);
    for (int part = 0; part < 4; part++) {
        double best = 1e9;
        for (int run = 0; run < 60; run++) {
            for (size_t i = 0; i < (size_t)length * wide; i++)
                x[i] = kit_float(&random, 1);
            double from = now(CLOCK_THREAD_CPUTIME_ID);
            switch (part) {
            case 0: k->attention(x, length, model->heads, work, y); break;
            case 1: k->gelu(x, (size_t)length * f); break;
            case 2:
                for (int i = 0; i < 3; i++)
                    k->quantise(x, length, h, y, steps);
                k->quantise(x, length, f, y, steps);
                break;
            default:
                k->norm(x, y, model->embed_gain, model->embed_bias, length, h);
                k->norm(x, y, model->embed_gain, model->embed_bias, length, h);
            }
            from = now(CLOCK_THREAD_CPUTIME_ID) - from;
            best = from < best ? from : best;
        }
        printf("  %s %.2f", names[part], best * 1e6 / length);
    }
    printf("\n");
    sf_arena_clear(&arena);
}

static void kernels(sf_model *model, const input *in) {
    const sf_kernel *k;
    for (size_t i = 0; (k = sf_kernel_at(i)); i++) {
        printf("%s\n", k->name);
        model->kernel = k;
        double peak = peak_of(k), rate = linears(model, k, true), again = peak_of(k);
        peak = again > peak ? again : peak;
        printf("    linear layers    %8.1f G multiply-adds/s", rate / 1e9);
        if (peak > 0)
            printf(", %.0f %% of the core's %.1f", 100 * rate / peak, peak / 1e9);
        double pieces = pass(model, in, 28, 1);
        printf("\n    whole pass       %8.0f pieces/s at 28 pieces, %.0f at 100\n", pieces,
               pass(model, in, 100, 1));
        parts(model, k, 100);
    }
}

/* ---- texts ---- */

typedef struct job {
    pthread_t thread;
    const sf_model *model;
    const sf_str *texts;
    int count;
    double words, seconds; /* out */
} job;

/* From text to all heads, over and over for some seconds. */
static void *analyse(void *what) {
    job *j = what;
    double begin = now(CLOCK_THREAD_CPUTIME_ID);
    while (j->seconds < 4) {
        for (int i = 0; i < j->count; i++) {
            sf_arena arena;
            sf_arena_init(&arena, NULL, NULL);
            sf_text *text = sf_text_split(&arena, j->texts[i], NULL, 0);
            sf_text_tokens(&arena, text);
            sf_model_analyse(j->model, &arena, text);
            for (uint32_t w = 0; w < text->word_count; w++)
                j->words += text->words[w].space; /* words between white space */
            sf_arena_clear(&arena);
        }
        j->seconds = now(CLOCK_THREAD_CPUTIME_ID) - begin;
    }
    return NULL;
}

/* Words a second of `threads` threads together. */
static double words(const sf_model *model, const sf_str *texts, int count, long threads) {
    job *jobs = calloc((size_t)threads, sizeof *jobs);
    double begin = now(CLOCK_MONOTONIC), total = 0;
    for (long i = 0; jobs && i < threads; i++) {
        jobs[i] = (job){.model = model, .texts = texts, .count = count};
        if (pthread_create(&jobs[i].thread, NULL, analyse, &jobs[i]))
            exit(1);
    }
    for (long i = 0; jobs && i < threads; i++) {
        pthread_join(jobs[i].thread, NULL);
        total += jobs[i].words;
    }
    double spent = threads == 1 && jobs ? jobs[0].seconds : now(CLOCK_MONOTONIC) - begin;
    free(jobs);
    return total / spent;
}

/* A line of /proc/self/status in MB. */
static double status_mb(const char *key) {
    char line[256];
    double kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, key, strlen(key)) == 0)
            kb = strtod(line + strlen(key) + 1, NULL);
    if (f)
        fclose(f);
    return kb / 1024;
}

static int make(const char *path) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const kit_shape usual = {4, 384, 1536, 30522, 512, 256, 128};
    sf_str bytes = kit_model(&arena, &usual, 1);
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(bytes.ptr, 1, bytes.len, f) == bytes.len;
    if (!f || fclose(f) || !ok)
        return perror(path), 1;
    sf_arena_clear(&arena);
    return 0;
}

static void whole(const sf_model *model, const input *in, char **paths, int count) {
    sf_str *texts = calloc((size_t)count + 1, sizeof *texts);
    for (int i = 0; texts && i < count; i++)
        texts[i] = bench_text(paths[i]);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    printf("kernel             %10s\n", model->kernel->name);
    double before = status_mb("RssAnon:");
    if (texts && count) {
        printf("one core           %10.0f words/s, text to all heads\n",
               words(model, texts, count, 1));
        printf("memory             %10.1f MB private for a thread, %.1f MB with the file at most\n",
               status_mb("VmHWM:") - status_mb("RssFile:") - before, status_mb("VmHWM:"));
        printf("all %3ld cores      %10.0f words/s\n", cores, words(model, texts, count, cores));
    }
    static const uint32_t lengths[] = {16, 28, 64, 100, 200, 384};
    for (size_t i = 0; i < SF_LEN(lengths); i++)
        printf("encoder            %10.0f pieces/s at %u pieces\n", pass(model, in, lengths[i], 1),
               lengths[i]);
    for (int i = 0; texts && i < count; i++)
        free((void *)(uintptr_t)texts[i].ptr);
    free(texts);
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "--make") == 0)
        return make(argv[2]);
    int at = 1 + (argc > 1 && strcmp(argv[1], "--kernels") == 0);
    if (at >= argc)
        return fprintf(stderr, "usage: %s [--kernels] MODEL [TEXT...]\n", argv[0]), 2;
    sf_model *model = NULL;
    sofar_error err;
    double begin = now(CLOCK_MONOTONIC);
    if (sf_model_open(argv[at], &model, &err))
        return fprintf(stderr, "%s\n", err.msg), 1;
    printf("open               %10.3f ms\n", (now(CLOCK_MONOTONIC) - begin) * 1e3);
    input *in = calloc(1, sizeof *in);
    if (!in)
        return 1;
    fill(in, model);
    if (at == 2)
        kernels(model, in);
    else
        whole(model, in, argv + at + 1, argc - at - 1);
    sf_model_close(model);
    free(in);
    return 0;
}
