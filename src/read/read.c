/* sofar_read: one page through all rooms, in one arena. */
#include "read/read.h"

#include "page/page.h"

struct sofar_reader {
    sf_arena arena; /* holds the beats */
    jmp_buf escape;
    const sofar_allocator *memory;
    sf_beats *beats;
    sf_model *model; /* NULL without SOFAR_STAGE_MODEL */
    unsigned stages;
    size_t max_page_bytes;
    sf_maker maker;
};

const char *sofar_version(void) { return SOFAR_VERSION; }

/* The head of a model's file has the checksum of all its checksums. */
static void name_model(sofar_reader *reader) {
    char hex[65];
    sf_sha256_hex(sf_str_sub(sf_model_about(reader->model).bytes, 0, 128), hex);
    memcpy(reader->maker.model, hex, sizeof reader->maker.model - 1);
}

static void name_beats(sofar_reader *reader, const sofar_beat *beats, size_t count) {
    char hex[65];
    sf_buf buf = sf_buf_new(&reader->arena);
    for (size_t i = 0; i < count; i++) {
        sf_sha256_hex(beats[i].text, hex);
        sf_buf_add(&buf, sf_str_of(hex));
    }
    sf_sha256_hex(sf_buf_str(&buf), hex);
    memcpy(reader->maker.beats, hex, sizeof reader->maker.beats - 1);
}

static sofar_status compile(sofar_reader *reader, const sofar_reader_options *options,
                            sofar_error *err) {
    if (!(reader->stages & SOFAR_STAGE_FACT))
        return SOFAR_OK;
    if (setjmp(reader->escape))
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while making a reader");
    size_t count = sf_beats_standard_count + options->beat_count;
    sofar_beat *beats = SF_ARRAY(&reader->arena, sofar_beat, count);
    memcpy(beats, sf_beats_standard, sf_beats_standard_count * sizeof *beats);
    if (options->beat_count)
        memcpy(beats + sf_beats_standard_count, options->beats,
               options->beat_count * sizeof *beats);
    name_beats(reader, beats, count);
    return sf_beats_compile(&reader->arena, reader->model, beats, count, options->cache,
                            &reader->beats, err);
}

sofar_status sofar_reader_new(const sofar_reader_options *options, sofar_reader **out,
                              sofar_error *err) {
    static const sofar_reader_options standard = SOFAR_READER_OPTIONS_INIT;
    const sofar_reader_options *const use = options ? options : &standard;
    sf_arena probe; /* only to reach the allocator the way every other allocation does */
    sf_arena_init(&probe, use->allocator, NULL);
    sofar_reader *reader = probe.memory->resize(probe.memory->ctx, NULL, 0, sizeof *reader);
    if (!reader)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while making a reader");
    memset(reader, 0, sizeof *reader);
    sf_arena_init(&reader->arena, use->allocator, &reader->escape);
    reader->memory = reader->arena.memory;
    reader->max_page_bytes = use->max_page_bytes ? use->max_page_bytes : SOFAR_MAX_PAGE_BYTES;
    unsigned stages = use->stages ? use->stages : SOFAR_STAGE_ALL;
    if (stages & SOFAR_STAGE_FACT) /* a fact may stand in a quote */
        stages |= SOFAR_STAGE_QUOTE;
    if (stages & SOFAR_STAGE_QUOTE) /* a quote's speaker is a subject, its day a time */
        stages |= SOFAR_STAGE_TIME | SOFAR_STAGE_WHO;
    if (stages & SOFAR_STAGE_WHO) /* names are the model's */
        stages |= SOFAR_STAGE_MODEL;
    reader->stages = stages | SOFAR_STAGE_PAGE;
    sofar_status status = SOFAR_OK;
    reader->maker.reader = SOFAR_VERSION;
    if (stages & SOFAR_STAGE_MODEL)
        status = sf_model_open(use->model, &reader->model, err);
    if (reader->model)
        name_model(reader);
    if (!status) /* examples are read by the model */
        status = compile(reader, use, err);
    if (status) {
        sofar_reader_free(reader);
        return status;
    }
    *out = reader;
    return SOFAR_OK;
}

void sofar_reader_free(sofar_reader *reader) {
    if (!reader)
        return;
    const sofar_allocator *memory = reader->memory;
    sf_arena_clear(&reader->arena);
    sf_model_close(reader->model);
    memory->resize(memory->ctx, reader, sizeof *reader, 0);
}

const sf_maker *sf_reader_maker(const sofar_reader *reader) { return &reader->maker; }

/* "the set of Ash Wednesday": a time in a work's name, or that is a name of several words, is none.
 */
static void drop_titles(sf_times *times, const sf_people *people, sf_str text) {
    size_t kept = 0;
    for (size_t i = 0; i < times->count; i++) {
        sf_span span = times->at[i].span;
        size_t n = sf_who_name_at(people->names, people->name_count, span.begin);
        const sofar_name *name = n < people->name_count ? &people->names[n] : NULL;
        bool within = name && name->form == SOFAR_NAME && name->span.begin <= span.begin &&
                      name->span.end >= span.end &&
                      sf_str_find(sf_span_of(text, name->span), SF_STR(" "), 0) != SIZE_MAX &&
                      people->subjects[name->subject].type == SOFAR_WORK;
        if (!within)
            times->at[kept++] = times->at[i];
    }
    times->count = kept;
}

static void run(sofar_reading *r, const sofar_reader *reader, const sofar_page *page) {
    sf_page_clip(&r->arena, page, &r->clipping);
    if (!(r->stages & ~(unsigned)SOFAR_STAGE_PAGE))
        return;
    const sofar_clipping *c = &r->clipping;
    sf_text *text = sf_text_split(&r->arena, c->text, c->blocks, c->block_count);
    r->text = text;
    if (r->stages & SOFAR_STAGE_MODEL) {
        sf_text_tokens(&r->arena, text);
        r->model = reader->model;
        r->analysis = sf_model_analyse(r->model, &r->arena, text);
    }
    sf_date published = {0};
    if (c->published.ptr)
        sf_date_parse(c->published, &published);
    if (r->stages & SOFAR_STAGE_TIME)
        r->times = sf_time_find(&r->arena, text, published);
    if (r->stages & SOFAR_STAGE_WHO)
        r->people = sf_who_find(&r->arena, text, c, r->model, r->analysis);
    drop_titles(&r->times, &r->people, c->text);
    if (r->stages & SOFAR_STAGE_QUOTE)
        r->quotes = sf_quote_find(&r->arena, text, c, r->model, r->analysis, &r->people, &r->times);
    if (r->stages & SOFAR_STAGE_FACT)
        r->facts = sf_fact_find(
            &r->arena, reader->beats,
            &(sf_known_page){text, c, r->model, r->analysis, &r->people, &r->times, &r->quotes});
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
    r->maker = &reader->maker;
    if (setjmp(r->escape)) {
        sofar_reading_free(r);
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(page->file));
    }
    run(r, reader, page);
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
    *count = reading->people.name_count + reading->people.epithet_count;
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

const sofar_fact *sofar_reading_facts(const sofar_reading *reading, size_t *count) {
    *count = reading->facts.count;
    return reading->facts.at;
}
