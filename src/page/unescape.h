/* page/unescape: character references in strings that were escaped once too often ("Q&amp;A" in a
 * <meta>, "Ana&#039;s" in JSON-LD). */
#ifndef SF_PAGE_UNESCAPE_H
#define SF_PAGE_UNESCAPE_H

#include "base/base.h"

/* s itself where nothing is to be done; twice escaped text is undone twice. Unknown names stay. */
sf_str sf_unescape(sf_arena *arena, sf_str s);

#endif
