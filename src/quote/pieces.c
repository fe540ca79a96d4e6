/* Ties each top run to a cue, decides whether it is a quotation at all, and joins pieces.
 *
 * A run beside its cue ("...," X said; X said: "...") is a quotation whatever it looks like. One
 * that only shares a sentence with a cue is, unless it looks like a title or a name. One without a
 * cue must look like speech: long, or a sentence of its own.
 */
#include "quote/pieces.h"

enum { NEAR = 16, CLIMB = 12, TOPS = 6 };

static sf_str str(const sf_scene *s, uint32_t i) { return sf_item_str(s, i); }
static char mark(const sf_scene *s, uint32_t i) { return s->items[i].mark; }
static bool is(const sf_scene *s, uint32_t i, uint32_t sections) {
    return sf_item_is(s, i, sections);
}
static bool plain_word(const sf_scene *s, uint32_t i) {
    return s->items[i].word != SF_NONE && !s->items[i].mark;
}

static bool owner(const sf_scene *s, uint32_t i) {
    sf_str w = str(s, i);
    return sf_str_ends(w, SF_STR("'s")) || sf_str_ends(w, SF_STR("\xE2\x80\x99s")) ||
           sf_str_ends(w, SF_STR("s'")) || sf_str_ends(w, SF_STR("s\xE2\x80\x99"));
}

/* ---- what a run looks like ---- */

typedef struct look {
    uint32_t words;
    bool upper; /* begins with an upper-case letter or a digit */
    bool title; /* title case: all words but small ones are capitalised */
    bool stops; /* ends like a sentence . ? ! */
} look;

static look look_at(const sf_scene *s, uint32_t run) {
    sf_span in = s->runs.at[run].inner;
    look l = {.upper = sf_run_begins_upper(s, run), .title = true};
    sf_str text = sf_span_of(s->text->text, in);
    bool gap = true;
    for (size_t i = 0; i < text.len && l.words < 40; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '\n' || c == '\t') {
            gap = true;
            continue;
        }
        if (gap && (sf_is_alpha(c) || sf_is_digit(c) || (unsigned char)c >= 0xC3)) {
            size_t end = i;
            while (end < text.len && text.ptr[end] != ' ')
                end++;
            l.words++;
            if (c >= 'a' && c <= 'z' &&
                (l.words == 1 || end - i > 4 ||
                 !(sf_cue_of(sf_str_sub(text, i, end)) &
                   (SF_CUE_PREPOSITION | SF_CUE_CONJUNCTION | SF_CUE_DETERMINER))))
                l.title = false;
            gap = false;
        }
    }
    char last = sf_run_ends(s, run);
    l.stops = last == '.' || last == '?' || last == '!';
    return l;
}

/* Does a noun of works stand beside it: the film “Low Tide”, the “Low Tide” trilogy? */
static bool beside_work(const sf_scene *s, uint32_t run, const look *l) {
    uint32_t q = s->run_item[run];
    const sf_item *item = &s->items[q];
    bool left = q > item->first && plain_word(s, q - 1) && is(s, q - 1, SF_CUE_WORK);
    bool right = q + 1 < item->end && plain_word(s, q + 1) && is(s, q + 1, SF_CUE_WORK);
    return l->upper && l->words <= 10 && (left || right);
}

/* In title case behind a preposition or an owner: on “Good Evening,” NBC's “Late Tide.” */
static bool in_title_place(const sf_scene *s, uint32_t run, const look *l) {
    uint32_t q = s->run_item[run];
    char last = sf_run_ends(s, run);
    return q > s->items[q].first && plain_word(s, q - 1) && l->title && l->words <= 6 &&
           last != '?' && last != '!' && (owner(s, q - 1) || is(s, q - 1, SF_CUE_PREPOSITION));
}

/* James “Jim” Hall */
static bool is_nickname(const sf_scene *s, uint32_t run, const look *l) {
    uint32_t q = s->run_item[run];
    return q > s->items[q].first && q + 1 < s->items[q].end && l->words <= 2 && l->upper &&
           plain_word(s, q - 1) && plain_word(s, q + 1) && s->items[q - 1].capital &&
           s->items[q + 1].capital;
}

