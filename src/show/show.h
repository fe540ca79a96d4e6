/* show: dossier -> terminal, JSON, gallery. Pure functions into buffers; twins.h lists the
 * files of a gallery, site.h writes them. */
#ifndef SF_SHOW_H
#define SF_SHOW_H

#include "show/setting.h"
#include "story/diff.h"

typedef struct sf_terminal {
    int width;  /* columns; at least 40 */
    bool color; /* ANSI colours (never with NO_COLOR) */
} sf_terminal;

void sf_show_terminal(sf_buf *out, const sf_dossier *dossier, sf_terminal terminal);
void sf_show_json(sf_buf *out, const sf_dossier *dossier); /* the contract's dossier object */

/* Its facts as a table, a line a fact. (tables.c) */
void sf_show_facts_csv(sf_buf *out, const sf_dossier *dossier);

/* What was learned between two days. */
void sf_show_diff(sf_buf *out, const sf_diff *diff, sf_terminal terminal);
void sf_show_diff_json(sf_buf *out, const sf_diff *diff);

/* A receipt's link to the live page: url#:~:text=..., per the WICG text fragment syntax; absent if
 * the page has no http(s) URL. */
sf_str sf_show_fragment(sf_arena *arena, const sf_receipt *receipt);

/* The subject's page as one self-contained HTML document: no request leaves it, nothing in it runs
 * but its own script. A setting of zeros: a page that stands alone. */
void sf_show_page(sf_buf *out, const sf_dossier *dossier, const sf_setting *setting);

#endif
