/* Spots -> subjects.
 *
 * Spots that spell the same are one entry. A spot at a sentence's begin counts where its words are
 * not common ones, or where the same words are a name elsewhere on the page. Then short forms join
 * the full one: a surname or given name the one person that has it, the first word or the capitals
 * of an organization likewise - never where two full names fit. Everything is done on sorted
 * arrays, so that no input can make it slow.
 */
#include <stdlib.h>

#include "who/join.h"

typedef struct keyed {
    sf_str key;
    uint32_t value; /* a spot, later an entry */
} keyed;

typedef struct entry {
    uint32_t spot; /* the first that spells it */
    uint32_t says; /* of all its spots */
    uint32_t full; /* the entry it is a short form of, or itself */
    uint32_t subject;
    bool proven; /* one of its spots stands where a capital means a name */
    sofar_subject_type type;
} entry;

typedef struct joiner {
    sf_arena *arena;
    const sf_text *text;
    const sf_spots *spots;
    keyed *sorted;      /* spots by what they spell */
    uint32_t *entry_of; /* of each spot, or SF_NONE if it is no name */
    entry *entries;
    uint32_t count;
} joiner;

static int by_key(const void *a, const void *b) {
    const keyed *x = a, *y = b;
    int order = sf_str_compare(x->key, y->key);
    return order ? order : (x->value > y->value) - (x->value < y->value);
}

static sf_str spelled(const joiner *j, uint32_t spot) {
    return sf_span_of(j->text->text, j->spots->at[spot].span);
}
static sf_str entry_str(const joiner *j, uint32_t e) { return spelled(j, j->entries[e].spot); }
static const sf_spot *spot_of(const joiner *j, uint32_t e) {
    return &j->spots->at[j->entries[e].spot];
}
static bool one_word(const sf_spot *s) { return s->first == s->last; }
static sf_str first_word(const joiner *j, uint32_t e) {
    return sf_name_bare(sf_word_of(j->text, spot_of(j, e)->first));
}
/* The last word that is no "Jr". */
static sf_str last_word(const joiner *j, uint32_t e) {
    const sf_spot *s = spot_of(j, e);
    uint32_t i = s->last;
    while (i > s->first &&
           (j->spots->is[i] & SF_NAME_SUFFIX || j->text->words[i].kind != SF_WORD_ALPHA))
        i--;
    return sf_name_bare(sf_word_of(j->text, i));
}

/* Is a capital at a sentence's begin the only sign, and the words common ones? */
static bool doubtful(const joiner *j, const sf_spot *s) {
    if (!s->initial || s->handle || s->says & (SF_SAYS_PERSON | SF_SAYS_WORK))
        return false;
    uint32_t first = j->spots->is[s->first];
    if (one_word(s))
        return first & SF_NAME_COMMON ||
               !(first & (SF_NAME_GIVEN | SF_NAME_PLACE | SF_NAME_KNOWN_OUTLET |
                          SF_NAME_KNOWN_ORGANIZATION | SF_NAME_PRODUCT));
    return false;
}

static void make_entries(joiner *j) {
    uint32_t n = j->spots->count;
    j->sorted = SF_ARRAY(j->arena, keyed, n);
    j->entry_of = SF_ARRAY(j->arena, uint32_t, n);
    j->entries = SF_ARRAY(j->arena, entry, n);
    for (uint32_t i = 0; i < n; i++)
        j->sorted[i] = (keyed){spelled(j, i), i};
    qsort(j->sorted, n, sizeof *j->sorted, by_key);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t spot = j->sorted[i].value;
        if (i == 0 || !sf_str_equal(j->sorted[i].key, j->sorted[i - 1].key)) {
            j->entries[j->count] = (entry){.spot = spot, .full = j->count, .subject = SF_NONE};
            j->count++;
        }
        entry *e = &j->entries[j->count - 1];
        e->says |= j->spots->at[spot].says;
        if (!doubtful(j, &j->spots->at[spot]))
            e->proven = true;
        j->entry_of[spot] = j->count - 1;
    }
}

/* ---- short forms ---- */

/* The one value in sorted keys [0, n) for key: SF_NONE if there is none or more than one. */
static uint32_t only_one(const keyed *keys, uint32_t n, sf_str key) {
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (sf_str_compare(keys[mid].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == n || !sf_str_equal(keys[low].key, key))
        return SF_NONE;
    return low + 1 < n && sf_str_equal(keys[low + 1].key, key) ? SF_NONE : keys[low].value;
}

typedef sf_vec(keyed) table;

static void table_add(joiner *j, table *x, sf_str key, uint32_t value) {
    *SF_PUSH(j->arena, x) = (keyed){key, value};
}
static void table_sort(table *x) {
    if (x->count)
        qsort(x->at, x->count, sizeof *x->at, by_key);
}

/* A longer spelling of the same person: "Donald Hale" and "Donald J. Hale" have first and last word
 * in common; the longer is full where it is the only one. */
static void join_middles(joiner *j) {
    table longer = {0};
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (j->entries[e].type == SOFAR_PERSON && s->last > s->first + 1)
            table_add(j, &longer,
                      sf_str_format(j->arena, "%.*s %.*s", SF_ARG(first_word(j, e)),
                                    SF_ARG(last_word(j, e))),
                      e);
    }
    table_sort(&longer);
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (j->entries[e].type != SOFAR_PERSON || s->last != s->first + 1)
            continue;
        uint32_t full = only_one(longer.at, (uint32_t)longer.count, entry_str(j, e));
        if (full != SF_NONE)
            j->entries[e].full = full;
    }
}

