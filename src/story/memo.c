/* Words of names, folded once each: the pages of a subject have few names and say them often. */
#include "story/inner.h"

enum { FIRST_ROOM = 256 };

static sf_noted *place_of(sf_noted *at, size_t room, sf_str name) {
    size_t i = (size_t)sf_str_hash(name) & (room - 1);
    while (at[i].name.ptr && !sf_str_equal(at[i].name, name))
        i = (i + 1) & (room - 1);
    return &at[i];
}

static void grow(sf_memo *m) {
    size_t room = m->room ? 2 * m->room : FIRST_ROOM;
    sf_noted *at = SF_ARRAY(m->arena, sf_noted, room);
    for (size_t i = 0; i < m->room; i++)
        if (m->at[i].name.ptr)
            *place_of(at, room, m->at[i].name) = m->at[i];
    m->at = at;
    m->room = room;
}

sf_str sf_memo_words(sf_memo *m, sf_str name) {
    if (!name.ptr)
        return SF_STR("");
    if (2 * m->count >= m->room)
        grow(m);
    sf_noted *n = place_of(m->at, m->room, name);
    if (!n->name.ptr) {
        *n = (sf_noted){name, sf_text_fold_name(m->arena, name)};
        m->count++;
    }
    return n->words;
}
