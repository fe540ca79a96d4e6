/* show/roster: which subjects have a page, in order of their names, with the stems of their files.
 * For a gallery of files and for the server alike. */
#ifndef SF_SHOW_ROSTER_H
#define SF_SHOW_ROSTER_H

#include "show/setting.h"

typedef struct sf_listing {
    sf_str asked;   /* the name by which its dossier is asked for */
    sf_entry entry; /* name and type; the name is absent while only the dossier knows it */
    size_t of;      /* which one it was when it was added: for what the caller keeps beside it */
} sf_listing;

typedef sf_vec(sf_listing) sf_roster;

sf_listing *sf_roster_add(sf_arena *arena, sf_roster *roster, sf_str asked);

/* Adds the people, organizations and works of the store. named: those that go by one name get it;
 * as of a day, only their dossiers know. Errors: those of the store. */
sofar_status sf_roster_add_all(sf_store *store, sf_arena *arena, bool named, sf_roster *roster,
                               sofar_error *err);

/* Name and type, as the dossier has them as of the day; none if no page tells of it by then.
 * scratch is reset. Errors: those of the dossier. */
sofar_status sf_roster_find_name(sf_store *store, sf_arena *arena, sf_arena *scratch, sf_date as_of,
                                 sf_listing *one, sofar_error *err);

/* In order of name, type and what was asked; each once, without those that have no name; gives each
 * its stem. */
void sf_roster_shelve(sf_arena *arena, sf_roster *roster);

#endif
