/* page/charset: the document's bytes as valid UTF-8, each byte tied to the original.
 * Order of belief as browsers have it (WHATWG HTML, "determining the character encoding"): byte
 * order mark, HTTP header, <meta> in the first 1024 bytes, then uchardet's guess; labels as in
 * WHATWG Encoding ("iso-8859-1" and "ascii" are windows-1252). A label that the bytes contradict
 * (declared UTF-8, not valid UTF-8) is noted and overruled. */
#ifndef SF_PAGE_CHARSET_H
#define SF_PAGE_CHARSET_H

#include "base/base.h"

typedef struct sf_decoded {
    sf_str text;      /* valid UTF-8; is the original itself where that already is */
    uint32_t *origin; /* origin[i] = offset in the original of the character that text[i] belongs
                         to, for i in [0, text.len]; NULL where text and original agree byte for
                         byte from `skipped` on */
    uint32_t skipped; /* bytes of a byte order mark: text[i] is original[i + skipped] */
    sf_str original;  /* the bytes as given */
    sf_str name;      /* "UTF-8", "windows-1252", ... */
    sf_str note;      /* what was odd, or absent */
} sf_decoded;

/* html: look for <meta charset>. */
sf_decoded sf_charset_decode(sf_arena *arena, sf_str bytes, sf_str content_type, bool html);

static inline uint32_t sf_decoded_origin(const sf_decoded *d, uint32_t at) {
    return d->origin ? d->origin[at] : at + d->skipped;
}

#endif
