/* From claims to the facts of a dossier: the way through the rooms' own files, and what is told in
 * the end: only facts in which the subject plays a part. */
#include <stdlib.h>

#include "story/inner.h"

typedef struct teller {
    sf_arena *arena;
    sf_view *views;
    const sf_lore *lore;
    sf_joined joined;
    sf_origins origins;
    sf_claims claims;
    sf_all_merged all;
    sf_str asked;     /* words of the subject's name */
    uint32_t *number; /* of each joined subject in the dossier; 0: none yet */
    uint32_t numbers;
} teller;

/* ---- which, in which order ---- */

static bool is_asked(const teller *t, const sf_part *p) {
    return p->there &&
           (p->who != SF_NONE ? t->joined.asked[p->who] : sf_str_equal(p->words, t->asked));
}

static bool is_about(const teller *t, const sf_merged *f) {
    for (size_t r = 0; r < f->kind->role_count; r++)
        if (is_asked(t, &f->parts[r]))
            return true;
    return false;
}

static int compare_parts(const sf_merged *x, const sf_merged *y) {
    int order = 0;
    for (size_t r = 0; r < x->kind->role_count && r < y->kind->role_count && !order; r++)
        order = sf_str_compare(x->parts[r].words, y->parts[r].words);
    return order;
}

static int in_order(const void *a, const void *b) {
    const sf_merged *x = *(const sf_merged *const *)a, *y = *(const sf_merged *const *)b;
    int order = (x->first > y->first) - (x->first < y->first);
    if (!order)
        order = sf_story_compare(x->kind->order, y->kind->order);
    if (!order)
        order = compare_parts(x, y);
    if (!order)
        order = sf_story_compare_when(x->days, y->days);
    return order ? order : sf_story_compare(x->claims.at[0], y->claims.at[0]);
}

/* ---- one fact ---- */

/* The value that most claims have; of equals the longer one. */
static sf_str usual_value(const teller *t, const sf_merged *f, size_t role) {
    sf_str best = f->parts[role].shown;
    size_t most = 0;
    enum { MOST_CLAIMS = 64 };
    size_t count = f->claims.count < MOST_CLAIMS ? f->claims.count : MOST_CLAIMS;
    for (size_t i = 0; i < count; i++) {
        const sf_part *p = &t->claims.at[f->claims.at[i]].parts[role];
        size_t votes = 0;
        for (size_t k = 0; k < count; k++) {
            const sf_part *other = &t->claims.at[f->claims.at[k]].parts[role];
            votes += other->there && other->exact == p->exact;
        }
        if (p->there && (votes > most || (votes == most && p->shown.len > best.len))) {
            most = votes;
            best = p->shown;
        }
    }
    return best;
}

/* What the first page that has the role calls it. */
static sf_str name_on_page(const teller *t, const sf_merged *f, size_t role) {
    for (size_t i = 0; i < f->claims.count; i++) {
        const sf_claim *c = &t->claims.at[f->claims.at[i]];
        for (size_t r = 0; r < c->fact->role_count; r++) {
            const sofar_role *said = &c->fact->roles[r];
            if (sf_str_equal(said->name, f->kind->roles[role]))
                return said->subject == SOFAR_NOBODY
                           ? said->value
                           : t->views[c->view].capture->subjects[said->subject].name;
        }
    }
    return f->parts[role].shown;
}

/* The subject is `who` of what is mutual. */
static void turn(const teller *t, const sf_merged *f, sf_told_fact *out) {
    size_t who = sf_kind_role(f->kind, SF_STR("who")), whom = sf_kind_role(f->kind, SF_STR("whom"));
    if (!f->kind->mutual || out->role_count < 2 || !is_asked(t, &f->parts[whom]) ||
        is_asked(t, &f->parts[who]))
        return;
    sf_told_role first = out->roles[0], second = out->roles[1];
    out->roles[0] = second, out->roles[1] = first;
    out->roles[0].name = first.name, out->roles[1].name = second.name;
}

static void tell_roles(teller *t, const sf_merged *f, sf_told_fact *out) {
    out->roles = SF_ARRAY(t->arena, sf_told_role, f->kind->role_count);
    for (size_t r = 0; r < f->kind->role_count; r++) {
        const sf_part *p = &f->parts[r];
        if (!p->there)
            continue;
        sf_told_role *role = &out->roles[out->role_count++];
        role->name = f->kind->roles[r];
        role->value = p->shown;
        role->type = SOFAR_OTHER;
        if (p->who != SF_NONE) {
            if (!t->number[p->who])
                t->number[p->who] = ++t->numbers;
            role->subject = t->number[p->who];
            role->type = t->joined.types[p->who];
            role->value = f->kind->verbatim ? name_on_page(t, f, r) : t->joined.names[p->who];
        } else if (sf_str_equal(role->name, SF_STR("value"))) {
            role->value = usual_value(t, f, r);
        }
    }
    turn(t, f, out);
}

