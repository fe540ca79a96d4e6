/* File names for subjects: "Élodie & the Low Tide!" gives "elodie-and-the-low-tide". Only a-z, 0-9
 * and single dashes come out, at most SLUG bytes, so no name can leave its folder or hide. */
#include "show/slug.h"

#include <stdlib.h>
#include <utf8proc.h>

enum { SLUG = 60, MARK = 10 };

typedef struct slug {
    char bytes[SLUG];
    size_t len;
    bool gap;   /* a dash is due */
    bool lossy; /* letters of the name could not be kept */
} slug;

static void put(slug *s, sf_str piece) {
    bool dash = s->gap && s->len > 0;
    if (s->len + dash + piece.len > SLUG) {
        s->lossy = true;
        return;
    }
    if (dash)
        s->bytes[s->len++] = '-';
    memcpy(s->bytes + s->len, piece.ptr, piece.len);
    s->len += piece.len;
    s->gap = false;
}

/* One code point without marks and in lower case. */
static void put_code(slug *s, uint32_t code) {
    if (code == '\'' || code == 0x2019)
        return;
    if (code < 0x80) {
        char c = (char)code;
        if (sf_is_digit(c) || (c >= 'a' && c <= 'z'))
            put(s, (sf_str){&c, 1});
        else
            s->gap = true;
        return;
    }
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)code);
    bool aside = (kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_PO) ||
                 (kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_ZP);
    s->lossy |= !aside;
    s->gap = true;
}

static slug slug_of(sf_str name) {
    slug s = {.len = 0};
    utf8proc_int32_t parts[32];
    size_t bytes;
    for (size_t i = 0; i < name.len && s.len < SLUG; i += bytes) {
        int bound = 0;
        uint32_t code = sf_utf8_at(name, i, &bytes);
        if (code == '&') {
            s.gap = true;
            put(&s, SF_STR("and"));
            s.gap = true;
            continue;
        }
        utf8proc_ssize_t n = utf8proc_decompose_char(
            (utf8proc_int32_t)code, parts, (utf8proc_ssize_t)SF_LEN(parts),
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD, &bound);
        s.lossy |= n < 0 || n > (utf8proc_ssize_t)SF_LEN(parts);
        for (utf8proc_ssize_t k = 0; k < n && k < (utf8proc_ssize_t)SF_LEN(parts); k++)
            put_code(&s, (uint32_t)parts[k]);
        s.lossy |= s.len == SLUG;
    }
    return s;
}

/* Names that mean something else: to a web server, or as a device to some file systems. */
static bool is_taken(sf_str s) {
    static const char *const names[] = {"index", "con", "prn", "aux", "nul", "sitemap", "images"};
    for (size_t i = 0; i < SF_LEN(names); i++)
        if (sf_str_equal(s, sf_str_of(names[i])))
            return true;
    return s.len == 4 && (sf_str_starts(s, SF_STR("com")) || sf_str_starts(s, SF_STR("lpt"))) &&
           sf_is_digit(s.ptr[3]);
}

/* Ends like a name that marked() made, which no other may. */
static bool looks_marked(sf_str s) {
    if (s.len < MARK || (s.len > MARK && s.ptr[s.len - MARK - 1] != '-'))
        return false;
    for (size_t i = s.len - MARK; i < s.len; i++)
        if (!sf_is_digit(s.ptr[i]) && !(s.ptr[i] >= 'a' && s.ptr[i] <= 'f'))
            return false;
    return true;
}

typedef struct entry {
    sf_str slug;
    size_t index;
} entry;

static int by_slug(const void *a, const void *b) {
    return sf_str_compare(((const entry *)a)->slug, ((const entry *)b)->slug);
}

/* The same name and type gives the same mark in every gallery. */
static sf_str marked(sf_arena *arena, sf_str s, const sf_entry *of) {
    char hex[65];
    sf_buf key = sf_buf_new(arena);
    sf_buf_add(&key, sf_str_of(sf_subject_word(of->type)));
    sf_buf_char(&key, '\n');
    sf_buf_add(&key, of->name);
    sf_sha256_hex(sf_buf_str(&key), hex);
    return sf_str_format(arena, "%.*s%s%.*s", SF_ARG(s), s.len ? "-" : "", MARK, hex);
}

void sf_shelf_name(sf_arena *arena, sf_entry *entries, size_t count) {
    entry *all = SF_ARRAY(arena, entry, count);
    for (size_t i = 0; i < count; i++) {
        slug from = slug_of(entries[i].name);
        sf_str s = sf_str_copy(arena, (sf_str){from.bytes, from.len});
        if (from.lossy || s.len == 0 || is_taken(s) || looks_marked(s))
            s = marked(arena, s, &entries[i]);
        all[i] = (entry){s, i};
    }
    if (count)
        qsort(all, count, sizeof *all, by_slug);
    for (size_t i = 0; i < count; i++) {
        bool twin = (i > 0 && sf_str_equal(all[i].slug, all[i - 1].slug)) ||
                    (i + 1 < count && sf_str_equal(all[i].slug, all[i + 1].slug));
        sf_entry *e = &entries[all[i].index];
        e->stem = twin ? marked(arena, all[i].slug, e) : all[i].slug;
    }
}
