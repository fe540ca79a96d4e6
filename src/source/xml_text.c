/* Text and markup out of libxml2's trees: walks along the links of the tree, so depth costs no
 * stack. */
#include "source/xml_text.h"

static sf_str of(const xmlChar *s) { return sf_str_of((const char *)s); }

static const struct {
    const char *space, *href;
} spaces[] = {
    {"", "http://purl.org/rss/1.0/"},
    {"", "http://my.netscape.com/rdf/simple/0.9/"},
    {"", "http://backend.userland.com/rss2"},
    {"content", "http://purl.org/rss/1.0/modules/content/"},
    {"dc", "http://purl.org/dc/elements/1.1/"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"atom", "http://www.w3.org/2005/Atom"},
    {"atom", "http://purl.org/atom/ns#"}, /* 0.3 */
    {"xhtml", "http://www.w3.org/1999/xhtml"},
    {"itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"},
    {"feedburner", "http://rssnamespace.org/feedburner/ext/1.0"},
};

bool sf_xml_is(const xmlNode *node, const char *space, const char *local) {
    if (node->type != XML_ELEMENT_NODE)
        return false;
    sf_str name = of(node->name), prefix = SF_STR("");
    size_t colon = sf_str_find(name, SF_STR(":"), 0);
    if (colon != SIZE_MAX) { /* the prefix was not declared */
        prefix = sf_str_sub(name, 0, colon);
        name = sf_str_sub(name, colon + 1, name.len);
    }
    if (!sf_str_equal(name, sf_str_of(local)))
        return false;
    if (!node->ns)
        return sf_str_equal(prefix, sf_str_of(space));
    for (size_t i = 0; i < SF_LEN(spaces); i++)
        if (sf_str_equal_ci(of(node->ns->href), sf_str_of(spaces[i].href)))
            return strcmp(space, spaces[i].space) == 0;
    return !*space && !node->ns->prefix; /* a default namespace of the feed's own */
}

const xmlNode *sf_xml_child(const xmlNode *node, const char *space, const char *local) {
    for (const xmlNode *child = node->children; child; child = child->next)
        if (sf_xml_is(child, space, local))
            return child;
    return NULL;
}

static void add_text(sf_buf *out, const xmlNode *node) {
    if (node->type == XML_ENTITY_REF_NODE)
        sf_buf_printf(out, "&%s;", (const char *)node->name);
    else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        sf_buf_add(out, of(node->content));
}

const xmlNode *sf_xml_following(const xmlNode *node, const xmlNode *top) {
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

sf_str sf_xml_text(sf_arena *arena, const xmlNode *top) {
    if (!top)
        return SF_ABSENT;
    sf_buf out = sf_buf_new(arena);
    for (const xmlNode *node = top; node; node = sf_xml_following(node, top))
        add_text(&out, node);
    return sf_buf_str(&out);
}

static void free_xml(void *what) { xmlFree(what); }

sf_str sf_xml_attribute(sf_arena *arena, const xmlNode *node, const char *name) {
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        if (a->ns || !sf_str_equal(of(a->name), sf_str_of(name)))
            continue;
        sf_buf value = sf_buf_new(arena);
        for (const xmlNode *node_of = a->children; node_of; node_of = node_of->next)
            add_text(&value, node_of);
        return sf_buf_str(&value);
    }
    return SF_ABSENT;
}

sf_str sf_xml_base(sf_arena *arena, const xmlNode *node) {
    xmlChar *base = xmlNodeGetBase(node->doc, node);
    if (!base)
        return SF_ABSENT;
    sf_defer(arena, free_xml, base);
    return of(base);
}

/* ---- markup ---- */

static void escape(sf_buf *out, sf_str s, bool in_attribute) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '&')
            sf_buf_add(out, SF_STR("&amp;"));
        else if (c == '<')
            sf_buf_add(out, SF_STR("&lt;"));
        else if (c == '"' && in_attribute)
            sf_buf_add(out, SF_STR("&quot;"));
        else
            sf_buf_char(out, c);
    }
}

static bool is_void(sf_str name) {
    static const char *const names[] = {"area", "base", "br",  "col",   "embed",  "hr",    "img",
                                        "link", "meta", "wbr", "input", "source", "track", "param"};
    for (size_t i = 0; i < SF_LEN(names); i++)
        if (sf_str_equal(name, sf_str_of(names[i])))
            return true;
    return false;
}

static void open_tag(sf_buf *out, const xmlNode *node) {
    sf_buf_char(out, '<');
    sf_buf_add(out, of(node->name));
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        sf_buf_char(out, ' ');
        sf_buf_add(out, of(a->name));
        sf_buf_add(out, SF_STR("=\""));
        for (const xmlNode *part = a->children; part; part = part->next) {
            if (part->type == XML_ENTITY_REF_NODE)
                add_text(out, part);
            else
                escape(out, of(part->content), true);
        }
        sf_buf_char(out, '"');
    }
    sf_buf_char(out, '>');
}

static void close_tag(sf_buf *out, const xmlNode *node) {
    if (!is_void(of(node->name)))
        sf_buf_printf(out, "</%s>", (const char *)node->name);
}

sf_str sf_xml_markup(sf_arena *arena, const xmlNode *top) {
    sf_buf out = sf_buf_new(arena);
    const xmlNode *node = top->children;
    while (node) {
        if (node->type == XML_ELEMENT_NODE)
            open_tag(&out, node);
        else if (node->type == XML_ENTITY_REF_NODE)
            add_text(&out, node);
        else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            escape(&out, of(node->content), false);
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        if (node->type == XML_ELEMENT_NODE)
            close_tag(&out, node);
        while (!node->next && node->parent != top) {
            node = node->parent;
            close_tag(&out, node);
        }
        node = node->next;
    }
    return sf_buf_str(&out);
}
