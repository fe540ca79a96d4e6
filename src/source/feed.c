/* RSS 0.9x, 1.0 and 2.0, Atom 1.0 (and 0.3): an entry is a page, whose bytes are the entry's HTML
 * as it reads once the XML is undone: content:encoded, Atom's content, or failing these the
 * summary. Title, byline, days and the feed's name as outlet go out as hints, which the page room
 * uses where the HTML is silent.
 *
 * The file is pushed into libxml2 piece by piece. An entry is taken as soon as its element is
 * closed, and its content is freed behind it, so a feed of any length takes the room of its longest
 * entry; one longer than the page limit ends the reading. (libxml2's own reader would be shorter,
 * but it stops at the first fault; feeds often have one - a bare "&", a forgotten end tag - and the
 * push parser goes on behind it.) The first fault is reported after the last page.
 *
 * Nothing is loaded from elsewhere and no entity is replaced, so neither external entities nor
 * expansion bombs do anything: a reference that XML itself does not define stays as "&name;".
 */
#include <libxml/parser.h>

#include "source/entry.h"
#include "source/links.h"
#include "source/xml_text.h"

enum { PIECE = 32 << 10, FREE_COPIES = 16 << 20 };

typedef struct feed {
    sf_pages *pages;
    xmlParserCtxt *parser; /* NULL until the first piece */
    xmlNode *last;         /* the last node that was looked at; stays in the tree */
    const xmlNode *inside; /* an entry inside `last` that is still to come */
    size_t number;
    uint64_t entry_from; /* bytes read when the last entry was done */
    uint64_t copied;     /* bytes that libxml2 copied for its faults */
    bool fed, ended, too_long;
    sf_str outlet, byline;
    bool faulty, out_of_memory;
    int fault_line;
    char fault[160];
} feed;

/* ---- pieces in ---- */

/* Keeps the first fault; its line end goes. libxml2 copies what a fault is about each time it tells
 * of one - for every "--" in a comment, the comment so far - so reading ends where such copies have
 * become many times the feed. */
static void note_fault(void *context, xmlErrorPtr fault) {
    xmlParserCtxt *parser = context;
    feed *f = parser->_private;
    f->copied += fault->str1 ? strlen(fault->str1) : 0;
    if (f->copied > FREE_COPIES + 16 * sf_input_offset(f->pages->in))
        xmlStopParser(parser);
    if (fault->code == XML_ERR_NO_MEMORY)
        f->out_of_memory = true;
    if (f->faulty || fault->level < XML_ERR_ERROR || fault->domain == XML_FROM_NAMESPACE ||
        fault->code == XML_ERR_UNDECLARED_ENTITY || fault->code == XML_WAR_UNDECLARED_ENTITY)
        return;
    f->faulty = true;
    f->fault_line = fault->line;
    sf_str message = sf_str_trim(sf_str_of(fault->message ? fault->message : "unknown"));
    size_t len = message.len < sizeof f->fault - 1 ? message.len : sizeof f->fault - 1;
    memcpy(f->fault, message.ptr, len);
    f->fault[len] = '\0';
}

static void free_parser(void *what) {
    feed *f = what;
    if (!f->parser)
        return;
    xmlFreeDoc(f->parser->myDoc);
    xmlFreeParserCtxt(f->parser);
    f->parser = NULL;
}

static bool start_parser(feed *f, sf_str first) {
    f->parser = xmlCreatePushParserCtxt(NULL, NULL, first.ptr, (int)first.len, NULL);
    if (!f->parser) {
        f->out_of_memory = true;
        return false;
    }
    f->parser->_private = f;
    f->parser->sax->serror = note_fault;
    xmlCtxtUseOptions(f->parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                     XML_PARSE_NOWARNING);
    return true;
}

/* Pushes the next piece, or the end. False when there is nothing more to push. */
static bool push_piece(feed *f) {
    sf_input *in = f->pages->in;
    if (f->fed)
        return false;
    if (sf_input_offset(in) - f->entry_from > f->pages->limit + 2 * PIECE) {
        f->too_long = true;
        return false;
    }
    sf_str s = sf_str_sub(sf_input_peek(in, 4), 0, f->parser ? PIECE : 4);
    if (!f->parser) { /* the first four bytes tell the encoding */
        if (!start_parser(f, s))
            return false;
    } else {
        f->fed = s.len == 0;
        xmlParseChunk(f->parser, s.ptr, (int)s.len, f->fed);
    }
    sf_input_skip(in, s.len);
    return true;
}

/* ---- nodes out ---- */

static bool is_open(const feed *f, const xmlNode *node) {
    for (int i = 0; i < f->parser->nodeNr; i++)
        if (f->parser->nodeTab[i] == node)
            return true;
    return false;
}

static bool is_channel(const xmlNode *node) { return sf_xml_is(node, "", "channel"); }

