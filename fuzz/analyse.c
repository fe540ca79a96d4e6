/* Any bytes as a text: analysed by a model of random weights, checked, written as CoNLL-U. */
#include <stdlib.h>

#include "../tests/model_kit.h"
#include "model/inner.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds)
        abort();
}

/* Each line is empty, a comment, or ten cells of which none is empty. */
static void check_lines(sf_str conllu) {
    for (size_t at = 0, end; at < conllu.len; at = end + 1) {
        end = sf_str_find(conllu, SF_STR("\n"), at);
        demand(end != SIZE_MAX);
        if (end == at || conllu.ptr[at] == '#')
            continue;
        int tabs = 0;
        for (size_t i = at; i < end; i++)
            if (conllu.ptr[i] == '\t') {
                demand(i > at && conllu.ptr[i - 1] != '\t' && i + 1 < end);
                tabs++;
            }
        demand(tabs == 9);
    }
}

/* Made once, as it takes longer than most inputs. */
static const sf_model *model_of_kit(void) {
    static sf_arena arena;
    static sf_model *model;
    sofar_error err;
    if (!model) {
        sf_arena_init(&arena, NULL, NULL);
        demand(!sf_model_open_bytes(kit_model(&arena, &KIT_SMALL, 7), "kit", &model, &err));
    }
    return model;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const sf_model *model = model_of_kit();
    sofar_reading r = {.clipping = {.file = SF_STR("fuzz")}};
    sofar_error err;
    sf_str out;
    sf_arena_init(&r.arena, NULL, NULL);
    r.model = model;
    r.text = sf_text_split(&r.arena, (sf_str){(const char *)data, size}, NULL, 0);
    sf_text_tokens(&r.arena, r.text);
    r.analysis = sf_model_analyse(model, &r.arena, r.text);
    demand(!sf_analysis_check(model, r.text, r.analysis));
    demand(!sf_reading_conllu(&r, &out, &err));
    check_lines(out);
    sf_arena_clear(&r.arena);
    return 0;
}
