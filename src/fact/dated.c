#include "fact/dated.h"

enum { DEEP = 6 }; /* nouns between an event and its time */

/* Datings [*first, result) lie in the sentence of a node. */
static size_t of_sentence(const sf_datings *d, uint32_t node, size_t *first) {
    const sf_model_sentence *s = &d->tree->analysis->sentences[d->tree->nodes[node].sentence];
    size_t low = 0, high = d->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (d->at[mid].top < s->first_token)
            low = mid + 1;
        else
            high = mid;
    }
    *first = low;
    while (low < d->count && d->at[low].top < s->first_token + s->token_count)
        low++;
    return low;
}

static bool is_word(const sf_tree *t, uint32_t node, const char *const *words) {
    for (; *words; words++)
        if (sf_str_equal_ci(sf_tree_form(t, node), sf_str_of(*words)))
            return true;
    return false;
}

/* A time that bounds, or that something moves away from, is not when it is; nor is that of what is
 * still to come ("announced the album, due out in May"). */
static bool bounds(const sf_tree *t, uint32_t top) {
    static const char *const words[] = {"until", "till", "before",  "after", "through",
                                        "by",    "than", "between", "not",   "of",
                                        "past",  "due",  NULL};
    static const char *const date[] = {"date", NULL};
    if (t->nodes[top].head != SF_NONE && is_word(t, t->nodes[top].head, date))
        return false; /* "a release date of June 9" */
    for (SF_CHILDREN(t, child, top)) {
        uint8_t arc = t->nodes[child].arc;
        if ((arc == SF_ARC_CASE || arc == SF_ARC_MARK || arc == SF_ARC_ADVMOD) && child < top &&
            is_word(t, child, words))
            return true;
    }
    return false;
}

static bool is_nominal_arc(uint8_t arc) {
    return arc == SF_ARC_NMOD || arc == SF_ARC_NMOD_UNMARKED || arc == SF_ARC_NMOD_POSS ||
           arc == SF_ARC_NMOD_DESC || arc == SF_ARC_NUMMOD || arc == SF_ARC_COMPOUND ||
           arc == SF_ARC_AMOD || arc == SF_ARC_FLAT || arc == SF_ARC_APPOS;
}

static bool is_beside_arc(uint8_t arc) {
    return arc == SF_ARC_PARATAXIS || arc == SF_ARC_APPOS || arc == SF_ARC_LIST;
}

static bool is_adverbial_arc(uint8_t arc) { /* an object: "premieres November 14" */
    return arc == SF_ARC_OBL || arc == SF_ARC_OBL_UNMARKED || arc == SF_ARC_ADVMOD ||
           arc == SF_ARC_XCOMP || arc == SF_ARC_OTHER || arc == SF_ARC_NUMMOD ||
           arc == SF_ARC_OBJ || arc == SF_ARC_ADVCL;
}

/* The noun or name that the time stands in front of as its own: "the September 2021 Low Tide",
 * "2019's Small Animals", not "in September Low Tide"; the last token of it, SF_NONE if there is
 * none.
 */
static uint32_t owner(const sf_datings *d, const sf_dating *dating) {
    const sf_tree *t = d->tree;
    sf_span span = d->times->at[dating->time].span;
    uint32_t first = sf_text_token_at(t->text, span.begin),
             at = sf_text_token_at(t->text, span.end);
    uint32_t sentence = t->nodes[dating->top].sentence, last = SF_NONE;
    bool genitive = at < t->count && t->nodes[at].pos == SF_POS_PART;
    uint8_t before =
        first && t->nodes[first - 1].sentence == sentence ? t->nodes[first - 1].pos : SF_POS_OTHER;
    if (!genitive && before != SF_POS_DET && before != SF_POS_PRON && before != SF_POS_ADJ &&
        before != SF_POS_PART)
        return SF_NONE;
    for (at += genitive; at < t->count && t->nodes[at].sentence == sentence; at++) {
        uint8_t pos = t->nodes[at].pos;
        if (pos == SF_POS_NOUN || pos == SF_POS_PROPN)
            last = at;
        else if (pos != SF_POS_ADJ && pos != SF_POS_NUM && pos != SF_POS_DET &&
                 (pos != SF_POS_PUNCT || last != SF_NONE))
            break;
    }
    return last;
}

/* Do only words of the noun stand between it and the time? "on course for release on 14 March",
 * "the departure of its founder last year". */
static bool is_behind(const sf_tree *t, uint32_t noun, uint32_t first) {
    enum { LONG = 12, HIGH = 6 };
    if (first <= noun || first - noun > LONG)
        return false;
    for (uint32_t i = noun + 1; i < first; i++) {
        uint32_t at = i;
        for (unsigned step = 0; step < HIGH && at != noun && at != SF_NONE; step++)
            at = t->nodes[at].head;
        if (at != noun)
            return false;
    }
    return true;
}

/* Hangs the time on the node, itself or on a noun that the node holds? "won the prize in 2021",
 * "launched it in Leeds in the spring"; a time in front of a noun is the noun's own: "the September
 * 2021 film". Gives how many nouns lie between; DEEP if it does not hang here. */
