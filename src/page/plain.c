/* Paragraphs are parted by empty lines; the lines of a hard-wrapped paragraph belong together. Of
 * Markdown only what stands at the beginning of a line is understood: headings, list items, quotes.
 * Its marks are left out of the text (the map leads around them); marks inside a line stay, to the
 * letter. */
#include "page/plain.h"

#include "page/compose.h"

typedef struct line {
    uint32_t begin, end; /* in the decoded text, white space at both ends left out */
} line;

typedef struct reader {
    sf_str text;
    size_t at;
} reader;

static bool next_line(reader *r, line *out) {
    if (r->at >= r->text.len)
        return false;
    size_t end = r->at;
    while (end < r->text.len && r->text.ptr[end] != '\n' && r->text.ptr[end] != '\r')
        end++;
    size_t begin = r->at, last = end;
    while (begin < last && sf_is_space(r->text.ptr[begin]))
        begin++;
    while (last > begin && sf_is_space(r->text.ptr[last - 1]))
        last--;
    *out = (line){(uint32_t)begin, (uint32_t)last};
    if (end + 1 < r->text.len && r->text.ptr[end] == '\r' && r->text.ptr[end + 1] == '\n')
        end++;
    r->at = end + 1;
    return true;
}

static sf_str spelled(sf_str text, line l) { return sf_str_sub(text, l.begin, l.end); }

/* ---- the first line ---- */

static uint32_t count_words(sf_str s) {
    uint32_t words = 0;
    for (size_t i = 0; i < s.len; i++)
        words += !sf_is_space(s.ptr[i]) && (i == 0 || sf_is_space(s.ptr[i - 1]));
    return words;
}

/* A headline does not end like a sentence. */
static bool reads_like_headline(sf_str s) {
    enum { LONGEST = 25 };
    static const char *const ends[] = {".", "!", "…", ":", ";", ",", "”", "\"", "’"};
    for (size_t i = 0; i < SF_LEN(ends); i++)
        if (sf_str_ends(s, sf_str_of(ends[i])))
            return false;
    return s.len && count_words(s) <= LONGEST;
}

/* "date 2021-10-15 ..." at the head of the line: *l moves behind it. */
static bool take_date(sf_str text, line *l, sf_str *out) {
    sf_str s = spelled(text, *l);
    sf_date date;
    if (!sf_str_starts_ci(s, SF_STR("date ")))
        return false;
    size_t begin = 5;
    while (begin < s.len && s.ptr[begin] == ' ')
        begin++;
    size_t end = begin;
    while (end < s.len && !sf_is_space(s.ptr[end]))
        end++;
    sf_str day = sf_str_sub(s, begin, end);
    if (!sf_date_parse(day, &date) || day.len > 10)
        return false;
    *out = day;
    while (end < s.len && sf_is_space(s.ptr[end]))
        end++;
    l->begin += (uint32_t)end;
    return true;
}

/* ---- blocks ---- */

/* How many bytes of Markdown's marks stand at the head of the line, and what they make of it. */
static uint32_t marks(sf_str s, sofar_block_kind *kind) {
    size_t n = 0;
    while (n < s.len && s.ptr[n] == '#')
        n++;
    if (n && n <= 6 && n < s.len && s.ptr[n] == ' ') {
        *kind = SOFAR_BLOCK_HEADING;
        return (uint32_t)n + 1;
    }
    if (s.len > 1 && s.ptr[0] == '>') {
        *kind = SOFAR_BLOCK_QUOTE;
        return s.ptr[1] == ' ' ? 2 : 1;
    }
    if (s.len > 2 && (s.ptr[0] == '-' || s.ptr[0] == '*' || s.ptr[0] == '+') && s.ptr[1] == ' ') {
        *kind = SOFAR_BLOCK_ITEM;
        return 2;
    }
    if (sf_str_starts(s, SF_STR("• "))) {
        *kind = SOFAR_BLOCK_ITEM;
        return 4;
    }
    *kind = SOFAR_BLOCK_PARAGRAPH;
    return 0;
}

/* "=====" or "-----" below a heading, or a rule between paragraphs */
static bool is_rule(sf_str s) {
    if (s.len < 3 || !strchr("=-*_", s.ptr[0]))
        return false;
    for (size_t i = 1; i < s.len; i++)
        if (s.ptr[i] != s.ptr[0])
            return false;
    return true;
}

