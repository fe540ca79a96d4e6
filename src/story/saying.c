/* Pages one by one give rows, equal words of one speaker make one saying. What a row keeps of its
 * page is copied: the page goes when the next one comes. */
#include "story/saying.h"

#include <stdlib.h>

#include "story/decision.h"
#include "story/inner.h"

enum { LONGEST_NAME = 1000 };

typedef struct row {
    sf_saying saying; /* without receipts */
    sf_receipt receipt;
    size_t page;
} row;

typedef struct names_of { /* somebody's names; none if nobody was asked for */
    sf_str *at;
    size_t count;
} names_of;

typedef struct gathering {
    sf_arena *arena, scratch; /* scratch: of one page */
    const sf_asked *asked;
    sf_decisions decisions;
    names_of subject, speaker, about;
    sf_fold level;
    sf_interval since, until, as_of;
    size_t pages, read;
    size_t *listed; /* of each subject of the page: the row that listed it last, plus one */
    sf_vec(row) rows;
    sf_vec(sf_said) said; /* of each row */
    sf_vec(sf_saying) told;
} gathering;

/* ---- one quote of one page ---- */

static sf_str keep(gathering *g, sf_str s) { return s.ptr ? sf_str_copy(g->arena, s) : SF_ABSENT; }

static bool is_pronoun(sf_str words) {
    static const char *const all[] = {"he", "she", "they", "it", "we", "i", "you", "who"};
    for (size_t i = 0; i < SF_LEN(all); i++)
        if (sf_str_equal_ci(words, sf_str_of(all[i])))
            return true;
    return false;
}

static size_t count_words(sf_str s) {
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < s.len; i++) {
        bool space = sf_is_space(s.ptr[i]);
        n += inside && space;
        inside = !space;
    }
    return n + inside;
}

static void list_about(gathering *g, const sf_capture *c, const sofar_quote *q, sf_saying *out) {
    sf_vec(sf_str) names = {0};
    for (size_t k = 0; k < q->span_count; k++)
        for (size_t i = sf_who_name_from(c->names, c->name_count, q->spans[k].begin);
             i < c->name_count && c->names[i].span.begin < q->spans[k].end; i++) {
            uint32_t subject = c->names[i].subject;
            if (subject == q->speaker || g->listed[subject] == g->rows.count + 1)
                continue;
            g->listed[subject] = g->rows.count + 1;
            *SF_PUSH(g->arena, &names) = keep(g, c->subjects[subject].name);
        }
    out->about = names.at;
    out->about_count = names.count;
}

static sf_receipt kept_receipt(gathering *g, sf_view *view, sf_span span) {
    sf_receipt r = sf_story_receipt(view, span);
    r.context = keep(g, r.context);
    r.exact = sf_span_of(r.context, r.in_context);
    r.url = keep(g, r.url), r.file = keep(g, r.file), r.outlet = keep(g, r.outlet);
    r.title = keep(g, r.title), r.published = keep(g, r.published);
    r.sha256 = sf_str_copy(g->arena, sf_str_of(r.sha256)).ptr;
    r.page = NULL; /* it goes when the next one comes */
    return r;
}

static void take(gathering *g, sf_view *view, const sofar_quote *q) {
    const sf_capture *c = view->capture;
    sf_span span = {q->spans[0].begin, q->spans[q->span_count - 1].end};
    sf_str text = c->clipping.text, words = sf_span_of(text, q->speaker_span);
    row r = {.page = g->read};
    sf_saying *s = &r.saying;
    s->text = sf_story_pieces(g->arena, text, q, SF_STR(" ... "));
    s->kind = q->kind;
    for (size_t i = 0; i < q->span_count; i++)
        s->words += count_words(sf_span_of(text, q->spans[i]));
    s->via = keep(g, q->via), s->when = keep(g, q->when);
    if (q->to != SOFAR_NOBODY)
        s->to = keep(g, c->subjects[q->to].name);
    if (q->speaker != SOFAR_NOBODY)
        s->speaker = keep(g, c->subjects[q->speaker].name);
    else if (words.len && !is_pronoun(words))
        s->described = keep(g, words);
    list_about(g, c, q, s);
    r.receipt = kept_receipt(g, view, span);
    r.receipt.relayed = sf_story_is_relayed(&g->scratch, c, q->via);
    *SF_PUSH(g->arena, &g->said) = (sf_said){
        sf_story_said_words(g->arena, s->text),
        s->speaker.ptr ? sf_text_fold_words(g->arena, s->speaker) : SF_ABSENT, g->rows.count};
    *SF_PUSH(g->arena, &g->rows) = r;
}

