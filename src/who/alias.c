/* Names that the page itself says are the same: "Jo Vance (aka Moth)", "Mira Hale, better known by
 * her stage name Moth", "the Harbour Safety Board (HSB)". What counts are the words between two
 * names that stand side by side; all of them must be of that sort. "Ana Ruiz, known as Mira in Low
 * Tide" is a part that she plays, and "Sam (Jo Park)" the one who plays it: neither is a name for
 * the other. */
#include "who/entry.h"

enum { MOST_WORDS = 24 };

static bool among(sf_str word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (sf_str_equal_ci(word, sf_str_of(words[i])))
            return true;
    return false;
}

static bool mark(sf_str w) {
    return sf_str_equal(w, SF_STR("\"")) || sf_str_equal(w, SF_STR("'")) ||
           sf_str_equal(w, SF_STR("\xE2\x80\x9C")) || sf_str_equal(w, SF_STR("\xE2\x80\x98"));
}

/* Behind the bracket at word i, if it closes before word `end`; else i. */
static uint32_t behind_brackets(const sf_joiner *j, uint32_t i, uint32_t end) {
    sf_str open = sf_word_of(j->text, i);
    if (!sf_str_equal(open, SF_STR("(")) && !sf_str_equal(open, SF_STR("[")))
        return i;
    for (uint32_t k = i + 1, deep = 1; k < end; k++) {
        sf_str w = sf_word_of(j->text, k);
        deep += sf_str_equal(w, SF_STR("(")) || sf_str_equal(w, SF_STR("["));
        deep -= sf_str_equal(w, SF_STR(")")) || sf_str_equal(w, SF_STR("]"));
        if (deep == 0)
            return k + 1;
    }
    return i;
}

/* Do the words [i, end) say that what stands before them is known as what stands behind? */
static bool known_as(const sf_joiner *j, uint32_t i, uint32_t end) {
    static const char *const before[] = {",",
                                         "(",
                                         "is",
                                         "was",
                                         "who",
                                         "also",
                                         "better",
                                         "otherwise",
                                         "widely",
                                         "and",
                                         "or",
                                         "often",
                                         "popularly",
                                         "commonly",
                                         "formerly",
                                         "sometimes",
                                         "usually",
                                         "-",
                                         "once",
                                         "simply",
                                         "\xE2\x80\x93",
                                         "\xE2\x80\x94",
                                         "professionally"};
    static const char *const behind[] = {
        "as",        "by",   "her",      "his",    "their",          "its",       "the",
        "pseudonym", "pen",  "stage",    "name",   "nickname",       "moniker",   "alias",
        "just",      "only", "simply",   "online", "professionally", "popularly", "affectionately",
        "to",        "fans", "everyone", "friends"};
    bool naming = false;
    for (uint32_t next; i < end; i++) { /* "(born 1986)" */
        while (i < end && (next = behind_brackets(j, i, end)) != i)
            i = next;
        if (i == end || !among(sf_word_of(j->text, i), before, SF_LEN(before)))
            break;
    }
    if (i == end)
        return false;
    sf_str verb = sf_word_of(j->text, i);
    naming = sf_str_equal_ci(verb, SF_STR("aka")) || sf_str_equal_ci(verb, SF_STR("a.k.a.")) ||
             sf_str_equal_ci(verb, SF_STR("a.k.a")) || sf_str_equal(verb, SF_STR("nicknamed"));
    if (!naming && !sf_str_equal(verb, SF_STR("known")))
        return false;
    for (i++; i < end; i++) {
        sf_str w = sf_word_of(j->text, i);
        naming = naming || sf_str_equal(w, SF_STR("as")) || sf_str_ends(w, SF_STR("name")) ||
                 sf_str_equal(w, SF_STR("pseudonym")) || sf_str_equal(w, SF_STR("moniker"));
        if (!mark(w) && !among(w, behind, SF_LEN(behind)))
            return false;
    }
    return naming;
}

