/* The words of a sentence as tokens, each with its readings ("edges"): what words.txt says of it,
 * and what its digits say. */
#include "time/match.h"

#define LONGEST 24

static void add_edge(sf_arena *arena, tokens *t, int symbol, size_t length, int value) {
    edge *e = SF_PUSH(arena, &t->edges);
    *e = (edge){(uint16_t)symbol, (uint16_t)length, value};
}

/* The token's spelling in lower case with plain apostrophes and hyphens; 0: too long or not ASCII.
 */
static size_t spell(sf_str s, char out[LONGEST]) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if ((unsigned char)c == 0xE2) {
            size_t bytes;
            uint32_t code = sf_utf8_at(s, i, &bytes);
            bool hyphen = code == 0x2010 || code == 0x2011 || code == 0x2013;
            if (hyphen || code == 0x2019 || code == 0x2018) {
                c = hyphen ? '-' : '\'';
                i += bytes - 1;
            }
        }
        if (n == LONGEST)
            return 0;
        out[n++] = sf_lower(c);
    }
    return n;
}

/* FNV-1a, as in grammar.py. */
static uint16_t vocabulary(sf_str s) {
    char lower[LONGEST];
    size_t n = spell(s, lower);
    if (n == 0)
        return NO_VOCAB;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)lower[i]) * 16777619u;
    for (uint32_t at = hash ^ hash >> 15;; at++) {
        uint16_t index = sf_grammar_hash[at & sf_grammar_hash_mask];
        if (index == 0)
            return NO_VOCAB;
        if (sf_str_equal(sf_grammar_words[index - 1].word, (sf_str){lower, n}))
            return (uint16_t)(index - 1);
    }
}

/* ---- words into tokens ---- */

static void add_token(sf_arena *arena, tokens *t, uint32_t word, uint32_t begin, uint32_t end,
                      bool space) {
    const sf_word *w = &t->text->words[word];
    token *k = SF_PUSH(arena, &t->list);
    char first = t->text->text.ptr[begin];
    *k = (token){.span = {begin, end},
                 .word = word,
                 .space = space,
                 .capital = begin == w->span.begin ? w->capital : (first >= 'A' && first <= 'Z'),
                 .punct = w->kind == SF_WORD_PUNCT};
    k->vocab = vocabulary(sf_span_of(t->text->text, k->span));
}

/* Bytes of a joint at s[at]: a hyphen or slash between letters, or the 's at the end; 0. */
static size_t joint(sf_str s, size_t at) {
    unsigned char c = (unsigned char)s.ptr[at];
    if (c == '-')
        return 1;
    if (c != '\'' && c != 0xE2)
        return 0;
    size_t bytes;
    uint32_t code = sf_utf8_at(s, at, &bytes);
    if (code == 0x2010 || code == 0x2011)
        return bytes;
    if ((code == '\'' || code == 0x2019) && at + bytes + 1 == s.len &&
        (s.ptr[s.len - 1] | 32) == 's')
        return bytes + 1;
    return 0;
}

/* "5pm", "9:30am": where the letters begin; ordinals and decades stay whole. */
static size_t letters_after_digits(sf_str s, size_t from, size_t to) {
    size_t at = from;
    if (at == to || !sf_is_digit(s.ptr[at]))
        return to;
    while (at < to && (sf_is_digit(s.ptr[at]) || s.ptr[at] == ':' || s.ptr[at] == '.'))
        at++;
    if (at == to || s.ptr[at - 1] == '.')
        return to;
    char c = (char)(s.ptr[at] | 32), d = at + 1 < to ? (char)(s.ptr[at + 1] | 32) : '\0';
    return (c == 'a' || c == 'p') && (d == 'm' || d == '.') ? at : to;
}

