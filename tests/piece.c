/* Word pieces and shapes, with a small vocabulary made up here. */
#include <stdlib.h>

#include "check.h"
#include "text/piece.h"

static const char WORDS[] =
    "tide\n##s\n##water\nlow\nhar\n##bour\nharbo\n-\n'\nn\nt\n##n\n$\ncafe\n1\n##5\n"
    "我\n…\n,\n##e\na\nna\n##ive";

static sf_arena arena;
static sf_vocab *vocab;

static sf_str piece_of(uint32_t id) {
    return id < vocab->count ? (sf_str){vocab->bytes + vocab->offsets[id],
                                        vocab->offsets[id + 1] - vocab->offsets[id]}
                             : SF_STR("[UNK]");
}

static void cuts(const char *token, const char *wanted) {
    uint32_t ids[SF_PIECE_MOST], count = sf_pieces(vocab, sf_str_of(token), ids);
    sf_buf buf = sf_buf_new(&arena);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            sf_buf_char(&buf, ' ');
        sf_buf_add(&buf, piece_of(ids[i]));
    }
    check_str(sf_buf_str(&buf), sf_str_of(wanted), token, __FILE__, __LINE__);
}

static void pieces(void) {
    cuts("tide", "tide");
    cuts("TIDES", "tide ##s");
    cuts("tidewaters", "tide ##water ##s");
    cuts("harbour", "[UNK]"); /* "harbo" is longer than "har" and "##ur" is no piece */
    cuts("low-tide's", "low - tide ' [UNK]");
    cuts("n't", "n ' t");
    cuts("nn", "n ##n");
    cuts("$15", "$ 1 ##5");
    cuts("zest", "[UNK]");
    cuts("tidez", "[UNK]");
    cuts("low,zest,tide", "low , [UNK] , tide");
}

static void normal_forms(void) {
    cuts("Caf\xC3\xA9", "cafe");
    cuts("cafe\xCC\x81", "cafe");
    cuts("NA\xC3\x8FVE", "na ##ive");
    cuts("low\xC2\xAD", "low");                    /* a soft hyphen */
    cuts("\xE2\x80\x8Ftide", "tide");              /* a right-to-left mark */
    cuts("\xE6\x88\x91tide", "\xE6\x88\x91 tide"); /* an ideograph stands alone */
    cuts("\xF0\xAB\xA0\xA0tide", "[UNK] tide");    /* the first one of extension E */
    cuts("lo\xCD\xB8w", "low");                    /* not assigned */
    cuts("\xE2\x80\xA6", "\xE2\x80\xA6");
    cuts("\xCC\x81", "[UNK]"); /* only a mark */
    cuts("", "[UNK]");
    cuts("\xFFtide\xC3", "tide"); /* bytes that are no UTF-8 */
    cuts("\xF0\x9F\x98\x80", "[UNK]");
}

static void limits(void) {
    uint32_t ids[SF_PIECE_MOST];
    sf_buf buf = sf_buf_new(&arena);
    sf_buf_char(&buf, 'n');
    for (int i = 1; i < 100; i++)
        sf_buf_char(&buf, 'n');
    CHECK_INT(sf_pieces(vocab, sf_buf_str(&buf), ids), SF_PIECE_MOST);
    CHECK_STR(piece_of(ids[15]), "##n");
    sf_buf_char(&buf, 'n'); /* 101 characters are unknown */
    CHECK_INT(sf_pieces(vocab, sf_buf_str(&buf), ids), 1);
    CHECK_INT(ids[0], SF_PIECE_UNKNOWN);
    /* past the sixteenth piece it still counts whether the part is known to its end */
    CHECK_INT(sf_pieces(vocab, SF_STR("a-a-nnnnnnnnnnnnnnnnnnnnnnnnnz"), ids), 5);
    CHECK_INT(ids[4], SF_PIECE_UNKNOWN);
    CHECK_INT(sf_pieces(vocab, SF_STR("-----------------------"), ids), SF_PIECE_MOST);
    CHECK_INT(sf_vocab_of(&arena, SF_STR(""))->count, 0);
    CHECK_INT(sf_pieces(sf_vocab_of(&arena, SF_STR("")), SF_STR("a"), ids), 1);
}

static void shapes(void) {
    CHECK_INT(sf_piece_shape(SF_STR("15"), false), 0 * 4 + 2);
    CHECK_INT(sf_piece_shape(SF_STR("..."), true), 1);
    CHECK_INT(sf_piece_shape(SF_STR("tide"), true), 1 * 4 + 1);
    CHECK_INT(sf_piece_shape(SF_STR("n't"), false), 1 * 4);
    CHECK_INT(sf_piece_shape(SF_STR("Tide"), false), 2 * 4);
    CHECK_INT(sf_piece_shape(SF_STR("'Tis"), false), 2 * 4);
    CHECK_INT(sf_piece_shape(SF_STR("\xC3\x89tat"), false), 2 * 4);
    CHECK_INT(sf_piece_shape(SF_STR("U.S."), false), 3 * 4);
    CHECK_INT(sf_piece_shape(SF_STR("A4"), true), 4 * 4 + 2 + 1);
    CHECK_INT(sf_piece_shape(SF_STR("McHale"), false), 5 * 4);
    CHECK_INT(sf_piece_shape(SF_STR("eBay"), false), 5 * 4);
    CHECK_INT(sf_piece_shape(SF_STR("B2b"), false), 2 * 4 + 2);
    CHECK_INT(sf_piece_shape(SF_STR("\xE6\x88\x91"), false), 0);
}

int main(void) {
    sf_arena_init(&arena, NULL, NULL);
    vocab = sf_vocab_of(&arena, SF_STR(WORDS));
    CHECK_INT(vocab->count, 23);
    pieces();
    normal_forms();
    limits();
    shapes();
    sf_arena_clear(&arena);
    return check_done();
}
