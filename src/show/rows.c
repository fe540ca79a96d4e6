/* The dossier and the index as tables. */
#include "show/csv.h"
#include "show/item.h"
#include "show/twins.h"

static void heads(sf_csv *csv, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        sf_csv_text(csv, sf_str_of(names[i]));
    sf_csv_end(csv);
}

typedef struct line {
    const char *what;
    sf_str type, when, words, who, status, state;
    size_t sources;
    const sf_receipt *receipts;
    size_t count;
} line;

/* The first receipt stands for all; how many there are is told. */
static void put(sf_csv *csv, const line *l) {
    const sf_receipt none = {.url = SF_ABSENT}, *r = l->count ? l->receipts : &none;
    sf_csv_text(csv, sf_str_of(l->what));
    sf_csv_text(csv, l->type);
    sf_csv_text(csv, l->when);
    sf_csv_text(csv, l->words);
    sf_csv_text(csv, l->who);
    sf_csv_text(csv, l->status);
    sf_csv_text(csv, l->state);
    sf_csv_number(csv, l->sources);
    sf_csv_number(csv, l->count);
    sf_csv_text(csv, r->published);
    sf_csv_text(csv, r->outlet);
    sf_csv_text(csv, r->title);
    sf_csv_text(csv, r->url);
    sf_csv_text(csv, r->exact);
    sf_csv_text(csv, l->count ? sf_show_fragment(csv->out->arena, r) : SF_ABSENT);
    sf_csv_end(csv);
}

void sf_show_csv(sf_buf *out, const sf_dossier *d) {
    static const char *const names[] = {"what",   "type",  "when",    "words",    "who",
                                        "status", "state", "sources", "receipts", "published",
                                        "outlet", "title", "url",     "exact",    "link"};
    sf_csv csv = {.out = out};
    heads(&csv, names, SF_LEN(names));
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        put(&csv, &(line){"fact", f->type, f->when, sf_plain_fact(out->arena, f), f->by,
                          sf_str_of(sf_claim_word(f->status)), sf_str_of(sf_state_word(f->state)),
                          f->sources, f->receipts, f->receipt_count});
    }
    for (size_t i = 0; i < d->quote_count; i++) {
        const sf_told_quote *q = &d->quotes[i];
        put(&csv, &(line){"quote", sf_str_of(sf_quote_word(q->kind)), q->when, q->text, q->speaker,
                          SF_ABSENT, SF_ABSENT, 0, q->receipts, q->receipt_count});
    }
    for (size_t i = 0; i < d->event_count; i++) {
        const sf_told_event *e = &d->events[i];
        put(&csv, &(line){"sentence", SF_ABSENT, e->when, e->text, SF_ABSENT, SF_ABSENT, SF_ABSENT,
                          0, e->receipts, e->receipt_count});
    }
}

/* ---- the index ---- */

void sf_show_index_csv(sf_buf *out, const sf_setting *setting) {
    static const char *const names[] = {"name",    "type",  "also",   "says",  "step", "pages",
                                        "outlets", "facts", "quotes", "first", "last", "page"};
    sf_csv csv = {.out = out};
    heads(&csv, names, SF_LEN(names));
    for (size_t i = 0; i < setting->shelf->count; i++) {
        const sf_entry *e = &setting->shelf->at[i];
        sf_csv_text(&csv, e->name);
        sf_csv_text(&csv, sf_str_of(sf_subject_word(e->type)));
        sf_csv_text(&csv, e->also);
        sf_csv_text(&csv, e->says);
        sf_csv_text(&csv, e->step);
        sf_csv_number(&csv, e->pages);
        sf_csv_number(&csv, e->outlets);
        sf_csv_number(&csv, e->facts);
        sf_csv_number(&csv, e->quotes);
        sf_csv_text(&csv, e->first);
        sf_csv_text(&csv, e->last);
        sf_csv_text(&csv, sf_str_format(out->arena, "%.*s.html", SF_ARG(e->stem)));
        sf_csv_end(&csv);
    }
}

void sf_show_index_json(sf_buf *out, const sf_setting *setting) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_json_key(&j, "subjects");
    sf_json_array(&j);
    for (size_t i = 0; i < setting->shelf->count; i++) {
        const sf_entry *e = &setting->shelf->at[i];
        sf_json_object(&j);
        sf_json_key_str(&j, "name", e->name);
        sf_json_key_str(&j, "type", sf_str_of(sf_subject_word(e->type)));
        sf_json_key_str(&j, "also", e->also);
        sf_json_key_str(&j, "says", e->says);
        sf_json_key_str(&j, "step", e->step);
        sf_json_key(&j, "pages"), sf_json_int(&j, (int64_t)e->pages);
        sf_json_key(&j, "outlets"), sf_json_int(&j, (int64_t)e->outlets);
        sf_json_key(&j, "facts"), sf_json_int(&j, (int64_t)e->facts);
        sf_json_key(&j, "quotes"), sf_json_int(&j, (int64_t)e->quotes);
        sf_json_key_str(&j, "first", e->first);
        sf_json_key_str(&j, "last", e->last);
        sf_json_key_str(&j, "page", sf_str_format(out->arena, "%.*s.html", SF_ARG(e->stem)));
        sf_json_key_str(&j, "dossier", sf_str_format(out->arena, "%.*s.json", SF_ARG(e->stem)));
        sf_json_object_end(&j);
    }
    sf_json_array_end(&j);
    sf_json_object_end(&j);
    sf_buf_char(out, '\n');
}

void sf_show_sitemap(sf_buf *out, const sf_setting *setting) {
    sf_buf_add(out, SF_STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
                           "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
    sf_buf_printf(out, "<url><loc>%.*s</loc></url>\n", SF_ARG(setting->base));
    for (size_t i = 0; i < setting->shelf->count; i++) {
        const sf_entry *e = &setting->shelf->at[i];
        sf_buf_printf(out, "<url><loc>%.*s%.*s.html</loc>", SF_ARG(setting->base), SF_ARG(e->stem));
        if (e->last.len == 10)
            sf_buf_printf(out, "<lastmod>%.*s</lastmod>", SF_ARG(e->last));
        sf_buf_add(out, SF_STR("</url>\n"));
    }
    sf_buf_add(out, SF_STR("</urlset>\n"));
}
