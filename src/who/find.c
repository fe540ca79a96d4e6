/* who: whom and what the page speaks about. The room's door.
 *
 * The language model reads each token and says whether it is part of a name, of what kind, and by
 * what margin. This room makes subjects of that, and it knows what the model does not: the page.
 *
 *  spot.c    the model's names as words, less articles, titles and possessives; @handles; titles
 *            in italics or in quotation marks, which the page itself marks as such
 *  beside.c  what the words beside a name say of it: "the town of", "31,", "the film"
 *  again.c   the same name elsewhere on the page, where the model missed it or took a part of it
 *  kind.c    what a name names: margins of all its mentions and the evidence are votes in the same
 *            coin (logits), word lists (words.h) a small one; the sum decides
 *  join.c    which names are one subject
 *
 * Votes are integers, so that sums do not depend on their order. */
#include "who/join.h"

sf_people sf_who_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping,
                      const sf_model *model, const sf_analysis *analysis) {
    sf_who who = {
        .arena = arena, .text = text, .clipping = clipping, .model = model, .analysis = analysis};
    sf_who_spots(&who);
    sf_who_again(&who);
    return sf_who_join(&who);
}
