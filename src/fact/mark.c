#include "fact/mark.h"

#include "text/known.h"

#include "fact/noun.inc"

static sf_mark mark_of_name(const sf_marker *m, size_t i) {
    const sofar_name *n = &m->people->names[i];
    return (sf_mark){n->span,
                     (uint32_t)i,
                     SF_NONE,
                     SF_NONE,
                     (int)m->people->subjects[n->subject].type,
                     n->form != SOFAR_NOMINAL,
                     false,
                     SF_NONE};
}

/* The same, with what it means on this page. */
static sf_mark mark_meant(const sf_marker *m, size_t i, uint32_t sentence) {
    sf_mark mark = mark_of_name(m, i);
    if (m->topics)
        mark.name = (uint32_t)sf_topic_meant(m->topics, i, sentence);
    return mark;
}

/* The type of what a noun may stand for ("film": work), or -1. */
static int type_of(sf_str noun) {
    unsigned flags = sf_known_flags(noun_words, SF_LEN(noun_words), noun);
    if (flags & NOUN_WORK)
        return SOFAR_WORK;
    if (flags & NOUN_ORGANIZATION)
        return SOFAR_ORGANIZATION;
    return flags & NOUN_PRODUCT ? SOFAR_PRODUCT : -1;
}

/* Does a comma stand behind the noun, before what is said of it there? */
static bool has_comma(const sf_tree *tree, uint32_t noun, uint32_t child) {
    return child > noun + 1 && sf_str_equal(sf_tree_form(tree, noun + 1), SF_STR(","));
}

/* "this musical comedy": another than the one spoken of it is not. */
static bool has_this(const sf_tree *tree, uint32_t noun) {
    uint32_t det = sf_tree_child(tree, noun, SF_ARC_DET, SF_NONE);
    return det != SF_NONE && sf_str_equal_ci(sf_tree_form(tree, det), SF_STR("this"));
}

/* Is there a name in the noun's own phrase, or anything that tells it from the one spoken of: "the
 * film Low Tide", "the second film", "the film that she made"? */
static bool is_told(const sf_tree *tree, uint32_t noun) {
    for (SF_CHILDREN(tree, child, noun)) {
        switch (tree->nodes[child].arc) {
        case SF_ARC_DET:
        case SF_ARC_CASE:
        case SF_ARC_PUNCT:
        case SF_ARC_CC:
        case SF_ARC_CONJ:
        case SF_ARC_ADVMOD: break;
        case SF_ARC_ACL:
        case SF_ARC_RELCL:
        case SF_ARC_APPOS: /* "the film, directed by Ana Ruiz," */
            if (!has_comma(tree, noun, child))
                return true;
            break;
        case SF_ARC_AMOD:
            if (!has_this(tree, noun) &&
                !sf_str_equal_ci(sf_tree_form(tree, child), SF_STR("upcoming")) &&
                !sf_str_equal_ci(sf_tree_form(tree, child), SF_STR("forthcoming")))
                return true;
            break;
        default: return true;
        }
    }
    return false;
}

static bool is_definite(const sf_tree *tree, uint32_t noun) {
    uint32_t the = sf_tree_child(tree, noun, SF_ARC_DET, SF_NONE);
    return the != SF_NONE && (sf_str_equal_ci(sf_tree_form(tree, the), SF_STR("the")) ||
                              sf_str_equal_ci(sf_tree_form(tree, the), SF_STR("this")));
}

/* Is the token in a name, or the head of a longer mention? */
static bool is_held(const sf_marker *m, const sf_tree *tree, uint32_t token) {
    sf_span span = tree->text->tokens[token].span;
    for (size_t i = 0; i < m->marks.count; i++) {
        const sf_mark *mark = &m->marks.at[i];
        if (sf_span_overlaps(mark->span, span) &&
            (mark->whole || sf_tree_top(tree, mark->span) == token))
            return true;
    }
    return false;
}

static void add_noun(sf_marker *m, const sf_tree *tree, uint32_t token, uint32_t name) {
    sf_mark mark = mark_of_name(m, name);
    mark.span = tree->text->tokens[token].span;
    mark.whole = false;
    *SF_PUSH(m->arena, &m->marks) = mark;
}

