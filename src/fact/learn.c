/* An example becomes a pattern: the roles and the fewest words that tie them together.
 *
 * All examples are laid out as one text, a block each, and read by the model at once. In the graph
 * of an example the cheapest paths from each word to all roles are found (Dijkstra); the word with
 * the least sum becomes the anchor, its paths the pattern. Paths through words are cheaper than
 * paths through roles, so that roles hang on the predicate and not on each other.
 *
 * A negative example becomes all its content words, tied together. */
#include <stdlib.h>

#include "fact/beat.h"
#include "fact/standing.h"

enum { HOP = 2, THROUGH_ROLE = 7, ROLE_ROOT = 3, FAR = 1000 };

typedef struct learner {
    sf_arena *arena;
    sf_beats *beats;
    const sf_standings *standings; /* of the text of all examples */
    sf_graph *g;                   /* of the example at hand */
    sf_example *e;
    uint32_t *before; /* from the root at hand: the part before on the cheapest path */
    uint32_t *by;     /* the link from it; */
    int *far;
    bool *done;
    sf_vec(sf_pattern) patterns;
    sf_vec(sf_entry) index;
} learner;

/* ---- one example's graph ---- */

static uint32_t role_at(const sf_graph *g, uint32_t part) {
    const sf_mark *m = sf_part_mark(g, part);
    return m ? m->role : SF_NONE;
}

/* Has the part a word that counts? A role of names has none. */
static bool is_word(const learner *l, uint32_t part) {
    uint32_t role = role_at(l->g, part);
    if (role == SF_NONE)
        return true;
    const sf_mark *m = sf_part_mark(l->g, part);
    bool word = (l->e->type->roles[role].types & SF_TYPE_WORD) != 0 && m->name == SF_NONE;
    return (word && l->g->parts[part].pos != SF_POS_NUM) || !m->whole;
}

/* Which of the pinned words the part is, SF_MAX_PINNED if none. */
static size_t pin_of(const learner *l, uint32_t part) {
    uint32_t begin = sf_part_span(l->g, part).begin - l->e->base;
    for (size_t i = 0; i < l->e->pinned_count; i++)
        if (l->e->pinned[i].begin <= begin && begin < l->e->pinned[i].end)
            return i;
    return SF_MAX_PINNED;
}

static bool is_pinned(const learner *l, uint32_t part) { return pin_of(l, part) < SF_MAX_PINNED; }

/* Must the part be in the pattern? */
static bool is_wanted(const learner *l, uint32_t part) {
    return l->g->parts[part].rep == part && (role_at(l->g, part) != SF_NONE || is_pinned(l, part));
}

/* What is said of one of a list holds for all: as links, since an example is short. */
static void spread(sf_graph *g) {
    size_t count = g->links.count;
    for (size_t i = 0; i < count; i++) {
        sf_link link = g->links.at[i];
        if (g->parts[link.to].list != link.to)
            continue;
        for (uint32_t m = g->parts[link.to].list_next; m != SF_NONE; m = g->parts[m].list_next)
            if (m != link.from)
                sf_graph_link(g, (sf_rel)link.rel, link.word, link.from, m, link.cost + 1, SF_NONE);
    }
}

static bool has_capital(sf_str words) {
    bool capital = false;
    for (size_t i = 0; i < words.len; i++)
        capital |= words.ptr[i] >= 'A' && words.ptr[i] <= 'Z';
    return capital;
}

/* A bracket around one lower-case word names that word's part, and the word counts. */
static bool is_common(sf_str words) {
    bool space = sf_str_find(words, SF_STR(" "), 0) != SIZE_MAX;
    return !has_capital(words) && !space && words.len && !sf_is_digit(words.ptr[0]);
}

static int mark_type(unsigned types) {
    for (int t = 0; t <= SOFAR_OTHER; t++)
        if (types & 1u << t)
            return t;
    return -1;
}

