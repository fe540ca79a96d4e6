/* Chosen blocks -> canonical text and its map to the original bytes.
 *
 * Every character goes through three coordinates: its text node (references resolved), the
 * document as UTF-8 (align.h), and the original bytes (sf_decoded_origin). Rows of the map grow as
 * long as all three run in step. */
#include "page/canon.h"

#include "page/compose.h"

#include "page/align.h"

/* ---- rows ---- */

static void put(sf_compose *c, sf_str s) {
    if (c->len + s.len > c->room) {
        size_t wants = c->room * 2 + s.len + 1024;
        c->text = sf_grow(c->arena, c->text, c->room, wants);
        c->room = wants;
    }
    memcpy(c->text + c->len, s.ptr, s.len);
    c->len += s.len;
}

static uint32_t span_len(sf_span s) { return s.end - s.begin; }

/* Appends text that came from original[source). */
static void emit(sf_compose *c, sf_str text, sf_span source) {
    uint32_t at = (uint32_t)c->len, end = at + (uint32_t)text.len;
    put(c, text);
    sofar_map_row *last = c->rows.count ? &c->rows.at[c->rows.count - 1] : NULL;
    if (last && last->text_end == at) {
        bool in_step = last->text_end - last->text_begin == last->source_end - last->source_begin &&
                       span_len(source) == text.len && last->source_end == source.begin;
        /* Two characters out of one sequence of bytes cannot be told apart. */
        bool one = last->source_begin == last->source_end || source.end <= last->source_end;
        if (in_step && memcmp(c->decoded->original.ptr + source.begin, text.ptr, text.len) != 0)
            in_step = false;
        if (in_step && memcmp(c->decoded->original.ptr + last->source_begin,
                              c->text + last->text_begin, 1) != 0)
            in_step = false;
        if (in_step || one) {
            last->text_end = end;
            if (last->source_end < source.end)
                last->source_end = source.end;
            return;
        }
        if (source.begin < last->source_end)
            source.begin = last->source_end;
    }
    *SF_PUSH(c->arena, &c->rows) = (sofar_map_row){at, end, source.begin, source.end};
}

static sf_span original_of(const sf_compose *c, sf_span html) {
    return (sf_span){sf_decoded_origin(c->decoded, html.begin),
                     sf_decoded_origin(c->decoded, html.end)};
}

/* ---- white space ---- */

static void add_gap(sf_compose *c, sf_span html, bool line_end) {
    sf_span source = original_of(c, html);
    if (c->len == c->block_begin)
        return;
    bool none = span_len(c->gap) == 0;
    if (none || (line_end && !c->gap_is_line_end)) {
        c->gap = source;
        c->gap_is_line_end = line_end;
    } else if (source.begin == c->gap.end && !c->gap_is_line_end) {
        c->gap.end = source.end; /* a run; what stands beyond a tag is left out */
    }
}

/* The white space that stood before the next character. One byte stays what it is; in a
 * single-byte charset the no-break space too, for a row of equal length holds equal bytes. */
static void emit_gap(sf_compose *c) {
    if (span_len(c->gap) == 0)
        return;
    sf_str original = sf_span_of(c->decoded->original, c->gap);
    sf_str text = SF_STR(" ");
    if (c->gap_is_line_end)
        text = SF_STR("\n");
    else if (original.len == 1)
        text = sf_is_space(original.ptr[0]) ? original : SF_STR("\xC2\xA0");
    emit(c, text, c->gap);
    c->gap = (sf_span){0, 0};
    c->gap_is_line_end = false;
}

/* ---- blocks ---- */

sf_compose sf_compose_new(sf_arena *arena, const sf_decoded *decoded) {
    return (sf_compose){.arena = arena, .decoded = decoded};
}

void sf_compose_begin(sf_compose *c) {
    c->before = c->len;
    if (c->len)
        put(c, SF_STR("\n\n"));
    c->block_begin = c->len;
    c->gap = (sf_span){0, 0};
    c->gap_is_line_end = false;
}

void sf_compose_end(sf_compose *c, sofar_block_kind kind) {
    if (c->len == c->block_begin) {
        c->len = c->before;
        return;
    }
    *SF_PUSH(c->arena, &c->blocks) =
        (sofar_block){kind, {(uint32_t)c->block_begin, (uint32_t)c->len}};
}

