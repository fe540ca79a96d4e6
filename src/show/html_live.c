/* What a server's pages have beside those of a gallery that is files: a way to search, quotes and
 * desk, and the page as of another day. */
#include "show/html_live.h"

#include <stdlib.h>

/* ---- the way around ---- */

static void way(sf_buf *out, sf_str up, sf_str to, const char *name) {
    SF_HTML(out, " <a href=\"");
    sf_html_text(out, up);
    sf_html_text(out, to);
    sf_buf_printf(out, "\">%s</a>", name);
}

void sf_html_home(sf_buf *out, const sf_setting *setting) {
    const sf_live *live = setting->live;
    if (!live && !setting->stem.len)
        return;
    SF_HTML(out, "<nav class=\"home\" aria-label=\"Gallery\"");
    if (live) {
        SF_HTML(out, " data-up=\"");
        sf_html_text(out, live->up);
        SF_HTML(out, "\"");
    }
    SF_HTML(out, "><a href=\"");
    if (live)
        sf_html_text(out, live->up);
    SF_HTML(out, "index.html\">Everything we know so far</a>");
    if (live) {
        way(out, live->up, SF_STR("search"), "Search");
        way(out, live->up, SF_STR("quotes"), "Who said what");
        if (setting->stem.len)
            way(out, live->up, sf_str_format(out->arena, "%.*s/diff", SF_ARG(setting->stem)),
                "What is new");
        if (live->desk)
            way(out, live->up,
                setting->stem.len ? sf_str_format(out->arena, "%.*s/desk", SF_ARG(setting->stem))
                                  : SF_STR("desk"),
                "Review");
    }
    SF_HTML(out, "</nav>\n");
}

/* ---- as of another day ---- */

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

sf_str *sf_show_days(sf_arena *arena, const sf_dossier *d, size_t *count) {
    sf_str *days = SF_ARRAY(arena, sf_str, d->source_count + 1);
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < d->source_count; i++) {
        sf_interval in;
        if (d->sources[i].published.len && sf_interval_parse(d->sources[i].published, &in))
            days[n++] = sf_date_format(arena, sf_date_from_days(in.last));
    }
    if (n)
        qsort(days, n, sizeof *days, by_bytes);
    for (size_t i = 0; i < n; i++)
        if (!kept || !sf_str_equal(days[kept - 1], days[i]))
            days[kept++] = days[i];
    *count = kept;
    return days;
}

void sf_html_as_of(sf_leaf *leaf) {
    const sf_live *live = leaf->setting->live;
    sf_buf *out = leaf->out;
    if (!live || !live->day_count)
        return;
    sf_date as_of = leaf->d->as_of;
    sf_interval in;
    SF_HTML(out, "<form class=\"asof\" method=\"get\" action=\"");
    sf_html_text(out, leaf->setting->stem);
    SF_HTML(out, ".html\" data-days=\"");
    for (size_t i = 0; i < live->day_count; i++) {
        if (i)
            SF_HTML(out, ",");
        sf_html_text(out, live->days[i]);
    }
    SF_HTML(out, "\">\n<label>As of <input type=\"date\" name=\"as-of\" required value=\"");
    if (as_of.year && sf_interval_parse(sf_date_format(leaf->arena, as_of), &in))
        sf_html_text(out, sf_date_format(leaf->arena, sf_date_from_days(in.last)));
    SF_HTML(out, "\"></label>\n<button>Show what was known</button>\n");
    if (as_of.year) {
        SF_HTML(out, "<a href=\"");
        sf_html_text(out, leaf->setting->stem);
        SF_HTML(out, ".html\">What is known today</a>\n");
    }
    SF_HTML(out, "</form>\n");
}

/* ---- forms ---- */

void sf_html_field(sf_buf *out, const char *label, const char *name, const char *type,
                   sf_str value) {
    sf_buf_printf(out, "<label>%s <input type=\"%s\" name=\"%s\" autocomplete=\"off\" value=\"",
                  label, type, name);
    sf_html_text(out, sf_plain_line(out->arena, value));
    SF_HTML(out, "\"></label>\n");
}

void sf_html_day_field(sf_buf *out, const char *label, const char *name, sf_str value) {
    sf_buf_printf(out,
                  "<label>%s <input type=\"text\" name=\"%s\" autocomplete=\"off\" "
                  "placeholder=\"2021-06-30\" "
                  "pattern=\"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\" title=\"a day, a month or a "
                  "year: 2021-06-30, 2021-06, 2021\" value=\"",
                  label, name);
    sf_html_text(out, sf_plain_line(out->arena, value));
    SF_HTML(out, "\"></label>\n");
}

/* ---- a page ---- */

void sf_html_live_begin(sf_buf *out, const sf_head *h, const char *class, const char *kind,
                        sf_str title) {
    sf_html_begin(out, h);
    SF_HTML(out, "<a class=\"skip\" href=\"#story\">Skip to what was found</a>\n");
    sf_html_home(out, h->setting);
    sf_buf_printf(out,
                  "<main class=\"index %s\">\n<header class=\"head\">\n<p class=\"kind\">%s</p>\n"
                  "<h1 dir=\"auto\">",
                  class, kind);
    sf_html_text(out, sf_plain_line(out->arena, title));
    SF_HTML(out, "</h1>\n");
}

/* The words, marked, as a paragraph. */
void sf_html_marked(sf_buf *out, sf_str text, const sf_span *marks, size_t count) {
    size_t at = 0;
    SF_HTML(out, "<p dir=\"auto\">");
    for (size_t i = 0; i < count; i++) {
        sf_html_text(out, sf_str_sub(text, at, marks[i].begin));
        SF_HTML(out, "<mark>");
        sf_html_text(out, sf_span_of(text, marks[i]));
        SF_HTML(out, "</mark>");
        at = marks[i].end;
    }
    sf_html_text(out, sf_str_sub(text, at, text.len));
    SF_HTML(out, "</p>\n");
}

void sf_html_proof_of(sf_buf *out, const sf_setting *setting, const sf_receipt *receipts,
                      size_t count) {
    sf_leaf leaf = {.out = out, .arena = out->arena, .setting = setting};
    if (!count)
        return;
    SF_HTML(out, "<details class=\"receipts\">\n<summary>");
    sf_html_receipts_summary(&leaf, receipts, count);
    SF_HTML(out, "</summary>\n");
    sf_html_proof(&leaf, receipts, NULL, count);
    SF_HTML(out, "</details>\n");
}
