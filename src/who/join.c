/* Spots -> subjects.
 *
 * Spots that spell the same are one entry, of one type by the sum of their votes. One that stands
 * in headings and lines of capitals only must be sure. Entries of one name join: other spellings
 * here, short forms in short.c, what the page says is another name in alias.c; never where two full
 * names fit. Everything is done on sorted arrays, so that no input can make it slow. */
#include "who/entry.h"

static void make_entries(sf_joiner *j) {
    uint32_t n = j->who->spot_count;
    j->entry_of = SF_ARRAY(j->arena, uint32_t, n);
    j->entries = SF_ARRAY(j->arena, sf_entry, n);
    sf_table sorted = {0}; /* spots by what they spell */
    for (uint32_t i = 0; i < n; i++)
        sf_table_add(j, &sorted, sf_join_spelled(j, i), i);
    sf_table_sort(&sorted);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t spot = sorted.at[i].value;
        if (i == 0 || !sf_str_equal(sorted.at[i].key, sorted.at[i - 1].key)) {
            j->entries[j->count] = (sf_entry){.spot = spot, .full = j->count, .subject = SF_NONE};
            j->entries[j->count].leads = /* as it is */
                sf_str_find(sf_who_head(j->who->clipping), sorted.at[i].key, 0) != SIZE_MAX;
            j->count++;
        }
        sf_entry *e = &j->entries[j->count - 1];
        const sf_spot *s = &j->who->spots[spot];
        sf_who_hear(&e->heard, s);
        e->mentions++;
        e->proven = e->proven || !s->loud || s->votes >= SF_SURE;
        j->entry_of[spot] = j->count - 1;
    }
}

/* Is it written in capitals throughout, as headings do? */
static bool all_capitals(const sf_joiner *j, uint32_t e) {
    const sf_spot *s = sf_entry_spot(j, e);
    uint32_t words = 0, large = 0;
    for (uint32_t i = s->first; i <= s->last; i++)
        if (j->text->words[i].kind == SF_WORD_ALPHA)
            words++, large += j->text->words[i].all_caps || sf_spot_word(j->who, s, i).len == 1;
    return words && words == large;
}

/* What all spellings of a name have in common: "Salt Road" and "The Salt Road"; "US" and "America",
 * which begin with "=". */
static sf_str spelling_key(sf_joiner *j, uint32_t e) {
    sf_str name = sf_entry_str(j, e);
    if (sf_str_starts_ci(name, SF_STR("the ")))
        name = sf_str_sub(name, 4, name.len);
    name = sf_join_squeezed(j, name);
    sf_str same =
        j->entries[e].type == SOFAR_PLACE ? sf_join_same(j, name, SF_SAME_PLACE) : SF_STR("");
    return same.len ? same : name;
}

/* Is entry a rather the full name than b, of two spellings? Not the capitals of a heading; the
 * first on the page, but "United States" rather than "US". */
static bool fuller(const sf_joiner *j, sf_str key, uint32_t a, uint32_t b) {
    if (key.len && key.ptr[0] == '=')
        return sf_entry_str(j, a).len > sf_entry_str(j, b).len;
    if (all_capitals(j, a) != all_capitals(j, b))
        return all_capitals(j, b);
    return j->entries[a].spot < j->entries[b].spot;
}

static void join_spellings(sf_joiner *j) {
    sf_table same = {0};
    for (uint32_t e = 0; e < j->count; e++)
        if (!sf_entry_spot(j, e)->handle)
            sf_table_add(j, &same, spelling_key(j, e), e);
    sf_table_sort(&same);
    for (size_t i = 0, end; i < same.count; i = end) {
        uint32_t full = same.at[i].value;
        sf_str key = same.at[i].key;
        for (end = i; end < same.count && sf_str_equal(same.at[end].key, key); end++)
            full = fuller(j, key, same.at[end].value, full) ? same.at[end].value : full;
        for (size_t k = i; k < end; k++) {
            const sf_entry *x = &j->entries[same.at[k].value];
            if (!x->proven || x->type == j->entries[full].type)
                sf_entry_set_full(j, same.at[k].value, full, "another spelling of the name");
        }
    }
}

/* ---- handles ---- */

/* The name that stands before a handle with nothing but a bracket between: "Ana Ruiz (@ruiz)". */
static uint32_t owner_before(const sf_joiner *j, uint32_t spot) {
    if (spot == 0 || j->who->spots[spot - 1].handle)
        return SF_NONE;
    sf_str gap = sf_span_of(
        j->text->text, (sf_span){j->who->spots[spot - 1].span.end, j->who->spots[spot].span.begin});
    return sf_str_equal(gap, SF_STR(" (")) ? j->entry_of[spot - 1] : SF_NONE;
}

