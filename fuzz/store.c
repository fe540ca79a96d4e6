/* store: bytes as a packed source map. What can be unpacked packs and unpacks to the same rows. */
#include <stdlib.h>

#include "store/sqlite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sofar_map_row *rows, *again;
    size_t count, count_again;
    if (sf_store_unpack_map(&arena, (sf_str){(const char *)data, size}, &rows, &count)) {
        char *packed = sf_alloc(&arena, count * 20 + 1);
        size_t len = sf_store_pack_map(rows, count, packed);
        demand(len <= count * 20 && len <= size);
        demand(sf_store_unpack_map(&arena, (sf_str){packed, len}, &again, &count_again));
        demand(count == count_again &&
               (count == 0 || memcmp(rows, again, count * sizeof *rows) == 0));
    }
    sf_buf buf = sf_buf_new(&arena);
    sf_sqlite_phrase(&buf, (sf_str){(const char *)data, size});
    sf_str phrase = sf_buf_str(&buf);
    size_t marks = 0;
    for (size_t i = 0; i < phrase.len; i++) {
        demand(phrase.ptr[i] != '\0');
        marks += phrase.ptr[i] == '"';
    }
    demand(marks % 2 == 0);
    sf_arena_clear(&arena);
    return 0;
}
