/* Where, to whom and when: "told Variety", "in an interview with Collider last Friday", "wrote to
 * her director", "via Instagram", "at the Leeds festival", "on the Late Desk podcast".
 *
 * All of it hangs on the verb of saying in the sentence's tree: as an object ("told Variety"), by a
 * preposition ("on Instagram"), on a noun of talking or posting that hangs there ("in an interview
 * with ..."), or on a verb beside the cue ("..., speaking to ..."; "took to X to write"). What
 * hangs on other verbs or nouns tells of something else. The time is that which hangs on the same
 * words.
 *
 * A reader carries the place over to what follows: a sentence may only lead to the quotation ("She
 * confirmed the news on Instagram on Friday."), and who goes on speaking is still there. That is
 * done where nothing in the quote's own clause says otherwise.
 *
 * What it does not do: venues that are only described ("at a press conference") are none. */
#include "quote/venue.h"

#include "quote/place.h"

enum { CLIMB = 4, REACH = 48 };

/* ---- the verbs ---- */

static void add_verb(sf_look *l, uint32_t verb) {
    for (uint32_t i = 0; i < l->verb_count; i++)
        if (l->verbs[i] == verb)
            return;
    if (l->verb_count < SF_LOOK_VERBS)
        l->verbs[l->verb_count++] = verb;
}

/* The cue, the verbs it hangs on without a subject of its own ("took to X to write", "spoke to
 * Variety and said"), and those beside it that have none ("..., speaking to Variety"). */
static void collect_verbs(sf_look *l, uint32_t cue) {
    const sf_clause *c = &l->clause;
    add_verb(l, cue);
    for (uint32_t verb = cue; l->verb_count < SF_LOOK_VERBS - 2;) {
        sf_relation r = sf_clause_relation(c, verb);
        uint32_t head = sf_clause_head(c, verb);
        if ((r != SF_REL_CLAUSE && r != SF_REL_CONJUNCT) || head == SF_NONE ||
            !sf_clause_sees(c, head) || !sf_clause_is_verb(c, head) ||
            sf_clause_has_subject(c, verb))
            break;
        add_verb(l, head);
        verb = head;
    }
    uint32_t noun = sf_clause_head(c, cue);
    if (sf_clause_relation(c, cue) == SF_REL_RELATIVE && sf_clause_sees(c, noun) &&
        sf_place_is(l, noun, SF_VENUE_POST)) { /* "posted a video on X in which she said" */
        uint32_t head = sf_clause_head(c, noun);
        if (sf_clause_sees(c, head) && sf_place_is(l, head, SF_VENUE_TALKING))
            add_verb(l, head);
    }
    for (uint32_t i = 0; i < l->verb_count; i++)
        for (uint32_t t = c->first; t < c->end; t++)
            if (sf_place_hangs(l, t, l->verbs[i]) && sf_clause_relation(c, t) == SF_REL_CLAUSE &&
                sf_place_is(l, t, SF_VENUE_TALKING) && !sf_clause_has_subject(c, t))
                add_verb(l, t);
}

/* ---- the time ---- */

static bool is_verb_of(const sf_look *l, uint32_t token) {
    for (uint32_t i = 0; i < l->verb_count; i++)
        if (l->verbs[i] == token)
            return true;
    return false;
}

/* Does the expression hang on one of the verbs, by way of nothing but what tells of the saying? */
static bool tells_when(const sf_look *l, sf_span words) {
    const sf_clause *c = &l->clause;
    static const char *const topics[] = {"of", "about", NULL};
    const sf_scene *s = c->scene;
    uint32_t t = sf_text_token_at(s->text, words.begin);
    while (t < c->end && sf_clause_head(c, t) != SF_NONE &&
           s->text->tokens[sf_clause_head(c, t)].span.begin >= words.begin &&
           s->text->tokens[sf_clause_head(c, t)].span.end <= words.end)
        t = sf_clause_head(c, t);
    if (!sf_clause_sees(c, t))
        return false;
    for (int step = 0; step < CLIMB; step++) {
        uint32_t head = sf_clause_head(c, t);
        sf_relation r = sf_clause_relation(c, t);
        if (head == SF_NONE || !sf_clause_sees(c, head))
            return false;
        sf_str prep = sf_clause_case(c, head);
        if (sf_place_spells(prep, topics) && is_verb_of(l, sf_clause_head(c, head)))
            return false; /* "said of the October premiere" */
        bool talk =
            sf_place_is(l, head, SF_VENUE_TALK | SF_VENUE_POST | SF_VENUE_AIRED | SF_VENUE_EVENT) !=
            0;
        if (r == SF_REL_PART && !talk) /* "the October release" */
            return false;
        if (r == SF_REL_RELATIVE || r == SF_REL_COMPLEMENT || r == SF_REL_CONJUNCT ||
            r == SF_REL_SUBJECT || (r == SF_REL_MODIFIER && !sf_place_is(l, t, SF_VENUE_TALKING)))
            return false;
        if (is_verb_of(l, head))
            return r != SF_REL_OBJECT || step == 0 ||
                   sf_place_is(l, t, SF_VENUE_TALK | SF_VENUE_POST);
        t = head;
    }
    return false;
}

