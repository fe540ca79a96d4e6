/* Spots -> subjects.
 *
 * Spots that spell the same are one entry, of one type by the sum of their votes. One that stands
 * in headings and lines of capitals only must be sure. Then short forms join the full one: a
 * surname or given name the one person that has it, the first word or the capitals of an
 * organization likewise
 * - never where two full names fit. Everything is done on sorted arrays, so that no input can make
 * it slow.
 */
#include <stdlib.h>

#include <utf8proc.h>

#include "who/join.h"

enum { SURE = 2 * SF_LOGIT }; /* votes of a mention in a heading that needs no support */

typedef struct keyed {
    sf_str key;
    uint32_t value; /* a spot, later an entry */
} keyed;

typedef struct entry {
    uint32_t spot; /* the first that spells it */
    uint32_t full; /* the entry it is a short form of, or itself */
    uint32_t subject;
    const char *why; /* it is a form of the full one; NULL for that itself */
    bool proven;     /* one of its spots stands in running text, or is sure */
    sf_case heard;
    sofar_subject_type type;
} entry;

typedef struct joiner {
    sf_arena *arena;
    const sf_who *who;
    const sf_text *text;
    keyed *sorted;      /* spots by what they spell */
    uint32_t *entry_of; /* of each spot, or SF_NONE if it is no name */
    entry *entries;
    uint32_t count;
} joiner;

static int by_key(const void *a, const void *b) {
    const keyed *x = a, *y = b;
    int order = sf_str_compare(x->key, y->key);
    return order ? order : (x->value > y->value) - (x->value < y->value);
}

static sf_str spelled(const joiner *j, uint32_t spot) {
    return sf_spot_str(j->who, &j->who->spots[spot]);
}
static sf_str entry_str(const joiner *j, uint32_t e) { return spelled(j, j->entries[e].spot); }
static const sf_spot *spot_of(const joiner *j, uint32_t e) {
    return &j->who->spots[j->entries[e].spot];
}
static bool one_word(const sf_spot *s) { return s->first == s->last; }
static sf_str first_word(const joiner *j, uint32_t e) {
    return sf_spot_word(j->who, spot_of(j, e), spot_of(j, e)->first);
}
/* The last word that is no "Jr". */
static sf_str last_word(const joiner *j, uint32_t e) {
    const sf_spot *s = spot_of(j, e);
    uint32_t i = s->last;
    while (i > s->first &&
           (j->who->is[i] & SF_NAME_SUFFIX || j->text->words[i].kind != SF_WORD_ALPHA))
        i--;
    return sf_spot_word(j->who, s, i);
}

static void make_entries(joiner *j) {
    uint32_t n = j->who->spot_count;
    j->sorted = SF_ARRAY(j->arena, keyed, n);
    j->entry_of = SF_ARRAY(j->arena, uint32_t, n);
    j->entries = SF_ARRAY(j->arena, entry, n);
    for (uint32_t i = 0; i < n; i++)
        j->sorted[i] = (keyed){spelled(j, i), i};
    qsort(j->sorted, n, sizeof *j->sorted, by_key);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t spot = j->sorted[i].value;
        if (i == 0 || !sf_str_equal(j->sorted[i].key, j->sorted[i - 1].key)) {
            j->entries[j->count] = (entry){.spot = spot, .full = j->count, .subject = SF_NONE};
            j->count++;
        }
        entry *e = &j->entries[j->count - 1];
        const sf_spot *s = &j->who->spots[spot];
        sf_who_hear(&e->heard, s);
        e->proven = e->proven || !s->loud || s->votes >= SURE;
        j->entry_of[spot] = j->count - 1;
    }
}

static void set_full(joiner *j, uint32_t e, uint32_t full, const char *why) {
    if (full == SF_NONE || full == e)
        return;
    j->entries[e].full = full;
    j->entries[e].why = why;
}

/* ---- short forms ---- */

