/* model: what the analysis promises of any text and any model, tried with one of random weights:
 * every token told, trees that are trees, legal classes, the same for a paragraph alone and among
 * others, on one thread and on many; hostile texts take bounded time and memory. */
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "model/inner.h"
#include "model_kit.h"
#include "read/read.h"

static sf_model *kit_open(sf_arena *arena) {
    sf_model *model;
    sofar_error err;
    if (sf_model_open_bytes(kit_model(arena, &KIT_SMALL, 7), "kit", &model, &err)) {
        fprintf(stderr, "%s\n", err.msg);
        exit(1);
    }
    return model;
}

static sf_text *split(sf_arena *arena, sf_str text) {
    sf_text *t = sf_text_split(arena, text, NULL, 0);
    sf_text_tokens(arena, t);
    return t;
}

static bool sound(const sf_model *model, sf_str bytes, const char *what) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_text *text = split(&arena, bytes);
    const char *fault = sf_analysis_check(model, text, sf_model_analyse(model, &arena, text));
    if (fault)
        printf("# %s: %s\n", what, fault);
    sf_arena_clear(&arena);
    return !fault;
}

/* ---- the same whatever stands around it ---- */

static const char *const paragraphs[] = {
    "\"It was,\" said Ana Ruiz, \"a long summer.\" She couldn't say more. Nobody did!",
    "LOW TIDE OPENS",
    "Mr. Hale of Tide Inc. met Dr. Okafor in the U.S. on Oct. 15; they'd talked twenty-five times.",
    "one",
    "El rodaje de la película terminó ayer por la tarde. La directora no quiso hablar.",
    "and then the rain came and nobody had an umbrella so we all ran to the old cannery",
    "\xF0\x9F\x98\x80\xF0\x9F\x98\x80 wow \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD",
};

/* The tokens from `first` on that tell the same but for where their heads lie. */
static bool same_tokens(const sf_analysis *one, const sf_analysis *all, uint32_t first) {
    for (uint32_t i = 0; i < one->token_count; i++) {
        sf_model_token a = one->tokens[i], b = all->tokens[first + i];
        if (b.head != SF_NONE)
            b.head -= first;
        if (a.head != b.head || a.tag != b.tag || a.lemma != b.lemma || a.label != b.label ||
            a.name != b.name || a.attribution != b.attribution ||
            memcmp(&a.name_margin, &b.name_margin, sizeof(float)) != 0 ||
            memcmp(&a.attribution_margin, &b.attribution_margin, sizeof(float)) != 0)
            return false;
    }
    return true;
}

static bool same_analysis(const sf_analysis *a, const sf_analysis *b) {
    bool same = a->token_count == b->token_count && a->sentence_count == b->sentence_count &&
                same_tokens(a, b, 0);
    for (uint32_t i = 0; same && i < a->sentence_count; i++)
        same = a->sentences[i].first_token == b->sentences[i].first_token &&
               a->sentences[i].block == b->sentences[i].block;
    return same;
}

static sf_str many(sf_arena *arena, size_t count) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        sf_buf_add(&buf, sf_str_of(paragraphs[i * i % SF_LEN(paragraphs)]));
        sf_buf_add(&buf, SF_STR("\n\n"));
    }
    return sf_buf_str(&buf);
}

static void packing(const sf_model *model) {
    enum { COUNT = 200 };
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_text *text = split(&arena, many(&arena, COUNT));
    sf_analysis *all = sf_model_analyse(model, &arena, text);
    uint32_t first = 0;
    bool same = true;
    for (size_t i = 0; i < COUNT; i++) {
        sf_text *part = split(&arena, sf_str_of(paragraphs[i * i % SF_LEN(paragraphs)]));
        sf_analysis *one = sf_model_analyse(model, &arena, part);
        same = same && first + one->token_count <= all->token_count && same_tokens(one, all, first);
        first += one->token_count;
    }
    CHECK(same);
    CHECK_INT(first, all->token_count);
    sf_arena_clear(&arena);
}

