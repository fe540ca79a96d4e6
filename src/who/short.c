/* Which names are short for which: middle names left out, surnames, given names, capitals, parts.
 * Everything is done on sorted tables, so that no input can make it slow. */
#include "who/entry.h"

/* A person's name with both: neither a title nor a single word. */
static bool full_person(const sf_joiner *j, uint32_t e) {
    return sf_entry_person(j, e) && j->entries[e].full == e && !sf_spot_single(sf_entry_spot(j, e));
}

static sf_str two_words(sf_joiner *j, sf_str first, sf_str last) {
    return sf_str_format(j->arena, "%.*s %.*s", SF_ARG(first), SF_ARG(last));
}

/* The nickname in the name: `Robert "Bo" Hale`; empty if there is none. */
static sf_str nickname_in(const sf_joiner *j, uint32_t e) {
    const sf_spot *s = sf_entry_spot(j, e);
    for (uint32_t i = s->first + 1; i + 2 < s->last + 1; i++)
        if (j->text->words[i].kind == SF_WORD_PUNCT && j->text->words[i + 1].capital &&
            j->text->words[i + 2].kind == SF_WORD_PUNCT && !j->text->words[i + 1].all_caps)
            return sf_word_of(j->text, i + 1);
    return SF_STR("");
}

/* "J. Ruiz", "J.K. Ruiz": the letter; else empty. */
static sf_str initial(sf_str first) {
    bool letter = first.len == 1 || (first.len >= 2 && first.ptr[1] == '.');
    return letter ? sf_str_sub(first, 0, 1) : SF_STR("");
}

/* "Bob Hale" in the heading and "Robert Hale" in the text, the first of them on the page: if there
 * are no more than two. One text calls nobody by both: there they are father and son. */
static void join_given(sf_joiner *j, sf_table *given) {
    bool *told = SF_ARRAY(j->arena, bool, j->count + 1); /* in the text */
    for (uint32_t i = 0; i < j->who->spot_count; i++)
        if (j->entry_of[i] != SF_NONE && !j->who->spots[i].loud)
            told[j->entry_of[i]] = true;
    sf_table_sort(given);
    for (size_t i = 0, end; i < given->count; i = end) {
        uint32_t two[2] = {SF_NONE, SF_NONE}, count = 0;
        for (end = i; end < given->count && sf_str_equal(given->at[end].key, given->at[i].key);
             end++) {
            uint32_t e = sf_entry_full(j, given->at[end].value);
            if (count == 0 || (e != two[0] && e != two[count > 1]))
                two[count > 0] = e, count++;
        }
        if (count != 2 || (told[two[0]] && told[two[1]]))
            continue;
        bool first = j->entries[two[0]].spot < j->entries[two[1]].spot;
        sf_entry_set_full(j, two[first], two[!first], "another form of the given name");
    }
}

/* Fuller spellings of the same person: "Donald Hale" and "Donald J. Hale" have first and last word
 * in common, "D. Hale" the first letter, "Don Hale" a form of the given name. The fuller one must
 * be the only one. */
void sf_join_middles(sf_joiner *j) {
    sf_table longer = {0}, letter = {0}, given = {0};
    for (uint32_t e = 0; e < j->count; e++) {
        if (!full_person(j, e))
            continue;
        const sf_spot *s = sf_entry_spot(j, e);
        sf_str first = sf_entry_first(j, e), last = sf_entry_last(j, e), nick = nickname_in(j, e);
        sf_str class = sf_join_same(j, first, SF_SAME_GIVEN);
        if (s->last > s->first + 1)
            sf_table_add(j, &longer, two_words(j, first, last), e);
        if (nick.len)
            sf_table_add(j, &longer, two_words(j, nick, last), e);
        if (!initial(first).len)
            sf_table_add(j, &letter, two_words(j, sf_str_sub(first, 0, 1), last), e);
        if (class.len)
            sf_table_add(j, &given, two_words(j, class, last), e);
    }
    sf_table_sort(&longer), sf_table_sort(&letter);
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = sf_entry_spot(j, e);
        if (!full_person(j, e))
            continue;
        sf_str first = sf_entry_first(j, e), last = sf_entry_last(j, e);
        if (s->last == s->first + 1)
            sf_entry_set_full(j, e, sf_table_only(&longer, sf_entry_str(j, e)),
                              "the name without its middle");
        if (j->entries[e].full == e && initial(first).len)
            sf_entry_set_full(j, e, sf_table_only(&letter, two_words(j, initial(first), last)),
                              "initial and surname");
    }
    join_given(j, &given);
}

