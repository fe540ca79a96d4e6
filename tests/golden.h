/* Golden files: what an output was is kept in tests/golden/show, and a change of it read in the
 * diff.
 */
#ifndef GOLDEN_H
#define GOLDEN_H

#include <stdlib.h>

#include "check.h"

static inline sf_str slurp(sf_arena *arena, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f)
        return SF_ABSENT;
    sf_buf out = sf_buf_new(arena);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sf_buf_add(&out, (sf_str){part, n});
    fclose(f);
    return sf_buf_str(&out);
}

static inline void golden(sf_arena *arena, const char *name, sf_str got) {
    const char *root = getenv("SOFAR_ROOT");
    const char *path = sf_str_format(arena, "%s/tests/golden/show/%s", root ? root : ".", name).ptr;
    if (getenv("SOFAR_UPDATE")) {
        FILE *f = fopen(path, "wb");
        CHECK(f && fwrite(got.ptr, 1, got.len, f) == got.len && fclose(f) == 0);
        return;
    }
    sf_str wanted = slurp(arena, path);
    bool same = sf_str_equal(got, wanted);
    check_that(same, name, __FILE__, __LINE__);
    for (size_t i = 0; !same; i++)
        if (i >= got.len || i >= wanted.len || got.ptr[i] != wanted.ptr[i]) {
            printf("# differs at byte %zu; SOFAR_UPDATE=1 rewrites it, then read the diff\n", i);
            break;
        }
}

#endif
