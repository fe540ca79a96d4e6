/* The model's file, good and bad, and the encoder: the same bits alone, among others and in
 * threads. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/inner.h"
#include "model_kit.h"

enum { HEADER = 128, ENTRY = 96 };

static sf_arena arena;
static sf_str good;

/* Opens a changed copy; it must fail with the status and name the file and `word`. */
static bool refuses(sf_str bytes, sofar_status status, const char *word) {
    sf_model *model = NULL;
    sofar_error err = {SOFAR_OK, 0, ""};
    sofar_status got = sf_model_open_bytes(bytes, "kit.model", &model, &err);
    bool ok = got == status && !model && strncmp(err.msg, "kit.model: ", 11) == 0 &&
              strstr(err.msg, word) && strchr(err.msg, ';');
    if (!ok)
        printf("# %d: %s\n", (int)got, err.msg);
    if (!got)
        sf_model_close(model);
    return ok;
}

static sf_str copy_of(sf_str bytes) {
    char *at = (char *)sf_model_floats(&arena, bytes.len / sizeof(float) + 1);
    memcpy(at, bytes.ptr, bytes.len);
    return (sf_str){at, bytes.len};
}

/* The first n bytes, in memory of their own, so that a sanitizer sees the first read beyond. */
static bool refuses_cut(size_t n, const char *word) {
    char *at = malloc(n ? n : 1);
    if (!at)
        abort();
    memcpy(at, good.ptr, n);
    bool ok = refuses((sf_str){at, n}, SOFAR_ERR_FORMAT, word);
    free(at);
    return ok;
}

static char *inside(sf_str bytes, size_t at) { return (char *)(uintptr_t)bytes.ptr + at; }

static void put32(sf_str bytes, size_t at, uint32_t value) {
    memcpy(inside(bytes, at), &value, sizeof value);
}

static void put64(sf_str bytes, size_t at, uint64_t value) {
    memcpy(inside(bytes, at), &value, sizeof value);
}

static void mend(sf_str bytes) { memcpy(inside(bytes, 0), good.ptr, good.len); }

static void seal(sf_str bytes) { kit_seal(inside(bytes, 0), bytes.len); }

/* ---- the file ---- */

static void opening(void) {
    char *path = kit_file(good);
    sf_model *model = NULL;
    sofar_error err;
    if (!CHECK(sf_model_open(path, &model, &err) == SOFAR_OK))
        return;
    CHECK_INT(model->layer_count, 2);
    CHECK_INT(model->hidden, 64);
    CHECK_INT(sf_model_vocab(model)->count, 120);
    CHECK_STR(model->labels, "root\nnsubj\nobj\npunct\n");
    CHECK(sf_model_check(model, &err) == SOFAR_OK);
    CHECK(sf_kernel_find(sf_str_of(sf_model_kernel_name(model))) == sf_kernel_best());
    sf_model_close(model);
    sf_model_close(NULL);
    unlink(path);

    model = NULL;
    CHECK(sf_model_open(path, &model, &err) == SOFAR_ERR_IO && !model);
    CHECK(strncmp(err.msg, path, strlen(path)) == 0 && strstr(err.msg, "No such file"));
    CHECK(sf_model_open("/", &model, &err) == SOFAR_ERR_FORMAT && !model);
    CHECK(mkfifo(path, 0600) == 0);
    CHECK(sf_model_open(path, &model, &err) == SOFAR_ERR_FORMAT && !model);
    unlink(path);
    free(path);
    path = kit_file(SF_STR(""));
    CHECK(sf_model_open(path, &model, &err) == SOFAR_ERR_FORMAT && !model);
    unlink(path);
    free(path);
}

