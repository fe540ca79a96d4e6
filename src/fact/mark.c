#include "fact/mark.h"

static sf_mark mark_of_name(const sf_marker *m, size_t i) {
    const sofar_name *n = &m->people->names[i];
    return (sf_mark){n->span,
                     (uint32_t)i,
                     SF_NONE,
                     SF_NONE,
                     (int)m->people->subjects[n->subject].type,
                     n->form != SOFAR_NOMINAL};
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
            sf_mark mark = mark_of_name(m, m->name++);
            if (mark.span.begin < sentence.begin)
                continue;
            if (mark.whole)
                end = mark.span.end;
            *SF_PUSH(m->arena, &m->marks) = mark;
        } else {
            const sofar_time *t = &times->at[m->time++];
            if (t->span.begin >= sentence.begin && t->span.begin >= end)
                *SF_PUSH(m->arena, &m->marks) =
                    (sf_mark){t->span, SF_NONE, (uint32_t)(m->time - 1), SF_NONE, -1, true};
        }
    }
    for (; m->epithet < people->epithet_count; m->epithet++) {
        sf_mark mark = mark_of_name(m, people->name_count + m->epithet);
        if (mark.span.begin >= sentence.end)
            return;
        mark.whole = false;
        if (mark.span.begin >= sentence.begin)
            *SF_PUSH(m->arena, &m->marks) = mark;
    }
}
