/* speaker: verbs of saying and their subjects, by plain syntax. */
#ifndef SF_QUOTE_SPEAKER_H
#define SF_QUOTE_SPEAKER_H

#include "quote/scene.h"

/* Finds all cues of the scene and what stands before them. Linear: every search is bounded. */
void sf_speaker_find_cues(sf_scene *scene);

/* The subject of the sentence that begins at item `first`: its first noun phrase before item `end`,
 * if a name or a pronoun (any: or a description). False if there is none in plain sight. */
bool sf_speaker_of_sentence(const sf_scene *scene, uint32_t first, uint32_t end, bool any,
                            sf_span *speaker, bool *pronoun);

/* The noun phrase that begins at item, read to the right, at most to end. */
bool sf_speaker_right(const sf_scene *scene, uint32_t item, uint32_t end, sf_span *speaker,
                      bool *pronoun);

/* Is the word a possessive ("Ruiz's")? */
bool sf_speaker_owner(const sf_scene *scene, uint32_t item);

/* The subject that the words name: SOFAR_NOBODY if none. The span becomes the mention's own. */
uint32_t sf_speaker_subject(const sf_scene *scene, sf_span *words);

#endif
