/* The audit that standards desks make by hand: who is quoted how much, with a name or without, and
 * who was told first. Counted as printed, a line an outlet, a speaker and a subject. */
#include <stdlib.h>

#include "show/csv.h"
#include "show/quotes.h"
#include "show/sheet.h"

/* ---- counting ---- */

typedef sf_vec(sf_audit_line) lines;

/* One printed quote under one name. */
static sf_audit_line one(const sf_saying *s, size_t receipt, sf_str name) {
    bool relayed = s->receipts[receipt].relayed;
    return (sf_audit_line){.name = name,
                           .quotes = 1,
                           .words = s->words,
                           .named = s->speaker.ptr != NULL,
                           .unnamed = !s->speaker.ptr && s->described.ptr,
                           .unknown = !s->speaker.ptr && !s->described.ptr,
                           .first_hand = !relayed,
                           .relayed = relayed};
}

static void add(sf_audit_line *to, const sf_audit_line *line) {
    to->quotes += line->quotes, to->words += line->words;
    to->named += line->named, to->unnamed += line->unnamed, to->unknown += line->unknown;
    to->first_hand += line->first_hand, to->relayed += line->relayed;
}

static int by_name(const void *a, const void *b) {
    return sf_str_compare(((const sf_audit_line *)a)->name, ((const sf_audit_line *)b)->name);
}

static int by_quotes(const void *a, const void *b) {
    const sf_audit_line *x = a, *y = b;
    if (x->quotes != y->quotes)
        return x->quotes > y->quotes ? -1 : 1;
    return by_name(a, b);
}

static sf_audit_list sum(lines *all) {
    size_t n = 0;
    if (all->count)
        qsort(all->at, all->count, sizeof *all->at, by_name);
    for (size_t i = 0; i < all->count; i++)
        if (n && sf_str_equal(all->at[n - 1].name, all->at[i].name))
            add(&all->at[n - 1], &all->at[i]);
        else
            all->at[n++] = all->at[i];
    if (n)
        qsort(all->at, n, sizeof *all->at, by_quotes);
    return (sf_audit_list){all->at, n};
}

sf_audit sf_show_audit_of(sf_arena *arena, const sf_sayings *sayings) {
    lines outlets = {0}, speakers = {0}, subjects = {0};
    sf_audit out = {.pages = sayings->pages};
    for (size_t i = 0; i < sayings->count; i++) {
        const sf_saying *s = &sayings->at[i];
        for (size_t k = 0; k < s->receipt_count; k++) {
            const sf_receipt *r = &s->receipts[k];
            sf_audit_line line = one(s, k, sf_plain_outlet(arena, r->outlet, r->url, r->file));
            add(&out.all, &line);
            *SF_PUSH(arena, &outlets) = line;
            line.name = s->speaker.ptr     ? s->speaker
                        : s->described.ptr ? SF_STR("(not named)")
                                           : SF_STR("(not known)");
            *SF_PUSH(arena, &speakers) = line;
            for (size_t a = 0; a < s->about_count; a++) {
                line.name = s->about[a];
                *SF_PUSH(arena, &subjects) = line;
            }
        }
    }
    out.outlets = sum(&outlets);
    out.speakers = sum(&speakers);
    out.subjects = sum(&subjects);
    return out;
}

/* ---- columns ---- */

enum { COLUMNS = 7, LEAST_NAME = 16 };
static const char *const column_names[COLUMNS] = {"quotes",  "words",      "named",  "unnamed",
                                                  "unknown", "first_hand", "relayed"};
static const char *const column_heads[COLUMNS] = {"quotes",  "words",      "named",  "unnamed",
                                                  "unknown", "first-hand", "relayed"};

static void numbers(const sf_audit_line *line, size_t out[COLUMNS]) {
    const size_t all[COLUMNS] = {line->quotes,  line->words,      line->named,  line->unnamed,
                                 line->unknown, line->first_hand, line->relayed};
    memcpy(out, all, sizeof all);
}

/* ---- terminal ---- */

/* Columns right-aligned behind the name; a name that is wider has a line of its own. */
static void row(sf_sheet *p, const sf_audit_line *line, int name_width) {
    sf_str name = sf_plain_line(p->arena, line->name);
    size_t all[COLUMNS];
    numbers(line, all);
    sf_sheet_spaces(p, SF_SHEET_INDENT);
    int columns = sf_sheet_columns(name);
    if (columns > name_width) {
        sf_sheet_fold(p, name, SF_SHEET_INDENT, 2);
        columns = 0;
        sf_sheet_spaces(p, SF_SHEET_INDENT);
    } else {
        sf_buf_add(p->out, name);
    }
    sf_sheet_spaces(p, name_width - columns);
    for (size_t i = 0; i < COLUMNS; i++)
        sf_buf_printf(p->out, " %*zu", (int)strlen(column_heads[i]), all[i]);
    sf_buf_char(p->out, '\n');
}

