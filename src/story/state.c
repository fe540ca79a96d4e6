/* What holds, of facts that cannot all hold. In order:
 * 1. each fact by itself: what its dated pages affirm (a plan that came true is stated), and
 * whether the last who spoke of it denied it;
 * 2. what a later fact ended: who left, plays no more; who separated, is married no more;
 * 3. values of which only one can hold: the one said last holds; said at about the same time, both
 *    are disputed. What has happened beats what was planned, a plan beats a rumour.
 * Undated pages take no part in it. */
#include "story/inner.h"

enum {
    SAME_TIME = 2,    /* days that lie between pages of about the same time */
    ONE_EVENT = 60,   /* days within which two releases are two accounts of one */
    MOST_RIVALS = 512 /* facts of a group that are compared with each other */
};

const char *sf_state_word(sf_state state) {
    static const char *const words[] = {"current", "superseded", "disputed", "withdrawn"};
    return words[state];
}

typedef struct judge {
    sf_arena *arena;
    const sf_lore *lore;
    const sf_claims *claims;
    sf_all_merged *all;
    sf_vec(const sf_merged *) moves; /* of a release, stated */
} judge;

/* ---- a fact by itself ---- */

static bool outranks(sofar_claim a, sofar_claim b) { return a < b; } /* stated, planned, rumoured */

typedef struct denial {
    bool any;
    int32_t last;
    bool own_page; /* the last page that affirms it denies it too */
} denial;

static void note_claim(sf_merged *f, const sf_claim *c, denial *no) {
    bool dated = c->said != SF_UNDATED;
    if (c->fact->status == SOFAR_DENIED) {
        no->any = true;
        if (dated && c->said > no->last)
            no->last = c->said;
        return;
    }
    if (outranks(c->fact->status, f->status))
        f->status = c->fact->status;
    if (!dated)
        return;
    if (c->said < f->first)
        f->first = c->said;
    if (c->said > f->last)
        f->last = c->said;
}

/* Do some page's words affirm what others of its words deny? */
static bool has_two_minds(const judge *j, const sf_merged *f) {
    for (size_t i = 1; i < f->claims.count; i++) {
        const sf_claim *a = &j->claims->at[f->claims.at[i - 1]];
        const sf_claim *b = &j->claims->at[f->claims.at[i]];
        if (a->view == b->view && a->said == f->last &&
            (a->fact->status == SOFAR_DENIED) != (b->fact->status == SOFAR_DENIED))
            return true;
    }
    return false;
}

static void deny(const judge *j, sf_merged *f, const denial *no) {
    bool never = f->last == INT32_MIN && (f->status == SOFAR_DENIED || no->last != INT32_MIN);
    int64_t after = (int64_t)no->last - f->last;
    if (no->last == INT32_MIN && !never)
        return;
    if (!never && after < -SAME_TIME)
        return;
    if (never || after > SAME_TIME ||
        (after >= 0 && (f->status == SOFAR_RUMOURED || has_two_minds(j, f)))) {
        f->state = SF_WITHDRAWN;
        f->last = no->last > f->last ? no->last : f->last;
    } else {
        f->state = SF_DISPUTED;
    }
}

/* Every page that said it has since been replaced by one that does not. */
static bool was_corrected(const judge *j, const sf_merged *f) {
    for (size_t i = 0; i < f->claims.count; i++)
        if (!j->claims->at[f->claims.at[i]].replaced)
            return false;
    return true;
}

static void weigh(const judge *j, sf_merged *f) {
    bool dated = false;
    denial no = {.last = INT32_MIN};
    f->first = SF_UNDATED;
    f->last = INT32_MIN;
    f->status = SOFAR_DENIED;
    f->state = SF_CURRENT;
    for (size_t i = 0; i < f->claims.count; i++)
        dated |= j->claims->at[f->claims.at[i]].said != SF_UNDATED;
    for (size_t i = 0; i < f->claims.count; i++) {
        const sf_claim *c = &j->claims->at[f->claims.at[i]];
        if (!dated || c->said != SF_UNDATED)
            note_claim(f, c, &no);
    }
    if (no.any)
        deny(j, f, &no);
    if (was_corrected(j, f))
        f->state = SF_WITHDRAWN;
    f->settled = dated && f->last != INT32_MIN;
}

