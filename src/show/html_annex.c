/* The receipts of a long dossier on pages of their own. Which page an item's receipts stand on
 * follows from its place in the dossier, so that any page can be written without the others.
 *
 * Why: of a page with 10,000 facts they were two thirds of the bytes and of a browser's time. */
#include "show/html.h"
#include "show/twins.h"

enum {
    LONG_DOSSIER = 1500, /* items; a page of fewer holds its receipts itself */
    A_PAGE = 250         /* items whose receipts stand on one page */
};

static size_t items_of(const sf_dossier *d) {
    return d->fact_count + d->quote_count + d->event_count;
}

size_t sf_show_annex_count(const sf_dossier *d) {
    size_t items = items_of(d);
    return items > LONG_DOSSIER ? (items + A_PAGE - 1) / A_PAGE : 0;
}

bool sf_html_has_annexes(const sf_leaf *leaf) {
    return leaf->compact && leaf->setting->stem.len > 0;
}

/* Facts, quotes, sentences. */
static size_t place_of(const sf_dossier *d, const sf_woven *w) {
    if (w->fact)
        return (size_t)(w->fact - d->facts);
    if (w->quote)
        return d->fact_count + (size_t)(w->quote - d->quotes);
    return d->fact_count + d->quote_count + (size_t)(w->event - d->events);
}

static sf_woven item_at(const sf_dossier *d, size_t place) {
    if (place < d->fact_count)
        return (sf_woven){.fact = &d->facts[place]};
    place -= d->fact_count;
    if (place < d->quote_count)
        return (sf_woven){.quote = &d->quotes[place]};
    return (sf_woven){.event = &d->events[place - d->quote_count]};
}

static void anchor(sf_buf *out, const sf_woven *w) {
    if (w->fact)
        sf_html_fact_anchor(out, w->fact);
    else if (w->quote)
        sf_html_anchor(out, 'q', sf_quote_anchor(w->quote));
    else
        sf_html_anchor(out, 'e', sf_event_anchor(w->event));
}

/* A page of the same dossier: also as of the same day, where somebody answers to that. */
static void file(sf_leaf *leaf, size_t annex) {
    sf_buf *out = leaf->out;
    sf_html_text(out, leaf->setting->stem);
    if (annex)
        sf_buf_printf(out, SF_ANNEX "%zu.html", annex);
    else
        SF_HTML(out, ".html");
    if (leaf->setting->live && leaf->d->as_of.year) {
        SF_HTML(out, "?as-of=");
        sf_html_text(out, sf_date_format(leaf->arena, leaf->d->as_of));
    }
}

static void link_to(sf_leaf *leaf, const char *class, size_t annex, const sf_woven *w) {
    sf_buf_printf(leaf->out, "<a%s href=\"", class);
    file(leaf, annex);
    SF_HTML(leaf->out, "#");
    anchor(leaf->out, w);
    SF_HTML(leaf->out, "\">");
}

void sf_html_annex_link(sf_leaf *leaf, const sf_woven *w) {
    size_t count;
    const sf_receipt *r = sf_woven_receipts(w, &count);
    SF_HTML(leaf->out, " ");
    link_to(leaf, " class=\"receipts\"", place_of(leaf->d, w) / A_PAGE + 1, w);
    sf_html_receipts_summary(leaf, r, count);
    SF_HTML(leaf->out, "</a>\n");
}

/* ---- the page ---- */

static void ways(sf_leaf *leaf, size_t here, size_t pages) {
    sf_buf *out = leaf->out;
    SF_HTML(out, "<nav class=\"around\" aria-label=\"Receipts\">\n<ul>\n<li><a href=\"");
    file(leaf, 0);
    SF_HTML(out, "\">Back to the story</a></li>\n");
    for (size_t n = 1; n <= pages; n++) {
        size_t last = n * A_PAGE < items_of(leaf->d) ? n * A_PAGE : items_of(leaf->d);
        SF_HTML(out, "<li><a href=\"");
        file(leaf, n);
        sf_buf_printf(out, "\"%s>%zu to %zu</a></li>\n", n == here ? " aria-current=\"page\"" : "",
                      (n - 1) * A_PAGE + 1, last);
    }
    SF_HTML(out, "</ul>\n</nav>\n");
}

static void item(sf_leaf *leaf, const sf_woven *w) {
    sf_buf *out = leaf->out;
    size_t count;
    const sf_receipt *r = sf_woven_receipts(w, &count);
    sf_str said = sf_first_said(r, count);
    SF_HTML(out, "<li id=\"");
    anchor(out, w);
    SF_HTML(out, "\"><p class=\"day\">");
    if (said.len)
        sf_html_day(out, said, SF_ABSENT);
    else
        SF_HTML(out, "undated");
    SF_HTML(out, "</p>\n<div><p class=\"was\" dir=\"auto\">");
    link_to(leaf, "", 0, w);
    sf_html_text(out, sf_plain_line(leaf->arena, sf_woven_text(leaf->arena, w)));
    SF_HTML(out, "</a>");
    if (w->fact)
        sf_html_mark(out, w->fact);
    SF_HTML(out, "</p>\n");
    sf_html_proof(leaf, r, w->fact ? w->fact->statuses : NULL, count);
    SF_HTML(out, "</div></li>\n");
}

static void body(sf_leaf *leaf, size_t number, size_t pages) {
    sf_buf *out = leaf->out;
    const sf_dossier *d = leaf->d;
    size_t first = (number - 1) * A_PAGE, all = items_of(d);
    size_t end = first + A_PAGE < all ? first + A_PAGE : all;
    SF_HTML(out, "<a class=\"skip\" href=\"#story\">Skip to the receipts</a>\n");
    sf_html_home(out, leaf->setting);
    sf_buf_printf(out,
                  "<main>\n<header class=\"head t%u\">\n<p class=\"kind\">Receipts</p>\n<h1 "
                  "dir=\"auto\">",
                  sf_html_tint(d->name));
    sf_html_text(out, sf_plain_line(leaf->arena, d->name));
    sf_buf_printf(out,
                  "</h1>\n<p class=\"lead\">The words that say it, in their place: %zu to %zu of "
                  "%zu.</p>\n</header>\n<div class=\"rail\">\n",
                  first + 1, end, all);
    ways(leaf, number, pages);
    SF_HTML(out, "</div>\n<div class=\"story\" id=\"story\" tabindex=\"-1\">\n");
    sf_html_section(out, "receipts", "Receipts");
    for (size_t i = first; i < end; i++) {
        sf_woven w = item_at(d, i);
        sf_html_chunk(leaf, i - first, "ol", "told");
        item(leaf, &w);
    }
    SF_HTML(out, "</ol>\n</section>\n</div>\n</main>\n");
}

void sf_show_annex(sf_buf *out, const sf_dossier *d, const sf_setting *setting, size_t number) {
    sf_leaf leaf = {.out = out, .arena = out->arena, .d = d, .setting = setting, .compact = true};
    sf_str name = sf_plain_line(out->arena, d->name);
    sf_head h = {.title = sf_str_format(out->arena, "%.*s, receipts %zu", SF_ARG(name), number),
                 .description = sf_str_format(out->arena,
                                              "The words that say what is known of %.*s, in the "
                                              "place where they stand.",
                                              SF_ARG(name)),
                 .setting = setting,
                 .file = sf_str_format(out->arena, "%.*s" SF_ANNEX "%zu.html",
                                       SF_ARG(setting->stem), number),
                 .og_type = "article"};
    sf_html_begin(out, &h);
    body(&leaf, number, sf_show_annex_count(d));
    sf_html_end(out, &h);
}
