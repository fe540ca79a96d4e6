/* Pages one by one give rows, equal words of one speaker make one saying. What a row keeps of its
 * page is copied: the page goes when the next one comes. */
#include "story/saying.h"

#include <stdlib.h>

#include "story/inner.h"

enum { LONGEST_NAME = 1000 };

typedef struct row {
    sf_str key;         /* normalised words: what makes two of them one */
    sf_str speaker_key; /* normalised; absent if the page names nobody */
    sf_saying saying;   /* without receipts */
    sf_receipt receipt;
    bool relayed;
    size_t page, number; /* number: of the row, in the order of pages and places */
} row;

typedef struct gathering {
    sf_arena *arena, scratch; /* scratch: of one page */
    const sf_asked *asked;
    sf_str subject, speaker, about; /* folded; absent if not asked for */
    sf_fold level;
    sf_interval since, until;
    size_t pages, read;
    size_t *listed; /* of each subject of the page: the row that listed it last, plus one */
    sf_vec(row) rows;
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

static sf_str without_article(sf_str words) {
    return sf_str_starts(words, SF_STR("the ")) ? sf_str_sub(words, 4, words.len) : words;
}

/* "harbour post" and "the harbour post", "popsicle" and "popsicle magazine" */
static bool same_outlet(sf_str a, sf_str b) {
    a = without_article(a), b = without_article(b);
    if (a.len > b.len) {
        sf_str c = a;
        a = b, b = c;
    }
    if (!a.len || sf_str_equal(a, b))
        return a.len > 0;
    size_t at = sf_str_find(b, a, 0);
    return at != SIZE_MAX && (at == 0 || b.ptr[at - 1] == ' ') &&
           (at + a.len == b.len || b.ptr[at + a.len] == ' ');
}

/* Is it the page's own address: "variety" in https://variety.com/? */
static bool names_host(sf_arena *arena, sf_str words, sf_str url) {
    size_t begin = sf_str_find(url, SF_STR("://"), 0);
    if (begin == SIZE_MAX)
        return false;
    size_t end = sf_str_find(url, SF_STR("/"), begin + 3);
    sf_buf host = sf_buf_new(arena), name = sf_buf_new(arena);
    for (size_t i = begin + 3; i < (end == SIZE_MAX ? url.len : end); i++)
        if (url.ptr[i] != '-')
            sf_buf_char(&host, sf_lower(url.ptr[i]));
    words = without_article(words);
    for (size_t i = 0; i < words.len; i++)
        if (words.ptr[i] != ' ')
            sf_buf_char(&name, words.ptr[i]);
    return name.len > 2 && sf_str_find(sf_buf_str(&host), sf_buf_str(&name), 0) != SIZE_MAX;
}

/* Told to an outlet that is not the page's: not on a platform or at an event. */
static bool is_relayed(sf_arena *arena, const sf_capture *c, sf_str via) {
    if (!via.ptr || sf_quote_is_platform(via))
        return false;
    for (size_t i = 0; i < c->subject_count; i++)
        if (sf_str_equal(c->subjects[i].name, via) &&
            (c->subjects[i].type == SOFAR_EVENT || c->subjects[i].type == SOFAR_PLACE))
            return false;
    sf_str words = sf_story_words(arena, via);
    return !same_outlet(words, sf_story_words(arena, c->clipping.outlet)) &&
           !names_host(arena, words, c->clipping.url);
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
    return r;
}

static void take(gathering *g, sf_view *view, const sofar_quote *q) {
    const sf_capture *c = view->capture;
    sf_span span = {q->spans[0].begin, q->spans[q->span_count - 1].end};
    sf_str text = c->clipping.text, words = sf_span_of(text, q->speaker_span);
    row r = {.page = g->read, .number = g->rows.count};
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
    r.key = sf_story_words(g->arena, s->text);
    if (r.key.len == 0) /* only marks: equal only to itself */
        r.key = s->text;
    r.speaker_key = s->speaker.ptr ? sf_story_words(g->arena, s->speaker) : SF_ABSENT;
    r.receipt = kept_receipt(g, view, span);
    r.relayed = is_relayed(&g->scratch, c, q->via);
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

/* The page's words for the speaker are the name, though no subject was made of them. */
static bool said_by(const sf_view *view, const sofar_quote *q) {
    if (q->speaker != SOFAR_NOBODY)
        return view->is_subject[q->speaker];
    for (size_t i = 0; i < view->mentions.count; i++)
        if (view->mentions.at[i].begin == q->speaker_span.begin &&
            view->mentions.at[i].end == q->speaker_span.end)
            return true;
    return false;
}

static bool said_about(const sf_view *view, const sofar_quote *q) {
    sf_span span = {q->spans[0].begin, q->spans[q->span_count - 1].end};
    return sf_story_mentioned(view, sf_story_context(view->capture, span));
}

static void visit(void *ctx, const sf_capture *c) {
    gathering *g = ctx;
    sf_view plain = {.capture = c}, subject = plain, speaker = plain, about = plain;
    g->read++;
    g->scratch.escape = g->arena->escape;
    sf_arena_reset(&g->scratch);
    if (g->subject.ptr)
        subject = sf_story_view(&g->scratch, c, &g->subject, 1, g->level);
    if (g->speaker.ptr)
        speaker = sf_story_view(&g->scratch, c, &g->speaker, 1, g->level);
    if (g->about.ptr)
        about = sf_story_view(&g->scratch, c, &g->about, 1, g->level);
    if ((g->subject.ptr && !subject.names_it) || (g->speaker.ptr && !speaker.names_it) ||
        (g->about.ptr && !about.names_it))
        return;
    g->pages++;
    g->listed = SF_ARRAY(&g->scratch, size_t, c->subject_count + 1);
    for (size_t i = 0; i < c->quote_count; i++) {
        const sofar_quote *q = &c->quotes[i];
        if (in_time(g, &c->clipping, q) &&
            (!g->subject.ptr || said_by(&subject, q) || said_about(&subject, q)) &&
            (!g->speaker.ptr || said_by(&speaker, q)) &&
            (!g->about.ptr || (!said_by(&about, q) && said_about(&about, q))))
            take(g, &plain, q);
    }
}

/* ---- rows to sayings ---- */

static int by_words(const void *a, const void *b) {
    const row *x = a, *y = b;
    int order = sf_str_compare(x->key, y->key);
    return order ? order : sf_story_compare(x->number, y->number);
}

static int by_speaker(const void *a, const void *b) {
    const row *x = a, *y = b;
    int order = sf_str_compare(x->speaker_key, y->speaker_key);
    return order ? order : sf_story_compare(x->number, y->number);
}

static bool is_fuller(sf_str a, sf_str b) {
    return a.ptr && (a.len > b.len || (a.len == b.len && sf_str_compare(a, b) < 0));
}

static sf_saying tell(sf_arena *arena, const row *rows, size_t count) {
    sf_saying out = rows[0].saying;
    out.receipts = SF_ARRAY(arena, sf_receipt, count);
    out.relayed = SF_ARRAY(arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        const sf_saying *s = &rows[i].saying;
        if (is_fuller(s->speaker, out.speaker))
            out.speaker = s->speaker;
        if (!out.described.ptr)
            out.described = s->described;
        if (!out.via.ptr)
            out.via = s->via;
        if (!out.to.ptr)
            out.to = s->to;
        if (!out.when.ptr)
            out.when = s->when;
        if (i && rows[i].page == rows[i - 1].page) /* a page that repeats itself tells it once */
            continue;
        out.receipts[out.receipt_count] = rows[i].receipt;
        out.relayed[out.receipt_count++] = rows[i].relayed;
    }
    if (out.speaker.ptr)
        out.described = SF_ABSENT;
    return out;
}

/* Who said these words, where pages differ only in how much of the name they give. */
static void join_speakers(sf_arena *arena, row *group, size_t count) {
    sf_story_join_names(arena, &group->speaker_key, count, sizeof *group);
    qsort(group, count, sizeof *group, by_speaker);
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
    sf_vec(sf_saying) told = {0};
    row *rows = g->rows.at;
    size_t count = g->rows.count;
    if (count)
        qsort(rows, count, sizeof *rows, by_words);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && sf_str_equal(rows[end].key, rows[i].key);)
            end++;
        join_speakers(g->arena, rows + i, end - i);
        for (size_t k = i, stop; k < end; k = stop) {
            for (stop = k + 1;
                 stop < end && sf_str_equal(rows[stop].speaker_key, rows[k].speaker_key);)
                stop++;
            *SF_PUSH(g->arena, &told) = tell(g->arena, rows + k, stop - k);
        }
    }
    if (told.count)
        qsort(told.at, told.count, sizeof *told.at, by_time);
    *out = (sf_sayings){told.at, told.count, g->pages};
}

/* ---- the way through ---- */

static sf_str folded(gathering *g, sf_str name) {
    return name.ptr ? sf_story_fold(g->arena, sf_str_fold_space(g->arena, name), g->level).text
                    : SF_ABSENT;
}

static sofar_status gather(sf_store *store, gathering *g, sf_fold level, sofar_error *err) {
    const sf_asked *a = g->asked;
    sf_str name = a->subject.ptr ? a->subject : a->speaker.ptr ? a->speaker : a->about;
    g->level = level;
    g->subject = folded(g, a->subject);
    g->speaker = folded(g, a->speaker);
    g->about = folded(g, a->about);
    if (name.ptr)
        name = sf_str_fold_space(g->arena, name);
    return sf_store_each(store, g->arena, name, visit, g, err);
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
