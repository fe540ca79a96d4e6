/* Verbs that the model takes for something else, and nouns that it takes for verbs. An inflected
 * verb is no object: "denied reports that" has a noun.
 *
 * Some words are more often something else than the verb they are here: "to direct Night Bus",
 * "will write and direct Low Tide". Behind "to", or behind "and" that joins it to an infinitive,
 * the word is a verb: it takes the place that its object had.
 *
 * What hyphens join in front of a noun ("a coming-of-age drama") modifies it, whatever its words
 * are by themselves. */
#include "fact/tree.h"

static bool is_word(const sf_tree *tree, uint32_t node, const char *const *words) {
    for (; *words; words++)
        if (sf_str_equal_ci(sf_tree_form(tree, node), sf_str_of(*words)))
            return true;
    return false;
}

static bool is_above(const sf_tree *tree, uint32_t above, uint32_t node) {
    while (node != SF_NONE && node != above)
        node = tree->nodes[node].head;
    return node == above;
}

/* The verb takes the place of the word that it was taken to modify, which becomes its object; what
 * stood in front of it there is the verb's. */
static void take_place(sf_tree *tree, uint32_t verb, sf_arc arc, uint32_t head) {
    sf_node *nodes = tree->nodes;
    uint32_t object = nodes[verb].head;
    if (nodes[object].head == SF_NONE)
        head = SF_NONE, arc = SF_ARC_ROOT;
    else if (is_above(tree, object, head))
        return;
    for (uint32_t i = verb; i-- > 0 && nodes[i].sentence == nodes[verb].sentence;)
        if (nodes[i].head == object)
            nodes[i].head = verb;
    nodes[object].head = verb;
    nodes[object].arc = SF_ARC_OBJ;
    nodes[verb].head = head;
    nodes[verb].arc = (uint8_t)arc;
}

static void make_verb(sf_tree *tree, uint32_t verb, sf_arc arc, uint32_t head) {
    sf_node *node = &tree->nodes[verb];
    bool modifies = node->arc == SF_ARC_AMOD || node->arc == SF_ARC_COMPOUND;
    if (modifies && node->head > verb)
        take_place(tree, verb, arc, head);
    node->pos = SF_POS_VERB;
    node->features = SF_IS_INFINITIVE;
}

/* "Filming on Low Tide began": what is the subject of a verb and has no object is as good as a
 * noun. */
static void make_gerund(sf_tree *tree, uint32_t gerund) {
    sf_node *node = &tree->nodes[gerund];
    const sf_model_sentence *s = &tree->analysis->sentences[node->sentence];
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
        if (tree->nodes[i].head == gerund &&
            (tree->nodes[i].arc == SF_ARC_OBJ || tree->nodes[i].arc == SF_ARC_NSUBJ))
            return;
    node->pos = SF_POS_NOUN;
    node->features = 0;
    if (node->arc == SF_ARC_CSUBJ)
        node->arc = SF_ARC_NSUBJ;
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
        if (tree->nodes[i].head == gerund && tree->nodes[i].arc == SF_ARC_OBL)
            tree->nodes[i].arc = SF_ARC_NMOD;
}

static void make_nouns(sf_tree *tree) {
    for (uint32_t i = 0; i < tree->count; i++) {
        sf_node *node = &tree->nodes[i];
        bool subject = node->arc == SF_ARC_NSUBJ || node->arc == SF_ARC_NSUBJ_PASS ||
                       node->arc == SF_ARC_CSUBJ;
        if (node->pos == SF_POS_VERB && subject &&
            sf_str_ends(sf_tree_form(tree, i), SF_STR("ing"))) {
            make_gerund(tree, i);
            continue;
        }
        bool nominal = node->arc == SF_ARC_OBJ || node->arc == SF_ARC_OBL ||
                       node->arc == SF_ARC_NMOD || node->arc == SF_ARC_NSUBJ ||
                       node->arc == SF_ARC_NSUBJ_PASS;
        if (node->pos == SF_POS_VERB && nominal && (node->features & SF_IS_FINITE)) {
            node->pos = SF_POS_NOUN;
            node->features = SF_IS_PLURAL;
        }
    }
}

/* ---- words joined by hyphens ---- */

/* The last token of what hyphens join to the token, or the token. */
static uint32_t end_of_chain(const sf_tree *tree, uint32_t token) {
    const sf_token *t = tree->text->tokens;
    uint32_t end = token;
    while (end + 2 < tree->count && sf_str_equal(sf_tree_form(tree, end + 1), SF_STR("-")) &&
           t[end].span.end == t[end + 1].span.begin &&
           t[end + 1].span.end == t[end + 2].span.begin &&
           tree->nodes[end + 2].sentence == tree->nodes[token].sentence)
        end += 2;
    return end;
}

/* The noun that ends the phrase behind a chain: "drama [film]"; SF_NONE. */
static uint32_t noun_behind(const sf_tree *tree, uint32_t end) {
    enum { LONG = 8 };
    uint32_t noun = SF_NONE;
    for (uint32_t i = end + 1; i < tree->count && i <= end + LONG; i++) {
        const sf_node *n = &tree->nodes[i];
        uint32_t chain = end_of_chain(tree, i);
        if (n->sentence != tree->nodes[end].sentence)
            break;
        if (chain == i && n->pos != SF_POS_NOUN && n->pos != SF_POS_ADJ)
            break;
        if (chain == i && n->pos == SF_POS_NOUN)
            noun = i;
        i = chain;
    }
    return noun;
}