/* the word “larboard”, meaning “loading side” */
static bool is_term(const sf_scene *s, uint32_t q, const look *l) {
    return q > s->items[q].first && is(s, q - 1, SF_CUE_TERM) && !is(s, q - 1, SF_CUE_VERB) &&
           l->words <= 12;
}

/* Is the run a name or title by the words beside it? */
static bool looks_named(const sf_scene *s, uint32_t run, const look *l) {
    uint32_t q = s->run_item[run];
    const sf_item *item = &s->items[q];
    bool left = q > item->first && plain_word(s, q - 1);
    if (beside_work(s, run, l) || in_title_place(s, run, l))
        return true;
    if (is_term(s, q, l))
        return true;
    if (left && is(s, q - 1, SF_CUE_TERM) && l->upper && l->title)
        return true;
    return l->title && l->words <= 10 && (l->words > 1 || left) && !l->stops;
}

/* ---- ties ---- */

static bool has_speaker(const sf_said *said) { return said->speaker.begin < said->speaker.end; }

static void tie_to(const sf_scene *s, sf_piece *p, uint32_t said, sf_tie tie) {
    p->said = said;
    p->tie = tie;
    p->cue = s->saids[said].cue;
    p->speaker = s->saids[said].speaker;
    p->head = s->saids[said].head;
}

/* Does the cue before the run lead right to it? */
static bool leads_to(const sf_scene *s, const sf_said *said, uint32_t q) {
    if (q == said->item + 1)
        return true;
    char m = mark(s, q - 1);
    return m == ':' || m == ',' || sf_str_equal(str(s, q - 1), SF_STR("that"));
}

static bool at_sentence_start(const sf_scene *s, uint32_t q) {
    uint32_t i = s->items[q].first;
    while (i < q && (mark(s, i) || is(s, i, SF_CUE_CONJUNCTION)) && q - i < 4)
        i++;
    return i == q;
}

/* Does a clause with "and" or "but" begin between the items? */
static bool clause_between(const sf_scene *s, uint32_t a, uint32_t b) {
    for (uint32_t i = a + 1; i + 1 < b; i++)
        if (mark(s, i) == ',' && (sf_str_equal(str(s, i + 1), SF_STR("and")) ||
                                  sf_str_equal(str(s, i + 1), SF_STR("but"))))
            return true;
    return false;
}

/* The cue that governs the token, nearest first. */
static uint32_t cue_above(const sf_scene *s, uint32_t token) {
    uint32_t h = sf_syntax_head(s->syntax, token);
    for (int step = 0; step < CLIMB && h != SF_NONE; step++, h = sf_syntax_head(s->syntax, h))
        if (s->cue_at[h] != SF_NONE)
            return s->cue_at[h];
    return SF_NONE;
}

/* The cue that hangs on the token: “I left” - said Ruiz - “at noon”. */
static uint32_t cue_below(const sf_scene *s, uint32_t token) {
    uint32_t c = s->syntax->child[token];
    for (int i = 0; c != SF_NONE && i < CLIMB; i++, c = s->syntax->next[c])
        if (s->cue_at[c] != SF_NONE && sf_syntax_rel(s->syntax, c, SF_DEP_PARATAXIS | SF_DEP_CCOMP))
            return s->cue_at[c];
    return SF_NONE;
}

/* A cue that the model puts into what another one reports tells of speech in speech: who reports is
 * the one to name. */
static uint32_t outermost(const sf_scene *s, uint32_t said) {
    for (int step = 0; step < CLIMB; step++) {
        const sf_said *x = &s->saids[said];
        uint32_t above = cue_above(s, x->token);
        if (sf_syntax_part(s->syntax, x->token) != SF_PART_CONTENT || above == SF_NONE ||
            !has_speaker(&s->saids[above]))
            break;
        said = above;
    }
    return said;
}

