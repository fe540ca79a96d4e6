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

/* ---- citations (cite.c) ---- */

/* "{{cite news |author=... |quote=...}}" of the words of a receipt, in one line of wikitext. */
sf_str sf_cite_news(sf_arena *arena, const sf_receipt *receipt);
/* "<ref>{{cite news ...}}</ref>" of the fact's first independent source, or a line for each. */
void sf_show_cite(sf_buf *out, const sf_told_fact *fact, bool all);

/* ---- labels of Wikidata (labels.c) ---- */

typedef struct sf_label {
    sf_str words;  /* of the label, folded */
    sf_str entity; /* "Q42", or "new" */
} sf_label;

typedef struct sf_labels {
    const sf_label *at; /* in order of their words */
    size_t count;
} sf_labels;

/* Reads lines of "LABEL<TAB>Q42" or "LABEL<TAB>new"; '#' begins a comment. name is for messages.
 * Errors: FORMAT, with the line. */
sofar_status sf_labels_read(sf_arena *arena, const char *name, sf_str text, sf_labels *out,
                            sofar_error *err);
/* The entity of a label; absent if there is none. labels may be NULL. */
sf_str sf_labels_find(sf_arena *arena, const sf_labels *labels, sf_str label);

/* ---- any format (export.c) ---- */

typedef struct sf_format sf_format;

/* One stream of output. The caller sets all down to keep and calls begin, then dossier for each,
 * then end, each time with an empty buffer that it writes out and may throw away with its arena. */
typedef struct sf_exporter {
    const sf_format *format;
    const sf_labels *labels; /* for quickstatements; NULL: none are known */
    size_t table;            /* for csv */
    sf_str name;             /* what the whole is called: a subject, or "sofar" */
    sf_arena *keep;          /* what must outlive a dossier: 16 bytes a page, for csl-json */
    bool some;               /* an item stands before, so a comma comes next */
    uint64_t *seen;          /* hashes of pages that were written */
    size_t seen_count, seen_room;
} sf_exporter;

struct sf_format {
    const char *name, *says;
    void (*begin)(sf_exporter *e, sf_buf *out);
    void (*dossier)(sf_exporter *e, sf_buf *out, const sf_dossier *dossier);
    void (*end)(sf_exporter *e, sf_buf *out);
};

extern const sf_format sf_formats[];
extern const size_t sf_format_count;
/* NULL if there is none of that name. */
const sf_format *sf_format_named(sf_str name);

/* The tables of csv, in their order: "facts", ... */
extern const char *const sf_table_names[];
extern const size_t sf_table_count;

#endif
