/* A reading's lists and its gist as bytes. Numbers are LEB128; a string is its length plus one and
 * its bytes, 0 if it is absent; a list is its length and its items; a span is where it begins and
 * how long it is; a subject is its number plus one, 0 for nobody. The first byte is the version of
 * this form. Bytes that come from a store may be anything: what does not fit is refused. */
#include <stdlib.h>

#include "gist/gist.h"

enum { FORM = 1 };

/* ---- writing ---- */

static void put(sf_buf *out, uint64_t n) {
    for (; n >= 0x80; n >>= 7)
        sf_buf_char(out, (char)(n | 0x80));
    sf_buf_char(out, (char)n);
}

static void put_str(sf_buf *out, sf_str s) {
    put(out, s.ptr ? s.len + 1 : 0);
    sf_buf_add(out, s);
}

static void put_strs(sf_buf *out, const sf_str *at, size_t count) {
    put(out, count);
    for (size_t i = 0; i < count; i++)
        put_str(out, at[i]);
}

static void put_span(sf_buf *out, sf_span span) {
    bool empty = span.begin >= span.end; /* wherever it is */
    put(out, empty ? 0 : span.begin);
    put(out, empty ? 0 : span.end - span.begin);
}

static void put_spans(sf_buf *out, const sf_span *at, size_t count) {
    put(out, count);
    for (size_t i = 0; i < count; i++)
        put_span(out, at[i]);
}

static void put_who(sf_buf *out, uint32_t subject) {
    put(out, subject == SOFAR_NOBODY ? 0 : (uint64_t)subject + 1);
}

int sf_gist_name_order(const void *a, const void *b) {
    const sofar_name *x = a, *y = b;
    if (x->span.begin != y->span.begin)
        return x->span.begin < y->span.begin ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    return (x->subject > y->subject) - (x->subject < y->subject);
}

static void put_people(sf_arena *arena, sf_buf *out, const sf_people *p) {
    put(out, p->subject_count);
    for (size_t i = 0; i < p->subject_count; i++) {
        put_str(out, p->subjects[i].name.ptr ? p->subjects[i].name : SF_STR(""));
        put(out, p->subjects[i].type);
        put_strs(out, p->subjects[i].aliases, p->subjects[i].alias_count);
    }
    sofar_name *names = SF_ARRAY(arena, sofar_name, p->name_count);
    if (p->name_count) {
        memcpy(names, p->names, p->name_count * sizeof *names);
        qsort(names, p->name_count, sizeof *names, sf_gist_name_order);
    }
    put(out, p->name_count);
    for (size_t i = 0; i < p->name_count; i++) {
        put_span(out, names[i].span);
        put(out, names[i].subject);
        put(out, names[i].form);
    }
}

static void put_times(sf_buf *out, const sf_times *times, const sf_span *sentences) {
    put(out, times->count);
    for (size_t i = 0; i < times->count; i++) {
        put_span(out, times->at[i].span);
        put(out, times->at[i].type);
        put_str(out, times->at[i].value);
        put_span(out, sentences[i]);
    }
}

static void put_quotes(sf_buf *out, const sf_quotes *quotes) {
    put(out, quotes->count);
    for (size_t i = 0; i < quotes->count; i++) {
        const sofar_quote *q = &quotes->at[i];
        put_spans(out, q->spans, q->span_count);
        put(out, q->kind);
        put_who(out, q->speaker);
        put_span(out, q->speaker_span);
        put_span(out, q->cue);
        put_str(out, q->via);
        put_who(out, q->to);
        put_str(out, q->when);
    }
}

static void put_facts(sf_buf *out, const sf_facts *facts, const sf_relays *relays) {
    put(out, facts->count);
    for (size_t i = 0; i < facts->count; i++) {
        const sofar_fact *f = &facts->at[i];
        put_str(out, f->type);
        put(out, f->role_count);
        for (size_t r = 0; r < f->role_count; r++) {
            put_str(out, f->roles[r].name);
            put_who(out, f->roles[r].subject);
            put_str(out, f->roles[r].value);
        }
        put_str(out, f->when);
        put(out, f->status);
        put_who(out, f->by);
        put_spans(out, f->receipts, f->receipt_count);
        put(out, relays[i].count);
        for (size_t r = 0; r < relays[i].count; r++) {
            put_str(out, relays[i].at[r].words);
            put(out, relays[i].at[r].before);
        }
    }
}

