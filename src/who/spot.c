/* The model's names as spots, and the names that the page itself marks.
 *
 * A name of the model is a run of tokens, B and then I. It loses an article in front ("the Harbour
 * Post"; a work keeps "The"), titles and roles ("Sen.", "Actress"), quotation marks and a
 * possessive. What the page marks is surer than the model as to where a title begins and ends:
 * italics, and quotation marks beside the noun of a work. Of two spots that overlap one is kept. */
#include "who/spot.h"

#include "who/names.inc"

#include <math.h>

_Static_assert((int)NAMES_HONORIFIC == SF_NAME_HONORIFIC && (int)NAMES_FIRM == SF_NAME_FIRM,
               "the sections of names.txt and the enum of spot.h are in one order");

enum {
    LONGEST = 12,         /* words in a title that the page marks, at most */
    MOST = 8 * SF_LOGIT,  /* one mention's votes */
    MARKED = 5 * SF_LOGIT /* votes of italics, which the model does not see */
};

typedef sf_vec(sf_spot) spot_list;

typedef struct spotter {
    sf_who *who;
    uint32_t sentence;         /* of the word at hand */
    uint32_t first, end;       /* its words */
    size_t italic;             /* the first emphasis that is not behind the word at hand */
    sofar_subject_type *types; /* of the model's kinds of names */
    spot_list named, marked;
} spotter;

static sf_str str(const spotter *p, uint32_t i) { return sf_word_of(p->who->text, i); }
static const sf_word *at(const spotter *p, uint32_t i) { return &p->who->text->words[i]; }
static bool is(const spotter *p, uint32_t i, uint32_t sections) {
    return (p->who->is[i] & sections) != 0;
}

sf_str sf_name_bare(sf_str word) {
    if (sf_str_ends(word, SF_STR("'s")))
        word.len -= 2;
    else if (sf_str_ends(word, SF_STR("\xE2\x80\x99s")))
        word.len -= 4;
    return word;
}

sf_str sf_spot_word(const sf_who *who, const sf_spot *spot, uint32_t i) {
    sf_span word = who->text->words[i].span;
    word.begin = word.begin < spot->span.begin ? spot->span.begin : word.begin;
    word.end = word.end > spot->span.end ? spot->span.end : word.end;
    return sf_span_of(who->text->text, word);
}

static void enter(spotter *p, uint32_t sentence) {
    const sf_sentence *s = &p->who->text->sentences[sentence];
    p->sentence = sentence;
    p->first = s->first_word;
    p->end = s->first_word + s->word_count;
}

/* To the sentence of a word at or behind the one at hand. */
static void move_to(spotter *p, uint32_t word) {
    uint32_t sentence = p->sentence;
    while (p->who->text->sentences[sentence].first_word +
               p->who->text->sentences[sentence].word_count <=
           word)
        sentence++;
    if (sentence != p->sentence)
        enter(p, sentence);
}

static sf_spot spot_of(const spotter *p, uint32_t first, uint32_t last) {
    uint32_t end = last < p->end ? p->end : last + 1; /* the model's sentence may be longer */
    sf_spot spot = {.first = first, .last = last, .loud = p->who->loud[p->sentence]};
    spot.says = sf_who_beside(p->who, p->first, end, first, last);
    return spot;
}

/* ---- what the model names ---- */

typedef struct run {
    uint32_t first, last; /* tokens, inclusive */
    sofar_subject_type type;
    bool person; /* a title or role stood in front */
} run;

static sf_str token_str(const spotter *p, uint32_t t) { return sf_token_of(p->who->text, t); }
static uint32_t word_of(const spotter *p, uint32_t t) { return p->who->text->tokens[t].word; }
static int32_t margin(const spotter *p, uint32_t t) {
    float m = p->who->analysis->tokens[t].name_margin * SF_LOGIT;
    return m >= MOST ? MOST : m > -MOST ? (int32_t)lrintf(m) : -MOST;
}

static bool article(sf_str s) {
    return sf_str_equal_ci(s, SF_STR("the")) || sf_str_equal_ci(s, SF_STR("a")) ||
           sf_str_equal_ci(s, SF_STR("an"));
}

static bool possessive(sf_str s) {
    return sf_str_equal(s, SF_STR("'s")) || sf_str_equal(s, SF_STR("\xE2\x80\x99s")) ||
           sf_str_equal(s, SF_STR("'")) || sf_str_equal(s, SF_STR("\xE2\x80\x99"));
}

