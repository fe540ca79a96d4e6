/* entry: what the files of the joining share: names of the page by their spelling, and tables of
 * them. No function is slower than n log n in the spots. */
#ifndef SF_WHO_ENTRY_H
#define SF_WHO_ENTRY_H

#include "who/join.h"

enum { SF_SURE = 2 * SF_LOGIT }; /* votes of a mention in a heading that needs no support */

typedef struct sf_keyed {
    sf_str key;
    uint32_t value; /* a spot, later an entry */
} sf_keyed;

typedef struct sf_entry {
    uint32_t spot; /* the first that spells it */
    uint32_t full; /* the entry it is a short form of, or itself */
    uint32_t subject;
    const char *why;   /* it is a form of the full one; NULL for that itself */
    uint32_t mentions; /* with those of its forms so far */
    bool leads;        /* the page leads with it or one of its forms */
    bool proven;       /* one of its spots stands in running text, or is sure */
    sf_case heard;
    sofar_subject_type type;
} sf_entry;

typedef struct sf_joiner {
    sf_arena *arena;
    const sf_who *who;
    const sf_text *text;
    uint32_t *entry_of; /* of each spot, or SF_NONE if it is no name */
    sf_entry *entries;
    uint32_t count;
} sf_joiner;

typedef sf_vec(sf_keyed) sf_table; /* sorted by key before it is asked */

static inline sf_str sf_join_spelled(const sf_joiner *j, uint32_t spot) {
    return sf_spot_str(j->who, &j->who->spots[spot]);
}
static inline sf_str sf_entry_str(const sf_joiner *j, uint32_t e) {
    return sf_join_spelled(j, j->entries[e].spot);
}
static inline const sf_spot *sf_entry_spot(const sf_joiner *j, uint32_t e) {
    return &j->who->spots[j->entries[e].spot];
}
static inline bool sf_spot_single(const sf_spot *s) { return s->first == s->last; }
static inline sf_str sf_entry_first(const sf_joiner *j, uint32_t e) {
    return sf_spot_word(j->who, sf_entry_spot(j, e), sf_entry_spot(j, e)->first);
}
/* Named as persons are: by first name and surname. */
static inline bool sf_entry_person(const sf_joiner *j, uint32_t e) {
    return j->entries[e].type == SOFAR_PERSON || j->entries[e].type == SOFAR_CHARACTER;
}

/* The last word that is no "Jr". */
sf_str sf_entry_last(const sf_joiner *j, uint32_t e);

/* "Ana Ruiz" and "@ana_ruiz" as "anaruiz": letters and digits, small, without their accents. */
sf_str sf_join_squeezed(sf_joiner *j, sf_str name);

/* Sections of same.txt, in its order. */
enum { SF_SAME_GIVEN = 1 << 0, SF_SAME_PLACE = 1 << 1 };

/* What names that are the same have in common, "=12" for "bob" and "robert"; empty if the list does
 * not have it. */
sf_str sf_join_same(sf_joiner *j, sf_str name, unsigned section);

/* e is a form of `full`, if that is one. */
void sf_entry_set_full(sf_joiner *j, uint32_t e, uint32_t full, const char *why);

/* What an entry is a form of, in the end. */
uint32_t sf_entry_full(const sf_joiner *j, uint32_t e);

void sf_table_add(sf_joiner *j, sf_table *x, sf_str key, uint32_t value);
void sf_table_sort(sf_table *x); /* each pair once */
bool sf_table_has(const sf_table *x, sf_str key);

/* The one value for the key: SF_NONE if there is none or more than one. */
uint32_t sf_table_only(const sf_table *x, sf_str key);

/* The one entry for the key; of several the one whom the page is about: the only one that it leads
 * with, or the one named twice as often as the next. Else SF_NONE. */
uint32_t sf_table_main(const sf_joiner *j, const sf_table *x, sf_str key);

/* Full names of one person: with and without middle names, initials and nicknames. (short.c) */
void sf_join_middles(sf_joiner *j);

/* Short forms join the full one: a surname or given name the one person that has it, the first word
 * or the capitals of an organization likewise - never where two full names fit. */
void sf_join_short(sf_joiner *j);

/* "Red Sox" for "Boston Red Sox", "the Assembly": of the same type, and part of no other
 * that the page speaks of as often. */
void sf_join_parts(sf_joiner *j);

/* Names that the page says are the same: "Ana Ruiz, also known as Moth". (alias.c) */
void sf_join_aliases(sf_joiner *j);

#endif
