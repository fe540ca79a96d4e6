/* Any bytes in any charset: the first byte chooses a label, the rest is the document. */
#include <stdio.h>
#include <stdlib.h>

#include "page/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *fault_of(const sf_decoded *d, size_t size) {
    if (!sf_utf8_valid(d->text, NULL))
        return "the text is not UTF-8";
    if (!d->origin)
        return d->text.len + d->skipped == size ? NULL : "bytes are missing";
    for (size_t i = 1; i <= d->text.len; i++)
        if (d->origin[i] < d->origin[i - 1])
            return "places run backwards";
    return d->origin[d->text.len] == size ? NULL : "the end is not the end";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const labels[] = {
        "utf-8",       "windows-1252", "windows-1251", "gbk",    "gb18030",
        "big5",        "shift_jis",    "euc-jp",       "euc-kr", "iso-2022-jp",
        "iso-8859-15", "utf-16le",     "utf-16be",     "koi8-r", "",
    };
    if (size == 0)
        return 0;
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_str type = sf_str_format(&arena, "text/html; charset=%s", labels[data[0] % SF_LEN(labels)]);
    sf_decoded d =
        sf_charset_decode(&arena, (sf_str){(const char *)data + 1, size - 1}, type, true);
    const char *fault = fault_of(&d, size - 1);
    if (fault) {
        fprintf(stderr, "%s\n", fault);
        abort();
    }
    sf_arena_clear(&arena);
    return 0;
}
