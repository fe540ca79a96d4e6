/* Quotation marks -> quoted runs.
 *
 * One block at a time: first the marks are listed with what their neighbours allow (open, close),
 * then a stack pairs them. Directed marks (curly, low, guillemets, corner brackets) say what they
 * are; straight ones are read by the white space beside them, after the "smart quotes" rules of
 * typesetting programs. A single mark opens only where a later one can close it, since nearly all
 * of them are apostrophes.
 *
 * An opening mark that nothing closes holds to the end of its block, and goes on in the next block
 * if that begins with the same mark; where the block does not look like that, the mark is dropped.
 * So no fault of one paragraph reaches beyond the next.
 */
#include "quote/marks.h"

enum { DEPTH = 8 }; /* marks deeper than this are ignored: nobody nests so */

enum {
    CURLY,    /* “ ” */
    LOW,      /* „ “ or „ ” */
    STRAIGHT, /* " */
    TICK,     /* `` '' or '' '' */
    GUILLEMET,
    REVERSED, /* » « */
    ANGLE,
    CORNER,
    WHITE_CORNER,
    CURLY_SINGLE,
    LOW_SINGLE,
    STRAIGHT_SINGLE,
    NO_FAMILY
};

typedef struct mark {
    uint32_t at;
    uint8_t len;
    uint8_t family;     /* of the above */
    bool opens, closes; /* what mark and neighbours allow; both: the stack decides */
    bool digit_before;  /* may be an inch or foot mark */
    bool weak;          /* a closing single that may as well be an apostrophe (the players’) */
    bool closer_next;   /* of a straight double: the next one can only close */
    bool closer_later;  /* a single that can close stands behind it, before the next opener */
} mark;

typedef sf_vec(mark) marks;
typedef sf_vec(sf_run) runs;

typedef struct open_mark {
    uint32_t run; /* index of the run it began */
    uint8_t family;
    bool has_twin; /* a mark of its own family opened inside it */
} open_mark;

static bool is_letter(uint32_t c) {
    return (c | 32) - 'a' < 26 || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) ||
           (c >= 0x2C00 && c < 0x2E00) || c >= 0x3040;
}
static bool is_digit(uint32_t c) { return c - '0' < 10; }
static bool is_alnum(uint32_t c) { return is_letter(c) || is_digit(c); }
static bool is_gap(uint32_t c) { return c == 0 || sf_is_unicode_space(c); }
/* Behind these a straight mark opens: brackets, dashes, slashes. */
static bool is_opener_punct(uint32_t c) {
    return c == '(' || c == '[' || c == '{' || c == '-' || c == '/' || c == 0x2013 || c == 0x2014 ||
           c == 0x2015 || c == ':';
}
static bool is_any_open_quote(uint32_t c) {
    return c == '"' || c == '\'' || c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x201E;
}

static bool single(uint8_t f) { return f >= CURLY_SINGLE; }

/* Words that begin with an apostrophe; kept short, since “’round” and the like also begin speech.
 */
static bool elided(sf_str rest) {
    static const char *const words[] = {"tis",   "twas", "twere", "twill", "em",  "til", "till",
                                        "cause", "cuz",  "n",     "bout",  "cos", "nuff"};
    size_t len = 0;
    while (len < rest.len && sf_is_alpha(rest.ptr[len]))
        len++;
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal_ci(sf_str_sub(rest, 0, len), sf_str_of(words[i])))
            return true;
    return false;
}

/* ’90s, ’08 */
static bool short_year(sf_str rest) {
    return rest.len >= 2 && sf_is_digit(rest.ptr[0]) && sf_is_digit(rest.ptr[1]) &&
           (rest.len == 2 || !sf_is_digit(rest.ptr[2]));
}

static bool family_of(sf_str text, size_t at, uint32_t code, mark *m) {
    switch (code) {
    case '"': m->family = STRAIGHT; return true;
    case 0x201C:
    case 0x201D:
    case 0x201F: m->family = CURLY; return true;
    case 0x201E: m->family = LOW; return true;
    case 0xAB:
    case 0xBB: m->family = GUILLEMET; return true;
    case 0x2039:
    case 0x203A: m->family = ANGLE; return true;
    case 0x300C:
    case 0x300D: m->family = CORNER; return true;
    case 0x300E:
    case 0x300F: m->family = WHITE_CORNER; return true;
    case 0x2018:
    case 0x2019:
    case 0x201B: m->family = CURLY_SINGLE; return true;
    case 0x201A: m->family = LOW_SINGLE; return true;
    case '`':
        if (at + 1 < text.len && text.ptr[at + 1] == '`' &&
            !(at + 2 < text.len && text.ptr[at + 2] == '`')) {
            m->family = TICK;
            m->len = 2;
            return true;
        }
        return false;
    case '\'':
        m->family = STRAIGHT_SINGLE;
        if (at + 1 < text.len && text.ptr[at + 1] == '\'' && m->len == 1) {
            m->family = TICK;
            m->len = 2;
        }
        return true;
    default: return false;
    }
}

