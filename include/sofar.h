/* sofar: everything we know so far, and who said it when.
 *
 * This is the whole public interface of the library. It reads one dated news page at a time and
 * says what stands on it: the canonical text, its title, byline and day, the time expressions, the
 * quotations with their speakers, the subjects - each with the exact bytes of the text that say it.
 *
 * A complete program:
 *
 *     sofar_error err;
 *     sofar_reader *reader;
 *     if (sofar_reader_new(NULL, &reader, &err)) { fputs(err.msg, stderr); return 1; }
 *
 *     sofar_page page = SOFAR_PAGE_INIT;
 *     page.bytes = (sofar_str){html, html_len};
 *     page.file = SOFAR_STR("02.html");
 *
 *     sofar_reading *r;
 *     if (sofar_read(reader, &page, &r, &err)) { fputs(err.msg, stderr); return 1; }
 *     const sofar_clipping *c = sofar_reading_clipping(r);
 *     printf("%.*s\n", (int)c->title.len, c->title.ptr);
 *     sofar_reading_free(r);
 *     sofar_reader_free(reader);
 *
 * Rules that hold everywhere:
 *  - Text is UTF-8; places in it are half-open byte spans that fall on character boundaries.
 *  - Strings are pointer and length, not NUL-ended. An absent string has ptr NULL; a present one
 * may be empty.
 *  - What a reading points to lives exactly as long as the reading.
 *  - A strange page is no error: it gives a reading with less in it, and notes. An error means that
 * the caller cannot have what was asked for; then *out is left untouched and *err says why.
 *  - No globals, no clock, no locale, no network. The same bytes give the same reading on every
 * machine.
 */
#ifndef SOFAR_H
#define SOFAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SOFAR_API __attribute__((visibility("default")))
#else
#define SOFAR_API
#endif

#define SOFAR_VERSION_MAJOR 0
#define SOFAR_VERSION_MINOR 1
#define SOFAR_VERSION_PATCH 0
#define SOFAR_VERSION "0.1.0"

/* The version of the linked library, "0.1.0"; a string that lives for ever. */
SOFAR_API const char *sofar_version(void);

/* ---- values ---- */

/* Bytes: pointer and length. Not NUL-ended, never owned. */
typedef struct sofar_str {
    const char *ptr;
    size_t len;
} sofar_str;

#define SOFAR_STR(literal) ((sofar_str){(literal), sizeof(literal) - 1})

/* A place in a reading's canonical text (or, where said, in other bytes): [begin, end). */
typedef struct sofar_span {
    uint32_t begin, end;
} sofar_span;

typedef enum sofar_status {
    SOFAR_OK = 0,
    SOFAR_DONE,       /* a source has no further page; not an error */
    SOFAR_ERR_USAGE,  /* the call makes no sense as it stands */
    SOFAR_ERR_MEMORY, /* the allocator said no */
    SOFAR_ERR_IO,     /* a file or stream cannot be read or written */
    SOFAR_ERR_FORMAT, /* the bytes are not what they claim to be */
    SOFAR_ERR_LIMIT,  /* larger than the limit in force; the message names the option that raises it
                       */
    SOFAR_ERR_NETWORK, /* a URL cannot be had */
    SOFAR_ERR_STORE,   /* the store cannot do what was asked */
    SOFAR_ERR_VERSION  /* written by a newer sofar */
} sofar_status;

typedef struct sofar_error {
    sofar_status status;
    size_t at;     /* byte offset in the input where it went wrong, 0 where that means nothing */
    char msg[512]; /* one line, NUL-ended: what was being done, to what, and what would help */
} sofar_error;

/* One function for all memory, after realloc: new_size 0 frees (and returns NULL), ptr NULL
 * allocates. Returning NULL for new_size > 0 means "no memory". Must be safe from every thread that
 * reads. */
typedef struct sofar_allocator {
    void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t new_size);
    void *ctx;
} sofar_allocator;

/* ---- what a reading is made of ---- */

typedef enum sofar_block_kind {
    SOFAR_BLOCK_PARAGRAPH,
    SOFAR_BLOCK_HEADING,
    SOFAR_BLOCK_ITEM,
    SOFAR_BLOCK_CAPTION,
    SOFAR_BLOCK_QUOTE
} sofar_block_kind;

typedef struct sofar_block {
    sofar_block_kind kind;
    sofar_span span;
} sofar_block;

/* text[text_begin, text_end) came from original[source_begin, source_end). Rows stand in order and
 * cover every byte of the text but the blank lines between blocks. Rows of equal length hold equal
 * bytes. */
typedef struct sofar_map_row {
    uint32_t text_begin, text_end, source_begin, source_end;
} sofar_map_row;

typedef enum sofar_origin { /* where the publication day was found; "none" when there is none */
                            SOFAR_FROM_NONE,
                            SOFAR_FROM_JSON_LD,
                            SOFAR_FROM_META,
                            SOFAR_FROM_TIME,
                            SOFAR_FROM_VISIBLE,
                            SOFAR_FROM_URL,
                            SOFAR_FROM_TEXT,
                            SOFAR_FROM_GIVEN
} sofar_origin;

