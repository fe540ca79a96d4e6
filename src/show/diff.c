/* What was learned between two days: in a terminal and as JSON. */
#include "show/facts.h"
#include "show/sheet.h"

static sf_str since(sf_arena *arena, const sf_diff *diff) {
    sf_str from = sf_plain_day(arena, sf_date_format(arena, diff->from->as_of));
    sf_str to = sf_plain_day(arena, sf_date_format(arena, diff->to->as_of));
    return to.len ? sf_str_format(arena, "learned after %.*s, by %.*s", SF_ARG(from), SF_ARG(to))
                  : sf_str_format(arena, "learned after %.*s", SF_ARG(from));
}

static void change(sf_sheet *p, const sf_diff *diff, const sf_change *c) {
    const sf_told_fact *f = &diff->to->facts[c->after];
    const sf_told_fact *was = c->before == SIZE_MAX ? NULL : &diff->from->facts[c->before];
    sf_str words = sf_show_fact_line(p->arena, f);
    sf_sheet_day(p, sf_plain_count(p->arena, f->sources, "source", "sources"));
    sf_sheet_fold(p, words, p->margin, 0);
    if (was) {
        sf_str old = sf_show_fact_line(p->arena, was);
        if (!sf_str_equal(old, words))
            sf_sheet_paragraph(p, sf_str_format(p->arena, "was: %.*s", SF_ARG(old)), p->margin,
                               "2");
        else
            sf_sheet_paragraph(
                p,
                sf_str_format(p->arena, "had %.*s",
                              SF_ARG(sf_plain_count(p->arena, was->sources, "source", "sources"))),
                p->margin, "2");
    }
    if (f->receipt_count) /* the last page that spoke of it */
        sf_sheet_place(p, &f->receipts[f->receipt_count - 1]);
    sf_buf_char(p->out, '\n');
}

void sf_show_diff(sf_buf *out, const sf_diff *diff, sf_terminal terminal) {
    static const char *const heads[] = {"NEW", "CHANGED", "WITHDRAWN", "NEWLY SOURCED"};
    sf_sheet p = sf_sheet_new(out, terminal);
    sf_sheet_paragraph(&p, sf_plain_line(p.arena, diff->to->name), 0, "1");
    sf_sheet_paragraph(&p, since(p.arena, diff), SF_SHEET_INDENT, NULL);
    if (!diff->count)
        sf_sheet_paragraph(&p, SF_STR("Nothing of what is known of it has changed."),
                           SF_SHEET_INDENT, NULL);
    for (size_t i = 0; i < diff->count; i++) {
        if (i == 0 || diff->changes[i].what != diff->changes[i - 1].what) {
            sf_sheet_heading(&p, sf_str_of(heads[diff->changes[i].what]));
            sf_buf_char(out, '\n');
        }
        change(&p, diff, &diff->changes[i]);
    }
}

void sf_show_diff_json(sf_buf *out, const sf_diff *diff) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_show_json_subject(&j, diff->to);
    sf_json_key(&j, "from"), sf_json_str(&j, sf_date_format(out->arena, diff->from->as_of));
    sf_json_key(&j, "to"), sf_json_str(&j, sf_date_format(out->arena, diff->to->as_of));
    sf_json_key(&j, "changes");
    sf_json_array(&j);
    for (size_t i = 0; i < diff->count; i++) {
        const sf_change *c = &diff->changes[i];
        sf_json_object(&j);
        sf_json_key(&j, "what"), sf_json_str(&j, sf_str_of(sf_learned_word(c->what)));
        sf_json_key(&j, "before");
        if (c->before == SIZE_MAX)
            sf_json_null(&j);
        else
            sf_show_json_fact(&j, &diff->from->facts[c->before]);
        sf_json_key(&j, "after"), sf_show_json_fact(&j, &diff->to->facts[c->after]);
        sf_json_object_end(&j);
    }
    sf_json_array_end(&j);
    sf_json_object_end(&j);
}
