/* A receipt's link to the live page: URL#:~:text=[prefix-,]start[,end][,-suffix], after the WICG
 * draft "URL Fragment Text Directives".
 *
 * A browser looks for the words in the rendered text: white space folded, case aside, each of the
 * four terms within one block, the whole on word boundaries. So a short stretch in one line goes
 * out whole; a long one, or one that runs over lines, by its first and last words. Where that
 * would also be found elsewhere in the receipt's context, or is so short that it may well stand
 * elsewhere on the page, the words next to it go along as prefix and suffix. */
#include "show/plain.h"

enum {
    WHOLE = 240,     /* bytes; longer stretches go out as start and end */
    END_WORDS = 10,  /* words of a start or end, at least */
    MORE_WORDS = 30, /* and at most, to tell it from its like */
    SIDE_WORDS = 4,  /* words of a prefix or suffix */
    SHORT_WORDS = 5, /* fewer words than this always take their neighbours along */
    REACH = 8192,    /* bytes of context on either side that are searched for the same words */
    SIDE_REACH = 256 /* and in which prefix and suffix lie */
};

/* Percent-encodes all but unreserved characters, and '-' too, which ends and begins the terms. */
static void encode(sf_buf *out, sf_str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (sf_is_alpha((char)c) || sf_is_digit((char)c) || c == '.' || c == '_' || c == '~')
            sf_buf_char(out, (char)c);
        else if (c >= 0x20 && c != 0x7f)
            sf_plain_percent(out, c);
    }
}

/* Where the first (last) `words` words of s end (begin). s has its white space folded. */
static size_t first_words(sf_str s, size_t words) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == ' ' && --words == 0)
            return i;
    return s.len;
}
static size_t last_words(sf_str s, size_t words) {
    for (size_t i = s.len; i > 0; i--)
        if (s.ptr[i - 1] == ' ' && --words == 0)
            return i;
    return 0;
}
static size_t word_count(sf_str s) {
    size_t n = s.len > 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == ' ';
    return n;
}

/* Blocks are parted by a blank line; a line break within one is one on the page too, over which
 * browsers find no words. What stands before the first break in s, behind the last. */
static sf_str first_line(sf_str s) { return sf_str_sub(s, 0, sf_str_find(s, SF_STR("\n"), 0)); }
static sf_str last_line(sf_str s) {
    for (size_t i = s.len; i > 0; i--)
        if (s.ptr[i - 1] == '\n')
            return sf_str_sub(s, i, s.len);
    return s;
}

