/* What is not settled: contradictions side by side, open questions, and what changed. */
#include "show/html.h"

/* ---- contradictions ---- */

static void side(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    SF_HTML(out, "<div class=\"side\"><h3 dir=\"auto\">");
    sf_html_fact_link(leaf, f, sf_plain_fact(leaf->arena, f));
    SF_HTML(out, "</h3>\n");
    sf_html_voices(leaf, f);
    if (f->first_said.len) {
        SF_HTML(out, "<p class=\"clock\">said ");
        sf_html_day(out, f->first_said, SF_ABSENT);
        SF_HTML(out, "</p>\n");
    }
    SF_HTML(out, "</div>\n");
}

/* Each set of rivals once, at the first of them. */
static bool is_first_of_rivals(const sf_leaf *leaf, size_t fact) {
    const sf_told_fact *f = &leaf->d->facts[fact];
    bool any = false;
    if (f->state != SF_DISPUTED)
        return false;
    for (size_t i = 0; i < f->rival_count; i++) {
        if (leaf->d->facts[f->rivals[i]].state != SF_DISPUTED)
            continue;
        if (f->rivals[i] < fact)
            return false;
        any = true;
    }
    return any;
}

void sf_html_disputes(sf_leaf *leaf) {
    bool first = true;
    for (size_t i = 0; i < leaf->d->fact_count; i++) {
        if (!is_first_of_rivals(leaf, i))
            continue;
        if (first)
            sf_html_section(leaf->out, "disputed", "Pages disagree");
        first = false;
        const sf_told_fact *f = &leaf->d->facts[i];
        SF_HTML(leaf->out, "<div class=\"versus\">\n");
        side(leaf, f);
        for (size_t r = 0; r < f->rival_count; r++)
            if (leaf->d->facts[f->rivals[r]].state == SF_DISPUTED)
                side(leaf, &leaf->d->facts[f->rivals[r]]);
        SF_HTML(leaf->out, "</div>\n");
    }
    if (!first)
        SF_HTML(leaf->out, "</section>\n");
}

/* ---- open questions ---- */

void sf_html_open(sf_leaf *leaf) {
    const sf_dossier *d = leaf->d;
    sf_buf *out = leaf->out;
    if (!d->open_count)
        return;
    sf_html_section(out, "open", "Open questions");
    for (size_t i = 0; i < d->open_count; i++) {
        sf_str why = d->open[i].why;
        sf_html_chunk(leaf, i, "ul", "asked");
        SF_HTML(out, "<li><span class=\"mark m-");
        sf_html_text(out, why);
        SF_HTML(out, "\">");
        sf_html_text(out, why);
        SF_HTML(out, "</span> ");
        sf_html_fact_link(leaf, &d->facts[d->open[i].fact],
                          sf_plain_open(leaf->arena, d, &d->open[i]));
        SF_HTML(out, "</li>\n");
    }
    SF_HTML(out, "</ul>\n</section>\n");
}

/* ---- what changed ---- */

static void before_and_after(sf_leaf *leaf, const sf_turn *t) {
    sf_buf *out = leaf->out;
    sf_str before = sf_turn_before(leaf->arena, leaf->d, t);
    SF_HTML(out, "<p><del><span class=\"hidden\">before: </span>");
    if (t->was)
        sf_html_fact_link(leaf, t->was, before);
    else
        sf_html_text(out, before);
    SF_HTML(out, "</del> <ins><span class=\"hidden\">after: </span>");
    sf_html_fact_link(leaf, t->fact, sf_turn_after(leaf->arena, leaf->d, t));
    SF_HTML(out, "</ins></p>\n<p class=\"venue\">");
    sf_html_name(
        out, sf_plain_outlet(leaf->arena, t->receipt->outlet, t->receipt->url, t->receipt->file));
    SF_HTML(out, "</p>\n");
}

static void turn(sf_leaf *leaf, const sf_turn *t) {
    SF_HTML(leaf->out, "<li><p class=\"day\">");
    sf_html_day(leaf->out, t->day, SF_ABSENT);
    SF_HTML(leaf->out, " <span class=\"how\">");
    sf_html_text(leaf->out, sf_str_of(sf_turning_word(t->what)));
    SF_HTML(leaf->out, "</span></p>\n<div>");
    before_and_after(leaf, t);
    SF_HTML(leaf->out, "</div></li>\n");
}

/* An event that holds no longer has no card: here it stands with its receipts. */
static void gone(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    SF_HTML(out, "<li");
    sf_html_fact_item(leaf, f);
    SF_HTML(out, "><p class=\"day\">");
    if (f->first_said.len) {
        SF_HTML(out, "<span class=\"how\">said</span> ");
        sf_html_day(out, f->first_said, SF_ABSENT);
    } else {
        SF_HTML(out, "undated");
    }
    SF_HTML(out, "</p>\n<div><p class=\"was\" dir=\"auto\">");
    sf_html_text(out, sf_plain_fact(leaf->arena, f));
    sf_html_mark(out, f);
    SF_HTML(out, "</p>\n");
    sf_html_receipts(leaf, &(sf_woven){.fact = f}, false);
    SF_HTML(out, "</div></li>\n");
}

static void all_gone(sf_leaf *leaf) {
    bool first = true;
    size_t said = 0;
    for (size_t i = 0; i < leaf->d->fact_count; i++) {
        const sf_told_fact *f = &leaf->d->facts[i];
        if (!sf_fact_is_event(f) || sf_fact_stands(f))
            continue;
        if (first)
            SF_HTML(leaf->out, "<h3 class=\"sub\">Said, and no longer so</h3>\n");
        first = false;
        sf_html_chunk(leaf, said++, "ul", "told");
        gone(leaf, f);
    }
    if (!first)
        SF_HTML(leaf->out, "</ul>\n");
}

void sf_html_turns(sf_leaf *leaf) {
    size_t count = 0;
    for (size_t i = 0; i < leaf->turns.count; i++)
        count += leaf->turns.at[i].what != SF_TURN_TOLD;
    bool any_gone = false;
    for (size_t i = 0; i < leaf->d->fact_count && !any_gone; i++)
        any_gone = sf_fact_is_event(&leaf->d->facts[i]) && !sf_fact_stands(&leaf->d->facts[i]);
    if (!count && !any_gone)
        return;
    sf_html_section(leaf->out, "changed", "What changed");
    size_t said = 0;
    for (size_t i = 0; i < leaf->turns.count; i++) {
        if (leaf->turns.at[i].what == SF_TURN_TOLD)
            continue;
        sf_html_chunk(leaf, said++, "ol", "turns");
        turn(leaf, &leaf->turns.at[i]);
    }
    if (count)
        SF_HTML(leaf->out, "</ol>\n");
    all_gone(leaf);
    SF_HTML(leaf->out, "</section>\n");
}
