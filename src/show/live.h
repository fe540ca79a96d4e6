/* show: pages that only a server has, in the gallery's look: search, who said what, what was
 * learned between two days, the review desk. Pure functions into buffers; each works as a form
 * without the page's script, the desk aside. setting->live is there. */
#ifndef SF_SHOW_LIVE_H
#define SF_SHOW_LIVE_H

#include "show/setting.h"
#include "story/desk.h"
#include "story/diff.h"
#include "story/saying.h"
#include "story/search.h"

/* The days on which something was published of the subject, each once, in order; of what only the
 * month or year is known its last day. */
sf_str *sf_show_days(sf_arena *arena, const sf_dossier *dossier, size_t *count);

typedef struct sf_search_form { /* as it was filled in; absent where it was not */
    sf_str words, as_of;
} sf_search_form;

/* found: NULL if nothing was asked for. */
void sf_show_search_page(sf_buf *out, const sf_search *found, const sf_search_form *form,
                         const sf_setting *setting);

typedef struct sf_said_form {
    sf_str subject, speaker, about, since, until, as_of;
} sf_said_form;

void sf_show_said_page(sf_buf *out, const sf_sayings *found, const sf_said_form *form,
                       const sf_setting *setting);

/* diff: NULL if no day was asked for. */
void sf_show_diff_page(sf_buf *out, const sf_diff *diff, const sf_dossier *now,
                       const sf_setting *setting);

enum { SF_CASES = 40 }; /* that one page of the desk has */

/* The undecided facts behind the first `skip` of them, and what was decided last. asked: the name
 * by which the desk was loaded. who: signs, if nobody says otherwise. */
void sf_show_desk_page(sf_buf *out, const sf_desk *desk, sf_str asked, size_t skip, sf_str who,
                       const sf_setting *setting);
/* Whose facts there are to decide on. */
void sf_show_desk_index(sf_buf *out, const sf_setting *setting);

#endif