static sf_str initials(sf_joiner *j, uint32_t e) {
    const sf_spot *s = sf_entry_spot(j, e);
    char *out = sf_alloc(j->arena, s->last - s->first + 2);
    size_t len = 0;
    for (uint32_t i = s->first; i <= s->last; i++)
        if (j->text->words[i].kind == SF_WORD_ALPHA && j->text->words[i].capital)
            out[len++] = sf_word_of(j->text, i).ptr[0];
    return (sf_str){out, len};
}

/* "U.S." as "US"; empty if it is not all capitals. */
static sf_str letters(sf_joiner *j, sf_str word) {
    char *out = sf_alloc(j->arena, word.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] >= 'A' && word.ptr[i] <= 'Z')
            out[len++] = word.ptr[i];
        else if (word.ptr[i] != '.')
            return SF_STR("");
    }
    return (sf_str){out, len};
}

/* Surely no person's surname here: the place "Washington". */
static bool no_surname(const sf_joiner *j, uint32_t e) {
    const sf_entry *x = &j->entries[e];
    int32_t lead = x->heard.model.of[x->type] - x->heard.model.of[SOFAR_PERSON];
    return !sf_entry_person(j, e) && lead >= (x->type == SOFAR_PLACE ? SF_SURE : 2 * SF_SURE);
}

/* "Father Anselm", "Professor Eastman": the full name, if there is one, has no title. */
static bool titled(const sf_joiner *j, uint32_t e) {
    const sf_spot *s = sf_entry_spot(j, e);
    return s->last == s->first + 1 && j->who->is[s->first] & SF_NAME_TITLED;
}

/* "RUIZ" as "Ruiz", but for what may be initials. */
static sf_str recased(sf_joiner *j, const sf_spot *s, sf_str word) {
    if (!j->text->words[s->first].all_caps || word.len < 4)
        return word;
    sf_str out = sf_str_copy(j->arena, word);
    for (size_t i = 1; i < out.len; i++)
        ((char *)out.ptr)[i] = sf_lower(out.ptr[i]);
    return out;
}

/* Names of several words by their parts. */
typedef struct shorts {
    sf_table last, called, first, nick; /* of persons; called: "Father Anselm" */
    sf_table head, capitals;            /* of bodies and the like */
    sf_table lands, schools;            /* capitals of places; first words of universities */
} shorts;

/* May the first word stand for the whole: "Quill" for "Quill Media", not "BBC" for "BBC Orchestra",
 * nor a known one for what it holds? */
static bool heads(const sf_joiner *j, const sf_spot *s) {
    bool own = j->text->words[s->first].all_caps ||
               j->who->is[s->first] & (SF_NAME_KNOWN_ORGANIZATION | SF_NAME_KNOWN_OUTLET);
    for (uint32_t i = s->first + 1; own && i <= s->last; i++)
        if (j->text->words[i].kind == SF_WORD_ALPHA && !(j->who->is[i] & SF_NAME_FIRM))
            return false;
    return true;
}

static bool school(const sf_joiner *j, const sf_spot *s) {
    sf_str last = sf_spot_word(j->who, s, s->last);
    return sf_str_equal(last, SF_STR("University")) || sf_str_equal(last, SF_STR("College"));
}

static void sort_all(shorts *p) {
    sf_table_sort(&p->last), sf_table_sort(&p->called), sf_table_sort(&p->first);
    sf_table_sort(&p->nick), sf_table_sort(&p->head), sf_table_sort(&p->capitals);
    sf_table_sort(&p->lands), sf_table_sort(&p->schools);
}

