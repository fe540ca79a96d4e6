/* What happened when, and who says so. */
#include "show/csv.h"
#include "show/facts.h"
#include "show/lists.h"
#include "show/sheet.h"
#include "show/weave.h"

/* The dated items that are no quotes. */
static sf_weave dated(sf_arena *arena, const sf_dossier *d) {
    sf_dossier part = *d;
    part.quotes = NULL;
    part.quote_count = 0;
    sf_weave w = sf_weave_of(arena, &part);
    w.count = w.dated;
    return w;
}

/* ---- terminal ---- */

/* "planned, says Ana Ruiz; 3 sources, first The Harbour Post, 4 March 2021" */
static sf_str standing(sf_arena *arena, const sf_told_fact *f) {
    sf_buf out = sf_buf_new(arena);
    sf_buf_printf(&out, "%s", sf_claim_word(f->status));
    if (f->by.ptr) {
        sf_str by = sf_plain_line(arena, f->by);
        sf_buf_printf(&out, ", says %.*s", SF_ARG(by));
    }
    sf_str sources = sf_show_sources_line(arena, f);
    sf_buf_printf(&out, "; %.*s", SF_ARG(sources));
    return sf_buf_str(&out);
}

static void item(sf_sheet *p, const sf_woven *w) {
    if (w->fact) {
        sf_sheet_fold(p, sf_show_fact_line(p->arena, w->fact), p->margin, 0);
        sf_sheet_paragraph(p, standing(p->arena, w->fact), p->margin, "2");
    } else {
        sf_sheet_fold(p, sf_plain_line(p->arena, w->event->text), p->margin, 0);
        sf_sheet_place(p, w->event->receipts);
    }
    sf_buf_char(p->out, '\n');
}

void sf_show_timeline(sf_buf *out, const sf_dossier *d, sf_terminal terminal) {
    sf_sheet p = sf_sheet_new(out, terminal);
    sf_weave w = dated(p.arena, d);
    sf_str year = SF_ABSENT, day = SF_ABSENT;
    sf_sheet_subject(&p, d);
    if (!w.count)
        sf_sheet_paragraph(&p, SF_STR("Nothing of what is known of it has a day."), SF_SHEET_INDENT,
                           NULL);
    for (size_t i = 0; i < w.count; i++) {
        if (!sf_str_equal(year, w.items[i].year)) {
            sf_sheet_heading(&p, w.items[i].year);
            sf_buf_char(out, '\n');
            day = SF_ABSENT;
        }
        year = w.items[i].year;
        sf_str here = sf_woven_day(p.arena, &w.items[i]);
        if (sf_str_equal(here, day))
            sf_sheet_spaces(&p, p.margin);
        else
            sf_sheet_day(&p, here);
        day = here;
        item(&p, &w.items[i]);
    }
}

/* ---- JSON, CSV ---- */

void sf_show_timeline_json(sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_json_new(out);
    sf_weave w = dated(out->arena, d);
    sf_json_object(&j);
    sf_show_json_subject(&j, d);
    sf_json_key_str(&j, "as_of", sf_date_format(out->arena, d->as_of));
    sf_json_key(&j, "timeline");
    sf_json_array(&j);
    for (size_t i = 0; i < w.count; i++) {
        if (w.items[i].fact)
            sf_show_json_fact(&j, w.items[i].fact);
        else
            sf_show_json_event(&j, w.items[i].event);
    }
    sf_json_array_end(&j);
    sf_json_object_end(&j);
}

/* First and last day that the time may mean; an open end is empty. */
static void days(sf_csv *csv, sf_interval in) {
    sf_arena *arena = csv->out->arena;
    bool first = in.first != INT32_MIN, last = in.last != INT32_MAX;
    sf_csv_text(csv, first ? sf_date_format(arena, sf_date_from_days(in.first)) : SF_ABSENT);
    sf_csv_text(csv, last ? sf_date_format(arena, sf_date_from_days(in.last)) : SF_ABSENT);
}

void sf_show_timeline_csv(sf_buf *out, const sf_dossier *d) {
    static const char *const columns[] = {
        "when", "first_day",  "last_day",  "type",    "words",     "status", "state",
        "by",   "first_said", "last_said", "sources", SF_CSV_PAGE, "id"};
    sf_csv csv = {.out = out};
    sf_weave w = dated(out->arena, d);
    sf_csv_head(&csv, columns, SF_LEN(columns));
    for (size_t i = 0; i < w.count; i++) {
        const sf_told_fact *f = w.items[i].fact;
        const sf_receipt *r = f ? sf_show_first_source(out->arena, f) : w.items[i].event->receipts;
        sf_csv_text(&csv, w.items[i].when);
        days(&csv, w.items[i].interval);
        sf_csv_text(&csv, f ? f->type : SF_STR("sentence"));
        sf_csv_text(&csv, sf_woven_text(out->arena, &w.items[i]));
        sf_csv_text(&csv, f ? sf_str_of(sf_claim_word(f->status)) : SF_ABSENT);
        sf_csv_text(&csv, f ? sf_str_of(sf_state_word(f->state)) : SF_ABSENT);
        sf_csv_text(&csv, f ? f->by : SF_ABSENT);
        sf_csv_text(&csv, f ? f->first_said : r->published);
        sf_csv_text(&csv, f ? f->last_said : SF_ABSENT);
        sf_csv_number(&csv, f ? f->sources : w.items[i].event->receipt_count);
        sf_csv_page(&csv, r);
        sf_csv_text(&csv, f ? f->id : SF_ABSENT);
        sf_csv_end(&csv);
    }
}
