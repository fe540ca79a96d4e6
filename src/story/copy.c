/* Which pages have it from the same origin. A page's origin is its outlet, but
 * - a text that is half another's (shingles of four words, a sample of them compared; Broder 1997)
 *   is a copy: it has the origin of the first of its kind;
 * - a text that an agency is credited for is the agency's;
 * - what a page says to have from another outlet ("told Variety") is that outlet's.
 * Work is linear in the pages' text: only pages that follow each other in the list of those that
 * have a shingle are compared. */
#include <stdlib.h>

#include "story/inner.h"

enum {
    SHINGLE = 4, /* words */
    SAMPLE = 4,  /* of so many shingles one is looked at */
    LEAST = 8,   /* so many must be compared */
    REACH = 300, /* bytes around a receipt in which an outlet is looked for */
    LONGEST = 5  /* words of an outlet's name */
};

typedef sf_vec(uint64_t) hashes;

static uint64_t mix(uint64_t h) {
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
    return h ^ (h >> 31);
}

static int by_hash(const void *a, const void *b) {
    return sf_story_compare(*(const uint64_t *)a, *(const uint64_t *)b);
}

/* A sample of a text's shingles: distinct, in order. */
static hashes sample(sf_arena *arena, sf_str text) {
    hashes out = {0};
    uint64_t last[SHINGLE] = {0};
    sf_str rest = sf_story_words(arena, text);
    for (size_t n = 0; rest.len; n++) {
        last[n % SHINGLE] = sf_str_hash(sf_str_take_word(&rest));
        uint64_t h = 0;
        for (size_t k = 1; k <= SHINGLE; k++)
            h = mix(h + last[(n + k) % SHINGLE]);
        if (n + 1 >= SHINGLE && h % SAMPLE == 0)
            *SF_PUSH(arena, &out) = h;
    }
    if (out.count == 0)
        return out;
    qsort(out.at, out.count, sizeof *out.at, by_hash);
    size_t kept = 0;
    for (size_t i = 0; i < out.count; i++)
        if (kept == 0 || out.at[i] != out.at[kept - 1])
            out.at[kept++] = out.at[i];
    out.count = kept;
    return out;
}

static bool are_copies(const hashes *a, const hashes *b) {
    size_t shared = 0, least = a->count < b->count ? a->count : b->count;
    if (least < LEAST)
        return false;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        shared += a->at[i] == b->at[k];
        if (a->at[i] <= b->at[k])
            i++;
        else
            k++;
    }
    return shared * 2 >= least;
}

typedef struct placed {
    uint64_t hash;
    uint32_t view;
} placed;

static int by_placed(const void *a, const void *b) {
    const placed *x = a, *y = b;
    int order = sf_story_compare(x->hash, y->hash);
    return order ? order : sf_story_compare(x->view, y->view);
}

static uint32_t root(uint32_t *first, uint32_t i) {
    while (first[i] != i)
        i = first[i] = first[first[i]];
    return i;
}

static void join_copies(const hashes *samples, uint32_t *first, uint32_t a, uint32_t b) {
    uint32_t x = root(first, a), y = root(first, b);
    if (x == y || !are_copies(&samples[a], &samples[b]))
        return;
    if (x < y)
        first[y] = x;
    else
        first[x] = y;
}

/* first[v]: the first page of v's kind. */
static uint32_t *find_copies(sf_arena *arena, const sf_view *views, size_t count) {
    uint32_t *first = SF_ARRAY(arena, uint32_t, count);
    hashes *samples = SF_ARRAY(arena, hashes, count);
    sf_vec(placed) all = {0};
    for (uint32_t v = 0; v < count; v++) {
        first[v] = v;
        if (views[v].capture->fact_count == 0)
            continue;
        samples[v] = sample(arena, views[v].capture->clipping.text);
        for (size_t i = 0; i < samples[v].count; i++)
            *SF_PUSH(arena, &all) = (placed){samples[v].at[i], v};
    }
    if (all.count == 0)
        return first;
    qsort(all.at, all.count, sizeof *all.at, by_placed);
    for (size_t i = 1, start = 0; i < all.count; i++) {
        if (all.at[i].hash != all.at[i - 1].hash) {
            start = i;
            continue;
        }
        join_copies(samples, first, all.at[i].view, all.at[i - 1].view);
        join_copies(samples, first, all.at[i].view, all.at[start].view);
    }
    return first;
}

