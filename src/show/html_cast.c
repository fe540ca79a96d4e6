/* Cast and credits, set like the roll at the end of a film: what on the left, who on the right,
 * each with a note that opens its receipts. On a person's or a company's page the works take the
 * place of the people. */
#include "show/html.h"

/* Whom the line names: of a credit's roles the first that is not the subject of the page. */
static const sf_told_role *other(const sf_leaf *leaf, const sf_told_fact *f) {
    static const char *const roles[] = {"who", "work", "source", "value", "org"};
    for (size_t i = 0; i < SF_LEN(roles); i++) {
        const sf_told_role *r = sf_fact_role(f, roles[i]);
        if (r && !(r->subject && r->subject == leaf->d->number))
            return r;
    }
    return f->role_count ? &f->roles[0] : NULL;
}

static void character(sf_leaf *leaf, const sf_told_fact *f) {
    const sf_told_role *as = sf_fact_role(f, "as"), *title = sf_fact_role(f, "title");
    const sf_told_role *r = as ? as : title;
    if (!r)
        return;
    SF_HTML(leaf->out, " <span class=\"as\">");
    if (as)
        SF_HTML(leaf->out, "as ");
    sf_html_name(leaf->out, r->value);
    SF_HTML(leaf->out, "</span>");
}

/* Neither the page's subject nor the line's: a credit that only concerns it. */
static void elsewhere(sf_leaf *leaf, const sf_told_fact *f, const sf_told_role *named) {
    const sf_told_role *work = sf_fact_role(f, "work");
    if (!work || work == named || (work->subject && work->subject == leaf->d->number) ||
        !leaf->d->number)
        return;
    SF_HTML(leaf->out, " <span class=\"in\">in ");
    sf_html_subject(leaf, work->value, SOFAR_WORK);
    SF_HTML(leaf->out, "</span>");
}

static void line(sf_leaf *leaf, const sf_told_fact *f) {
    sf_buf *out = leaf->out;
    const sf_told_role *r = other(leaf, f);
    SF_HTML(out, "<li");
    sf_html_fact_item(leaf, f);
    sf_buf_add(out, sf_fact_stands(f) ? SF_STR(">") : SF_STR(" class=\"gone\">"));
    SF_HTML(out, "<span class=\"name\" dir=\"auto\">");
    if (r)
        sf_html_subject(leaf, r->value, r->subject ? SOFAR_OTHER : SOFAR_PLACE);
    else
        sf_html_text(out, sf_plain_fact(leaf->arena, f));
    SF_HTML(out, "</span>");
    character(leaf, f);
    elsewhere(leaf, f, r);
    sf_html_mark(out, f);
    sf_html_new(leaf, sf_fact_anchor(f));
    sf_html_receipts(leaf, &(sf_woven){.fact = f}, true);
    SF_HTML(out, "</li>\n");
}

static void group(sf_leaf *leaf, const sf_credit *credit) {
    size_t said = 0;
    for (int gone = 0; gone < 2; gone++) /* what holds before what does not */
        for (size_t i = 0; i < leaf->d->fact_count; i++) {
            const sf_told_fact *f = &leaf->d->facts[i];
            if (sf_credit_of(f->type) != credit || sf_fact_stands(f) == (gone == 1))
                continue;
            if (!said) {
                SF_HTML(leaf->out, "<div><h3>");
                sf_html_text(leaf->out, sf_str_of(leaf->d->type == SOFAR_WORK ? credit->work
                                                                              : credit->person));
                SF_HTML(leaf->out, "</h3>\n<div>");
            }
            sf_html_chunk(leaf, said++, "ul", "names");
            line(leaf, f);
        }
    if (said)
        SF_HTML(leaf->out, "</ul></div></div>\n");
}

void sf_html_cast(sf_leaf *leaf) {
    bool any = false;
    for (size_t i = 0; i < leaf->d->fact_count && !any; i++)
        any = sf_credit_of(leaf->d->facts[i].type) != NULL;
    if (!any)
        return;
    sf_html_section(leaf->out, "credits",
                    leaf->d->type == SOFAR_WORK ? "Cast and credits" : "Credits");
    SF_HTML(leaf->out, "<div class=\"roll\">\n");
    for (size_t c = 0; c < sf_credit_count; c++)
        group(leaf, sf_credit_at(c));
    SF_HTML(leaf->out, "</div>\n</section>\n");
}
