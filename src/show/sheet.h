/* show's own: setting text for a terminal. What goes through here is plain already (plain.h). */
#ifndef SF_SHOW_SHEET_H
#define SF_SHOW_SHEET_H

#include "show/plain.h"

typedef struct sf_sheet {
    sf_buf *out;
    sf_arena *arena;
    int width;  /* of the whole */
    int margin; /* columns before the text of an item */
    bool color;
    const char *sgr; /* the style in force; NULL: none */
} sf_sheet;

enum { SF_SHEET_INDENT = 3 };

sf_sheet sf_sheet_new(sf_buf *out, sf_terminal terminal);

/* Columns that the text takes. */
int sf_sheet_columns(sf_str s);
void sf_sheet_spaces(sf_sheet *sheet, int n);
/* Turns a style on ("1", "36"); NULL turns it off. Nothing without colour. */
void sf_sheet_style(sf_sheet *sheet, const char *sgr);
/* Writes the words of line folded at sheet->width; the cursor stands at column `indent`, and ends
 * at the start of the next line, without style. hang: further indent of the lines after the first.
 */
void sf_sheet_fold(sf_sheet *sheet, sf_str line, int indent, int hang);
/* A folded paragraph at `indent`, in a style; nothing for an empty line. */
void sf_sheet_paragraph(sf_sheet *sheet, sf_str line, int indent, const char *sgr);
/* An empty line, and a bold one. */
void sf_sheet_heading(sf_sheet *sheet, sf_str text);
/* The head of what is said of a subject: its name and type, on what it stands, as of when, its
 * other names. */
void sf_sheet_subject(sf_sheet *sheet, const sf_dossier *dossier);
/* Puts a day into the margin, or on a line of its own where it is wider or there is none; the
 * cursor then stands at the margin. */
void sf_sheet_day(sf_sheet *sheet, sf_str day);
/* "Outlet, day: headline" at the margin, and below it the address. */
void sf_sheet_place(sf_sheet *sheet, const sf_receipt *receipt);
/* Where the page lies: a line that is not folded. hang: columns behind the margin. */
void sf_sheet_address(sf_sheet *sheet, sf_str url, sf_str file, int hang);

#endif