static unsigned distance(const sf_datings *d, const sf_dating *dating, uint32_t node) {
    const sf_tree *t = d->tree;
    uint8_t arc = t->nodes[dating->top].arc;
    if (dating->head == node)
        return is_adverbial_arc(arc) || is_nominal_arc(arc) || is_beside_arc(arc) ? 0 : DEEP;
    uint32_t at = dating->head;
    bool beside = at != SF_NONE && t->nodes[at].head == node && is_beside_arc(t->nodes[at].arc);
    if (beside && t->nodes[node].pos != SF_POS_VERB) /* "Low Tide (Lumen, June 3)" */
        return 1;
    if (t->nodes[node].pos == SF_POS_NOUN && at != SF_NONE && at == t->nodes[node].head &&
        is_behind(t, node, dating->first))
        return 0;
    if (!is_nominal_arc(arc) || at == SF_NONE || dating->top < at)
        return DEEP;
    for (unsigned steps = 1; steps < DEEP && t->nodes[at].head != SF_NONE; steps++) {
        uint8_t up = t->nodes[at].arc;
        bool passes = up == SF_ARC_OBJ || up == SF_ARC_OBL || up == SF_ARC_NMOD ||
                      up == SF_ARC_OBL_UNMARKED || up == SF_ARC_XCOMP || up == SF_ARC_OBL_AGENT ||
                      up == SF_ARC_FLAT || up == SF_ARC_NUMMOD ||
                      (up == SF_ARC_CONJ && t->nodes[at].pos == SF_POS_NUM); /* "won 6-4, 7-6" */
        if (!passes)
            return DEEP;
        at = t->nodes[at].head;
        if (at == node)
            return t->nodes[node].pos == SF_POS_VERB || t->nodes[node].pos == SF_POS_NOUN ? steps
                                                                                          : DEEP;
    }
    return DEEP;
}

/* "from May to June": of a time that something moves from and one that it moves to, the latter. */
static unsigned preference(const sf_datings *d, const sf_dating *dating) {
    static const char *const from[] = {"from", NULL};
    for (SF_CHILDREN(d->tree, child, dating->top))
        if (d->tree->nodes[child].arc == SF_ARC_CASE && is_word(d->tree, child, from))
            return 1;
    return 0;
}

/* The verb directly in front of a time, its particle aside: "published in 1990", "kicked off May
 * 2". */
static uint32_t verb_before(const sf_tree *t, uint32_t first) {
    uint32_t at = first;
    if (at > 1 && (t->nodes[at - 1].pos == SF_POS_ADP || t->nodes[at - 1].pos == SF_POS_ADV) &&
        t->nodes[at - 1].head == at - 2)
        at--;
    return at > 0 && t->nodes[at - 1].sentence == t->nodes[first].sentence &&
                   t->nodes[at - 1].pos == SF_POS_VERB
               ? at - 1
               : SF_NONE;
}

/* The same for a time in front of a noun: it is the noun's, and that of what is done "at Sunday's
 * ceremony". */
static unsigned owned(const sf_datings *d, const sf_dating *dating, uint32_t node) {
    static const char *const at[] = {"at", "during", NULL};
    const sf_tree *t = d->tree;
    if (node > dating->top && node <= dating->owner)
        return 0;
    uint32_t noun = dating->head;
    if (noun == SF_NONE || t->nodes[noun].head != node || t->nodes[noun].arc != SF_ARC_OBL)
        return DEEP;
    for (SF_CHILDREN(t, child, noun))
        if (t->nodes[child].arc == SF_ARC_CASE && is_word(t, child, at))
            return 1;
    return DEEP;
}

static unsigned far_from(const sf_datings *d, const sf_dating *dating, uint32_t node) {
    if (dating->verb != SF_NONE)
        return dating->verb == node ? 0 : DEEP;
    return dating->owner == SF_NONE ? distance(d, dating, node) : owned(d, dating, node);
}

uint32_t sf_dated_at(const sf_datings *d, uint32_t node) {
    size_t first, end = of_sentence(d, node, &first);
    uint32_t best = SF_NONE;
    unsigned least = UINT32_MAX;
    for (size_t i = first; i < end; i++) {
        unsigned far = far_from(d, &d->at[i], node);
        if (far == DEEP || bounds(d->tree, d->at[i].top))
            continue;
        uint32_t top = d->at[i].top, gap = top > node ? top - node : node - top;
        unsigned cost =
            ((far * 2 + preference(d, &d->at[i])) << 16) + (gap < 0xFFFF ? gap : 0xFFFF);
        if (cost < least)
            least = cost, best = d->at[i].time;
    }
    return best;
}

uint32_t sf_dated_front(const sf_datings *d, uint32_t node) {
    size_t first, end = of_sentence(d, node, &first);
    const sf_tree *t = d->tree;
    for (size_t i = first; i < end && d->at[i].top < node; i++) {
        if (d->at[i].head != node || !is_adverbial_arc(t->nodes[d->at[i].top].arc) ||
            bounds(t, d->at[i].top))
            continue;
        bool behind_subject = false;
        for (SF_CHILDREN(t, child, node))
            behind_subject |= child < d->at[i].top && (t->nodes[child].arc == SF_ARC_NSUBJ ||
                                                       t->nodes[child].arc == SF_ARC_NSUBJ_PASS);
        if (!behind_subject)
            return d->at[i].time;
    }
    return SF_NONE;
}

sf_datings sf_dated_new(sf_arena *arena, const sf_tree *tree, const sf_times *times) {
    sf_datings d = {tree, times, SF_ARRAY(arena, sf_dating, times->count + 1), 0};
    for (uint32_t i = 0; i < times->count; i++) {
        const sofar_time *t = &times->at[i];
        sf_interval interval;
        if ((t->type != SOFAR_DATE && t->type != SOFAR_TIME) || !t->value.ptr ||
            !sf_interval_parse(t->value, &interval))
            continue;
        uint32_t top = sf_tree_top(tree, t->span);
        if (top < tree->count) {
            sf_dating *dating = &d.at[d.count++];
            *dating = (sf_dating){top, tree->nodes[top].head, SF_NONE, SF_NONE, top, i};
            for (SF_CHILDREN(tree, child, top))
                dating->first = child < dating->first ? child : dating->first;
            dating->owner = owner(&d, dating);
            dating->verb = verb_before(tree, dating->first);
        }
    }
    return d;
}
