/* The timeline: what has a place in time, drawn (html_svg.c) and, saying the same, as a list with
 * both clocks: when it happened, when it was said. Behind it the sentences with a date that no fact
 * tells, with their receipts. */
#include <stdlib.h>

#include "show/html.h"

enum { MOST_DRAWN = 60 };

/* ---- the rows of the drawing ---- */

static bool is_dated_fact(const sf_woven *w) { return w->fact && w->when.ptr; }

static int by_weight(const void *a, const void *b) {
    const sf_told_fact *x = (*(const sf_woven *const *)a)->fact,
                       *y = (*(const sf_woven *const *)b)->fact;
    if (x->sources != y->sources)
        return x->sources > y->sources ? -1 : 1;
    if (x->receipt_count != y->receipt_count)
        return x->receipt_count > y->receipt_count ? -1 : 1;
    return (x > y) - (x < y);
}

static int in_weave(const void *a, const void *b) {
    const sf_woven *x = *(const sf_woven *const *)a, *y = *(const sf_woven *const *)b;
    return (x > y) - (x < y);
}

/* The dated facts in order of time; of very many those with the most sources. *all: how many there
 * are. */
static const sf_woven **rows_of(sf_leaf *leaf, const sf_weave *weave, size_t *count, size_t *all) {
    const sf_woven **rows = SF_ARRAY(leaf->arena, const sf_woven *, weave->dated + 1);
    *all = 0;
    for (size_t i = 0; i < weave->dated; i++)
        if (is_dated_fact(&weave->items[i]))
            rows[(*all)++] = &weave->items[i];
    *count = *all;
    if (*all > MOST_DRAWN) {
        qsort(rows, *all, sizeof *rows, by_weight);
        *count = MOST_DRAWN;
        qsort(rows, *count, sizeof *rows, in_weave);
    }
    return rows;
}

static void row(sf_leaf *leaf, const sf_woven *w) {
    sf_buf *out = leaf->out;
    const sf_told_fact *f = w->fact;
    sf_told_fact bare = *f;
    bare.when = SF_ABSENT;
    SF_HTML(out, "<li data-row=\"");
    sf_html_fact_anchor(out, f);
    SF_HTML(out, "\"><span class=\"happened\">");
    sf_html_day(out, f->when, SF_ABSENT);
    SF_HTML(out, "</span> ");
    sf_html_fact_link(leaf, f, sf_plain_fact(leaf->arena, &bare));
    sf_html_mark(out, f);
    SF_HTML(out, " <span class=\"said\">");
    if (f->first_said.len) {
        SF_HTML(out, "said ");
        sf_html_day(out, f->first_said, SF_ABSENT);
    } else {
        SF_HTML(out, "said on an undated page");
    }
    SF_HTML(out, "</span></li>\n");
}

/* ---- sentences ---- */

static void sentence(sf_leaf *leaf, const sf_woven *w) {
    sf_buf *out = leaf->out;
    const sf_told_event *e = w->event;
    uint64_t anchor = sf_event_anchor(e);
    SF_HTML(out, "<li");
    sf_html_item(leaf, 'e', anchor, sf_first_said(e->receipts, e->receipt_count), SF_STR("stated"),
                 SF_ABSENT, false);
    SF_HTML(out, ">\n<p class=\"day\">");
    if (w->when.ptr)
        sf_html_day(out, w->when, SF_ABSENT);
    else
        SF_HTML(out, "no date");
    sf_html_new(leaf, anchor);
    SF_HTML(out, "</p>\n<div><p dir=\"auto\">");
    sf_html_text(out, sf_plain_line(leaf->arena, e->text));
    SF_HTML(out, "</p>\n");
    sf_html_receipts(leaf, w, false);
    SF_HTML(out, "</div></li>\n");
}

static void sentences(sf_leaf *leaf, const sf_weave *weave) {
    size_t said = 0;
    for (size_t i = 0; i < weave->count; i++) {
        if (!weave->items[i].event)
            continue;
        if (said == 0)
            SF_HTML(leaf->out, "<h3 class=\"sub\">Told with a date</h3>\n");
        sf_html_chunk(leaf, said, "ul", "told");
        sentence(leaf, &weave->items[i]);
        said++;
    }
    if (said)
        SF_HTML(leaf->out, "</ul>\n");
}

void sf_html_timeline(sf_leaf *leaf) {
    sf_weave weave = sf_weave_of(leaf->arena, leaf->d);
    size_t count, all;
    const sf_woven **rows = rows_of(leaf, &weave, &count, &all);
    if (!count && !leaf->d->event_count)
        return;
    sf_html_section(leaf->out, "timeline", "Timeline");
    if (count) {
        SF_HTML(leaf->out, "<div class=\"clocks\">\n");
        sf_html_clocks(leaf, rows, count);
        SF_HTML(leaf->out, "<div>\n<p class=\"note\">");
        if (all > count)
            sf_buf_printf(leaf->out, "The %zu of %zu dated facts with the most sources. ", count,
                          all);
        SF_HTML(leaf->out, "The numbers are those of the drawing.</p>\n<ol class=\"rows\">\n");
        for (size_t i = 0; i < count; i++)
            row(leaf, rows[i]);
        SF_HTML(leaf->out, "</ol>\n</div>\n</div>\n");
    }
    sentences(leaf, &weave);
    SF_HTML(leaf->out, "</section>\n");
}
