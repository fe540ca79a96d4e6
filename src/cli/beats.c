/* --beats DIR, and where what is made of beats is kept. */
#include "cli/input.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int is_beat(const struct dirent *entry) {
    return sf_str_ends(sf_str_of(entry->d_name), SF_STR(".beat"));
}

static int by_bytes(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

sofar_status sf_cli_beat_file(sf_arena *arena, const char *path, sofar_beat *out,
                              sofar_error *err) {
    FILE *f = fopen(path, "rb");
    if (!f)
        return sf_fail(err, SOFAR_ERR_IO, "%s: cannot be opened: %s", path, strerror(errno));
    sf_buf text = sf_buf_new(arena);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sf_buf_add(&text, (sf_str){part, n});
    bool bad = ferror(f) != 0;
    fclose(f);
    if (bad)
        return sf_fail(err, SOFAR_ERR_IO, "%s: cannot be read", path);
    *out = (sofar_beat){sf_str_copy(arena, sf_str_of(path)), sf_buf_str(&text)};
    return SOFAR_OK;
}

sofar_status sf_cli_beats(sf_arena *arena, const char *dir, sofar_reader_options *options,
                          sofar_error *err) {
    struct dirent **entries;
    int n = scandir(dir, &entries, is_beat, by_bytes);
    if (n < 0)
        return sf_fail(err, SOFAR_ERR_IO, "--beats: %s: cannot be read: %s", dir, strerror(errno));
    sofar_beat *beats = SF_ARRAY(arena, sofar_beat, n);
    sofar_status status = SOFAR_OK;
    for (int i = 0; i < n; i++) {
        if (!status)
            status = sf_cli_beat_file(
                arena, sf_str_format(arena, "%s/%s", dir, entries[i]->d_name).ptr, &beats[i], err);
        free(entries[i]);
    }
    free(entries);
    if (!status && n == 0)
        status = sf_fail(err, SOFAR_ERR_IO, "--beats: %s: holds no *.beat file", dir);
    options->beats = beats;
    options->beat_count = (size_t)n;
    return status;
}

const char *sf_cli_cache(sf_arena *arena) {
    const char *own = getenv("SOFAR_CACHE"), *shared = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (own)
        return *own ? own : NULL;
    if (shared && *shared == '/')
        return sf_str_format(arena, "%s/sofar", shared).ptr;
    return home && *home == '/' ? sf_str_format(arena, "%s/.cache/sofar", home).ptr : NULL;
}
