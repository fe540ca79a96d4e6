/* A subject's page: a head, a way around, the timeline by year and month, what has no date, and
 * the pages it all comes from. One document, no script, no request elsewhere. */
#include "show/html.h"

#include <stdlib.h>

void sf_show_page(sf_buf *out, const sf_dossier *dossier) { sf_html_page(out, dossier, false); }

/* ---- head ---- */

static void head(sf_buf *out, const sf_dossier *d) {
    SF_HTML(out, "<header class=\"head\">\n<p class=\"kind\">");
    sf_html_text(out, sf_str_of(sf_subject_word(d->type)));
    SF_HTML(out, "</p>\n<h1 dir=\"auto\">");
    sf_html_text(out, sf_plain_line(out->arena, d->name));
    SF_HTML(out, "</h1>\n<p class=\"reach\">");
    sf_plain_reach reach = sf_plain_reach_of(out->arena, d);
    if (reach.pages) {
        SF_HTML(out, "What has been said so far: ");
        sf_html_text(out, sf_plain_reach_line(out->arena, reach));
        SF_HTML(out, ".");
    } else {
        SF_HTML(out, "No page names it so far.");
    }
    SF_HTML(out, "</p>\n");
    if (d->as_of.year) {
        SF_HTML(out, "<p class=\"as-of\">As of ");
        sf_html_day(out, sf_date_format(out->arena, d->as_of), SF_ABSENT);
        SF_HTML(out, ": what was published later is left out.</p>\n");
    }
    if (d->alias_count) {
        SF_HTML(out, "<p class=\"also\">Also called ");
        for (size_t i = 0; i < d->alias_count; i++) {
            if (i)
                SF_HTML(out, ", ");
            sf_html_name(out, sf_plain_line(out->arena, d->aliases[i]));
        }
        SF_HTML(out, "</p>\n");
    }
    SF_HTML(out, "</header>\n");
}

/* ---- the way around ---- */

typedef struct voice { /* a speaker: the first of their quotes, how many there are */
    sf_str name;
    size_t first, count;
} voice;

static int by_name(const void *pa, const void *pb) {
    const voice *a = pa, *b = pb;
    int order = sf_str_compare(a->name, b->name);
    return order ? order : (a->first > b->first) - (a->first < b->first);
}

static int by_count(const void *pa, const void *pb) {
    const voice *a = pa, *b = pb;
    return a->count != b->count ? (a->count < b->count ? 1 : -1) : by_name(pa, pb);
}

enum { MOST_VOICES = 8 };

static void voices(sf_buf *out, const sf_weave *weave) {
    voice *all = SF_ARRAY(out->arena, voice, weave->count);
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < weave->count; i++)
        if (weave->items[i].quote && weave->items[i].quote->speaker.len)
            all[n++] = (voice){weave->items[i].quote->speaker, i, 1};
    if (n == 0)
        return;
    qsort(all, n, sizeof *all, by_name);
    for (size_t i = 0; i < n; i++)
        if (kept && sf_str_equal(all[kept - 1].name, all[i].name))
            all[kept - 1].count++;
        else
            all[kept++] = all[i];
    qsort(all, kept, sizeof *all, by_count);
    SF_HTML(out, "<p class=\"label\" id=\"voices\">Voices</p>\n<ul class=\"voices\" "
                 "aria-labelledby=\"voices\">\n");
    for (size_t i = 0; i < kept && i < MOST_VOICES; i++) {
        SF_HTML(out, "<li><a href=\"#");
        sf_html_id(out, &weave->items[all[i].first]);
        SF_HTML(out, "\">");
        sf_html_name(out, sf_plain_line(out->arena, all[i].name));
        sf_buf_printf(out, "</a> <span class=\"n\">%zu</span></li>\n", all[i].count);
    }
    SF_HTML(out, "</ul>\n");
}

static void jump(sf_buf *out, sf_str anchor, sf_str name, size_t count) {
    SF_HTML(out, "<li><a href=\"#");
    sf_html_text(out, anchor);
    SF_HTML(out, "\">");
    sf_html_text(out, name);
    sf_buf_printf(out, "</a> <span class=\"n\">%zu</span></li>\n", count);
}

