/* Facts: four times the sentences take about four times the time and the memory. */
#include <time.h>

#include "analysis_kit.h"
#include "check.h"
#include "fact/fact.h"

typedef struct cost {
    double seconds;
    size_t facts, receipts;
} cost;

static const char head[] = "The film “Low Tide” opens soon. Actress Ana Ruiz, 30, said so.\n\n";

static uint8_t name_of(sf_str token, uint8_t before) {
    (void)before;
    static const char *const names[] = {"Ana", "Ruiz", NULL, NULL, NULL, NULL, "Low", "Tide"};
    for (uint8_t i = 0; i < SF_LEN(names); i++)
        if (names[i] && sf_str_equal(token, sf_str_of(names[i])))
            return i + 1;
    return 0;
}

static void read_facts(sf_arena *arena, const sf_beats *beats, sf_str bytes, cost *out) {
    sofar_block block = {SOFAR_BLOCK_PARAGRAPH, {0, (uint32_t)bytes.len}};
    sofar_clipping clipping = {.text = bytes, .blocks = &block, .block_count = 1};
    sf_text *text = sf_text_split(arena, bytes, &block, 1);
    sf_analysis *analysis = kit_analyse(arena, text, name_of);
    sf_people people = sf_who_find(arena, text, &clipping, kit_model(), analysis);
    sf_times times = {0};
    sf_quotes quotes =
        sf_quote_find(arena, text, &clipping, kit_model(), analysis, &people, &times);
    sf_facts facts = sf_fact_find(arena, beats, text, &people, &times, &quotes);
    out->facts = facts.count;
    for (size_t i = 0; i < facts.count; i++)
        out->receipts += facts.at[i].receipt_count;
}

static cost cost_of(const sf_beats *beats, const char *unit, const char *tail, size_t times) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_buf text = sf_buf_new(&arena);
    sf_buf_add(&text, sf_str_of(head));
    for (size_t i = 0; i < times; i++)
        sf_buf_add(&text, sf_str_of(unit));
    sf_buf_add(&text, sf_str_of(tail));
    cost out = {0};
    clock_t begin = clock();
    read_facts(&arena, beats, sf_buf_str(&text), &out);
    out.seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    sf_arena_clear(&arena);
    return out;
}

int main(void) {
    static const struct {
        const char *unit, *tail;
        bool said;
    } nasty[] = {
        {"Ana Ruiz directed “Low Tide.” ", "", true},
        {"Ana Ruiz directed “Low Tide” and ", "it may be so.", false}, /* one hedge for all */
        {"Ana Ruiz directed “Low Tide.” “It was a long summer,” said Ana Ruiz.\n\n", "", true},
    };
    enum { FEW = 1500 };
    sf_arena arena;
    sf_beats *beats;
    sofar_error err;
    sf_arena_init(&arena, NULL, NULL);
    if (!CHECK(sf_beats_compile(&arena, sf_beats_standard, sf_beats_standard_count, &beats, &err) ==
               SOFAR_OK))
        return check_done();
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        cost few, many;
        bool ok = false;
        for (int again = 0; !ok && again < 3;
             again++) { /* a busy machine may slow one of the two */
            few = cost_of(beats, nasty[i].unit, nasty[i].tail, FEW);
            many = cost_of(beats, nasty[i].unit, nasty[i].tail, 4 * FEW);
            ok = many.seconds <= 10 * few.seconds + 0.3; /* quadratic would be 16 times */
            if (!ok)
                printf("#   unit \"%.40s\": %.3f s, four times of it %.3f s\n", nasty[i].unit,
                       few.seconds, many.seconds);
        }
        CHECK(ok);
        CHECK(many.facts == (nasty[i].said ? 1 : 0));
        CHECK(many.receipts == (nasty[i].said ? 4 * FEW : 0)); /* none is lost */
    }
    sf_arena_clear(&arena);
    return check_done();
}
