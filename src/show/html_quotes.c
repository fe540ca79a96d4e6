/* Quotes by speaker and venue: those of the subject first, then who has most to say; those of
 * nobody named last. */
#include <stdlib.h>

#include "show/html.h"

typedef struct voice { /* a speaker and where their quotes begin and end among all */
    sf_str name;
    bool subject;
    size_t first, count;
} voice;

typedef struct said {
    const sf_told_quote *quote;
    sf_str name;
} said;

static int by_name(const void *a, const void *b) {
    const said *x = a, *y = b;
    int order = sf_str_compare(x->name, y->name);
    return order ? order : (x->quote > y->quote) - (x->quote < y->quote);
}

static int in_order(const void *a, const void *b) {
    const voice *x = a, *y = b;
    if (!x->name.len != !y->name.len)
        return x->name.len ? -1 : 1;
    if (x->subject != y->subject)
        return x->subject ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return sf_str_compare(x->name, y->name);
}

static void words(sf_leaf *leaf, const sf_told_quote *q) {
    sf_buf *out = leaf->out;
    bool spoken = q->kind != SOFAR_INDIRECT;
    sf_str text = sf_plain_line(leaf->arena, q->text);
    sf_buf_add(out, !spoken          ? SF_STR("<blockquote class=\"sense\"><p dir=\"auto\">")
                    : text.len > 220 ? SF_STR("<blockquote class=\"words long\"><p dir=\"auto\">“")
                                     : SF_STR("<blockquote class=\"words\"><p dir=\"auto\">“"));
    sf_html_text(out, text);
    sf_buf_add(out, spoken ? SF_STR("”</p></blockquote>\n") : SF_STR("</p></blockquote>\n"));
}

static void venue(sf_leaf *leaf, const sf_told_quote *q) {
    sf_buf *out = leaf->out;
    const sf_receipt *r = q->receipt_count ? q->receipts : NULL;
    SF_HTML(out, "<p class=\"venue\">");
    if (q->via.len) {
        SF_HTML(out, "via ");
        sf_html_name(out, q->via);
        SF_HTML(out, ", ");
    } else if (r) {
        SF_HTML(out, "in ");
        sf_html_name(out, sf_plain_outlet(leaf->arena, r->outlet, r->url, r->file));
        SF_HTML(out, ", ");
    }
    sf_str day = q->when.len ? q->when : r ? r->published : SF_ABSENT;
    if (day.len) {
        sf_buf_add(out, q->when.len ? SF_STR("said ") : SF_STR("published "));
        sf_html_day(out, day, SF_ABSENT);
    } else {
        SF_HTML(out, "undated");
    }
    if (q->kind == SOFAR_INDIRECT)
        SF_HTML(out, " <span class=\"mark m-indirect\">in other words</span>");
    sf_html_new(leaf, sf_quote_anchor(q));
    SF_HTML(out, "</p>\n");
}

static void one(sf_leaf *leaf, const sf_told_quote *q) {
    SF_HTML(leaf->out, "<li");
    sf_html_item(leaf, 'q', sf_quote_anchor(q), sf_first_said(q->receipts, q->receipt_count),
                 SF_STR("stated"), q->speaker, false);
    SF_HTML(leaf->out, ">\n");
    words(leaf, q);
    venue(leaf, q);
    sf_html_receipts(leaf, &(sf_woven){.quote = q}, false);
    SF_HTML(leaf->out, "</li>\n");
}

static void speaker(sf_leaf *leaf, const voice *v, const said *all) {
    sf_buf *out = leaf->out;
    SF_HTML(out, "<div class=\"voice\">\n<h3>");
    if (v->name.len)
        sf_html_subject(leaf, v->name, SOFAR_PERSON);
    else
        SF_HTML(out, "Speaker not named");
    sf_buf_printf(out, " <span class=\"count\">%zu</span></h3>\n", v->count);
    for (size_t i = 0; i < v->count; i++) {
        sf_html_chunk(leaf, i, "ul", "spoken");
        one(leaf, all[v->first + i].quote);
    }
    SF_HTML(out, "</ul>\n</div>\n");
}

void sf_html_quotes(sf_leaf *leaf) {
    const sf_dossier *d = leaf->d;
    if (!d->quote_count)
        return;
    said *all = SF_ARRAY(leaf->arena, said, d->quote_count);
    for (size_t i = 0; i < d->quote_count; i++)
        all[i] = (said){&d->quotes[i], sf_plain_line(leaf->arena, d->quotes[i].speaker)};
    qsort(all, d->quote_count, sizeof *all, by_name);
    voice *voices = SF_ARRAY(leaf->arena, voice, d->quote_count);
    size_t count = 0;
    for (size_t i = 0; i < d->quote_count; i++) {
        if (!count || !sf_str_equal(voices[count - 1].name, all[i].name))
            voices[count++] = (voice){all[i].name, false, i, 0};
        voices[count - 1].subject |= all[i].quote->by_subject;
        voices[count - 1].count++;
    }
    qsort(voices, count, sizeof *voices, in_order);
    sf_html_section(leaf->out, "quotes", "In their words");
    for (size_t i = 0; i < count; i++)
        speaker(leaf, &voices[i], all);
    SF_HTML(leaf->out, "</section>\n");
}
