#include "fact/called.h"

#include <stdlib.h>

static void add(sf_callings *c, const sf_graph *g, uint32_t subject, uint32_t noun) {
    const sf_part *p = &g->parts[noun];
    const sf_mark *m = sf_part_mark(g, noun);
    if ((p->pos != SF_POS_NOUN && p->pos != SF_POS_PROPN) || (m && m->whole))
        return;
    if (p->joined)
        *SF_PUSH(g->arena, &c->list) = (sf_called){subject, p->joined};
    else if (!p->qualifier)
        *SF_PUSH(g->arena, &c->list) = (sf_called){subject, p->key};
}

void sf_callings_add(sf_callings *c, const sf_graph *g, const sofar_name *names) {
    for (uint32_t i = 0; i < g->count; i++) {
        const sf_mark *m = g->parts[i].rep == i ? sf_part_mark(g, i) : NULL;
        if (!m || m->name == SF_NONE)
            continue;
        uint32_t subject = names[m->name].subject;
        if (!m->whole) /* "the film" */
            add(c, g, subject, i);
        for (uint32_t l = g->parts[i].out; l != SF_NONE; l = g->links.at[l].next_out)
            if (g->links.at[l].rel == SF_REL_SAME && g->links.at[l].cost < 2)
                add(c, g, subject, g->links.at[l].to);
        for (uint32_t l = g->parts[i].in; l != SF_NONE; l = g->links.at[l].next_in)
            if (g->links.at[l].rel == SF_REL_SAME && g->links.at[l].cost < 2)
                add(c, g, subject, g->links.at[l].from);
    }
}

static int by_subject(const void *a, const void *b) {
    const sf_called *x = a, *y = b;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

void sf_callings_sort(sf_callings *c) {
    if (c->list.count)
        qsort(c->list.at, c->list.count, sizeof *c->list.at, by_subject);
}

bool sf_is_called(const sf_callings *c, uint32_t subject, const sf_key *keys, size_t count) {
    for (size_t i = 0; i < count && c->list.count; i++) {
        sf_called asked = {subject, keys[i]};
        if (bsearch(&asked, c->list.at, c->list.count, sizeof asked, by_subject))
            return true;
    }
    return false;
}
