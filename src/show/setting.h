/* show's own, and serve's: what a page of a gallery knows besides its dossier. All of it comes in
 * from outside, so a page is a function of its dossier and its setting. */
#ifndef SF_SHOW_SETTING_H
#define SF_SHOW_SETTING_H

#include "story/story.h"

/* What the index, links and the sitemap tell of a subject. Strings are plain and live as long as
 * the arena they were made in. */
typedef struct sf_entry {
    sf_str name;
    sofar_subject_type type;
    sf_str stem; /* "low-tide": its files are low-tide.html, low-tide.json ... */
    sf_str also; /* other names, joined by ", " */
    sf_str says; /* the first sentences of its page */
    sf_str step; /* where its life has come to: "released"; absent if it has no such steps */
    size_t pages, outlets, facts, quotes;
    sf_str first, last; /* days of publication; absent if no page has one */
} sf_entry;

/* Subjects that have a page, in order of their names' bytes. */
typedef struct sf_shelf {
    const sf_entry *at;
    size_t count;
} sf_shelf;

/* What an earlier build told of the subject: anchors of its items, sorted. */
typedef struct sf_known {
    const uint64_t *at;
    size_t count;
    sf_str last; /* the day of its last page; absent if none had one */
} sf_known;

/* What a server adds. */
typedef struct sf_live {
    sf_str up;          /* leads from the page to the gallery's folder: "" or "../" */
    bool desk;          /* there is a review desk */
    const sf_str *days; /* on which something was published of the subject, in order */
    size_t day_count;
} sf_live;

typedef struct sf_setting {
    const sf_shelf *shelf; /* NULL: no other subject has a page */
    sf_str stem;           /* of this page's files; absent: it stands alone */
    sf_str base;           /* URL of the gallery's folder, with a '/' at its end; absent: unknown */
    const sf_known *known; /* NULL: this is the first build */
    const struct sf_picture *picture; /* that stands on the page; NULL: none (picture.h) */
    bool key_feed;                    /* feeds tell of key facts only */
    const sf_live *live;              /* NULL: the page is a file, which no server answers for */
} sf_setting;

/* What is told of the dossier's subject; it has no stem yet. */
sf_entry sf_show_entry(sf_arena *arena, const sf_dossier *dossier);
/* Its strings become the arena's. */
void sf_show_own_entry(sf_arena *arena, sf_entry *entry);
/* The file stem of the subject of that name; absent if none has a page, or several have. */
sf_str sf_shelf_stem(const sf_shelf *shelf, sf_str name, sofar_subject_type type);

#endif
