/* Two people of whom a fact tells that they belong together, or did: "Ana Ruiz is engaged to Jo
 * Park. The couple met in May." A noun or pronoun that stands for them is a mark with two names;
 * patterns that ask for both find them there. They are the two that the paragraph told of last, or
 * else the first of the page. */
#include "fact/mark.h"

static bool is_word(const sf_tree *tree, uint32_t token, const char *word) {
    return sf_str_equal_ci(sf_tree_form(tree, token), sf_str_of(word));
}

/* "The couple", "the two", "they". */
static bool stands_for_two(const sf_tree *tree, uint32_t token) {
    static const char *const nouns[] = {"couple", "pair", "two", "duo", "twosome", "newlyweds"};
    const sf_node *n = &tree->nodes[token];
    if (n->pos == SF_POS_PRON)
        return is_word(tree, token, "they");
    bool the = token > 0 && (is_word(tree, token - 1, "the") || is_word(tree, token - 1, "former"));
    for (size_t i = 0; the && i < SF_LEN(nouns); i++)
        if (is_word(tree, token, nouns[i]))
            return n->arc != SF_ARC_COMPOUND && n->arc != SF_ARC_NUMMOD;
    return false;
}

bool sf_marker_take_pair(sf_marker *m, const sf_tree *tree, uint32_t token) {
    if (!stands_for_two(tree, token))
        return false;
    *SF_PUSH(m->arena, &m->marks) = (sf_mark){.span = tree->text->tokens[token].span,
                                              .name = SF_NONE,
                                              .time = SF_NONE,
                                              .role = SF_NONE,
                                              .type = SOFAR_PERSON,
                                              .two = true};
    return true;
}

/* "a son", "a son, [Leo]": a child of the two is no third person. */
static bool is_child(const sf_tree *tree, sf_span name) {
    static const char *const nouns[] = {"son", "daughter", "child", "boy", "girl"};
    uint32_t token = sf_text_token_at(tree->text, name.begin);
    uint32_t end = sf_text_token_at(tree->text, name.end - 1);
    token -= token > 1 && is_word(tree, token - 1, ",");
    for (size_t i = 0; i < SF_LEN(nouns); i++)
        if (is_word(tree, end, nouns[i]) || (token > 0 && is_word(tree, token - 1, nouns[i])))
            return true;
    return false;
}

/* Is anyone else spoken of in the sentence before, or in this one as far as the token? */
static bool is_crowd(const sf_people *people, const sf_pair *pair, const sf_tree *tree,
                     uint32_t token) {
    uint32_t sentence = tree->nodes[token].sentence;
    const sf_model_sentence *at = &tree->analysis->sentences[sentence];
    if (sentence > 0 && at[-1].block == at->block && at[-1].token_count)
        sentence--;
    uint32_t begin = sf_tree_sentence_span(tree, sentence).begin;
    for (size_t i = sf_who_name_from(people->names, people->name_count, begin);
         i < people->name_count &&
         people->names[i].span.begin < tree->text->tokens[token].span.begin;
         i++) {
        uint32_t subject = people->names[i].subject;
        if (people->subjects[subject].type == SOFAR_PERSON &&
            subject != people->names[pair->one].subject &&
            subject != people->names[pair->other].subject && !is_child(tree, people->names[i].span))
            return true;
    }
    return false;
}

void sf_pairs_settle(const sf_pairs *pairs, const sf_people *people, const sf_tree *tree,
                     sf_marks *marks) {
    for (size_t i = 0; i < marks->count && pairs->first.known; i++) {
        sf_mark *mark = &marks->at[i];
        uint32_t token = sf_text_token_at(tree->text, mark->span.begin);
        uint32_t block = tree->analysis->sentences[tree->nodes[token].sentence].block;
        const sf_pair *pair = pairs->last.block == block ? &pairs->last : &pairs->first;
        if (mark->two && !is_crowd(people, pair, tree, token)) {
            mark->name = pair->one;
            mark->second = pair->other;
        }
    }
}

void sf_pairs_tell(sf_pairs *pairs, uint32_t block, uint32_t one, uint32_t other) {
    pairs->last = (sf_pair){true, block, one, other};
    if (!pairs->first.known)
        pairs->first = pairs->last;
}
