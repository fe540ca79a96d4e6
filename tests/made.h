/* Readings made by hand, so that tests of store and story say exactly what stands on a page and do
 * not depend on how well the rooms before read it.
 *
 *     made *m = made_page(&arena, "a.html", "https://post.example/a", "2021-10-15",
 *                         "\"A long summer,\" said Ana Ruiz.");
 *     made_subject(m, "Ana Ruiz", SOFAR_PERSON, NULL);
 *     made_quote(m, "A long summer,", NULL, "Ana Ruiz");
 */
#ifndef MADE_H
#define MADE_H

#include "read/read.h"

typedef struct made {
    sofar_reading reading;
    sofar_page page;
    sf_arena *arena; /* all memory of it */
} made;

/* Blocks are parted by blank lines. The original is the text itself. published may be NULL. */
made *made_page(sf_arena *arena, const char *file, const char *url, const char *published,
                const char *text);
/* Every occurrence of the name and of the alias (may be NULL) becomes a mention. */
void made_subject(made *m, const char *name, sofar_subject_type type, const char *alias);
/* One or two pieces; speaker is a subject's name, or NULL. */
sofar_quote *made_quote(made *m, const char *piece, const char *second, const char *speaker);
void made_time(made *m, const char *words, const char *value);
/* "who=Ana Ruiz, as=Mira, work=Low Tide": subjects where the page has one of that name,
 * else plain values. Its receipt is where `words` stand. when may be NULL. */
sofar_fact *made_fact(made *m, const char *words, const char *type, const char *roles,
                      const char *when, sofar_claim status);
/* A page with some of everything. */
made *made_sample(sf_arena *arena);

#endif
