#include "show/manifest.h"

#include <stdio.h>
#include <stdlib.h>

#include "show/picture.h"
#include "show/plain.h"
#include "show/twins.h"

#define HEAD "sofar gallery 2\n"

static int by_asked(const void *a, const void *b) {
    return sf_str_compare(((const sf_record *)a)->asked, ((const sf_record *)b)->asked);
}

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

const sf_record *sf_manifest_find(const sf_manifest *m, sf_str asked) {
    sf_record key = {.asked = asked};
    return m->record_count
               ? bsearch(&key, m->records, m->record_count, sizeof *m->records, by_asked)
               : NULL;
}

bool sf_manifest_lists(const sf_manifest *m, sf_str file) {
    return m->file_count &&
           bsearch(&file, m->files, m->file_count, sizeof *m->files, by_bytes) != NULL;
}

/* ---- reading ---- */

/* A file of ours in the folder itself, never a path. */
static bool is_ours(sf_str name) {
    bool plain = name.len && name.ptr[0] != '.' && sf_str_find(name, SF_STR("/"), 0) == SIZE_MAX;
    if (sf_str_equal(name, SF_STR(SF_MANIFEST)) || sf_str_equal(name, SF_STR("sitemap.xml")))
        return true;
    for (size_t i = 0; i < sf_twin_count && plain; i++)
        if (sf_str_ends(name, sf_str_of(sf_twins[i].suffix)))
            return true;
    return sf_picture_is_name(name);
}

static sf_str take_field(sf_str *line) {
    size_t tab = sf_str_find(*line, SF_STR("\t"), 0);
    sf_str field = sf_str_sub(*line, 0, tab);
    *line = tab == SIZE_MAX ? SF_ABSENT : sf_str_sub(*line, tab + 1, line->len);
    return field;
}

static sf_str take_text(sf_str *line) {
    sf_str field = take_field(line);
    return field.len ? field : SF_ABSENT;
}

static uint64_t number(sf_str s, unsigned base) {
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        int digit = sf_hex_digit(s.ptr[i]);
        if (digit < 0 || (unsigned)digit >= base)
            return 0;
        n = n * base + (unsigned)digit;
    }
    return n;
}

static size_t take_count(sf_str *line) { return (size_t)number(take_field(line), 10); }

static sofar_subject_type type_of(sf_str word) {
    for (unsigned t = 0; t < SOFAR_OTHER; t++)
        if (sf_str_equal(word, sf_str_of(sf_subject_word((sofar_subject_type)t))))
            return (sofar_subject_type)t;
    return SOFAR_OTHER;
}

static sf_record read_record(sf_str line) {
    sf_record r = {.asked = take_field(&line)};
    r.entry.name = take_field(&line);
    r.entry.type = type_of(take_field(&line));
    r.entry.stem = take_field(&line);
    r.stamp = number(take_field(&line), 16);
    r.entry.also = take_text(&line);
    r.entry.says = take_text(&line);
    r.entry.step = take_text(&line);
    r.entry.pages = take_count(&line);
    r.entry.outlets = take_count(&line);
    r.entry.facts = take_count(&line);
    r.entry.quotes = take_count(&line);
    r.entry.first = take_text(&line);
    r.entry.last = take_text(&line);
    r.rebuilt = take_count(&line) != 0;
    r.before = take_text(&line);
    r.picture = take_text(&line);
    return r;
}

static sf_anchors read_anchors(sf_arena *arena, sf_str line) {
    sf_anchors out = {SF_ARRAY(arena, uint64_t, line.len / 17 + 2), 0};
    while (line.len) {
        uint64_t n = number(sf_str_take_word(&line), 16);
        bool more = !out.count || n > out.at[out.count - 1];
        if (more && out.count <= line.len / 17 + out.count)
            out.at[out.count++] = n;
    }
    return out;
}

typedef struct reading {
    sf_vec(sf_record) records;
    sf_vec(sf_str) files, names;
} reading;

