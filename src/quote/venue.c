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

static bool is_one_of(const sf_scene *s, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (is_word(s, i, *words))
            return true;
    return false;
}

/* "on The Late Lantern", "on the Loud Breakfast podcast": a programme. */
static void on_air(const sf_scene *s, uint32_t i, uint32_t end, sofar_quote *q) {
    static const char *const kinds[] = {"podcast",   "show",   "radio",   "program", "programme",
                                        "broadcast", "series", "channel", "station", NULL};
    sf_span span;
    uint32_t subject, k = i;
    bool small = i < end && is_word(s, i, "the") && !s->items[i].capital;
    if (!capital_phrase(s, i, end, &span, &subject))
        return;
    while (k < end && s->items[k].span.end <= span.end)
        k++;
    sofar_subject_type type =
        subject == SOFAR_NOBODY ? SOFAR_OTHER : s->people->subjects[subject].type;
    bool article = !small && i < end && is_word(s, i, "the"); /* a capital inside the sentence */
    if (type == SOFAR_OUTLET || article || (k < end && is_one_of(s, k, kinds)))
        q->via = sf_span_of(s->text->text, span);
}

static void look_for_venue(const sf_scene *s, uint32_t first, uint32_t end, sofar_quote *q) {
    static const char *const talks[] = {"interview", "interviews", "conversation",
                                        "chat",      "statement",  "speaking",
                                        "talking",   "email",      NULL};
    for (uint32_t i = first; i < end && !q->via.ptr; i++) {
        if (s->items[i].run != SF_NONE)
            continue;
        if (sf_item_is(s, i, SF_CUE_PLATFORM) && s->items[i].capital)
            q->via = str(s, i);
        else if (is_word(s, i, "via") && i + 1 < end)
            told(s, i + 1, end, q);
        else if (is_word(s, i, "on") && i + 1 < end)
            on_air(s, i + 1, end, q);
        else if (is_one_of(s, i, talks) && i + 2 < end &&
                 (is_word(s, i + 1, "with") || is_word(s, i + 1, "to")))
            told(s, i + 2, end, q);
    }
}

/* Do the words of the clause go on to another one at item i? */
static bool turns(const sf_scene *s, uint32_t i) {
    static const char *const words[] = {"who",   "whose",   "which", "that", "where",
                                        "after", "before",  "while", "when", "since",
                                        "until", "because", NULL};
    return s->items[i].run != SF_NONE || s->items[i].mark == ';' || s->items[i].mark == ':' ||
           is_one_of(s, i, words);
}

/* The words behind the cue that still tell of the saying. */
static uint32_t behind_cue(const sf_scene *s, uint32_t cue) {
    uint32_t end = s->items[cue].end, i = cue + 1;
    while (i < end && i - cue < REACH && !turns(s, i))
        i++;
    return i;
}

/* The first time with a value that is a place in time, in the words of items [first, end). */
static bool time_in(const sf_scene *s, uint32_t first, uint32_t end, sofar_quote *q) {
    if (first >= end)
        return false;
    uint32_t begin = s->items[first].span.begin, stop = s->items[end - 1].span.end;
    size_t low = 0, high = s->times->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->times->at[mid].span.begin < begin)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < s->times->count && s->times->at[low].span.end <= stop; low++) {
        const sofar_time *t = &s->times->at[low];
        sf_interval when;
        if ((t->type == SOFAR_DATE || t->type == SOFAR_TIME) && t->value.ptr &&
            sf_interval_parse(t->value, &when)) {
            q->when = t->value;
            return true;
        }
    }
    return false;
}

/* When it was said: behind the cue, between subject and cue, or in front of the sentence ("In May
 * 2021, Ruiz said"). */
static void look_for_time(const sf_scene *s, const sf_said *said, uint32_t end, sofar_quote *q) {
    uint32_t cue = said->item, first = s->items[cue].first;
    if (time_in(s, cue + 1, end, q))
        return;
    if (said->inverted || said->borrowed || said->near == SF_NONE || said->near > cue)
        return;
    uint32_t verb = cue;
    while (verb > said->near && cue - verb < 6 && s->items[verb - 1].mark != ',')
        verb--;
    if (time_in(s, verb, cue, q))
        return;
    uint32_t comma = first;
    while (comma < said->near && comma - first < 8 && s->items[comma].mark != ',' &&
           s->items[comma].run == SF_NONE)
        comma++;
    if (comma == said->near || s->items[comma].mark == ',')
        time_in(s, first, comma, q);
}

/* Front words of the sentence, up to the subject: "In an interview with The Post, Ruiz said". */
static uint32_t front_of(const sf_scene *s, const sf_said *said) {
    uint32_t i = said->item, low = s->items[i].first;
    while (i > low && said->item - i < REACH && s->items[i - 1].run == SF_NONE)
        i--;
    return i;
}

void sf_quote_venue(const sf_scene *s, const sf_said *said, sofar_quote *q) {
    uint32_t cue = said->item, end = behind_cue(s, cue);
    if (said->is & SF_CUE_TELL)
        told(s, cue + 1, end, q);
    else if (cue + 2 < end && is_word(s, cue + 1, "to"))
        told(s, cue + 2, end, q);
    look_for_venue(s, cue, end, q);
    if (!q->via.ptr)
        look_for_venue(s, front_of(s, said), cue, q);
    look_for_time(s, said, end, q);
}
