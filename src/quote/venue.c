/* Where, to whom and when: "told Variety", "in an interview with Collider", "via Instagram", "in
 * October 2021". Only the words of the cue's own sentence outside quotations, at most REACH items
 * from the cue. */
#include "quote/venue.h"

enum { REACH = 24 };

static sf_str str(const sf_scene *s, uint32_t i) { return sf_item_str(s, i); }
static bool is_word(const sf_scene *s, uint32_t i, const char *word) {
    return sf_str_equal_ci(str(s, i), sf_str_of(word));
}

/* The mention that begins at item i; SF_NONE if none. */
static uint32_t mention_at(const sf_scene *s, uint32_t i) {
    const sf_people *p = s->people;
    uint32_t at = s->items[i].span.begin;
    size_t low = 0, high = p->name_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (p->names[mid].span.begin < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low < p->name_count && p->names[low].span.begin == at ? (uint32_t)low : SF_NONE;
}

/* A capitalised phrase from i on: its span, and its subject if it is a mention. */
static bool capital_phrase(const sf_scene *s, uint32_t i, uint32_t end, sf_span *span,
                           uint32_t *subject) {
    *subject = SOFAR_NOBODY;
    if (i < end && is_word(s, i, "the"))
        i++;
    if (i >= end || s->items[i].run != SF_NONE || !s->items[i].capital ||
        sf_item_is(s, i, SF_CUE_MONTHLIKE | SF_CUE_PRONOUN))
        return false;
    uint32_t m = mention_at(s, i);
    if (m != SF_NONE) {
        *span = s->people->names[m].span;
        *subject = s->people->names[m].subject;
        return true;
    }
    uint32_t last = i;
    while (last + 1 < end && s->items[last + 1].capital &&
           !sf_item_is(s, last + 1, SF_CUE_MONTHLIKE) && s->items[last + 1].run == SF_NONE)
        last++;
    *span = (sf_span){s->items[i].span.begin, s->items[last].span.end};
    return true;
}

/* An addressee or outlet at item i. */
static bool told(const sf_scene *s, uint32_t i, uint32_t end, sofar_quote *q) {
    sf_span span;
    uint32_t subject;
    if (!capital_phrase(s, i, end, &span, &subject))
        return false;
    if (subject != SOFAR_NOBODY && s->people->subjects[subject].type == SOFAR_PERSON)
        q->to = subject;
    else if (!q->via.ptr)
        q->via = sf_span_of(s->text->text, span);
    return true;
}

static bool interview_word(const sf_scene *s, uint32_t i) {
    return is_word(s, i, "interview") || is_word(s, i, "conversation") || is_word(s, i, "chat") ||
           is_word(s, i, "statement") || is_word(s, i, "speaking") || is_word(s, i, "talking") ||
           is_word(s, i, "email") || is_word(s, i, "interviews");
}

static void look_for_venue(const sf_scene *s, uint32_t first, uint32_t end, sofar_quote *q) {
    for (uint32_t i = first; i < end && !q->via.ptr; i++) {
        if (s->items[i].run != SF_NONE)
            continue;
        if (sf_item_is(s, i, SF_CUE_PLATFORM) && s->items[i].capital)
            q->via = str(s, i);
        else if (is_word(s, i, "via") && i + 1 < end)
            told(s, i + 1, end, q);
        else if (interview_word(s, i) && i + 2 < end &&
                 (is_word(s, i + 1, "with") || is_word(s, i + 1, "to")))
            told(s, i + 2, end, q);
    }
}

/* The time beside the cue: the nearest in [begin, end) of bytes, with a value that is a day, month
 * or year and stands in no quotation. */
static void look_for_time(const sf_scene *s, uint32_t first, uint32_t end, const sf_said *said,
                          sofar_quote *q) {
    uint32_t begin = s->items[first].span.begin, stop = s->items[end - 1].span.end, best = 0;
    size_t low = 0, high = s->times->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->times->at[mid].span.begin < begin)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < s->times->count && s->times->at[low].span.begin < stop; low++) {
        const sofar_time *t = &s->times->at[low];
        sf_interval when;
        if ((t->type != SOFAR_DATE && t->type != SOFAR_TIME) || !t->value.ptr ||
            !sf_interval_parse(t->value, &when))
            continue;
        uint32_t away = t->span.begin > said->cue.begin ? t->span.begin - said->cue.begin
                                                        : said->cue.begin - t->span.begin;
        if (q->when.ptr && away >= best)
            continue;
        best = away;
        q->when = t->value;
    }
}

/* The stretch around the cue that no quotation or clause cuts off. */
static void clause_of(const sf_scene *s, uint32_t cue, uint32_t *first, uint32_t *end) {
    uint32_t low = s->items[cue].first, high = s->items[cue].end;
    *first = cue;
    *end = cue + 1;
    while (*first > low && cue - *first < REACH && s->items[*first - 1].run == SF_NONE)
        --*first;
    while (*end < high && *end - cue < REACH && s->items[*end].run == SF_NONE &&
           s->items[*end].mark != ';' && s->items[*end].mark != ':' && !is_word(s, *end, "that"))
        ++*end;
}

void sf_quote_venue(const sf_scene *s, const sf_said *said, sofar_quote *q) {
    uint32_t first, end;
    clause_of(s, said->item, &first, &end);
    if (said->is & SF_CUE_TELL)
        told(s, said->item + 1, end, q);
    look_for_venue(s, first, end, q);
    look_for_time(s, first, end, said, q);
}
