/* scene: the writer's own words around the quoted runs. Each top run is one item among the words
 * outside, so that syntax can be read across it: `[run] , said Ana Ruiz .` */
#ifndef SF_QUOTE_SCENE_H
#define SF_QUOTE_SCENE_H

#include "quote/cue.h"
#include "quote/marks.h"
#include "quote/quote.h"
#include "quote/syntax.h"

typedef struct sf_item {
    sf_span span;   /* a run's with its marks */
    uint32_t word;  /* index in the text's words; SF_NONE for a run */
    uint32_t run;   /* index in the runs; SF_NONE for a word */
    uint32_t is;    /* SF_CUE_ sections of a word */
    uint32_t first; /* first item of its sentence, the writer's one: it spans the runs in it */
    uint32_t end;   /* behind its last */
    uint32_t said;  /* the last cue at or before it in its sentence, or SF_NONE */
    uint32_t block;
    char mark; /* of punctuation its character, '-' for any dash; else 0 */
    bool capital;
} sf_item;

/* A verb of saying with the words of its subject. */
typedef struct sf_said {
    uint32_t item;   /* the verb, or the noun */
    uint32_t token;  /* its token */
    uint32_t head;   /* the token that the subject hangs on, or SF_NONE */
    sf_span cue;     /* its word */
    sf_span speaker; /* the subject's head phrase; empty if none was found */
    uint32_t near;   /* the first item of the verb and its subject; SF_NONE if there is none */
    bool pronoun;    /* he, she, they ... */
    uint32_t is;
} sf_said;

typedef struct sf_scene {
    sf_arena *arena;
    const sf_text *text;
    const sofar_clipping *clipping;
    const sf_model *model;
    const sf_analysis *analysis;
    const sf_syntax *syntax;
    const sf_people *people;
    const sf_times *times;
    sf_runs runs;
    sf_item *items;
    uint32_t item_count;
    uint32_t *block_first; /* items of block b: [block_first[b], block_first[b + 1]) */
    uint32_t *run_item;    /* of each run: its item, or the item of the top run it stands in */
    sf_said *saids;
    uint32_t said_count;
    uint32_t *cue_at; /* of each token: its cue in saids, or SF_NONE */
} sf_scene;

/* Items and sentences; no cues yet. Linear. */
void sf_scene_make(sf_scene *scene);

static inline sf_str sf_item_str(const sf_scene *s, uint32_t item) {
    return sf_span_of(s->text->text, s->items[item].span);
}
static inline bool sf_item_is(const sf_scene *s, uint32_t item, uint32_t sections) {
    return (s->items[item].is & sections) != 0;
}
/* The item at or behind a byte. */
uint32_t sf_item_at(const sf_scene *s, uint32_t byte);
/* The last character of a run's words, as far as it matters: , . ? ! - (dash, ellipsis) or 'a'. */
char sf_run_ends(const sf_scene *s, uint32_t run);
bool sf_run_begins_upper(const sf_scene *s, uint32_t run);

#endif
