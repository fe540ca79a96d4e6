/* A store for a test program that asks for dossiers of made readings: a new one each. What goes
 * wrong here ends the program. */
#ifndef STORE_KIT_H
#define STORE_KIT_H

#include "any_store.h"
#include "story/story.h"

static char last_opened[16];

static inline sf_store *open_new(void) {
    static int stores;
    snprintf(last_opened, sizeof last_opened, "s%d", stores++);
    return open_store(last_opened);
}

/* Another handle of the store that open_new() gave last. */
static inline sf_store *open_same(void) { return open_again(last_opened); }

static inline void add(sf_store *store, const made *m) {
    const char *fault = sf_reading_check(&m->reading, m->page.bytes);
    if (fault)
        printf("Bail out! %s\n", fault), exit(1);
    put(store, m);
}

static inline sf_dossier *on(sf_store *store, sf_arena *arena, const char *subject,
                             const char *as_of) {
    sf_dossier *d = NULL;
    sofar_error err = {0};
    sf_date bound = {0};
    if (as_of)
        sf_date_parse(sf_str_of(as_of), &bound);
    if (sf_story_dossier(store, arena, sf_str_of(subject), bound, &d, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return d;
}

#endif
