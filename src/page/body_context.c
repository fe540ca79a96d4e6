/* Round two: what the first round's scores say of a block's surroundings. Each function is a pass
 * over the blocks; read sf_body_look_around at the end first. */
#include "page/body_features.h"

enum { FAR = 200 };

static void add_up_chances(sf_body_view *v, const int16_t *chance) {
    for (uint32_t k = 0; k < v->node_count; k++)
        v->nodes[k].chance = v->nodes[k].credit = 0;
    for (uint32_t i = 0; i < v->flow->count; i++)
        v->groups[v->group_of[i]].chance = 0;
    for (uint32_t i = 0; i < v->flow->count; i++) {
        sf_body_node *n = &v->nodes[v->node_of[i]], *up = &v->nodes[n->parent];
        uint64_t story = (uint64_t)chance[i] * v->flow->blocks[i].words;
        n->chance += story;
        v->groups[v->group_of[i]].chance += story;
        up->credit += (uint32_t)(story / 500);
        v->nodes[up->parent].credit += (uint32_t)(story / 1000);
    }
    for (uint32_t k = v->node_count - 1; k > 0; k--)
        v->nodes[v->nodes[k].parent].chance += v->nodes[k].chance;
}

/* Mean chance of the words there, less the block's own; -1 without any. */
static int16_t mean_without(uint64_t story, uint64_t words, uint64_t own_story, uint64_t own) {
    return words > own ? sf_body_cap((int64_t)((story - own_story) / (words - own))) : -1;
}

static void describe_scopes(sf_body_view *v, const int16_t *chance) {
    uint32_t best = sf_body_best(v);
    uint64_t all = v->nodes[0].chance, before = 0;
    for (uint32_t i = 0; i < v->flow->count; i++) {
        int16_t *row = &v->rows[i * SF_BODY_ROUND_TWO];
        const sf_body_node *n = &v->nodes[v->node_of[i]], *up = &v->nodes[n->parent],
                           *grand = &v->nodes[up->parent];
        const sf_body_group *g = &v->groups[v->group_of[i]];
        uint64_t words = v->flow->blocks[i].words, story = words * (uint64_t)chance[i];
        row[SF_BODY_PARENT_CHANCE] = mean_without(up->chance, up->words, story, words);
        row[SF_BODY_PARENT_STORY] = sf_body_share(up->chance, all);
        row[SF_BODY_GRAND_CHANCE] = mean_without(grand->chance, grand->words, story, words);
        row[SF_BODY_GRAND_STORY] = sf_body_share(grand->chance, all);
        row[SF_BODY_PATH_CHANCE] = mean_without(g->chance, g->words, story, words);
        row[SF_BODY_STORY_UP] = sf_body_cap((int64_t)n->depth - n->common);
        row[SF_BODY_STORY_DOWN] = sf_body_cap((int64_t)v->nodes[best].depth - n->common);
        row[SF_BODY_STORY_BEFORE] = sf_body_share(before, all);
        before += story;
        row[SF_BODY_STORY_AFTER] = sf_body_share(all - before, all);
        row[SF_BODY_STORY_WORDS] = sf_body_cap((int64_t)(all / 1000));
    }
}

static int16_t chance_at(const sf_body_view *v, const int16_t *chance, int64_t block) {
    return block < 0 || block >= v->flow->count ? 0 : chance[block];
}

/* Mean chance of the words of blocks begin .. end (both included), less `without`. */
static int16_t mean_chance(const sf_body_view *v, const int16_t *chance, int64_t begin, int64_t end,
                           int64_t without) {
    int64_t story = 0, words = 0;
    for (int64_t i = begin < 0 ? 0 : begin; i <= end && i < v->flow->count; i++) {
        if (i == without)
            continue;
        int64_t w = v->flow->blocks[i].words < 60 ? v->flow->blocks[i].words : 60;
        story += chance[i] * w;
        words += w;
    }
    return words ? sf_body_cap(story / words) : -1;
}

static void describe_window(sf_body_view *v, const int16_t *chance) {
    const sf_flow *flow = v->flow;
    int64_t sure = -1;
    for (int64_t i = 0; i < flow->count; i++) {
        int16_t *row = &v->rows[(size_t)i * SF_BODY_ROUND_TWO];
        row[SF_BODY_CHANCE] = chance[i];
        for (int k = 0; k < 3; k++) {
            row[SF_BODY_PREV_CHANCE + k] = chance_at(v, chance, i - 1 - k);
            row[SF_BODY_NEXT_CHANCE + k] = chance_at(v, chance, i + 1 + k);
        }
        row[SF_BODY_NEAR_CHANCE] = mean_chance(v, chance, i - 6, i + 6, i);
        row[SF_BODY_SURE_BACK] = sure < 0 || i - sure > FAR ? FAR : sf_body_cap(i - sure);
        if (chance[i] >= 800 && flow->blocks[i].words >= 10)
            sure = i;
        uint32_t head = v->heading_of[i];
        row[SF_BODY_HEADING_CHANCE] = head == SF_NONE || head == i ? -1 : chance[head];
        int64_t end = i + 1;
        while (end < flow->count && end < i + 8 && flow->blocks[end].kind != SOFAR_BLOCK_HEADING)
            end++;
        row[SF_BODY_UNDER_CHANCE] = mean_chance(v, chance, i + 1, end - 1, -1);
    }
    sure = -1;
    for (int64_t i = (int64_t)flow->count - 1; i >= 0; i--) {
        v->rows[(size_t)i * SF_BODY_ROUND_TWO + SF_BODY_SURE_AHEAD] =
            sure < 0 || sure - i > FAR ? FAR : sf_body_cap(sure - i);
        if (chance[i] >= 800 && flow->blocks[i].words >= 10)
            sure = i;
    }
}

void sf_body_look_around(sf_body_view *v, const int16_t *chance) {
    add_up_chances(v, chance);
    describe_scopes(v, chance);
    describe_window(v, chance);
}
