/* Search over the text of all pages, as a page. */
#include "show/html_live.h"

enum { SHOWN = 3 }; /* passages of a page */

static void page_line(sf_buf *out, const sf_receipt *r) {
    SF_HTML(out, "<p class=\"page\"><cite>");
    sf_html_name(out, sf_plain_title(out->arena, r->title, r->url, r->file));
    SF_HTML(out, "</cite> <span class=\"from\">");
    sf_html_name(out, sf_plain_outlet(out->arena, r->outlet, r->url, r->file));
    SF_HTML(out, ", ");
    if (r->published.len)
        sf_html_day(out, r->published, SF_ABSENT);
    else
        SF_HTML(out, "undated");
    SF_HTML(out, "</span></p>\n");
}

static void passage(sf_buf *out, const sf_passage *p) {
    SF_HTML(out, "<blockquote>");
    sf_html_marked(out, p->place.exact, p->marks, p->mark_count);
    SF_HTML(out, "</blockquote>\n");
    for (size_t i = 0; i < p->fact_count; i++) {
        SF_HTML(out, "<p class=\"note\">Says that ");
        sf_html_name(out, sf_plain_fact(out->arena, &p->facts[i]));
        SF_HTML(out, "</p>\n");
    }
    for (size_t i = 0; i < p->quote_count; i++)
        if (p->quotes[i].speaker.ptr) {
            SF_HTML(out, "<p class=\"note\">Words of ");
            sf_html_name(out, p->quotes[i].speaker);
            SF_HTML(out, "</p>\n");
        }
    sf_str link = sf_show_fragment(out->arena, &p->place);
    if (!link.ptr)
        return;
    SF_HTML(out, "<p class=\"go\"><a rel=\"external noopener noreferrer\"");
    sf_html_href(out, link);
    SF_HTML(out, ">Open the page at these words</a></p>\n");
}

static void hit(sf_buf *out, const sf_found *f) {
    SF_HTML(out, "<li class=\"receipt\">\n");
    page_line(out, &f->page);
    for (size_t i = 0; i < f->passage_count && i < SHOWN; i++)
        passage(out, &f->passages[i]);
    if (f->passage_count > SHOWN) {
        SF_HTML(out, "<p class=\"note\">And in ");
        sf_html_text(
            out, sf_plain_count(out->arena, f->passage_count - SHOWN, "more place", "more places"));
        SF_HTML(out, " of this page.</p>\n");
    }
    SF_HTML(out, "</li>\n");
}

/* "3 pages with “low tide”, “mira”, of which the first 50" */
static void count(sf_buf *out, const sf_search *s) {
    sf_html_text(out, sf_plain_count(out->arena, s->total, "page", "pages"));
    for (size_t i = 0; i < s->phrase_count; i++) {
        sf_buf_add(out, i ? SF_STR(", “") : SF_STR(" with “"));
        sf_html_name(out, s->phrases[i]);
        SF_HTML(out, "”");
    }
    if (s->count < s->total)
        sf_buf_printf(out, ", of which the first %zu", s->count);
}

void sf_show_search_page(sf_buf *out, const sf_search *s, const sf_search_form *form,
                         const sf_setting *setting) {
    sf_head h = {.title = SF_STR("Search"),
                 .description = SF_STR("Where words stand, and what is said there."),
                 .setting = setting,
                 .og_type = "website"};
    sf_html_live_begin(out, &h, "find", "Search", SF_STR("Where words stand"));
    SF_HTML(out, "</header>\n<form class=\"ask\" role=\"search\" method=\"get\" "
                 "action=\"search\">\n");
    sf_html_field(out, "Words, or \"a phrase\"", "q", "search", form->words);
    sf_html_day_field(out, "As of", "as-of", form->as_of);
    SF_HTML(out, "<button>Search</button>\n<p class=\"found\" role=\"status\">");
    if (s)
        count(out, s);
    SF_HTML(out, "</p>\n</form>\n<ol class=\"hits\" id=\"story\" tabindex=\"-1\">\n");
    for (size_t i = 0; s && i < s->count; i++)
        hit(out, &s->at[i]);
    SF_HTML(out, "</ol>\n</main>\n");
    sf_html_end(out, &h);
}
