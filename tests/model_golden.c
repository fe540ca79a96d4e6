/* The shipped model beside what PyTorch made of the same weights: golden/model.vectors. Lines of it
 * (# begins a comment):
 *
 *   tolerance MOST MEAN   how far one number may be off, and all on average
 *   stretch ID...         pieces, [CLS] and [SEP] with them; then of this stretch:
 *   shapes CLASS...       one for each piece
 *   tokens PIECE...       where each token's pieces begin, and where the last one's end
 *   vector TOKEN X...     the first numbers of a token's vector
 *   heads TOKEN AT X...   numbers of the heads' row of a token, from column AT on
 *   text SENTENCE         the whole model reads it; then, of it:
 *   arc TOKEN HEAD LABEL  an arc that PyTorch is sure of; HEAD -1 for the root
 *
 * `vector` and `heads` come after the stretch's other lines. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "model/inner.h"

enum { MOST = 4096 };

typedef struct golden {
    const sf_model *model;
    sf_arena *arena;
    uint32_t pieces[MOST], token_pieces[MOST];
    uint8_t shapes[MOST];
    sf_stretch stretch;
    float *vectors, *heads; /* of the stretch; NULL before they are asked for */
    double most, mean;      /* tolerances */
    double worst, sum;
    size_t numbers, stretches;
    const sf_analysis *analysis; /* of the text at hand */
    size_t arcs, wrong_arcs;
} golden;

/* Reads numbers up to the line's end; how many. */
static size_t numbers(const char *line, double *out) {
    size_t n = 0;
    char *end;
    for (double x; n < MOST && (x = strtod(line, &end), end != line); line = end)
        out[n++] = x;
    return n;
}

static void run(golden *g) {
    if (g->vectors)
        return;
    size_t tokens = g->stretch.token_count;
    g->vectors = sf_model_floats(g->arena, tokens * g->model->hidden);
    g->heads = sf_model_floats(g->arena, tokens * g->model->word_head.outputs);
    sf_model_encode(g->model, g->arena, &g->stretch, 1, g->vectors);
    sf_model_linear(g->model, g->arena, &g->model->word_head, g->vectors, (uint32_t)tokens,
                    g->heads);
}

static bool compare(golden *g, const float *row, size_t width, const double *wants, size_t n) {
    for (size_t i = 0; i < n && i < width; i++) {
        double off = fabs(wants[i] - (double)row[i]);
        g->worst = off > g->worst ? off : g->worst;
        g->sum += off;
    }
    g->numbers += n;
    return n > 0 && n <= width;
}

static void analyse(golden *g, const char *line) {
    sf_str copy = sf_str_format(g->arena, "%.*s", (int)strcspn(line, "\n"), line);
    sf_text *text = sf_text_split(g->arena, copy, NULL, 0);
    sf_text_tokens(g->arena, text);
    g->analysis = sf_model_analyse(g->model, g->arena, text);
}

static bool compare_arc(golden *g, const char *line) {
    unsigned token;
    int head;
    char label[32];
    if (!g->analysis || sscanf(line, "%u %d %31s", &token, &head, label) != 3 ||
        token >= g->analysis->token_count)
        return false;
    const sf_model_token *t = &g->analysis->tokens[token];
    bool same = t->head == (head < 0 ? SF_NONE : (uint32_t)head) &&
                sf_str_equal(sf_model_label(g->model, t->label), sf_str_of(label));
    if (!same)
        printf("# another arc than %s", line);
    g->arcs++;
    g->wrong_arcs += !same;
    return true;
}

/* False for a line that is not understood. */
static bool take(golden *g, const char *word, const char *rest) {
    static double x[MOST];
    if (strcmp(word, "text") == 0) {
        analyse(g, rest);
        return true;
    }
    if (strcmp(word, "arc") == 0)
        return compare_arc(g, rest);
    size_t n = numbers(rest, x);
    if (strcmp(word, "tolerance") == 0 && n == 2) {
        g->most = x[0], g->mean = x[1];
    } else if (strcmp(word, "stretch") == 0 && n > 1) {
        for (size_t i = 0; i < n; i++)
            g->pieces[i] = (uint32_t)x[i];
        g->stretch = (sf_stretch){g->pieces, g->shapes, (uint32_t)n, g->token_pieces, 0};
        g->vectors = NULL;
        g->stretches++;
    } else if (strcmp(word, "shapes") == 0 && n == g->stretch.piece_count) {
        for (size_t i = 0; i < n; i++)
            g->shapes[i] = (uint8_t)x[i];
    } else if (strcmp(word, "tokens") == 0 && n > 1) {
        for (size_t i = 0; i < n; i++)
            if ((g->token_pieces[i] = (uint32_t)x[i]) > g->stretch.piece_count)
                return false;
        g->stretch.token_count = (uint32_t)n - 1;
    } else if (strcmp(word, "vector") == 0 && n > 1 && x[0] < g->stretch.token_count) {
        run(g);
        return compare(g, g->vectors + (size_t)x[0] * g->model->hidden, g->model->hidden, x + 1,
                       n - 1);
    } else if (strcmp(word, "heads") == 0 && n > 2 && x[0] < g->stretch.token_count) {
        run(g);
        size_t width = g->model->word_head.outputs, at = (size_t)x[1];
        return at < width &&
               compare(g, g->heads + (size_t)x[0] * width + at, width - at, x + 2, n - 2);
    } else {
        return false;
    }
    return true;
}

static void read_all(golden *g, FILE *f) {
    char *line = NULL;
    size_t room = 0;
    bool understood = true;
    for (unsigned at = 1; getline(&line, &room, f) > 0; at++) {
        char *rest = line + strcspn(line, " \n");
        if (*line == '#' || *line == '\n')
            continue;
        if (*rest)
            *rest++ = '\0';
        if (!take(g, line, rest)) {
            printf("# line %u is not understood: %s\n", at, line);
            understood = false;
        }
    }
    free(line);
    CHECK(understood);
}

int main(void) {
    const char *root = getenv("SOFAR_ROOT");
    char path[4096], vectors[4096];
    snprintf(path, sizeof path, "%s/model/sofar.model", root ? root : ".");
    snprintf(vectors, sizeof vectors, "%s/tests/golden/model.vectors", root ? root : ".");
    FILE *f = fopen(vectors, "rb");
    sf_model *model = NULL;
    sofar_error err;
    if (!f || sf_model_open(path, &model, &err) == SOFAR_ERR_IO) {
        printf("1..1\nok 1 - recorded vectors # SKIP no %s\n", f ? path : vectors);
        if (f)
            fclose(f);
        return 0;
    }
    if (CHECK(model != NULL)) {
        CHECK(sf_model_check(model, &err) == SOFAR_OK);
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        golden *g = SF_NEW(&arena, golden);
        g->model = model, g->arena = &arena;
        read_all(g, f);
        double mean = g->numbers ? g->sum / (double)g->numbers : 0;
        printf("# %zu stretches, %zu numbers: at most %.2g off, %.2g on average\n", g->stretches,
               g->numbers, g->worst, mean);
        printf("# %zu arcs, %zu not the same\n", g->arcs, g->wrong_arcs);
        CHECK(g->numbers > 0);
        CHECK(g->arcs > 0 && g->wrong_arcs == 0);
        CHECK(g->worst <= g->most);
        CHECK(mean <= g->mean);
        sf_arena_clear(&arena);
    } else {
        printf("# %s\n", err.msg);
    }
    sf_model_close(model);
    fclose(f);
    return check_done();
}