/* Punctuation that no name begins or ends with. "!" and "." may end one ("Yahoo!", "Jr."). */
static bool outside(sf_str s, bool end) {
    size_t bytes;
    uint32_t c = sf_utf8_at(s, 0, &bytes);
    if (bytes < s.len)
        return sf_str_equal(s, SF_STR("''")) || sf_str_equal(s, SF_STR("``")) ||
               sf_str_equal(s, SF_STR("--"));
    if (c >= 0x2010 && c <= 0x201F)
        return true;
    return c < 0x80 && memchr(end ? "\"'`,;:([{-*/" : "\"'`,;:)]}-*/.!?&", (int)c, end ? 12 : 16);
}

/* A title in front, a role ("Actress"): not part of a person's name. */
static bool title(const spotter *p, uint32_t t) {
    if (is(p, word_of(p, t), SF_NAME_HONORIFIC))
        return true;
    return is(p, word_of(p, t), SF_NAME_ROLE) && !p->who->proper[word_of(p, t)];
}

static bool period(const spotter *p, uint32_t t) {
    return sf_str_equal(token_str(p, t), SF_STR("."));
}

/* The title that the name of a single word goes with: "Father Anselm", "Dr. Hale". `behind`: the
 * token that the title would stand in front of. Gives that token if there is none. */
static uint32_t own_title(const spotter *p, uint32_t behind) {
    uint32_t t = behind;
    if (t > 0 && period(p, t - 1))
        t--;
    if (t == 0)
        return behind;
    t--;
    const sf_word *word = at(p, word_of(p, t));
    return word_of(p, t) >= p->first && word->capital && is(p, word_of(p, t), SF_NAME_TITLED)
               ? t
               : behind;
}

/* Cuts a person's titles off, but for one that belongs to the name. */
static void cut_titles(const spotter *p, run *r) {
    while (r->first < r->last && title(p, r->first)) {
        uint32_t next = r->first + 1;
        if (period(p, next) && next < r->last)
            next++;
        if (period(p, next))
            break;
        r->first = next;
        r->person = true;
    }
    uint32_t before = r->first > 0 ? r->first - 1 : r->first;
    if (before > 0 && period(p, before) && !p->who->text->tokens[before].space)
        before--;
    if (before < r->first && word_of(p, before) >= p->first && at(p, word_of(p, before))->capital &&
        is(p, word_of(p, before), SF_NAME_HONORIFIC | SF_NAME_TITLED))
        r->person = true;
    if (word_of(p, r->first) == word_of(p, r->last))
        r->first = own_title(p, r->first);
}

/* "OBE" behind a name. */
static bool letters(const spotter *p, uint32_t t) {
    const sf_word *word = at(p, word_of(p, t));
    uint32_t len = word->span.end - word->span.begin;
    return word->kind == SF_WORD_ALPHA && word->all_caps && len > 1 && len < 5 &&
           !is(p, word_of(p, t), SF_NAME_SUFFIX);
}

/* "Ana Ruiz QC", "Jo Park OBE FRS": letters behind a person's name, but for a name in capitals. */
static void cut_letters(const spotter *p, run *r) {
    uint32_t last = r->last;
    while (last > r->first + 1 && letters(p, last) && word_of(p, last) != word_of(p, last - 1))
        last--;
    if (!at(p, word_of(p, last))->all_caps)
        r->last = last;
}

/* A common word in front of a name, written small: "greenlit" of "greenlit Paper Lanterns". */
static bool common(const spotter *p, const run *r) {
    const sf_word *first = at(p, word_of(p, r->first));
    if (p->who->proper[word_of(p, r->first)] || first->kind != SF_WORD_ALPHA || first->capital)
        return false;
    for (uint32_t t = r->first + 1; t <= r->last; t++)
        if (at(p, word_of(p, t))->capital)
            return true;
    return false;
}

