/* What is looked up once a page: word classes, mentions and quotations of each token, sentences
 * that nobody answers for. */
#include "fact/ground.h"

#include "text/known.h"

#include "fact/standing.inc"

_Static_assert((int)STANDING_SAY == SF_STAND_SAY && (int)STANDING_PLAY == SF_STAND_PLAY,
               "the sections of standing.txt and the enum of ground.h are in one order");

enum { /* what nouns, and what verbs, are asked for */
       ONLY_NOUN = SF_STAND_RUMOUR | SF_STAND_HAPPENING | SF_STAND_SOURCE | SF_STAND_SPOKES |
                   SF_STAND_FICTION,
       NOUN = ONLY_NOUN | SF_STAND_DO | SF_STAND_FAIL | SF_STAND_PLAN | SF_STAND_TALK |
              SF_STAND_UNDO | SF_STAND_FALSE | SF_STAND_CREDIT | SF_STAND_PLOT | SF_STAND_RANK |
              SF_STAND_NOT
};

static unsigned look_up(sf_str word) {
    return sf_known_flags(standing_words, SF_LEN(standing_words), word);
}

bool sf_ground_word(const sf_standings *s, uint32_t node, const char *word) {
    return sf_str_equal_ci(sf_tree_form(s->tree, node), sf_str_of(word));
}

/* The verb with the particle behind it: "ruled out" -> "ruled_out". */
static unsigned with_particle(const sf_tree *t, uint32_t node) {
    char both[SF_KNOWN_LONGEST + 1];
    uint32_t next = sf_tree_child(t, node, SF_ARC_PRT, SF_NONE);
    if (next == SF_NONE)
        next = node + 1;
    if (next >= t->count || t->nodes[next].sentence != t->nodes[node].sentence)
        return 0;
    sf_str verb = sf_tree_form(t, node), particle = sf_tree_form(t, next);
    if (verb.len + 1 + particle.len > SF_KNOWN_LONGEST)
        return 0;
    memcpy(both, verb.ptr, verb.len);
    both[verb.len] = '_';
    memcpy(both + verb.len + 1, particle.ptr, particle.len);
    return look_up((sf_str){both, verb.len + 1 + particle.len});
}

static uint32_t classes(const sf_tree *t, uint32_t node) {
    unsigned flags = t->nodes[node].pos == SF_POS_VERB ? with_particle(t, node) : 0;
    if (!flags)
        flags = look_up(sf_tree_form(t, node));
    switch (t->nodes[node].pos) {
    case SF_POS_NOUN:
    case SF_POS_PROPN: return flags & NOUN;
    case SF_POS_VERB: return flags & ~(unsigned)ONLY_NOUN;
    default: return flags;
    }
}

static void name_tokens(sf_standings *s) {
    const sf_tree *t = s->tree;
    size_t name = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        sf_span span = t->text->tokens[i].span;
        while (name < s->people->name_count && s->people->names[name].span.end <= span.begin)
            name++;
        bool held =
            name < s->people->name_count && sf_span_overlaps(s->people->names[name].span, span);
        s->name[i] = held ? (uint32_t)name : SF_NONE;
    }
}

/* Quotations with marks are written over those without; each span is walked once. */
static void quote_tokens(sf_standings *s) {
    for (uint32_t i = 0; i < s->tree->count; i++)
        s->quote[i] = SF_NONE;
    for (int marked = 0; marked < 2; marked++)
        for (uint32_t q = 0; q < s->quotes->count; q++) {
            const sofar_quote *quote = &s->quotes->at[q];
            if ((quote->kind != SOFAR_INDIRECT) != (marked == 1))
                continue;
            for (size_t k = 0; k < quote->span_count; k++)
                for (uint32_t i = sf_text_token_at(s->tree->text, quote->spans[k].begin);
                     i < s->tree->count &&
                     s->tree->text->tokens[i].span.begin < quote->spans[k].end;
                     i++)
                    s->quote[i] = q;
        }
}

static bool follows(const sf_standings *s, uint32_t i, uint32_t end, const char *const *words) {
    for (; *words; words++, i++)
        if (i >= end || !sf_ground_word(s, i, *words))
            return false;
    return true;
}

/* "An earlier version of this article said": what it said is taken back. "This article is satire":
 * so is the page. */
static bool is_correction(const sf_standings *s, uint32_t first, uint32_t end) {
    static const char *const ages[] = {"earlier", "previous", "original", "initial", "prior", NULL};
    static const char *const tail[] = {"version", "of", "this", NULL};
    for (uint32_t i = first; i < end; i++)
        for (size_t k = 0; ages[k]; k++)
            if (sf_ground_word(s, i, ages[k]) && follows(s, i + 1, end, tail))
                return true;
    return false;
}

static bool is_one_of(const sf_standings *s, uint32_t i, const char *const *words) {
    for (; *words; words++)
        if (sf_ground_word(s, i, *words))
            return true;
    return false;
}

/* A line that is about the page itself: "Satire", "This is a work of satire." */
static bool is_satire(const sf_standings *s, uint32_t first, uint32_t end) {
    static const char *const kinds[] = {"satire", "satirical", "parody", "spoof", NULL};
    static const char *const own[] = {"this", "our", NULL};
    static const char *const pages[] = {"article", "site",        "website", "story",
                                        "post",    "column",      "page",    "work",
                                        "content", "publication", NULL};
    enum { LINE = 24 };
    bool this = false, satire = false, page = false, alone = true;
    if (end - first > LINE)
        return false;
    for (uint32_t i = first; i < end; i++) {
        bool kind = is_one_of(s, i, kinds);
        satire |= kind;
        this |= is_one_of(s, i, own);
        page |= is_one_of(s, i, pages);
        alone &= kind || s->tree->nodes[i].pos == SF_POS_PUNCT;
    }
    return satire && (alone || (this && page));
}

static void mark_sentences(sf_standings *s) {
    const sf_analysis *a = s->tree->analysis;
    bool satire = false;
    for (uint32_t i = 0; i < a->sentence_count; i++) {
        uint32_t first = a->sentences[i].first_token, end = first + a->sentences[i].token_count;
        s->unsaid[i] = is_correction(s, first, end);
        satire = satire || is_satire(s, first, end);
    }
    for (uint32_t i = 0; satire && i < a->sentence_count; i++)
        s->unsaid[i] = true;
}

sf_standings *sf_standings_new(sf_arena *arena, const sf_tree *tree, const sofar_clipping *clipping,
                               const sf_people *people, const sf_times *times,
                               const sf_quotes *quotes) {
    sf_standings *s = SF_NEW(arena, sf_standings);
    *s = (sf_standings){.tree = tree,
                        .clipping = clipping,
                        .people = people,
                        .times = times,
                        .quotes = quotes,
                        .today = INT32_MAX};
    s->is = SF_ARRAY(arena, uint32_t, tree->count + 1);
    s->name = SF_ARRAY(arena, uint32_t, tree->count + 1);
    s->quote = SF_ARRAY(arena, uint32_t, tree->count + 1);
    s->unsaid = SF_ARRAY(arena, bool, tree->analysis->sentence_count + 1);
    for (uint32_t i = 0; i < tree->count; i++)
        s->is[i] = classes(tree, i);
    name_tokens(s);
    quote_tokens(s);
    mark_sentences(s);
    s->datings = sf_dated_new(arena, tree, times);
    sf_date published;
    if (clipping->published.ptr && sf_date_parse(clipping->published, &published) && published.day)
        s->today = sf_days_from_date(published);
    return s;
}
