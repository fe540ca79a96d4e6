/* The tree as text blocks. One pass in document order with a stack of the open elements that
 * matter: block-level ones (they part blocks), links (their bytes are counted), and what gives a
 * block its kind. */
#include "page/flow.h"

#include <stdlib.h>

/* ---- what no reader sees ---- */

static bool style_hides(sf_str style) {
    static const struct {
        sf_str property, value;
    } hiding[] = {{{"display", 7}, {"none", 4}}, {{"visibility", 10}, {"hidden", 6}}};
    for (size_t i = 0; i < SF_LEN(hiding); i++) {
        size_t at = sf_str_find_ci(style, hiding[i].property, 0);
        if (at == SIZE_MAX || (at > 0 && style.ptr[at - 1] == '-'))
            continue;
        sf_str rest = sf_str_trim(sf_str_sub(style, at + hiding[i].property.len, style.len));
        if (rest.len && rest.ptr[0] == ':' &&
            sf_str_starts_ci(sf_str_trim(sf_str_sub(rest, 1, rest.len)), hiding[i].value))
            return true;
    }
    return false;
}

/* React sends parts of a page late, as <div hidden id="S:0">, and moves them to their place by
 * script. They are the page. */
static bool is_streamed(const sf_dom *dom, uint32_t node) {
    sf_str id = sf_dom_attr(dom, node, "id");
    return id.len > 2 && id.ptr[0] == 'S' && id.ptr[1] == ':';
}

bool sf_flow_hides(const sf_dom *dom, uint32_t node) {
    const sf_node *n = &dom->nodes[node];
    switch ((sf_tag)n->tag) {
    case SF_TAG_TEXT:
    case SF_TAG_HTML:
    case SF_TAG_BODY: return false; /* pages that hide themselves until a script has run */
    case SF_TAG_AUDIO:
    case SF_TAG_BUTTON:
    case SF_TAG_HEAD:
    case SF_TAG_IFRAME:
    case SF_TAG_INPUT:
    case SF_TAG_LINK:
    case SF_TAG_META:
    case SF_TAG_NOSCRIPT:
    case SF_TAG_OBJECT:
    case SF_TAG_OPTION:
    case SF_TAG_SCRIPT:
    case SF_TAG_SELECT:
    case SF_TAG_STYLE:
    case SF_TAG_SVG:
    case SF_TAG_TEMPLATE:
    case SF_TAG_TEXTAREA:
    case SF_TAG_TITLE:
    case SF_TAG_VIDEO: return true;
    case SF_TAG_OTHER:
        if (sf_str_equal(n->text, SF_STR("canvas")) || sf_str_equal(n->text, SF_STR("datalist")) ||
            sf_str_equal(n->text, SF_STR("noembed")) || sf_str_equal(n->text, SF_STR("noframes")) ||
            sf_str_equal(n->text, SF_STR("rp")) || sf_str_equal(n->text, SF_STR("annotation")))
            return true;
        if (sf_str_equal(n->text, SF_STR("dialog")))
            return !sf_dom_attr(dom, node, "open").ptr;
        break;
    default: break;
    }
    for (uint32_t i = n->attr; i < n->attr + n->attr_count; i++) {
        sf_str name = dom->attrs[i].name;
        if (name.len == 6 && memcmp(name.ptr, "hidden", 6) == 0)
            return !is_streamed(dom, node);
        if (name.len == 5 && memcmp(name.ptr, "style", 5) == 0 && style_hides(dom->attrs[i].value))
            return true;
    }
    return false;
}

/* ---- kinds ---- */

enum { CAPTION_NODES = 40 }; /* an element with more below it is a layout box, whatever its class */

/* class="wp-caption-text", "caption", "image__caption": but not "has-caption". */
static bool class_is_caption(sf_str classes) {
    static const sf_str word = {"caption", 7};
    for (size_t at = 0, end; (at = sf_str_find_ci(classes, word, at)) != SIZE_MAX; at = end) {
        size_t begin = at;
        end = at + word.len;
        while (begin > 0 && !sf_is_space(classes.ptr[begin - 1]))
            begin--;
        while (end < classes.len && !sf_is_space(classes.ptr[end]))
            end++;
        sf_str token = sf_str_sub(classes, begin, end);
        if (sf_str_starts_ci(token, SF_STR("has")) || sf_str_starts_ci(token, SF_STR("no")) ||
            sf_str_starts_ci(token, SF_STR("with")))
            continue;
        return true;
    }
    return false;
}

