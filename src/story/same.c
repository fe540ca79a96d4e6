/* Which subjects of different pages are one. Union-find over the subjects that facts speak of:
 * - the same full name is the same subject, unless one page knows two of different kinds by it;
 * - the same handle, a full name that a page gives as another name, a name before and after a
 *   stated renaming;
 * - people of one name whom pages give different birthdays are two; a page that gives none goes
 * with those whose company it has;
 * - part of a name ("Ruiz", "Larkspur") is the one in full only if both have a credit in common and
 *   nobody else of such a name has it. A surname alone joins nothing.
 * All links are found first and then made, so that no order shows. */
#include <stdlib.h>

#include "story/decision.h"
#include "story/same.h"

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

uint32_t sf_same_root(joiner *j, uint32_t n) {
    while (j->nodes[n].parent != n)
        n = j->nodes[n].parent = j->nodes[j->nodes[n].parent].parent;
    return n;
}

static void unite(joiner *j, uint32_t a, uint32_t b) {
    a = sf_same_root(j, a), b = sf_same_root(j, b);
    if (a < b)
        j->nodes[b].parent = a;
    else
        j->nodes[a].parent = b;
}

/* A reviewer said that the names are of two. */
static bool are_apart(const joiner *j, uint32_t a, uint32_t b) {
    const sf_decisions *decided = j->views[j->nodes[a].view].decisions;
    return decided &&
           sf_decisions_apart(j->arena, decided, j->nodes[a].is->name, j->nodes[b].is->name);
}

void sf_same_link(joiner *j, uint32_t a, uint32_t b) {
    if (are_apart(j, a, b))
        return;
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
                                .words = sf_memo_words(j->memo, is->name),
                                .family = family_of(is->type),
                                .asked = j->views[view].is_subject[subject],
                                .born = {INT32_MAX, INT32_MAX},
                                .parent = (uint32_t)j->count};
    j->count++;
}

static const sofar_role *role_of(const sofar_fact *fact, const char *name) {
    for (size_t i = 0; i < fact->role_count; i++)
        if (sf_str_equal(fact->roles[i].name, sf_str_of(name)))
            return &fact->roles[i];
    return NULL;
}

static void note_birth(joiner *j, size_t view, const sofar_fact *f) {
    const sofar_role *who = role_of(f, "who");
    sf_interval days = sf_story_when(f->when);
    if (sf_str_equal(f->type, SF_STR("born")) && f->status == SOFAR_STATED && who &&
        who->subject != SOFAR_NOBODY && sf_days_there(days))
        j->nodes[j->of[view][who->subject]].born = days;
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
            note_birth(j, v, &c->facts[f]);
        }
    }
}

/* ---- names ---- */

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

sf_str sf_same_first_word(sf_str words) {
    size_t end = sf_str_find(words, SF_STR(" "), 0);
    return end == SIZE_MAX ? words : sf_str_sub(words, 0, end);
}

sf_str sf_same_last_word(sf_str words) {
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

/* First and last words of people's full names: alone they are nobody's name. names: sorted. */
static all_named parts_of_names(joiner *j, const all_named *names) {
    all_named parts = {0};
    sf_str last = SF_ABSENT; /* of a person: what has been taken apart */
    for (size_t i = 0; i < names->count; i++) {
        sf_str words = names->at[i].key;
        uint32_t n = names->at[i].node;
        if (j->nodes[n].family != BEING || is_one_word(words) || sf_str_equal(words, last))
            continue;
        *SF_PUSH(j->arena, &parts) = (named){sf_same_first_word(words), n};
        *SF_PUSH(j->arena, &parts) = (named){sf_same_last_word(words), n};
        last = words;
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
    if (sf_same_lives(j, group, count))
        return;
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
            sf_same_link(j, first[f], group[i].node);
    }
}

static all_named join_names(joiner *j) {
    all_named names = {0};
    for (uint32_t i = 0; i < j->count; i++)
        *SF_PUSH(j->arena, &names) = (named){j->nodes[i].words, i};
    sort(&names);
    all_named parts = parts_of_names(j, &names);
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
                *SF_PUSH(j->arena, &handles) = (named){sf_text_fold_words(j->arena, name), i};
        }
    }
    sort(&handles);
    for (size_t i = 1; i < handles.count; i++)
        if (handles.at[i].key.len && sf_str_equal(handles.at[i].key, handles.at[i - 1].key))
            sf_same_link(j, handles.at[i].node, handles.at[i - 1].node);
}

