#include "who/words.h"

uint32_t sf_listed_in(const sf_listed *list, size_t count, sf_str word) {
    char folded[48];
    size_t len = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (len == sizeof folded)
            return 0;
        if (i + 2 < word.len && memcmp(word.ptr + i, "\xE2\x80\x99", 3) == 0) {
            folded[len++] = '\'';
            i += 2;
        } else
            folded[len++] = sf_lower(word.ptr[i]);
    }
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = sf_str_compare((sf_str){list[mid].word, list[mid].len}, (sf_str){folded, len});
        if (order == 0)
            return list[mid].sections;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}
