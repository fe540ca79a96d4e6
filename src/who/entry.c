/* Entries and tables of them: what join.c, short.c and alias.c stand on. */
#include <stdlib.h>

#include <utf8proc.h>

#include "who/entry.h"

#include "who/same.inc"

_Static_assert((int)SAME_GIVEN_SAME == SF_SAME_GIVEN && (int)SAME_PLACE_SAME == SF_SAME_PLACE,
               "the sections of same.txt and the enum of entry.h are in one order");

/* The last word that is no "Jr". */
sf_str sf_entry_last(const sf_joiner *j, uint32_t e) {
    const sf_spot *s = sf_entry_spot(j, e);
    uint32_t i = s->last;
    for (uint32_t of = s->first + 2; of < s->last; of++) /* "Patrick Hale of Penhale" */
        if (sf_str_equal(sf_word_of(j->text, of), SF_STR("of")))
            i = of - 1;
    while (i > s->first &&
           (j->who->is[i] & SF_NAME_SUFFIX || j->text->words[i].kind != SF_WORD_ALPHA))
        i--;
    return sf_spot_word(j->who, s, i);
}

sf_str sf_join_squeezed(sf_joiner *j, sf_str name) {
    sf_buf out = sf_buf_new(j->arena);
    size_t bytes;
    for (size_t i = 0; i < name.len; i += bytes) {
        utf8proc_int32_t parts[8];
        uint32_t code = sf_utf8_at(name, i, &bytes);
        utf8proc_ssize_t n = utf8proc_decompose_char(
            (utf8proc_int32_t)code, parts, SF_LEN(parts),
            UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, NULL);
        for (utf8proc_ssize_t k = 0; k < n && k < (utf8proc_ssize_t)SF_LEN(parts); k++) {
            char put[4];
            bool word =
                parts[k] >= 0x80 || sf_is_alpha((char)parts[k]) || sf_is_digit((char)parts[k]);
            if (word)
                sf_buf_add(&out, (sf_str){put, sf_utf8_put((uint32_t)parts[k], put)});
        }
    }
    return sf_buf_str(&out);
}

uint32_t sf_entry_full(const sf_joiner *j, uint32_t e) {
    for (int steps = 0; steps < 4 && j->entries[e].full != e; steps++)
        e = j->entries[e].full;
    return e;
}

sf_str sf_join_same(sf_joiner *j, sf_str name, unsigned section) {
    unsigned flags = sf_known_flags(same_words, SF_LEN(same_words), name);
    return flags & section ? sf_str_format(j->arena, "=%u", flags >> 8) : SF_STR("");
}

void sf_entry_set_full(sf_joiner *j, uint32_t e, uint32_t full, const char *why) {
    uint32_t root = full == SF_NONE ? SF_NONE : sf_entry_full(j, full);
    if (root == SF_NONE || root == e)
        return;
    j->entries[e].full = full;
    j->entries[e].why = why;
    j->entries[root].mentions += j->entries[e].mentions;
    j->entries[root].leads = j->entries[root].leads || j->entries[e].leads;
}

/* ---- tables ---- */

static int by_key(const void *a, const void *b) {
    const sf_keyed *x = a, *y = b;
    int order = sf_str_compare(x->key, y->key);
    return order ? order : (x->value > y->value) - (x->value < y->value);
}

void sf_table_add(sf_joiner *j, sf_table *x, sf_str key, uint32_t value) {
    *SF_PUSH(j->arena, x) = (sf_keyed){key, value};
}

void sf_table_sort(sf_table *x) {
    size_t left = 0;
    if (x->count)
        qsort(x->at, x->count, sizeof *x->at, by_key);
    for (size_t i = 0; i < x->count; i++)
        if (left == 0 || by_key(&x->at[left - 1], &x->at[i]) != 0)
            x->at[left++] = x->at[i];
    x->count = left;
}

/* The first key that is not less. */
static size_t find_key(const sf_table *x, sf_str key) {
    size_t low = 0, high = x->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sf_str_compare(x->at[mid].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool has_at(const sf_table *x, size_t i, sf_str key) {
    return i < x->count && sf_str_equal(x->at[i].key, key);
}

bool sf_table_has(const sf_table *x, sf_str key) { return has_at(x, find_key(x, key), key); }

uint32_t sf_table_only(const sf_table *x, sf_str key) {
    size_t low = find_key(x, key);
    return has_at(x, low, key) && !has_at(x, low + 1, key) ? x->at[low].value : SF_NONE;
}

uint32_t sf_table_main(const sf_joiner *j, const sf_table *x, sf_str key) {
    uint32_t best = SF_NONE, lead = SF_NONE, leading = 0, next = 0;
    for (size_t i = find_key(x, key); has_at(x, i, key); i++) {
        uint32_t e = x->at[i].value, count = j->entries[e].mentions;
        if (j->entries[e].leads)
            leading++, lead = e;
        if (best == SF_NONE || count > j->entries[best].mentions) {
            next = best == SF_NONE ? 0 : j->entries[best].mentions;
            best = e;
        } else if (count > next) {
            next = count;
        }
    }
    if (leading == 1)
        return lead;
    return best != SF_NONE && j->entries[best].mentions >= 2 * next ? best : SF_NONE;
}
