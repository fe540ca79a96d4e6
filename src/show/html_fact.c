/* Facts as HTML: in words, each with its state and its receipts; what has no day, and what is open.
 */
#include "show/html.h"

void sf_html_fact(sf_buf *out, const sf_dossier *d, const sf_told_fact *f) {
    sf_str state = sf_plain_state(f);
    SF_HTML(out, "<p class=\"fact ");
    sf_buf_add(out, sf_str_of(sf_state_word(f->state)));
    SF_HTML(out, "\" dir=\"auto\">");
    sf_html_text(out, sf_plain_fact(out->arena, f));
    if (state.len) {
        SF_HTML(out, " <span class=\"state\">");
        sf_html_text(out, state);
        SF_HTML(out, "</span>");
    }
    SF_HTML(out, "</p>\n");
    for (size_t i = 0; f->state == SF_DISPUTED && i < f->rival_count; i++)
        if (d->facts[f->rivals[i]].state == SF_DISPUTED) {
            SF_HTML(out, "<p class=\"but\" dir=\"auto\">But: ");
            sf_html_text(out, sf_plain_fact(out->arena, &d->facts[f->rivals[i]]));
            SF_HTML(out, "</p>\n");
        }
}

static void section(sf_buf *out, const char *id, const char *title) {
    sf_buf_printf(out,
                  "<section class=\"%s\" id=\"%s\" aria-labelledby=\"h%s\">\n<h2 "
                  "id=\"h%s\">%s</h2>\n",
                  id, id, id, id, title);
}

void sf_html_known(sf_buf *out, const sf_dossier *d) {
    bool first = true;
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        if (sf_weave_holds(f))
            continue;
        if (first)
            section(out, "known", "Known");
        first = false;
        SF_HTML(out, "<article class=\"item\">\n<p class=\"date\">");
        sf_html_text(out, sf_plain_count(out->arena, f->sources, "source", "sources"));
        SF_HTML(out, "</p>\n<div class=\"told\">\n");
        sf_html_fact(out, d, f);
        sf_html_receipts(out, f->receipts, f->receipt_count);
        SF_HTML(out, "</div>\n</article>\n");
    }
    if (!first)
        SF_HTML(out, "</section>\n");
}

void sf_html_open(sf_buf *out, const sf_dossier *d) {
    if (!d->open_count)
        return;
    section(out, "open", "Open");
    SF_HTML(out, "<ul>\n");
    for (size_t i = 0; i < d->open_count; i++) {
        SF_HTML(out, "<li><span class=\"how\">");
        sf_html_text(out, d->open[i].why);
        SF_HTML(out, "</span> ");
        sf_html_text(out, sf_plain_open(out->arena, d, &d->open[i]));
        SF_HTML(out, "</li>\n");
    }
    SF_HTML(out, "</ul>\n</section>\n");
}
