/* Lines are folded between words by display width (East Asian wide and emoji count two, combining
 * marks none), a word longer than the line between its grapheme clusters (UAX 29, by utf8proc). */
#include "show/sheet.h"

#include <utf8proc.h>

enum { MEASURE = 92, MARGIN = 17, NARROW = 64 };

sf_sheet sf_sheet_new(sf_buf *out, sf_terminal terminal) {
    sf_sheet p = {.out = out, .arena = out->arena, .color = terminal.color};
    p.width = terminal.width < 40 ? 40 : terminal.width > MEASURE ? MEASURE : terminal.width;
    p.margin = p.width < NARROW ? 2 * SF_SHEET_INDENT : MARGIN;
    return p;
}

static int width_of(uint32_t code) {
    int w = utf8proc_charwidth((utf8proc_int32_t)code);
    return w < 0 ? 0 : w;
}

/* The grapheme cluster at s[at]: its bytes, and its columns in *columns. */
static size_t cluster(sf_str s, size_t at, int *columns) {
    size_t bytes, end = at;
    utf8proc_int32_t state = 0, last = 0;
    *columns = 0;
    while (end < s.len) {
        utf8proc_int32_t code = (utf8proc_int32_t)sf_utf8_at(s, end, &bytes);
        if (end > at && utf8proc_grapheme_break_stateful(last, code, &state))
            break;
        int w = width_of((uint32_t)code);
        if (w > *columns)
            *columns = w;
        if (code == 0xFE0F) /* shown as emoji */
            *columns = 2;
        last = code;
        end += bytes;
    }
    return end - at;
}

int sf_sheet_columns(sf_str s) {
    int total = 0, w;
    for (size_t i = 0; i < s.len; i += cluster(s, i, &w), total += w)
        ;
    return total;
}

void sf_sheet_spaces(sf_sheet *p, int n) {
    while (n-- > 0)
        sf_buf_char(p->out, ' ');
}

void sf_sheet_style(sf_sheet *p, const char *sgr) {
    if (!p->color || p->sgr == sgr)
        return;
    sf_buf_printf(p->out, "\x1b[%sm", sgr ? sgr : "0");
    p->sgr = sgr;
}

static void new_line(sf_sheet *p, int indent, int *column) {
    const char *sgr = p->sgr;
    sf_sheet_style(p, NULL); /* a pager shows lines one by one */
    sf_buf_char(p->out, '\n');
    sf_sheet_spaces(p, indent);
    sf_sheet_style(p, sgr);
    *column = indent;
}

/* A word that is wider than a line: cut where the lines end. */
static void long_word(sf_sheet *p, sf_str word, int indent, int *column) {
    int w;
    for (size_t i = 0, bytes; i < word.len; i += bytes) {
        bytes = cluster(word, i, &w);
        if (*column + w > p->width && *column > indent)
            new_line(p, indent, column);
        sf_buf_add(p->out, sf_str_sub(word, i, i + bytes));
        *column += w;
    }
}

void sf_sheet_fold(sf_sheet *p, sf_str line, int indent, int hang) {
    int column = indent;
    bool first = true;
    for (size_t i = 0; i < line.len;) {
        size_t end = sf_str_find(line, SF_STR(" "), i);
        sf_str word = sf_str_sub(line, i, end);
        int w = sf_sheet_columns(word);
        i = end == SIZE_MAX ? line.len : end + 1;
        if (!first && column + 1 + w > p->width) {
            new_line(p, indent + hang, &column);
        } else if (!first) {
            sf_buf_char(p->out, ' ');
            column++;
        }
        first = false;
        if (indent + hang + w > p->width) {
            long_word(p, word, indent + hang, &column);
        } else {
            sf_buf_add(p->out, word);
            column += w;
        }
    }
    sf_sheet_style(p, NULL);
    sf_buf_char(p->out, '\n');
}

void sf_sheet_paragraph(sf_sheet *p, sf_str line, int indent, const char *sgr) {
    if (!line.len)
        return;
    sf_sheet_spaces(p, indent);
    sf_sheet_style(p, sgr);
    sf_sheet_fold(p, line, indent, 0);
    sf_sheet_style(p, NULL);
}

