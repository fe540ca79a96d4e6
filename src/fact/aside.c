#include "fact/aside.h"

enum { REACH = 12, UP = 12 }; /* tokens looked back, arcs gone up */

static bool is_one_of(sf_str word, const char *const *words) {
    for (; *words; words++)
        if (sf_str_equal_ci(word, sf_str_of(*words)))
            return true;
    return false;
}

/* "Ana Ruiz (Low Tide, Night Ferry)" */
static bool in_brackets(const sf_tree *tree, uint32_t token) {
    uint32_t first = tree->analysis->sentences[tree->nodes[token].sentence].first_token;
    for (uint32_t i = token; i-- > first && token - i <= REACH;) {
        sf_str form = sf_tree_form(tree, i);
        if (sf_str_equal(form, SF_STR("(")))
            return true;
        if (sf_str_equal(form, SF_STR(")")))
            return false;
    }
    return false;
}

/* "the Low Tide star": in what someone is called, known or not. */
static bool in_epithet(const sf_tree *tree, const sf_people *people, const sofar_name *name,
                       uint32_t top) {
    static const char *const words[] = {"star",       "actor",   "actress",    "alum",   "alumna",
                                        "alumnus",    "singer",  "songstress", "rapper", "hitmaker",
                                        "heartthrob", "veteran", "lead",       NULL};
    uint32_t head = tree->nodes[top].head;
    if (head != SF_NONE && head > top && is_one_of(sf_tree_form(tree, head), words))
        return true;
    const sofar_name *epithets = people->names + people->name_count;
    size_t i = sf_who_name_at(epithets, people->epithet_count, name->span.begin);
    return i < people->epithet_count && epithets[i].subject != name->subject;
}

static bool is_person(const sf_tree *tree, const sf_people *people, uint32_t token) {
    size_t i =
        sf_who_name_at(people->names, people->name_count, tree->text->tokens[token].span.begin);
    return i < people->name_count &&
           people->subjects[people->names[i].subject].type == SOFAR_PERSON;
}

/* The head of the clause or apposition about a person that holds the token; SF_NONE. "Ana Ruiz, who
 * directed Low Tide, ...", "..., a star of Low Tide, ..." */
static uint32_t description_of_person(const sf_tree *tree, const sf_people *people,
                                      uint32_t token) {
    for (int step = 0; step < UP && tree->nodes[token].head != SF_NONE; step++) {
        uint8_t arc = tree->nodes[token].arc;
        bool said_of = arc == SF_ARC_ACL || arc == SF_ARC_RELCL || arc == SF_ARC_APPOS;
        if (said_of && is_person(tree, people, tree->nodes[token].head))
            return token;
        token = tree->nodes[token].head;
    }
    return SF_NONE;
}

/* "based on the novel Low Tide", "from her novel, Low Tide", "after the play Low Tide", "the sequel
 * to Low Tide", "an adaptation of Low Tide" */
static bool is_source(const sf_tree *tree, uint32_t token) {
    static const char *const from[] = {"from", "after", NULL};
    static const char *const on[] = {"based",   "draws",    "drawn", "drew",
                                     "modeled", "modelled", NULL};
    static const char *const next[] = {"retelling", "reimagining", "follow-up", "sequel",
                                       "prequel",   "successor",   "up",        "remake",
                                       "spin-off",  "spinoff",     "reboot",    "version",
                                       "companion", "adaptation",  NULL};
    for (int step = 0; step < UP; step++) {
        const sf_node *n = &tree->nodes[token];
        for (uint32_t i = sf_tree_child(tree, token, SF_ARC_CASE, SF_NONE); i != SF_NONE;
             i = sf_tree_child(tree, token, SF_ARC_CASE, i)) {
            sf_str form = sf_tree_form(tree, i);
            sf_str above = n->head == SF_NONE ? (sf_str){0} : sf_tree_form(tree, n->head);
            if (is_one_of(form, from) || is_one_of(above, next) ||
                (is_one_of(above, on) && sf_str_equal_ci(form, SF_STR("on"))) ||
                (sf_str_equal_ci(above, SF_STR("inspired")) && sf_str_equal_ci(form, SF_STR("by"))))
                return true;
        }
        bool same = n->arc == SF_ARC_APPOS || n->arc == SF_ARC_FLAT || n->arc == SF_ARC_COMPOUND ||
                    n->arc == SF_ARC_NMOD_DESC;
        if (!same || n->head == SF_NONE)
            return false;
        token = n->head;
    }
    return false;
}

/* "formerly known as Low Tide" */
static bool is_former(const sf_tree *tree, uint32_t first) {
    static const char *const words[] = {"formerly", "previously", "originally", NULL};
    enum { BEFORE = 4 };
    uint32_t begin = tree->analysis->sentences[tree->nodes[first].sentence].first_token;
    for (uint32_t i = first; i-- > begin && first - i <= BEFORE;)
        if (is_one_of(sf_tree_form(tree, i), words))
            return true;
    return false;
}

bool sf_aside(const sf_tree *tree, const sf_people *people, size_t name) {
    const sofar_name *n = &people->names[name];
    uint32_t first = sf_text_token_at(tree->text, n->span.begin);
    uint32_t top = sf_tree_top(tree, n->span);
    if (first >= tree->count || top == SF_NONE)
        return false;
    return in_brackets(tree, first) || in_epithet(tree, people, n, top) || is_former(tree, first) ||
           is_source(tree, top) || description_of_person(tree, people, top) != SF_NONE;
}

/* "[Harbour Films] partner Ana Ruiz": a post between the name and a person's. */
static bool before_person(const sf_tree *tree, const sf_people *people, const sofar_name *name) {
    uint32_t first = sf_text_token_at(tree->text, name->span.end), i = first;
    for (; i < tree->count && i < first + REACH; i++) {
        uint8_t pos = tree->nodes[i].pos;
        if (tree->nodes[i].sentence != tree->nodes[first].sentence)
            return false;
        if (is_person(tree, people, i))
            return i > first;
        if (pos != SF_POS_NOUN && pos != SF_POS_ADJ && pos != SF_POS_PROPN && pos != SF_POS_PART &&
            pos != SF_POS_PUNCT && !sf_str_equal_ci(sf_tree_form(tree, i), SF_STR("of")))
            return false;
        if (pos == SF_POS_PUNCT && !sf_str_equal(sf_tree_form(tree, i), SF_STR("-")))
            return false;
    }
    return false;
}

bool sf_aside_post(const sf_tree *tree, const sf_people *people, size_t name) {
    const sofar_name *n = &people->names[name];
    uint32_t top = sf_tree_top(tree, n->span);
    return top != SF_NONE &&
           (before_person(tree, people, n) || description_of_person(tree, people, top) != SF_NONE);
}

bool sf_aside_with(const sf_tree *tree, const sf_people *people, size_t name, uint32_t at) {
    uint32_t top = sf_tree_top(tree, people->names[name].span);
    uint32_t description = top == SF_NONE ? SF_NONE : description_of_person(tree, people, top);
    if (description == SF_NONE || at == SF_NONE)
        return false;
    for (int step = 0; step < UP && at != SF_NONE; step++) {
        if (at == description)
            return true;
        at = tree->nodes[at].head;
    }
    return false;
}
