/* The store finds the pages; here is where on them the words stand, and what is said there. */
#include "story/search.h"

#include <stdlib.h>

#include "story/inner.h"

enum {
    MOST_PHRASES = 32,
    MOST_PASSAGES = 100, /* of a page */
    WHOLE = 400,         /* bytes of a paragraph that is shown whole */
    SIDE = 160,          /* bytes around the words of a longer one */
    APART = 240          /* bytes between words that are two passages */
};

typedef struct finder {
    sf_arena *arena;
    const sf_lore *lore;
    sf_str needles[MOST_PHRASES]; /* folded */
    size_t needle_count, most;
    sf_vec(sf_found) found;
} finder;

/* ---- what to look for ---- */

/* What is only marks is left out. */
static void add(sf_arena *arena, sf_str phrase, sf_search *out) {
    phrase = sf_str_fold_space(arena, phrase);
    if (sf_text_fold_words(arena, phrase).len && out->phrase_count < MOST_PHRASES)
        out->phrases[out->phrase_count++] = phrase;
}

static void parse(sf_arena *arena, sf_str words, sf_search *out) {
    *out = (sf_search){.phrases = SF_ARRAY(arena, sf_str, MOST_PHRASES)};
    while (words.len) {
        size_t quote = sf_str_find(words, SF_STR("\""), 0);
        sf_str ahead = sf_str_sub(words, 0, quote);
        for (sf_str word; (word = sf_str_take_word(&ahead)).len;)
            add(arena, word, out);
        if (quote == SIZE_MAX)
            break;
        size_t end = sf_str_find(words, SF_STR("\""), quote + 1);
        add(arena, sf_str_sub(words, quote + 1, end), out);
        words = end == SIZE_MAX ? SF_STR("") : sf_str_sub(words, end + 1, words.len);
    }
}

/* ---- where it stands ---- */

static int by_place(const void *a, const void *b) {
    const sf_span *x = a, *y = b;
    int order = sf_story_compare(x->begin, y->begin);
    return order ? order : sf_story_compare(x->end, y->end);
}

/* In order; those that touch are one. */
static sf_spans marks_of(finder *f, sf_str text) {
    sf_spans all = {0};
    size_t kept = 0;
    for (size_t n = 0; n < f->needle_count; n++)
        sf_text_fold_find(f->arena, text, f->needles[n], SF_FOLD_ALL, &all);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_place);
    for (size_t i = 0; i < all.count; i++)
        if (kept && all.at[i].begin <= all.at[kept - 1].end)
            all.at[kept - 1].end =
                all.at[i].end > all.at[kept - 1].end ? all.at[i].end : all.at[kept - 1].end;
        else
            all.at[kept++] = all.at[i];
    all.count = kept;
    return all;
}

/* The paragraph of the marks, or of a long one the words around them, whole words. */
static sf_span window(const sf_capture *c, sf_span first, sf_span last) {
    sf_str text = c->clipping.text;
    sf_span block = sf_story_context(c, (sf_span){first.begin, last.end}), out = block;
    if (block.end - block.begin <= WHOLE)
        return block;
    if (first.begin - block.begin > SIDE) {
        out.begin = first.begin - SIDE;
        while (out.begin < first.begin && text.ptr[out.begin - 1] != ' ')
            out.begin++;
    }
    if (block.end - last.end > SIDE) {
        out.end = last.end + SIDE;
        while (out.end > last.end && text.ptr[out.end] != ' ')
            out.end--;
    }
    return out;
}

/* ---- what is said there ---- */

static sf_str keep(finder *f, sf_str s) { return s.ptr ? sf_str_copy(f->arena, s) : SF_ABSENT; }

static sf_told_fact tell_fact(finder *f, const sf_capture *c, const sofar_fact *fact) {
    const sf_kind *kind = sf_lore_kind(f->lore, fact->type);
    sf_told_fact out = {.type = keep(f, fact->type),
                        .roles = SF_ARRAY(f->arena, sf_told_role, fact->role_count),
                        .when = keep(f, fact->when),
                        .status = fact->status};
    for (size_t r = 0; r < fact->role_count; r++) {
        const sofar_role *role = &fact->roles[r];
        bool subject = role->subject != SOFAR_NOBODY;
        out.roles[out.role_count++] = (sf_told_role){
            .name = keep(f, role->name),
            .value = keep(f, subject ? c->subjects[role->subject].name : role->value),
            .subject = subject ? role->subject + 1 : 0,
            .type = subject ? c->subjects[role->subject].type : SOFAR_OTHER};
    }
    if (fact->by != SOFAR_NOBODY)
        out.by = keep(f, c->subjects[fact->by].name);
    if (kind)
        sf_story_choose_words(kind, &out);
    return out;
}