static int by_origin(const void *a, const void *b) {
    return sf_story_compare(*(const uint64_t *)a, *(const uint64_t *)b);
}

/* Who stands behind each of its claims. */
static uint64_t *origins_of(const teller *t, const sf_merged *f) {
    uint64_t *out = SF_ARRAY(t->arena, uint64_t, f->claims.count);
    for (size_t i = 0; i < f->claims.count; i++) {
        const sf_claim *c = &t->claims.at[f->claims.at[i]];
        out[i] = sf_story_origin_at(t->arena, t->lore, &t->origins, t->views, c);
    }
    return out;
}

/* Those who support it: who affirms it, or who denies it where that is what stands. */
static size_t count_sources(const teller *t, const sf_merged *f, const uint64_t *of) {
    uint64_t *origins = SF_ARRAY(t->arena, uint64_t, f->claims.count);
    size_t count = 0, distinct = 0;
    bool denied = false;
    for (size_t i = 0; i < f->claims.count; i++)
        denied |= t->claims.at[f->claims.at[i]].fact->status == SOFAR_DENIED;
    for (size_t i = 0; i < f->claims.count; i++) {
        const sf_claim *c = &t->claims.at[f->claims.at[i]];
        bool denies = f->status == SOFAR_DENIED || (f->state == SF_WITHDRAWN && denied);
        if ((c->fact->status == SOFAR_DENIED) == denies)
            origins[count++] = of[i];
    }
    if (count)
        qsort(origins, count, sizeof *origins, by_origin);
    for (size_t i = 0; i < count; i++)
        distinct += i == 0 || origins[i] != origins[i - 1];
    return distinct;
}

/* Who says so, if no page says it in its own words. */
static sf_str said_by(const teller *t, const sf_merged *f) {
    sf_str by = SF_ABSENT;
    for (size_t i = 0; i < f->claims.count; i++) {
        const sf_claim *c = &t->claims.at[f->claims.at[i]];
        if (c->fact->status != f->status)
            continue;
        if (c->fact->by == SOFAR_NOBODY)
            return SF_ABSENT;
        if (!by.ptr)
            by = t->joined.names[t->joined.of[c->view][c->fact->by]];
    }
    return by;
}

static void tell_receipts(teller *t, const sf_merged *f, const uint64_t *origins,
                          sf_told_fact *out) {
    size_t room = 0, from = 0;
    for (size_t i = 0; i < f->claims.count; i++)
        room += t->claims.at[f->claims.at[i]].fact->receipt_count;
    out->receipts = SF_ARRAY(t->arena, sf_receipt, room);
    out->statuses = SF_ARRAY(t->arena, sofar_claim, room);
    out->origins = SF_ARRAY(t->arena, uint64_t, room);
    size_t view = SIZE_MAX;
    for (size_t i = 0; i < f->claims.count; i++) {
        const sf_claim *c = &t->claims.at[f->claims.at[i]];
        if (c->view != view) {
            view = c->view;
            from = out->receipt_count;
        }
        for (size_t r = 0; r < c->fact->receipt_count; r++) {
            sf_span span = c->fact->receipts[r];
            bool told = false;
            for (size_t k = from; k < out->receipt_count && !told; k++)
                told = out->receipts[k].span.begin == span.begin &&
                       out->receipts[k].span.end == span.end && out->statuses[k] == c->fact->status;
            if (told || span.begin >= span.end)
                continue;
            sf_receipt receipt = sf_story_receipt(&t->views[view], span);
            receipt.relayed = origins[i] != t->origins.own[view];
            out->statuses[out->receipt_count] = c->fact->status;
            out->origins[out->receipt_count] = origins[i];
            out->receipts[out->receipt_count++] = receipt;
        }
    }
}

static void tell_days(const teller *t, const sf_merged *f, sf_told_fact *out) {
    for (size_t i = 0; i < f->claims.count; i++) {
        const sf_claim *c = &t->claims.at[f->claims.at[i]];
        if (c->said == SF_UNDATED)
            continue;
        sf_str published = t->views[c->view].capture->clipping.published;
        if (!out->first_said.ptr)
            out->first_said = published;
        out->last_said = published;
    }
}

