/* Tokens: the words of split.c cut and joined as the English UD treebanks part them (the "new
 * tokenization": clitics and hyphens part, an abbreviation keeps its period). What they do was
 * counted on the training parts of EWT and GUM. */
#include "text/sentence.h"

typedef struct cutter {
    sf_arena *arena;
    sf_text *text;
    sf_vec(sf_token) tokens;
    uint32_t word; /* the one being cut */
} cutter;

static void push(cutter *cut, uint32_t begin, uint32_t end) {
    const sf_word *w = &cut->text->words[cut->word];
    sf_token *t = SF_PUSH(cut->arena, &cut->tokens);
    *t = (sf_token){{begin, end}, cut->word, begin == w->span.begin && w->space};
}

/* Bytes of an apostrophe that ends at s[end]. */
static size_t apostrophe_before(sf_str s, size_t end) {
    if (end >= 1 && (s.ptr[end - 1] == '\'' || s.ptr[end - 1] == '`'))
        return 1;
    return sf_str_ends(sf_str_sub(s, 0, end), SF_STR("\xE2\x80\x99")) ? 3 : 0;
}

/* Bytes of the clitic that ends the word: 's 'm 'd 're 've 'll n't. */
static size_t clitic(sf_str word) {
    static const char *const tails[] = {"s", "m", "d", "re", "ve", "ll", "t"};
    for (size_t i = 0; i < SF_LEN(tails); i++) {
        size_t length = strlen(tails[i]);
        if (word.len <= length + 1 ||
            !sf_str_equal_ci(sf_str_sub(word, word.len - length, word.len), sf_str_of(tails[i])))
            continue;
        size_t mark = apostrophe_before(word, word.len - length);
        if (!mark)
            continue;
        size_t tail = mark + length;
        if (*tails[i] != 't')
            return tail < word.len ? tail : 0;
        if (tail + 1 < word.len && (word.ptr[word.len - tail - 1] | 32) == 'n')
            return tail + 1;
    }
    return 0;
}

static void cut_part(cutter *cut, uint32_t begin, uint32_t end) {
    uint32_t tail = (uint32_t)clitic(sf_span_of(cut->text->text, (sf_span){begin, end}));
    if (end - tail > begin)
        push(cut, begin, end - tail);
    if (tail)
        push(cut, end - tail, end);
}

static void cut_word(cutter *cut) {
    sf_span span = cut->text->words[cut->word].span;
    const char *s = cut->text->text.ptr;
    uint32_t begin = span.begin;
    if (s[begin] == '$' && span.end > begin + 1)
        push(cut, begin, begin + 1), begin++;
    for (uint32_t at = begin; at < span.end; at++)
        if (s[at] == '-' && at > begin && at + 1 < span.end) {
            cut_part(cut, begin, at);
            push(cut, at, at + 1);
            begin = at + 1;
        }
    cut_part(cut, begin, span.end);
}

void sf_text_tokens(sf_arena *arena, sf_text *text) {
    cutter cut = {.arena = arena, .text = text};
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const sf_sentence *s = &text->sentences[i];
        uint32_t end = s->first_word + s->word_count;
        for (uint32_t w = s->first_word; w < end;) {
            const sf_word *word = &text->words[w];
            cut.word = w++;
            bool dot =
                w < end && !text->words[w].space && sf_str_equal(sf_word_of(text, w), SF_STR("."));
            if (dot && word->kind == SF_WORD_ALPHA &&
                sf_abbreviation(sf_word_of(text, cut.word), word->capital))
                push(&cut, word->span.begin, text->words[w++].span.end);
            else if (word->kind == SF_WORD_ALPHA || word->kind == SF_WORD_NUMBER)
                cut_word(&cut);
            else
                push(&cut, word->span.begin, word->span.end);
        }
    }
    text->tokens = cut.tokens.at;
    text->token_count = (uint32_t)cut.tokens.count;
}
