/* The review desk as a page: the facts to decide on, each with the words that say it; its script
 * (desk.js) shows one at a time and sends what is decided. */
#include "show/html_live.h"
#include "show/review.h"

enum { LAST_DECISIONS = 20 };

static void data(sf_buf *out, const char *name, sf_str value) {
    sf_buf_printf(out, " data-%s=\"", name);
    sf_html_text(out, sf_plain_line(out->arena, value));
    SF_HTML(out, "\"");
}

/* ---- a fact ---- */

/* What speaks for doubt, in words. */
static void doubts(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    sf_html_voices(leaf, f);
    for (size_t i = 0; i < f->rival_count; i++) {
        SF_HTML(out, "<p class=\"but\">But: ");
        sf_html_name(out, sf_show_fact_line(leaf->arena, &leaf->d->facts[f->rivals[i]]));
        SF_HTML(out, "</p>\n");
    }
}

static void proof(sf_leaf *leaf, const sf_told_fact *f) {
    sf_receipts sources = sf_show_sources_of(leaf->arena, f);
    for (size_t i = 0; i < sources.count; i++)
        sf_html_proof(leaf, sources.at[i], &f->statuses[sources.at[i] - f->receipts], 1);
}

static void field(sf_buf *out, sf_str label, sf_str name, sf_str value) {
    SF_HTML(out, "<label>");
    sf_html_text(out, label);
    SF_HTML(out, " <input type=\"text\" autocomplete=\"off\" name=\"");
    sf_html_text(out, name);
    SF_HTML(out, "\" value=\"");
    sf_html_text(out, sf_plain_line(out->arena, value));
    SF_HTML(out, "\"></label>\n");
}

static void statuses(sf_buf *out, sofar_claim now) {
    SF_HTML(out, "<label>status <select name=\"status\">");
    for (int i = 0; i <= SOFAR_DENIED; i++) {
        SF_HTML(out, "<option");
        if ((sofar_claim)i == now)
            SF_HTML(out, " selected");
        SF_HTML(out, ">");
        sf_html_text(out, sf_str_of(sf_claim_word((sofar_claim)i)));
        SF_HTML(out, "</option>");
    }
    SF_HTML(out, "</select></label>\n");
}

/* What it should be: the script sends what was changed. */
static void correction(sf_buf *out, const sf_told_fact *f) {
    SF_HTML(out, "<form class=\"should\" hidden aria-label=\"What it should be\">\n");
    for (size_t i = 0; i < f->role_count; i++)
        field(out, f->roles[i].name, f->roles[i].name, f->roles[i].value);
    field(out, SF_STR("when"), SF_STR("when"), f->when);
    statuses(out, f->status);
    field(out, SF_STR("ROLE:TYPE=NAME, for what is missing"), SF_STR("+"), SF_STR(""));
    SF_HTML(out, "<button>Correct</button>\n<button type=\"button\" "
                 "class=\"no\">Leave it</button>\n</form>\n");
}

static void one(sf_leaf *leaf, const sf_review *review) {
    sf_buf *out = leaf->out;
    const sf_told_fact *f = review->fact;
    SF_HTML(out, "<article class=\"case\" tabindex=\"-1\"");
    data(out, "fact", f->id);
    data(out, "seen", sf_review_seen(leaf->arena, leaf->d, review));
    SF_HTML(out, ">\n<h2 dir=\"auto\">");
    sf_html_name(out, sf_fact_sentence(leaf->arena, f));
    sf_html_mark(out, f);
    SF_HTML(out, "</h2>\n");
    doubts(leaf, f);
    proof(leaf, f);
    correction(out, f);
    SF_HTML(out, "</article>\n");
}

/* ---- what was decided ---- */

static void decision(sf_buf *out, const sf_decision *d) {
    static const char *const did[SF_VERDICTS] = {"accepted", "rejected", "corrected", "joined",
                                                 "split",    "renamed",  "took back"};
    SF_HTML(out, "<li");
    data(out, "decision", d->id);
    SF_HTML(out, "><p class=\"from\">");
    sf_html_name(out, d->who);
    sf_buf_printf(out, " %s%s, ", did[d->verdict], d->undone ? " (taken back since)" : "");
    sf_html_day(out, sf_str_sub(d->made, 0, 10), SF_ABSENT);
    SF_HTML(out, "</p>\n<p>");
    sf_html_name(out, sf_show_decision_words(out->arena, d));
    SF_HTML(out, "</p>\n");
    if (d->why.len) {
        SF_HTML(out, "<p class=\"note\">");
        sf_html_name(out, d->why);
        SF_HTML(out, "</p>\n");
    }
    if (!d->undone)
        SF_HTML(out, "<button type=\"button\" class=\"back\">Take back</button>\n");
    SF_HTML(out, "</li>\n");
}