/* The node that follows `last` in the feed: a child of the root, or of RSS's channel. */
static xmlNode *following(const feed *f) {
    xmlNode *root = f->parser && f->parser->myDoc ? xmlDocGetRootElement(f->parser->myDoc) : NULL;
    xmlNode *last = f->last;
    if (!last)
        return root ? root->children : NULL;
    if (is_channel(last) && last->children)
        return last->children;
    if (!last->next && last->parent != root && !is_open(f, last->parent))
        return last->parent->next;
    return last->next;
}

/* The next element of the feed that is complete; NULL when a piece more is needed. */
static xmlNode *take_node(feed *f) {
    for (;;) {
        xmlNode *node = following(f);
        if (!node || (is_open(f, node) && !is_channel(node)))
            return NULL;
        f->last = node;
        if (node->type == XML_ELEMENT_NODE && !is_channel(node))
            return node;
    }
}

/* The element itself stays: the parser must not find another last child than the one it left. */
static void free_content(xmlNode *node) {
    while (node->children) {
        xmlNode *child = node->children;
        xmlUnlinkNode(child);
        xmlFreeNode(child);
    }
}

/* ---- an entry ---- */

static bool is_element(const xmlNode *node, const char *local) {
    return sf_xml_is(node, "", local) || sf_xml_is(node, "atom", local);
}

static const xmlNode *child(const xmlNode *node, const char *local) {
    const xmlNode *found = sf_xml_child(node, "", local);
    return found ? found : sf_xml_child(node, "atom", local);
}

static sf_str plain_of(sf_arena *arena, const xmlNode *node) {
    return node ? sf_entry_plain(arena, sf_xml_text(arena, node)) : SF_ABSENT;
}

/* Atom's title may say that it is plain text, in which "&lt;" means just that. */
static sf_str title_of(sf_arena *arena, const xmlNode *entry) {
    const xmlNode *title = child(entry, "title");
    if (!title)
        return SF_ABSENT;
    sf_str type = sf_xml_attribute(arena, title, "type");
    if (sf_xml_is(title, "atom", "title") && (!type.ptr || sf_str_equal(type, SF_STR("text"))))
        return sf_str_fold_space(arena, sf_xml_text(arena, title));
    return plain_of(arena, title);
}

static sf_str byline_of(sf_arena *arena, const xmlNode *entry) {
    sf_buf names = sf_buf_new(arena);
    for (const xmlNode *n = entry->children; n; n = n->next) {
        if (sf_xml_is(n, "atom", "author")) {
            const xmlNode *name = sf_xml_child(n, "atom", "name");
            sf_entry_add_name(&names, plain_of(arena, name));
        } else if (sf_xml_is(n, "dc", "creator")) {
            sf_entry_add_name(&names, plain_of(arena, n));
        }
    }
    const xmlNode *other = sf_xml_child(entry, "", "author");
    if (names.len == 0 && !other)
        other = sf_xml_child(entry, "itunes", "author");
    if (names.len == 0 && other)
        sf_entry_add_name(&names, plain_of(arena, other));
    return names.len ? sf_buf_str(&names) : SF_ABSENT;
}

/* The first child of these that is a date. */
static sf_str stamp_of(sf_arena *arena, const xmlNode *entry, const char *const names[][2],
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        const xmlNode *node = sf_xml_child(entry, names[i][0], names[i][1]);
        sf_str stamp = node ? sf_stamp_parse(arena, sf_xml_text(arena, node)) : SF_ABSENT;
        if (stamp.ptr)
            return stamp;
    }
    return SF_ABSENT;
}

/* Where an Atom entry has no day of publication, the day of its update is the only one it has. */
static void set_days(sf_arena *arena, const xmlNode *entry, sofar_page *page) {
    static const char *const published[][2] = {
        {"", "pubDate"},       {"atom", "published"}, {"atom", "issued"},  {"dc", "date"},
        {"dcterms", "issued"}, {"atom", "updated"},   {"atom", "modified"}};
    static const char *const updated[][2] = {
        {"atom", "updated"}, {"atom", "modified"}, {"dcterms", "modified"}};
    page->published = stamp_of(arena, entry, published, SF_LEN(published));
    page->updated = stamp_of(arena, entry, updated, SF_LEN(updated));
}

/* Atom's content or summary by its type; false if it is somewhere else or no text. */
static bool atom_text(sf_arena *arena, const xmlNode *node, sofar_page *page) {
    if (!node || sf_xml_attribute(arena, node, "src").ptr)
        return false;
    sf_str type = sf_xml_attribute(arena, node, "type");
    if (sf_str_equal(type, SF_STR("xhtml")) ||
        sf_str_equal(sf_media_type(type), SF_STR("application/xhtml+xml"))) {
        const xmlNode *div = sf_xml_child(node, "xhtml", "div");
        page->bytes = sf_xml_markup(arena, div ? div : node);
        return page->bytes.len > 0;
    }
    bool plain = !type.ptr || sf_str_equal(type, SF_STR("text")) ||
                 sf_str_equal(sf_media_type(type), SF_STR("text/plain"));
    if (!plain && !sf_str_equal(type, SF_STR("html")) &&
        !sf_str_equal(sf_media_type(type), SF_STR("text/html")))
        return false;
    page->bytes = sf_xml_text(arena, node);
    if (plain)
        page->content_type = SF_STR("text/plain; charset=utf-8");
    return sf_str_trim(page->bytes).len > 0;
}