static void cut_word(sf_arena *arena, tokens *t, uint32_t word) {
    const sf_word *w = &t->text->words[word];
    sf_str s = sf_word_of(t->text, word);
    size_t part = 0;
    bool space = w->space;
    for (size_t at = 0; at <= s.len && w->kind != SF_WORD_PUNCT && w->kind != SF_WORD_OTHER; at++) {
        size_t bytes = at < s.len ? joint(s, at) : 0;
        if (!bytes)
            continue;
        size_t split = letters_after_digits(s, part, at);
        if (split > part) {
            add_token(arena, t, word, w->span.begin + (uint32_t)part,
                      w->span.begin + (uint32_t)split, space);
            space = false;
        }
        if (split < at)
            add_token(arena, t, word, w->span.begin + (uint32_t)split, w->span.begin + (uint32_t)at,
                      false);
        add_token(arena, t, word, w->span.begin + (uint32_t)at,
                  w->span.begin + (uint32_t)(at + bytes), space);
        space = false;
        part = at + bytes;
        at = part - 1;
    }
    size_t split = w->kind == SF_WORD_NUMBER ? letters_after_digits(s, part, s.len) : s.len;
    if (part < split)
        add_token(arena, t, word, w->span.begin + (uint32_t)part, w->span.begin + (uint32_t)split,
                  space);
    if (split < s.len)
        add_token(arena, t, word, w->span.begin + (uint32_t)split, w->span.end, false);
}

/* ---- readings ---- */

/* Digits of s[from, to) as a number; -1 if there are none, others, or more than six. */
static int number_of(sf_str s, size_t from, size_t to) {
    if (from >= to || to - from > 6)
        return -1;
    int value = 0;
    for (size_t i = from; i < to; i++) {
        if (!sf_is_digit(s.ptr[i]))
            return -1;
        value = value * 10 + (s.ptr[i] - '0');
    }
    return value;
}

static void read_plain(sf_arena *arena, tokens *t, sf_str s) {
    int n = number_of(s, 0, s.len);
    if (n < 0)
        return;
    add_edge(arena, t, SYM_NUM, 1, n);
    if (s.len == 4 && n >= 1500 && n < 2100)
        add_edge(arena, t, SYM_YEAR, 1, n);
    else if (s.len == 4 && n >= 1000 && n < 2200)
        add_edge(arena, t, SYM_OLDYEAR, 1, n);
    if (s.len == 2)
        add_edge(arena, t, SYM_TWO, 1, n);
    if (s.len <= 2 && n >= 1 && n <= 31)
        add_edge(arena, t, SYM_DAY, 1, n);
    if (s.len <= 2 && n >= 1 && n <= 24)
        add_edge(arena, t, SYM_HOUR, 1, n * 60);
}

/* "15th", "1990s", "90s" */
static void read_suffixed(sf_arena *arena, tokens *t, sf_str s) {
    size_t digits = 0;
    while (digits < s.len && sf_is_digit(s.ptr[digits]))
        digits++;
    int n = number_of(s, 0, digits);
    sf_str tail = sf_str_sub(s, digits, s.len);
    if (n < 0)
        return;
    if (sf_str_equal_ci(tail, SF_STR("s")) && n % 10 == 0) {
        if (digits == 4 && n >= 1000 && n < 2100)
            add_edge(arena, t, SYM_DECADE, 1, n % 100 || n >= 2000 ? n / 10 : -n / 100);
        else if (digits == 2)
            add_edge(arena, t, SYM_DECADESHORT, 1, n / 10 + (n >= 30 ? 190 : 200));
    } else if (sf_str_equal_ci(tail, SF_STR("st")) || sf_str_equal_ci(tail, SF_STR("nd")) ||
               sf_str_equal_ci(tail, SF_STR("rd")) || sf_str_equal_ci(tail, SF_STR("th"))) {
        add_edge(arena, t, SYM_ORD, 1, n);
        if (n >= 1 && n <= 31) {
            add_edge(arena, t, SYM_DAY, 1, n);
            add_edge(arena, t, SYM_ORDDAY, 1, n);
        }
    }
}

