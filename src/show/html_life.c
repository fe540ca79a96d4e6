/* Where a work's life has come to, and what the last build did not tell. */
#include "show/html.h"

enum { MOST_NEWS = 12 };

/* ---- steps ---- */

static const char *step_class(const sf_step *s) {
    return !s->fact                           ? "unknown"
           : s->fact->state == SF_DISPUTED    ? "disputed"
           : s->fact->status == SOFAR_STATED  ? "done"
           : s->fact->status == SOFAR_PLANNED ? "planned"
                                              : "rumoured";
}

static void step(sf_leaf *leaf, const sf_step *s, bool here) {
    sf_buf *out = leaf->out;
    const char *how = step_class(s);
    sf_buf_printf(out, "<li class=\"s-%s\"%s>", how, here ? " aria-current=\"step\"" : "");
    if (s->fact)
        sf_html_fact_link(leaf, s->fact, sf_str_of(s->word));
    else
        sf_html_text(out, sf_str_of(s->word));
    SF_HTML(out, " <span class=\"when\">");
    if (s->fact && s->fact->status != SOFAR_STATED)
        sf_html_text(out, sf_fact_standing(s->fact));
    if (s->fact && s->fact->status != SOFAR_STATED && s->fact->when.len)
        SF_HTML(out, ", ");
    if (s->fact && s->fact->when.len) {
        sf_html_day(out, s->fact->when, SF_ABSENT);
    } else if (s->fact && s->fact->status == SOFAR_STATED && s->fact->first_said.len) {
        SF_HTML(out, "by "); /* who says on a day that it happened, says that it happened by then */
        sf_html_day(out, s->fact->first_said, SF_ABSENT);
    } else if (!s->fact) {
        SF_HTML(out, "not told");
    }
    SF_HTML(out, "</span></li>\n");
}

void sf_html_life(sf_leaf *leaf) {
    const sf_step *steps;
    size_t reached, count = sf_show_life(leaf->d, &steps, leaf->arena, &reached);
    if (!count)
        return;
    SF_HTML(leaf->out, "<ol class=\"life\" aria-label=\"From announcement to release\">\n");
    for (size_t i = 0; i < count; i++)
        step(leaf, &steps[i], i == reached);
    SF_HTML(leaf->out, "</ol>\n");
}

/* ---- news ---- */

static size_t count_new(const sf_leaf *leaf, size_t *quotes, size_t *events) {
    const sf_known *known = leaf->setting->known;
    size_t facts = 0;
    *quotes = *events = 0;
    for (size_t i = 0; i < leaf->d->fact_count; i++)
        facts += !sf_known_has(known, sf_fact_anchor(&leaf->d->facts[i]));
    for (size_t i = 0; i < leaf->d->quote_count; i++)
        *quotes += !sf_known_has(known, sf_quote_anchor(&leaf->d->quotes[i]));
    for (size_t i = 0; i < leaf->d->event_count; i++)
        *events += !sf_known_has(known, sf_event_anchor(&leaf->d->events[i]));
    return facts;
}

static void totals(sf_leaf *leaf, size_t facts, size_t quotes, size_t events) {
    sf_str parts[3];
    size_t n = 0;
    if (facts)
        parts[n++] = sf_plain_count(leaf->arena, facts, "fact", "facts");
    if (quotes)
        parts[n++] = sf_plain_count(leaf->arena, quotes, "quote", "quotes");
    if (events)
        parts[n++] = sf_plain_count(leaf->arena, events, "dated sentence", "dated sentences");
    sf_html_text(leaf->out, sf_plain_list(leaf->arena, parts, n, n));
}

void sf_html_news(sf_leaf *leaf) {
    const sf_known *known = leaf->setting->known;
    size_t quotes = 0, events = 0, facts = known ? count_new(leaf, &quotes, &events) : 0;
    if (facts + quotes + events == 0)
        return;
    sf_buf *out = leaf->out;
    sf_html_section(out, "new", "New since the last build");
    SF_HTML(out, "<p class=\"note\">");
    totals(leaf, facts, quotes, events);
    if (known->last.len) {
        SF_HTML(out, "; the last build had read up to ");
        sf_html_day(out, known->last, SF_ABSENT);
    }
    SF_HTML(out, ".</p>\n<ul>\n");
    for (size_t i = 0, said = 0; i < leaf->d->fact_count && said < MOST_NEWS; i++) {
        const sf_told_fact *f = &leaf->d->facts[i];
        if (sf_known_has(known, sf_fact_anchor(f)))
            continue;
        said++;
        SF_HTML(out, "<li>");
        sf_html_fact_link(leaf, f, sf_plain_fact(leaf->arena, f));
        sf_html_mark(out, f);
        SF_HTML(out, "</li>\n");
    }
    if (facts > MOST_NEWS)
        sf_buf_printf(out, "<li class=\"more\">and %zu more, marked below</li>\n",
                      facts - MOST_NEWS);
    SF_HTML(out, "</ul>\n</section>\n");
}
