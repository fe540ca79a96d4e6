/* page/align: which bytes of the document each stretch of a text node came from. The parser tells
 * only where a text node begins and ends; between them stand character references, line ends, and
 * tags that the parser ignored. */
#ifndef SF_PAGE_ALIGN_H
#define SF_PAGE_ALIGN_H

#include "page/dom.h"

/* text[text.begin, text.end) came from html[source.begin, source.end). */
typedef struct sf_piece {
    sf_span text, source;
    bool equal; /* byte for byte; else one character (or what one reference gave) */
} sf_piece;

typedef struct sf_align {
    sf_str text, html;
    uint32_t at, from, end;       /* next byte of text; of html; where the node ends in html */
    const sf_cut *cut, *cuts_end; /* what the parser did not get to see, from here on */
    bool raw;                     /* no tags in here: <title>, <textarea> */
    bool failed;                  /* the rest could not be traced and was given as one piece */
} sf_align;

/* Walks text node `node`. */
sf_align sf_align_new(const sf_dom *dom, uint32_t node);
/* The next piece, in order; false at the end of the text. */
bool sf_align_next(sf_align *align, sf_piece *out);

#endif
