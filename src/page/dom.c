/* HTML text -> flat tree, over gumbo (an HTML5 parser that keeps source positions).
 *
 * Gumbo's allocations go into the arena, so its tree is never walked to be freed (gumbo does that
 * by recursion), and the tree is copied to the flat array with an explicit cursor. What hostile
 * pages can make of gumbo - work that grows with the square of the nesting, formatting elements
 * cloned into every paragraph - is kept off by dom_guard.c, which blanks the tags in question in a
 * copy of the same length, and by a budget on gumbo's memory. */
#include "page/dom.h"

#include <gumbo.h>

#include "page/dom_guard.h"

/* ---- gumbo's names -> ours ---- */

/* Not in gumbo's list: known by their spelling. They get the slot behind the last, which no element
 * of gumbo's has. */
#define GUMBO_TAG_AMP_AD GUMBO_TAG_LAST
#define GUMBO_TAG_PICTURE GUMBO_TAG_LAST + 1

static const uint8_t tag_of_gumbo[GUMBO_TAG_LAST + 2] = {
#define X(name) [GUMBO_TAG_##name] = SF_TAG_##name,
    SF_TAGS(X)
#undef X
};

static sf_tag tag_of_spelling(sf_str name) {
    if (sf_str_equal(name, SF_STR("picture")))
        return SF_TAG_PICTURE;
    if (sf_str_equal(name, SF_STR("amp-ad")))
        return SF_TAG_AMP_AD;
    return SF_TAG_OTHER;
}

/* ---- building ---- */

typedef struct builder {
    sf_arena *arena;
    sf_dom *dom;
    const char *base; /* what gumbo read: dom->html or its blanked copy */
    size_t node_room, attr_room, attr_count;
} builder;

static sf_span source_of(const builder *b, GumboStringPiece piece) {
    if (!piece.data || piece.data < b->base || piece.data > b->base + b->dom->html.len)
        return (sf_span){0, 0};
    size_t at = (size_t)(piece.data - b->base), left = b->dom->html.len - at;
    return (sf_span){(uint32_t)at, (uint32_t)(at + (piece.length < left ? piece.length : left))};
}

static sf_node *push_node(builder *b) {
    sf_dom *dom = b->dom;
    if (dom->count == b->node_room) {
        size_t wants = b->node_room * 2;
        dom->nodes = sf_grow(b->arena, dom->nodes, b->node_room * sizeof *dom->nodes,
                             wants * sizeof *dom->nodes);
        b->node_room = wants;
    }
    return &dom->nodes[dom->count++];
}

static void push_attrs(builder *b, sf_node *node, const GumboVector *attrs) {
    sf_dom *dom = b->dom;
    size_t n = attrs->length < UINT16_MAX ? attrs->length : UINT16_MAX;
    if (b->attr_count + n > b->attr_room) {
        size_t wants = b->attr_room * 2 + n;
        dom->attrs = sf_grow(b->arena, dom->attrs, b->attr_room * sizeof *dom->attrs,
                             wants * sizeof *dom->attrs);
        b->attr_room = wants;
    }
    node->attr = (uint32_t)b->attr_count;
    node->attr_count = (uint16_t)n;
    for (size_t i = 0; i < n; i++) {
        const GumboAttribute *a = attrs->data[i];
        dom->attrs[b->attr_count++] = (sf_attr){sf_str_of(a->name), sf_str_of(a->value)};
    }
}

/* The name of an element that gumbo has no number for, in lower case. */
static sf_str unknown_name(builder *b, sf_span tag) {
    sf_str html = b->dom->html;
    uint32_t begin = tag.begin + 1, end = begin;
    bool upper = false;
    while (end < tag.end && !sf_is_space(html.ptr[end]) && html.ptr[end] != '/' &&
           html.ptr[end] != '>') {
        upper |= html.ptr[end] >= 'A' && html.ptr[end] <= 'Z';
        end++;
    }
    if (begin >= end)
        return SF_STR("");
    sf_str name = sf_str_sub(html, begin, end);
    if (!upper)
        return name;
    char *lower = sf_grow(b->arena, NULL, 0, name.len);
    for (size_t i = 0; i < name.len; i++)
        lower[i] = sf_lower(name.ptr[i]);
    return (sf_str){lower, name.len};
}

