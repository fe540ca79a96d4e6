/* quote: marks -> runs -> pieces with their cues -> quotations. The room's door.
 *
 * In reading order: marks.c (pairs of marks), scene.c (the writer's words around them), speaker.c
 * (verbs of saying and their subjects), pieces.c (which runs are quotations and belong together),
 * venue.c (where, to whom and when it was said), whom.c (pronouns), and here the quotes are put
 * together. */
#include "quote/pieces.h"
#include "quote/venue.h"
#include "quote/whom.h"

typedef sf_vec(sofar_quote) quotes;

static sofar_quote make(const sf_scene *s, const sf_piece *p) {
    sofar_quote q = {.kind = p->direct ? SOFAR_DIRECT : SOFAR_MIXED,
                     .speaker = SOFAR_NOBODY,
                     .to = SOFAR_NOBODY,
                     .speaker_span = p->speaker,
                     .cue = p->cue};
    if (p->speaker.begin < p->speaker.end)
        q.speaker = p->pronoun ? SOFAR_NOBODY : sf_speaker_subject(s, &q.speaker_span);
    if (p->speaker.begin < p->speaker.end && q.speaker == SOFAR_NOBODY)
        q.speaker = sf_quote_whom(s, p->speaker, p->pronoun);
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
            sofar_quote q = make(&scene, &pieces[r]);
            q.spans = SF_ARRAY(arena, sofar_span, count[r]);
            quote_of[r] = (uint32_t)out.count;
            *SF_PUSH(arena, &out) = q;
        }
        sofar_quote *q = &out.at[quote_of[with]];
        q->spans[q->span_count++] = scene.runs.at[r].inner;
    }
    return (sf_quotes){out.at, out.count};
}
