/* show's own: what the pages that only a server has share. */
#ifndef SF_SHOW_HTML_LIVE_H
#define SF_SHOW_HTML_LIVE_H

#include "show/facts.h"
#include "show/html.h"
#include "show/live.h"

/* <label>...<input></label> */
void sf_html_field(sf_buf *out, const char *label, const char *name, const char *type,
                   sf_str value);
/* For a day, a month or a year. */
void sf_html_day_field(sf_buf *out, const char *label, const char *name, sf_str value);

/* To </h1>; the head's <header> is open. */
void sf_html_live_begin(sf_buf *out, const sf_head *head, const char *class, const char *kind,
                        sf_str title);

/* The words with some of them marked, as a paragraph. */
void sf_html_marked(sf_buf *out, sf_str text, const sf_span *marks, size_t count);

/* <details> with receipts of what is no dossier's item. */
void sf_html_proof_of(sf_buf *out, const sf_setting *setting, const sf_receipt *receipts,
                      size_t count);

#endif