/* The cue that the tree ties the run to; SF_NONE if none. */
static uint32_t cue_by_tree(const sf_scene *s, uint32_t run) {
    const sf_run *r = &s->runs.at[run];
    const sf_syntax *t = s->syntax;
    uint32_t first = sf_text_token_at(t->text, r->inner.begin),
             end = sf_text_token_at(t->text, r->inner.end - 1) + 1;
    uint32_t best = SF_NONE;
    int tops = 0;
    for (uint32_t i = first; i < end && i < t->token_count && tops < TOPS; i++) {
        uint32_t h = sf_syntax_head(t, i);
        if ((h != SF_NONE && h >= first && h < end) || sf_syntax_rel(t, i, SF_DEP_PUNCT))
            continue;
        tops++;
        uint32_t k = h == SF_NONE ? cue_below(s, i) : cue_above(s, i);
        if (k == SF_NONE)
            continue;
        if (best == SF_NONE || h == s->saids[k].token)
            best = k;
        if (h == s->saids[k].token)
            break;
    }
    return best;
}

/* Does the writer's sentence name a source, as the model has it? */
static bool has_source(const sf_scene *s, uint32_t q) {
    uint32_t first = s->items[q].first, end = s->items[q].end;
    first = q - first > NEAR ? q - NEAR : first;
    end = end - q > NEAR ? q + NEAR : end;
    for (uint32_t i = first; i < end; i++)
        if (s->items[i].word != SF_NONE) {
            uint32_t token = s->syntax->word_token[s->items[i].word];
            if (token < s->syntax->token_count &&
                sf_syntax_part(s->syntax, token) == SF_PART_SOURCE)
                return true;
        }
    return false;
}

/* “...” - Ana Ruiz, up to the end of the block or the next run. */
static bool tie_by_signature(const sf_scene *s, uint32_t run, const look *l, sf_piece *p) {
    uint32_t q = s->run_item[run], block = s->runs.at[run].block;
    uint32_t end = s->block_first[block + 1], i = q + 2;
    if (i >= end || mark(s, q + 1) != '-' || (l->words < 4 && !l->stops))
        return false;
    while (i < end && i < q + 8 && (s->items[i].capital || (mark(s, i) == '.' && i > q + 2)))
        i++;
    while (i > q + 2 && mark(s, i - 1) == '.')
        i--;
    if (i == q + 2 || (i < end && s->items[i].run == SF_NONE && !mark(s, i)))
        return false;
    p->speaker = (sf_span){s->items[q + 2].span.begin, s->items[i - 1].span.end};
    p->tie = SF_TIE_AFTER;
    return true;
}

/* The cue right behind the run, where sentences part what belongs together. */
static uint32_t cue_behind(const sf_scene *s, uint32_t run) {
    uint32_t q = s->run_item[run], end = s->items[q].end, before = s->items[q].said;
    if (q + 1 >= end || (sf_run_ends(s, run) == 'a' && mark(s, q + 1) != ','))
        return SF_NONE;
    if (end > q + NEAR)
        end = q + NEAR;
    for (uint32_t i = q + 1; i < end; i++) {
        if (s->items[i].run != SF_NONE)
            return SF_NONE;
        uint32_t k = s->items[i].said;
        if (k != before && k != SF_NONE && has_speaker(&s->saids[k]) && s->saids[k].near > q &&
            s->saids[k].near <= q + 4)
            return k;
    }
    return SF_NONE;
}

static sf_tie tie_kind(const sf_scene *s, uint32_t said, uint32_t q) {
    const sf_said *x = &s->saids[said];
    if (x->item > q)
        return x->near <= q + 3 || x->near == SF_NONE ? SF_TIE_AFTER : SF_TIE_LOOSE;
    return leads_to(s, x, q) ? SF_TIE_BEFORE : SF_TIE_LOOSE;
}

static void tie_in_sentence(const sf_scene *s, uint32_t run, sf_piece *p) {
    uint32_t q = s->run_item[run], before = s->items[q].said;
    uint32_t said = cue_by_tree(s, run);
    if (said == SF_NONE)
        said = cue_behind(s, run);
    if (said == SF_NONE && before != SF_NONE && has_speaker(&s->saids[before]) &&
        !(q > s->items[q].first && mark(s, q - 1) == ':' &&
          clause_between(s, s->saids[before].item, q)))
        said = before;
    if (said == SF_NONE)
        return;
    said = outermost(s, said);
    bool colon = q > s->items[q].first && mark(s, q - 1) == ':';
    if (!(colon && s->saids[said].is & SF_CUE_NOBODYS)) /* "Nobody said so, Ruiz was glad: “...”" */
        tie_to(s, p, said, tie_kind(s, said, q));
}

