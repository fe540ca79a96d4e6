/* Who tells of it: outlets with their pages and receipts. A receipt is relayed if another outlet
 * stands behind it. */
#include <stdlib.h>

#include "show/csv.h"
#include "show/facts.h"
#include "show/lists.h"
#include "show/sheet.h"

typedef struct outlet {
    sf_str name;
    size_t pages, receipts, relayed;
    sf_interval days;   /* first INT32_MAX: no page is dated */
    sf_str first, last; /* as the pages have them */
} outlet;

typedef struct outlets {
    outlet *at; /* most receipts first, then by name */
    size_t count;
} outlets;

typedef sf_vec(outlet) marks;

static void add(sf_arena *arena, marks *all, sf_str name, sf_str url, sf_str file, outlet o) {
    o.name = sf_plain_outlet(arena, name, url, file);
    *SF_PUSH(arena, all) = o;
}

static void add_receipts(sf_arena *arena, marks *all, const sf_receipt *r, size_t count) {
    for (size_t i = 0; i < count; i++)
        add(arena, all, r[i].outlet, r[i].url, r[i].file,
            (outlet){.receipts = 1, .relayed = r[i].relayed, .days = {INT32_MAX, INT32_MIN}});
}

static marks collect(sf_arena *arena, const sf_dossier *d) {
    marks all = {0};
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        outlet page = {.pages = 1, .days = {INT32_MAX, INT32_MIN}};
        if (s->published.ptr && sf_interval_parse(s->published, &page.days))
            page.first = page.last = s->published;
        add(arena, &all, s->outlet, s->url, s->file, page);
    }
    for (size_t i = 0; i < d->fact_count; i++)
        add_receipts(arena, &all, d->facts[i].receipts, d->facts[i].receipt_count);
    for (size_t i = 0; i < d->quote_count; i++)
        add_receipts(arena, &all, d->quotes[i].receipts, d->quotes[i].receipt_count);
    for (size_t i = 0; i < d->event_count; i++)
        add_receipts(arena, &all, d->events[i].receipts, d->events[i].receipt_count);
    return all;
}

static int by_name(const void *a, const void *b) {
    return sf_str_compare(((const outlet *)a)->name, ((const outlet *)b)->name);
}

static int by_weight(const void *a, const void *b) {
    const outlet *x = a, *y = b;
    if (x->receipts != y->receipts)
        return x->receipts > y->receipts ? -1 : 1;
    return by_name(a, b);
}

static void join(outlet *to, const outlet *o) {
    to->pages += o->pages, to->receipts += o->receipts, to->relayed += o->relayed;
    if (o->days.first < to->days.first)
        to->days.first = o->days.first, to->first = o->first;
    if (o->days.last > to->days.last)
        to->days.last = o->days.last, to->last = o->last;
}

static outlets outlets_of(sf_arena *arena, const sf_dossier *d) {
    marks all = collect(arena, d);
    outlets out = {all.at, 0};
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_name);
    for (size_t i = 0; i < all.count; i++)
        if (out.count && sf_str_equal(out.at[out.count - 1].name, all.at[i].name))
            join(&out.at[out.count - 1], &all.at[i]);
        else
            out.at[out.count++] = all.at[i];
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, by_weight);
    return out;
}

/* ---- columns ---- */

enum { COLUMNS = 4, LEAST_NAME = 16 };
static const char *const heads[COLUMNS] = {"pages", "receipts", "first-hand", "relayed"};
static const char *const names[COLUMNS] = {"pages", "receipts", "first_hand", "relayed"};

static void numbers(const outlet *o, size_t out[COLUMNS]) {
    const size_t all[COLUMNS] = {o->pages, o->receipts, o->receipts - o->relayed, o->relayed};
    memcpy(out, all, sizeof all);
}

/* ---- terminal ---- */

static void head(sf_sheet *p, int name_width) {
    sf_sheet_heading(p, SF_STR("SOURCES"));
    sf_sheet_spaces(p, SF_SHEET_INDENT + name_width);
    sf_sheet_style(p, "2");
    for (size_t i = 0; i < COLUMNS; i++)
        sf_buf_printf(p->out, " %s", heads[i]);
    sf_sheet_style(p, NULL);
    sf_buf_char(p->out, '\n');
}

