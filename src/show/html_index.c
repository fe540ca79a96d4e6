/* The gallery's front page: a typographic card a subject, people, works and companies apart, with a
 * search that the page's script works. */
#include <stdlib.h>

#include "show/html.h"
#include "show/twins.h"

static void numbers(sf_buf *out, const sf_entry *e) {
    SF_HTML(out, "<p class=\"from\">");
    sf_html_text(out, sf_plain_count(out->arena, e->facts, "fact", "facts"));
    SF_HTML(out, ", ");
    sf_html_text(out, sf_plain_count(out->arena, e->quotes, "quote", "quotes"));
    SF_HTML(out, ", ");
    sf_html_text(out, sf_plain_count(out->arena, e->pages, "page", "pages"));
    if (e->last.len) {
        SF_HTML(out, "; last ");
        sf_html_day(out, e->last, SF_ABSENT);
    }
    SF_HTML(out, "</p>\n");
}

static void entry(sf_buf *out, const sf_entry *e) {
    sf_buf_printf(out, "<li class=\"t%u\"><p class=\"kind\">", sf_html_tint(e->name));
    sf_html_text(out, sf_str_of(sf_subject_word(e->type)));
    if (e->step.len) {
        SF_HTML(out, ", ");
        sf_html_text(out, e->step);
    }
    SF_HTML(out, "</p>\n<h3 dir=\"auto\"><a href=\"");
    sf_html_text(out, e->stem);
    SF_HTML(out, ".html\">");
    sf_html_name(out, e->name);
    SF_HTML(out, "</a></h3>\n");
    if (e->also.len) {
        SF_HTML(out, "<p class=\"also\">");
        sf_html_name(out, e->also);
        SF_HTML(out, "</p>\n");
    }
    SF_HTML(out, "<p class=\"says\">");
    sf_html_name(out, e->says);
    SF_HTML(out, "</p>\n");
    numbers(out, e);
    SF_HTML(out, "</li>\n");
}

typedef struct room { /* of the index */
    const char *id, *title;
    unsigned types; /* bits */
} room;

static const room rooms[] = {
    {"works", "Works", 1u << SOFAR_WORK},
    {"people", "People", 1u << SOFAR_PERSON},
    {"companies", "Companies and groups", 1u << SOFAR_ORGANIZATION},
    {"others", "And more", ~(1u << SOFAR_WORK | 1u << SOFAR_PERSON | 1u << SOFAR_ORGANIZATION)},
};

/* Those of whom most is known first. */
static int by_facts(const void *pa, const void *pb) {
    const sf_entry *a = *(const sf_entry *const *)pa, *b = *(const sf_entry *const *)pb;
    if (a->facts != b->facts)
        return a->facts > b->facts ? -1 : 1;
    if (a->pages != b->pages)
        return a->pages > b->pages ? -1 : 1;
    return (a > b) - (a < b);
}

static const sf_entry **ordered(sf_arena *arena, const sf_shelf *shelf) {
    const sf_entry **out = SF_ARRAY(arena, const sf_entry *, shelf->count + 1);
    for (size_t i = 0; i < shelf->count; i++)
        out[i] = &shelf->at[i];
    qsort(out, shelf->count, sizeof *out, by_facts);
    return out;
}

static void list(sf_buf *out, const sf_entry *const *all, size_t count, const room *r) {
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (!(r->types >> all[i]->type & 1))
            continue;
        if (first) {
            sf_html_section(out, r->id, r->title);
            SF_HTML(out, "<ul class=\"subjects\">\n");
        }
        first = false;
        entry(out, all[i]);
    }
    if (!first)
        SF_HTML(out, "</ul>\n</section>\n");
}

void sf_show_index(sf_buf *out, const sf_setting *setting) {
    const sf_shelf *shelf = setting->shelf;
    const sf_entry **all = ordered(out->arena, shelf);
    sf_head h = {.title = SF_STR("Everything we know"),
                 .description = SF_STR("Each with the words that say it, the page they stand on "
                                       "and the day they were said."),
                 .setting = setting,
                 .file = SF_STR("index.html"),
                 .twin = SF_STR("index"),
                 .og_type = "website"};
    sf_html_begin(out, &h);
    SF_HTML(out, "<a class=\"skip\" href=\"#subjects\">Skip to the subjects</a>\n");
    sf_html_home(out, setting);
    SF_HTML(out, "<main class=\"index\">\n<header class=\"head\">\n<h1>Everything we know so "
                 "far</h1>\n<p class=\"lead\">");
    sf_html_text(out, sf_plain_count(out->arena, shelf->count, "subject", "subjects"));
    SF_HTML(out, ", each with the words that say it, the page they stand on and the day they were "
                 "said.</p>\n</header>\n<form class=\"tools\" hidden role=\"search\" "
                 "aria-label=\"Search the subjects\">\n<label>Search <input type=\"search\" "
                 "name=\"q\" autocomplete=\"off\"></label>\n<p class=\"found\" "
                 "role=\"status\"></p>\n</form>\n<div id=\"subjects\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < SF_LEN(rooms); i++)
        list(out, all, shelf->count, &rooms[i]);
    SF_HTML(out, "</div>\n</main>\n");
    sf_html_end(out, &h);
}
