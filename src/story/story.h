/* story: readings -> dossier: what all pages say about one subject, as of a day. A pure function of
 * the captures and their content: the order of adding does not show. First version: quotes by and
 * about the subject, and dated sentences that name it, joined over pages where they say the same
 * words. */
#ifndef SF_STORY_H
#define SF_STORY_H

#include "store/store.h"

/* One place on one page that says it, to the letter. */
typedef struct sf_receipt {
    sf_str url, file, outlet, title, published; /* absent where unknown */
    sf_span span;       /* in the page's canonical text; first to last byte of the item */
    sf_str exact;       /* text[span] */
    sf_str context;     /* the block(s) it stands in */
    sf_span in_context; /* where exact stands in context */
    const char *sha256; /* of the original */
} sf_receipt;

typedef struct sf_told_quote {
    sf_str speaker;  /* full name; absent if the page does not say */
    bool by_subject; /* the subject speaks; else it is spoken of */
    sf_str text;     /* pieces joined by " ... " */
    sofar_quote_kind kind;
    sf_str via, when;     /* absent if not said */
    sf_receipt *receipts; /* first said first */
    size_t receipt_count;
} sf_told_quote;

/* A sentence that names the subject and holds a date. */
typedef struct sf_told_event {
    sf_str when; /* ISO 8601 value of its time expression */
    sf_str text; /* the sentence */
    sf_receipt *receipts;
    size_t receipt_count;
} sf_told_event;

typedef struct sf_told_source { /* a page that was used */
    sf_str url, file, outlet, title, published;
    size_t receipts;
} sf_told_source;

typedef struct sf_dossier {
    sf_str name;
    sofar_subject_type type;
    sf_str *aliases;
    size_t alias_count;
    sf_date as_of;         /* year 0: no bound */
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

#endif