/* "9:30" minutes of the day; "1,200" */
static void read_joined(sf_arena *arena, tokens *t, sf_str s, size_t mark) {
    int left = number_of(s, 0, mark), right = number_of(s, mark + 1, s.len);
    if (left < 0 || right < 0)
        return;
    if (s.ptr[mark] == ',' && s.len - mark == 4 && mark <= 3)
        add_edge(arena, t, SYM_NUM, 1, left * 1000 + right);
    else if (s.ptr[mark] == '.' && s.len - mark == 2 && left < 10000)
        add_edge(arena, t, SYM_DECIMAL, 1, left * 10 + right);
    else if ((s.ptr[mark] == ':' || s.ptr[mark] == '.') && mark <= 2 && s.len - mark == 3 &&
             left < 25 && right < 60 && left * 60 + right <= 24 * 60)
        add_edge(arena, t, s.ptr[mark] == ':' ? SYM_CLOCK : SYM_CLOCKDOT, 1, left * 60 + right);
}

static void read_digits(sf_arena *arena, tokens *t, uint32_t at) {
    sf_str s = token_of(t, at);
    size_t marks = 0, mark = 0;
    bool letters = false;
    for (size_t i = 0; i < s.len; i++) {
        if (sf_is_digit(s.ptr[i]))
            continue;
        if (s.ptr[i] == '.' || s.ptr[i] == ',' || s.ptr[i] == ':' || s.ptr[i] == '/') {
            mark = marks++ ? mark : i;
            continue;
        }
        letters = true;
    }
    if (letters && !marks)
        read_suffixed(arena, t, s);
    else if (letters || marks > 2)
        return;
    else if (!marks)
        read_plain(arena, t, s);
    else if (s.ptr[mark] == '/' || marks == 2)
        add_edge(arena, t, SYM_NUMDATE, 1, 0);
    else
        read_joined(arena, t, s, mark);
}

/* The value the vocabulary gives a token in this class, -1 if none. */
static int class_value(const tokens *t, size_t at, int symbol) {
    if (at >= t->list.count || t->list.at[at].vocab == NO_VOCAB)
        return -1;
    const struct vocab_word *w = &sf_grammar_words[t->list.at[at].vocab];
    for (uint16_t i = 0; i < w->count; i++)
        if (sf_grammar_entries[w->first + i].symbol == symbol)
            return sf_grammar_entries[w->first + i].value;
    return -1;
}

static bool hyphen_at(const tokens *t, size_t at) {
    return at < t->list.count && token_of(t, (uint32_t)at).ptr[0] == '-' && !t->list.at[at].space;
}

/* A number below a hundred in words ("twenty-five"): the token behind it, `at` if there is none. */
static size_t below_hundred(const tokens *t, size_t at, int *value) {
    int n = class_value(t, at, SYM_TENS);
    if (n >= 0) {
        size_t next = at + 1 + hyphen_at(t, at + 1);
        int ones = class_value(t, next, SYM_ONES);
        *value = n + (ones > 0 ? ones : 0);
        return ones > 0 ? next + 1 : at + 1;
    }
    n = class_value(t, at, SYM_TEENS);
    if (n < 0)
        n = class_value(t, at, SYM_ONES);
    *value = n;
    return n < 0 ? at : at + 1;
}

/* Numbers in words that begin here: twelve, twenty-five, two hundred and ten; years as they are
 * spoken: nineteen ninety-one, two thousand; ordinals: twenty-first. */
