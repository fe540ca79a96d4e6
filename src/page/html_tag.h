/* page/html_tag: where tags, comments and raw text end, as HTML's tokenizer has it (WHATWG HTML,
 * "tokenization"). No tree, no decoding: places in the document only. */
#ifndef SF_PAGE_HTML_TAG_H
#define SF_PAGE_HTML_TAG_H

#include "base/base.h"

typedef struct sf_html_attr {
    sf_span name, value; /* value without its quotes; empty if there is none */
} sf_html_attr;

typedef struct sf_html_tag {
    uint32_t begin, end; /* '<' .. behind '>' */
    sf_span name;
    bool closing;      /* </p> */
    bool self_closing; /* <p/> */
} sf_html_tag;

/* Does '<' at html[at] begin a start or end tag? */
static inline bool sf_html_begins_tag(sf_str html, size_t at) {
    return at + 1 < html.len &&
           (sf_is_alpha(html.ptr[at + 1]) ||
            (html.ptr[at + 1] == '/' && at + 2 < html.len && sf_is_alpha(html.ptr[at + 2])));
}

/* Reads the tag at html[at]; false if the document ends within it. If most_attrs is not 0, *surplus
 * becomes where the attribute after that many begins, 0 if there are fewer. */
bool sf_html_tag_read(sf_str html, size_t at, size_t most_attrs, uint32_t *surplus,
                      sf_html_tag *out);
/* The next attribute in html[*at, end of the tag); moves *at behind it. False: no more. */
bool sf_html_attr_next(sf_str html, uint32_t end, uint32_t *at, sf_html_attr *out);
bool sf_html_name_is(sf_str html, sf_span name, sf_str lower);

/* Behind the comment, doctype or other declaration that begins at html[at] = '<'. */
size_t sf_html_declaration_end(sf_str html, size_t at);
/* Where the end tag </name of a raw text element begins, at or after html[at]; SIZE_MAX if there is
 * none. Script text may hold "<!-- <script> </script> -->". */
size_t sf_html_raw_end(sf_str html, size_t at, sf_str name);

#endif
