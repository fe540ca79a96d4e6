/* gist: what questions to a store need of a page beside its reading, told once when it is added, so
 * that a dossier need not go through the words of its pages again; and reading and gist as a string
 * of bytes, so that a store gives back a page in one step.
 *
 * In: a reading. Out: under which names the page can be asked for (key.c), a sample of its text by
 * which near-copies are told (sample.c), the sentences of its time expressions, and where it says
 * that it has a fact from another outlet (relay.c, relays.txt); packed by pack.c. All in the arena;
 * pure functions of the reading. */
#ifndef SF_GIST_H
#define SF_GIST_H

#include "read/read.h"

/* Words around a fact that say whose it is: those behind "told", or those in front of "reports". */
typedef struct sf_relay {
    sf_str words; /* folded, at most SF_RELAY_WORDS, without a leading article */
    bool before;  /* an outlet's name ends them; else it begins them */
} sf_relay;

enum { SF_RELAY_WORDS = 5 };

typedef struct sf_relays {
    sf_relay *at;
    size_t count;
} sf_relays;

typedef struct sf_gist {
    uint32_t *sample; /* of the text's shingles, ascending; none if the page states nothing */
    size_t sample_count;
    sf_span *sentences; /* of each time expression; empty if it is in none */
    sf_relays *relays;  /* of each fact, around its first receipt */
} sf_gist;

void sf_gist_make(sf_arena *arena, const sofar_reading *reading, sf_gist *out);

/* ---- names (key.c) ---- */

enum { SF_KEY_LENGTH = 8 };

/* By which words a page can be asked for, as words of letters and digits with a space between: the
 * keys of its subjects' names and other names, and of what stands in text and title like a name:
 * words in capitals, up to six in a row. */
sf_str sf_gist_keys(sf_arena *arena, const sofar_reading *reading);
/* The key of a name, case, accents, marks and a leading article aside; absent if it has no words.
 */
sf_str sf_gist_key(sf_arena *arena, sf_str name);
/* The key of a page that says that a work was renamed, by its name before or since. */
sf_str sf_gist_renaming_key(sf_arena *arena, sf_str name);
/* "It", "There", "Two": a name that is in every text, so that only a page's own subjects tell where
 * it is one. words: folded. */
bool sf_gist_is_common(sf_str words);

/* ---- as bytes (pack.c) ---- */

/* For qsort: mentions (sofar_name) as they are kept, by place, then by subject. */
int sf_gist_name_order(const void *a, const void *b);

/* Lists and gist of a reading, without its clipping's own strings, text and map. */
sf_str sf_gist_pack(sf_arena *arena, const sofar_reading *reading, const sf_gist *gist);
/* Into a reading whose text is there; strings point into packed. False if the bytes are no such
 * thing; spans are not checked. */
bool sf_gist_unpack(sf_arena *arena, sf_str packed, sofar_reading *reading, sf_gist *gist);

/* ---- inside the room ---- */

void sf_gist_sample(sf_arena *arena, const sf_folded_words *words, sf_gist *out);
void sf_gist_relays(sf_arena *arena, const sofar_reading *reading, const sf_folded_words *words,
                    sf_gist *out);

#endif
