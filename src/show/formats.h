/* show's own: what the formats of export.c are made of, one file each. */
#ifndef SF_SHOW_FORMATS_H
#define SF_SHOW_FORMATS_H

#include "show/export.h"

/* A list of JSON items that goes on over several buffers: begins with `[`. */
sf_json sf_export_items(const sf_exporter *e, sf_buf *out);
void sf_export_items_end(sf_exporter *e, const sf_json *json);

/* Has a page of that hash been here before? From now on it has. */
bool sf_export_seen(sf_exporter *e, uint64_t page);

void sf_records(sf_exporter *e, sf_buf *out, const sf_dossier *d); /* records.c */
void sf_table_begin(sf_exporter *e, sf_buf *out);                  /* tables.c */
void sf_table(sf_exporter *e, sf_buf *out, const sf_dossier *d);
void sf_annotations(sf_exporter *e, sf_buf *out, const sf_dossier *d); /* annotation.c */
void sf_cites(sf_exporter *e, sf_buf *out, const sf_dossier *d);       /* cite.c */
void sf_csl(sf_exporter *e, sf_buf *out, const sf_dossier *d);         /* csl.c */
void sf_statements_begin(sf_exporter *e, sf_buf *out);                 /* quickstatements.c */
void sf_statements(sf_exporter *e, sf_buf *out, const sf_dossier *d);

/* What a page is referred to by: its URL, or what it was made of: "urn:sha256:..." */
sf_str sf_page_id(sf_arena *arena, sf_str url, const char *sha256);

#endif
