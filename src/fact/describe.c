/* Patterns and graphs as lines, for those who write beats and for tests. */
#include "fact/beat.h"

static const char *const words[] = {"subj", "obj", "iobj", "of", "same", "", "mod", "clause"};

/* The preposition or conjunction of a part, as written: "in", "along with". */
static void put_case(sf_buf *out, const sf_graph *g, uint32_t part) {
    bool any = false;
    for (uint32_t i = 0; i < g->count; i++) {
        const sf_part *p = &g->parts[i];
        uint32_t of =
            p->arc == SF_ARC_FIXED && p->head != SF_NONE ? g->parts[p->head].head : p->head;
        if (p->rep != i || of != part ||
            (p->arc != SF_ARC_CASE && p->arc != SF_ARC_MARK && p->arc != SF_ARC_FIXED))
            continue;
        if (any)
            sf_buf_char(out, '_');
        sf_buf_add(out, sf_part_form(g, i));
        any = true;
    }
}

static void put_link(sf_buf *out, const sf_graph *g, sf_rel rel, sf_key word, uint32_t far,
                     bool up) {
    if (up && rel != SF_REL_SAME)
        sf_buf_char(out, '<');
    sf_buf_add(out, sf_str_of(words[rel]));
    if (rel == SF_REL_CLAUSE && word)
        sf_buf_char(out, ':');
    if (rel == SF_REL_PREP && !word)
        sf_buf_char(out, '-');
    else if (word)
        put_case(out, g, far);
}

static void put_words(sf_buf *out, const sf_graph *g, uint32_t part) {
    sf_buf_add(out, sf_span_of(g->tree->text->text, sf_part_span(g, part)));
}

static void put_pattern_part(sf_buf *out, const sf_graph *g, const sf_pattern *p, uint32_t i) {
    const sf_pattern_part *pp = &p->parts[i];
    if (pp->keys)
        put_words(out, g, pp->token);
    if (pp->role != SF_NONE)
        sf_buf_printf(out, "%s%.*s", pp->keys ? "=" : "", SF_ARG(p->type->roles[pp->role].name));
    if (pp->optional)
        sf_buf_char(out, '?');
    bool any = false;
    for (uint32_t k = i + 1; k < p->count; k++) {
        const sf_pattern_part *child = &p->parts[k];
        if (child->parent != i)
            continue;
        sf_buf_add(out, any ? SF_STR(", ") : SF_STR(" ("));
        any = true;
        put_link(out, g, (sf_rel)child->rel, child->word, child->up ? pp->token : child->token,
                 child->up);
        sf_buf_char(out, ' ');
        put_pattern_part(out, g, p, k);
    }
    if (any)
        sf_buf_char(out, ')');
}

void sf_pattern_describe(sf_buf *out, const sf_beats *beats, const sf_pattern *pattern) {
    sf_graph *g = sf_example_graph(out->arena, beats, pattern->example);
    put_pattern_part(out, g, pattern, 0);
}

void sf_graph_describe(sf_buf *out, const sf_graph *g) {
    for (uint32_t i = 0; i < g->count; i++) {
        bool any = false;
        sf_vec(uint32_t) links = {0};
        for (uint32_t l = g->parts[i].out; l != SF_NONE; l = g->links.at[l].next_out)
            *SF_PUSH(out->arena, &links) = l;
        while (links.count) {
            const sf_link *link = &g->links.at[links.at[--links.count]];
            if (!any)
                put_words(out, g, i);
            sf_buf_add(out, any ? SF_STR(", ") : SF_STR(": "));
            any = true;
            put_link(out, g, (sf_rel)link->rel, link->word, link->to, false);
            for (int c = 0; c < link->cost; c++)
                sf_buf_char(out, '\'');
            sf_buf_char(out, ' ');
            put_words(out, g, link->to);
        }
        if (any)
            sf_buf_char(out, '\n');
    }
}
