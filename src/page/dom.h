/* page/dom: a parsed HTML document as a flat array in document order. This small interface is all
 * that the rest of the room knows of the HTML parser, so that the parser can be replaced.
 *
 * Nodes are elements and text; comments and the doctype are left out. Node 0 is <html>. The
 * descendants of node i are i+1 .. nodes[i].end-1. Everything lives in the arena or in the
 * document, which must outlive it. */
#ifndef SF_PAGE_DOM_H
#define SF_PAGE_DOM_H

#include "base/base.h"

/* Element names the room cares for; every other element is SF_TAG_OTHER and known by its name. */
#define SF_TAGS(X)                                                                                 \
    X(A)                                                                                           \
    X(ABBR)                                                                                        \
    X(ADDRESS)                                                                                     \
    X(AMP_AD)                                                                                      \
    X(ARTICLE)                                                                                     \
    X(ASIDE)                                                                                       \
    X(AUDIO)                                                                                       \
    X(B) X(BLOCKQUOTE) X(BODY) X(BR) X(BUTTON) X(CAPTION) X(CENTER) X(CITE) X(CODE) X(DD)          \
        X(DETAILS) X(DIV) X(DL) X(DT) X(EM) X(FIELDSET) X(FIGCAPTION) X(FIGURE) X(FONT) X(FOOTER)  \
            X(FORM) X(H1) X(H2) X(H3) X(H4) X(H5) X(H6) X(HEAD) X(HEADER) X(HR) X(HTML) X(I)       \
                X(IFRAME) X(IMG) X(INPUT) X(LABEL) X(LEGEND) X(LI) X(LINK) X(MAIN) X(MENU) X(META) \
                    X(NAV) X(NOSCRIPT) X(OBJECT) X(OL) X(OPTION) X(P) X(PICTURE) X(PRE) X(Q) X(S)  \
                        X(SCRIPT) X(SECTION) X(SELECT) X(SMALL) X(SPAN) X(STRONG) X(STYLE) X(SUB)  \
                            X(SUMMARY) X(SUP) X(SVG) X(TABLE) X(TBODY) X(TD) X(TEMPLATE)           \
                                X(TEXTAREA) X(TFOOT) X(TH) X(THEAD) X(TIME) X(TITLE) X(TR) X(U)    \
                                    X(UL) X(VIDEO)

typedef enum sf_tag {
    SF_TAG_TEXT, /* a text node */
#define X(name) SF_TAG_##name,
    SF_TAGS(X)
#undef X
        SF_TAG_OTHER,
    SF_TAG_COUNT
} sf_tag;

typedef struct sf_attr {
    sf_str name;  /* lower case */
    sf_str value; /* character references resolved */
} sf_attr;

typedef struct sf_node {
    sf_str text; /* text node: its characters, references resolved; element: its lower-case name */
    sf_span source;  /* in the document: the text's stretch, or the start tag; empty if the parser
                        implied it */
    uint32_t parent; /* node 0 is its own */
    uint32_t end;    /* index past the last descendant; i + 1 for a leaf */
    uint32_t attr;   /* first of attr_count in sf_dom.attrs */
    uint16_t attr_count;
    uint16_t tag; /* sf_tag */
} sf_node;

/* html[begin, end) was not given to the parser; `at` is where that is in what the parser read. */
typedef struct sf_cut {
    uint32_t begin, end, at;
    bool line_end; /* the four bytes before it became "<br>" */
} sf_cut;

typedef struct sf_dom {
    sf_str html; /* the document: valid UTF-8 */
    sf_node *nodes;
    uint32_t count;
    sf_attr *attrs;
    sf_cut *cuts; /* comments, scripts, tags nested too deep: in order; for align.h */
    uint32_t cut_count;
    sf_str note; /* what was odd (nesting cut), or absent */
} sf_dom;

/* Never fails but for memory. Time and memory grow linearly with the document whatever stands in
 * it. */
sf_dom *sf_dom_parse(sf_arena *arena, sf_str html);

/* Value of an attribute of element `node`; absent if it has none. name is lower case. */
sf_str sf_dom_attr(const sf_dom *dom, uint32_t node, const char *name);
/* Next node after `after` within [0, end) with the tag; SF_NONE if there is none. */
uint32_t sf_dom_find(const sf_dom *dom, uint32_t after, uint32_t end, sf_tag tag);
/* Does the element stand on lines of its own (block level in CSS's default sheet), or is it <br>?
 */
bool sf_dom_parts_text(sf_tag tag);
/* Text of all text nodes below, white space folded, block elements and <br> parted by a space. */
sf_str sf_dom_text(sf_arena *arena, const sf_dom *dom, uint32_t node);

#endif