static bool rss_text(sf_arena *arena, const xmlNode *node, sofar_page *page) {
    page->bytes = sf_xml_text(arena, node);
    return sf_str_trim(page->bytes).len > 0;
}

static bool set_text(sf_arena *arena, const xmlNode *entry, sofar_page *page) {
    page->content_type = SF_STR("text/html; charset=utf-8");
    const xmlNode *body = sf_xml_child(entry, "xhtml", "body");
    if (rss_text(arena, sf_xml_child(entry, "content", "encoded"), page))
        return true;
    if (body && (page->bytes = sf_xml_markup(arena, body)).len > 0)
        return true;
    return atom_text(arena, sf_xml_child(entry, "atom", "content"), page) ||
           rss_text(arena, sf_xml_child(entry, "", "description"), page) ||
           atom_text(arena, sf_xml_child(entry, "atom", "summary"), page);
}

static sf_str outlet_of(const feed *f, const xmlNode *entry) {
    sf_arena *arena = f->pages->page;
    const xmlNode *source = sf_xml_child(entry, "", "source");
    sf_str name = plain_of(arena, source);
    if (!name.len && (source = sf_xml_child(entry, "atom", "source")) != NULL)
        name = plain_of(arena, sf_xml_child(source, "atom", "title"));
    return name.len ? name : f->outlet;
}

static bool make_page(feed *f, const xmlNode *entry, sofar_page *page) {
    sf_arena *arena = f->pages->page;
    *page = (sofar_page){0};
    if (!set_text(arena, entry, page))
        return false;
    page->file = sf_entry_name(f->pages, f->number);
    page->url = sf_feed_link(arena, f->pages->hints.url, entry);
    page->title = title_of(arena, entry);
    page->byline = byline_of(arena, entry);
    if (!page->byline.ptr)
        page->byline = f->byline;
    page->outlet = outlet_of(f, entry);
    set_days(arena, entry, page);
    return true;
}

/* ---- the feed ---- */

/* The feed's own title and author; an entry may stand before them, and then goes without. */
static void note_channel(feed *f, const xmlNode *node) {
    sf_arena *keep = f->pages->keep;
    if (is_element(node, "title") && !f->outlet.len)
        f->outlet = plain_of(keep, node);
    else if (sf_xml_is(node, "atom", "author") && !f->byline.len)
        f->byline = plain_of(keep, sf_xml_child(node, "atom", "name"));
}

static sofar_status over(feed *f, sofar_error *err) {
    const sf_input *in = f->pages->in;
    f->ended = true;
    if (f->out_of_memory)
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(f->pages->name));
    if (in->bad) {
        if (err)
            *err = in->err;
        return in->bad;
    }
    if (f->too_long)
        return sf_entry_too_long(f->pages, sf_entry_name(f->pages, f->number + 1), err);
    if (f->faulty)
        return sf_fail_at(err, SOFAR_ERR_FORMAT, (size_t)sf_input_offset(in),
                          "%.*s: not well-formed XML at line %d: %s; %zu entries were read, others "
                          "may be missing",
                          SF_ARG(f->pages->name), f->fault_line, f->fault, f->number);
    return SOFAR_DONE;
}

static bool is_entry(const xmlNode *node) {
    return is_element(node, "item") || is_element(node, "entry");
}

/* Where an end tag was forgotten, the entries behind it stand inside the one that lacks it. */
static const xmlNode *entry_inside(const feed *f, const xmlNode *entry) {
    do
        entry = sf_xml_following(entry, f->last);
    while (entry && !is_entry(entry));
    return entry;
}

static sofar_status next_entry(sf_pages *pages, sofar_page *page, sofar_error *err) {
    feed *f = pages->own;
    while (!f->ended) {
        const xmlNode *node = f->inside ? f->inside : take_node(f);
        if (!node && push_piece(f))
            continue;
        if (!node)
            return over(f, err);
        if (!is_entry(node)) {
            note_channel(f, node);
            continue;
        }
        f->number++;
        bool found = make_page(f, node, page);
        f->inside = entry_inside(f, node);
        if (!f->inside)
            free_content(f->last);
        f->entry_from = sf_input_offset(pages->in);
        if (found)
            return page->bytes.len <= pages->limit ? SOFAR_OK
                                                   : sf_entry_too_long(pages, page->file, err);
        ++*pages->skipped;
        sf_arena_clear(pages->page);
    }
    return SOFAR_DONE;
}

void sf_feed_open(sf_pages *pages) {
    feed *f = SF_NEW(pages->keep, feed);
    f->pages = pages;
    sf_defer(pages->keep, free_parser, f);
    pages->own = f;
    pages->next = next_entry;
}
