/* Inside the time room: words -> tokens with the classes of words.txt (token.c), and the matches of
 * grammar.txt over them (match.c). */
#ifndef SF_TIME_MATCH_H
#define SF_TIME_MATCH_H

#include "text/text.h"
#include "time/grammar.h"

/* A reading of one or more tokens as a class: "twenty-five" is NUM 25, three tokens long. */
typedef struct edge {
    uint16_t symbol; /* SYM_... */
    uint16_t tokens; /* how many */
    int32_t value;
} edge;

/* A word, or a piece of one: hyphens and a possessive 's are tokens of their own, "5pm" is two. */
typedef struct token {
    sf_span span;
    uint32_t word;       /* index in the text */
    uint32_t first_edge; /* in tokens.edges */
    uint16_t edge_count;
    uint16_t vocab; /* index in sf_grammar_words, NO_VOCAB */
    bool space;     /* white space before it */
    bool capital;
    bool punct;
} token;

#define NO_VOCAB UINT16_MAX

typedef struct tokens {
    const sf_text *text;
    sf_vec(token) list;
    sf_vec(edge) edges;
} tokens;

/* The tokens of a sentence, in place of what was there. */
void sf_tokens_take(sf_arena *arena, tokens *out, const sf_text *text, uint32_t sentence);
static inline sf_str token_of(const tokens *t, uint32_t at) {
    return sf_span_of(t->text->text, t->list.at[at].span);
}
/* The literal's vocabulary index if the token is that word of the grammar's vocabulary. */
bool sf_token_is(const tokens *t, uint32_t at, const char *word);

/* Has the token a reading as this class? */
bool sf_tokens_class(const tokens *t, uint32_t at, int symbol);

#define MAX_PATH 20

/* A rule found in the sentence. */
typedef struct match {
    const rule *rule;
    uint32_t begin, end; /* tokens of the span, [begin, end) */
    uint32_t first;      /* with what stands before the span in the pattern */
    uint16_t priority;   /* place of the rule in the file */
    uint8_t count;
    edge path[MAX_PATH];
    uint32_t at[MAX_PATH]; /* the token where each edge of the path begins */
} match;

typedef struct matches {
    sf_vec(match) list;
    uint32_t *best; /* for each token: 1 + index of the best match that begins there, 0 */
    size_t room;
} matches;

/* All of the sentence; for each token the longest match, of equal ones the rule that stands first.
 */
void sf_matches_find(sf_arena *arena, matches *out, const tokens *t);

/* The nth edge of this class on the path, NULL if there are fewer. */
const edge *sf_match_edge(const match *m, int symbol, int nth);
static inline bool match_has(const match *m, int symbol) { return sf_match_edge(m, symbol, 0); }
static inline int match_value(const match *m, int symbol, int otherwise) {
    const edge *e = sf_match_edge(m, symbol, 0);
    return e ? e->value : otherwise;
}

#endif
