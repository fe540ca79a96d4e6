/* What every item has: a name in links, what the page's script filters it by, marks, and who says
 * so. */
#include "show/facts.h"
#include "show/html.h"

void sf_html_anchor(sf_buf *out, char kind, uint64_t anchor) {
    sf_buf_printf(out, "%c%016llx", kind, (unsigned long long)anchor);
}

static void data(sf_buf *out, const char *name, sf_str value) {
    if (!value.len)
        return;
    sf_buf_printf(out, " data-%s=\"", name);
    sf_html_text(out, sf_plain_line(out->arena, value));
    SF_HTML(out, "\"");
}

/* Pages of a month count as published on its last day, as the store has it. */
static sf_str whole_day(sf_arena *arena, sf_str published) {
    sf_interval in;
    if (!published.len || !sf_interval_parse(published, &in))
        return SF_ABSENT;
    return sf_date_format(arena, sf_date_from_days(in.last));
}

void sf_html_item(sf_leaf *leaf, char kind, uint64_t anchor, sf_str said, sf_str standing,
                  sf_str by, bool key) {
    SF_HTML(leaf->out, " id=\"");
    sf_html_anchor(leaf->out, kind, anchor);
    SF_HTML(leaf->out, "\"");
    data(leaf->out, "said", whole_day(leaf->arena, said));
    data(leaf->out, "is", standing);
    data(leaf->out, "by", by);
    if (key)
        SF_HTML(leaf->out, " data-key");
}

/* "2020-11-12 planned,2022-03-28 stated": what it was from which day on, if it was ever otherwise.
 */
static sf_str history(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf out = sf_buf_new(leaf->arena);
    size_t count = 0;
    for (size_t i = 0; i < f->receipt_count; i++) {
        sf_str day = whole_day(leaf->arena, f->receipts[i].published);
        if (!day.len || (i && f->statuses[i] == f->statuses[i - 1]))
            continue;
        sf_buf_printf(&out, "%s%.*s %s", count++ ? "," : "", SF_ARG(day),
                      sf_claim_word(f->statuses[i]));
    }
    sf_str end = SF_ABSENT; /* the first page of what took its place */
    for (size_t i = 0; i < f->rival_count; i++) {
        const sf_told_fact *other = &leaf->d->facts[f->rivals[i]];
        sf_str day = whole_day(leaf->arena, other->first_said);
        bool later = sf_str_compare(day, whole_day(leaf->arena, f->first_said)) >= 0;
        if (day.len && later && (!end.len || sf_str_compare(day, end) < 0))
            end = day;
    }
    if (end.len && f->state != SF_CURRENT)
        sf_buf_printf(&out, "%s%.*s %.*s", count++ ? "," : "", SF_ARG(end),
                      SF_ARG(sf_fact_standing(f)));
    return count > 1 ? sf_buf_str(&out) : SF_ABSENT;
}

void sf_html_fact_item(sf_leaf *leaf, const sf_told_fact *f) {
    sf_html_item(leaf, 'f', sf_fact_anchor(f), f->first_said, sf_fact_standing(f), f->by,
                 sf_fact_is_key(f));
    data(leaf->out, "was", history(leaf, f));
}

/* ---- marks ---- */

void sf_html_mark(sf_buf *out, const sf_told_fact *f) {
    sf_str word = sf_fact_standing(f);
    if (sf_str_equal(word, SF_STR("stated")))
        return;
    SF_HTML(out, " <span class=\"mark m-");
    sf_html_text(out, sf_str_sub(word, 0, sf_str_find(word, SF_STR(" "), 0)));
    SF_HTML(out, "\">");
    sf_html_text(out, word);
    SF_HTML(out, "</span>");
}

void sf_html_new(sf_leaf *leaf, uint64_t anchor) {
    const sf_known *known = leaf->setting->known;
    if (known && !sf_known_has(known, anchor))
        SF_HTML(leaf->out, " <span class=\"mark m-new\">new</span>");
}

/* ---- who says so ---- */

enum { MOST_OUTLETS = 3 };

static void pips(sf_buf *out, size_t sources) {
    SF_HTML(out, "<span class=\"pips\" aria-hidden=\"true\">");
    for (size_t i = 0; i < sources && i < 5; i++)
        SF_HTML(out, "●");
    SF_HTML(out, "</span> ");
}

void sf_html_voices(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    sf_receipts first = sf_show_sources_of(leaf->arena, f);
    SF_HTML(out, "<p class=\"voices\">");
    pips(out, f->sources);
    sf_html_text(
        out, sf_plain_count(leaf->arena, f->sources, "independent source", "independent sources"));
    SF_HTML(out, " <span class=\"who\">");
    if (f->by.len) {
        SF_HTML(out, "says ");
        sf_html_name(out, f->by);
        SF_HTML(out, ", in ");
    }
    for (size_t i = 0; i < first.count && i < MOST_OUTLETS; i++) {
        const sf_receipt *r = first.at[i];
        if (i)
            SF_HTML(out, ", ");
        sf_html_name(out, sf_plain_outlet(leaf->arena, r->outlet, r->url, r->file));
    }
    if (first.count > MOST_OUTLETS)
        sf_buf_printf(out, " and %zu more", first.count - MOST_OUTLETS);
    SF_HTML(out, "</span></p>\n");
}

void sf_html_fact_link(sf_leaf *leaf, const sf_told_fact *f, sf_str words) {
    SF_HTML(leaf->out, "<a href=\"#");
    sf_html_fact_anchor(leaf->out, f);
    SF_HTML(leaf->out, "\">");
    sf_html_name(leaf->out, words);
    SF_HTML(leaf->out, "</a>");
}