static uint32_t push_element(builder *b, const GumboNode *from, uint32_t parent) {
    const GumboElement *e = &from->v.element;
    uint32_t at = b->dom->count;
    sf_node *node = push_node(b);
    *node = (sf_node){.source = source_of(b, e->original_tag), .parent = parent, .end = at + 1};
    if (e->tag < GUMBO_TAG_UNKNOWN) {
        node->text = sf_str_of(gumbo_normalized_tagname(e->tag));
        node->tag = tag_of_gumbo[e->tag] ? tag_of_gumbo[e->tag] : SF_TAG_OTHER;
    } else {
        node->text = unknown_name(b, node->source);
        node->tag = (uint16_t)tag_of_spelling(node->text);
    }
    if (e->attributes.length)
        push_attrs(b, node, &e->attributes);
    return at;
}

static void push_text(builder *b, const GumboNode *from, uint32_t parent) {
    sf_span source = source_of(b, from->v.text.original_text);
    if (source.begin == source.end)
        return; /* made up by the parser (<isindex>) */
    uint32_t at = b->dom->count;
    *push_node(b) = (sf_node){.text = sf_str_of(from->v.text.text),
                              .source = source,
                              .parent = parent,
                              .end = at + 1,
                              .tag = SF_TAG_TEXT};
}

/* Only the text of linked data is of use to anyone; other scripts stay empty. */
static bool keeps_children(const sf_dom *dom, uint32_t node) {
    if (dom->nodes[node].tag == SF_TAG_STYLE)
        return false;
    if (dom->nodes[node].tag != SF_TAG_SCRIPT)
        return true;
    return sf_str_starts_ci(sf_str_trim(sf_dom_attr(dom, node, "type")),
                            SF_STR("application/ld+json"));
}

static void flatten(builder *b, const GumboNode *root) {
    const GumboNode *at = root;
    uint32_t parent = 0;
    for (;;) {
        bool element = at->type == GUMBO_NODE_ELEMENT || at->type == GUMBO_NODE_TEMPLATE;
        if (element) {
            uint32_t node = push_element(b, at, parent);
            if (at->v.element.children.length && keeps_children(b->dom, node)) {
                parent = node;
                at = at->v.element.children.data[0];
                continue;
            }
        } else if (at->type != GUMBO_NODE_COMMENT && at->type != GUMBO_NODE_DOCUMENT) {
            push_text(b, at, parent);
        }
        while (at != root) {
            const GumboNode *up = at->parent;
            size_t next = at->index_within_parent + 1;
            if (next < up->v.element.children.length) {
                at = up->v.element.children.data[next];
                break;
            }
            at = up;
            b->dom->nodes[parent].end = b->dom->count;
            parent = b->dom->nodes[parent].parent;
        }
        if (at == root)
            return;
    }
}

/* ---- gumbo under a budget ---- */

static void *allocate(void *arena, size_t size) { return sf_grow(arena, NULL, 0, size); }

static void release(void *arena, void *ptr) { (void)arena, (void)ptr; }

sf_dom *sf_dom_parse(sf_arena *arena, sf_str html) {
    sf_dom *dom = SF_NEW(arena, sf_dom);
    dom->html = html;
    uint32_t cut;
    sf_str clean = sf_dom_guard(arena, html, SF_GUARD_NORMAL, &cut);
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = arena;
    options.max_errors = 0;
    GumboOutput *output = gumbo_parse_with_options(&options, clean.ptr ? clean.ptr : "", clean.len);
    builder b = {.arena = arena, .dom = dom, .base = clean.ptr};
    b.node_room = 64 + html.len / 64;
    dom->nodes = sf_grow(arena, NULL, 0, b.node_room * sizeof *dom->nodes);
    b.attr_room = b.node_room;
    dom->attrs = sf_grow(arena, NULL, 0, b.attr_room * sizeof *dom->attrs);
    flatten(&b, output->root);
    if (cut)
        dom->note = sf_str_format(arena, "%u tags that nest too deep were left out", cut);
    return dom;
}

