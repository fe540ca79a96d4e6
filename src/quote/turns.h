/* turns: interviews in questions and answers, whose words stand without marks. */
#ifndef SF_QUOTE_TURNS_H
#define SF_QUOTE_TURNS_H

#include "quote/embed.h"

/* Appends what persons answer: in blocks that begin with their label ("RUIZ: It took nine years.")
 * where a page has several such turns, and in the blocks behind questions ("How long did it take
 * you?") where it has several of those and one person that it is about. What is asked is no
 * quotation. A run in a turn that nobody else speaks loses its `quotation`; cues in turns are
 * marked as taken. Linear. */
void sf_quote_turns(const sf_scene *scene, sf_piece *pieces, bool *taken, sf_quote_list *out);

#endif