typedef struct job {
    const sf_model *model;
    const sf_text *text;
    sf_arena arena;
    sf_analysis *out;
} job;

static void *analyse(void *arg) {
    job *j = arg;
    sf_arena_init(&j->arena, NULL, NULL);
    j->out = sf_model_analyse(j->model, &j->arena, j->text);
    return NULL;
}

static void threads(const sf_model *model) {
    enum { THREADS = 4 };
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const sf_text *text = split(&arena, many(&arena, 60));
    job jobs[THREADS];
    pthread_t ids[THREADS];
    bool same = true;
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (job){.model = model, .text = text};
        if (pthread_create(&ids[i], NULL, analyse, &jobs[i]))
            abort();
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(ids[i], NULL);
    for (int i = 0; i < THREADS; i++)
        same = same && same_analysis(jobs[i].out, jobs[0].out);
    for (int i = 0; i < THREADS; i++)
        sf_arena_clear(&jobs[i].arena);
    CHECK(same);
    sf_arena_clear(&arena);
}

/* Does every kernel that this CPU runs tell the same, from text to trees? */
static bool kernels_same(sf_model *model, sf_str bytes, bool plain_too) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const sf_text *text = split(&arena, bytes);
    const sf_analysis *first = sf_model_analyse(model, &arena, text);
    const sf_kernel *best = model->kernel, *k;
    bool same = true;
    for (size_t i = 1; (k = sf_kernel_at(i)); i++) {
        if (k == &sf_kernel_plain && !plain_too)
            continue;
        model->kernel = k;
        if (!same_analysis(sf_model_analyse(model, &arena, text), first)) {
            printf("# %s differs from %s\n", k->name, best->name);
            same = false;
        }
    }
    model->kernel = best;
    sf_arena_clear(&arena);
    return same;
}

static void kernels(sf_model *model) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    CHECK(kernels_same(model, many(&arena, 60), true));
    sf_arena_clear(&arena);
}

#ifdef __SANITIZE_ADDRESS__
enum { EVERY = 25 };
#else
enum { EVERY = 1 };
#endif

/* The shipped model on the texts of the development part whose names are never trained on; the
 * plain kernel, slow as it is, on every 25th. */
static void shipped(void) {
    const char *root = getenv("SOFAR_ROOT");
    char path[4096], texts[4096];
    snprintf(path, sizeof path, "%s/model/sofar.model", root ? root : ".");
    snprintf(texts, sizeof texts, "%s/../shared/data/names/ewt-dev.jsonl", root ? root : ".");
    FILE *f = fopen(texts, "rb");
    sf_model *model = NULL;
    sofar_error err;
    if (!f || sf_model_open(path, &model, &err)) {
        printf("ok %d - development texts # SKIP no %s\n", ++check_count, f ? path : texts);
    } else {
        char *line = NULL;
        size_t room = 0, count = 0;
        bool same = true;
        for (ssize_t n; (n = getline(&line, &room, f)) > 0; count++) {
            json_t *row = count % EVERY ? NULL : json_loadb(line, (size_t)n, 0, NULL);
            const char *text = json_string_value(json_object_get(row, "text"));
            if (text)
                same = kernels_same(model, sf_str_of(text), count % 25 == 0) && same;
            json_decref(row);
        }
        free(line);
        CHECK(count > 0);
        CHECK(same && "development texts");
    }
    sf_model_close(model);
    if (f)
        fclose(f);
}

/* ---- stretches ---- */

