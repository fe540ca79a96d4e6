/* fact/cache: what the model says of the examples, kept between runs. Reading them is most of the
 * time that it takes to make a reader. */
#ifndef SF_FACT_CACHE_H
#define SF_FACT_CACHE_H

#include "model/model.h"

/* One file a set of beats. dir NULL: nothing is kept. name: tells the set, whatever its examples
 * say now. */
typedef struct sf_cache {
    const char *dir;
    sf_str name;
} sf_cache;

/* The analysis of the text, if the cache has it of just this text by just this model, by this
 * version of sofar; else NULL. What is not whole, or not what sf_analysis_check asks for, is not
 * there. Anything may stand in the file. */
sf_analysis *sf_cache_load(sf_arena *arena, const sf_cache *cache, const sf_model *model,
                           const sf_text *text);

/* Keeps it, in place of what was there; a reader of the file sees one or the other. A folder that
 * is not there is made, its parent is not. If it cannot be kept, it is not: no error. */
void sf_cache_store(sf_arena *arena, const sf_cache *cache, const sf_model *model,
                    const sf_text *text, const sf_analysis *analysis);

#endif
