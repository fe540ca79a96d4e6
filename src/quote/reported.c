/* Indirect speech.
 *
 * The clause is the tree's: what a verb of saying governs as its complement, what "according to" or
 * "he said" hangs on without these words themselves, what "Ruiz's claim that" is about. The model
 * has to agree that it is reported, or the verb must be one that only reports. What stands in
 * another's reported clause is part of that and no quote of its own.
 */
#include "quote/reported.h"

#include <stdlib.h>

enum { CHILDREN = 64, LONGEST = 256 }; /* dependents, tokens of a clause looked at */

typedef struct stretch {
    uint32_t first, end; /* tokens */
} stretch;

static bool spells(const sf_scene *s, uint32_t token, const char *word) {
    return sf_str_equal_ci(sf_token_of(s->text, token), sf_str_of(word));
}

/* Does the verb say that it was not said: "did not say", "never said"? */
static bool is_negated(const sf_scene *s, uint32_t verb) {
    uint32_t c = s->syntax->child[verb];
    for (int i = 0; c != SF_NONE && i < CHILDREN; i++, c = s->syntax->next[c])
        if (spells(s, c, "not") || spells(s, c, "n't") || spells(s, c, "n’t") ||
            spells(s, c, "never"))
            return true;
    return false;
}

/* The verb's clausal complement; of several, one that the model takes for content. */
static uint32_t complement(const sf_scene *s, uint32_t verb) {
    uint32_t c = s->syntax->child[verb], best = SF_NONE;
    for (int i = 0; c != SF_NONE && i < CHILDREN; i++, c = s->syntax->next[c])
        if (sf_syntax_rel(s->syntax, c, SF_DEP_CCOMP) &&
            (best == SF_NONE || sf_syntax_part(s->syntax, best) != SF_PART_CONTENT))
            best = c;
    return best;
}

/* "..., the studio announced on Friday.": the verb with its subject ends a sentence whose clause
 * lacks nothing. */
static bool is_tag(const sf_scene *s, uint32_t verb) {
    const sf_syntax *t = s->syntax;
    uint32_t left = t->left[verb], end = t->right[t->root[verb]];
    uint32_t subject = sf_syntax_child(t, verb, SF_DEP_SUBJECT);
    return subject != SF_NONE && sf_syntax_pos(t, subject) != SF_POS_PRON && left > 0 &&
           sf_syntax_rel(t, left - 1, SF_DEP_PUNCT) && spells(s, left - 1, ",") &&
           t->right[verb] + 1 >= end && t->left[t->root[verb]] < left &&
           sf_syntax_child(t, verb, SF_DEP_OBJECT | SF_DEP_XCOMP) == SF_NONE;
}

/* The token whose subtree is what the cue reports, SF_NONE if none; *hole: the subtree to leave out
 * of it, or SF_NONE. */
static uint32_t clause_of(const sf_scene *s, const sf_said *said, uint32_t *hole) {
    const sf_syntax *t = s->syntax;
    *hole = SF_NONE;
    if (said->is & SF_CUE_ACCORDING) {
        *hole = sf_syntax_head(t, said->token);
        return sf_syntax_head(t, *hole);
    }
    if (said->is & SF_CUE_NOUN)
        return sf_syntax_child(t, said->token, SF_DEP_ACL | SF_DEP_CCOMP);
    uint32_t c = complement(s, said->token);
    if (c == SF_NONE && sf_syntax_rel(t, said->token, SF_DEP_PARATAXIS)) {
        *hole = said->token;
        c = sf_syntax_head(t, said->token);
    }
    if (c == SF_NONE && said->is & SF_CUE_SPEECH && is_tag(s, said->token)) {
        *hole = said->token;
        c = t->root[said->token];
    }
    return c;
}

/* Percent of the tokens that the model takes for content. */
static uint32_t share(const sf_scene *s, stretch x) {
    uint32_t content = 0;
    if (x.end - x.first > LONGEST)
        x.end = x.first + LONGEST;
    for (uint32_t i = x.first; i < x.end; i++)
        content += sf_syntax_part(s->syntax, i) == SF_PART_CONTENT;
    return x.end > x.first ? content * 100 / (x.end - x.first) : 0;
}

