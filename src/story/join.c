/* Who said it: names of one speaker on several pages that print the same words. */
#include <stdlib.h>

#include "story/inner.h"

enum { MOST_SPEAKERS = 64 }; /* more for the same words is nothing that people say */

static int longest_first(const void *a, const void *b) {
    const sf_str *x = a, *y = b;
    int order = sf_story_compare(y->len, x->len);
    return order ? order : sf_str_compare(*x, *y);
}

/* "ruiz" is the end of "ana ruiz" */
static bool is_surname_of(sf_str part, sf_str whole) {
    return whole.len > part.len && sf_str_ends(whole, part) &&
           whole.ptr[whole.len - part.len - 1] == ' ';
}

/* A speaker named in part is the one in full, if there is only one; where a page does not say, the
 * only one that others name. names: distinct, longest first; full[i]: what names[i] stands for. */
static size_t join_names(const sf_str *names, size_t count, sf_str *full) {
    size_t people = 0;
    for (size_t i = 0; i < count; i++) {
        size_t matches = 0;
        full[i] = names[i];
        for (size_t k = 0; k < i; k++)
            if (sf_str_equal(full[k], names[k]) && is_surname_of(names[i], names[k])) {
                matches++;
                full[i] = names[k];
            }
        if (matches != 1) {
            full[i] = names[i];
            people++;
        }
    }
    return people;
}

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

static sf_str *key_at(sf_str *first, size_t stride, size_t i) {
    return (sf_str *)(void *)((char *)first + i * stride);
}

void sf_story_join_names(sf_arena *arena, sf_str *first, size_t count, size_t stride) {
    sf_str *names = SF_ARRAY(arena, sf_str, count), full[MOST_SPEAKERS];
    size_t known = 0, distinct = 0;
    for (size_t i = 0; i < count; i++)
        if (key_at(first, stride, i)->ptr)
            names[known++] = *key_at(first, stride, i);
    if (known)
        qsort(names, known, sizeof *names, by_bytes);
    for (size_t i = 0; i < known; i++)
        if (distinct == 0 || !sf_str_equal(names[distinct - 1], names[i]))
            names[distinct++] = names[i];
    if (distinct == 0 || distinct > MOST_SPEAKERS)
        return;
    qsort(names, distinct, sizeof *names, longest_first);
    size_t people = join_names(names, distinct, full);
    for (size_t i = 0; i < count; i++) {
        sf_str *key = key_at(first, stride, i);
        if (!key->ptr && people == 1)
            *key = full[0];
        for (size_t k = 0; k < distinct; k++)
            if (key->ptr && sf_str_equal(*key, names[k])) {
                *key = full[k];
                break;
            }
    }
}
