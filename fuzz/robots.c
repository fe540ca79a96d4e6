/* The path of a URL on the first line, a robots.txt behind it. */
#include "fetch/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_str all = {(const char *)data, size};
    size_t end = sf_str_find(all, SF_STR("\n"), 0);
    sf_arena_init(&arena, NULL, NULL);
    sf_robots_allow(&arena, sf_str_sub(all, end, size), SF_STR("sofar"), sf_str_sub(all, 0, end));
    sf_arena_clear(&arena);
    return 0;
}
