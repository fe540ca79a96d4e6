/* The dossier as tables, for spreadsheets and databases. Facts are joined to their roles and
 * receipts by their id, quotes and dated sentences by subject and number. */
#include "show/csv.h"
#include "show/facts.h"
#include "show/formats.h"

/* ---- rows ---- */

static void facts(sf_csv *csv, const sf_dossier *d) {
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        const sf_str cells[] = {d->name,
                                f->id,
                                f->type,
                                f->when,
                                sf_str_of(sf_claim_word(f->status)),
                                sf_str_of(sf_state_word(f->state)),
                                f->by,
                                f->first_said,
                                f->last_said};
        for (size_t c = 0; c < SF_LEN(cells); c++)
            sf_csv_text(csv, cells[c]);
        sf_csv_number(csv, f->sources);
        sf_csv_text(csv, sf_plain_fact(csv->out->arena, f));
        sf_csv_end(csv);
    }
}

static void roles(sf_csv *csv, const sf_dossier *d) {
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; r < d->facts[i].role_count; r++) {
            const sf_told_role *role = &d->facts[i].roles[r];
            sf_csv_text(csv, d->name);
            sf_csv_text(csv, d->facts[i].id);
            sf_csv_text(csv, role->name);
            sf_csv_text(csv, role->value);
            sf_csv_text(csv, role->subject ? sf_str_of(sf_subject_word(role->type)) : SF_ABSENT);
            sf_csv_end(csv);
        }
}

typedef struct item { /* what receipts are of */
    const char *kind;
    sf_str id;
    size_t number; /* where there is no id */
} item;

static void receipt(sf_csv *csv, const sf_dossier *d, const item *of, const sf_receipt *r,
                    const char *status) {
    sf_csv_text(csv, d->name);
    sf_csv_text(csv, sf_str_of(of->kind));
    if (of->number)
        sf_csv_number(csv, of->number);
    else
        sf_csv_text(csv, of->id);
    sf_csv_text(csv, sf_str_of(status));
    sf_csv_text(csv, r->relayed ? SF_STR("yes") : SF_STR("no"));
    sf_csv_page(csv, r);
    sf_csv_number(csv, r->span.begin);
    sf_csv_number(csv, r->span.end);
    sf_csv_text(csv, r->exact);
    sf_csv_text(csv, sf_str_of(r->sha256));
    sf_csv_end(csv);
}

static void receipts(sf_csv *csv, const sf_dossier *d) {
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; r < d->facts[i].receipt_count; r++)
            receipt(csv, d, &(item){"fact", d->facts[i].id, 0}, &d->facts[i].receipts[r],
                    sf_claim_word(d->facts[i].statuses[r]));
    for (size_t i = 0; i < d->quote_count; i++)
        for (size_t r = 0; r < d->quotes[i].receipt_count; r++)
            receipt(csv, d, &(item){"quote", SF_ABSENT, i + 1}, &d->quotes[i].receipts[r], NULL);
    for (size_t i = 0; i < d->event_count; i++)
        for (size_t r = 0; r < d->events[i].receipt_count; r++)
            receipt(csv, d, &(item){"event", SF_ABSENT, i + 1}, &d->events[i].receipts[r], NULL);
}

static void quotes(sf_csv *csv, const sf_dossier *d) {
    for (size_t i = 0; i < d->quote_count; i++) {
        const sf_told_quote *q = &d->quotes[i];
        sf_csv_text(csv, d->name);
        sf_csv_number(csv, i + 1);
        sf_csv_text(csv, q->speaker);
        sf_csv_text(csv, q->by_subject ? SF_STR("yes") : SF_STR("no"));
        sf_csv_text(csv, q->text);
        sf_csv_text(csv, sf_str_of(sf_quote_word(q->kind)));
        sf_csv_text(csv, q->via);
        sf_csv_text(csv, q->when);
        sf_csv_end(csv);
    }
}

static void events(sf_csv *csv, const sf_dossier *d) {
    for (size_t i = 0; i < d->event_count; i++) {
        sf_csv_text(csv, d->name);
        sf_csv_number(csv, i + 1);
        sf_csv_text(csv, d->events[i].when);
        sf_csv_text(csv, d->events[i].text);
        sf_csv_end(csv);
    }
}

static void sources(sf_csv *csv, const sf_dossier *d) {
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        sf_csv_text(csv, d->name);
        sf_csv_page(csv, &(sf_receipt){.outlet = s->outlet,
                                       .title = s->title,
                                       .published = s->published,
                                       .url = s->url,
                                       .file = s->file});
        sf_csv_number(csv, s->receipts);
        sf_csv_end(csv);
    }
}

/* ---- tables ---- */

enum { MOST_COLUMNS = 16 };

static const struct {
    const char *columns[MOST_COLUMNS];
    void (*rows)(sf_csv *csv, const sf_dossier *d);
} tables[] = {
    {{"subject", "fact", "type", "when", "status", "state", "by", "first_said", "last_said",
      "sources", "words"},
     facts},
    {{"subject", "fact", "role", "value", "type"}, roles},
    {{"subject", "kind", "item", "status", "relayed", SF_CSV_PAGE, "begin", "end", "exact",
      "sha256"},
     receipts},
    {{"subject", "quote", "speaker", "by_subject", "text", "kind", "via", "when"}, quotes},
    {{"subject", "event", "when", "text"}, events},
    {{"subject", SF_CSV_PAGE, "receipts"}, sources},
};

const char *const sf_table_names[] = {"facts", "roles", "receipts", "quotes", "events", "sources"};
const size_t sf_table_count = SF_LEN(tables);

void sf_table_begin(sf_exporter *e, sf_buf *out) {
    sf_csv csv = {.out = out};
    size_t count = 0;
    while (count < MOST_COLUMNS && tables[e->table].columns[count])
        count++;
    sf_csv_head(&csv, tables[e->table].columns, count);
}

void sf_table(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    sf_csv csv = {.out = out};
    tables[e->table].rows(&csv, d);
}

void sf_show_facts_csv(sf_buf *out, const sf_dossier *d) {
    sf_exporter e = {.table = 0};
    sf_table_begin(&e, out);
    sf_table(&e, out, d);
}
