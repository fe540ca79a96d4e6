#ifndef SF_SHOW_SLUG_H
#define SF_SHOW_SLUG_H

#include "show/show.h"

/* A file name a dossier, "low-tide.html": safe for any name, different for different subjects, and
 * the same from run to run. In the arena. */
sf_str *sf_show_file_names(sf_arena *arena, const sf_dossier *const *dossiers, size_t count);

#endif
