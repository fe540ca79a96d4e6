/* The dossier to read in a terminal, set like a manual page: a head, then years, dates in a hanging
 * margin, what was said beside them, and under each item its receipts, dimmed.
 * URLs stay whole, so that terminals recognise them. */
#include "show/facts.h"
#include "show/sheet.h"
#include "show/weave.h"

/* ---- items ---- */

/* "Kofi Brandreth, via Gaffer & Grip" */
static sf_str speaker_line(sf_sheet *p, const sf_told_quote *q) {
    sf_str who = q->speaker.len ? sf_plain_line(p->arena, q->speaker) : SF_STR("speaker not named");
    sf_str via = sf_plain_line(p->arena, q->via);
    return via.len ? sf_str_format(p->arena, "— %.*s, via %.*s", SF_ARG(who), SF_ARG(via))
                   : sf_str_format(p->arena, "— %.*s", SF_ARG(who));
}

/* What else is said of it, side by side: "but: ...". */
static void rivals(sf_sheet *p, const sf_dossier *d, const sf_told_fact *f) {
    for (size_t i = 0; f->state == SF_DISPUTED && i < f->rival_count; i++) {
        const sf_told_fact *other = &d->facts[f->rivals[i]];
        if (other->state == SF_DISPUTED)
            sf_sheet_paragraph(
                p, sf_str_format(p->arena, "but: %.*s", SF_ARG(sf_plain_fact(p->arena, other))),
                p->margin, "33");
    }
}

static void receipts(sf_sheet *p, const sf_receipt *r, size_t count, sf_str text) {
    for (size_t i = 0; i < count; i++) {
        sf_str words = sf_plain_line(p->arena, r[i].exact);
        if (sf_str_find(words, text, 0) == SIZE_MAX || words.len > text.len + 8)
            sf_sheet_paragraph(p, sf_str_format(p->arena, "… %.*s …", SF_ARG(words)), p->margin,
                               "2");
        if (i + 1 == count || r[i + 1].sha256 != r[i].sha256)
            sf_sheet_place(p, &r[i]);
    }
    sf_buf_char(p->out, '\n');
}

/* How `sofar cite` knows it. */
static void name_of(sf_sheet *p, const sf_told_fact *f) {
    sf_sheet_paragraph(p, sf_plain_line(p->arena, f->id), p->margin, "2");
}

static void item(sf_sheet *p, const sf_dossier *d, const sf_woven *w) {
    sf_str text = sf_plain_line(p->arena, sf_woven_text(p->arena, w));
    if (w->fact) {
        sf_sheet_fold(p, sf_show_fact_line(p->arena, w->fact), p->margin, 0);
        rivals(p, d, w->fact);
        name_of(p, w->fact);
    } else if (w->quote) {
        bool words = w->quote->kind != SOFAR_INDIRECT;
        sf_str quoted = words ? sf_str_format(p->arena, "“%.*s”", SF_ARG(text)) : text;
        sf_sheet_fold(p, quoted, p->margin, words);
        sf_sheet_paragraph(p, speaker_line(p, w->quote), p->margin, "3");
    } else {
        sf_sheet_fold(p, text, p->margin, 0);
    }
    size_t count;
    const sf_receipt *r = sf_woven_receipts(w, &count);
    receipts(p, r, count, text);
}

/* Facts that have no day: credits, posts, genres. */
static void known(sf_sheet *p, const sf_dossier *d) {
    bool first = true;
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        if (sf_weave_holds(f))
            continue;
        if (first) {
            sf_sheet_heading(p, SF_STR("KNOWN"));
            sf_buf_char(p->out, '\n');
        }
        first = false;
        sf_sheet_day(p, sf_plain_count(p->arena, f->sources, "source", "sources"));
        sf_sheet_fold(p, sf_show_fact_line(p->arena, f), p->margin, 0);
        rivals(p, d, f);
        name_of(p, f);
        receipts(p, f->receipts, f->receipt_count, sf_plain_fact(p->arena, f));
    }
}

static void open_ends(sf_sheet *p, const sf_dossier *d) {
    if (!d->open_count)
        return;
    sf_sheet_heading(p, SF_STR("OPEN"));
    sf_buf_char(p->out, '\n');
    for (size_t i = 0; i < d->open_count; i++) {
        sf_sheet_day(p, d->open[i].why);
        sf_sheet_fold(p, sf_plain_open(p->arena, d, &d->open[i]), p->margin, 0);
    }
}

static void timeline(sf_sheet *p, const sf_dossier *d, const sf_weave *weave) {
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
            sf_sheet_day(p, here);
        day = here;
        item(p, d, w);
    }
    if (weave->dated == weave->count)
        return;
    sf_sheet_heading(p, SF_STR("UNDATED"));
    sf_buf_char(p->out, '\n');
    for (size_t i = weave->dated; i < weave->count; i++) {
        sf_sheet_spaces(p, p->margin);
        item(p, d, &weave->items[i]);
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
        sf_sheet_day(p, count); /* the cursor stands at the margin */
        sf_str who = sf_plain_outlet(p->arena, s->outlet, s->url, s->file);
        sf_str day = s->published.len ? sf_plain_day(p->arena, s->published) : SF_STR("undated");
        sf_sheet_fold(p, sf_str_format(p->arena, "%.*s, %.*s", SF_ARG(who), SF_ARG(day)), p->margin,
                      0);
        sf_sheet_paragraph(p, sf_plain_line(p->arena, s->title), p->margin, NULL);
        sf_sheet_address(p, s->url, s->file, 0);
    }
}

void sf_show_terminal(sf_buf *out, const sf_dossier *d, sf_terminal terminal) {
    sf_sheet p = sf_sheet_new(out, terminal);
    sf_weave weave = sf_weave_of(p.arena, d);
    sf_sheet_subject(&p, d);
    known(&p, d);
    open_ends(&p, d);
    timeline(&p, d, &weave);
    sources(&p, d);
}