static void around(sf_buf *out, const sf_dossier *d, const sf_weave *weave) {
    SF_HTML(out, "<nav class=\"around\" aria-label=\"On this page\">\n<ul class=\"jumps\">\n");
    size_t known = 0;
    for (size_t i = 0; i < d->fact_count; i++)
        known += !sf_weave_holds(&d->facts[i]);
    if (known)
        jump(out, SF_STR("known"), SF_STR("Known"), known);
    if (d->open_count)
        jump(out, SF_STR("open"), SF_STR("Open"), d->open_count);
    for (size_t i = 0, end; i < weave->dated; i = end) {
        for (end = i;
             end < weave->dated && sf_str_equal(weave->items[end].year, weave->items[i].year);)
            end++;
        sf_str year = weave->items[i].year;
        jump(out, sf_str_format(out->arena, "y%.*s", SF_ARG(year)), year, end - i);
    }
    if (weave->dated < weave->count)
        jump(out, SF_STR("undated"), SF_STR("Undated"), weave->count - weave->dated);
    if (d->source_count)
        jump(out, SF_STR("sources"), SF_STR("Sources"), d->source_count);
    SF_HTML(out, "</ul>\n");
    voices(out, weave);
    SF_HTML(out, "</nav>\n");
}

/* ---- items ---- */

/* "12 November"; "in November" where no day is given; "week of 5 April". */
static sf_str margin_day(sf_arena *arena, const sf_woven *w) {
    sf_str day = sf_woven_day(arena, w);
    bool span = w->interval.last > w->interval.first && day.len &&
                sf_str_find(w->when, SF_STR("W"), 0) == SIZE_MAX &&
                sf_str_find(w->when, SF_STR("/"), 0) == SIZE_MAX;
    return span ? sf_str_format(arena, "in %s%.*s", w->when.len < 4 ? "the " : "", SF_ARG(day))
                : day;
}

static void date(sf_buf *out, const sf_woven *w) {
    SF_HTML(out, "<p class=\"date\"><a href=\"#");
    sf_html_id(out, w);
    SF_HTML(out, "\">");
    if (w->when.ptr)
        sf_html_day(out, w->when, margin_day(out->arena, w));
    else
        SF_HTML(out, "no date");
    SF_HTML(out, "</a>");
    if (w->quote && w->when.ptr)
        sf_buf_add(out, w->published ? SF_STR(" <span class=\"how\">published</span>")
                                     : SF_STR(" <span class=\"how\">said</span>"));
    SF_HTML(out, "</p>\n");
}

static void quote(sf_buf *out, const sf_told_quote *q) {
    bool words = q->kind != SOFAR_INDIRECT;
    sf_str text = sf_plain_line(out->arena, q->text);
    sf_buf_add(out, text.len > 280 ? SF_STR("<figure class=\"long\">") : SF_STR("<figure>"));
    sf_buf_add(out, words ? SF_STR("<blockquote class=\"words\"><p dir=\"auto\">“")
                          : SF_STR("<blockquote class=\"sense\"><p dir=\"auto\">"));
    sf_html_text(out, text);
    sf_buf_add(out, words ? SF_STR("”</p></blockquote>\n") : SF_STR("</p></blockquote>\n"));
    SF_HTML(out, "<figcaption>");
    if (q->speaker.len) {
        SF_HTML(out, "<span class=\"speaker\">");
        sf_html_name(out, sf_plain_line(out->arena, q->speaker));
        SF_HTML(out, "</span>");
    } else {
        SF_HTML(out, "<span class=\"nobody\">Speaker not named</span>");
    }
    if (q->via.len) {
        SF_HTML(out, " <span class=\"via\">via ");
        sf_html_name(out, sf_plain_line(out->arena, q->via));
        SF_HTML(out, "</span>");
    }
    SF_HTML(out, "</figcaption></figure>\n");
}

static void item(sf_buf *out, const sf_dossier *d, const sf_woven *w) {
    SF_HTML(out, "<article class=\"item\" id=\"");
    sf_html_id(out, w);
    SF_HTML(out, "\">\n");
    date(out, w);
    sf_buf_add(out, w->quote ? SF_STR("<div class=\"card\">\n") : SF_STR("<div class=\"told\">\n"));
    if (w->quote) {
        quote(out, w->quote);
    } else if (w->fact) {
        sf_html_fact(out, d, w->fact);
    } else {
        SF_HTML(out, "<p class=\"sentence\" dir=\"auto\">");
        sf_html_text(out, sf_plain_line(out->arena, w->event->text));
        SF_HTML(out, "</p>\n");
    }
    size_t count;
    const sf_receipt *receipts = sf_woven_receipts(w, &count);
    sf_html_receipts(out, receipts, count);
    SF_HTML(out, "</div>\n</article>\n");
}