static void damage(void) {
    bool ok = true;
    for (size_t n = 0; n < good.len; n = n < 300 ? n + 1 : n + 4099)
        ok &= refuses_cut(n, "");
    CHECK(ok && "cut off anywhere");
    CHECK(refuses_cut(good.len - 1, "bytes long"));
    CHECK(
        refuses(SF_STR("<!DOCTYPE html><p>Not found</p>"), SOFAR_ERR_FORMAT, "no language model"));

    sf_str bad = copy_of(good);
    ok = true;
    for (size_t bit = 0; bit < HEADER * 8; bit += 3) {
        *inside(bad, bit / 8) ^= (char)(1 << bit % 8);
        ok &= refuses(bad, SOFAR_ERR_FORMAT, "");
        *inside(bad, bit / 8) ^= (char)(1 << bit % 8);
    }
    size_t table = kit_entry(good, "config");
    for (size_t bit = table * 8; bit < good.len * 8; bit += 29) {
        *inside(bad, bit / 8) ^= (char)(1 << bit % 8);
        ok &= refuses(bad, SOFAR_ERR_FORMAT, "table of sections is damaged");
        *inside(bad, bit / 8) ^= (char)(1 << bit % 8);
    }
    CHECK(ok && "any bit of header and table turned");

    sf_model *model;
    sofar_error err;
    *inside(bad, kit_section(bad, "layer.1.up") + 77) ^= 4;
    CHECK(sf_model_open_bytes(bad, "kit.model", &model, &err) == SOFAR_OK);
    CHECK(sf_model_check(model, &err) == SOFAR_ERR_FORMAT && strstr(err.msg, "layer.1.up"));
    sf_model_close(model);
}

static void versions(void) {
    sf_str bad = copy_of(good);
    put32(bad, 8, 2);
    seal(bad);
    CHECK(refuses(bad, SOFAR_ERR_VERSION, "version 2"));
    put32(bad, 8, 0);
    seal(bad);
    CHECK(refuses(bad, SOFAR_ERR_FORMAT, "version 0"));
}

/* Every section in turn: missing, of another type or shape, beyond the file, not aligned. */
static void sections(void) {
    size_t table = kit_entry(good, "config"), count = (good.len - table) / ENTRY;
    sf_str bad = copy_of(good);
    bool missing = true, type = true, shape = true, offset = true;
    for (size_t i = 0; i < count; i++) {
        size_t entry = table + i * ENTRY;
        const char *name = good.ptr + entry;
        bool card = strcmp(name, "card.text") == 0;
        mend(bad);
        *inside(bad, entry) = '?';
        seal(bad);
        missing &= refuses(bad, SOFAR_ERR_FORMAT, name);
        mend(bad);
        put32(bad, entry + 48, 9);
        seal(bad);
        type &= refuses(bad, SOFAR_ERR_FORMAT, name);
        mend(bad);
        put64(bad, entry + 80, 16);
        seal(bad);
        shape &= card || refuses(bad, SOFAR_ERR_FORMAT, strncmp(name, "vocab", 5) ? name : "vocab");
        static const uint64_t places[] = {1, 1u << 30, UINT64_MAX - 63, UINT64_MAX};
        for (size_t k = 0; k < SF_LEN(places); k++) {
            mend(bad);
            put64(bad, entry + 72 + k / 3 * 8, places[k]);
            seal(bad);
            offset &= refuses(bad, SOFAR_ERR_FORMAT, "lies outside");
        }
    }
    CHECK(missing && type && shape && offset);
    mend(bad);
    put32(bad, 12, 4000);
    seal(bad);
    CHECK(refuses(bad, SOFAR_ERR_FORMAT, "table"));
    mend(bad);
    put64(bad, 24, UINT64_MAX - 63);
    seal(bad);
    CHECK(refuses(bad, SOFAR_ERR_FORMAT, "table"));
}

