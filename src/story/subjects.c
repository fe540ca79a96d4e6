/* Whom and what the store's pages tell of: the subjects that have a part in a fact or that speak.
 * One pass over all pages; what is kept is each name once. */
#include <stdlib.h>

#include "story/inner.h"

typedef struct listed {
    sf_str words, name;
    size_t count; /* subjects of pages that are written so */
} listed;

typedef struct listing {
    sf_arena *arena;
    sf_vec(listed) all;
    uint32_t *table; /* by hash of the name: its place in all, plus one */
    size_t room;
} listing;

static uint32_t *slot(const listing *l, sf_str name) {
    size_t at = sf_str_hash(name) & (l->room - 1);
    while (l->table[at] && !sf_str_equal(l->all.at[l->table[at] - 1].name, name))
        at = (at + 1) & (l->room - 1);
    return &l->table[at];
}

static void grow(listing *l) {
    l->room = l->room ? 2 * l->room : 1024;
    l->table = SF_ARRAY(l->arena, uint32_t, l->room);
    for (size_t i = 0; i < l->all.count; i++)
        *slot(l, l->all.at[i].name) = (uint32_t)i + 1;
}

static void take(listing *l, sf_str name) {
    if (2 * l->all.count >= l->room)
        grow(l);
    uint32_t *at = slot(l, name);
    if (!*at) {
        sf_str copy = sf_str_copy(l->arena, name);
        *SF_PUSH(l->arena, &l->all) = (listed){sf_text_fold_name(l->arena, copy), copy, 0};
        *at = (uint32_t)l->all.count;
    }
    l->all.at[*at - 1].count++;
}

static void visit(void *ctx, const sf_capture *c) {
    listing *l = ctx;
    for (size_t i = 0; i < c->fact_count; i++)
        for (size_t r = 0; r < c->facts[i].role_count; r++)
            if (c->facts[i].roles[r].subject != SOFAR_NOBODY)
                take(l, c->subjects[c->facts[i].roles[r].subject].name);
    for (size_t i = 0; i < c->quote_count; i++)
        if (c->quotes[i].speaker != SOFAR_NOBODY)
            take(l, c->subjects[c->quotes[i].speaker].name);
}

/* Of one name's spellings the most frequent first. */
static int by_words(const void *a, const void *b) {
    const listed *x = a, *y = b;
    int order = sf_str_compare(x->words, y->words);
    if (!order)
        order = sf_story_compare(y->count, x->count);
    return order ? order : sf_str_compare(x->name, y->name);
}

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

static sf_str last_word(sf_str words) {
    size_t at = words.len;
    while (at && words.ptr[at - 1] != ' ')
        at--;
    return sf_str_sub(words, at, words.len);
}

/* One word that ends a name in full is a surname that some page leaves alone: whose it is, the
 * dossiers of the names in full know. */
static bool is_surname(const sf_str *ends, size_t count, sf_str words) {
    return count && bsearch(&words, ends, count, sizeof *ends, by_bytes) &&
           last_word(words).len == words.len;
}

static void finish(listing *l, sf_str **out, size_t *count) {
    sf_str *ends = SF_ARRAY(l->arena, sf_str, l->all.count);
    size_t end_count = 0;
    *out = SF_ARRAY(l->arena, sf_str, l->all.count);
    *count = 0;
    if (l->all.count)
        qsort(l->all.at, l->all.count, sizeof *l->all.at, by_words);
    for (size_t i = 0; i < l->all.count; i++)
        if (last_word(l->all.at[i].words).len < l->all.at[i].words.len)
            ends[end_count++] = last_word(l->all.at[i].words);
    if (end_count)
        qsort(ends, end_count, sizeof *ends, by_bytes);
    for (size_t i = 0; i < l->all.count; i++) {
        const listed *x = &l->all.at[i];
        bool again = i && sf_str_equal(x->words, x[-1].words);
        if (x->words.len && !again && !is_surname(ends, end_count, x->words))
            (*out)[(*count)++] = x->name;
    }
}

sofar_status sf_story_subjects(sf_store *store, sf_arena *arena, sf_str **out, size_t *count,
                               sofar_error *err) {
    listing l = {.arena = arena};
    jmp_buf here, *outer = arena->escape;
    sofar_status status;
    arena->escape = &here;
    if (setjmp(here) == 0) {
        status = sf_store_each(store, arena, SF_ABSENT, visit, &l, err);
        if (!status)
            finish(&l, out, count);
    } else {
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while listing the subjects");
    }
    arena->escape = outer;
    return status;
}