static bool add_topic(sf_marker *m, const sf_tree *tree, uint32_t token, unsigned types) {
    uint32_t topic = sf_topic_of(m->topics, types, tree->nodes[token].sentence, SF_NONE);
    if (topic != SOFAR_NOBODY)
        add_noun(m, tree, token, sf_topic_mention(m->topics, topic));
    return topic != SOFAR_NOBODY;
}

/* The mention of one of the types that holds a token, or SF_NONE. */
static uint32_t name_at(const sf_marker *m, const sf_tree *tree, uint32_t token, unsigned types) {
    sf_span span = tree->text->tokens[token].span;
    for (size_t i = 0; i < m->marks.count; i++) {
        const sf_mark *mark = &m->marks.at[i];
        if (mark->name != SF_NONE && (types & 1u << mark->type) &&
            (mark->whole ? sf_span_overlaps(mark->span, span)
                         : sf_tree_top(tree, mark->span) == token))
            return mark->name;
    }
    return SF_NONE;
}

static bool is_it(const sf_tree *tree, uint32_t token) {
    const sf_node *n = &tree->nodes[token];
    return n->pos == SF_POS_PRON && (n->arc == SF_ARC_NSUBJ || n->arc == SF_ARC_NSUBJ_PASS) &&
           sf_str_equal_ci(sf_tree_form(tree, token), SF_STR("it"));
}

/* "Set in Lisbon, it stars Ana Ruiz": what the text says it is about, behind what is put in front.
 */
static bool begins_clause(const sf_tree *tree, uint32_t it) {
    uint32_t first = tree->analysis->sentences[tree->nodes[it].sentence].first_token;
    if (it <= first + 1 || !sf_str_equal(sf_tree_form(tree, it - 1), SF_STR(",")))
        return false;
    for (uint32_t i = first; i < it; i++) {
        uint8_t arc = tree->nodes[i].arc;
        if (arc == SF_ARC_NSUBJ || arc == SF_ARC_NSUBJ_PASS)
            return false; /* of another clause */
    }
    return true;
}

/* "It stars Ana Ruiz": a work, if the page is about one, else an organization. "Harbour Films said
 * it had renewed Low Tide", "the service it runs": an organization. */
static void take_it(sf_marker *m, const sf_tree *tree, uint32_t it) {
    enum { ACTS = 1 << SOFAR_ORGANIZATION | 1 << SOFAR_OUTLET };
    uint32_t verb = tree->nodes[it].head, up = verb == SF_NONE ? verb : tree->nodes[verb].head;
    if (it == tree->analysis->sentences[tree->nodes[it].sentence].first_token) {
        if (!add_topic(m, tree, it, 1 << SOFAR_WORK))
            add_topic(m, tree, it, ACTS);
    } else if (begins_clause(tree, it) &&
               sf_topic_is_defined(m->topics, sf_topic_of(m->topics, 1 << SOFAR_WORK,
                                                          tree->nodes[it].sentence, SF_NONE))) {
        add_topic(m, tree, it, 1 << SOFAR_WORK);
    } else if (up != SF_NONE && tree->nodes[verb].arc == SF_ARC_CCOMP) {
        uint32_t subject = sf_tree_child(tree, up, SF_ARC_NSUBJ, SF_NONE);
        uint32_t name = subject == SF_NONE ? SF_NONE : name_at(m, tree, subject, ACTS);
        if (name != SF_NONE)
            add_noun(m, tree, it, name);
    } else if (up != SF_NONE && tree->nodes[verb].arc == SF_ARC_RELCL) {
        add_topic(m, tree, it, ACTS);
    }
}

/* "the second season of Low Tide", "the Lisbon film festival" */
static uint32_t name_of(const sf_marker *m, const sf_tree *tree, uint32_t noun, unsigned types) {
    for (SF_CHILDREN(tree, child, noun)) {
        uint8_t arc = tree->nodes[child].arc;
        bool of = arc == SF_ARC_NMOD || arc == SF_ARC_NMOD_POSS || arc == SF_ARC_COMPOUND ||
                  arc == SF_ARC_NMOD_DESC || arc == SF_ARC_AMOD;
        uint32_t name = of ? name_at(m, tree, child, types) : SF_NONE;
        if (name != SF_NONE)
            return name;
    }
    return SF_NONE;
}

