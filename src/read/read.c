/* sofar_read: one page through all rooms, in one arena. */
#include "read/read.h"

#include "page/page.h"

struct sofar_reader {
    const sofar_allocator *memory;
    unsigned stages;
    size_t max_page_bytes;
};

const char *sofar_version(void) { return SOFAR_VERSION; }

sofar_status sofar_reader_new(const sofar_reader_options *options, sofar_reader **out,
                              sofar_error *err) {
    static const sofar_reader_options standard = SOFAR_READER_OPTIONS_INIT;
    if (!options)
        options = &standard;
    jmp_buf escape;
    sf_arena arena; /* only to reach the allocator the way every other allocation does */
    sf_arena_init(&arena, options->allocator, &escape);
    sofar_reader *reader = arena.memory->resize(arena.memory->ctx, NULL, 0, sizeof *reader);
    if (!reader)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while making a reader");
    unsigned stages = options->stages ? options->stages : SOFAR_STAGE_ALL;
    if (stages & SOFAR_STAGE_QUOTE) /* a quote's speaker is a subject, its day a time */
        stages |= SOFAR_STAGE_TIME | SOFAR_STAGE_WHO;
    *reader =
        (sofar_reader){arena.memory, stages | SOFAR_STAGE_PAGE,
                       options->max_page_bytes ? options->max_page_bytes : SOFAR_MAX_PAGE_BYTES};
    *out = reader;
    return SOFAR_OK;
}

void sofar_reader_free(sofar_reader *reader) {
    if (reader)
        reader->memory->resize(reader->memory->ctx, reader, sizeof *reader, 0);
}

static void run(sofar_reading *r, const sofar_page *page) {
    sf_page_clip(&r->arena, page, &r->clipping);
    if (!(r->stages & ~(unsigned)SOFAR_STAGE_PAGE))
        return;
    const sofar_clipping *c = &r->clipping;
    sf_text *text = sf_text_split(&r->arena, c->text, c->blocks, c->block_count);
    sf_date published = {0};
    if (c->published.ptr)
        sf_date_parse(c->published, &published);
    if (r->stages & SOFAR_STAGE_TIME)
        r->times = sf_time_find(&r->arena, text, published);
    if (r->stages & SOFAR_STAGE_WHO)
        r->people = sf_who_find(&r->arena, text, c);
    if (r->stages & SOFAR_STAGE_QUOTE)
        r->quotes = sf_quote_find(&r->arena, text, c, &r->people, &r->times);
}

sofar_status sofar_read(const sofar_reader *reader, const sofar_page *page, sofar_reading **out,
                        sofar_error *err) {
    size_t limit = reader->max_page_bytes < UINT32_MAX ? reader->max_page_bytes : UINT32_MAX - 1;
    if (page->bytes.len > limit)
        return sf_fail(
            err, SOFAR_ERR_LIMIT,
            "%.*s: the page has %zu bytes, more than the limit of %zu; raise it with --max-page",
            SF_ARG(page->file), page->bytes.len, limit);
    const sofar_allocator *memory = reader->memory;
    sofar_reading *r = memory->resize(memory->ctx, NULL, 0, sizeof *r);
    if (!r)
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(page->file));
    memset(r, 0, sizeof *r);
    sf_arena_init(&r->arena, memory, &r->escape);
    r->stages = reader->stages;
    if (setjmp(r->escape)) {
        sofar_reading_free(r);
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(page->file));
    }
    run(r, page);
    *out = r;
    return SOFAR_OK;
}

void sofar_reading_free(sofar_reading *reading) {
    if (!reading)
        return;
    const sofar_allocator *memory = reading->arena.memory;
    sf_arena_clear(&reading->arena);
    memory->resize(memory->ctx, reading, sizeof *reading, 0);
}

const sofar_clipping *sofar_reading_clipping(const sofar_reading *reading) {
    return &reading->clipping;
}

const sofar_subject *sofar_reading_subjects(const sofar_reading *reading, size_t *count) {
    *count = reading->people.subject_count;
    return reading->people.subjects;
}

const sofar_name *sofar_reading_names(const sofar_reading *reading, size_t *count) {
    *count = reading->people.name_count;
    return reading->people.names;
}

const sofar_time *sofar_reading_times(const sofar_reading *reading, size_t *count) {
    *count = reading->times.count;
    return reading->times.at;
}

const sofar_quote *sofar_reading_quotes(const sofar_reading *reading, size_t *count) {
    *count = reading->quotes.count;
    return reading->quotes.at;
}
