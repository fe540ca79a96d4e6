/* fact/aside: is a work only mentioned in passing, so that "the film" and "filming began" do not
 * mean it?
 *
 * In brackets ("Ana Ruiz (Low Tide)"), in what a person is called or described by ("the Low Tide
 * star", "Ruiz, last seen in Low Tide"), as what another work was made of or follows ("from the
 * novel Low Tide", "the follow-up to Low Tide"), under a name that it has no longer. */
#ifndef SF_FACT_ASIDE_H
#define SF_FACT_ASIDE_H

#include "fact/tree.h"
#include "who/who.h"

/* name: an index of people's names. Reads a bounded number of tokens about it. */
bool sf_aside(const sf_tree *tree, const sf_people *people, size_t name);

/* Of an organization: does it only tell whose post someone has ("Harbour Films partner Ana Ruiz",
 * "Jo Park, now treasurer at Harbour Films")? */
bool sf_aside_post(const sf_tree *tree, const sf_people *people, size_t name);

/* Is a work named in the same description of a person that token `at` stands in: "Ruiz, who
 * [played] Mira in Low Tide"? */
bool sf_aside_with(const sf_tree *tree, const sf_people *people, size_t name, uint32_t at);

#endif
