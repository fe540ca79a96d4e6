/* Which label is which entity of Wikidata: a file that the editor keeps, since two things of one
 * name are nobody's to guess. */
#include <stdlib.h>

#include "show/export.h"

/* Case and white space aside. */
static sf_str words_of(sf_arena *arena, sf_str label) {
    sf_str line = sf_str_fold_space(arena, label);
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < line.len; i++)
        sf_buf_char(&out, sf_lower(line.ptr[i]));
    return sf_buf_str(&out);
}

static int by_words(const void *a, const void *b) {
    return sf_str_compare(((const sf_label *)a)->words, ((const sf_label *)b)->words);
}

static bool is_entity(sf_str s) {
    if (sf_str_equal(s, SF_STR("new")))
        return true;
    if (s.len < 2 || s.len > 20 || s.ptr[0] != 'Q' || s.ptr[1] == '0')
        return false;
    for (size_t i = 1; i < s.len; i++)
        if (!sf_is_digit(s.ptr[i]))
            return false;
    return true;
}

sofar_status sf_labels_read(sf_arena *arena, const char *name, sf_str text, sf_labels *out,
                            sofar_error *err) {
    sf_vec(sf_label) all = {0};
    for (size_t at = 0, end, number = 1; at < text.len; at = end + 1, number++) {
        end = sf_str_find(text, SF_STR("\n"), at);
        end = end == SIZE_MAX ? text.len : end;
        sf_str line = sf_str_trim(sf_str_sub(text, at, end));
        if (!line.len || line.ptr[0] == '#')
            continue;
        size_t tab = sf_str_find(line, SF_STR("\t"), 0);
        sf_str entity =
            tab == SIZE_MAX ? SF_ABSENT : sf_str_trim(sf_str_sub(line, tab + 1, line.len));
        if (!is_entity(entity))
            return sf_fail_at(err, SOFAR_ERR_FORMAT, at,
                              "%s:%zu: a line is a label, a tab, and Q with its number or `new`",
                              name, number);
        *SF_PUSH(arena, &all) = (sf_label){words_of(arena, sf_str_sub(line, 0, tab)), entity};
    }
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_words);
    for (size_t i = 1; i < all.count; i++)
        if (sf_str_equal(all.at[i].words, all.at[i - 1].words) &&
            !sf_str_equal(all.at[i].entity, all.at[i - 1].entity))
            return sf_fail(err, SOFAR_ERR_FORMAT, "%s: '%.*s' is two entities, %.*s and %.*s", name,
                           SF_ARG(all.at[i].words), SF_ARG(all.at[i - 1].entity),
                           SF_ARG(all.at[i].entity));
    *out = (sf_labels){all.at, all.count};
    return SOFAR_OK;
}

sf_str sf_labels_find(sf_arena *arena, const sf_labels *labels, sf_str label) {
    sf_label key = {.words = words_of(arena, label)};
    const sf_label *found = labels && labels->count
                                ? bsearch(&key, labels->at, labels->count, sizeof key, by_words)
                                : NULL;
    return found ? found->entity : SF_ABSENT;
}
