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
enum { LONG_CLAUSE = 100 };            /* bytes */

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

/* What a cue reports: the clause, and the stretch of it that is the cue with its own words. */
typedef struct clause {
    stretch whole, hole; /* an empty hole for none */
    uint32_t head;       /* token */
    bool tag;            /* "..., said Ruiz": the cue hangs on what it reports */
} clause;

static stretch subtree(const sf_scene *s, uint32_t token) {
    return (stretch){s->syntax->left[token], s->syntax->right[token]};
}

/* "Ruiz vowed to stay", "urged the crew to stay": the infinitive, with whom it is asked of. */
static bool demanded(const sf_scene *s, const sf_said *said, clause *out) {
    const sf_syntax *t = s->syntax;
    uint32_t verb = said->token, x = sf_syntax_child(t, verb, SF_DEP_XCOMP);
    uint32_t to = x == SF_NONE ? SF_NONE : sf_syntax_child(t, x, SF_DEP_MARK);
    if (!(said->is & SF_CUE_DEMAND) || to == SF_NONE || !spells(s, to, "to") || x < verb ||
        said->head == SF_NONE || sf_syntax_part(t, said->head) != SF_PART_SOURCE)
        return false;
    out->whole = subtree(s, x);
    uint32_t whom = sf_syntax_child(t, verb, SF_DEP_OBJECT | SF_DEP_ADDRESSEE);
    if (whom == SF_NONE && said->is & SF_CUE_TELL) /* "asked not to be named" */
        return false;
    if (whom != SF_NONE && whom > verb && t->right[whom] <= out->whole.first)
        out->whole.first = t->left[whom];
    return out->whole.first > verb;
}

/* "..., as Ruiz noted, ...": said in passing of the clause around it. */
static bool in_passing(const sf_scene *s, const sf_said *said) {
    const sf_syntax *t = s->syntax;
    uint32_t as = sf_syntax_child(t, said->token, SF_DEP_MARK);
    sf_arcs own = SF_DEP_XCOMP | (said->is & SF_CUE_TELL ? 0 : SF_DEP_OBJECT);
    return said->is & (SF_CUE_SPEECH | SF_CUE_TELL) && as != SF_NONE && spells(s, as, "as") &&
           sf_syntax_rel(t, said->token, SF_DEP_ADVCL) &&
           sf_syntax_child(t, said->token, own) == SF_NONE;
}

/* A cue in the midst of its complement, "the lamp, Ruiz noted, is out": what hangs on it besides.
 */
static stretch interposed(const sf_scene *s, uint32_t verb, uint32_t complement) {
    const sf_syntax *t = s->syntax;
    stretch hole = {verb, verb + 1};
    uint32_t c = t->child[verb];
    for (int i = 0; c != SF_NONE && i < CHILDREN; i++, c = t->next[c]) {
        if (c == complement || sf_syntax_rel(t, c, SF_DEP_PUNCT))
            continue;
        hole.first = t->left[c] < hole.first ? t->left[c] : hole.first;
        hole.end = t->right[c] > hole.end ? t->right[c] : hole.end;
    }
    return hole;
}

/* The clause that the cue reports; false if there is none. */
static bool clause_of(const sf_scene *s, const sf_said *said, clause *out) {
    const sf_syntax *t = s->syntax;
    uint32_t c, verb = said->token;
    *out = (clause){0};
    if (said->is & SF_CUE_ACCORDING) {
        uint32_t source = sf_syntax_head(t, verb);
        c = sf_syntax_head(t, source);
        if (c != SF_NONE)
            out->hole = subtree(s, source), out->whole = subtree(s, c), out->tag = true;
        return c != SF_NONE;
    }
    if (said->is & SF_CUE_NOUN) {
        c = sf_syntax_child(t, verb, SF_DEP_ACL | SF_DEP_CCOMP);
        if (c != SF_NONE)
            out->whole = subtree(s, c);
        return c != SF_NONE && (verb < out->whole.first || verb >= out->whole.end);
    }
    c = complement(s, verb);
    if (c == SF_NONE && (sf_syntax_rel(t, verb, SF_DEP_PARATAXIS) || in_passing(s, said))) {
        out->tag = true;
        c = sf_syntax_head(t, verb);
    } else if (c == SF_NONE && said->is & SF_CUE_SPEECH && is_tag(s, verb)) {
        out->tag = true;
        c = t->root[verb];
    }
    if (c == SF_NONE)
        return demanded(s, said, out);
    out->whole = subtree(s, c), out->head = c;
    if (out->tag)
        out->hole = subtree(s, verb);
    else if (out->whole.first <= verb && verb < out->whole.end)
        out->hole = interposed(s, verb, c);
    return out->whole.first < out->hole.first || out->hole.end < out->whole.end;
}

/* Does the clause go on behind the cue? Where its head stands before, only with another conjunct:
 * what trails behind "..., Ruiz said today, with ..." may be the writer's. */