void sf_sheet_heading(sf_sheet *p, sf_str text) {
    sf_buf_char(p->out, '\n');
    sf_sheet_style(p, "1");
    sf_sheet_fold(p, text, 0, 0);
    sf_sheet_style(p, NULL);
}

void sf_sheet_address(sf_sheet *p, sf_str url, sf_str file, int hang) {
    sf_str where = sf_plain_is_link(url) ? sf_plain_link(p->arena, url)
                   : file.len            ? sf_plain_line(p->arena, file)
                                         : sf_plain_line(p->arena, url);
    if (!where.len)
        return;
    sf_sheet_spaces(p, p->margin + hang);
    sf_sheet_style(p, "2");
    sf_buf_add(p->out, where);
    sf_sheet_style(p, NULL);
    sf_buf_char(p->out, '\n');
}

void sf_sheet_place(sf_sheet *p, const sf_receipt *r) {
    sf_str day = r->published.len ? sf_plain_day(p->arena, r->published) : SF_STR("undated");
    sf_str who = sf_plain_outlet(p->arena, r->outlet, r->url, r->file);
    sf_str title = sf_plain_line(p->arena, r->title);
    sf_str line = sf_str_format(p->arena, "%.*s, %.*s%s%.*s", SF_ARG(who), SF_ARG(day),
                                title.len ? ": " : "", SF_ARG(title));
    sf_sheet_spaces(p, p->margin);
    sf_sheet_style(p, "2");
    sf_sheet_fold(p, line, p->margin, 2);
    sf_sheet_style(p, NULL);
    sf_sheet_address(p, r->url, r->file, 2);
}

void sf_sheet_day(sf_sheet *p, sf_str day) {
    int columns = sf_sheet_columns(day);
    sf_sheet_spaces(p, SF_SHEET_INDENT);
    sf_sheet_style(p, "36");
    if (SF_SHEET_INDENT + columns + 2 <= p->margin) {
        sf_buf_add(p->out, day);
        sf_sheet_style(p, NULL);
        sf_sheet_spaces(p, p->margin - SF_SHEET_INDENT - columns);
    } else {
        sf_sheet_fold(p, day, SF_SHEET_INDENT, 0);
        sf_sheet_style(p, NULL);
        sf_sheet_spaces(p, p->margin);
    }
}

void sf_sheet_subject(sf_sheet *p, const sf_dossier *d) {
    sf_str name = sf_plain_line(p->arena, d->name), type = sf_str_of(sf_subject_word(d->type));
    int gap = p->width - sf_sheet_columns(name) - (int)type.len;
    sf_sheet_style(p, "1");
    if (gap < 2) {
        sf_sheet_fold(p, name, 0, 0);
    } else {
        sf_buf_add(p->out, name);
    }
    sf_sheet_style(p, NULL);
    if (gap >= 2) {
        sf_sheet_spaces(p, gap);
        sf_sheet_style(p, "2");
        sf_buf_add(p->out, type);
        sf_sheet_style(p, NULL);
        sf_buf_char(p->out, '\n');
    }
    sf_plain_reach reach = sf_plain_reach_of(p->arena, d);
    sf_sheet_paragraph(
        p, reach.pages ? sf_plain_reach_line(p->arena, reach) : SF_STR("No page names it so far."),
        SF_SHEET_INDENT, NULL);
    if (d->as_of.year) {
        sf_str day = sf_plain_day(p->arena, sf_date_format(p->arena, d->as_of));
        sf_sheet_paragraph(p, sf_str_format(p->arena, "as of %.*s", SF_ARG(day)), SF_SHEET_INDENT,
                           NULL);
    }
    sf_buf names = sf_buf_new(p->arena);
    for (size_t i = 0; i < d->alias_count; i++) {
        sf_buf_add(&names, i ? SF_STR(", ") : SF_STR("also "));
        sf_buf_add(&names, sf_plain_line(p->arena, d->aliases[i]));
    }
    sf_sheet_paragraph(p, sf_buf_str(&names), SF_SHEET_INDENT, NULL);
}