/* The first of sorted keys [0, n) that is not less than key. */
static uint32_t find_key(const keyed *keys, uint32_t n, sf_str key) {
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (sf_str_compare(keys[mid].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool has_key(const keyed *keys, uint32_t n, sf_str key) {
    uint32_t low = find_key(keys, n, key);
    return low < n && sf_str_equal(keys[low].key, key);
}

/* The one value in sorted keys [0, n) for key: SF_NONE if there is none or more than one. */
static uint32_t only_one(const keyed *keys, uint32_t n, sf_str key) {
    uint32_t low = find_key(keys, n, key);
    if (low == n || !sf_str_equal(keys[low].key, key))
        return SF_NONE;
    return low + 1 < n && sf_str_equal(keys[low + 1].key, key) ? SF_NONE : keys[low].value;
}

/* Is the name in the page's title, as it is? */
static bool in_title(const joiner *j, uint32_t e) {
    return sf_str_find(j->who->clipping->title, entry_str(j, e), 0) != SIZE_MAX;
}

/* The one value in sorted keys [0, n) for key; of several the one whom the page is about: the only
 * one in its title, or the one named twice as often as the next, and first. Else SF_NONE. */
static uint32_t main_one(const joiner *j, const keyed *keys, uint32_t n, sf_str key) {
    uint32_t low = find_key(keys, n, key), best = SF_NONE, titled = SF_NONE, titles = 0, next = 0;
    for (uint32_t i = low; i < n && sf_str_equal(keys[i].key, key); i++) {
        uint32_t e = keys[i].value, count = j->entries[e].heard.mentions;
        titles += in_title(j, e);
        titled = in_title(j, e) ? e : titled;
        if (best == SF_NONE || count > j->entries[best].heard.mentions) {
            next = best == SF_NONE ? 0 : j->entries[best].heard.mentions;
            best = e;
        } else if (count > next) {
            next = count;
        }
    }
    if (titles == 1)
        return titled;
    return best != SF_NONE && j->entries[best].heard.mentions >= 2 * next ? best : SF_NONE;
}

typedef sf_vec(keyed) table;

static void table_add(joiner *j, table *x, sf_str key, uint32_t value) {
    *SF_PUSH(j->arena, x) = (keyed){key, value};
}
static void table_sort(table *x) {
    if (x->count)
        qsort(x->at, x->count, sizeof *x->at, by_key);
}

/* "Ana Ruiz" and "@ana_ruiz" as "anaruiz": letters and digits, small, without their accents. */
static sf_str squeezed(joiner *j, sf_str name) {
    sf_buf out = sf_buf_new(j->arena);
    size_t bytes;
    for (size_t i = 0; i < name.len; i += bytes) {
        utf8proc_int32_t parts[8];
        uint32_t code = sf_utf8_at(name, i, &bytes);
        utf8proc_ssize_t n = utf8proc_decompose_char(
            (utf8proc_int32_t)code, parts, SF_LEN(parts),
            UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, NULL);
        for (utf8proc_ssize_t k = 0; k < n && k < (utf8proc_ssize_t)SF_LEN(parts); k++) {
            char put[4];
            bool word =
                parts[k] >= 0x80 || sf_is_alpha((char)parts[k]) || sf_is_digit((char)parts[k]);
            if (word)
                sf_buf_add(&out, (sf_str){put, sf_utf8_put((uint32_t)parts[k], put)});
        }
    }
    return sf_buf_str(&out);
}

/* Named as persons are: by first name and surname. */
static bool like_person(const joiner *j, uint32_t e) {
    return j->entries[e].type == SOFAR_PERSON || j->entries[e].type == SOFAR_CHARACTER;
}

/* Is it written in capitals throughout, as headings do? */
static bool all_capitals(const joiner *j, uint32_t e) {
    const sf_spot *s = spot_of(j, e);
    uint32_t words = 0, large = 0;
    for (uint32_t i = s->first; i <= s->last; i++)
        if (j->text->words[i].kind == SF_WORD_ALPHA)
            words++, large += j->text->words[i].all_caps || sf_spot_word(j->who, s, i).len == 1;
    return words && words == large;
}

/* Other spellings of the same: "ANA RUIZ" in a heading, "Salt Road" and "The Salt Road". The first
 * on the page that is not all capitals is full. */
static void join_spellings(joiner *j) {
    table same = {0};
    for (uint32_t e = 0; e < j->count; e++) {
        sf_str name = entry_str(j, e);
        if (sf_str_starts_ci(name, SF_STR("the ")))
            name = sf_str_sub(name, 4, name.len);
        if (!spot_of(j, e)->handle)
            table_add(j, &same, squeezed(j, name), e);
    }
    table_sort(&same);
    for (size_t i = 0, end; i < same.count; i = end) {
        uint32_t full = SF_NONE;
        for (end = i; end < same.count && sf_str_equal(same.at[end].key, same.at[i].key); end++) {
            uint32_t e = same.at[end].value;
            if (full == SF_NONE || (all_capitals(j, full) && !all_capitals(j, e)) ||
                (all_capitals(j, full) == all_capitals(j, e) &&
                 j->entries[e].spot < j->entries[full].spot))
                full = e;
        }
        for (size_t k = i; k < end; k++) {
            const entry *x = &j->entries[same.at[k].value];
            if (!x->proven || x->type == j->entries[full].type)
                set_full(j, same.at[k].value, full, "another spelling of the name");
        }
    }
}

/* A longer spelling of the same person: "Donald Hale" and "Donald J. Hale" have first and last word
 * in common; the longer is full where it is the only one. */
static void join_middles(joiner *j) {
    table longer = {0};
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (like_person(j, e) && j->entries[e].full == e && s->last > s->first + 1)
            table_add(j, &longer,
                      sf_str_format(j->arena, "%.*s %.*s", SF_ARG(first_word(j, e)),
                                    SF_ARG(last_word(j, e))),
                      e);
    }
    table_sort(&longer);
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (!like_person(j, e) || j->entries[e].full != e || s->last != s->first + 1)
            continue;
        uint32_t full = only_one(longer.at, (uint32_t)longer.count, entry_str(j, e));
        set_full(j, e, full, "the name without its middle");
    }
}

static sf_str initials(joiner *j, uint32_t e) {
    const sf_spot *s = spot_of(j, e);
    char *out = sf_alloc(j->arena, s->last - s->first + 2);
    size_t len = 0;
    for (uint32_t i = s->first; i <= s->last; i++)
        if (j->text->words[i].kind == SF_WORD_ALPHA && j->text->words[i].capital)
            out[len++] = sf_word_of(j->text, i).ptr[0];
    return (sf_str){out, len};
}

/* "U.S." as "US"; empty if it is not all capitals. */
static sf_str letters(joiner *j, sf_str word) {
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
static bool no_surname(const joiner *j, uint32_t e) {
    const entry *x = &j->entries[e];
    int32_t lead = x->heard.model.of[x->type] - x->heard.model.of[SOFAR_PERSON];
    return !like_person(j, e) && lead >= (x->type == SOFAR_PLACE ? SURE : 2 * SURE);
}

/* "Father Anselm", "Professor Eastman": the full name, if there is one, has no title. */
static bool titled(const joiner *j, uint32_t e) {
    const sf_spot *s = spot_of(j, e);
    return s->last == s->first + 1 && j->who->is[s->first] & SF_NAME_TITLED;
}

/* "RUIZ" as "Ruiz", but for what may be initials. */
static sf_str recased(joiner *j, const sf_spot *s, sf_str word) {
    if (!j->text->words[s->first].all_caps || word.len < 4)
        return word;
    sf_str out = sf_str_copy(j->arena, word);
    for (size_t i = 1; i < out.len; i++)
        ((char *)out.ptr)[i] = sf_lower(out.ptr[i]);
    return out;
}

static void join_short(joiner *j) {
    table last = {0}, called = {0}, first = {0}, head = {0}, capitals = {0}, lands = {0};
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (one_word(s) || j->entries[e].full != e || s->handle)
            continue;
        sofar_subject_type type = j->entries[e].type;
        if (like_person(j, e)) {
            table_add(j, titled(j, e) ? &called : &last, last_word(j, e), e);
            table_add(j, &first, first_word(j, e), e);
        } else if (type == SOFAR_PLACE) {
            table_add(j, &lands, initials(j, e), e);
        } else if (type == SOFAR_ORGANIZATION || type == SOFAR_OUTLET || type == SOFAR_PRODUCT) {
            table_add(j, &head, first_word(j, e), e);
        }
        if (!like_person(j, e) && type != SOFAR_PLACE && type != SOFAR_WORK)
            table_add(j, &capitals, initials(j, e), e);
    }
    table_sort(&last), table_sort(&called), table_sort(&first), table_sort(&head),
        table_sort(&capitals);
    table_sort(&lands);
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        if (s->handle || j->entries[e].full != e)
            continue;
        sf_str word = one_word(s) ? entry_str(j, e) : last_word(j, e);
        if (!one_word(s) && !titled(j, e))
            continue;
        bool apart = one_word(s) && no_surname(j, e);
        const char *why = "surname";
        uint32_t full = apart ? SF_NONE : main_one(j, last.at, (uint32_t)last.count, word);
        if (full == SF_NONE && one_word(s) && !apart)
            full = main_one(j, last.at, (uint32_t)last.count, recased(j, s, word));
        if (full == SF_NONE && one_word(s) && !apart &&
            !has_key(last.at, (uint32_t)last.count, word))
            full = only_one(called.at, (uint32_t)called.count, word);
        if (full == SF_NONE && one_word(s) && !apart)
            full = main_one(j, first.at, (uint32_t)first.count, word), why = "given name";
        if (full == SF_NONE && one_word(s) && j->entries[e].type != SOFAR_PLACE)
            full = only_one(head.at, (uint32_t)head.count, word), why = "first word of the name";
        if (full == SF_NONE && one_word(s) && letters(j, word).len > 1)
            full = only_one(capitals.at, (uint32_t)capitals.count, letters(j, word)),
            why = "capitals";
        if (full == SF_NONE && one_word(s) && j->entries[e].type == SOFAR_PLACE &&
            letters(j, word).len > 1)
            full = only_one(lands.at, (uint32_t)lands.count, letters(j, word)), why = "capitals";
        set_full(j, e, full, why);
    }
}

