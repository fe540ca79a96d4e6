/* show: passages that hold words -> terminal, JSON, CSV. Pure functions into buffers. */
#ifndef SF_SHOW_SEARCH_H
#define SF_SHOW_SEARCH_H

#include "show/show.h"
#include "story/search.h"

void sf_show_search(sf_buf *out, const sf_search *search, sf_terminal terminal);
/* {"phrases": [...], "pages": 12, "found": [...]} */
void sf_show_search_json(sf_buf *out, const sf_search *search);
/* A line a passage. */
void sf_show_search_csv(sf_buf *out, const sf_search *search);

#endif