void sf_compose_break(sf_compose *c, sf_span html) { add_gap(c, html, true); }

static bool vanishes(uint32_t code) {
    return code == 0xAD || code == 0x200B || code == 0xFEFF || code < 0x20 ||
           (code >= 0x7F && code < 0xA0);
}

/* Characters of s up to the next that is white space or vanishes. */
static size_t plain_run(sf_str s, size_t at) {
    size_t i = at, bytes;
    while (i < s.len) {
        unsigned char c = (unsigned char)s.ptr[i];
        bytes = 1;
        if (c > 0x20 && c < 0x7F) {
            i++;
            continue;
        }
        uint32_t code = sf_utf8_at(s, i, &bytes);
        if (sf_is_unicode_space(code) || vanishes(code))
            break;
        i += bytes;
    }
    return i;
}

void sf_compose_equal(sf_compose *c, sf_str s, uint32_t html) {
    for (size_t i = 0, end; i < s.len; i = end) {
        end = plain_run(s, i);
        if (end > i) {
            emit_gap(c);
            if (!c->decoded->origin) {
                sf_span run = {html + (uint32_t)i, html + (uint32_t)end};
                emit(c, sf_str_sub(s, i, end), original_of(c, run));
                continue;
            }
            for (size_t bytes; i < end; i += bytes) { /* character by character */
                sf_utf8_at(s, i, &bytes);
                sf_span one = {html + (uint32_t)i, html + (uint32_t)(i + bytes)};
                emit(c, sf_str_sub(s, i, i + bytes), original_of(c, one));
            }
            continue;
        }
        size_t bytes;
        uint32_t code = sf_utf8_at(s, i, &bytes);
        end = i + bytes;
        if (sf_is_unicode_space(code) && code != 0x200B && code != 0xFEFF)
            add_gap(c, (sf_span){html + (uint32_t)i, html + (uint32_t)end}, false);
    }
}

void sf_compose_other(sf_compose *c, sf_str s, sf_span html) {
    sf_span source = original_of(c, html);
    size_t from = c->len;
    for (size_t i = 0, bytes; i < s.len; i += bytes) {
        uint32_t code = sf_utf8_at(s, i, &bytes);
        if (code == 0x200B || code == 0xFEFF)
            continue;
        if (sf_is_unicode_space(code) && from == c->len) {
            add_gap(c, html, false);
        } else if (!vanishes(code) || sf_is_unicode_space(code)) {
            if (from == c->len)
                emit_gap(c), from = c->len;
            emit(c, sf_is_unicode_space(code) ? SF_STR(" ") : sf_str_sub(s, i, i + bytes), source);
        }
    }
}

/* ---- the law of equal rows ---- */

static bool lies(const sf_compose *c, const sofar_map_row *r) {
    uint32_t len = r->text_end - r->text_begin;
    return len == r->source_end - r->source_begin &&
           memcmp(c->text + r->text_begin, c->decoded->original.ptr + r->source_begin, len) != 0;
}

/* A row that happens to have equal lengths but not equal bytes (three bytes that are no UTF-8 and
 * the three of U+FFFD; Greek in a two-byte charset) takes in one byte more of the markup around it,
 * or, where there is none, its neighbours up to the next markup. */
static void mend_rows(sf_compose *c) {
    sofar_map_row *rows = c->rows.at;
    size_t out = 0, n = c->rows.count;
    for (size_t i = 0; i < n;) {
        sofar_map_row row = rows[i++];
        if (row.source_begin == row.source_end)
            row.source_end++;
        while (lies(c, &row) || row.source_end > c->decoded->original.len) {
            uint32_t next = i < n ? rows[i].source_begin : (uint32_t)c->decoded->original.len;
            uint32_t before = out ? rows[out - 1].source_end : 0;
            if (row.source_end > c->decoded->original.len) {
                row.source_end--, row.source_begin -= row.source_begin > before;
            } else if (row.source_end < next) {
                row.source_end++;
            } else if (before < row.source_begin) {
                row.source_begin--;
            } else if (i < n && rows[i].text_begin == row.text_end) {
                row.text_end = rows[i].text_end;
                row.source_end = rows[i++].source_end;
            } else if (out && rows[out - 1].text_end == row.text_begin) {
                row.text_begin = rows[--out].text_begin;
                row.source_begin = rows[out].source_begin;
            } else {
                break; /* the whole document is this row: split it unevenly below */
            }
        }
        rows[out++] = row;
    }
    c->rows.count = out;
    if (out == 1 && lies(c, &rows[0]) && rows[0].text_end - rows[0].text_begin > 2) {
        sofar_map_row all = rows[0];
        rows[0].text_end = all.text_begin + 1;
        rows[0].source_end = all.source_begin + 2;
        *SF_PUSH(c->arena, &c->rows) =
            (sofar_map_row){rows[0].text_end, all.text_end, rows[0].source_end, all.source_end};
    }
}