/* At most `reach` bytes from the end or beginning, on character boundaries. */
static sf_str near_end(sf_str s, size_t reach) {
    size_t begin = s.len > reach ? s.len - reach : 0;
    while (begin < s.len && ((unsigned char)s.ptr[begin] & 0xC0) == 0x80)
        begin++;
    return sf_str_sub(s, begin, s.len);
}
static sf_str near_begin(sf_str s, size_t reach) {
    size_t end = s.len > reach ? reach : s.len;
    while (end > 0 && end < s.len && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
        end--;
    return sf_str_sub(s, 0, end);
}

typedef struct terms {
    sf_str prefix, start, end, suffix; /* absent or empty: left out */
} terms;

static bool is_letter(uint32_t code) {
    return code >= 0x80 ? !sf_is_unicode_space(code) && !(code >= 0x2000 && code < 0x2070)
                        : sf_is_alpha((char)code) || sf_is_digit((char)code);
}

/* What stands between two letters of one word, as in "harbour's", "a.m", "3,000". */
static bool is_within(uint32_t code) {
    return code == '\'' || code == 0x2019 || code == '.' || code == ',' || code == ':';
}

/* The words run on over this place: the receipt begins or ends within a word, also where it begins
 * with the "’s" of the name before it, or leaves that off. */
static bool inside_word(sf_str before, sf_str after) {
    size_t left = 0, right = 0;
    if (!before.len || !after.len)
        return false;
    uint32_t last = sf_utf8_before(before, before.len, &left);
    uint32_t first = sf_utf8_at(after, 0, &right);
    if (is_letter(last) && is_within(first) && right < after.len)
        first = sf_utf8_at(after, right, &right);
    else if (is_within(last) && is_letter(first) && left < before.len)
        last = sf_utf8_before(before, before.len - left, &left);
    return is_letter(last) && is_letter(first);
}

/* The first words of s: END_WORDS, or more until they do not come again in the rest of it. */
static sf_str take_start(sf_str s) {
    size_t words = END_WORDS;
    sf_str start = sf_str_sub(s, 0, first_words(s, words));
    while (words < MORE_WORDS && start.len < s.len && sf_str_find_ci(s, start, 1) != SIZE_MAX)
        start = sf_str_sub(s, 0, first_words(s, words += END_WORDS));
    return start;
}

/* The last words of s: END_WORDS, or more until `all`, of which s is the end, has them once. */
static sf_str take_end(sf_str s, sf_str all) {
    size_t words = END_WORDS;
    sf_str end = sf_str_sub(s, last_words(s, words), s.len);
    while (words < MORE_WORDS && end.len < s.len && sf_str_find_ci(all, end, 0) + end.len < all.len)
        end = sf_str_sub(s, last_words(s, words += END_WORDS), s.len);
    return end;
}

static void take_words(sf_arena *arena, sf_str exact, terms *t) {
    sf_str first = first_line(exact), last = last_line(exact);
    bool one_line = first.len == exact.len;
    if (one_line && exact.len <= WHOLE) {
        t->start = sf_str_fold_space(arena, exact);
        return;
    }
    sf_str folded = sf_str_fold_space(arena, near_begin(first, REACH));
    sf_str tail = one_line ? near_end(exact, REACH) : near_end(last, REACH);
    sf_str folded_tail = sf_str_fold_space(arena, tail);
    t->start = take_start(folded);
    if (one_line && exact.len <= REACH) { /* start and end may not overlap */
        sf_str rest = sf_str_sub(folded, t->start.len, folded.len);
        t->end = take_end(sf_str_trim(rest), sf_str_trim(rest));
    } else {
        t->end = take_end(folded_tail, folded_tail);
    }
}

static void take_sides(sf_arena *arena, sf_str before, sf_str after, terms *t) {
    sf_str left = sf_str_fold_space(arena, last_line(near_end(before, SIDE_REACH)));
    sf_str right = sf_str_fold_space(arena, first_line(near_begin(after, SIDE_REACH)));
    t->prefix = sf_str_sub(left, last_words(left, SIDE_WORDS), left.len);
    t->suffix = sf_str_sub(right, 0, first_words(right, SIDE_WORDS));
}

/* Whether s comes again before or behind the receipt. */
static bool comes_again(sf_arena *arena, sf_str before, sf_str after, sf_str s) {
    if (before.len > REACH || after.len > REACH)
        return true; /* not looked through: be safe */
    return sf_str_find_ci(sf_str_fold_space(arena, before), s, 0) != SIZE_MAX ||
           sf_str_find_ci(sf_str_fold_space(arena, after), s, 0) != SIZE_MAX;
}

static terms terms_of(sf_arena *arena, const sf_receipt *r) {
    terms t = {0};
    sf_span in = r->in_context;
    bool known = in.begin <= in.end && in.end <= r->context.len;
    sf_str before = sf_str_sub(r->context, 0, known ? in.begin : 0);
    sf_str after = known ? sf_str_sub(r->context, in.end, r->context.len) : SF_ABSENT;
    take_words(arena, r->exact, &t);
    if (inside_word(before, r->exact) || inside_word(r->exact, after) ||
        (!t.end.len && word_count(t.start) < SHORT_WORDS) ||
        comes_again(arena, before, after, t.start))
        take_sides(arena, before, after, &t);
    return t;
}

sf_str sf_show_fragment(sf_arena *arena, const sf_receipt *r) {
    if (!sf_plain_is_link(r->url))
        return SF_ABSENT;
    sf_str url = sf_str_sub(r->url, 0, sf_str_find(r->url, SF_STR(":~:"), 0));
    terms t = terms_of(arena, r);
    sf_buf out = sf_buf_new(arena);
    sf_buf_add(&out, sf_plain_link(arena, url));
    if (t.start.len == 0)
        return sf_buf_str(&out);
    if (sf_str_find(url, SF_STR("#"), 0) == SIZE_MAX)
        sf_buf_char(&out, '#');
    sf_buf_add(&out, SF_STR(":~:text="));
    if (t.prefix.len) {
        encode(&out, t.prefix);
        sf_buf_add(&out, SF_STR("-,"));
    }
    encode(&out, t.start);
    if (t.end.len) {
        sf_buf_char(&out, ',');
        encode(&out, t.end);
    }
    if (t.suffix.len) {
        sf_buf_add(&out, SF_STR(",-"));
        encode(&out, t.suffix);
    }
    return sf_buf_str(&out);
}