/* The kind that node's text has by the element itself; `around` is what holds outside of it. */
static sofar_block_kind kind_of(const sf_dom *dom, uint32_t node, sofar_block_kind around) {
    const sf_node *n = &dom->nodes[node];
    switch ((sf_tag)n->tag) {
    case SF_TAG_H1:
    case SF_TAG_H2:
    case SF_TAG_H3:
    case SF_TAG_H4:
    case SF_TAG_H5:
    case SF_TAG_H6: return SOFAR_BLOCK_HEADING;
    case SF_TAG_LI:
    case SF_TAG_DD:
    case SF_TAG_DT: return SOFAR_BLOCK_ITEM;
    case SF_TAG_FIGCAPTION:
    case SF_TAG_CAPTION: return SOFAR_BLOCK_CAPTION;
    case SF_TAG_BLOCKQUOTE: return SOFAR_BLOCK_QUOTE;
    case SF_TAG_ARTICLE:
    case SF_TAG_SECTION:
    case SF_TAG_TABLE:
    case SF_TAG_FIGURE: around = SOFAR_BLOCK_PARAGRAPH; break;
    default: break;
    }
    if (around == SOFAR_BLOCK_PARAGRAPH && n->end - node < CAPTION_NODES) {
        sf_str classes = sf_dom_attr(dom, node, "class");
        if (classes.len && class_is_caption(classes))
            return SOFAR_BLOCK_CAPTION;
    }
    return around;
}

/* ---- the walk ---- */

typedef struct frame {
    uint32_t node, end;
    sofar_block_kind kind;
    bool parts; /* block level: its start and end part blocks */
    bool link;
} frame;

typedef struct walker {
    sf_arena *arena;
    const sf_dom *dom;
    sf_vec(frame) open;
    sf_vec(sf_flow_block) blocks;
    sf_flow_block now; /* being filled; now.first == SF_NONE: nothing yet */
    char *text;        /* of now, folded */
    size_t len, room;
    bool gap;        /* white space since the last character */
    uint32_t breaks; /* <br> since the last character */
    uint32_t links;  /* open links */
    uint32_t source; /* where the last text node ended in the document */
    bool disorder;   /* a text node came after one that stands behind it in the document */
    uint32_t *ranks; /* a text node's place in the order of the document; NULL while in order */
    uint32_t rank;   /* of the last text node */
} walker;

static void finish_block(walker *w) {
    w->gap = false;
    w->breaks = 0;
    if (w->now.first == SF_NONE)
        return;
    char *text = sf_grow(w->arena, NULL, 0, w->len);
    memcpy(text, w->text, w->len);
    w->now.text = (sf_str){text, w->len};
    *SF_PUSH(w->arena, &w->blocks) = w->now;
    w->now.first = SF_NONE;
    w->len = 0;
}

static void begin_block(walker *w, uint32_t text_node) {
    size_t k = w->open.count;
    while (k > 1 && !w->open.at[k - 1].parts)
        k--;
    w->now = (sf_flow_block){.node = w->open.at[k - 1].node,
                             .first = text_node,
                             .last = text_node,
                             .kind = w->open.at[w->open.count - 1].kind};
}

/* Bytes of white space at s[i], 0 if there is none; *keep false for characters that leave no trace
 * (soft hyphen, zero-width space). */
static inline size_t space_at(sf_str s, size_t i, bool *vanishes) {
    unsigned char c = (unsigned char)s.ptr[i];
    *vanishes = false;
    if (c < 0x80)
        return sf_is_space((char)c) ? 1 : 0;
    if (c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF)
        return 0;
    size_t bytes;
    uint32_t code = sf_utf8_at(s, i, &bytes);
    if (code == 0xAD || code == 0x200B || code == 0xFEFF) {
        *vanishes = true;
        return bytes;
    }
    return sf_is_unicode_space(code) ? bytes : 0;
}

static void add_text(walker *w, uint32_t node) {
    sf_str s = w->dom->nodes[node].text;
    if (w->len + s.len + 1 > w->room) {
        size_t wants = (w->len + s.len + 1) * 2;
        w->text = sf_grow(w->arena, w->text, w->room, wants);
        w->room = wants;
    }
    size_t before = w->len;
    for (size_t i = 0; i < s.len;) {
        bool vanishes;
        size_t space = space_at(s, i, &vanishes);
        if (space) {
            w->gap |= !vanishes;
            i += space;
            continue;
        }
        if (w->now.first == SF_NONE)
            begin_block(w, node), w->gap = false;
        if (w->len == 0 || w->gap) {
            if (w->len)
                w->text[w->len++] = ' ';
            w->now.words++;
        }
        w->gap = false;
        w->breaks = 0;
        do
            w->text[w->len++] = s.ptr[i++];
        while (i < s.len && !space_at(s, i, &vanishes));
    }
    if (w->len == before)
        return;
    w->now.last = node;
    if (w->links)
        w->now.link_bytes += (uint32_t)(w->len - before);
}

