/* Part of a name is the one in full where both have a credit in common, and nobody else of such a
 * name has it. */
#include <stdlib.h>

#include "story/same.h"

enum { MOST_SHARING = 64 }; /* names that have one credit in common; beyond, it says nothing */

typedef struct credit { /* node plays the role in a fact of a type with somebody else */
    uint64_t hash;
    uint32_t node;
} credit;

typedef sf_vec(credit) all_credits;

static int by_credit(const void *a, const void *b) {
    const credit *x = a, *y = b;
    int order = sf_story_compare(x->hash, y->hash);
    return order ? order : sf_story_compare(x->node, y->node);
}

/* A title is no name, and films of a series have the same people. */
static bool is_name_role(sf_str role) {
    static const char *const others[] = {"work", "source", "award", "place", "to"};
    for (size_t i = 0; i < SF_LEN(others); i++)
        if (sf_str_equal(role, sf_str_of(others[i])))
            return false;
    return true;
}

static void add_credits(joiner *j, size_t v, const sofar_fact *f, all_credits *out) {
    uint64_t type = sf_str_hash(f->type);
    for (size_t r = 0; r < f->role_count; r++) {
        uint32_t n = f->roles[r].subject == SOFAR_NOBODY ? SF_NONE : j->of[v][f->roles[r].subject];
        if (n == SF_NONE || j->nodes[n].family == WORK || !is_name_role(f->roles[r].name))
            continue;
        for (size_t o = 0; o < f->role_count; o++) {
            uint32_t with = f->roles[o].subject;
            if (o == r || with == SOFAR_NOBODY)
                continue;
            uint64_t hash = type ^ sf_str_hash(f->roles[r].name) * 0x9E3779B97F4A7C15u;
            hash = (hash ^ sf_str_hash(f->roles[o].name)) * 0xD1B54A32D192ED03u;
            hash = (hash ^ sf_same_root(j, j->of[v][with])) * 0x8CB92BA72F3D8DD7u;
            *SF_PUSH(j->arena, out) = (credit){hash, n};
        }
    }
}

/* "ruiz", "ana ruiz" or "larkspur" of "ana maria ruiz", "larkspur releasing" */
static bool is_part_of(sf_str part, sf_str whole) {
    if (part.len == 0 || part.len >= whole.len)
        return false;
    if (!sf_str_equal(sf_same_last_word(part), sf_same_last_word(whole)) &&
        !sf_str_equal(sf_same_first_word(part), sf_same_first_word(whole)))
        return false;
    size_t at = 0;
    for (size_t i = 0; i < part.len;) {
        size_t end = sf_str_find(part, SF_STR(" "), i);
        sf_str word = sf_str_sub(part, i, end == SIZE_MAX ? part.len : end);
        bool found = false;
        while (at < whole.len && !found) {
            size_t stop = sf_str_find(whole, SF_STR(" "), at);
            stop = stop == SIZE_MAX ? whole.len : stop;
            found = sf_str_equal(word, sf_str_sub(whole, at, stop));
            at = stop + 1;
        }
        if (!found)
            return false;
        i = end == SIZE_MAX ? part.len : end + 1;
    }
    return true;
}

static void match_credits(joiner *j, const credit *group, size_t count, uint32_t *full) {
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++) {
            const node *part = &j->nodes[group[a].node], *whole = &j->nodes[group[b].node];
            bool kin =
                part->family == whole->family || part->family == THING || whole->family == THING;
            uint32_t *slot = &full[sf_same_root(j, group[a].node)],
                     other = sf_same_root(j, group[b].node);
            if (!kin || !is_part_of(part->words, whole->words) || *slot == other)
                continue;
            *slot = *slot == SF_NONE ? other : SF_NONE - 1; /* the latter: two could be meant */
        }
}

void sf_same_credits(joiner *j) {
    all_credits credits = {0};
    for (size_t v = 0; v < j->view_count; v++)
        for (size_t f = 0; f < j->views[v].capture->fact_count; f++)
            add_credits(j, v, &j->views[v].capture->facts[f], &credits);
    if (credits.count == 0)
        return;
    qsort(credits.at, credits.count, sizeof *credits.at, by_credit);
    uint32_t *full = SF_ARRAY(j->arena, uint32_t, j->count);
    for (size_t i = 0; i < j->count; i++)
        full[i] = SF_NONE;
    for (size_t i = 0, end; i < credits.count; i = end) {
        size_t kept = 0;
        for (end = i; end < credits.count && credits.at[end].hash == credits.at[i].hash; end++)
            if (kept == 0 ||
                !sf_str_equal(j->nodes[credits.at[i + kept - 1].node].words,
                              j->nodes[credits.at[end].node].words) ||
                sf_same_root(j, credits.at[i + kept - 1].node) !=
                    sf_same_root(j, credits.at[end].node))
                credits.at[i + kept++] = credits.at[end];
        if (kept > 1 && kept <= MOST_SHARING)
            match_credits(j, credits.at + i, kept, full);
    }
    for (uint32_t i = 0; i < j->count; i++)
        if (full[i] < SF_NONE - 1)
            sf_same_link(j, i, full[i]);
}