sf_str sf_gist_pack(sf_arena *arena, const sofar_reading *r, const sf_gist *gist) {
    enum { USUAL = 2048 };
    sf_buf out = sf_buf_new(arena);
    sf_buf_reserve(&out, USUAL);
    put(&out, FORM);
    put_strs(&out, r->clipping.byline, r->clipping.byline_count);
    put(&out, r->clipping.block_count);
    for (size_t i = 0; i < r->clipping.block_count; i++) {
        put(&out, r->clipping.blocks[i].kind);
        put_span(&out, r->clipping.blocks[i].span);
    }
    put_people(arena, &out, &r->people);
    put_times(&out, &r->times, gist->sentences);
    put_quotes(&out, &r->quotes);
    put_facts(&out, &r->facts, gist->relays);
    put(&out, gist->sample_count);
    for (size_t i = 0; i < gist->sample_count; i++)
        for (unsigned shift = 0; shift < 32; shift += 8)
            sf_buf_char(&out, (char)(gist->sample[i] >> shift));
    return sf_buf_str(&out);
}

/* ---- reading ---- */

typedef struct cursor {
    sf_arena *arena;
    const unsigned char *at, *end;
    bool bad;
} cursor;

static uint64_t take(cursor *c) {
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 64 && c->at < c->end; shift += 7) {
        unsigned char byte = *c->at++;
        n |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return n;
    }
    c->bad = true;
    return 0;
}

/* A count of items that take a byte each at least. */
static size_t take_count(cursor *c) {
    uint64_t n = take(c);
    if (n > (uint64_t)(c->end - c->at))
        c->bad = true;
    return c->bad ? 0 : (size_t)n;
}

static unsigned take_kind(cursor *c, unsigned last) {
    uint64_t n = take(c);
    if (n > last)
        c->bad = true;
    return c->bad ? 0 : (unsigned)n;
}

static uint32_t take_who(cursor *c) {
    uint64_t n = take(c);
    if (n > UINT32_MAX)
        c->bad = true;
    return c->bad || n == 0 ? SOFAR_NOBODY : (uint32_t)(n - 1);
}

static sf_span take_span(cursor *c) {
    uint64_t begin = take(c), length = take(c);
    if (begin >= UINT32_MAX || length >= UINT32_MAX - begin)
        c->bad = true;
    return c->bad ? (sf_span){0, 0} : (sf_span){(uint32_t)begin, (uint32_t)(begin + length)};
}

static sf_str take_str(cursor *c) {
    uint64_t n = take(c);
    if (n > (uint64_t)(c->end - c->at) + 1)
        c->bad = true;
    if (c->bad || n == 0)
        return SF_ABSENT;
    sf_str out = {(const char *)c->at, (size_t)n - 1};
    c->at += n - 1;
    return out;
}

static sf_str *take_strs(cursor *c, size_t *count) {
    size_t n = take_count(c);
    sf_str *out = n ? SF_ARRAY(c->arena, sf_str, n) : NULL;
    for (size_t i = 0; i < n; i++)
        out[i] = take_str(c);
    *count = n;
    return out;
}

static sf_span *take_spans(cursor *c, size_t *count) {
    size_t n = take_count(c);
    sf_span *out = n ? SF_ARRAY(c->arena, sf_span, n) : NULL;
    for (size_t i = 0; i < n; i++)
        out[i] = take_span(c);
    *count = n;
    return out;
}

static void take_blocks(cursor *c, sofar_clipping *out) {
    out->block_count = take_count(c);
    out->blocks = SF_ARRAY(c->arena, sofar_block, out->block_count);
    for (size_t i = 0; i < out->block_count; i++) {
        out->blocks[i].kind = (sofar_block_kind)take_kind(c, SOFAR_BLOCK_QUOTE);
        out->blocks[i].span = take_span(c);
    }
}

static void take_people(cursor *c, sf_people *out) {
    *out = (sf_people){.subject_count = take_count(c)};
    out->subjects = SF_ARRAY(c->arena, sofar_subject, out->subject_count);
    for (size_t i = 0; i < out->subject_count; i++) {
        sofar_subject *s = &out->subjects[i];
        s->name = take_str(c);
        s->type = (sofar_subject_type)take_kind(c, SOFAR_OTHER);
        s->aliases = take_strs(c, &s->alias_count);
    }
    out->name_count = take_count(c);
    out->names = SF_ARRAY(c->arena, sofar_name, out->name_count);
    for (size_t i = 0; i < out->name_count; i++) {
        out->names[i].span = take_span(c);
        out->names[i].subject = take_kind(c, UINT32_MAX - 1);
        out->names[i].form = (sofar_form)take_kind(c, SOFAR_PRONOUN);
    }
}

