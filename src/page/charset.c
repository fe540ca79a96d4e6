#include "page/charset.h"

sf_decoded sf_charset_decode(sf_arena *arena, sf_str bytes, sf_str content_type, bool html) {
    (void)content_type, (void)html;
    sf_decoded d = {.original = bytes, .name = SF_STR("UTF-8")};
    if (sf_str_starts(bytes, SF_STR("\xEF\xBB\xBF"))) {
        d.skipped = 3;
        bytes = sf_str_sub(bytes, 3, bytes.len);
    }
    if (sf_utf8_valid(bytes, NULL)) {
        d.text = bytes;
        return d;
    }
    char *text = sf_grow(arena, NULL, 0, bytes.len * 3 + 1);
    d.origin = sf_grow(arena, NULL, 0, (bytes.len * 3 + 1) * sizeof *d.origin);
    size_t len = 0, n;
    for (size_t i = 0; i < bytes.len; i += n) {
        char put[4];
        size_t wrote = sf_utf8_put(sf_utf8_at(bytes, i, &n), put);
        for (size_t k = 0; k < wrote; k++) {
            d.origin[len] = (uint32_t)i + d.skipped;
            text[len++] = put[k];
        }
    }
    d.origin[len] = (uint32_t)d.original.len;
    d.text = (sf_str){text, len};
    return d;
}
