/* Patterns over sentences. A sentence becomes a row of items - words, with each mention and each
 * time expression as one item - and every pattern is tried at every item. Quotation marks around a
 * title are passed over.
 *
 * A list behind the last role ("starring A, B and C") gives a fact for each of its members. */
#include <stdlib.h>

#include "fact/beat.h"

typedef struct item {
    sf_span span;
    sf_str word;     /* as written */
    uint32_t name;   /* index of the mention; SF_NONE for a plain word */
    uint32_t time;   /* index of the time expression; SF_NONE */
    uint32_t hedges; /* words before it, in its sentence, that hedge */
} item;

/* A piece of a quotation. */
typedef struct piece {
    sf_span span;
    uint32_t reach; /* the farthest end of the pieces up to this one */
    uint32_t speaker;
} piece;

typedef struct finder {
    sf_arena *arena;
    const sf_beats *beats;
    const sf_text *text;
    const sf_people *people;
    const sf_times *times;
    sf_vec(piece) pieces; /* of all quotations, in order of their begin */
    sf_vec(item) items;   /* of the sentence at hand */
    uint32_t hedges;      /* words in it that take back or weaken what it says */
    sf_vec(sofar_fact) facts;
    uint32_t *table; /* open addressing: fact number + 1, 0 for free */
    size_t table_size;
} finder;

/* Words that make a sentence say less than its words: with one of them outside the example nothing
 * is stated. */
static bool hedges(sf_str word) {
    static const char *const list[] = {
        "not",         "never",       "n't",     "no",         "if",      "would",      "could",
        "may",         "might",       "should",  "will",       "whether", "reportedly", "rumoured",
        "rumored",     "allegedly",   "unless",  "hopes",      "wants",   "denied",     "denies",
        "denying",     "?",           "cannot",  "can't",      "won't",   "didn't",     "isn't",
        "wasn't",      "doesn't",     "hasn't",  "neither",    "nor",     "almost",     "nearly",
        "supposedly",  "speculation", "rumours", "rumors",     "imagine", "wish",       "wishes",
        "incorrectly", "erroneously", "wrongly", "mistakenly", "stated"};
    for (size_t i = 0; i < SF_LEN(list); i++)
        if (sf_str_equal_ci(word, sf_str_of(list[i])))
            return true;
    return sf_str_ends(word, SF_STR("n’t")) || sf_str_ends(word, SF_STR("n't"));
}

static bool is_mark(sf_str word) {
    static const char *const marks[] = {"\"", "“", "”", "‘", "’", "'", "«", "»", "„"};
    for (size_t i = 0; i < SF_LEN(marks); i++)
        if (sf_str_equal(word, sf_str_of(marks[i])))
            return true;
    return false;
}

/* Fills f->items; *name and *time move on over all sentences. */
static void itemise(finder *f, const sf_sentence *s, uint32_t *name, uint32_t *time) {
    f->items.count = 0;
    f->hedges = 0;
    uint32_t end = 0; /* of the last item that covers several words */
    for (uint32_t w = s->first_word; w < s->first_word + s->word_count; w++) {
        sf_span span = f->text->words[w].span;
        if (span.begin < end)
            continue;
        while (*name < f->people->name_count && f->people->names[*name].span.begin < span.begin)
            ++*name;
        while (*time < f->times->count && f->times->at[*time].span.begin < span.begin)
            ++*time;
        item it = {span, sf_word_of(f->text, w), SF_NONE, SF_NONE, f->hedges};
        if (*name < f->people->name_count && f->people->names[*name].span.begin == span.begin)
            it.name = *name, it.span = f->people->names[*name].span;
        else if (*time < f->times->count && f->times->at[*time].span.begin == span.begin)
            it.time = *time, it.span = f->times->at[*time].span;
        else if (is_mark(it.word))
            continue;
        end = it.span.end;
        f->hedges += it.name == SF_NONE && it.time == SF_NONE && hedges(it.word);
        *SF_PUSH(f->arena, &f->items) = it;
    }
}

static bool fits(const finder *f, const sf_beat_role *role, const item *it) {
    if (role->type == SF_WHEN)
        return it->time != SF_NONE && f->times->at[it->time].value.ptr &&
               f->times->at[it->time].type == SOFAR_DATE;
    if (it->name == SF_NONE || f->people->names[it->name].form == SOFAR_PRONOUN)
        return false;
    sofar_subject_type type = f->people->subjects[f->people->names[it->name].subject].type;
    if (role->type == SF_ANY_TYPE || (int)type == role->type)
        return true;
    /* A character's name looks like a person's; the sentence tells them apart. */
    return role->type == SOFAR_CHARACTER && (type == SOFAR_PERSON || type == SOFAR_OTHER);
}

