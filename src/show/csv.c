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

void sf_csv_end(sf_csv *csv) {
    sf_buf_add(csv->out, SF_STR("\r\n"));
    csv->comma = false;
}
