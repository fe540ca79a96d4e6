/* page/dom_guard: what the HTML parser gets to see of a document.
 *
 * Left out are the parts that no one here reads (scripts, style sheets, comments, the inside of
 * drawings), which are more than half of a page and cost the parser as much as the rest; and the
 * tags that would make its work grow with the square of the document: nesting beyond all sense,
 * hundreds of formatting elements left open, thousands of attributes on one tag. */
#ifndef SF_PAGE_DOM_GUARD_H
#define SF_PAGE_DOM_GUARD_H

#include "page/dom.h"

typedef enum sf_guard_level {
    SF_GUARD_NORMAL,
    SF_GUARD_PLAIN,     /* and no formatting elements (<b>, <font> ...) */
    SF_GUARD_TEXT_ONLY, /* no tags but <br>, which stands for those that begin a line */
    SF_GUARD_BARE       /* no tags */
} sf_guard_level;

/* The inside of a script with linked data, which the parser does not see. */
typedef struct sf_raw {
    uint32_t tag; /* where the start tag begins */
    sf_span body;
} sf_raw;

typedef struct sf_guarded {
    sf_str text; /* for the parser */
    sf_cut *cuts;
    uint32_t cut_count;
    sf_raw *raws;
    uint32_t raw_count;
    uint32_t tags_lost, attrs_lost; /* left out for the parser's sake */
} sf_guarded;

/* All in the arena. Linear in time and memory. */
sf_guarded sf_dom_guard(sf_arena *arena, sf_str html, sf_guard_level level);

#endif
