/* The way through a page: its sentences become graphs, patterns find facts in them, and a fact that
 * is told again is one fact with a receipt more. */
#include "fact/beat.h"
#include "fact/mark.h"
#include "fact/standing.h"
#include "fact/topic.h"

typedef struct finder {
    sf_arena *arena;
    const sf_beats *beats;
    const sf_known_page *page;
    const sf_standings *standings;
    const sf_topics *topics;
    uint32_t sentence; /* index of the one at hand */
    sf_founds founds;  /* in it */
    sf_pairs pairs;
    sf_vec(sofar_fact) facts;
    uint32_t *table; /* open addressing: fact number + 1, 0 for free */
    size_t table_size;
} finder;

static bool same_fact(const sofar_fact *a, const sofar_fact *b) {
    if (!sf_str_equal(a->type, b->type) || a->role_count != b->role_count ||
        a->status != b->status || a->by != b->by || !sf_str_equal(a->when, b->when))
        return false;
    for (size_t i = 0; i < a->role_count; i++)
        if (!sf_str_equal(a->roles[i].name, b->roles[i].name) ||
            a->roles[i].subject != b->roles[i].subject ||
            !sf_str_equal(a->roles[i].value, b->roles[i].value))
            return false;
    return true;
}

static uint64_t hash_of(const sofar_fact *fact) {
    uint64_t h = sf_str_hash(fact->type) ^ (sf_str_hash(fact->when) << 1);
    h = (h ^ fact->by) * 0x9E3779B97F4A7C15u ^ fact->status;
    for (size_t i = 0; i < fact->role_count; i++) {
        h = (h ^ fact->roles[i].subject) * 0x9E3779B97F4A7C15u;
        h ^= sf_str_hash(fact->roles[i].value);
        h ^= h >> 29;
    }
    return h;
}

/* The place in the table for the same fact, or for a new one. */
static uint32_t *slot_of(const finder *f, const sofar_fact *fact) {
    size_t i = hash_of(fact) & (f->table_size - 1);
    while (f->table[i] && !same_fact(&f->facts.at[f->table[i] - 1], fact))
        i = (i + 1) & (f->table_size - 1);
    return &f->table[i];
}

static void make_room(finder *f) {
    if (2 * (f->facts.count + 1) <= f->table_size)
        return;
    f->table_size = f->table_size ? 2 * f->table_size : 64;
    f->table = SF_ARRAY(f->arena, uint32_t, f->table_size);
    for (size_t i = 0; i < f->facts.count; i++)
        *slot_of(f, &f->facts.at[i]) = (uint32_t)i + 1;
}

/* The list has room for the next power of two of receipts. */
static void add_receipt(finder *f, sofar_fact *fact, sf_span receipt) {
    size_t n = fact->receipt_count;
    for (size_t i = 0; i < n; i++)
        if (fact->receipts[i].begin == receipt.begin && fact->receipts[i].end == receipt.end)
            return; /* two examples may say the same */
    if ((n & (n - 1)) == 0)
        fact->receipts =
            sf_grow(f->arena, fact->receipts, n * sizeof receipt, (n ? 2 * n : 1) * sizeof receipt);
    fact->receipts[fact->receipt_count++] = receipt;
}

/* Adds the fact, or its receipt to the same fact told before. */
static void add_fact(finder *f, const sofar_fact *fact, sf_span receipt) {
    make_room(f);
    uint32_t *slot = slot_of(f, fact);
    if (!*slot) {
        *SF_PUSH(f->arena, &f->facts) = *fact;
        *slot = (uint32_t)f->facts.count;
    }
    add_receipt(f, &f->facts.at[*slot - 1], receipt);
}

/* ---- a sentence ---- */

/* "executive producers": what each of them is. */
static sf_str one(sf_str words) {
    bool many = sf_str_ends(words, SF_STR("ers")) || sf_str_ends(words, SF_STR("ors"));
    return many ? sf_str_sub(words, 0, words.len - 1) : words;
}

