/* {{cite news}} of the English Wikipedia, with the words that say it as quote=. What the page does
 * not tell (a writer, a day) is left out; a day of access is that of the capture, where it is
 * known.
 *
 * Values are text in a template's argument: whatever wikitext would take for more (pipes, braces,
 * brackets, tags, '' and ~~~~) goes out as a character reference. */
#include "show/facts.h"
#include "show/formats.h"

/* "&amp;", "&#38;": the reader would see another character. */
static bool is_reference(sf_str s, size_t at) {
    size_t end = at + 1;
    while (end < s.len && (sf_is_alpha(s.ptr[end]) || sf_is_digit(s.ptr[end]) || s.ptr[end] == '#'))
        end++;
    return end > at + 1 && end < s.len && s.ptr[end] == ';';
}

/* Does wikitext see the beginning of something in s[at]? */
static bool acts(sf_str s, size_t at) {
    char c = s.ptr[at], next = at + 1 < s.len ? s.ptr[at + 1] : ' ',
         last = at ? s.ptr[at - 1] : ' ';
    if (c == '&')
        return is_reference(s, at);
    if (strchr("'~_-", c)) /* two or more of them: italics, a signature, a magic word, a comment */
        return c == next || c == last;
    return strchr("|{}[]<>", c) != NULL;
}

static void add(sf_buf *out, sf_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (acts(s, i))
            sf_buf_printf(out, "&#%d;", s.ptr[i]);
        else
            sf_buf_char(out, s.ptr[i]);
}

/* " |title=..."; nothing for what is absent or empty. */
static void field(sf_buf *out, const char *name, sf_str value) {
    value = sf_plain_line(out->arena, value);
    if (!value.len)
        return;
    sf_buf_printf(out, " |%s=", name);
    add(out, value);
}

/* A URL that ends where it ends: brackets and quotes are percent-encoded too. */
static void link(sf_buf *out, sf_str url) {
    if (!sf_plain_is_link(url))
        return;
    url = sf_plain_link(out->arena, url);
    sf_buf_add(out, SF_STR(" |url="));
    for (size_t i = 0; i < url.len; i++)
        if (strchr("[]'", url.ptr[i]))
            sf_buf_printf(out, "%%%02X", url.ptr[i]);
        else
            sf_buf_char(out, url.ptr[i]);
}

static void authors(sf_buf *out, const sofar_clipping *c) {
    if (c->byline_count == 1)
        field(out, "author", c->byline[0]);
    for (size_t i = 0; c->byline_count > 1 && i < c->byline_count; i++)
        field(out, sf_str_format(out->arena, "author%zu", i + 1).ptr, c->byline[i]);
}

static void day(sf_buf *out, const char *name, sf_str value) {
    sf_date date;
    if (value.ptr && sf_date_parse(value, &date)) /* of a time only the day */
        field(out, name, sf_plain_day(out->arena, sf_date_format(out->arena, date)));
}

sf_str sf_cite_news(sf_arena *arena, const sf_receipt *r) {
    sf_buf out = sf_buf_new(arena);
    const sofar_clipping *c = r->page ? &r->page->clipping : NULL;
    sf_buf_add(&out, SF_STR("{{cite news"));
    if (c)
        authors(&out, c);
    day(&out, "date", r->published);
    field(&out, "title", sf_plain_title(arena, r->title, r->url, r->file));
    link(&out, r->url);
    field(&out, "work", sf_plain_outlet(arena, r->outlet, r->url, r->file));
    if (c && c->lang.ptr && !sf_str_starts_ci(c->lang, SF_STR("en")))
        field(&out, "language", c->lang);
    if (r->page)
        day(&out, "access-date", r->page->captured);
    field(&out, "quote", r->exact);
    sf_buf_add(&out, SF_STR("}}"));
    return sf_buf_str(&out);
}

void sf_show_cite(sf_buf *out, const sf_told_fact *f, bool all) {
    sf_receipts of = sf_show_sources_of(out->arena, f);
    for (size_t i = 0; i < of.count && (all || i == 0); i++) {
        sf_buf_add(out, SF_STR("<ref>"));
        sf_buf_add(out, sf_cite_news(out->arena, of.at[i]));
        sf_buf_add(out, SF_STR("</ref>\n"));
    }
}

/* "<!-- Low_Tide/3f9a12c4ab: Ana Ruiz plays Mira in Low Tide --> {{cite news ...}}" */
void sf_cites(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    (void)e;
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        sf_receipts of = sf_show_sources_of(out->arena, f);
        for (size_t r = 0; r < of.count; r++) {
            sf_buf_add(out, SF_STR("<!-- "));
            add(out, sf_plain_line(out->arena, f->id));
            sf_buf_add(out, SF_STR(": "));
            add(out, sf_show_fact_line(out->arena, f));
            sf_buf_add(out, SF_STR(" --> "));
            sf_buf_add(out, sf_cite_news(out->arena, of.at[r]));
            sf_buf_char(out, '\n');
        }
    }
}
