/* who: whom and what the page speaks about. The room's door.
 *
 * In reading order: words.h (lists), spot.c (what is written like a name), kind.c (what it names),
 * join.c (which names are one subject). A first version by rules: precision before recall. */
#include "who/join.h"

sf_people sf_who_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping) {
    sf_spots spots = sf_who_spots(arena, text, clipping);
    return sf_who_join(arena, text, &spots);
}
