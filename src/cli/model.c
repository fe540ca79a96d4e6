/* sofar model: which language model is used, and what made it. */
#include "model/model.h"
#include "cli/answer.h"

#include <stdio.h>

/* A copy of what the file or its path says, of which nothing reaches a terminal but text. */
static sf_str harmless(sf_arena *arena, sf_str s) {
    sf_str copy = sf_str_copy(arena, s);
    char *at = (char *)(uintptr_t)copy.ptr;
    for (size_t i = 0; i < copy.len; i++)
        if (!at[i]) /* sf_cli_harmless would end here */
            at[i] = '?';
    if (at)
        sf_cli_harmless(at);
    return copy;
}

static int print_card(sf_arena *arena, sf_str card) {
    int code = SF_EXIT_OK;
    for (size_t at = 0, end; at < card.len && !code; at = end + 1) {
        end = sf_str_find(card, SF_STR("\n"), at);
        end = end == SIZE_MAX ? card.len : end;
        code = sf_cli_write(harmless(arena, sf_str_sub(card, at, end)));
        if (!code)
            code = sf_cli_write(SF_STR("\n"));
    }
    return code;
}

static int print(sf_arena *arena, const sf_model *model) {
    sf_model_facts f = sf_model_about(model);
    char hash[65];
    sf_sha256_hex(f.bytes, hash);
    sf_buf out = sf_buf_new(arena);
    sf_str path = harmless(arena, sf_str_of(f.path));
    sf_buf_printf(&out, "%.*s\n%zu bytes, SHA-256 %s\n", SF_ARG(path), f.bytes.len, hash);
    sf_buf_printf(
        &out,
        "%u layers of %u, vocabulary of %u; %u tags, %u lemma scripts, %u labels, %u name "
        "classes, %u attribution classes\n",
        f.layers, f.hidden, f.vocabulary, f.tags, f.lemmas, f.labels, f.names, f.attributions);
    sf_buf_printf(&out, "kernel: %s\n\n", f.kernel);
    int code = sf_cli_write(sf_buf_str(&out));
    return code ? code : print_card(arena, f.card);
}

static int check(const sf_model *model) {
    sofar_error err;
    if (sf_model_check(model, &err))
        return sf_cli_fail(&err);
    return sf_cli_write(SF_STR("every section has its checksum\n"));
}

static int tell(void *ctx, sf_arena *arena) { return print(arena, ctx); }

int sf_cli_model(const sf_cli *cli) {
    sofar_error err;
    sf_model *model;
    if (sf_model_open(cli->model, &model, &err))
        return sf_cli_fail(&err);
    int code = cli->check ? check(model) : sf_cli_in_arena(tell, model);
    sf_model_close(model);
    return code;
}