/* Fills opens and closes by the mark itself and the characters on both sides. */
static void look_around(mark *m, uint32_t code, uint32_t before, uint32_t after, sf_str rest) {
    bool gap_before = is_gap(before), gap_after = is_gap(after);
    m->digit_before = is_digit(before);
    switch (code) {
    case 0x201C: /* also the closing mark of „ “, and a sloppy one where only closing is possible */
    case 0x201F:
        m->opens = !gap_after || gap_before;
        m->closes = !gap_before && !is_alnum(after) && !is_opener_punct(before);
        return;
    case 0x201D:
        m->opens = gap_before && is_alnum(after);
        m->closes = true;
        return;
    case 0x201E:
    case 0x300C:
    case 0x300E:
    case '`': m->opens = true; return;
    case 0x300D:
    case 0x300F: m->closes = true; return;
    case 0xAB:
    case 0x2039:
    case 0xBB:
    case 0x203A: m->opens = m->closes = true; return; /* the stack knows which way they stand */
    case 0x2018:
    case 0x201B:
    case 0x201A:
        m->opens = !is_alnum(before) && !gap_after && !elided(rest) && !short_year(rest);
        return;
    case 0x2019:
        m->closes = !gap_before && !is_alnum(after);
        m->weak = m->closes && is_alnum(before);
        return;
    case '\'':
        if (m->family == STRAIGHT_SINGLE) {
            m->opens = !is_alnum(before) && !gap_after &&
                       (gap_before || is_opener_punct(before) || is_any_open_quote(before)) &&
                       !elided(rest) && !short_year(rest);
            m->closes = !gap_before && !is_alnum(after);
            m->weak = m->closes && is_alnum(before);
            return;
        }
        break;
    default: break;
    }
    /* " and '' */
    if (before == '=') /* an attribute of mark-up that someone pasted */
        return;
    bool left = gap_before || is_opener_punct(before) || is_any_open_quote(before);
    m->opens = left && !gap_after;
    m->closes = !gap_before && !is_alnum(after);
    if (!m->opens && !m->closes)
        m->opens = m->closes = true;
}

/* All marks of a block, with what stands behind them. */
static void list_marks(sf_arena *arena, sf_str text, sf_span block, marks *out) {
    out->count = 0;
    sf_str body = sf_str_sub(text, 0, block.end);
    uint32_t before = 0;
    for (size_t at = block.begin, bytes; at < block.end; at += bytes) {
        uint32_t code = sf_utf8_at(body, at, &bytes);
        mark m = {.at = (uint32_t)at, .len = (uint8_t)bytes};
        if (family_of(body, at, code, &m)) {
            bytes = m.len;
            size_t behind = at + bytes, ignored;
            uint32_t after = behind < block.end ? sf_utf8_at(body, behind, &ignored) : 0;
            look_around(&m, code, before, after, sf_str_sub(body, behind, block.end));
            if (m.opens || m.closes)
                *SF_PUSH(arena, out) = m;
        }
        before = code;
    }
    bool closer = false, closer_next = false;
    for (size_t i = out->count; i-- > 0;) {
        mark *m = &out->at[i];
        m->closer_next = closer_next;
        m->closer_later = closer;
        if (m->family == STRAIGHT)
            closer_next = m->closes && !m->opens;
        if (single(m->family))
            closer = m->closes || (closer && !m->opens);
    }
}

typedef struct pairing {
    sf_arena *arena;
    sf_str text;
    sf_span block;
    uint32_t block_index;
    runs *out;
    uint8_t next_family; /* of the opening mark that the next block begins with, or NO_FAMILY */
    open_mark stack[DEPTH];
    uint32_t depth;
} pairing;

