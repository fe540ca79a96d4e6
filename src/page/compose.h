/* page/compose: writes canonical text and its map, block by block. What canon.c (from HTML) and
 * plain.c (from plain text) have in common; offsets are into the decoded document. */
#ifndef SF_PAGE_COMPOSE_H
#define SF_PAGE_COMPOSE_H

#include "page/charset.h"

typedef struct sf_compose {
    sf_arena *arena;
    const sf_decoded *decoded;
    char *text;
    size_t len, room;
    sf_vec(sofar_map_row) rows;
    sf_vec(sofar_block) blocks;
    size_t before, block_begin;
    sf_span gap; /* white space that waits for the next character, in original bytes; or empty */
    bool gap_is_line_end;
    uint32_t lost; /* text nodes that could not be traced to the end */
} sf_compose;

sf_compose sf_compose_new(sf_arena *arena, const sf_decoded *decoded);
void sf_compose_begin(sf_compose *compose);
/* s stands byte for byte at `at` of the decoded document. */
void sf_compose_equal(sf_compose *compose, sf_str s, uint32_t at);
/* s came of decoded[source): a character reference. */
void sf_compose_other(sf_compose *compose, sf_str s, sf_span source);
/* A line end that stands at decoded[source) as markup: <br>. */
void sf_compose_break(sf_compose *compose, sf_span source);
/* A block without text leaves no trace. */
void sf_compose_end(sf_compose *compose, sofar_block_kind kind);
/* Fills out->text, map, blocks. */
void sf_compose_finish(sf_compose *compose, sofar_clipping *out);

#endif