/* Without "that", conjunctions and marks at its ends, and the source behind it. */
static stretch trimmed(const sf_scene *s, stretch x) {
    const sf_syntax *t = s->syntax;
    while (x.first < x.end &&
           (sf_syntax_rel(t, x.first, SF_DEP_PUNCT | SF_DEP_CC) || spells(s, x.first, "that")))
        x.first++;
    while (x.end > x.first && sf_syntax_part(t, x.end - 1) == SF_PART_SOURCE)
        x.end--;
    while (x.end > x.first && sf_syntax_rel(t, x.end - 1, SF_DEP_PUNCT) &&
           !spells(s, x.end - 1, ","))
        x.end--;
    return x;
}

/* The span with the whole of the runs that its ends lie in. */
static sf_span with_runs(const sf_scene *s, sf_span span) {
    uint32_t first = sf_item_at(s, span.begin), last = sf_item_at(s, span.end - 1);
    if (first < s->item_count && s->items[first].run != SF_NONE &&
        s->items[first].span.begin < span.begin)
        span.begin = s->items[first].span.begin;
    if (last < s->item_count && s->items[last].run != SF_NONE && s->items[last].span.end > span.end)
        span.end = s->items[last].span.end;
    return span;
}

static void add(const sf_scene *s, sofar_quote *q, stretch x) {
    x = trimmed(s, x);
    if (x.first >= x.end)
        return;
    sf_span span = with_runs(
        s, (sf_span){s->text->tokens[x.first].span.begin, s->text->tokens[x.end - 1].span.end});
    if (q->span_count && span.begin < q->spans[q->span_count - 1].end)
        span.begin = q->spans[q->span_count - 1].end;
    if (span.begin < span.end)
        q->spans[q->span_count++] = span;
}

static void report(const sf_scene *s, const sf_said *said, sf_quote_list *out) {
    const sf_syntax *t = s->syntax;
    uint32_t hole, clause = clause_of(s, said, &hole);
    if (clause == SF_NONE || is_negated(s, said->token) ||
        sf_item_is(s, said->item, SF_CUE_UNMEANT))
        return;
    stretch whole = {t->left[clause], t->right[clause]}, before = whole, after = {0};
    if (hole != SF_NONE) {
        before.end = t->left[hole];
        after = (stretch){t->right[hole], whole.end};
    } else if (whole.first <= said->token && said->token < whole.end)
        return;
    bool reports = said->is & (SF_CUE_SPEECH | SF_CUE_TELL | SF_CUE_POST);
    bool tag = hole == said->token && sf_syntax_rel(t, hole, SF_DEP_RELCL | SF_DEP_ACL);
    if (!tag && share(s, whole) < (reports ? 30 : 60))
        return;
    sofar_quote q = {.kind = SOFAR_INDIRECT,
                     .to = SOFAR_NOBODY,
                     .speaker_span = said->speaker,
                     .cue = said->cue,
                     .spans = SF_ARRAY(s->arena, sofar_span, 2)};
    add(s, &q, before);
    add(s, &q, after);
    if (q.span_count == 0)
        return;
    q.speaker = sf_speaker_whose(s, &q.speaker_span, said->head);
    *SF_PUSH(s->arena, out) = q;
}

/* A person, a body or "a spokesman" speaks; a document is no speaker, nor does the writer or the
 * reader report himself. */
static bool can_speak(const sf_scene *s, const sf_said *said) {
    static const char *const third[] = {"he", "she", "they", "it"};
    if (said->head == SF_NONE)
        return false;
    if (!said->pronoun)
        return !(sf_cue_of(sf_token_of(s->text, said->head)) & (SF_CUE_DOCUMENT | SF_CUE_THING));
    for (size_t i = 0; i < SF_LEN(third); i++)
        if (spells(s, said->head, third[i]))
            return true;
    return false;
}

/* Is the cue itself reported by another one? */
static bool is_inner(const sf_scene *s, const sf_said *said) {
    return sf_syntax_part(s->syntax, said->token) == SF_PART_CONTENT;
}

static int by_place(const void *a, const void *b) {
    sf_span x = ((const sofar_quote *)a)->spans[0], y = ((const sofar_quote *)b)->spans[0];
    if (x.begin != y.begin)
        return x.begin < y.begin ? -1 : 1;
    return (x.end > y.end) - (x.end < y.end);
}

void sf_quote_reported(const sf_scene *s, const bool *taken, sf_quote_list *out) {
    for (uint32_t k = 0; k < s->said_count; k++) {
        const sf_said *said = &s->saids[k];
        if (!taken[k] && can_speak(s, said) && !is_inner(s, said))
            report(s, said, out);
    }
    if (out->count) /* clauses stand before their cues, or behind them */
        qsort(out->at, out->count, sizeof *out->at, by_place);
}