/* ---- timeline ---- */

static void period(sf_buf *out, const sf_woven *first) {
    SF_HTML(out, "<h3>");
    sf_html_text(out, first->period.ptr ? first->period : SF_STR("Within the year"));
    SF_HTML(out, "</h3>\n");
}

static void timeline(sf_buf *out, const sf_dossier *d, const sf_weave *weave) {
    for (size_t i = 0; i < weave->dated; i++) {
        const sf_woven *w = &weave->items[i], *last = i ? w - 1 : NULL;
        bool new_year = !last || !sf_str_equal(last->year, w->year);
        if (new_year) {
            if (last)
                SF_HTML(out, "</section>\n");
            SF_HTML(out, "<section class=\"year\" id=\"y");
            sf_html_text(out, w->year);
            SF_HTML(out, "\" aria-labelledby=\"h");
            sf_html_text(out, w->year);
            SF_HTML(out, "\">\n<h2 id=\"h");
            sf_html_text(out, w->year);
            SF_HTML(out, "\">");
            sf_html_text(out, w->year);
            SF_HTML(out, "</h2>\n");
        }
        if (new_year || !sf_str_equal(last->period, w->period))
            period(out, w);
        item(out, d, w);
    }
    if (weave->dated)
        SF_HTML(out, "</section>\n");
    if (weave->dated == weave->count)
        return;
    SF_HTML(out, "<section class=\"undated\" id=\"undated\" aria-labelledby=\"hundated\">\n<h2 "
                 "id=\"hundated\">Undated</h2>\n<p class=\"note\">Neither these items nor their "
                 "pages give a date.</p>\n");
    for (size_t i = weave->dated; i < weave->count; i++)
        item(out, d, &weave->items[i]);
    SF_HTML(out, "</section>\n");
}

static void sources(sf_buf *out, const sf_dossier *d) {
    if (!d->source_count)
        return;
    SF_HTML(out, "<section class=\"sources\" id=\"sources\" aria-labelledby=\"hsources\">\n<h2 "
                 "id=\"hsources\">Sources</h2>\n<ol>\n");
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        SF_HTML(out, "<li><p class=\"date\">");
        if (s->published.len)
            sf_html_day(out, s->published, SF_ABSENT);
        else
            SF_HTML(out, "undated");
        SF_HTML(out, "</p>\n<div><p class=\"title\">");
        bool link = sf_plain_is_link(s->url);
        if (link) {
            SF_HTML(out, "<a rel=\"external noopener noreferrer\"");
            sf_html_href(out, s->url);
            SF_HTML(out, ">");
        }
        sf_html_name(out, sf_plain_title(out->arena, s->title, s->url, s->file));
        if (link)
            SF_HTML(out, "</a>");
        SF_HTML(out, "</p>\n<p class=\"from\">");
        sf_html_name(out, sf_plain_outlet(out->arena, s->outlet, s->url, s->file));
        SF_HTML(out, " <span class=\"n\">");
        sf_html_text(out, sf_plain_count(out->arena, s->receipts, "receipt", "receipts"));
        SF_HTML(out, "</span></p></div></li>\n");
    }
    SF_HTML(out, "</ol>\n</section>\n");
}

void sf_html_page(sf_buf *out, const sf_dossier *d, bool in_gallery) {
    sf_weave weave = sf_weave_of(out->arena, d);
    sf_html_begin(out, d->name);
    SF_HTML(out, "<a class=\"skip\" href=\"#timeline\">Skip to the timeline</a>\n");
    if (in_gallery)
        SF_HTML(out, "<nav class=\"home\" aria-label=\"Gallery\"><a href=\"index.html\">All "
                     "subjects</a></nav>\n");
    SF_HTML(out, "<main>\n");
    head(out, d);
    around(out, d, &weave);
    SF_HTML(out, "<div class=\"timeline\" id=\"timeline\" tabindex=\"-1\">\n");
    sf_html_known(out, d);
    sf_html_open(out, d);
    timeline(out, d, &weave);
    sources(out, d);
    SF_HTML(out, "</div>\n</main>\n");
    sf_html_end(out);
}
