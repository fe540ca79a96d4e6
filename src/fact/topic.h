/* fact/topic: whom or what a text is about where its sentences leave it unsaid: "Filming began in
 * May", "director Ana Ruiz said".
 *
 * In:  the page's subjects and their mentions. Out: the subject that a role without words means, or
 * nobody. It is a subject that is named far more than any other of its type, and nothing else of
 * that type may have been spoken of since the paragraph began: a career told in full ("before that
 * she directed ...") has no topic. Works named in passing (aside.h) do not count.
 * Under a heading that names one, it is that one. */
#ifndef SF_FACT_TOPIC_H
#define SF_FACT_TOPIC_H

#include "fact/fact.h"
#include "fact/tree.h"

typedef struct sf_topics sf_topics;

/* Linear in the mentions and in title x subjects; lives in the arena. */
const sf_topics *sf_topics_new(sf_arena *arena, const sf_tree *tree, const sofar_clipping *clipping,
                               const sf_people *people);

/* types: bits 1 << sofar_subject_type. sentence: where the role is missing, an index in the tree's
 * analysis; at: the token of it that lacks the role, or SF_NONE. SOFAR_NOBODY if the text has no
 * such topic there. Linear in the subjects. */
uint32_t sf_topic_of(const sf_topics *topics, unsigned types, uint32_t sentence, uint32_t at);

/* The first mention of a topic, as an index of names. */
uint32_t sf_topic_mention(const sf_topics *topics, uint32_t topic);

/* What a mention in that sentence means, as an index of names: itself, but for "the film" and "it"
 * that were taken for a work that the text has only named in passing: they are the topic. */
size_t sf_topic_meant(const sf_topics *topics, size_t name, uint32_t sentence);

/* Does the text begin with the work and say that it is one ("Low Tide is a 1994 drama")? */
bool sf_topic_is_defined(const sf_topics *t, uint32_t subject);

#endif
