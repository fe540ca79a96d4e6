/* who: whom and what the page speaks about. The room's door.
 *
 * The language model reads each token and says whether it is part of a name, of what kind, and by
 * what margin. This room makes subjects of that, and it knows what the model does not: the page.
 *
 *  spot.c    the model's names as words, less articles, titles and possessives; @handles; titles
 *            in italics or in quotation marks, which the page itself marks as such
 *  beside.c  what the words beside a name say of it: "the town of", "31,", "the film"
 *  clause.c  the parts that are played: "plays Mira"
 *  frame.c   what else its place in the clause says: "Quill has ordered", "the cast of Low Tide"
 *  again.c   the same name elsewhere on the page, where the model missed it or took a part of it
 *  kind.c    what a name names: margins of all its mentions and the evidence are votes in the same
 *            coin (logits), word lists (words.h) a small one; the sum decides
 *  join.c    which names are one subject: spellings and handles; short.c short forms, alias.c what
 *            the page says is another name; entry.h what they share
 *  refer.c   what stands for them: tell.c reads what the page says of each ("drummer Ana Ruiz"),
 *            rank.c finds whom "she" and "the drummer" mean; phrase.c reads the noun phrase
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

sf_str sf_who_head(const sofar_clipping *c) {
    enum { LEAD = 2000 }; /* bytes: every name is looked for in them */
    sf_str head =
        c->title.len || !c->block_count ? c->title : sf_span_of(c->text, c->blocks[0].span);
    return sf_str_sub(head, 0, head.len < LEAD ? head.len : LEAD);
}

size_t sf_who_name_from(const sofar_name *names, size_t count, uint32_t byte) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (names[mid].span.begin < byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

size_t sf_who_name_at(const sofar_name *names, size_t count, uint32_t byte) {
    size_t next = sf_who_name_from(names, count, byte + 1); /* the first that begins behind it */
    return next > 0 && byte < names[next - 1].span.end ? next - 1 : count;
}

uint32_t sf_who_mention(const sf_people *p, sf_str text, sf_span words) {
    size_t bare = sf_name_bare(sf_span_of(text, words)).len;
    size_t from[] = {0, p->name_count}, count[] = {p->name_count, p->epithet_count};
    for (int i = 0; i < 2; i++) {
        const sofar_name *names = p->names + from[i];
        size_t m = sf_who_name_from(names, count[i], words.begin);
        if (m < count[i] && names[m].span.begin == words.begin &&
            (names[m].span.end == words.end || names[m].span.end == words.begin + (uint32_t)bare))
            return (uint32_t)(from[i] + m);
    }
    return SF_NONE;
}
