/* How much a subject is the text's: a point a mention, more for one that the headline or the first
 * block names. A topic has half as much again as the next of its type. A work counts by its name
 * only, and not where that is said in passing. */
#include "fact/topic.h"

#include "fact/aside.h"
#include "fact/mark.h"

enum {
    IN_TITLE = 3,
    LATER_IN_TITLE = 1,
    IN_LEAD = 1,
    LEAST = 2,
    FIRST_BLOCKS = 2,
    LOOK_BACK = 64,
    APPOSED = 4
};

struct sf_topics {
    const sofar_clipping *clipping;
    const sf_people *people;
    const sf_tree *tree;
    uint32_t *weights;  /* of each subject */
    uint32_t *mentions; /* the first of each, as an index of names */
    uint32_t *spoken;   /* the first of each that counts; SF_NONE */
    bool *counts;       /* of each name: it is spoken of */
    uint32_t *heading;  /* of each block: the one that its section stands under; SF_NONE */
    uint32_t defined;   /* the work that the text begins with and says what it is; SOFAR_NOBODY */
};

/* A text that begins with a name is about it, headline or none. */
static bool begins(const sofar_clipping *clipping, sf_span span) {
    for (size_t i = 0; i < clipping->block_count; i++)
        if (clipping->blocks[i].span.end > span.begin)
            return i < FIRST_BLOCKS && span.begin - clipping->blocks[i].span.begin <= 1;
    return false;
}

/* "Low Tide is a 1994 drama": the text is about it to the end. */
static bool is_defined(const sf_tree *tree, sf_span name) {
    uint32_t top = sf_tree_top(tree, name);
    if (top == SF_NONE || tree->nodes[top].arc != SF_ARC_NSUBJ || tree->nodes[top].head < top)
        return false;
    uint32_t noun = tree->nodes[top].head;
    while (tree->nodes[noun].arc == SF_ARC_COMPOUND && tree->nodes[noun].head > noun &&
           tree->nodes[noun].head != SF_NONE)
        noun = tree->nodes[noun].head; /* "a drama film" */
    return sf_tree_child(tree, noun, SF_ARC_COP, SF_NONE) != SF_NONE &&
           sf_noun_is_work(sf_tree_form(tree, noun));
}

/* Is the name in a part of the sentence that puts another in the place of what the text is about:
 * its subject, an object ("a sequel, Night Ferry, was followed by Small Hours")? */
static bool takes_over(const sf_tree *tree, sf_span name) {
    uint32_t at = sf_tree_top(tree, name);
    for (int step = 0; at != SF_NONE && step < APPOSED; step++) {
        switch (tree->nodes[at].arc) {
        case SF_ARC_NSUBJ:
        case SF_ARC_NSUBJ_PASS:
        case SF_ARC_OBJ:
        case SF_ARC_OBL_AGENT:
        case SF_ARC_ROOT: return true;
        case SF_ARC_APPOS:
        case SF_ARC_FLAT:
        case SF_ARC_COMPOUND:
        case SF_ARC_CONJ: at = tree->nodes[at].head; break;
        default: return false;
        }
    }
    return false;
}

static bool stands_in(const sofar_name *n) {
    return n->form == SOFAR_NOMINAL || n->form == SOFAR_PRONOUN;
}

static bool is_spoken_of(const sf_topics *t, size_t name) {
    const sofar_name *n = &t->people->names[name];
    sofar_subject_type type = t->people->subjects[n->subject].type;
    if (type == SOFAR_ORGANIZATION)
        return !sf_aside_post(t->tree, t->people, name);
    return type != SOFAR_WORK || (!stands_in(n) && !sf_aside(t->tree, t->people, name));
}

static void count_mentions(sf_topics *t) {
    const sf_people *people = t->people;
    uint32_t lead = t->clipping->block_count ? t->clipping->blocks[0].span.end : 0;
    for (size_t i = people->name_count; i-- > 0;) {
        const sofar_name *n = &people->names[i];
        t->mentions[n->subject] = (uint32_t)i;
        t->counts[i] = is_spoken_of(t, i);
        if (!t->counts[i] && people->subjects[n->subject].type == SOFAR_WORK)
            continue;
        t->spoken[n->subject] = (uint32_t)i;
        t->weights[n->subject] += 1 + (n->span.begin < lead ? (uint32_t)IN_LEAD : 0);
    }
}

/* Where the title names the subject, "The" aside; SIZE_MAX. */
static size_t place_in_title(const sf_topics *t, size_t subject) {
    sf_str name = t->people->subjects[subject].name;
    if (sf_str_starts(name, SF_STR("The ")))
        name = sf_str_sub(name, 4, name.len);
    return name.len && t->spoken[subject] != SF_NONE ? sf_str_find(t->clipping->title, name, 0)
                                                     : SIZE_MAX;
}

