/* model: a model's file with anything wrong in it. The input is a list of changes to a small good
 * one, 8 bytes each: what (2), where (2) and a value (4); checksums are put right again unless the
 * first byte of all is odd. What opens must run: pieces are looked up, a stretch is encoded, the
 * heads' layers are multiplied and a text is analysed. */
#include <stdlib.h>

#include "../tests/model_kit.h"
#include "model/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHANGE = 8 };

static void change(char *file, size_t *size, size_t table, const uint8_t *c) {
    uint32_t value;
    memcpy(&value, c + 4, sizeof value);
    size_t where = (size_t)c[2] | (size_t)c[3] << 8, at = *size;
    switch (c[0] >> 1 & 7) {
    case 0: at = where % 128; break;                               /* the header */
    case 1: at = table + where; break;                             /* the table */
    case 2: at = table + where % 128 * 96 + 72; break;             /* an offset */
    case 3: at = table + where % 128 * 96 + 80; break;             /* a length */
    case 4: at = 128 + where % 32 * 4; break;                      /* the config */
    case 5: at = where * 16 + c[1]; break;                         /* anywhere */
    case 6: at = table + where % 128 * 96 + 48 + c[1] % 24; break; /* type, rank, shape */
    default:
        if (c[1] == 255) /* cut */
            *size = *size < where * 16 ? *size : where * 16;
    }
    if (at <= *size && *size - at >= sizeof value)
        memcpy(file + at, &value, sizeof value);
}

static void run(const sf_model *model) {
    sofar_error err;
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    (void)sf_model_check(model, &err);
    uint32_t pieces[] = {101, model->vocab.count - 1, 7, model->vocab.count, 102};
    const uint8_t shapes[] = {24, 0, 5, 255, 24};
    const uint32_t token_pieces[] = {1, 3, 4};
    const sf_stretch stretch = {pieces, shapes, 5, token_pieces, 2};
    float *vectors = sf_model_floats(&arena, 2 * (size_t)model->hidden);
    sf_model_encode(model, &arena, &stretch, 1, vectors);
    float *y = sf_model_floats(&arena, 2 * (size_t)model->word_head.outputs);
    sf_model_linear(model, &arena, &model->word_head, vectors, 2, y);
    sf_text *text = sf_text_split(&arena, SF_STR("abc said ba: \"Ca \xc3\xa9\"."), NULL, 0);
    sf_text_tokens(&arena, text);
    sf_analysis *analysis = sf_model_analyse(model, &arena, text);
    if (sf_analysis_check(model, text, analysis))
        abort();
    sf_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const kit_shape shape = {1, 32, 16, 110, 24, 16, 16};
    sf_str good = kit_model(&arena, &shape, 1);
    size_t left = good.len, table = kit_entry(good, "config");
    char *file = (char *)(uintptr_t)good.ptr;
    for (size_t i = 0; i + CHANGE <= size; i += CHANGE)
        change(file, &left, table, data + i);
    if (size == 0 || data[0] % 2 == 0)
        kit_seal(file, left);
    char *exact = malloc(left ? left : 1); /* its end is the block's end */
    if (!exact)
        abort();
    memcpy(exact, file, left);
    sf_model *model;
    sofar_error err;
    if (!sf_model_open_bytes((sf_str){exact, left}, "fuzz", &model, &err)) {
        run(model);
        sf_model_close(model);
    }
    free(exact);
    sf_arena_clear(&arena);
    return 0;
}
