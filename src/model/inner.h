/* model, inside: the file's sections as the encoder and the heads use them. All pointers lead into
 * the mapped file unless said otherwise. */
#ifndef SF_MODEL_INNER_H
#define SF_MODEL_INNER_H

#include "model/kernel.h"
#include "model/model.h"

typedef struct sf_layer {
    sf_linear qkv, out, up, down;
    const float *gain1, *bias1, *gain2, *bias2;
} sf_layer;

/* The classes in words, in the order of their indices. */
typedef struct sf_classes {
    sf_str *tags, *lemmas, *names, *attributions, *labels; /* one block, which tags begins */
    uint32_t root; /* the label of a root's arc; SF_NONE if there is none */
} sf_classes;

/* What they are as numbers. */
typedef struct sf_grammar {
    uint8_t *arcs;      /* of each label: sf_arc */
    uint8_t *pos;       /* of each tag: sf_pos */
    uint16_t *features; /* of each tag: SF_IS_ bits */
} sf_grammar;

struct sf_model {
    char *name; /* as opened, for messages */
    const unsigned char *bytes;
    size_t size;
    bool mapped;
    const sf_kernel *kernel; /* chosen by the CPU's features; tests set another */

    /* config */
    uint32_t layer_count, hidden, heads, inner; /* inner: the feed-forward width */
    uint32_t positions, shapes;
    uint32_t tag_count, lemma_count, name_count, attribution_count, end_count, label_count;
    uint32_t arc_width, label_width;
    uint32_t max_pieces, max_tokens; /* of a stretch */

    sf_vocab vocab;
    const int8_t *word; /* [vocab.count][hidden] */
    const float *word_scale;
    const float *position, *shape; /* [positions][hidden], [shapes][hidden] */
    const float *embed_gain, *embed_bias;
    sf_layer *layers; /* on the heap */

    /* Heads: `word` gives a row of word_head.outputs floats a token; at: where in it each part
     * begins. */
    sf_linear word_head, arc, label;
    struct {
        uint32_t tag, lemma, name, attribution, end, arc_dep, arc_head, label_dep, label_head;
    } at;
    const float *arc_bias_head, *arc_root; /* [arc_width] */
    const float *label_root;               /* [label_width] */

    /* One entry a line, each line ended by \n; checked to be as many as the config says. */
    sf_str tags, lemmas, names, attributions, labels;
    sf_str card;
    sf_classes classes;
    sf_grammar grammar;
};

/* ---- file.c ---- */

/* The same for a file in memory, which is borrowed and must be aligned for floats. */
sofar_status sf_model_open_bytes(sf_str bytes, const char *name, sf_model **out, sofar_error *err);

/* ---- classes.c ---- */

/* Fills model->classes from its texts; false if memory is out. */
bool sf_classes_open(sf_model *model);
void sf_classes_close(sf_model *model);

/* ---- grammar.c ---- */

/* Fills tables that have room for all labels and tags of the model's classes. */
void sf_grammar_learn(const sf_model *model, sf_grammar *out);

/* Makes model->grammar of its classes; false if memory is out. */
bool sf_grammar_open(sf_model *model);
void sf_grammar_close(sf_model *model);

/* ---- encode.c ---- */

/* What the encoder reads at once. pieces and shapes begin with [CLS] and end with [SEP];
 * token_pieces: where in pieces each token's begin, and one more for where the last one's end. */
typedef struct sf_stretch {
    const uint32_t *pieces;
    const uint8_t *shapes;
    uint32_t piece_count;
    const uint32_t *token_pieces;
    uint32_t token_count;
} sf_stretch;

/* vectors: of all tokens of all stretches in order, hidden floats each. A token without a piece
 * gets zeros. Pieces beyond the model's positions are read as if they stood at the last one. */
void sf_model_encode(const sf_model *model, sf_arena *scratch, const sf_stretch *stretches,
                     uint32_t count, float *vectors);

/* y[rows][outputs] of x[rows][inputs]. */
void sf_model_linear(const sf_model *model, sf_arena *scratch, const sf_linear *linear,
                     const float *x, uint32_t rows, float *y);
void sf_model_gelu(const sf_model *model, float *x, size_t n);
/* Sum of a[i] * b[i], n a multiple of 16. */
float sf_model_dot(const sf_model *model, const float *a, const float *b, uint32_t n);

/* Room for n floats, aligned to a cache line. */
float *sf_model_floats(sf_arena *scratch, size_t n);

#endif
