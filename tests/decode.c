/* model: trees and BIO sequences against every possible one on small random scores, where many are
 * equal; lemma scripts. */
#include <stdlib.h>

#include "check.h"
#include "model/decode.h"

static uint64_t state = 88172645463325252U;

static uint32_t chance(uint32_t below) { /* xorshift, after Marsaglia */
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

/* ---- trees ---- */

/* Is it a tree with one child of the root? heads[i] == n: the root. */
static bool is_tree(const uint16_t *heads, uint32_t n) {
    uint32_t roots = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i, steps = 0;
        while (at != n && steps++ <= n)
            at = heads[at];
        if (at != n || heads[i] == i)
            return false;
        roots += heads[i] == n;
    }
    return roots == 1;
}

static double worth(const float *scores, const uint16_t *heads, uint32_t n) {
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += (double)scores[i * (n + 1) + heads[i]];
    return sum;
}

/* The worth of the best tree there is, by looking at all. */
static double best_tree(const float *scores, uint32_t n) {
    uint16_t heads[8] = {0};
    double best = -1e30;
    for (;;) {
        if (is_tree(heads, n) && worth(scores, heads, n) > best)
            best = worth(scores, heads, n);
        uint32_t i = 0;
        while (i < n && ++heads[i] > n)
            heads[i++] = 0;
        if (i == n)
            return best;
    }
}

static void small_trees(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    bool legal = true, best = true;
    for (uint32_t n = 1; n <= 5; n++)
        for (uint32_t round = 0; round < 400; round++) {
            float scores[5 * 6];
            uint32_t levels = round % 4 ? 1000 : 3; /* the latter: full of equals */
            for (uint32_t i = 0; i < n * (n + 1); i++)
                scores[i] = ((float)chance(levels) - 300) / 8;
            if (round % 3 == 0) /* the root is everybody's favourite */
                for (uint32_t i = 0; i < n; i++)
                    scores[i * (n + 1) + n] += 200;
            uint16_t heads[5];
            sf_decode_tree(&arena, scores, n, heads);
            legal = legal && is_tree(heads, n);
            best = best && worth(scores, heads, n) == best_tree(scores, n);
        }
    CHECK(legal);
    CHECK(best);
    sf_arena_clear(&arena);
}

/* The tree of every size is legal, whatever the numbers are; the same numbers give the same. */
static void large_trees(void) {
    static const float odd[] = {0, -0.0F, 1e30F, -1e30F, 3e38F * 10, -3e38F * 10, 1};
    bool legal = true, same = true;
    float *scores = malloc(sizeof(float) * SF_TREE_MOST * (SF_TREE_MOST + 1));
    for (uint32_t n = 1; n <= SF_TREE_MOST; n += n < 8 ? 1 : 23)
        for (int kind = 0; kind < 4; kind++) {
            sf_arena arena;
            uint16_t heads[SF_TREE_MOST], again[SF_TREE_MOST];
            sf_arena_init(&arena, NULL, NULL);
            for (uint32_t i = 0; i < n * (n + 1); i++)
                scores[i] = kind == 0   ? 0
                            : kind == 1 ? (float)chance(100000) / 1000
                            : kind == 2 ? odd[chance(SF_LEN(odd))]
                                        : (i % (n + 1) == (i / (n + 1) ^ 1) ? 5.0F : 0.0F);
            if (kind == 2)
                scores[n / 2] = odd[4] - odd[4]; /* no number */
            sf_decode_tree(&arena, scores, n, heads);
            sf_decode_tree(&arena, scores, n, again);
            legal = legal && is_tree(heads, n);
            same = same && memcmp(heads, again, n * sizeof *heads) == 0;
            sf_arena_clear(&arena);
        }
    free(scores);
    CHECK(legal);
    CHECK(same);
}

/* ---- sequences ---- */

static bool is_legal(const uint8_t *classes, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (classes[i] && classes[i] % 2 == 0 &&
            (i == 0 || (classes[i - 1] != classes[i] && classes[i - 1] != classes[i] - 1)))
            return false;
    return true;
}

static double sum_of(const float *logits, const uint8_t *classes, uint32_t n, uint32_t stride) {
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += (double)logits[i * stride + classes[i]];
    return sum;
}

/* Counts up from the last place, so that of equals the first found is the one that is wanted. */
static void best_sequence(const float *logits, uint32_t n, uint32_t classes, uint32_t stride,
                          uint8_t *best) {
    uint8_t at[8] = {0};
    double most = -1e30;
    for (;;) {
        if (is_legal(at, n) && sum_of(logits, at, n, stride) > most) {
            most = sum_of(logits, at, n, stride);
            memcpy(best, at, n);
        }
        uint32_t i = 0;
        while (i < n && ++at[i] == classes)
            at[i++] = 0;
        if (i == n)
            return;
    }
}

static void sequences(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    bool best = true;
    for (uint32_t n = 1; n <= 5; n++)
        for (uint32_t round = 0; round < 300; round++) {
            enum { CLASSES = 5, STRIDE = 16 };
            float logits[5 * STRIDE];
            uint8_t got[5], wanted[5];
            for (uint32_t i = 0; i < n * STRIDE; i++)
                logits[i] = (float)chance(round % 2 ? 3 : 1000);
            sf_decode_bio(&arena, logits, STRIDE, n, CLASSES, got);
            best_sequence(logits, n, CLASSES, STRIDE, wanted);
            best = best && memcmp(got, wanted, n) == 0;
        }
    CHECK(best);
    float huge = 3e38F * 10, odd[] = {huge - huge, -huge, huge, huge, -huge, huge};
    uint8_t got[2];
    sf_decode_bio(&arena, odd, 3, 2, 3, got);
    CHECK(is_legal(got, 2));
    sf_decode_bio(&arena, odd, 3, 0, 3, got);
    sf_arena_clear(&arena);
}

/* ---- lemmas ---- */

static void lemma(const char *script, const char *form, const char *wanted) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    check_str(sf_decode_lemma(&arena, sf_str_of(script), sf_str_of(form)), sf_str_of(wanted),
              script, __FILE__, __LINE__);
    sf_arena_clear(&arena);
}

static void lemmas(void) {
    lemma("=0:", "Ana", "Ana");
    lemma("l0:", "Rained", "rained");
    lemma("l2:", "Rained", "rain");
    lemma("l3:y", "stories", "story");
    lemma("=1:", "Harbours", "Harbour");
    lemma("!be", "Were", "be");
    lemma("l0:", "ÉTÉ", "été");
    lemma("l1:e", "ÉTÉ", "éte");
    lemma("l1:x", "ЧАЙКИ", "чайкx");
    lemma("=1:", "a\xF0\x9F\x98\x80", "a");
    lemma("=3:ing", "ran", "ing");
    lemma("=4:x", "ran", "ran"); /* more than there is */
    lemma("l4:x", "RAN", "ran");
    lemma("=3:", "ran", "ran"); /* nothing would be left */
    lemma("=99999999999999999999:", "ran", "ran");
    lemma("", "Ran", "Ran");
    lemma("!", "Ran", "Ran");
    lemma("l", "Ran", "Ran");
    lemma("l2", "Ran", "Ran");
    lemma("l:s", "Ran", "rans");
}

int main(void) {
    small_trees();
    large_trees();
    sequences();
    lemmas();
    return check_done();
}
