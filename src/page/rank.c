#include "page/rank.h"

sf_ranking sf_ranking_new(sf_arena *arena) {
    sf_ranking ranking = {0};
    SF_PUSH(arena, &ranking)->node = SF_NONE;
    return ranking;
}

sf_candidate *sf_ranking_add(sf_arena *arena, sf_ranking *ranking, sf_str key) {
    for (size_t i = 1; i < ranking->count; i++)
        if (sf_str_equal(ranking->at[i].key, key))
            return &ranking->at[i];
    if (ranking->count >= SF_RANK_CANDIDATES)
        return NULL;
    sf_candidate *c = SF_PUSH(arena, ranking);
    c->key = key;
    c->node = SF_NONE;
    c->trust = -1;
    return c;
}

void sf_candidate_mark(sf_candidate *candidate, unsigned feature) {
    candidate->bits[feature / 64] |= (uint64_t)1 << feature % 64;
}

bool sf_candidate_has(const sf_candidate *candidate, unsigned feature) {
    return candidate->bits[feature / 64] >> feature % 64 & 1;
}

size_t sf_ranking_choose(sf_ranking *ranking, const int16_t *weights, int32_t margin) {
    size_t best = 0;
    for (size_t i = 0; i < ranking->count; i++) {
        sf_candidate *c = &ranking->at[i];
        c->score = 0;
        for (size_t word = 0; word < SF_LEN(c->bits); word++)
            for (uint64_t left = c->bits[word]; left; left &= left - 1)
                c->score += weights[word * 64 + (size_t)__builtin_ctzll(left)];
        if (c->score > ranking->at[best].score)
            best = i;
    }
    return best && ranking->at[best].score >= ranking->at[0].score + margin ? best : 0;
}
