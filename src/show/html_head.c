/* What stands around a page: its head, policy and links to its twins, and its foot. */
#include "show/desk_script.inc"
#include "show/html.h"
#include "show/live_script.inc"
#include "show/live_style.inc"
#include "show/picture.h"
#include "show/script.inc"
#include "show/style.inc"
#include "show/twins.h"

/* The two hashes one behind the other. */
static const char look[] = STYLE_HASH SCRIPT_HASH;

static const char policy[] =
    "default-src 'none'; style-src '" STYLE_HASH "'; script-src '" SCRIPT_HASH
    "'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

static const char live_policy[] =
    "default-src 'none'; style-src '" STYLE_HASH "' '" LIVE_STYLE_HASH "'; script-src '" SCRIPT_HASH
    "' '" LIVE_SCRIPT_HASH "' '" DESK_SCRIPT_HASH
    "'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'";

static void meta(sf_buf *out, const char *attribute, const char *name, sf_str content) {
    if (!content.len)
        return;
    sf_buf_printf(out, "<meta %s=\"%s\" content=\"", attribute, name);
    sf_html_text(out, content);
    SF_HTML(out, "\">\n");
}

/* ---- twins ---- */

sf_str sf_show_look(void) { return (sf_str){look, sizeof look - 1}; }

sf_str sf_show_policy(bool live) {
    return live ? (sf_str){live_policy, sizeof live_policy - 1}
                : (sf_str){policy, sizeof policy - 1};
}

static void link_twins(sf_buf *out, sf_str stem, bool feeds) {
    for (size_t i = 1; i < sf_twin_count; i++) {
        if (!sf_twins[i].index && !feeds)
            continue;
        sf_buf_printf(out, "<link rel=\"alternate\" type=\"%s\" title=\"%s\" href=\"",
                      sf_twins[i].type, sf_twins[i].title);
        sf_html_text(out, stem);
        sf_buf_printf(out, "%s\">\n", sf_twins[i].suffix);
    }
}

/* ---- head ---- */

static sf_str absolute(sf_arena *arena, const sf_head *h, sf_str file) {
    return h->setting->base.len && file.len
               ? sf_str_format(arena, "%.*s%.*s", SF_ARG(h->setting->base), SF_ARG(file))
               : SF_ABSENT;
}

static void open_graph(sf_buf *out, const sf_head *h) {
    sf_str url = absolute(out->arena, h, h->file);
    meta(out, "property", "og:type", sf_str_of(h->og_type));
    meta(out, "property", "og:site_name", SF_STR("Everything we know so far"));
    meta(out, "property", "og:title", h->title);
    meta(out, "property", "og:description", h->description);
    meta(out, "property", "og:url", url);
    sf_str image = h->picture ? absolute(out->arena, h, h->picture->file) : SF_ABSENT;
    meta(out, "property", "og:image", image);
    if (image.len)
        meta(out, "property", "og:image:alt", sf_plain_line(out->arena, h->picture->alt));
    if (url.len) {
        SF_HTML(out, "<link rel=\"canonical\"");
        sf_html_href(out, url);
        SF_HTML(out, ">\n");
    }
}

static void escape(sf_buf *out, uint32_t code) {
    if (code < 0x10000) {
        sf_buf_printf(out, "\\u%04x", (unsigned)code);
        return;
    }
    code -= 0x10000;
    sf_buf_printf(out, "\\u%04x\\u%04x", (unsigned)(0xD800 + (code >> 10)),
                  (unsigned)(0xDC00 + (code & 0x3FF)));
}

/* JSON in which no byte ends the element it stands in and no character acts on the text around it:
 * what is not plain stands in strings only, where it may be escaped. */
static void linked_data(sf_buf *out, sf_str json) {
    SF_HTML(out, "<script type=\"application/ld+json\">");
    size_t plain = 0, bytes;
    for (size_t i = 0; i < json.len; i += bytes) {
        bytes = 1;
        if (sf_is_alpha(json.ptr[i]))
            continue;
        uint32_t code = sf_utf8_at(json, i, &bytes);
        if (code == '\n' || (code != '<' && code == sf_plain_code(json, i, &bytes)))
            continue;
        sf_buf_add(out, sf_str_sub(json, plain, i));
        escape(out, code);
        plain = i + bytes;
    }
    sf_buf_add(out, sf_str_sub(json, plain, json.len));
    SF_HTML(out, "</script>\n");
}

void sf_html_begin(sf_buf *out, const sf_head *h) {
    SF_HTML(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"");
    sf_buf_add(out, sf_show_policy(h->setting->live != NULL));
    SF_HTML(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
                 "<meta name=\"generator\" content=\"sofar " SOFAR_VERSION "\">\n");
    SF_HTML(out, "<title>");
    sf_html_text(out, sf_plain_line(out->arena, h->title));
    SF_HTML(out, " – so far</title>\n");
    meta(out, "name", "description", h->description);
    open_graph(out, h);
    if (h->updated.len == 10)
        meta(out, "property", "article:modified_time", h->updated);
    SF_HTML(out, "<link rel=\"icon\" href=\"data:,\">\n");
    if (h->twin.len)
        link_twins(out, h->twin, h->feeds);
    SF_HTML(out, "<style>");
    sf_buf_add(out, (sf_str){style, sizeof style - 1});
    SF_HTML(out, "</style>\n");
    if (h->setting->live) {
        SF_HTML(out, "<style>");
        sf_buf_add(out, (sf_str){live_style, sizeof live_style - 1});
        SF_HTML(out, "</style>\n");
    }
    if (h->linked_data.len)
        linked_data(out, h->linked_data);
    SF_HTML(out, "</head>\n<body>\n");
}

/* ---- foot ---- */

static void run(sf_buf *out, const char *code, size_t len) {
    SF_HTML(out, "<script>");
    sf_buf_add(out, (sf_str){code, len});
    SF_HTML(out, "</script>\n");
}

static void twins(sf_buf *out, const sf_head *h) {
    SF_HTML(out, "<p class=\"twins\">The same as ");
    for (size_t i = 1; i < sf_twin_count; i++) {
        if (!sf_twins[i].index && !h->feeds)
            continue;
        if (i > 1)
            SF_HTML(out, ", ");
        SF_HTML(out, "<a href=\"");
        sf_html_text(out, h->twin);
        sf_buf_printf(out, "%s\" type=\"%s\">%s</a>", sf_twins[i].suffix, sf_twins[i].type,
                      sf_twins[i].title);
    }
    SF_HTML(out, ".</p>\n");
}

void sf_html_end(sf_buf *out, const sf_head *h) {
    SF_HTML(out, "<footer class=\"foot\">\n<p>Everything here is quoted from the pages named. A "
                 "receipt shows the words in their place, and its link opens the page at "
                 "them.</p>\n");
    if (h->twin.len)
        twins(out, h);
    SF_HTML(out, "<p>Made by sofar " SOFAR_VERSION ".</p>\n</footer>\n");
    if (!h->desk)
        run(out, script, sizeof script - 1);
    if (h->setting->live)
        run(out, live_script, sizeof live_script - 1);
    if (h->desk)
        run(out, desk_script, sizeof desk_script - 1);
    SF_HTML(out, "</body>\n</html>\n");
}