/* ---- outlets and agencies ---- */

static sf_str host_of(sf_str url) {
    size_t at = sf_str_find(url, SF_STR("://"), 0);
    if (at == SIZE_MAX)
        return SF_ABSENT;
    sf_str rest = sf_str_sub(url, at + 3, url.len);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?' && rest.ptr[end] != '#')
        end++;
    rest = sf_str_sub(rest, 0, end);
    return sf_str_starts_ci(rest, SF_STR("www.")) ? sf_str_sub(rest, 4, rest.len) : rest;
}

/* The agency's first name, or the words themselves. */
static sf_str known_as(const sf_lore *lore, sf_str words) {
    const sf_same *wire = sf_lore_find(lore->wires, lore->wire_count, words);
    return wire ? wire->names[0] : words;
}

/* "LISBON (AP) - " */
static sf_str agency_in_dateline(sf_arena *arena, const sf_lore *lore, sf_str text) {
    enum { HEAD = 100 };
    sf_str head = sf_str_sub(text, 0, text.len < HEAD ? text.len : HEAD);
    size_t open = sf_str_find(head, SF_STR("("), 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : sf_str_find(head, SF_STR(")"), open);
    if (close == SIZE_MAX)
        return SF_ABSENT;
    sf_str words = sf_story_name_words(arena, sf_str_sub(head, open + 1, close));
    const sf_same *wire = sf_lore_find(lore->wires, lore->wire_count, words);
    return wire ? wire->names[0] : SF_ABSENT;
}

static bool is_outlet(const sf_origins *origins, sf_str words) {
    size_t low = 0, high = origins->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sf_str_compare(origins->outlets[middle], words) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < origins->count && sf_str_equal(origins->outlets[low], words);
}

/* The agency, or another outlet, that a page is credited to. */
static sf_str credited_to(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                          const sofar_clipping *c) {
    for (size_t i = 0; i < c->byline_count; i++) {
        sf_str words = sf_story_name_words(arena, c->byline[i]);
        if (sf_lore_find(lore->wires, lore->wire_count, words) || is_outlet(origins, words))
            return known_as(lore, words);
    }
    return agency_in_dateline(arena, lore, c->text);
}

static sf_str outlet_of(sf_arena *arena, const sf_lore *lore, const sofar_clipping *c) {
    if (c->outlet.len)
        return known_as(lore, sf_story_name_words(arena, c->outlet));
    sf_str host = host_of(c->url);
    return host.len ? host : sf_str_of(c->sha256);
}

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

sf_origins sf_story_origins(sf_arena *arena, const sf_lore *lore, const sf_view *views,
                            size_t count) {
    sf_origins out = {.of_view = SF_ARRAY(arena, uint64_t, count),
                      .own = SF_ARRAY(arena, uint64_t, count),
                      .first = SF_ARRAY(arena, uint32_t, count),
                      .outlets = SF_ARRAY(arena, sf_str, count)};
    sf_str *outlets = SF_ARRAY(arena, sf_str, count);
    for (size_t v = 0; v < count; v++) {
        outlets[v] = outlet_of(arena, lore, &views[v].capture->clipping);
        if (views[v].capture->clipping.outlet.len)
            out.outlets[out.count++] = outlets[v];
    }
    if (out.count)
        qsort(out.outlets, out.count, sizeof *out.outlets, by_bytes);
    uint32_t *first = find_copies(arena, views, count);
    for (uint32_t v = 0; v < count; v++) {
        uint32_t of = root(first, v);
        sf_str agency = credited_to(arena, lore, &out, &views[of].capture->clipping);
        if (!agency.ptr)
            agency = credited_to(arena, lore, &out, &views[v].capture->clipping);
        out.of_view[v] = sf_str_hash(agency.ptr ? agency : outlets[of]);
        out.first[v] = of;
        out.own[v] = sf_str_hash(outlets[v]);
    }
    return out;
}

/* ---- when it was said ---- */

typedef struct earlier { /* what pages of one text said of a fact */
    size_t fact;         /* plus one */
    int32_t said;
} earlier;

void sf_story_redate(sf_arena *arena, const sf_origins *origins, size_t view_count,
                     sf_claims *claims, const sf_all_merged *all) {
    earlier *seen = SF_ARRAY(arena, earlier, 2 * view_count);
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->at[i].claims.count; k++) {
            sf_claim *c = &claims->at[all->at[i].claims.at[k]];
            bool denies = c->fact->status == SOFAR_DENIED;
            earlier *e = &seen[2 * origins->first[c->view] + denies];
            if (c->said == SF_UNDATED)
                continue;
            if (e->fact == i + 1)
                c->said = e->said;
            else
                *e = (earlier){i + 1, c->said};
        }
}

