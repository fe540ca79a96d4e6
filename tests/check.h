/* The whole test harness: prints TAP, counts, goes on after a failure.
 *
 *     int main(void) {
 *         CHECK(1 + 1 == 2);
 *         CHECK_STR(sf_date_format(&arena, d), "2021-10");
 *         return check_done();
 *     }
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

#include "base/base.h"

static int check_count, check_failures;

#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_STR(got, wanted) check_str((got), sf_str_of(wanted), #got, __FILE__, __LINE__)
#define CHECK_INT(got, wanted)                                                                     \
    check_int((long long)(got), (long long)(wanted), #got, __FILE__, __LINE__)

static inline bool check_that(bool ok, const char *what, const char *file, int line) {
    check_count++;
    if (!ok)
        check_failures++;
    printf("%sok %d - ", ok ? "" : "not ", check_count);
    for (const char *c = what; *c; c++)
        putchar((unsigned char)*c < ' ' ? ' ' : *c); /* TAP is a line each */
    putchar('\n');
    if (!ok)
        printf("# %s:%d\n", file, line);
    return ok;
}

static inline bool check_str(sf_str got, sf_str wanted, const char *what, const char *file,
                             int line) {
    bool ok = sf_str_equal(got, wanted) && !got.ptr == !wanted.ptr;
    check_that(ok, what, file, line);
    if (!ok)
        printf("#   got    %.*s\n#   wanted %.*s\n", SF_ARG(got), SF_ARG(wanted));
    return ok;
}

static inline bool check_int(long long got, long long wanted, const char *what, const char *file,
                             int line) {
    check_that(got == wanted, what, file, line);
    if (got != wanted)
        printf("#   got    %lld\n#   wanted %lld\n", got, wanted);
    return got == wanted;
}

/* Prints the plan; the value for main to return. */
static inline int check_done(void) {
    printf("1..%d\n", check_count);
    return check_failures ? 1 : 0;
}

#endif
