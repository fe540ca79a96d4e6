/* Cases: plain text files of titled pages with what must and must not be found on them
 * (tests/README.md). */
#ifndef CASES_H
#define CASES_H

#include "read/read.h"

typedef struct test_line {
    sf_str text;   /* the expectation as written */
    uint32_t line; /* in the file, from 1 */
} test_line;

typedef struct test_case {
    sf_str title, page;
    sf_str date, format, url, todo, outlet; /* header fields; absent where not given */
    uint32_t line;                          /* of its title */
    sf_span expectations;                   /* bytes of the file, for --update */
    test_line *lines;
    size_t line_count;
} test_case;

typedef struct test_file {
    const char *path;
    sf_str bytes;
    test_case *cases;
    size_t case_count;
} test_file;

/* False with a message on stderr if the file cannot be read or is no case file. */
bool test_file_read(sf_arena *arena, const char *path, test_file *out);

/* Whether the reading meets the expectation. If not, why: a line in the arena. */
bool test_expect(sf_arena *arena, const sofar_reading *r, sf_str expectation, sf_str *why);

/* A line that begins with `standing "WORDS"`, with what the reading says of it behind it. */
sf_str test_standing(sf_arena *arena, const sofar_reading *r, sf_str line);
/* The line itself if it holds, else what hangs on its words. */
sf_str test_proposition(sf_arena *arena, const sofar_reading *r, sf_str line);

/* All that a reading says of the kind ("quote", "time" ...), as expectation lines. */
void test_describe(sf_buf *out, const sofar_reading *r, sf_str kind);

#endif
