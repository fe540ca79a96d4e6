#include "text/known.h"

/* Folds into `out`; the number of bytes, 0 for what is too long to be known. */
static size_t fold(sf_str word, char out[SF_KNOWN_LONGEST]) {
    size_t n = 0;
    for (size_t at = 0; at < word.len; n++) {
        sf_str three = sf_str_sub(word, at, at + 3);
        bool curly = sf_str_equal(three, SF_STR("\xE2\x80\x99")) ||
                     sf_str_equal(three, SF_STR("\xE2\x80\x98"));
        if (n == SF_KNOWN_LONGEST)
            return 0;
        out[n] = curly || word.ptr[at] == '`' ? '\'' : sf_lower(word.ptr[at]);
        at += curly ? 3 : 1;
    }
    return n;
}

unsigned sf_known_flags(const sf_known *table, size_t count, sf_str word) {
    char folded[SF_KNOWN_LONGEST];
    sf_str wanted = {folded, fold(word, folded)};
    size_t low = 0, high = wanted.len ? count : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = sf_str_compare(wanted, table[middle].word);
        if (order == 0)
            return table[middle].flags;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}