static bool trim(const spotter *p, run *r) {
    for (bool again = true; again && r->first < r->last;) {
        again = false;
        sf_str front = token_str(p, r->first), back = token_str(p, r->last);
        if (outside(front, true) || common(p, r) ||
            (article(front) && (r->type != SOFAR_WORK || sf_lower(front.ptr[0]) == front.ptr[0])))
            r->first++, again = true;
        else if (outside(back, false) && !possessive(back))
            r->last--, again = true;
        else if (possessive(back) && margin(p, r->last) <= 0)
            r->last--, again = true;
    }
    if (r->type == SOFAR_PERSON || r->type == SOFAR_CHARACTER)
        cut_titles(p, r), cut_letters(p, r);
    sf_str only = token_str(p, r->first);
    return r->first < r->last || !(outside(only, true) || outside(only, false) || article(only));
}

static bool source(const spotter *p, uint32_t t) {
    uint32_t class = p->who->analysis->tokens[t].attribution;
    return class && sf_str_ends(sf_model_attribution(p->who->model, class), SF_STR("-source"));
}

static void take_run(spotter *p, run r) {
    int32_t sum = 0, count = (int32_t)(r.last - r.first + 1);
    for (uint32_t t = r.first; t <= r.last; t++)
        sum += margin(p, t);
    move_to(p, word_of(p, r.first));
    if (!trim(p, &r))
        return;
    const sf_token *tokens = p->who->text->tokens;
    if (p->named.count && p->named.at[p->named.count - 1].span.end > tokens[r.first].span.begin)
        return;
    sf_spot spot = spot_of(p, word_of(p, r.first), word_of(p, r.last));
    spot.span = (sf_span){tokens[r.first].span.begin, tokens[r.last].span.end};
    spot.says |= (r.person ? SF_SAYS_PERSON : 0) | (source(p, r.last) ? SF_SAYS_SOURCE : 0);
    spot.type = r.type;
    spot.votes = sum / count;
    *SF_PUSH(p->who->arena, &p->named) = spot;
}

/* The model's word for a kind is ours; one that we do not have is `other`. */
static void learn_types(spotter *p) {
    static const struct {
        const char *word;
        sofar_subject_type type;
    } types[] = {{"person", SOFAR_PERSON},   {"organization", SOFAR_ORGANIZATION},
                 {"place", SOFAR_PLACE},     {"work", SOFAR_WORK},
                 {"event", SOFAR_EVENT},     {"character", SOFAR_CHARACTER},
                 {"product", SOFAR_PRODUCT}, {"other", SOFAR_OTHER}};
    uint32_t kinds = sf_model_about(p->who->model).names / 2;
    p->types = SF_ARRAY(p->who->arena, sofar_subject_type, kinds + 1);
    for (uint32_t kind = 0; kind < kinds; kind++) {
        sf_str class = sf_model_name(p->who->model, 2 * kind + 1); /* B-person */
        p->types[kind] = SOFAR_OTHER;
        for (size_t i = 0; i < SF_LEN(types); i++)
            if (sf_str_ends(class, sf_str_of(types[i].word)))
                p->types[kind] = types[i].type;
    }
}

/* Is token t in the name of the token before it? So says the model, but not over the end of a line.
 * Two names of a kind side by side are one, if both are words with a capital: "El" "Paso". */
static bool goes_on(const spotter *p, uint32_t t, uint32_t kind) {
    const sf_token *tokens = p->who->text->tokens;
    uint32_t name = p->who->analysis->tokens[t].name;
    sf_str gap =
        sf_span_of(p->who->text->text, (sf_span){tokens[t - 1].span.end, tokens[t].span.begin});
    if (gap.len && memchr(gap.ptr, '\n', gap.len))
        return false;
    const sf_word *a = at(p, tokens[t - 1].word), *b = at(p, tokens[t].word);
    return name == 2 * kind + 2 ||
           (name == 2 * kind + 1 && b == a + 1 && a->capital && b->capital &&
            a->span.end == tokens[t - 1].span.end && !possessive(token_str(p, t - 1)));
}

/* Is token t the noun that ends a name of its kind, and in one name with the run before it, by the
 * tree, though the model left it out: "Television" of "Hearthstone Television"? */
