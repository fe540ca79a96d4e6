/* Small model files with random weights, made in memory. */
#ifndef MODEL_KIT_H
#define MODEL_KIT_H

#include "base/base.h"

typedef struct kit_shape {
    uint32_t layers, hidden, inner, vocab, positions, arc, label;
} kit_shape;

#define KIT_SMALL ((kit_shape){2, 64, 96, 120, 48, 32, 16})

/* A whole file, aligned to 64 bytes in the arena. The vocabulary's first 103 pieces are those that
 * BERT has there ([PAD], [unused0] ..., [UNK], [CLS], [SEP]), then come letters and "##" letters.
 */
sf_str kit_model(sf_arena *arena, const kit_shape *shape, uint64_t seed);

/* Puts both checksums right again after a change, as far as there are a header and a table. */
void kit_seal(char *bytes, size_t size);

/* The place of a section's entry in the table; SIZE_MAX if there is none. */
size_t kit_entry(sf_str bytes, const char *section);
/* ... and of its bytes. */
size_t kit_section(sf_str bytes, const char *section);

/* A new temporary file with these bytes; the caller unlinks and frees. */
char *kit_file(sf_str bytes);

/* Small random numbers of one's own, the same everywhere. */
uint32_t kit_random(uint64_t *state);
float kit_float(uint64_t *state, float most); /* in [-most, most] */

#endif