static sofar_role role_of(const finder *f, const sf_beat_role *role, const sf_filler *filler) {
    if (filler->name != SF_NONE)
        return (sofar_role){role->name, f->page->people->names[filler->name].subject, SF_ABSENT};
    if (filler->time != SF_NONE)
        return (sofar_role){role->name, SOFAR_NOBODY, f->page->times->at[filler->time].value};
    sf_str words = sf_span_of(f->page->text->text, filler->span);
    return (sofar_role){role->name, SOFAR_NOBODY, role->types & SF_TYPE_WORD ? one(words) : words};
}

/* The roles that the sentence leaves unsaid; false where one stays open. */
static bool add_unsaid(const finder *f, const sf_graph *g, const sf_found *found,
                       sofar_fact *fact) {
    const sf_fact_type *type = found->pattern->type;
    for (uint32_t r = 0; r < type->role_count; r++) {
        const sf_beat_role *role = &type->roles[r];
        if (!role->topical || found->held & 1u << r)
            continue;
        unsigned types = role->types & ~(1u << SOFAR_OUTLET); /* it is the one that writes */
        uint32_t topic = found->complement
                             ? SOFAR_NOBODY
                             : sf_topic_of(f->topics, types, f->sentence, g->first + found->anchor);
        bool open = topic == SOFAR_NOBODY;
        for (size_t i = 0; i < fact->role_count; i++)
            open |= fact->roles[i].subject == topic; /* what it is already */
        if (open && role->optional)
            continue;
        if (open)
            return false;
        fact->roles[fact->role_count++] = (sofar_role){role->name, topic, SF_ABSENT};
    }
    return true;
}

/* A time that fills a role of its own is not when it is: "was moved to June 9"; a credit has none.
 */
static void spend_time(const sf_found *found, sf_standing *standing) {
    for (uint32_t r = 0; r + 1 < found->pattern->type->role_count; r++)
        if ((found->held & 1u << r) && standing->when != SF_NONE &&
            found->fillers[r].time == standing->when) {
            standing->when = SF_NONE;
            if (standing->ahead)
                standing->status = SOFAR_STATED;
        }
    if (found->pattern->type->timeless) {
        if (standing->ahead)
            standing->status = SOFAR_STATED;
        standing->when = SF_NONE;
    }
}

/* What a fact implies has the roles that it knows of. Its date is another: who was cast in May
 * plays the part all year. */
static void add_implied(finder *f, const sf_fact_type *type, const sofar_fact *fact, sf_span span) {
    sofar_fact implied = *fact;
    implied.type = type->name;
    implied.when = SF_ABSENT;
    implied.role_count = 0;
    implied.roles = SF_ARRAY(f->arena, sofar_role, SF_MAX_ROLES);
    for (size_t i = 0; i < fact->role_count; i++)
        for (uint32_t r = 0; r < type->role_count; r++)
            if (sf_str_equal(type->roles[r].name, fact->roles[i].name))
                implied.roles[implied.role_count++] = fact->roles[i];
    add_fact(f, &implied, span);
}

/* The name of the work that it is a part in: its type knows of characters. Empty: it is none. */
static sf_span part_in(const sf_found *found) {
    const sf_fact_type *type = found->pattern->type;
    bool part = false;
    sf_span work = {0, 0};
    for (uint32_t r = 0; r < type->role_count; r++) {
        part |= (type->roles[r].types & 1u << SOFAR_CHARACTER) &&
                type->roles[r].types != SF_TYPE_SUBJECT;
        if (type->roles[r].types == 1u << SOFAR_WORK && (found->held & 1u << r))
            work = found->fillers[r].span;
    }
    return part ? work : (sf_span){0, 0};
}

