/* A gallery as files. It is written whole into a new folder beside DIR, which then takes DIR's
 * place by rename: whatever fails, the old gallery stands as it was. Where the file system can
 * exchange two folders there is no moment without a gallery; else between two renames, in which the
 * old one lies at DIR.tmp-PROCESS-N-old. Files that have not changed
 * are the old ones, by hard link. What somebody laid beside the pages is carried over.
 *
 * One thread; the arenas' escapes are used when memory runs out, and nothing is left behind then.
 */
#ifndef SF_SHOW_SITE_H
#define SF_SHOW_SITE_H

#include "show/manifest.h"
#include "show/picture.h"

typedef struct sf_site sf_site;

/* Looks at DIR and begins a new gallery beside it. settings: a hash of what all pages hang on
 * beside their dossiers. Refuses a folder that holds what sofar did not write. Errors: IO, USAGE.
 */
sofar_status sf_site_open(sf_arena *arena, const char *dir, uint64_t settings, sf_site **out,
                          sofar_error *err);

/* What the gallery at DIR says of itself; NULL if there is none or its settings are others. */
const sf_manifest *sf_site_old(const sf_site *site);

/* Gives up: nothing is left of the new gallery. What fails does so itself. */
void sf_site_abandon(sf_site *site);

/* Takes over the files of a subject that has not changed; false if they are not all there. */
bool sf_site_keep(sf_site *site, const sf_record *record);

/* Writes the subject's page and its twins. record->entry.stem is the name of its files; the rest of
 * the record is filled from the dossier and what an earlier build told of it. scratch: for what is
 * needed on the way; the record's strings live in the site's arena. */
sofar_status sf_site_add(sf_site *site, sf_arena *scratch, const sf_dossier *dossier,
                         const sf_setting *setting, sf_record *record, sofar_error *err);

/* The picture of that address as an earlier build into this folder had it, now in this one too: the
 * name of its file in *file; absent if there is none. scratch: for its bytes. */
sofar_status sf_site_kept_picture(sf_site *site, sf_arena *scratch, sf_str url,
                                  sf_picture_form *form, sf_str *file, sofar_error *err);
/* Puts the picture of that address, of which form was read, into the gallery. */
sofar_status sf_site_put_picture(sf_site *site, sf_str url, sf_str bytes,
                                 const sf_picture_form *form, sf_str *file, sofar_error *err);

/* Writes the index and the manifest, and puts the gallery in its place. *written: the files that
 * are not as they were; of all. */
sofar_status sf_site_close(sf_site *site, const sf_setting *setting, size_t *written, size_t *all,
                           sofar_error *err);

#endif