static void configs(void) {
    size_t config = kit_section(good, "config");
    static const uint32_t values[] = {0, 1, 7, 63, 1u << 31, UINT32_MAX};
    sf_str bad = copy_of(good);
    bool ok = true;
    for (size_t field = 0; field < 17; field++)
        for (size_t v = 0; v < SF_LEN(values); v++) {
            uint32_t was;
            memcpy(&was, good.ptr + config + 4 * field, sizeof was);
            mend(bad);
            put32(bad, config + 4 * field, values[v]);
            sf_model *model = NULL;
            sofar_error err;
            /* Fewer layers or pieces are a model too; what opens must run (fuzz/model.c). */
            if (was != values[v] && !sf_model_open_bytes(bad, "kit.model", &model, &err)) {
                ok &= field == 0 || field == 15 || field == 16;
                sf_model_close(model);
            }
        }
    CHECK(ok);
}

static void vocabularies(void) {
    sf_str bad = copy_of(good);
    put32(bad, kit_section(bad, "vocab.offsets") + 40, 5000);
    CHECK(refuses(bad, SOFAR_ERR_FORMAT, "vocabulary is damaged"));
    bad = copy_of(good);
    put32(bad, kit_section(bad, "vocab.offsets") + 4 * 120, 5000);
    CHECK(refuses(bad, SOFAR_ERR_FORMAT, "vocabulary is damaged"));
    bad = copy_of(good);
    put32(bad, kit_section(bad, "vocab.hash") + 4 * 77, 121);
    CHECK(refuses(bad, SOFAR_ERR_FORMAT, "vocabulary is damaged"));
    bad = copy_of(good); /* no slot empty: a search would never end */
    for (size_t i = 0; i < 65536; i++)
        put32(bad, kit_section(bad, "vocab.hash") + 4 * i, 5);
    CHECK(refuses(bad, SOFAR_ERR_FORMAT, "vocabulary is damaged"));
}

/* ---- the encoder ---- */

enum { STRETCHES = 120, MOST = 46 };

typedef struct texts {
    uint32_t pieces[STRETCHES][MOST], token_pieces[MOST + 1];
    uint8_t shapes[STRETCHES][MOST];
    sf_stretch stretches[STRETCHES];
    uint32_t tokens;
} texts;

static void make_texts(texts *t) {
    uint64_t random = 3;
    t->tokens = 0;
    for (uint32_t i = 0; i <= MOST; i++)
        t->token_pieces[i] = 1 + i + i / 3; /* every third of two pieces */
    for (int s = 0; s < STRETCHES; s++) {
        uint32_t n = 2 + kit_random(&random) % (MOST - 1), tokens = 0;
        for (uint32_t p = 0; p < n; p++) {
            t->pieces[s][p] = kit_random(&random) % 120;
            t->shapes[s][p] = (uint8_t)(kit_random(&random) % 25);
        }
        while (t->token_pieces[tokens + 1] < n)
            tokens++;
        t->stretches[s] = (sf_stretch){t->pieces[s], t->shapes[s], n, t->token_pieces, tokens};
        t->tokens += tokens;
    }
}

static float *encode(sf_arena *scratch, const sf_model *model, const texts *t, uint32_t batch) {
    float *vectors = sf_model_floats(scratch, (size_t)t->tokens * model->hidden), *at = vectors;
    for (uint32_t s = 0; s < STRETCHES; s += batch) {
        uint32_t count = STRETCHES - s < batch ? STRETCHES - s : batch;
        sf_model_encode(model, scratch, t->stretches + s, count, at);
        for (uint32_t i = s; i < s + count; i++)
            at += (size_t)t->stretches[i].token_count * model->hidden;
    }
    return vectors;
}

typedef struct job {
    pthread_t thread;
    const sf_model *model;
    const texts *texts;
    const float *wants;
    uint32_t batch;
    bool same;
} job;

static void *run(void *what) {
    job *j = what;
    sf_arena scratch;
    sf_arena_init(&scratch, NULL, NULL);
    j->same = true;
    for (int i = 0; i < 3; i++)
        j->same &= memcmp(encode(&scratch, j->model, j->texts, j->batch), j->wants,
                          (size_t)j->texts->tokens * j->model->hidden * sizeof(float)) == 0;
    sf_arena_clear(&scratch);
    return NULL;
}