/* Has the model made a clause of it: "is [coming]-of-age"? */
static bool is_torn(const sf_tree *tree, uint32_t begin, uint32_t end, uint32_t noun) {
    unsigned tops = 0;
    for (uint32_t i = begin; i <= end; i += 2) {
        uint32_t head = tree->nodes[i].head;
        bool outside = head == SF_NONE || head < begin || head > end;
        tops += outside;
        if (is_above(tree, i, noun) || (outside && (head == SF_NONE || head < begin)))
            return true;
    }
    for (uint32_t i = begin; i-- > 0 && tree->nodes[i].sentence == tree->nodes[begin].sentence;) {
        const sf_node *n = &tree->nodes[i];
        if (n->head != SF_NONE && n->head >= begin && n->head <= end &&
            (n->arc == SF_ARC_NSUBJ || n->arc == SF_ARC_COP || n->arc == SF_ARC_AUX))
            return true;
    }
    return tops > 1;
}

/* The noun takes the chain's place, and what hung on the chain. */
static void hang_chain(sf_tree *tree, uint32_t begin, uint32_t end, uint32_t noun) {
    sf_node *nodes = tree->nodes;
    for (uint32_t i = begin; i <= end; i++) {
        uint32_t head = nodes[i].head;
        bool outside = head == SF_NONE || head < begin || head > end;
        if (outside && is_above(tree, i, noun)) {
            nodes[noun].head = head;
            nodes[noun].arc = nodes[i].arc;
            break;
        }
    }
    static const char *const be[] = {"is", "was", "are", "were", "'s", "’s", NULL};
    const sf_model_sentence *s = &tree->analysis->sentences[nodes[noun].sentence];
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
        bool on_chain = nodes[i].head != SF_NONE && nodes[i].head >= begin && nodes[i].head <= end;
        if (i == noun || !on_chain || (i >= begin && i <= end))
            continue;
        nodes[i].head = noun;
        if (nodes[i].arc == SF_ARC_AUX && is_word(tree, i, be))
            nodes[i].arc = SF_ARC_COP;
        else if (i > end && i < noun && nodes[i].pos == SF_POS_NOUN)
            nodes[i].arc = SF_ARC_COMPOUND;
    }
    for (uint32_t i = begin; i <= end; i++) {
        nodes[i].head = i == end ? noun : end;
        nodes[i].arc = (i - begin) % 2 ? SF_ARC_PUNCT : i == end ? SF_ARC_AMOD : SF_ARC_COMPOUND;
    }
    if (nodes[end].pos == SF_POS_VERB)
        nodes[end].pos = SF_POS_ADJ;
}

static void mend_chains(sf_tree *tree) {
    enum { LONG = 8 };
    for (uint32_t i = 1, end; i < tree->count; i = end + 1) {
        end = end_of_chain(tree, i);
        uint8_t before = tree->nodes[i - 1].pos;
        bool inside = tree->nodes[i - 1].sentence == tree->nodes[i].sentence &&
                      (before == SF_POS_DET || before == SF_POS_ADJ || before == SF_POS_NUM ||
                       before == SF_POS_PART || before == SF_POS_NOUN || before == SF_POS_PROPN ||
                       before == SF_POS_PRON);
        bool made = tree->nodes[i].pos == SF_POS_PROPN && /* "the Ana Ruiz-directed drama" */
                    tree->nodes[end].pos == SF_POS_VERB;
        if (end == i || end - i > LONG || !inside || made)
            continue;
        uint32_t noun = noun_behind(tree, end);
        if (noun != SF_NONE && is_torn(tree, i, end, noun))
            hang_chain(tree, i, end, noun);
    }
}

void sf_tree_mend(sf_tree *tree) {
    make_nouns(tree);
    mend_chains(tree);
    static const char *const verbs[] = {"direct", "star",    "host",   "score", "pen",
                                        "front",  "co-star", "costar", NULL};
    static const char *const to[] = {"to", NULL}, *const joins[] = {"and", "or", "nor", NULL};
    const sf_node *nodes = tree->nodes;
    for (uint32_t i = 2; i < tree->count; i++) {
        if (nodes[i].pos == SF_POS_VERB || !is_word(tree, i, verbs) ||
            nodes[i - 2].sentence != nodes[i].sentence)
            continue;
        uint8_t before = nodes[i - 2].pos;
        if (is_word(tree, i - 1, to) && nodes[i].head != SF_NONE &&
            (before == SF_POS_VERB || before == SF_POS_ADJ || before == SF_POS_NOUN ||
             before == SF_POS_PROPN)) {
            bool noun = before == SF_POS_NOUN || before == SF_POS_PROPN;
            make_verb(tree, i, noun ? SF_ARC_ACL : SF_ARC_XCOMP, i - 2);
            if (nodes[i - 1].head == i)
                tree->nodes[i - 1].arc = SF_ARC_MARK;
        } else if (is_word(tree, i - 1, joins) && before == SF_POS_VERB &&
                   (nodes[i - 2].features & SF_IS_INFINITIVE)) {
            make_verb(tree, i, SF_ARC_CONJ, i - 2);
        }
    }
}
