/* The dossier to read in a terminal, set like a manual page: a head, then years, dates in a hanging
 * margin, what was said beside them, and under each item its receipts, dimmed.
 *
 * Lines are folded between words by display width (East Asian wide and emoji count two, combining
 * marks none), a word longer than the line between its grapheme clusters (UAX 29, by utf8proc).
 * URLs stay whole, so that terminals recognise them. */
#include <utf8proc.h>

#include "show/weave.h"

enum { MEASURE = 92, MARGIN = 17, NARROW = 64, INDENT = 3 };

typedef struct page {
    sf_buf *out;
    sf_arena *arena;
    int width;  /* of the whole */
    int margin; /* columns before the text of an item */
    bool color;
    const char *sgr; /* the style in force; NULL: none */
} page;

/* ---- folding ---- */

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

static int columns_of(sf_str s) {
    int total = 0, w;
    for (size_t i = 0; i < s.len; i += cluster(s, i, &w), total += w)
        ;
    return total;
}

static void spaces(page *p, int n) {
    while (n-- > 0)
        sf_buf_char(p->out, ' ');
}

/* Turns a style on; NULL turns it off. */
static void style(page *p, const char *sgr) {
    if (!p->color || p->sgr == sgr)
        return;
    sf_buf_printf(p->out, "\x1b[%sm", sgr ? sgr : "0");
    p->sgr = sgr;
}

static void new_line(page *p, int indent, int *column) {
    const char *sgr = p->sgr;
    style(p, NULL); /* a pager shows lines one by one */
    sf_buf_char(p->out, '\n');
    spaces(p, indent);
    style(p, sgr);
    *column = indent;
}

/* A word that is wider than a line: cut where the lines end. */
static void long_word(page *p, sf_str word, int indent, int *column) {
    int w;
    for (size_t i = 0, bytes; i < word.len; i += bytes) {
        bytes = cluster(word, i, &w);
        if (*column + w > p->width && *column > indent)
            new_line(p, indent, column);
        sf_buf_add(p->out, sf_str_sub(word, i, i + bytes));
        *column += w;
    }
}

/* Writes the words of line folded at p->width; the cursor stands at column `indent`, and ends at
 * the start of the next line, without style. hang: further indent of the lines after the first. */
