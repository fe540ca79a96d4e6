/* A page as it was read: [Ana Ruiz]s1 for who, {It was a long summer,}q1 for quotes, <on Friday>
 * with its value for times; what is in a block is explained below it, once a page.
 *
 * Every character of the page goes through sf_plain_code, so none of them acts on the terminal.
 * Words carry their colours themselves, so that a line can be cut between any two. Linear in the
 * text and the marks. */
#include "show/explain.h"

#include <stdlib.h>

#include "show/sheet.h"

typedef enum mark_kind { MARK_QUOTE, MARK_WHO, MARK_TIME, MARK_CUE } mark_kind;

typedef struct mark {
    sf_span span;
    mark_kind kind;
    uint32_t index; /* of the quote, subject or time */
} mark;

enum { DEPTH = 12, NOTE_INDENT = 6 };

typedef struct explainer {
    sf_sheet sheet;
    const sofar_reading *r;
    mark *marks; /* in order of begin, the longer ones first */
    size_t mark_count, next;
    mark open[DEPTH]; /* outermost first */
    size_t depth;
    sf_buf word;          /* not written yet, with its colours */
    const char *word_sgr; /* the style in force at its end; NULL: none */
    int word_width, column;
    bool line_begun;
    uint64_t *told; /* what was explained already: a hash table, a power of two wide */
    size_t told_room;
} explainer;

/* ---- marks ---- */

