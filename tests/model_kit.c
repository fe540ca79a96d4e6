/* See model_kit.h. The layout is that of src/model/file.c, written down a second time. */
#define _GNU_SOURCE
#include "model_kit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

enum { HEADER = 128, ENTRY = 96, ALIGNED = 64 };
enum { I8 = 1, I32, F32, U32, BYTES, PACKED };

uint32_t kit_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

float kit_float(uint64_t *state, float most) {
    return most * ((float)kit_random(state) / 1073741824.0f - 1.0f);
}

/* A file in the making. */
typedef struct maker {
    sf_arena *arena;
    sf_buf body;  /* what follows the header */
    sf_buf table; /* its entries */
    uint32_t sections;
    uint64_t random;
} maker;

static void put(sf_buf *buf, const void *bytes, size_t size) {
    sf_buf_add(buf, (sf_str){bytes, size});
}

static void align(sf_buf *buf) {
    while (buf->len % ALIGNED)
        sf_buf_char(buf, 0);
}

static void section(maker *m, const char *name, uint32_t type, uint32_t rows, uint32_t columns,
                    const void *bytes, size_t size) {
    align(&m->body);
    char full[48] = {0};
    snprintf(full, sizeof full, "%s", name);
    uint32_t words[] = {type, columns ? 2 : 1, rows, columns, 0, 0};
    uint64_t place[] = {HEADER + m->body.len, size};
    uint32_t last[] = {(uint32_t)crc32(0, bytes, (uInt)size), 0};
    put(&m->table, full, sizeof full);
    put(&m->table, words, sizeof words);
    put(&m->table, place, sizeof place);
    put(&m->table, last, sizeof last);
    put(&m->body, bytes, size);
    m->sections++;
}

static void text(maker *m, const char *name, sf_str s) {
    section(m, name, BYTES, (uint32_t)s.len, 0, s.ptr, s.len);
}

static void floats(maker *m, const char *name, uint32_t rows, uint32_t columns, float middle,
                   float most) {
    size_t n = (size_t)rows * (columns ? columns : 1);
    float *x = SF_ARRAY(m->arena, float, n);
    for (size_t i = 0; i < n; i++)
        x[i] = middle + kit_float(&m->random, most);
    section(m, name, F32, rows, columns, x, n * sizeof *x);
}

static void bytes(maker *m, const char *name, uint32_t type, uint32_t rows, uint32_t columns,
                  int8_t *w) {
    size_t n = (size_t)rows * columns;
    for (size_t i = 0; i < n; i++)
        w[i] = (int8_t)(kit_random(&m->random) % 255 - 127);
    section(m, name, type, rows, columns, w, n);
}

static void linear(maker *m, const char *name, uint32_t outputs, uint32_t inputs) {
    char part[64];
    int8_t *w = SF_ARRAY(m->arena, int8_t, (size_t)outputs * inputs);
    int32_t *sum = SF_ARRAY(m->arena, int32_t, outputs);
    bytes(m, name, PACKED, outputs, inputs, w);
    for (uint32_t n = 0; n < outputs; n++)
        for (uint32_t k = 0; k < inputs; k++)
            sum[n] += 128 * w[((n / 16 * (inputs / 4) + k / 4) * 16 + n % 16) * 4 + k % 4];
    float scale = 1.5f / (127.0f * sqrtf((float)inputs));
    snprintf(part, sizeof part, "%s.scale", name);
    floats(m, part, outputs, 0, scale, scale / 4);
    snprintf(part, sizeof part, "%s.bias", name);
    floats(m, part, outputs, 0, 0, 0.5f);
    snprintf(part, sizeof part, "%s.sum", name);
    section(m, part, I32, outputs, 0, sum, outputs * sizeof *sum);
}

