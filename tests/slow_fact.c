/* Facts: four times the sentences take about four times the time and the memory. */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "read/read.h"

typedef struct cost {
    double seconds;
    size_t facts, receipts;
} cost;

static const char head[] = "The film “Low Tide” opens soon. Actress Ana Ruiz, 30, said so.\n\n";

/* Everything but the facts is read before the clock starts. */
static void read_facts(const sofar_reader *reader, const sf_beats *beats, sf_str bytes, cost *out) {
    sofar_page page = SOFAR_PAGE_INIT;
    sofar_reading *r;
    sofar_error err;
    page.bytes = bytes;
    page.content_type = SF_STR("text/plain");
    if (!CHECK(sofar_read(reader, &page, &r, &err) == SOFAR_OK))
        return;
    clock_t begin = clock();
    sf_facts facts = sf_fact_find(&r->arena, beats,
                                  &(sf_known_page){r->text, &r->clipping, r->model, r->analysis,
                                                   &r->people, &r->times, &r->quotes});
    out->seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    out->facts = facts.count;
    for (size_t i = 0; i < facts.count; i++)
        out->receipts += facts.at[i].receipt_count;
    sofar_reading_free(r);
}

static cost cost_of(const sofar_reader *reader, const sf_beats *beats, const char *unit,
                    const char *tail, size_t times) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_buf text = sf_buf_new(&arena);
    sf_buf_add(&text, sf_str_of(head));
    for (size_t i = 0; i < times; i++)
        sf_buf_add(&text, sf_str_of(unit));
    sf_buf_add(&text, sf_str_of(tail));
    cost out = {0};
    read_facts(reader, beats, sf_buf_str(&text), &out);
    sf_arena_clear(&arena);
    return out;
}

int main(void) {
    static const struct {
        const char *unit, *tail;
        bool said;
    } nasty[] = {
        {"Ana Ruiz directed “Low Tide.” ", "", true},
        {"Ana Ruiz directed “Low Tide” and ", "it may be so.", false}, /* one sentence */
        {"Ana Ruiz, who directed “Low Tide”, ", "", false},
        {"directed by Ana Ruiz and ", "", false},
        {"Ana Ruiz directed “Low Tide.” “It was a long summer,” said Ana Ruiz.\n\n", "", true},
    };
#ifdef __SANITIZE_ADDRESS__
    enum { FEW = 40 }; /* the model is thirty times slower */
#else
    enum { FEW = 200 };
#endif
    sf_arena arena;
    sf_beats *beats;
    sofar_error err;
    sf_model *model;
    sofar_reader *reader;
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    options.stages = SOFAR_STAGE_QUOTE;
    sf_arena_init(&arena, NULL, NULL);
    if (!CHECK(sf_model_open(NULL, &model, &err) == SOFAR_OK) ||
        !CHECK(sofar_reader_new(&options, &reader, &err) == SOFAR_OK) ||
        !CHECK(sf_beats_compile(&arena, model, sf_beats_standard, sf_beats_standard_count,
                                getenv("SOFAR_CACHE"), &beats, &err) == SOFAR_OK))
        return check_done();
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        cost few, many;
        bool ok = false;
        for (int again = 0; !ok && again < 3;
             again++) { /* a busy machine may slow one of the two */
            few = cost_of(reader, beats, nasty[i].unit, nasty[i].tail, FEW);
            many = cost_of(reader, beats, nasty[i].unit, nasty[i].tail, 4 * FEW);
            ok = many.seconds <= 10 * few.seconds + 0.3; /* quadratic would be 16 times */
            if (!ok)
                printf("#   unit \"%.40s\": %.3f s, four times of it %.3f s\n", nasty[i].unit,
                       few.seconds, many.seconds);
        }
        CHECK(ok);
        if (nasty[i].said) { /* none is lost */
            CHECK_INT(many.facts, few.facts);
            CHECK(many.receipts > 3.5 * FEW);
        }
    }
    sofar_reader_free(reader);
    sf_model_close(model);
    sf_arena_clear(&arena);
    return check_done();
}