/* A page after the page stage: what was written for this story, and by whom, where and when. */
typedef struct sofar_clipping {
    sofar_str file;    /* as given */
    sofar_str url;     /* canonical URL of the page, absent if it has none */
    sofar_str outlet;  /* "The Harbour Post" */
    sofar_str title;   /* headline; not part of the text */
    sofar_str *byline; /* names of the writers, in order */
    size_t byline_count;
    sofar_str published; /* ISO 8601 day at the page's precision ("2021-10-15", "2021-10"); absent
                            if undated */
    sofar_origin published_from;
    sofar_str updated; /* likewise */
    sofar_str lang;    /* BCP 47 language tag, "en" */
    char sha256[65];   /* of the original bytes, lower-case hex, NUL-ended */
    sofar_str text;    /* canonical text: blocks separated by one blank line */
    sofar_map_row *map;
    size_t map_count;
    sofar_block *blocks;
    size_t block_count;
    sofar_span
        *emphasis; /* words set in italics (<em>, <i>, <cite>): titles, ships, stress; in order */
    size_t emphasis_count;
    sofar_str *notes; /* what was odd about the page, a line each */
    size_t note_count;
} sofar_clipping;

typedef enum sofar_timex { SOFAR_DATE, SOFAR_TIME, SOFAR_DURATION, SOFAR_SET } sofar_timex;

/* A TIMEX3 time expression: value is "2021-10", "P3M", "2021-10-15TMO" ...; absent where the text
 * leaves it open. */
typedef struct sofar_time {
    sofar_span span;
    sofar_timex type;
    sofar_str value;
} sofar_time;

typedef enum sofar_subject_type {
    SOFAR_PERSON,
    SOFAR_ORGANIZATION,
    SOFAR_PLACE,
    SOFAR_WORK,
    SOFAR_CHARACTER,
    SOFAR_EVENT,
    SOFAR_PRODUCT,
    SOFAR_OUTLET,
    SOFAR_OTHER
} sofar_subject_type;

/* Whom or what the page speaks about. Referred to by its index in the reading; "s1" in JSON is
 * index 0. */
typedef struct sofar_subject {
    sofar_str name; /* the fullest form on the page */
    sofar_subject_type type;
    sofar_str *aliases;
    size_t alias_count;
} sofar_subject;

typedef enum sofar_form { SOFAR_NAME, SOFAR_HANDLE, SOFAR_NOMINAL, SOFAR_PRONOUN } sofar_form;

/* A mention. They come in order of their spans, apart; behind them, in order too, those that hold
 * others: "the Low Tide star". */
typedef struct sofar_name {
    sofar_span span;
    uint32_t subject;
    sofar_form form;
} sofar_name;

#define SOFAR_NOBODY UINT32_MAX /* a subject index that names none */

typedef enum sofar_quote_kind { SOFAR_DIRECT, SOFAR_MIXED, SOFAR_INDIRECT } sofar_quote_kind;

/* A quotation. Its spans leave the marks out; pieces of one quotation are one quote. */
typedef struct sofar_quote {
    sofar_span *spans;
    size_t span_count;
    sofar_quote_kind kind;
    uint32_t speaker;        /* subject, or SOFAR_NOBODY */
    sofar_span speaker_span; /* the words that name the speaker; empty span if none */
    sofar_span cue;          /* "said"; empty span if none */
    sofar_str via;           /* "Instagram"; absent if not said */
    uint32_t to;             /* addressee, or SOFAR_NOBODY */
    sofar_str when;          /* ISO 8601, only where said beside the quote */
} sofar_quote;

typedef enum sofar_claim { SOFAR_STATED, SOFAR_PLANNED, SOFAR_RUMOURED, SOFAR_DENIED } sofar_claim;

/* Who or what plays a part in a fact: a subject, or a plain value. */
typedef struct sofar_role {
    sofar_str name;   /* "who", "work", "as" ... */
    uint32_t subject; /* SOFAR_NOBODY if the role holds a plain value */
    sofar_str value;  /* absent if the role holds a subject */
} sofar_role;

/* A typed event or credit, and the words that say it. */
typedef struct sofar_fact {
    sofar_str type; /* "plays", "directs" ... */
    sofar_role *roles;
    size_t role_count;
    sofar_str when; /* ISO 8601, absent if not said */
    sofar_claim status;
    uint32_t by; /* who says so, where the page attributes it; else SOFAR_NOBODY */
    sofar_span *receipts;
    size_t receipt_count;
} sofar_fact;

/* ---- reading a page ---- */

/* A document to read. Only bytes is required; leave the rest absent where unknown. */
typedef struct sofar_page {
    sofar_str bytes;        /* the document itself: HTML, or plain text; at most 4 GB */
    sofar_str file;         /* its name, for messages and for page.file */
    sofar_str url;          /* where it was captured */
    sofar_str content_type; /* as HTTP gave it: "text/html; charset=utf-8". "text/plain" reads as
                               plain text */
    sofar_str captured;     /* when it was captured, ISO 8601 */
    sofar_str date;         /* publication day given by the user: beats what the page says */
    /* What a container (feed entry, archive) says of the page: used where the page itself is
     * silent. */
    sofar_str title, byline, outlet, published, updated;
} sofar_page;