static void vocabulary(maker *m, uint32_t count) {
    sf_buf all = sf_buf_new(m->arena);
    uint32_t *offsets = SF_ARRAY(m->arena, uint32_t, count + 1);
    uint32_t *hash = SF_ARRAY(m->arena, uint32_t, 65536);
    static const char *const special[] = {"[UNK]", "[CLS]", "[SEP]", "[MASK]"};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t letter = i > 103 ? i - 104 : 0;
        if (i == 0)
            sf_buf_printf(&all, "[PAD]");
        else if (i < 100)
            sf_buf_printf(&all, "[unused%u]", i - 1);
        else if (i < 104)
            sf_buf_printf(&all, "%s", special[i - 100]);
        else if (letter < 26)
            sf_buf_printf(&all, "%c", (char)('a' + letter));
        else if (letter < 52)
            sf_buf_printf(&all, "##%c", (char)('a' + letter - 26));
        else
            sf_buf_printf(&all, "word%u", i);
        offsets[i + 1] = (uint32_t)all.len;
        uint32_t slot = 2166136261u;
        for (uint32_t at = offsets[i]; at < offsets[i + 1]; at++)
            slot = (slot ^ (unsigned char)all.ptr[at]) * 16777619u;
        for (slot &= 65535; hash[slot];)
            slot = (slot + 1) & 65535;
        hash[slot] = i + 1;
    }
    section(m, "vocab.offsets", U32, count + 1, 0, offsets, (count + 1) * sizeof *offsets);
    text(m, "vocab.bytes", sf_buf_str(&all));
    section(m, "vocab.hash", U32, 65536, 0, hash, 65536 * sizeof *hash);
}

static void encoder(maker *m, const kit_shape *s) {
    bytes(m, "embed.word", I8, s->vocab, s->hidden,
          SF_ARRAY(m->arena, int8_t, (size_t)s->vocab * s->hidden));
    floats(m, "embed.word.scale", s->vocab, 0, 0.001f, 0.0005f);
    floats(m, "embed.position", s->positions, s->hidden, 0, 0.02f);
    floats(m, "embed.shape", 32, s->hidden, 0, 0.02f);
    floats(m, "embed.norm.gain", s->hidden, 0, 1, 0.2f);
    floats(m, "embed.norm.bias", s->hidden, 0, 0, 0.2f);
    for (uint32_t i = 0; i < s->layers; i++) {
        char name[48];
#define NAMED(part) (snprintf(name, sizeof name, "layer.%u." part, i), name)
        linear(m, NAMED("qkv"), 3 * s->hidden, s->hidden);
        linear(m, NAMED("out"), s->hidden, s->hidden);
        linear(m, NAMED("up"), s->inner, s->hidden);
        linear(m, NAMED("down"), s->hidden, s->inner);
        floats(m, NAMED("norm1.gain"), s->hidden, 0, 1, 0.2f);
        floats(m, NAMED("norm1.bias"), s->hidden, 0, 0, 0.2f);
        floats(m, NAMED("norm2.gain"), s->hidden, 0, 1, 0.2f);
        floats(m, NAMED("norm2.bias"), s->hidden, 0, 0, 0.2f);
    }
}

static void heads(maker *m, const kit_shape *s) {
    linear(m, "head.word", 16 + 16 + 32 + 16 + 16 + 2 * s->arc + 2 * s->label, s->hidden);
    linear(m, "head.arc", s->arc, s->arc);
    floats(m, "head.arc.bias_head", s->arc, 0, 0, 0.5f);
    floats(m, "head.arc.root", s->arc, 0, 0, 0.5f);
    linear(m, "head.label", 16, s->label);
    floats(m, "head.label.root", s->label, 0, 0, 0.5f);
    text(m, "tags.text", SF_STR("NOUN|Number=Sing\nVERB|Tense=Past\nPROPN|_\nPUNCT|_\nX|_\n"));
    text(m, "lemmas.text", SF_STR("=0:\nl0:\nl1:\nl2:y\nl3:be\n!be\n"));
    sf_buf names = sf_buf_new(m->arena);
    sf_buf_printf(&names, "O\n");
    static const char *const types[] = {"person", "organization", "place",     "work",
                                        "event",  "product",      "character", "other"};
    for (size_t i = 0; i < SF_LEN(types); i++)
        sf_buf_printf(&names, "B-%s\nI-%s\n", types[i], types[i]);
    text(m, "names.text", sf_buf_str(&names));
    text(m, "attributions.text",
         SF_STR("O\nB-source\nI-source\nB-cue\nI-cue\nB-content\nI-content\n"));
    text(m, "labels.text", SF_STR("root\nnsubj\nobj\npunct\n"));
    text(m, "card.text", SF_STR("A model of random numbers, for tests.\n"));
}