static void take_found(finder *f, const sf_graph *g, const sf_found *found) {
    const sf_pattern *p = found->pattern;
    sf_standing standing = sf_standing_of(f->standings, g->first + found->event, part_in(found));
    bool past = p->type->current && !p->past && sf_tree_is_past(g->tree, g->first + found->anchor);
    if (standing.nothing || past)
        return;
    spend_time(found, &standing);
    bool own = p->own_status && standing.status == p->read;
    sofar_fact fact = {
        .type = p->type->name, .status = own ? p->status : standing.status, .by = standing.by};
    fact.roles = SF_ARRAY(f->arena, sofar_role, SF_MAX_ROLES);
    if (standing.when != SF_NONE)
        fact.when = f->page->times->at[standing.when].value;
    for (uint32_t r = 0; r < p->type->role_count; r++) {
        if (!(found->held & 1u << r))
            continue;
        sofar_role role = role_of(f, &p->type->roles[r], &found->fillers[r]);
        if (r + 1 == p->type->role_count)
            fact.when = p->type->timeless ? SF_ABSENT : role.value;
        else if (role.subject != SOFAR_NOBODY || role.value.ptr)
            fact.roles[fact.role_count++] = role;
    }
    if (!add_unsaid(f, g, found, &fact))
        return;
    add_fact(f, &fact, found->span);
    if (p->type->implies)
        add_implied(f, p->type->implies, &fact, found->span);
}

/* Who loves whom: "the couple" is they from here on. */
static void take_pair(finder *f) {
    for (size_t i = 0; i < f->founds.count; i++) {
        const sf_found *found = &f->founds.at[i];
        const sf_beat_role *roles = found->pattern->type->roles;
        if (found->pattern->type->role_count == 3 && roles[0].types == 1u << SOFAR_PERSON &&
            roles[1].types == roles[0].types && (found->held & 3) == 3)
            sf_pairs_tell(&f->pairs, f->page->analysis->sentences[f->sentence].block,
                          found->fillers[0].name, found->fillers[1].name);
    }
}

/* ---- a page ---- */

static uint32_t subject_in(const sofar_fact *fact, sf_str role) {
    for (size_t i = 0; i < fact->role_count; i++)
        if (sf_str_equal(fact->roles[i].name, role))
            return fact->roles[i].subject;
    return SOFAR_NOBODY;
}

/* Do they say different words of the subject: "co-founder", "chief executive"? */
static bool other_words(const sofar_fact *a, const sofar_fact *b) {
    for (size_t i = 0; i < a->role_count; i++)
        for (size_t k = 0; k < b->role_count; k++)
            if (sf_str_equal(a->roles[i].name, b->roles[k].name) && a->roles[i].value.ptr &&
                b->roles[k].value.ptr && !sf_str_equal_ci(a->roles[i].value, b->roles[k].value))
                return true;
    return false;
}

/* Whoever plays herself is both, and no reason to doubt. Whoever is to leave a post holds it until
 * then. */
static void drop_never(finder *f, const sf_fact_type *type, const sf_never *never) {
    if (!f->facts.count)
        return;
    const sofar_fact **is =
        SF_ARRAY(f->arena, const sofar_fact *, f->page->people->subject_count + 1);
    sofar_fact *facts = SF_ARRAY(f->arena, sofar_fact, f->facts.count + 1);
    memcpy(facts, f->facts.at, f->facts.count * sizeof *facts);
    size_t kept = 0;
    for (size_t i = 0; i < f->facts.count; i++) {
        const sofar_fact *fact = &facts[i];
        bool is_yet = fact->status == SOFAR_STATED || !type->current;
        if (!sf_str_equal(fact->type, never->other_type) || fact->status == SOFAR_DENIED || !is_yet)
            continue;
        uint32_t subject = subject_in(fact, never->other_role);
        bool self = !sf_str_equal(never->role, never->other_role) &&
                    subject == subject_in(fact, never->role);
        if (subject != SOFAR_NOBODY && !self)
            is[subject] = fact;
    }
    for (size_t i = 0; i < f->facts.count; i++) {
        const sofar_fact *fact = &facts[i];
        uint32_t subject = subject_in(fact, never->role);
        if (sf_str_equal(fact->type, type->name) && subject != SOFAR_NOBODY && is[subject] &&
            !other_words(fact, is[subject]))
            continue;
        f->facts.at[kept++] = *fact;
    }
    f->facts.count = kept;
}

static void drop_clashes(finder *f) {
    for (size_t t = 0; t < f->beats->type_count && f->facts.count; t++)
        for (size_t n = 0; n < f->beats->types[t]->never_count; n++)
            drop_never(f, f->beats->types[t], &f->beats->types[t]->never[n]);
}