/* Owns what it is known as: "known as Jo Park's wife". */
static bool is_owner(const sf_joiner *j, const sf_spot *s) {
    sf_str last = sf_word_of(j->text, s->last);
    if (j->text->words[s->last].span.end > s->span.end || sf_str_ends(last, SF_STR("'s")) ||
        sf_str_ends(last, SF_STR("\xE2\x80\x99s")))
        return true;
    if (s->last + 1 >= j->text->word_count)
        return false;
    sf_str next = sf_word_of(j->text, s->last + 1);
    return sf_str_starts(next, SF_STR("'")) || sf_str_starts(next, SF_STR("\xE2\x80\x99"));
}

/* Goes on with what a part is in: "known as Mira in Low Tide". */
static bool in_a_work(const sf_joiner *j, const sf_spot *s) {
    static const char *const words[] = {"in", "on", "from", "of"};
    return s->last + 1 < j->text->word_count &&
           among(sf_word_of(j->text, s->last + 1), words, SF_LEN(words));
}

/* Is the one word of spot b, in capitals and in brackets behind a, made of first letters of a? Half
 * of a's words may be left out, and digits may stand in: "Movimento 5 Stelle (M5S)". */
static bool capitals_of(const sf_joiner *j, const sf_spot *a, const sf_spot *b) {
    sf_str gap = sf_span_of(j->text->text, (sf_span){a->span.end, b->span.begin});
    if (!sf_str_equal(gap, SF_STR(" (")) || !sf_spot_single(b) || sf_spot_single(a) ||
        b->last + 1 >= j->text->word_count ||
        !sf_str_equal(sf_word_of(j->text, b->last + 1), SF_STR(")")))
        return false;
    sf_str capitals = sf_spot_str(j->who, b);
    size_t at = 0, upper = 0;
    for (size_t i = 0; i < capitals.len; i++)
        upper += (capitals.ptr[i] >= 'A' && capitals.ptr[i] <= 'Z') || sf_is_digit(capitals.ptr[i]);
    for (uint32_t i = a->first; i <= a->last && at < capitals.len; i++)
        at += sf_word_of(j->text, i).ptr[0] == capitals.ptr[at];
    return upper == capitals.len && capitals.len >= 2 && at * 2 >= capitals.len && at >= 2 &&
           sf_word_of(j->text, a->first).ptr[0] == capitals.ptr[0];
}

static void join(sf_joiner *j, uint32_t of, uint32_t to, const char *why) {
    of = sf_entry_full(j, of), to = sf_entry_full(j, to);
    if (of != to)
        sf_entry_set_full(j, of, to, why);
}

void sf_join_aliases(sf_joiner *j) {
    for (uint32_t i = 0; i + 1 < j->who->spot_count; i++) {
        const sf_spot *a = &j->who->spots[i], *b = a + 1;
        uint32_t x = j->entry_of[i], y = j->entry_of[i + 1];
        sofar_subject_type type = j->entries[x].type, other = j->entries[y].type;
        if (a->handle || b->handle || b->first <= a->last + 1 ||
            b->first - a->last - 1 > MOST_WORDS)
            continue;
        sf_str gap = sf_span_of(j->text->text, (sf_span){a->span.end, b->span.begin});
        if (memchr(gap.ptr, '\n', gap.len))
            continue;
        if (type != SOFAR_PERSON && type != SOFAR_CHARACTER && capitals_of(j, a, b))
            join(j, y, x, "its capitals in brackets");
        else if ((type == other || other == SOFAR_OTHER ||
                  (type == SOFAR_PERSON && other == SOFAR_CHARACTER)) &&
                 !(b->says & (SF_SAYS_CHARACTER | SF_SAYS_PART)) && !in_a_work(j, b) &&
                 !is_owner(j, b) && known_as(j, a->last + 1, b->first))
            join(j, y, x, "known so, as the page says");
    }
}
