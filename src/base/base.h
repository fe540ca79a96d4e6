/* base: what every room stands on. Strings and spans, the arena, growable buffers and vectors,
 * errors, civil dates and intervals, hashing, the JSON writer. Knows nothing of pages. Start
 * reading here.
 *
 * Memory: everything of one reading lives in that reading's arena and goes at once. Allocation from
 * an arena never returns NULL: when memory runs out it jumps to the escape point that the owner of
 * the arena set (PostgreSQL's way), so the rooms are free of checks. What is not arena memory (a
 * parser's tree, a converter) is therefore handed to sf_defer at once, which frees it with the
 * arena, whichever way that ends.
 */
#ifndef SF_BASE_H
#define SF_BASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "sofar.h"

typedef sofar_str sf_str;
typedef sofar_span sf_span;

#define SF_LEN(array) (sizeof(array) / sizeof((array)[0]))
#define SF_NONE UINT32_MAX /* an index that points nowhere */

/* ---- memory (arena.c) ---- */

typedef struct sf_arena {
    const sofar_allocator *memory;
    jmp_buf *escape;        /* where sf_alloc goes when memory is out; NULL: abort with a message */
    struct sf_chunk *chunk; /* newest first */
    struct sf_deferred *deferred;
    size_t used;  /* bytes handed out */
    size_t limit; /* sf_alloc escapes beyond this many; 0: no limit */
} sf_arena;

/* memory NULL: malloc. The caller owns the struct; sf_arena_clear gives everything back. */
void sf_arena_init(sf_arena *arena, const sofar_allocator *memory, jmp_buf *escape);
void sf_arena_clear(sf_arena *arena);
/* Empties the arena for another round of about the same size: what it handed out is gone, its
 * memory is kept, as one block. */
void sf_arena_reset(sf_arena *arena);

/* Zeroed, aligned for any type. Never NULL. */
void *sf_alloc(sf_arena *arena, size_t size);
/* ptr was the result of sf_alloc or sf_grow with old_size; the first old_size bytes are kept, new
 * bytes are not zeroed. */
void *sf_grow(sf_arena *arena, void *ptr, size_t old_size, size_t new_size);
/* Calls release(what) when the arena is cleared, newest first. Frees `what` itself before escaping
 * if memory is out. */
void sf_defer(sf_arena *arena, void (*release)(void *), void *what);

#define SF_NEW(arena, T) ((T *)sf_alloc((arena), sizeof(T)))
#define SF_ARRAY(arena, T, n) ((T *)sf_alloc((arena), sizeof(T) * (size_t)(n)))

/* A vector is any struct with the fields { T *at; size_t count, room; }. */
#define sf_vec(T)                                                                                  \
    struct {                                                                                       \
        T *at;                                                                                     \
        size_t count, room;                                                                        \
    }
#define SF_PUSH(arena, vec)                                                                        \
    ((vec)->at =                                                                                   \
         sf_vec_reserve((arena), (vec)->at, (vec)->count, &(vec)->room, sizeof *(vec)->at),        \
     &(vec)->at[(vec)->count++])
void *sf_vec_reserve(sf_arena *arena, void *at, size_t count, size_t *room, size_t item);

/* ---- strings (str.c) ---- */

#define SF_STR(literal) ((sf_str){(literal), sizeof(literal) - 1})
#define SF_ABSENT ((sf_str){NULL, 0})