#define SOFAR_PAGE_INIT                                                                            \
    { 0 }

enum { /* stages, for sofar_reader_options.stages; page always runs */
       SOFAR_STAGE_PAGE = 1,
       SOFAR_STAGE_TIME = 2, /* beside WHO without what is part of a work's name */
       SOFAR_STAGE_WHO = 4,
       SOFAR_STAGE_QUOTE = 8,
       SOFAR_STAGE_FACT = 16,
       SOFAR_STAGE_ALL = 31,
       SOFAR_STAGE_MODEL = 32 /* parts of speech, trees, names and attribution by the language
                                 model; WHO and what builds on it bring this stage along */
};

/* A beat: a text file of fact types and example sentences (doc/beats.md). */
typedef struct sofar_beat {
    sofar_str name; /* for messages: "screen.beat" */
    sofar_str text;
} sofar_beat;

typedef struct sofar_reader_options {
    const sofar_allocator *allocator; /* NULL: malloc. Must outlive the reader and its readings */
    unsigned stages;                  /* SOFAR_STAGE_*; 0 means all */
    size_t max_page_bytes;   /* a longer page is SOFAR_ERR_LIMIT; 0 means SOFAR_MAX_PAGE_BYTES */
    const sofar_beat *beats; /* read besides the standard ones; copied */
    size_t beat_count;
    const char *cache; /* a folder where what the model says of the beats' examples is kept, so that
                          the next reader is made faster; made if need be. NULL: nothing is kept */
    const char *model; /* file of the language model, opened only if a stage needs it (WHO,
                          QUOTE, FACT, MODEL); NULL: the one that was installed with the library */
} sofar_reader_options;

#define SOFAR_READER_OPTIONS_INIT                                                                  \
    { 0 }
#define SOFAR_MAX_PAGE_BYTES ((size_t)16 << 20)

typedef struct sofar_reader
    sofar_reader; /* made once, never written to afterwards, shared by threads */
typedef struct sofar_reading sofar_reading; /* what one page says; owns all its memory */

/* options may be NULL. The reader is the caller's; free it after its readings. Errors: MEMORY;
 * FORMAT for a bad beat, with its name, line and reason; IO, FORMAT and VERSION for the model. */
SOFAR_API sofar_status sofar_reader_new(const sofar_reader_options *options, sofar_reader **out,
                                        sofar_error *err);
SOFAR_API void sofar_reader_free(sofar_reader *reader);

/* Reads one page. Pure: depends on nothing but its arguments; any number of threads may share the
 * reader. The page's bytes must stay until the reading is freed. Errors: MEMORY, LIMIT, USAGE. */
SOFAR_API sofar_status sofar_read(const sofar_reader *reader, const sofar_page *page,
                                  sofar_reading **out, sofar_error *err);
SOFAR_API void sofar_reading_free(sofar_reading *reading);

SOFAR_API const sofar_clipping *sofar_reading_clipping(const sofar_reading *reading);
SOFAR_API const sofar_subject *sofar_reading_subjects(const sofar_reading *reading, size_t *count);
SOFAR_API const sofar_name *sofar_reading_names(const sofar_reading *reading, size_t *count);
SOFAR_API const sofar_time *sofar_reading_times(const sofar_reading *reading, size_t *count);
SOFAR_API const sofar_quote *sofar_reading_quotes(const sofar_reading *reading, size_t *count);
SOFAR_API const sofar_fact *sofar_reading_facts(const sofar_reading *reading, size_t *count);

/* The `sofar read` record: one JSON object without a line end. The string is the reading's. */
SOFAR_API sofar_status sofar_reading_json(sofar_reading *reading, sofar_str *out, sofar_error *err);

/* ---- pages out of files ---- */

typedef struct sofar_source sofar_source;

typedef struct sofar_source_options {
    const sofar_allocator *allocator; /* NULL: malloc. Must outlive the source */
    size_t
        max_page_bytes; /* a longer record is reported and skipped; 0 means SOFAR_MAX_PAGE_BYTES */
} sofar_source_options;

/* Opens a file that holds one page or many: HTML, MHTML, plain text, WARC, WARC.gz, WACZ, RSS,
 * Atom, JSON Feed (also gzipped), a folder of such files (in byte order of their paths), or "-" for
 * standard input. The kind is told by the content, the name is a hint. options may be NULL. Errors:
 * USAGE (no path), IO, MEMORY. One thread at a time. */
SOFAR_API sofar_status sofar_source_open(const char *path, const sofar_source_options *options,
                                         sofar_source **out, sofar_error *err);

/* The next page: SOFAR_OK, or SOFAR_DONE after the last. On any other status one record was bad,
 * *err names it with its offset, and the next call goes on behind it. What *page points to lives
 * until the next call or the close. */
SOFAR_API sofar_status sofar_source_next(sofar_source *source, sofar_page *page, sofar_error *err);
SOFAR_API void sofar_source_close(sofar_source *source);

#ifdef __cplusplus
}
#endif
#endif