static sf_str initials(joiner *j, uint32_t e) {
    const sf_spot *s = spot_of(j, e);
    char *out = sf_alloc(j->arena, s->last - s->first + 2);
    size_t len = 0;
    for (uint32_t i = s->first; i <= s->last; i++)
        if (j->text->words[i].kind == SF_WORD_ALPHA && j->text->words[i].capital)
            out[len++] = sf_word_of(j->text, i).ptr[0];
    return (sf_str){out, len};
}

static void join_short(joiner *j) {
    table last = {0}, first = {0}, head = {0}, capitals = {0};
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (one_word(s) || j->entries[e].full != e || s->handle)
            continue;
        sofar_subject_type type = j->entries[e].type;
        if (type == SOFAR_PERSON) {
            table_add(j, &last, last_word(j, e), e);
            table_add(j, &first, first_word(j, e), e);
        } else if (type == SOFAR_ORGANIZATION || type == SOFAR_OUTLET) {
            table_add(j, &head, first_word(j, e), e);
            table_add(j, &capitals, initials(j, e), e);
        }
    }
    table_sort(&last), table_sort(&first), table_sort(&head), table_sort(&capitals);
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (s->handle || j->entries[e].full != e)
            continue;
        sf_str word = one_word(s) ? entry_str(j, e) : last_word(j, e);
        bool titled = !one_word(s) && j->spots->is[s->first] & SF_NAME_TITLED;
        if (!one_word(s) && !titled)
            continue;
        uint32_t full = only_one(last.at, (uint32_t)last.count, word);
        if (full == SF_NONE && one_word(s))
            full = only_one(first.at, (uint32_t)first.count, word);
        if (full == SF_NONE && one_word(s) && j->entries[e].type != SOFAR_PLACE)
            full = only_one(head.at, (uint32_t)head.count, word);
        if (full == SF_NONE && one_word(s) && j->text->words[s->first].all_caps && word.len > 2)
            full = only_one(capitals.at, (uint32_t)capitals.count, word);
        if (full != SF_NONE && full != e)
            j->entries[e].full = full;
    }
}

/* Does the last word of e stand alone elsewhere, or end another name of several words? */
static bool family(const joiner *j, uint32_t e, const keyed *alone, uint32_t n, const table *last) {
    sf_str word = last_word(j, e);
    if (j->spots->is[spot_of(j, e)->last] & SF_NAME_COMMON)
        return false;
    return only_one(alone, n, word) != SF_NONE ||
           only_one(last->at, (uint32_t)last->count, word) == SF_NONE;
}

/* Types; a last word that is used like a surname is a sign of a person. */
static void find_types(joiner *j) {
    table alone = {0}, last = {0};
    for (uint32_t e = 0; e < j->count; e++)
        if (one_word(spot_of(j, e)))
            table_add(j, &alone, entry_str(j, e), e);
        else
            table_add(j, &last, last_word(j, e), e);
    table_sort(&alone), table_sort(&last);
    for (uint32_t e = 0; e < j->count; e++) {
        entry *x = &j->entries[e];
        const sf_spot *s = spot_of(j, e);
        bool like_surname = !one_word(s) && family(j, e, alone.at, (uint32_t)alone.count, &last);
        x->type =
            s->handle ? SOFAR_OTHER : sf_who_kind(j->text, j->spots, s, x->says, like_surname);
    }
}

/* ---- out ---- */

static uint32_t full_of(const joiner *j, uint32_t e) {
    for (int steps = 0; steps < 4 && j->entries[e].full != e; steps++)
        e = j->entries[e].full;
    return e;
}

static bool is_name(const joiner *j, uint32_t spot) {
    const entry *e = &j->entries[j->entry_of[spot]];
    return e->proven || j->entries[full_of(j, j->entry_of[spot])].proven;
}

static sf_people give_out(joiner *j) {
    sf_people out = {.names = SF_ARRAY(j->arena, sofar_name, j->spots->count + 1),
                     .subjects = SF_ARRAY(j->arena, sofar_subject, j->count + 1)};
    for (uint32_t i = 0; i < j->spots->count; i++) {
        if (!is_name(j, i))
            continue;
        entry *e = &j->entries[full_of(j, j->entry_of[i])];
        if (e->subject == SF_NONE) {
            e->subject = (uint32_t)out.subject_count++;
            out.subjects[e->subject] =
                (sofar_subject){.name = spelled(j, e->spot), .type = e->type};
        }
        out.names[out.name_count++] = (sofar_name){
            j->spots->at[i].span, e->subject, j->spots->at[i].handle ? SOFAR_HANDLE : SOFAR_NAME};
    }
    uint32_t *count = SF_ARRAY(j->arena, uint32_t, out.subject_count + 1);
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t s = j->entries[full_of(j, e)].subject;
        if (s != SF_NONE && full_of(j, e) != e)
            count[s]++;
    }
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t s = j->entries[full_of(j, e)].subject;
        if (s == SF_NONE || full_of(j, e) == e)
            continue;
        sofar_subject *subject = &out.subjects[s];
        if (!subject->aliases)
            subject->aliases = SF_ARRAY(j->arena, sofar_str, count[s]);
        subject->aliases[subject->alias_count++] = entry_str(j, e);
    }
    return out;
}

sf_people sf_who_join(sf_arena *arena, const sf_text *text, const sf_spots *spots) {
    joiner j = {.arena = arena, .text = text, .spots = spots};
    if (spots->count == 0)
        return (sf_people){0};
    make_entries(&j);
    find_types(&j);
    join_middles(&j);
    join_short(&j);
    return give_out(&j);
}
