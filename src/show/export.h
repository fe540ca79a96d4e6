/* show/export: a dossier for other programs, one file a format. Pure functions into buffers: what
 * they need on the way is in the buffer's arena. No clock: a day is written only if a page has it.
 * doc/export.md says what each format holds. */
#ifndef SF_SHOW_EXPORT_H
#define SF_SHOW_EXPORT_H

#include "show/show.h"

/* schema.org as JSON-LD: {"@context": ..., "@graph": [...]}, with the subject first. (jsonld.c) */
void sf_show_jsonld(sf_buf *out, const sf_dossier *dossier);
/* The graph's nodes alone, for a graph of several dossiers; the array is the caller's. */
void sf_jsonld_nodes(sf_json *json, const sf_dossier *dossier);

/* What is planned, as iCalendar (RFC 5545). (ical.c) */
void sf_show_ical(sf_buf *out, const sf_dossier *dossier);
/* In pieces, for a calendar of several dossiers: VCALENDAR with its name, the dossier's events,
 * the end. */
void sf_ical_begin(sf_buf *out, sf_str name);
void sf_ical_events(sf_buf *out, const sf_dossier *dossier);
void sf_ical_end(sf_buf *out);

#endif
