/* quote: marks -> runs -> pieces with their cues -> quotations. The room's door.
 *
 * In reading order: marks.c (pairs of marks), scene.c (the writer's words around them), speaker.c
 * (verbs of saying and their subjects), pieces.c (which runs are quotations and belong together),
 * venue.c (where, to whom and when it was said), and here the quotes are put together. */
#include "quote/pieces.h"
#include "quote/venue.h"

typedef sf_vec(sofar_quote) quotes;

/* Whom a pronoun means, where that is plain: the speaker of the quotation before it, else the last
 * person named before it, unless another one is named between. */
static uint32_t whom(const sf_scene *s, sf_span pronoun, const sofar_quote *before) {
    sf_str word = sf_span_of(s->text->text, pronoun);
    if (!sf_str_equal_ci(word, SF_STR("he")) && !sf_str_equal_ci(word, SF_STR("she")))
        return SOFAR_NOBODY;
    const sf_people *p = s->people;
    size_t low = 0, high = p->name_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (p->names[mid].span.begin < pronoun.begin)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t last = SOFAR_NOBODY;
    for (size_t back = 0; low > 0 && back < 12; back++) {
        const sofar_name *name = &p->names[--low];
        if (pronoun.begin - name->span.begin > 1500)
            break;
        if (p->subjects[name->subject].type == SOFAR_PERSON) {
            last = name->subject;
            break;
        }
    }
    if (before && before->speaker != SOFAR_NOBODY)
        return before->speaker == last || last == SOFAR_NOBODY ? before->speaker : SOFAR_NOBODY;
    return last;
}

static sofar_quote make(const sf_scene *s, const sf_piece *p, const sofar_quote *before) {
    sofar_quote q = {.kind = p->direct ? SOFAR_DIRECT : SOFAR_MIXED,
                     .speaker = SOFAR_NOBODY,
                     .to = SOFAR_NOBODY,
                     .speaker_span = p->speaker};
    if (p->said != SF_NONE)
        q.cue = s->saids[p->said].cue;
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
