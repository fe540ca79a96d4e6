/* The rules' trie over a sentence's tokens. From each token every path of the trie is followed
 * whose arcs are readings of the tokens; paths are short (MAX_PATH) and most tokens have no
 * reading, so this is linear in the sentence. */
#include "time/match.h"

typedef struct walk {
    sf_arena *arena;
    matches *out;
    const tokens *tokens;
    match found; /* the path so far */
    uint32_t steps;
} walk;

/* No token may cost more than this, whatever the grammar says. */
#define MAX_STEPS 4096

static bool better(const match *a, const match *b) {
    return a->end != b->end ? a->end > b->end : a->priority < b->priority;
}

static void accept(walk *w, const struct rule_accept *a, uint32_t end) {
    match m = w->found;
    m.rule = &sf_grammar_rules[a->rule];
    m.priority = a->rule;
    m.begin = m.at[a->begin];
    m.first = m.at[0];
    m.end = a->end < m.count ? m.at[a->end] : end;
    uint32_t best = w->out->best[m.begin];
    if (best && !better(&m, &w->out->list.at[best - 1]))
        return;
    if (!best) {
        (void)SF_PUSH(w->arena, &w->out->list);
        best = (uint32_t)w->out->list.count;
        w->out->best[m.begin] = best;
    }
    w->out->list.at[best - 1] = m;
}

static void follow(walk *w, uint32_t node, uint32_t at) {
    const struct node *n = &sf_rule_nodes[node];
    for (uint16_t i = 0; i < n->accepts; i++)
        accept(w, &sf_rule_accepts[n->first_accept + i], at);
    if (at >= w->tokens->list.count || w->found.count == MAX_PATH || n->arcs == 0)
        return;
    const token *t = &w->tokens->list.at[at];
    for (uint16_t i = 0; i < t->edge_count; i++) {
        edge e = w->tokens->edges.at[t->first_edge + i];
        for (uint32_t glued = 0; glued < (t->space ? 1u : 2u); glued++) {
            uint32_t next = grammar_step(n, sf_rule_arcs, e.symbol * 2u + glued);
            if (!next || ++w->steps > MAX_STEPS)
                continue;
            w->found.path[w->found.count] = e;
            w->found.at[w->found.count++] = at;
            follow(w, next, at + e.tokens);
            w->found.count--;
        }
    }
}

void sf_matches_find(sf_arena *arena, matches *out, const tokens *t) {
    size_t count = t->list.count;
    out->list.count = 0;
    if (out->room < count) {
        out->best = SF_ARRAY(arena, uint32_t, count * 2);
        out->room = count * 2;
    }
    memset(out->best, 0, count * sizeof *out->best);
    walk w = {.arena = arena, .out = out, .tokens = t};
    for (uint32_t at = 0; at < count; at++) {
        if (!t->list.at[at].edge_count)
            continue;
        w.found.count = 0;
        w.steps = 0;
        follow(&w, 0, at);
    }
}

const edge *sf_match_edge(const match *m, int symbol, int nth) {
    for (uint8_t i = 0; i < m->count; i++)
        if (m->path[i].symbol == symbol && nth-- == 0)
            return &m->path[i];
    return NULL;
}
