/* fact/called: what a page calls its subjects, in whatever sentence: "director Ana Ruiz", "Low Tide
 * is a drama", "the film".
 *
 * In:  the graphs of the page's sentences. Out: pairs of a subject and a word's key, sorted, in the
 * arena. A noun with another noun before it ("casting director") calls nobody so. */
#ifndef SF_FACT_CALLED_H
#define SF_FACT_CALLED_H

#include "fact/proposition.h"

typedef struct sf_called {
    uint32_t subject;
    sf_key key;
} sf_called;

typedef struct sf_callings {
    sf_vec(sf_called) list;
} sf_callings;

/* names: of the page; a mark's name is an index of them. Linear in the graph. */
void sf_callings_add(sf_callings *callings, const sf_graph *graph, const sofar_name *names);

/* Once, behind the last graph and before the first question. */
void sf_callings_sort(sf_callings *callings);

/* Does the page call the subject one of these? */
bool sf_is_called(const sf_callings *callings, uint32_t subject, const sf_key *keys, size_t count);

#endif
