/* Who made it: credits by kind, set as credits are, the name and what it is for at the two ends of
 * a line. Of a person or a company it is what they made. */
#include "show/csv.h"
#include "show/facts.h"
#include "show/lists.h"
#include "show/sheet.h"

static const struct {
    const char *type, *of_work, *of_person; /* the heading on a work's list, and on a person's */
} groups[] = {
    {"plays", "CAST", "ROLES"},
    {"directs", "DIRECTION", "DIRECTION"},
    {"writes", "WRITING", "WRITING"},
    {"produces", "PRODUCTION", "PRODUCTION"},
    {"creates", "CREATION", "CREATION"},
    {"composes", "MUSIC", "MUSIC"},
    {"performs", "PERFORMANCE", "PERFORMANCE"},
    {"studio", "COMPANIES", "WORKS"},
};

static bool is_in(const sf_told_fact *f, size_t group) {
    return sf_str_equal(f->type, sf_str_of(groups[group].type)) && f->receipt_count;
}

static sf_str role_of(const sf_told_fact *f, const char *name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, sf_str_of(name)))
            return f->roles[i].value;
    return SF_ABSENT;
}

static bool is_subject(const sf_dossier *d, const sf_told_fact *f, const char *name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, sf_str_of(name)))
            return f->roles[i].subject && f->roles[i].subject == d->number;
    return false;
}

/* ---- terminal ---- */

/* "Delphine Oyelade . . . . . . . Bridie Kemp"; on two lines where one is too short. */
static void pair(sf_sheet *p, sf_str left, sf_str right) {
    int gap = p->width - SF_SHEET_INDENT - sf_sheet_columns(left) - sf_sheet_columns(right);
    sf_sheet_spaces(p, SF_SHEET_INDENT);
    if (!right.len || gap < 5) {
        sf_sheet_fold(p, left, SF_SHEET_INDENT, 2);
        sf_sheet_paragraph(p, right, 3 * SF_SHEET_INDENT, NULL);
        return;
    }
    sf_buf_add(p->out, left);
    sf_sheet_spaces(p, 1 + gap % 2);
    sf_sheet_style(p, "2");
    for (int i = 0; i + 2 < gap - gap % 2; i += 2)
        sf_buf_add(p->out, SF_STR(". "));
    sf_sheet_style(p, NULL);
    sf_sheet_spaces(p, 1);
    sf_buf_add(p->out, right);
    sf_buf_char(p->out, '\n');
}

/* The credit is the subject's own: what it is for is told, not whose it is. */
static bool is_own(const sf_dossier *d, const sf_told_fact *f) {
    return is_subject(d, f, "who") && !is_subject(d, f, "work");
}

static void credit(sf_sheet *p, const sf_dossier *d, const sf_told_fact *f) {
    const char *who = is_own(d, f) ? "work" : "who";
    sf_str as = role_of(f, "as"), state = sf_plain_state(f);
    pair(p, sf_plain_line(p->arena, role_of(f, who)),
         sf_plain_line(p->arena, as.ptr ? as : role_of(f, "title")));
    sf_buf line = sf_buf_new(p->arena);
    if (state.len)
        sf_buf_printf(&line, "%.*s; ", SF_ARG(state));
    if (f->status != SOFAR_STATED)
        sf_buf_printf(&line, "%s; ", sf_claim_word(f->status));
    sf_buf_add(&line, sf_show_sources_line(p->arena, f));
    sf_sheet_paragraph(p, sf_buf_str(&line), 2 * SF_SHEET_INDENT, "2");
}

void sf_show_cast(sf_buf *out, const sf_dossier *d, sf_terminal terminal) {
    sf_sheet p = sf_sheet_new(out, terminal);
    size_t count = 0;
    sf_sheet_subject(&p, d);
    for (size_t g = 0; g < SF_LEN(groups); g++) {
        bool first = true;
        for (size_t i = 0; i < d->fact_count; i++) {
            if (!is_in(&d->facts[i], g))
                continue;
            if (first) {
                sf_sheet_heading(&p, sf_str_of(is_own(d, &d->facts[i]) ? groups[g].of_person
                                                                       : groups[g].of_work));
                sf_buf_char(out, '\n');
            }
            first = false;
            count++;
            credit(&p, d, &d->facts[i]);
        }
    }
    if (!count)
        sf_sheet_paragraph(&p, SF_STR("No page tells of a credit."), SF_SHEET_INDENT, NULL);
}

/* ---- JSON, CSV ---- */

static void json_role(sf_json *j, const sf_told_fact *f, const char *name) {
    sf_json_key_str(j, name, role_of(f, name));
}

static void json_credit(sf_json *j, const sf_told_fact *f) {
    sf_json_object(j);
    sf_json_key_str(j, "id", f->id);
    json_role(j, f, "who"), json_role(j, f, "work"), json_role(j, f, "as");
    json_role(j, f, "title");
    sf_json_key_str(j, "status", sf_str_of(sf_claim_word(f->status)));
    sf_json_key_str(j, "state", sf_str_of(sf_state_word(f->state)));
    sf_json_key_str(j, "by", f->by);
    sf_json_key_str(j, "first_said", f->first_said);
    sf_json_key(j, "sources"), sf_json_int(j, (int64_t)f->sources);
    sf_json_key(j, "first"), sf_show_json_receipt(j, sf_show_first_source(j->buf->arena, f));
    sf_json_object_end(j);
}

void sf_show_cast_json(sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_show_json_subject(&j, d);
    sf_json_key_str(&j, "as_of", sf_date_format(out->arena, d->as_of));
    sf_json_key(&j, "credits");
    sf_json_object(&j);
    for (size_t g = 0; g < SF_LEN(groups); g++) {
        sf_json_key(&j, groups[g].type);
        sf_json_array(&j);
        for (size_t i = 0; i < d->fact_count; i++)
            if (is_in(&d->facts[i], g))
                json_credit(&j, &d->facts[i]);
        sf_json_array_end(&j);
    }
    sf_json_object_end(&j);
    sf_json_object_end(&j);
}

void sf_show_cast_csv(sf_buf *out, const sf_dossier *d) {
    static const char *const columns[] = {"type",       "who",     "work",      "as",
                                          "title",      "status",  "state",     "by",
                                          "first_said", "sources", SF_CSV_PAGE, "id"};
    static const char *const roles[] = {"who", "work", "as", "title"};
    sf_csv csv = {.out = out};
    sf_csv_head(&csv, columns, SF_LEN(columns));
    for (size_t g = 0; g < SF_LEN(groups); g++)
        for (size_t i = 0; i < d->fact_count; i++) {
            const sf_told_fact *f = &d->facts[i];
            if (!is_in(f, g))
                continue;
            sf_csv_text(&csv, f->type);
            for (size_t r = 0; r < SF_LEN(roles); r++)
                sf_csv_text(&csv, role_of(f, roles[r]));
            sf_csv_text(&csv, sf_str_of(sf_claim_word(f->status)));
            sf_csv_text(&csv, sf_str_of(sf_state_word(f->state)));
            sf_csv_text(&csv, f->by);
            sf_csv_text(&csv, f->first_said);
            sf_csv_number(&csv, f->sources);
            sf_csv_page(&csv, sf_show_first_source(out->arena, f));
            sf_csv_text(&csv, f->id);
            sf_csv_end(&csv);
        }
}