/* ---- relays ---- */

typedef struct near_words { /* the words around a receipt */
    sf_str at[2 * REACH];
    size_t count;
} near_words;

static void words_around(sf_arena *arena, const sf_capture *c, sf_span receipt, near_words *out) {
    sf_span block = sf_story_context(c, receipt);
    if (receipt.begin > REACH && block.begin < receipt.begin - REACH)
        block.begin = receipt.begin - REACH;
    if (block.end > receipt.end + REACH)
        block.end = receipt.end + REACH;
    if (block.end > block.begin + 4 * REACH)
        block.end = block.begin + 4 * REACH;
    sf_str rest = sf_story_words(arena, sf_span_of(c->clipping.text, block));
    out->count = 0;
    while (rest.len && out->count < SF_LEN(out->at))
        out->at[out->count++] = sf_str_take_word(&rest);
}

/* Do the words from `at` on begin with those of the phrase? The number of its words; 0 if not. */
static size_t phrase_at(const near_words *w, size_t at, sf_str phrase) {
    size_t n = 0;
    while (phrase.len) {
        if (at + n >= w->count || !sf_str_equal(w->at[at + n], sf_str_take_word(&phrase)))
            return 0;
        n++;
    }
    return n;
}

/* The words [from, from + count) if they name an outlet: one that the page calls so, or whose pages
 * are here. They lie side by side in one string. */
static sf_str outlet_at(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                        const sf_capture *c, const near_words *w, size_t from, size_t count) {
    sf_str last = w->at[from + count - 1];
    sf_str name = {w->at[from].ptr, (size_t)(last.ptr - w->at[from].ptr) + last.len};
    if (is_outlet(origins, name) || sf_lore_find(lore->wires, lore->wire_count, name))
        return known_as(lore, name);
    for (size_t i = 0; i < c->subject_count; i++)
        if (c->subjects[i].type == SOFAR_OUTLET &&
            sf_str_equal(sf_story_name_words(arena, c->subjects[i].name), name))
            return name;
    return SF_ABSENT;
}

static sf_str relayed(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                      const sf_capture *c, const near_words *w) {
    for (size_t i = 0; i < w->count; i++) {
        size_t first = lore->relays_at[(unsigned char)w->at[i].ptr[0]];
        for (size_t r = first; r < lore->relay_count; r++) {
            if (lore->relays[r].names[0].ptr[0] != w->at[i].ptr[0])
                break;
            size_t n = phrase_at(w, i, lore->relays[r].names[0]);
            bool before = sf_str_equal(lore->relays[r].mark, SF_STR("before"));
            size_t from = i + n, most = before ? w->count - from : i;
            if (n == 0)
                continue;
            if (before && most && sf_str_equal(w->at[from], SF_STR("the")))
                from++, most--;
            for (size_t k = most < LONGEST ? most : LONGEST; k > 0; k--) {
                sf_str name = outlet_at(arena, lore, origins, c, w, before ? from : i - k, k);
                if (name.ptr)
                    return name;
            }
        }
    }
    return SF_ABSENT;
}

uint64_t sf_story_origin_at(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                            const sf_view *views, size_t view, const sofar_fact *fact) {
    const sf_capture *c = views[view].capture;
    if (fact->by < c->subject_count && c->subjects[fact->by].type == SOFAR_OUTLET)
        return sf_str_hash(known_as(lore, sf_story_name_words(arena, c->subjects[fact->by].name)));
    if (fact->receipt_count) {
        near_words w;
        words_around(arena, c, fact->receipts[0], &w);
        sf_str name = relayed(arena, lore, origins, c, &w);
        if (name.ptr)
            return sf_str_hash(name);
    }
    return origins->of_view[view];
}