static void take_times(cursor *c, sf_times *out, sf_gist *gist) {
    *out = (sf_times){.count = take_count(c)};
    out->at = SF_ARRAY(c->arena, sofar_time, out->count);
    gist->sentences = SF_ARRAY(c->arena, sf_span, out->count);
    for (size_t i = 0; i < out->count; i++) {
        out->at[i].span = take_span(c);
        out->at[i].type = (sofar_timex)take_kind(c, SOFAR_SET);
        out->at[i].value = take_str(c);
        gist->sentences[i] = take_span(c);
    }
}

static void take_quotes(cursor *c, sf_quotes *out) {
    *out = (sf_quotes){.count = take_count(c)};
    out->at = SF_ARRAY(c->arena, sofar_quote, out->count);
    for (size_t i = 0; i < out->count; i++) {
        sofar_quote *q = &out->at[i];
        q->spans = take_spans(c, &q->span_count);
        q->kind = (sofar_quote_kind)take_kind(c, SOFAR_INDIRECT);
        q->speaker = take_who(c);
        q->speaker_span = take_span(c);
        q->cue = take_span(c);
        q->via = take_str(c);
        q->to = take_who(c);
        q->when = take_str(c);
    }
}

static void take_roles(cursor *c, sofar_fact *f) {
    f->role_count = take_count(c);
    f->roles = SF_ARRAY(c->arena, sofar_role, f->role_count);
    for (size_t i = 0; i < f->role_count; i++) {
        f->roles[i].name = take_str(c);
        f->roles[i].subject = take_who(c);
        f->roles[i].value = take_str(c);
    }
}

static void take_relays(cursor *c, sf_relays *out) {
    out->count = take_count(c);
    out->at = out->count ? SF_ARRAY(c->arena, sf_relay, out->count) : NULL;
    for (size_t i = 0; i < out->count; i++) {
        out->at[i].words = take_str(c);
        out->at[i].before = take_kind(c, 1);
    }
}

static void take_facts(cursor *c, sf_facts *out, sf_gist *gist) {
    *out = (sf_facts){.count = take_count(c)};
    out->at = SF_ARRAY(c->arena, sofar_fact, out->count);
    gist->relays = SF_ARRAY(c->arena, sf_relays, out->count);
    for (size_t i = 0; i < out->count; i++) {
        sofar_fact *f = &out->at[i];
        f->type = take_str(c);
        take_roles(c, f);
        f->when = take_str(c);
        f->status = (sofar_claim)take_kind(c, SOFAR_DENIED);
        f->by = take_who(c);
        f->receipts = take_spans(c, &f->receipt_count);
        take_relays(c, &gist->relays[i]);
    }
}

static void take_sample(cursor *c, sf_gist *gist) {
    size_t n = take_count(c);
    if (n > (size_t)(c->end - c->at) / 4) {
        c->bad = true;
        return;
    }
    gist->sample = n ? SF_ARRAY(c->arena, uint32_t, n) : NULL;
    gist->sample_count = n;
    for (size_t i = 0; i < n; i++, c->at += 4)
        gist->sample[i] = (uint32_t)c->at[0] | (uint32_t)c->at[1] << 8 | (uint32_t)c->at[2] << 16 |
                          (uint32_t)c->at[3] << 24;
}

static bool holds(sf_str text, sf_span s) { return s.begin <= s.end && s.end <= text.len; }

bool sf_gist_unpack(sf_arena *arena, sf_str packed, sofar_reading *r, sf_gist *gist) {
    cursor c = {arena, (const unsigned char *)packed.ptr,
                (const unsigned char *)packed.ptr + packed.len, false};
    *gist = (sf_gist){0};
    if (!packed.len || take(&c) != FORM)
        return false;
    r->clipping.byline = take_strs(&c, &r->clipping.byline_count);
    take_blocks(&c, &r->clipping);
    take_people(&c, &r->people);
    take_times(&c, &r->times, gist);
    take_quotes(&c, &r->quotes);
    take_facts(&c, &r->facts, gist);
    take_sample(&c, gist);
    for (size_t i = 0; i < r->times.count; i++)
        if (!holds(r->clipping.text, gist->sentences[i]))
            return false;
    return !c.bad && c.at == c.end;
}
