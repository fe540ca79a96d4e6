/* Inside the text room: where sentences end. */
#ifndef SF_TEXT_SENTENCE_H
#define SF_TEXT_SENTENCE_H

#include "text/text.h"

/* True if a sentence ends with words[at], the last of its closing marks included. Only words of
 * [first, end) - one block - are looked at, a bounded number around `at`. `run` is how many of the
 * words before and including `at` are end marks and closing marks ("." + "”" = 2), at least 1. */
bool sf_sentence_ends(const sf_text *text, uint32_t first, uint32_t end, uint32_t at, uint32_t run);

/* How many words of references stand behind a sentence's end at words[at]: "[4] [12]" are six. They
 * belong to the sentence. */
uint32_t sf_sentence_notes(const sf_text *text, uint32_t end, uint32_t at);

/* Is this word an end mark (. ! ? …)? A closing quotation mark or bracket? */
bool sf_sentence_mark(const sf_text *text, uint32_t word);
bool sf_sentence_closer(const sf_text *text, uint32_t word);

/* words[word] is followed by a period: does it belong to the word? "Mr.", "Inc.", "No. 5", an
 * initial. */
bool sf_abbreviation(const sf_text *text, uint32_t end, uint32_t word);

#endif
