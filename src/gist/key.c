/* The names a page can be asked for by. A key is a hash, so that all are of one length and a search
 * index takes each for a word; two names of one key are told apart by looking at the page. */
#include <stdlib.h>

#include "gist/gist.h"

enum {
    LONGEST = 6,     /* words of a name in the text */
    MOST_KEYS = 4096 /* of a page; what is in more is no text */
};

static const sf_str common[] = {
#include "gist/common.inc"
};

bool sf_gist_is_common(sf_str words) {
    size_t low = 0, high = SF_LEN(common);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = sf_str_compare(common[middle], words);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return words.len <= 1;
}

typedef sf_vec(uint64_t) hashes;

static void add(sf_arena *arena, hashes *out, sf_str words) {
    if (words.len && out->count < MOST_KEYS)
        *SF_PUSH(arena, out) = sf_str_hash(words);
}

/* ---- names in the text ---- */

/* Small words inside a name: "The Weight of the Sea". */
static bool joins(sf_str word) {
    static const char *const all[] = {"a",  "an",  "and",  "at",  "de",  "del", "der", "di",
                                      "du", "for", "from", "in",  "la",  "le",  "of",  "on",
                                      "or", "the", "to",   "van", "von", "with"};
    for (size_t i = 0; i < SF_LEN(all); i++)
        if (sf_str_equal(word, sf_str_of(all[i])))
            return true;
    return false;
}

/* Nothing but a space, a hyphen, a colon or the like lies between two words, or the full stop of an
 * abbreviation. */
static bool go_together(sf_str text, const sf_folded_word *a, const sf_folded_word *b) {
    size_t bytes, stops = 0, lines = 0;
    for (size_t i = a->span.end; i < b->span.begin; i += bytes) {
        uint32_t code = sf_utf8_at(text, i, &bytes);
        if (code == '.')
            stops++;
        else if (code == '\n')
            lines++;
        else if (!sf_is_unicode_space(code) && code != '-' && code != ':' && code != '&' &&
                 code != '/' && !(code >= 0x2010 && code <= 0x2015))
            return false;
    }
    return lines < 2 && stops < 2 && (!stops || a->words.len <= 3);
}

/* The name that ends with a word, with its "'s" and without. */
static void add_run(sf_arena *arena, hashes *out, const sf_folded_word *from,
                    const sf_folded_word *last) {
    sf_str words = {from->words.ptr, (size_t)(last->words.ptr - from->words.ptr) + last->words.len};
    if (from != last || !sf_gist_is_common(words))
        add(arena, out, words);
    if (last->owns && last->words.len > 1)
        add(arena, out, sf_str_sub(words, 0, words.len - 1));
}

static void add_text(sf_arena *arena, hashes *out, sf_str text) {
    sf_folded_words w = sf_text_fold_each(arena, text);
    for (size_t i = 0; i < w.count; i++) {
        if (!w.at[i].capital)
            continue;
        for (size_t k = i; k < w.count && k - i < LONGEST; k++) {
            if (k > i && !go_together(text, &w.at[k - 1], &w.at[k]))
                break;
            if (w.at[k].capital)
                add_run(arena, out, &w.at[i], &w.at[k]);
            else if (!joins(w.at[k].words))
                break;
        }
    }
}

/* ---- renamings ---- */

static sf_str renaming(sf_arena *arena, sf_str name) {
    sf_str words = sf_text_fold_name(arena, name);
    return words.len ? sf_str_format(arena, "renamed: %.*s", SF_ARG(words)) : words;
}

static void add_renamings(sf_arena *arena, hashes *out, const sofar_reading *r) {
    for (size_t i = 0; i < r->facts.count; i++) {
        const sofar_fact *f = &r->facts.at[i];
        if (f->status != SOFAR_STATED || !sf_str_equal(f->type, SF_STR("renamed")))
            continue;
        for (size_t k = 0; k < f->role_count; k++) {
            uint32_t who = f->roles[k].subject;
            add(arena, out,
                renaming(arena, who < r->people.subject_count ? r->people.subjects[who].name
                                                              : f->roles[k].value));
        }
    }
}

/* ---- all ---- */

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void write_key(uint64_t hash, char out[SF_KEY_LENGTH]) {
    static const char digits[] = "0123456789abcdefghijklmnopqrstuv";
    for (size_t i = 0; i < SF_KEY_LENGTH; i++)
        out[i] = digits[hash >> (5 * i) & 31];
}

sf_str sf_gist_keys(sf_arena *arena, const sofar_reading *r) {
    hashes all = {0};
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < r->people.subject_count; i++) {
        const sofar_subject *s = &r->people.subjects[i];
        add(arena, &all, sf_text_fold_name(arena, s->name));
        for (size_t k = 0; k < s->alias_count; k++)
            add(arena, &all, sf_text_fold_name(arena, s->aliases[k]));
    }
    add_renamings(arena, &all, r);
    add_text(arena, &all, r->clipping.title);
    add_text(arena, &all, r->clipping.text);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_number);
    sf_buf_reserve(&out, all.count * (SF_KEY_LENGTH + 1));
    for (size_t i = 0; i < all.count; i++) {
        char key[SF_KEY_LENGTH];
        if (i && all.at[i] == all.at[i - 1])
            continue;
        if (out.len)
            sf_buf_char(&out, ' ');
        write_key(all.at[i], key);
        sf_buf_add(&out, (sf_str){key, sizeof key});
    }
    return sf_buf_str(&out);
}

static sf_str key_of(sf_arena *arena, sf_str words) {
    if (!words.len)
        return SF_ABSENT;
    char *key = sf_alloc(arena, SF_KEY_LENGTH);
    write_key(sf_str_hash(words), key);
    return (sf_str){key, SF_KEY_LENGTH};
}

sf_str sf_gist_key(sf_arena *arena, sf_str name) {
    return key_of(arena, sf_text_fold_name(arena, name));
}

sf_str sf_gist_renaming_key(sf_arena *arena, sf_str name) {
    return key_of(arena, renaming(arena, name));
}
