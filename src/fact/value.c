/* The words of a plain value: a noun with what stands before it and belongs to it ("executive
 * producer"), or the words before a noun that go together ("romantic comedy" before "film"),
 * without those that say nothing of the kind ("2018", "American", "new"). */
#include "fact/proposition.h"
#include "text/known.h"

#include "fact/plain.inc"

static bool is_modifier(const sf_part *p) {
    return p->arc == SF_ARC_AMOD || p->arc == SF_ARC_COMPOUND || p->arc == SF_ARC_NMOD_DESC;
}

static bool is_hyphen(const sf_graph *g, uint32_t i) {
    return g->parts[i].arc == SF_ARC_PUNCT && sf_part_is(g, i, "-");
}

/* Does token i, right before the words [begin, end], belong to them? */
static bool goes_before(const sf_graph *g, uint32_t i, uint32_t begin, uint32_t end,
                        uint32_t part) {
    const sf_part *p = &g->parts[i];
    if (p->rep != i || p->mark != SF_NONE || p->head == SF_NONE)
        return false;
    bool inside = p->head >= begin && p->head <= end;
    bool beside = is_modifier(&g->parts[part]) && p->head == g->parts[part].head && is_modifier(p);
    if (is_hyphen(g, i))
        return p->head >= begin || inside;
    return beside ||
           (inside && (is_modifier(p) || p->arc == SF_ARC_NUMMOD || p->arc == SF_ARC_FLAT ||
                       (p->arc == SF_ARC_ADVMOD && p->head != part)));
}

static bool goes_behind(const sf_graph *g, uint32_t i, uint32_t begin, uint32_t end,
                        uint32_t part) {
    const sf_part *p = &g->parts[i];
    if (p->rep != i || p->mark != SF_NONE || p->head == SF_NONE)
        return false;
    if (is_modifier(&g->parts[part]) && g->parts[part].head > i)
        return is_hyphen(g, i) || (p->head == g->parts[part].head && is_modifier(p)) ||
               (p->head > i && p->head < g->parts[part].head && is_modifier(p));
    return p->head >= begin && p->head <= end &&
           (p->arc == SF_ARC_FLAT || p->arc == SF_ARC_NUMMOD || p->arc == SF_ARC_COMPOUND);
}

/* "40 million", "2-1" */
static bool goes_on_number(const sf_graph *g, uint32_t i, uint32_t part) {
    bool number = g->parts[part].pos == SF_POS_NUM || g->parts[part].pos == SF_POS_SYM;
    if (!number || i >= g->count || g->parts[i].mark != SF_NONE)
        return false;
    bool dash = sf_part_is(g, i, "-") || sf_part_is(g, i, "\xE2\x80\x93");
    return g->parts[i].pos == SF_POS_NUM ||
           (dash && i + 1 < g->count && g->parts[i + 1].pos == SF_POS_NUM);
}

/* The end of "of design" behind "head": bare nouns that are no name. */
static uint32_t of_what(const sf_graph *g, uint32_t part, uint32_t end) {
    if (end + 2 >= g->count || !sf_part_is(g, end + 1, "of"))
        return end;
    if (sf_part_is(g, end + 2, "the") && sf_part_is(g, end + 3, "year")) /* "album of the year" */
        return end + 3;
    for (uint32_t i = end + 2; i < g->count && i < end + 5; i++) {
        const sf_part *p = &g->parts[i];
        if (p->mark != SF_NONE || (p->pos != SF_POS_NOUN && p->pos != SF_POS_ADJ))
            return end;
        if (p->head == part)
            return p->pos == SF_POS_NOUN ? i : end;
    }
    return end;
}

static bool is_plain(const sf_graph *g, uint32_t i) {
    sf_str form = sf_part_form(g, i);
    if (i > 1 && is_hyphen(g, i - 1) && g->parts[i - 2].pos == SF_POS_NUM) /* "three-part" */
        return true;
    return (form.len && sf_is_digit(form.ptr[0])) || g->parts[i].pos == SF_POS_NUM ||
           is_hyphen(g, i) ||
           (sf_known_flags(plain_words, SF_LEN(plain_words), form) & PLAIN_PLAIN);
}

static bool is_address(const sf_graph *g, uint32_t i) {
    sf_str form = sf_part_form(g, i);
    if (form.len && form.ptr[form.len - 1] == '.')
        form.len--;
    return (sf_known_flags(plain_words, SF_LEN(plain_words), form) & PLAIN_ADDRESS) != 0;
}

/* Does a hyphen join word i with the one behind it? */
static bool joined(const sf_graph *g, uint32_t i) {
    const sf_token *t = &g->tree->text->tokens[g->first + i];
    return t[0].span.end == t[1].span.begin && t[1].span.end == t[2].span.begin;
}

sf_span sf_value_span(const sf_graph *g, uint32_t part) {
    uint32_t begin = part, end = part;
    while (begin > 0 && goes_before(g, begin - 1, begin, end, part))
        begin--;
    while (end + 1 < g->count &&
           (goes_behind(g, end + 1, begin, end, part) || goes_on_number(g, end + 1, part)))
        end++;
    while (begin > 1 && is_hyphen(g, begin - 1) && g->parts[begin - 2].mark == SF_NONE &&
           g->parts[begin - 2].rep == begin - 2 && joined(g, begin - 2)) /* "sci-fi" */
        begin -= 2;
    while (begin < end && begin > 1 && is_hyphen(g, begin - 1) &&
           g->parts[g->parts[begin - 2].rep].mark != SF_NONE) /* "the Ana Ruiz-directed drama" */
        begin++;
    end = of_what(g, part, end);
    bool amount = (g->parts[begin].pos == SF_POS_NUM && !is_hyphen(g, begin + 1)) ||
                  g->parts[begin].pos == SF_POS_SYM;
    while (!amount && begin < end && is_plain(g, begin))
        begin++;
    while (end > part && is_address(g, end))
        end--;
    return (sf_span){g->tree->text->tokens[g->first + begin].span.begin,
                     g->tree->text->tokens[g->first + end].span.end};
}

sf_span sf_value_number(const sf_graph *g, uint32_t part) {
    uint32_t begin = part;
    for (uint32_t i = part > 8 ? part - 8 : 0; i < part && g->parts[part].pos != SF_POS_NUM; i++)
        if (g->parts[i].head == part && g->parts[i].pos == SF_POS_NUM)
            begin = i;
    uint32_t end = begin;
    while (begin > 0 && g->parts[begin - 1].pos == SF_POS_NUM && g->parts[begin - 1].head == end)
        begin--;
    return (sf_span){g->tree->text->tokens[g->first + begin].span.begin,
                     g->tree->text->tokens[g->first + end].span.end};
}

sf_span sf_value_named(const sf_graph *g, uint32_t part, sf_span span) {
    for (uint32_t i = part; i-- > 0 && i + 8 > part;) {
        const sf_part *p = &g->parts[i];
        if (p->arc == SF_ARC_CASE && p->head < i) /* 's */
            continue;
        bool within = p->head != SF_NONE && p->head > i && p->head <= part;
        if (!within || p->arc == SF_ARC_DET || p->arc == SF_ARC_PUNCT || p->pos == SF_POS_PRON)
            break;
        sf_span own = sf_part_span(g, p->rep);
        if (p->mark != SF_NONE && own.begin < span.begin)
            span.begin = own.begin;
    }
    return span;
}