static void add_person(sf_joiner *j, shorts *p, uint32_t e, uint32_t full) {
    sf_str first = sf_entry_first(j, e), nick = nickname_in(j, e);
    sf_str same = sf_join_same(j, first, SF_SAME_GIVEN);
    sf_table_add(j, titled(j, e) ? &p->called : &p->last, sf_entry_last(j, e), full);
    sf_table_add(j, &p->first, first, full);
    if (nick.len)
        sf_table_add(j, &p->first, nick, full);
    if (same.len)
        sf_table_add(j, &p->nick, same, full);
}

static shorts shorts_of(sf_joiner *j) {
    shorts p = {0};
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = sf_entry_spot(j, e);
        if (sf_spot_single(s) || s->handle)
            continue;
        sofar_subject_type type = j->entries[e].type;
        uint32_t full = sf_entry_full(j, e); /* another form has parts, too */
        if (sf_entry_person(j, e))
            add_person(j, &p, e, full);
        else if (type == SOFAR_PLACE)
            sf_table_add(j, &p.lands, initials(j, e), full);
        else if (type != SOFAR_WORK || initials(j, e).len > 2)
            sf_table_add(j, &p.capitals, initials(j, e), full);
        if (type == SOFAR_ORGANIZATION || type == SOFAR_OUTLET || type == SOFAR_PRODUCT) {
            if (heads(j, s))
                sf_table_add(j, &p.head, sf_entry_first(j, e), full);
            if (school(j, s))
                sf_table_add(j, &p.schools, sf_entry_first(j, e), full);
        }
    }
    sort_all(&p);
    return p;
}

/* The person of whom the word is the surname, else the given name. */
static uint32_t person_of(sf_joiner *j, const shorts *p, const sf_spot *s, sf_str word,
                          const char **why) {
    uint32_t full = sf_table_main(j, &p->last, word);
    *why = "surname";
    if (full == SF_NONE)
        full = sf_table_main(j, &p->last, recased(j, s, word));
    if (full == SF_NONE && !sf_table_has(&p->last, word))
        full = sf_table_only(&p->called, word);
    if (full != SF_NONE)
        return full;
    *why = "given name";
    full = sf_table_main(j, &p->first, word);
    sf_str same = sf_join_same(j, word, SF_SAME_GIVEN);
    return full == SF_NONE && same.len && !sf_table_has(&p->first, word)
               ? sf_table_only(&p->nick, same)
               : full;
}

/* The body or place of which the word is the capitals or the first one. */
static uint32_t body_of(sf_joiner *j, const shorts *p, uint32_t e, sf_str word, const char **why) {
    bool place = j->entries[e].type == SOFAR_PLACE;
    sf_str capitals = letters(j, word);
    uint32_t full = SF_NONE;
    *why = "capitals";
    if (capitals.len > 1) {
        full = sf_table_only(&p->capitals, capitals);
        if (full == SF_NONE && place)
            full = sf_table_only(&p->lands, capitals);
    }
    if (full != SF_NONE)
        return full;
    *why = "first word of the name";
    if (!place)
        return sf_table_only(&p->head, word);
    bool known = j->who->is[sf_entry_spot(j, e)->first] & SF_NAME_PLACE;
    return known ? SF_NONE : sf_table_only(&p->schools, word);
}

void sf_join_short(sf_joiner *j) {
    shorts p = shorts_of(j);
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = sf_entry_spot(j, e);
        bool single = sf_spot_single(s);
        if (s->handle || j->entries[e].full != e || (!single && !titled(j, e)))
            continue;
        const char *why = "surname";
        sf_str word = single ? sf_entry_str(j, e) : sf_entry_last(j, e);
        uint32_t full = SF_NONE;
        if (!single)
            full = sf_table_main(j, &p.last, word);
        else if (!no_surname(j, e))
            full = person_of(j, &p, s, word, &why);
        if (full == SF_NONE && single)
            full = body_of(j, &p, e, word, &why);
        sf_entry_set_full(j, e, full, why);
    }
}

/* Does a part of a name of this type, its first or last words, stand for it? Not "York" for New
 * York, nor "Low Country" for the work that sequels it. */
static bool has_parts(sofar_subject_type type) {
    return type == SOFAR_ORGANIZATION || type == SOFAR_OUTLET || type == SOFAR_EVENT ||
           type == SOFAR_PRODUCT;
}

