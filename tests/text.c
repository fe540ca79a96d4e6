/* text: words and sentences; tokens have their cases in cases/text. A case is a text with its words
 * parted by spaces and its sentences by " / ", so that what is expected can be read. */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "text/piece.h"

static sf_str joined(sf_arena *arena, const sf_text *text) {
    sf_buf buf = sf_buf_new(arena);
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const sf_sentence *s = &text->sentences[i];
        if (i)
            sf_buf_add(&buf, SF_STR(" / "));
        for (uint32_t w = s->first_word; w < s->first_word + s->word_count; w++) {
            if (w > s->first_word)
                sf_buf_char(&buf, ' ');
            sf_buf_add(&buf, sf_word_of(text, w));
        }
    }
    return sf_buf_str(&buf);
}

static void splits(const char *text, const char *wanted) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    check_str(joined(&arena, sf_text_split(&arena, sf_str_of(text), NULL, 0)), sf_str_of(wanted),
              text, __FILE__, __LINE__);
    sf_arena_clear(&arena);
}

static void words(void) {
    splits("Don't sell Ana’s half-hour, please!", "Don't sell Ana’s half-hour , please !");
    splits("$1,200.50, 3.5% and €10m", "$1,200.50 , 3.5 % and €10m");
    splits("at 9:30am on 10/15/2021, the 15th", "at 9:30am on 10/15/2021 , the 15th");
    splits("a 31-year-old in the 1990s, '90s and 1990's",
           "a 31-year-old in the 1990s , ' 90s and 1990's");
    splits("won 2-1 in 2019-2021 (555-0100)", "won 2 - 1 in 2019 - 2021 ( 555 - 0100 )");
    splits("@ana.ruiz and #LowTide, ana.b@harbour.example.",
           "@ana.ruiz and #LowTide , ana.b@harbour.example .");
    splits("see https://harbour.example/a?b=1, www.low.example) or tide.example/x.",
           "see https://harbour.example/a?b=1 , www.low.example ) or tide.example/x .");
    splits("R&B on Harbour+ - Node.js -- wait...", "R&B on Harbour+ - Node.js -- wait ...");
    splits("rock 'n' roll", "rock ' n ' roll");
    splits("😀👍🏽🇩🇪👩‍👩‍👧 ok",
           "😀 👍🏽 🇩🇪 👩‍👩‍👧 ok");
    splits("我爱北京", "我 爱 北 京");
    splits("na\xC3\xAFve cafe\xCC\x81 soft\xC2\xADhyphen",
           "na\xC3\xAFve cafe\xCC\x81 soft\xC2\xADhyphen");
    splits("a\xE2\x80\x8E b", "a\xE2\x80\x8E b");
    splits("", "");
}

static void sentences(void) {
    splits("It rained. She left.", "It rained . / She left .");
    splits("Mr. Hale met Dr. J. R. Okafor.", "Mr . Hale met Dr . J . R . Okafor .");
    splits("Since Oct. 15 he works for Tide Inc. in the U.S. and the E.U.",
           "Since Oct . 15 he works for Tide Inc . in the U.S. and the E.U.");
    splits("He moved to the U.S. The film ended at 5 p.m. It was late.",
           "He moved to the U.S. / The film ended at 5 p.m. / It was late .");
    splits("U.S. Senator Ana Ruiz of Tide Co. Holdings.",
           "U.S. Senator Ana Ruiz of Tide Co . Holdings .");
    splits("\"Why?\" he asked. \"No!\" She ran.",
           "\" Why ? \" he asked . / \" No ! \" / She ran .");
    splits("“It ended.” “Good.” (He left.) Then",
           "“ It ended . ” / “ Good . ” / ( He left . ) / Then");
    splits("He ran… and ran... Then he stopped.", "He ran … and ran ... / Then he stopped .");
    splits("It cost 3.5 million. In 2020. 12 left.",
           "It cost 3.5 million . / In 2020 . / 12 left .");
    splits("She has a Ph.D. in law. He has a Ph.D. The end.",
           "She has a Ph.D. in law . / He has a Ph.D. / The end .");
    splits("1. First, e.g. this.", "1 . First , e.g. this .");
    splits("The end.Then more", "The end . / Then more");
    splits("Tide! - the musical - opens.", "Tide ! - the musical - opens .");
    splits("你好。再见。", "你 好 。 / 再 见 。");

    splits("no end at all", "no end at all");
}