/* Of those of a type that the title names the first is what the text is about. */
static void count_title(sf_topics *t) {
    const sf_people *people = t->people;
    size_t first[SOFAR_OTHER + 1];
    for (size_t type = 0; type < SF_LEN(first); type++)
        first[type] = SIZE_MAX;
    for (size_t i = 0; i < people->subject_count; i++) {
        size_t at = place_in_title(t, i);
        if (at < first[people->subjects[i].type])
            first[people->subjects[i].type] = at;
    }
    for (size_t i = 0; i < people->subject_count; i++) {
        size_t at = place_in_title(t, i);
        if (at != SIZE_MAX)
            t->weights[i] += at == first[people->subjects[i].type] ? IN_TITLE : LATER_IN_TITLE;
    }
}

/* The first blocks' headings are the page's. */
static uint32_t *find_headings(sf_arena *arena, const sofar_clipping *clipping) {
    uint32_t *heading = SF_ARRAY(arena, uint32_t, clipping->block_count + 1);
    uint32_t last = SF_NONE;
    for (uint32_t i = 0; i < clipping->block_count; i++) {
        heading[i] = last;
        if (clipping->blocks[i].kind == SOFAR_BLOCK_HEADING)
            last = i < FIRST_BLOCKS ? SF_NONE : i;
    }
    return heading;
}

/* A text that says what its work is keeps to it: others count where they take its place. */
static void keep_to_defined(sf_topics *t) {
    const sf_people *people = t->people;
    uint32_t first = people->name_count ? people->names[0].subject : SOFAR_NOBODY;
    if (first == SOFAR_NOBODY || !t->counts[0] || people->subjects[first].type != SOFAR_WORK ||
        !begins(t->clipping, people->names[0].span) || !is_defined(t->tree, people->names[0].span))
        return;
    t->defined = first;
    memset(t->spoken, 0xFF, people->subject_count * sizeof *t->spoken);
    for (size_t i = people->name_count; i-- > 0;) {
        const sofar_name *n = &people->names[i];
        t->counts[i] = t->counts[i] &&
                       (n->subject == first || people->subjects[n->subject].type != SOFAR_WORK ||
                        takes_over(t->tree, n->span));
        if (t->counts[i])
            t->spoken[n->subject] = (uint32_t)i;
    }
}

const sf_topics *sf_topics_new(sf_arena *arena, const sf_tree *tree, const sofar_clipping *clipping,
                               const sf_people *people) {
    sf_topics *t = SF_NEW(arena, sf_topics);
    *t = (sf_topics){.clipping = clipping, .people = people, .tree = tree, .defined = SOFAR_NOBODY};
    t->weights = SF_ARRAY(arena, uint32_t, people->subject_count + 1);
    t->mentions = SF_ARRAY(arena, uint32_t, people->subject_count + 1);
    t->spoken = SF_ARRAY(arena, uint32_t, people->subject_count + 1);
    t->counts = SF_ARRAY(arena, bool, people->name_count + 1);
    t->heading = find_headings(arena, clipping);
    memset(t->spoken, 0xFF, people->subject_count * sizeof *t->spoken);
    count_mentions(t);
    count_title(t);
    if (people->name_count && t->counts[0] && begins(clipping, people->names[0].span))
        t->weights[people->names[0].subject] += IN_TITLE;
    keep_to_defined(t);
    return t;
}

bool sf_topic_is_defined(const sf_topics *t, uint32_t subject) {
    return subject != SOFAR_NOBODY && t->defined == subject;
}

static bool is_of(const sf_topics *t, uint32_t subject, unsigned types) {
    return (types >> t->people->subjects[subject].type & 1) != 0;
}

static uint32_t heaviest(const sf_topics *t, unsigned types) {
    uint32_t best = SOFAR_NOBODY, most = 0, next = 0;
    if (t->defined != SOFAR_NOBODY && (types & 1u << SOFAR_WORK))
        return t->defined;
    for (uint32_t i = 0; i < t->people->subject_count; i++) {
        if (!is_of(t, i, types))
            continue;
        if (t->weights[i] > most) {
            next = most;
            most = t->weights[i];
            best = i;
        } else if (t->weights[i] > next) {
            next = t->weights[i];
        }
    }
    return most >= LEAST && 2 * most >= 3 * next ? best : SOFAR_NOBODY;
}

