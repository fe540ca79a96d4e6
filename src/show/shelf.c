/* The subjects of a gallery: what the index and links need to know of each. */
#include "show/item.h"
#include "show/setting.h"
#include "show/slug.h"

static sf_str joined(sf_arena *arena, const sf_str *names, size_t count) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (i)
            sf_buf_add(&out, SF_STR(", "));
        sf_buf_add(&out, sf_plain_line(arena, names[i]));
    }
    return count ? sf_buf_str(&out) : SF_ABSENT;
}

sf_entry sf_show_entry(sf_arena *arena, const sf_dossier *d) {
    sf_str lead[SF_MOST_SENTENCES];
    size_t count = sf_show_lead(arena, d, lead), reached;
    const sf_step *steps;
    bool lives = sf_show_life(d, &steps, arena, &reached) > 0;
    sf_plain_reach reach = sf_plain_reach_of(arena, d);
    sf_str says =
        count > 2 ? sf_str_format(arena, "%.*s %.*s", SF_ARG(lead[0]), SF_ARG(lead[1])) : lead[0];
    return (sf_entry){.name = sf_plain_line(arena, d->name),
                      .type = d->type,
                      .also = joined(arena, d->aliases, d->alias_count),
                      .says = says,
                      .step =
                          lives && reached != SIZE_MAX ? sf_str_of(steps[reached].word) : SF_ABSENT,
                      .pages = reach.pages,
                      .outlets = reach.outlets,
                      .facts = d->fact_count,
                      .quotes = d->quote_count,
                      .first = reach.first,
                      .last = reach.last};
}

void sf_show_own_entry(sf_arena *arena, sf_entry *e) {
    sf_str *const all[] = {&e->name, &e->stem, &e->also, &e->says, &e->step, &e->first, &e->last};
    for (size_t i = 0; i < SF_LEN(all); i++)
        if (all[i]->ptr)
            *all[i] = sf_str_copy(arena, *all[i]);
}

sf_str sf_shelf_stem(const sf_shelf *shelf, sf_str name, sofar_subject_type type) {
    size_t low = 0, high = shelf->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sf_str_compare(shelf->at[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool one = low < shelf->count && sf_str_equal(shelf->at[low].name, name);
    bool several = one && low + 1 < shelf->count && sf_str_equal(shelf->at[low + 1].name, name);
    for (size_t i = low; several && i < shelf->count && sf_str_equal(shelf->at[i].name, name); i++)
        if (shelf->at[i].type == type)
            return shelf->at[i].stem;
    return one && !several ? shelf->at[low].stem : SF_ABSENT;
}