/* Blocks part sentences whatever the model says; a block's number is told. */
static void blocks(const sf_model *model) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sofar_block list[] = {{SOFAR_BLOCK_HEADING, {0, 8}}, {SOFAR_BLOCK_PARAGRAPH, {10, 27}}};
    sf_text *text = sf_text_split(&arena, SF_STR("Low Tide\n\nIt opens. ABC did."), list, 2);
    sf_text_tokens(&arena, text);
    sf_analysis *a = sf_model_analyse(model, &arena, text);
    bool parted = false;
    for (uint32_t i = 0; i < a->sentence_count; i++) {
        const sf_model_sentence *s = &a->sentences[i];
        CHECK_INT(s->block, s->first_token >= 2);
        parted = parted || s->first_token == 2;
    }
    CHECK(parted);
    CHECK(!sf_analysis_check(model, text, a));
    a->sentences[0].block = 1;
    CHECK(strstr(sf_analysis_check(model, text, a), "outside its block"));
    a->sentences[0].block = 0;
    a->tokens[0].tag = UINT16_MAX;
    CHECK(strstr(sf_analysis_check(model, text, a), "none of the model's"));
    a->tokens[0].name = 2;
    CHECK(strstr(sf_analysis_check(model, text, a), "name has no begin"));
    a->tokens[0].head = 0;
    CHECK(strstr(sf_analysis_check(model, text, a), "no tree"));
    a->tokens[0].head = 5;
    CHECK(strstr(sf_analysis_check(model, text, a), "outside its sentence"));
    a->sentences[0].first_token = 1;
    CHECK(strstr(sf_analysis_check(model, text, a), "side by side"));
    sf_arena_clear(&arena);
}

/* ---- hostile texts ---- */

typedef struct meter { /* of memory */
    size_t live, most, limit;
} meter;

static void *metered(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    meter *m = ctx;
    if (new_size == 0) {
        m->live -= old_size;
        free(ptr);
        return NULL;
    }
    if (m->live - old_size + new_size > m->limit)
        return NULL;
    m->live += new_size - old_size;
    if (m->live > m->most)
        m->most = m->live;
    return realloc(ptr, new_size);
}

/* Seconds of the analysis of `piece`, repeated to `size` bytes; *memory: what it took at most
 * beyond what it left behind. Less than 0 where a promise is broken. */
static double spent(const sf_model *model, const char *piece, size_t size, size_t *memory) {
    sf_arena text_arena, arena;
    meter m = {.limit = SIZE_MAX};
    sofar_allocator allocator = {metered, &m};
    sf_arena_init(&text_arena, NULL, NULL);
    sf_arena_init(&arena, &allocator, NULL);
    sf_buf buf = sf_buf_new(&text_arena);
    while (buf.len < size)
        sf_buf_add(&buf, sf_str_of(piece));
    sf_text *text = split(&text_arena, sf_buf_str(&buf));
    clock_t begin = clock();
    sf_analysis *a = sf_model_analyse(model, &arena, text);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    const char *fault = sf_analysis_check(model, text, a);
    if (fault)
        printf("# %s: %s\n", piece, fault);
    *memory = m.most - m.live;
    sf_arena_clear(&arena);
    sf_arena_clear(&text_arena);
    return fault ? -1 : seconds;
}

#ifdef __SANITIZE_ADDRESS__
enum { LONG = 12000 };
#else
enum { LONG = 200000 }; /* bytes of a "sentence" */
#endif

/* Ten times the text takes some ten times as long and no more memory besides the answer. */
static void hostile(const sf_model *model, size_t size) {
    static const char *const nasty[] = {
        "and so on it went ",            /* no punctuation, no end */
        "SHOUTED CAPITALS ! ",           /* */
        "\xF0\x9F\x98\x80",              /* emoji without a space */
        "\u200Fxyz \u200E",              /* marks of direction */
        "Der Fluß trat über die Ufer. ", /* another language */
        "\xE4\xBD\xA0\xE5\xA5\xBD",      /* no spaces */
        "a",                             /* one word */
        "1/",
        "\xCC\x81",
        ".",
        "x.\n\n",
        "\xFF",
    };
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        size_t room_small, room_large;
        double small = spent(model, nasty[i], size / 10, &room_small);
        double large = spent(model, nasty[i], size, &room_large);
        check_that(small >= 0 && large >= 0 && large < 20 * small + 0.1, nasty[i], __FILE__,
                   __LINE__);
        /* A full batch of this model takes some 2 MB. */
        check_that(room_small < 4 << 20 && room_large < 4 << 20, "bounded memory", __FILE__,
                   __LINE__);
    }
}

