/* show's own: CSV as RFC 4180 has it: CRLF, quotes around what needs them. A cell that a
 * spreadsheet would take for a formula begins with an apostrophe. */
#ifndef SF_SHOW_CSV_H
#define SF_SHOW_CSV_H

#include "story/story.h"

typedef struct sf_csv {
    sf_buf *out;
    bool comma; /* a cell stands before in this line */
} sf_csv;

/* A cell of text from outside, made plain (plain.h); absent gives an empty one. */
void sf_csv_text(sf_csv *csv, sf_str cell);
/* The line of column names. */
void sf_csv_head(sf_csv *csv, const char *const *columns, size_t count);
/* The cells of the page that a receipt is on: those of SF_CSV_PAGE. */
#define SF_CSV_PAGE "outlet", "title", "published", "url", "file"
void sf_csv_page(sf_csv *csv, const sf_receipt *receipt);
void sf_csv_number(sf_csv *csv, size_t number);
void sf_csv_end(sf_csv *csv);

#endif
