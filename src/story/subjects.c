/* Whom and what there is to tell of. */
#include <stdlib.h>

#include "story/decision.h"
#include "story/inner.h"

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

/* Absent for a name of one word. */
static sf_str last_word(sf_str name) {
    for (size_t i = name.len; i > 0; i--)
        if (name.ptr[i - 1] == ' ')
            return sf_str_sub(name, i, name.len);
    return SF_ABSENT;
}

/* Drops surnames of people who are named in full: alone, they are no other subjects. */
static size_t without_surnames(sf_arena *arena, sf_told *told, size_t count) {
    sf_str *surnames = SF_ARRAY(arena, sf_str, count);
    size_t known = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (told[i].type == SOFAR_PERSON && last_word(told[i].name).len)
            surnames[known++] = last_word(told[i].name);
    if (known)
        qsort(surnames, known, sizeof *surnames, by_bytes);
    for (size_t i = 0; i < count; i++)
        if (told[i].type != SOFAR_PERSON || !known ||
            !bsearch(&told[i].name, surnames, known, sizeof *surnames, by_bytes))
            told[kept++] = told[i];
    return kept;
}

size_t sf_story_subjects_of(sf_arena *arena, sf_told *rows, size_t count) {
    return without_surnames(arena, rows, sf_store_join_told(rows, count));
}

static bool is_among(const sf_told *told, size_t count, sf_str name) {
    for (size_t i = 0; i < count; i++)
        if (sf_str_equal(told[i].name, name))
            return true;
    return false;
}

/* Those that reviewers joined to another one or renamed go by the other name, once. */
static size_t as_decided(sf_arena *arena, const sf_decisions *decisions, sf_told *told,
                         size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        sf_str name = sf_decisions_name(arena, decisions, told[i].name);
        bool moved = !sf_str_equal(name, told[i].name);
        if (moved && (is_among(told, kept, name) || is_among(told + i, count - i, name)))
            continue;
        told[kept] = told[i];
        told[kept++].name = name;
    }
    return kept;
}

sofar_status sf_story_subjects(sf_store *store, sf_arena *arena, sf_told **out, size_t *count,
                               sofar_error *err) {
    jmp_buf here, *outer = arena->escape;
    sofar_status status;
    sf_decisions decisions;
    arena->escape = &here;
    if (setjmp(here) == 0) {
        status = sf_store_told(store, arena, out, count, err);
        if (!status)
            status = sf_decisions_load(store, arena, &decisions, err);
        if (!status)
            *count = as_decided(arena, &decisions, *out, without_surnames(arena, *out, *count));
    } else {
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while listing the subjects");
    }
    arena->escape = outer;
    return status;
}
