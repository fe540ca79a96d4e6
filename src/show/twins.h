/* The files of a subject: its page and what says the same in other forms. A gallery writes them, a
 * server answers with them; each is a pure function of the dossier and its setting. */
#ifndef SF_SHOW_TWINS_H
#define SF_SHOW_TWINS_H

#include "base/base.h"
#include "show/setting.h"

typedef struct sf_twin {
    const char *suffix; /* ".html" */
    const char *type;   /* media type */
    const char *title;
    bool index; /* the index has one too */
    void (*write)(sf_buf *out, const sf_dossier *dossier, const sf_setting *setting);
} sf_twin;

extern const sf_twin sf_twins[]; /* the page itself first */
extern const size_t sf_twin_count;

/* The receipts of a long dossier stand on pages of their own, "low-tide.receipts-1.html" and on:
 * how many; 0 for most dossiers. */
#define SF_ANNEX ".receipts-"
size_t sf_show_annex_count(const sf_dossier *dossier);
/* Page number 1 .. count. */
void sf_show_annex(sf_buf *out, const sf_dossier *dossier, const sf_setting *setting,
                   size_t number);

/* Changes with the style sheet and the script of the pages. */
sf_str sf_show_look(void);

/* The pages' Content-Security-Policy: nothing is loaded from elsewhere, nothing runs but their own
 * scripts, by their hashes. live: those that a server answers with, which ask it for more. */
sf_str sf_show_policy(bool live);

/* The index: its page, and the list of subjects as JSON and CSV. The subjects are the shelf's. */
void sf_show_index(sf_buf *out, const sf_setting *setting);
void sf_show_index_json(sf_buf *out, const sf_setting *setting);
void sf_show_index_csv(sf_buf *out, const sf_setting *setting);

/* Addresses of all pages, for search engines; setting->base must be known. */
void sf_show_sitemap(sf_buf *out, const sf_setting *setting);

/* A line an item: facts, quotes, sentences with a date (rows.c). */
void sf_show_csv(sf_buf *out, const sf_dossier *dossier);

/* Changes of facts, newest first (feed.c). */
void sf_show_atom(sf_buf *out, const sf_dossier *dossier, const sf_setting *setting);
void sf_show_rss(sf_buf *out, const sf_dossier *dossier, const sf_setting *setting);
void sf_show_json_feed(sf_buf *out, const sf_dossier *dossier, const sf_setting *setting);

#endif