/* Items the pattern covers from `at` on; 0 if it does not match there. held[role] = item. */
static size_t match(const finder *f, const sf_pattern *p, size_t at, uint32_t held[SF_MAX_ROLES]) {
    if (at + p->step_count > f->items.count)
        return 0;
    for (size_t i = 0; i < p->step_count; i++) {
        const sf_step *step = &p->steps[i];
        const item *it = &f->items.at[at + i];
        if (step->word.ptr) {
            if (it->name != SF_NONE || it->time != SF_NONE ||
                !sf_str_equal_ci(it->word, step->word))
                return 0;
        } else {
            if (!fits(f, &p->type->roles[step->role], it))
                return 0;
            held[step->role] = (uint32_t)(at + i);
        }
    }
    return p->step_count;
}

/* Hedges the sentence, but for the words of the example itself? */
static bool hedged_beyond(const finder *f, const sf_pattern *p, size_t at) {
    size_t end = at + p->step_count;
    uint32_t up_to = end < f->items.count ? f->items.at[end].hedges : f->hedges;
    return f->hedges > up_to - f->items.at[at].hedges;
}

static uint32_t subject_of(const finder *f, uint32_t item_index) {
    return f->people->names[f->items.at[item_index].name].subject;
}

/* Whose words these are: *by is the speaker of the quotation that holds the span. False if a
 * quotation's edge cuts through it, or its speaker is unknown: then nobody stands for it. */
