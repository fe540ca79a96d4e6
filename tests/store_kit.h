/* A store for a test program that works with made readings: a new file each, in a folder of the
 * program's own. What goes wrong here ends the program. */
#ifndef STORE_KIT_H
#define STORE_KIT_H

#include <stdlib.h>
#include <unistd.h>

#include "made.h"
#include "story/story.h"

static char folder[256];
static int stores;

/* In memory, where that can be: many small stores, written to once. */
static inline void make_folder(void) {
    const char *base = getenv("TMPDIR");
    base = base ? base : access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/sofar-test-XXXXXX", base);
    if (!mkdtemp(folder))
        printf("Bail out! no folder for temporary files\n"), exit(1);
}

static inline bool remove_folder(void) {
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0;
}

static inline sf_store *open_new(void) {
    static char path[512];
    sofar_error err;
    sf_store *store = NULL;
    snprintf(path, sizeof path, "%s/%d.db", folder, stores++);
    if (sf_store_open(path, SF_STORE_WRITE, &store, &err))
        printf("Bail out! %s\n", err.msg), exit(1);
    return store;
}

static inline void add(sf_store *store, const made *m) {
    bool added;
    sofar_error err;
    const char *fault = sf_reading_check(&m->reading, m->page.bytes);
    if (fault || sf_store_add(store, &m->reading, &m->page, &added, &err))
        printf("Bail out! %s\n", fault ? fault : err.msg), exit(1);
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