/* All nodes of a name, if they are one. */
static uint32_t only_one(joiner *j, const all_named *names, sf_str words, bool beings) {
    uint32_t found = SF_NONE;
    for (size_t at = place_of(names, words);
         at < names->count && sf_str_equal(names->at[at].key, words); at++) {
        uint32_t n = names->at[at].node;
        if ((j->nodes[n].family == BEING) != beings)
            continue;
        if (found != SF_NONE && sf_same_root(j, found) != sf_same_root(j, n))
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
            sf_str words = sf_text_fold_words(j->arena, n->is->aliases[k]);
            uint32_t other = is_one_word(words) ? SF_NONE : only_one(j, names, words, true);
            if (other != SF_NONE)
                sf_same_link(j, i, other);
        }
    }
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
                    : only_one(j, names, sf_text_fold_name(j->arena, to->value), false);
            if (other != SF_NONE)
                sf_same_link(j, j->of[v][work->subject], other);
        }
    }
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

/* The type that most pages have, where they know one. number: the joined subject of each node. */
static sofar_subject_type *types_of(const joiner *j, const uint32_t *number, size_t count) {
    enum { TYPES = SOFAR_OTHER + 1 };
    size_t *votes = SF_ARRAY(j->arena, size_t, count * TYPES);
    sofar_subject_type *types = SF_ARRAY(j->arena, sofar_subject_type, count);
    for (size_t i = 0; i < j->count; i++)
        votes[number[i] * (size_t)TYPES + j->nodes[i].is->type]++;
    for (size_t i = 0; i < count; i++) {
        size_t most = 0;
        types[i] = SOFAR_OTHER;
        for (size_t t = 0; t < SOFAR_OTHER; t++)
            if (votes[i * TYPES + t] > most) {
                most = votes[i * TYPES + t];
                types[i] = (sofar_subject_type)t;
            }
    }
    return types;
}

/* asked: the name of the one that is asked for, if it is one. */
static sf_joined result(joiner *j, sf_str asked) {
    sf_joined out = {.of = j->of, .memo = j->memo};
    uint32_t *number = SF_ARRAY(j->arena, uint32_t, j->count);
    named *names = SF_ARRAY(j->arena, named, j->count);
    out.asked = SF_ARRAY(j->arena, bool, j->count);
    for (uint32_t i = 0; i < j->count; i++) {
        uint32_t r = sf_same_root(j, i);
        number[i] = r == i ? (uint32_t)out.count++ : number[r];
        out.asked[number[i]] |= j->nodes[i].asked;
        names[i] = (named){j->nodes[i].is->name, number[i]};
        j->of[j->nodes[i].view][j->nodes[i].subject] = number[i];
    }
    out.names = SF_ARRAY(j->arena, sf_str, out.count);
    out.words = SF_ARRAY(j->arena, sf_str, out.count);
    out.types = types_of(j, number, out.count);
    if (j->count)
        qsort(names, j->count, sizeof *names, by_root);
    for (size_t i = 0, end; i < j->count; i = end) {
        for (end = i + 1; end < j->count && names[end].node == names[i].node;)
            end++;
        bool is_it = asked.ptr && out.asked[names[i].node];
        out.names[names[i].node] = is_it ? asked : usual_name(names + i, end - i);
        out.words[names[i].node] = sf_memo_words(j->memo, out.names[names[i].node]);
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

/* Whoever pages know by the name that is asked for is one, unless there are two of that name. Of a
 * surname there may be several in any case. */
static bool join_asked(joiner *j, sf_str words) {
    uint32_t first = SF_NONE;
    if (is_one_word(words))
        return false;
    for (uint32_t i = 0; i < j->count; i++) {
        if (!sf_str_equal(j->nodes[i].words, words))
            continue;
        if (first != SF_NONE && sf_same_root(j, first) != sf_same_root(j, i))
            return false;
        first = first == SF_NONE ? i : first;
    }
    for (uint32_t i = 0; i < j->count; i++)
        if (j->nodes[i].asked) {
            first = first == SF_NONE ? i : first;
            sf_same_link(j, first, i);
        }
    return first != SF_NONE;
}

sf_joined sf_story_join(sf_arena *arena, const sf_view *views, size_t count, sf_str asked) {
    sf_memo *memo = SF_NEW(arena, sf_memo);
    memo->arena = arena;
    joiner j = {.arena = arena, .views = views, .view_count = count, .memo = memo};
    add_nodes(&j);
    all_named names = join_names(&j);
    make_links(&j);
    bool one = join_asked(&j, sf_text_fold_name(arena, asked));
    join_handles(&j);
    make_links(&j);
    join_other_names(&j, &names);
    join_renamed(&j, &names);
    make_links(&j);
    sf_same_credits(&j);
    make_links(&j);
    return result(&j, one ? asked : SF_ABSENT);
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
