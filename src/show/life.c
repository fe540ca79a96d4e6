/* Where a work stands between its announcement and its release. */
#include "show/item.h"

static const sf_step work_life[] = {{"announced", "Announced", NULL},
                                    {"cast", "Cast", NULL},
                                    {"filming_started", "Filming", NULL},
                                    {"wrapped", "Wrapped", NULL},
                                    {"released", "Released", NULL}};

/* What has happened beats what is planned; else the one with more sources, the first of equals. */
static bool tells_better(const sf_told_fact *f, const sf_told_fact *than) {
    if (!than)
        return true;
    if (sf_fact_holds(f) != sf_fact_holds(than))
        return sf_fact_holds(f);
    if (!f->when.len != !than->when.len)
        return f->when.len > 0;
    return f->sources > than->sources;
}

size_t sf_show_life(const sf_dossier *d, const sf_step **out, sf_arena *arena, size_t *reached) {
    *reached = SIZE_MAX;
    sf_step *steps = SF_ARRAY(arena, sf_step, SF_LEN(work_life));
    memcpy(steps, work_life, sizeof work_life);
    bool any = false;
    for (size_t i = 0; i < d->fact_count && d->type == SOFAR_WORK; i++)
        for (size_t s = 0; s < SF_LEN(work_life); s++) {
            const sf_told_fact *f = &d->facts[i];
            if (!sf_str_equal(f->type, sf_str_of(steps[s].type)) || !sf_fact_stands(f) ||
                f->status == SOFAR_DENIED)
                continue;
            any = true;
            if (tells_better(f, steps[s].fact))
                steps[s].fact = f;
            if (f->status == SOFAR_STATED && (*reached == SIZE_MAX || s > *reached))
                *reached = s;
        }
    *out = steps;
    return any ? SF_LEN(work_life) : 0;
}
