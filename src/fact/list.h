/* fact/list: what lists of names (list.c) and casts (bill.c) read off the words of a sentence. In
 * and out: a graph whose marks are set and whose links are not made yet; heads and arcs change.
 * Tokens are numbers in the sentence; one behind the last is asked for safely. Nothing is kept. */
#ifndef SF_FACT_LIST_H
#define SF_FACT_LIST_H

#include "fact/proposition.h"

enum { SF_LONGEST_LEAD = 5, SF_MOST_ITEMS = 64 };

bool sf_list_is_mark(const sf_graph *g, uint32_t part, const char *marks);
/* Does the token's name begin there? Its part; SF_NONE. */
uint32_t sf_list_name_at(const sf_graph *g, uint32_t at);
/* The name that stands there, behind a few words that describe it ("newcomer Ana Ruiz"); SF_NONE.
 */
uint32_t sf_list_described(const sf_graph *g, uint32_t at);
bool sf_list_is_lead(const sf_graph *g, uint32_t i);

/* The token of the name that "an ensemble cast of" announces, where such words begin at `at`; `at`
 * itself where none do. */
uint32_t sf_bill_announced(const sf_graph *g, uint32_t at);
/* Behind "along with", "as well as"; `at` itself. */
uint32_t sf_bill_behind_with(const sf_graph *g, uint32_t at);
/* Behind "in the title role"; `at` itself. */
uint32_t sf_bill_behind_role(const sf_graph *g, uint32_t at);
/* Does the name hang on a word that a cast is told with? */
bool sf_bill_is_cast(const sf_graph *g, uint32_t name);
/* The verb that the list of names which ends there does together; SF_NONE. */
uint32_t sf_bill_together(const sf_graph *g, uint32_t end);
/* Makes the list that begins with the name the verb's subject. */
void sf_bill_subject(sf_graph *g, uint32_t name, uint32_t verb);
/* Verbs of billing take the names behind them. */
void sf_bill_objects(sf_graph *g);
/* Links "starring" with who makes the film and stars in it: "starring and directed by Ana Ruiz". To
 * be called when links are made. */
void sf_bill_makers(sf_graph *g);
/* Is it the noun of what is played ("role", "cameo")? */
bool sf_bill_is_role(sf_str noun);

#endif
