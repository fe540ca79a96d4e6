/* standing "WORDS" STATUS [by=NAME] [when=VALUE]: what the page makes of the event that the last
 * token of the words (where they stand first) is the head of. STATUS is a claim or "nothing". */
#include "cases.h"
#include "fact/standing.h"

/* The reading's arena is not written to: everything is made in the given one. */
static sf_str described(sf_arena *arena, const sofar_reading *r, sf_str words) {
    size_t at = sf_str_find(r->clipping.text, words, 0);
    if (at == SIZE_MAX || !words.len)
        return SF_STR("not in the text");
    const sf_tree *tree = sf_tree_new(arena, r->text, r->model, r->analysis);
    const sf_standings *all =
        sf_standings_new(arena, tree, &r->clipping, &r->people, &r->times, &r->quotes);
    uint32_t anchor = sf_text_token_at(tree->text, (uint32_t)(at + words.len - 1));
    sf_standing found = sf_standing_of(all, anchor, (sf_span){0, 0});
    if (found.nothing)
        return SF_STR("nothing");
    sf_buf out = sf_buf_new(arena);
    sf_buf_printf(&out, "%s", sf_claim_word(found.status));
    if (found.by != SOFAR_NOBODY)
        sf_buf_printf(&out, " by=%.*s", SF_ARG(r->people.subjects[found.by].name));
    if (found.when != SF_NONE)
        sf_buf_printf(&out, " when=%.*s", SF_ARG(r->times.at[found.when].value));
    return sf_buf_str(&out);
}

sf_str test_standing(sf_arena *arena, const sofar_reading *r, sf_str line) {
    size_t open = sf_str_find(line, SF_STR("\""), 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : sf_str_find(line, SF_STR("\" "), open + 1);
    if (close == SIZE_MAX)
        return SF_STR("wants quoted words");
    sf_str found = described(arena, r, sf_str_sub(line, open + 1, close));
    return sf_str_format(arena, "%.*s %.*s", SF_ARG(sf_str_sub(line, 0, close + 1)), SF_ARG(found));
}
