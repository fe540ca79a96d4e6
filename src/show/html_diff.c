/* What was learned about a subject between two days, as a page. */
#include "show/html_live.h"

static void words(sf_leaf *leaf, const sf_told_fact *f) {
    sf_html_name(leaf->out, sf_fact_sentence(leaf->arena, f));
    sf_html_mark(leaf->out, f);
}

static void change(sf_leaf *leaf, const sf_diff *diff, const sf_change *c) {
    sf_buf *out = leaf->out;
    const sf_told_fact *f = &diff->to->facts[c->after];
    const sf_told_fact *was = c->before == SIZE_MAX ? NULL : &diff->from->facts[c->before];
    SF_HTML(out, "<li>\n<p class=\"was\" dir=\"auto\">");
    if (c->what == SF_LEARNED_CHANGED || c->what == SF_LEARNED_WITHDRAWN) {
        SF_HTML(out, "<del>");
        words(leaf, was);
        SF_HTML(out, "</del> <ins>");
        words(leaf, f);
        SF_HTML(out, "</ins>");
    } else {
        words(leaf, f);
    }
    SF_HTML(out, "</p>\n<p class=\"how\">");
    if (was && was->sources != f->sources)
        sf_buf_printf(out, "%zu, now ", was->sources);
    sf_html_text(
        out, sf_plain_count(leaf->arena, f->sources, "independent source", "independent sources"));
    SF_HTML(out, "</p>\n");
    if (f->receipt_count) /* the last page that spoke of it */
        sf_html_proof_of(out, leaf->setting, &f->receipts[f->receipt_count - 1], 1);
    SF_HTML(out, "</li>\n");
}

static void changes(sf_leaf *leaf, const sf_diff *diff) {
    static const char *const heads[][2] = {{"new", "New"},
                                           {"changed", "Changed"},
                                           {"withdrawn", "Withdrawn"},
                                           {"sourced", "Newly sourced"}};
    for (size_t i = 0; i < diff->count; i++) {
        const sf_change *c = &diff->changes[i];
        if (i == 0 || c->what != diff->changes[i - 1].what) {
            if (i)
                SF_HTML(leaf->out, "</ul>\n</section>\n");
            sf_buf_printf(leaf->out,
                          "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">%s</h2>\n"
                          "<ul class=\"learned\">\n",
                          heads[c->what][0], heads[c->what][0], heads[c->what][0],
                          heads[c->what][1]);
        }
        change(leaf, diff, c);
    }
    if (diff->count)
        SF_HTML(leaf->out, "</ul>\n</section>\n");
    else
        SF_HTML(leaf->out, "<p class=\"note\">Nothing of what is known has changed.</p>\n");
}

/* "Learned after 30 June 2021, by 3 May 2022." */
static void between(sf_buf *out, const sf_diff *diff) {
    SF_HTML(out, "<p class=\"lead\">");
    if (!diff) {
        SF_HTML(out, "What was learned between two days: choose the first.");
    } else {
        SF_HTML(out, "Learned after ");
        sf_html_day(out, sf_date_format(out->arena, diff->from->as_of), SF_ABSENT);
        if (diff->to->as_of.year) {
            SF_HTML(out, ", by ");
            sf_html_day(out, sf_date_format(out->arena, diff->to->as_of), SF_ABSENT);
        }
        SF_HTML(out, ".");
    }
    SF_HTML(out, "</p>\n");
}

void sf_show_diff_page(sf_buf *out, const sf_diff *diff, const sf_dossier *now,
                       const sf_setting *setting) {
    sf_arena *arena = out->arena;
    sf_leaf leaf = {.out = out, .arena = arena, .d = now, .setting = setting};
    sf_str name = sf_plain_line(arena, now->name);
    sf_head h = {.title = sf_str_format(arena, "%.*s: what is new", SF_ARG(name)),
                 .description = SF_STR("What was learned between two days."),
                 .setting = setting,
                 .og_type = "article"};
    sf_html_live_begin(out, &h, "find", "What is new", name);
    between(out, diff);
    SF_HTML(out, "<p class=\"also\"><a href=\"../");
    sf_html_text(out, setting->stem);
    SF_HTML(out, ".html\">All that is known</a></p>\n</header>\n<form class=\"ask\" "
                 "method=\"get\" action=\"diff\">\n");
    sf_html_day_field(out, "After", "from",
                      diff ? sf_date_format(arena, diff->from->as_of) : SF_ABSENT);
    sf_html_day_field(out, "By", "to", diff ? sf_date_format(arena, diff->to->as_of) : SF_ABSENT);
    SF_HTML(out, "<button>Compare</button>\n<p class=\"found\" role=\"status\">");
    if (diff)
        sf_html_text(out, sf_plain_count(arena, diff->count, "change", "changes"));
    SF_HTML(out, "</p>\n</form>\n<div id=\"story\" tabindex=\"-1\">\n");
    if (diff)
        changes(&leaf, diff);
    SF_HTML(out, "</div>\n</main>\n");
    sf_html_end(out, &h);
}
