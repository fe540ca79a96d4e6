#include "show/csv.h"

#include "show/plain.h"

static void comma(sf_csv *csv) {
    if (csv->comma)
        sf_buf_char(csv->out, ',');
    csv->comma = true;
}

/* What Excel, LibreOffice and Google Sheets begin a formula with; the wide forms are folded to
 * these by some. */
static bool is_formula(sf_str cell) {
    static const char *const starts[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < SF_LEN(starts); i++)
        if (sf_str_starts(cell, sf_str_of(starts[i])))
            return true;
    return false;
}

void sf_csv_text(sf_csv *csv, sf_str cell) {
    comma(csv);
    cell = sf_plain_line(csv->out->arena, cell);
    bool formula = is_formula(cell), quoted = formula;
    for (size_t i = 0; i < cell.len && !quoted; i++)
        quoted = cell.ptr[i] == '"' || cell.ptr[i] == ',' || cell.ptr[i] == ';';
    if (!quoted) {
        sf_buf_add(csv->out, cell);
        return;
    }
    sf_buf_char(csv->out, '"');
    if (formula)
        sf_buf_char(csv->out, '\'');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            sf_buf_char(csv->out, '"');
        sf_buf_char(csv->out, cell.ptr[i]);
    }
    sf_buf_char(csv->out, '"');
}

void sf_csv_number(sf_csv *csv, size_t number) {
    comma(csv);
    sf_buf_printf(csv->out, "%zu", number);
}

void sf_csv_head(sf_csv *csv, const char *const *columns, size_t count) {
    for (size_t i = 0; i < count; i++)
        sf_csv_text(csv, sf_str_of(columns[i]));
    sf_csv_end(csv);
}

void sf_csv_page(sf_csv *csv, const sf_receipt *r) {
    const sf_str cells[] = {r->outlet, r->title, r->published, r->url, r->file};
    for (size_t i = 0; i < SF_LEN(cells); i++)
        sf_csv_text(csv, cells[i]);
}

void sf_csv_end(sf_csv *csv) {
    sf_buf_add(csv->out, SF_STR("\r\n"));
    csv->comma = false;
}
