/* Stores for bench/gallery, of pages made here, so that only what comes behind reading is measured.
 * usage: bench-gallery STORE many|long|one [PAGES]
 * many: 900 works and 100 people, 100,000 facts on 10,000 pages; long: one work with 10,000 facts
 * on 1,000 pages (or on PAGES, ten a page); one: one page more about a work of `many`. */
#include <stdio.h>
#include <stdlib.h>

#include "../tests/made.h"
#include "store/store.h"

enum { FACTS_A_PAGE = 10, WORKS = 900, PEOPLE = 100, PAGES = 10000, LONG_PAGES = 1000 };

static sf_str text(sf_arena *arena, size_t page, const char *work, const char *who) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < FACTS_A_PAGE; i++)
        sf_buf_printf(&out,
                      "%sOn page %zu it is told at number %zu that %s, of which much was said in "
                      "the harbour over the winter, was seen by %s and by many more who had come "
                      "for it from the islands.",
                      i ? "\n\n" : "", page, i, work, who);
    sf_buf_char(&out, '\0');
    return sf_buf_str(&out);
}

/* Ten facts of a work: a release in a town of its own, a prize, a credit of somebody, and such. */
static void tell(sf_arena *arena, made *m, size_t page, const char *work, const char *who) {
    static const char *const credits[] = {"plays", "directs", "writes", "produces", "composes"};
    for (size_t i = 0; i < FACTS_A_PAGE; i++) {
        sf_str words = sf_str_format(arena, "it is told at number %zu that %s", i, work);
        sf_str roles, when = SF_ABSENT;
        const char *type;
        if (i == 0) {
            type = credits[page % 5];
            roles = sf_str_format(arena, "who=%s, work=%s", who, work);
        } else if (i % 3 == 0) {
            type = "nominated";
            roles = sf_str_format(arena, "who=Nominee %zu-%zu, award=Prize %zu, work=%s", page, i,
                                  i, work);
        } else if (i % 3 == 1) {
            type = "released";
            roles = sf_str_format(arena, "work=%s, place=Town %zu-%zu", work, page, i);
            when = sf_str_format(arena, "20%02zu-%02zu-%02zu", 10 + page % 12, 1 + page / 12 % 12,
                                 1 + (page + i) % 28);
        } else {
            type = "produces";
            roles = sf_str_format(arena, "who=Helper %zu-%zu, work=%s", page, i, work);
        }
        made_fact(m, words.ptr, type, roles.ptr, when.ptr, i == 4 ? SOFAR_PLANNED : SOFAR_STATED);
    }
}

static sofar_status add(sf_store *store, size_t page, const char *work, size_t person,
                        sofar_error *err) {
    sf_arena arena;
    bool added;
    sf_arena_init(&arena, NULL, NULL);
    const char *who = sf_str_format(&arena, "Person%02zu Lind%02zu", person, person).ptr;
    sf_str url = sf_str_format(&arena, "https://outlet%zu.example/%zu", page % 40, page);
    sf_str day = sf_str_format(&arena, "20%02zu-%02zu-%02zu", 10 + page % 12, 1 + page / 12 % 12,
                               1 + page / 144 % 28);
    made *m = made_page(&arena, "page.html", url.ptr, day.ptr, text(&arena, page, work, who).ptr);
    made_subject(m, work, SOFAR_WORK, NULL);
    made_subject(m, who, SOFAR_PERSON, NULL);
    tell(&arena, m, page, work, who);
    if (page % 2 == 0)
        made_quote(m, "of which much was said", NULL, who);
    sofar_status status = sf_store_add(store, &m->reading, &m->page, &added, err);
    sf_arena_clear(&arena);
    return status;
}

int main(int argc, char **argv) {
    sofar_error err;
    sf_store *store;
    if (argc < 3 || argc > 4 || sf_store_open(argv[1], SF_STORE_WRITE, &store, &err))
        return fprintf(stderr, "bench-gallery STORE many|long|one [PAGES]: %s\n",
                       argc == 3 || argc == 4 ? err.msg : ""),
               2;
    bool is_long = strcmp(argv[2], "long") == 0, one = strcmp(argv[2], "one") == 0;
    size_t begin = one ? PAGES : 0, end = one ? PAGES + 1 : is_long ? LONG_PAGES : PAGES;
    if (argc == 4)
        end = begin + strtoul(argv[3], NULL, 10);
    sofar_status status = sf_store_begin(store, &err);
    for (size_t page = begin; page < end && !status; page++) {
        char work[32];
        snprintf(work, sizeof work, "Work%03zu Tide%03zu", is_long ? 0 : page % WORKS,
                 is_long ? 0 : page % WORKS);
        status = add(store, page, work, page % PEOPLE, &err);
    }
    if (!status)
        status = sf_store_commit(store, &err);
    if (status)
        fprintf(stderr, "%s\n", err.msg);
    sf_store_close(store);
    return status != SOFAR_OK;
}
