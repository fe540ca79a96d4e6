/* show's own: what a gallery keeps of itself in its folder, so that the next build knows which
 * files are its own, which subjects have changed and what is new. A text file of lines, fields
 * parted by tabs. */
#ifndef SF_SHOW_MANIFEST_H
#define SF_SHOW_MANIFEST_H

#include "show/setting.h"

#define SF_MANIFEST ".sofar-gallery"

typedef struct sf_anchors { /* sorted */
    uint64_t *at;
    size_t count;
} sf_anchors;

/* A subject of a gallery. */
typedef struct sf_record {
    sf_str asked; /* the name it was asked for by */
    sf_entry entry;
    uint64_t stamp; /* sf_store_stamp of `names` */
    sf_str *names;  /* under which pages were looked for */
    size_t name_count;
    sf_anchors all;   /* of its items */
    bool rebuilt;     /* a build told of it before */
    sf_anchors fresh; /* those of `all` that the build before did not tell */
    sf_str picture;   /* name of its file; absent: none */
    sf_str before;    /* day of the last page that the build before had; absent if none */
} sf_record;

typedef struct sf_manifest {
    uint64_t settings;  /* hash of all else that the pages hang on */
    sf_record *records; /* in order of asked */
    size_t record_count;
    sf_str *files; /* names of the gallery's files in its folder, sorted */
    size_t file_count;
} sf_manifest;

/* False if the text is no manifest. What makes no sense in it is left out; files that no gallery
 * would have are never among `files`. Points into the text. */
bool sf_manifest_read(sf_arena *arena, sf_str text, sf_manifest *out);
void sf_manifest_write(sf_buf *out, const sf_manifest *manifest);

/* The record of that name; NULL if there is none. */
const sf_record *sf_manifest_find(const sf_manifest *manifest, sf_str asked);
bool sf_manifest_lists(const sf_manifest *manifest, sf_str file);

#endif
