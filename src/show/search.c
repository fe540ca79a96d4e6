/* Passages to read in a terminal: by day, the words in bold (between asterisks where there are no
 * colours), below them what the page says there. */
#include "show/search.h"

#include "show/csv.h"
#include "show/facts.h"
#include "show/sheet.h"

enum { SHOWN = 3 }; /* passages of a page */

/* ---- terminal ---- */

/* The passage as one plain line in which each marked word stands between `begin` and `end`: words
 * are what the sheet folds, so a style never runs over the end of a line. */
static sf_str marked(sf_arena *arena, const sf_passage *p, const char *begin, const char *end) {
    sf_str text = p->place.exact;
    sf_buf out = sf_buf_new(arena);
    bool gap = false, on = false;
    char utf8[4];
    for (size_t i = 0, m = 0, bytes; i < text.len; i += bytes) {
        uint32_t code = sf_plain_code(text, i, &bytes);
        while (m < p->mark_count && p->marks[m].end <= i)
            m++;
        bool inside = m < p->mark_count && p->marks[m].begin <= i && code != ' ';
        if (!code)
            continue;
        if (on && !inside)
            sf_buf_add(&out, sf_str_of(end));
        if (code == ' ') {
            gap = out.len > 0;
        } else {
            if (gap)
                sf_buf_char(&out, ' ');
            gap = false;
            if (inside && !on)
                sf_buf_add(&out, sf_str_of(begin));
            sf_buf_add(&out, (sf_str){utf8, sf_utf8_put(code, utf8)});
        }
        on = inside;
    }
    if (on)
        sf_buf_add(&out, sf_str_of(end));
    return sf_buf_str(&out);
}

/* Bold goes through the fold as two characters without width, and becomes itself behind it. */
static void passage(sf_sheet *p, const sf_passage *of) {
    sf_buf *out = p->out, folded = sf_buf_new(p->arena);
    sf_str line = p->color ? marked(p->arena, of, "\1", "\2") : marked(p->arena, of, "*", "*");
    p->out = &folded;
    sf_sheet_paragraph(p, line, p->margin, NULL);
    p->out = out;
    for (size_t i = 0; i < folded.len; i++)
        if (folded.ptr[i] == '\1')
            sf_buf_add(out, SF_STR("\x1b[1m"));
        else if (folded.ptr[i] == '\2')
            sf_buf_add(out, SF_STR("\x1b[0m"));
        else
            sf_buf_char(out, folded.ptr[i]);
    for (size_t i = 0; i < of->fact_count; i++)
        sf_sheet_paragraph(
            p, sf_str_format(p->arena, "→ %.*s", SF_ARG(sf_plain_fact(p->arena, &of->facts[i]))),
            p->margin + 2, "36");
    for (size_t i = 0; i < of->quote_count; i++)
        if (of->quotes[i].speaker.ptr)
            sf_sheet_paragraph(
                p,
                sf_str_format(p->arena, "— %.*s",
                              SF_ARG(sf_plain_line(p->arena, of->quotes[i].speaker))),
                p->margin + 2, "3");
}

/* The year a page stands under; absent if it is undated. */
static sf_str year_of(const sf_found *f) {
    sf_date date;
    return f->page.published.ptr && sf_date_parse(f->page.published, &date)
               ? sf_str_sub(f->page.published, 0, 4)
               : SF_ABSENT;
}

/* "12 November", beside its year. */
static sf_str day_of(sf_sheet *p, const sf_found *f) {
    sf_str day = sf_plain_day(p->arena, f->page.published);
    sf_str tail = sf_str_format(p->arena, " %.*s", SF_ARG(year_of(f)));
    return sf_str_ends(day, tail) ? sf_str_sub(day, 0, day.len - tail.len) : day;
}

static void page(sf_sheet *p, const sf_found *f) {
    sf_buf_char(p->out, '\n');
    if (year_of(f).ptr)
        sf_sheet_day(p, day_of(p, f));
    else
        sf_sheet_spaces(p, p->margin);
    sf_str who = sf_plain_outlet(p->arena, f->page.outlet, f->page.url, f->page.file);
    sf_str title = sf_plain_title(p->arena, f->page.title, f->page.url, f->page.file);
    sf_sheet_fold(p, sf_str_format(p->arena, "%.*s: %.*s", SF_ARG(who), SF_ARG(title)), p->margin,
                  2);
    sf_sheet_address(p, f->page.url, f->page.file, 0);
    for (size_t i = 0; i < f->passage_count && i < SHOWN; i++)
        passage(p, &f->passages[i]);
    sf_str more = sf_plain_count(p->arena, f->passage_count - SHOWN, "more place", "more places");
    if (f->passage_count > SHOWN)
        sf_sheet_paragraph(p, sf_str_format(p->arena, "and in %.*s of this page", SF_ARG(more)),
                           p->margin, "2");
}

/* "3 pages with “low tide”, “mira”" */
static void head(sf_sheet *p, const sf_search *s) {
    sf_buf line = sf_buf_new(p->arena);
    sf_buf_add(&line, sf_plain_count(p->arena, s->total, "page", "pages"));
    for (size_t i = 0; i < s->phrase_count; i++) {
        sf_str phrase = sf_plain_line(p->arena, s->phrases[i]);
        sf_buf_printf(&line, "%s“%.*s”", i ? ", " : " with ", SF_ARG(phrase));
    }
    if (s->count < s->total)
        sf_buf_printf(&line, ", of which the first %zu", s->count);
    sf_sheet_style(p, "1");
    sf_sheet_fold(p, sf_buf_str(&line), 0, 0);
}

