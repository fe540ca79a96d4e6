/* speaker: verbs of saying and who says it, by the tree. */
#ifndef SF_QUOTE_SPEAKER_H
#define SF_QUOTE_SPEAKER_H

#include "quote/scene.h"

/* Finds all cues of the scene and who speaks at them. Linear: every search is bounded. */
void sf_speaker_find_cues(sf_scene *scene);

/* The head of the subject of the sentence that begins at item `first`, if it stands before item
 * `end`. False if there is none in plain sight. */
bool sf_speaker_of_sentence(const sf_scene *scene, uint32_t first, uint32_t end, uint32_t *head);

/* The head of the phrase that speaks if the verb tells of speech. False if there is none. */
bool sf_speaker_of_verb(const sf_scene *scene, uint32_t verb, uint32_t *head);

/* The words of the noun phrase around its head, narrowed to a name where it is one. */
sf_span sf_speaker_phrase(const sf_scene *scene, uint32_t head);

/* The subject that the words name: SOFAR_NOBODY if none. The span becomes the mention's own. */
uint32_t sf_speaker_subject(const sf_scene *scene, sf_span *words);

/* The subject whose mention, of any form, stands at the head of a phrase: SOFAR_NOBODY if none, or
 * if the phrase names several. */
uint32_t sf_speaker_mentioned(const sf_scene *scene, uint32_t head, sf_span phrase);

/* The subject that a speaker's words stand for: by its name, by what the who room made of the
 * mention, or by the sentences before. head: SF_NONE if the words are a name as it stands. */
uint32_t sf_speaker_whose(const sf_scene *scene, sf_span *words, uint32_t head);

bool sf_speaker_is_pronoun(const sf_scene *scene, uint32_t head);

#endif
