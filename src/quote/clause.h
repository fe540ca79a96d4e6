/* clause: the words that hang on a verb, by the model's tree. One look sees the tokens near a cue,
 * of its sentence, that stand on the cue's own level: not those that another quotation holds. */
#ifndef SF_QUOTE_CLAUSE_H
#define SF_QUOTE_CLAUSE_H

#include "quote/scene.h"

typedef enum sf_relation {
    SF_REL_OTHER,
    SF_REL_SUBJECT,
    SF_REL_OBJECT,
    SF_REL_INDIRECT, /* "told Variety" */
    SF_REL_OBLIQUE,  /* "on Instagram", "last Friday" */
    SF_REL_NOMINAL,  /* the same on a noun */
    SF_REL_OWNER,    /* "her", "Variety's" */
    SF_REL_PART,     /* compound, flat, adjective: words of one name */
    SF_REL_APPOSED,
    SF_REL_CASE,
    SF_REL_ADVERB,
    SF_REL_CONJUNCT,
    SF_REL_CLAUSE,    /* an adverbial clause or open complement: "took to X to write" */
    SF_REL_MODIFIER,  /* a participle on a noun: "a post shared on X" */
    SF_REL_RELATIVE,  /* "who ..." */
    SF_REL_COMPLEMENT /* what is said */
} sf_relation;

typedef struct sf_clause {
    const sf_scene *scene;
    const uint32_t *level; /* of each token: what quotation it is in; see sf_clause_levels */
    uint32_t first, end;   /* the tokens looked at */
    uint32_t at;           /* the token it was opened for */
} sf_clause;

/* For each token the innermost quotation that holds it, as its index + 1; 0 for none. Linear. */
uint32_t *sf_clause_levels(const sf_scene *scene, const sofar_quote *quotes, size_t count);

/* Looks at what is near a token. False if the analysis has no sentence there. */
bool sf_clause_open(const sf_scene *scene, const uint32_t *level, uint32_t token, sf_clause *out);

sf_relation sf_clause_relation(const sf_clause *clause, uint32_t token);
static inline uint32_t sf_clause_head(const sf_clause *c, uint32_t token) {
    return c->scene->analysis->tokens[token].head;
}
/* Within reach and on the clause's level? */
bool sf_clause_sees(const sf_clause *clause, uint32_t token);
static inline sf_str sf_clause_str(const sf_clause *c, uint32_t token) {
    return sf_token_of(c->scene->text, token);
}
bool sf_clause_is_verb(const sf_clause *clause, uint32_t token);
bool sf_clause_has_subject(const sf_clause *clause, uint32_t verb);
/* The preposition of a noun, absent if it has none: "on". */
sf_str sf_clause_case(const sf_clause *clause, uint32_t noun);

typedef struct sf_clause_name {
    sf_span span;
    uint32_t subject; /* SOFAR_NOBODY if the page has none of that name */
    sofar_subject_type type;
} sf_clause_name;

/* The name that holds the token: a mention, else what the model calls a name, else the proper nouns
 * around it. False if it is no name. */
bool sf_clause_name_at(const sf_clause *clause, uint32_t token, sf_clause_name *out);
/* The mention that holds the byte, of any form: a name before an epithet that holds it; SF_NONE. */
uint32_t sf_clause_mention(const sf_scene *scene, uint32_t byte);

#endif