/* "RUIZ: “...”": nothing but a name before the colon. */
static bool tie_by_label(const sf_scene *s, uint32_t colon, sf_piece *p) {
    uint32_t first = s->items[colon].first, i = first;
    while (i < colon && i < first + 6 && (s->items[i].capital || (mark(s, i) == '.' && i > first)))
        i++;
    if (i < colon || i == first)
        return false;
    p->speaker = (sf_span){s->items[first].span.begin, s->items[colon - 1].span.end};
    return true;
}

/* "Ruiz sounded cheerful: “...”": any verb that the words hang on. */
static bool tie_by_verb(const sf_scene *s, uint32_t run, sf_piece *p) {
    const sf_run *r = &s->runs.at[run];
    uint32_t first = sf_text_token_at(s->text, r->inner.begin);
    uint32_t end = sf_text_token_at(s->text, r->inner.end - 1) + 1;
    for (uint32_t i = first; i < end && i < first + 2 * NEAR && i < s->syntax->token_count; i++) {
        uint32_t h = sf_syntax_head(s->syntax, i);
        if (h == SF_NONE || (h >= first && h < end) || sf_syntax_rel(s->syntax, i, SF_DEP_PUNCT))
            continue;
        if (!sf_speaker_of_verb(s, h, &p->head))
            continue;
        p->speaker = sf_speaker_phrase(s, p->head);
        return true;
    }
    p->head = SF_NONE;
    return false;
}

/* A colon before the run, in its sentence or at the end of the block before. */
static void tie_by_colon(const sf_scene *s, uint32_t run, sf_piece *p) {
    uint32_t q = s->run_item[run], block = s->runs.at[run].block;
    uint32_t colon;
    if (q > s->block_first[block])
        colon = q - 1;
    else if (block > 0 && q > s->block_first[block - 1])
        colon = q - 1; /* the block before ends with it */
    else
        return;
    if (mark(s, colon) == '.' && colon > 0 && q > s->block_first[block] && q == s->items[q].first) {
        uint32_t cue = s->items[colon - 1].said; /* Hale agreed. “...” */
        if (cue != SF_NONE && s->saids[cue].item == colon - 1 && s->saids[cue].is & SF_CUE_SPEECH &&
            has_speaker(&s->saids[cue]))
            tie_to(s, p, cue, SF_TIE_INTRO);
        return;
    }
    if (mark(s, colon) != ':')
        return;
    uint32_t k = s->items[colon].said;
    if (k != SF_NONE && clause_between(s, s->saids[k].item, colon))
        k = SF_NONE; /* another clause has begun behind the cue */
    if (k != SF_NONE && has_speaker(&s->saids[k])) {
        tie_to(s, p, k, SF_TIE_INTRO);
        return;
    }
    p->tie = SF_TIE_INTRO;
    if (tie_by_label(s, colon, p))
        return;
    if (tie_by_verb(s, run, p))
        return;
    if (s->items[colon].said == k) /* no cue in the sentence: what it begins with speaks */
        if (sf_speaker_of_sentence(s, s->items[colon].first, colon, &p->head))
            p->speaker = sf_speaker_phrase(s, p->head);
}

static bool adjoining(const sf_scene *s, uint32_t a, uint32_t b) {
    return s->runs.at[a].block == s->runs.at[b].block && s->run_item[b] == s->run_item[a] + 1;
}

/* ---- quotation or not ---- */

/* How much of the run the model takes for reported content, in percent. */
static uint32_t content_share(const sf_scene *s, uint32_t run) {
    sf_span inner = s->runs.at[run].inner;
    uint32_t first = sf_text_token_at(s->text, inner.begin), i = first, content = 0;
    for (; i < s->syntax->token_count && s->text->tokens[i].span.begin < inner.end; i++)
        content += sf_syntax_part(s->syntax, i) == SF_PART_CONTENT;
    return i > first ? (uint32_t)((uint64_t)content * 100 / (i - first)) : 0;
}

