/* JSON Feed 1.0 and 1.1: an item is a page. Its bytes are content_html, or content_text as plain
 * text, or failing both the summary. */
#include <jansson.h>

#include "source/entry.h"
#include "source/kinds.h"

typedef struct json_feed {
    json_t *root, *items; /* items: borrowed from root */
    size_t next;
    sf_str outlet, authors;
    bool started;
} json_feed;

static void release(void *what) {
    json_feed *f = what;
    json_decref(f->root);
    f->root = NULL;
}

/* The string member, absent if there is none. Lives as long as the tree. */
static sf_str member(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? (sf_str){json_string_value(value), json_string_length(value)}
                                 : SF_ABSENT;
}

/* `authors` of version 1.1, or `author` of 1.0: names, comma separated; absent if there are none.
 */
static sf_str authors_of(sf_arena *arena, const json_t *object) {
    const json_t *list = json_object_get(object, "authors");
    sf_buf names = sf_buf_new(arena);
    for (size_t i = 0; i < json_array_size(list); i++)
        sf_entry_add_name(&names, member(json_array_get(list, i), "name"));
    if (names.len == 0)
        sf_entry_add_name(&names, member(json_object_get(object, "author"), "name"));
    return names.len ? sf_buf_str(&names) : SF_ABSENT;
}

static sofar_status no_feed(sf_pages *pages, const char *what, size_t at, sofar_error *err) {
    return sf_fail_at(err, SOFAR_ERR_FORMAT, at,
                      "%.*s: %s at byte %zu; a JSON Feed is an object with \"version\" "
                      "(https://jsonfeed.org/version/1.1) and \"items\"",
                      SF_ARG(pages->name), what, at);
}

static sofar_status parse(sf_pages *pages, json_feed *f, sofar_error *err) {
    sf_str bytes;
    json_error_t fault;
    sofar_status status = sf_input_all(pages->in, pages->limit, pages->keep, &bytes, err);
    if (status)
        return status;
    sf_str json =
        sf_str_starts(bytes, SF_STR("\xEF\xBB\xBF")) ? sf_str_sub(bytes, 3, bytes.len) : bytes;
    bool claims = sf_str_find(json, SF_STR("jsonfeed.org/version"), 0) != SIZE_MAX;
    if (!claims && pages->in_folder) {
        ++*pages->skipped; /* some other JSON among the pages */
        return SOFAR_DONE;
    }
    f->root = json_loadb(json.ptr, json.len, JSON_ALLOW_NUL, &fault);
    sf_defer(pages->keep, release, f);
    if (!f->root && json_error_code(&fault) == json_error_out_of_memory)
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(pages->name));
    if (!f->root)
        return no_feed(pages, fault.text, fault.position > 0 ? (size_t)fault.position : 0, err);
    f->items = json_object_get(f->root, "items");
    if (sf_str_find(member(f->root, "version"), SF_STR("jsonfeed.org/version"), 0) == SIZE_MAX ||
        !json_is_array(f->items))
        return no_feed(pages, "JSON, but not a JSON Feed", 0, err);
    f->outlet = member(f->root, "title");
    f->authors = authors_of(pages->keep, f->root);
    return SOFAR_OK;
}

static bool make_page(sf_pages *pages, const json_feed *f, const json_t *item, sofar_page *page) {
    sf_str html = member(item, "content_html"), text = member(item, "content_text"),
           summary = member(item, "summary"), id = member(item, "id");
    *page = (sofar_page){0};
    page->bytes = html.len ? html : text.len ? text : summary;
    page->content_type =
        html.len ? SF_STR("text/html; charset=utf-8") : SF_STR("text/plain; charset=utf-8");
    if (page->bytes.len == 0)
        return false;
    page->file = sf_entry_name(pages, f->next);
    page->url = sf_entry_url(pages, member(item, "url"));
    if (!page->url.ptr)
        page->url = sf_entry_url(pages, member(item, "external_url"));
    if (!page->url.ptr && sf_str_starts_ci(id, SF_STR("http")))
        page->url = sf_entry_url(pages, id);
    page->title = member(item, "title");
    page->byline = authors_of(pages->page, item);
    if (!page->byline.ptr)
        page->byline = f->authors;
    page->outlet = f->outlet;
    page->published = sf_stamp_parse(pages->page, member(item, "date_published"));
    page->updated = sf_stamp_parse(pages->page, member(item, "date_modified"));
    return true;
}

static sofar_status next_json(sf_pages *pages, sofar_page *page, sofar_error *err) {
    json_feed *f = pages->own;
    if (!f->started) {
        f->started = true;
        sofar_status status = parse(pages, f, err);
        if (status) {
            f->items = NULL;
            return status;
        }
    }
    while (f->next < json_array_size(f->items)) {
        const json_t *item = json_array_get(f->items, f->next++);
        if (make_page(pages, f, item, page)) {
            if (page->bytes.len <= pages->limit)
                return SOFAR_OK;
            return sf_entry_too_long(pages, page->file, err);
        }
        ++*pages->skipped;
    }
    return SOFAR_DONE;
}

void sf_json_feed_open(sf_pages *pages) {
    pages->own = SF_NEW(pages->keep, json_feed);
    pages->next = next_json;
}
