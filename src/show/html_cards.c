/* Key events as cards: the day as the page has it set large, the event in words, who says so. An
 * event without a day stands where it was first said. */
#include <stdlib.h>

#include "show/html.h"

typedef struct card {
    const sf_told_fact *fact;
    int32_t place;
} card;

static int in_order(const void *a, const void *b) {
    const card *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

static int32_t place_of(const sf_told_fact *f) {
    sf_interval in;
    sf_str day = f->when.len ? f->when : f->first_said;
    if (!day.len || !sf_interval_parse(day, &in))
        return INT32_MAX; /* undated: last */
    return in.first == INT32_MIN ? in.last : in.first;
}

/* ---- the leaf of a calendar ---- */

/* What stands large, and what small beneath it: "15" and "October 2021", "October" and "2021". */
static void split_day(sf_arena *arena, sf_str value, sf_str *large, sf_str *small) {
    sf_date date;
    if (!sf_date_parse(value, &date) || value.len > 10) {
        *large = sf_plain_day(arena, value);
        *small = SF_ABSENT;
    } else if (date.day) {
        *large = sf_str_format(arena, "%d", date.day);
        *small = sf_str_format(arena, "%.*s %d", SF_ARG(sf_plain_month(date.month)), date.year);
    } else if (date.month) {
        *large = sf_plain_month(date.month);
        *small = sf_str_format(arena, "%d", date.year);
    } else {
        *large = sf_str_format(arena, "%d", date.year);
        *small = SF_ABSENT;
    }
}

static void day_leaf(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    sf_interval in;
    if (!f->when.len || !sf_interval_parse(f->when, &in)) {
        SF_HTML(out, "<p class=\"leaf none\"><span class=\"large\">Day not told</span>");
        if (f->first_said.len) {
            SF_HTML(out, " <span class=\"small\">said ");
            sf_html_day(out, f->first_said, SF_ABSENT);
            SF_HTML(out, "</span>");
        }
        SF_HTML(out, "</p>\n");
        return;
    }
    sf_str large, small;
    split_day(leaf->arena, f->when, &large, &small);
    sf_buf_printf(out, "<p class=\"leaf%s%s\"><span class=\"large\">",
                  in.first == in.last ? "" : " vague", large.len <= 4 ? "" : " wordy");
    sf_html_text(out, large);
    SF_HTML(out, "</span>");
    if (small.len) {
        SF_HTML(out, " <span class=\"small\">");
        sf_html_text(out, small);
        SF_HTML(out, "</span>");
    }
    SF_HTML(out, "</p>\n");
}

/* ---- a card ---- */

static void rivals(sf_leaf *leaf, const sf_told_fact *f) {
    for (size_t i = 0; f->state == SF_DISPUTED && i < f->rival_count; i++) {
        const sf_told_fact *other = &leaf->d->facts[f->rivals[i]];
        if (other->state != SF_DISPUTED)
            continue;
        SF_HTML(leaf->out, "<p class=\"but\">Against it: ");
        sf_html_fact_link(leaf, other, sf_plain_fact(leaf->arena, other));
        SF_HTML(leaf->out, "</p>\n");
    }
}

static void said(sf_leaf *leaf, const sf_told_fact *f) {
    if (!f->first_said.len || !f->when.len)
        return;
    SF_HTML(leaf->out, "<p class=\"clock\">First said ");
    sf_html_day(leaf->out, f->first_said, SF_ABSENT);
    if (!sf_str_equal(f->first_said, f->last_said)) {
        SF_HTML(leaf->out, ", last said ");
        sf_html_day(leaf->out, f->last_said, SF_ABSENT);
    }
    SF_HTML(leaf->out, "</p>\n");
}

static void compact(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    SF_HTML(out, "<li");
    sf_html_fact_item(leaf, f);
    SF_HTML(out, "><b class=\"was\">");
    sf_html_text(out, sf_plain_fact(leaf->arena, f));
    sf_html_mark(out, f);
    SF_HTML(out, "</b> ");
    sf_html_text(out, sf_plain_count(leaf->arena, f->sources, "source", "sources"));
    if (f->first_said.len) {
        SF_HTML(out, ", first said ");
        sf_html_text(out, sf_plain_day(leaf->arena, f->first_said));
    }
    sf_html_receipts(leaf, &(sf_woven){.fact = f}, false);
    SF_HTML(out, "</li>\n");
}

static void one(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    sf_told_fact bare = *f;
    bare.when = SF_ABSENT; /* the leaf tells it */
    SF_HTML(out, "<li class=\"card\"");
    sf_html_fact_item(leaf, f);
    SF_HTML(out, ">\n");
    day_leaf(leaf, f);
    SF_HTML(out, "<div>\n<h3 dir=\"auto\">");
    sf_html_text(out, sf_plain_fact(leaf->arena, &bare));
    SF_HTML(out, "</h3>\n<p class=\"marks\">");
    sf_html_mark(out, f);
    sf_html_new(leaf, sf_fact_anchor(f));
    SF_HTML(out, "</p>\n");
    sf_html_voices(leaf, f);
    said(leaf, f);
    rivals(leaf, f);
    sf_html_receipts(leaf, &(sf_woven){.fact = f}, false);
    SF_HTML(out, "</div>\n</li>\n");
}

void sf_html_cards(sf_leaf *leaf) {
    size_t count = 0;
    card *all = SF_ARRAY(leaf->arena, card, leaf->d->fact_count + 1);
    for (size_t i = 0; i < leaf->d->fact_count; i++)
        if (sf_fact_is_key(&leaf->d->facts[i]))
            all[count++] = (card){&leaf->d->facts[i], place_of(&leaf->d->facts[i])};
    if (!count)
        return;
    qsort(all, count, sizeof *all, in_order);
    sf_html_section(leaf->out, "events", "Key events");
    for (size_t i = 0; i < count; i++) {
        sf_html_chunk(leaf, i, "ol", "cards");
        if (leaf->compact)
            compact(leaf, all[i].fact);
        else
            one(leaf, all[i].fact);
    }
    SF_HTML(leaf->out, "</ol>\n</section>\n");
}
