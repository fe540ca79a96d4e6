/* Which quotations of different pages are one: those of the same words by one speaker, whom pages
 * name in full, in part, or not at all. */
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

/* What pages that print the same words call the speaker: a name in part becomes the one in full,
 * and an absent one the only one, where there is only one. */
static void join_speakers(sf_arena *arena, sf_said *all, size_t count) {
    sf_str *names = SF_ARRAY(arena, sf_str, count), full[MOST_SPEAKERS];
    size_t known = 0, distinct = 0;
    for (size_t i = 0; i < count; i++)
        if (all[i].speaker.ptr)
            names[known++] = all[i].speaker;
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
        sf_str *key = &all[i].speaker;
        if (!key->ptr && people == 1)
            *key = full[0];
        for (size_t k = 0; k < distinct; k++)
            if (key->ptr && sf_str_equal(*key, names[k])) {
                *key = full[k];
                break;
            }
    }
}

static int by_words(const void *a, const void *b) {
    const sf_said *x = a, *y = b;
    int order = sf_str_compare(x->words, y->words);
    return order ? order : sf_story_compare(x->number, y->number);
}

static int by_speaker(const void *a, const void *b) {
    const sf_said *x = a, *y = b;
    int order = sf_str_compare(x->speaker, y->speaker);
    return order ? order : sf_story_compare(x->number, y->number);
}

sf_str sf_story_said_words(sf_arena *arena, sf_str text) {
    sf_str words = sf_text_fold_words(arena, text);
    return words.len ? words : text; /* only marks: equal only to itself */
}

void sf_story_join_said(sf_arena *arena, sf_said *all, size_t count,
                        void (*tell)(void *ctx, const sf_said *group, size_t count), void *ctx) {
    if (count)
        qsort(all, count, sizeof *all, by_words);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && sf_str_equal(all[end].words, all[i].words);)
            end++;
        join_speakers(arena, all + i, end - i);
        qsort(all + i, end - i, sizeof *all, by_speaker);
        for (size_t k = i, stop; k < end; k = stop) {
            for (stop = k + 1; stop < end && sf_str_equal(all[stop].speaker, all[k].speaker);)
                stop++;
            tell(ctx, all + k, stop - k);
        }
    }
}

bool sf_story_said_by(const sf_view *view, const sofar_quote *q) {
    if (q->speaker != SOFAR_NOBODY)
        return view->is_subject[q->speaker];
    for (size_t i = 0; i < view->mentions.count; i++)
        if (view->mentions.at[i].begin == q->speaker_span.begin &&
            view->mentions.at[i].end == q->speaker_span.end)
            return true;
    return false;
}

bool sf_story_is_fuller(sf_str a, sf_str b) {
    return a.ptr && (a.len > b.len || (a.len == b.len && sf_str_compare(a, b) < 0));
}