sf_str sf_str_of(const char *c_string); /* NULL gives absent */
sf_str sf_str_sub(sf_str s, size_t begin, size_t end);
sf_str sf_str_copy(sf_arena *arena, sf_str s); /* also NUL-ended, for the edge */
sf_str sf_str_format(sf_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool sf_str_equal(sf_str a, sf_str b);
bool sf_str_equal_ci(sf_str a, sf_str b); /* ASCII case aside */
int sf_str_compare(sf_str a, sf_str b);   /* by bytes */
bool sf_str_starts(sf_str s, sf_str prefix);
bool sf_str_ends(sf_str s, sf_str suffix);
bool sf_str_starts_ci(sf_str s, sf_str prefix);
size_t sf_str_find(sf_str s, sf_str needle, size_t from);    /* offset, or SIZE_MAX */
size_t sf_str_find_ci(sf_str s, sf_str needle, size_t from); /* ASCII case aside */
sf_str sf_str_trim(sf_str s);                                /* ASCII white space off both ends */
/* Takes the next word off a text, up to ASCII white space; empty if there is none. *rest begins
 * with the word behind it. */
sf_str sf_str_take_word(sf_str *rest);
/* White space runs (Unicode's too) become one space, none at the ends. */
sf_str sf_str_fold_space(sf_arena *arena, sf_str s);
uint64_t sf_str_hash(sf_str s);
static inline sf_str sf_span_of(sf_str text, sf_span s) {
    return (sf_str){text.ptr + s.begin, (size_t)(s.end - s.begin)};
}
static inline bool sf_span_contains(sf_span outer, sf_span inner) {
    return outer.begin <= inner.begin && inner.end <= outer.end;
}
static inline bool sf_span_overlaps(sf_span a, sf_span b) {
    return a.begin < b.end && b.begin < a.end;
}
/* for printf("%.*s", SF_ARG(s)) */
#define SF_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

/* ASCII classes that do not ask the locale. */
static inline bool sf_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool sf_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool sf_is_alpha(char c) { return (unsigned char)((c | 32) - 'a') < 26; }
static inline char sf_lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }
/* The value of a hexadecimal digit, -1 for what is none. */
static inline int sf_hex_digit(char c) {
    return sf_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* The code point at s[at] and how many bytes it takes; U+FFFD and 1 for bytes that are no UTF-8. at
 * < s.len. */
uint32_t sf_utf8_at(sf_str s, size_t at, size_t *bytes);
/* The code point that ends before s[at] (at > 0), and its length. */
uint32_t sf_utf8_before(sf_str s, size_t at, size_t *bytes);
size_t sf_utf8_put(uint32_t code,
                   char out[4]); /* bytes written; U+FFFD for what is no scalar value */
bool sf_utf8_valid(sf_str s, size_t *bad_at);
bool sf_is_unicode_space(uint32_t code); /* White_Space, and U+FEFF, U+200B */

/* ---- growable bytes (buf.c) ---- */

typedef struct sf_buf {
    sf_arena *arena;
    char *ptr;
    size_t len, room;
} sf_buf;

sf_buf sf_buf_new(sf_arena *arena);
void sf_buf_reserve(sf_buf *buf, size_t room); /* so many more bytes will not move it */
void sf_buf_add(sf_buf *buf, sf_str s);
void sf_buf_char(sf_buf *buf, char c);
void sf_buf_printf(sf_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline sf_str sf_buf_str(const sf_buf *buf) {
    return (sf_str){buf->ptr ? buf->ptr : "", buf->len};
}

/* ---- errors (error.c) ---- */

/* Fills *err (may be NULL) and returns the status, so that one line reports and leaves. */
sofar_status sf_fail(sofar_error *err, sofar_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
sofar_status sf_fail_at(sofar_error *err, sofar_status status, size_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- civil dates (date.c) ---- */

/* A day of the proleptic Gregorian calendar, or a coarser date: month 0 = only the year is known,
 * day 0 = only the month. year 0 = no date. */
typedef struct sf_date {
    int year, month, day;
} sf_date;

/* Days since 1970-01-01 and back, after Hinnant's civil algorithms. */
int32_t sf_days_from_date(sf_date date); /* month and day 0 count as 1 */
sf_date sf_date_from_days(int32_t days);
int sf_weekday(sf_date date); /* 1 = Monday ... 7 = Sunday (ISO 8601) */
int sf_month_length(int year, int month);
bool sf_date_valid(sf_date date);
/* "2021", "2021-10", "2021-10-15", also with a time behind it, which is dropped. False and *out
 * untouched otherwise. */
bool sf_date_parse(sf_str s, sf_date *out);
sf_str sf_date_format(sf_arena *arena, sf_date date);

/* First and last day of an ISO 8601 / TIMEX3 value ("2021", "2021-10", "2021-SU", "2021-Q3",
 * "2021-W07", "202", "2021-10-15TMO", "2021-10/2022-02", "2021-10/"); an open end is INT32_MAX or
 * INT32_MIN. False for values that are no place in time. */
typedef struct sf_interval {
    int32_t first, last;
} sf_interval;
bool sf_interval_parse(sf_str value, sf_interval *out);

/* ---- hashes (hash.c, over nettle) ---- */

void sf_sha256_hex(sf_str bytes, char out[65]);

/* ---- JSON out (json.c) ---- */

/* Writes compact JSON into a buffer; keeps track of commas. Keys are literals. Strings are written
 * as UTF-8 with the escapes of RFC 8259; bytes that are no UTF-8 become U+FFFD. */
typedef struct sf_json {
    sf_buf *buf;
    bool comma; /* a value stands before at this level */
} sf_json;

sf_json sf_json_new(sf_buf *buf);
void sf_json_object(sf_json *json); /* { */
void sf_json_object_end(sf_json *json);
void sf_json_array(sf_json *json); /* [ */
void sf_json_array_end(sf_json *json);
void sf_json_key(sf_json *json, const char *key);
void sf_json_str(sf_json *json, sf_str value);                      /* absent gives null */
void sf_json_key_str(sf_json *json, const char *key, sf_str value); /* both */
void sf_json_int(sf_json *json, int64_t value);
void sf_json_bool(sf_json *json, bool value);
void sf_json_null(sf_json *json);
void sf_json_span(sf_json *json, sf_span span); /* [begin, end] */

#endif
