/* show's own: pictures that stand on pages. What a picture is, is told by its first bytes and by
 * nothing else: JPEG, PNG, WebP or GIF. Never SVG, which can act. */
#ifndef SF_SHOW_PICTURE_H
#define SF_SHOW_PICTURE_H

#include "show/setting.h"

enum { SF_PICTURE_BYTES = 4 << 20 }; /* larger ones are not taken */

typedef struct sf_picture {
    sf_str file; /* its name in the gallery's folder */
    sf_str alt, caption;
    sf_str outlet, url; /* of the page it is from */
    uint32_t width, height;
} sf_picture;

typedef struct sf_picture_form {
    const char *suffix; /* ".jpg" */
    uint32_t width, height;
} sf_picture_form;

/* False for what is no such picture, is larger than SF_PICTURE_BYTES or 16,384 pixels a side, or
 * smaller than a picture to look at (an icon, a pixel that counts readers). Reads a bounded number
 * of headers; pixels are not looked at. */
bool sf_picture_read(sf_str bytes, sf_picture_form *out);

/* "picture-0123456789abcdef" for an address, always the same; a suffix makes it a file's name. */
sf_str sf_picture_stem(sf_arena *arena, sf_str url);
/* Is it such a file's name? */
bool sf_picture_is_name(sf_str file);

/* The suffixes there are; NULL behind the last. */
extern const char *const sf_picture_suffixes[];

/* Do the words name the dossier's subject, letter for letter, as words? Only such a picture may
 * stand on its page: that it was on a page about the subject does not say whom it shows. */
bool sf_picture_names(const sf_dossier *dossier, sf_str words);

#endif
