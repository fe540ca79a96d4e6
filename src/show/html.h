/* show's own: pieces of HTML. Whatever is not a literal here goes out as text or as an attribute's
 * value through sf_html_text, links through sf_html_href.
 *
 * Where to start: html.c puts a subject's page together, one file a section (html_life.c,
 * html_cards.c, html_time.c, html_cast.c, html_quotes.c, html_doubt.c, html_sources.c). Each item
 * stands with its receipts in one place; elsewhere it is linked. The receipts of a long dossier
 * stand on pages of their own (html_annex.c), since a browser takes longer to read them than all
 * the rest. */
#ifndef SF_SHOW_HTML_H
#define SF_SHOW_HTML_H

#include "show/item.h"

/* What the sections of one page share. */
typedef struct sf_leaf {
    sf_buf *out;
    sf_arena *arena;
    const sf_dossier *d;
    const sf_setting *setting;
    sf_turns turns;
    bool compact;    /* a long dossier: an item has as few elements as will do */
    size_t receipts; /* written so far: they are numbered */
} sf_leaf;

/* A literal, as it is. */
#define SF_HTML(out, literal) sf_buf_add((out), SF_STR(literal))

/* ---- parts (html_parts.c) ---- */

/* Text or attribute value: made plain (plain.h) and escaped. */
void sf_html_text(sf_buf *out, sf_str s);
/* ` href="..."`; nothing if the URL may not become a link. */
void sf_html_href(sf_buf *out, sf_str url);
/* One of a few tints, always the same for a name. */
static inline unsigned sf_html_tint(sf_str name) { return (unsigned)(sf_str_hash(name) % 6); }
/* "low-tide.html"; absent for an absent stem. */
static inline sf_str sf_html_file(sf_arena *arena, sf_str stem) {
    return stem.len ? sf_str_format(arena, "%.*s.html", SF_ARG(stem)) : SF_ABSENT;
}
/* <bdi>s</bdi> */
void sf_html_name(sf_buf *out, sf_str s);
/* The same, as a link to the subject's page if it has one. */
void sf_html_subject(sf_leaf *leaf, sf_str name, sofar_subject_type type);
/* The value in words, `words` or sf_plain_day's, as <time> where HTML has the value. */
void sf_html_day(sf_buf *out, sf_str value, sf_str words);
/* Begins item number `said` of a list: before the first the list, and on a compact page after each
 * CHUNK items a new one, since browsers lay out only the lists in view. tag: "ol", "ul". */
void sf_html_chunk(sf_leaf *leaf, size_t said, const char *tag, const char *class);
/* <section id=... aria-labelledby=...> with its heading; closed by </section>. */
void sf_html_section(sf_buf *out, const char *id, const char *title);

/* ---- head and foot (html_head.c) ---- */

typedef struct sf_head {
    sf_str title, description;
    const sf_setting *setting;
    sf_str file;         /* its own: "low-tide.html"; absent: it has none */
    sf_str twin;         /* stem of the files that say the same: .json, .csv, feeds; absent: none */
    bool feeds;          /* it has feeds and a calendar */
    const char *og_type; /* of Open Graph: "article", "website" */
    sf_str linked_data;  /* JSON-LD; absent: none */
    const struct sf_picture *picture; /* NULL: none */
    sf_str updated;                   /* day of its last page; absent if unknown */
    bool desk;                        /* it decides: it runs the desk's script and no filters */
} sf_head;

/* <!doctype html> to <body>. */
void sf_html_begin(sf_buf *out, const sf_head *head);
/* Foot, scripts and </html>. */
void sf_html_end(sf_buf *out, const sf_head *head);
/* The way to the index; on a server's pages also to what else it has (html_live.c). */
void sf_html_home(sf_buf *out, const sf_setting *setting);
/* Asks the server for the page as of another day (html_live.c); nothing on a page that is a file.
 */
void sf_html_as_of(sf_leaf *leaf);

/* ---- items (html_item.c) ---- */

/* "f0123456789abcdef" */
void sf_html_anchor(sf_buf *out, char kind, uint64_t anchor);
static inline void sf_html_fact_anchor(sf_buf *out, const sf_told_fact *f) {
    sf_html_anchor(out, 'f', sf_fact_anchor(f));
}
/* ` id="..." data-said="..." ...`: what the page's script filters by. `by`: who says so. */
void sf_html_item(sf_leaf *leaf, char kind, uint64_t anchor, sf_str said, sf_str standing,
                  sf_str by, bool key);
/* The same of a fact, with its history for the as-of slider. */
void sf_html_fact_item(sf_leaf *leaf, const sf_told_fact *f);
/* Planned, rumoured, denied, disputed, no longer: a sign and a word; nothing for what holds. */
void sf_html_mark(sf_buf *out, const sf_told_fact *f);
/* "new" for what the last build did not tell. */
void sf_html_new(sf_leaf *leaf, uint64_t anchor);
/* Who says so and how many independent sources do. */
void sf_html_voices(sf_leaf *leaf, const sf_told_fact *f);
/* A link to the item's own place. */
void sf_html_fact_link(sf_leaf *leaf, const sf_told_fact *f, sf_str words);

/* The <details> with all receipts of an item, which is one of the dossier's own (html_receipt.c); a
 * link to them where they stand on a page of their own. note: the summary is only a number. */
void sf_html_receipts(sf_leaf *leaf, const sf_woven *item, bool note);
/* "2 receipts: The Harbour Post, and 1 more" */
void sf_html_receipts_summary(sf_leaf *leaf, const sf_receipt *receipts, size_t count);
/* The receipts themselves. statuses: what each page says of a fact; NULL for what is no fact. */
void sf_html_proof(sf_leaf *leaf, const sf_receipt *receipts, const sofar_claim *statuses,
                   size_t count);

/* ---- receipts on pages of their own (html_annex.c) ---- */

bool sf_html_has_annexes(const sf_leaf *leaf);
void sf_html_annex_link(sf_leaf *leaf, const sf_woven *item);

/* ---- sections; each is left out where there is nothing to say ---- */

void sf_html_life(sf_leaf *leaf);
void sf_html_news(sf_leaf *leaf);
void sf_html_cards(sf_leaf *leaf);
void sf_html_timeline(sf_leaf *leaf);
/* The timeline as SVG; rows[i] is drawn with the number i + 1 (html_svg.c). */
void sf_html_clocks(sf_leaf *leaf, const sf_woven *const *rows, size_t count);
void sf_html_cast(sf_leaf *leaf);
void sf_html_quotes(sf_leaf *leaf);
void sf_html_disputes(sf_leaf *leaf);
void sf_html_open(sf_leaf *leaf);
void sf_html_turns(sf_leaf *leaf);
void sf_html_sources(sf_leaf *leaf);

/* ---- the filters (html_tools.c) ---- */

void sf_html_tools(sf_leaf *leaf);

#endif
