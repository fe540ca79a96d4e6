/* Lists of words, kept as text, that the build sorts into tables (words.py). */
#ifndef SF_TEXT_KNOWN_H
#define SF_TEXT_KNOWN_H

#include "base/base.h"

enum { SF_KNOWN_LONGEST = 48 }; /* bytes; no word of a list is longer, longer ones are in none */

typedef struct sf_known {
    sf_str word;    /* lower case, ' for every apostrophe */
    unsigned flags; /* LIST_SECTION bits of the table */
} sf_known;

/* The flags of a word, its ASCII case aside and ’ ‘ ` taken as '; 0 if it is not there. Any thread.
 */
unsigned sf_known_flags(const sf_known *table, size_t count, sf_str word);

#endif