/* The family of the opening mark at the very begin of a block, or NO_FAMILY. */
static uint8_t begins_with(sf_str text, sf_span block) {
    mark m = {0};
    size_t bytes, ignored;
    uint32_t code = sf_utf8_at(text, block.begin, &bytes);
    m.len = (uint8_t)bytes;
    sf_str body = sf_str_sub(text, 0, block.end);
    if (!family_of(body, block.begin, code, &m))
        return NO_FAMILY;
    size_t behind = block.begin + m.len;
    uint32_t after = behind < block.end ? sf_utf8_at(body, behind, &ignored) : 0;
    look_around(&m, code, 0, after, sf_str_sub(body, behind, block.end));
    return m.opens ? m.family : NO_FAMILY;
}

static int find_open(const pairing *p, uint8_t family) {
    for (uint32_t i = p->depth; i-- > 0;)
        if (p->stack[i].family == family)
            return (int)i;
    return -1;
}

static void open_run(pairing *p, const mark *m, uint8_t family) {
    if (p->depth == DEPTH)
        return;
    int twin = find_open(p, family);
    if (twin >= 0)
        p->stack[twin].has_twin = true;
    sf_run run = {.outer = {m->at, p->block.end},
                  .inner = {m->at + m->len, p->block.end},
                  .block = p->block_index,
                  .parent = SF_NONE,
                  .next = SF_NONE,
                  .prev = SF_NONE};
    p->stack[p->depth++] = (open_mark){(uint32_t)p->out->count, family, false};
    *SF_PUSH(p->arena, p->out) = run;
}

/* Marks a run as not being one; swept out when the block is done. */
static void drop(sf_run *run) { run->outer.end = run->outer.begin; }

/* Closes stack[i]; what was opened above it and never closed is dropped. */
static void close_run(pairing *p, int i, const mark *m) {
    for (uint32_t k = (uint32_t)i + 1; k < p->depth; k++)
        drop(&p->out->at[p->stack[k].run]);
    sf_run *run = &p->out->at[p->stack[i].run];
    run->inner.end = m->at;
    run->outer.end = m->at + m->len;
    run->closed = true;
    p->depth = (uint32_t)i;
    for (uint32_t k = 0; k < p->depth; k++) /* the twin is closed: the outer one may be, too */
        p->stack[k].has_twin = p->stack[k].has_twin && p->stack[k].family == m->family;
}

/* The open mark that a closing double of this code ends: its own family first, then any double
 * (“mixed"). */
static int closes_what(const pairing *p, const mark *m, uint32_t code) {
    static const uint8_t doubles[] = {CURLY, LOW, STRAIGHT, TICK};
    int low = find_open(p, LOW), own = find_open(p, m->family);
    if (m->family == CURLY && low > own)
        return low;
    if (code == 0x201C || own >= 0)
        return own;
    int best = -1;
    for (size_t i = 0; i < SF_LEN(doubles); i++) {
        int at = find_open(p, doubles[i]);
        if (at > best)
            best = at;
    }
    return best;
}

static void take_double(pairing *p, const mark *m, uint32_t code) {
    int open = closes_what(p, m, code);
    if (m->family == STRAIGHT && m->digit_before && m->closes &&
        (open < 0 || m->closer_next)) /* 5" pipe */
        return;
    bool rather_opens = code == 0x201C && m->opens && open >= 0 && p->stack[open].family != LOW;
    if (m->closes && open >= 0 && !rather_opens)
        close_run(p, open, m);
    else if (m->opens)
        open_run(p, m, m->family);
}

static void take_guillemet(pairing *p, const mark *m, uint32_t code) {
    bool left = code == 0xAB || code == 0x2039;
    int plain = find_open(p, m->family), reversed = find_open(p, REVERSED);
    if (left && reversed >= 0)
        close_run(p, reversed, m);
    else if (!left && plain >= 0)
        close_run(p, plain, m);
    else
        open_run(p, m, left ? m->family : REVERSED);
}

static bool ends_in_s(sf_str text, uint32_t at) { return at > 0 && (text.ptr[at - 1] | 32) == 's'; }

static void take_single(pairing *p, const mark *m) {
    if (m->closes && p->depth > 0) {
        uint8_t top = p->stack[p->depth - 1].family;
        bool fits = top == m->family || (top == LOW_SINGLE && m->family == CURLY_SINGLE) ||
                    (top == CURLY_SINGLE && m->family == STRAIGHT_SINGLE);
        if (fits && !(m->weak && ends_in_s(p->text, m->at) && m->closer_later)) {
            close_run(p, (int)p->depth - 1, m);
            return;
        }
        if (fits)
            return;
    }
    bool goes_on = !m->closer_later && !m->closes && p->next_family == m->family && p->depth == 0;
    if (m->opens && (m->closer_later || goes_on) && find_open(p, m->family) < 0)
        open_run(p, m, m->family);
}

