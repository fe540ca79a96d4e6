/* show: parts of a dossier, each in a terminal, as JSON and as CSV: what happened when
 * (timeline.c), who made it (cast.c), who tells of it (outlets.c). Pure functions into buffers. */
#ifndef SF_SHOW_LISTS_H
#define SF_SHOW_LISTS_H

#include "show/show.h"

/* Facts that have a place in time and dated sentences, in order. */
void sf_show_timeline(sf_buf *out, const sf_dossier *dossier, sf_terminal terminal);
void sf_show_timeline_json(sf_buf *out, const sf_dossier *dossier);
void sf_show_timeline_csv(sf_buf *out, const sf_dossier *dossier);

/* Credits: of a work who made it, of a person or company what they made; by kind, the cast first.
 */
void sf_show_cast(sf_buf *out, const sf_dossier *dossier, sf_terminal terminal);
void sf_show_cast_json(sf_buf *out, const sf_dossier *dossier);
void sf_show_cast_csv(sf_buf *out, const sf_dossier *dossier);

/* Outlets: how many of its pages and receipts, first-hand against relayed, from when to when. */
void sf_show_outlets(sf_buf *out, const sf_dossier *dossier, sf_terminal terminal);
void sf_show_outlets_json(sf_buf *out, const sf_dossier *dossier);
void sf_show_outlets_csv(sf_buf *out, const sf_dossier *dossier);

#endif