static bool belongs(const spotter *p, uint32_t first, uint32_t t) {
    const sf_analysis *a = p->who->analysis;
    const sf_token *tokens = p->who->text->tokens;
    const sf_word *word = at(p, tokens[t].word);
    const sf_arcs within = SF_ARCS(SF_ARC_COMPOUND) | SF_ARCS(SF_ARC_FLAT) | SF_ARCS(SF_ARC_AMOD);
    uint32_t ends = SF_NAME_ORGANIZATION | SF_NAME_OUTLET | SF_NAME_EVENT | SF_NAME_PLACE_LAST;
    if (a->tokens[t].name || !word->capital || !is(p, tokens[t].word, ends) || !tokens[t].space ||
        tokens[t].word != tokens[t - 1].word + 1 ||
        sf_model_pos(p->who->model, a->tokens[t].tag) != SF_POS_PROPN)
        return false;
    for (uint32_t i = first; i <= t; i++) {
        uint32_t head = a->tokens[i].head;
        bool across = head != SF_NONE && (i == t ? head >= first && head < t : head == t);
        if (across && within & SF_ARCS(sf_model_arc(p->who->model, a->tokens[i].label)))
            return true;
    }
    return false;
}

/* The last token of the name [first, last], as the tree has it. */
static uint32_t completed(spotter *p, uint32_t first, uint32_t last, sofar_subject_type type) {
    enum { MORE = 3 };
    const sf_analysis *a = p->who->analysis;
    bool numeral = last + 1 < a->token_count && !a->tokens[last + 1].name &&
                   sf_str_equal(token_str(p, last + 1), SF_STR("I")) &&
                   p->who->text->tokens[last + 1].space &&
                   sf_model_pos(p->who->model, a->tokens[last + 1].tag) == SF_POS_PROPN;
    if (type == SOFAR_PERSON || type == SOFAR_CHARACTER)
        return numeral ? last + 1 : last; /* "Norton I" */
    move_to(p, word_of(p, last));
    for (int more = 0;
         more < MORE && last + 1 < p->who->analysis->token_count && word_of(p, last + 1) < p->end &&
         !p->who->loud[p->sentence] && belongs(p, first, last + 1);
         more++)
        last++;
    return last;
}

static void take_named(spotter *p) {
    const sf_analysis *a = p->who->analysis;
    for (uint32_t t = 0; t < a->token_count;) {
        uint8_t name = a->tokens[t].name;
        if (name == 0) {
            t++;
            continue;
        }
        uint32_t first = t++, kind = (name - 1u) / 2;
        while (t < a->token_count && goes_on(p, t, kind))
            t++;
        uint32_t last = completed(p, first, t - 1, p->types[kind]);
        take_run(p, (run){first, last, p->types[kind], false});
        t = last + 1;
    }
}

/* ---- what the page marks ---- */

static bool opening_mark(sf_str w) {
    return sf_str_equal(w, SF_STR("\"")) || sf_str_equal(w, SF_STR("\xE2\x80\x9C")) ||
           sf_str_equal(w, SF_STR("\xE2\x80\x98")) || sf_str_equal(w, SF_STR("\xC2\xAB")) ||
           sf_str_equal(w, SF_STR("'")) || sf_str_equal(w, SF_STR("''")) ||
           sf_str_equal(w, SF_STR("``"));
}
static bool closing_mark(sf_str w) {
    return sf_str_equal(w, SF_STR("\"")) || sf_str_equal(w, SF_STR("\xE2\x80\x9D")) ||
           sf_str_equal(w, SF_STR("\xE2\x80\x99")) || sf_str_equal(w, SF_STR("\xC2\xBB")) ||
           sf_str_equal(w, SF_STR("'")) || sf_str_equal(w, SF_STR("''"));
}
static bool capital(const spotter *p, uint32_t i) {
    return i < p->end && at(p, i)->kind == SF_WORD_ALPHA && at(p, i)->capital;
}
static bool small(const spotter *p, uint32_t i) {
    return at(p, i)->kind == SF_WORD_ALPHA && !at(p, i)->capital;
}

/* Words that a title writes small: "The Salt Road to Nowhere". */
static bool small_in_title(sf_str w) {
    static const char *const words[] = {"a",   "an",   "the",  "of",   "and",  "or",   "in", "on",
                                        "at",  "to",   "for",  "by",   "from", "with", "as", "is",
                                        "but", "nor",  "into", "over", "vs",   "de",   "la", "le",
                                        "my",  "your", "his",  "her",  "it",   "that", "who"};
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal(w, sf_str_of(words[i])))
            return true;
    return false;
}

/* A title in marks behind the noun of a work, or in front of "star", "season": i is the opening
 * mark; gives the closing one, or 0. */
