/* who: whom and what the page speaks about. The room's door.
 *
 * The language model reads each token and says whether it is part of a name, of what kind, and by
 * what margin. This room makes subjects of that, and it knows what the model does not: the page.
 *
 *  spot.c    the model's names as words, less articles, titles and possessives; @handles; titles
 *            in italics or in quotation marks, which the page itself marks as such
 *  beside.c  what the words beside a name say of it: "the town of", "31,", "the film"
 *  clause.c  and what it does in its clause: "plays Mira", "Quill has ordered"
 *  again.c   the same name elsewhere on the page, where the model missed it or took a part of it
 *  kind.c    what a name names: margins of all its mentions and the evidence are votes in the same
 *            coin (logits), word lists (words.h) a small one; the sum decides
 *  join.c    which names are one subject
 *  refer.c   what stands for them: tell.c reads what the page says of each ("drummer Ana Ruiz"),
 *            rank.c finds whom "she" and "the drummer" mean
 *
 * Votes are integers, so that sums do not depend on their order. */
#include "who/refer.h"

sf_people sf_who_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping,
                      const sf_model *model, const sf_analysis *analysis) {
    sf_who who = {
        .arena = arena, .text = text, .clipping = clipping, .model = model, .analysis = analysis};
    sf_who_spots(&who);
    sf_who_again(&who);
    sf_who_clauses(&who);
    sf_people people = sf_who_join(&who);
    sf_who_refer(&who, &people);
    return people;
}

/* The mention in names [low, high) that begins where the words do. */
static uint32_t begins(const sofar_name *names, size_t low, size_t high, sf_span words) {
    size_t end = high;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (names[mid].span.begin < words.begin)
            low = mid + 1;
        else
            high = mid;
    }
    return low < end && names[low].span.begin == words.begin ? (uint32_t)low : SF_NONE;
}

uint32_t sf_who_mention(const sf_people *p, sf_str text, sf_span words) {
    size_t bare = sf_name_bare(sf_span_of(text, words)).len;
    size_t from[] = {0, p->name_count}, to[] = {p->name_count, p->name_count + p->epithet_count};
    for (int i = 0; i < 2; i++) {
        uint32_t m = begins(p->names, from[i], to[i], words);
        if (m != SF_NONE && (p->names[m].span.end == words.end ||
                             p->names[m].span.end == words.begin + (uint32_t)bare))
            return m;
    }
    return SF_NONE;
}
