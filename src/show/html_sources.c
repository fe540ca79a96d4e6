/* The pages it all comes from, with how many receipts each gave. */
#include "show/html.h"

static void title(sf_leaf *leaf, const sf_told_source *s) {
    sf_buf *out = leaf->out;
    bool link = sf_plain_is_link(s->url);
    if (link) {
        SF_HTML(out, "<a rel=\"external noopener noreferrer\"");
        sf_html_href(out, s->url);
        SF_HTML(out, ">");
    }
    sf_html_name(out, sf_plain_title(leaf->arena, s->title, s->url, s->file));
    if (link)
        SF_HTML(out, "</a>");
}

void sf_html_sources(sf_leaf *leaf) {
    const sf_dossier *d = leaf->d;
    sf_buf *out = leaf->out;
    if (!d->source_count)
        return;
    sf_html_section(out, "sources", "Sources");
    for (size_t i = 0; i < d->source_count; i++) {
        sf_html_chunk(leaf, i, "ol", "pages");
        const sf_told_source *s = &d->sources[i];
        SF_HTML(out, "<li><p class=\"day\">");
        if (s->published.len)
            sf_html_day(out, s->published, SF_ABSENT);
        else
            SF_HTML(out, "undated");
        SF_HTML(out, "</p>\n<div><p class=\"title\">");
        title(leaf, s);
        SF_HTML(out, "</p>\n<p class=\"from\">");
        sf_html_name(out, sf_plain_outlet(leaf->arena, s->outlet, s->url, s->file));
        SF_HTML(out, " <span class=\"count\">");
        sf_html_text(out, sf_plain_count(leaf->arena, s->receipts, "receipt", "receipts"));
        SF_HTML(out, "</span></p></div></li>\n");
    }
    SF_HTML(out, "</ol>\n</section>\n");
}
