/* show: a reading -> its page with marks, for a person who asks why. */
#ifndef SF_SHOW_EXPLAIN_H
#define SF_SHOW_EXPLAIN_H

#include "show/show.h"

/* The page's text with who, quotes and times marked, and below each block the reason for each join,
 * quote and fact in it. Without colour the marks are brackets alone. The string is the reading's.
 * Errors: MEMORY. */
sofar_status sf_show_explain(sofar_reading *reading, sf_terminal terminal, sf_str *out,
                             sofar_error *err);

#endif