/* Without blocks, a blank line parts; white space alone is no word. */
static void bare(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    CHECK_STR(joined(&arena, sf_text_split(&arena, SF_STR("one\n\ntwo\n"), NULL, 0)), "one / two");
    CHECK_INT(sf_text_split(&arena, SF_STR(" \n\t\n\n "), NULL, 0)->word_count, 0);
    sf_arena_clear(&arena);
}

static void blocks(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sofar_block list[] = {{SOFAR_BLOCK_HEADING, {0, 8}}, {SOFAR_BLOCK_PARAGRAPH, {10, 27}}};
    sf_text *text = sf_text_split(&arena, SF_STR("Low Tide\n\nIt opens. ABC did."), list, 2);
    CHECK_INT(text->sentence_count, 3);
    CHECK_INT(text->sentences[0].block, 0);
    CHECK_INT(text->sentences[1].block, 1);
    CHECK_INT(text->sentences[2].block, 1);
    CHECK_INT(text->sentences[1].first_word, 2);
    CHECK(text->words[2].space && text->words[2].capital && !text->words[2].all_caps);
    CHECK(text->words[5].all_caps && text->words[5].kind == SF_WORD_ALPHA);
    CHECK(!text->words[4].space && text->words[4].kind == SF_WORD_PUNCT);
    sf_arena_clear(&arena);
}

/* From bytes to pieces. */
static double seconds(const char *piece, size_t times) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_buf buf = sf_buf_new(&arena);
    const sf_vocab *vocab = sf_vocab_of(&arena, SF_STR("a\n##a\n.\n-\nword\n1\n##1"));
    for (size_t i = 0; i < times; i++)
        sf_buf_add(&buf, sf_str_of(piece));
    clock_t begin = clock();
    sf_text *text = sf_text_split(&arena, sf_buf_str(&buf), NULL, 0);
    sf_text_tokens(&arena, text);
    uint32_t ids[SF_PIECE_MOST], count = 0;
    for (uint32_t i = 0; i < text->token_count; i++)
        count += sf_pieces(vocab, sf_token_of(text, i), ids) +
                 sf_piece_shape(sf_token_of(text, i), text->tokens[i].space);
    double spent = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (text->word_count == 0 || count == 0)
        spent = -1;
    sf_arena_clear(&arena);
    return spent;
}

/* Ten times the input may take some twenty times as long, not a hundred: one word, one sentence of
 * hundreds of kilobytes, runs of marks, emoji and marks of direction. */
static void linear(void) {
    static const char *const nasty[] = {"a",
                                        "a.",
                                        "a-",
                                        ".",
                                        "'",
                                        "@a.",
                                        "1,",
                                        "https://x/",
                                        "\"",
                                        "U.S. ",
                                        "\xF0\x9F\x98\x80",
                                        "\xCC\x81",
                                        "1-",
                                        "a. B. ",
                                        "a\xE2\x80\x8D",
                                        "word ",
                                        ")))))",
                                        "word, ",
                                        "\xE2\x80\x8F.",
                                        "\xD7\x90\xE2\x80\x8F ",
                                        "\xF0\x9F\x91\xA9\xE2\x80\x8D",
                                        "?!",
                                        ":)",
                                        "(:",
                                        "co-",
                                        "Mr.)",
                                        "a'",
                                        "'s",
                                        "$",
                                        "US$1",
                                        "...@a",
                                        "a*",
                                        "1/",
                                        "1-1 ",
                                        "\xE6\x88\x91",
                                        "a\xE2\x80\x99",
                                        "\xFF",
                                        "cannot",
                                        ".[1]"};
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        double small = seconds(nasty[i], 20000), large = seconds(nasty[i], 200000);
        check_that(small >= 0 && large >= 0 && large < 20 * small + 0.05, nasty[i], __FILE__,
                   __LINE__);
    }
}

int main(void) {
    words();
    sentences();
    bare();
    blocks();
    linear();
    return check_done();
}
