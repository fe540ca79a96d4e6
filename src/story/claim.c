/* What each page says, made comparable: subjects by their number over all pages, plain values by
 * what they mean ("$42M" is "$42 million", "CEO" is "chief executive"), days as intervals. */
#include <stdlib.h>

#include "story/inner.h"

/* How values of a role are compared. */
typedef enum sense {
    NAMED,  /* the same subject or the same words */
    NEAR,   /* the words of one among the other's: "Lisbon", "Lisbon Film Forum"; of one work's
               characters those of one name are one, also where people have it */
    KIN,    /* one word in common: "gothic fantasy", "fantasy drama" */
    AMOUNT, /* the same number */
    POST,   /* titles.txt */
    DAY     /* one day in the other */
} sense;

static sense sense_of(sf_str role) {
    static const struct {
        const char *role;
        sense sense;
    } senses[] = {{"as", NEAR}, {"award", NEAR}, {"place", NEAR},    {"over", NEAR},
                  {"on", NEAR}, {"value", KIN},  {"amount", AMOUNT}, {"title", POST},
                  {"to", DAY},  {"from", DAY}};
    for (size_t i = 0; i < SF_LEN(senses); i++)
        if (sf_str_equal(role, sf_str_of(senses[i].role)))
            return senses[i].sense;
    return NAMED;
}

/* ---- amounts ---- */

static uint64_t scale_of(sf_str word) {
    static const struct {
        const char *word;
        uint64_t by;
    } scales[] = {{"k", 1000},           {"thousand", 1000},
                  {"m", 1000000},        {"mn", 1000000},
                  {"million", 1000000},  {"b", 1000000000},
                  {"bn", 1000000000},    {"billion", 1000000000},
                  {"tn", 1000000000000}, {"trillion", 1000000000000}};
    for (size_t i = 0; i < SF_LEN(scales); i++)
        if (sf_str_equal_ci(word, sf_str_of(scales[i].word)))
            return scales[i].by;
    return 1;
}

/* Thousandths of the first number of s: "$4.2m in cash" gives 4200000000; 0 if there is none. */
static uint64_t amount_of(sf_str s) {
    enum { MOST = 12 };
    uint64_t whole = 0, part = 0, unit = 1000;
    size_t i = 0, digits = 0;
    while (i < s.len && !sf_is_digit(s.ptr[i]))
        i++;
    for (; i < s.len && digits < MOST; i++) {
        if (sf_is_digit(s.ptr[i]))
            whole = whole * 10 + (uint64_t)(s.ptr[i] - '0'), digits++;
        else if (s.ptr[i] != ',' || i + 1 == s.len || !sf_is_digit(s.ptr[i + 1]))
            break;
    }
    if (digits == 0 || digits == MOST)
        return 0;
    if (i + 1 < s.len && s.ptr[i] == '.' && sf_is_digit(s.ptr[i + 1]))
        for (i++; i < s.len && sf_is_digit(s.ptr[i]); i++)
            part += (uint64_t)(s.ptr[i] - '0') * (unit /= 10);
    while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '-'))
        i++;
    size_t end = i;
    while (end < s.len && sf_is_alpha(s.ptr[end]))
        end++;
    uint64_t scale = scale_of(sf_str_sub(s, i, end));
    return (whole * 1000 + part) * (whole > 1000000 ? 1 : scale);
}

/* ---- comparing ---- */

static sf_str next_word(sf_str *rest) {
    size_t end = sf_str_find(*rest, SF_STR(" "), 0);
    end = end == SIZE_MAX ? rest->len : end;
    sf_str word = sf_str_sub(*rest, 0, end);
    *rest = sf_str_sub(*rest, end < rest->len ? end + 1 : end, rest->len);
    return word;
}

/* Words that carry a meaning; "of", "the" and "and" are in everything. */
static size_t common_words(sf_str a, sf_str b, size_t *of) {
    enum { LEAST = 3 };
    size_t common = 0;
    *of = 0;
    while (a.len) {
        sf_str word = next_word(&a);
        if (word.len < LEAST || sf_str_equal(word, SF_STR("the")) ||
            sf_str_equal(word, SF_STR("and")))
            continue;
        (*of)++;
        common += sf_story_has_word(b, word);
    }
    return common;
}

static bool is_within(sf_str a, sf_str b) {
    size_t of;
    return common_words(a, b, &of) == of && of > 0;
}

bool sf_days_agree(sf_interval a, sf_interval b) {
    return (a.first <= b.first && b.last <= a.last) || (b.first <= a.first && a.last <= b.last);
}

static bool days_of(sf_str value, sf_interval *out) {
    if (value.len > 10 && value.ptr[10] == 'T')
        value.len = 10;
    return value.ptr && sf_interval_parse(value, out) &&
           !(out->first == INT32_MIN && out->last == INT32_MAX);
}

