/* What is still open: what has only been planned, rumoured or disputed, and what the subject's life
 * should bring next (kinds.txt: then) and has not: a film that wrapped and has no release date. */
#include "story/inner.h"

static const sf_told_role *role_of(const sf_told_fact *f, sf_str name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, name))
            return &f->roles[i];
    return NULL;
}

/* The fact tells of the subject itself, not of another's part in it. */
static bool is_its_own(const sf_dossier *d, const sf_lore *lore, const sf_told_fact *f) {
    const sf_kind *kind = sf_lore_kind(lore, f->type);
    const sf_told_role *first = kind ? role_of(f, kind->roles[0]) : NULL;
    return first && first->subject && first->subject == d->number;
}

static bool is_known(const sf_dossier *d, const sf_lore *lore, sf_str type) {
    for (size_t i = 0; i < d->fact_count; i++)
        if (sf_str_equal(d->facts[i].type, type) && d->facts[i].state != SF_WITHDRAWN &&
            is_its_own(d, lore, &d->facts[i]))
            return true;
    return false;
}

/* What should follow, or what should follow that. */
static bool has_followed(const sf_dossier *d, const sf_lore *lore, sf_str type) {
    for (size_t steps = 0; type.ptr && steps < lore->kind_count; steps++) {
        if (is_known(d, lore, type))
            return true;
        const sf_kind *kind = sf_lore_kind(lore, type);
        type = kind ? kind->then : SF_ABSENT;
    }
    return false;
}

static bool is_listed(const sf_open_end *ends, size_t count, sf_str lacks) {
    for (size_t i = 0; i < count; i++)
        if (sf_str_equal(ends[i].lacks, lacks))
            return true;
    return false;
}

void sf_story_open(sf_arena *arena, const sf_lore *lore, sf_dossier *d) {
    sf_vec(sf_open_end) out = {0};
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        bool current = f->state == SF_CURRENT;
        if (f->state == SF_DISPUTED)
            *SF_PUSH(arena, &out) = (sf_open_end){SF_STR("disputed"), i, SF_ABSENT};
        else if (current && f->status == SOFAR_PLANNED)
            *SF_PUSH(arena, &out) = (sf_open_end){SF_STR("planned"), i, SF_ABSENT};
        else if (current && f->status == SOFAR_RUMOURED)
            *SF_PUSH(arena, &out) = (sf_open_end){SF_STR("rumoured"), i, SF_ABSENT};
    }
    size_t before = out.count;
    for (size_t k = lore->kind_count; k > 0; k--) { /* the latest of its life first */
        const sf_kind *kind = &lore->kinds[k - 1];
        for (size_t i = 0; kind->then.ptr && i < d->fact_count; i++) {
            const sf_told_fact *f = &d->facts[i];
            if (sf_str_equal(f->type, kind->name) && f->state == SF_CURRENT &&
                f->status == SOFAR_STATED && is_its_own(d, lore, f) &&
                !has_followed(d, lore, kind->then) &&
                !is_listed(out.at + before, out.count - before, kind->then))
                *SF_PUSH(arena, &out) = (sf_open_end){SF_STR("missing"), i, kind->then};
        }
    }
    d->open = out.at;
    d->open_count = out.count;
}
