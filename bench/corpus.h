/* Invented corpora with known truth: seeded stories of works, their people and houses, told by
 * pages of many outlets over time. What a page says is a reading made here, not read off it, so
 * that only what comes behind the reading is measured; texts and spans agree all the same.
 *
 * A story goes through STEPS of forty days. In each step pages tell some of its facts: first
 * sayings, repetitions, finer days, denials, corrections, departures. Between the steps lie days on
 * which the truth is settled: what state each fact has as of then, and how many independent sources
 * have told it. Beside the reporting there are near-copies (also long after), texts of an agency,
 * relays ("told the ..."), undated pages and pages dated in the future that tell lies.
 *
 * The stories of a seed are the same whatever the size, the largest first: a larger corpus holds
 * the smaller one. All of it lives in the arenas that are passed. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include "read/read.h"
#include "story/story.h"

enum {
    CORPUS_STEPS = 6,
    CORPUS_STEP_DAYS = 40,
    CORPUS_ROLES = 4,
    CORPUS_MOST_FACTS = 64,
    CORPUS_MOST_CLAIMS = 6 /* of a page */
};

typedef struct corpus_role {
    const char *name;
    sf_str value;
    sofar_subject_type type;
    bool plain; /* no subject of the page */
} corpus_role;

/* A fact of a story, and what holds of it as of the end of each step. */
typedef struct corpus_fact {
    const char *type;
    corpus_role roles[CORPUS_ROLES];
    size_t role_count;
    bool lie;                     /* told by undated and future pages only */
    bool told[CORPUS_STEPS];      /* by then */
    sf_state state[CORPUS_STEPS]; /* where told */
    sf_str when[CORPUS_STEPS];    /* where told; absent: not dated */
    bool widely;                  /* decided by pages that need not name all who play a part */
    uint32_t also;                /* a fact that who says this says too; SF_NONE */
} corpus_fact;

typedef struct corpus_claim {
    uint32_t fact;
    sofar_claim status;
    sf_str when; /* absent if not said */
    bool coarse; /* without its optional role */
} corpus_claim;

typedef struct corpus_page {
    size_t step;
    int32_t day;      /* of publication, since 1970; INT32_MAX: undated */
    bool future;      /* published after it was captured */
    uint32_t outlet;  /* whose page */
    uint32_t origin;  /* outlet behind it, for what is not relayed; outlets + n: agency n */
    uint32_t copy_of; /* a page before it; SF_NONE */
    uint32_t relayed; /* the outlet that has it, SF_NONE: its own reporting */
    corpus_claim claims[CORPUS_MOST_CLAIMS];
    size_t claim_count;
} corpus_page;

typedef struct corpus_story {
    uint64_t seed;
    int32_t begin;
    sf_str work, old_name; /* old_name: absent, or the name until step renamed */
    size_t renamed;
    sf_str studio;
    corpus_fact facts[CORPUS_MOST_FACTS];
    size_t fact_count;
    corpus_page *pages;
    size_t page_count;
} corpus_story;

typedef struct corpus {
    uint64_t seed;
    size_t words;        /* of other text on a page, about */
    size_t html;         /* bytes of mark-up around the text; 0: the page is plain text */
    uint32_t *story_at;  /* of each page */
    uint32_t *number_at; /* its number in its story */
    size_t page_count, story_count;
} corpus;

/* pages: how many; in an order in which stories are mixed. */
void corpus_init(sf_arena *arena, corpus *out, uint64_t seed, size_t pages);
/* How many pages a story has. */
size_t corpus_story_size(const corpus *c, size_t story);
corpus_story *corpus_make_story(sf_arena *arena, const corpus *c, size_t story);
/* The page's reading and bytes. */
void corpus_make_page(sf_arena *arena, const corpus *c, const corpus_story *s, size_t number,
                      sofar_reading *reading, sofar_page *page);

/* A day between the step and the next. */
sf_date corpus_settled(const corpus_story *s, size_t step);
/* Independent sources of a fact, as of the end of a step; undated pages count at the last one. */
size_t corpus_sources(const corpus_story *s, size_t fact, size_t step);
/* Does the fact give this subject a part? */
bool corpus_names(const corpus_fact *f, sf_str subject);

/* ---- what both files use ---- */

uint64_t corpus_random(uint64_t *state);
uint32_t corpus_below(uint64_t *state, uint32_t n);
sf_str corpus_outlet(sf_arena *arena, uint32_t outlet);
enum { CORPUS_OUTLETS = 300, CORPUS_AGENCIES = 3 };
extern const char *const corpus_agencies[CORPUS_AGENCIES]; /* as a dateline has them */

#endif
