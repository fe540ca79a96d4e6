/* quote: marks -> runs -> pieces with their cues -> quotations. The room's door.
 *
 * In reading order: marks.c (pairs of marks), scene.c (the writer's words around them), syntax.c
 * (the model's trees as sets), speaker.c (verbs of saying and who speaks), pieces.c (which runs are
 * quotations and belong together), whom.c (pronouns), embed.c (posts and block quotes), turns.c
 * (questions and answers), reported.c (speech without marks), here the quotes are put together, and
 * then venue.c (where, to whom and when it was said: clause.c looks at trees, place.c reads what
 * hangs there). */
#include "quote/reported.h"
#include "quote/turns.h"
#include "quote/venue.h"

static sofar_quote make(const sf_scene *s, const sf_piece *p) {
    sofar_quote q = {.kind = p->direct ? SOFAR_DIRECT : SOFAR_MIXED,
                     .speaker = SOFAR_NOBODY,
                     .to = SOFAR_NOBODY,
                     .speaker_span = p->speaker,
                     .cue = p->cue};
    q.speaker = sf_speaker_whose(s, &q.speaker_span, p->head);
    return q;
}

/* One quote for each first piece, with the spans of its further ones. */
static void gather(const sf_scene *s, sf_piece *pieces, sf_quote_list *out) {
    uint32_t n = s->runs.count, *count = SF_ARRAY(s->arena, uint32_t, n + 1);
    uint32_t *quote_of = SF_ARRAY(s->arena, uint32_t, n + 1);
    for (uint32_t r = 0; r < n; r++) {
        if (pieces[r].quotation && !pieces[pieces[r].with].quotation)
            pieces[r].with = r; /* its first piece went to an embedded post */
        if (pieces[r].quotation)
            count[pieces[r].with]++;
    }
    for (uint32_t r = 0; r < n; r++) {
        if (!pieces[r].quotation)
            continue;
        uint32_t with = pieces[r].with;
        if (with == r) {
            sofar_quote q = make(s, &pieces[r]);
            q.spans = SF_ARRAY(s->arena, sofar_span, count[r]);
            quote_of[r] = (uint32_t)out->count;
            *SF_PUSH(s->arena, out) = q;
        }
        sofar_quote *q = &out->at[quote_of[with]];
        q->spans[q->span_count++] = (sf_span){pieces[r].begin, s->runs.at[r].inner.end};
    }
}

/* Two lists in order of their first spans into one. */
static sf_quotes merge(sf_arena *arena, const sf_quote_list *a, const sf_quote_list *b) {
    sf_quotes out = {.at = SF_ARRAY(arena, sofar_quote, a->count + b->count + 1)};
    size_t i = 0, k = 0;
    while (i < a->count || k < b->count) {
        bool first =
            k == b->count || (i < a->count && a->at[i].spans[0].begin < b->at[k].spans[0].begin);
        out.at[out.count++] = first ? a->at[i++] : b->at[k++];
    }
    return out;
}

sf_quotes sf_quote_find(sf_arena *arena, const sf_text *text, const sofar_clipping *clipping,
                        const sf_model *model, const sf_analysis *analysis, const sf_people *people,
                        const sf_times *times) {
    sf_scene scene = {
        .arena = arena,
        .text = text,
        .clipping = clipping,
        .model = model,
        .analysis = analysis,
        .people = people,
        .times = times,
        .runs = sf_quote_runs(arena, clipping->text, clipping->blocks, clipping->block_count)};
    scene.syntax = sf_syntax_make(arena, text, model, analysis);
    sf_scene_make(&scene);
    sf_speaker_find_cues(&scene);
    sf_piece *pieces = sf_quote_pieces(&scene);
    sf_quote_list embeds = {0}, turns = {0}, marked = {0}, reported = {0};
    bool *taken = SF_ARRAY(arena, bool, scene.said_count + 1);
    sf_quote_embeds(&scene, pieces, &embeds);
    sf_quote_turns(&scene, pieces, taken, &turns);
    sf_quote_borrowed(&scene, pieces);
    gather(&scene, pieces, &marked);
    for (uint32_t r = 0; r < scene.runs.count; r++)
        if (pieces[r].quotation && pieces[r].said != SF_NONE)
            taken[pieces[r].said] = true;
    sf_quote_reported(&scene, taken, &reported);
    sf_quotes set_off = merge(arena, &marked, &embeds);
    sf_quotes spoken = merge(arena, &(sf_quote_list){set_off.at, set_off.count, 0}, &turns);
    sf_quotes out = merge(arena, &(sf_quote_list){spoken.at, spoken.count, 0}, &reported);
    out.place = sf_quote_venues(&scene, out.at, out.count);
    return out;
}
