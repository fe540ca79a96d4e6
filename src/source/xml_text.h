/* xml_text: text and markup out of libxml2's trees. Private to this room. Walks without recursion.
 */
#ifndef SF_SOURCE_XML_TEXT_H
#define SF_SOURCE_XML_TEXT_H

#include <libxml/tree.h>

#include "base/base.h"

/* Is this the element `local` of one of the namespaces we know by a short name ("content", "dc",
 * "atom", "xhtml", "itunes", "feedburner"; "" for the plain elements of RSS)? Goes by the
 * namespace, or by the prefix where the feed forgot to declare it. */
bool sf_xml_is(const xmlNode *node, const char *space, const char *local);
/* The first such child; NULL if there is none. */
const xmlNode *sf_xml_child(const xmlNode *node, const char *space, const char *local);
/* The node after this one within top, in document order; NULL at the end. An entity's definition
 * hangs below its reference, and is not entered. */
const xmlNode *sf_xml_following(const xmlNode *node, const xmlNode *top);
/* The attribute's value, absent if there is none. */
sf_str sf_xml_attribute(sf_arena *arena, const xmlNode *node, const char *name);
/* All text in the node; absent for NULL. References that the feed did not define ("&rsquo;") stay
 * as they are, for HTML to resolve. */
sf_str sf_xml_text(sf_arena *arena, const xmlNode *node);
/* What is in the node, as HTML. */
sf_str sf_xml_markup(sf_arena *arena, const xmlNode *node);
/* xml:base in force at the node, absent if none. */
sf_str sf_xml_base(sf_arena *arena, const xmlNode *node);

#endif