static int by_begin(const void *a, const void *b) {
    const sf_mark *x = a, *y = b;
    return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

static sf_mark *marks_of(sf_arena *arena, const sf_example *e, size_t *count) {
    sf_mark *marks = SF_ARRAY(arena, sf_mark, SF_MAX_ROLES);
    *count = 0;
    for (uint32_t r = 0; r < e->type->role_count; r++) {
        sf_span held = e->held[r];
        if (held.begin == held.end)
            continue;
        unsigned types = e->type->roles[r].types;
        bool subject = (types & SF_TYPE_SUBJECT) != 0;
        sf_str words = sf_span_of(e->sentence, held);
        bool word = (types & SF_TYPE_WORD) && !has_capital(words);
        bool common = subject && !word && is_common(words);
        marks[(*count)++] = (sf_mark){.span = {held.begin + e->base, held.end + e->base},
                                      .name = subject && !common && !word ? r : SF_NONE,
                                      .time = types == SF_TYPE_DATE ? r : SF_NONE,
                                      .role = r,
                                      .type = mark_type(types),
                                      .whole = !common};
    }
    qsort(marks, *count, sizeof *marks, by_begin);
    return marks;
}

/* ---- paths ---- */

static int price(const learner *l, const sf_link *link, uint32_t from, uint32_t root) {
    int cost = link->cost + HOP;
    if (link->rel == SF_REL_CLAUSE || link->rel == SF_REL_MOD)
        cost++;
    if (from != root && role_at(l->g, from) != SF_NONE && !(is_word(l, from)))
        cost += THROUGH_ROLE;
    return cost;
}

static void relax(learner *l, uint32_t from, uint32_t to, uint32_t link, uint32_t root) {
    int far = l->far[from] + price(l, &l->g->links.at[link], from, root);
    if (far < l->far[to]) {
        l->far[to] = far;
        l->before[to] = from;
        l->by[to] = link;
    }
}

static void find_paths(learner *l, uint32_t root) {
    sf_graph *g = l->g;
    for (uint32_t i = 0; i < g->count; i++) {
        l->far[i] = FAR;
        l->before[i] = l->by[i] = SF_NONE;
        l->done[i] = false;
    }
    l->far[root] = 0;
    for (;;) {
        uint32_t next = SF_NONE;
        for (uint32_t i = 0; i < g->count; i++)
            if (!l->done[i] && l->far[i] < FAR && (next == SF_NONE || l->far[i] < l->far[next]))
                next = i;
        if (next == SF_NONE)
            return;
        l->done[next] = true;
        for (uint32_t k = g->parts[next].out; k != SF_NONE; k = g->links.at[k].next_out)
            relax(l, next, g->links.at[k].to, k, root);
        for (uint32_t k = g->parts[next].in; k != SF_NONE; k = g->links.at[k].next_in)
            relax(l, next, g->links.at[k].from, k, root);
    }
}

/* ---- patterns ---- */

/* The list of similar words that the word stands for, or one that it is in; NULL. */
static const sf_similar *similar_to(const sf_example *e, sf_key key) {
    const sf_similar *found = NULL;
    for (size_t i = 0; i < e->similar_count; i++)
        for (size_t k = 0; k < e->similar[i].count && (k == 0 || !found); k++)
            if (e->similar[i].keys[k] == key) {
                if (k == 0)
                    return &e->similar[i];
                found = &e->similar[i];
            }
    return found;
}

static sf_similar keys_of(learner *l, sf_key key) {
    const sf_similar *similar = similar_to(l->e, key);
    if (similar)
        return *similar;
    sf_key *own = SF_NEW(l->arena, sf_key);
    *own = key;
    return (sf_similar){own, 1};
}

/* Adds a part of the graph, and first what it hangs on; its index in the pattern. */
static uint32_t add_part(learner *l, sf_pattern *p, uint32_t *index, uint32_t part) {
    if (index[part] != SF_NONE)
        return index[part];
    uint32_t parent = SF_NONE;
    if (l->before[part] != SF_NONE) {
        parent = add_part(l, p, index, l->before[part]);
        if (parent == SF_NONE)
            return SF_NONE;
    }
    if (p->count == SF_MAX_PATTERN)
        return SF_NONE;
    const sf_graph *g = l->g;
    sf_pattern_part *out = &p->parts[p->count];
    *out = (sf_pattern_part){.parent = parent, .role = role_at(g, part), .token = part};
    if (parent != SF_NONE) {
        const sf_link *link = &g->links.at[l->by[part]];
        out->rel = link->rel;
        out->word = link->word;
        out->up = link->from == part;
    }
    if (is_word(l, part)) {
        sf_similar words = keys_of(l, g->parts[part].key);
        out->keys = words.keys;
        out->key_count = words.count;
        out->qualifier = g->parts[part].qualifier;
        out->pos = g->parts[part].pos;
        out->ing = sf_str_ends(sf_part_form(g, part), SF_STR("ing"));
        out->pinned = is_pinned(l, part);
        out->open = out->pinned && l->e->open[pin_of(l, part)];
    }
    return index[part] = (uint32_t)p->count++;
}

static bool is_leaf(const sf_pattern *p, size_t i) {
    for (size_t k = i + 1; k < p->count; k++)
        if (p->parts[k].parent == i)
            return false;
    return true;
}

/* "a comedy directed by X" after "Low Tide,": that the comedy is a comedy does not matter. The role
 * takes its place. */
static void collapse(sf_pattern *p) {
    for (size_t i = 1; i < p->count; i++) {
        sf_pattern_part *role = &p->parts[i];
        uint32_t at = role->parent;
        if (at == 0 || role->rel != SF_REL_SAME || role->keys || !is_leaf(p, i) ||
            p->parts[at].role != SF_NONE || p->parts[at].rel == SF_REL_SAME)
            continue;
        size_t children = 0;
        for (size_t k = 1; k < p->count; k++)
            children += p->parts[k].parent == at;
        if (children > 1)
            continue;
        p->parts[at].keys = NULL;
        p->parts[at].key_count = 0;
        p->parts[at].qualifier = 0;
        p->parts[at].role = role->role;
        for (size_t k = i; k + 1 < p->count; k++) {
            p->parts[k] = p->parts[k + 1];
            if (p->parts[k].parent > i)
                p->parts[k].parent--;
        }
        p->count--;
        i--;
    }
}

/* Where an example leaves a role to the context, what it says is all there is: nothing may lack. */
static bool may_lack(const sf_example *e, uint32_t role) {
    return e->type->roles[role].optional && !(e->required & 1u << role) &&
           role + 1 < e->type->role_count; /* a date that is marked is part of the wording */
}

static void mark_optional(const sf_example *e, sf_pattern *p) {
    for (size_t i = p->count; i-- > 1;) {
        sf_pattern_part *part = &p->parts[i];
        bool leaf = is_leaf(p, i);
        if (part->role == SF_NONE)
            part->optional = !leaf && part->rel == SF_REL_PREP && !part->up;
        else
            part->optional = p->left == SF_NONE && may_lack(e, part->role);
        for (size_t k = i + 1; k < p->count; k++)
            if (p->parts[k].parent == i)
                part->optional &= p->parts[k].optional;
    }
}

/* How deep in the tree, for ties: the upper word carries the status. */
static int depth_of(const sf_graph *g, uint32_t part) {
    int depth = 0;
    for (uint32_t i = part; i != SF_NONE && depth < 100; i = g->parts[i].head)
        depth++;
    return depth;
}

static int sum_of(const learner *l) {
    int sum = 0;
    for (uint32_t i = 0; i < l->g->count; i++)
        if (is_wanted(l, i))
            sum += l->far[i];
    return sum;
}

static bool is_content(const sf_graph *g, uint32_t part) {
    const sf_part *p = &g->parts[part];
    if (p->rep != part || p->arc == SF_ARC_AUX || p->arc == SF_ARC_AUX_PASS ||
        p->arc == SF_ARC_COP || p->arc == SF_ARC_PUNCT)
        return false;
    return p->mark != SF_NONE || p->pos == SF_POS_NOUN || p->pos == SF_POS_VERB ||
           p->pos == SF_POS_ADJ || p->pos == SF_POS_PROPN || p->pos == SF_POS_ADV ||
           p->pos == SF_POS_NUM;
}

/* Two roles with nothing between but brackets or 's: "Ana Ruiz (Low Tide)", "2018's Low Tide"; or
 * "by", if the page must call one of them something. */
static bool side_by_side(const sf_example *e) {
    sf_span first = {UINT32_MAX, 0}, last = {0, 0};
    size_t count = 0;
    bool called = false;
    for (uint32_t r = 0; r < SF_MAX_ROLES; r++) {
        sf_span held = e->held[r];
        if (held.begin == held.end)
            continue;
        count++;
        called |= e->called[r] != 0;
        first = held.begin < first.begin ? held : first;
        last = held.begin >= last.begin ? held : last;
    }
    if (count != 2)
        return false;
    sf_span between = {first.end, last.begin};
    if (called && sf_str_equal(sf_span_of(e->sentence, between), SF_STR(" by ")))
        return true;
    for (uint32_t i = between.begin; i < between.end; i++)
        if (sf_is_alpha(e->sentence.ptr[i]) && e->sentence.ptr[i] != 's')
            return false;
    return true;
}

static uint32_t best_root(learner *l) {
    const sf_graph *g = l->g;
    uint32_t best = SF_NONE;
    int least = FAR, depth = 0;
    bool bare = side_by_side(l->e); /* "Ana Ruiz (Low Tide)": no word but what stands between */
    for (uint32_t i = 0; i < g->count; i++) {
        if (g->parts[i].rep != i || g->parts[i].arc == SF_ARC_PUNCT || is_word(l, i) == bare)
            continue;
        find_paths(l, i);
        int sum = sum_of(l) + (is_word(l, i) ? 0 : ROLE_ROOT), deep = depth_of(g, i);
        if (sum < least || (sum == least && deep < depth)) {
            best = i;
            least = sum;
            depth = deep;
        }
    }
    return best;
}

/* "signed on to star", "closed a deal to star": starring alone is not it, nor is a post that one
 * takes or leaves ("resigned as [president]"). */
static uint32_t above(const sf_graph *g, uint32_t part) {
    const sf_part *p = &g->parts[part];
    bool verb = p->head != SF_NONE && g->parts[p->head].pos == SF_POS_VERB;
    bool post = role_at(g, part) != SF_NONE && (p->arc == SF_ARC_XCOMP || p->arc == SF_ARC_OBL);
    if (post && verb)
        return p->head;
    bool complement = p->pos == SF_POS_VERB && (p->arc == SF_ARC_XCOMP || p->arc == SF_ARC_ADVCL ||
                                                p->arc == SF_ARC_ACL || p->arc == SF_ARC_OBL);
    bool object = p->pos == SF_POS_NOUN && p->arc == SF_ARC_OBJ;
    return complement || object ? p->head : SF_NONE;
}

/* "released the album [Low Tide]": the noun in front of a name was written for a reason. */
static bool describes(const learner *l, const uint32_t *index, uint32_t i) {
    const sf_graph *g = l->g;
    if (g->parts[i].pos != SF_POS_NOUN || g->parts[i].mark != SF_NONE)
        return false;
    for (size_t k = 0; k < g->links.count; k++) {
        const sf_link *link = &g->links.at[k];
        uint32_t other = link->from == i ? link->to : link->to == i ? link->from : SF_NONE;
        if (link->rel == SF_REL_SAME && link->cost == 0 && other != SF_NONE && other > i &&
            index[other] != SF_NONE && role_at(g, other) != SF_NONE)
            return true;
    }
    return false;
}

/* What a verb of the pattern is said with makes the predicate: "closed a deal", "went into
 * production". Names and dates beside it do not. */
static bool completes(const learner *l, const uint32_t *index, uint32_t i) {
    const sf_graph *g = l->g;
    const sf_part *p = &g->parts[i];
    if (p->rep != i || p->head == SF_NONE || index[p->head] == SF_NONE || p->mark != SF_NONE ||
        g->parts[p->head].pos != SF_POS_VERB || role_at(g, p->head) != SF_NONE)
        return false;
    switch (p->arc) {
    case SF_ARC_NSUBJ:
    case SF_ARC_NSUBJ_PASS:
    case SF_ARC_OBJ:
    case SF_ARC_IOBJ:
    case SF_ARC_OBL:
    case SF_ARC_XCOMP: return p->pos == SF_POS_NOUN || p->pos == SF_POS_VERB;
    default: return false;
    }
}

static bool has_roles(const sf_example *e) {
    for (uint32_t r = 0; r < SF_MAX_ROLES; r++)
        if (e->held[r].begin < e->held[r].end)
            return true;
    return false;
}

static uint32_t left_role(const sf_example *e) {
    for (uint32_t r = 0; r < e->type->role_count; r++)
        if (e->type->roles[r].topical && !e->type->roles[r].optional &&
            e->held[r].begin == e->held[r].end && !e->negative)
            return r;
    return SF_NONE;
}

static bool is_bare(const sf_pattern *p) {
    for (size_t i = 0; i < p->count; i++)
        if (p->parts[i].keys || p->parts[i].role == SF_NONE)
            return false;
    return true;
}

static const char *learn_one(learner *l, sf_pattern *p) {
    const sf_graph *g = l->g;
    bool part = l->e->negative && side_by_side(l->e);
    bool whole = (l->e->negative && !part) || !has_roles(l->e);
    uint32_t root = whole && g->ordered ? g->order[0] : best_root(l);
    if (root == SF_NONE)
        return "the model sees no word that ties its roles together";
    uint32_t low = root;
    if (!l->e->negative)
        while (above(g, root) != SF_NONE && role_at(g, above(g, root)) == SF_NONE)
            root = above(g, root);
    find_paths(l, root);
    p->parts = SF_ARRAY(l->arena, sf_pattern_part, SF_MAX_PATTERN);
    uint32_t *index = SF_ARRAY(l->arena, uint32_t, g->count + 1);
    memset(index, 0xFF, g->count * sizeof *index);
    add_part(l, p, index, root);
    for (uint32_t i = 0; i < g->count; i++) {
        bool wanted = is_wanted(l, i);
        if (wanted && l->far[i] >= FAR)
            return "the model sees no tie between its roles";
        if ((wanted || (l->e->negative && !part && is_content(g, i))) && l->far[i] < FAR)
            if (add_part(l, p, index, i) == SF_NONE)
                return "it is too long";
    }
    if (l->far[low] < FAR && add_part(l, p, index, low) == SF_NONE)
        return "it is too long";
    for (uint32_t i = 0; i < g->count && !l->e->negative; i++)
        if ((completes(l, index, i) || describes(l, index, i)) && l->far[i] < FAR &&
            add_part(l, p, index, i) == SF_NONE)
            return "it is too long";
    if (p->count < 2)
        return "the model sees nothing in it but one word";
    p->bare = is_bare(p);
    if (!l->e->negative) {
        collapse(p);
        mark_optional(l->e, p);
    }
    return NULL;
}

/* ---- all examples ---- */

static void enter(learner *l, const sf_pattern *p, uint32_t number) {
    const sf_pattern_part *anchor = &p->parts[0];
    for (size_t k = 0; k < anchor->key_count; k++)
        *SF_PUSH(l->arena, &l->index) = (sf_entry){anchor->keys[k], number};
    if (!anchor->key_count)
        *SF_PUSH(l->arena, &l->index) = (sf_entry){0, number};
}

static int by_key(const void *a, const void *b) {
    const sf_entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

sf_graph *sf_example_graph(sf_arena *arena, const sf_beats *beats, const sf_example *e) {
    size_t mark_count;
    const sf_mark *marks = marks_of(arena, e, &mark_count);
    return sf_graph_new(arena, beats->tree, beats->stems, e->sentence_number, marks, mark_count);
}

/* Where a post or a part is the anchor of something that happens, the verb is what happens: "the
 * chief executive, Ana Ruiz, [resigned]". */
static uint32_t event_of(const sf_pattern *p) {
    bool noun = p->parts[0].pos == SF_POS_NOUN || p->parts[0].pos == SF_POS_PROPN;
    for (uint32_t i = 1; noun && !p->type->timeless && i < p->count; i++)
        if (p->parts[i].up && p->parts[i].keys && p->parts[i].pos == SF_POS_VERB &&
            (p->parts[i].rel == SF_REL_SUBJ || p->parts[i].rel == SF_REL_OBJ))
            return i;
    return 0;
}

static void learn(learner *l) {
    sf_example *e = l->e;
    l->g = sf_example_graph(l->arena, l->beats, e);
    spread(l->g);
    l->before = SF_ARRAY(l->arena, uint32_t, l->g->count + 1);
    l->by = SF_ARRAY(l->arena, uint32_t, l->g->count + 1);
    l->far = SF_ARRAY(l->arena, int, l->g->count + 1);
    l->done = SF_ARRAY(l->arena, bool, l->g->count + 1);
    sf_pattern p = {.type = e->type,
                    .example = e,
                    .left = left_role(e),
                    .status = e->status,
                    .negative = e->negative};
    for (uint32_t r = 0; r < SF_MAX_ROLES; r++)
        if (e->called[r])
            p.called[r] = keys_of(l, e->called[r]);
    e->unread = learn_one(l, &p);
    if (e->unread)
        return;
    p.event = event_of(&p);
    sf_standing standing =
        sf_standing_of(l->standings, l->g->first + p.parts[p.event].token, (sf_span){0, 0});
    p.own_status = standing.status != e->status;
    p.read = e->status_given || standing.status == SOFAR_DENIED ? standing.status : SOFAR_STATED;
    p.past = sf_tree_is_past(l->beats->tree, l->g->first + p.parts[0].token);
    e->unsaid = standing.nothing && !e->negative;
    e->pattern = (uint32_t)l->patterns.count;
    *SF_PUSH(l->arena, &l->patterns) = p;
    enter(l, &p, e->pattern);
}

void sf_beat_learn(sf_arena *arena, const sf_model *model, const sf_cache *cache, sf_beats *beats) {
    learner l = {.arena = arena, .beats = beats};
    sf_buf all = sf_buf_new(arena);
    sofar_block *blocks = SF_ARRAY(arena, sofar_block, beats->example_count + 1);
    for (size_t i = 0; i < beats->example_count; i++) {
        uint32_t begin = (uint32_t)all.len;
        sf_buf_add(&all, beats->examples[i].sentence);
        blocks[i] = (sofar_block){SOFAR_BLOCK_PARAGRAPH, {begin, (uint32_t)all.len}};
        sf_buf_add(&all, SF_STR("\n\n"));
    }
    if (!beats->example_count)
        return;
    sf_text *text = sf_text_split(arena, sf_buf_str(&all), blocks, beats->example_count);
    sf_text_tokens(arena, text);
    sf_analysis *analysis = sf_cache_load(arena, cache, model, text);
    if (!analysis) {
        analysis = sf_model_analyse(model, arena, text);
        sf_cache_store(arena, cache, model, text, analysis);
    }
    beats->tree = sf_tree_new(arena, text, model, analysis);
    sofar_clipping clipping = {
        .text = text->text, .blocks = blocks, .block_count = beats->example_count};
    sf_people people = {0};
    sf_times times = {0};
    sf_quotes quotes = {0};
    l.standings = sf_standings_new(arena, beats->tree, &clipping, &people, &times, &quotes);
    for (uint32_t i = 0, s = 0; i < beats->example_count; i++) {
        l.e = &beats->examples[i];
        while (s < analysis->sentence_count && analysis->sentences[s].block < i)
            s++;
        uint32_t end = s;
        while (end < analysis->sentence_count && analysis->sentences[end].block == i)
            end++;
        l.e->sentence_number = s;
        l.e->base = blocks[i].span.begin;
        if (end != s + 1)
            l.e->unread = end == s ? "it has no words" : "it is more than one sentence";
        else
            learn(&l);
        s = end;
    }
    beats->patterns = l.patterns.at;
    beats->pattern_count = l.patterns.count;
    if (l.index.count)
        qsort(l.index.at, l.index.count, sizeof *l.index.at, by_key);
    beats->index = l.index.at;
    beats->index_count = l.index.count;
}
