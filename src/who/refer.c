/* The words that stand for what is named. tell.c gathers what the page tells of its subjects,
 * rank.c decides whom each pronoun and description means; here are what both stand on, the tree,
 * and the putting together of old and new mentions. */
#include "who/refer.h"

#include "who/nouns.inc"

#include <stdlib.h>

_Static_assert((int)NOUNS_HE_NAME == SF_NOUN_HE_NAME && (int)NOUNS_EPITHET == SF_NOUN_EPITHET,
               "the sections of nouns.txt and the enum of refer.h are in one order");

enum { UP = 6, WIDEST = 12 }; /* arcs gone up, tokens of a phrase before its head, at most */

uint32_t sf_refer_nouns(sf_str word) {
    return sf_known_flags(nouns_words, SF_LEN(nouns_words), word);
}

uint32_t sf_refer_noun(const sf_refer *r, uint32_t t) {
    uint32_t nouns = sf_refer_nouns(sf_refer_str(r, t));
    uint32_t word = r->text->tokens[t].word;
    bool whole = r->text->words[word].span.begin == r->text->tokens[t].span.begin;
    if (!whole && r->text->words[word].span.end == r->text->tokens[t].span.end)
        nouns |= sf_refer_nouns(sf_word_of(r->text, word)); /* "four-piece" at its "piece" */
    return nouns | (whole && r->who->is[word] & SF_NAME_ROLE ? (uint32_t)SF_NOUN_PERSON : 0);
}

bool sf_refer_title(const sf_refer *r, uint32_t t) {
    uint32_t titles = SF_NAME_HONORIFIC | SF_NAME_TITLED | SF_NAME_ROLE;
    uint32_t ranks = SF_NOUN_HE | SF_NOUN_SHE | SF_NOUN_PERSON;
    const sf_word *word = &r->text->words[r->text->tokens[t].word];
    return sf_refer_is(r, t, SF_POS_PROPN) && r->subject_at[t] == SF_NONE && word->capital &&
           word->span.end - word->span.begin >= 4 && sf_refer_bond(r, t) != SF_BOND_FLAT &&
           (r->who->is[r->text->tokens[t].word] & titles ||
            sf_refer_nouns(sf_refer_str(r, t)) & ranks);
}

sf_bond sf_refer_bond(const sf_refer *r, uint32_t t) {
    if (r->tokens[t].head == SF_NONE)
        return SF_BOND_OTHER;
    switch (sf_model_arc(r->who->model, r->tokens[t].label)) {
    case SF_ARC_NSUBJ:
    case SF_ARC_NSUBJ_PASS:
    case SF_ARC_NSUBJ_OUTER: return SF_BOND_SUBJECT;
    case SF_ARC_OBJ:
    case SF_ARC_IOBJ: return SF_BOND_OBJECT;
    case SF_ARC_NMOD_POSS: return SF_BOND_OWNER;
    case SF_ARC_APPOS: return SF_BOND_APPOS;
    case SF_ARC_FLAT: return SF_BOND_FLAT;
    case SF_ARC_CONJ: return SF_BOND_CONJ;
    case SF_ARC_COP: return SF_BOND_COP;
    case SF_ARC_EXPL: return SF_BOND_EXPLETIVE;
    case SF_ARC_ACL:
    case SF_ARC_XCOMP: return SF_BOND_OPEN;
    case SF_ARC_RELCL:
    case SF_ARC_ADVCL:
    case SF_ARC_CCOMP:
    case SF_ARC_CSUBJ:
    case SF_ARC_PARATAXIS: return SF_BOND_CLAUSE;
    case SF_ARC_NMOD: return SF_BOND_OF;
    default: return SF_BOND_OTHER;
    }
}

sf_model_sentence sf_refer_sentence(const sf_refer *r, uint32_t t) {
    return r->who->analysis->sentences[r->sentence_of[t]];
}

static bool in_name(const sf_refer *r, uint32_t t) {
    return r->subject_at[t] != SF_NONE && t > 0 && r->name_at[t] == SF_NONE &&
           r->subject_at[t - 1] == r->subject_at[t];
}

