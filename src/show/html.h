/* show's own: pieces of HTML. Whatever is not a literal here goes out as text or as an attribute's
 * value through sf_html_text, links through sf_html_href. */
#ifndef SF_SHOW_HTML_H
#define SF_SHOW_HTML_H

#include "show/weave.h"

/* A literal, as it is. */
#define SF_HTML(out, literal) sf_buf_add((out), SF_STR(literal))

/* Text or attribute value: made plain (plain.h) and escaped. */
void sf_html_text(sf_buf *out, sf_str s);
/* ` href="..."`; nothing if the URL may not become a link. */
void sf_html_href(sf_buf *out, sf_str url);
/* <bdi>s</bdi> */
void sf_html_name(sf_buf *out, sf_str s);
/* The value in words, `words` or sf_plain_day's, as <time> where HTML has the value. */
void sf_html_day(sf_buf *out, sf_str value, sf_str words);
/* <!doctype html> to <body>; the title is a page's name. */
void sf_html_begin(sf_buf *out, sf_str title);
void sf_html_end(sf_buf *out);

/* An item's name in links, from what it says and where: stays when other items come and go. */
void sf_html_id(sf_buf *out, const sf_woven *item);
/* The <details> with all receipts of an item. */
void sf_html_receipts(sf_buf *out, const sf_receipt *receipts, size_t count);

/* A fact in words with its state, and what disputes it (html_fact.c). */
void sf_html_fact(sf_buf *out, const sf_dossier *dossier, const sf_told_fact *fact);
/* The sections of facts without a day, and of what is open; nothing where there are none. */
void sf_html_known(sf_buf *out, const sf_dossier *dossier);
void sf_html_open(sf_buf *out, const sf_dossier *dossier);

/* A page of a gallery (linked to its index), or one that stands alone. */
void sf_html_page(sf_buf *out, const sf_dossier *dossier, bool in_gallery);
/* The gallery's index; files[i] is the name of the page of dossiers[i]. */
void sf_html_index(sf_buf *out, const sf_dossier *const *dossiers, const sf_str *files,
                   size_t count);

#endif
