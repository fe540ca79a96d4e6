/* The public door: a source is a path, standard input or bytes; what is open at a time is one file,
 * with an arena of its own, and one page, with another. When memory runs out, the open file is
 * given up and the next call goes on behind it. */
#include "source/source.h"

#include <errno.h>
#include <sys/stat.h>

#include "source/kinds.h"

struct sofar_source {
    const sofar_allocator *memory;
    sf_arena keep; /* until the source is closed */
    sf_arena file; /* until the open file is done */
    sf_arena page; /* until the next page */
    sf_str path;   /* as given */
    sf_str bytes;  /* for a source over memory; else absent */
    sofar_page hints;
    size_t limit;
    uint64_t skipped;
    sf_folder *folder; /* NULL: one file */
    sf_input *first;   /* the one file, opened already */
    sf_pages *pages;   /* the open file; NULL between files */
    bool in_folder;    /* the one file was met in a folder */
    bool started;      /* the one file was begun */
    bool answered;     /* a page or an error was given */
};

uint64_t sf_source_skipped(const sofar_source *source) { return source->skipped; }

double sf_source_progress(const sofar_source *s) {
    if (s->folder)
        return sf_folder_progress(s->folder);
    if (s->started && !s->pages)
        return 1;
    return s->first->size_hint ? (double)sf_input_offset(s->first) / (double)s->first->size_hint
                               : 0;
}

static void set_escape(sofar_source *s, jmp_buf *escape) {
    s->keep.escape = s->file.escape = s->page.escape = escape;
}

static void close_file(sofar_source *s) {
    sf_arena_clear(&s->page);
    sf_arena_clear(&s->file);
    s->pages = NULL;
}

static void *resize(const sofar_allocator *memory, void *ptr, size_t old_size, size_t new_size) {
    return memory->resize(memory->ctx, ptr, old_size, new_size);
}

static sofar_source *new_source(const sofar_source_options *options) {
    sf_arena probe; /* knows the default allocator */
    sf_arena_init(&probe, options ? options->allocator : NULL, NULL);
    sofar_source *s = resize(probe.memory, NULL, 0, sizeof *s);
    if (!s)
        return NULL;
    *s = (sofar_source){.memory = probe.memory};
    s->limit = options && options->max_page_bytes ? options->max_page_bytes : SOFAR_MAX_PAGE_BYTES;
    sf_arena_init(&s->keep, s->memory, NULL);
    sf_arena_init(&s->file, s->memory, NULL);
    sf_arena_init(&s->page, s->memory, NULL);
    return s;
}

void sofar_source_close(sofar_source *s) {
    if (!s)
        return;
    close_file(s);
    sf_arena_clear(&s->keep);
    resize(s->memory, s, sizeof *s, 0);
}

/* ---- opening ---- */

static sofar_status out_of_memory(sofar_error *err, const char *name) {
    return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory", name);
}

static sofar_status open_path(sofar_source *s, const char *path, sofar_error *err) {
    struct stat st;
    s->path = sf_str_copy(&s->keep, sf_str_of(path));
    if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return sf_folder_open(&s->keep, path, &s->folder, err);
    return sf_input_open(&s->file, s->memory, path, &s->first, err);
}

sofar_status sofar_source_open(const char *path, const sofar_source_options *options,
                               sofar_source **out, sofar_error *err) {
    jmp_buf escape;
    if (!path || !*path)
        return sf_fail(err, SOFAR_ERR_USAGE, "no file named; give a path, or - for standard input");
    sofar_source *volatile s = new_source(options);
    if (!s)
        return out_of_memory(err, path);
    set_escape(s, &escape);
    sofar_status status = setjmp(escape) ? out_of_memory(err, path) : open_path(s, path, err);
    set_escape(s, NULL);
    if (status)
        sofar_source_close(s);
    else
        *out = s;
    return status;
}

static sofar_status open_part(sofar_source *s, const sf_source_part *part, sofar_error *err) {
    sf_input *whole;
    s->path = sf_str_copy(&s->keep, part->name.ptr ? part->name : sf_str_of(part->path));
    s->in_folder = part->in_folder;
    sofar_status status = sf_input_open(&s->file, s->memory, part->path, &whole, err);
    if (status)
        return status;
    bool all = part->origin == 0 && part->begin == 0 && part->end == UINT64_MAX && !part->name.ptr;
    s->first =
        all ? whole : sf_input_part(&s->file, whole, s->path, part->origin, part->begin, part->end);
    return SOFAR_OK;
}

sofar_status sf_source_open_part(const sf_source_part *part, const sofar_source_options *options,
                                 sofar_source **out, sofar_error *err) {
    jmp_buf escape;
    if (!part->path || !*part->path)
        return sf_fail(err, SOFAR_ERR_USAGE, "no file named");
    sofar_source *volatile s = new_source(options);
    if (!s)
        return out_of_memory(err, part->path);
    set_escape(s, &escape);
    sofar_status status = setjmp(escape) ? out_of_memory(err, part->path) : open_part(s, part, err);
    set_escape(s, NULL);
    if (status)
        sofar_source_close(s);
    else
        *out = s;
    return status;
}

/* ---- which files ---- */

