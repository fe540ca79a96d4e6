/* Tokens: the words of split.c joined and cut as the English UD treebanks part them (their newer
 * guidelines: hyphens part but for prefixes, an abbreviation keeps its period). tokens.txt is the
 * data; what it says, and the rules here, were counted on the training parts of EWT and GUM.
 *
 * For each word: does it make one token with those that touch it (join.c)? Else it is cut: at
 * hyphens, then each part at its clitic or unit. Look-ahead is bounded but for runs that are taken
 * whole, so the pass is linear. */
#include "text/token.h"

static void push(sf_cutter *cut, uint32_t begin, uint32_t end) {
    const sf_word *w = &cut->text->words[cut->word];
    if (begin >= end)
        return;
    sf_token *t = SF_PUSH(cut->arena, &cut->tokens);
    *t = (sf_token){{begin, end}, cut->word, begin == w->span.begin && w->space};
}

static sf_str span_of(const sf_cutter *cut, uint32_t begin, uint32_t end) {
    return sf_span_of(cut->text->text, (sf_span){begin, end});
}

/* Bytes of an apostrophe that ends at s[end]. */
static size_t apostrophe_before(sf_str s, size_t end) {
    if (end >= 1 && (s.ptr[end - 1] == '\'' || s.ptr[end - 1] == '`'))
        return 1;
    return sf_str_ends(sf_str_sub(s, 0, end), SF_STR("\xE2\x80\x99")) ? 3 : 0;
}

/* Bytes of the clitic that ends the word: 's 'm 'd 're 've 'll n't; 0 if there is none. */
static size_t clitic(sf_str word) {
    static const sf_str tails[] = {SF_STR("s"),  SF_STR("m"),  SF_STR("d"), SF_STR("re"),
                                   SF_STR("ve"), SF_STR("ll"), SF_STR("t")};
    for (size_t i = 0; i < SF_LEN(tails); i++) {
        size_t length = tails[i].len;
        if (word.len <= length + 1 ||
            !sf_str_equal_ci(sf_str_sub(word, word.len - length, word.len), tails[i]))
            continue;
        size_t mark = apostrophe_before(word, word.len - length), tail = mark + length;
        bool negation = tails[i].ptr[0] == 't';
        if (mark && negation) {
            if (tail + 1 >= word.len || (word.ptr[word.len - tail - 1] | 32) != 'n')
                return 0;
            tail++;
        }
        if (mark)
            return tail < word.len ? tail : 0;
    }
    return 0;
}

/* The offset behind `count` characters of a word of ASCII and apostrophes. */
static uint32_t offset_of(sf_str word, unsigned count) {
    size_t at = 0;
    while (count-- && at < word.len)
        at += (unsigned char)word.ptr[at] < 0x80 ? 1 : 3;
    return (uint32_t)at;
}

static void cut_listed(sf_cutter *cut, uint32_t begin, uint32_t end, unsigned flags) {
    sf_str word = span_of(cut, begin, end);
    uint32_t first = begin + offset_of(word, flags >> 8 & 0xFF);
    uint32_t second = flags >> 16 & 0xFF ? begin + offset_of(word, flags >> 16 & 0xFF) : end;
    push(cut, begin, first);
    push(cut, first, second);
    push(cut, second, end);
}

static uint32_t digits_end(sf_str s, uint32_t at) {
    while (at < s.len && sf_is_digit(s.ptr[at]))
        at++;
    return at;
}

/* "1,200" and "1,20,000" are numbers; "13,14" is a list: its last group is not of three digits. */
static bool is_list(sf_str number) {
    uint32_t at = digits_end(number, 0), group = 3;
    while (at < number.len && number.ptr[at] == ',') {
        uint32_t next = digits_end(number, at + 1);
        group = next - at - 1;
        at = next;
    }
    return group != 3;
}

static void cut_list(sf_cutter *cut, uint32_t begin, uint32_t end) {
    for (uint32_t at = begin; at < end; at++)
        if (cut->text->text.ptr[at] == ',') {
            push(cut, begin, at);
            push(cut, at, at + 1);
            begin = at + 1;
        }
    push(cut, begin, end);
}

/* "5pm", "10m", "3days" part; "15th", "1990s", "80's", "4G" do not. */
static bool is_unit(sf_str tail) {
    if (sf_token_flags(tail) & SF_TOKEN_UNIT)
        return true;
    for (size_t i = 0; i < tail.len; i++)
        if (!sf_is_alpha(tail.ptr[i]))
            return false;
    return tail.len >= 3;
}

static void cut_number(sf_cutter *cut, uint32_t begin, uint32_t end) {
    sf_str s = cut->text->text;
    uint32_t at = begin, tail;
    while (at < end && (sf_is_digit(s.ptr[at]) || strchr(".,:/", s.ptr[at])))
        at++;
    while (at > begin && !sf_is_digit(s.ptr[at - 1])) /* a period that is the unit's */
        at--;
    if (at == end && is_list(span_of(cut, begin, end))) {
        cut_list(cut, begin, end);
        return;
    }
    tail = (uint32_t)clitic(span_of(cut, begin, end));
    if (tail && s.ptr[end - tail - 1] == '0') /* the 1990's */
        tail = 0;
    else if (!tail && at < end && is_unit(span_of(cut, at, end)))
        tail = end - at;
    push(cut, begin, end - tail);
    push(cut, end - tail, end);
}