static uint32_t quoted_title(const spotter *p, uint32_t i) {
    if (!opening_mark(str(p, i)) || !capital(p, i + 1) || !at(p, i)->space)
        return 0;
    uint32_t k = i + 1, stop = i + 1 + LONGEST;
    for (; k < p->end && k < stop; k++) {
        if (closing_mark(str(p, k)) &&
            (k + 1 >= p->end || at(p, k + 1)->space || at(p, k + 1)->kind == SF_WORD_PUNCT))
            break;
        if (small(p, k) && !small_in_title(str(p, k)))
            return 0;
    }
    if (k >= p->end || k == stop)
        return 0;
    bool noun = i > p->first && is(p, i - 1, SF_NAME_WORK);
    bool star = k + 1 < p->end && is(p, k + 1, SF_NAME_WORK | SF_NAME_WORK_TITLE);
    return noun || star ? k : 0;
}

/* A title set in italics begins at word i: the word behind it, or 0. A sentence of its own, a word
 * that is stressed ("Never!") is none. */
static uint32_t italic_title(spotter *p, uint32_t i) {
    const sofar_clipping *c = p->who->clipping;
    uint32_t begin = at(p, i)->span.begin;
    while (p->italic < c->emphasis_count && c->emphasis[p->italic].begin < begin)
        p->italic++;
    if (p->italic == c->emphasis_count || c->emphasis[p->italic].begin != begin || !capital(p, i))
        return 0;
    uint32_t end = i, telling = 0;
    for (; end < p->end && at(p, end)->span.begin < c->emphasis[p->italic].end; end++) {
        if (end - i == LONGEST || (small(p, end) && !small_in_title(str(p, end))))
            return 0;
        telling += at(p, end)->kind == SF_WORD_ALPHA && !small(p, end) && !article(str(p, end));
    }
    while (end > i && outside(str(p, end - 1), false))
        end--;
    bool all = i == p->first && end + 1 >= p->end;
    bool lone = end == i + 1 && !p->who->proper[i]; /* stress */
    return telling && !all && !lone ? end : 0;
}

static void mark_title(spotter *p, uint32_t first, uint32_t last) {
    sf_spot spot = spot_of(p, first, last);
    sf_str bare = sf_name_bare(str(p, last));
    spot.span = (sf_span){at(p, first)->span.begin, at(p, last)->span.begin + (uint32_t)bare.len};
    spot.says |= SF_SAYS_MARKED;
    spot.type = SOFAR_WORK;
    spot.votes = MARKED;
    *SF_PUSH(p->who->arena, &p->marked) = spot;
}

static void mark_handle(spotter *p, uint32_t i) {
    sf_span span = at(p, i)->span;
    span.end = span.begin + (uint32_t)sf_name_bare(str(p, i)).len;
    *SF_PUSH(p->who->arena, &p->marked) =
        (sf_spot){.span = span, .first = i, .last = i, .type = SOFAR_OTHER, .handle = true};
}

/* Takes what begins at word i; gives the word behind it. */
static uint32_t take_marked(spotter *p, uint32_t i) {
    sf_str w = str(p, i);
    uint32_t close, behind;
    if ((behind = italic_title(p, i)) != 0) {
        mark_title(p, i, behind - 1);
        return behind;
    }
    if (at(p, i)->kind == SF_WORD_OTHER && w.len > 2 && w.ptr[0] == '@' && sf_is_alpha(w.ptr[1])) {
        mark_handle(p, i);
        return i + 1;
    }
    if ((close = quoted_title(p, i)) != 0) {
        uint32_t last = close - 1;
        while (last > i + 1 && outside(str(p, last), false))
            last--;
        mark_title(p, i + 1, last);
        return close + 1;
    }
    return i + 1;
}

/* ---- both together ---- */

/* A paper is set in italics like a work; the model, which reads what it does, knows better. */
static bool paper(const spotter *p, const sf_spot *named, const sf_spot *marked) {
    return named->type == SOFAR_ORGANIZATION && !marked->handle &&
           sf_span_contains(marked->span, named->span) &&
           (named->says & SF_SAYS_TOLD ||
            is(p, named->last, SF_NAME_OUTLET | SF_NAME_KNOWN_OUTLET));
}

