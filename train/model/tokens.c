/* Words and sentences of plain text, as sofar cuts them, for training and measuring.
 *
 *     tokens [VOCABULARY] < DOCUMENTS
 *
 * Reads documents, each ended by a NUL byte (the last one may lack it). Writes for each token a
 * line "BEGIN END SPACE BLOCK SENTENCE" - offsets in bytes, 1 where white space stands before it,
 * the index of its paragraph and of its sentence in the document - and an empty line behind each
 * document. Paragraphs are parted by blank lines. With a vocabulary, one piece a line, the class of
 * the token's shape and the ids of its pieces follow on the line. */
#include <stdio.h>

#include "text/piece.h"

typedef sf_vec(sofar_block) blocks;

/* The end of the line that begins at `at`, its line feed included; *blank: only white space. */
static size_t line_end(sf_str text, size_t at, bool *blank) {
    *blank = true;
    while (at < text.len && text.ptr[at] != '\n')
        *blank = sf_is_space(text.ptr[at++]) && *blank;
    return at < text.len ? at + 1 : at;
}

static blocks paragraphs(sf_arena *arena, sf_str text) {
    blocks list = {0};
    bool open = false, blank;
    for (size_t at = 0, end; at < text.len; at = end) {
        end = line_end(text, at, &blank);
        if (!blank && !open)
            *SF_PUSH(arena, &list) = (sofar_block){SOFAR_BLOCK_PARAGRAPH, {(uint32_t)at, 0}};
        open = !blank;
        if (open)
            list.at[list.count - 1].span.end = (uint32_t)end;
    }
    return list;
}

static void write_pieces(const sf_vocab *vocab, sf_str token, bool space) {
    uint32_t ids[SF_PIECE_MOST], count = sf_pieces(vocab, token, ids);
    printf(" %u", sf_piece_shape(token, space));
    for (uint32_t i = 0; i < count; i++)
        printf(" %u", ids[i]);
}

static void write_tokens(const sf_vocab *vocab, sf_str document) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    blocks list = paragraphs(&arena, document);
    if (list.count) {
        sf_text *text = sf_text_split(&arena, document, list.at, list.count);
        sf_text_tokens(&arena, text);
        uint32_t sentence = 0;
        for (uint32_t i = 0; i < text->token_count; i++) {
            const sf_token *t = &text->tokens[i];
            while (t->span.begin >= text->sentences[sentence].span.end)
                sentence++;
            printf("%u %u %d %u %u", t->span.begin, t->span.end, t->space,
                   text->sentences[sentence].block, sentence);
            if (vocab)
                write_pieces(vocab, sf_token_of(text, i), t->space);
            putchar('\n');
        }
    }
    putchar('\n');
    sf_arena_clear(&arena);
}

static sf_str read_all(sf_arena *arena, FILE *file) {
    sf_buf input = sf_buf_new(arena);
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        sf_buf_add(&input, (sf_str){part, n});
    return sf_buf_str(&input);
}

static const sf_vocab *read_vocabulary(sf_arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    const sf_vocab *vocab = sf_vocab_of(arena, read_all(arena, file));
    fclose(file);
    return vocab;
}

int main(int argc, char **argv) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const sf_vocab *vocab = argc > 1 ? read_vocabulary(&arena, argv[1]) : NULL;
    if (argc > 1 && !vocab) {
        fprintf(stderr, "tokens: %s cannot be read\n", argv[1]);
        return 1;
    }
    sf_str rest = read_all(&arena, stdin);
    while (rest.len) {
        const char *nul = memchr(rest.ptr, '\0', rest.len);
        size_t length = nul ? (size_t)(nul - rest.ptr) : rest.len;
        write_tokens(vocab, sf_str_sub(rest, 0, length));
        rest = sf_str_sub(rest, nul ? length + 1 : length, rest.len);
    }
    sf_arena_clear(&arena);
    return ferror(stdin) || fflush(stdout) ? 1 : 0;
}
