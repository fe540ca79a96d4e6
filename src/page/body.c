/* Story or not, block by block: two rounds of boosted trees over body_features.h. The second sees
 * what the first thinks of the surroundings, which does the work of a Viterbi pass and also reaches
 * across the page (Tu, "Auto-context", 2008). */
#include "page/body.h"

#include "page/body_model.h"

enum {
    POINTER_WORDS = 30,                /* a line that points to another story is no longer */
    HOPELESS = -6 * SF_BODY_LOGIT,     /* of round one: no second look */
    RESCUE_WORDS = 8,                  /* the net catches what is led by a block of so many words */
    RESCUE_FLOOR = -4 * SF_BODY_LOGIT, /* ... and of no less than that score, */
    RESCUE_SPREAD = 3 * SF_BODY_LOGIT / 2 /* with all that is nearly as likely */
};

/* Adds the trees up for the listed rows, a tree at a time: rows do not wait for each other. */
static void run_forest(const sf_body_forest *forest, const int16_t *rows, const uint32_t *list,
                       uint32_t count, int32_t *scores) {
    for (uint32_t i = 0; i < count; i++)
        scores[list[i]] = 0;
    for (uint32_t t = 0; t < forest->trees; t++) {
        const sf_body_branch *root = &forest->branches[forest->roots[t]];
        for (uint32_t i = 0; i < count; i++) {
            const int16_t *row = &rows[(size_t)list[i] * SF_BODY_ROUND_TWO];
            const sf_body_branch *b = root;
            while (b->feature != SF_BODY_LEAF)
                b += row[b->feature] <= b->value ? 1 : b->right;
            scores[list[i]] += b->value;
        }
    }
}

static int16_t chance_of(const sf_body_model *model, int32_t score) {
    int32_t at = (score >> SF_BODY_CHANCE_SHIFT) + SF_BODY_CHANCES / 2;
    return model->chances[at < 0 ? 0 : at >= SF_BODY_CHANCES ? SF_BODY_CHANCES - 1 : at];
}

/* A page with text of which nothing was chosen: the likeliest block with a sentence's words, and
 * what is nearly as likely. */
static void rescue(const sf_flow *flow, const int32_t *scores, uint8_t *keep) {
    uint32_t best = SF_NONE;
    for (uint32_t i = 0; i < flow->count; i++) {
        if (keep[i])
            return;
        if (flow->blocks[i].words >= RESCUE_WORDS && (best == SF_NONE || scores[i] > scores[best]))
            best = i;
    }
    if (best == SF_NONE || scores[best] < RESCUE_FLOOR)
        return;
    for (uint32_t i = 0; i < flow->count; i++)
        keep[i] = scores[i] >= scores[best] - RESCUE_SPREAD;
}

/* "READ MORE: Ten walks along the tide line": a link to another story amid this one. The pages that
 * were learned from are of two minds about these lines; the contract is not. */
static bool points_elsewhere(const sf_flow_block *b) {
    static const char *const openings[] = {
        "read more", "also read", "read also", "read next",        "see also",
        "related:",  "related ",  "more:",     "you may also like"};
    /* what WordPress puts at the end of every entry of a feed */
    if (sf_str_starts(b->text, SF_STR("The post ")) && b->link_bytes &&
        sf_str_find(b->text, SF_STR(" appeared first on "), 0) != SIZE_MAX)
        return true;
    if (b->words > POINTER_WORDS || b->link_bytes * 3 < b->text.len)
        return false;
    size_t at = 0;
    while (at < b->text.len && !sf_is_alpha(b->text.ptr[at]))
        at++;
    sf_str rest = sf_str_sub(b->text, at, b->text.len);
    for (size_t i = 0; i < SF_LEN(openings); i++)
        if (sf_str_starts_ci(rest, sf_str_of(openings[i])))
            return true;
    return false;
}

uint8_t *sf_body_choose_by(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title,
                           const sf_body_model *model, int32_t *scores) {
    uint8_t *keep = sf_alloc(arena, flow->count + 1);
    if (flow->count == 0)
        return keep;
    if (!scores)
        scores = SF_ARRAY(arena, int32_t, flow->count);
    int16_t *chance = SF_ARRAY(arena, int16_t, flow->count);
    sf_body_view *view = sf_body_look(arena, dom, flow, title, model->path, model->cues);
    uint32_t *list = SF_ARRAY(arena, uint32_t, flow->count), count = 0;
    for (uint32_t i = 0; i < flow->count; i++)
        list[i] = i;
    run_forest(&model->rounds[0], view->rows, list, flow->count, scores);
    for (uint32_t i = 0; i < flow->count; i++) {
        chance[i] = chance_of(model, scores[i]);
        if (scores[i] > HOPELESS)
            list[count++] = i;
    }
    sf_body_look_around(view, chance);
    run_forest(&model->rounds[1], view->rows, list, count, scores);
    for (uint32_t i = 0; i < flow->count; i++)
        keep[i] = scores[i] > model->threshold && !points_elsewhere(&flow->blocks[i]);
    rescue(flow, scores, keep);
    return keep;
}

uint8_t *sf_body_choose(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title) {
    return sf_body_choose_by(arena, dom, flow, title, &sf_body_learned, NULL);
}