static void head(sf_sheet *p, int name_width) {
    sf_sheet_spaces(p, SF_SHEET_INDENT + name_width);
    sf_sheet_style(p, "2");
    for (size_t i = 0; i < COLUMNS; i++)
        sf_buf_printf(p->out, " %*s", (int)strlen(column_heads[i]), column_heads[i]);
    sf_sheet_style(p, NULL);
    sf_buf_char(p->out, '\n');
}

static void list(sf_sheet *p, const char *title, const sf_audit_list *list, int name_width) {
    if (!list->count)
        return;
    sf_sheet_heading(p, sf_str_of(title));
    head(p, name_width);
    for (size_t i = 0; i < list->count; i++)
        row(p, &list->at[i], name_width);
}

void sf_show_audit(sf_buf *out, const sf_audit *audit, sf_terminal terminal) {
    sf_sheet p = sf_sheet_new(out, terminal);
    int taken = SF_SHEET_INDENT;
    for (size_t i = 0; i < COLUMNS; i++)
        taken += (int)strlen(column_heads[i]) + 1;
    int name_width = p.width - taken < LEAST_NAME ? LEAST_NAME : p.width - taken;
    sf_audit_line all = audit->all;
    all.name = sf_plain_count(p.arena, audit->pages, "page", "pages");
    sf_sheet_style(&p, "1");
    sf_sheet_fold(&p, SF_STR("Quotes as printed"), 0, 0);
    head(&p, name_width);
    row(&p, &all, name_width);
    list(&p, "OUTLETS", &audit->outlets, name_width);
    list(&p, "SPEAKERS", &audit->speakers, name_width);
    list(&p, "SUBJECTS", &audit->subjects, name_width);
}

/* ---- JSON, CSV ---- */

static void json_line(sf_json *j, const sf_audit_line *line) {
    size_t all[COLUMNS];
    numbers(line, all);
    sf_json_object(j);
    if (line->name.ptr)
        sf_json_key(j, "name"), sf_json_str(j, line->name);
    for (size_t i = 0; i < COLUMNS; i++)
        sf_json_key(j, column_names[i]), sf_json_int(j, (int64_t)all[i]);
    sf_json_object_end(j);
}

static void json_list(sf_json *j, const char *key, const sf_audit_list *list) {
    sf_json_key(j, key);
    sf_json_array(j);
    for (size_t i = 0; i < list->count; i++)
        json_line(j, &list->at[i]);
    sf_json_array_end(j);
}

void sf_show_audit_json(sf_buf *out, const sf_audit *audit) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_json_key(&j, "pages"), sf_json_int(&j, (int64_t)audit->pages);
    sf_json_key(&j, "all"), json_line(&j, &audit->all);
    json_list(&j, "outlets", &audit->outlets);
    json_list(&j, "speakers", &audit->speakers);
    json_list(&j, "subjects", &audit->subjects);
    sf_json_object_end(&j);
}

static void csv_lines(sf_csv *csv, const char *by, const sf_audit_line *at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t all[COLUMNS];
        numbers(&at[i], all);
        sf_csv_text(csv, sf_str_of(by));
        sf_csv_text(csv, at[i].name);
        for (size_t k = 0; k < COLUMNS; k++)
            sf_csv_number(csv, all[k]);
        sf_csv_end(csv);
    }
}

void sf_show_audit_csv(sf_buf *out, const sf_audit *audit) {
    sf_csv csv = {.out = out};
    sf_csv_text(&csv, SF_STR("by"));
    sf_csv_text(&csv, SF_STR("name"));
    for (size_t i = 0; i < COLUMNS; i++)
        sf_csv_text(&csv, sf_str_of(column_names[i]));
    sf_csv_end(&csv);
    csv_lines(&csv, "all", &audit->all, 1);
    csv_lines(&csv, "outlet", audit->outlets.at, audit->outlets.count);
    csv_lines(&csv, "speaker", audit->speakers.at, audit->speakers.count);
    csv_lines(&csv, "subject", audit->subjects.at, audit->subjects.count);
}
