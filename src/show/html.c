/* A subject's page: what is known in a few sentences, the events, the time line, credits, quotes,
 * what is in doubt, what changed, the sources. One document; all it needs is in it. */
#include "show/html.h"
#include "show/export.h"
#include "show/picture.h"
#include "show/twins.h"

/* ---- head ---- */

static void also(sf_leaf *leaf) {
    const sf_dossier *d = leaf->d;
    if (!d->alias_count)
        return;
    SF_HTML(leaf->out, "<p class=\"also\">Also called ");
    for (size_t i = 0; i < d->alias_count; i++) {
        if (i)
            SF_HTML(leaf->out, ", ");
        sf_html_name(leaf->out, d->aliases[i]);
    }
    SF_HTML(leaf->out, "</p>\n");
}

/* Whose it is stands under it, with the way to the page it is from. */
static void picture(sf_leaf *leaf) {
    const sf_picture *p = leaf->setting->picture;
    sf_buf *out = leaf->out;
    if (!p)
        return;
    SF_HTML(out, "<figure class=\"picture\"><img src=\"");
    sf_html_text(out, p->file);
    sf_buf_printf(out, "\" width=\"%u\" height=\"%u\" alt=\"", p->width, p->height);
    sf_html_text(out, sf_plain_line(leaf->arena, p->alt));
    SF_HTML(out, "\">\n<figcaption>");
    if (p->caption.len) {
        sf_html_name(out, p->caption);
        SF_HTML(out, " ");
    }
    SF_HTML(out, "<span class=\"credit\">Picture: <a rel=\"external noopener noreferrer\"");
    sf_html_href(out, p->url);
    SF_HTML(out, ">");
    sf_html_name(out, p->outlet);
    SF_HTML(out, "</a></span></figcaption></figure>\n");
}

static void head(sf_leaf *leaf, const sf_str *lead, size_t sentences) {
    const sf_dossier *d = leaf->d;
    sf_buf *out = leaf->out;
    sf_buf_printf(out, "<header class=\"head t%u%s\">\n", sf_html_tint(d->name),
                  leaf->setting->picture ? " pictured" : "");
    SF_HTML(out, "<p class=\"kind\">");
    sf_html_text(out, sf_str_of(sf_subject_word(d->type)));
    SF_HTML(out, "</p>\n<h1 dir=\"auto\">");
    sf_html_text(out, sf_plain_line(leaf->arena, d->name));
    SF_HTML(out, "</h1>\n");
    for (size_t i = 0; i < sentences; i++) { /* the last tells how far the pages reach */
        if (i + 1 == sentences)
            sf_buf_add(out, i ? SF_STR("</p>\n<p class=\"reach\">") : SF_STR("<p class=\"lead\">"));
        else
            sf_buf_add(out, i ? SF_STR(" ") : SF_STR("<p class=\"lead\">"));
        sf_html_name(out, lead[i]);
    }
    SF_HTML(out, "</p>\n");
    if (d->as_of.year) {
        SF_HTML(out, "<p class=\"as-of\">As of ");
        sf_html_day(out, sf_date_format(leaf->arena, d->as_of), SF_ABSENT);
        SF_HTML(out, ": what was published later is left out.</p>\n");
    }
    also(leaf);
    sf_html_life(leaf);
    picture(leaf);
    SF_HTML(out, "</header>\n");
}

/* ---- the way around ---- */

static void jump(sf_buf *out, const char *anchor, const char *name, size_t count) {
    if (count)
        sf_buf_printf(out, "<li><a href=\"#%s\">%s</a> <span class=\"count\">%zu</span></li>\n",
                      anchor, name, count);
}

