/* The chooser's own feature code as a shared library for teach.py (ctypes). Not part of the
 * product. A lesson is one page, parsed; teach.py frees it. */
#include <stdlib.h>

#include "page/body_model.h"
#include "page/charset.h"
#include "page/meta.h"

typedef struct heard {
    uint32_t index, hash;
    const char *word;
    uint32_t len, spare;
} heard;

typedef struct lesson {
    sf_arena arena;
    sf_str bytes;
    sf_dom *dom;
    sf_flow flow;
    sofar_clipping clipping;
    sf_body_view *view;
    sf_vec(heard) heard;
} lesson;

#define EXPORT __attribute__((visibility("default")))

EXPORT lesson *lesson_open(const char *bytes, size_t len);
EXPORT void lesson_close(lesson *l);
EXPORT uint32_t lesson_blocks(const lesson *l);
EXPORT const char *lesson_text(const lesson *l, uint32_t block, size_t *len);
EXPORT const char *lesson_title(const lesson *l, size_t *len);
EXPORT const heard *lesson_hear(lesson *l, int texts, size_t *count);
EXPORT uint32_t lesson_nodes(lesson *l);
EXPORT void lesson_tree(const lesson *l, uint32_t *parents, uint32_t *node_of);
EXPORT void lesson_look(lesson *l, const uint32_t *path, uint32_t path_mask, const uint32_t *cues,
                        uint32_t cue_mask, int16_t *rows);
EXPORT void lesson_look_around(lesson *l, const int16_t *chance, int16_t *rows);
EXPORT void lesson_choose(lesson *l, const sf_body_model *model, int32_t *scores, uint8_t *keep);
EXPORT int lesson_rows(int round);
EXPORT const char *lesson_features(void);

lesson *lesson_open(const char *bytes, size_t len) {
    lesson *l = calloc(1, sizeof *l);
    sf_arena_init(&l->arena, NULL, NULL);
    l->bytes = sf_str_copy(&l->arena, (sf_str){bytes, len});
    sf_decoded decoded = sf_charset_decode(&l->arena, l->bytes, SF_ABSENT, true);
    l->dom = sf_dom_parse(&l->arena, decoded.text);
    l->flow = sf_flow_of(&l->arena, l->dom);
    sofar_page page = {.bytes = l->bytes};
    sf_meta_find(&l->arena, l->dom, &l->flow, &page, &l->clipping);
    return l;
}

void lesson_close(lesson *l) {
    sf_arena_clear(&l->arena);
    free(l);
}

uint32_t lesson_blocks(const lesson *l) { return l->flow.count; }

const char *lesson_text(const lesson *l, uint32_t block, size_t *len) {
    *len = l->flow.blocks[block].text.len;
    return l->flow.blocks[block].text.ptr;
}

const char *lesson_title(const lesson *l, size_t *len) {
    *len = l->clipping.title.len;
    return l->clipping.title.ptr;
}

static void take(void *who, uint32_t index, sf_str word, uint32_t hash) {
    lesson *l = who;
    *SF_PUSH(&l->arena, &l->heard) = (heard){index, hash, word.ptr, (uint32_t)word.len, 0};
}

const heard *lesson_hear(lesson *l, int texts, size_t *count) {
    sf_body_listener listener = {take, l};
    l->heard.count = 0;
    if (texts)
        sf_body_hear_texts(&l->flow, listener);
    else
        sf_body_hear_elements(&l->arena, l->dom, &l->flow, listener);
    *count = l->heard.count;
    return l->heard.at;
}

uint32_t lesson_nodes(lesson *l) {
    sf_body_words none = {NULL, 0};
    if (!l->view)
        l->view = sf_body_look(&l->arena, l->dom, &l->flow, l->clipping.title, none, none);
    return l->view->node_count;
}

void lesson_tree(const lesson *l, uint32_t *parents, uint32_t *node_of) {
    for (uint32_t k = 0; k < l->view->node_count; k++)
        parents[k] = l->view->nodes[k].parent;
    memcpy(node_of, l->view->node_of, sizeof *node_of * l->flow.count);
}

void lesson_look(lesson *l, const uint32_t *path, uint32_t path_mask, const uint32_t *cues,
                 uint32_t cue_mask, int16_t *rows) {
    l->view = sf_body_look(&l->arena, l->dom, &l->flow, l->clipping.title,
                           (sf_body_words){path, path_mask}, (sf_body_words){cues, cue_mask});
    memcpy(rows, l->view->rows, sizeof *rows * SF_BODY_ROUND_TWO * l->flow.count);
}

void lesson_look_around(lesson *l, const int16_t *chance, int16_t *rows) {
    sf_body_look_around(l->view, chance);
    memcpy(rows, l->view->rows, sizeof *rows * SF_BODY_ROUND_TWO * l->flow.count);
}

void lesson_choose(lesson *l, const sf_body_model *model, int32_t *scores, uint8_t *keep) {
    uint8_t *chosen =
        sf_body_choose_by(&l->arena, l->dom, &l->flow, l->clipping.title, model, scores);
    memcpy(keep, chosen, l->flow.count);
}

int lesson_rows(int round) { return round == 1 ? SF_BODY_ROUND_ONE : SF_BODY_ROUND_TWO; }

const char *lesson_features(void) { return sf_body_feature_names; }
