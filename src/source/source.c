#include "base/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct sofar_source {
    sf_arena arena;
    sofar_page page;
    bool done;
};

sofar_status sofar_source_open(const char *path, const sofar_source_options *options,
                               sofar_source **out, sofar_error *err) {
    (void)options;
    FILE *f = fopen(path, "rb");
    if (!f)
        return sf_fail(err, SOFAR_ERR_IO, "%s: cannot be opened: %s", path, strerror(errno));
    sofar_source *s = calloc(1, sizeof *s);
    if (!s) {
        fclose(f);
        return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory", path);
    }
    sf_arena_init(&s->arena, NULL, NULL);
    sf_buf buf = sf_buf_new(&s->arena);
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sf_buf_add(&buf, (sf_str){part, n});
    fclose(f);
    s->page.bytes = sf_buf_str(&buf);
    s->page.file = sf_str_copy(&s->arena, sf_str_of(path));
    *out = s;
    return SOFAR_OK;
}

sofar_status sofar_source_next(sofar_source *s, sofar_page *page, sofar_error *err) {
    (void)err;
    if (s->done)
        return SOFAR_DONE;
    s->done = true;
    *page = s->page;
    return SOFAR_OK;
}

void sofar_source_close(sofar_source *s) {
    if (!s)
        return;
    sf_arena_clear(&s->arena);
    free(s);
}
