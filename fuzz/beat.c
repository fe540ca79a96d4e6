/* Any bytes as a beat file, whose examples a model of random weights reads. */
#include <stdlib.h>

#include "../tests/model_kit.h"
#include "fact/fact.h"
#include "model/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Made once, as it takes longer than most inputs. */
static const sf_model *model_of_kit(void) {
    static sf_arena arena;
    static sf_model *model;
    sofar_error err;
    if (!model) {
        sf_arena_init(&arena, NULL, NULL);
        if (sf_model_open_bytes(kit_model(&arena, &KIT_SMALL, 7), "kit", &model, &err))
            abort();
    }
    return model;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_beats *beats;
    sofar_error err;
    sofar_beat beat = {SF_STR("fuzz.beat"), {(const char *)data, size}};
    sf_arena_init(&arena, NULL, NULL);
    sf_beats_compile(&arena, model_of_kit(), &beat, 1, NULL, &beats, &err);
    sf_arena_clear(&arena);
    return 0;
}
