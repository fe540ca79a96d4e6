/* Which subjects of different pages are one. Union-find over the subjects that facts speak of:
 * - the same full name is the same subject, unless one page knows two of different kinds by it;
 * - the same handle, a full name that a page gives as another name, a name before and after a
 *   stated renaming;
 * - part of a name ("Ruiz", "Larkspur") is the one in full only if both have a credit in common and
 *   nobody else of such a name has it. A surname alone joins nothing.
 * All links are found first and then made, so that no order shows. */
#include <stdlib.h>

#include "story/inner.h"

enum { MOST_SHARING = 64 }; /* names that have one credit in common; beyond, it says nothing */

typedef enum family { BEING, WORK, HOUSE, PLACE, THING } family;

typedef struct node {
    size_t view;
    uint32_t subject;
    const sofar_subject *is;
    sf_str words;
    family family;
    bool asked;
    uint32_t parent;
} node;

typedef struct joiner {
    sf_arena *arena;
    const sf_view *views;
    size_t view_count;
    node *nodes;
    size_t count;
    uint32_t *by_name; /* nodes in order of their words */
    uint32_t **of;
    sf_vec(uint64_t) links; /* two nodes each */
} joiner;

static family family_of(sofar_subject_type type) {
    switch (type) {
    case SOFAR_PERSON:
    case SOFAR_CHARACTER: return BEING;
    case SOFAR_WORK: return WORK;
    case SOFAR_ORGANIZATION:
    case SOFAR_OUTLET: return HOUSE;
    case SOFAR_PLACE: return PLACE;
    default: return THING;
    }
}

sf_str sf_story_name_words(sf_arena *arena, sf_str name) {
    static const char *const articles[] = {"the ", "a ", "an "};
    sf_str words = sf_story_words(arena, name);
    for (size_t i = 0; i < SF_LEN(articles); i++)
        if (sf_str_starts(words, sf_str_of(articles[i])))
            return sf_str_sub(words, strlen(articles[i]), words.len);
    return words;
}

static uint32_t root(joiner *j, uint32_t n) {
    while (j->nodes[n].parent != n)
        n = j->nodes[n].parent = j->nodes[j->nodes[n].parent].parent;
    return n;
}

static void unite(joiner *j, uint32_t a, uint32_t b) {
    a = root(j, a), b = root(j, b);
    if (a < b)
        j->nodes[b].parent = a;
    else
        j->nodes[a].parent = b;
}

static void link(joiner *j, uint32_t a, uint32_t b) {
    *SF_PUSH(j->arena, &j->links) = (uint64_t)a << 32 | b;
}

static void make_links(joiner *j) {
    for (size_t i = 0; i < j->links.count; i++)
        unite(j, (uint32_t)(j->links.at[i] >> 32), (uint32_t)j->links.at[i]);
    j->links.count = 0;
}

/* ---- nodes ---- */

static void add_node(joiner *j, size_t view, uint32_t subject) {
    const sf_capture *c = j->views[view].capture;
    if (subject == SOFAR_NOBODY || subject >= c->subject_count || j->of[view][subject] != SF_NONE)
        return;
    const sofar_subject *is = &c->subjects[subject];
    j->of[view][subject] = (uint32_t)j->count;
    j->nodes[j->count] = (node){.view = view,
                                .subject = subject,
                                .is = is,
                                .words = sf_story_name_words(j->arena, is->name),
                                .family = family_of(is->type),
                                .asked = j->views[view].is_subject[subject],
                                .parent = (uint32_t)j->count};
    j->count++;
}

static void add_nodes(joiner *j) {
    size_t room = 0;
    for (size_t v = 0; v < j->view_count; v++)
        room += j->views[v].capture->subject_count;
    j->nodes = SF_ARRAY(j->arena, node, room);
    j->of = SF_ARRAY(j->arena, uint32_t *, j->view_count);
    for (size_t v = 0; v < j->view_count; v++) {
        const sf_capture *c = j->views[v].capture;
        j->of[v] = SF_ARRAY(j->arena, uint32_t, c->subject_count);
        for (size_t i = 0; i < c->subject_count; i++)
            j->of[v][i] = SF_NONE;
        for (size_t f = 0; f < c->fact_count; f++) {
            add_node(j, v, c->facts[f].by);
            for (size_t r = 0; r < c->facts[f].role_count; r++)
                add_node(j, v, c->facts[f].roles[r].subject);
        }
    }
}

