/* The way through a text: sentence by sentence, tokens, matches, the leftmost longest of them, what
 * they mean. Start here, then grammar.txt (what is found) and meaning.c (what it is worth). */
#include "time/time.h"

#include "time/story.h"

/* A capitalised word right beside it makes it a part of a name: "April Films", "Brian May". */
static bool is_name_part(const tokens *t, const match *m) {
    if (m->end < t->list.count) {
        const token *next = &t->list.at[m->end];
        if (next->capital && next->space && !next->punct)
            return true;
    }
    if (m->begin == 0 || !t->list.at[m->begin].space)
        return false;
    const token *before = &t->list.at[m->begin - 1];
    return before->capital && m->begin > 1 && !before->punct;
}

/* Quotation marks right around a single word or year make it a title: “Wednesday”, "1917". */
static bool is_title(const tokens *t, const match *m) {
    if (m->begin == 0 || m->end >= t->list.count || m->end - m->begin > 2)
        return false;
    const token *before = &t->list.at[m->begin - 1], *next = &t->list.at[m->end];
    char open = token_of(t, m->begin - 1).ptr[0], shut = token_of(t, m->end).ptr[0];
    bool opens = before->punct && !t->list.at[m->begin].space &&
                 (open == '"' || open == '\'' || (unsigned char)open == 0xE2);
    bool shuts =
        next->punct && !next->space && (shut == '"' || shut == '\'' || (unsigned char)shut == 0xE2);
    if (next->punct && !next->space && shut == ',' && m->end + 1 < t->list.count) {
        shut = token_of(t, m->end + 1).ptr[0];
        shuts = !t->list.at[m->end + 1].space && (shut == '"' || (unsigned char)shut == 0xE2);
    }
    return opens && shuts;
}

/* "USA Today", "This Week": a capital inside a sentence. */
static bool is_capitalised(const tokens *t, const match *m) {
    return t->list.at[m->begin].capital && m->begin > 0 && !t->list.at[m->begin - 1].punct;
}

/* The beginning of "year-earlier", "second-best". */
static bool is_cut(const tokens *t, const match *m) {
    return m->end + 1 < t->list.count && !t->list.at[m->end].space &&
           !t->list.at[m->end + 1].space && token_of(t, m->end).ptr[0] == '-' &&
           !t->list.at[m->end].punct;
}

/* A name's word: with a capital, and none that times are made of. */
static bool is_name_word(const tokens *t, uint32_t i) {
    return t->list.at[i].capital && t->list.at[i].vocab == NO_VOCAB && !t->list.at[i].punct;
}

/* "Jan-Michael", "Anna-May": a half of a name. */
static bool is_half_a_name(const tokens *t, const match *m) {
    uint32_t begin = m->begin, end = m->end;
    return (end + 1 < t->list.count && t->list.at[end - 1].capital && !t->list.at[end].space &&
            !t->list.at[end + 1].space && token_of(t, end).ptr[0] == '-' &&
            is_name_word(t, end + 1)) ||
           (begin > 1 && t->list.at[begin].capital && !t->list.at[begin].space &&
            !t->list.at[begin - 1].space && token_of(t, begin - 1).ptr[0] == '-' &&
            is_name_word(t, begin - 2));
}

/* "can last two years": the verb. */
static bool is_verb(const tokens *t, const match *m) {
    return sf_token_is(t, m->begin, "last") && m->begin > 0 &&
           (sf_tokens_class(t, m->begin - 1, SYM_AHEAD) ||
            sf_tokens_class(t, m->begin - 1, SYM_NOUNLESS));
}