/* ---- what was asked for ---- */

static bool in_time(const gathering *g, const sofar_clipping *c, const sofar_quote *q) {
    if (!g->asked->since.year && !g->asked->until.year)
        return true;
    sf_interval days;
    if (!(q->when.ptr && sf_interval_parse(q->when, &days)) &&
        !(c->published.ptr && sf_interval_parse(c->published, &days)))
        return false;
    return days.first >= g->since.first && days.last <= g->until.last;
}

static bool said_about(const sf_view *view, const sofar_quote *q) {
    sf_span span = {q->spans[0].begin, q->spans[q->span_count - 1].end};
    return sf_story_mentioned(view, sf_story_context(view->capture, span));
}

/* Was the page there by the day it is asked for? An undated one decides nothing. */
static bool was_there(const gathering *g, const sofar_clipping *c) {
    sf_interval days;
    return !g->asked->as_of.year || (c->published.ptr && sf_interval_parse(c->published, &days) &&
                                     days.last <= g->as_of.last);
}

/* The page from somebody who goes by these names; from nobody in particular if there are none. */
static sf_view seen_from(gathering *g, const sf_capture *c, const names_of *who) {
    sf_str *needles = SF_ARRAY(&g->scratch, sf_str, who->count);
    size_t count = 0;
    for (size_t i = 0; i < who->count; i++)
        if (!sf_decisions_elsewhere(&g->scratch, &g->decisions, c, who->at[0], who->at[i]))
            needles[count++] = sf_text_fold(&g->scratch, who->at[i], g->level).text;
    return who->count ? sf_story_view(&g->scratch, c, needles, count, g->level)
                      : (sf_view){.capture = c};
}

static void visit(void *ctx, const sf_capture *read) {
    gathering *g = ctx;
    if (!was_there(g, &read->clipping))
        return;
    g->read++;
    g->scratch.escape = g->arena->escape;
    sf_arena_reset(&g->scratch);
    sf_capture decided = *read;
    const sf_capture *c = &decided;
    sf_decisions_apply(&g->scratch, &g->decisions, &decided);
    sf_view plain = {.capture = c}, subject = seen_from(g, c, &g->subject),
            speaker = seen_from(g, c, &g->speaker), about = seen_from(g, c, &g->about);
    if ((g->subject.count && !subject.names_it) || (g->speaker.count && !speaker.names_it) ||
        (g->about.count && !about.names_it))
        return;
    g->pages++;
    g->listed = SF_ARRAY(&g->scratch, size_t, c->subject_count + 1);
    for (size_t i = 0; i < c->quote_count; i++) {
        const sofar_quote *q = &c->quotes[i];
        if (in_time(g, &c->clipping, q) &&
            (!g->subject.count || sf_story_said_by(&subject, q) || said_about(&subject, q)) &&
            (!g->speaker.count || sf_story_said_by(&speaker, q)) &&
            (!g->about.count || (!sf_story_said_by(&about, q) && said_about(&about, q))))
            take(g, &plain, q);
    }
}

/* ---- rows to sayings ---- */

static void tell(void *ctx, const sf_said *group, size_t count) {
    gathering *g = ctx;
    const row *rows = g->rows.at;
    sf_saying out = rows[group[0].number].saying;
    out.receipts = SF_ARRAY(g->arena, sf_receipt, count);
    for (size_t i = 0; i < count; i++) {
        const row *r = &rows[group[i].number];
        const sf_saying *s = &r->saying;
        if (sf_story_is_fuller(s->speaker, out.speaker))
            out.speaker = s->speaker;
        if (!out.described.ptr)
            out.described = s->described;
        if (!out.via.ptr)
            out.via = s->via;
        if (!out.to.ptr)
            out.to = s->to;
        if (!out.when.ptr)
            out.when = s->when;
        /* a page that repeats itself tells it once */
        if (i == 0 || r->page != rows[group[i - 1].number].page)
            out.receipts[out.receipt_count++] = r->receipt;
    }
    if (out.speaker.ptr)
        out.described = SF_ABSENT;
    *SF_PUSH(g->arena, &g->told) = out;
}