static void batches(const sf_model *model) {
    texts *t = SF_NEW(&arena, texts);
    make_texts(t);
    const float *wants = encode(&arena, model, t, 1);
    size_t bytes = (size_t)t->tokens * model->hidden * sizeof *wants;
    static const uint32_t sizes[] = {2, 3, 7, 31, STRETCHES};
    for (size_t i = 0; i < SF_LEN(sizes); i++) {
        sf_arena scratch;
        sf_arena_init(&scratch, NULL, NULL);
        CHECK(memcmp(encode(&scratch, model, t, sizes[i]), wants, bytes) == 0);
        sf_arena_clear(&scratch);
    }
    job jobs[4];
    for (uint32_t i = 0; i < SF_LEN(jobs); i++) {
        jobs[i] = (job){.model = model, .texts = t, .wants = wants, .batch = 1 + 9 * i};
        if (pthread_create(&jobs[i].thread, NULL, run, &jobs[i]))
            abort();
    }
    for (uint32_t i = 0; i < SF_LEN(jobs); i++) {
        pthread_join(jobs[i].thread, NULL);
        CHECK(jobs[i].same && "in a thread among others");
    }
}

/* What no caller should send does no harm: ids and shapes that are none, more pieces than there are
 * positions, a stretch of nothing, a token of no piece. */
static void oddities(const sf_model *model) {
    enum { LONG = 300 };
    uint32_t pieces[LONG], token_pieces[] = {1, 2, 2, LONG};
    uint8_t shapes[LONG];
    for (uint32_t i = 0; i < LONG; i++)
        pieces[i] = i % 2 ? UINT32_MAX - i : i, shapes[i] = (uint8_t)(255 - i);
    const sf_stretch stretches[] = {{pieces, shapes, 0, token_pieces, 0},
                                    {pieces, shapes, LONG, token_pieces, 3},
                                    {pieces, shapes, 0, token_pieces, 0},
                                    {pieces, shapes, 1, token_pieces, 0}};
    float *vectors = sf_model_floats(&arena, 3 * (size_t)model->hidden);
    sf_model_encode(model, &arena, stretches, 4, vectors);
    bool ok = true;
    for (uint32_t i = 0; i < 3 * model->hidden; i++)
        ok &= vectors[i] < 100 && vectors[i] > -100;
    CHECK(ok);
    CHECK(vectors[model->hidden] == 0); /* the token of no piece */
    sf_model_encode(model, &arena, stretches, 0, vectors);
    sf_model_encode(model, &arena, stretches, 1, vectors);
}

static void memory(const sf_model *model) {
    texts *t = SF_NEW(&arena, texts);
    make_texts(t);
    float *vectors = sf_model_floats(&arena, (size_t)t->tokens * model->hidden);
    size_t used[2];
    for (uint32_t i = 0; i < 2; i++) {
        sf_arena scratch;
        sf_arena_init(&scratch, NULL, NULL);
        sf_model_encode(model, &scratch, t->stretches, i ? STRETCHES : STRETCHES / 2, vectors);
        used[i] = scratch.used;
        sf_arena_clear(&scratch);
    }
    CHECK(used[1] < used[0] + used[0] / 8); /* twice the text in the same room */
}

int main(void) {
    sf_arena_init(&arena, NULL, NULL);
    const kit_shape shape = KIT_SMALL;
    good = kit_model(&arena, &shape, 1);
    opening();
    damage();
    versions();
    sections();
    configs();
    vocabularies();
    sf_model *model;
    sofar_error err;
    if (CHECK(sf_model_open_bytes(good, "kit.model", &model, &err) == SOFAR_OK)) {
        batches(model);
        oddities(model);
        memory(model);
        sf_model_close(model);
    }
    sf_arena_clear(&arena);
    return check_done();
}
