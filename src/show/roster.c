#include "show/roster.h"

#include <stdlib.h>

#include "show/plain.h"
#include "show/slug.h"

static bool gets_page(sofar_subject_type type) {
    return type == SOFAR_PERSON || type == SOFAR_ORGANIZATION || type == SOFAR_WORK;
}

sf_listing *sf_roster_add(sf_arena *arena, sf_roster *roster, sf_str asked) {
    size_t of = roster->count;
    sf_listing *one = SF_PUSH(arena, roster);
    *one = (sf_listing){.asked = asked, .of = of};
    return one;
}

sofar_status sf_roster_add_all(sf_store *store, sf_arena *arena, bool named, sf_roster *roster,
                               sofar_error *err) {
    sf_told *told;
    size_t count;
    sofar_status status = sf_story_subjects(store, arena, &told, &count, err);
    for (size_t i = 0; !status && i < count; i++) {
        if (!gets_page(told[i].type))
            continue;
        sf_listing *one = sf_roster_add(arena, roster, told[i].name);
        if (named && !told[i].renamed)
            one->entry =
                (sf_entry){.name = sf_plain_line(arena, told[i].name), .type = told[i].type};
    }
    return status;
}

sofar_status sf_roster_find_name(sf_store *store, sf_arena *arena, sf_arena *scratch, sf_date as_of,
                                 sf_listing *one, sofar_error *err) {
    sf_dossier *d;
    sf_arena_reset(scratch);
    sofar_status status = sf_story_dossier(store, scratch, one->asked, as_of, &d, err);
    if (!status && d->source_count) {
        one->entry.name = sf_str_copy(arena, sf_plain_line(scratch, d->name));
        one->entry.type = d->type;
    }
    return status;
}

static int by_name(const void *a, const void *b) {
    const sf_listing *x = a, *y = b;
    int order = sf_str_compare(x->entry.name, y->entry.name);
    if (!order)
        order = (x->entry.type > y->entry.type) - (x->entry.type < y->entry.type);
    return order ? order : sf_str_compare(x->asked, y->asked);
}

void sf_roster_shelve(sf_arena *arena, sf_roster *roster) {
    size_t kept = 0;
    sf_listing *all = roster->at;
    if (roster->count)
        qsort(all, roster->count, sizeof *all, by_name);
    for (size_t i = 0; i < roster->count; i++) {
        bool again = kept && sf_str_equal(all[kept - 1].entry.name, all[i].entry.name) &&
                     all[kept - 1].entry.type == all[i].entry.type;
        if (all[i].entry.name.ptr && !again)
            all[kept++] = all[i];
    }
    roster->count = kept;
    sf_entry *entries = SF_ARRAY(arena, sf_entry, kept + 1);
    for (size_t i = 0; i < kept; i++)
        entries[i] = all[i].entry;
    sf_shelf_name(arena, entries, kept);
    for (size_t i = 0; i < kept; i++)
        all[i].entry.stem = entries[i].stem;
}