/* Cut off at every byte, so also inside characters. */
static void cut_off(const sf_model *model) {
    bool good = true;
    for (size_t i = 0; i < SF_LEN(paragraphs); i++)
        for (size_t len = 0; len <= strlen(paragraphs[i]); len++)
            good = good && sound(model, (sf_str){paragraphs[i], len}, paragraphs[i]);
    CHECK(good);
}

/* Out of memory at any moment: the escape is taken and nothing is left behind. */
static void exhausted(const sf_model *model) {
    sf_arena text_arena;
    sf_arena_init(&text_arena, NULL, NULL);
    sf_text *text = split(&text_arena, sf_str_of(paragraphs[0]));
    volatile bool done = false, leaked = false;
    volatile size_t limit = 1000;
    for (; !done && limit < (size_t)1 << 28; limit += limit / 16) {
        meter m = {.limit = limit};
        sofar_allocator allocator = {metered, &m};
        jmp_buf escape;
        sf_arena arena;
        sf_arena_init(&arena, &allocator, &escape);
        if (setjmp(escape) == 0) {
            sf_model_analyse(model, &arena, text);
            done = true;
        }
        sf_arena_clear(&arena);
        leaked = leaked || m.live != 0;
    }
    CHECK(done);
    CHECK(!leaked);
    sf_arena_clear(&text_arena);
}

/* ---- through the library's door ---- */

static void reader(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    char *file = kit_file(kit_model(&arena, &KIT_SMALL, 7));
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    sofar_page page = SOFAR_PAGE_INIT;
    sofar_reader *made;
    sofar_reading *r = NULL;
    sofar_error err;
    sf_str conllu;
    page.bytes = sf_str_of("<p>It rained.</p><p>&ldquo;Ana&rdquo; left.</p>");
    page.file = SF_STR("a page%");
    options.stages = SOFAR_STAGE_MODEL;
    options.model = "none.model";
    CHECK_INT(sofar_reader_new(&options, &made, &err), SOFAR_ERR_IO);
    options.model = file;
    if (CHECK(sofar_reader_new(&options, &made, &err) == SOFAR_OK) &&
        CHECK(sofar_read(made, &page, &r, &err) == SOFAR_OK)) {
        CHECK(sf_reading_check(r, page.bytes) == NULL);
        CHECK(sf_reading_conllu(r, &conllu, &err) == SOFAR_OK);
        CHECK(sf_str_starts(conllu, SF_STR("# newdoc id = a%20page%25\n# newpar\n"
                                           "# sent_id = a%20page%25:1\n# text = It")));
        CHECK(sf_str_find(conllu, SF_STR("|Span=12-15\n"), 0) != SIZE_MAX ||
              sf_str_find(conllu, SF_STR("\tSpan=12-15\n"), 0) != SIZE_MAX);
        sofar_reading_free(r);
        sofar_reader_free(made);
    }
    options.stages = SOFAR_STAGE_PAGE; /* needs no model, so does not look for it */
    options.model = "none.model";
    if (CHECK(sofar_reader_new(&options, &made, &err) == SOFAR_OK) &&
        CHECK(sofar_read(made, &page, &r, &err) == SOFAR_OK)) {
        CHECK_INT(sf_reading_conllu(r, &conllu, &err), SOFAR_ERR_USAGE);
        sofar_reading_free(r);
        sofar_reader_free(made);
    }
    unlink(file);
    free(file);
    sf_arena_clear(&arena);
}

int main(void) {
    reader();
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_model *model = kit_open(&arena);
    packing(model);
    threads(model);
    kernels(model);
    blocks(model);
    hostile(model, LONG);
    cut_off(model);
    exhausted(model);
    shipped();
    CHECK(sound(model, SF_STR(""), "nothing"));
    CHECK(sound(model, SF_STR(" \n\n "), "white space"));
    sf_model_close(model);
    sf_arena_clear(&arena);
    return check_done();
}
