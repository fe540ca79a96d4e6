/* Reads case files. A case is
 *
 *     === title
 *     date: 2021-10-15          (headers: date, format, url, outlet, todo)
 *     ---
 *     the page
 *     ---
 *     expectations, a line each; empty lines and lines that begin with # say nothing
 *
 * The page may hold lines of three dashes: the last one of a case parts page and expectations. */
#include "cases.h"

#include <stdio.h>

static bool slurp(sf_arena *arena, const char *path, sf_str *out) {
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    sf_buf buf = sf_buf_new(arena);
    char part[16384];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sf_buf_add(&buf, (sf_str){part, n});
    bool ok = !ferror(f);
    fclose(f);
    *out = sf_buf_str(&buf);
    return ok;
}

/* The line at *at without its end; *at moves behind it. */
static sf_str take_line(sf_str bytes, size_t *at) {
    size_t end = sf_str_find(bytes, SF_STR("\n"), *at);
    sf_str line = sf_str_sub(bytes, *at, end == SIZE_MAX ? bytes.len : end);
    *at = end == SIZE_MAX ? bytes.len : end + 1;
    return line;
}

static bool header(test_case *c, sf_str line) {
    size_t colon = sf_str_find(line, SF_STR(":"), 0);
    if (colon == SIZE_MAX)
        return false;
    sf_str key = sf_str_sub(line, 0, colon),
           value = sf_str_trim(sf_str_sub(line, colon + 1, line.len));
    const struct {
        const char *name;
        sf_str *field;
    } fields[] = {{"date", &c->date},
                  {"format", &c->format},
                  {"url", &c->url},
                  {"todo", &c->todo},
                  {"outlet", &c->outlet}};
    for (size_t i = 0; i < SF_LEN(fields); i++)
        if (sf_str_equal(key, sf_str_of(fields[i].name))) {
            *fields[i].field = value;
            return true;
        }
    return false;
}

static bool is_rule(sf_str line) { return sf_str_equal(line, SF_STR("---")); }
static bool is_title(sf_str line) { return sf_str_starts(line, SF_STR("=== ")); }

/* Reads the case whose title line begins at *at. */
static bool read_case(sf_arena *arena, const test_file *file, size_t *at, uint32_t *line_number,
                      test_case *c) {
    sf_str bytes = file->bytes;
    c->line = *line_number;
    c->title = sf_str_trim(sf_str_sub(take_line(bytes, at), 4, SIZE_MAX));
    for (;;) {
        sf_str line = take_line(bytes, at);
        ++*line_number;
        if (is_rule(line))
            break;
        if (!header(c, line)) {
            fprintf(stderr, "%s:%u: no header and no '---': %.*s\n", file->path, *line_number,
                    SF_ARG(line));
            return false;
        }
    }
    size_t page_begin = *at, page_end = SIZE_MAX, expect = SIZE_MAX;
    uint32_t first_line = *line_number + 1, expect_line = 0;
    while (*at < bytes.len) {
        size_t begin = *at;
        sf_str line = take_line(bytes, at);
        if (is_title(line)) {
            *at = begin;
            break;
        }
        ++*line_number;
        if (is_rule(line))
            page_end = begin, expect = *at, expect_line = *line_number + 1;
    }
    ++*line_number;
    if (expect == SIZE_MAX) {
        fprintf(stderr, "%s:%u: the case has no expectations behind a second '---'\n", file->path,
                first_line);
        return false;
    }
    c->page = sf_str_sub(bytes, page_begin, page_end);
    c->expectations = (sf_span){(uint32_t)expect, (uint32_t)*at};
    sf_vec(test_line) lines = {0};
    for (size_t from = expect; from < *at; expect_line++) {
        sf_str line = sf_str_trim(take_line(bytes, &from));
        if (line.len && line.ptr[0] != '#')
            *SF_PUSH(arena, &lines) = (test_line){line, expect_line};
    }
    c->lines = lines.at;
    c->line_count = lines.count;
    return true;
}

bool test_file_read(sf_arena *arena, const char *path, test_file *out) {
    *out = (test_file){.path = path};
    if (!slurp(arena, path, &out->bytes)) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    sf_vec(test_case) cases = {0};
    uint32_t line_number = 1;
    for (size_t at = 0; at < out->bytes.len;) {
        size_t begin = at;
        sf_str line = take_line(out->bytes, &at);
        if (!is_title(line)) {
            line_number++;
            continue; /* what stands before the first case is the file's own comment */
        }
        at = begin;
        if (!read_case(arena, out, &at, &line_number, SF_PUSH(arena, &cases)))
            return false;
    }
    out->cases = cases.at;
    out->case_count = cases.count;
    return true;
}