sf_str kit_model(sf_arena *arena, const kit_shape *s, uint64_t seed) {
    maker m = {.arena = arena, .body = sf_buf_new(arena), .table = sf_buf_new(arena)};
    m.random = seed;
    uint32_t config[32] = {
        s->layers, s->hidden, s->hidden / 32, s->inner, s->vocab, s->positions, 32, 5, 6, 17,
        7,         2,         s->arc,         s->label, 4,        40,           20};
    section(&m, "config", U32, 32, 0, config, sizeof config);
    vocabulary(&m, s->vocab);
    encoder(&m, s);
    heads(&m, s);
    align(&m.body);
    size_t size = HEADER + m.body.len + m.table.len;
    char *at = sf_alloc(arena, size + ALIGNED);
    at += -(uintptr_t)at & (ALIGNED - 1);
    uint32_t head[] = {1, m.sections};
    uint64_t places[] = {size, HEADER + m.body.len};
    memcpy(at, "SOFARMDL", 8);
    memcpy(at + 8, head, sizeof head);
    memcpy(at + 16, places, sizeof places);
    memcpy(at + HEADER, m.body.ptr, m.body.len);
    memcpy(at + HEADER + m.body.len, m.table.ptr, m.table.len);
    kit_seal(at, size);
    return (sf_str){at, size};
}

void kit_seal(char *bytes, size_t size) {
    if (size < HEADER)
        return;
    uint32_t count, crc, zero = 0;
    uint64_t table;
    memcpy(&count, bytes + 12, sizeof count);
    memcpy(&table, bytes + 24, sizeof table);
    if (table <= size && count <= (size - table) / ENTRY) {
        crc = (uint32_t)crc32(0, (const Bytef *)bytes + table, (uInt)(count * ENTRY));
        memcpy(bytes + 32, &crc, sizeof crc);
    }
    memcpy(bytes + 36, &zero, sizeof zero);
    crc = (uint32_t)crc32(0, (const Bytef *)bytes, HEADER);
    memcpy(bytes + 36, &crc, sizeof crc);
}

size_t kit_entry(sf_str bytes, const char *name) {
    uint32_t count;
    uint64_t table;
    memcpy(&count, bytes.ptr + 12, sizeof count);
    memcpy(&table, bytes.ptr + 24, sizeof table);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(bytes.ptr + table + (size_t)i * ENTRY, name) == 0)
            return table + (size_t)i * ENTRY;
    return SIZE_MAX;
}

size_t kit_section(sf_str bytes, const char *name) {
    uint64_t offset;
    memcpy(&offset, bytes.ptr + kit_entry(bytes, name) + 72, sizeof offset);
    return offset;
}

char *kit_file(sf_str bytes) {
    const char *folder = getenv("TMPDIR");
    char *path = NULL;
    if (asprintf(&path, "%s/sofar-model-XXXXXX", folder ? folder : "/tmp") < 0)
        abort();
    int file = mkstemp(path);
    FILE *f = file >= 0 ? fdopen(file, "wb") : NULL;
    if (!f || fwrite(bytes.ptr, 1, bytes.len, f) != bytes.len || fclose(f))
        abort();
    return path;
}
