/* Stretches: what the encoder reads at once, with the pieces of the tokens in it. A stretch is
 * filled token by token until its block ends or it is full; a full one falls back to the last end
 * of a sentence inside it. Nothing is cut into pieces more than twice, so the walk is linear. */
#include "model/batch.h"
#include "model/decode.h"

enum {
    BATCH_PIECES = 768,   /* a few stretches at once are as fast as many; this bounds the memory */
    SPECIAL = 2,          /* [CLS] and [SEP] */
    STRETCH_PIECES = 512, /* at most, whatever the model's file says */
    STRETCH_TOKENS = SF_TREE_MOST,
    STRETCHES = BATCH_PIECES / (SPECIAL + 1),
};

static uint32_t within(uint32_t value, uint32_t least, uint32_t most) {
    return value < least ? least : value > most ? most : value;
}

void sf_batch_init(sf_batch *batch, sf_arena *arena, const sf_model *model, const sf_text *text) {
    *batch = (sf_batch){
        .model = model,
        .text = text,
        .most_pieces = within(model->max_pieces, SF_PIECE_MOST + SPECIAL, STRETCH_PIECES),
        .most_tokens = within(model->max_tokens, 1, STRETCH_TOKENS),
        .stretches = SF_ARRAY(arena, sf_stretch, STRETCHES),
        .blocks = SF_ARRAY(arena, uint32_t, STRETCHES),
        .pieces = SF_ARRAY(arena, uint32_t, BATCH_PIECES),
        .token_pieces = SF_ARRAY(arena, uint32_t, BATCH_PIECES),
        .shapes = SF_ARRAY(arena, uint8_t, BATCH_PIECES),
        .ends = SF_ARRAY(arena, bool, BATCH_PIECES),
    };
}

/* Do two neighbouring sentences stand in different blocks? A text without blocks is parted by its
 * blank lines. */
static bool parted(const sf_text *text, uint32_t sentence) {
    const sf_sentence *a = &text->sentences[sentence], *b = a + 1;
    sf_str gap = sf_span_of(text->text, (sf_span){a->span.end, b->span.begin});
    return a->block != b->block || sf_str_find(gap, SF_STR("\n\n"), 0) != SIZE_MAX;
}

/* Does a sentence end at the place? Moves place->sentence on to that of the token behind it. */
static bool ends_sentence(const sf_text *text, sf_place *place) {
    const sf_sentence *s = &text->sentences[place->sentence];
    if (text->tokens[place->token].word < s->first_word + s->word_count)
        return false;
    place->sentence++;
    return true;
}

static void put(sf_batch *b, uint32_t piece, uint8_t shape) {
    b->pieces[b->piece_count] = piece;
    b->shapes[b->piece_count++] = shape;
}

/* What a stretch falls back to. */
typedef struct mark {
    sf_place at;
    uint32_t piece_count, begin_count;
} mark;

static mark mark_of(const sf_batch *b) { return (mark){b->at, b->piece_count, b->begin_count}; }

/* Puts the next token into the stretch that begins with piece `begin`; false if it is full. */
static bool take_token(sf_batch *b, uint32_t begin, uint32_t tokens) {
    const sf_token *t = &b->text->tokens[b->at.token];
    sf_str spelled = sf_token_of(b->text, b->at.token);
    uint32_t pieces[SF_PIECE_MOST];
    uint32_t count = sf_pieces(sf_model_vocab(b->model), spelled, pieces);
    if (tokens == b->most_tokens || b->piece_count - begin + count + 1 > b->most_pieces)
        return false;
    uint8_t shape = sf_piece_shape(spelled, t->space);
    b->token_pieces[b->begin_count++] = b->piece_count - begin;
    for (uint32_t i = 0; i < count; i++)
        put(b, pieces[i], shape);
    b->ends[b->at.token++ - b->first] = false;
    return true;
}

/* Puts tokens into the stretch that begins here, as many as it may hold. */
static void take_tokens(sf_batch *b, uint32_t begin) {
    uint32_t first = b->at.token;
    mark fall_back = mark_of(b);
    while (b->at.token < b->text->token_count) {
        mark here = mark_of(b);
        if (ends_sentence(b->text, &b->at)) {
            if (b->at.token > first && parted(b->text, here.at.sentence))
                return;
            if (b->at.token > b->first)
                b->ends[b->at.token - 1 - b->first] = true;
            fall_back = here;
        }
        if (!take_token(b, begin, b->at.token - first)) {
            mark end = fall_back.at.token > first ? fall_back : here;
            b->at = end.at;
            b->piece_count = end.piece_count;
            b->begin_count = end.begin_count;
            return;
        }
        if (b->at.token == first + 1)
            b->blocks[b->count] = b->text->sentences[b->at.sentence].block;
    }
}

static void take_stretch(sf_batch *b) {
    uint32_t first = b->at.token, begin = b->piece_count, begin_begin = b->begin_count;
    put(b, SF_PIECE_BEGIN, SF_SHAPE_EDGE);
    take_tokens(b, begin);
    b->token_pieces[b->begin_count++] = b->piece_count - begin;
    put(b, SF_PIECE_END, SF_SHAPE_EDGE);
    b->stretches[b->count++] = (sf_stretch){.pieces = b->pieces + begin,
                                            .shapes = b->shapes + begin,
                                            .piece_count = b->piece_count - begin,
                                            .token_pieces = b->token_pieces + begin_begin,
                                            .token_count = b->at.token - first};
}

bool sf_batch_next(sf_batch *b) {
    b->first = b->at.token;
    b->count = b->piece_count = b->begin_count = 0;
    while (b->at.token < b->text->token_count && b->piece_count + b->most_pieces <= BATCH_PIECES)
        take_stretch(b);
    b->token_count = b->at.token - b->first;
    return b->count > 0;
}