/* Of a marked spot and the named ones that overlap it, either it or they. */
static void put_marked(spotter *p, spot_list *out, const sf_spot *marked, size_t *named) {
    size_t from = *named, end = from;
    bool give_way = false;
    while (end < p->named.count && p->named.at[end].span.begin < marked->span.end) {
        const sf_spot *n = &p->named.at[end++];
        bool longer = sf_span_contains(n->span, marked->span) &&
                      n->span.end - n->span.begin > marked->span.end - marked->span.begin;
        give_way = give_way || (longer && !marked->handle) || paper(p, n, marked);
    }
    if (give_way)
        for (size_t i = from; i < end; i++)
            *SF_PUSH(p->who->arena, out) = p->named.at[i];
    else
        *SF_PUSH(p->who->arena, out) = *marked;
    *named = end;
}

static void merge(spotter *p) {
    spot_list out = {0};
    size_t named = 0;
    for (size_t m = 0; m < p->marked.count; m++) {
        while (named < p->named.count && p->named.at[named].span.end <= p->marked.at[m].span.begin)
            *SF_PUSH(p->who->arena, &out) = p->named.at[named++];
        /* One name over two marked titles took their place with the first. */
        if (out.count == 0 || out.at[out.count - 1].span.end <= p->marked.at[m].span.begin)
            put_marked(p, &out, &p->marked.at[m], &named);
    }
    while (named < p->named.count) {
        if (out.count == 0 || out.at[out.count - 1].span.end <= p->named.at[named].span.begin)
            *SF_PUSH(p->who->arena, &out) = p->named.at[named];
        named++;
    }
    p->who->spots = out.at;
    p->who->spot_count = (uint32_t)out.count;
}

/* A word that no name ends with. */
static bool unfinished(sf_str w) {
    return sf_str_equal(w, SF_STR("of")) || sf_str_equal(w, SF_STR("for")) ||
           sf_str_equal(w, SF_STR("the")) || sf_str_equal(w, SF_STR("and"));
}

/* What stands between two spots. */
static sf_str gap_of(const sf_who *who, const sf_spot *a, const sf_spot *b) {
    bool apart = a->span.end <= b->span.begin;
    return apart ? sf_span_of(who->text->text, (sf_span){a->span.end, b->span.begin}) : SF_STR("");
}

static bool is_gap(const sf_who *who, const sf_spot *a, const sf_spot *b, const char *const *gaps) {
    for (; *gaps; gaps++)
        if (sf_str_equal(gap_of(who, a, b), sf_str_of(*gaps)))
            return true;
    return false;
}

/* How many spots from i on are one name: "Jan", "Michael Lund" with a hyphen between; "Tom", "Rex",
 * "Hale" with marks around the second, or the model has "Rex” Hale" already. */
static uint32_t pieces(const sf_who *who, uint32_t i) {
    static const char *const hyphen[] = {"-", "‑", NULL};
    static const char *const open[] = {" \"", " “", " ‘", " '", NULL};
    static const char *const close[] = {"\" ", "” ", "’ ", "' ", NULL};
    const sf_spot *a = &who->spots[i];
    uint32_t left = who->spot_count - i;
    if (left < 2 || a->handle || a[1].handle || a->type != SOFAR_PERSON)
        return 1;
    if (is_gap(who, a, a + 1, hyphen))
        return a[1].type == SOFAR_PERSON ? 2 : 1;
    if (is_gap(who, a, a + 1, close) && a[1].type == SOFAR_PERSON)
        for (size_t k = 0; open[k]; k++) /* “Tom “Rex”, “Hale” */
            if (sf_str_find(sf_span_of(who->text->text, a->span), sf_str_of(open[k]), 0) !=
                SIZE_MAX)
                return 2;
    if (!is_gap(who, a, a + 1, open))
        return 1;
    sf_str nick = sf_span_of(who->text->text, a[1].span);
    for (size_t k = 0; close[k]; k++)
        if (sf_str_find(nick, sf_str_of(close[k]), 0) != SIZE_MAX)
            return 2;
    bool short_ends = left > 2 && (a->first == a->last || a[2].first == a[2].last);
    return short_ends && !a[2].handle && is_gap(who, a + 1, a + 2, close) &&
                   (a[2].type == SOFAR_PERSON || a[2].type == SOFAR_CHARACTER)
               ? 3
               : 1;
}

/* Names that the model broke off: "University of" goes on with the place behind it, or it loses
 * its preposition. */