/* A word that ends a noun phrase to the left: a preposition, a conjunction, a verb. */
static bool borders(const sf_refer *r, uint32_t t) {
    if (in_name(r, t))
        return false;
    switch (sf_model_pos(r->who->model, r->tokens[t].tag)) {
    case SF_POS_ADP:
    case SF_POS_CCONJ:
    case SF_POS_SCONJ:
    case SF_POS_AUX:
    case SF_POS_INTJ: return true;
    default: break;
    }
    sf_str s = sf_refer_str(r, t);
    return sf_str_equal(s, SF_STR(",")) || sf_str_equal(s, SF_STR(":")) ||
           sf_str_equal(s, SF_STR(";")) || sf_str_equal(s, SF_STR("(")) ||
           sf_str_equal(s, SF_STR(")")) || sf_refer_bond(r, t) == SF_BOND_SUBJECT ||
           sf_refer_bond(r, t) == SF_BOND_COP || sf_refer_bond(r, t) == SF_BOND_CLAUSE ||
           sf_refer_bond(r, t) == SF_BOND_OPEN;
}

/* +1 opens, -1 closes, 2 does either, 0: no quotation mark. */
static int mark_of(sf_str s) {
    if (sf_str_equal(s, SF_STR("\xE2\x80\x9C")) || sf_str_equal(s, SF_STR("``")))
        return 1;
    if (sf_str_equal(s, SF_STR("\xE2\x80\x9D")))
        return -1;
    return sf_str_equal(s, SF_STR("\"")) || sf_str_equal(s, SF_STR("''")) ? 2 : 0;
}

/* Is token t below one of [first, last]? */
static bool below(const sf_refer *r, uint32_t t, uint32_t first, uint32_t last) {
    for (int steps = 0; steps < UP && t < first; steps++) {
        t = sf_refer_head(r, t);
        if (t == SF_NONE)
            return false;
    }
    return t >= first && t <= last;
}

uint32_t sf_refer_left(const sf_refer *r, uint32_t t, uint32_t last) {
    uint32_t first = t, low = sf_refer_sentence(r, t).first_token, marks = 0, from = t;
    while (first > low && t - first < WIDEST && below(r, first - 1, first, last) &&
           !borders(r, first - 1)) {
        first--;
        bool mark = sf_refer_is(r, first, SF_POS_PUNCT) &&
                    !sf_str_equal(sf_refer_str(r, first), SF_STR("-"));
        marks += mark;
        if (marks % 2 == 0)
            from = first;
    }
    while (from < t && sf_refer_is(r, from, SF_POS_PUNCT) && !mark_of(sf_refer_str(r, from)))
        from++;
    return from;
}

uint32_t sf_refer_top(const sf_refer *r, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t <= last; t++) {
        uint32_t head = sf_refer_head(r, t);
        if ((head == SF_NONE || head < first || head > last) && !sf_refer_is(r, t, SF_POS_PUNCT))
            return t;
    }
    return first;
}

uint32_t sf_refer_anchor(const sf_refer *r, uint32_t t) {
    for (int steps = 0; steps < UP; steps++) {
        sf_bond arc = sf_refer_bond(r, t);
        if ((arc != SF_BOND_FLAT && arc != SF_BOND_APPOS) || sf_refer_head(r, t) == SF_NONE)
            break;
        t = sf_refer_head(r, t);
    }
    return t;
}

bool sf_refer_suits(uint32_t nouns, sofar_subject_type type) {
    switch (type) {
    case SOFAR_PERSON:
    case SOFAR_CHARACTER: return (nouns & SF_NOUN_PERSONS) != 0;
    case SOFAR_WORK: return (nouns & SF_NOUN_WORKS) != 0;
    case SOFAR_ORGANIZATION:
    case SOFAR_OUTLET: return (nouns & SF_NOUN_BODIES) != 0;
    case SOFAR_PLACE: return (nouns & SF_NOUN_PLACE) != 0;
    case SOFAR_EVENT: return (nouns & SF_NOUN_EVENT) != 0;
    case SOFAR_PRODUCT: return (nouns & (SF_NOUN_PRODUCT | SF_NOUN_COMPANY | SF_NOUN_WORK)) != 0;
    default: return false;
    }
}