static void list_facts(finder *f, const sf_capture *c, sf_passage *p) {
    sf_vec(sf_told_fact) out = {0};
    for (size_t i = 0; i < c->fact_count; i++) {
        bool here = false;
        for (size_t r = 0; r < c->facts[i].receipt_count; r++)
            here |= sf_span_overlaps(c->facts[i].receipts[r], p->place.span);
        if (here)
            *SF_PUSH(f->arena, &out) = tell_fact(f, c, &c->facts[i]);
    }
    p->facts = out.at;
    p->fact_count = out.count;
}

static void list_quotes(finder *f, const sf_capture *c, sf_passage *p) {
    sf_vec(sf_told_quote) out = {0};
    for (size_t i = 0; i < c->quote_count; i++) {
        const sofar_quote *q = &c->quotes[i];
        bool here = false;
        for (size_t k = 0; k < q->span_count; k++)
            here |= sf_span_overlaps(q->spans[k], p->place.span);
        if (!here)
            continue;
        sf_str speaker = q->speaker != SOFAR_NOBODY ? c->subjects[q->speaker].name : SF_ABSENT;
        *SF_PUSH(f->arena, &out) =
            (sf_told_quote){.speaker = keep(f, speaker),
                            .text = sf_story_pieces(f->arena, c->clipping.text, q, SF_STR(" ... ")),
                            .kind = q->kind,
                            .via = keep(f, q->via),
                            .when = keep(f, q->when)};
    }
    p->quotes = out.at;
    p->quote_count = out.count;
}

/* ---- a page ---- */

static sf_receipt page_of(finder *f, const sf_capture *c) {
    return (sf_receipt){.url = keep(f, c->clipping.url),
                        .file = keep(f, c->clipping.file),
                        .outlet = keep(f, c->clipping.outlet),
                        .title = keep(f, c->clipping.title),
                        .published = keep(f, c->clipping.published),
                        .sha256 = sf_str_copy(f->arena, sf_str_of(c->clipping.sha256)).ptr};
}

static sf_passage passage(finder *f, const sf_capture *c, const sf_receipt *page,
                          const sf_span *marks, size_t count) {
    sf_passage p = {.place = *page, .marks = SF_ARRAY(f->arena, sf_span, count)};
    sf_span span = window(c, marks[0], marks[count - 1]);
    p.place.span = span;
    p.place.exact = p.place.context = keep(f, sf_span_of(c->clipping.text, span));
    p.place.in_context = (sf_span){0, span.end - span.begin};
    for (size_t i = 0; i < count; i++)
        p.marks[p.mark_count++] = (sf_span){marks[i].begin - span.begin, marks[i].end - span.begin};
    list_facts(f, c, &p);
    list_quotes(f, c, &p);
    return p;
}

static bool together(const sf_capture *c, sf_span a, sf_span b) {
    sf_span block = sf_story_context(c, a);
    return b.end <= block.end && (b.begin - a.end <= APART || block.end - block.begin <= WHOLE);
}

static bool want(void *ctx, const sf_capture *c) {
    finder *f = ctx;
    sf_spans marks = marks_of(f, c->clipping.text);
    sf_found page = {.page = page_of(f, c)};
    sf_vec(sf_passage) passages = {0};
    for (size_t i = 0, end; i < marks.count && passages.count < MOST_PASSAGES; i = end) {
        for (end = i + 1; end < marks.count && together(c, marks.at[end - 1], marks.at[end]);)
            end++;
        sf_passage p = passage(f, c, &page.page, marks.at + i, end - i);
        *SF_PUSH(f->arena, &passages) = p;
    }
    page.passages = passages.at;
    page.passage_count = passages.count;
    *SF_PUSH(f->arena, &f->found) = page;
    return f->found.count < f->most;
}

sofar_status sf_story_search(sf_store *store, sf_arena *arena, sf_str words, sf_date as_of,
                             size_t most, sf_search *out, sofar_error *err) {
    finder f = {.arena = arena, .most = most};
    jmp_buf here, *outer = arena->escape;
    sofar_status status;
    arena->escape = &here;
    if (setjmp(here) == 0) {
        f.lore = sf_story_lore(arena);
        parse(arena, words, out);
        for (size_t i = 0; i < out->phrase_count; i++)
            f.needles[f.needle_count++] = sf_text_fold(arena, out->phrases[i], SF_FOLD_ALL).text;
        status = sf_store_search(store, arena, out->phrases, out->phrase_count, as_of, want, &f,
                                 &out->total, err);
        out->at = f.found.at;
        out->count = f.found.count;
    } else {
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while searching");
    }
    arena->escape = outer;
    return status;
}
