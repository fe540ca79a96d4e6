/* The same name again: a page says most of its names more than once, and the model, which reads a
 * paragraph at a time, is surer of some mentions than of others. A spelling of which it is sure by
 * the sum of its mentions is a name wherever the page has it: where the model saw none, and where
 * it saw a part ("Tide" of "Low Tide"). A name of one word, and a word of a person's, must be
 * written like a name there, apart from other names, and be a proper noun to the model, too. */
#include "who/join.h"

#include <stdlib.h>

enum {
    SURE = 3 * SF_LOGIT / 2, /* votes for a name of several words */
    SURE_ONE = 4 * SF_LOGIT, /* for one of a single word */
    WORDS = 8                /* in a name that is looked for, at most */
};

typedef struct known {
    sf_str name;
    int32_t votes;
    uint32_t words; /* sorted by name; of the same name only one */
    sofar_subject_type type;
} known;

typedef sf_vec(known) known_list;

typedef struct finder {
    sf_who *who;
    known_list known;
    sf_vec(sf_str) firsts; /* first words of the known names, sorted */
    sf_vec(sf_spot) out;
    uint32_t next; /* the first old spot that is not in `out` */
} finder;

static int by_spelling(const void *a, const void *b) {
    return sf_str_compare(((const known *)a)->name, ((const known *)b)->name);
}

static int by_str(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

static uint32_t words_of(const sf_spot *s) { return s->last - s->first + 1; }

/* One mention's share in what is known: of the name, and of a person's surname and given name. */
static void hear(finder *f, known_list *all, const sf_spot *s) {
    const sf_who *who = f->who;
    if (s->handle)
        return;
    known k = {sf_spot_str(who, s), s->votes, words_of(s), s->type};
    *SF_PUSH(who->arena, all) = k;
    bool person = s->type == SOFAR_PERSON || s->type == SOFAR_CHARACTER;
    if (!person || k.words == 1 || who->is[s->last] & SF_NAME_SUFFIX)
        return;
    k.words = 1;
    k.name = sf_spot_word(who, s, s->last);
    *SF_PUSH(who->arena, all) = k;
    k.name = sf_spot_word(who, s, s->first);
    *SF_PUSH(who->arena, all) = k;
}

/* The capitals in brackets behind a name that has these initials: "Harbour Safety Board (HSB)". */
static void hear_capitals(finder *f, known_list *all, const sf_spot *s) {
    const sf_who *who = f->who;
    const sf_text *text = who->text;
    uint32_t i = s->last + 2, at = 0;
    if (s->last == s->first || s->handle || i + 1 >= text->word_count ||
        !sf_str_equal(sf_word_of(text, s->last + 1), SF_STR("(")) ||
        !sf_str_equal(sf_word_of(text, i + 1), SF_STR(")")) || !text->words[i].all_caps)
        return;
    sf_str capitals = sf_word_of(text, i);
    for (uint32_t k = s->first; k <= s->last && at < capitals.len; k++)
        at += sf_word_of(text, k).ptr[0] == capitals.ptr[at];
    if (at < capitals.len || capitals.len < 2)
        return;
    *SF_PUSH(who->arena, all) = (known){capitals, SURE_ONE, 1, s->type};
}

/* All mentions by their spelling, then one of each that is sure. */
static void learn(finder *f) {
    const sf_who *who = f->who;
    known_list all = {0};
    for (uint32_t i = 0; i < who->spot_count; i++)
        hear(f, &all, &who->spots[i]), hear_capitals(f, &all, &who->spots[i]);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_spelling);
    for (size_t i = 0; i < all.count;) {
        known k = all.at[i];
        sf_votes votes = {0};
        for (k.votes = 0; i < all.count && sf_str_equal(all.at[i].name, k.name); i++) {
            k.votes += all.at[i].votes;
            votes.of[all.at[i].type] += all.at[i].votes;
            if (votes.of[all.at[i].type] > votes.of[k.type])
                k.type = all.at[i].type;
        }
        if (k.words > WORDS || k.votes < (k.words > 1 ? SURE : SURE_ONE))
            continue;
        *SF_PUSH(who->arena, &f->known) = k;
        size_t space = sf_str_find(k.name, SF_STR(" "), 0);
        *SF_PUSH(who->arena, &f->firsts) =
            sf_str_sub(k.name, 0, space < k.name.len ? space : k.name.len);
    }
    if (f->firsts.count)
        qsort(f->firsts.at, f->firsts.count, sizeof *f->firsts.at, by_str);
}