static void cut_part(sf_cutter *cut, uint32_t begin, uint32_t end) {
    sf_str part = span_of(cut, begin, end);
    unsigned flags = sf_token_flags(part);
    if (flags & SF_TOKEN_CUT) {
        cut_listed(cut, begin, end, flags);
    } else if (part.len && sf_is_digit(*part.ptr)) {
        cut_number(cut, begin, end);
    } else {
        /* "A+" is two, "Disney+" a name */
        uint32_t tail = part.len == 2 && part.ptr[1] == '+' ? 1 : (uint32_t)clitic(part);
        push(cut, begin, end - tail);
        push(cut, end - tail, end);
    }
}

/* Bytes of a hyphen at `at`: - U+2010 U+2011. */
static uint32_t hyphen(sf_str s, uint32_t at) {
    if (s.ptr[at] == '-')
        return 1;
    sf_str three = sf_str_sub(s, at, at + 3);
    return sf_str_equal(three, SF_STR("\xE2\x80\x90")) ||
                   sf_str_equal(three, SF_STR("\xE2\x80\x91"))
               ? 3
               : 0;
}

/* "co-founder", "penny-wise": the hyphen between [begin, at) and what begins at `next` stays. */
static bool hyphen_stays(const sf_cutter *cut, uint32_t begin, uint32_t at, uint32_t next,
                         uint32_t end) {
    uint32_t stop = next;
    while (stop < end && stop - next <= SF_KNOWN_LONGEST && !hyphen(cut->text->text, stop))
        stop++;
    unsigned flags = sf_token_flags(span_of(cut, next, stop));
    bool prefix = sf_token_flags(span_of(cut, begin, at)) & SF_TOKEN_PREFIX;
    return prefix ? !(flags & SF_TOKEN_BETWEEN) : (flags & SF_TOKEN_SUFFIX) != 0;
}

static void cut_hyphens(sf_cutter *cut, uint32_t begin, uint32_t end) {
    for (uint32_t at = begin, mark; at < end; at += mark ? mark : 1) {
        mark = hyphen(cut->text->text, at);
        if (!mark || at == begin || at + mark >= end ||
            hyphen_stays(cut, begin, at, at + mark, end))
            continue;
        cut_part(cut, begin, at);
        push(cut, at, at + mark);
        begin = at + mark;
    }
    cut_part(cut, begin, end);
}

static void cut_word(sf_cutter *cut) {
    const sf_word *w = &cut->text->words[cut->word];
    uint32_t begin = w->span.begin, end = w->span.end;
    sf_str word = sf_word_of(cut->text, cut->word);
    uint32_t sign = 0;
    if (w->kind == SF_WORD_NUMBER)
        sign = sf_token_currency(word);
    else if (w->kind == SF_WORD_OTHER && (*word.ptr == '#' || *word.ptr == '@') && word.len > 1)
        sign = digits_end(word, 1) == word.len; /* "#1", not a tag */
    push(cut, begin, begin + sign);
    if (w->kind == SF_WORD_ALPHA || w->kind == SF_WORD_NUMBER)
        cut_hyphens(cut, begin + sign, end);
    else
        push(cut, begin + sign, end);
}

/* "US$1.5": the letters take the sign. */
static void cut_price(sf_cutter *cut) {
    uint32_t begin = cut->text->words[cut->word].span.begin;
    sf_span price = cut->text->words[cut->word + 1].span;
    uint32_t sign = price.begin + sf_token_currency(sf_word_of(cut->text, cut->word + 1));
    push(cut, begin, sign);
    cut->word++;
    cut_hyphens(cut, sign, price.end);
}

static void take(sf_cutter *cut) {
    uint32_t words = sf_token_joined(cut);
    if (words) {
        push(cut, cut->text->words[cut->word].span.begin,
             cut->text->words[cut->word + words - 1].span.end);
        cut->word += words;
        return;
    }
    if (sf_token_abbreviated(cut)) { /* "Mr.", "R-Fla." */
        sf_span period = cut->text->words[cut->word + 1].span;
        cut_hyphens(cut, cut->text->words[cut->word].span.begin, period.end);
        cut->word++;
    } else if (sf_token_price(cut)) {
        cut_price(cut);
    } else {
        cut_word(cut);
    }
    cut->word++;
}

void sf_text_tokens(sf_arena *arena, sf_text *text) {
    sf_cutter cut = {.arena = arena, .text = text};
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const sf_sentence *s = &text->sentences[i];
        cut.word = cut.first = s->first_word;
        cut.end = s->first_word + s->word_count;
        while (cut.word < cut.end)
            take(&cut);
    }
    text->tokens = cut.tokens.at;
    text->token_count = (uint32_t)cut.tokens.count;
}

uint32_t sf_text_token_at(const sf_text *text, uint32_t byte) {
    uint32_t low = 0, high = text->token_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (text->tokens[mid].span.end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}