static void mend(sf_who *who) {
    uint32_t out = 0;
    for (uint32_t i = 0; i < who->spot_count; i++) {
        sf_spot s = who->spots[i];
        const sf_word *words = who->text->words;
        for (uint32_t n = pieces(who, i); n > 1; n--) {
            const sf_spot *next = &who->spots[++i];
            s.last = next->last, s.span.end = next->span.end;
        }
        bool open = !s.handle && s.last > s.first && unfinished(sf_word_of(who->text, s.last)) &&
                    s.span.end == words[s.last].span.end;
        const sf_spot *next = i + 1 < who->spot_count ? &who->spots[i + 1] : NULL;
        if (open && next && next->first == s.last + 1 && !next->handle &&
            words[next->first].capital && words[next->first].span.begin == s.span.end + 1) {
            s.last = next->last, s.span.end = next->span.end, s.says |= next->says;
            i++;
        } else if (open) {
            while (s.last > s.first && unfinished(sf_word_of(who->text, s.last)))
                s.last--;
            s.span.end = words[s.last].span.end;
        }
        who->spots[out++] = s;
    }
    who->spot_count = out;
}

/* "Ana Ruiz as Mira": two persons, the second is a part that the first plays. */
static void find_casts(sf_who *who) {
    for (uint32_t i = 1; i < who->spot_count; i++) {
        const sf_spot *a = &who->spots[i - 1];
        sf_spot *b = &who->spots[i];
        sf_str gap = sf_span_of(who->text->text, (sf_span){a->span.end, b->span.begin});
        if (a->type == SOFAR_PERSON && !a->handle && !b->handle &&
            (sf_str_equal(gap, SF_STR(" as ")) || sf_str_equal(gap, SF_STR(" as the "))))
            b->says |= SF_SAYS_CHARACTER;
    }
}

static void look_up_words(sf_who *who) {
    const sf_text *text = who->text;
    who->is = SF_ARRAY(who->arena, uint32_t, text->word_count + 1);
    who->proper = SF_ARRAY(who->arena, bool, text->word_count + 1);
    for (uint32_t i = 0; i < text->word_count; i++)
        if (text->words[i].kind == SF_WORD_ALPHA)
            who->is[i] =
                sf_known_flags(names_words, SF_LEN(names_words), sf_name_bare(sf_word_of(text, i)));
    for (uint32_t i = 0; i < text->word_count; i++) { /* "@netflix" is what Netflix is */
        sf_str word = sf_word_of(text, i);
        if (word.ptr[0] == '@')
            who->is[i] = sf_known_flags(names_words, SF_LEN(names_words),
                                        sf_name_bare(sf_str_sub(word, 1, word.len))) &
                         (SF_NAME_KNOWN_ORGANIZATION | SF_NAME_KNOWN_OUTLET);
    }
    for (uint32_t t = text->token_count; t-- > 0;) /* the first of a word has the last say */
        who->proper[text->tokens[t].word] =
            sf_model_pos(who->model, who->analysis->tokens[t].tag) == SF_POS_PROPN;
}

/* Is the sentence a heading's, or most of it in capitals? There the model has less to go by. */
static bool is_loud(const sf_who *who, const sf_sentence *s) {
    const sofar_clipping *c = who->clipping;
    if (s->block < c->block_count && c->blocks[s->block].kind == SOFAR_BLOCK_HEADING)
        return true;
    uint32_t letters = 0, caps = 0;
    for (uint32_t i = s->first_word; i < s->first_word + s->word_count; i++) {
        const sf_word *word = &who->text->words[i];
        if (word->kind != SF_WORD_ALPHA || word->span.end - word->span.begin < 2)
            continue;
        letters++;
        caps += word->all_caps;
    }
    return letters >= 3 && caps * 3 >= letters * 2;
}

void sf_who_spots(sf_who *who) {
    spotter p = {.who = who};
    const sf_text *text = who->text;
    if (text->sentence_count == 0)
        return;
    look_up_words(who);
    who->loud = SF_ARRAY(who->arena, bool, text->sentence_count);
    for (uint32_t i = 0; i < text->sentence_count; i++)
        who->loud[i] = is_loud(who, &text->sentences[i]);
    learn_types(&p);
    enter(&p, 0);
    take_named(&p);
    for (uint32_t i = 0; i < text->sentence_count; i++) {
        enter(&p, i);
        for (uint32_t word = p.first; word < p.end;)
            word = take_marked(&p, word);
    }
    merge(&p);
    mend(who);
    find_casts(who);
}
