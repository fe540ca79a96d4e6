/* embed: quotations set off as blocks of their own: embedded posts and block quotes. */
#ifndef SF_QUOTE_EMBED_H
#define SF_QUOTE_EMBED_H

#include "quote/pieces.h"

typedef sf_vec(sofar_quote) sf_quote_list;

/* Appends the quotes of blocks of kind quote that end with a plain signature ("— Ana Ruiz (@ana)
 * October 3, 2021") or follow a paragraph that leads to them with a colon ("Ruiz wrote:"). Runs
 * inside such blocks lose their `quotation`: they are part of the whole. Linear. */
void sf_quote_embeds(const sf_scene *scene, sf_piece *pieces, sf_quote_list *out);

#endif