static const known *known_name(const finder *f, sf_str name) {
    known key = {.name = name};
    return f->known.count ? bsearch(&key, f->known.at, f->known.count, sizeof key, by_spelling)
                          : NULL;
}

/* The longest known name that begins with word i and stays before `end`; *span: where it stands. */
static const known *longest(const finder *f, uint32_t i, uint32_t end, sf_span *span) {
    const sf_text *text = f->who->text;
    for (uint32_t k = i + WORDS < end ? i + WORDS : end; k > i; k--) {
        sf_span last = text->words[k - 1].span;
        *span = (sf_span){text->words[i].span.begin,
                          last.begin + (uint32_t)sf_name_bare(sf_span_of(text->text, last)).len};
        const known *found = known_name(f, sf_span_of(text->text, *span));
        if (found)
            return found;
    }
    return NULL;
}

/* Old spots that end before the place go out as they are. */
static void pass(finder *f, uint32_t place) {
    while (f->next < f->who->spot_count && f->who->spots[f->next].span.end <= place)
        *SF_PUSH(f->who->arena, &f->out) = f->who->spots[f->next++];
}

/* Is the place free for the name, or taken by a part of it that is less sure? */
static bool yields(const finder *f, const known *name, sf_span span) {
    for (uint32_t i = f->next; i < f->who->spot_count; i++) {
        const sf_spot *s = &f->who->spots[i];
        if (s->span.begin >= span.end)
            return true;
        if (!sf_span_contains(span, s->span) ||
            s->span.end - s->span.begin == span.end - span.begin || s->handle ||
            s->says & SF_SAYS_MARKED || s->votes >= name->votes)
            return false;
    }
    return true;
}

static bool capital(const sf_who *who, uint32_t i) {
    return who->text->words[i].kind == SF_WORD_ALPHA && who->text->words[i].capital;
}

/* Is word i of the sentence [first, end) written like a name, and not part of another? */
static bool alone(const sf_who *who, uint32_t first, uint32_t end, uint32_t i, sf_str bare) {
    const sf_word *word = &who->text->words[i];
    bool named = (who->proper[i] || word->all_caps) && word->capital && bare.len > 2;
    bool whole = bare.len < word->span.end - word->span.begin; /* "Ana's" ends here */
    return named && !(!whole && i + 1 < end && capital(who, i + 1) && who->proper[i + 1]) &&
           !(i > first && capital(who, i - 1) && who->proper[i - 1] &&
             !(who->is[i - 1] & (SF_NAME_HONORIFIC | SF_NAME_TITLED | SF_NAME_ROLE)));
}

/* Takes the name at words [i, ...) if it is there; gives the word behind it. */
static uint32_t take(finder *f, uint32_t sentence, uint32_t i) {
    const sf_who *who = f->who;
    const sf_word *word = &who->text->words[i];
    uint32_t first = who->text->sentences[sentence].first_word;
    uint32_t end = first + who->text->sentences[sentence].word_count;
    sf_span span;
    sf_str bare = sf_name_bare(sf_word_of(who->text, i));
    if (word->kind == SF_WORD_PUNCT || !f->firsts.count ||
        !bsearch(&bare, f->firsts.at, f->firsts.count, sizeof bare, by_str))
        return i + 1;
    const known *name = longest(f, i, end, &span);
    if (!name || (name->words == 1 && !alone(who, first, end, i, bare)))
        return i + 1;
    pass(f, span.begin);
    if (!yields(f, name, span))
        return i + 1;
    while (f->next < who->spot_count && who->spots[f->next].span.begin < span.end)
        f->next++;
    uint32_t last = i;
    while (last + 1 < end && who->text->words[last + 1].span.begin < span.end)
        last++;
    sf_spot spot = {.span = span, .first = i, .last = last, .type = name->type};
    spot.loud = who->loud[sentence];
    spot.says = sf_who_beside(who, first, end, i, last);
    *SF_PUSH(who->arena, &f->out) = spot;
    return last + 1;
}

void sf_who_again(sf_who *who) {
    finder f = {.who = who};
    learn(&f);
    for (uint32_t k = 0; k < who->text->sentence_count && f.known.count; k++) {
        const sf_sentence *s = &who->text->sentences[k];
        for (uint32_t i = s->first_word; i < s->first_word + s->word_count;)
            i = take(&f, k, i);
    }
    pass(&f, UINT32_MAX);
    who->spots = f.out.at;
    who->spot_count = (uint32_t)f.out.count;
}