void sf_refer_add(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject, sofar_form form,
                  const char *why) {
    uint32_t marks = 0; /* "the novel "Salt Letters": the closing one is in */
    for (uint32_t t = first; t <= last; t++)
        marks += mark_of(sf_refer_str(r, t)) != 0;
    last += marks % 2 && last + 1 < r->token_count && mark_of(sf_refer_str(r, last + 1));
    sf_found found = {
        {{r->text->tokens[first].span.begin, r->text->tokens[last].span.end}, subject, form}, why};
    for (uint32_t t = first; t <= last; t++)
        if (r->name_at[t] != SF_NONE || (last > first && sf_refer_bond(r, t) == SF_BOND_OWNER &&
                                         sf_refer_is(r, t, SF_POS_PRON))) {
            *SF_PUSH(r->who->arena, &r->wide) = found;
            return;
        }
    *SF_PUSH(r->who->arena, &r->plain) = found;
}

/* ---- the tree, prepared ---- */

/* Sentences, quotation marks, names by token. */
static void prepare(sf_refer *r) {
    const sf_analysis *a = r->who->analysis;
    sf_arena *arena = r->who->arena;
    r->sentence_of = SF_ARRAY(arena, uint32_t, a->token_count + 1);
    r->subject_at = SF_ARRAY(arena, uint32_t, a->token_count + 1);
    r->name_at = SF_ARRAY(arena, uint32_t, a->token_count + 1);
    r->quoted = SF_ARRAY(arena, bool, a->token_count + 1);
    bool open = false;
    uint32_t name = 0;
    for (uint32_t k = 0; k < a->sentence_count; k++) {
        const sf_model_sentence *s = &a->sentences[k];
        if (k > 0 && a->sentences[k - 1].block != s->block)
            open = false;
        for (uint32_t t = s->first_token; t < s->first_token + s->token_count; t++) {
            int mark = mark_of(sf_refer_str(r, t));
            open = mark == 2 ? !open : mark ? mark > 0 : open;
            r->quoted[t] = open;
            r->sentence_of[t] = k;
            r->subject_at[t] = r->name_at[t] = SF_NONE;
            sf_span span = r->text->tokens[t].span;
            while (name < r->people->name_count && r->people->names[name].span.end <= span.begin)
                name++;
            if (name == r->people->name_count || r->people->names[name].span.begin >= span.end)
                continue;
            r->subject_at[t] = r->people->names[name].subject;
            if (r->people->names[name].span.begin >= span.begin)
                r->name_at[t] = name;
        }
    }
}

/* ---- old and new together ---- */

static int by_place(const void *a, const void *b) {
    const sf_found *x = a, *y = b;
    if (x->name.span.begin != y->name.span.begin)
        return x->name.span.begin < y->name.span.begin ? -1 : 1;
    return (x->name.span.end < y->name.span.end) - (x->name.span.end > y->name.span.end);
}

/* In order, and apart: of two that overlap, the first. Gives how many are left. */
static size_t set_apart(sf_found *at, size_t count) {
    size_t left = 0;
    if (count)
        qsort(at, count, sizeof *at, by_place);
    for (size_t i = 0; i < count; i++)
        if (left == 0 || at[left - 1].name.span.end <= at[i].name.span.begin)
            at[left++] = at[i];
    return left;
}

static void put_together(sf_refer *r) {
    sf_people *p = r->people;
    for (size_t i = 0; i < p->name_count; i++)
        *SF_PUSH(r->who->arena, &r->plain) = (sf_found){p->names[i], p->why[i]};
    size_t plain = set_apart(r->plain.at, r->plain.count);
    size_t wide = set_apart(r->wide.at, r->wide.count);
    p->names = SF_ARRAY(r->who->arena, sofar_name, plain + wide + 1);
    p->why = SF_ARRAY(r->who->arena, const char *, plain + wide + 1);
    for (size_t i = 0; i < plain + wide; i++) {
        const sf_found *f = i < plain ? &r->plain.at[i] : &r->wide.at[i - plain];
        p->names[i] = f->name;
        p->why[i] = f->why;
    }
    p->name_count = plain;
    p->epithet_count = wide;
}

void sf_who_refer(const sf_who *who, sf_people *people) {
    if (people->subject_count == 0)
        return;
    sf_refer r = {.who = who,
                  .people = people,
                  .text = who->text,
                  .tokens = who->analysis->tokens,
                  .token_count = who->analysis->token_count};
    prepare(&r);
    sf_refer_tell(&r);
    sf_refer_rank(&r);
    put_together(&r);
}
