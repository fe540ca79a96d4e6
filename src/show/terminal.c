/* The dossier to read in a terminal, set like a manual page: a head, then years, dates in a hanging
 * margin, what was said beside them, and under each item its receipts, dimmed.
 * URLs stay whole, so that terminals recognise them. */
#include "show/sheet.h"
#include "show/weave.h"

enum { MEASURE = 92, MARGIN = 17, NARROW = 64, INDENT = 3 };

/* ---- head ---- */

static void head(sf_sheet *p, const sf_dossier *d) {
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
        INDENT, NULL);
    if (d->as_of.year) {
        sf_str day = sf_plain_day(p->arena, sf_date_format(p->arena, d->as_of));
        sf_sheet_paragraph(p, sf_str_format(p->arena, "as of %.*s", SF_ARG(day)), INDENT, NULL);
    }
    sf_buf names = sf_buf_new(p->arena);
    for (size_t i = 0; i < d->alias_count; i++) {
        sf_buf_add(&names, i ? SF_STR(", ") : SF_STR("also "));
        sf_buf_add(&names, sf_plain_line(p->arena, d->aliases[i]));
    }
    sf_sheet_paragraph(p, sf_buf_str(&names), INDENT, NULL);
}

/* ---- items ---- */

/* Where the page lies: a line that is not folded. */
static void address(sf_sheet *p, sf_str url, sf_str file, int hang) {
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

/* "Outlet, day: headline", and below it the address. */
static void place(sf_sheet *p, const sf_receipt *r) {
    sf_str day = r->published.len ? sf_plain_day(p->arena, r->published) : SF_STR("undated");
    sf_str who = sf_plain_outlet(p->arena, r->outlet, r->url, r->file);
    sf_str title = sf_plain_line(p->arena, r->title);
    sf_str line = sf_str_format(p->arena, "%.*s, %.*s%s%.*s", SF_ARG(who), SF_ARG(day),
                                title.len ? ": " : "", SF_ARG(title));
    sf_sheet_spaces(p, p->margin);
    sf_sheet_style(p, "2");
    sf_sheet_fold(p, line, p->margin, 2);
    sf_sheet_style(p, NULL);
    address(p, r->url, r->file, 2);
}

/* "Kofi Brandreth, via Gaffer & Grip" */
static sf_str speaker_line(sf_sheet *p, const sf_told_quote *q) {
    sf_str who = q->speaker.len ? sf_plain_line(p->arena, q->speaker) : SF_STR("speaker not named");
    sf_str via = sf_plain_line(p->arena, q->via);
    return via.len ? sf_str_format(p->arena, "— %.*s, via %.*s", SF_ARG(who), SF_ARG(via))
                   : sf_str_format(p->arena, "— %.*s", SF_ARG(who));
}

static void item(sf_sheet *p, const sf_woven *w) {
    sf_str text = sf_plain_line(p->arena, sf_woven_text(w));
    if (w->quote) {
        bool words = w->quote->kind != SOFAR_INDIRECT;
        sf_str quoted = words ? sf_str_format(p->arena, "“%.*s”", SF_ARG(text)) : text;
        sf_sheet_fold(p, quoted, p->margin, words);
        sf_sheet_paragraph(p, speaker_line(p, w->quote), p->margin, "3");
    } else {
        sf_sheet_fold(p, text, p->margin, 0);
    }
    size_t count;
    const sf_receipt *r = sf_woven_receipts(w, &count);
    for (size_t i = 0; i < count; i++) {
        sf_str words = sf_plain_line(p->arena, r[i].exact);
        if (sf_str_find(words, text, 0) == SIZE_MAX || words.len > text.len + 8)
            sf_sheet_paragraph(p, sf_str_format(p->arena, "… %.*s …", SF_ARG(words)), p->margin,
                               "2");
        place(p, &r[i]);
    }
    sf_buf_char(p->out, '\n');
}

/* Puts the date into the margin, or on a line of its own where it is wider or there is none. */
static void date(sf_sheet *p, sf_str day) {
    int columns = sf_sheet_columns(day);
    sf_sheet_spaces(p, INDENT);
    sf_sheet_style(p, "36");
    if (INDENT + columns + 2 <= p->margin) {
        sf_buf_add(p->out, day);
        sf_sheet_style(p, NULL);
        sf_sheet_spaces(p, p->margin - INDENT - columns);
    } else {
        sf_sheet_fold(p, day, INDENT, 0);
        sf_sheet_style(p, NULL);
        sf_sheet_spaces(p, p->margin);
    }
}

static void timeline(sf_sheet *p, const sf_weave *weave) {
    sf_str year = SF_ABSENT, day = SF_ABSENT;
    for (size_t i = 0; i < weave->dated; i++) {
        const sf_woven *w = &weave->items[i];
        if (!sf_str_equal(year, w->year)) {
            sf_sheet_heading(p, w->year);
            sf_buf_char(p->out, '\n');
            day = SF_ABSENT;
        }
        year = w->year;
        sf_str here = sf_woven_day(p->arena, w);
        if (sf_str_equal(here, day))
            sf_sheet_spaces(p, p->margin);
        else
            date(p, here);
        day = here;
        item(p, w);
    }
    if (weave->dated == weave->count)
        return;
    sf_sheet_heading(p, SF_STR("UNDATED"));
    sf_buf_char(p->out, '\n');
    for (size_t i = weave->dated; i < weave->count; i++) {
        sf_sheet_spaces(p, p->margin);
        item(p, &weave->items[i]);
    }
}

static void sources(sf_sheet *p, const sf_dossier *d) {
    if (!d->source_count)
        return;
    sf_sheet_heading(p, SF_STR("SOURCES"));
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        sf_buf_char(p->out, '\n');
        sf_str count = sf_plain_count(p->arena, s->receipts, "receipt", "receipts");
        date(p, count); /* the cursor stands at the margin */
        sf_str who = sf_plain_outlet(p->arena, s->outlet, s->url, s->file);
        sf_str day = s->published.len ? sf_plain_day(p->arena, s->published) : SF_STR("undated");
        sf_sheet_fold(p, sf_str_format(p->arena, "%.*s, %.*s", SF_ARG(who), SF_ARG(day)), p->margin,
                      0);
        sf_sheet_paragraph(p, sf_plain_line(p->arena, s->title), p->margin, NULL);
        address(p, s->url, s->file, 0);
    }
}

void sf_show_terminal(sf_buf *out, const sf_dossier *d, sf_terminal terminal) {
    sf_sheet p = {.out = out, .arena = out->arena, .color = terminal.color};
    p.width = terminal.width < 40 ? 40 : terminal.width > MEASURE ? MEASURE : terminal.width;
    p.margin = p.width < NARROW ? 2 * INDENT : MARGIN;
    sf_weave weave = sf_weave_of(p.arena, d);
    head(&p, d);
    timeline(&p, &weave);
    sources(&p, d);
}