static sofar_status list_files(sf_arena *arena, const char *path, sf_str **out, size_t *count,
                               size_t *unlisted, sofar_error *err) {
    struct stat st;
    sf_folder *folder;
    uint64_t skipped = 0;
    sf_vec(sf_str) found = {0};
    sofar_status status = SOFAR_OK;
    sf_str file = sf_str_of(path);
    *unlisted = 0;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
        *SF_PUSH(arena, &found) = sf_str_copy(arena, file);
    } else {
        status = sf_folder_open(arena, path, &folder, err);
        while (!status && (status = sf_folder_next(folder, &skipped, &file, err)) != SOFAR_DONE) {
            if (status)
                ++*unlisted;
            else
                *SF_PUSH(arena, &found) = sf_str_copy(arena, file);
            status = SOFAR_OK;
        }
    }
    if (status && status != SOFAR_DONE)
        return status;
    *out = found.at;
    *count = found.count;
    return SOFAR_OK;
}

sofar_status sf_source_files(sf_arena *arena, const char *path, sf_str **out, size_t *count,
                             size_t *unlisted, sofar_error *err) {
    jmp_buf here, *outer = arena->escape;
    arena->escape = &here;
    sofar_status status = setjmp(here) ? out_of_memory(err, path)
                                       : list_files(arena, path, out, count, unlisted, err);
    arena->escape = outer;
    return status;
}

static void copy_hints(sofar_source *s, const sofar_page *hints) {
    s->hints.file = sf_str_copy(&s->keep, hints->file);
    s->hints.url = sf_str_copy(&s->keep, hints->url);
    s->hints.content_type = sf_str_copy(&s->keep, hints->content_type);
    s->hints.captured = sf_str_copy(&s->keep, hints->captured);
}

sofar_status sf_source_from_bytes(sf_str bytes, const sofar_page *hints,
                                  const sofar_source_options *options, sofar_source **out,
                                  sofar_error *err) {
    jmp_buf escape;
    sofar_source *volatile s = new_source(options);
    if (!s)
        return out_of_memory(err, "a document in memory");
    set_escape(s, &escape);
    sofar_status status = SOFAR_OK;
    if (setjmp(escape)) {
        status = out_of_memory(err, "a document in memory");
    } else {
        if (hints)
            copy_hints(s, hints);
        s->path = s->hints.file.ptr  ? s->hints.file
                  : s->hints.url.ptr ? s->hints.url
                                     : SF_STR("a document in memory");
        s->first = sf_input_bytes(&s->file, s->memory, s->path,
                                  (sf_str){bytes.ptr ? bytes.ptr : "", bytes.len});
    }
    set_escape(s, NULL);
    if (status)
        sofar_source_close(s);
    else
        *out = s;
    return status;
}

/* ---- pages ---- */

static sofar_status start_file(sofar_source *s, sf_input *in, sofar_error *err) {
    sf_pages *p = SF_NEW(&s->file, sf_pages);
    *p = (sf_pages){.in = in,
                    .keep = &s->file,
                    .page = &s->page,
                    .name = in->name,
                    .hints = s->hints,
                    .limit = s->limit,
                    .skipped = &s->skipped,
                    .in_folder = s->folder || s->in_folder};
    sofar_status status = sf_pages_open(p, err);
    if (status == SOFAR_OK)
        s->pages = p;
    else
        close_file(s);
    return status;
}

/* Opens the next file there is. OK, DONE when there is none, or what was wrong with one. */
static sofar_status next_file(sofar_source *s, sofar_error *err) {
    if (!s->folder) {
        if (s->started)
            return SOFAR_DONE;
        s->started = true;
        return start_file(s, s->first, err);
    }
    for (;;) {
        sf_str path;
        sf_input *in;
        sofar_status status = sf_folder_next(s->folder, &s->skipped, &path, err);
        if (status == SOFAR_OK)
            status = sf_input_open(&s->file, s->memory, path.ptr, &in, err);
        else
            return status;
        if (status == SOFAR_OK)
            status = start_file(s, in, err);
        if (status != SOFAR_DONE) { /* DONE: a picture or a script among the pages */
            if (status)
                close_file(s);
            return status;
        }
    }
}

static sofar_status step(sofar_source *s, sofar_page *page, sofar_error *err) {
    for (;;) {
        if (!s->pages) {
            sofar_status status = next_file(s, err);
            if (status)
                return status;
        }
        sofar_status status = s->pages->next(s->pages, page, err);
        if (status != SOFAR_DONE)
            return status;
        close_file(s);
    }
}

sofar_status sofar_source_next(sofar_source *s, sofar_page *page, sofar_error *err) {
    jmp_buf escape;
    sofar_page found = SOFAR_PAGE_INIT;
    sofar_status status;
    set_escape(s, &escape);
    if (setjmp(escape)) {
        sf_str path = s->path;
        close_file(s);
        set_escape(s, NULL);
        s->started = true;
        return sf_fail(err, SOFAR_ERR_MEMORY,
                       "%.*s: out of memory; the rest of the file that was being read is left out",
                       SF_ARG(path));
    }
    sf_arena_clear(&s->page);
    status = step(s, &found, err);
    set_escape(s, NULL);
    if (status == SOFAR_DONE && s->folder && !s->answered)
        status = sf_fail(err, SOFAR_ERR_FORMAT,
                         "%.*s: no page in this folder; %llu other files were passed over",
                         SF_ARG(s->path), (unsigned long long)s->skipped);
    s->answered = true;
    if (status == SOFAR_OK)
        *page = found;
    return status;
}
