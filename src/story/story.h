/* story: readings -> dossier: what all pages say about one subject, as of a day. A pure function of
 * the captures and their content: the order of adding does not show. Facts are merged over pages
 * and get a state; quotes by and about the subject, and dated sentences that name it, are joined
 * over pages where they say the same words. */
#ifndef SF_STORY_H
#define SF_STORY_H

#include "store/store.h"

/* One place on one page that says it, to the letter. */
typedef struct sf_receipt {
    sf_str url, file, outlet, title, published; /* absent where unknown */
    sf_span span;           /* in the page's canonical text; first to last byte of the item */
    sf_str exact;           /* text[span] */
    sf_str context;         /* the block(s) it stands in */
    sf_span in_context;     /* where exact stands in context */
    const char *sha256;     /* of the original */
    const sf_capture *page; /* the rest that is known of the page; NULL where only this was kept */
    bool relayed; /* another outlet stands behind it: a copy, an agency's text, "told Variety" */
} sf_receipt;

typedef enum sf_state {
    SF_CURRENT,
    SF_SUPERSEDED, /* a later page gave another value for what can hold only one, or it ended */
    SF_DISPUTED,   /* pages of about the same time disagree */
    SF_WITHDRAWN   /* denied by the last who spoke of it */
} sf_state;

const char *sf_state_word(sf_state state);

typedef struct sf_told_role {
    sf_str name, value; /* "who"; the subject's name or the plain value */
    uint32_t subject;   /* number of the subject in this dossier, from 1; 0 for a plain value */
    sofar_subject_type type; /* of the subject; SOFAR_OTHER for a plain value */
} sf_told_role;

/* A typed event or credit, told by one or more pages. */
typedef struct sf_told_fact {
    sf_str id; /* "Low_Tide/3f9a12c4ab": the same whenever the pages say the same (ident.c) */
    sf_str type;
    sf_told_role *roles; /* in the order of the kind */
    size_t role_count;
    sf_str when; /* the finest day that is told; absent if none is */
    sofar_claim status;
    sf_state state;
    sf_str first_said, last_said; /* days of publication; absent if all its pages are undated */
    sf_str by;                    /* who says so; absent if pages say it themselves */
    size_t sources;               /* independent ones */
    sf_receipt *receipts;         /* first said first */
    sofar_claim *statuses;        /* of each receipt: what that page says of it */
    uint64_t *origins;            /* who stands behind each: equal for one independent source */
    size_t receipt_count;
    size_t *rivals; /* facts that give another value for what can hold only one */
    size_t rival_count;
    sf_str says; /* template, as in beats: "{who} was cast{ as {as}}"; absent if none is known */
    sofar_claim told; /* the status that the template's words have */
} sf_told_fact;

typedef struct sf_open_end { /* what the story has not told yet */
    sf_str why;              /* "planned", "rumoured", "disputed", "missing" */
    size_t fact;             /* the one that is so, or that something should follow */
    sf_str lacks;            /* the type of fact that is missing; else absent */
} sf_open_end;

typedef struct sf_told_quote {
    sf_str speaker;  /* full name; absent if the page does not say */
    bool by_subject; /* the subject speaks; else it is spoken of */
    sf_str text;     /* pieces joined by " ... " */
    sofar_quote_kind kind;
    sf_str via, when;     /* absent if not said */
    sf_receipt *receipts; /* first said first */
    size_t receipt_count;
} sf_told_quote;

/* A sentence that names the subject and holds a date, which no fact tells. */
typedef struct sf_told_event {
    sf_str when; /* ISO 8601 value of its time expression */
    sf_str text; /* the sentence */
    sf_receipt *receipts;
    size_t receipt_count;
} sf_told_event;

typedef struct sf_told_source { /* a page that was used */
    sf_str url, file, outlet, title, published;
    size_t receipts;
    const sf_capture *page;
} sf_told_source;

typedef struct sf_dossier {
    sf_str name;
    sofar_subject_type type;
    sf_str *aliases;
    size_t alias_count;
    sf_str
        *names; /* under which pages were looked for: the one asked for, and what it was renamed */
    size_t name_count;
    uint32_t number;     /* of the subject among the dossier's; 0 if no fact speaks of it */
    sf_date as_of;       /* year 0: no bound */
    sf_told_fact *facts; /* in order of when first said, kind and words */
    size_t fact_count;
    sf_open_end *open;
    size_t open_count;
    sf_told_quote *quotes; /* in order of when said (else published), then text */
    size_t quote_count;
    sf_told_event *events; /* in order of when, then published, then text */
    size_t event_count;
    sf_told_source *sources; /* in order of day; undated last */
    size_t source_count;
} sf_dossier;

/* Finds and merges. A subject nobody has heard of gives a dossier with no sources. */
sofar_status sf_story_dossier(sf_store *store, sf_arena *arena, sf_str subject, sf_date as_of,
                              sf_dossier **out, sofar_error *err);

/* The subjects that facts speak of, in order of their names, without surnames of people who are
 * named in full elsewhere. Errors: those of the store. */
sofar_status sf_story_subjects(sf_store *store, sf_arena *arena, sf_told **out, size_t *count,
                               sofar_error *err);

/* The same out of rows that were counted elsewhere (sf_store_told's, unjoined), in place, as far as
 * no reviewer decided anything. Rows whose names have the same last word, case aside, can be told
 * apart from all others. Uses the arena and its escape. */
size_t sf_story_subjects_of(sf_arena *arena, sf_told *rows, size_t count);

/* The subject's part of a fact's id: "Low_Tide" of "Low Tide", "Fool%27s_Gold" of "Fool's Gold";
 * and the name again of an id or its part. */
sf_str sf_story_key(sf_arena *arena, sf_str name);
sf_str sf_story_key_name(sf_arena *arena, sf_str id);

#endif
