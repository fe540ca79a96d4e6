/* For the tests of the source room: fixtures in a folder of their own, and all that a source gives.
 */
#ifndef SOURCE_KIT_H
#define SOURCE_KIT_H

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "check.h"
#include "source/source.h"

static char folder[] = "/tmp/sofar-source-XXXXXX";
static sf_arena arena;

static inline bool kit_open(void) {
    sf_arena_init(&arena, NULL, NULL);
    return mkdtemp(folder) != NULL;
}

/* Removes the folder; the value for main to return. */
static inline int kit_close(void) {
    if (system(sf_str_format(&arena, "rm -r '%s'", folder).ptr) != 0)
        puts("# the fixtures stay behind");
    sf_arena_clear(&arena);
    return check_done();
}

/* ---- fixtures ---- */

static inline const char *path_of(const char *name) {
    return sf_str_format(&arena, "%s/%s", folder, name).ptr;
}

static inline const char *put(const char *name, sf_str bytes) {
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    if (f) {
        fwrite(bytes.ptr, 1, bytes.len, f);
        fclose(f);
    }
    return path;
}

static inline sf_str gz(sf_str bytes) {
    z_stream z = {0};
    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    size_t room = deflateBound(&z, bytes.len) + 64;
    char *out = sf_alloc(&arena, room);
    z.next_in = (Bytef *)bytes.ptr;
    z.avail_in = (uInt)bytes.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    deflate(&z, Z_FINISH);
    size_t len = room - z.avail_out;
    deflateEnd(&z);
    return (sf_str){out, len};
}

static inline sf_str join(sf_str a, sf_str b) {
    sf_buf buf = sf_buf_new(&arena);
    sf_buf_add(&buf, a);
    sf_buf_add(&buf, b);
    return sf_buf_str(&buf);
}

/* ---- what a source gives ---- */

typedef struct all {
    sofar_status opened;
    sf_vec(sofar_page) pages;
    sf_vec(sofar_error) errors;
    uint64_t skipped;
} all;

static inline void drain(sofar_source *source, all *a) {
    sofar_page page;
    sofar_error err;
    sofar_status status;
    while ((status = sofar_source_next(source, &page, &err)) != SOFAR_DONE) {
        if (status) {
            *SF_PUSH(&arena, &a->errors) = err;
            continue;
        }
        sf_str *const fields[] = {&page.bytes,     &page.file,   &page.url,    &page.content_type,
                                  &page.captured,  &page.title,  &page.byline, &page.outlet,
                                  &page.published, &page.updated};
        for (size_t i = 0; i < SF_LEN(fields); i++)
            *fields[i] = sf_str_copy(&arena, *fields[i]);
        *SF_PUSH(&arena, &a->pages) = page;
    }
    a->skipped = sf_source_skipped(source);
    sofar_source_close(source);
}

static inline all read_path(const char *path, size_t limit) {
    all a = {0};
    sofar_error err;
    sofar_source *source;
    sofar_source_options options = {.max_page_bytes = limit};
    a.opened = sofar_source_open(path, &options, &source, &err);
    if (a.opened)
        *SF_PUSH(&arena, &a.errors) = err;
    else
        drain(source, &a);
    return a;
}

static inline all read_bytes(sf_str bytes) {
    all a = {0};
    sofar_error err;
    sofar_source *source;
    if (!sf_source_from_bytes(bytes, NULL, NULL, &source, &err))
        drain(source, &a);
    return a;
}

static inline bool says(const all *a, size_t i, const char *words) {
    bool ok = i < a->errors.count &&
              sf_str_find(sf_str_of(a->errors.at[i].msg), sf_str_of(words), 0) != SIZE_MAX;
    if (!ok)
        printf("#   no \"%s\" in: %s\n", words,
               i < a->errors.count ? a->errors.at[i].msg : "(no error)");
    return ok;
}

#endif