/* A run that nothing closed: does it hold to the block's end? */
static bool holds(const pairing *p, const open_mark *open) {
    const sf_run *run = &p->out->at[open->run];
    if (open->has_twin || run->inner.begin >= p->block.end ||
        sf_is_space(p->text.ptr[run->inner.begin]))
        return false;
    if (p->next_family == open->family)
        return true;
    if (single(open->family) || open->family == TICK || open->family == REVERSED)
        return false;
    if (run->outer.begin == p->block.begin || run->prev != SF_NONE)
        return true;
    char first = p->text.ptr[run->inner.begin];
    return first >= 'A' && first <= 'Z';
}

static void trim(sf_str text, sf_span *s) {
    size_t bytes;
    while (s->begin < s->end && sf_is_unicode_space(sf_utf8_at(text, s->begin, &bytes)))
        s->begin += (uint32_t)bytes;
    while (s->begin < s->end && sf_is_unicode_space(sf_utf8_before(text, s->end, &bytes)))
        s->end -= (uint32_t)bytes;
}

/* Sweeps out what was dropped or holds nothing, and sets parents. first: the block's first run. */
static void settle(pairing *p, size_t first) {
    size_t kept = first;
    uint32_t stack[DEPTH + 1];
    uint32_t depth = 0;
    for (size_t i = first; i < p->out->count; i++) {
        sf_run run = p->out->at[i];
        trim(p->text, &run.inner);
        if (run.outer.begin == run.outer.end || run.inner.begin >= run.inner.end)
            continue;
        while (depth > 0 && p->out->at[stack[depth - 1]].outer.end <= run.outer.begin)
            depth--;
        run.parent = depth > 0 ? stack[depth - 1] : SF_NONE;
        if (depth <= DEPTH)
            stack[depth++] = (uint32_t)kept;
        p->out->at[kept++] = run;
    }
    p->out->count = kept;
}

static void pair_block(pairing *p, const marks *list) {
    size_t first = p->out->count;
    for (size_t i = 0; i < list->count; i++) {
        const mark *m = &list->at[i];
        size_t bytes;
        uint32_t code = sf_utf8_at(p->text, m->at, &bytes);
        if (single(m->family))
            take_single(p, m);
        else if (m->family == GUILLEMET || m->family == ANGLE)
            take_guillemet(p, m, code);
        else
            take_double(p, m, code);
    }
    for (uint32_t i = 0; i < p->depth; i++)
        if (!holds(p, &p->stack[i]))
            drop(&p->out->at[p->stack[i].run]);
    p->depth = 0;
    settle(p, first);
}

/* Joins runs that the next block goes on with: an unclosed one at the end, and one at the begin. */
static void join_blocks(sf_str text, runs *list, const sofar_block *blocks) {
    for (uint32_t i = 0; i + 1 < list->count; i++) {
        sf_run *run = &list->at[i];
        if (run->closed || run->parent != SF_NONE)
            continue;
        uint32_t k = i + 1; /* inner runs of an unclosed one stand between */
        while (k < list->count && list->at[k].block == run->block)
            k++;
        if (k == list->count || list->at[k].block != run->block + 1 ||
            list->at[k].outer.begin != blocks[list->at[k].block].span.begin)
            continue;
        size_t a, b;
        if (sf_utf8_at(text, run->outer.begin, &a) != sf_utf8_at(text, list->at[k].outer.begin, &b))
            continue;
        run->next = k;
        list->at[k].prev = i;
    }
}

sf_runs sf_quote_runs(sf_arena *arena, sf_str text, const sofar_block *blocks, size_t block_count) {
    marks list = {0};
    runs out = {0};
    for (size_t i = 0; i < block_count; i++) {
        pairing p = {.arena = arena,
                     .text = text,
                     .block = blocks[i].span,
                     .block_index = (uint32_t)i,
                     .out = &out,
                     .next_family =
                         i + 1 < block_count ? begins_with(text, blocks[i + 1].span) : NO_FAMILY};
        list_marks(arena, text, blocks[i].span, &list);
        pair_block(&p, &list);
    }
    join_blocks(text, &out, blocks);
    return (sf_runs){out.at, (uint32_t)out.count};
}
