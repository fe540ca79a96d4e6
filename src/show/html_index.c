/* The gallery's front page: its subjects, and what is known of each by the numbers. */
#include "show/html.h"

static void entry(sf_buf *out, const sf_dossier *d, sf_str file) {
    SF_HTML(out, "<li>\n<p class=\"kind\">");
    sf_html_text(out, sf_str_of(sf_subject_word(d->type)));
    SF_HTML(out, "</p>\n<h2 dir=\"auto\"><a href=\"");
    sf_html_text(out, file);
    SF_HTML(out, "\">");
    sf_html_text(out, sf_plain_line(out->arena, d->name));
    SF_HTML(out, "</a></h2>\n<p class=\"reach\">");
    sf_plain_reach reach = sf_plain_reach_of(out->arena, d);
    sf_html_text(out, reach.pages ? sf_plain_reach_line(out->arena, reach)
                                  : SF_STR("No page names it so far."));
    SF_HTML(out, "</p>\n<p class=\"from\">");
    sf_html_text(out, sf_plain_count(out->arena, d->quote_count, "quote", "quotes"));
    SF_HTML(out, ", ");
    sf_html_text(out,
                 sf_plain_count(out->arena, d->event_count, "dated sentence", "dated sentences"));
    if (d->as_of.year) {
        SF_HTML(out, ", as of ");
        sf_html_day(out, sf_date_format(out->arena, d->as_of), SF_ABSENT);
    }
    SF_HTML(out, "</p>\n</li>\n");
}

void sf_html_index(sf_buf *out, const sf_dossier *const *dossiers, const sf_str *files,
                   size_t count) {
    sf_html_begin(out, SF_STR("Everything we know"));
    SF_HTML(out, "<a class=\"skip\" href=\"#subjects\">Skip to the subjects</a>\n<main "
                 "class=\"index\">\n<header class=\"head\">\n<h1>Everything we know so "
                 "far</h1>\n<p class=\"reach\">");
    sf_html_text(out, sf_plain_count(out->arena, count, "subject", "subjects"));
    SF_HTML(out, ", each with the words that say it, the page they stand on and the day they were "
                 "said.</p>\n</header>\n<ul class=\"subjects\" id=\"subjects\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < count; i++)
        entry(out, dossiers[i], files[i]);
    SF_HTML(out, "</ul>\n</main>\n");
    sf_html_end(out);
}