static void fold(page *p, sf_str line, int indent, int hang) {
    int column = indent;
    bool first = true;
    for (size_t i = 0; i < line.len;) {
        size_t end = sf_str_find(line, SF_STR(" "), i);
        sf_str word = sf_str_sub(line, i, end);
        int w = columns_of(word);
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
    style(p, NULL);
    sf_buf_char(p->out, '\n');
}

/* A folded paragraph at `indent`, in a style. */
static void paragraph(page *p, sf_str line, int indent, const char *sgr) {
    if (!line.len)
        return;
    spaces(p, indent);
    style(p, sgr);
    fold(p, line, indent, 0);
    style(p, NULL);
}

/* ---- head ---- */

static void heading(page *p, sf_str text) {
    sf_buf_char(p->out, '\n');
    style(p, "1");
    fold(p, text, 0, 0);
    style(p, NULL);
}

static void head(page *p, const sf_dossier *d) {
    sf_str name = sf_plain_line(p->arena, d->name), type = sf_str_of(sf_subject_word(d->type));
    int gap = p->width - columns_of(name) - (int)type.len;
    style(p, "1");
    if (gap < 2) {
        fold(p, name, 0, 0);
    } else {
        sf_buf_add(p->out, name);
    }
    style(p, NULL);
    if (gap >= 2) {
        spaces(p, gap);
        style(p, "2");
        sf_buf_add(p->out, type);
        style(p, NULL);
        sf_buf_char(p->out, '\n');
    }
    sf_plain_reach reach = sf_plain_reach_of(p->arena, d);
    paragraph(
        p, reach.pages ? sf_plain_reach_line(p->arena, reach) : SF_STR("No page names it so far."),
        INDENT, NULL);
    if (d->as_of.year) {
        sf_str day = sf_plain_day(p->arena, sf_date_format(p->arena, d->as_of));
        paragraph(p, sf_str_format(p->arena, "as of %.*s", SF_ARG(day)), INDENT, NULL);
    }
    sf_buf names = sf_buf_new(p->arena);
    for (size_t i = 0; i < d->alias_count; i++) {
        sf_buf_add(&names, i ? SF_STR(", ") : SF_STR("also "));
        sf_buf_add(&names, sf_plain_line(p->arena, d->aliases[i]));
    }
    paragraph(p, sf_buf_str(&names), INDENT, NULL);
}

/* ---- items ---- */

/* Where the page lies: a line that is not folded. */
static void address(page *p, sf_str url, sf_str file, int hang) {
    sf_str where = sf_plain_is_link(url) ? sf_plain_link(p->arena, url)
                   : file.len            ? sf_plain_line(p->arena, file)
                                         : sf_plain_line(p->arena, url);
    if (!where.len)
        return;
    spaces(p, p->margin + hang);
    style(p, "2");
    sf_buf_add(p->out, where);
    style(p, NULL);
    sf_buf_char(p->out, '\n');
}

/* "Outlet, day: headline", and below it the address. */
static void place(page *p, const sf_receipt *r) {
    sf_str day = r->published.len ? sf_plain_day(p->arena, r->published) : SF_STR("undated");
    sf_str who = sf_plain_outlet(p->arena, r->outlet, r->url, r->file);
    sf_str title = sf_plain_line(p->arena, r->title);
    sf_str line = sf_str_format(p->arena, "%.*s, %.*s%s%.*s", SF_ARG(who), SF_ARG(day),
                                title.len ? ": " : "", SF_ARG(title));
    spaces(p, p->margin);
    style(p, "2");
    fold(p, line, p->margin, 2);
    style(p, NULL);
    address(p, r->url, r->file, 2);
}

/* "Kofi Brandreth, via Gaffer & Grip" */
static sf_str speaker_line(page *p, const sf_told_quote *q) {
    sf_str who = q->speaker.len ? sf_plain_line(p->arena, q->speaker) : SF_STR("speaker not named");
    sf_str via = sf_plain_line(p->arena, q->via);
    return via.len ? sf_str_format(p->arena, "— %.*s, via %.*s", SF_ARG(who), SF_ARG(via))
                   : sf_str_format(p->arena, "— %.*s", SF_ARG(who));
}

static void item(page *p, const sf_woven *w) {
    sf_str text = sf_plain_line(p->arena, sf_woven_text(w));
    if (w->quote) {
        bool words = w->quote->kind != SOFAR_INDIRECT;
        sf_str quoted = words ? sf_str_format(p->arena, "“%.*s”", SF_ARG(text)) : text;
        fold(p, quoted, p->margin, words);
        paragraph(p, speaker_line(p, w->quote), p->margin, "3");
    } else {
        fold(p, text, p->margin, 0);
    }
    size_t count;
    const sf_receipt *r = sf_woven_receipts(w, &count);
    for (size_t i = 0; i < count; i++) {
        sf_str words = sf_plain_line(p->arena, r[i].exact);
        if (sf_str_find(words, text, 0) == SIZE_MAX || words.len > text.len + 8)
            paragraph(p, sf_str_format(p->arena, "… %.*s …", SF_ARG(words)), p->margin, "2");
        place(p, &r[i]);
    }
    sf_buf_char(p->out, '\n');
}

/* Puts the date into the margin, or on a line of its own where it is wider or there is none. */
static void date(page *p, sf_str day) {
    int columns = columns_of(day);
    spaces(p, INDENT);
    style(p, "36");
    if (INDENT + columns + 2 <= p->margin) {
        sf_buf_add(p->out, day);
        style(p, NULL);
        spaces(p, p->margin - INDENT - columns);
    } else {
        fold(p, day, INDENT, 0);
        style(p, NULL);
        spaces(p, p->margin);
    }
}

static void timeline(page *p, const sf_weave *weave) {
    sf_str year = SF_ABSENT, day = SF_ABSENT;
    for (size_t i = 0; i < weave->dated; i++) {
        const sf_woven *w = &weave->items[i];
        if (!sf_str_equal(year, w->year)) {
            heading(p, w->year);
            sf_buf_char(p->out, '\n');
            day = SF_ABSENT;
        }
        year = w->year;
        sf_str here = sf_woven_day(p->arena, w);
        if (sf_str_equal(here, day))
            spaces(p, p->margin);
        else
            date(p, here);
        day = here;
        item(p, w);
    }
    if (weave->dated == weave->count)
        return;
    heading(p, SF_STR("UNDATED"));
    sf_buf_char(p->out, '\n');
    for (size_t i = weave->dated; i < weave->count; i++) {
        spaces(p, p->margin);
        item(p, &weave->items[i]);
    }
}

static void sources(page *p, const sf_dossier *d) {
    if (!d->source_count)
        return;
    heading(p, SF_STR("SOURCES"));
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        sf_buf_char(p->out, '\n');
        sf_str count = sf_plain_count(p->arena, s->receipts, "receipt", "receipts");
        date(p, count); /* the cursor stands at the margin */
        sf_str who = sf_plain_outlet(p->arena, s->outlet, s->url, s->file);
        sf_str day = s->published.len ? sf_plain_day(p->arena, s->published) : SF_STR("undated");
        fold(p, sf_str_format(p->arena, "%.*s, %.*s", SF_ARG(who), SF_ARG(day)), p->margin, 0);
        paragraph(p, sf_plain_line(p->arena, s->title), p->margin, NULL);
        address(p, s->url, s->file, 0);
    }
}

void sf_show_terminal(sf_buf *out, const sf_dossier *d, sf_terminal terminal) {
    page p = {.out = out, .arena = out->arena, .color = terminal.color};
    p.width = terminal.width < 40 ? 40 : terminal.width > MEASURE ? MEASURE : terminal.width;
    p.margin = p.width < NARROW ? 2 * INDENT : MARGIN;
    sf_weave weave = sf_weave_of(p.arena, d);
    head(&p, d);
    timeline(&p, &weave);
    sources(&p, d);
}