/* ---- asking the tree ---- */

sf_str sf_dom_attr(const sf_dom *dom, uint32_t node, const char *name) {
    const sf_node *n = &dom->nodes[node];
    size_t len = strlen(name);
    for (uint32_t i = n->attr; i < n->attr + n->attr_count; i++)
        if (dom->attrs[i].name.len == len && memcmp(dom->attrs[i].name.ptr, name, len) == 0)
            return dom->attrs[i].value;
    return SF_ABSENT;
}

uint32_t sf_dom_find(const sf_dom *dom, uint32_t after, uint32_t end, sf_tag tag) {
    if (end > dom->count)
        end = dom->count;
    for (uint32_t i = after + 1; i < end; i++)
        if (dom->nodes[i].tag == tag)
            return i;
    return SF_NONE;
}

sf_str sf_dom_text(sf_arena *arena, const sf_dom *dom, uint32_t node) {
    sf_buf buf = sf_buf_new(arena);
    uint32_t end = dom->nodes[node].end;
    for (uint32_t i = node; i < end; i++) {
        const sf_node *n = &dom->nodes[i];
        if (n->tag == SF_TAG_TEXT)
            sf_buf_add(&buf, n->text);
        else if (i != node && sf_dom_parts_text((sf_tag)n->tag))
            sf_buf_char(&buf, ' ');
        /* The end of a block element parts as its start does. */
        for (uint32_t k = i; k > node && dom->nodes[k].end == i + 1; k = dom->nodes[k].parent)
            if (sf_dom_parts_text((sf_tag)dom->nodes[k].tag)) {
                sf_buf_char(&buf, ' ');
                break;
            }
    }
    return sf_str_fold_space(arena, sf_buf_str(&buf));
}

bool sf_dom_parts_text(sf_tag tag) {
    switch (tag) {
    case SF_TAG_ADDRESS:
    case SF_TAG_ARTICLE:
    case SF_TAG_ASIDE:
    case SF_TAG_BLOCKQUOTE:
    case SF_TAG_BODY:
    case SF_TAG_BR:
    case SF_TAG_CAPTION:
    case SF_TAG_CENTER:
    case SF_TAG_DD:
    case SF_TAG_DETAILS:
    case SF_TAG_DIV:
    case SF_TAG_DL:
    case SF_TAG_DT:
    case SF_TAG_FIELDSET:
    case SF_TAG_FIGCAPTION:
    case SF_TAG_FIGURE:
    case SF_TAG_FOOTER:
    case SF_TAG_FORM:
    case SF_TAG_H1:
    case SF_TAG_H2:
    case SF_TAG_H3:
    case SF_TAG_H4:
    case SF_TAG_H5:
    case SF_TAG_H6:
    case SF_TAG_HEADER:
    case SF_TAG_HR:
    case SF_TAG_HTML:
    case SF_TAG_LEGEND:
    case SF_TAG_LI:
    case SF_TAG_MAIN:
    case SF_TAG_MENU:
    case SF_TAG_NAV:
    case SF_TAG_OL:
    case SF_TAG_P:
    case SF_TAG_PRE:
    case SF_TAG_SECTION:
    case SF_TAG_SUMMARY:
    case SF_TAG_TABLE:
    case SF_TAG_TBODY:
    case SF_TAG_TD:
    case SF_TAG_TFOOT:
    case SF_TAG_TH:
    case SF_TAG_THEAD:
    case SF_TAG_TR:
    case SF_TAG_UL: return true;
    default: return false;
    }
}
