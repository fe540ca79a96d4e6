/* The shipped model beside what PyTorch made of the same weights, rounded alike:
 * golden/model.vectors, which train/model/record.py writes. Of each stretch:
 *
 *   stretch WORDS
 *   pieces ID...          [CLS] and [SEP] with them
 *   shapes CLASS...       one for each piece
 *   tokens COUNT...       how many pieces each token has
 *   vector TOKEN X...     the first numbers of a token's vector
 *   tag TOKEN X...        ... of what a head says of it; also name, attribution, end
 */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "model/inner.h"

enum { MOST = 4096 };

/* Sums in another order round an activation the other way now and then. */
static const double most_off = 0.25, mean_off = 0.01;

typedef struct golden {
    const sf_model *model;
    sf_arena *arena;
    uint32_t pieces[MOST], token_pieces[MOST + 1];
    uint8_t shapes[MOST];
    sf_stretch stretch;
    float *vectors, *heads; /* of the stretch; NULL before they are asked for */
    double worst, sum;
    size_t numbers, stretches;
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

/* The first column of a head in a token's row; SF_NONE if there is no such head. */
static uint32_t column(const sf_model *m, const char *head) {
    return strcmp(head, "tag") == 0           ? m->at.tag
           : strcmp(head, "name") == 0        ? m->at.name
           : strcmp(head, "attribution") == 0 ? m->at.attribution
           : strcmp(head, "end") == 0         ? m->at.end
                                              : SF_NONE;
}

/* False for a line that is not understood. */
static bool take(golden *g, const char *word, const char *rest) {
    static double x[MOST];
    if (strcmp(word, "stretch") == 0) {
        g->stretch = (sf_stretch){g->pieces, g->shapes, 0, g->token_pieces, 0};
        g->vectors = NULL;
        g->stretches++;
        return true;
    }
    size_t n = numbers(rest, x);
    if (strcmp(word, "pieces") == 0) {
        for (size_t i = 0; i < n; i++)
            g->pieces[i] = (uint32_t)x[i];
        g->stretch.piece_count = (uint32_t)n;
        return n > 1;
    }
    if (strcmp(word, "shapes") == 0) {
        for (size_t i = 0; i < n; i++)
            g->shapes[i] = (uint8_t)x[i];
        return n == g->stretch.piece_count;
    }
    if (strcmp(word, "tokens") == 0) {
        g->token_pieces[0] = 1;
        for (size_t i = 0; i < n; i++)
            g->token_pieces[i + 1] = g->token_pieces[i] + (uint32_t)x[i];
        g->stretch.token_count = (uint32_t)n;
        return n > 0 && g->token_pieces[n] + 1 == g->stretch.piece_count;
    }
    if (n < 2 || x[0] < 0 || x[0] >= g->stretch.token_count)
        return false;
    run(g);
    size_t token = (size_t)x[0], hidden = g->model->hidden, width = g->model->word_head.outputs;
    if (strcmp(word, "vector") == 0)
        return compare(g, g->vectors + token * hidden, hidden, x + 1, n - 1);
    uint32_t at = column(g->model, word);
    return at != SF_NONE && compare(g, g->heads + token * width + at, width - at, x + 1, n - 1);
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
        CHECK(g->numbers > 0);
        CHECK(g->worst <= most_off);
        CHECK(mean <= mean_off);
        sf_arena_clear(&arena);
    } else {
        printf("# %s\n", err.msg);
    }
    sf_model_close(model);
    fclose(f);
    return check_done();
}
