/* Where feeds and sitemaps lead: only the links are wanted, so the whole document is parsed at once
 * and walked. As in feed.c nothing is loaded from elsewhere, no entity is replaced, a fault does
 * not end the reading, and what libxml2 copies for its faults is bounded. */
#include "source/links.h"

#include <jansson.h>
#include <libxml/parser.h>

#include "source/entry.h"
#include "source/kinds.h"
#include "source/source.h"
#include "source/xml_text.h"

enum { FREE_COPIES = 16 << 20 };

static bool is_element(const xmlNode *node, const char *local) {
    return sf_xml_is(node, "", local) || sf_xml_is(node, "atom", local);
}

sf_str sf_feed_link(sf_arena *arena, sf_str base, const xmlNode *entry) {
    sf_str own = sf_xml_base(arena, entry), url = SF_ABSENT;
    if (own.ptr)
        base = own;
    const xmlNode *original = sf_xml_child(entry, "feedburner", "origLink");
    if (original)
        url = sf_entry_url_from(arena, base, sf_xml_text(arena, original));
    for (const xmlNode *n = entry->children; n && !url.ptr; n = n->next) {
        if (sf_xml_is(n, "", "link") && n->children) {
            url = sf_entry_url_from(arena, base, sf_xml_text(arena, n));
        } else if (is_element(n, "link")) {
            sf_str rel = sf_xml_attribute(arena, n, "rel");
            if (!rel.ptr || sf_str_equal(rel, SF_STR("alternate")))
                url = sf_entry_url_from(arena, base, sf_xml_attribute(arena, n, "href"));
        }
    }
    const xmlNode *id = sf_xml_child(entry, "", "guid");
    if (!url.ptr && id &&
        !sf_str_equal_ci(sf_xml_attribute(arena, id, "isPermaLink"), SF_STR("false")))
        url = sf_entry_url_from(arena, SF_ABSENT, sf_xml_text(arena, id));
    return url;
}

static void add(sf_arena *arena, sf_links *out, sf_str url, sf_str stamp, bool sitemap) {
    if (!url.ptr || memchr(url.ptr, '\0', url.len))
        return;
    if (out->count >= SF_LINKS_MOST)
        out->cut = true;
    else
        *SF_PUSH(arena, out) = (sf_link){url, stamp, sitemap};
}

/* ---- XML ---- */

typedef struct xml {
    xmlParserCtxt *parser;
    uint64_t copied, length;
} xml;

static void count_copies(void *context, xmlErrorPtr fault) {
    xmlParserCtxt *parser = context;
    xml *x = parser->_private;
    x->copied += fault->str1 ? strlen(fault->str1) : 0;
    if (x->copied > FREE_COPIES + 16 * x->length)
        xmlStopParser(parser);
}

static void free_xml(void *what) {
    xml *x = what;
    if (x->parser) {
        xmlFreeDoc(x->parser->myDoc);
        xmlFreeParserCtxt(x->parser);
    }
}