/* The only one of its kind that the paragraph has spoken of so far. */
static uint32_t only_one(const sf_topics *t, unsigned types, sf_span block, size_t end) {
    uint32_t one = SOFAR_NOBODY;
    for (size_t i = end, steps = 0; i-- > 0 && steps < LOOK_BACK; steps++) {
        const sofar_name *n = &t->people->names[i];
        if (n->span.begin < block.begin)
            break;
        if (!is_of(t, n->subject, types) || n->subject == one || !t->counts[i])
            continue;
        if (one != SOFAR_NOBODY)
            return SOFAR_NOBODY;
        one = n->subject;
    }
    return one;
}

/* Does the text speak so much more of the topic that the other is said in passing? Not where that
 * other is what its sentence is about, nor right before: "directed Night Ferry. It was ..." */
static bool towers(const sf_topics *t, uint32_t topic, const sofar_name *other, uint32_t number) {
    enum { TIMES = 4 };
    uint32_t top = sf_tree_top(t->tree, other->span);
    uint8_t arc = top == SF_NONE ? SF_ARC_NSUBJ : t->tree->nodes[top].arc;
    bool before =
        number == 0 || other->span.begin >= sf_tree_sentence_span(t->tree, number - 1).begin;
    return !before && t->weights[topic] >= TIMES * t->weights[other->subject] &&
           arc != SF_ARC_NSUBJ && arc != SF_ARC_NSUBJ_PASS;
}

/* The one that the section's heading names. */
static uint32_t of_section(const sf_topics *t, unsigned types, uint32_t block) {
    if (t->heading[block] == SF_NONE)
        return SOFAR_NOBODY;
    sf_span heading = t->clipping->blocks[t->heading[block]].span;
    return only_one(t, types, heading,
                    sf_who_name_from(t->people->names, t->people->name_count, heading.end));
}

uint32_t sf_topic_of(const sf_topics *t, unsigned types, uint32_t number, uint32_t at) {
    uint32_t section = t->tree->analysis->sentences[number].block;
    uint32_t topic = of_section(t, types, section);
    if (topic == SOFAR_NOBODY)
        topic = heaviest(t, types);
    sf_span sentence = sf_tree_sentence_span(t->tree, number);
    sf_span block = t->clipping->blocks[section].span;
    const sf_people *people = t->people;
    size_t first = sf_who_name_from(people->names, people->name_count, sentence.begin);
    size_t end = sf_who_name_from(people->names, people->name_count, sentence.end);
    if (topic == SOFAR_NOBODY)
        return only_one(t, types, block, end);
    bool own = false, other = false;
    for (size_t i = first; i < end; i++) {
        own |= people->names[i].subject == topic && t->counts[i];
        other |= people->names[i].subject != topic && is_of(t, people->names[i].subject, types) &&
                 (t->counts[i] || sf_aside_with(t->tree, people, i, at));
    }
    if (own || other)
        return own && !other ? topic : SOFAR_NOBODY;
    /* what the text says it is about comes back with the next sentence but one */
    bool back = topic == t->defined && number > 0;
    uint32_t begin = back ? sf_tree_sentence_span(t->tree, number - 1).begin : block.begin;
    for (size_t i = first; i-- > 0 && first - i <= LOOK_BACK;) {
        const sofar_name *n = &people->names[i];
        if (n->span.begin < block.begin || n->span.begin < begin)
            break;
        if (t->counts[i] && is_of(t, n->subject, types))
            return n->subject == topic || towers(t, topic, n, number)
                       ? topic
                       : only_one(t, types, block, end);
    }
    return topic;
}

uint32_t sf_topic_mention(const sf_topics *t, uint32_t topic) { return t->mentions[topic]; }

size_t sf_topic_meant(const sf_topics *t, size_t name, uint32_t sentence) {
    const sf_people *people = t->people;
    const sofar_name *n = &people->names[name];
    uint32_t spoken = t->spoken[n->subject];
    sf_str form = sf_tree_form(t->tree, sf_text_token_at(t->tree->text, n->span.begin));
    bool bare = n->form == SOFAR_PRONOUN || sf_str_equal_ci(form, SF_STR("the")) ||
                sf_str_equal_ci(form, SF_STR("this")); /* "her novel" is another */
    if (!stands_in(n) || !bare || people->subjects[n->subject].type != SOFAR_WORK ||
        (spoken != SF_NONE && people->names[spoken].span.begin <= n->span.end))
        return name;
    size_t inside = sf_who_name_from(people->names, people->name_count, n->span.begin);
    uint32_t end = n->span.end + APPOSED; /* "her debut, Small Hours" */
    for (; inside < people->name_count && people->names[inside].span.begin < end; inside++)
        if (people->names[inside].subject == n->subject && !stands_in(&people->names[inside]))
            return name;
    uint32_t topic = sf_topic_of(t, 1u << SOFAR_WORK, sentence, SF_NONE);
    return topic == SOFAR_NOBODY ? name : t->mentions[topic];
}