static bool goes_on(const sf_scene *s, const clause *c) {
    uint32_t i = c->hole.end;
    while (i < c->whole.end && sf_syntax_rel(s->syntax, i, SF_DEP_PUNCT))
        i++;
    return c->tag || c->head >= c->hole.end ||
           (i < c->whole.end && sf_syntax_rel(s->syntax, i, SF_DEP_CC));
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

/* A person, a body or "a spokesman" speaks; a document is no speaker, nor does the writer or the
 * reader report himself. */
static bool can_speak(const sf_scene *s, const sf_said *said) {
    static const char *const third[] = {"he", "she", "they", "it"};
    if (said->head == SF_NONE)
        return false;
    if (!said->pronoun && sf_syntax_pos(s->syntax, said->head) == SF_POS_PROPN)
        return true; /* "The Harbour Post" */
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

/* Do words in marks lie in the stretch? */
static bool has_run(const sf_scene *s, stretch x) {
    uint32_t i = sf_item_at(s, s->text->tokens[x.first].span.begin);
    uint32_t end = s->text->tokens[x.end - 1].span.end;
    for (uint32_t n = 0; n < LONGEST && i < s->item_count; n++, i++) {
        if (s->items[i].span.begin >= end)
            break;
        if (s->items[i].run != SF_NONE)
            return true;
    }
    return false;
}

/* Fills *q with what the cue reports. False if it reports nothing. */
static bool report(const sf_scene *s, const sf_said *said, sofar_quote *q) {
    const sf_syntax *t = s->syntax;
    if (!can_speak(s, said) || is_inner(s, said))
        return false;
    clause c;
    if (is_negated(s, said->token) || sf_item_is(s, said->item, SF_CUE_UNMEANT) ||
        !clause_of(s, said, &c))
        return false;
    stretch before = c.whole, after = {0};
    if (c.hole.first < c.hole.end) {
        if (!c.tag && has_run(s, c.whole)) /* a tree that went astray over another's quotation */
            return false;
        before.end = c.hole.first;
        after = goes_on(s, &c) ? (stretch){c.hole.end, c.whole.end} : after;
    }
    bool reports = said->is & (SF_CUE_SPEECH | SF_CUE_TELL | SF_CUE_POST);
    bool of_noun = c.tag && !(said->is & SF_CUE_ACCORDING) &&
                   sf_syntax_rel(t, said->token, SF_DEP_RELCL | SF_DEP_ACL);
    if (!of_noun && share(s, c.whole) < (reports ? 30 : 60))
        return false;
    *q = (sofar_quote){.kind = SOFAR_INDIRECT,
                       .to = SOFAR_NOBODY,
                       .speaker_span = said->speaker,
                       .cue = said->cue,
                       .spans = SF_ARRAY(s->arena, sofar_span, 2)};
    add(s, q, before);
    add(s, q, after);
    return q->span_count > 0;
}

static int by_place(const void *a, const void *b) {
    sf_span x = ((const sofar_quote *)a)->spans[0], y = ((const sofar_quote *)b)->spans[0];
    if (x.begin != y.begin)
        return x.begin < y.begin ? -1 : 1;
    return (x.end > y.end) - (x.end < y.end);
}

/* ---- a borrowed word ---- */

/* What the pieces of one quotation come to. */
typedef struct words {
    uint64_t bytes;
    uint32_t first_run, last_run;
    bool direct, borrowed;
} words;

/* Does a long clause hold the words as a small part of it? In a short one they are the point:
 * "said that Grady was 'the grown-up we ordered'". Tuned on news with every clause marked. */
static bool borrows(const sf_scene *s, const sofar_quote *q, const words *w) {
    uint32_t bytes = 0;
    bool first = false, last = false;
    for (uint32_t i = 0; i < q->span_count; i++) {
        bytes += q->spans[i].end - q->spans[i].begin;
        first |= sf_span_contains(q->spans[i], s->runs.at[w->first_run].inner);
        last |= sf_span_contains(q->spans[i], s->runs.at[w->last_run].inner);
    }
    return first && last && bytes >= LONG_CLAUSE && w->bytes * 3 < bytes;
}

void sf_quote_borrowed(const sf_scene *s, sf_piece *pieces) {
    uint32_t n = s->runs.count;
    words *all = SF_ARRAY(s->arena, words, n + 1);
    for (uint32_t r = 0; r < n; r++) {
        if (!pieces[r].quotation)
            continue;
        words *w = &all[pieces[r].with];
        if (pieces[r].with == r)
            w->first_run = r;
        w->last_run = r;
        w->bytes += s->runs.at[r].inner.end - pieces[r].begin;
        w->direct |= pieces[r].direct;
    }
    for (uint32_t r = 0; r < n; r++) {
        sofar_quote q;
        const sf_piece *p = &pieces[r];
        all[r].borrowed = pieces[r].quotation && pieces[r].with == r && !all[r].direct &&
                          p->said != SF_NONE && report(s, &s->saids[p->said], &q) &&
                          borrows(s, &q, &all[r]);
    }
    for (uint32_t r = 0; r < n; r++)
        if (pieces[r].quotation && all[pieces[r].with].borrowed)
            pieces[r].quotation = false;
}

void sf_quote_reported(const sf_scene *s, const bool *taken, sf_quote_list *out) {
    for (uint32_t k = 0; k < s->said_count; k++) {
        sofar_quote q;
        if (taken[k] || !report(s, &s->saids[k], &q))
            continue;
        q.speaker = sf_speaker_whose(s, &q.speaker_span, s->saids[k].head);
        *SF_PUSH(s->arena, out) = q;
    }
    if (out->count) /* clauses stand before their cues, or behind them */
        qsort(out->at, out->count, sizeof *out->at, by_place);
}