/* ---- names ---- */

typedef struct named { /* for sorting nodes by a string */
    sf_str key;
    uint32_t node;
} named;

typedef sf_vec(named) all_named;

static int by_key(const void *a, const void *b) {
    const named *x = a, *y = b;
    int order = sf_str_compare(x->key, y->key);
    return order ? order : sf_story_compare(x->node, y->node);
}

static void sort(all_named *list) {
    if (list->count)
        qsort(list->at, list->count, sizeof *list->at, by_key);
}

static bool is_one_word(sf_str words) { return sf_str_find(words, SF_STR(" "), 0) == SIZE_MAX; }

static sf_str first_word(sf_str words) {
    size_t end = sf_str_find(words, SF_STR(" "), 0);
    return end == SIZE_MAX ? words : sf_str_sub(words, 0, end);
}

static sf_str last_word(sf_str words) {
    size_t at = words.len;
    while (at > 0 && words.ptr[at - 1] != ' ')
        at--;
    return sf_str_sub(words, at, words.len);
}

static size_t place_of(const all_named *list, sf_str key) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sf_str_compare(list->at[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool holds(const all_named *list, sf_str key) {
    size_t at = place_of(list, key);
    return at < list->count && sf_str_equal(list->at[at].key, key);
}

/* First and last words of people's full names: alone they are nobody's name. */
static all_named parts_of_names(joiner *j) {
    all_named parts = {0};
    for (uint32_t i = 0; i < j->count; i++)
        if (j->nodes[i].family == BEING && !is_one_word(j->nodes[i].words)) {
            *SF_PUSH(j->arena, &parts) = (named){first_word(j->nodes[i].words), i};
            *SF_PUSH(j->arena, &parts) = (named){last_word(j->nodes[i].words), i};
        }
    sort(&parts);
    return parts;
}

/* The family of what has no certain one: that of most. */
static family main_family(const joiner *j, const named *group, size_t count) {
    size_t votes[THING + 1] = {0}, best = 0;
    for (size_t i = 0; i < count; i++)
        votes[j->nodes[group[i].node].family]++;
    for (size_t f = 1; f < THING; f++)
        if (votes[f] > votes[best])
            best = f;
    return (family)best;
}

/* Does a page know two of different kinds by this name: a ship and the film about it? */
static bool are_two(const joiner *j, const named *group, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const node *a = &j->nodes[group[i - 1].node], *b = &j->nodes[group[i].node];
        if (a->view == b->view && a->family != b->family && a->family != THING &&
            b->family != THING)
            return true;
    }
    return false;
}

static void join_group(joiner *j, const named *group, size_t count) {
    bool two = are_two(j, group, count);
    family most = main_family(j, group, count);
    uint32_t first[THING + 1];
    for (size_t f = 0; f <= THING; f++)
        first[f] = SF_NONE;
    for (size_t i = 0; i < count; i++) {
        family f = j->nodes[group[i].node].family;
        f = !two || f == THING ? most : f;
        if (first[f] == SF_NONE)
            first[f] = group[i].node;
        else
            link(j, first[f], group[i].node);
    }
}

static all_named join_names(joiner *j) {
    all_named names = {0}, parts = parts_of_names(j);
    for (uint32_t i = 0; i < j->count; i++)
        *SF_PUSH(j->arena, &names) = (named){j->nodes[i].words, i};
    sort(&names);
    for (size_t i = 0, end; i < names.count; i = end) {
        for (end = i + 1; end < names.count && sf_str_equal(names.at[end].key, names.at[i].key);)
            end++;
        if (names.at[i].key.len &&
            !(is_one_word(names.at[i].key) && holds(&parts, names.at[i].key)))
            join_group(j, names.at + i, end - i);
    }
    return names;
}

/* ---- handles, other names, renamings ---- */

static void join_handles(joiner *j) {
    all_named handles = {0};
    for (uint32_t i = 0; i < j->count; i++) {
        const sofar_subject *s = j->nodes[i].is;
        for (size_t k = 0; k <= s->alias_count; k++) {
            sf_str name = k < s->alias_count ? s->aliases[k] : s->name;
            if (name.len > 1 && name.ptr[0] == '@')
                *SF_PUSH(j->arena, &handles) = (named){sf_story_words(j->arena, name), i};
        }
    }
    sort(&handles);
    for (size_t i = 1; i < handles.count; i++)
        if (handles.at[i].key.len && sf_str_equal(handles.at[i].key, handles.at[i - 1].key))
            link(j, handles.at[i].node, handles.at[i - 1].node);
}

/* All nodes of a name, if they are one. */
static uint32_t only_one(joiner *j, const all_named *names, sf_str words, bool beings) {
    uint32_t found = SF_NONE;
    for (size_t at = place_of(names, words);
         at < names->count && sf_str_equal(names->at[at].key, words); at++) {
        uint32_t n = names->at[at].node;
        if ((j->nodes[n].family == BEING) != beings)
            continue;
        if (found != SF_NONE && root(j, found) != root(j, n))
            return SF_NONE;
        found = n;
    }
    return found;
}

/* A page that calls one person by two full names joins them. */
static void join_other_names(joiner *j, const all_named *names) {
    for (uint32_t i = 0; i < j->count; i++) {
        const node *n = &j->nodes[i];
        if (n->family != BEING || is_one_word(n->words))
            continue;
        for (size_t k = 0; k < n->is->alias_count; k++) {
            sf_str words = sf_story_words(j->arena, n->is->aliases[k]);
            uint32_t other = is_one_word(words) ? SF_NONE : only_one(j, names, words, true);
            if (other != SF_NONE)
                link(j, i, other);
        }
    }
}

static const sofar_role *role_of(const sofar_fact *fact, const char *name) {
    for (size_t i = 0; i < fact->role_count; i++)
        if (sf_str_equal(fact->roles[i].name, sf_str_of(name)))
            return &fact->roles[i];
    return NULL;
}

static void join_renamed(joiner *j, const all_named *names) {
    for (size_t v = 0; v < j->view_count; v++) {
        const sf_capture *c = j->views[v].capture;
        for (size_t f = 0; f < c->fact_count; f++) {
            const sofar_role *work = role_of(&c->facts[f], "work"),
                             *to = role_of(&c->facts[f], "to");
            if (c->facts[f].status != SOFAR_STATED || !work || !to ||
                work->subject >= c->subject_count ||
                !sf_str_equal(c->facts[f].type, SF_STR("renamed")))
                continue;
            uint32_t other =
                to->subject < c->subject_count
                    ? j->of[v][to->subject]
                    : only_one(j, names, sf_story_name_words(j->arena, to->value), false);
            if (other != SF_NONE)
                link(j, j->of[v][work->subject], other);
        }
    }
}

/* ---- shared credits ---- */

typedef struct credit { /* node plays the role in a fact of a type with somebody else */
    uint64_t hash;
    uint32_t node;
} credit;

typedef sf_vec(credit) all_credits;

static int by_credit(const void *a, const void *b) {
    const credit *x = a, *y = b;
    int order = sf_story_compare(x->hash, y->hash);
    return order ? order : sf_story_compare(x->node, y->node);
}

/* A title is no name, and films of a series have the same people. */
static bool is_name_role(sf_str role) {
    static const char *const others[] = {"work", "source", "award", "place", "to"};
    for (size_t i = 0; i < SF_LEN(others); i++)
        if (sf_str_equal(role, sf_str_of(others[i])))
            return false;
    return true;
}

static void add_credits(joiner *j, size_t v, const sofar_fact *f, all_credits *out) {
    for (size_t r = 0; r < f->role_count; r++) {
        uint32_t n = f->roles[r].subject == SOFAR_NOBODY ? SF_NONE : j->of[v][f->roles[r].subject];
        if (n == SF_NONE || j->nodes[n].family == WORK || !is_name_role(f->roles[r].name))
            continue;
        for (size_t o = 0; o < f->role_count; o++) {
            uint32_t with = f->roles[o].subject;
            if (o == r || with == SOFAR_NOBODY)
                continue;
            sf_str key = sf_str_format(j->arena, "%.*s %.*s %.*s %u", SF_ARG(f->type),
                                       SF_ARG(f->roles[r].name), SF_ARG(f->roles[o].name),
                                       (unsigned)root(j, j->of[v][with]));
            *SF_PUSH(j->arena, out) = (credit){sf_str_hash(key), n};
        }
    }
}

/* "ruiz", "ana ruiz" or "larkspur" of "ana maria ruiz", "larkspur releasing" */
static bool is_part_of(sf_str part, sf_str whole) {
    if (part.len == 0 || part.len >= whole.len)
        return false;
    if (!sf_str_equal(last_word(part), last_word(whole)) &&
        !sf_str_equal(first_word(part), first_word(whole)))
        return false;
    size_t at = 0;
    for (size_t i = 0; i < part.len;) {
        size_t end = sf_str_find(part, SF_STR(" "), i);
        sf_str word = sf_str_sub(part, i, end == SIZE_MAX ? part.len : end);
        bool found = false;
        while (at < whole.len && !found) {
            size_t stop = sf_str_find(whole, SF_STR(" "), at);
            stop = stop == SIZE_MAX ? whole.len : stop;
            found = sf_str_equal(word, sf_str_sub(whole, at, stop));
            at = stop + 1;
        }
        if (!found)
            return false;
        i = end == SIZE_MAX ? part.len : end + 1;
    }
    return true;
}

static void match_credits(joiner *j, const credit *group, size_t count, uint32_t *full) {
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++) {
            const node *part = &j->nodes[group[a].node], *whole = &j->nodes[group[b].node];
            bool kin =
                part->family == whole->family || part->family == THING || whole->family == THING;
            uint32_t *slot = &full[root(j, group[a].node)], other = root(j, group[b].node);
            if (!kin || !is_part_of(part->words, whole->words) || *slot == other)
                continue;
            *slot = *slot == SF_NONE ? other : SF_NONE - 1; /* the latter: two could be meant */
        }
}

