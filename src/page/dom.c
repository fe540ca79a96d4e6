/* HTML text -> flat tree, over gumbo (an HTML5 parser that keeps source positions).
 *
 * Gumbo's allocations go into the arena, so its tree is never walked to be freed (gumbo does that
 * by recursion), and the tree is copied to the flat array with an explicit cursor. What hostile
 * pages can make of gumbo - work that grows with the square of the nesting, formatting elements
 * cloned into every paragraph - is kept off by dom_guard.c, which gives gumbo a copy without the
 * tags in question, and by a budget on gumbo's memory. */
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
    sf_str read; /* what gumbo read: dom->html less the cuts */
    const sf_guarded *guarded;
    size_t node_room, attr_room, attr_count;
} builder;

/* The place in the document of a place in what gumbo read. A place where something was cut is
 * behind the cut for what begins there, before it for what ends there. */
static uint32_t place_of(const builder *b, size_t at, bool end) {
    const sf_cut *cuts = b->dom->cuts;
    size_t low = 0, high = b->dom->cut_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cuts[middle].at < at || (!end && cuts[middle].at == at))
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)(low ? cuts[low - 1].end + (at - cuts[low - 1].at) : at);
}

static sf_span source_of(const builder *b, GumboStringPiece piece) {
    if (!piece.data || !piece.length || piece.data < b->read.ptr ||
        piece.data >= b->read.ptr + b->read.len)
        return (sf_span){0, 0};
    size_t at = (size_t)(piece.data - b->read.ptr), left = b->read.len - at;
    size_t end = at + (piece.length < left ? piece.length : left);
    return (sf_span){place_of(b, at, false), place_of(b, end, true)};
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

/* What gumbo made of characters. A numeric reference beyond its integers (&#x41DDDDDDDD) comes out
 * as bytes that are no UTF-8: a run of them becomes one U+FFFD, which is what the reference stands
 * for. */
static sf_str sound(builder *b, const char *made) {
    sf_str s = sf_str_of(made);
    if (sf_utf8_valid(s, NULL))
        return s;
    sf_buf out = sf_buf_new(b->arena);
    bool bad = false;
    for (size_t i = 0, bytes; i < s.len; i += bytes) {
        bool was = bad;
        bad = sf_utf8_at(s, i, &bytes) == 0xFFFD && bytes == 1;
        if (!bad)
            sf_buf_add(&out, sf_str_sub(s, i, i + bytes));
        else if (!was)
            sf_buf_add(&out, SF_STR("\xEF\xBF\xBD"));
    }
    return sf_buf_str(&out);
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
        dom->attrs[b->attr_count++] = (sf_attr){sound(b, a->name), sound(b, a->value)};
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
    *push_node(b) = (sf_node){.text = sound(b, from->v.text.text),
                              .source = source,
                              .parent = parent,
                              .end = at + 1,
                              .tag = SF_TAG_TEXT};
}

/* The text of a script with linked data, which did not go through gumbo. */
static void push_linked_data(builder *b, uint32_t script) {
    const sf_guarded *g = b->guarded;
    uint32_t begin = b->dom->nodes[script].source.begin;
    size_t low = 0, high = g->raw_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (g->raws[middle].tag < begin)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == g->raw_count || g->raws[low].tag != begin || !b->dom->nodes[script].source.end)
        return;
    sf_span body = g->raws[low].body;
    if (body.begin == body.end)
        return;
    uint32_t at = b->dom->count;
    *push_node(b) = (sf_node){.text = sf_span_of(b->dom->html, body),
                              .source = body,
                              .parent = script,
                              .end = at + 1,
                              .tag = SF_TAG_TEXT};
    b->dom->nodes[script].end = at + 1;
}

