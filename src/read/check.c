/* The first promise, checked: receipts never lie. */
#include "read/read.h"

static bool boundary(sf_str text, uint32_t at) {
    return at == text.len || (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) != 0x80);
}

static bool inside(sf_str text, sf_span s) {
    return s.begin < s.end && s.end <= text.len && boundary(text, s.begin) && boundary(text, s.end);
}

static const char *check_map(const sofar_clipping *c, sf_str original) {
    uint32_t at = 0, from = 0;
    for (size_t i = 0; i < c->map_count; i++) {
        const sofar_map_row *row = &c->map[i];
        if (row->text_begin < at || row->text_end <= row->text_begin || row->text_end > c->text.len)
            return "a map row's text is out of order or outside";
        for (; at < row->text_begin; at++)
            if (c->text.ptr[at] != '\n')
                return "a byte of the text has no map row";
        if (row->source_begin < from || row->source_end <= row->source_begin ||
            row->source_end > original.len)
            return "a map row's source is out of order or outside";
        if (row->text_end - row->text_begin == row->source_end - row->source_begin &&
            memcmp(c->text.ptr + row->text_begin, original.ptr + row->source_begin,
                   row->text_end - row->text_begin) != 0)
            return "a map row of equal lengths holds other bytes";
        at = row->text_end;
        from = row->source_end;
    }
    for (; at < c->text.len; at++)
        if (c->text.ptr[at] != '\n')
            return "a byte of the text has no map row";
    return NULL;
}

static const char *check_blocks(const sofar_clipping *c) {
    uint32_t end = 0;
    for (size_t i = 0; i < c->block_count; i++) {
        sf_span s = c->blocks[i].span;
        if (!inside(c->text, s))
            return "a block's span is outside the text";
        if (i && (s.begin != end + 2 || memcmp(c->text.ptr + end, "\n\n", 2) != 0))
            return "two blocks are not parted by one blank line";
        end = s.end;
    }
    return c->block_count && (c->blocks[0].span.begin != 0 || end != c->text.len)
               ? "the blocks do not cover the text"
               : NULL;
}

const char *sf_reading_check(const sofar_reading *r, sf_str original) {
    const sofar_clipping *c = &r->clipping;
    if (!sf_utf8_valid(c->text, NULL))
        return "the text is no UTF-8";
    const char *fault = check_map(c, original);
    if (!fault)
        fault = check_blocks(c);
    if (fault)
        return fault;
    for (size_t i = 0; i < c->emphasis_count; i++)
        if (!inside(c->text, c->emphasis[i]) ||
            (i && c->emphasis[i].begin < c->emphasis[i - 1].end))
            return "an emphasis is outside the text or out of order";
    if (r->analysis) {
        fault = sf_analysis_check(r->model, r->text, r->analysis);
        for (uint32_t i = 0, at = 0; !fault && i < r->text->token_count; i++) {
            sf_span s = r->text->tokens[i].span;
            if (!inside(c->text, s) || s.begin < at)
                return "a token's span is outside the text or out of order";
            at = s.end;
        }
        if (fault)
            return fault;
    }
    for (size_t i = 0; i < r->times.count; i++)
        if (!inside(c->text, r->times.at[i].span))
            return "a time's span is outside the text";
    for (size_t i = 0; i < r->people.name_count + r->people.epithet_count; i++)
        if (!inside(c->text, r->people.names[i].span) ||
            r->people.names[i].subject >= r->people.subject_count)
            return "a name's span or subject is outside";
    for (size_t i = 0; i < r->quotes.count; i++) {
        const sofar_quote *q = &r->quotes.at[i];
        uint32_t at = 0;
        for (size_t k = 0; k < q->span_count; k++) {
            if (!inside(c->text, q->spans[k]) || q->spans[k].begin < at)
                return "a quote's span is outside the text or out of order";
            at = q->spans[k].end;
        }
        if (q->span_count == 0)
            return "a quote has no span";
        if ((q->speaker_span.begin < q->speaker_span.end && !inside(c->text, q->speaker_span)) ||
            (q->cue.begin < q->cue.end && !inside(c->text, q->cue)))
            return "a quote's speaker or cue is outside the text";
        if ((q->speaker != SOFAR_NOBODY && q->speaker >= r->people.subject_count) ||
            (q->to != SOFAR_NOBODY && q->to >= r->people.subject_count))
            return "a quote's speaker or addressee is no subject";
    }
    for (size_t i = 0; i < r->facts.count; i++) {
        const sofar_fact *f = &r->facts.at[i];
        if (f->receipt_count == 0)
            return "a fact has no receipt";
        for (size_t k = 0; k < f->receipt_count; k++)
            if (!inside(c->text, f->receipts[k]))
                return "a fact's receipt is outside the text";
        for (size_t k = 0; k < f->role_count; k++)
            if (f->roles[k].subject != SOFAR_NOBODY &&
                f->roles[k].subject >= r->people.subject_count)
                return "a fact's role is no subject";
    }
    return NULL;
}
