#ifndef SF_SHOW_SLUG_H
#define SF_SHOW_SLUG_H

#include "show/setting.h"

/* Gives each entry its stem: safe for any name, different for different subjects, and the same from
 * run to run as long as no other subject's name comes out alike. In the arena. */
void sf_shelf_name(sf_arena *arena, sf_entry *entries, size_t count);

#endif