static void flatten(builder *b, const GumboNode *root) {
    const GumboNode *at = root;
    uint32_t parent = 0;
    for (;;) {
        bool element = at->type == GUMBO_NODE_ELEMENT || at->type == GUMBO_NODE_TEMPLATE;
        if (element) {
            uint32_t node = push_element(b, at, parent);
            uint16_t tag = b->dom->nodes[node].tag;
            if (tag == SF_TAG_SCRIPT) {
                push_linked_data(b, node);
            } else if (at->v.element.children.length && tag != SF_TAG_STYLE) {
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

enum {
    BUDGET_A_BYTE = 64, /* of gumbo's memory per byte of the document; measured on 709 news pages: 7
                           in the middle, 17 at most, and never more than 5 MB in all */
    BUDGET_LEAST = 64 << 20,
    BUDGET_MOST = 1536 << 20
};

typedef struct parse {
    sf_arena tree; /* gumbo's memory: its tree's strings are the dom's */
    size_t budget; /* 0: none */
    jmp_buf over;  /* where to go when it is spent */
    sf_guarded guarded;
    GumboOutput *output;
} parse;

static void *allocate(void *what, size_t size) {
    parse *p = what;
    if (p->budget && p->tree.used + size > p->budget)
        longjmp(p->over, 1);
    return sf_grow(&p->tree, NULL, 0, size);
}

static void release(void *what, void *ptr) { (void)what, (void)ptr; }

static void clear_tree(void *tree) { sf_arena_clear(tree); }

/* False: the budget is spent. */
static bool run_gumbo(parse *p) {
    if (setjmp(p->over))
        return false;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = p;
    options.max_errors = 0;
    p->output = gumbo_parse_with_options(&options, p->guarded.text.ptr, p->guarded.text.len);
    return true;
}

static parse *parse_guarded(sf_arena *arena, sf_str html, sf_guard_level *level) {
    parse *p = SF_NEW(arena, parse);
    sf_arena_init(&p->tree, arena->memory, arena->escape);
    sf_defer(arena, clear_tree, &p->tree);
    p->budget = BUDGET_LEAST + html.len * BUDGET_A_BYTE;
    if (p->budget > BUDGET_MOST)
        p->budget = BUDGET_MOST;
    for (*level = SF_GUARD_NORMAL;; ++*level) {
        if (*level == SF_GUARD_BARE)
            p->budget = 0;
        p->guarded = sf_dom_guard(arena, html, *level);
        if (run_gumbo(p))
            return p;
        sf_arena_clear(&p->tree);
    }
}

static sf_str note_of(sf_arena *arena, const sf_guarded *g, sf_guard_level level) {
    if (level >= SF_GUARD_TEXT_ONLY)
        return SF_STR("the markup is too tangled: the page was read as lines of text");
    if (level == SF_GUARD_PLAIN)
        return SF_STR("the markup is too tangled: bold, italic and fonts were left out");
    if (g->tags_lost)
        return sf_str_format(arena, "%u tags were left out: they nest too deep", g->tags_lost);
    if (g->attrs_lost)
        return sf_str_format(arena, "%u tags have too many attributes: the surplus was left out",
                             g->attrs_lost);
    return SF_ABSENT;
}

sf_dom *sf_dom_parse(sf_arena *arena, sf_str html) {
    if (!html.ptr)
        html = SF_STR("");
    sf_guard_level level;
    parse *p = parse_guarded(arena, html, &level);
    sf_dom *dom = SF_NEW(arena, sf_dom);
    *dom = (sf_dom){.html = html,
                    .cuts = p->guarded.cuts,
                    .cut_count = p->guarded.cut_count,
                    .note = note_of(arena, &p->guarded, level)};
    builder b = {.arena = arena, .dom = dom, .read = p->guarded.text, .guarded = &p->guarded};
    b.node_room = 64 + p->guarded.text.len / 32;
    dom->nodes = sf_grow(arena, NULL, 0, b.node_room * sizeof *dom->nodes);
    b.attr_room = b.node_room;
    dom->attrs = sf_grow(arena, NULL, 0, b.attr_room * sizeof *dom->attrs);
    flatten(&b, p->output->root);
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
