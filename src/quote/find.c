/* quote: marks -> runs -> pieces with their cues -> quotations. The room's door.
 *
 * In reading order: marks.c (pairs of marks), scene.c (the writer's words around them), speaker.c
 * (verbs of saying and their subjects), pieces.c (which runs are quotations and belong together),
 * venue.c (where, to whom and when it was said), and here the quotes are put together. */
#include "quote/pieces.h"
#include "quote/venue.h"

typedef sf_vec(sofar_quote) quotes;

/* Does the byte stand inside a run? The runs are in order. */
static bool quoted(const sf_scene *s, uint32_t at) {
    uint32_t low = 0, high = s->runs.count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->runs.at[mid].outer.begin <= at)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t r = low > 0 ? low - 1 : SF_NONE; /* an inner run may end before its outer one does */
    for (int up = 0; r != SF_NONE && up < 10; up++, r = s->runs.at[r].parent)
        if (s->runs.at[r].outer.end > at)
            return true;
    return false;
}

static uint32_t block_at(const sf_scene *s, uint32_t byte) {
    size_t low = 0, high = s->clipping->block_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->clipping->blocks[mid].span.begin <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low > 0 ? (uint32_t)low - 1 : 0;
}

/* The person that the writer names in [begin, end): SOFAR_NOBODY if none; *several if two or more.
 */
static uint32_t person_in(const sf_scene *s, uint32_t begin, uint32_t end, bool *several) {
    const sf_people *p = s->people;
    size_t low = 0, high = p->name_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (p->names[mid].span.begin < end)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t found = SOFAR_NOBODY;
    *several = false;
    for (int back = 0; low > 0 && back < 16; back++) {
        const sofar_name *name = &p->names[--low];
        if (name->span.begin < begin)
            break;
        sofar_subject_type type = p->subjects[name->subject].type;
        if ((type != SOFAR_PERSON && type != SOFAR_OTHER) || quoted(s, name->span.begin))
            continue;
        if (type == SOFAR_OTHER) { /* may be one */
            *several = *several || memchr(s->text->text.ptr + name->span.begin, ' ',
                                          name->span.end - name->span.begin);
            continue;
        }
        if (found == SOFAR_NOBODY)
            found = name->subject;
        else if (found != name->subject)
            *several = true;
    }
    return found;
}

/* Whom "he" or "she" means, where that is plain: the speaker of the quotation before it in the
 * paragraph or the paragraph before, if the writer has named nobody else since; else the one person
 * named in the paragraph so far, or in the nearest of two paragraphs before that names any. */
static uint32_t whom(const sf_scene *s, sf_span pronoun, const sofar_quote *before) {
    sf_str word = sf_span_of(s->text->text, pronoun);
    if (!sf_str_equal_ci(word, SF_STR("he")) && !sf_str_equal_ci(word, SF_STR("she")))
        return SOFAR_NOBODY;
    uint32_t block = block_at(s, pronoun.begin);
    const sofar_block *blocks = s->clipping->blocks;
    bool several;
    if (before && before->speaker != SOFAR_NOBODY &&
        s->people->subjects[before->speaker].type == SOFAR_PERSON &&
        before->spans[0].begin >= blocks[block > 0 ? block - 1 : 0].span.begin) {
        uint32_t since = before->speaker_span.end;
        if (since < before->spans[0].begin && before->spans[0].begin < pronoun.begin)
            since = before->spans[0].begin;
        uint32_t other = person_in(s, since, pronoun.begin, &several);
        if (other == SOFAR_NOBODY || (other == before->speaker && !several))
            return before->speaker;
    }
    for (uint32_t k = 0; k < 3 && k <= block; k++) {
        uint32_t end = k == 0 ? pronoun.begin : blocks[block - k].span.end;
        uint32_t found = person_in(s, blocks[block - k].span.begin, end, &several);
        if (found != SOFAR_NOBODY)
            return several ? SOFAR_NOBODY : found;
    }
    return SOFAR_NOBODY;
}

static sofar_quote make(const sf_scene *s, const sf_piece *p, const sofar_quote *before) {
    sofar_quote q = {.kind = p->direct ? SOFAR_DIRECT : SOFAR_MIXED,
                     .speaker = SOFAR_NOBODY,
                     .to = SOFAR_NOBODY,
                     .speaker_span = p->speaker,
                     .cue = p->cue};
    if (p->speaker.begin < p->speaker.end)
        q.speaker =
            p->pronoun ? whom(s, p->speaker, before) : sf_speaker_subject(s, &q.speaker_span);
    if (p->said != SF_NONE)
        sf_quote_venue(s, &s->saids[p->said], &q);
    return q;
}

sf_quotes sf_quote_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping,
                        const sf_people *people, const sf_times *times) {
    sf_scene scene = {
        .arena = arena,
        .text = text,
        .clipping = clipping,
        .people = people,
        .times = times,
        .runs = sf_quote_runs(arena, clipping->text, clipping->blocks, clipping->block_count)};
    if (scene.runs.count == 0)
        return (sf_quotes){0};
    sf_scene_make(&scene);
    sf_speaker_find_cues(&scene);
    sf_piece *pieces = sf_quote_pieces(&scene);
    uint32_t n = scene.runs.count, *count = SF_ARRAY(arena, uint32_t, n);
    uint32_t *quote_of = SF_ARRAY(arena, uint32_t, n);
    for (uint32_t r = 0; r < n; r++)
        if (pieces[r].quotation)
            count[pieces[r].with]++;
    quotes out = {0};
    for (uint32_t r = 0; r < n; r++) {
        if (!pieces[r].quotation)
            continue;
        uint32_t with = pieces[r].with;
        if (with == r) {
            sofar_quote q = make(&scene, &pieces[r], out.count ? &out.at[out.count - 1] : NULL);
            q.spans = SF_ARRAY(arena, sofar_span, count[r]);
            quote_of[r] = (uint32_t)out.count;
            *SF_PUSH(arena, &out) = q;
        }
        sofar_quote *q = &out.at[quote_of[with]];
        q->spans[q->span_count++] = scene.runs.at[r].inner;
    }
    return (sf_quotes){out.at, out.count};
}