static bool attributed(const finder *f, sf_span span, uint32_t *by) {
    *by = SOFAR_NOBODY;
    size_t low = 0, high = f->pieces.count;
    while (low < high) { /* the first that could reach into the span */
        size_t middle = low + (high - low) / 2;
        if (f->pieces.at[middle].reach <= span.begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < f->pieces.count && f->pieces.at[low].span.begin < span.end; low++) {
        const piece *p = &f->pieces.at[low];
        if (!sf_span_overlaps(p->span, span))
            continue;
        *by = p->speaker;
        return sf_span_contains(p->span, span) && p->speaker != SOFAR_NOBODY;
    }
    return true;
}

static int by_begin(const void *a, const void *b) {
    const piece *x = a, *y = b;
    if (x->span.begin != y->span.begin)
        return x->span.begin < y->span.begin ? -1 : 1;
    return (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

static void list_pieces(finder *f, const sf_quotes *quotes) {
    for (size_t i = 0; i < quotes->count; i++)
        for (size_t k = 0; k < quotes->at[i].span_count; k++)
            *SF_PUSH(f->arena, &f->pieces) =
                (piece){quotes->at[i].spans[k], 0, quotes->at[i].speaker};
    if (f->pieces.count)
        qsort(f->pieces.at, f->pieces.count, sizeof *f->pieces.at, by_begin);
    uint32_t reach = 0;
    for (size_t i = 0; i < f->pieces.count; i++) {
        if (f->pieces.at[i].span.end > reach)
            reach = f->pieces.at[i].span.end;
        f->pieces.at[i].reach = reach;
    }
}

static bool same_fact(const sofar_fact *a, const sofar_fact *b) {
    if (!sf_str_equal(a->type, b->type) || a->role_count != b->role_count ||
        a->status != b->status || a->by != b->by || !sf_str_equal(a->when, b->when))
        return false;
    for (size_t i = 0; i < a->role_count; i++)
        if (!sf_str_equal(a->roles[i].name, b->roles[i].name) ||
            a->roles[i].subject != b->roles[i].subject)
            return false;
    return true;
}

static uint64_t hash_of(const sofar_fact *fact) {
    uint64_t h = sf_str_hash(fact->type) ^ (sf_str_hash(fact->when) << 1);
    h = (h ^ fact->by) * 0x9E3779B97F4A7C15u ^ fact->status;
    for (size_t i = 0; i < fact->role_count; i++) {
        h = (h ^ fact->roles[i].subject) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    return h;
}

/* The place in the table for the same fact, or for a new one. */
static uint32_t *slot_of(const finder *f, const sofar_fact *fact) {
    size_t i = hash_of(fact) & (f->table_size - 1);
    while (f->table[i] && !same_fact(&f->facts.at[f->table[i] - 1], fact))
        i = (i + 1) & (f->table_size - 1);
    return &f->table[i];
}

static void make_room(finder *f) {
    if (2 * (f->facts.count + 1) <= f->table_size)
        return;
    f->table_size = f->table_size ? 2 * f->table_size : 64;
    f->table = SF_ARRAY(f->arena, uint32_t, f->table_size);
    for (size_t i = 0; i < f->facts.count; i++)
        *slot_of(f, &f->facts.at[i]) = (uint32_t)i + 1;
}

/* The list has room for the next power of two of receipts. */
static void add_receipt(finder *f, sofar_fact *fact, sf_span receipt) {
    size_t n = fact->receipt_count;
    if ((n & (n - 1)) == 0)
        fact->receipts =
            sf_grow(f->arena, fact->receipts, n * sizeof receipt, (n ? 2 * n : 1) * sizeof receipt);
    fact->receipts[fact->receipt_count++] = receipt;
}

/* Adds the fact, or its receipt to the same fact told before. */
static void add_fact(finder *f, const sf_pattern *p, const uint32_t held[SF_MAX_ROLES],
                     sf_span receipt, uint32_t by) {
    sofar_fact fact = {.type = p->type->name, .status = p->status, .by = by};
    fact.roles = SF_ARRAY(f->arena, sofar_role, SF_MAX_ROLES);
    for (uint32_t r = 0; r < p->type->role_count; r++) {
        if (held[r] == SF_NONE)
            continue;
        if (p->type->roles[r].type == SF_WHEN)
            fact.when = f->times->at[f->items.at[held[r]].time].value;
        else
            fact.roles[fact.role_count++] =
                (sofar_role){p->type->roles[r].name, subject_of(f, held[r]), SF_ABSENT};
    }
    for (size_t i = 0; i < fact.role_count; i++)
        for (size_t k = 0; k < i; k++)
            if (fact.roles[i].subject == fact.roles[k].subject)
                return; /* nobody plays themselves in themselves: the mentions were misjoined */
    make_room(f);
    uint32_t *slot = slot_of(f, &fact);
    if (!*slot) {
        *SF_PUSH(f->arena, &f->facts) = fact;
        *slot = (uint32_t)f->facts.count;
    }
    add_receipt(f, &f->facts.at[*slot - 1], receipt);
}

static bool is_word(const finder *f, size_t at, const char *word) {
    return at < f->items.count && f->items.at[at].name == SF_NONE &&
           f->items.at[at].time == SF_NONE &&
           sf_str_equal_ci(f->items.at[at].word, sf_str_of(word));
}

/* The next member of the list whose last member was item `last`, or SF_NONE: ", NAME", "and NAME",
 * ", and NAME". The list counts only if an "and" closes it: "starring Ana Ruiz, Jo Park said" is
 * none. */
static uint32_t list_end(const finder *f, size_t last, const sf_beat_role *role) {
    for (size_t at = last + 1;;) {
        bool comma = is_word(f, at, ",");
        bool and = is_word(f, at + comma, "and");
        size_t member = at + comma + and;
        if (!(comma || and) || member >= f->items.count || !fits(f, role, &f->items.at[member]))
            return SF_NONE;
        if (and)
            return (uint32_t)member;
        at = member + 1;
    }
}

static void emit(finder *f, const sf_pattern *p, size_t at, uint32_t held[SF_MAX_ROLES]) {
    size_t last = at + p->step_count - 1;
    sf_span receipt = {f->items.at[at].span.begin, f->items.at[last].span.end};
    uint32_t by;
    if (!attributed(f, receipt, &by))
        return;
    add_fact(f, p, held, receipt, by);
    const sf_step *step = &p->steps[p->step_count - 1];
    if (step->word.ptr || p->type->roles[step->role].type == SF_WHEN)
        return;
    uint32_t end = list_end(f, last, &p->type->roles[step->role]);
    for (size_t i = last + 1; end != SF_NONE && i <= end; i++)
        if (f->items.at[i].name != SF_NONE) {
            held[step->role] = (uint32_t)i;
            receipt.end = f->items.at[i].span.end;
            add_fact(f, p, held, receipt, by);
        }
}

static void sentence(finder *f) {
    for (size_t at = 0; at < f->items.count; at++) {
        const sf_pattern *best =
            NULL; /* the longest example of each fact type wins; negatives count as examples */
        uint32_t best_held[SF_MAX_ROLES] = {0};
        for (size_t i = 0; i < f->beats->pattern_count; i++) {
            const sf_pattern *p = &f->beats->patterns[i];
            uint32_t held[SF_MAX_ROLES];
            for (size_t r = 0; r < SF_MAX_ROLES; r++)
                held[r] = SF_NONE;
            if (match(f, p, at, held) && (!best || p->step_count > best->step_count)) {
                best = p;
                memcpy(best_held, held, sizeof held);
            }
            bool last_of_type =
                i + 1 == f->beats->pattern_count || f->beats->patterns[i + 1].type != p->type;
            if (best && last_of_type) {
                if (!best->negative && !hedged_beyond(f, best, at))
                    emit(f, best, at, best_held);
                best = NULL;
            }
        }
    }
}

sf_facts sf_fact_find(sf_arena *arena, const sf_beats *beats, const sf_text *text,
                      const sf_people *people, const sf_times *times, const sf_quotes *quotes) {
    finder f = {.arena = arena, .beats = beats, .text = text, .people = people, .times = times};
    uint32_t name = 0, time = 0;
    list_pieces(&f, quotes);
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        itemise(&f, &text->sentences[s], &name, &time);
        sentence(&f);
    }
    return (sf_facts){f.facts.at, f.facts.count};
}