static bool holds(const sf_merged *f) { return f->settled && f->state != SF_WITHDRAWN; }

/* ---- rivals ---- */

static void add_rival(judge *j, sf_merged *a, sf_merged *b) {
    *SF_PUSH(j->arena, &a->rivals) = (uint32_t)(b - j->all->at);
    *SF_PUSH(j->arena, &b->rivals) = (uint32_t)(a - j->all->at);
}

static bool shares_page(const judge *j, const sf_merged *a, const sf_merged *b) {
    for (size_t i = 0, k = 0; i < a->claims.count && k < b->claims.count;) {
        const sf_claim *x = &j->claims->at[a->claims.at[i]], *y = &j->claims->at[b->claims.at[k]];
        if (x->view == y->view && x->fact->status != SOFAR_DENIED &&
            y->fact->status != SOFAR_DENIED)
            return true;
        if (x->view < y->view || (x->view == y->view && x->fact->status == SOFAR_DENIED))
            i++;
        else
            k++;
    }
    return false;
}

/* Both have the value and it is not the same. */
static bool differs(const sf_merged *a, const sf_merged *b, size_t role) {
    return a->parts[role].there && b->parts[role].there &&
           !sf_part_agrees(a->kind->roles[role], &a->parts[role], &b->parts[role]);
}

static bool is_wide(const judge *j, const sf_part *p) {
    return sf_lore_find(j->lore->wide, j->lore->wide_count, p->words) != NULL;
}

/* Some page speaks of it without setting it apart: it is the general one. */
static bool is_general(const judge *j, const sf_merged *f, size_t role) {
    return f->without[role] || !f->parts[role].there || is_wide(j, &f->parts[role]);
}

static bool same_occurrence(const judge *j, const sf_merged *a, const sf_merged *b, size_t role) {
    if (!a->kind->aside[role] || (is_general(j, a, role) && is_general(j, b, role)))
        return true;
    return a->parts[role].there && b->parts[role].there && !differs(a, b, role);
}

/* Only posts that a house has once compete for who holds them. */
static bool is_single_post(const judge *j, const sf_merged *f) {
    size_t title = sf_kind_role(f->kind, SF_STR("title"));
    if (!sf_str_equal(f->kind->name, SF_STR("holds")))
        return true;
    const sf_same *same =
        title == SIZE_MAX || !f->parts[title].there
            ? NULL
            : sf_lore_find(j->lore->titles, j->lore->title_count, f->parts[title].words);
    return same && sf_str_equal(same->mark, SF_STR("one"));
}

/* A day has come and gone before the other was first spoken of, so that is another time. */
static bool is_past(const sf_merged *a, const sf_merged *b) {
    return sf_days_there(a->days) && a->days.last < b->first;
}

/* What may happen again: do both tell of one time? */
static bool same_time(const sf_merged *a, const sf_merged *b) {
    bool x = a->status == SOFAR_STATED, y = b->status == SOFAR_STATED;
    if (!sf_days_there(a->days) || !sf_days_there(b->days))
        return false;
    if (x && y)
        return (int64_t)a->days.first - b->days.last <= ONE_EVENT &&
               (int64_t)b->days.first - a->days.last <= ONE_EVENT;
    if (x || y) {
        const sf_merged *done = x ? a : b, *plan = x ? b : a;
        return done->days.last >= plan->first;
    }
    return a->first <= b->first ? !is_past(a, b) : !is_past(b, a);
}