/* "said Friday", "told Variety on Friday": right behind the cue, whatever the tree says. */
static bool right_behind(const sf_look *l, sf_span words) {
    const sf_clause *c = &l->clause;
    uint32_t t = sf_text_token_at(c->scene->text, words.begin), cue = c->at;
    if (t <= cue || t - cue > 2 || !sf_clause_sees(c, t))
        return false;
    return t == cue + 1 ||
           sf_place_spells(sf_clause_str(c, cue + 1),
                           (const char *const[]){"on", "in", "late", "early", NULL});
}

static void find_time(sf_look *l) {
    const sf_clause *c = &l->clause;
    const sf_scene *s = c->scene;
    uint32_t begin = s->text->tokens[c->first].span.begin;
    uint32_t end = s->text->tokens[c->end - 1].span.end;
    size_t low = 0, high = s->times->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->times->at[mid].span.begin < begin)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < s->times->count && s->times->at[low].span.end <= end && !l->when.ptr; low++) {
        const sofar_time *t = &s->times->at[low];
        sf_interval days;
        if ((t->type != SOFAR_DATE && t->type != SOFAR_TIME) ||
            !(right_behind(l, t->span) || tells_when(l, t->span)))
            continue;
        l->placed = true; /* also by "recently" */
        if (t->value.ptr && sf_interval_parse(t->value, &days))
            l->when = t->value;
    }
}

/* ---- one clause ---- */

static bool search(sf_look *l, const sf_scene *s, const uint32_t *level, uint32_t cue) {
    l->via = l->when = SF_ABSENT;
    l->to = SOFAR_NOBODY;
    l->placed = false;
    l->verb_count = 0;
    if (cue >= s->text->token_count || !sf_clause_open(s, level, cue, &l->clause))
        return false;
    collect_verbs(l, cue);
    for (uint32_t i = 0; i < l->verb_count; i++)
        sf_place_around(l, l->verbs[i]);
    if (!l->placed && l->to == SOFAR_NOBODY &&
        (sf_cue_of(sf_clause_str(&l->clause, cue)) & SF_PLACE_TALKS))
        sf_place_behind(l, cue);
    uint32_t head = sf_clause_head(&l->clause, cue);
    if (sf_clause_relation(&l->clause, cue) == SF_REL_CASE && sf_clause_sees(&l->clause, head) &&
        sf_place_is(l, head, SF_VENUE_TALK)) /* "according to a statement ..." */
        sf_place_below(l, head, 1);
    else if (!sf_clause_is_verb(&l->clause, cue)) /* "in a statement: ..." */
        sf_place_below(l, cue, 1);
    find_time(l);
    return true;
}

/* ---- the sentence that leads to it ---- */

/* The token at which sentence `number` hangs. */
static uint32_t root_of(const sf_scene *s, uint32_t number) {
    return s->syntax->root[s->analysis->sentences[number].first_token];
}

/* Does the sentence tell of the speaker, by name or in words that are no other's name? */
static bool of_speaker(const sf_look *l, uint32_t verb, uint32_t speaker) {
    const sf_clause *c = &l->clause;
    for (uint32_t t = c->first; t < c->end; t++) {
        sf_clause_name name;
        if (!sf_place_hangs(l, t, verb) || sf_clause_relation(c, t) != SF_REL_SUBJECT)
            continue;
        uint32_t m = sf_clause_mention(c->scene, c->scene->text->tokens[t].span.begin);
        if (m != SF_NONE && c->scene->people->names[m].form != SOFAR_NAME)
            return c->scene->people->names[m].subject == speaker;
        return !sf_clause_name_at(c, t, &name) || name.subject == speaker;
    }
    return false;
}

/* The sentence before the one that holds `token`, in its block or at the end of the one before. */
static bool lead_before(sf_look *l, const sf_scene *s, const uint32_t *level, uint32_t token,
                        uint32_t speaker) {
    uint32_t number = sf_analysis_sentence_at(s->analysis, token);
    if (number == 0 || number >= s->analysis->sentence_count)
        return false;
    uint32_t root = root_of(s, number - 1);
    const sf_model_sentence *own = &s->analysis->sentences[number];
    if (root == SF_NONE || own->block - own[-1].block > 1 || level[root])
        return false;
    l->paper = SF_ABSENT;
    return search(l, s, level, root) && sf_place_is(l, root, SF_VENUE_LEADS) &&
           of_speaker(l, root, speaker);
}

