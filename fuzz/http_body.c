/* Header fields, a blank line, and a body in the codings that the fields announce. */
#include <stdlib.h>

#include "source/kinds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { LIMIT = 1 << 16 };
    sf_arena arena;
    sf_str all = {(const char *)data, size}, out;
    size_t length = sf_header_length(all);
    sofar_error err;
    sf_arena_init(&arena, NULL, NULL);
    for (int whole = 0; whole < 2; whole++)
        if (!sf_http_body(&arena, sf_str_sub(all, 0, length), sf_str_sub(all, length, size), LIMIT,
                          whole, SF_STR("fuzz"), &out, &err) &&
            out.len > LIMIT)
            abort();
    sf_arena_clear(&arena);
    return 0;
}