/* "4 March 2021 to October 2021" */
static sf_str span_of(sf_arena *arena, const outlet *o) {
    if (!o->first.ptr)
        return SF_STR("undated");
    sf_str first = sf_plain_day(arena, o->first), last = sf_plain_day(arena, o->last);
    return sf_str_equal(first, last)
               ? first
               : sf_str_format(arena, "%.*s to %.*s", SF_ARG(first), SF_ARG(last));
}

static void row(sf_sheet *p, const outlet *o, int name_width) {
    size_t all[COLUMNS];
    numbers(o, all);
    int columns = sf_sheet_columns(o->name);
    sf_sheet_spaces(p, SF_SHEET_INDENT);
    if (columns > name_width) {
        sf_sheet_fold(p, o->name, SF_SHEET_INDENT, 2);
        sf_sheet_spaces(p, SF_SHEET_INDENT);
        columns = 0;
    } else {
        sf_buf_add(p->out, o->name);
    }
    sf_sheet_spaces(p, name_width - columns);
    for (size_t i = 0; i < COLUMNS; i++)
        sf_buf_printf(p->out, " %*zu", (int)strlen(heads[i]), all[i]);
    sf_buf_char(p->out, '\n');
    sf_sheet_paragraph(p, span_of(p->arena, o), 2 * SF_SHEET_INDENT, "2");
}

void sf_show_outlets(sf_buf *out, const sf_dossier *d, sf_terminal terminal) {
    sf_sheet p = sf_sheet_new(out, terminal);
    outlets all = outlets_of(p.arena, d);
    int taken = SF_SHEET_INDENT, widest = LEAST_NAME;
    for (size_t i = 0; i < COLUMNS; i++)
        taken += (int)strlen(heads[i]) + 1;
    for (size_t i = 0; i < all.count; i++) {
        int columns = sf_sheet_columns(all.at[i].name) + 2;
        widest = columns > widest ? columns : widest;
    }
    int room = p.width - taken < LEAST_NAME ? LEAST_NAME : p.width - taken;
    int name_width = widest < room ? widest : room;
    sf_sheet_subject(&p, d);
    head(&p, name_width);
    for (size_t i = 0; i < all.count; i++)
        row(&p, &all.at[i], name_width);
}

/* ---- JSON, CSV ---- */

void sf_show_outlets_json(sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_json_new(out);
    outlets all = outlets_of(out->arena, d);
    sf_json_object(&j);
    sf_show_json_subject(&j, d);
    sf_json_key_str(&j, "as_of", sf_date_format(out->arena, d->as_of));
    sf_json_key(&j, "outlets");
    sf_json_array(&j);
    for (size_t i = 0; i < all.count; i++) {
        size_t of[COLUMNS];
        numbers(&all.at[i], of);
        sf_json_object(&j);
        sf_json_key_str(&j, "name", all.at[i].name);
        for (size_t k = 0; k < COLUMNS; k++)
            sf_json_key(&j, names[k]), sf_json_int(&j, (int64_t)of[k]);
        sf_json_key_str(&j, "first", all.at[i].first);
        sf_json_key_str(&j, "last", all.at[i].last);
        sf_json_object_end(&j);
    }
    sf_json_array_end(&j);
    sf_json_key(&j, "sources");
    sf_json_array(&j);
    for (size_t i = 0; i < d->source_count; i++)
        sf_show_json_source(&j, &d->sources[i]);
    sf_json_array_end(&j);
    sf_json_object_end(&j);
}

void sf_show_outlets_csv(sf_buf *out, const sf_dossier *d) {
    sf_csv csv = {.out = out};
    outlets all = outlets_of(out->arena, d);
    sf_csv_text(&csv, SF_STR("outlet"));
    for (size_t k = 0; k < COLUMNS; k++)
        sf_csv_text(&csv, sf_str_of(names[k]));
    sf_csv_text(&csv, SF_STR("first"));
    sf_csv_text(&csv, SF_STR("last"));
    sf_csv_end(&csv);
    for (size_t i = 0; i < all.count; i++) {
        size_t of[COLUMNS];
        numbers(&all.at[i], of);
        sf_csv_text(&csv, all.at[i].name);
        for (size_t k = 0; k < COLUMNS; k++)
            sf_csv_number(&csv, of[k]);
        sf_csv_text(&csv, all.at[i].first);
        sf_csv_text(&csv, all.at[i].last);
        sf_csv_end(&csv);
    }
}