/* "$3 a year", "four flights a week": so much in that time, not that long. */
static bool is_rate(const tokens *t, const match *m) {
    if (m->begin == 0)
        return false;
    const token *before = &t->list.at[m->begin - 1];
    sf_str s = token_of(t, m->begin - 1);
    if (s.ptr[0] == '$' || s.ptr[0] == '%' || (unsigned char)s.ptr[0] == 0xC2 ||
        sf_is_digit(s.ptr[0]) || sf_str_ends(s, SF_STR("illion")))
        return true;
    if (sf_tokens_class(t, m->begin - 1, SYM_UNITS))
        return true;
    return before->vocab == NO_VOCAB && !before->punct && s.len > 3 && s.ptr[s.len - 1] == 's' &&
           s.ptr[s.len - 2] != 's';
}

static bool is_joined(const tokens *t, uint32_t left, uint32_t right) {
    char c = token_of(t, left).ptr[0];
    return !t->list.at[right].space &&
           (c == '-' || sf_is_digit(c) || c == '.' || (unsigned char)c == 0xE2);
}

/* A piece of a larger figure: 555-2021, 2021-0018. */
static bool is_in_figure(const tokens *t, const match *m) {
    bool before = m->begin >= 2 && is_joined(t, m->begin - 1, m->begin) &&
                  !t->list.at[m->begin - 1].space && sf_is_digit(token_of(t, m->begin - 2).ptr[0]);
    if (m->end < t->list.count && !t->list.at[m->end].space && token_of(t, m->end).ptr[0] == '+')
        return true;                        /* "2000+" */
    if (match_value(m, SYM_YEAR, 0) < 1800) /* "Suite 1700"; with "in" it needs no guard */
        return true;
    bool after = m->end + 1 < t->list.count && is_joined(t, m->end, m->end + 1) &&
                 !t->list.at[m->end].space && sf_is_digit(token_of(t, m->end + 1).ptr[0]);
    return before || after;
}

/* "Friday Night Lights" */
static bool is_title_case(const tokens *t, const match *m) {
    return t->list.at[m->end - 1].capital && m->end < t->list.count && t->list.at[m->end].capital &&
           !t->list.at[m->end].punct;
}

/* The guards of grammar.txt. */
static bool admissible(const tokens *t, const match *m) {
    const rule *r = m->rule;
    return !(r->guard_name && is_name_part(t, m)) && !(r->guard_capital && is_capitalised(t, m)) &&
           !(r->guard_figure && is_in_figure(t, m)) && !(r->guard_title && is_title_case(t, m)) &&
           !(r->guard_verb && is_verb(t, m)) &&
           !((r->guard_whole || r->guard_alone) && is_cut(t, m)) &&
           !(r->guard_alone && is_rate(t, m)) && !is_title(t, m) && !is_half_a_name(t, m);
}

/* The span of a match, a period that ends the sentence left out. */
static sf_span span_of(const tokens *t, const match *m) {
    uint32_t last = m->end - 1;
    if (last > m->begin && t->list.at[last].punct)
        last--;
    return (sf_span){t->list.at[m->begin].span.begin, t->list.at[last].span.end};
}

typedef sf_vec(sofar_time) times;

static void read_sentence(telling *story, const tokens *t, const matches *found, times *out) {
    for (uint32_t at = 0; at < t->list.count;) {
        const match *m = found->best[at] ? &found->list.at[found->best[at] - 1] : NULL;
        if (!m || !admissible(t, m)) {
            at++;
            continue;
        }
        sofar_time time = {.span = span_of(t, m)};
        if (sf_time_mean(story, m, &time))
            *SF_PUSH(story->arena, out) = time;
        at = m->end;
    }
}

sf_times sf_time_find(sf_arena *arena, const sf_text *text, sf_date published) {
    tokens list = {.text = text};
    matches found = {0};
    times out = {0};
    telling story = {.arena = arena,
                     .page = sf_when_of_date(published),
                     .now = sf_when_of_date(published),
                     .period = NOWHEN,
                     .order = sf_numeric_order(text),
                     .tokens = &list};
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        sf_tokens_take(arena, &list, text, s);
        sf_matches_find(arena, &found, &list);
        if (found.list.count)
            read_sentence(&story, &list, &found, &out);
    }
    return (sf_times){out.at, out.count};
}