static void read_spelled(sf_arena *arena, tokens *t, size_t first) {
    int value, low;
    size_t at = below_hundred(t, first, &value);
    if (at == first && sf_token_is(t, (uint32_t)first, "a") &&
        class_value(t, first + 1, SYM_SCALE) > 0) /* "a hundred" */
        value = 1, at = first + 1;
    if (at == first)
        return;
    if (value <= 24)
        add_edge(arena, t, SYM_HOUR, at - first, value * 60);
    size_t year = below_hundred(t, at + hyphen_at(t, at), &low);
    if (value >= 13 && value <= 20 && low >= 10 && year > at + hyphen_at(t, at))
        add_edge(arena, t, SYM_YEAR, year - first, value * 100 + low);
    if (class_value(t, first, SYM_TENS) > 0) {
        size_t ord = first + 1 + hyphen_at(t, first + 1);
        int ones = class_value(t, ord, SYM_ORD);
        if (ones > 0 && ones < 10) {
            add_edge(arena, t, SYM_ORD, ord + 1 - first, value + ones);
            add_edge(arena, t, SYM_DAYWORD, ord + 1 - first, value + ones);
        }
    }
    for (int scale; (scale = class_value(t, at, SYM_SCALE)) > 0 && value < 1000;) {
        value *= scale;
        at++;
        size_t more = at + (at < t->list.count && sf_token_is(t, (uint32_t)at, "and"));
        size_t end = below_hundred(t, more, &low);
        if (end > more) {
            value += low;
            at = end;
        }
    }
    add_edge(arena, t, SYM_NUM, at - first, value);
    if (value >= 2000 && value < 2100)
        add_edge(arena, t, SYM_YEAR, at - first, value);
}

static void read_phrases(sf_arena *arena, tokens *t, size_t first) {
    uint32_t node = 0;
    for (size_t at = first; at < t->list.count && t->list.at[at].vocab != NO_VOCAB; at++) {
        node = grammar_step(&sf_phrase_nodes[node], sf_phrase_arcs, t->list.at[at].vocab);
        if (!node)
            return;
        for (uint16_t i = 0; i < sf_phrase_nodes[node].accepts; i++) {
            const struct phrase_accept *a =
                &sf_phrase_accepts[sf_phrase_nodes[node].first_accept + i];
            if (!(a->flags & 1) || t->list.at[first].capital)
                add_edge(arena, t, a->symbol, at + 1 - first, a->value);
        }
    }
}

static void read_vocabulary(sf_arena *arena, tokens *t, size_t at) {
    const token *k = &t->list.at[at];
    const struct vocab_word *w = &sf_grammar_words[k->vocab];
    bool period = at + 1 < t->list.count && !t->list.at[at + 1].space &&
                  sf_str_equal(token_of(t, (uint32_t)at + 1), SF_STR("."));
    for (uint16_t i = 0; i < w->count; i++) {
        const struct vocab_entry *e = &sf_grammar_entries[w->first + i];
        if ((e->flags & 1) && !k->capital)
            continue;
        add_edge(arena, t, e->symbol, 1, e->value);
        if ((e->flags & 2) && period)
            add_edge(arena, t, e->symbol, 2, e->value);
        if (e->symbol == SYM_ORD && e->value <= 31)
            add_edge(arena, t, SYM_DAYWORD, 1, e->value);
    }
    read_phrases(arena, t, at);
    read_spelled(arena, t, at);
}

void sf_tokens_take(sf_arena *arena, tokens *out, const sf_text *text, uint32_t sentence) {
    const sf_sentence *s = &text->sentences[sentence];
    out->text = text;
    out->list.count = out->edges.count = 0;
    for (uint32_t w = s->first_word; w < s->first_word + s->word_count; w++)
        cut_word(arena, out, w);
    for (size_t at = 0; at < out->list.count; at++) {
        size_t first = out->edges.count;
        if (out->list.at[at].vocab != NO_VOCAB)
            read_vocabulary(arena, out, at);
        if (sf_is_digit(text->text.ptr[out->list.at[at].span.begin]))
            read_digits(arena, out, (uint32_t)at);
        out->list.at[at].first_edge = (uint32_t)first;
        out->list.at[at].edge_count = (uint16_t)(out->edges.count - first);
    }
}

bool sf_token_is(const tokens *t, uint32_t at, const char *word) {
    return at < t->list.count && t->list.at[at].vocab != NO_VOCAB &&
           sf_str_equal(sf_grammar_words[t->list.at[at].vocab].word, sf_str_of(word));
}

bool sf_tokens_class(const tokens *t, uint32_t at, int symbol) {
    const token *k = &t->list.at[at];
    for (uint16_t i = 0; i < k->edge_count; i++)
        if (t->edges.at[k->first_edge + i].symbol == symbol)
            return true;
    return false;
}