static int by_time(const void *a, const void *b) {
    const sf_saying *x = a, *y = b;
    int order =
        sf_story_compare_when(sf_story_when(x->when.ptr ? x->when : x->receipts[0].published),
                              sf_story_when(y->when.ptr ? y->when : y->receipts[0].published));
    if (!order)
        order = sf_str_compare(x->text, y->text);
    return order ? order : sf_str_compare(x->speaker, y->speaker);
}

static void join(gathering *g, sf_sayings *out) {
    sf_story_join_said(g->arena, g->said.at, g->said.count, tell, g);
    if (g->told.count)
        qsort(g->told.at, g->told.count, sizeof *g->told.at, by_time);
    *out = (sf_sayings){g->told.at, g->told.count, g->pages};
}

/* ---- the way through ---- */

/* The names by which what was asked for goes, after the decisions. */
static names_of names_for(gathering *g, sf_str name) {
    names_of out = {0};
    if (name.ptr) {
        name = sf_decisions_name(g->arena, &g->decisions, sf_str_fold_space(g->arena, name));
        sf_decisions_names(g->arena, &g->decisions, name, &out.at, &out.count);
    }
    return out;
}

static sofar_status gather(sf_store *store, gathering *g, sf_fold level, sofar_error *err) {
    const sf_asked *a = g->asked;
    sofar_status status = sf_decisions_load(store, g->arena, &g->decisions, err);
    if (status)
        return status;
    g->level = level;
    g->subject = names_for(g, a->subject);
    g->speaker = names_for(g, a->speaker);
    g->about = names_for(g, a->about);
    const names_of *by = g->subject.count   ? &g->subject
                         : g->speaker.count ? &g->speaker
                                            : &g->about;
    /* The store looks for one name; who was decided to have several is looked for on all pages. */
    return sf_store_each(store, g->arena, by->count == 1 ? by->at[0] : SF_ABSENT, visit, g, err);
}

static sofar_status check_name(sf_str name, sofar_error *err) {
    if (!name.ptr)
        return SOFAR_OK;
    if (name.len > LONGEST_NAME)
        return sf_fail(err, SOFAR_ERR_USAGE, "a name has at most %d bytes", LONGEST_NAME);
    return sf_str_trim(name).len ? SOFAR_OK
                                 : sf_fail(err, SOFAR_ERR_USAGE, "an empty name names nobody");
}

static void set_bounds(gathering *g) {
    g->since.first = INT32_MIN;
    g->until.last = INT32_MAX;
    if (g->asked->since.year)
        sf_interval_parse(sf_date_format(g->arena, g->asked->since), &g->since);
    if (g->asked->as_of.year)
        sf_interval_parse(sf_date_format(g->arena, g->asked->as_of), &g->as_of);
    if (g->asked->until.year)
        sf_interval_parse(sf_date_format(g->arena, g->asked->until), &g->until);
}

sofar_status sf_story_sayings(sf_store *store, sf_arena *arena, const sf_asked *asked,
                              sf_sayings *out, sofar_error *err) {
    sofar_status status = check_name(asked->subject, err);
    if (!status)
        status = check_name(asked->speaker, err);
    if (!status)
        status = check_name(asked->about, err);
    if (status)
        return status;
    gathering g = {.arena = arena, .asked = asked};
    sf_arena_init(&g.scratch, arena->memory, NULL);
    jmp_buf here, *outer = arena->escape;
    arena->escape = &here;
    if (setjmp(here) == 0) {
        set_bounds(&g);
        status = gather(store, &g, SF_FOLD_TYPE, err);
        if (!status && g.pages == 0) /* in other case, without accents? */
            status = gather(store, &g, SF_FOLD_ALL, err);
        if (!status)
            join(&g, out);
    } else {
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while gathering quotes");
    }
    arena->escape = outer;
    sf_arena_clear(&g.scratch);
    return status;
}
