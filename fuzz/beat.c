/* Any bytes as a beat file. */
#include "fact/fact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_beats *beats;
    sofar_error err;
    sofar_beat beat = {SF_STR("fuzz.beat"), {(const char *)data, size}};
    sf_arena_init(&arena, NULL, NULL);
    sf_beats_compile(&arena, &beat, 1, &beats, &err);
    sf_arena_clear(&arena);
    return 0;
}