static void decided(sf_buf *out, const sf_decisions *all) {
    SF_HTML(out, "<section id=\"decided\" aria-labelledby=\"h-decided\">\n<h2 "
                 "id=\"h-decided\">Decided last</h2>\n<ol class=\"learned\">\n");
    for (size_t i = all->count; i-- > 0 && all->count - i <= LAST_DECISIONS;)
        decision(out, &all->at[i]);
    SF_HTML(out, "</ol>\n</section>\n");
}

/* ---- the page ---- */

static void key(sf_buf *out, const char *key, const char *does) {
    sf_buf_printf(out,
                  "<button type=\"button\" data-key=\"%s\" aria-keyshortcuts=\"%s\">%s "
                  "<kbd>%s</kbd></button>\n",
                  key, key, does, key);
}

static void bench(sf_buf *out, sf_str who) {
    SF_HTML(out, "<noscript><p class=\"note\">Deciding needs the page's own script; "
                 "<code>sofar review</code> does the same in a terminal.</p></noscript>\n"
                 "<form class=\"ask sign\" hidden aria-label=\"Who decides\">\n");
    field(out, SF_STR("Your name"), SF_STR("who"), who);
    SF_HTML(out, "<label class=\"token\">Token, as <code>sofar serve</code> printed it <input "
                 "type=\"password\" name=\"token\" autocomplete=\"off\"></label>\n"
                 "<label class=\"check\"><input type=\"checkbox\" name=\"keys\" checked> One key a "
                 "decision</label>\n</form>\n<div class=\"bench\" hidden>\n<div class=\"keys\" "
                 "role=\"group\" aria-label=\"What do the words say?\">\n");
    key(out, "a", "They say it");
    key(out, "r", "They do not");
    key(out, "w", "They do not, because");
    key(out, "c", "They say otherwise");
    key(out, "s", "Later");
    key(out, "u", "Take back");
    key(out, "q", "Leave");
    SF_HTML(out, "</div>\n<form class=\"why\" hidden>\n");
    field(out, SF_STR("Why not?"), SF_STR("why"), SF_STR(""));
    SF_HTML(out, "<button>Reject</button>\n<button type=\"button\" class=\"no\">Leave "
                 "it</button>\n</form>\n<p class=\"told\" role=\"status\"></p>\n</div>\n");
}

void sf_show_desk_page(sf_buf *out, const sf_desk *desk, sf_str asked, size_t skip, sf_str who,
                       const sf_setting *setting) {
    sf_arena *arena = out->arena;
    const sf_dossier *d = desk->dossier;
    sf_leaf leaf = {.out = out, .arena = arena, .d = d, .setting = setting};
    sf_str name = sf_plain_line(arena, d->name);
    size_t left = sf_desk_undecided(desk);
    sf_head h = {.title = sf_str_format(arena, "%.*s: review", SF_ARG(name)),
                 .description = SF_STR("Facts to decide on, the most doubtful first."),
                 .setting = setting,
                 .og_type = "website",
                 .desk = true};
    sf_html_live_begin(out, &h, "desk", "Review", name);
    SF_HTML(out, "<p class=\"lead\"><span class=\"left\">");
    sf_buf_printf(out, "%zu</span> to decide, the most doubtful first.</p>\n", left);
    SF_HTML(out, "<p class=\"also\"><a class=\"leave\" href=\"../");
    sf_html_text(out, setting->stem);
    SF_HTML(out, ".html\">All that is known</a></p>\n</header>\n");
    bench(out, who);
    SF_HTML(out, "<div class=\"cases\" id=\"story\" tabindex=\"-1\"");
    data(out, "subject", asked);
    sf_buf_printf(out, " data-left=\"%zu\" data-post=\"../api/decide\">\n", left);
    for (size_t i = skip; i < left && i - skip < SF_CASES; i++)
        one(&leaf, &desk->queue[i]);
    SF_HTML(out, "</div>\n");
    decided(out, &desk->decisions);
    SF_HTML(out, "</main>\n");
    sf_html_end(out, &h);
}

void sf_show_desk_index(sf_buf *out, const sf_setting *setting) {
    sf_head h = {.title = SF_STR("Review"),
                 .description = SF_STR("Whose facts there are to decide on."),
                 .setting = setting,
                 .og_type = "website",
                 .desk = true};
    sf_html_live_begin(out, &h, "desk", "Review", SF_STR("What do the words say?"));
    SF_HTML(out, "<p class=\"lead\">Whose facts do you want to look at?</p>\n</header>\n<ul "
                 "class=\"learned\" id=\"story\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < setting->shelf->count; i++) {
        const sf_entry *e = &setting->shelf->at[i];
        SF_HTML(out, "<li><a href=\"");
        sf_html_text(out, e->stem);
        SF_HTML(out, "/desk\">");
        sf_html_name(out, e->name);
        SF_HTML(out, "</a> <span class=\"count\">");
        sf_html_text(out, sf_str_of(sf_subject_word(e->type)));
        SF_HTML(out, "</span></li>\n");
    }
    SF_HTML(out, "</ul>\n</main>\n");
    sf_html_end(out, &h);
}
