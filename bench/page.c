/* Pages a CPU second of the page stage, and of gumbo's parse of the whole documents by itself.
 * usage: bench-page FILE.html[.gz] ... */
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/base.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static sf_str load(sf_arena *arena, const char *path) {
    gzFile f = gzopen(path, "rb"); /* reads plain files, too */
    sf_buf buf = sf_buf_new(arena);
    char part[65536];
    for (int n; f && (n = gzread(f, part, sizeof part)) > 0;)
        sf_buf_add(&buf, (sf_str){part, (size_t)n});
    if (f)
        gzclose(f);
    return sf_buf_str(&buf);
}

static double read_page(const sofar_reader *reader, sf_str bytes, const char *path) {
    sofar_page page = SOFAR_PAGE_INIT;
    sofar_reading *reading;
    sofar_error err;
    page.bytes = bytes;
    page.file = sf_str_of(path);
    double begin = now();
    if (sofar_read(reader, &page, &reading, &err))
        fprintf(stderr, "%s\n", err.msg);
    else
        sofar_reading_free(reading);
    return now() - begin;
}

static double parse_only(sf_str bytes) {
    double begin = now();
    GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, bytes.ptr, bytes.len);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    return now() - begin;
}

int main(int argc, char **argv) {
    sofar_reader *reader;
    sofar_error err;
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    options.stages = SOFAR_STAGE_PAGE;
    if (argc < 2 || sofar_reader_new(&options, &reader, &err))
        return 1;
    double ours = 0, gumbos = 0, bytes = 0;
    for (int i = 1; i < argc; i++) {
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        sf_str page = load(&arena, argv[i]);
        ours += read_page(reader, page, argv[i]);
        gumbos += parse_only(page);
        bytes += (double)page.len;
        sf_arena_clear(&arena);
    }
    sofar_reader_free(reader);
    printf("page stage         %8.1f pages/s  %6.1f MB/s\n", (argc - 1) / ours, bytes / ours / 1e6);
    printf("gumbo alone        %8.1f pages/s  %6.1f MB/s\n", (argc - 1) / gumbos,
           bytes / gumbos / 1e6);
    return 0;
}
