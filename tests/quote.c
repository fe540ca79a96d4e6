/* Names and quotations over nasty inputs: four times the input takes about four times the time. */
#include <time.h>

#include "analysis_kit.h"
#include "check.h"
#include "quote/quote.h"

/* What has a capital is a person's name, "The" and "Bank" begin an organization's. */
static uint8_t name_of(sf_str token, uint8_t before) {
    if (sf_str_equal(token, SF_STR("The")) || sf_str_equal(token, SF_STR("Bank")))
        return 3;
    if (sf_str_equal(token, SF_STR("of")) && before >= 3)
        return 4;
    if (token.ptr[0] < 'A' || token.ptr[0] > 'Z')
        return 0;
    return before == 0 ? 1 : before <= 2 ? 2 : 4;
}

/* CPU seconds for `bytes` bytes of the unit, over and over; wild: on trees without sense. */
static double seconds(const char *unit, size_t bytes, bool wild) {
    jmp_buf escape;
    sf_arena arena;
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape)) {
        sf_arena_clear(&arena);
        return 1e9;
    }
    sf_buf buf = sf_buf_new(&arena);
    while (buf.len < bytes)
        sf_buf_add(&buf, sf_str_of(unit));
    sf_str text = sf_buf_str(&buf);
    sf_vec(sofar_block) blocks = {0};
    for (size_t at = 0; at < text.len;) {
        size_t end = sf_str_find(text, SF_STR("\n\n"), at);
        if (end == SIZE_MAX)
            end = text.len;
        if (end > at) {
            sofar_block block = {SOFAR_BLOCK_PARAGRAPH, {(uint32_t)at, (uint32_t)end}};
            *SF_PUSH(&arena, &blocks) = block;
        }
        at = end + 2;
    }
    sofar_clipping clipping = {.text = text, .blocks = blocks.at, .block_count = blocks.count};
    clock_t before = clock();
    sf_text *words = sf_text_split(&arena, text, blocks.at, blocks.count);
    sf_analysis *analysis = kit_analyse(&arena, words, name_of);
    if (wild)
        kit_wild(words, analysis, 7);
    sf_people people = sf_who_find(&arena, words, &clipping, kit_model(), analysis);
    sf_times times = {0};
    sf_quotes quotes =
        sf_quote_find(&arena, words, &clipping, kit_model(), analysis, &people, &times);
    double taken = (double)(clock() - before) / CLOCKS_PER_SEC;
    (void)quotes;
    sf_arena_clear(&arena);
    return taken;
}

static void check_linear(const char *unit, bool wild) {
    enum { SMALL = 50000 };
    double small = seconds(unit, SMALL, wild), large = seconds(unit, 4 * SMALL, wild);
    if (large > 12 * small + 0.2) { /* a busy machine: once more */
        small = seconds(unit, SMALL, wild);
        large = seconds(unit, 4 * SMALL, wild);
    }
    if (!CHECK(large <= 12 * small + 0.2)) /* quadratic would be 16 times */
        printf("#   unit \"%.40s\": %.3f s, four times of it %.3f s\n", unit, small, large);
}

int main(void) {
    static const char *const units[] = {
        "“a ",
        "“a” ",
        "\" ",
        "'a ",
        "a' ",
        "“‘",
        "«»",
        "“a\n\n",
        "“a\n\n‘b\n\n",
        "Ruiz: no.\n\nQ: why you?\n\n",
        "Harbour Bank of Marrow (HBM) ",
        "''",
        "``",
        "6' 5\" ",
        "(",
        ")",
        "Ana Ruiz ",
        "Ruiz said he said ",
        ", said",
        "that said ",
        "Director President ",
        "de van ",
        "A. ",
        "Bank of ",
        "@ab ",
        "film “The ",
        "Ruiz, the skipper, ",
        "Ana Ruiz sat. “No,” she said. ",
        "“No,” she said, ",
        "Ana Ruiz, who met Tom Hale, ",
        "according to ",
        "told The Post in an interview with ",
        "“A B” “C D”: ",
        "said: “No.” And ",
    };
    for (size_t i = 0; i < SF_LEN(units); i++)
        for (int wild = 0; wild < 2; wild++)
            check_linear(units[i], wild);
    return check_done();
}