/* Does b say all that a says, and more? */
static bool is_less(const sofar_fact *a, const sofar_fact *b) {
    if (a->role_count >= b->role_count || a->status != b->status || a->by != b->by ||
        !sf_str_equal(a->type, b->type) || (a->when.ptr && !sf_str_equal(a->when, b->when)))
        return false;
    for (size_t i = 0; i < a->role_count; i++) {
        bool said = false;
        for (size_t k = 0; k < b->role_count; k++)
            said |= sf_str_equal(a->roles[i].name, b->roles[k].name) &&
                    a->roles[i].subject == b->roles[k].subject &&
                    sf_str_equal(a->roles[i].value, b->roles[k].value);
        if (!said)
            return false;
    }
    return true;
}

/* Is it, or a part of it, one already? */
static bool is_receipt(const sofar_fact *fact, sf_span span) {
    for (size_t i = 0; i < fact->receipt_count; i++)
        if (sf_span_overlaps(fact->receipts[i], span))
            return true;
    return false;
}

/* "Low Tide was moved" is not one more fact beside "Low Tide was moved to June": its receipts are
 * that one's. Facts far from each other are not compared. */
static void drop_less(finder *f) {
    enum { FAR = 200 };
    size_t kept = 0, count = f->facts.count;
    sofar_fact *at = f->facts.at;
    bool *less = SF_ARRAY(f->arena, bool, count + 1);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i > FAR ? i - FAR : 0; k < count && k <= i + FAR && !less[i]; k++)
            if (!less[k] && is_less(&at[i], &at[k])) {
                less[i] = true;
                for (size_t r = 0; r < at[i].receipt_count; r++)
                    if (!is_receipt(&at[k], at[i].receipts[r]))
                        add_receipt(f, &at[k], at[i].receipts[r]);
            }
    for (size_t i = 0; i < count; i++)
        if (!less[i])
            at[kept++] = at[i];
    f->facts.count = kept;
}

sf_facts sf_fact_find(sf_arena *arena, const sf_beats *beats, const sf_known_page *page) {
    finder f = {.arena = arena, .beats = beats, .page = page};
    sf_marker marker = {.arena = arena, .people = page->people, .times = page->times};
    const sf_tree *tree = sf_tree_new(arena, page->text, page->model, page->analysis);
    f.standings =
        sf_standings_new(arena, tree, page->clipping, page->people, page->times, page->quotes);
    f.topics = marker.topics = sf_topics_new(arena, tree, page->clipping, page->people);
    const sf_graph **graphs = SF_ARRAY(arena, const sf_graph *, page->analysis->sentence_count + 1);
    sf_marks *marks = SF_ARRAY(arena, sf_marks, page->analysis->sentence_count + 1);
    sf_callings callings = {0};
    for (uint32_t s = 0; s < page->analysis->sentence_count; s++) {
        if (!page->analysis->sentences[s].token_count)
            continue;
        marker.marks = (sf_marks){0}; /* the graph keeps them */
        sf_marker_take(&marker, tree, s);
        graphs[s] = sf_graph_new(arena, tree, beats->stems, s, marker.marks.at, marker.marks.count);
        marks[s] = marker.marks;
        sf_callings_add(&callings, graphs[s], page->people->names);
    }
    sf_callings_sort(&callings);
    for (f.sentence = 0; f.sentence < page->analysis->sentence_count; f.sentence++) {
        const sf_graph *g = graphs[f.sentence];
        if (!g)
            continue;
        sf_pairs_settle(&f.pairs, page->people, tree, &marks[f.sentence]);
        f.founds.count = 0;
        sf_beat_match(arena, beats, g, page->people->names, &callings, &f.founds);
        for (size_t i = 0; i < f.founds.count; i++)
            take_found(&f, g, &f.founds.at[i]);
        take_pair(&f);
    }
    drop_clashes(&f);
    drop_less(&f);
    return (sf_facts){f.facts.at, f.facts.count};
}
