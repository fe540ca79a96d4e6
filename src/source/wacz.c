/* WACZ: a zip of web archives. Every archive/NAME.warc and .warc.gz in it is read as a WARC file
 * that is called path/archive/NAME. The zip is unpacked as a stream, by libarchive. */
#include <archive.h>
#include <archive_entry.h>

#include "source/kinds.h"

typedef struct wacz {
    struct archive *zip;
    sf_arena entry; /* until the archive that is being read is done */
    sf_pages warc;  /* inside it; next is NULL between two */
    size_t found;
    bool ended;
} wacz;

static void release(void *what) {
    wacz *w = what;
    sf_arena_clear(&w->entry);
    archive_read_free(w->zip);
    w->zip = NULL;
}

/* ---- libarchive reads from our input ---- */

static la_ssize_t read_zip(struct archive *zip, void *context, const void **bytes) {
    sf_input *in = context;
    sf_str s = sf_input_peek(in, 1);
    if (in->bad && s.len == 0) {
        archive_set_error(zip, -1, "%s", in->err.msg);
        return ARCHIVE_FATAL;
    }
    *bytes = s.ptr;
    sf_input_skip(in, s.len); /* the bytes stay in the window until the next peek */
    return (la_ssize_t)s.len;
}

static la_int64_t seek_zip(struct archive *zip, void *context, la_int64_t offset, int whence) {
    sf_input *in = context;
    la_int64_t from = whence == SEEK_CUR   ? (la_int64_t)sf_input_offset(in)
                      : whence == SEEK_END ? (la_int64_t)in->size_hint
                                           : 0;
    (void)zip;
    if (offset < -from || !in->seek(in, (uint64_t)(from + offset)))
        return ARCHIVE_FATAL;
    return from + offset;
}

static sofar_status zip_failed(sf_pages *pages, wacz *w, sofar_error *err) {
    const char *why = archive_error_string(w->zip);
    w->ended = true;
    return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)sf_input_offset(pages->in),
                      "%.*s: the zip cannot be read on: %s; get the file again",
                      SF_ARG(pages->name), why ? why : "damaged");
}

/* ---- one archive in it ---- */

static ptrdiff_t pull_entry(sf_input *in, char *into, size_t room) {
    wacz *w = in->own;
    la_ssize_t n = archive_read_data(w->zip, into, room);
    if (n >= 0)
        return n;
    const char *why = archive_error_string(w->zip);
    in->ended = true;
    in->bad = sf_fail_at(&in->err, SOFAR_ERR_FORMAT, (size_t)(in->base + in->end),
                         "%.*s: damaged in the zip at byte %llu: %s; get the file again",
                         SF_ARG(in->name), (unsigned long long)(in->base + in->end),
                         why ? why : "unknown");
    return -1;
}

static bool is_archive(sf_str name) {
    return (sf_str_starts(name, SF_STR("archive/")) ||
            sf_str_find(name, SF_STR("/archive/"), 0) != SIZE_MAX) &&
           (sf_str_ends(name, SF_STR(".warc")) || sf_str_ends(name, SF_STR(".warc.gz")));
}

static void open_warc(sf_pages *pages, wacz *w, sf_str name) {
    sf_input *in =
        sf_input_new(&w->entry, pages->in->memory,
                     sf_str_format(&w->entry, "%.*s/%.*s", SF_ARG(pages->name), SF_ARG(name)));
    in->pull = pull_entry;
    in->own = w;
    w->warc = (sf_pages){.in = in,
                         .keep = &w->entry,
                         .page = pages->page,
                         .name = in->name,
                         .limit = pages->limit,
                         .skipped = pages->skipped};
    if (sf_str_starts(sf_input_peek(in, 2), SF_STR("\x1f\x8b")))
        w->warc.in = sf_input_gunzip(&w->entry, in);
    sf_warc_open(&w->warc);
    w->found++;
}

/* Goes to the next archive. OK, DONE, or what is wrong with the zip. */
static sofar_status next_archive(sf_pages *pages, wacz *w, sofar_error *err) {
    struct archive_entry *entry;
    for (;;) {
        int result = archive_read_next_header(w->zip, &entry);
        if (result == ARCHIVE_EOF) {
            w->ended = true;
            if (w->found || pages->in_folder)
                return SOFAR_DONE;
            return sf_fail(err, SOFAR_ERR_FORMAT,
                           "%.*s: a zip without archive/NAME.warc in it, so no WACZ; unpack it and "
                           "name the files or their folder",
                           SF_ARG(pages->name));
        }
        if (result < ARCHIVE_WARN)
            return zip_failed(pages, w, err);
        const char *path = archive_entry_pathname(entry);
        if (path && is_archive(sf_str_of(path))) {
            open_warc(pages, w, sf_str_of(path));
            return SOFAR_OK;
        }
    }
}

static sofar_status next_wacz(sf_pages *pages, sofar_page *page, sofar_error *err) {
    wacz *w = pages->own;
    w->entry.escape = pages->keep->escape;
    while (!w->ended) {
        if (!w->warc.next) {
            sofar_status status = next_archive(pages, w, err);
            if (status)
                return status;
        }
        sofar_status status = w->warc.next(&w->warc, page, err);
        if (status != SOFAR_DONE)
            return status;
        sf_arena_clear(&w->entry);
        w->warc.next = NULL;
    }
    return SOFAR_DONE;
}

sofar_status sf_wacz_open(sf_pages *pages, sofar_error *err) {
    wacz *w = SF_NEW(pages->keep, wacz);
    sf_arena_init(&w->entry, pages->keep->memory, pages->keep->escape);
    w->zip = archive_read_new();
    if (!w->zip)
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(pages->name));
    sf_defer(pages->keep, release, w);
    archive_read_support_format_zip(w->zip);
    archive_read_set_read_callback(w->zip, read_zip);
    if (pages->in->seek)
        archive_read_set_seek_callback(w->zip, seek_zip);
    archive_read_set_callback_data(w->zip, pages->in);
    if (archive_read_open1(w->zip) != ARCHIVE_OK)
        return zip_failed(pages, w, err);
    pages->own = w;
    pages->next = next_wacz;
    return SOFAR_OK;
}
