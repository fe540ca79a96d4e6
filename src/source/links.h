/* links: where the entry of a feed leads. Private to this room. */
#ifndef SF_SOURCE_LINKS_H
#define SF_SOURCE_LINKS_H

#include <libxml/tree.h>

#include "base/base.h"

/* base: where the feed was got; an entry may have its own. Absent if it leads nowhere. */
sf_str sf_feed_link(sf_arena *arena, sf_str base, const xmlNode *entry);

#endif
