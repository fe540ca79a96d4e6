/* Reads the word lists of this room; each says at its head how it is written. */
#include "story/kind.h"

#include <stdlib.h>

#include "read/read.h"
#include "story/inner.h"

extern const sofar_beat sf_story_files[]; /* made from *.txt by script/embed */
extern const size_t sf_story_files_count;

size_t sf_kind_role(const sf_kind *kind, sf_str name) {
    for (size_t i = 0; i < kind->role_count; i++)
        if (sf_str_equal(kind->roles[i], name))
            return i;
    return SIZE_MAX;
}

bool sf_kind_ends(const sf_kind *kind, sf_str other) {
    for (sf_str rest = kind->ends; rest.len;)
        if (sf_str_equal(sf_str_take_word(&rest), other))
            return true;
    return false;
}

/* ---- lines ---- */

static sf_str file(const char *name) {
    for (size_t i = 0; i < sf_story_files_count; i++)
        if (sf_str_equal(sf_story_files[i].name, sf_str_of(name)))
            return sf_story_files[i].text;
    return SF_STR("");
}

/* The next line that says something. */
static bool next_line(sf_str *text, sf_str *line) {
    while (text->len) {
        size_t end = sf_str_find(*text, SF_STR("\n"), 0);
        if (end == SIZE_MAX)
            end = text->len;
        *line = sf_str_trim(sf_str_sub(*text, 0, end));
        *text = sf_str_sub(*text, end < text->len ? end + 1 : end, text->len);
        if (line->len && line->ptr[0] != '#')
            return true;
    }
    return false;
}

static void set_rules(sf_kind *kind, sf_str rest, sf_rule rule) {
    while (rest.len) {
        sf_str word = sf_str_take_word(&rest);
        size_t role = sf_kind_role(kind, word);
        if (role != SIZE_MAX)
            kind->rules[role] = rule;
        else
            kind->when = rule; /* `when` is no role */
    }
}

typedef sf_vec(sf_kind) all_kinds;

static void begin_kind(sf_arena *arena, all_kinds *kinds, sf_str rest) {
    sf_kind *kind = SF_PUSH(arena, kinds);
    *kind = (sf_kind){.name = sf_str_take_word(&rest), .order = kinds->count};
    while (rest.len && kind->role_count < SF_MOST_ROLES) {
        sf_str word = sf_str_take_word(&rest);
        bool optional = sf_str_ends(word, SF_STR("?"));
        kind->optional[kind->role_count] = optional;
        kind->roles[kind->role_count++] = sf_str_sub(word, 0, word.len - optional);
    }
}

static void describe_kind(sf_kind *kind, sf_str word, sf_str rest) {
    if (sf_str_equal(word, SF_STR("one")))
        set_rules(kind, rest, SF_ONE);
    else if (sf_str_equal(word, SF_STR("any")))
        set_rules(kind, rest, SF_ANY);
    else if (sf_str_equal(word, SF_STR("apart")))
        kind->aside[sf_kind_role(kind, rest)] = true;
    else if (sf_str_equal(word, SF_STR("again")))
        kind->again = true;
    else if (sf_str_equal(word, SF_STR("mutual")))
        kind->mutual = true;
    else if (sf_str_equal(word, SF_STR("verbatim")))
        kind->verbatim = true;
    else if (sf_str_equal(word, SF_STR("ends")))
        kind->ends = rest;
    else if (sf_str_equal(word, SF_STR("needs")))
        kind->needs = rest;
    else if (sf_str_equal(word, SF_STR("implies")))
        kind->implies = rest;
    else if (sf_str_equal(word, SF_STR("then")))
        kind->then = rest;
    else if (sf_str_equal(word, SF_STR("says")))
        kind->says[SOFAR_STATED] = rest;
    else if (sf_str_equal(word, SF_STR("plans")))
        kind->says[SOFAR_PLANNED] = rest;
}