static void around(sf_leaf *leaf) {
    const sf_dossier *d = leaf->d;
    size_t key = 0, credits = 0, disputed = 0, dated = 0, turns = 0, gone = 0;
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        key += sf_fact_is_key(f);
        credits += !sf_fact_is_event(f);
        gone += sf_fact_is_event(f) && !sf_fact_stands(f);
        disputed += f->state == SF_DISPUTED && f->rival_count;
        dated += sf_weave_holds(f);
    }
    for (size_t i = 0; i < leaf->turns.count; i++)
        turns += leaf->turns.at[i].what != SF_TURN_TOLD;
    SF_HTML(leaf->out, "<nav class=\"around\" aria-label=\"On this page\">\n<ul>\n");
    jump(leaf->out, "events", "Key events", key);
    jump(leaf->out, "disputed", "Pages disagree", disputed);
    jump(leaf->out, "open", "Open questions", d->open_count);
    jump(leaf->out, "timeline", "Timeline", dated + d->event_count);
    jump(leaf->out, "credits", d->type == SOFAR_WORK ? "Cast and credits" : "Credits", credits);
    jump(leaf->out, "quotes", "In their words", d->quote_count);
    jump(leaf->out, "changed", "What changed", turns + gone);
    jump(leaf->out, "sources", "Sources", d->source_count);
    SF_HTML(leaf->out, "</ul>\n</nav>\n");
}

/* ---- the page ---- */

static void body(sf_leaf *leaf, const sf_str *lead, size_t sentences) {
    sf_buf *out = leaf->out;
    SF_HTML(out, "<a class=\"skip\" href=\"#story\">Skip to the story</a>\n");
    sf_html_home(out, leaf->setting);
    SF_HTML(out, "<main>\n");
    head(leaf, lead, sentences);
    SF_HTML(out, "<div class=\"rail\">\n");
    around(leaf);
    sf_html_tools(leaf);
    sf_html_as_of(leaf);
    SF_HTML(out, "</div>\n<div class=\"story\" id=\"story\" tabindex=\"-1\">\n");
    sf_html_news(leaf);
    sf_html_cards(leaf);
    sf_html_disputes(leaf);
    sf_html_open(leaf);
    sf_html_timeline(leaf);
    sf_html_cast(leaf);
    sf_html_quotes(leaf);
    sf_html_turns(leaf);
    sf_html_sources(leaf);
    SF_HTML(out, "</div>\n</main>\n");
}

/* Of a long dossier it stands in its own file only. */
static sf_str linked_data(sf_arena *arena, const sf_dossier *d) {
    sf_buf out = sf_buf_new(arena);
    if (!sf_show_annex_count(d))
        sf_show_jsonld(&out, d);
    return sf_buf_str(&out);
}

/* Without the line ends between elements: each would be a node of its own. */
static void tighten(sf_buf *out, size_t from) {
    size_t to = from;
    for (size_t i = from; i < out->len; i++) {
        bool between = out->ptr[i] == '\n' && i > from && out->ptr[i - 1] == '>' &&
                       i + 1 < out->len && out->ptr[i + 1] == '<';
        if (!between)
            out->ptr[to++] = out->ptr[i];
    }
    out->len = to;
}

void sf_show_page(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    sf_str lead[SF_MOST_SENTENCES];
    size_t sentences = sf_show_lead(out->arena, d, lead);
    sf_leaf leaf = {.out = out,
                    .arena = out->arena,
                    .d = d,
                    .setting = setting,
                    .turns = sf_show_turns(out->arena, d),
                    .compact = sf_show_annex_count(d) > 0};
    sf_buf description = sf_buf_new(out->arena);
    for (size_t i = 0; i < sentences; i++) {
        if (i)
            sf_buf_char(&description, ' ');
        sf_buf_add(&description, lead[i]);
    }
    sf_head h = {.title = d->name,
                 .description = sf_buf_str(&description),
                 .setting = setting,
                 .file = sf_html_file(out->arena, setting->stem),
                 .twin = setting->stem,
                 .feeds = true,
                 .og_type = "article",
                 .picture = setting->picture,
                 .linked_data = linked_data(out->arena, d),
                 .updated = sf_plain_reach_of(out->arena, d).last};
    sf_html_begin(out, &h);
    size_t from = out->len;
    body(&leaf, lead, sentences);
    if (leaf.compact)
        tighten(out, from);
    sf_html_end(out, &h);
}
