/* Two people of one name: pages that give different birthdays do not mean the same. */
#include "story/same.h"

enum { MOST_LIVES = 8 };

typedef struct life { /* people of one name with one birthday */
    sf_interval born;
    uint32_t first;
} life;

static size_t find_lives(const joiner *j, const named *group, size_t count, life *lives) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const node *n = &j->nodes[group[i].node];
        bool known = !sf_days_there(n->born) || n->family != BEING;
        for (size_t l = 0; l < found && !known; l++)
            known = sf_days_agree(lives[l].born, n->born);
        if (!known && found < MOST_LIVES)
            lives[found++] = (life){n->born, group[i].node};
    }
    return found;
}

/* How many of a page's other subjects are on a page of this life. */
static size_t company(const joiner *j, const named *group, size_t count, const life *l,
                      const node *n) {
    size_t shared = 0;
    for (size_t a = 0; a < j->views[n->view].capture->subject_count; a++) {
        uint32_t other = j->of[n->view][a];
        bool met = false;
        for (size_t i = 0; i < count && other != SF_NONE && !met; i++) {
            const node *of = &j->nodes[group[i].node];
            if (!sf_days_there(of->born) || !sf_days_agree(of->born, l->born))
                continue;
            for (size_t b = 0; b < j->views[of->view].capture->subject_count && !met; b++) {
                uint32_t there = j->of[of->view][b];
                met = there != SF_NONE && there != group[i].node && &j->nodes[other] != n &&
                      sf_str_equal(j->nodes[there].words, j->nodes[other].words);
            }
        }
        shared += met;
    }
    return shared;
}

/* False if there is only one life. Who has no birthday and no company of one is left alone. */
bool sf_same_lives(joiner *j, const named *group, size_t count) {
    enum { MOST_NODES = 64 }; /* of one name; beyond, only those with a birthday are told apart */
    life lives[MOST_LIVES];
    size_t found = find_lives(j, group, count, lives);
    uint32_t alone = SF_NONE;
    if (found < 2)
        return false;
    for (size_t i = 0; i < count; i++) {
        const node *n = &j->nodes[group[i].node];
        size_t best = SIZE_MAX, most = 0;
        for (size_t l = 0; l < found; l++) {
            bool born = sf_days_there(n->born);
            size_t votes = born                 ? sf_days_agree(n->born, lives[l].born)
                           : count > MOST_NODES ? 0
                                                : company(j, group, count, &lives[l], n);
            if (votes > most || (votes == most && votes)) {
                best = votes > most ? l : SIZE_MAX;
                most = votes;
            }
        }
        uint32_t with = best != SIZE_MAX ? lives[best].first : alone;
        if (with == SF_NONE)
            alone = group[i].node;
        else
            sf_same_link(j, with, group[i].node);
    }
    return true;
}
