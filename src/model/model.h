/* model: the language model. One small encoder reads a text's tokens; heads on its vectors say what
 * each of them is.
 *
 * In:  the tokens of the text room, and the model's file. Out: what the heads say, in the arena.
 * The file is mapped and used in place: opening it reads next to nothing. The linear layers are
 * exact integer arithmetic and the rest is floating point in one fixed order, so the same text
 * gives the same bits on every machine, whatever kernel runs, alone or among others.
 *
 * Start in analyse.c (a text through the model); batch.c cuts it into stretches, decode.h makes
 * answers of numbers. Then inner.h (the model's parts), encode.c (the encoder) and kernel.h (what
 * differs between instruction sets); file.c maps and checks the file.
 */
#ifndef SF_MODEL_H
#define SF_MODEL_H

#include "model/grammar.h"
#include "text/piece.h"

/* Never written to after opening; threads share it. */
typedef struct sf_model sf_model;

/* Maps the file and checks its header, its table and the shape of every section, not the weights
 * themselves. path NULL: the one that the build names (option `model`): the source tree's, else the
 * installed one. The file must not be cut while it is open. The caller closes *out. Errors: IO,
 * FORMAT, VERSION, MEMORY. */
sofar_status sf_model_open(const char *path, sf_model **out, sofar_error *err);
void sf_model_close(sf_model *model); /* NULL is fine */

/* Reads the whole file and compares the checksum of each section. */
sofar_status sf_model_check(const sf_model *model, sofar_error *err);

/* For cutting tokens into pieces; lives as long as the model. */
const sf_vocab *sf_model_vocab(const sf_model *model);

/* "avx2": the kernel that runs here. */
const char *sf_model_kernel_name(const sf_model *model);

/* For people. All of it lives as long as the model. */
typedef struct sf_model_facts {
    const char *path, *kernel;
    sf_str bytes; /* the whole file */
    sf_str card;  /* what it was made of and by, and its scores; lines of text */
    uint32_t layers, hidden, vocabulary, tags, lemmas, labels, names, attributions;
} sf_model_facts;
sf_model_facts sf_model_about(const sf_model *model);

/* ---- what a text says (analyse.c) ---- */

/* What the heads say of a token. Classes are indices; the functions below spell them. */
typedef struct sf_model_token {
    uint32_t head;             /* token of the text; SF_NONE for the root of its sentence */
    uint16_t tag, lemma;       /* part of speech with features; lemma script */
    uint16_t label;            /* of the arc to the head */
    uint8_t name, attribution; /* BIO: 0 outside, 2k + 1 begin and 2k + 2 inside of kind k */
    /* By how much the class taken beats the best other one, in logits; less than 0 where that one
     * was illegal behind its neighbours. */
    float name_margin, attribution_margin;
} sf_model_token;

/* Its tokens are a tree with one root. Names lie within one; what is attributed may go on in the
 * next. */
typedef struct sf_model_sentence {
    uint32_t first_token, token_count;
    uint32_t block; /* index in the clipping's blocks */
} sf_model_sentence;

typedef struct sf_analysis {
    sf_model_token *tokens; /* one for each token of the text */
    uint32_t token_count;
    sf_model_sentence *sentences; /* in order; they hold every token; never across blocks */
    uint32_t sentence_count;
} sf_analysis;

/* Reads a text whose tokens are there (sf_text_tokens). The result lies in the arena; besides, a
 * bounded working set is used, whatever the text is, and time is linear. Many threads may share the
 * model. Never fails but for memory (the arena's escape). */
sf_analysis *sf_model_analyse(const sf_model *model, sf_arena *arena, const sf_text *text);

/* The first sentence that ends behind a token; sentence_count if there is none. */
uint32_t sf_analysis_sentence_at(const sf_analysis *analysis, uint32_t token);

/* NULL if the analysis keeps to what is promised above (sentences side by side, trees, classes of
 * the model, legal BIO), else what does not (a literal). For tests, fuzzers and the store. */
const char *sf_analysis_check(const sf_model *model, const sf_text *text,
                              const sf_analysis *analysis);

/* Classes in words; they live as long as the model. "NOUN" and "Number=Sing" (absent for none),
 * "nsubj", "B-person" and "O". */
sf_str sf_model_upos(const sf_model *model, uint32_t tag);
sf_str sf_model_features(const sf_model *model, uint32_t tag);
sf_str sf_model_label(const sf_model *model, uint32_t label);
sf_str sf_model_name(const sf_model *model, uint32_t name);
sf_str sf_model_attribution(const sf_model *model, uint32_t attribution);

/* The same as numbers: of a label its relation; of a tag its part of speech, and its features as
 * SF_IS_ bits. */
sf_arc sf_model_arc(const sf_model *model, uint32_t label);
sf_pos sf_model_pos(const sf_model *model, uint32_t tag);
unsigned sf_model_traits(const sf_model *model, uint32_t tag);

/* The lemma of a form by a lemma script; in the arena, in the model, or the form itself. */
sf_str sf_model_lemma(const sf_model *model, sf_arena *arena, uint32_t lemma, sf_str form);

#endif