/* Does a part of a name of this type, its first or last words, stand for it? Not "York" for New
 * York, nor "Low Country" for the work that sequels it. */
static bool has_parts(sofar_subject_type type) {
    return type == SOFAR_ORGANIZATION || type == SOFAR_OUTLET || type == SOFAR_EVENT ||
           type == SOFAR_PRODUCT;
}

/* The words [from, to] of a name, as they are written. */
static sf_str words_of(const joiner *j, const sf_spot *s, uint32_t from, uint32_t to) {
    sf_str first = sf_spot_word(j->who, s, from), last = sf_spot_word(j->who, s, to);
    return (sf_str){first.ptr, (size_t)(last.ptr + last.len - first.ptr)};
}

/* "City of Lyon", "Republic of Albania": the place has its name behind "of". */
static uint32_t behind_of(const joiner *j, const sf_spot *s) {
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

/* The parts of a long name that may stand for it: of a body its first words and its last ones, of a
 * place "New York" for "New York City", of a person what stands before "of". */
static void add_parts(joiner *j, table *parts, uint32_t e) {
    enum { LONG = 8 };
    const sf_spot *s = spot_of(j, e);
    sofar_subject_type type = j->entries[e].type;
    if (one_word(s) || s->last - s->first >= LONG)
        return;
    uint32_t of = type == SOFAR_PLACE ? behind_of(j, s) : 0;
    if (of)
        table_add(j, parts, words_of(j, s, of, s->last), e);
    for (uint32_t i = s->first + 1; i <= s->last; i++) {
        sf_str next = sf_word_of(j->text, i);
        bool city = type == SOFAR_PLACE && i == s->last && sf_str_equal(next, SF_STR("City"));
        bool land = like_person(j, e) && sf_str_equal(next, SF_STR("of"));
        bool other = j->who->is[s->last] & SF_NAME_OUTLET; /* "The Post Magazine" is not the Post */
        if (city || ((land || (has_parts(type) && !other)) && i > s->first + 1))
            table_add(j, parts, words_of(j, s, s->first, i - 1), e);
        if (has_parts(type) && j->text->words[i].capital)
            table_add(j, parts, words_of(j, s, i, s->last), e);
    }
}

/* "Red Sox" for "Boston Red Sox", "the Assembly": of the same type, and part of no other. */
static void join_parts(joiner *j) {
    table parts = {0};
    for (uint32_t e = 0; e < j->count; e++)
        if (j->entries[e].full == e && !spot_of(j, e)->handle)
            add_parts(j, &parts, e);
    table_sort(&parts);
    for (uint32_t e = 0; e < j->count; e++) {
        const entry *x = &j->entries[e];
        uint32_t full = only_one(parts.at, (uint32_t)parts.count, entry_str(j, e));
        if (x->full == e && full != SF_NONE && j->entries[full].type == x->type)
            set_full(j, e, full, "part of the name");
    }
}

/* ---- handles ---- */

/* The name that stands before a handle with nothing but a bracket between: "Ana Ruiz (@ruiz)". */
static uint32_t owner_before(const joiner *j, uint32_t spot) {
    if (spot == 0 || j->who->spots[spot - 1].handle)
        return SF_NONE;
    sf_str gap = sf_span_of(
        j->text->text, (sf_span){j->who->spots[spot - 1].span.end, j->who->spots[spot].span.begin});
    return sf_str_equal(gap, SF_STR(" (")) ? j->entry_of[spot - 1] : SF_NONE;
}

/* Does the handle hold a word of the name? "@dagnyfilms", Dagny's; but not "@dagnyfans". */
static bool holds_part(joiner *j, sf_str handle, uint32_t e) {
    static const char *const others[] = {"fan", "stan", "news", "update", "daily"};
    enum { SHORTEST = 4 };
    const sf_spot *s = spot_of(j, e);
    for (size_t i = 0; i < SF_LEN(others); i++)
        if (sf_str_find(handle, sf_str_of(others[i]), 0) != SIZE_MAX)
            return false;
    for (uint32_t i = s->first; i <= s->last; i++) {
        sf_str part = squeezed(j, sf_spot_word(j->who, s, i));
        if (part.len >= SHORTEST && sf_str_find(handle, part, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* The one person a part of whose name is in the handle, among the first of the page. */
static uint32_t owner_by_part(joiner *j, uint32_t handle) {
    enum { PERSONS = 40 };
    sf_str letters = squeezed(j, entry_str(j, handle));
    uint32_t found = SF_NONE, seen = 0;
    for (uint32_t e = 0; e < j->count && seen < PERSONS; e++) {
        if (j->entries[e].full != e || j->entries[e].type != SOFAR_PERSON)
            continue;
        seen++;
        if (!holds_part(j, letters, e))
            continue;
        if (found != SF_NONE)
            return SF_NONE;
        found = e;
    }
    return found;
}

/* A handle is its owner's where it stands in brackets behind a name, or spells the only such name.
 */
static void join_handles(joiner *j) {
    table names = {0};
    for (uint32_t e = 0; e < j->count; e++)
        if (!spot_of(j, e)->handle && j->entries[e].full == e)
            table_add(j, &names, squeezed(j, entry_str(j, e)), e);
    table_sort(&names);
    for (uint32_t i = 0; i < j->who->spot_count; i++) {
        uint32_t e = j->entry_of[i];
        if (!j->who->spots[i].handle || j->entries[e].full != e)
            continue;
        set_full(j, e, owner_before(j, i), "handle behind the name");
        if (j->entries[e].full == e)
            set_full(j, e, only_one(names.at, (uint32_t)names.count, squeezed(j, spelled(j, i))),
                     "handle that spells the name");
        if (j->entries[e].full == e && j->entries[e].type == SOFAR_OTHER)
            set_full(j, e, owner_by_part(j, e), "handle with a part of the name");
    }
}

static void find_types(joiner *j) {
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = spot_of(j, e);
        entry *x = &j->entries[e];
        uint32_t is = j->who->is[s->first];
        if (!s->handle)
            x->type = sf_who_kind(j->who, s, &x->heard);
        else
            x->type = is & SF_NAME_KNOWN_ORGANIZATION ? SOFAR_ORGANIZATION
                      : is & SF_NAME_KNOWN_OUTLET     ? SOFAR_OUTLET
                                                      : SOFAR_OTHER;
    }
}

/* ---- types, again ---- */

static uint32_t full_of(const joiner *j, uint32_t e) {
    for (int steps = 0; steps < 4 && j->entries[e].full != e; steps++)
        e = j->entries[e].full;
    return e;
}

/* A name's short forms speak for its type, too: "Quill will stream" for "Quill Media Group". */
static void sum_types(joiner *j) {
    bool *short_forms = SF_ARRAY(j->arena, bool, j->count);
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t full = full_of(j, e);
        if (full == e || spot_of(j, e)->handle || spot_of(j, full)->handle)
            continue;
        sf_who_hear_all(&j->entries[full].heard, &j->entries[e].heard);
        short_forms[full] = true;
    }
    for (uint32_t e = 0; e < j->count; e++)
        if (short_forms[e])
            j->entries[e].type = sf_who_kind(j->who, spot_of(j, e), &j->entries[e].heard);
}

/* ---- out ---- */

static bool is_name(const joiner *j, uint32_t spot) {
    const entry *e = &j->entries[j->entry_of[spot]];
    return e->proven || j->entries[full_of(j, j->entry_of[spot])].proven;
}

static sf_people give_out(joiner *j) {
    sf_people out = {.names = SF_ARRAY(j->arena, sofar_name, j->who->spot_count + 1),
                     .why = SF_ARRAY(j->arena, const char *, j->who->spot_count + 1),
                     .subjects = SF_ARRAY(j->arena, sofar_subject, j->count + 1)};
    for (uint32_t i = 0; i < j->who->spot_count; i++) {
        if (!is_name(j, i))
            continue;
        entry *e = &j->entries[full_of(j, j->entry_of[i])];
        if (e->subject == SF_NONE) {
            e->subject = (uint32_t)out.subject_count++;
            out.subjects[e->subject] =
                (sofar_subject){.name = spelled(j, e->spot), .type = e->type};
        }
        const char *why = j->entries[j->entry_of[i]].why;
        out.why[out.name_count] = why ? why : "the name";
        out.names[out.name_count++] = (sofar_name){
            j->who->spots[i].span, e->subject, j->who->spots[i].handle ? SOFAR_HANDLE : SOFAR_NAME};
    }
    uint32_t *count = SF_ARRAY(j->arena, uint32_t, out.subject_count + 1);
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t s = j->entries[full_of(j, e)].subject;
        if (s != SF_NONE && full_of(j, e) != e)
            count[s]++;
    }
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t s = j->entries[full_of(j, e)].subject;
        if (s == SF_NONE || full_of(j, e) == e)
            continue;
        sofar_subject *subject = &out.subjects[s];
        if (!subject->aliases)
            subject->aliases = SF_ARRAY(j->arena, sofar_str, count[s]);
        subject->aliases[subject->alias_count++] = entry_str(j, e);
    }
    return out;
}

sf_people sf_who_join(const sf_who *who) {
    joiner j = {.arena = who->arena, .who = who, .text = who->text};
    if (who->spot_count == 0)
        return (sf_people){0};
    make_entries(&j);
    find_types(&j);
    join_spellings(&j);
    join_middles(&j);
    join_short(&j);
    join_parts(&j);
    join_handles(&j);
    sum_types(&j);
    return give_out(&j);
}