static void join_credits(joiner *j) {
    all_credits credits = {0};
    for (size_t v = 0; v < j->view_count; v++)
        for (size_t f = 0; f < j->views[v].capture->fact_count; f++)
            add_credits(j, v, &j->views[v].capture->facts[f], &credits);
    if (credits.count == 0)
        return;
    qsort(credits.at, credits.count, sizeof *credits.at, by_credit);
    uint32_t *full = SF_ARRAY(j->arena, uint32_t, j->count);
    for (size_t i = 0; i < j->count; i++)
        full[i] = SF_NONE;
    for (size_t i = 0, end; i < credits.count; i = end) {
        size_t kept = 0;
        for (end = i; end < credits.count && credits.at[end].hash == credits.at[i].hash; end++)
            if (kept == 0 ||
                !sf_str_equal(j->nodes[credits.at[i + kept - 1].node].words,
                              j->nodes[credits.at[end].node].words) ||
                root(j, credits.at[i + kept - 1].node) != root(j, credits.at[end].node))
                credits.at[i + kept++] = credits.at[end];
        if (kept > 1 && kept <= MOST_SHARING)
            match_credits(j, credits.at + i, kept, full);
    }
    for (uint32_t i = 0; i < j->count; i++)
        if (full[i] < SF_NONE - 1)
            link(j, i, full[i]);
}