static bool compete(const judge *j, const sf_merged *a, const sf_merged *b) {
    const sf_kind *kind = a->kind;
    bool one = kind->when == SF_ONE && sf_days_there(a->days) && sf_days_there(b->days) &&
               !sf_days_agree(a->days, b->days);
    for (size_t r = 0; r < kind->role_count; r++) {
        bool differ = differs(a, b, r);
        if (!same_occurrence(j, a, b, r) || (kind->rules[r] == SF_APART && differ))
            return false;
        if (kind->rules[r] == SF_ONE && differ) {
            /* two directors on one page direct together */
            if (sf_str_equal(kind->roles[r], SF_STR("who")) &&
                (shares_page(j, a, b) || !is_single_post(j, a) || !is_single_post(j, b)))
                return false;
            one = true;
        }
    }
    return one && (!kind->again || same_time(a, b));
}

/* ---- which of two ---- */

/* "delayed to" the day of b, and not to that of a. */
static bool was_moved(const judge *j, const sf_merged *a, const sf_merged *b) {
    size_t of = sf_kind_role(a->kind, SF_STR("work"));
    for (size_t i = 0; i < j->moves.count && of != SIZE_MAX; i++) {
        const sf_merged *d = j->moves.at[i];
        size_t work = sf_kind_role(d->kind, SF_STR("work")),
               to = sf_kind_role(d->kind, SF_STR("to"));
        sf_interval days;
        if (d->first + SAME_TIME >= b->first && d->parts[to].there &&
            d->parts[work].exact == a->parts[of].exact &&
            sf_interval_parse(d->parts[to].shown, &days) && sf_days_agree(days, b->days) &&
            !sf_days_agree(days, a->days))
            return true;
    }
    return false;
}

typedef enum verdict { BOTH, FIRST, SECOND } verdict; /* which holds */

static verdict judge_pair(const judge *j, const sf_merged *a, const sf_merged *b) {
    bool a_done = a->status == SOFAR_STATED, b_done = b->status == SOFAR_STATED;
    if (a->kind->when == SF_ONE && a_done != b_done)
        return a_done ? FIRST : SECOND;
    if ((a->status == SOFAR_RUMOURED) != (b->status == SOFAR_RUMOURED))
        return a->status == SOFAR_RUMOURED ? SECOND : FIRST;
    if (a->kind->again && was_moved(j, a, b))
        return SECOND;
    if (a->kind->again && was_moved(j, b, a))
        return FIRST;
    int64_t later = (int64_t)a->last - b->last;
    return later > SAME_TIME ? FIRST : later < -SAME_TIME ? SECOND : BOTH;
}

/* A rumour against what is known is a dispute that nobody wins by it, until it is older news. */
static void lose(sf_merged *loser, const sf_merged *winner) {
    bool fresh = loser->status == SOFAR_RUMOURED && winner->status != SOFAR_RUMOURED &&
                 (int64_t)winner->last - loser->last <= SAME_TIME;
    if (loser->state != SF_SUPERSEDED)
        loser->state = fresh ? SF_DISPUTED : SF_SUPERSEDED;
}

/* Facts [from, end) are of one group. First who loses; then what is left in dispute. */
static void judge_group(judge *j, size_t from, size_t end) {
    sf_merged *f = j->all->at;
    if (end - from > MOST_RIVALS)
        end = from + MOST_RIVALS;
    for (size_t a = from; a < end; a++)
        for (size_t b = a + 1; b < end && f[a].settled; b++) {
            if (!f[b].settled || (!holds(&f[a]) && !holds(&f[b])) || !compete(j, &f[a], &f[b]))
                continue;
            add_rival(j, &f[a], &f[b]);
            verdict v = !holds(&f[a])   ? SECOND /* what is withdrawn gives way to what is new */
                        : !holds(&f[b]) ? FIRST
                                        : judge_pair(j, &f[a], &f[b]);
            if (v == FIRST)
                lose(&f[b], &f[a]);
            else if (v == SECOND)
                lose(&f[a], &f[b]);
        }
    for (size_t a = from; a < end; a++)
        for (size_t r = 0; r < f[a].rivals.count && f[a].state == SF_CURRENT; r++) {
            const sf_merged *b = &f[f[a].rivals.at[r]];
            if (b->state != SF_SUPERSEDED && holds(b) && judge_pair(j, &f[a], b) == BOTH)
                f[a].state = SF_DISPUTED;
        }
}

