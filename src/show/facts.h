/* show's own: a fact in a line; a fact, a subject and a receipt in JSON. Shared by the dossier, the
 * diff and the list of quotes. */
#ifndef SF_SHOW_FACTS_H
#define SF_SHOW_FACTS_H

#include "show/plain.h"

/* "Ana Ruiz was cast as Mira in Low Tide, August 2021 [disputed]" */
sf_str sf_show_fact_line(sf_arena *arena, const sf_told_fact *fact);

/* The key "subject" and its object. */
void sf_show_json_subject(sf_json *json, const sf_dossier *dossier);
/* The fact as an object. Its rivals are indices into the facts of its dossier. */
void sf_show_json_fact(sf_json *json, const sf_told_fact *fact);

/* The keys of a receipt: what page it is on, and the words on it. */
void sf_show_json_page(sf_json *json, const sf_receipt *receipt);
void sf_show_json_words(sf_json *json, const sf_receipt *receipt);

#endif