/* Does the handle hold a word of the name? "@dagnyfilms", Dagny's; but not "@dagnyfans". */
static bool holds_part(sf_joiner *j, sf_str handle, uint32_t e) {
    static const char *const others[] = {"fan", "stan", "news", "update", "daily"};
    enum { SHORTEST = 4 };
    const sf_spot *s = sf_entry_spot(j, e);
    for (size_t i = 0; i < SF_LEN(others); i++)
        if (sf_str_find(handle, sf_str_of(others[i]), 0) != SIZE_MAX)
            return false;
    for (uint32_t i = s->first; i <= s->last; i++) {
        sf_str part = sf_join_squeezed(j, sf_spot_word(j->who, s, i));
        if (part.len >= SHORTEST && sf_str_find(handle, part, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* The one person a part of whose name is in the handle, among the first of the page. */
static uint32_t owner_by_part(sf_joiner *j, uint32_t handle) {
    enum { PERSONS = 40 };
    sf_str letters = sf_join_squeezed(j, sf_entry_str(j, handle));
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
static void join_handles(sf_joiner *j) {
    sf_table names = {0};
    for (uint32_t e = 0; e < j->count; e++)
        if (!sf_entry_spot(j, e)->handle && j->entries[e].full == e)
            sf_table_add(j, &names, sf_join_squeezed(j, sf_entry_str(j, e)), e);
    sf_table_sort(&names);
    for (uint32_t i = 0; i < j->who->spot_count; i++) {
        uint32_t e = j->entry_of[i];
        if (!j->who->spots[i].handle || j->entries[e].full != e)
            continue;
        sf_entry_set_full(j, e, owner_before(j, i), "handle behind the name");
        if (j->entries[e].full == e)
            sf_entry_set_full(j, e,
                              sf_table_only(&names, sf_join_squeezed(j, sf_join_spelled(j, i))),
                              "handle that spells the name");
        if (j->entries[e].full == e && j->entries[e].type == SOFAR_OTHER)
            sf_entry_set_full(j, e, owner_by_part(j, e), "handle with a part of the name");
    }
}

static void find_types(sf_joiner *j) {
    for (uint32_t e = 0; e < j->count; e++) {
        const sf_spot *s = sf_entry_spot(j, e);
        sf_entry *x = &j->entries[e];
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

/* A name's short forms speak for its type, too: "Quill will stream" for "Quill Media Group". */
static void sum_types(sf_joiner *j) {
    bool *short_forms = SF_ARRAY(j->arena, bool, j->count);
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t full = sf_entry_full(j, e);
        if (full == e || sf_entry_spot(j, e)->handle || sf_entry_spot(j, full)->handle)
            continue;
        sf_who_hear_all(&j->entries[full].heard, &j->entries[e].heard);
        short_forms[full] = true;
    }
    for (uint32_t e = 0; e < j->count; e++)
        if (short_forms[e])
            j->entries[e].type = sf_who_kind(j->who, sf_entry_spot(j, e), &j->entries[e].heard);
}

/* ---- out ---- */

static bool is_name(const sf_joiner *j, uint32_t spot) {
    const sf_entry *e = &j->entries[j->entry_of[spot]];
    return e->proven || j->entries[sf_entry_full(j, j->entry_of[spot])].proven;
}

static sf_people give_out(sf_joiner *j) {
    sf_people out = {.names = SF_ARRAY(j->arena, sofar_name, j->who->spot_count + 1),
                     .why = SF_ARRAY(j->arena, const char *, j->who->spot_count + 1),
                     .subjects = SF_ARRAY(j->arena, sofar_subject, j->count + 1)};
    for (uint32_t i = 0; i < j->who->spot_count; i++) {
        if (!is_name(j, i))
            continue;
        sf_entry *e = &j->entries[sf_entry_full(j, j->entry_of[i])];
        if (e->subject == SF_NONE) {
            e->subject = (uint32_t)out.subject_count++;
            out.subjects[e->subject] =
                (sofar_subject){.name = sf_join_spelled(j, e->spot), .type = e->type};
        }
        const char *why = j->entries[j->entry_of[i]].why;
        out.why[out.name_count] = why ? why : "the name";
        out.names[out.name_count++] = (sofar_name){
            j->who->spots[i].span, e->subject, j->who->spots[i].handle ? SOFAR_HANDLE : SOFAR_NAME};
    }
    uint32_t *count = SF_ARRAY(j->arena, uint32_t, out.subject_count + 1);
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t s = j->entries[sf_entry_full(j, e)].subject;
        if (s != SF_NONE && sf_entry_full(j, e) != e)
            count[s]++;
    }
    for (uint32_t e = 0; e < j->count; e++) {
        uint32_t s = j->entries[sf_entry_full(j, e)].subject;
        if (s == SF_NONE || sf_entry_full(j, e) == e)
            continue;
        sofar_subject *subject = &out.subjects[s];
        if (!subject->aliases)
            subject->aliases = SF_ARRAY(j->arena, sofar_str, count[s]);
        subject->aliases[subject->alias_count++] = sf_entry_str(j, e);
    }
    return out;
}

sf_people sf_who_join(const sf_who *who) {
    sf_joiner j = {.arena = who->arena, .who = who, .text = who->text};
    if (who->spot_count == 0)
        return (sf_people){0};
    make_entries(&j);
    find_types(&j);
    join_spellings(&j);
    sf_join_aliases(&j);
    sf_join_middles(&j);
    sf_join_short(&j);
    sf_join_parts(&j);
    join_handles(&j);
    sum_types(&j);
    return give_out(&j);
}
