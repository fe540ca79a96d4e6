/* Ties each top run to a cue, decides whether it is a quotation at all, and joins pieces.
 *
 * A run beside its cue ("...," X said; X said: "...") is a quotation whatever it looks like. One
 * that only shares a sentence with a cue is, unless it looks like a title or a name. One without a
 * cue must look like speech: long, or a sentence of its own.
 */
#include "quote/pieces.h"

enum { NEAR = 16, INTRO = 24 };

static sf_str str(const sf_scene *s, uint32_t i) { return sf_item_str(s, i); }
static char mark(const sf_scene *s, uint32_t i) { return s->items[i].mark; }
static bool is(const sf_scene *s, uint32_t i, uint32_t sections) {
    return sf_item_is(s, i, sections);
}
static bool plain_word(const sf_scene *s, uint32_t i) {
    return s->items[i].word != SF_NONE && !s->items[i].mark;
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
           last != '?' && last != '!' &&
           (sf_speaker_owner(s, q - 1) || is(s, q - 1, SF_CUE_PREPOSITION));
}

/* Is the run a name or title by the words beside it? */
static bool looks_named(const sf_scene *s, uint32_t run, const look *l) {
    uint32_t q = s->run_item[run];
    const sf_item *item = &s->items[q];
    bool left = q > item->first && plain_word(s, q - 1);
    bool right = q + 1 < item->end && plain_word(s, q + 1);
    if (beside_work(s, run, l) || in_title_place(s, run, l))
        return true;
    if (left && is(s, q - 1, SF_CUE_TERM) && !is(s, q - 1, SF_CUE_VERB) && l->words <= 12)
        return true;
    if (left && is(s, q - 1, SF_CUE_TERM) && l->upper && l->title)
        return true;
    if (left && right && s->items[q - 1].capital && s->items[q + 1].capital && l->words <= 2 &&
        l->upper) /* James “Jim” Hall */
        return true;
    return l->title && l->words <= 10 && (l->words > 1 || left) && !l->stops;
}

/* ---- ties ---- */

static bool has_speaker(const sf_said *said) { return said->speaker.begin < said->speaker.end; }

/* Are the items between a and b (both outside) only what may part a quotation from its cue? */
static bool only_between(const sf_scene *s, uint32_t a, uint32_t b) {
    for (uint32_t i = a + 1; i < b; i++) {
        char m = mark(s, i);
        if (m == ',' || m == '-' || m == '~' || m == '*' || m == '!' || m == '?')
            continue;
        if (!is(s, i, SF_CUE_ADVERB) && !sf_str_equal(str(s, i), SF_STR("as")))
            return false;
    }
    return true;
}

/* The cue behind the run, with its subject between them or behind it. close: nothing else stands
 * between. SF_NONE if there is none. */