/* What stands for what it is of. */
static bool take_share(sf_marker *m, const sf_tree *tree, uint32_t noun) {
    unsigned flags = sf_known_flags(noun_words, SF_LEN(noun_words), sf_tree_form(tree, noun));
    if (!(flags & (NOUN_SHARE | NOUN_SPOT)))
        return false;
    unsigned types = flags & NOUN_SHARE ? 1 << SOFAR_WORK | 1 << SOFAR_EVENT : 1 << SOFAR_PLACE;
    uint32_t name = name_of(m, tree, noun, types);
    if (name != SF_NONE)
        add_noun(m, tree, noun, name);
    return name != SF_NONE ||
           ((flags & NOUN_RUN) && is_definite(tree, noun) && add_topic(m, tree, noun, types));
}

bool sf_noun_is_work(sf_str noun) { return type_of(noun) == SOFAR_WORK; }

bool sf_noun_is_scene(sf_str noun) {
    return (sf_known_flags(noun_words, SF_LEN(noun_words), noun) & NOUN_SCENE) != 0;
}

/* "the film" where nobody has told what it is: what the page speaks of. */
static void take_noun(sf_marker *m, const sf_tree *tree, uint32_t noun) {
    const sf_node *n = &tree->nodes[noun];
    if (n->arc == SF_ARC_APPOS || n->arc == SF_ARC_COMPOUND || n->arc == SF_ARC_NMOD_DESC ||
        take_share(m, tree, noun))
        return;
    int type = type_of(sf_tree_form(tree, noun));
    if (type >= 0 && is_definite(tree, noun) && !is_told(tree, noun))
        add_topic(m, tree, noun, 1u << type);
}

static void take_nouns(sf_marker *m, const sf_tree *tree, uint32_t sentence) {
    const sf_model_sentence *s = &tree->analysis->sentences[sentence];
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
        if (is_held(m, tree, i) || sf_marker_take_pair(m, tree, i))
            continue;
        else if (is_it(tree, i))
            take_it(m, tree, i);
        else if (tree->nodes[i].pos == SF_POS_NOUN)
            take_noun(m, tree, i);
}

/* Names and times of the sentence, in order; a time inside a name is none. Behind them mentions
 * that hold names: they only name the part at their head. */
void sf_marker_take(sf_marker *m, const sf_tree *tree, uint32_t number) {
    sf_span sentence = sf_tree_sentence_span(tree, number);
    const sf_people *people = m->people;
    const sf_times *times = m->times;
    uint32_t end = 0;
    m->marks.count = 0;
    for (;;) {
        bool name =
            m->name < people->name_count && people->names[m->name].span.begin < sentence.end;
        bool time = m->time < times->count && times->at[m->time].span.begin < sentence.end;
        if (!name && !time)
            break;
        if (name && (!time || people->names[m->name].span.begin <= times->at[m->time].span.begin)) {
            sf_mark mark = mark_meant(m, m->name++, number);
            if (mark.span.begin < sentence.begin)
                continue;
            if (mark.whole)
                end = mark.span.end;
            *SF_PUSH(m->arena, &m->marks) = mark;
        } else {
            const sofar_time *t = &times->at[m->time++];
            if (t->span.begin >= sentence.begin && t->span.begin >= end)
                *SF_PUSH(m->arena, &m->marks) = (sf_mark){
                    t->span, SF_NONE, (uint32_t)(m->time - 1), SF_NONE, -1, true, false, SF_NONE};
        }
    }
    for (; m->epithet < people->epithet_count; m->epithet++) {
        sf_mark mark = mark_meant(m, people->name_count + m->epithet, number);
        if (mark.span.begin >= sentence.end)
            break;
        mark.whole = false;
        if (mark.span.begin >= sentence.begin)
            *SF_PUSH(m->arena, &m->marks) = mark;
    }
    if (m->topics)
        take_nouns(m, tree, number);
}