static bool same_day(sf_str a, sf_str b) {
    sf_interval x, y;
    return days_of(a, &x) && days_of(b, &y) && sf_days_agree(x, y);
}

bool sf_part_agrees(sf_str role, const sf_part *a, const sf_part *b) {
    if (!a->there || !b->there || a->vague || b->vague || a->exact == b->exact)
        return true;
    size_t of;
    switch (sense_of(role)) {
    case NEAR:
        return sf_str_equal(a->words, b->words) || is_within(a->words, b->words) ||
               is_within(b->words, a->words);
    case KIN: return common_words(a->words, b->words, &of) > 0;
    case DAY: return same_day(a->shown, b->shown);
    default: return sf_str_equal(a->words, b->words) && (a->who == SF_NONE || b->who == SF_NONE);
    }
}

/* ---- making ---- */

/* "a novel by ...", "novel": no name. */
static bool is_vague(sf_str value) {
    static const char *const articles[] = {"a ", "an ", "another ", "one of ", "his ", "her "};
    for (size_t i = 0; i < SF_LEN(articles); i++)
        if (sf_str_starts_ci(value, sf_str_of(articles[i])))
            return true;
    return value.len && value.ptr[0] >= 'a' && value.ptr[0] <= 'z';
}

static sf_part part_of(const sf_lore *lore, const sf_joined *joined, size_t view,
                       const sofar_role *role) {
    sf_part p = {.there = true, .who = SF_NONE, .shown = role->value};
    sense how = sense_of(role->name);
    if (role->subject != SOFAR_NOBODY) {
        p.who = joined->of[view][role->subject];
        p.shown = joined->names[p.who];
    }
    p.words = sf_memo_words(joined->memo, p.shown);
    if (p.who == SF_NONE && how != POST && how != AMOUNT && p.words.len)
        p.who = sf_joined_named(joined, p.words);
    if (p.who != SF_NONE)
        p.words = joined->words[p.who];
    if (p.words.len == 0)
        p.words = p.shown;
    uint64_t amount = how == AMOUNT ? amount_of(p.shown) : 0;
    if (how == POST) {
        const sf_same *same = sf_lore_find(lore->titles, lore->title_count, p.words);
        p.words = same ? same->names[0] : p.words;
    }
    p.vague = how == NAMED && p.who == SF_NONE && is_vague(p.shown);
    p.exact = amount ? amount : p.who != SF_NONE ? p.who : sf_str_hash(p.words);
    return p;
}

/* Who and whom in one order, whoever is named first. */
static void order_mutual(sf_claim *c) {
    size_t who = sf_kind_role(c->kind, SF_STR("who")), whom = sf_kind_role(c->kind, SF_STR("whom"));
    if (!c->kind->mutual || who == SIZE_MAX || whom == SIZE_MAX || !c->parts[who].there ||
        !c->parts[whom].there)
        return;
    if (sf_str_compare(c->parts[whom].words, c->parts[who].words) < 0) {
        sf_part first = c->parts[who];
        c->parts[who] = c->parts[whom];
        c->parts[whom] = first;
    }
}

/* Facts that could be one, or compete, share the first role of which another value makes another
 * fact. */
static uint64_t group_of(const sf_claim *c) {
    uint64_t group = c->kind->order * 0x9E3779B97F4A7C15u;
    for (size_t r = 0; r < c->kind->role_count; r++)
        if (!c->kind->optional[r] && c->kind->rules[r] == SF_APART &&
            sense_of(c->kind->roles[r]) == NAMED) {
            const sf_part *p = &c->parts[r];
            return group ^ (p->there && !p->vague ? p->exact * 0xD1B54A32D192ED03u + 1 : 0);
        }
    return group;
}

/* A page that was there before the day it bears: no one knows when it was written. Somewhere it is
 * a day later. */
static bool is_of_the_future(const sf_capture *c, int32_t first) {
    sf_date seen;
    return sf_date_parse(c->captured, &seen) && seen.day && first > sf_days_from_date(seen) + 1;
}

/* The last day that a page's day of publication may be. */
static int32_t said_on(const sf_capture *c) {
    sf_interval days;
    return c->clipping.published.ptr && sf_interval_parse(c->clipping.published, &days) &&
                   !is_of_the_future(c, days.first)
               ? days.last
               : SF_UNDATED;
}

static unsigned fineness_of(const sf_claim *c) {
    unsigned n = 0;
    for (size_t r = 0; r < c->kind->role_count; r++)
        n += c->parts[r].there && !c->parts[r].vague ? 4 : 0;
    if (sf_days_there(c->days)) {
        int64_t days = (int64_t)c->days.last - c->days.first;
        n += days == 0 ? 3 : days < 100 ? 2 : 1;
    }
    return n;
}

