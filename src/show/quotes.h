/* show: what was said, and the audit of who is quoted -> terminal, JSON, CSV. Pure functions into
 * buffers. */
#ifndef SF_SHOW_QUOTES_H
#define SF_SHOW_QUOTES_H

#include "show/show.h"
#include "story/saying.h"

void sf_show_quotes(sf_buf *out, const sf_sayings *sayings, sf_terminal terminal);
/* {"pages": 3, "quotes": [...]} */
void sf_show_quotes_json(sf_buf *out, const sf_sayings *sayings);
/* A line a quote and page. */
void sf_show_quotes_csv(sf_buf *out, const sf_sayings *sayings);

/* Counted as printed: a quote on three pages counts three times. */
typedef struct sf_audit_line {
    sf_str name;
    size_t quotes, words;
    size_t named, unnamed, unknown; /* speakers: a name; only a description; neither */
    size_t first_hand, relayed;     /* relayed: told to another outlet than the page's own */
} sf_audit_line;

typedef struct sf_audit_list {
    sf_audit_line *at; /* most quotes first, then by name */
    size_t count;
} sf_audit_list;

typedef struct sf_audit {
    sf_audit_line all; /* without name */
    sf_audit_list outlets, speakers, subjects;
    size_t pages;
} sf_audit;

/* n log n. */
sf_audit sf_show_audit_of(sf_arena *arena, const sf_sayings *sayings);

void sf_show_audit(sf_buf *out, const sf_audit *audit, sf_terminal terminal);
void sf_show_audit_json(sf_buf *out, const sf_audit *audit);
void sf_show_audit_csv(sf_buf *out, const sf_audit *audit);

#endif
