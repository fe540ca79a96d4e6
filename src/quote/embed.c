/* Quotations without marks: a post or letter set off as a block. Only what is signed, or led to by
 * a colon, is taken; a block quote that nobody is named for stays text. */
#include "quote/embed.h"

enum { TAIL = 24 }; /* items in a signature, at most */

typedef struct group {
    uint32_t first, end; /* blocks [first, end), all of kind quote */
    uint32_t sign;       /* the item of the signature's dash, or SF_NONE */
    sf_span speaker;     /* its name */
    sf_str when;
} group;

static char mark(const sf_scene *s, uint32_t i) { return s->items[i].mark; }

/* A date among the words of items [first, end), or absent. */
static sf_str date_in(const sf_scene *s, uint32_t first, uint32_t end) {
    uint32_t begin = s->items[first].span.begin, stop = s->items[end - 1].span.end;
    size_t low = 0, high = s->times->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->times->at[mid].span.begin < begin)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < s->times->count && s->times->at[low].span.end <= stop; low++)
        if (s->times->at[low].type == SOFAR_DATE && s->times->at[low].value.ptr)
            return s->times->at[low].value;
    return SF_ABSENT;
}

/* A dash, a name in capitals, then only brackets, handles and a date up to the block's end. */
static bool signature(const sf_scene *s, uint32_t dash, uint32_t end, group *g) {
    uint32_t i = dash + 1, name_end = i;
    while (name_end < end && (s->items[name_end].capital || mark(s, name_end) == '.'))
        name_end++;
    if (name_end == i || name_end - i > 6)
        return false;
    bool handle = false;
    for (uint32_t k = name_end; k < end; k++) {
        sf_str w = sf_item_str(s, k);
        handle = handle || (w.len > 1 && w.ptr[0] == '@');
        bool date = w.len > 0 && (sf_is_digit(w.ptr[0]) || sf_item_is(s, k, SF_CUE_MONTHLIKE));
        if (!date && !mark(s, k) && !(w.len > 1 && w.ptr[0] == '@'))
            return false;
    }
    while (name_end > i + 1 && sf_item_is(s, name_end - 1, SF_CUE_MONTHLIKE))
        name_end--;
    sf_span name = {s->items[i].span.begin, s->items[name_end - 1].span.end}, words = name;
    if (!handle && sf_speaker_subject(s, &words) == SOFAR_NOBODY)
        return false; /* "— The End" */
    g->sign = dash;
    g->speaker = name;
    g->when = date_in(s, i, end);
    return true;
}

static void find_signature(const sf_scene *s, group *g) {
    uint32_t first = s->block_first[g->end - 1], end = s->block_first[g->end];
    uint32_t low = end - first > TAIL ? end - TAIL : first;
    for (uint32_t i = end; i-- > low;)
        if (mark(s, i) == '-' && i + 1 < end && signature(s, i, end, g))
            return;
}

/* Runs that stand in the group, [*first, *end). */
static void runs_of(const sf_scene *s, const group *g, uint32_t *run, uint32_t *end) {
    while (*run < s->runs.count && s->runs.at[*run].block < g->first)
        ++*run;
    *end = *run;
    while (*end < s->runs.count && s->runs.at[*end].block < g->end)
        ++*end;
}

/* Do quotation marks around (nearly) everything make it a quotation already? Then only who signs
 * it may be missing. */
static bool marked(const sf_scene *s, const group *g, sf_piece *pieces, uint32_t run,
                   uint32_t end) {
    sf_span first = s->clipping->blocks[g->first].span;
    if (run == end || s->runs.at[run].outer.begin != first.begin || !pieces[run].quotation)
        return false;
    sf_piece *p = &pieces[pieces[run].with];
    if (g->sign != SF_NONE && p->speaker.begin == p->speaker.end)
        p->speaker = g->speaker;
    return true;
}

static void add(const sf_scene *s, const group *g, const sf_said *said, sf_span speaker,
                sf_quote_list *out) {
    sofar_quote q = {.kind = SOFAR_DIRECT, .to = SOFAR_NOBODY, .speaker_span = speaker};
    q.spans = SF_ARRAY(s->arena, sofar_span, g->end - g->first);
    for (uint32_t b = g->first; b < g->end; b++) {
        sf_span span = s->clipping->blocks[b].span;
        if (b + 1 == g->end && g->sign != SF_NONE) {
            span.end = s->items[g->sign].span.begin;
            while (span.end > span.begin && sf_is_space(s->text->text.ptr[span.end - 1]))
                span.end--;
        }
        if (span.begin < span.end)
            q.spans[q.span_count++] = span;
    }
    if (q.span_count == 0)
        return;
    q.speaker = sf_speaker_subject(s, &q.speaker_span);
    q.when = g->when;
    if (said)
        q.cue = said->cue;
    *SF_PUSH(s->arena, out) = q;
}

/* The cue or subject of a paragraph that ends with a colon. */
static bool led_to(const sf_scene *s, const group *g, const sf_said **said, sf_span *speaker) {
    if (g->first == 0 || s->block_first[g->first] == 0)
        return false;
    uint32_t colon = s->block_first[g->first] - 1;
    if (s->items[colon].block + 1 != g->first || mark(s, colon) != ':')
        return false;
    uint32_t k = s->items[colon].said;
    if (k == SF_NONE || s->saids[k].speaker.begin == s->saids[k].speaker.end)
        return false;
    *said = &s->saids[k];
    *speaker = s->saids[k].speaker;
    return true;
}

void sf_quote_embeds(const sf_scene *s, sf_piece *pieces, sf_quote_list *out) {
    const sofar_block *blocks = s->clipping->blocks;
    uint32_t count = (uint32_t)s->clipping->block_count, run = 0, run_end;
    for (uint32_t b = 0; b < count;) {
        group g = {.first = b, .end = b, .sign = SF_NONE};
        while (g.end < count && blocks[g.end].kind == SOFAR_BLOCK_QUOTE && g.sign == SF_NONE) {
            g.end++;
            if (s->block_first[g.end] > s->block_first[g.end - 1])
                find_signature(s, &g);
        }
        b = g.end > b ? g.end : b + 1;
        if (g.end == g.first)
            continue;
        runs_of(s, &g, &run, &run_end);
        const sf_said *said = NULL;
        sf_span speaker = g.speaker;
        bool led = g.sign == SF_NONE && led_to(s, &g, &said, &speaker);
        if (!marked(s, &g, pieces, run, run_end) && (g.sign != SF_NONE || led)) {
            for (uint32_t r = run; r < run_end; r++)
                pieces[r].quotation = false;
            add(s, &g, said, speaker, out);
        }
        run = run_end;
    }
}