/* The words [from, to] of a name, as they are written. */
static sf_str words_of(const sf_joiner *j, const sf_spot *s, uint32_t from, uint32_t to) {
    sf_str first = sf_spot_word(j->who, s, from), last = sf_spot_word(j->who, s, to);
    return (sf_str){first.ptr, (size_t)(last.ptr + last.len - first.ptr)};
}

/* "City of Lyon", "Republic of Albania": the place has its name behind "of". */
static uint32_t behind_of(const sf_joiner *j, const sf_spot *s) {
    static const char *const kinds[] = {"city",     "town",         "village",  "state",
                                        "republic", "kingdom",      "province", "county",
                                        "island",   "commonwealth", "district"};
    if (s->last < s->first + 2 || !sf_str_equal(sf_word_of(j->text, s->first + 1), SF_STR("of")))
        return 0;
    for (size_t i = 0; i < SF_LEN(kinds); i++)
        if (sf_str_equal_ci(sf_word_of(j->text, s->first), sf_str_of(kinds[i])))
            return s->first + 2;
    return 0;
}

/* Does the page say that one word more than once by itself? */
static bool again(const sf_joiner *j, const sf_spot *s, uint32_t i) {
    sf_str word = sf_spot_word(j->who, s, i);
    uint32_t low = 0, high = j->count; /* entries are in order of what they spell */
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (sf_str_compare(sf_entry_str(j, mid), word) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < j->count && sf_str_equal(sf_entry_str(j, low), word) &&
           j->entries[low].heard.mentions > 1;
}

/* The parts of a long name that may stand for it: of a body its first words and its last ones, of a
 * place "New York" for "New York City", of a person what stands before "of". */
static void add_parts(sf_joiner *j, sf_table *parts, uint32_t e) {
    enum { LONG = 8 };
    const sf_spot *s = sf_entry_spot(j, e);
    sofar_subject_type type = j->entries[e].type;
    if (sf_spot_single(s) || s->last - s->first >= LONG)
        return;
    uint32_t of = type == SOFAR_PLACE ? behind_of(j, s) : 0;
    if (of)
        sf_table_add(j, parts, words_of(j, s, of, s->last), e);
    for (uint32_t i = s->first + 1; i <= s->last; i++) {
        sf_str next = sf_word_of(j->text, i);
        bool known = i == s->first + 1 && j->who->is[s->first] & SF_NAME_PLACE; /* Mexico City */
        bool city =
            type == SOFAR_PLACE && i == s->last && sf_str_equal(next, SF_STR("City")) && !known;
        /* "Reef" of "Order of Reef", but not "Letters" of "the Institute of Letters" */
        bool own = j->text->words[i - 1].capital || (i == s->last && again(j, s, i));
        bool land = sf_entry_person(j, e) && sf_str_equal(next, SF_STR("of"));
        bool other = j->who->is[s->last] & SF_NAME_OUTLET; /* "The Post Magazine" is not the Post */
        if (city || ((land || (has_parts(type) && !other)) && i > s->first + 1))
            sf_table_add(j, parts, words_of(j, s, s->first, i - 1), e);
        if (has_parts(type) && own && j->text->words[i].capital)
            sf_table_add(j, parts, words_of(j, s, i, s->last), e);
    }
}

/* Which of them a name is is often a guess: Firefox is a product, or who makes it. */
static bool alike(sofar_subject_type a, sofar_subject_type b) {
    bool bodies = (a == SOFAR_ORGANIZATION || a == SOFAR_OUTLET || a == SOFAR_PRODUCT) &&
                  (b == SOFAR_ORGANIZATION || b == SOFAR_OUTLET || b == SOFAR_PRODUCT);
    return a == b || bodies;
}

void sf_join_parts(sf_joiner *j) {
    sf_table parts = {0};
    for (uint32_t e = 0; e < j->count; e++)
        if (j->entries[e].full == e && !sf_entry_spot(j, e)->handle)
            add_parts(j, &parts, e);
    sf_table_sort(&parts);
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_entry *x = &j->entries[e];
        uint32_t full = sf_table_main(j, &parts, sf_entry_str(j, e));
        if (x->full == e && full != SF_NONE && alike(j->entries[full].type, x->type))
            sf_entry_set_full(j, e, full, "part of the name");
    }
}
