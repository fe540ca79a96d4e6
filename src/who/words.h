/* words: word lists kept as text (NAME.txt, compiled by words.py) and looked up by any case. */
#ifndef SF_WHO_WORDS_H
#define SF_WHO_WORDS_H

#include "base/base.h"

typedef struct sf_listed {
    const char *word; /* lower case */
    uint32_t len;
    uint32_t sections; /* bits: NAME_SECTION of the generated table */
} sf_listed;

/* The sections a word stands in, 0 for none. ASCII case aside; ’ counts as '. Any thread. */
uint32_t sf_listed_in(const sf_listed *list, size_t count, sf_str word);

#endif