void sf_show_search(sf_buf *out, const sf_search *search, sf_terminal terminal) {
    sf_sheet p = sf_sheet_new(out, terminal);
    head(&p, search);
    for (size_t i = 0; i < search->count; i++) {
        sf_str year = year_of(&search->at[i]);
        if (i == 0 || !sf_str_equal(year, year_of(&search->at[i - 1])))
            sf_sheet_heading(&p, year.ptr ? year : SF_STR("UNDATED"));
        page(&p, &search->at[i]);
    }
}

/* ---- JSON ---- */

static void json_facts(sf_json *j, const sf_passage *p) {
    sf_json_key(j, "facts");
    sf_json_array(j);
    for (size_t i = 0; i < p->fact_count; i++) {
        sf_json_object(j);
        sf_json_key_str(j, "type", p->facts[i].type);
        sf_json_key_str(j, "words", sf_plain_fact(j->buf->arena, &p->facts[i]));
        sf_json_key_str(j, "when", p->facts[i].when);
        sf_json_key_str(j, "status", sf_str_of(sf_claim_word(p->facts[i].status)));
        sf_json_key_str(j, "by", p->facts[i].by);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void json_quotes(sf_json *j, const sf_passage *p) {
    sf_json_key(j, "quotes");
    sf_json_array(j);
    for (size_t i = 0; i < p->quote_count; i++) {
        sf_json_object(j);
        sf_json_key_str(j, "speaker", p->quotes[i].speaker);
        sf_json_key_str(j, "text", p->quotes[i].text);
        sf_json_key_str(j, "kind", sf_str_of(sf_quote_word(p->quotes[i].kind)));
        sf_json_key_str(j, "via", p->quotes[i].via);
        sf_json_key_str(j, "when", p->quotes[i].when);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void json_passage(sf_json *j, const sf_passage *p) {
    sf_json_object(j);
    sf_json_key(j, "span"), sf_json_span(j, p->place.span);
    sf_json_key_str(j, "exact", p->place.exact);
    sf_json_key(j, "marks");
    sf_json_array(j);
    for (size_t i = 0; i < p->mark_count; i++)
        sf_json_span(j, (sf_span){p->place.span.begin + p->marks[i].begin,
                                  p->place.span.begin + p->marks[i].end});
    sf_json_array_end(j);
    sf_json_key_str(j, "link", sf_show_fragment(j->buf->arena, &p->place));
    json_facts(j, p);
    json_quotes(j, p);
    sf_json_object_end(j);
}

void sf_show_search_json(sf_buf *out, const sf_search *s) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_json_key(&j, "phrases");
    sf_json_array(&j);
    for (size_t i = 0; i < s->phrase_count; i++)
        sf_json_str(&j, s->phrases[i]);
    sf_json_array_end(&j);
    sf_json_key(&j, "pages"), sf_json_int(&j, (int64_t)s->total);
    sf_json_key(&j, "found");
    sf_json_array(&j);
    for (size_t i = 0; i < s->count; i++) {
        const sf_receipt *r = &s->at[i].page;
        sf_json_object(&j);
        sf_json_key_str(&j, "url", r->url);
        sf_json_key_str(&j, "file", r->file);
        sf_json_key_str(&j, "outlet", r->outlet);
        sf_json_key_str(&j, "title", r->title);
        sf_json_key_str(&j, "published", r->published);
        sf_json_key_str(&j, "sha256", sf_str_of(r->sha256));
        sf_json_key(&j, "passages");
        sf_json_array(&j);
        for (size_t k = 0; k < s->at[i].passage_count; k++)
            json_passage(&j, &s->at[i].passages[k]);
        sf_json_array_end(&j);
        sf_json_object_end(&j);
    }
    sf_json_array_end(&j);
    sf_json_object_end(&j);
}

/* ---- CSV ---- */

/* What is said there, parted by semicolons. */
static void csv_said(sf_csv *csv, const sf_passage *p) {
    sf_buf facts = sf_buf_new(csv->out->arena), speakers = sf_buf_new(csv->out->arena);
    for (size_t i = 0; p && i < p->fact_count; i++) {
        sf_buf_add(&facts, i ? SF_STR("; ") : SF_STR(""));
        sf_buf_add(&facts, sf_plain_fact(csv->out->arena, &p->facts[i]));
    }
    for (size_t i = 0; p && i < p->quote_count; i++)
        if (p->quotes[i].speaker.ptr) {
            sf_buf_add(&speakers, speakers.len ? SF_STR("; ") : SF_STR(""));
            sf_buf_add(&speakers, p->quotes[i].speaker);
        }
    sf_csv_text(csv, sf_buf_str(&facts));
    sf_csv_text(csv, sf_buf_str(&speakers));
    sf_csv_end(csv);
}

void sf_show_search_csv(sf_buf *out, const sf_search *s) {
    static const char *const columns[] = {SF_CSV_PAGE, "begin", "end", "text", "facts", "speakers"};
    sf_csv csv = {.out = out};
    sf_csv_head(&csv, columns, SF_LEN(columns));
    for (size_t i = 0; i < s->count; i++) {
        const sf_found *f = &s->at[i];
        for (size_t k = 0; k < f->passage_count || k == 0; k++) {
            const sf_passage *p = k < f->passage_count ? &f->passages[k] : NULL;
            sf_csv_page(&csv, &f->page);
            sf_csv_number(&csv, p ? p->place.span.begin : 0);
            sf_csv_number(&csv, p ? p->place.span.end : 0);
            sf_csv_text(&csv, p ? p->place.exact : SF_ABSENT);
            csv_said(&csv, p);
        }
    }
}
