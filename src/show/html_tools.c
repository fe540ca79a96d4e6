/* Search, filters and the as-of slider: hidden until the page's script, which alone can work them,
 * shows them. */
#include <stdlib.h>

#include "show/html.h"

enum { MOST_SPEAKERS = 60 };

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

/* Who speaks or is named as the one who says so, each once. */
static sf_str *speakers(sf_leaf *leaf, size_t *count) {
    const sf_dossier *d = leaf->d;
    sf_str *all = SF_ARRAY(leaf->arena, sf_str, d->quote_count + d->fact_count + 1);
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < d->quote_count; i++)
        if (d->quotes[i].speaker.len)
            all[n++] = sf_plain_line(leaf->arena, d->quotes[i].speaker);
    for (size_t i = 0; i < d->fact_count; i++)
        if (d->facts[i].by.len)
            all[n++] = sf_plain_line(leaf->arena, d->facts[i].by);
    qsort(all, n, sizeof *all, by_bytes);
    for (size_t i = 0; i < n; i++)
        if (!kept || !sf_str_equal(all[kept - 1], all[i]))
            all[kept++] = all[i];
    *count = kept;
    return all;
}

static void option(sf_buf *out, sf_str value) {
    SF_HTML(out, "<option>");
    sf_html_text(out, value);
    SF_HTML(out, "</option>");
}

static void statuses(sf_leaf *leaf) {
    static const char *const words[] = {"stated",   "planned",   "rumoured", "denied",
                                        "disputed", "no longer", "withdrawn"};
    SF_HTML(leaf->out, "<label>Status <select name=\"is\"><option value=\"\">any</option>");
    for (size_t w = 0; w < SF_LEN(words); w++)
        for (size_t i = 0; i < leaf->d->fact_count; i++)
            if (sf_str_equal(sf_fact_standing(&leaf->d->facts[i]), sf_str_of(words[w]))) {
                option(leaf->out, sf_str_of(words[w]));
                break;
            }
    SF_HTML(leaf->out, "</select></label>\n");
}

static void people(sf_leaf *leaf) {
    size_t count;
    sf_str *all = speakers(leaf, &count);
    if (!count)
        return;
    SF_HTML(leaf->out, "<label>Said by <select name=\"by\"><option value=\"\">anybody</option>");
    for (size_t i = 0; i < count && i < MOST_SPEAKERS; i++)
        option(leaf->out, all[i]);
    SF_HTML(leaf->out, "</select></label>\n");
}

void sf_html_tools(sf_leaf *leaf) {
    const sf_dossier *d = leaf->d;
    if (d->fact_count + d->quote_count + d->event_count == 0)
        return;
    sf_buf *out = leaf->out;
    SF_HTML(out, "<form class=\"tools\" hidden role=\"search\" aria-label=\"Search and filter this "
                 "page\">\n<label>Search <input type=\"search\" name=\"q\" "
                 "autocomplete=\"off\"></label>\n<label class=\"check\"><input type=\"checkbox\" "
                 "name=\"key\"> Key events only</label>\n");
    statuses(leaf);
    people(leaf);
    if (!leaf->setting->live) /* else the server knows better what was known then */
        SF_HTML(out, "<div class=\"slider\"><label for=\"asof\">As of</label> <output name=\"day\" "
                     "for=\"asof\">today</output><input type=\"range\" id=\"asof\" name=\"asof\" "
                     "min=\"0\" max=\"0\" value=\"0\" step=\"1\"></div>\n");
    SF_HTML(out, "<p class=\"found\" role=\"status\"></p>\n</form>\n");
}
