/* The file: a key of 64 hex digits, two counts, then the tokens and sentences as they lie in
 * memory. It never leaves the machine, so byte order and padding are this machine's; the key holds
 * the sizes of the structs. */
#include "fact/cache.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct head {
    char key[64];
    uint32_t tokens, sentences;
} head;

static sf_str path_of(sf_arena *arena, const sf_cache *cache) {
    char hex[65];
    sf_sha256_hex(cache->name, hex);
    return sf_str_format(arena, "%s/beats-%.16s", cache->dir, hex);
}

/* The head of a model's file has the checksum of all its checksums. */
static void make_key(sf_arena *arena, const sf_model *model, const sf_text *text, char out[65]) {
    sf_buf buf = sf_buf_new(arena);
    sf_buf_printf(&buf, "sofar %s %zu %zu\n", SOFAR_VERSION, sizeof(sf_model_token),
                  sizeof(sf_model_sentence));
    sf_buf_add(&buf, sf_str_sub(sf_model_about(model).bytes, 0, 128));
    sf_buf_add(&buf, text->text);
    sf_sha256_hex(sf_buf_str(&buf), out);
}

/* The whole file; absent if it cannot be read. Nothing is allocated while it is open: that may not
 * return. */
static sf_str read_file(sf_arena *arena, sf_str path, size_t size) {
    char *bytes = sf_alloc(arena, size);
    FILE *f = fopen(path.ptr, "rb");
    if (!f)
        return SF_ABSENT;
    bool ok = fread(bytes, 1, size, f) == size && fgetc(f) == EOF;
    fclose(f);
    return ok ? (sf_str){bytes, size} : SF_ABSENT;
}

sf_analysis *sf_cache_load(sf_arena *arena, const sf_cache *cache, const sf_model *model,
                           const sf_text *text) {
    struct stat is;
    char key[65];
    head h;
    sf_str path = cache->dir ? path_of(arena, cache) : SF_ABSENT;
    if (!path.ptr || stat(path.ptr, &is) != 0 || !S_ISREG(is.st_mode) ||
        is.st_size < (off_t)sizeof h)
        return NULL;
    sf_analysis *a = SF_NEW(arena, sf_analysis);
    size_t tokens = text->token_count * sizeof *a->tokens;
    size_t most = sizeof h + tokens + text->token_count * sizeof *a->sentences;
    if ((size_t)is.st_size > most)
        return NULL;
    make_key(arena, model, text, key);
    sf_str bytes = read_file(arena, path, (size_t)is.st_size);
    if (!bytes.ptr)
        return NULL;
    memcpy(&h, bytes.ptr, sizeof h);
    if (memcmp(h.key, key, sizeof h.key) != 0 || h.tokens != text->token_count ||
        h.sentences > h.tokens ||
        bytes.len != sizeof h + tokens + h.sentences * sizeof *a->sentences)
        return NULL;
    a->token_count = h.tokens;
    a->sentence_count = h.sentences;
    a->tokens = SF_ARRAY(arena, sf_model_token, h.tokens + 1);
    a->sentences = SF_ARRAY(arena, sf_model_sentence, h.sentences + 1);
    memcpy(a->tokens, bytes.ptr + sizeof h, tokens);
    memcpy(a->sentences, bytes.ptr + sizeof h + tokens, h.sentences * sizeof *a->sentences);
    return sf_analysis_check(model, text, a) ? NULL : a;
}

void sf_cache_store(sf_arena *arena, const sf_cache *cache, const sf_model *model,
                    const sf_text *text, const sf_analysis *a) {
    if (!cache->dir)
        return;
    char key[65];
    head h = {.tokens = a->token_count, .sentences = a->sentence_count};
    make_key(arena, model, text, key);
    memcpy(h.key, key, sizeof h.key);
    sf_str path = path_of(arena, cache);
    sf_str part = sf_str_format(arena, "%.*s.%ld", SF_ARG(path), (long)getpid());
    (void)mkdir(cache->dir, 0700);
    FILE *f = fopen(part.ptr, "wb");
    if (!f)
        return;
    bool ok = fwrite(&h, sizeof h, 1, f) == 1 &&
              fwrite(a->tokens, sizeof *a->tokens, a->token_count, f) == a->token_count &&
              fwrite(a->sentences, sizeof *a->sentences, a->sentence_count, f) == a->sentence_count;
    ok = fclose(f) == 0 && ok;
    if (!ok || rename(part.ptr, path.ptr) != 0)
        (void)remove(part.ptr);
}
