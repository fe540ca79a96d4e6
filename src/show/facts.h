/* show's own: a fact in a line; a fact, a subject and a receipt in JSON. Shared by the dossier, the
 * diff and the list of quotes. */
#ifndef SF_SHOW_FACTS_H
#define SF_SHOW_FACTS_H

#include "show/plain.h"

/* "Ana Ruiz was cast as Mira in Low Tide, August 2021 [disputed]" */
sf_str sf_show_fact_line(sf_arena *arena, const sf_told_fact *fact);

/* Its independent sources: of each the receipt to cite, which is the first one that is not relayed,
 * else the first; in the order of who said it first. What denies it is none, unless nobody affirms
 * it. In the arena. (sources.c) */
typedef struct sf_receipts {
    const sf_receipt **at;
    size_t count;
} sf_receipts;
sf_receipts sf_show_sources_of(sf_arena *arena, const sf_told_fact *fact);
/* The first of them; there is always one. */
const sf_receipt *sf_show_first_source(sf_arena *arena, const sf_told_fact *fact);
/* "3 sources, first The Harbour Post, 4 March 2021" */
sf_str sf_show_sources_line(sf_arena *arena, const sf_told_fact *fact);

/* The key "subject" and its object. */
void sf_show_json_subject(sf_json *json, const sf_dossier *dossier);
/* The fact as an object. Its rivals are indices into the facts of its dossier. */
void sf_show_json_fact(sf_json *json, const sf_told_fact *fact);

/* A dated sentence as an object. */
void sf_show_json_event(sf_json *json, const sf_told_event *event);
void sf_show_json_quote(sf_json *json, const sf_told_quote *quote);
void sf_show_json_source(sf_json *json, const sf_told_source *source);
/* One receipt as an object. */
void sf_show_json_receipt(sf_json *json, const sf_receipt *receipt);

#endif
