/* page/dom_guard: keeps from the HTML parser what would make it slow. */
#ifndef SF_PAGE_DOM_GUARD_H
#define SF_PAGE_DOM_GUARD_H

#include "base/base.h"

typedef enum sf_guard_level {
    SF_GUARD_NORMAL,    /* cut what nests too deep */
    SF_GUARD_PLAIN,     /* and drop formatting elements (<b>, <font> ...) */
    SF_GUARD_TEXT_ONLY, /* drop all tags */
} sf_guard_level;

/* The document with the tags that would hurt replaced by spaces, so that every offset stays true:
 * html itself where nothing is to cut, else a copy in the arena. *cut: how many tags went. */
sf_str sf_dom_guard(sf_arena *arena, sf_str html, sf_guard_level level, uint32_t *cut);

#endif