static void read_kinds(sf_arena *arena, sf_lore *lore) {
    all_kinds kinds = {0};
    sf_str text = file("kinds.txt"), line;
    while (next_line(&text, &line)) {
        sf_str word = sf_str_take_word(&line);
        if (sf_str_equal(word, SF_STR("kind")))
            begin_kind(arena, &kinds, line);
        else if (kinds.count)
            describe_kind(&kinds.at[kinds.count - 1], word, line);
    }
    lore->kinds = kinds.at;
    lore->kind_count = kinds.count;
}

/* ---- the words of beats ---- */

static sf_kind *kind_named(sf_lore *lore, sf_str name) {
    for (size_t i = 0; i < lore->kind_count; i++)
        if (sf_str_equal(lore->kinds[i].name, name))
            return &lore->kinds[i];
    return NULL;
}

/* says planned "{who} is to play {as|a part} in {work}"; the line stands behind its first word. */
static void take_says(sf_kind *kind, sf_str rest) {
    size_t status = SOFAR_STATED;
    for (size_t s = 0; s <= SOFAR_DENIED; s++) {
        sf_str word = sf_str_of(sf_claim_word((sofar_claim)s));
        if (sf_str_starts(rest, word)) {
            status = s;
            rest = sf_str_trim(sf_str_sub(rest, word.len, rest.len));
        }
    }
    if (rest.len > 2 && rest.ptr[0] == '"' && sf_str_ends(rest, SF_STR("\"")))
        kind->says[status] = sf_str_sub(rest, 1, rest.len - 1);
}

static void read_beats(sf_lore *lore) {
    for (size_t b = 0; b < sf_beats_standard_count; b++) {
        sf_str text = sf_beats_standard[b].text, line;
        sf_kind *kind = NULL;
        while (next_line(&text, &line)) {
            if (line.ptr[0] == '+' || line.ptr[0] == '-')
                continue;
            sf_str word = sf_str_take_word(&line);
            if (sf_str_equal(word, SF_STR("fact")))
                kind = kind_named(lore, sf_str_take_word(&line));
            else if (kind && sf_str_equal(word, SF_STR("says")))
                take_says(kind, line);
        }
    }
}

/* ---- lists ---- */

/* Lines of "MARK name = name = ..."; without marks where marked is false. */
static sf_same *read_same(sf_arena *arena, const char *name, bool marked, size_t *count) {
    sf_vec(sf_same) out = {0};
    sf_str text = file(name), line;
    while (next_line(&text, &line)) {
        sf_same same = {.mark = marked ? sf_str_take_word(&line) : SF_ABSENT};
        sf_vec(sf_str) names = {0};
        while (line.len) {
            size_t end = sf_str_find(line, SF_STR(" = "), 0);
            sf_str one = sf_str_sub(line, 0, end == SIZE_MAX ? line.len : end);
            *SF_PUSH(arena, &names) = sf_text_fold_words(arena, one);
            line = end == SIZE_MAX ? SF_STR("") : sf_str_trim(sf_str_sub(line, end + 3, line.len));
        }
        same.names = names.at;
        same.count = names.count;
        *SF_PUSH(arena, &out) = same;
    }
    *count = out.count;
    return out.at;
}

const sf_lore *sf_story_lore(sf_arena *arena) {
    sf_lore *lore = SF_NEW(arena, sf_lore);
    read_kinds(arena, lore);
    read_beats(lore);
    lore->titles = read_same(arena, "titles.txt", true, &lore->title_count);
    lore->wires = read_same(arena, "wires.txt", false, &lore->wire_count);
    lore->wide = read_same(arena, "wide.txt", false, &lore->wide_count);
    return lore;
}

const sf_kind *sf_lore_kind(const sf_lore *lore, sf_str name) {
    for (size_t i = 0; i < lore->kind_count; i++)
        if (sf_str_equal(lore->kinds[i].name, name))
            return &lore->kinds[i];
    return NULL;
}

const sf_same *sf_lore_find(const sf_same *lines, size_t count, sf_str words) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < lines[i].count; k++)
            if (sf_str_equal(lines[i].names[k], words))
                return &lines[i];
    return NULL;
}