void sf_compose_finish(sf_compose *c, sofar_clipping *out) {
    mend_rows(c);
    out->text = (sf_str){c->text ? c->text : "", c->len};
    out->map = c->rows.at;
    out->map_count = c->rows.count;
    out->blocks = c->blocks.at;
    out->block_count = c->blocks.count;
}

/* ---- from the flow ---- */

/* A control character in the document, for which the parser gave U+FFFD. */
static bool is_marked_control(sf_str html, sf_str text, sf_span source) {
    size_t bytes;
    return sf_utf8_at(text, 0, &bytes) == 0xFFFD && html.ptr[source.begin] != '&' &&
           vanishes(sf_utf8_at(html, source.begin, &bytes));
}

static void compose_text(sf_compose *c, const sf_dom *dom, uint32_t node) {
    sf_align align = sf_align_new(dom, node);
    for (sf_piece p; sf_align_next(&align, &p);) {
        sf_str s = sf_span_of(align.text, p.text);
        if (p.equal)
            sf_compose_equal(c, s, p.source.begin);
        else if (!is_marked_control(dom->html, s, p.source))
            sf_compose_other(c, s, p.source);
    }
    c->lost += align.failed;
}

/* What stands in italics, as it comes by. */
typedef struct italics {
    sf_vec(sofar_span) spans;
    uint32_t until; /* node behind the element; 0 outside of one */
    size_t begin;   /* of the text in it */
} italics;

static void close_italics(sf_compose *c, italics *em) {
    size_t begin = em->begin > c->block_begin ? em->begin : c->block_begin;
    while (begin < c->len && sf_is_space(c->text[begin]))
        begin++;
    if (em->until && begin < c->len)
        *SF_PUSH(c->arena, &em->spans) = (sofar_span){(uint32_t)begin, (uint32_t)c->len};
    em->until = 0;
}

static bool is_italic(const sf_node *n) {
    return n->tag == SF_TAG_EM || n->tag == SF_TAG_I || n->tag == SF_TAG_CITE;
}

static void compose_block(sf_compose *c, const sf_dom *dom, const sf_flow_block *block,
                          italics *em) {
    sf_compose_begin(c);
    /* The block's first text may stand inside an element that begins before it. */
    for (uint32_t up = dom->nodes[block->first].parent; up > block->node;
         up = dom->nodes[up].parent)
        if (is_italic(&dom->nodes[up]))
            em->until = dom->nodes[up].end, em->begin = c->len;
    for (uint32_t i = block->first; i <= block->last;) {
        const sf_node *n = &dom->nodes[i];
        if (em->until && i >= em->until)
            close_italics(c, em);
        if (!em->until && is_italic(n)) {
            em->until = n->end;
            em->begin = c->len;
        }
        if (n->tag == SF_TAG_TEXT)
            compose_text(c, dom, i);
        else if (n->tag == SF_TAG_BR)
            sf_compose_break(c, n->source);
        i = n->tag != SF_TAG_TEXT && sf_flow_hides(dom, i) ? n->end : i + 1;
    }
    close_italics(c, em);
    sf_compose_end(c, block->kind);
}

uint32_t sf_canon_compose(sf_arena *arena, const sf_dom *dom, const sf_decoded *decoded,
                          const sf_flow *flow, const uint8_t *keep, sofar_clipping *out) {
    sf_compose c = sf_compose_new(arena, decoded);
    italics em = {0};
    for (uint32_t b = 0; b < flow->count; b++)
        if (keep[b])
            compose_block(&c, dom, &flow->blocks[b], &em);
    sf_compose_finish(&c, out);
    out->emphasis = em.spans.at;
    out->emphasis_count = em.spans.count;
    return c.lost;
}
