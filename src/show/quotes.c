/* Quotes to read in a terminal, in order of time, as the dossier sets them. */
#include "show/quotes.h"

#include "show/sheet.h"
#include "show/weave.h"

/* Quotes alone make a dossier that the weave can put in order. */
static sf_weave weave_of(sf_arena *arena, const sf_sayings *sayings, sf_told_quote *quotes) {
    sf_dossier d = {.quotes = quotes, .quote_count = sayings->count};
    for (size_t i = 0; i < sayings->count; i++) {
        const sf_saying *s = &sayings->at[i];
        quotes[i] = (sf_told_quote){.speaker = s->speaker,
                                    .text = s->text,
                                    .kind = s->kind,
                                    .via = s->via,
                                    .when = s->when,
                                    .receipts = s->receipts,
                                    .receipt_count = s->receipt_count};
    }
    return sf_weave_of(arena, &d);
}

/* "Ana Ruiz, to Tom Hale, via Instagram" */
static sf_str who_line(sf_arena *arena, const sf_saying *s) {
    sf_buf line = sf_buf_new(arena);
    sf_str who = sf_plain_line(arena, s->speaker.ptr ? s->speaker : s->described);
    sf_buf_add(&line, who.len ? who : SF_STR("speaker not known"));
    sf_str to = sf_plain_line(arena, s->to), via = sf_plain_line(arena, s->via);
    if (to.len)
        sf_buf_printf(&line, ", to %.*s", SF_ARG(to));
    if (via.len)
        sf_buf_printf(&line, ", via %.*s", SF_ARG(via));
    return sf_buf_str(&line);
}

static void item(sf_sheet *p, const sf_saying *s) {
    sf_sheet_style(p, s->speaker.ptr ? "1" : "3");
    sf_sheet_fold(p, who_line(p->arena, s), p->margin, 2);
    sf_str text = sf_plain_line(p->arena, s->text);
    bool words = s->kind != SOFAR_INDIRECT;
    sf_sheet_paragraph(p, words ? sf_str_format(p->arena, "“%.*s”", SF_ARG(text)) : text, p->margin,
                       NULL);
    for (size_t i = 0; i < s->receipt_count; i++)
        sf_sheet_place(p, &s->receipts[i]);
}

static void head(sf_sheet *p, const sf_sayings *sayings) {
    sf_str quotes = sf_plain_count(p->arena, sayings->count, "quote", "quotes");
    sf_str pages = sf_plain_count(p->arena, sayings->pages, "page", "pages");
    sf_sheet_style(p, "1");
    sf_sheet_fold(p, sf_str_format(p->arena, "%.*s in %.*s", SF_ARG(quotes), SF_ARG(pages)), 0, 0);
}

void sf_show_quotes(sf_buf *out, const sf_sayings *sayings, sf_terminal terminal) {
    sf_sheet p = sf_sheet_new(out, terminal);
    sf_told_quote *quotes = SF_ARRAY(p.arena, sf_told_quote, sayings->count + 1);
    sf_weave weave = weave_of(p.arena, sayings, quotes);
    sf_str year = SF_ABSENT, day = SF_ABSENT;
    head(&p, sayings);
    for (size_t i = 0; i < weave.count; i++) {
        const sf_woven *w = &weave.items[i];
        bool dated = i < weave.dated;
        if (dated ? !sf_str_equal(year, w->year) : i == weave.dated) {
            sf_sheet_heading(&p, dated ? w->year : SF_STR("UNDATED"));
            sf_buf_char(out, '\n');
            day = SF_ABSENT;
        } else {
            sf_buf_char(out, '\n');
        }
        year = w->year;
        sf_str here = dated ? sf_woven_day(p.arena, w) : SF_ABSENT;
        if (!here.ptr || sf_str_equal(here, day))
            sf_sheet_spaces(&p, p.margin);
        else
            sf_sheet_day(&p, here);
        day = here;
        item(&p, &sayings->at[w->quote - quotes]);
    }
}