static void read_line(sf_arena *arena, sf_str line, sf_manifest *out, reading *r) {
    sf_str what = take_field(&line);
    sf_record *last = r->records.count ? &r->records.at[r->records.count - 1] : NULL;
    if (sf_str_equal(what, SF_STR("set"))) {
        out->settings = number(line, 16);
    } else if (sf_str_equal(what, SF_STR("file"))) {
        if (is_ours(line))
            *SF_PUSH(arena, &r->files) = line;
    } else if (sf_str_equal(what, SF_STR("page"))) {
        *SF_PUSH(arena, &r->records) = read_record(line);
        r->names.at = NULL;
        r->names.count = r->names.room = 0;
    } else if (last && sf_str_equal(what, SF_STR("name"))) {
        *SF_PUSH(arena, &r->names) = line;
        last->names = r->names.at;
        last->name_count = r->names.count;
    } else if (last && sf_str_equal(what, SF_STR("all"))) {
        last->all = read_anchors(arena, line);
    } else if (last && sf_str_equal(what, SF_STR("new"))) {
        last->fresh = read_anchors(arena, line);
    }
}

bool sf_manifest_read(sf_arena *arena, sf_str text, sf_manifest *out) {
    reading r = {0};
    *out = (sf_manifest){0};
    if (!sf_str_starts(text, SF_STR(HEAD)))
        return false;
    for (size_t i = sizeof HEAD - 1; i < text.len;) {
        size_t end = sf_str_find(text, SF_STR("\n"), i);
        if (end == SIZE_MAX)
            end = text.len;
        read_line(arena, sf_str_sub(text, i, end), out, &r);
        i = end + 1;
    }
    *SF_PUSH(arena, &r.files) = SF_STR(SF_MANIFEST);
    qsort(r.files.at, r.files.count, sizeof *r.files.at, by_bytes);
    if (r.records.count)
        qsort(r.records.at, r.records.count, sizeof *r.records.at, by_asked);
    out->files = r.files.at;
    out->file_count = r.files.count;
    out->records = r.records.at;
    out->record_count = r.records.count;
    return true;
}

/* ---- writing ---- */

static void field(sf_buf *out, sf_str s) {
    sf_buf_char(out, '\t');
    sf_buf_add(out, sf_plain_line(out->arena, s)); /* no tab, no line break */
}

static void count(sf_buf *out, size_t n) { sf_buf_printf(out, "\t%zu", n); }

static void write_anchors(sf_buf *out, const char *what, sf_anchors a) {
    if (!a.count)
        return;
    sf_buf_printf(out, "%s\t", what);
    for (size_t i = 0; i < a.count; i++)
        sf_buf_printf(out, "%s%016llx", i ? " " : "", (unsigned long long)a.at[i]);
    sf_buf_char(out, '\n');
}

static void write_record(sf_buf *out, const sf_record *r) {
    const sf_entry *e = &r->entry;
    sf_buf_add(out, SF_STR("page"));
    field(out, r->asked);
    field(out, e->name);
    field(out, sf_str_of(sf_subject_word(e->type)));
    field(out, e->stem);
    sf_buf_printf(out, "\t%016llx", (unsigned long long)r->stamp);
    field(out, e->also);
    field(out, e->says);
    field(out, e->step);
    count(out, e->pages);
    count(out, e->outlets);
    count(out, e->facts);
    count(out, e->quotes);
    field(out, e->first);
    field(out, e->last);
    count(out, r->rebuilt);
    field(out, r->before);
    field(out, r->picture);
    sf_buf_char(out, '\n');
    for (size_t i = 0; i < r->name_count; i++) {
        sf_buf_add(out, SF_STR("name"));
        field(out, r->names[i]);
        sf_buf_char(out, '\n');
    }
    write_anchors(out, "all", r->all);
    write_anchors(out, "new", r->fresh);
}

void sf_manifest_write(sf_buf *out, const sf_manifest *m) {
    sf_buf_add(out, SF_STR(HEAD));
    sf_buf_printf(out, "set\t%016llx\n", (unsigned long long)m->settings);
    for (size_t i = 0; i < m->record_count; i++)
        write_record(out, &m->records[i]);
    for (size_t i = 0; i < m->file_count; i++)
        sf_buf_printf(out, "file\t%.*s\n", SF_ARG(m->files[i]));
}