void sf_story_choose_words(const sf_kind *kind, sf_told_fact *out) {
    const sf_str *says = kind->says;
    bool plan = out->status == SOFAR_PLANNED || out->status == SOFAR_RUMOURED;
    out->told = says[out->status].ptr             ? out->status
                : plan && says[SOFAR_PLANNED].ptr ? SOFAR_PLANNED
                                                  : SOFAR_STATED;
    out->says = says[out->told];
}

static sf_told_fact tell(teller *t, const sf_merged *f) {
    const uint64_t *origins = origins_of(t, f);
    sf_told_fact out = {.type = f->kind->name,
                        .when = f->when,
                        .status = f->status,
                        .state = f->state,
                        .by = said_by(t, f),
                        .sources = count_sources(t, f, origins)};
    sf_story_choose_words(f->kind, &out);
    tell_roles(t, f, &out);
    tell_days(t, f, &out);
    tell_receipts(t, f, origins, &out);
    return out;
}

/* ---- all ---- */

static int by_index(const void *a, const void *b) {
    return sf_story_compare(*(const size_t *)a, *(const size_t *)b);
}

static void tell_rivals(teller *t, const sf_merged *const *told, size_t count, sf_dossier *out) {
    size_t *index = SF_ARRAY(t->arena, size_t, t->all.count);
    for (size_t i = 0; i < t->all.count; i++)
        index[i] = SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        index[told[i] - t->all.at] = i;
    for (size_t i = 0; i < count; i++) {
        sf_told_fact *fact = &out->facts[i];
        fact->rivals = SF_ARRAY(t->arena, size_t, told[i]->rivals.count);
        for (size_t r = 0; r < told[i]->rivals.count; r++)
            if (index[told[i]->rivals.at[r]] != SIZE_MAX)
                fact->rivals[fact->rival_count++] = index[told[i]->rivals.at[r]];
        if (fact->rival_count)
            qsort(fact->rivals, fact->rival_count, sizeof *fact->rivals, by_index);
    }
}

static int by_place(const void *a, const void *b) {
    const sf_covered *x = a, *y = b;
    int order = sf_story_compare(x->view, y->view);
    if (!order)
        order = sf_story_compare(x->span.begin, y->span.begin);
    return order ? order : sf_story_compare_when(x->days, y->days);
}

static sf_all_covered cover(teller *t, const sf_merged *const *told, size_t count) {
    sf_vec(sf_covered) out = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < told[i]->claims.count; k++) {
            const sf_claim *c = &t->claims.at[told[i]->claims.at[k]];
            for (size_t r = 0; sf_days_there(c->days) && r < c->fact->receipt_count; r++)
                *SF_PUSH(t->arena, &out) = (sf_covered){c->view, c->fact->receipts[r], c->days};
        }
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, by_place);
    return (sf_all_covered){out.at, out.count};
}

sf_all_covered sf_story_facts(sf_arena *arena, sf_view *views, size_t count, size_t helpers,
                              sf_dossier *out) {
    teller t = {.arena = arena, .views = views, .lore = sf_story_lore(arena)};
    t.asked = sf_text_fold_name(arena, out->name);
    sf_story_versions(arena, views, count);
    t.joined = sf_story_join(arena, views, count + helpers, out->name);
    t.origins = sf_story_origins(arena, t.lore, views, count);
    for (size_t v = 0; v < count; v++)
        views[v].second_hand = t.origins.of_view[v] != t.origins.own[v];
    t.claims = sf_story_claims(arena, t.lore, views, count, &t.joined);
    t.all = sf_story_merge(arena, &t.claims);
    sf_story_redate(arena, &t.origins, count, &t.claims, &t.all);
    sf_story_decide(arena, t.lore, &t.claims, &t.all);
    const sf_merged **told = SF_ARRAY(arena, const sf_merged *, t.all.count);
    for (size_t i = 0; i < t.all.count; i++)
        if (is_about(&t, &t.all.at[i]))
            told[out->fact_count++] = &t.all.at[i];
    if (out->fact_count)
        qsort(told, out->fact_count, sizeof *told, in_order);
    t.number = SF_ARRAY(arena, uint32_t, t.joined.count);
    out->facts = SF_ARRAY(arena, sf_told_fact, out->fact_count);
    for (size_t i = 0; i < out->fact_count; i++)
        out->facts[i] = tell(&t, told[i]);
    for (size_t i = 0; i < t.joined.count; i++)
        if (t.joined.asked[i] && t.number[i] && (!out->number || t.number[i] < out->number))
            out->number = t.number[i];
    tell_rivals(&t, told, out->fact_count, out);
    sf_story_identify(arena, t.lore, out);
    sf_story_open(arena, t.lore, out);
    return cover(&t, told, out->fact_count);
}