/* ---- what a later fact ended ---- */

static bool is_for_ever(const judge *j, const sf_merged *f) {
    size_t title = sf_kind_role(f->kind, SF_STR("title"));
    if (title == SIZE_MAX || !f->parts[title].there)
        return false;
    const sf_same *same =
        sf_lore_find(j->lore->titles, j->lore->title_count, f->parts[title].words);
    return same && sf_str_equal(same->mark, SF_STR("ever"));
}

static bool shares_roles(const sf_merged *end, const sf_merged *f) {
    size_t shared = 0;
    for (size_t r = 0; r < f->kind->role_count; r++) {
        size_t other = sf_kind_role(end->kind, f->kind->roles[r]);
        if (other == SIZE_MAX)
            continue;
        if (!sf_part_agrees(f->kind->roles[r], &f->parts[r], &end->parts[other]))
            return false;
        shared += f->parts[r].there && end->parts[other].there;
    }
    return shared > 0;
}

/* When it was, else when it was said. */
static int64_t moment(const sf_merged *f) {
    return sf_days_there(f->days) && f->days.first != INT32_MIN ? f->days.first : f->first;
}

static bool ends(const judge *j, const sf_merged *end, const sf_merged *f) {
    if (!sf_kind_ends(end->kind, f->kind->name) || end->status != SOFAR_STATED ||
        is_for_ever(j, f) || !shares_roles(end, f))
        return false;
    if ((int64_t)end->last + SAME_TIME < f->last || (int64_t)end->first + SAME_TIME < f->first)
        return false;
    bool back = sf_kind_ends(f->kind, end->kind->name); /* renewed, cancelled: the later one */
    return !back || moment(end) > moment(f) ||
           (moment(end) == moment(f) && end->kind->order > f->kind->order);
}

static void end_all(judge *j) {
    sf_all_merged *all = j->all;
    for (size_t e = 0; e < all->count; e++) {
        if (!all->at[e].kind->ends.ptr || !holds(&all->at[e]))
            continue;
        for (size_t i = 0; i < all->count; i++)
            if (all->at[i].settled && ends(j, &all->at[e], &all->at[i]))
                all->at[i].state = SF_SUPERSEDED;
    }
}

/* Nobody is to be cast who does not play. */
static void drop_needy(judge *j) {
    sf_all_merged *all = j->all;
    for (size_t i = 0; i < all->count; i++) {
        sf_merged *f = &all->at[i];
        if (!f->kind->needs.ptr || !holds(f) || f->status == SOFAR_STATED)
            continue;
        for (size_t n = 0; n < all->count; n++)
            if (all->at[n].state == SF_WITHDRAWN && all->at[n].last >= f->last &&
                sf_str_equal(all->at[n].kind->name, f->kind->needs) && shares_roles(&all->at[n], f))
                f->state = SF_WITHDRAWN;
    }
}

void sf_story_decide(sf_arena *arena, const sf_lore *lore, const sf_claims *claims,
                     sf_all_merged *all) {
    judge j = {.arena = arena, .lore = lore, .claims = claims, .all = all};
    for (size_t i = 0; i < all->count; i++) {
        weigh(&j, &all->at[i]);
        if (sf_str_equal(all->at[i].kind->name, SF_STR("delayed")) && holds(&all->at[i]) &&
            all->at[i].status == SOFAR_STATED)
            *SF_PUSH(arena, &j.moves) = &all->at[i];
    }
    end_all(&j);
    drop_needy(&j);
    for (size_t i = 0, end; i < all->count; i = end) {
        for (end = i + 1; end < all->count && all->at[end].group == all->at[i].group;)
            end++;
        judge_group(&j, i, end);
    }
}
