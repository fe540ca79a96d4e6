#include "fact/stem.h"

#include "fact/fact.h"

enum { LONGEST = 40 }; /* bytes of a word that count */

typedef struct irregular {
    sf_key form, base;
} irregular;

struct sf_stems {
    irregular *at; /* open addressing; form 0 is free */
    size_t size;
};

static bool is_vowel(char c) { return c && strchr("aeiou", c) != NULL; }

static size_t drop(char *w, size_t n, const char *ending) {
    size_t len = strlen(ending);
    return n > len + 2 && memcmp(w + n - len, ending, len) == 0 ? n - len : n;
}

/* "starr" was "star": a consonant that doubled before the ending. ll and ss are kept by most. */
static size_t undouble(const char *w, size_t n) {
    return n > 3 && w[n - 1] == w[n - 2] && !is_vowel(w[n - 1]) ? n - 1 : n;
}

/* Cuts what inflection puts behind a word: directs, directed, directing; stories, released. */
static size_t strip(char *w, size_t n) {
    size_t was = n;
    n = drop(w, n, "ing");
    if (n == was)
        n = drop(w, n, "ed");
    if (n < was) {
        bool vowel = false;
        for (size_t i = 0; i < n; i++)
            vowel |= is_vowel(w[i]) || w[i] == 'y';
        n = vowel ? n : was; /* "sing", "bed" are whole */
    } else if (n == was && w[n - 1] == 's' && n > 3 && w[n - 2] != 's' && w[n - 2] != 'u') {
        n--;
    }
    if (n > 3 && w[n - 1] == 'e')
        n--;
    n = undouble(w, n);
    if (n > 2 && w[n - 1] == 'i')
        w[n - 1] = 'y';
    return n;
}

static size_t lower(sf_str s, char out[LONGEST]) {
    size_t n = s.len < LONGEST ? s.len : LONGEST;
    for (size_t i = 0; i < n; i++)
        out[i] = sf_lower(s.ptr[i]);
    return n;
}

static const irregular *find(const sf_stems *stems, sf_key key) {
    size_t i = key & (stems->size - 1);
    while (stems->at[i].form && stems->at[i].form != key)
        i = (i + 1) & (stems->size - 1);
    return &stems->at[i];
}

static sf_key key_of(const char *w, size_t n) {
    sf_key key = sf_str_hash((sf_str){w, n});
    return key ? key : 1;
}

static sf_key stripped(sf_str form) {
    char w[LONGEST];
    size_t n = lower(form, w);
    return n ? key_of(w, strip(w, n)) : 0;
}

sf_key sf_stem(const sf_stems *stems, sf_str word) {
    char w[LONGEST];
    if (sf_str_starts_ci(word, SF_STR("co-")) && word.len > 5)
        word = sf_str_sub(word, 3, word.len);
    size_t n = lower(word, w);
    if (!n)
        return 0;
    const irregular *known = find(stems, key_of(w, n));
    return known->form ? known->base : key_of(w, strip(w, n));
}

static void put(sf_stems *stems, sf_str word, sf_key base) {
    char w[LONGEST];
    size_t n = lower(word, w);
    irregular *free = (irregular *)find(stems, key_of(w, n));
    *free = (irregular){key_of(w, n), base};
}

sf_stems *sf_stems_new(sf_arena *arena) {
    sf_stems *stems = SF_NEW(arena, sf_stems);
    stems->size = 2048;
    stems->at = SF_ARRAY(arena, irregular, stems->size);
    sf_str all = sf_fact_irregular[0].text;
    for (size_t at = 0; at < all.len;) {
        size_t end = sf_str_find(all, SF_STR("\n"), at);
        end = end == SIZE_MAX ? all.len : end;
        sf_str line = sf_str_sub(all, at, end);
        at = end + 1;
        if (sf_str_starts(line, SF_STR("#")))
            continue;
        sf_str base = sf_str_take_word(&line);
        sf_key key = stripped(base);
        for (sf_str word = base; word.len; word = sf_str_take_word(&line))
            put(stems, word, key);
    }
    return stems;
}
