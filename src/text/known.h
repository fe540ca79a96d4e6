/* Inside the text room: lists of words that the build sorts into tables (words.py). */
#ifndef SF_TEXT_KNOWN_H
#define SF_TEXT_KNOWN_H

#include "base/base.h"

enum { SF_KNOWN_LONGEST = 16 }; /* no word of a list is longer; longer words are not looked up */

typedef struct sf_known {
    sf_str word; /* lower case, ' for every apostrophe */
    unsigned flags;
} sf_known;

/* The flags of a word, its ASCII case aside and ’ ‘ ` taken as '; 0 if it is not there. */
unsigned sf_known_flags(const sf_known *table, size_t count, sf_str word);

#endif