/* ---- the result ---- */

static bool better_name(sf_str name, size_t votes, sf_str than, size_t than_votes) {
    if (votes != than_votes)
        return votes > than_votes;
    if (name.len != than.len)
        return name.len > than.len;
    return sf_str_compare(name, than) < 0;
}

/* Of names as pages write them (sorted) the one of most pages. */
static sf_str usual_name(const named *group, size_t count) {
    sf_str best = SF_ABSENT;
    size_t most = 0;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && sf_str_equal(group[end].key, group[i].key);)
            end++;
        if (better_name(group[i].key, end - i, best, most)) {
            best = group[i].key;
            most = end - i;
        }
    }
    return best;
}

static int by_root(const void *a, const void *b) {
    const named *x = a, *y = b; /* node: here the number of the joined subject */
    int order = sf_story_compare(x->node, y->node);
    return order ? order : sf_str_compare(x->key, y->key);
}

/* asked: the name of the one that is asked for, if it is one. */
static sf_joined result(joiner *j, sf_str asked) {
    sf_joined out = {.of = j->of};
    uint32_t *number = SF_ARRAY(j->arena, uint32_t, j->count);
    named *names = SF_ARRAY(j->arena, named, j->count);
    out.asked = SF_ARRAY(j->arena, bool, j->count);
    for (uint32_t i = 0; i < j->count; i++) {
        uint32_t r = root(j, i);
        number[i] = r == i ? (uint32_t)out.count++ : number[r];
        out.asked[number[i]] |= j->nodes[i].asked;
        names[i] = (named){j->nodes[i].is->name, number[i]};
        j->of[j->nodes[i].view][j->nodes[i].subject] = number[i];
    }
    out.names = SF_ARRAY(j->arena, sf_str, out.count);
    out.words = SF_ARRAY(j->arena, sf_str, out.count);
    if (j->count)
        qsort(names, j->count, sizeof *names, by_root);
    for (size_t i = 0, end; i < j->count; i = end) {
        for (end = i + 1; end < j->count && names[end].node == names[i].node;)
            end++;
        bool is_it = asked.ptr && out.asked[names[i].node];
        out.names[names[i].node] = is_it ? asked : usual_name(names + i, end - i);
        out.words[names[i].node] = sf_story_name_words(j->arena, out.names[names[i].node]);
    }
    all_named order = {0};
    for (uint32_t i = 0; i < out.count; i++)
        *SF_PUSH(j->arena, &order) = (named){out.words[i], i};
    sort(&order);
    out.by_words = SF_ARRAY(j->arena, uint32_t, out.count);
    for (size_t i = 0; i < out.count; i++)
        out.by_words[i] = order.at[i].node;
    return out;
}