/* By the name alone: sitemaps are found under a namespace of every spelling. */
static bool is_named(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static sf_str child_text(sf_arena *arena, const xmlNode *node, const char *name) {
    for (const xmlNode *n = node->children; n; n = n->next)
        if (is_named(n, name))
            return sf_str_trim(sf_xml_text(arena, n));
    return SF_ABSENT;
}

static void sitemap_links(sf_arena *arena, const xmlNode *root, bool index, sf_links *out) {
    for (const xmlNode *n = root->children; n; n = n->next)
        if (is_named(n, index ? "sitemap" : "url"))
            add(arena, out, sf_entry_url_from(arena, SF_ABSENT, child_text(arena, n, "loc")),
                child_text(arena, n, "lastmod"), index);
}

/* When the entry says that it was changed last, as it says it. */
static sf_str updated(sf_arena *arena, const xmlNode *entry) {
    const xmlNode *n = sf_xml_child(entry, "atom", "updated");
    n = n ? n : sf_xml_child(entry, "dcterms", "modified");
    return n ? sf_str_trim(sf_xml_text(arena, n)) : SF_ABSENT;
}

static void feed_links(sf_arena *arena, const xmlNode *root, sf_str base, sf_links *out) {
    for (const xmlNode *n = root; n; n = sf_xml_following(n, root))
        if (is_element(n, "item") || is_element(n, "entry"))
            add(arena, out, sf_feed_link(arena, base, n), updated(arena, n), false);
}

static sofar_status xml_links(sf_arena *arena, sf_str bytes, sf_str base, bool feed, sf_links *out,
                              sofar_error *err) {
    xml *x = SF_NEW(arena, xml);
    x->length = bytes.len;
    x->parser = xmlNewParserCtxt();
    sf_defer(arena, free_xml, x);
    if (!x->parser || bytes.len > INT_MAX)
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(base));
    x->parser->_private = x;
    x->parser->sax->serror = count_copies;
    xmlDoc *doc = xmlCtxtReadMemory(x->parser, bytes.ptr, (int)bytes.len, NULL, NULL,
                                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                        XML_PARSE_NOWARNING);
    x->parser->myDoc = doc;
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    bool index = root && is_named(root, "sitemapindex");
    out->found = feed || index || (root && is_named(root, "urlset"));
    if (root && (index || is_named(root, "urlset")))
        sitemap_links(arena, root, index, out);
    else if (root && feed)
        feed_links(arena, root, base, out);
    return SOFAR_OK;
}

/* ---- JSON ---- */

static void release(void *what) { json_decref(what); }

static void json_links(sf_arena *arena, sf_str bytes, sf_str base, sf_links *out) {
    json_t *root = json_loadb(bytes.ptr, bytes.len, 0, NULL);
    if (!root)
        return;
    sf_defer(arena, release, root);
    const char *version = json_string_value(json_object_get(root, "version"));
    const json_t *items = json_object_get(root, "items");
    out->found = version && strstr(version, "jsonfeed.org/version") && json_is_array(items);
    for (size_t i = 0; out->found && i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        const char *url = json_string_value(json_object_get(item, "url"));
        const char *stamp = json_string_value(json_object_get(item, "date_modified"));
        add(arena, out, sf_entry_url_from(arena, base, sf_str_of(url)),
            sf_str_copy(arena, sf_str_of(stamp)), false);
    }
}

/* ---- which of them ---- */

static sofar_status unpack(sf_arena *arena, sf_str name, size_t limit, sf_str *bytes,
                           sofar_error *err) {
    if (!sf_str_starts(*bytes, SF_STR("\x1f\x8b")))
        return SOFAR_OK;
    sf_input *packed = sf_input_bytes(arena, arena->memory, name, *bytes);
    return sf_input_all(sf_input_gunzip(arena, packed), limit, arena, bytes, err);
}

sofar_status sf_source_links(sf_arena *arena, sf_str bytes, sf_str url, size_t limit, sf_links *out,
                             sofar_error *err) {
    *out = (sf_links){0};
    sofar_status status = unpack(arena, url, limit, &bytes, err);
    if (status)
        return status;
    sf_str head = sf_str_sub(bytes, 0, SF_KIND_HEAD);
    sf_kind kind = sf_source_kind(head, SF_ABSENT, SF_ABSENT);
    bool map = sf_str_find(head, SF_STR("urlset"), 0) != SIZE_MAX ||
               sf_str_find(head, SF_STR("sitemapindex"), 0) != SIZE_MAX;
    if (kind == SF_KIND_JSON)
        json_links(arena, bytes, url, out);
    else if (kind == SF_KIND_FEED || (map && sf_str_starts(sf_str_trim(head), SF_STR("<"))) ||
             (map && sf_str_starts(head, SF_STR("\xEF\xBB\xBF"))))
        status = xml_links(arena, bytes, url, kind == SF_KIND_FEED, out, err);
    return status;
}
