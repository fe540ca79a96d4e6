/* Verbs that the model takes for something else, and nouns that it takes for verbs. An inflected
 * verb is no object: "denied reports that" has a noun.
 *
 * Some words are more often something else than the verb they are here: "to direct Night Bus",
 * "will write and direct Low Tide". Behind "to", or behind "and" that joins it to an infinitive,
 * the word is a verb: it takes the place that its object had. */
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

static void make_nouns(sf_tree *tree) {
    for (uint32_t i = 0; i < tree->count; i++) {
        sf_node *node = &tree->nodes[i];
        bool nominal = node->arc == SF_ARC_OBJ || node->arc == SF_ARC_OBL ||
                       node->arc == SF_ARC_NMOD || node->arc == SF_ARC_NSUBJ ||
                       node->arc == SF_ARC_NSUBJ_PASS;
        if (node->pos == SF_POS_VERB && nominal && (node->features & SF_IS_FINITE)) {
            node->pos = SF_POS_NOUN;
            node->features = SF_IS_PLURAL;
        }
    }
}

void sf_tree_mend(sf_tree *tree) {
    make_nouns(tree);
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