sf_joined sf_story_join(sf_arena *arena, const sf_view *views, size_t count, sf_str asked) {
    joiner j = {.arena = arena, .views = views, .view_count = count};
    add_nodes(&j);
    all_named names = join_names(&j);
    uint32_t first = SF_NONE;
    if (!is_one_word(sf_story_words(arena, asked))) /* of a surname there may be several */
        for (uint32_t i = 0; i < j.count; i++)
            if (j.nodes[i].asked) {
                first = first == SF_NONE ? i : first;
                link(&j, first, i);
            }
    join_handles(&j);
    make_links(&j);
    join_other_names(&j, &names);
    join_renamed(&j, &names);
    make_links(&j);
    join_credits(&j);
    make_links(&j);
    return result(&j, first == SF_NONE ? SF_ABSENT : asked);
}

uint32_t sf_joined_named(const sf_joined *joined, sf_str words) {
    size_t low = 0, high = joined->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sf_str_compare(joined->words[joined->by_words[middle]], words) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == joined->count || !sf_str_equal(joined->words[joined->by_words[low]], words))
        return SF_NONE;
    bool several =
        low + 1 < joined->count && sf_str_equal(joined->words[joined->by_words[low + 1]], words);
    return several ? SF_NONE : joined->by_words[low];
}

bool sf_story_has_word(sf_str words, sf_str word) {
    for (size_t at = sf_str_find(words, word, 0); at != SIZE_MAX;
         at = sf_str_find(words, word, at + 1))
        if ((at == 0 || words.ptr[at - 1] == ' ') &&
            (at + word.len == words.len || words.ptr[at + word.len] == ' '))
            return true;
    return false;
}