static int by_place(const void *a, const void *b) {
    const mark *x = a, *y = b;
    if (x->span.begin != y->span.begin)
        return x->span.begin < y->span.begin ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end > y->span.end ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

static size_t name_count(const sf_people *p) { return p->name_count + p->epithet_count; }

static void collect(explainer *e) {
    const sofar_reading *r = e->r;
    size_t room = name_count(&r->people) + r->times.count;
    for (size_t i = 0; i < r->quotes.count; i++)
        room += r->quotes.at[i].span_count + 1;
    e->marks = SF_ARRAY(e->sheet.arena, mark, room + 1);
    for (size_t i = 0; i < name_count(&r->people); i++)
        e->marks[e->mark_count++] =
            (mark){r->people.names[i].span, MARK_WHO, r->people.names[i].subject};
    for (size_t i = 0; i < r->times.count; i++)
        e->marks[e->mark_count++] = (mark){r->times.at[i].span, MARK_TIME, (uint32_t)i};
    for (size_t i = 0; i < r->quotes.count; i++) {
        const sofar_quote *q = &r->quotes.at[i];
        for (size_t k = 0; k < q->span_count; k++)
            e->marks[e->mark_count++] = (mark){q->spans[k], MARK_QUOTE, (uint32_t)i};
        if (q->cue.begin < q->cue.end)
            e->marks[e->mark_count++] = (mark){q->cue, MARK_CUE, (uint32_t)i};
    }
    qsort(e->marks, e->mark_count, sizeof *e->marks, by_place);
}

/* ---- words to lines ---- */

static const char *style_of(mark_kind kind) {
    static const char *const styles[] = {"32", "1", "36", "4"};
    return styles[kind];
}

static void restyle(explainer *e, const char *sgr) {
    if (!e->sheet.color || sgr == e->word_sgr)
        return;
    if (e->word_sgr)
        sf_buf_add(&e->word, SF_STR("\x1b[0m"));
    if (sgr)
        sf_buf_printf(&e->word, "\x1b[%sm", sgr);
    e->word_sgr = sgr;
}

static void end_word(explainer *e) {
    if (e->word.len == 0)
        return;
    restyle(e, NULL);
    if (e->line_begun && e->column + 1 + e->word_width > e->sheet.width) {
        sf_buf_char(e->sheet.out, '\n');
        e->column = 0;
    } else if (e->line_begun) {
        sf_buf_char(e->sheet.out, ' ');
        e->column++;
    }
    sf_buf_add(e->sheet.out, sf_buf_str(&e->word));
    e->column += e->word_width;
    e->line_begun = true;
    e->word.len = 0;
    e->word_width = 0;
}

static const char DIM[] = "2"; /* one address, so that equal styles are known */

/* Adds to the word; s is plain and has no space. A word as wide as the line ends there. */
static void put(explainer *e, sf_str s, const char *sgr) {
    int columns = sf_sheet_columns(s);
    if (e->word_width + columns > e->sheet.width)
        end_word(e);
    restyle(e, sgr);
    sf_buf_add(&e->word, s);
    e->word_width += columns;
}

static const char *style_now(const explainer *e) {
    return e->depth ? style_of(e->open[e->depth - 1].kind) : NULL;
}

static void open_mark(explainer *e, const mark *m) {
    static const char *const brackets[] = {"{", "[", "<", "/"};
    if (e->depth == DEPTH)
        return;
    e->open[e->depth++] = *m;
    put(e, sf_str_of(brackets[m->kind]), DIM);
}

static sf_str label_of(explainer *e, const mark *m) {
    sf_arena *arena = e->sheet.arena;
    if (m->kind == MARK_WHO)
        return sf_str_format(arena, "s%u", m->index + 1);
    if (m->kind == MARK_QUOTE)
        return sf_str_format(arena, "q%u", m->index + 1);
    if (m->kind == MARK_TIME) {
        sf_str value = sf_plain_line(arena, e->r->times.at[m->index].value);
        return value.len ? value : SF_STR("?");
    }
    return SF_STR("");
}

static void close_mark(explainer *e, const mark *m) {
    static const char *const brackets[] = {"}", "]", ">", "/"};
    put(e, sf_str_of(brackets[m->kind]), DIM);
    sf_str label = label_of(e, m);
    if (label.len)
        put(e, label, DIM);
}

/* Closes the marks that end at or before the place, innermost first. */
static void close_marks(explainer *e, uint32_t at) {
    for (size_t i = e->depth; i > 0; i--) {
        if (e->open[i - 1].span.end > at)
            continue;
        mark m = e->open[i - 1];
        memmove(&e->open[i - 1], &e->open[i], (e->depth - i) * sizeof *e->open);
        e->depth--;
        close_mark(e, &m);
    }
}

static void write_text(explainer *e, sf_span span) {
    sf_str text = e->r->clipping.text;
    size_t bytes;
    for (uint32_t i = span.begin; i < span.end; i += (uint32_t)bytes) {
        close_marks(e, i);
        for (; e->next < e->mark_count && e->marks[e->next].span.begin <= i; e->next++)
            if (e->marks[e->next].span.begin == i)
                open_mark(e, &e->marks[e->next]);
        char out[4];
        uint32_t code = sf_plain_code(text, i, &bytes);
        if (code == ' ')
            end_word(e);
        else if (code)
            put(e, (sf_str){out, sf_utf8_put(code, out)}, style_now(e));
    }
    close_marks(e, span.end);
    e->depth = 0;
    end_word(e);
    if (e->line_begun)
        sf_buf_char(e->sheet.out, '\n');
    e->line_begun = false;
    e->column = 0;
}

/* ---- reasons ---- */

static void note(explainer *e, sf_str label, sf_str line) {
    int columns = sf_sheet_columns(label);
    sf_sheet_spaces(&e->sheet, 2);
    sf_sheet_style(&e->sheet, "2");
    sf_buf_add(e->sheet.out, label);
    sf_sheet_spaces(&e->sheet, NOTE_INDENT - 2 - columns > 0 ? NOTE_INDENT - 2 - columns : 1);
    sf_sheet_fold(&e->sheet, line, NOTE_INDENT, 2);
    sf_sheet_style(&e->sheet, NULL);
}

/* True the first time. */
static bool is_new(explainer *e, uint64_t key) {
    key += key == 0;
    for (size_t at = key & (e->told_room - 1);; at = (at + 1) & (e->told_room - 1)) {
        if (e->told[at] == key)
            return false;
        if (e->told[at] == 0) {
            e->told[at] = key;
            return true;
        }
    }
}

static sf_str words_of(explainer *e, sf_span span) {
    return sf_plain_line(e->sheet.arena, sf_span_of(e->r->clipping.text, span));
}

static sf_str who(explainer *e, uint32_t subject) {
    const sofar_subject *s = &e->r->people.subjects[subject];
    return sf_str_format(e->sheet.arena, "%.*s (s%u)",
                         SF_ARG(sf_plain_line(e->sheet.arena, s->name)), subject + 1);
}

/* "Ruiz is Ana Ruiz, person: surname" */
static void explain_name(explainer *e, size_t i) {
    const sf_people *p = &e->r->people;
    const sofar_name *name = &p->names[i];
    sf_str words = words_of(e, name->span);
    uint64_t key = sf_str_hash(words) * 31 + name->subject;
    if (!is_new(e, key))
        return;
    const sofar_subject *s = &p->subjects[name->subject];
    sf_str full = sf_plain_line(e->sheet.arena, s->name);
    const char *why = p->why ? p->why[i] : NULL;
    note(e, sf_str_format(e->sheet.arena, "s%u", name->subject + 1),
         sf_str_equal(full, words)
             ? sf_str_format(e->sheet.arena, "%.*s: %s", SF_ARG(full), sf_subject_word(s->type))
             : sf_str_format(e->sheet.arena, "%.*s is %.*s, %s%s%s", SF_ARG(words), SF_ARG(full),
                             sf_subject_word(s->type), why ? ": " : "", why ? why : ""));
}

/* Where the words that tie the quote to its speaker stand. */
static const char *tie_of(const sofar_quote *q) {
    uint32_t first = q->spans[0].begin, last = q->spans[q->span_count - 1].end;
    if (q->cue.begin < q->cue.end)
        return q->cue.begin < first   ? "stands before the words"
               : q->cue.begin >= last ? "stands behind the words"
                                      : "stands between the words";
    return NULL;
}

static void explain_speaker(explainer *e, sf_buf *line, const sofar_quote *q) {
    sf_str words = words_of(e, q->speaker_span), cue = words_of(e, q->cue);
    const char *tie = tie_of(q);
    if (q->speaker != SOFAR_NOBODY)
        sf_buf_add(line, who(e, q->speaker));
    else
        sf_buf_printf(line, "nobody that the page names");
    if (words.len) {
        sf_buf_printf(line, " by “%.*s”", SF_ARG(words));
        uint32_t m = sf_who_mention(&e->r->people, e->r->clipping.text, q->speaker_span);
        if (m != SF_NONE && q->speaker != SOFAR_NOBODY && e->r->people.why)
            sf_buf_printf(line, " (%s)", e->r->people.why[m]);
    }
    if (tie)
        sf_buf_printf(line, ", since “%.*s” %s", SF_ARG(cue), tie);
    else if (words.len)
        sf_buf_printf(line, q->speaker_span.begin < q->spans[0].begin
                                ? ", since that leads to the words"
                                : ", since that stands behind the words");
    else if (q->speaker != SOFAR_NOBODY)
        sf_buf_printf(line, ", who speaks before it");
}

static void explain_quote(explainer *e, uint32_t i) {
    const sofar_quote *q = &e->r->quotes.at[i];
    if (!is_new(e, ((uint64_t)i + 1) << 32))
        return;
    sf_arena *arena = e->sheet.arena;
    sf_buf line = sf_buf_new(arena);
    sf_buf_printf(&line, "%s, ", sf_quote_word(q->kind));
    explain_speaker(e, &line, q);
    if (q->via.ptr)
        sf_buf_printf(&line, "; via %.*s", SF_ARG(sf_plain_line(arena, q->via)));
    if (q->to != SOFAR_NOBODY)
        sf_buf_printf(&line, "; to %.*s", SF_ARG(who(e, q->to)));
    if (q->when.ptr)
        sf_buf_printf(&line, "; when %.*s", SF_ARG(sf_plain_line(arena, q->when)));
    const char *place = e->r->quotes.place ? e->r->quotes.place[i] : NULL;
    if (place)
        sf_buf_printf(&line, " (%s)", place);
    note(e, sf_str_format(arena, "q%u", i + 1), sf_buf_str(&line));
}

static void explain_fact(explainer *e, size_t i) {
    const sofar_fact *f = &e->r->facts.at[i];
    sf_arena *arena = e->sheet.arena;
    sf_buf line = sf_buf_new(arena);
    sf_buf_add(&line, sf_plain_line(arena, f->type));
    for (size_t k = 0; k < f->role_count; k++) {
        const sofar_role *role = &f->roles[k];
        sf_str value = role->subject != SOFAR_NOBODY ? who(e, role->subject)
                                                     : sf_plain_line(arena, role->value);
        sf_buf_printf(&line, "%s %.*s=%.*s", k ? "," : ":",
                      SF_ARG(sf_plain_line(arena, role->name)), SF_ARG(value));
    }
    sf_buf_printf(&line, "; %s", sf_claim_word(f->status));
    if (f->when.ptr)
        sf_buf_printf(&line, ", when %.*s", SF_ARG(sf_plain_line(arena, f->when)));
    if (f->by != SOFAR_NOBODY)
        sf_buf_printf(&line, ", says %.*s", SF_ARG(who(e, f->by)));
    for (size_t k = 0; k < f->receipt_count; k++)
        sf_buf_printf(&line, "%s “%.*s”", k ? " …" : ":", SF_ARG(words_of(e, f->receipts[k])));
    note(e, sf_str_format(arena, "f%zu", i + 1), sf_buf_str(&line));
}

/* Facts whose first receipt begins in the block; they come in no order of place. */
typedef struct placed {
    uint32_t begin;
    uint32_t fact;
} placed;

static int by_begin(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

static placed *place_facts(explainer *e) {
    const sf_facts *facts = &e->r->facts;
    placed *out = SF_ARRAY(e->sheet.arena, placed, facts->count + 1);
    for (size_t i = 0; i < facts->count; i++)
        out[i] =
            (placed){facts->at[i].receipt_count ? facts->at[i].receipts[0].begin : 0, (uint32_t)i};
    if (facts->count)
        qsort(out, facts->count, sizeof *out, by_begin);
    return out;
}

/* ---- the page ---- */

static void head(explainer *e) {
    const sofar_clipping *c = &e->r->clipping;
    sf_sheet *p = &e->sheet;
    sf_str day = c->published.len ? sf_plain_day(p->arena, c->published) : SF_STR("undated");
    sf_sheet_style(p, "1");
    sf_sheet_fold(p, sf_plain_title(p->arena, c->title, c->url, c->file), 0, 0);
    sf_sheet_paragraph(p,
                       sf_str_format(p->arena, "%.*s, %.*s (%s)",
                                     SF_ARG(sf_plain_outlet(p->arena, c->outlet, c->url, c->file)),
                                     SF_ARG(day), sf_origin_word(c->published_from)),
                       0, NULL);
    for (size_t i = 0; i < c->note_count; i++)
        sf_sheet_paragraph(p, sf_plain_line(p->arena, c->notes[i]), 0, "2");
}

/* The places of mentions and epithets, each list in order. */
typedef struct walk {
    size_t name, epithet, quote_mark, fact;
} walk;

static void explain_block(explainer *e, sf_span block, walk *w, const placed *facts) {
    const sf_people *p = &e->r->people;
    for (; w->epithet < p->epithet_count; w->epithet++) {
        if (p->names[p->name_count + w->epithet].span.begin >= block.end)
            break;
        explain_name(e, p->name_count + w->epithet);
    }
    for (; w->name < p->name_count && p->names[w->name].span.begin < block.end; w->name++)
        explain_name(e, w->name);
    for (; w->quote_mark < e->mark_count && e->marks[w->quote_mark].span.begin < block.end;
         w->quote_mark++)
        if (e->marks[w->quote_mark].kind == MARK_QUOTE)
            explain_quote(e, e->marks[w->quote_mark].index);
    for (; w->fact < e->r->facts.count && facts[w->fact].begin < block.end; w->fact++)
        explain_fact(e, facts[w->fact].fact);
}

static void page(explainer *e) {
    const sofar_clipping *c = &e->r->clipping;
    walk w = {0};
    size_t things = name_count(&e->r->people) + e->r->quotes.count;
    for (e->told_room = 16; e->told_room < 2 * things + 2;)
        e->told_room *= 2;
    e->told = SF_ARRAY(e->sheet.arena, uint64_t, e->told_room);
    e->word = sf_buf_new(e->sheet.arena);
    collect(e);
    placed *facts = place_facts(e);
    head(e);
    for (size_t i = 0; i < c->block_count; i++) {
        sf_buf_char(e->sheet.out, '\n');
        write_text(e, c->blocks[i].span);
        explain_block(e, c->blocks[i].span, &w, facts);
    }
}

sofar_status sf_show_explain(sofar_reading *r, sf_terminal terminal, sf_str *out,
                             sofar_error *err) {
    if (setjmp(r->escape))
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory while explaining the page",
                       SF_ARG(r->clipping.file));
    sf_buf buf = sf_buf_new(&r->arena);
    explainer e = {.sheet = sf_sheet_new(&buf, terminal), .r = r};
    page(&e);
    *out = sf_buf_str(&buf);
    return SOFAR_OK;
}