/* The “feud” everyone talks about: the words are spoken of, in a clause of their own, not said. */
static bool is_spoken_of(const sf_scene *s, uint32_t run, const sf_piece *p) {
    if (p->said == SF_NONE)
        return false;
    uint32_t cue = s->saids[p->said].token, head = sf_syntax_head(s->syntax, cue);
    if (head != SF_NONE && sf_syntax_rel(s->syntax, cue, SF_DEP_RELCL | SF_DEP_ACL) &&
        sf_span_contains(s->runs.at[run].outer, s->text->tokens[head].span))
        return true;
    /* The parser may take the words for one more subject of what follows. */
    uint32_t q = s->run_item[run], own = sf_text_token_at(s->text, s->runs.at[run].inner.begin);
    return q > s->items[q].first && is(s, q - 1, SF_CUE_DETERMINER) && own < cue &&
           sf_syntax_head(s->syntax, own) == cue && sf_syntax_rel(s->syntax, own, SF_DEP_SUBJECT);
}

static bool is_quotation(const sf_scene *s, uint32_t run, const sf_piece *p, const look *l) {
    uint32_t q = s->run_item[run];
    if (sf_span_contains(p->speaker, s->runs.at[run].outer) || /* the “Low Tide” star said */
        is_nickname(s, run, l) || (p->said != SF_NONE && s->saids[p->said].is & SF_CUE_NOBODYS))
        return false;
    if (l->words < 4 && is_spoken_of(s, run, p))
        return false;
    if (p->tie == SF_TIE_AFTER)
        return !is_term(s, q, l) &&
               !(l->title && (beside_work(s, run, l) || in_title_place(s, run, l)));
    if (p->tie == SF_TIE_INTRO)
        return l->stops || !l->title;
    if (p->tie == SF_TIE_BEFORE && (mark(s, q - 1) == ':' || mark(s, q - 1) == ',') &&
        (l->words > 3 || !l->title))
        return true;
    if (p->tie == SF_TIE_SAME)
        return l->words > 3 || l->stops;
    if (looks_named(s, run, l))
        return false;
    bool reported = content_share(s, run) > 50;
    bool listed = p->said != SF_NONE && !(s->saids[p->said].is & SF_CUE_GUESSED);
    if (p->tie != SF_TIE_NONE)
        return listed ? l->words > 3 || reported : reported && !l->title;
    bool alone = q == s->items[q].first && q + 1 >= s->items[q].end;
    return l->words >= 7 || (l->words >= 4 && l->stops && l->upper && (alone || l->words > 5)) ||
           (reported && l->words > 1 && has_source(s, q));
}

static bool is_direct(const sf_scene *s, uint32_t run, const sf_piece *p, const look *l) {
    uint32_t q = s->run_item[run];
    bool set_off = q > s->items[q].first && (mark(s, q - 1) == ':' || mark(s, q - 1) == ',');
    switch (p->tie) {
    case SF_TIE_AFTER: return l->upper || at_sentence_start(s, q);
    case SF_TIE_BEFORE: return l->upper ? l->words > 2 || set_off : set_off && l->words > 3;
    case SF_TIE_LOOSE: return l->upper && l->words > 3;
    default: return l->upper || at_sentence_start(s, q);
    }
}

/* ---- joining ---- */

static void take_cue(sf_piece *to, const sf_piece *from) {
    to->said = from->said, to->cue = from->cue;
    to->speaker = from->speaker, to->head = from->head;
}

/* A sentence that is all quotation behind one that says who speaks: "Hale saw it differently, he
 * said. “...”" */
static void carry_on(const sf_scene *s, uint32_t run, sf_piece *p) {
    uint32_t q = s->run_item[run], first = s->items[q].first;
    if (first == 0 || first == s->block_first[s->items[q].block])
        return;
    uint32_t said = s->items[first - 1].said;
    if (said != SF_NONE && has_speaker(&s->saids[said])) {
        said = outermost(s, said);
        tie_to(s, p, said, SF_TIE_INTRO);
    }
}