static uint32_t cue_after(const sf_scene *s, uint32_t run, bool *close) {
    uint32_t q = s->run_item[run], end = s->items[q].end;
    uint32_t before = s->items[q].said;
    if (end > q + NEAR * 2)
        end = q + NEAR * 2;
    for (uint32_t i = q + 1; i < end; i++) {
        if (s->items[i].run != SF_NONE && sf_run_ends(s, s->items[i].run) != 'a')
            return SF_NONE;
        uint32_t k = s->items[i].said;
        if (k == before || k == SF_NONE)
            continue;
        const sf_said *said = &s->saids[k];
        before = k;
        if (said->borrowed || !has_speaker(said) || said->near <= q ||
            !(said->is & (SF_CUE_SPEECH | SF_CUE_POST | SF_CUE_TELL)))
            continue;
        *close = i - q <= NEAR && only_between(s, q, said->near);
        return k;
    }
    return SF_NONE;
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

static void tie_to(const sf_scene *s, sf_piece *p, uint32_t said, sf_tie tie) {
    p->said = said;
    p->tie = tie;
    p->cue = s->saids[said].cue;
    p->speaker = s->saids[said].speaker;
    p->pronoun = s->saids[said].pronoun;
}

static bool is_past(const sf_scene *s, uint32_t i) {
    return plain_word(s, i) && !s->items[i].capital && s->items[i].is == 0 &&
           sf_str_ends(str(s, i), SF_STR("ed")) && str(s, i).len > 4;
}

static bool set_cue(const sf_scene *s, sf_piece *p, uint32_t item, bool pronoun) {
    p->tie = SF_TIE_AFTER;
    p->cue = s->items[item].span;
    p->pronoun = pronoun;
    return true;
}

/* Does a clause with "and" or "but" begin between the items? */
static bool clause_between(const sf_scene *s, uint32_t a, uint32_t b) {
    for (uint32_t i = a + 1; i + 1 < b; i++)
        if (mark(s, i) == ',' && (sf_str_equal(str(s, i + 1), SF_STR("and")) ||
                                  sf_str_equal(str(s, i + 1), SF_STR("but"))))
            return true;
    return false;
}

/* "he said he hopes “...”": the first verb is the one that tells who speaks. */
static uint32_t outer_cue(const sf_scene *s, uint32_t said) {
    const sf_said *x = &s->saids[said];
    if (said == 0 || !(x->pronoun || x->is & SF_CUE_INNER) ||
        x->is & (SF_CUE_SPEECH | SF_CUE_POST | SF_CUE_TELL))
        return said;
    const sf_said *before = &s->saids[said - 1];
    bool same = s->items[before->item].first == s->items[x->item].first;
    return same && has_speaker(before) && before->is & (SF_CUE_SPEECH | SF_CUE_TELL) &&
                   x->item - before->item < 10 && !clause_between(s, before->item, x->item)
               ? said - 1
               : said;
}

/* A verb that the list does not have, plain by its place: “...,” Hale fumed; “...,” fumed Hale. */
static bool tie_by_place(const sf_scene *s, uint32_t run, const look *l, sf_piece *p) {
    uint32_t q = s->run_item[run], end = s->items[q].end, i = q + 1;
    char last = sf_run_ends(s, run);
    if ((last != ',' && last != '?' && last != '!' && last != '-') || (l->title && last == ','))
        return false;
    bool pronoun;
    if (i + 1 < end && is_past(s, i) && s->items[i + 1].capital && !is(s, i + 1, SF_CUE_MONTHLIKE))
        return sf_speaker_right(s, i + 1, end, &p->speaker, &pronoun) && set_cue(s, p, i, pronoun);
    if (i >= end || !(is(s, i, SF_CUE_PRONOUN) || s->items[i].capital))
        return false;
    uint32_t k = i + 1;
    while (k < end && k < i + 6 && (s->items[k].capital || mark(s, k) == '.'))
        k++;
    if (k >= end || !is_past(s, k))
        return false;
    sf_span words = {s->items[i].span.begin, s->items[k - 1].span.end};
    p->speaker = words;
    return set_cue(s, p, k, is(s, i, SF_CUE_PRONOUN));
}

static void tie_in_sentence(const sf_scene *s, uint32_t run, const look *l, sf_piece *p) {
    uint32_t q = s->run_item[run], before = s->items[q].said;
    bool close = false;
    uint32_t after = cue_after(s, run, &close);
    bool front = at_sentence_start(s, q);
    if (after != SF_NONE && close && (front || before == SF_NONE || sf_run_ends(s, run) == ','))
        if (before == SF_NONE || !leads_to(s, &s->saids[before], q) || front) {
            tie_to(s, p, after, SF_TIE_AFTER);
            return;
        }
    if (tie_by_place(s, run, l, p))
        return;
    bool far = before != SF_NONE && q > s->items[q].first && mark(s, q - 1) == ':' &&
               clause_between(s, s->saids[before].item, q);
    if (before != SF_NONE && has_speaker(&s->saids[before]) && !far) {
        before = outer_cue(s, before);
        bool leads = leads_to(s, &s->saids[before], q);
        tie_to(s, p, before, leads ? SF_TIE_BEFORE : SF_TIE_LOOSE);
        return;
    }
    if (after != SF_NONE)
        tie_to(s, p, after, close ? SF_TIE_AFTER : SF_TIE_LOOSE);
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
    if (s->items[colon].said == k) /* no cue in the sentence: what it begins with speaks */
        sf_speaker_of_sentence(s, s->items[colon].first, colon, true, &p->speaker, &p->pronoun);
}

static bool adjoining(const sf_scene *s, uint32_t a, uint32_t b) {
    return s->runs.at[a].block == s->runs.at[b].block && s->run_item[b] == s->run_item[a] + 1;
}

/* ---- quotation or not ---- */

static bool is_quotation(const sf_scene *s, uint32_t run, const sf_piece *p, const look *l) {
    uint32_t q = s->run_item[run];
    if (p->tie == SF_TIE_AFTER)
        return !(l->title && (beside_work(s, run, l) || in_title_place(s, run, l)));
    if (p->tie == SF_TIE_INTRO)
        return l->stops || !l->title;
    if (p->tie == SF_TIE_BEFORE && (mark(s, q - 1) == ':' || mark(s, q - 1) == ',') &&
        (l->words > 3 || !l->title))
        return true;
    if (p->tie == SF_TIE_SAME)
        return l->words > 3 || l->stops;
    bool named = looks_named(s, run, l);
    if (p->tie != SF_TIE_NONE) {
        if (named)
            return false;
        if (l->words > 3)
            return true;
        return q - s->saids[p->said].item < NEAR || s->saids[p->said].item > q;
    }
    if (named)
        return false;
    bool alone = q == s->items[q].first && q + 1 >= s->items[q].end;
    return l->words >= 7 || (l->words >= 4 && l->stops && l->upper && (alone || l->words > 5));
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
    to->speaker = from->speaker, to->pronoun = from->pronoun;
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

/* A paragraph that goes on with the quotation of the one before it. */
static void go_on(const sf_scene *s, sf_piece *pieces, uint32_t run, const look *l) {
    const sf_piece *head = &pieces[s->runs.at[run].prev];
    sf_piece *p = &pieces[run], own = {.said = SF_NONE};
    *p = *head;
    p->tie = SF_TIE_SAME, p->quotation = p->direct = true;
    if (head->speaker.begin == head->speaker.end) /* the cue may stand behind the last */
        tie_in_sentence(s, run, l, &own);
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
        pieces[r] = (sf_piece){.said = SF_NONE, .with = r};
        if (last != SF_NONE && s->runs.at[last].block != run->block)
            last = SF_NONE;
        if (run->parent != SF_NONE || s->run_item[r] == SF_NONE)
            continue;
        sf_piece *p = &pieces[r];
        look l = look_at(s, r);
        if (run->prev != SF_NONE) {
            go_on(s, pieces, r, &l);
            last = r;
            continue;
        }
        tie_in_sentence(s, r, &l, p);
        if (p->tie == SF_TIE_NONE)
            tie_by_colon(s, r, p);
        p->quotation = is_quotation(s, r, p, &l);
        p->direct = is_direct(s, r, p, &l);
        join(s, pieces, r, last, &l);
        if (p->quotation)
            last = r;
    }
    return pieces;
}