typedef struct writer {
    sf_compose compose;
    bool open; /* a block is begun */
    sofar_block_kind kind;
    uint32_t lines; /* in the open block */
    uint32_t end;   /* of its last line, in the decoded text */
} writer;

static void close_block(writer *w) {
    if (w->open)
        sf_compose_end(&w->compose, w->kind);
    w->open = false;
}

static void add_line(writer *w, sf_str text, line l) {
    sofar_block_kind kind;
    uint32_t skip = marks(spelled(text, l), &kind);
    bool goes_on =
        w->open &&
        (kind == w->kind || (kind == SOFAR_BLOCK_PARAGRAPH && w->kind != SOFAR_BLOCK_HEADING)) &&
        kind != SOFAR_BLOCK_HEADING && kind != SOFAR_BLOCK_ITEM;
    if (goes_on) {
        /* The white space that parts two lines is part of the text; a mark after it is not. */
        sf_compose_equal(&w->compose, sf_str_sub(text, w->end, l.begin), w->end);
    } else {
        close_block(w);
        sf_compose_begin(&w->compose);
        w->open = true;
        w->kind = kind;
        w->lines = 0;
    }
    l.begin += skip;
    sf_compose_equal(&w->compose, spelled(text, l), l.begin);
    w->end = l.end;
    w->lines++;
}

static void body(writer *w, reader *r) {
    line l;
    while (next_line(r, &l)) {
        sf_str s = spelled(r->text, l);
        if (!s.len) {
            close_block(w);
        } else if (is_rule(s)) {
            if (w->open && w->lines == 1 && (s.ptr[0] == '=' || s.ptr[0] == '-'))
                w->kind = SOFAR_BLOCK_HEADING;
            close_block(w);
        } else {
            add_line(w, r->text, l);
        }
    }
    close_block(w);
}

/* Title and day from the head of the text; r stands at the body afterwards. */
static void head(reader *r, sofar_clipping *out) {
    reader ahead = *r;
    line first, second;
    do {
        *r = ahead;
        if (!next_line(&ahead, &first))
            return;
    } while (first.begin == first.end);
    bool alone = !next_line(&(reader){ahead.text, ahead.at}, &second) || second.begin == second.end;
    sf_str day;
    bool dated = take_date(r->text, &first, &day);
    if (dated) {
        out->published = day;
        out->published_from = SOFAR_FROM_TEXT;
        r->at = first.begin;
    }
    sofar_block_kind kind;
    sf_str rest = spelled(r->text, first);
    uint32_t skip = marks(rest, &kind);
    bool heading = kind == SOFAR_BLOCK_HEADING && skip == 2;
    if (heading || (dated && alone && kind == SOFAR_BLOCK_PARAGRAPH && reads_like_headline(rest))) {
        out->title = sf_str_sub(rest, heading ? skip : 0, rest.len);
        r->at = ahead.at;
    }
}

void sf_plain_clip(sf_arena *arena, const sf_decoded *decoded, sofar_clipping *out) {
    reader r = {decoded->text, 0};
    writer w = {.compose = sf_compose_new(arena, decoded)};
    head(&r, out);
    body(&w, &r);
    sf_compose_finish(&w.compose, out);
    if (out->title.ptr)
        out->title = sf_str_fold_space(arena, out->title);
}

bool sf_plain_is(sf_str bytes, sf_str content_type) {
    if (sf_str_starts_ci(content_type, SF_STR("text/plain")) ||
        sf_str_starts_ci(content_type, SF_STR("text/markdown")))
        return true;
    if (sf_str_starts_ci(content_type, SF_STR("text/html")) ||
        sf_str_starts_ci(content_type, SF_STR("application/xhtml")))
        return false;
    /* A tag in the first kilobyte: "<" and a letter, "!" or "/", and a ">" before the next "<". */
    sf_str s = sf_str_sub(bytes, 0, 1024);
    for (size_t i = 0; i + 1 < s.len; i++) {
        if (s.ptr[i] != '<' || !(sf_is_alpha(s.ptr[i + 1]) || s.ptr[i + 1] == '!' ||
                                 s.ptr[i + 1] == '/' || s.ptr[i + 1] == '?'))
            continue;
        for (size_t k = i + 1; k < s.len && s.ptr[k] != '<'; k++)
            if (s.ptr[k] == '>' || k + 1 == s.len)
                return false;
    }
    return true;
}
