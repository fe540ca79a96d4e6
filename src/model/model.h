/* model: the language model. One small encoder reads a text's tokens; heads on its vectors say what
 * each of them is.
 *
 * In:  the tokens of the text room, and the model's file. Out: what the heads say, in the arena.
 * The file is mapped and used in place: opening it reads next to nothing. The linear layers are
 * exact integer arithmetic and the rest is floating point in one fixed order, so the same text
 * gives the same bits on every machine, whatever kernel runs, alone or among others.
 *
 * Start in inner.h (the model's parts), then encode.c (the encoder) and kernel.h (what differs
 * between instruction sets); file.c maps and checks the file.
 */
#ifndef SF_MODEL_H
#define SF_MODEL_H

#include "text/piece.h"

/* Never written to after opening; threads share it. */
typedef struct sf_model sf_model;

/* Maps the file and checks its header, its table and the shape of every section, not the weights
 * themselves. The file must not be cut while it is open. The caller closes *out. */
sofar_status sf_model_open(const char *path, sf_model **out, sofar_error *err);
void sf_model_close(sf_model *model); /* NULL is fine */

/* Reads the whole file and compares the checksum of each section. */
sofar_status sf_model_check(const sf_model *model, sofar_error *err);

/* For cutting tokens into pieces; lives as long as the model. */
const sf_vocab *sf_model_vocab(const sf_model *model);

/* "avx2": the kernel that runs here. */
const char *sf_model_kernel_name(const sf_model *model);

#endif