/* Joins run to the quotation before it in its block (or SF_NONE), where they are one. */
static void join(const sf_scene *s, sf_piece *pieces, uint32_t run, uint32_t last, const look *l) {
    sf_piece *p = &pieces[run];
    uint32_t q = s->run_item[run];
    if (last == SF_NONE)
        return;
    const sf_piece *before = &pieces[last];
    if (p->tie == SF_TIE_NONE && at_sentence_start(s, q) && before->direct &&
        (l->words > 3 || l->stops)) {
        *p = *before;
        p->begin = s->runs.at[run].inner.begin;
        p->tie = SF_TIE_SAME, p->quotation = true;
        return;
    }
    if (p->said != SF_NONE && p->said == before->said)
        p->with = before->with;
    else if (p->tie == SF_TIE_AFTER && before->tie == SF_TIE_NONE && adjoining(s, last, run)) {
        sf_piece *first = &pieces[before->with]; /* “A.” “B,” she said. */
        take_cue(first, p);
        p->with = before->with;
    }
}

/* “RUIZ: The lamp was lit.”: a transcript's label inside the marks. */
static bool tie_by_inner_label(const sf_scene *s, uint32_t run, sf_piece *p) {
    const sf_text *t = s->text;
    sf_span inner = s->runs.at[run].inner;
    uint32_t token = sf_text_token_at(s->text, inner.begin);
    if (token >= s->syntax->token_count)
        return false;
    uint32_t first = t->tokens[token].word, w = first;
    while (w < t->word_count && w < first + 4 && t->words[w].all_caps)
        w++;
    if (w == first || w + 1 >= t->word_count || !sf_str_equal(sf_word_of(t, w), SF_STR(":")) ||
        t->words[w + 1].span.begin >= inner.end)
        return false;
    p->speaker = (sf_span){t->words[first].span.begin, t->words[w - 1].span.end};
    p->begin = t->words[w + 1].span.begin;
    p->tie = SF_TIE_INTRO;
    p->quotation = p->direct = true;
    return true;
}

/* A paragraph that goes on with the quotation of the one before it. */
static void go_on(const sf_scene *s, sf_piece *pieces, uint32_t run) {
    const sf_piece *head = &pieces[s->runs.at[run].prev];
    sf_piece *p = &pieces[run], own = {.said = SF_NONE, .head = SF_NONE};
    *p = *head;
    p->begin = s->runs.at[run].inner.begin;
    p->tie = SF_TIE_SAME, p->quotation = p->direct = true;
    if (head->speaker.begin == head->speaker.end) /* the cue may stand behind the last */
        tie_in_sentence(s, run, &own);
    if (own.tie == SF_TIE_AFTER) {
        take_cue(&pieces[head->with], &own);
        take_cue(p, &own);
    }
    pieces[head->with].quotation = true;
}

sf_piece *sf_quote_pieces(const sf_scene *s) {
    sf_piece *pieces = SF_ARRAY(s->arena, sf_piece, s->runs.count + 1);
    uint32_t last = SF_NONE; /* the last quotation in this block */
    for (uint32_t r = 0; r < s->runs.count; r++) {
        const sf_run *run = &s->runs.at[r];
        pieces[r] =
            (sf_piece){.said = SF_NONE, .head = SF_NONE, .begin = run->inner.begin, .with = r};
        if (last != SF_NONE && s->runs.at[last].block != run->block)
            last = SF_NONE;
        if (run->parent != SF_NONE || s->run_item[r] == SF_NONE)
            continue;
        sf_piece *p = &pieces[r];
        look l = look_at(s, r);
        if (tie_by_inner_label(s, r, p)) {
            last = r;
            continue;
        }
        if (run->prev != SF_NONE) {
            go_on(s, pieces, r);
            last = r;
            continue;
        }
        if (!tie_by_signature(s, r, &l, p))
            tie_in_sentence(s, r, p);
        if (p->tie == SF_TIE_NONE)
            tie_by_colon(s, r, p);
        p->quotation = is_quotation(s, r, p, &l);
        p->direct = is_direct(s, r, p, &l);
        join(s, pieces, r, last, &l);
        if (p->quotation && p->tie == SF_TIE_NONE && at_sentence_start(s, s->run_item[r]))
            carry_on(s, r, p);
        if (p->quotation)
            last = r;
    }
    return pieces;
}