static void take_text(walker *w, uint32_t node) {
    sf_span source = w->dom->nodes[node].source;
    if (source.begin < w->source)
        w->disorder = true;
    w->source = source.end;
    if (w->ranks) {
        if (w->ranks[node] != w->rank + 1)
            finish_block(w);
        w->rank = w->ranks[node];
    }
    add_text(w, node);
}

static void close_until(walker *w, uint32_t node) {
    while (w->open.count > 1 && w->open.at[w->open.count - 1].end <= node) {
        frame *f = &w->open.at[--w->open.count];
        if (f->parts)
            finish_block(w);
        w->links -= f->link;
    }
}

static void open_element(walker *w, uint32_t node) {
    const sf_node *n = &w->dom->nodes[node];
    bool parts = sf_dom_parts_text((sf_tag)n->tag);
    bool link = n->tag == SF_TAG_A && sf_dom_attr(w->dom, node, "href").ptr;
    sofar_block_kind around = w->open.at[w->open.count - 1].kind;
    sofar_block_kind kind = parts || n->tag == SF_TAG_SPAN ? kind_of(w->dom, node, around) : around;
    if (parts)
        finish_block(w);
    if (n->end == node + 1 || !(parts || link || kind != around))
        return;
    *SF_PUSH(w->arena, &w->open) = (frame){node, n->end, kind, parts, link};
    w->links += link;
}

static void take_break(walker *w) {
    w->gap = true;
    /* Two <br> part paragraphs; where text moved about, one does, to keep the source in order. */
    if (++w->breaks >= 2 || w->ranks)
        finish_block(w);
}

static void walk(walker *w) {
    const sf_dom *dom = w->dom;
    w->open.count = w->blocks.count = 0;
    w->now.first = SF_NONE;
    w->len = 0;
    w->links = w->breaks = w->source = w->rank = 0;
    *SF_PUSH(w->arena, &w->open) =
        (frame){0, dom->nodes[0].end, SOFAR_BLOCK_PARAGRAPH, true, false};
    for (uint32_t i = 1; i < dom->count;) {
        close_until(w, i);
        if (dom->nodes[i].tag == SF_TAG_TEXT) {
            take_text(w, i);
        } else if (sf_flow_hides(dom, i)) {
            i = dom->nodes[i].end;
            continue;
        } else if (dom->nodes[i].tag == SF_TAG_BR) {
            take_break(w);
        } else {
            open_element(w, i);
        }
        i++;
    }
    finish_block(w);
}

/* ---- pages whose tree is not in the order of the document ---- */

typedef struct place {
    uint32_t source, index;
} place;

static int by_source(const void *a, const void *b) {
    const place *x = a, *y = b;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* HTML moves text that stands between the cells of a table to before the table, and so on. Receipts
 * want the order of the document: text nodes get ranks by it, blocks break where ranks jump, and
 * the blocks are sorted. */
static void rank_text(walker *w) {
    const sf_dom *dom = w->dom;
    place *places = SF_ARRAY(w->arena, place, dom->count);
    size_t n = 0;
    for (uint32_t i = 0; i < dom->count;) {
        if (dom->nodes[i].tag != SF_TAG_TEXT && sf_flow_hides(dom, i)) {
            i = dom->nodes[i].end;
            continue;
        }
        if (dom->nodes[i].tag == SF_TAG_TEXT)
            places[n++] = (place){dom->nodes[i].source.begin, i};
        i++;
    }
    qsort(places, n, sizeof *places, by_source);
    w->ranks = SF_ARRAY(w->arena, uint32_t, dom->count);
    for (size_t k = 0; k < n; k++)
        w->ranks[places[k].index] = (uint32_t)k + 1;
}

static void sort_blocks(walker *w) {
    place *places = SF_ARRAY(w->arena, place, w->blocks.count);
    sf_flow_block *sorted = SF_ARRAY(w->arena, sf_flow_block, w->blocks.count);
    for (size_t i = 0; i < w->blocks.count; i++)
        places[i] = (place){w->dom->nodes[w->blocks.at[i].first].source.begin, (uint32_t)i};
    qsort(places, w->blocks.count, sizeof *places, by_source);
    for (size_t i = 0; i < w->blocks.count; i++)
        sorted[i] = w->blocks.at[places[i].index];
    w->blocks.at = sorted;
}

sf_flow sf_flow_of(sf_arena *arena, const sf_dom *dom) {
    walker w = {.arena = arena, .dom = dom};
    walk(&w);
    if (w.disorder) {
        rank_text(&w);
        walk(&w);
        sort_blocks(&w);
    }
    return (sf_flow){w.blocks.at, (uint32_t)w.blocks.count};
}