/* Of a quotation without a cue: the verb that it hangs on, else that of the sentence that a colon
 * ends before it. */
static uint32_t verb_before(const sf_scene *s, const uint32_t *level, const sofar_quote *q) {
    uint32_t first = sf_text_token_at(s->text, q->spans[0].begin), steps = 0;
    if (first >= s->text->token_count)
        return SF_NONE;
    for (uint32_t t = first; s->analysis->tokens[t].head != SF_NONE && steps++ < REACH;) {
        t = s->analysis->tokens[t].head;
        if (level[t] != level[first])
            return t < first ? t : SF_NONE;
    }
    for (uint32_t t = first; t > 0 && first - t < 3; t--)
        if (sf_str_equal(sf_token_of(s->text, t - 1), SF_STR(":")))
            return root_of(s, sf_analysis_sentence_at(s->analysis, t - 1));
    return SF_NONE;
}

/* ---- all ---- */

/* Twitter's embeds end "— Ana Ruiz (@ana) October 3, 2021". */
static sf_str platform_of_post(const sf_scene *s, const sofar_quote *q) {
    uint32_t end = q->spans[q->span_count - 1].end;
    sf_str rest = sf_str_trim(sf_str_sub(s->text->text, end, end + 120));
    rest = sf_str_sub(rest, 0, sf_str_find(rest, SF_STR("\n\n"), 0));
    bool dash = sf_str_starts(rest, SF_STR("—")) || sf_str_starts(rest, SF_STR("–"));
    return q->cue.begin == q->cue.end && dash && sf_str_find(rest, SF_STR("(@"), 0) != SIZE_MAX
               ? SF_STR("Twitter")
               : SF_ABSENT;
}

/* Does q go on where `before` stopped: the same speaker, in the same paragraph or the next? */
static bool goes_on(const sf_scene *s, const sofar_quote *before, const sofar_quote *q) {
    if (q->speaker == SOFAR_NOBODY || q->speaker != before->speaker)
        return false;
    uint32_t a = sf_text_token_at(s->text, before->spans[before->span_count - 1].begin);
    uint32_t b = sf_text_token_at(s->text, q->spans[0].begin);
    uint32_t x = sf_analysis_sentence_at(s->analysis, a),
             y = sf_analysis_sentence_at(s->analysis, b);
    return y < s->analysis->sentence_count &&
           s->analysis->sentences[y].block - s->analysis->sentences[x].block <= 1;
}

/* True if something was filled. */
static bool fill(sofar_quote *q, const sf_look *l) {
    bool to = q->to == SOFAR_NOBODY && l->to != SOFAR_NOBODY && l->to != q->speaker;
    bool via = !q->via.ptr && l->via.ptr, when = !q->when.ptr && l->when.ptr;
    if (via)
        q->via = l->via;
    if (to)
        q->to = l->to;
    if (when)
        q->when = l->when;
    return via || to || when;
}

static const char *of_quote(const sf_scene *s, const uint32_t *level, sofar_quote *q,
                            const sofar_quote *before, sf_str *paper) {
    bool cued = q->cue.begin < q->cue.end;
    uint32_t cue = cued ? sf_text_token_at(s->text, q->cue.begin) : verb_before(s, level, q);
    sf_look l = {.paper = *paper};
    if (cue != SF_NONE && search(&l, s, level, cue)) {
        bool filled = fill(q, &l);
        *paper = l.paper;
        if (filled || l.placed)
            return filled ? "beside the cue" : NULL;
    }
    if (!q->via.ptr) {
        q->via = platform_of_post(s, q);
        if (q->via.ptr)
            return "the signature of a post";
    }
    uint32_t first = sf_text_token_at(s->text, q->spans[0].begin);
    if (cued && cue < first)
        first = cue;
    if (first < s->text->token_count && lead_before(&l, s, level, first, q->speaker) && fill(q, &l))
        return "the sentence before";
    if (!before || !goes_on(s, before, q) || !(before->via.ptr || before->when.ptr))
        return NULL;
    q->via = before->via;
    if (!q->when.ptr)
        q->when = before->when;
    return "the quote before";
}

const char **sf_quote_venues(const sf_scene *s, sofar_quote *quotes, size_t count) {
    const char **found = SF_ARRAY(s->arena, const char *, count + 1);
    if (s->analysis->sentence_count == 0)
        return found;
    const uint32_t *level = sf_clause_levels(s, quotes, count);
    sf_str paper = SF_ABSENT;
    for (size_t i = 0; i < count; i++)
        found[i] = of_quote(s, level, &quotes[i], i ? &quotes[i - 1] : NULL, &paper);
    return found;
}
