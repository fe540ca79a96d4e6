/* The best tree: the maximum spanning arborescence of Chu and Liu (1965) and Edmonds (1967), grown
 * along a path as in Gabow, Galil, Spencer and Tarjan (1986), over a dense matrix: O(n^2) in time
 * and memory.
 *
 * Start anywhere and walk from each node to its best head. A walk that reaches the root, or a node
 * that is known to lead there, is done: its nodes keep those heads. A walk that comes back to
 * itself has found a cycle, which becomes one node: an arc into it is worth what it is better (or
 * less bad) than the arc of the cycle that it would break. The walk goes on from that node. At the
 * end the nodes are unfolded again, the latest first.
 *
 * Exactly one child of the root: every arc from the root costs PENALTY, more than a whole tree can
 * be worth, so the best tree has as few of them as it can, which is one. For this to be exact the
 * scores are whole numbers, of 2^-20: sums neither round nor run over, and equal is equal; among
 * equals the order of the tokens decides. */
#include "model/decode.h"

enum { FRACTION = 20, LARGEST = 1 << 15 };
#define PENALTY ((int64_t)1 << 46) /* 192 tokens * 2^(20 + 15) < 2^43, both ways */

/* An arc between two nodes, and which of the tokens inside them it is between. Token 0 is the root,
 * token i of the caller is i + 1. */
typedef struct arc {
    int64_t worth;
    uint16_t head, dependent;
} arc;

/* Nodes live in slots; that of a cycle takes the slot of one of its members. What a cycle was is
 * kept as a row of `made`, in the order of making: numbers 0 ... n are the tokens, from n + 1 on
 * the cycles. */
typedef struct forest {
    arc *arcs;        /* [slot of the dependent][slot of the head] */
    uint32_t size;    /* slots: the root and the tokens */
    uint16_t *number; /* of the node in a slot */
    bool *gone;       /* the slot is empty */
    bool *done;       /* its walk has reached the root */
    uint16_t *path;   /* slots */
    uint32_t length;
    arc *chosen;      /* by number: the arc into the node */
    uint16_t *within; /* by number: the cycle it went into; 0 for none */
    uint16_t made;
} forest;

static int64_t whole(float score) {
    if (!(score > -(float)LARGEST)) /* also what is no number */
        score = -(float)LARGEST;
    if (score > (float)LARGEST)
        score = (float)LARGEST;
    double scaled = (double)score * (1 << FRACTION);
    return (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
}

static arc *arc_at(const forest *f, uint32_t dependent, uint32_t head) {
    return &f->arcs[(size_t)dependent * f->size + head];
}

static void fill(forest *f, const float *scores, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j <= count; j++)
            *arc_at(f, i + 1, j == count ? 0 : j + 1) =
                (arc){whole(scores[(size_t)i * (count + 1) + j]) - (j == count ? PENALTY : 0),
                      (uint16_t)(j == count ? 0 : j + 1), (uint16_t)(i + 1)};
}

static uint32_t best_head(const forest *f, uint32_t slot) {
    uint32_t best = SF_NONE;
    for (uint32_t j = 0; j < f->size; j++)
        if (j != slot && !f->gone[j] &&
            (best == SF_NONE || arc_at(f, slot, j)->worth > arc_at(f, slot, best)->worth))
            best = j;
    return best;
}

/* The nodes path[from ...] are a cycle; their slots but the first are given up. */
static void contract(forest *f, uint32_t from) {
    uint32_t into = f->path[from];
    uint16_t cycle = f->made++;
    for (uint32_t k = from; k < f->length; k++) {
        uint32_t member = f->path[k];
        int64_t own = f->chosen[f->number[member]].worth;
        f->within[f->number[member]] = cycle;
        f->gone[member] = member != into;
        for (uint32_t j = 0; j < f->size; j++) {
            arc *in = arc_at(f, member, j), *best = arc_at(f, into, j);
            in->worth -= own;
            if (member != into && in->worth > best->worth)
                *best = *in;
            arc *out = arc_at(f, j, member), *least = arc_at(f, j, into);
            if (member != into && out->worth > least->worth)
                *least = *out;
        }
    }
    f->number[into] = cycle;
    f->length = from + 1;
}

static void walk(forest *f, uint32_t start) {
    f->length = 0;
    f->path[f->length++] = (uint16_t)start;
    for (;;) {
        uint32_t top = f->path[f->length - 1], head = best_head(f, top), k = f->length;
        f->chosen[f->number[top]] = *arc_at(f, top, head);
        if (f->done[head])
            break;
        while (k && f->path[k - 1] != head)
            k--;
        if (k)
            contract(f, k - 1);
        else
            f->path[f->length++] = (uint16_t)head;
    }
    for (uint32_t k = 0; k < f->length; k++)
        f->done[f->path[k]] = true;
}

/* The arc that enters a cycle takes the place of the arc of that member which it enters. */
static void unfold(forest *f) {
    for (uint32_t cycle = f->made; cycle-- > f->size;) {
        uint32_t member = f->chosen[cycle].dependent;
        while (f->within[member] != cycle)
            member = f->within[member];
        f->chosen[member] = f->chosen[cycle];
    }
}

void sf_decode_tree(sf_arena *scratch, const float *scores, uint32_t count, uint16_t *heads) {
    uint32_t size = count + 1;
    forest f = {.arcs = SF_ARRAY(scratch, arc, (size_t)size * size),
                .size = size,
                .number = SF_ARRAY(scratch, uint16_t, size),
                .gone = SF_ARRAY(scratch, bool, size),
                .done = SF_ARRAY(scratch, bool, size),
                .path = SF_ARRAY(scratch, uint16_t, size),
                .chosen = SF_ARRAY(scratch, arc, 2 * size),
                .within = SF_ARRAY(scratch, uint16_t, 2 * size),
                .made = (uint16_t)size};
    for (uint32_t i = 0; i < size; i++)
        f.number[i] = (uint16_t)i;
    f.done[0] = true;
    fill(&f, scores, count);
    for (uint32_t i = 1; i < size; i++)
        if (!f.done[i] && !f.gone[i])
            walk(&f, i);
    unfold(&f);
    for (uint32_t i = 0; i < count; i++)
        heads[i] = (uint16_t)(f.chosen[i + 1].head ? f.chosen[i + 1].head - 1U : count);
}