static bool is_plain(sf_str name) {
    for (size_t i = 0; i < name.len; i++)
        if (!sf_is_alpha(name.ptr[i]) && !sf_is_digit(name.ptr[i]) && name.ptr[i] != '_')
            return false;
    return name.len > 0;
}

/* Kinds that users' beats bring: every role makes another fact by another value. */
static const sf_kind *unknown_kind(sf_arena *arena, const sf_lore *lore, const sofar_fact *f) {
    sf_kind *kind = SF_NEW(arena, sf_kind);
    kind->name = f->type;
    kind->order = lore->kind_count + (sf_str_hash(f->type) >> 8);
    for (size_t i = 0; i < f->role_count && kind->role_count < SF_MOST_ROLES; i++) {
        if (!is_plain(f->roles[i].name))
            continue;
        kind->optional[kind->role_count] = kind->role_count > 0;
        kind->roles[kind->role_count++] = f->roles[i].name;
    }
    return kind;
}

static bool make(sf_arena *arena, const sf_lore *lore, const sf_view *views, size_t view,
                 size_t number, const sofar_fact *f, const sf_joined *joined, sf_claim *c) {
    const sf_kind *kind = sf_lore_kind(lore, f->type);
    *c = (sf_claim){.kind = kind ? kind : unknown_kind(arena, lore, f),
                    .fact = f,
                    .view = view,
                    .number = number};
    for (size_t i = 0; i < f->role_count; i++) {
        size_t role = sf_kind_role(c->kind, f->roles[i].name);
        bool says = f->roles[i].subject != SOFAR_NOBODY || f->roles[i].value.len;
        if (role != SIZE_MAX && says)
            c->parts[role] = part_of(lore, joined, view, &f->roles[i]);
    }
    for (size_t r = 0; r < c->kind->role_count; r++)
        if (!c->kind->optional[r] && !c->parts[r].there)
            return false;
    order_mutual(c);
    c->when = days_of(f->when, &c->days) ? f->when : SF_ABSENT;
    if (!c->when.ptr)
        c->days = (sf_interval){INT32_MAX, INT32_MAX};
    c->said = said_on(views[view].capture);
    c->replaced = views[view].replaced;
    c->fineness = fineness_of(c);
    c->group = group_of(c);
    return true;
}

typedef sf_vec(sf_claim) all_claims;

/* What a fact says without saying it: who was cast plays; a release that was moved to a day is
 * planned for it. False if it says nothing more. */
static bool imply(sf_arena *arena, const sf_lore *lore, const sofar_fact *f, sofar_fact *out) {
    const sf_kind *kind = sf_lore_kind(lore, f->type);
    const sf_kind *other = kind && kind->implies.ptr ? sf_lore_kind(lore, kind->implies) : NULL;
    if (!other)
        return false;
    *out = *f;
    out->type = other->name;
    out->when = SF_ABSENT;
    out->roles = SF_ARRAY(arena, sofar_role, f->role_count);
    out->role_count = 0;
    bool moved = false;
    for (size_t i = 0; i < f->role_count; i++) {
        sf_interval days;
        if (sf_kind_role(other, f->roles[i].name) != SIZE_MAX)
            out->roles[out->role_count++] = f->roles[i];
        if (sf_str_equal(f->roles[i].name, SF_STR("to")) && days_of(f->roles[i].value, &days)) {
            out->when = f->roles[i].value;
            moved = true;
        }
    }
    if (sf_str_equal(f->type, SF_STR("delayed")) && (!moved || f->status != SOFAR_STATED))
        return false;
    if (moved)
        out->status = SOFAR_PLANNED;
    return true;
}

static void add_claim(sf_arena *arena, const sf_lore *lore, const sf_view *views, size_t view,
                      size_t number, const sofar_fact *fact, const sf_joined *joined,
                      all_claims *out) {
    sf_claim claim;
    if (make(arena, lore, views, view, number, fact, joined, &claim))
        *SF_PUSH(arena, out) = claim;
}

sf_claims sf_story_claims(sf_arena *arena, const sf_lore *lore, const sf_view *views, size_t count,
                          const sf_joined *joined) {
    all_claims all = {0};
    for (size_t v = 0; v < count; v++)
        for (size_t f = 0; f < views[v].capture->fact_count; f++) {
            const sofar_fact *fact = &views[v].capture->facts[f];
            sofar_fact more;
            add_claim(arena, lore, views, v, f, fact, joined, &all);
            if (imply(arena, lore, fact, &more)) {
                sofar_fact *kept = SF_NEW(arena, sofar_fact);
                *kept = more;
                add_claim(arena, lore, views, v, f, kept, joined, &all);
            }
        }
    return (sf_claims){all.at, all.count};
}
