/* Ids of facts, to name one in a note, a link or `sofar cite`: "Low_Tide/3f9a12c4ab", the subject
 * and a hash of what makes the fact another one: its type and the roles that each of its type has.
 * Roles that may be absent and days are left out, since later pages fill and refine them. Where
 * several facts share the rest (a part in two characters, a second release) the one first said has
 * the plain hash; in those of the others is all that tells them apart. */
#include <stdlib.h>

#include "story/inner.h"

enum { DIGITS = 10 };

/* ---- the subject's part ---- */

static bool stays(unsigned char c) {
    return c >= 0x80 || sf_is_alpha((char)c) || sf_is_digit((char)c) || c == '-' || c == '.';
}

sf_str sf_story_key(sf_arena *arena, sf_str name) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c == ' ')
            sf_buf_char(&out, '_');
        else if (stays(c))
            sf_buf_char(&out, (char)c);
        else
            sf_buf_printf(&out, "%%%02X", c);
    }
    return sf_buf_str(&out);
}

sf_str sf_story_key_name(sf_arena *arena, sf_str id) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < id.len && id.ptr[i] != '/'; i++) {
        char c = id.ptr[i];
        int high = i + 2 < id.len ? sf_hex_digit(id.ptr[i + 1]) : -1;
        int low = high < 0 ? -1 : sf_hex_digit(id.ptr[i + 2]);
        if (c == '%' && low >= 0) {
            sf_buf_char(&out, (char)(high * 16 + low));
            i += 2;
        } else {
            sf_buf_char(&out, c == '_' ? ' ' : c);
        }
    }
    return sf_buf_str(&out);
}

/* ---- the fact's part ---- */

typedef struct keyed {
    sf_str base; /* type and the roles that it must have */
    size_t fact;
} keyed;

static void add_role(sf_buf *out, sf_str name, sf_str value) {
    sf_buf_add(out, name);
    sf_buf_char(out, '=');
    sf_buf_add(out, sf_text_fold_name(out->arena, value));
    sf_buf_char(out, '\n');
}

static bool is_essential(const sf_kind *kind, sf_str role) {
    size_t r = kind ? sf_kind_role(kind, role) : SIZE_MAX;
    return r == SIZE_MAX || !kind->optional[r];
}

/* Who and whom of what is mutual stand in one order, whoever was asked for. */
static bool is_turned(sf_arena *arena, const sf_kind *kind, const sf_told_fact *f) {
    return kind && kind->mutual && f->role_count > 1 &&
           sf_str_compare(sf_text_fold_name(arena, f->roles[0].value),
                          sf_text_fold_name(arena, f->roles[1].value)) > 0;
}

static sf_str base_of(sf_arena *arena, const sf_kind *kind, const sf_told_fact *f) {
    sf_buf out = sf_buf_new(arena);
    bool turned = is_turned(arena, kind, f);
    sf_buf_add(&out, f->type);
    sf_buf_char(&out, '\n');
    for (size_t i = 0; i < f->role_count; i++) {
        size_t of = turned && i < 2 ? 1 - i : i;
        if (is_essential(kind, f->roles[i].name))
            add_role(&out, f->roles[i].name, f->roles[of].value);
    }
    return sf_buf_str(&out);
}

/* All that parts it from others of its base. */
static sf_str whole_of(sf_arena *arena, const keyed *k, const sf_told_fact *f) {
    sf_buf out = sf_buf_new(arena);
    sf_buf_add(&out, k->base);
    for (size_t i = 0; i < f->role_count; i++)
        add_role(&out, f->roles[i].name, f->roles[i].value);
    add_role(&out, SF_STR("when"), f->when);
    return sf_buf_str(&out);
}

static sf_str id_of(sf_arena *arena, sf_str subject, sf_str what, size_t again) {
    char hash[65];
    if (again) /* nothing tells it from one said before */
        what = sf_str_format(arena, "%.*s%zu", SF_ARG(what), again);
    sf_sha256_hex(what, hash);
    return sf_str_format(arena, "%.*s/%.*s", SF_ARG(subject), DIGITS, hash);
}

static int by_base(const void *a, const void *b) {
    const keyed *x = a, *y = b;
    int order = sf_str_compare(x->base, y->base);
    return order ? order : sf_story_compare(x->fact, y->fact);
}

static size_t times_before(const sf_str *wholes, size_t count, sf_str whole) {
    size_t times = 0;
    for (size_t i = 0; i < count; i++)
        times += sf_str_equal(wholes[i], whole);
    return times;
}

/* Facts of one base. Those beyond MOST_ALIKE, which only a page written to annoy has, are told
 * apart by their place alone. */
static void name_group(sf_arena *arena, sf_str subject, const keyed *group, size_t count,
                       sf_dossier *d) {
    enum { MOST_ALIKE = 256 };
    sf_str wholes[MOST_ALIKE];
    for (size_t i = 0; i < count; i++) {
        sf_told_fact *f = &d->facts[group[i].fact];
        sf_str what = i ? whole_of(arena, &group[i], f) : group[i].base;
        size_t again = i < MOST_ALIKE ? times_before(wholes, i, what) : i;
        if (i < MOST_ALIKE)
            wholes[i] = what;
        f->id = id_of(arena, subject, what, again);
    }
}

void sf_story_identify(sf_arena *arena, const sf_lore *lore, sf_dossier *d) {
    keyed *all = SF_ARRAY(arena, keyed, d->fact_count);
    sf_str subject = sf_story_key(arena, d->name);
    for (size_t i = 0; i < d->fact_count; i++)
        all[i] = (keyed){base_of(arena, sf_lore_kind(lore, d->facts[i].type), &d->facts[i]), i};
    if (d->fact_count)
        qsort(all, d->fact_count, sizeof *all, by_base);
    for (size_t i = 0, end; i < d->fact_count; i = end) {
        for (end = i + 1; end < d->fact_count && sf_str_equal(all[end].base, all[i].base);)
            end++;
        name_group(arena, subject, all + i, end - i, d);
    }
}
